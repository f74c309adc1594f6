//! What an article speaks of: the names in its text, gathered by what they mean.
//!
//! Takes a parsed [`Doc`] and gives [`Names`]. Which thing of the world a name means is decided later, by
//! [`crate::link`]; here only the article itself is looked at. The variants that are joined are those that newspapers
//! use by rule: the surname after the full name, the acronym after its expansion, the firm without its legal form.

mod acronyms;
mod boundary;
mod cues;
mod detect;
mod evidence;
mod head_nouns;
mod joins;
mod known;
#[cfg(test)]
mod marked;
mod missed;
mod name_type;
mod pairs;
mod titles;
pub mod training;
mod types;
mod variants;
mod words;

pub use name_type::NameType;
pub(crate) use variants::majority;

use crate::kb::Kb;
use crate::nlp::Doc;
use crate::text::Span;
use known::Known;
use types::Weights;
use words::Words;

/// A name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its place, without a leading article, title or possessive ending.
    pub span: Span,
    /// What kind of name the recogniser took it for.
    pub name_type: NameType,
}

/// The names of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// In the order of the text, without overlap.
    pub names: Vec<Name>,
    /// Which of the names mean the same thing, as indexes into `names`: groups in the order of their first name, each in
    /// the order of the text.
    pub groups: Vec<Vec<usize>>,
}

/// Finds the names of a document and joins those that evidently mean the same.
pub fn names(doc: &Doc, kb: &Kb) -> Names {
    let known = Known::new(kb);
    let names = detect::names(&Words::new(doc), &known, Weights::embedded());
    let groups = variants::groups(&names, doc.text(), &known);
    Names { names, groups }
}
