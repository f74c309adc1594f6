//! Token patterns: what they are made of, and finding them.
//!
//! As in spaCy, repetition is not greedy: every stretch of tokens that a pattern can cover is a match.

use serde::{Deserialize, Serialize};

use super::{
    Label, Labels, Pos,
    characters::{is_digit, is_letter},
    doc::TokenData,
    lexeme::Lexeme,
    python_re,
    strings::string_id,
};

/// What a pattern looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs, reason = "the names are those of spaCy's matcher")]
pub enum Attr {
    Orth,
    Lower,
    Norm,
    Shape,
    Prefix,
    Suffix,
    Tag,
    Pos,
    Morph,
    Lemma,
    Dep,
    IsSpace,
    IsAlpha,
    IsDigit,
}

impl Attr {
    /// Whether it is true or false, and no string.
    pub fn is_flag(self) -> bool {
        matches!(self, Self::IsSpace | Self::IsAlpha | Self::IsDigit)
    }
}

/// A condition on one attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    /// Equal to this.
    Is(String),
    /// True or false.
    Flag(bool),
    /// One of these.
    In(Vec<String>),
    /// None of these.
    NotIn(Vec<String>),
    /// The regular expression (Python's syntax) matches somewhere.
    Regex(String),
    /// All features of the token are among these.
    IsSubset(Vec<String>),
    /// The token has all of these features.
    IsSuperset(Vec<String>),
    /// The token has at least one of these features.
    Intersects(Vec<String>),
}

/// One element of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenPattern {
    /// All must hold; none: any token.
    pub checks: Vec<(Attr, Check)>,
    /// Whether the token must not fulfil them.
    pub negated: bool,
    /// Fewest repetitions.
    pub min: u32,
    /// Most repetitions, if there is a limit.
    pub max: Option<u32>,
}

/// A sequence of tokens.
pub type Pattern = Vec<TokenPattern>;

impl TokenPattern {
    /// Reads the operator of an element: `1`, `!`, `?`, `*`, `+`, `{n}`, `{n,m}`, `{n,}`, `{,m}`.
    pub(crate) fn repeat(operator: &str) -> Option<(bool, u32, Option<u32>)> {
        Some(match operator {
            "1" => (false, 1, Some(1)),
            "!" => (true, 1, Some(1)),
            "?" => (false, 0, Some(1)),
            "*" => (false, 0, None),
            "+" => (false, 1, None),
            _ => {
                let inner = operator.strip_prefix('{')?.strip_suffix('}')?;
                let (low, high) = inner.split_once(',').unwrap_or((inner, inner));
                let min = if low.is_empty() { 0 } else { low.parse().ok()? };
                let max = if high.is_empty() { None } else { Some(high.parse().ok()?) };
                if max.is_some_and(|max| max < min) || inner == "," || inner.is_empty() {
                    return None;
                }
                (false, min, max)
            }
        })
    }
}

/// What a check looks at: a token and its lexeme.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'t> {
    pub(crate) token: &'t TokenData,
    pub(crate) lexeme: &'t Lexeme,
    pub(crate) labels: &'t Labels,
}

/// A compiled element.
#[derive(Debug)]
pub(crate) struct Element {
    checks: Vec<Compiled>,
    negated: bool,
    min: u32,
    max: Option<u32>,
}

#[derive(Debug)]
enum Compiled {
    /// The number of a lexical attribute is among these (or is not).
    Number(Attr, Vec<u64>, bool),
    /// The label is among these (or is not).
    Label(Attr, Vec<Label>, bool),
    Pos(Vec<Pos>, bool),
    Lemma(Vec<String>, bool),
    Flag(Attr, bool),
    Regex(Attr, Box<fancy_regex::Regex>),
    /// Features that the token's are compared with.
    Features(Comparison, Vec<String>),
}

#[derive(Clone, Copy, Debug)]
enum Comparison {
    Subset,
    Superset,
    Intersects,
}

/// Features sorted by name and value, as they are written into labels; empty for `_`.
pub(crate) fn normal_features(features: &str) -> String {
    let mut sorted: Vec<String> = features
        .split('|')
        .filter(|feature| !matches!(*feature, "" | "_"))
        .map(|feature| match feature.split_once('=') {
            Some((name, values)) if values.contains(',') => {
                let mut values: Vec<&str> = values.split(',').collect();
                values.sort_unstable();
                format!("{name}={}", values.join(","))
            }
            _ => feature.to_owned(),
        })
        .collect();
    sorted.sort_unstable();
    sorted.join("|")
}

impl Element {
    pub(crate) fn new(pattern: &TokenPattern, labels: &mut Labels) -> Result<Self, String> {
        let checks = pattern.checks.iter().map(|(attr, check)| Compiled::new(*attr, check, labels));
        let checks = checks.collect::<Result<_, _>>()?;
        Ok(Self { checks, negated: pattern.negated, min: pattern.min, max: pattern.max })
    }

    /// Whether the token fulfils it.
    pub(crate) fn holds(&self, seen: Seen<'_>) -> bool {
        self.checks.iter().all(|check| check.holds(seen)) != self.negated
    }

    /// Whether it stands for exactly one token.
    pub(crate) fn is_single(&self) -> bool {
        self.min == 1 && self.max == Some(1)
    }

    /// Whether it can be left out.
    pub(crate) fn is_optional(&self) -> bool {
        self.min == 0
    }

    /// Whether it looks at the lemma.
    pub(crate) fn reads_lemma(&self) -> bool {
        self.checks.iter().any(|check| matches!(check, Compiled::Lemma(..) | Compiled::Regex(Attr::Lemma, _)))
    }
}

/// The ends of all stretches from token `start` that the pattern covers, without the empty one, in order.
pub(crate) fn ends<'t>(
    pattern: &[Element],
    start: usize,
    len: usize,
    seen: &impl Fn(usize) -> Seen<'t>,
) -> Vec<usize> {
    let mut places = vec![start];
    for element in pattern {
        let mut next = Vec::new();
        for &place in &places {
            let mut at = place;
            let mut count = 0;
            loop {
                if count >= element.min {
                    next.push(at);
                }
                let more = element.max.is_none_or(|max| count < max) && at < len && element.holds(seen(at));
                if !more {
                    break;
                }
                at += 1;
                count += 1;
            }
        }
        next.sort_unstable();
        next.dedup();
        places = next;
    }
    places.retain(|&end| end > start);
    places
}

impl Compiled {
    fn new(attr: Attr, check: &Check, labels: &mut Labels) -> Result<Self, String> {
        let one;
        let (values, wanted) = match check {
            Check::Flag(flag) if attr.is_flag() => return Ok(Self::Flag(attr, *flag)),
            Check::Regex(pattern) if !attr.is_flag() => {
                let regex = fancy_regex::Regex::new(&python_re::translate(pattern));
                return Ok(Self::Regex(attr, Box::new(regex.map_err(|e| format!("`{pattern}`: {e}"))?)));
            }
            Check::IsSubset(features) if attr == Attr::Morph => {
                return Ok(Self::Features(Comparison::Subset, features.clone()));
            }
            Check::IsSuperset(features) if attr == Attr::Morph => {
                return Ok(Self::Features(Comparison::Superset, features.clone()));
            }
            Check::Intersects(features) if attr == Attr::Morph => {
                return Ok(Self::Features(Comparison::Intersects, features.clone()));
            }
            Check::Is(value) => {
                one = vec![value.clone()];
                (&one, true)
            }
            Check::In(values) => (values, true),
            Check::NotIn(values) => (values, false),
            _ => return Err(format!("{check:?} cannot be asked of {attr:?}")),
        };
        Ok(match attr {
            Attr::Tag | Attr::Dep => {
                Self::Label(attr, values.iter().map(|v| labels.add(v)).collect(), wanted)
            }
            Attr::Morph => {
                Self::Label(attr, values.iter().map(|v| labels.add(&normal_features(v))).collect(), wanted)
            }
            // A name that is no part of speech is that of no token.
            Attr::Pos => Self::Pos(values.iter().filter_map(|v| v.parse().ok()).collect(), wanted),
            Attr::Lemma => Self::Lemma(values.clone(), wanted),
            _ if attr.is_flag() => return Err(format!("{check:?} cannot be asked of {attr:?}")),
            _ => Self::Number(attr, values.iter().map(|v| string_id(v)).collect(), wanted),
        })
    }

    fn holds(&self, Seen { token, lexeme, labels }: Seen<'_>) -> bool {
        match self {
            Self::Number(attr, values, wanted) => {
                let number = match attr {
                    Attr::Orth => lexeme.orth,
                    Attr::Lower => lexeme.lower,
                    Attr::Norm => lexeme.norm,
                    Attr::Prefix => lexeme.prefix,
                    Attr::Suffix => lexeme.suffix,
                    _ => lexeme.shape,
                };
                values.contains(&number) == *wanted
            }
            Self::Label(attr, values, wanted) => {
                let label = match attr {
                    Attr::Tag => token.tag,
                    Attr::Dep => token.dep,
                    _ => token.morph,
                };
                values.contains(&label) == *wanted
            }
            Self::Pos(values, wanted) => values.contains(&token.pos) == *wanted,
            Self::Lemma(values, wanted) => values.iter().any(|value| *value == token.lemma) == *wanted,
            Self::Flag(attr, wanted) => {
                let all = |class: fn(char) -> bool| lexeme.text.chars().all(class);
                let flag = match attr {
                    Attr::IsSpace => lexeme.is_space,
                    Attr::IsAlpha => all(is_letter),
                    _ => all(is_digit),
                };
                flag == *wanted
            }
            Self::Regex(attr, regex) => {
                let shape;
                let text = match attr {
                    Attr::Lower => lexeme.lower_text.as_str(),
                    Attr::Norm => lexeme.norm_text.as_str(),
                    Attr::Tag => labels.name(token.tag),
                    Attr::Dep => labels.name(token.dep),
                    Attr::Morph => labels.name(token.morph),
                    Attr::Pos => token.pos.as_str(),
                    Attr::Lemma => token.lemma.as_str(),
                    Attr::Shape => {
                        shape = super::lexeme::shape(&lexeme.text);
                        shape.as_str()
                    }
                    _ => lexeme.text.as_str(),
                };
                regex.is_match(text).unwrap_or(false)
            }
            Self::Features(comparison, wanted) => {
                let mut features = features_of(labels.name(token.morph));
                match comparison {
                    Comparison::Subset => features.all(|feature| wanted.contains(&feature)),
                    Comparison::Superset => {
                        let features: Vec<String> = features.collect();
                        wanted.iter().all(|feature| features.contains(feature))
                    }
                    Comparison::Intersects => features.any(|feature| wanted.contains(&feature)),
                }
            }
        }
    }
}

/// `Name=Value` for each value.
fn features_of(morph: &str) -> impl Iterator<Item = String> {
    morph
        .split('|')
        .filter_map(|feature| feature.split_once('='))
        .flat_map(|(name, values)| values.split(',').map(move |value| format!("{name}={value}")))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn pattern(elements: &[(&str, &str)], labels: &mut Labels) -> Vec<Element> {
        let element = |&(form, operator): &(&str, &str)| {
            let (negated, min, max) = TokenPattern::repeat(operator).unwrap();
            let checks = vec![(Attr::Lower, Check::Is(form.to_owned()))];
            Element::new(&TokenPattern { checks, negated, min, max }, labels).unwrap()
        };
        elements.iter().map(element).collect()
    }

    fn ends_in(text: &str, elements: &[(&str, &str)]) -> Vec<usize> {
        let mut labels = Labels::default();
        let pattern = pattern(elements, &mut labels);
        let lexemes: Vec<Lexeme> =
            text.split(' ').map(|form| Lexeme::new(form, None, &HashMap::new())).collect();
        let token = TokenData::default();
        ends(&pattern, 0, lexemes.len(), &|i| Seen { token: &token, lexeme: &lexemes[i], labels: &labels })
    }

    #[test]
    fn every_stretch_that_fits_is_a_match() {
        assert_eq!(ends_in("a a b a", &[("a", "+"), ("b", "?")]), [1, 2, 3]);
        assert_eq!(ends_in("a a b a", &[("a", "{2}"), ("b", "1"), ("a", "*")]), [3, 4]);
        assert_eq!(ends_in("a a b a", &[("a", "1"), ("b", "!"), ("b", "1")]), [3]);
        assert_eq!(ends_in("a a b a", &[("b", "*")]), [0; 0]);
        assert_eq!(ends_in("a a", &[("a", "1"), ("a", "1"), ("a", "1")]), [0; 0]);
    }

    #[test]
    fn operators_are_read() {
        assert_eq!(TokenPattern::repeat("{2,}"), Some((false, 2, None)));
        assert_eq!(TokenPattern::repeat("{,3}"), Some((false, 0, Some(3))));
        assert_eq!(TokenPattern::repeat("{3,2}"), None);
        assert_eq!(TokenPattern::repeat("{,}"), None);
    }

    #[test]
    fn features_are_sorted() {
        assert_eq!(normal_features("Number=Sing|Case=Nom,Acc|_"), "Case=Acc,Nom|Number=Sing");
        assert_eq!(normal_features("_"), "");
    }
}
