//! What a user corrects: statements in a graph of their own, `corrections.nq` in the graph folder, which hold for every
//! article that is or will be there. The articles' files stay as they were read; corrections are laid over them when they
//! are read from the folder, so that taking one back is deleting a statement.
//!
//! | correction    | statement                             |
//! |---------------|---------------------------------------|
//! | same as       | `entity owl:sameAs other`             |
//! | different     | `entity owl:differentFrom other`      |
//! | not an entity | `entity rdf:type td:NotAnEntity`      |
//! | class         | `entity rdf:type class`               |
//! | label         | `entity rdfs:label "text"`            |
//!
//! Who made one (`prov:wasAttributedTo`) and when (`dcterms:created`) may be said of an `rdf:Statement` with its subject,
//! predicate and object. Of an entity that others become one with, its label (`skos:prefLabel`) and classes
//! (`schema:additionalType`) at that time are noted, for articles that name only the others.

mod overlay;
mod rdf;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use oxigraph::model::NamedNode;

use self::overlay::Overlay;
use super::article_file::{FileDigest, digest};
use super::linkset::Target;
use super::{Error, StoredArticle};

/// Name of the file inside the folder.
pub(super) const FILE: &str = "corrections.nq";
/// Name of the graph that holds the corrections.
pub const CORRECTIONS_GRAPH: &str = "https://w3id.org/tidings/corrections";

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Correction {
    /// The first is the second: an entity that it becomes one with, or an item of another data set
    /// ([`is_item`]) that it gets a link to.
    SameAs(NamedNode, NamedNode),
    /// The two are not the same: no link leads from one to the other.
    DifferentFrom(NamedNode, NamedNode),
    /// There is no such thing: it is left out, with its mentions.
    NotAnEntity(NamedNode),
    /// The class of an entity, in place of others.
    Class(NamedNode, NamedNode),
    /// The label of an entity; the one that an article gave it is then another name of it.
    Label(NamedNode, String),
}

/// Who made a correction, and when, where that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// IRI of a person or program.
    pub by: Option<NamedNode>,
    /// A date, `2025-05-20`.
    pub created: Option<String>,
}

/// What an entity is where the articles do not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Its label.
    pub label: Option<String>,
    /// Its classes.
    pub classes: BTreeSet<NamedNode>,
}

/// The corrections of a graph folder, free of contradictions.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    made: BTreeMap<Correction, Origin>,
    /// Of entities that others become one with.
    profiles: BTreeMap<NamedNode, Profile>,
    overlay: Overlay,
}

/// Whether an IRI names an item of another data set that entities are linked to.
pub fn is_item(iri: &NamedNode) -> bool {
    Target::ALL
        .iter()
        .any(|target| iri.as_str().strip_prefix(target.uri_space()).is_some_and(|id| target.has(id)))
}

impl Corrections {
    /// Those of the folder at `path`; none where it has no such file.
    pub(super) fn of_folder(path: &Path) -> Result<Self, Error> {
        let path = path.join(FILE);
        match fs::read(&path) {
            Ok(text) => {
                let damaged = |(line, reason)| Error::Corrections { path: path.clone(), line, reason };
                rdf::parse(&text).map_err(damaged)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Error::io("read", &path)(error)),
        }
    }

    /// Reads a file of RDF in any syntax, told by its extension.
    pub fn read_file(path: &Path) -> Result<Self, Error> {
        rdf::read(path)
    }

    fn new(
        made: BTreeMap<Correction, Origin>,
        mut profiles: BTreeMap<NamedNode, Profile>,
    ) -> Result<Self, String> {
        let overlay = Overlay::new(made.keys())?;
        profiles.retain(|entity, _| overlay.is_joined(entity));
        let overlay = overlay.with_profiles(&profiles);
        Ok(Self { made, profiles, overlay })
    }

    /// The entity that this one is, after all are joined that are the same.
    pub fn canonical(&self, entity: &NamedNode) -> NamedNode {
        self.overlay.of(entity)
    }

    /// With what an entity is that others become one with.
    ///
    /// # Panics
    /// Never: a profile contradicts nothing.
    #[must_use]
    pub fn with_profile(self, entity: NamedNode, profile: Profile) -> Self {
        let Self { made, mut profiles, .. } = self;
        profiles.insert(entity, profile);
        Self::new(made, profiles).expect("a profile contradicts nothing")
    }

    /// All, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Correction, &Origin)> {
        self.made.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.made.is_empty()
    }

    /// With this one added; a class or label takes the place of the one that was given before. The error is a sentence
    /// that tells what it contradicts.
    pub fn with(&self, correction: Correction, origin: Origin) -> Result<Self, String> {
        let mut made = self.made.clone();
        made.retain(|known, _| !known.is_replaced_by(&correction));
        made.remove(&correction.turned());
        made.insert(correction, origin);
        Self::new(made, self.profiles.clone())
    }

    /// With all of `others` added.
    pub fn with_all(&self, others: &Self) -> Result<Self, String> {
        let all = others.iter().try_fold(self.clone(), |all, (correction, origin)| {
            all.with(correction.clone(), origin.clone())
        })?;
        let profiles = others.profiles.clone().into_iter().chain(self.profiles.clone());
        Self::new(all.made, profiles.collect())
    }

    /// Without those that `is_gone` says; gives how many those are.
    ///
    /// # Panics
    /// Never: fewer corrections do not contradict each other more.
    pub fn without(&self, is_gone: impl Fn(&Correction) -> bool) -> (Self, usize) {
        let mut made = self.made.clone();
        made.retain(|correction, _| !is_gone(correction));
        let gone = self.made.len() - made.len();
        (
            Self::new(made, self.profiles.clone()).expect("fewer corrections contradict each other no more"),
            gone,
        )
    }

    /// What tells these from others; `None` where there is none.
    pub(super) fn digest(&self) -> Option<FileDigest> {
        (!self.is_empty()).then(|| digest(self.to_text().as_bytes()))
    }

    /// Makes the corrections in what an article says.
    pub(super) fn apply(&self, article: &mut StoredArticle) {
        self.overlay.apply(&mut article.quads);
    }
}

impl Correction {
    /// The entity that is corrected.
    pub fn entity(&self) -> &NamedNode {
        match self {
            Self::SameAs(entity, _)
            | Self::DifferentFrom(entity, _)
            | Self::NotAnEntity(entity)
            | Self::Class(entity, _)
            | Self::Label(entity, _) => entity,
        }
    }

    /// All that it speaks of but classes.
    pub(in crate::store) fn entities(&self) -> impl Iterator<Item = &NamedNode> {
        let other = match self {
            Self::SameAs(_, other) | Self::DifferentFrom(_, other) => Some(other),
            _ => None,
        };
        std::iter::once(self.entity()).chain(other)
    }

    /// The other way round, where that means the same.
    #[must_use]
    pub fn turned(&self) -> Self {
        match self.clone() {
            Self::SameAs(one, other) => Self::SameAs(other, one),
            Self::DifferentFrom(one, other) => Self::DifferentFrom(other, one),
            correction => correction,
        }
    }

    /// Whether an entity can have only one of the two.
    fn is_replaced_by(&self, new: &Self) -> bool {
        match (self, new) {
            (Self::Class(one, _), Self::Class(other, _)) | (Self::Label(one, _), Self::Label(other, _)) => {
                one == other
            }
            _ => false,
        }
    }
}
