//! The vocabulary: classes, properties and the frames and cues of the lexicon, in Turtle.
//!
//! Takes the files of `ontology/`, which are part of the program, and those of a user, and gives their triples by subject. What frames
//! mean is left to the lexicon. A frame, cue or construction that a later layer of files has takes the place of the one
//! with the same IRI in an earlier; what it says of classes and properties is added.

mod files;
mod names;
mod triples;

use std::collections::BTreeMap;
use std::path::PathBuf;

use oxigraph::model::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use sha2::{Digest, Sha256};

use files::File;
pub use files::{CORE, RELATIONS, VOCABULARY};
use triples::{Subject, Triples};

/// Files of a vocabulary that can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder can't be read.
    #[error("can't read `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A folder has no Turtle.
    #[error("folder `{}` has no file whose name ends in `.ttl`", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// A file is no Turtle.
    #[error("`{file}` is no Turtle: {problem}")]
    Syntax {
        /// The file.
        file: String,
        /// What is wrong with it, and in which line.
        problem: String,
    },
}

/// IRIs that the vocabulary is read by.
pub(crate) mod term {
    pub(crate) const TD: &str = "https://w3id.org/tidings/ontology#";
    pub(crate) const LEX: &str = "https://w3id.org/tidings/lexicon#";
    pub(crate) const WIKIDATA_PROPERTY: &str = "http://www.wikidata.org/prop/direct/";
    pub(crate) const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    pub(crate) const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
    pub(crate) const COMMENT: &str = "http://www.w3.org/2000/01/rdf-schema#comment";
    pub(crate) const SUB_CLASS: &str = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
    pub(crate) const SUB_PROPERTY: &str = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf";
    pub(crate) const DOMAIN: &str = "http://www.w3.org/2000/01/rdf-schema#domain";
    pub(crate) const RANGE: &str = "http://www.w3.org/2000/01/rdf-schema#range";
    pub(crate) const EQUIVALENT_PROPERTY: &str = "http://www.w3.org/2002/07/owl#equivalentProperty";
    pub(crate) const EQUIVALENT_CLASS: &str = "http://www.w3.org/2002/07/owl#equivalentClass";
    pub(crate) const INVERSE: &str = "http://www.w3.org/2002/07/owl#inverseOf";
    pub(crate) const CLOSE_MATCH: &str = "http://www.w3.org/2004/02/skos/core#closeMatch";
    pub(crate) const CAMEO: &str = "https://w3id.org/tidings/ontology#cameo";
    pub(crate) const DEPRECATED: &str = "http://www.w3.org/2002/07/owl#deprecated";
    pub(crate) const PLOVER: &str = "https://w3id.org/tidings/ontology#plover";
    pub(crate) const FRAME: &str = "https://w3id.org/tidings/lexicon#Frame";
    pub(crate) const CONSTRUCTION: &str = "https://w3id.org/tidings/lexicon#Construction";
    pub(crate) const CUE: &str = "https://w3id.org/tidings/lexicon#Cue";
    pub(crate) const SIGNATURE: &str = "https://w3id.org/tidings/lexicon#Signature";
    pub(crate) const LINK_CUE: &str = "https://w3id.org/tidings/lexicon#LinkCue";
}

/// What kind of term something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermKind {
    /// A class.
    Class,
    /// A property.
    Property,
    /// A frame of the lexicon.
    Frame,
    /// A construction that frames share.
    Construction,
    /// Words that bring what somebody says.
    Cue,
    /// What words imply about what they govern.
    Signature,
    /// Words that tie one event to another.
    LinkCue,
}

/// The triples of a vocabulary.
#[derive(Debug)]
pub struct Ontology {
    triples: Triples,
    /// Prefixes with what they stand for, in the order of the files, each once.
    prefixes: Vec<(String, String)>,
    files: Vec<File>,
}

impl Ontology {
    /// The one that is part of the program.
    ///
    /// # Panics
    /// Never, unless the program was built with a damaged file; a test sees to that.
    pub fn builtin() -> Self {
        Self::with(&[]).expect("the embedded files are checked by a test")
    }

    /// The built-in files and those of a user: for each path a file, or all `.ttl` files of a folder. What a path says of a frame takes the place
    /// of what those before it say.
    pub fn with(paths: &[PathBuf]) -> Result<Self, Error> {
        let mut ontology = Self { triples: Triples::default(), prefixes: Vec::new(), files: Vec::new() };
        ontology.add(files::embedded())?;
        for path in paths {
            ontology.add(files::of_path(path)?)?;
        }
        Ok(ontology)
    }

    /// Adds a layer of files.
    fn add(&mut self, files: Vec<File>) -> Result<(), Error> {
        let mut layer = Triples::default();
        for file in files {
            let prefixes = layer.read(&file, self.files.len() as u16)?;
            self.files.push(file);
            for prefix in prefixes {
                if !self.prefixes.contains(&prefix) {
                    self.prefixes.push(prefix);
                }
            }
        }
        self.triples.lay_over(layer);
        Ok(())
    }

    /// SHA-256 of all files, in hexadecimal digits.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        for file in &self.files {
            hasher.update(file.text.as_bytes());
            hasher.update([0]);
        }
        hasher.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    /// What is said of properties between entities: the built-in ones and those of a user, with what the user adds to any of them.
    pub(crate) fn relations(&self) -> impl Iterator<Item = Quad> {
        let is_relation = |subject: &&Subject| {
            let file = &self.files[usize::from(subject.file)];
            subject.kind() == Some(TermKind::Property) && (!file.is_embedded() || file.text == RELATIONS)
        };
        self.triples.subjects().filter(is_relation).flat_map(quads_of)
    }

    /// All triples, in the order of their subjects, blank nodes last.
    pub fn quads(&self) -> impl Iterator<Item = Quad> {
        let is_blank = |subject: &&Subject| subject.node.starts_with("_:");
        let named = self.triples.subjects().filter(move |subject| !is_blank(subject));
        named.chain(self.triples.subjects().filter(is_blank)).flat_map(quads_of)
    }

    /// Prefixes with what they stand for, each prefix once.
    pub fn prefixes(&self) -> BTreeMap<&str, &str> {
        let mut prefixes = BTreeMap::new();
        for (prefix, iri) in &self.prefixes {
            prefixes.entry(prefix.as_str()).or_insert(iri.as_str());
        }
        prefixes
    }

    /// The subjects of some kind, in the order of their IRIs.
    pub fn of_kind(&self, kind: TermKind) -> impl Iterator<Item = &str> {
        self.triples.subjects().filter(move |subject| subject.kind() == Some(kind)).map(|s| s.node.as_str())
    }

    /// The kind of term that an IRI stands for.
    pub fn kind(&self, iri: &str) -> Option<TermKind> {
        self.triples.get(iri)?.kind()
    }

    /// What is said of a node: predicates and objects, in the order of the files. Blank nodes are written `_:n`.
    pub(crate) fn pairs(&self, node: &str) -> impl Iterator<Item = (&str, &Term)> {
        let pairs = self.triples.get(node).map_or(&[][..], |subject| &subject.pairs);
        pairs.iter().map(|(predicate, object)| (predicate.as_str(), object))
    }

    /// The objects that are IRIs or blank nodes.
    pub(crate) fn nodes<'a>(&'a self, node: &str, predicate: &str) -> impl Iterator<Item = &'a str> {
        self.pairs(node).filter(move |(p, _)| *p == predicate).filter_map(|(_, object)| node_of(object))
    }

    /// The objects that are literals.
    pub(crate) fn literals<'a>(&'a self, node: &str, predicate: &str) -> impl Iterator<Item = &'a str> {
        self.pairs(node).filter(move |(p, _)| *p == predicate).filter_map(|(_, object)| literal_of(object))
    }

    /// The PLOVER class of events of a class: its own, or that of a class above it.
    pub(crate) fn plover(&self, class: &str) -> Option<&str> {
        self.above(class).into_iter().find_map(|class| self.literals(class, term::PLOVER).next())
    }

    /// A class or property and those above it, the nearest first, each once.
    pub(crate) fn above<'a>(&'a self, iri: &'a str) -> Vec<&'a str> {
        let mut found = vec![iri];
        let mut next = 0;
        while let Some(&iri) = found.get(next) {
            next += 1;
            for predicate in [term::SUB_CLASS, term::SUB_PROPERTY] {
                let new: Vec<&str> =
                    self.nodes(iri, predicate).filter(|above| !found.contains(above)).collect();
                found.extend(new);
            }
        }
        found
    }

    /// The file and the line, from 1, where something is said of an IRI first.
    pub fn place(&self, iri: &str) -> Option<(&str, usize)> {
        let subject: &Subject = self.triples.get(iri)?;
        let file = self.files.get(usize::from(subject.file))?;
        Some((&file.name, file.line_of(iri).unwrap_or(1)))
    }
}

fn quads_of(subject: &Subject) -> impl Iterator<Item = Quad> {
    let node = blank_or_named(&subject.node);
    subject.pairs.iter().map(move |(predicate, object)| {
        let object = match node_of(object).map(blank_or_named) {
            Some(node) => node.into(),
            None => object.clone(),
        };
        Quad::new(node.clone(), predicate.clone(), object, GraphName::DefaultGraph)
    })
}

fn blank_or_named(node: &str) -> NamedOrBlankNode {
    match node.strip_prefix("_:") {
        Some(name) => BlankNode::new_unchecked(name).into(),
        None => NamedNode::new_unchecked(node).into(),
    }
}

/// An IRI, or a blank node as `_:n`.
pub(crate) fn node_of(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

/// The text of a literal.
pub(crate) fn literal_of(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn with(turtle: &str) -> Result<Ontology, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.ttl");
        fs::write(&path, turtle).unwrap();
        Ontology::with(&[path])
    }

    #[test]
    fn the_builtin_files_are_valid_turtle() {
        let mut triples = Triples::default();
        for file in files::embedded() {
            let owned = File { name: file.name, text: file.text.into_owned().into() };
            triples.read(&owned, 0).unwrap();
        }
    }

    #[test]
    fn the_builtin_files_are_whole() {
        let ontology = Ontology::builtin();
        assert!(ontology.of_kind(TermKind::Class).count() > 100);
        assert!(ontology.of_kind(TermKind::Property).count() > 80);
        assert!(ontology.of_kind(TermKind::Frame).count() > 150);
        assert_eq!(ontology.compact(&ontology.expand("td:Attack").unwrap()), "td:Attack");
    }

    #[test]
    fn a_frame_takes_the_place_of_the_one_with_its_name_and_classes_are_added_to() {
        let ontology = with(
            "@prefix td: <https://w3id.org/tidings/ontology#> . @prefix lex: <https://w3id.org/tidings/lexicon#> .
             lex:attack a lex:Frame ; lex:verb \"zap\" ; lex:agent [ lex:as \"subject\" ] .
             td:Attack td:plover \"ASSAULT\" .",
        )
        .unwrap();
        let attack = ontology.expand("lex:attack").unwrap();
        let verbs: Vec<&str> = ontology.literals(&attack, &format!("{}verb", term::LEX)).collect();
        assert_eq!(verbs, ["zap"]);
        let class = ontology.expand("td:Attack").unwrap();
        assert!(ontology.literals(&class, term::LABEL).next().is_some());
        assert!(ontology.place(&attack).unwrap().0.ends_with("own.ttl"));
        assert_eq!(ontology.place(&attack).unwrap().1, 2);
    }

    #[test]
    fn what_is_no_turtle_is_told_with_its_line() {
        let error = with("@prefix a: <http://a/> .\na:b a:c a:d\na:e .").unwrap_err().to_string();
        assert!(error.contains("own.ttl") && error.contains("line 3"), "{error}");
        let empty = tempfile::tempdir().unwrap();
        let error = Ontology::with(&[empty.path().to_owned()]).unwrap_err().to_string();
        assert!(error.contains("`.ttl`"), "{error}");
    }
}
