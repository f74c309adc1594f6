use smol_str::{SmolStr, format_smolstr};

use super::cast::{Cast, cast};
use super::event::events;
use super::filler::Setting;
use super::matching::matches;
use super::mentions::Mentions;
use super::pair::{Model, find};
use super::participants::describe;
use super::relation::relations;
use super::{links, rank, time};
use crate::annotation::Annotation;
use crate::lexicon::Lexicon;
use crate::nlp::Doc;
use crate::predicate::Predicates;

/// Finds what an article says, and adds it to the annotation.
pub fn add(annotation: &mut Annotation, doc: &Doc, predicates: &Predicates, lexicon: &Lexicon) {
    add_with(annotation, doc, predicates, lexicon, Model::trained());
}

/// The same by another model of relations.
pub(super) fn add_with(
    annotation: &mut Annotation,
    doc: &Doc,
    predicates: &Predicates,
    lexicon: &Lexicon,
    model: &Model,
) {
    let matches = matches(doc, predicates, lexicon);
    let casts = cast(doc, annotation, predicates, &matches);
    describe(annotation, doc, casts.iter().flat_map(Cast::heads).collect());
    rank::describe(annotation, doc);
    let found = find(annotation, doc, &matches, model);
    let setting = Setting { doc, lexicon, annotation, mentions: Mentions::new(doc, annotation) };
    let mut ids = StatementIds(0);
    let relations = relations(&setting, &matches, &found, &mut ids);
    let events = events(&setting, predicates, &casts, &mut ids);
    annotation.relations = relations;
    annotation.events = events;
    links::add(annotation, doc, predicates, lexicon.link_cues());
    time::add(annotation, doc);
}

/// Gives out the names of statements, `s1` and on, which relations and events share.
pub(super) struct StatementIds(u32);

impl StatementIds {
    pub(super) fn next(&mut self) -> SmolStr {
        self.0 += 1;
        format_smolstr!("s{}", self.0)
    }
}
