use std::collections::HashSet;

use super::group::Group;
use super::sport::Sports;
use crate::kb::{Kb, KbId, context_words};
use crate::nlp::model::Vectors;
use crate::nlp::{Doc, Pos, Token, string_id};
use crate::text::TokenSpan;

/// Tokens on each side of a name whose words speak of it directly.
const WINDOW: usize = 10;
/// Mentions of a group that are looked at.
const MENTIONS: usize = 8;

/// The words of an article, as the context of its names.
pub(super) struct Words<'v> {
    all: HashSet<String>,
    /// The nouns and verbs in lower case, as they are written.
    ordinary: HashSet<&'v str>,
    sports: Sports,
    vectors: Option<&'v Vectors>,
    /// The mean of the words' vectors, of length 1; empty without vectors.
    centre: Vec<f32>,
}

/// How the words around a name go with those that the knowledge base has of an entity.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Agreement {
    /// Words of the entity that are in the article, each as far as it is rare; from 0 towards 1 the more there are.
    pub(super) article: f64,
    /// The same of the words near the name.
    pub(super) nearby: f64,
    /// Cosine between the mean vectors of the entity's words and of the article's.
    pub(super) meaning: f64,
    /// How far what the article calls it (`Jordan, a plumber`) is something else than what the knowledge base says that it is, from 0 to 1;
    /// 0 where either says nothing.
    pub(super) otherwise: f64,
    /// The agreement with an article that has all of them: 0 where the knowledge base has none.
    pub(super) most: f64,
}

impl<'v> Words<'v> {
    pub(super) fn new(doc: &'v Doc, vectors: Option<&'v Vectors>) -> Self {
        let all = words_of(doc, TokenSpan::new(0, doc.len()));
        let mut sorted: Vec<&str> = all.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let centre =
            vectors.map_or_else(Vec::new, |vectors| mean(vectors, sorted.into_iter().map(|w| (w, 1.0))));
        let tokens = doc.tokens_of(TokenSpan::new(0, doc.len()));
        let ordinary = tokens.filter(|token| matches!(token.pos(), Pos::Noun | Pos::Verb));
        let ordinary = ordinary.map(Token::text);
        let ordinary = ordinary.filter(|text| text.chars().all(char::is_lowercase)).collect();
        let sports = Sports::of(all.iter().map(String::as_str));
        Self { all, ordinary, sports, vectors, centre }
    }

    /// Whether the article has a name as an ordinary noun or verb too.
    pub(super) fn has_as_word(&self, name: &str) -> bool {
        self.ordinary.contains(name.to_lowercase().as_str())
    }

    /// What the article says of sport.
    pub(super) fn sports(&self) -> &Sports {
        &self.sports
    }

    /// The words near the names of a group.
    pub(super) fn near(doc: &Doc, group: &Group<'_>) -> HashSet<String> {
        let mut near = HashSet::new();
        for &span in group.spans.iter().take(MENTIONS) {
            let name = doc.tokens_in(span);
            let start = name.start.index().saturating_sub(WINDOW);
            let end = (name.end.index() + WINDOW).min(doc.len());
            near.extend(words_of(doc, TokenSpan::new(start, name.start.index())));
            near.extend(words_of(doc, TokenSpan::new(name.end.index(), end)));
        }
        near
    }

    /// The words by which an article introduces somebody of a group to its readers: `Jordan, a plumber`.
    pub(super) fn descriptions(doc: &Doc, group: &Group<'_>) -> HashSet<String> {
        let heads = group.spans.iter().take(MENTIONS).filter_map(|&span| doc.head_of(doc.tokens_in(span)));
        let appositions =
            heads.flat_map(Token::children).filter(|c| c.dep() == "appos" && c.pos() == Pos::Noun);
        let is_new = |noun: &Token<'_>| noun.children().any(|c| matches!(c.norm(), "a" | "an"));
        appositions.filter(is_new).flat_map(|noun| context_words(noun.lemma())).collect()
    }

    pub(super) fn agreement(
        &self,
        kb: &Kb,
        entity: KbId,
        own: &HashSet<String>,
        near: &HashSet<String>,
        described: &HashSet<String>,
    ) -> Agreement {
        // The words of the name itself say nothing of the entity that is not known already.
        let words: Vec<(&str, f64)> =
            kb.context_with_rarity(entity).filter(|(word, _)| !own.contains(*word)).collect();
        let sum = |set: &HashSet<String>| {
            let sum: f64 =
                words.iter().filter(|(word, _)| set.contains(*word)).map(|(_, rarity)| rarity).sum();
            sum / (1.0 + sum)
        };
        let full: f64 = words.iter().map(|(_, rarity)| rarity).sum();
        let (mut meaning, mut otherwise) = (0.0, 0.0);
        if let Some(vectors) = self.vectors.filter(|_| !words.is_empty()) {
            let of_entity = mean(vectors, words.iter().copied());
            meaning = dot(&self.centre, &of_entity);
            if !described.is_empty() && sum(described) == 0.0 {
                let mut sorted: Vec<&str> = described.iter().map(String::as_str).collect();
                sorted.sort_unstable();
                let role = mean(vectors, sorted.into_iter().map(|w| (w, 1.0)));
                otherwise = 1.0 - dot(&role, &of_entity).clamp(0.0, 1.0);
            }
        }
        Agreement {
            article: sum(&self.all),
            nearby: sum(near),
            meaning,
            otherwise,
            most: full / (1.0 + full),
        }
    }
}

/// The words of the forms of a group.
pub(super) fn own_words(group: &Group<'_>) -> HashSet<String> {
    group.forms.iter().flat_map(|form| context_words(form)).collect()
}

/// The words and lemmas of some tokens.
fn words_of(doc: &Doc, tokens: TokenSpan) -> HashSet<String> {
    let mut words = HashSet::new();
    for token in doc.tokens_of(tokens).filter(|token| token.text().chars().any(char::is_alphabetic)) {
        words.extend(context_words(token.text()));
        if !token.lemma().eq_ignore_ascii_case(token.text()) {
            words.extend(context_words(token.lemma()));
        }
    }
    words
}

/// The weighted mean of the vectors of words, brought to length 1; zeros if none has a vector.
fn mean<'w>(vectors: &Vectors, words: impl Iterator<Item = (&'w str, f64)>) -> Vec<f32> {
    let mut sum = vec![0.0; vectors.width()];
    let mut row = vec![0.0; vectors.width()];
    for (word, weight) in words {
        let Some(number) = vectors.row_of(string_id(word)) else { continue };
        vectors.copy_row(number, &mut row);
        let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            let scale = weight as f32 / length;
            sum.iter_mut().zip(&row).for_each(|(s, x)| *s += scale * x);
        }
    }
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        for x in &mut sum {
            *x /= length;
        }
    }
    sum
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    f64::from(a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>())
}
