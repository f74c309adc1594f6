//! What else refers to the entities of an article: descriptions (`the prime minister`) and pronouns.
mod clusters;
mod features;
mod forms;
mod lexicon;
mod nominal;
mod phrase;
mod precise;
mod pronoun;
mod quote;
pub mod training;
mod write;

use crate::annotation::Annotation;
use crate::nlp::Doc;
use clusters::Clusters;

/// Adds the descriptions and pronouns that refer to the entities of an article, and entities that have no name.
pub fn resolve(annotation: Annotation, doc: &Doc) -> Annotation {
    let phrases = phrase::phrases(&annotation, doc);
    let mut clusters = Clusters::new(&annotation, doc, phrases);
    precise::join(&mut clusters);
    nominal::join(&mut clusters);
    let quotes = quote::quotes(doc);
    quote::join(&mut clusters, &quotes);
    pronoun::join(&mut clusters, &quotes, |_, _, _| ());
    write::write(annotation, &clusters)
}
