//! The graph folder, for reading.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use oxigraph::model::Quad;

use super::Error;
use super::article_file::{FileDigest, decompress, describe, parse};
use super::corrections::Corrections;
use super::manifest::{Entry, Manifest};
use crate::graph::{Base, article_iri, to_rdf11};
use crate::source::Article;

/// Name of the manifest inside the folder.
pub(super) const MANIFEST: &str = "manifest.tsv";

/// A graph folder as it was when it was opened. Nothing is locked: a writer may go on meanwhile.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    manifest: Manifest,
    corrections: Corrections,
}

/// The graph of one article as the folder holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredArticle {
    /// IRI of the article, and of its graph.
    pub article: String,
    /// Digest of the text of its file.
    pub file_digest: FileDigest,
    /// The statements, ordered as N-Quads.
    pub quads: Vec<Quad>,
}

impl Folder {
    /// Opens the graph folder at `path`.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, Error> {
        let path = path.into();
        let manifest = read_manifest(&path)?.ok_or_else(|| Error::NotAFolder { path: path.clone() })?.0;
        let corrections = Corrections::of_folder(&path)?;
        Ok(Self { path, manifest, corrections })
    }

    /// The same folder with other corrections than those in it.
    #[must_use]
    pub fn with_corrections(self, corrections: Corrections) -> Self {
        Self { corrections, ..self }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What its user has corrected.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// Its articles.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What the IRIs of its articles and entities start with, as its first article tells.
    pub fn base(&self) -> Base {
        let first = self.manifest.entries().next();
        let base = first.and_then(|entry| entry.article.rsplit_once("article/")?.0.parse().ok());
        base.unwrap_or_default()
    }

    /// Reads an article's graph, checks that it is what was stored, and makes the corrections in it. An article that a writer replaced meanwhile is
    /// given in its new version; `None`: a writer removed it meanwhile. Statements are given in the form of RDF 1.1, in whichever they are stored.
    pub fn read(&self, entry: &Entry) -> Result<Option<StoredArticle>, Error> {
        let text = match self.read_text(entry) {
            Err(Error::Missing { path, article }) => {
                let now = Self::open(&self.path)?;
                match now.manifest.get(&article) {
                    None => return Ok(None),
                    Some(new) if new.file_digest != entry.file_digest => {
                        let corrections = self.corrections.clone();
                        return now.clone().with_corrections(corrections).read(new);
                    }
                    Some(_) => return Err(Error::Missing { path, article }),
                }
            }
            text => text?,
        };
        let quads = parse(&entry.article, &text).map_err(|reason| self.damaged(entry, reason))?;
        let mut article = StoredArticle {
            article: entry.article.to_string(),
            file_digest: entry.file_digest,
            quads: to_rdf11(quads),
        };
        self.corrections.apply(&mut article);
        Ok(Some(article))
    }

    /// The text of an article's file, checked.
    fn read_text(&self, entry: &Entry) -> Result<Vec<u8>, Error> {
        let path = self.path.join(entry.path());
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Error::Missing { path: path.clone(), article: entry.article.to_string() }
            }
            _ => Error::io("read", &path)(error),
        })?;
        let text = decompress(&bytes).map_err(|reason| self.damaged(entry, reason))?;
        let found = describe(&text).map_err(|reason| self.damaged(entry, reason))?;
        if found.file_digest != entry.file_digest {
            return Err(self.damaged(entry, "its digest differs from the manifest's".to_owned()));
        }
        Ok(text)
    }

    fn damaged(&self, entry: &Entry, reason: String) -> Error {
        Error::Damaged { path: self.path.join(entry.path()), article: entry.article.to_string(), reason }
    }

    /// Finds an article by its IRI, or by the address or the id that its source gave it.
    pub fn find(&self, name: &str) -> Result<&Entry, Error> {
        if let Some(entry) = self.manifest.get(name) {
            return Ok(entry);
        }
        let by_url = Article { url: Some(name.to_owned()), ..Article::default() };
        let by_id = Article { id: Some(name.to_owned()), ..Article::default() };
        // The base is not known here; what follows it is a function of the address or the id.
        let ends = [by_url, by_id].map(|article| {
            let iri = article_iri(&article, &Base::default()).into_string();
            iri.strip_prefix(Base::DEFAULT).map(str::to_owned).unwrap_or(iri)
        });
        self.manifest
            .entries()
            .find(|entry| ends.iter().any(|end| entry.article.ends_with(end.as_str())))
            .ok_or_else(|| Error::NoSuchArticle { path: self.path.clone(), name: name.to_owned() })
    }
}

/// The manifest of the folder at `path`, if it has one, and how many of its bytes count.
pub(super) fn read_manifest(path: &Path) -> Result<Option<(Manifest, usize)>, Error> {
    let path = path.join(MANIFEST);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(Error::io("read", &path)(error)),
    };
    let parsed = Manifest::parse(&text);
    Ok(Some(parsed.map_err(|bad| Error::Manifest { path, line: bad.line, reason: bad.reason })?))
}
