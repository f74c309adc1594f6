//! The order in which people read a graph.

use std::collections::HashMap;

use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, QuadRef, TermRef};

use crate::graph::vocab::{geo, geosparql, oa, owl, prov, rdf, rdfs, schema, skos, td, time};

/// What is stated of one subject: its predicates in the order to be written, each with its objects.
pub(super) struct Subject<'a> {
    pub(super) node: NamedOrBlankNodeRef<'a>,
    pub(super) predicates: Vec<(NamedNodeRef<'a>, Vec<TermRef<'a>>)>,
}

/// Predicates that come first, in this order; the others follow in the order in which they were stated.
const FIRST: &[NamedNodeRef<'static>] = &[
    rdf::TYPE,
    rdfs::LABEL,
    skos::ALT_LABEL,
    schema::HEADLINE,
    schema::DATE_PUBLISHED,
    schema::URL,
    schema::IDENTIFIER,
    schema::PUBLISHER,
    schema::AUTHOR,
    schema::IN_LANGUAGE,
    td::IN_COUNTRY,
    owl::SAME_AS,
    skos::CLOSE_MATCH,
    geo::LAT,
    geo::LONG,
    geosparql::HAS_GEOMETRY,
    td::REFERS_TO,
    td::NAME_TYPE,
    td::EVENT_CLASS,
    rdf::SUBJECT,
    rdf::PREDICATE,
    rdf::OBJECT,
    rdf::REIFIES,
    td::CONFIDENCE,
    td::HAS_CERTAINTY,
    td::HAS_POLARITY,
    td::HAS_MOOD,
    oa::PREFIX,
    oa::EXACT,
    oa::SUFFIX,
    oa::START,
    oa::END,
];

/// Groups quads by subject: entities first, then statements, events, attributions, articles, places in the text, and how all this was made.
/// Within a kind, subjects stand in the order in which they were first spoken of. What is stated twice is written once.
pub(super) fn subjects<'a>(quads: impl Iterator<Item = QuadRef<'a>>) -> Vec<Subject<'a>> {
    let mut subjects: Vec<Subject<'a>> = Vec::new();
    let mut places: HashMap<NamedOrBlankNodeRef<'a>, usize> = HashMap::new();
    let mut seen = std::collections::HashSet::new();
    for quad in quads {
        if !seen.insert((quad.subject, quad.predicate, quad.object)) {
            continue;
        }
        let place = *places.entry(quad.subject).or_insert_with(|| {
            subjects.push(Subject { node: quad.subject, predicates: Vec::new() });
            subjects.len() - 1
        });
        let predicates = &mut subjects[place].predicates;
        match predicates.iter_mut().find(|(predicate, _)| *predicate == quad.predicate) {
            Some((_, objects)) => objects.push(quad.object),
            None => predicates.push((quad.predicate, vec![quad.object])),
        }
    }
    for subject in &mut subjects {
        let rank = |p: NamedNodeRef<'_>| FIRST.iter().position(|&first| first == p).unwrap_or(FIRST.len());
        subject.predicates.sort_by_key(|&(predicate, _)| rank(predicate));
    }
    subjects.sort_by_key(kind);
    subjects
}

/// The rank of a subject's kind, by its class.
fn kind(subject: &Subject<'_>) -> u8 {
    let types = subject.predicates.iter().filter(|(predicate, _)| *predicate == rdf::TYPE);
    let mut types = types.flat_map(|(_, objects)| objects).copied();
    if types.clone().any(|class| class == TermRef::NamedNode(td::ASSERTED_EVENT)) {
        return 2;
    }
    types.by_ref().map(rank_of_class).min().unwrap_or(4)
}

fn rank_of_class(class: TermRef<'_>) -> u8 {
    let TermRef::NamedNode(class) = class else { return 4 };
    match class {
        td::STATEMENT | td::INFERRED_STATEMENT => 1,
        td::UNASSERTED_EVENT | td::OPEN_STATEMENT | td::ARGUMENT_CLASS => 2,
        td::ATTRIBUTION_CLASS | td::QUOTATION => 3,
        td::ARTICLE | schema::NEWS_ARTICLE => 5,
        td::MENTION | td::PASSAGE | oa::TEXT_QUOTE_SELECTOR | oa::TEXT_POSITION_SELECTOR => 6,
        geosparql::GEOMETRY | time::TEMPORAL_ENTITY | time::PROPER_INTERVAL | time::INSTANT => 7,
        td::READING | prov::ACTIVITY | prov::SOFTWARE_AGENT => 8,
        class if class.as_str().starts_with(td::NAMESPACE) => 0,
        _ => 4,
    }
}
