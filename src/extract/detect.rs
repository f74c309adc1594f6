use std::collections::HashSet;

use super::boundary::{Cutter, Draft};
use super::known::Known;
use super::types::{Observed, Weights};
use super::words::Words;
use super::{Name, NameType};
use super::{joins, missed, pairs, types};

/// The names of a document: those of the recogniser with their boundaries repaired, and those that it missed.
pub(super) fn names(words: &Words<'_>, known: &Known<'_>, weights: &Weights) -> Vec<Name> {
    let drafts = types::decide(words, known, candidates(words, known), weights);
    let name = |draft: &Draft| Name { span: words.span(&draft.range), name_type: draft.name_type };
    drafts.iter().map(name).collect()
}

/// What may be names of a document, in the order of the text.
pub(super) fn candidates(words: &Words<'_>, known: &Known<'_>) -> Vec<Observed> {
    let doc = words.doc();
    let elsewhere: HashSet<&str> = doc.entities().iter().map(|entity| doc.text_of(entity.tokens)).collect();
    let last_words = elsewhere.iter().filter_map(|text| Some(text.rsplit_once(' ')?.1)).collect();
    let cutter = Cutter { words, known, elsewhere, last_words };
    let mut drafts: Vec<Draft> = Vec::new();
    for entity in doc.entities() {
        let Some(name_type) = NameType::from_label(doc.label(entity.label)) else { continue };
        drafts.extend(cutter.cut(words.of_tokens(entity.tokens), name_type));
    }
    let drafts = joins::join(words, known, &drafts);
    let missed = missed::candidates(&cutter, &drafts).into_iter();
    let missed = missed.flat_map(|range| pairs::split_missed(&cutter, range));
    let missed = missed.map(|range| Draft { range, name_type: NameType::WorkOfArt }).collect();
    types::observe(&cutter, drafts, missed)
}
