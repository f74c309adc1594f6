//! What a pipeline is made of, as data: weights, labels, rules and tables.
//!
//! One representation for all sources: a folder or wheel that `spaCy` wrote, and our own compact file.
//! The runtime (`nlp::pipeline`) reads only this.

mod compact;
mod config;
mod describe;
mod error;
mod moves;
mod msgpack;
mod networks;
mod pack;
mod parts;
mod rules;
mod spacy;
mod thinc;
mod vectors;
mod weights;

use std::{collections::HashMap, fs, path::Path};

use smol_str::SmolStr;

pub use error::Error;
pub use vectors::Vectors;
pub use weights::{
    Classifier, Embedding, HashTable, Linear, Lower, MaxoutLayer, MultiHashEmbed, Tok2Vec, TokenAttr,
    TransitionModel,
};

use super::{attribute_ruler, lemmatizer, tokenizer};
use parts::Parts;

/// Where it comes from, its licence and how it was made: `en_core_web_md.txt`, beside it.
static EMBEDDED: &[u8] = include_bytes!("en_core_web_md.tdm");

/// A pipeline: everything that is needed to run it.
#[derive(Clone, Debug)]
pub struct Model {
    /// Where it comes from.
    pub meta: Meta,
    /// Static word vectors, keyed by the identity of the form.
    pub vectors: Option<Vectors>,
    /// Norms that are not the lower-case form, by the identity of the form.
    pub norms: HashMap<u64, SmolStr>,
    /// The rules of the tokenizer.
    pub tokenizer: tokenizer::Rules,
    /// The enabled components with their names, in the order in which they run.
    pub components: Vec<(String, Component)>,
}

/// Name and origin of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Name without the language: `core_web_md`.
    pub name: String,
    /// Version.
    pub version: String,
    /// Language code.
    pub lang: String,
    /// Licence, as the pipeline states it.
    pub licence: String,
    /// Names of the enabled components.
    pub pipeline: Vec<String>,
    /// SHA-256 over the files that make up the pipeline, in hexadecimal.
    pub digest: String,
    /// Of a converted pipeline: the digest of what it was made from.
    pub source: Option<String>,
}

/// One step of a pipeline.
#[derive(Clone, Debug)]
pub enum Component {
    /// Token vectors that later components listen to.
    Tok2Vec(Tok2Vec),
    /// Fine tags.
    Tagger(Classifier),
    /// Coarse parts of speech and features.
    Morphologizer(Classifier),
    /// Sentence starts.
    Senter(Classifier),
    /// Heads and dependency labels.
    Parser(TransitionModel),
    /// Named spans.
    Ner(TransitionModel),
    /// Corrections by token patterns.
    AttributeRuler(attribute_ruler::Rules),
    /// Lemmas.
    Lemmatizer(lemmatizer::Tables),
}

impl Model {
    /// Loads a pipeline: a folder that spaCy wrote, a wheel or zip file that holds one, or a converted file.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if path.is_dir() {
            let parts = Parts::open_folder(path)?;
            return spacy::read(parts).map_err(Error::within(&path.display().to_string()));
        }
        let bytes = fs::read(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        Self::from_bytes(bytes, &path.display().to_string())
    }

    /// Loads a pipeline from the bytes of a wheel, zip file or converted file. `origin` names it in error messages.
    pub fn from_bytes(bytes: Vec<u8>, origin: &str) -> Result<Self, Error> {
        if bytes.starts_with(b"PK\x03\x04") {
            return spacy::read(Parts::open_archive(bytes, origin)?).map_err(Error::within(origin));
        }
        if bytes.starts_with(compact::MAGIC) {
            return compact::read(bytes, origin);
        }
        let reason = "it is neither a zip file nor a converted pipeline".into();
        Err(Error::NotAPipeline { origin: origin.into(), reason })
    }

    /// The pipeline that is part of the program: `en_core_web_md` in compact form.
    ///
    /// # Panics
    /// When the program was built with a file of another format.
    pub fn embedded() -> Self {
        compact::read_embedded(EMBEDDED).expect("the embedded pipeline is one that this program reads")
    }

    /// The compact form: half-precision weights, vectors of 8 bits.
    pub fn to_compact(&self) -> Vec<u8> {
        compact::write(self)
    }
}
