//! The rule files: `tokenizer`, `attribute_ruler/patterns`, lemma tables, norms.

use std::collections::HashMap;

use rmpv::ValueRef;
use smol_str::SmolStr;

use super::{Error, msgpack};
use crate::nlp::{
    Pos, attribute_ruler, lemmatizer,
    matcher::{Attr, Check, Pattern, TokenPattern},
    strings::{string_id, symbol_name},
    tokenizer,
};

/// A key that is a name or the number of a symbol.
fn key_name<'v>(key: &'v ValueRef<'_>) -> Option<&'v str> {
    msgpack::as_str(key).or_else(|| symbol_name(msgpack::as_u64(key)?))
}

/// Reads `tokenizer`.
pub(super) fn tokenizer(bytes: &[u8]) -> Result<tokenizer::Rules, Error> {
    let part = "tokenizer";
    let value = msgpack::parse(part, bytes)?;
    let top = msgpack::map(part, &value)?;
    let pattern = |key| msgpack::get(top, key).and_then(msgpack::as_str).map(str::to_owned);
    let mut exceptions = Vec::new();
    if let Some(table) = msgpack::get(top, "exceptions") {
        for (text, tokens) in msgpack::map(part, table)? {
            exceptions.push(exception(part, msgpack::str(part, text)?, tokens)?);
        }
    }
    exceptions.sort_by(|a, b| a.text.cmp(&b.text));
    Ok(tokenizer::Rules {
        prefix: pattern("prefix_search"),
        suffix: pattern("suffix_search"),
        infix: pattern("infix_finditer"),
        token_match: pattern("token_match"),
        url_match: pattern("url_match"),
        exceptions,
        faster_heuristics: !matches!(msgpack::get(top, "faster_heuristics"), Some(ValueRef::Boolean(false))),
    })
}

fn exception(part: &str, text: &str, tokens: &ValueRef<'_>) -> Result<tokenizer::Exception, Error> {
    let mut list = Vec::new();
    for token in msgpack::array(part, tokens)? {
        let (mut orth, mut norm) = (None, None);
        for (key, value) in msgpack::map(part, token)? {
            match key_name(key) {
                Some("ORTH") => orth = msgpack::as_str(value),
                Some("NORM") => norm = msgpack::as_str(value).map(str::to_owned),
                other => {
                    return Err(Error::damaged(
                        part,
                        format!("exception `{text}` sets {}", other.unwrap_or("?")),
                    ));
                }
            }
        }
        let orth =
            orth.ok_or_else(|| Error::damaged(part, format!("exception `{text}` has a token without form")))?;
        list.push((orth.to_owned(), norm));
    }
    let whole: String = list.iter().map(|(orth, _)| orth.as_str()).collect();
    if whole != text || list.iter().any(|(orth, _)| orth.is_empty()) {
        return Err(Error::damaged(part, format!("the tokens of exception `{text}` make up `{whole}`")));
    }
    Ok(tokenizer::Exception { text: text.to_owned(), tokens: list })
}

/// Reads `patterns` of an attribute ruler.
pub(super) fn attribute_ruler(part: &str, bytes: &[u8]) -> Result<attribute_ruler::Rules, Error> {
    let value = msgpack::parse(part, bytes)?;
    let mut rules = Vec::new();
    for rule in msgpack::array(part, &value)? {
        let rule = msgpack::map(part, rule)?;
        let mut patterns = Vec::new();
        for one in msgpack::array(part, msgpack::need(part, rule, "patterns")?)? {
            let elements = msgpack::array(part, one)?;
            patterns.push(elements.iter().map(|e| element(part, e)).collect::<Result<Pattern, _>>()?);
        }
        let mut set = Vec::new();
        for (key, value) in msgpack::map(part, msgpack::need(part, rule, "attrs")?)? {
            let attr = attr(part, key)?;
            if !matches!(attr, Attr::Tag | Attr::Pos | Attr::Morph | Attr::Lemma | Attr::Dep) {
                return Err(not_supported(part, &format!("setting {attr:?}")));
            }
            let value =
                key_name(value).ok_or_else(|| Error::damaged(part, format!("a value of {attr:?}")))?;
            set.push((attr, value.to_owned()));
        }
        let index = match msgpack::get(rule, "index") {
            Some(ValueRef::Integer(n)) => n.as_i64().and_then(|n| i32::try_from(n).ok()),
            None => Some(0),
            _ => None,
        };
        let index = index.ok_or_else(|| Error::damaged(part, "`index` is no number"))?;
        rules.push(attribute_ruler::Rule { patterns, set, index });
    }
    Ok(attribute_ruler::Rules { rules })
}

fn not_supported(part: &str, what: &str) -> Error {
    Error::unsupported(format!("{what} in `{part}`"), "take this pattern out of the pipeline")
}

fn attr(part: &str, key: &ValueRef<'_>) -> Result<Attr, Error> {
    let name = key_name(key).unwrap_or("?").to_uppercase();
    let name = match name.as_str() {
        "TEXT" => "ORTH",
        other => other,
    };
    let parsed = serde_json::from_value(serde_json::Value::String(name.to_owned()));
    parsed.map_err(|_| not_supported(part, &format!("the attribute `{name}`")))
}

fn element(part: &str, value: &ValueRef<'_>) -> Result<TokenPattern, Error> {
    let mut pattern = TokenPattern { checks: Vec::new(), negated: false, min: 1, max: Some(1) };
    for (key, value) in msgpack::map(part, value)? {
        if key_name(key).is_some_and(|key| key.eq_ignore_ascii_case("OP")) {
            let operator = msgpack::str(part, value)?;
            let repeat = TokenPattern::repeat(operator);
            (pattern.negated, pattern.min, pattern.max) =
                repeat.ok_or_else(|| not_supported(part, &format!("the operator `{operator}`")))?;
            continue;
        }
        let attr = attr(part, key)?;
        match value {
            ValueRef::Boolean(flag) => pattern.checks.push((attr, Check::Flag(*flag))),
            ValueRef::Map(predicates) => {
                for (name, value) in predicates {
                    pattern.checks.push((attr, predicate(part, msgpack::str(part, name)?, value)?));
                }
            }
            ValueRef::Integer(n) if n.as_u64().is_some_and(|n| n < 2) && attr.is_flag() => {
                pattern.checks.push((attr, Check::Flag(n.as_u64() == Some(1))));
            }
            other => {
                let name =
                    key_name(other).ok_or_else(|| not_supported(part, &format!("a value of {attr:?}")))?;
                pattern.checks.push((attr, Check::Is(name.to_owned())));
            }
        }
    }
    Ok(pattern)
}

fn predicate(part: &str, name: &str, value: &ValueRef<'_>) -> Result<Check, Error> {
    let name = name.to_uppercase();
    if name == "REGEX" {
        return match value {
            ValueRef::Map(_) => Err(not_supported(part, "REGEX with a predicate inside")),
            _ => Ok(Check::Regex(msgpack::str(part, value)?.to_owned())),
        };
    }
    let check = match name.as_str() {
        "IN" => Check::In,
        "NOT_IN" => Check::NotIn,
        "IS_SUBSET" => Check::IsSubset,
        "IS_SUPERSET" => Check::IsSuperset,
        "INTERSECTS" => Check::Intersects,
        _ => return Err(not_supported(part, &format!("the predicate `{name}`"))),
    };
    let mut names = Vec::new();
    for value in msgpack::array(part, value)? {
        let name = key_name(value).ok_or_else(|| Error::damaged(part, "a list holds no name"))?;
        names.push(name.to_owned());
    }
    Ok(check(names))
}

/// Reads the norms from `vocab/lookups.bin`: identity of the form to its norm.
pub(super) fn norms(bytes: &[u8]) -> Result<HashMap<u64, SmolStr>, Error> {
    let part = "vocab/lookups.bin";
    let value = msgpack::parse(part, bytes)?;
    let mut norms = HashMap::new();
    if let Some(table) = msgpack::get(msgpack::map(part, &value)?, "lexeme_norm") {
        for (key, norm) in msgpack::map(part, table)? {
            let key = msgpack::as_u64(key).or_else(|| msgpack::as_str(key).map(string_id));
            let key = key.ok_or_else(|| Error::damaged(part, "a key is neither number nor string"))?;
            norms.insert(key, msgpack::str(part, norm)?.into());
        }
    }
    Ok(norms)
}

/// Coarse parts of speech by the identity of their lower-case name, as the lemma tables key them.
fn pos_of_key(key: &ValueRef<'_>) -> Option<Pos> {
    let id = msgpack::as_u64(key).or_else(|| msgpack::as_str(key).map(string_id))?;
    Pos::all().find(|pos| string_id(&pos.as_str().to_lowercase()) == id)
}

/// Reads `lookups.bin` of a lemmatizer.
pub(super) fn lemma_tables(
    part: &str,
    bytes: &[u8],
    mode: lemmatizer::Mode,
    base_forms: bool,
    overwrite: bool,
) -> Result<lemmatizer::Tables, Error> {
    let value = msgpack::parse(part, bytes)?;
    let top = msgpack::map(part, &value)?;
    let required: &[&str] = match mode {
        lemmatizer::Mode::Lookup => &["lemma_lookup"],
        lemmatizer::Mode::Rule => &["lemma_rules"],
        lemmatizer::Mode::FrenchRule => &["lemma_lookup", "lemma_rules", "lemma_exc", "lemma_index"],
    };
    for table in required {
        msgpack::need(part, top, table)?;
    }
    let table = |name| msgpack::get(top, name).map_or(Ok(&[][..]), |table| msgpack::map(part, table));
    let lookup = word_map(part, table("lemma_lookup")?)?;
    let mut by_pos: Vec<(Pos, lemmatizer::PosTables)> = Vec::new();
    for pos in Pos::all() {
        let of_pos = |name| {
            let found = table(name)?.iter().find(|(key, _)| pos_of_key(key) == Some(pos));
            Ok::<_, Error>(found.map(|(_, value)| value))
        };
        let (rules, exceptions, index) =
            (of_pos("lemma_rules")?, of_pos("lemma_exc")?, of_pos("lemma_index")?);
        if rules.is_none() && exceptions.is_none() && index.is_none() {
            continue;
        }
        let exceptions = exceptions.map_or(Ok(&[][..]), |table| msgpack::map(part, table))?;
        let index = index.map_or(Ok(Vec::new()), |words| words_of(part, words))?;
        let tables = lemmatizer::PosTables {
            rules: rules.map_or(Ok(Vec::new()), |rules| endings(part, rules))?,
            exceptions: word_map(part, exceptions)?,
            index: lemmatizer::WordSet::new(index),
        };
        by_pos.push((pos, tables));
    }
    Ok(lemmatizer::Tables { mode, base_forms, overwrite, lookup, by_pos })
}

fn words_of<'v>(part: &str, value: &'v ValueRef<'_>) -> Result<Vec<&'v str>, Error> {
    match value {
        ValueRef::Array(words) => words.iter().map(|word| msgpack::str(part, word)).collect(),
        _ => Ok(vec![msgpack::str(part, value)?]),
    }
}

fn endings(part: &str, value: &ValueRef<'_>) -> Result<Vec<(String, String)>, Error> {
    let mut rules = Vec::new();
    for rule in msgpack::array(part, value)? {
        let pair = words_of(part, rule)?;
        let [old, new] = pair[..] else { return Err(Error::damaged(part, "a rule is no pair")) };
        rules.push((old.to_owned(), new.to_owned()));
    }
    Ok(rules)
}

fn word_map(part: &str, table: &[(ValueRef<'_>, ValueRef<'_>)]) -> Result<lemmatizer::WordMap, Error> {
    let mut entries = Vec::new();
    for (key, words) in table {
        let key = msgpack::as_u64(key).or_else(|| msgpack::as_str(key).map(string_id));
        let key = key.ok_or_else(|| Error::damaged(part, "a key is neither number nor string"))?;
        entries.push((key, words_of(part, words)?));
    }
    Ok(lemmatizer::WordMap::new(entries))
}
