//! The whole pipeline: text to a parsed document.

mod draft;
mod pieces;
mod step;
mod worker;

use std::{path::Path, sync::Arc};

use super::{
    Doc, Labels,
    model::{self, Meta, Model, Vectors},
    tok2vec::TokenEncoder,
    tokenizer::Tokenizer,
};
use step::{Builder, Step};
pub use worker::{Text, Worker};

/// A language pipeline, ready to run. Workers on any number of threads share it.
#[derive(Debug)]
pub struct Pipeline {
    meta: Meta,
    labels: Arc<Labels>,
    tokenizer: Tokenizer,
    vectors: Option<Vectors>,
    encoders: Vec<TokenEncoder>,
    steps: Vec<Step>,
}

impl Pipeline {
    /// Prepares a model to be run.
    ///
    /// # Errors
    /// When a component does not fit the others or its network is not one that can be run.
    pub fn new(model: Model) -> Result<Self, model::Error> {
        let tokenizer = Tokenizer::new(&model.tokenizer, model.norms)
            .map_err(|e| model::Error::damaged("tokenizer", e.to_string()))?;
        let mut builder = Builder::default();
        let mut steps = Vec::new();
        for (name, component) in model.components {
            let step = builder.step(&name, component);
            steps.extend(step.map_err(|reason| model::Error::damaged(name, reason))?);
        }
        Ok(Self {
            meta: model.meta,
            labels: Arc::new(builder.labels),
            tokenizer,
            vectors: model.vectors,
            encoders: builder.encoders,
            steps,
        })
    }

    /// Opens a pipeline from a folder, wheel or converted file.
    ///
    /// # Errors
    /// When it cannot be read or run.
    pub fn open(path: &Path) -> Result<Self, model::Error> {
        Self::new(Model::open(path)?)
    }

    /// The English pipeline that is part of the program.
    ///
    /// # Panics
    /// Never with the pipeline that is embedded, which a test loads.
    pub fn embedded() -> Self {
        Self::new(Model::embedded()).expect("the embedded pipeline can be run")
    }

    /// Name without the language: `core_web_md`.
    pub fn name(&self) -> &str {
        &self.meta.name
    }

    /// Version of the pipeline.
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// Language code.
    pub fn language(&self) -> &str {
        &self.meta.lang
    }

    /// SHA-256 of what the pipeline is made of, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.meta.digest
    }

    /// Static word vectors.
    pub fn vectors(&self) -> Option<&Vectors> {
        self.vectors.as_ref()
    }

    /// Parses one text; for many, a [`Worker`] is faster.
    pub fn parse(&self, text: &str) -> Doc {
        self.worker().parse(text)
    }

    /// Something to parse with, for one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker::new(self)
    }
}

#[cfg(test)]
mod tests;
