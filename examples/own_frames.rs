//! Reads a text with frames and classes of one's own, `examples/ontology/church.ttl`:
//!
//!     cargo run --release --example own_frames

#![expect(clippy::print_stdout, reason = "a program that prints")]

use std::path::PathBuf;

use anyhow::Result;
use tidings::graph::Context;
use tidings::nlp::Pipeline;
use tidings::ontology::Ontology;
use tidings::pipeline::Reader;
use tidings::source::Article;

fn main() -> Result<()> {
    // The built-in vocabulary, and the files of a folder on top.
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/ontology"));
    let ontology = Ontology::with(&[folder])?;
    let reader = Reader::new(Pipeline::embedded(), Context::default()).with_ontology(&ontology)?;

    let text = "Pope Leo X excommunicated Martin Luther in 1521. Pope Francis canonized Mother Teresa.";
    let annotation = reader.read(Article { text: text.to_owned(), ..Article::default() }).annotation;
    for event in &annotation.events {
        let roles = event.roles.iter();
        let roles = roles.map(|r| format!("{} {}", r.role, annotation.entities[r.entity.index()].label));
        let plover = event.plover.as_deref().unwrap_or("none");
        println!("{} (PLOVER {plover}): {}", event.class, roles.collect::<Vec<_>>().join(", "));
    }
    for relation in &annotation.relations {
        println!("{} {}", annotation.entities[relation.subject.index()].label, relation.property);
    }
    Ok(())
}
