//! The same answers as an Oxigraph store in memory, whatever is asked and however the quads are spread over segments.

use std::sync::Arc;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{
    BaseDirection, BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple,
};
use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use proptest::prelude::*;
use rustc_hash::FxHashSet;

use super::pages::Pages;
use super::*;

/// Snapshots in memory grow by a segment.
fn grow(snapshot: &mut Snapshot, quads: &[Quad]) {
    let mut batch = Batch::default();
    for quad in quads {
        batch.add(quad.as_ref());
    }
    let bytes = batch.write(snapshot, Vec::new()).unwrap();
    push(snapshot, bytes);
}

fn push(snapshot: &mut Snapshot, bytes: Vec<u8>) {
    let segment = Segment::read(Pages::of(bytes).unwrap()).unwrap();
    snapshot.parts.push(Part { segment: Arc::new(segment), gone: Arc::default() });
}

fn node(n: usize) -> NamedNode {
    NamedNode::new(format!("http://example.org/{n}")).unwrap()
}

fn term(n: usize) -> Term {
    match n {
        0..6 => node(n).into(),
        6 => BlankNode::new("b1").unwrap().into(),
        7 => BlankNode::new("b2").unwrap().into(),
        8 => Literal::from(1).into(),
        9 => Literal::new_typed_literal("1.0", xsd::DECIMAL).into(),
        10 => Literal::new_typed_literal("01", xsd::INT).into(),
        11 => Literal::new_typed_literal("1", xsd::DOUBLE).into(),
        12 => Literal::from("1").into(),
        13 => Literal::new_language_tagged_literal("1", "en").unwrap().into(),
        14 => Literal::new_directional_language_tagged_literal("1", "en", BaseDirection::Ltr).unwrap().into(),
        15 => Literal::new_directional_language_tagged_literal("1", "en", BaseDirection::Rtl).unwrap().into(),
        16 => Triple::new(node(1), node(2), Literal::new_typed_literal("01", xsd::INT)).into(),
        17 => Triple::new(BlankNode::new("b1").unwrap(), node(2), node(3)).into(),
        18 => Literal::new_typed_literal("2020-05-01", xsd::DATE).into(),
        _ => Literal::new_typed_literal("not a date", xsd::DATE).into(),
    }
}

const TERMS: usize = 20;

fn quad() -> impl Strategy<Value = Quad> {
    (0..8_usize, 0..4_usize, 0..TERMS, 0..4_usize).prop_map(|(s, p, o, g)| {
        let subject = match term(s) {
            Term::NamedNode(node) => NamedOrBlankNode::from(node),
            Term::BlankNode(node) => node.into(),
            _ => unreachable!("subjects come first"),
        };
        let graph = if g == 0 { GraphName::DefaultGraph } else { node(100 + g).into() };
        Quad::new(subject, node(p), term(o), graph)
    })
}

/// Rows of an answer in an order of their own, or the error.
fn rows(results: Result<QueryResults<'_>, oxigraph::sparql::QueryEvaluationError>) -> Vec<String> {
    let mut rows: Vec<String> = match results.unwrap() {
        QueryResults::Boolean(value) => vec![value.to_string()],
        QueryResults::Solutions(solutions) => solutions
            .map(|solution| {
                let solution = solution.unwrap();
                let terms = solution.iter().map(|(variable, term)| format!("{variable} {term}"));
                terms.collect::<Vec<_>>().join(" ")
            })
            .collect(),
        QueryResults::Graph(triples) => triples.map(|triple| triple.unwrap().to_string()).collect(),
    };
    rows.sort_unstable();
    rows
}

/// What is asked of random graphs: every shape of pattern, joins, paths, and what depends on equality and on values.
fn queries(s: usize, p: usize, o: usize) -> Vec<String> {
    let name = |n: usize| node(n).to_string();
    let (s, p) = (name(s), name(p));
    let o = match term(o) {
        Term::BlankNode(_) => name(1),
        Term::Triple(_) => format!("<<( {} {} \"1\"^^<{}> )>>", name(1), name(2), xsd::INTEGER.as_str()),
        term => term.to_string(),
    };
    let g = name(101);
    let mut queries = Vec::new();
    for subject in ["?s", &s] {
        for predicate in ["?p", &p] {
            for object in ["?o", &o] {
                for open in ["", "GRAPH ?g {", &format!("GRAPH {g} {{")] {
                    let close = if open.is_empty() { "" } else { "}" };
                    queries.push(format!("SELECT * {{ {open} {subject} {predicate} {object} {close} }}"));
                }
            }
        }
    }
    queries.extend([
        format!("SELECT * {{ ?s {p} ?o . ?o ?q ?x OPTIONAL {{ ?x {p} ?y }} }}"),
        format!("SELECT * {{ ?s {p}+ ?o }}"),
        format!("SELECT * {{ {s} ({p}|^{p})* ?o }}"),
        format!("SELECT * {{ ?s !{p} ?o }}"),
        "SELECT ?s ?t { ?s ?p ?o . ?t ?p ?u FILTER(sameTerm(?o, ?u)) }".to_owned(),
        format!("SELECT * {{ ?s ?p ?o FILTER(?o = {o}) }}"),
        "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o".to_owned(),
        "SELECT * { ?s ?p ?o BIND(?o + 1 AS ?more) }".to_owned(),
        "SELECT * { ?s ?p ?o BIND(STR(?o) AS ?text) . ?t ?q ?text }".to_owned(),
        "SELECT * { ?s ?p <<( ?a ?b ?c )>> }".to_owned(),
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g".to_owned(),
        format!("SELECT * {{ GRAPH ?g {{ ?s {p} ?o }} MINUS {{ ?s ?q {o} }} }}"),
        format!("ASK {{ GRAPH {g} {{}} }}"),
        format!("SELECT ?g FROM {g} FROM NAMED {g} {{ ?s ?p ?o GRAPH ?g {{ ?s ?q ?x }} }}"),
        format!("CONSTRUCT {{ ?s {p} ?o }} WHERE {{ ?s ?p ?o }}"),
        format!("DESCRIBE {s}"),
    ]);
    queries
}

/// A store whose default graph is the union of all, as [`IndexDataset`] has it when asked for that.
fn store_of(quads: &[Quad], is_union: bool) -> Store {
    let store = Store::new().unwrap();
    for quad in quads {
        store.insert(quad).unwrap();
        if is_union {
            store.insert(&Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }).unwrap();
        }
    }
    store
}

fn compare(snapshot: Snapshot, quads: &[Quad], [s, p, o]: [usize; 3]) {
    let snapshot = Arc::new(snapshot);
    for is_union in [false, true] {
        let store = store_of(quads, is_union);
        for query in queries(s, p, o) {
            let ask = || SparqlEvaluator::new().parse_query(&query).unwrap();
            let dataset =
                IndexDataset::new(Arc::clone(&snapshot), is_union.then(Vec::new), CancellationToken::new());
            let ours = rows(ask().on_queryable_dataset(dataset).execute());
            assert_eq!(ours, rows(ask().on_store(&store).execute()), "{query}, union {is_union}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn answers_are_those_of_a_store_in_memory(
        quads in proptest::collection::vec(quad(), 0..60),
        cuts in proptest::collection::vec(0..60_usize, 0..4),
        merged in 0..4_usize,
        asked in [0..8_usize, 0..4, 0..TERMS],
    ) {
        let mut snapshot = Snapshot::default();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(quads.len())).collect();
        cuts.sort_unstable();
        let ends = cuts.iter().copied().chain([quads.len()]);
        let mut start = 0;
        for end in ends {
            grow(&mut snapshot, &quads[start..end]);
            start = end;
        }
        let rest = snapshot.parts.split_off(merged.min(snapshot.parts.len()));
        if !rest.is_empty() {
            push(&mut snapshot, merge(&rest, Vec::new()).unwrap());
        }
        compare(snapshot, &quads, asked);
    }

    #[test]
    fn graphs_that_are_gone_are_found_no_more_also_after_a_merge(
        quads in proptest::collection::vec(quad(), 1..60),
        again in proptest::collection::vec(quad(), 0..20),
        is_merged: bool,
        asked in [0..8_usize, 0..4, 0..TERMS],
    ) {
        let mut snapshot = Snapshot::default();
        grow(&mut snapshot, &quads);
        let graph: GraphName = node(101).into();
        let gone: FxHashSet<Id> = snapshot.id_of(&node(101)).unwrap().into_iter().collect();
        snapshot.parts[0].gone = Arc::new(gone);
        grow(&mut snapshot, &again);
        if is_merged {
            let bytes = merge(&snapshot.parts, Vec::new()).unwrap();
            snapshot.parts.clear();
            push(&mut snapshot, bytes);
        }
        let mut left: Vec<Quad> = quads.into_iter().filter(|quad| quad.graph_name != graph).collect();
        left.extend(again);
        compare(snapshot, &left, asked);
    }
}

#[test]
fn many_quads_come_back_in_every_order() {
    let quads: Vec<Quad> = (0..5_000_usize)
        .map(|n| Quad::new(node(n / 7), node(10_000 + n % 5), node(n % 97), node(20_000 + n / 100)))
        .collect();
    let mut snapshot = Snapshot::default();
    for part in quads.chunks(1_700) {
        grow(&mut snapshot, part);
    }
    let one = merge(&snapshot.parts, Vec::new()).unwrap();
    let mut merged = Snapshot::default();
    push(&mut merged, one);
    for snapshot in [snapshot, merged] {
        for at in [0, 127, 128, 1_699, 1_700, 2_048, 4_999] {
            let quad = &quads[at];
            let terms: [Term; 4] = [
                node(at / 7).into(),
                node(10_000 + at % 5).into(),
                quad.object.clone(),
                node(20_000 + at / 100).into(),
            ];
            let ids = terms.clone().map(|term| snapshot.id_of(term.as_ref()).unwrap());
            for (id, term) in ids.iter().zip(&terms) {
                assert_eq!(snapshot.term(id.unwrap()).unwrap(), *term);
            }
            for known in 0..16 {
                let part = |n: usize| ids[n].filter(|_| known & (1 << n) != 0);
                let pattern =
                    Pattern { subject: part(0), predicate: part(1), object: part(2), graph: part(3) };
                let mut found = snapshot.quads(pattern).unwrap();
                let mut count = 0;
                while let Some(quad) = found.next().unwrap() {
                    assert!((0..4).all(|n| part(n).is_none_or(|id| id == quad[n])));
                    count += 1;
                }
                let fits = |quad: &&Quad| {
                    let graph = match &quad.graph_name {
                        GraphName::NamedNode(node) => Term::from(node.clone()),
                        _ => unreachable!("all are in named graphs"),
                    };
                    let parts = [
                        Term::from(quad.subject.clone()),
                        quad.predicate.clone().into(),
                        quad.object.clone(),
                        graph,
                    ];
                    (0..4).all(|n| known & (1 << n) == 0 || parts[n] == terms[n])
                };
                assert_eq!(count, quads.iter().filter(fits).count(), "quad {at}, known {known}");
            }
        }
    }
}

#[test]
fn a_flipped_byte_gives_an_error_or_the_right_answer() {
    let quads: Vec<Quad> = (0..300_usize)
        .map(|n| {
            Quad::new(node(n / 3), node(n % 3), Literal::from(u32::try_from(n).unwrap()), node(900 + n / 50))
        })
        .collect();
    let mut batch = Batch::default();
    for quad in &quads {
        batch.add(quad.as_ref());
    }
    let good = batch.write(&Snapshot::default(), Vec::new()).unwrap();
    let ask = |bytes: Vec<u8>| -> Result<usize, Damaged> {
        let segment = Segment::read(Pages::of(bytes)?)?;
        let snapshot = Snapshot { parts: vec![Part { segment: Arc::new(segment), gone: Arc::default() }] };
        let mut found =
            snapshot.quads(Pattern { predicate: snapshot.id_of(&node(1))?, ..Pattern::default() })?;
        let mut count = 0;
        while let Some(quad) = found.next()? {
            for id in quad {
                snapshot.term(id)?;
            }
            count += 1;
        }
        Ok(count)
    };
    assert_eq!(ask(good.clone()).unwrap(), 100);
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        if let Ok(count) = ask(bad) {
            assert_eq!(count, 100, "byte {at}");
        }
    }
}
