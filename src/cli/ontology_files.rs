use std::path::PathBuf;

use clap::Args;
use tidings::ontology::Ontology;

/// A user's vocabulary.
#[derive(Args)]
pub(crate) struct OntologyFiles {
    /// Turtle with frames, classes and properties of your own: a file, or a folder with `.ttl` files; may be given several times
    ///
    /// A frame with the name of a built-in one takes its place; one with `owl:deprecated true` takes it out.
    #[arg(long, value_name = "DIR|FILE")]
    ontology: Vec<PathBuf>,
}

impl OntologyFiles {
    /// Takes `paths`, those that a graph folder keeps, unless the user gave others.
    pub(crate) fn complete_with(&mut self, paths: Vec<PathBuf>) {
        if self.ontology.is_empty() {
            self.ontology = paths;
        }
    }

    /// The user's files and folders.
    pub(crate) fn paths(&self) -> &[PathBuf] {
        &self.ontology
    }

    /// The built-in vocabulary with the user's files; `None` if there are none.
    pub(crate) fn open(&self) -> anyhow::Result<Option<Ontology>> {
        Ok(if self.ontology.is_empty() { None } else { Some(Ontology::with(&self.ontology)?) })
    }

    /// The built-in vocabulary with the user's files, if any.
    pub(crate) fn open_all(&self) -> anyhow::Result<Ontology> {
        Ok(Ontology::with(&self.ontology)?)
    }
}
