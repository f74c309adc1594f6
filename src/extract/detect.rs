use std::collections::HashSet;

use super::boundary::{Cutter, Draft};
use super::known::Known;
use super::words::Words;
use super::{Name, NameType};

/// The names of a document: those of the recogniser with their boundaries repaired.
pub(super) fn names(words: &Words<'_>, known: &Known<'_>) -> Vec<Name> {
    let doc = words.doc();
    let elsewhere: HashSet<&str> = doc.entities().iter().map(|entity| doc.text_of(entity.tokens)).collect();
    let cutter = Cutter { words, known, elsewhere };
    let mut drafts: Vec<Draft> = Vec::new();
    for entity in doc.entities() {
        let Some(name_type) = NameType::from_label(doc.label(entity.label)) else { continue };
        drafts.extend(cutter.cut(words.of_tokens(entity.tokens), name_type));
    }
    let name = |draft: &Draft| Name { span: words.span(&draft.range), name_type: draft.name_type };
    drafts.iter().map(name).collect()
}
