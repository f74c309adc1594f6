//! Sets tags, parts of speech, features and lemmas where token patterns match.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{
    Label, Labels, Pos,
    doc::TokenData,
    matcher::{self, Attr, Element, Pattern, Seen},
    tokenizer::{Cache, LexemeId},
};

/// The rules, in order: of those that match the same token the later wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// All rules.
    pub rules: Vec<Rule>,
}

/// What is set where one of the patterns matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Any of these.
    pub patterns: Vec<Pattern>,
    /// Attribute and new value.
    pub set: Vec<(Attr, String)>,
    /// Which token of the match; negative counts from its end.
    pub index: i32,
}

/// The rules, compiled.
#[derive(Debug)]
pub(crate) struct AttributeRuler {
    rules: Vec<CompiledRule>,
    /// Rule and pattern, for patterns of exactly one token.
    single: Vec<(usize, Element)>,
    /// The same of all others.
    longer: Vec<(usize, Vec<Element>)>,
    /// Whether a check looks at the lemma, so that what was found for a token cannot be kept.
    reads_lemma: bool,
}

#[derive(Debug)]
struct CompiledRule {
    set: Values,
    index: i32,
}

/// New values of a token.
#[derive(Clone, Debug, Default)]
struct Values {
    tag: Option<Label>,
    dep: Option<Label>,
    morph: Option<Label>,
    pos: Option<Pos>,
    lemma: Option<SmolStr>,
}

/// What was found for tokens of the same lexeme and annotation.
#[derive(Debug, Default)]
pub(crate) struct RulerMemory {
    found: HashMap<Key, Found>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    lexeme: LexemeId,
    tag: Label,
    dep: Label,
    morph: Label,
    pos: Pos,
}

#[derive(Clone, Debug, Default)]
struct Found {
    /// The rules that hold, in order.
    rules: Vec<usize>,
    /// What they set, taken together.
    values: Values,
    /// The longer patterns that can start here.
    starts: Vec<usize>,
}

impl RulerMemory {
    /// Forgets everything; for when the lexemes get new numbers.
    pub(crate) fn forget(&mut self) {
        self.found.clear();
    }
}

impl AttributeRuler {
    /// Compiles the rules; their labels are added.
    pub(crate) fn new(rules: &Rules, labels: &mut Labels) -> Result<Self, String> {
        let mut compiled =
            Self { rules: Vec::new(), single: Vec::new(), longer: Vec::new(), reads_lemma: false };
        for (number, rule) in rules.rules.iter().enumerate() {
            for pattern in &rule.patterns {
                let elements = pattern.iter().map(|element| Element::new(element, labels));
                let mut elements = elements.collect::<Result<Vec<_>, _>>()?;
                compiled.reads_lemma |= elements.iter().any(Element::reads_lemma);
                match elements.pop() {
                    Some(only) if elements.is_empty() && only.is_single() && matches!(rule.index, 0 | -1) => {
                        compiled.single.push((number, only));
                    }
                    Some(last) => {
                        elements.push(last);
                        compiled.longer.push((number, elements));
                    }
                    None => return Err(format!("rule {number} has an empty pattern")),
                }
            }
            compiled.rules.push(CompiledRule { set: Values::new(&rule.set, labels)?, index: rule.index });
        }
        Ok(compiled)
    }

    /// Sets the attributes of a document's tokens, whose lexemes are `ids` in `cache`.
    pub(crate) fn apply(
        &self,
        tokens: &mut [TokenData],
        ids: &[LexemeId],
        cache: &Cache,
        labels: &Labels,
        memory: &mut RulerMemory,
    ) {
        // All patterns see the tokens as they were before any rule.
        let mut changes: Vec<(usize, Values)> = Vec::new();
        let mut longer: Vec<(usize, usize, usize)> = Vec::new();
        for i in 0..tokens.len() {
            let found = self.find(tokens, ids, cache, labels, memory, i);
            if !found.rules.is_empty() {
                changes.push((i, found.values.clone()));
            }
            for &pattern in &found.starts {
                let (rule, elements) = &self.longer[pattern];
                let seen = |at: usize| Seen { token: &tokens[at], lexeme: cache.lexeme(ids[at]), labels };
                let ends = matcher::ends(elements, i, tokens.len(), &seen);
                longer.extend(ends.into_iter().map(|end| (*rule, i, end)));
            }
        }
        if !longer.is_empty() {
            longer.sort_unstable();
            longer.dedup();
            self.merge(&longer, tokens, ids, cache, labels, memory, &mut changes);
        }
        for (i, values) in changes {
            values.write(&mut tokens[i]);
        }
    }

    /// The rules for one token alone.
    fn find<'m>(
        &self,
        tokens: &[TokenData],
        ids: &[LexemeId],
        cache: &Cache,
        labels: &Labels,
        memory: &'m mut RulerMemory,
        i: usize,
    ) -> &'m Found {
        let TokenData { tag, dep, morph, pos, .. } = tokens[i];
        let key = Key { lexeme: ids[i], tag, dep, morph, pos };
        if self.reads_lemma {
            memory.found.remove(&key);
        }
        memory.found.entry(key).or_insert_with(|| {
            let seen = Seen { token: &tokens[i], lexeme: cache.lexeme(ids[i]), labels };
            let mut found = Found::default();
            for (rule, _) in self.single.iter().filter(|(_, element)| element.holds(seen)) {
                found.values.add(&self.rules[*rule].set);
                found.rules.push(*rule);
            }
            let can_start = |elements: &[Element]| {
                let needed = elements
                    .iter()
                    .position(|element| !element.is_optional())
                    .map_or(elements.len(), |n| n + 1);
                elements.iter().take(needed).any(|element| element.holds(seen))
            };
            found.starts = (0..self.longer.len()).filter(|&n| can_start(&self.longer[n].1)).collect();
            found
        })
    }

    /// Adds the matches of longer patterns: of all rules that set something of a token, the last one wins.
    #[expect(clippy::too_many_arguments, reason = "what is known of the document is passed on from `apply`")]
    fn merge(
        &self,
        longer: &[(usize, usize, usize)],
        tokens: &[TokenData],
        ids: &[LexemeId],
        cache: &Cache,
        labels: &Labels,
        memory: &mut RulerMemory,
        changes: &mut Vec<(usize, Values)>,
    ) {
        let mut by_token: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &(rule, start, end) in longer {
            let index = self.rules[rule].index;
            let distance = index.unsigned_abs() as usize;
            let target = if index < 0 { end.checked_sub(distance) } else { Some(start + distance) };
            if let Some(target) = target.filter(|target| (start..end).contains(target)) {
                by_token.entry(target).or_default().push(rule);
            }
        }
        for (i, rules) in by_token {
            let mut all = self.find(tokens, ids, cache, labels, memory, i).rules.clone();
            all.extend(rules);
            all.sort_unstable();
            let mut values = Values::default();
            for rule in all {
                values.add(&self.rules[rule].set);
            }
            changes.push((i, values));
        }
    }
}

impl Values {
    fn new(set: &[(Attr, String)], labels: &mut Labels) -> Result<Self, String> {
        let mut values = Self::default();
        for (attr, value) in set {
            match attr {
                Attr::Tag => values.tag = Some(labels.add(value)),
                Attr::Dep => values.dep = Some(labels.add(value)),
                Attr::Morph => values.morph = Some(labels.add(&matcher::normal_features(value))),
                Attr::Pos => {
                    values.pos = Some(value.parse().map_err(|()| format!("`{value}` is no part of speech"))?);
                }
                Attr::Lemma => values.lemma = Some(value.into()),
                other => return Err(format!("{other:?} cannot be set")),
            }
        }
        Ok(values)
    }

    /// Takes over what the other sets.
    fn add(&mut self, later: &Self) {
        self.tag = later.tag.or(self.tag);
        self.dep = later.dep.or(self.dep);
        self.morph = later.morph.or(self.morph);
        self.pos = later.pos.or(self.pos);
        if let Some(lemma) = &later.lemma {
            self.lemma = Some(lemma.clone());
        }
    }

    fn write(self, token: &mut TokenData) {
        token.tag = self.tag.unwrap_or(token.tag);
        token.dep = self.dep.unwrap_or(token.dep);
        token.morph = self.morph.unwrap_or(token.morph);
        token.pos = self.pos.unwrap_or(token.pos);
        if let Some(lemma) = self.lemma {
            token.lemma = lemma;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::matcher::{Check, TokenPattern},
        *,
    };
    use crate::nlp::tokenizer::{self, Tokenizer};

    fn element(checks: &[(Attr, &str)]) -> TokenPattern {
        let checks = checks.iter().map(|&(attr, value)| (attr, Check::Is(value.to_owned()))).collect();
        TokenPattern { checks, negated: false, min: 1, max: Some(1) }
    }

    #[test]
    fn later_rules_win_and_all_see_the_tokens_as_they_were() {
        let set = |attr, value: &str| vec![(attr, value.to_owned())];
        let rules = Rules {
            rules: vec![
                Rule {
                    patterns: vec![vec![element(&[(Attr::Tag, "VB")])]],
                    set: set(Attr::Pos, "VERB"),
                    index: 0,
                },
                Rule {
                    patterns: vec![vec![element(&[(Attr::Lower, "gon")]), element(&[(Attr::Lower, "na")])]],
                    set: set(Attr::Lemma, "to"),
                    index: -1,
                },
                Rule {
                    patterns: vec![vec![element(&[(Attr::Pos, "VERB")])]],
                    set: set(Attr::Tag, "X"),
                    index: 0,
                },
                Rule {
                    patterns: vec![vec![element(&[(Attr::Lower, "na"), (Attr::Tag, "VB")])]],
                    set: vec![(Attr::Pos, "AUX".into()), (Attr::Morph, "B=2|A=1".into())],
                    index: 0,
                },
            ],
        };
        let mut labels = Labels::default();
        let compiled = AttributeRuler::new(&rules, &mut labels).unwrap();
        let tokenizer = Tokenizer::new(&tokenizer::Rules::default(), HashMap::new()).unwrap();
        let mut cache = Cache::default();
        let raw = tokenizer.tokenize("Gon na go", &mut cache);
        let ids: Vec<LexemeId> = raw.iter().map(|token| token.lexeme).collect();
        let tag = labels.add("VB");
        let mut tokens = vec![TokenData { tag, ..TokenData::default() }; 3];
        compiled.apply(&mut tokens, &ids, &cache, &labels, &mut RulerMemory::default());
        assert_eq!(tokens.iter().map(|t| t.pos).collect::<Vec<_>>(), [Pos::Verb, Pos::Aux, Pos::Verb]);
        assert_eq!(tokens.iter().map(|t| t.lemma.as_str()).collect::<Vec<_>>(), ["", "to", ""]);
        assert_eq!(labels.name(tokens[1].morph), "A=1|B=2");
        assert!(tokens.iter().all(|token| token.tag == tag));
    }
}
