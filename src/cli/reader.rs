//! How articles are read, for every subcommand that reads them.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use clap::Args;
use tidings::graph::{Axioms, Base, Context};
use tidings::lexicon::Lexicon;
use tidings::nlp::Pipeline;
use tidings::nlp::model::Model;
use tidings::ontology::Ontology;
use tidings::pipeline::Reader;
use tidings::store::{Error, Folder};

use super::kb_files::KbFiles;
use super::ontology_files::OntologyFiles;

#[derive(Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReaderArgs {
    /// Language pipeline: a folder or wheel of spaCy, or a file made by `tidings model convert`
    ///
    /// The built-in one, for English, is used without it.
    #[arg(long, value_name = "PATH")]
    model: Option<PathBuf>,

    #[command(flatten)]
    kb: KbFiles,

    #[command(flatten)]
    ontology: OntologyFiles,

    /// What the IRIs of articles and entities start with: of a graph folder always the same
    ///
    /// Without it `https://w3id.org/tidings/id/`. Entities that no knowledge base knows are named after it and nobody else's:
    /// give one of your own if you publish the graph.
    #[arg(long, value_name = "IRI")]
    base: Option<Base>,

    /// Keeps the text of the articles in the graph
    ///
    /// Without it the graph holds quotes with their positions, and the digest of the text.
    #[arg(long)]
    keep_text: bool,

    /// Keeps open statements too: what somebody does to another in words that the ontology has no term for
    ///
    /// They are `td:OpenStatement` nodes of the graph, with lemma and arguments, and `open` in annotation JSON; no fact or event.
    #[arg(long)]
    open: bool,

    /// Writes statements with triple terms, as RDF 1.2 has them
    ///
    /// Without it they are written as `rdf:Statement` with subject, predicate and object, which every tool reads. Both say
    /// the same.
    #[arg(long)]
    rdf12: bool,

    /// Number of threads; one for each core unless given
    ///
    /// The output does not depend on it.
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl ReaderArgs {
    /// Takes what is not given, base and vocabulary, from the graph folder at `path`, if there is one.
    pub(crate) fn complete_from(&mut self, path: &Path) -> anyhow::Result<()> {
        let (base, ontology) = Folder::settings(path)?;
        if let (Some(given), Some(base)) = (&self.base, &base)
            && given != base
        {
            let (path, base, given) = (path.to_owned(), base.to_string(), given.to_string());
            return Err(Error::OtherBase { path, base, given }.into());
        }
        self.base = self.base.take().or(base);
        self.ontology.complete_with(ontology);
        Ok(())
    }

    /// What IRIs start with.
    pub(crate) fn base(&self) -> Base {
        self.base.clone().unwrap_or_default()
    }

    /// The files of the user's vocabulary.
    pub(crate) fn ontology_paths(&self) -> &[PathBuf] {
        self.ontology.paths()
    }

    /// Opens the pipeline and the knowledge base.
    pub(crate) fn open(&self) -> anyhow::Result<Reader> {
        let ontology = self.ontology.open()?;
        if ontology.is_none() {
            // The built-in lexicon is read while the pipeline is unpacked.
            thread::spawn(Lexicon::builtin);
        }
        let pipeline = match &self.model {
            Some(path) => Pipeline::open(path)?,
            None => Pipeline::new(Model::embedded())?,
        };
        let reader = Reader::new(pipeline, self.context()?);
        Ok(match ontology {
            Some(ontology) => reader.with_ontology(&ontology)?,
            None => reader,
        })
    }

    /// The vocabulary: built in, with what the user adds.
    pub(crate) fn ontology(&self) -> anyhow::Result<Ontology> {
        Ok(self.ontology.open()?.unwrap_or_else(Ontology::builtin))
    }

    /// What graphs have in common, without a pipeline.
    pub(crate) fn context(&self) -> anyhow::Result<Context> {
        let kb = self.kb.open()?;
        let Self { keep_text, rdf12, open, .. } = self;
        let ontology = self.ontology.open()?;
        Ok(Context {
            base: self.base(),
            kb,
            pipeline_digest: None,
            ontology_digest: None,
            axioms: ontology.map(|ontology| Axioms::of(&ontology).into()),
            open_statements: *open,
            keep_text: *keep_text,
            rdf12: *rdf12,
        })
    }

    /// The number of threads to use.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        super::threads(self.threads)
    }
}
