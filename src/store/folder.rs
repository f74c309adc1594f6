//! The graph folder, for reading.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use oxigraph::model::Quad;

use super::article_file::{FileDigest, decompress, describe, parse};
use super::corrections::Corrections;
use super::description::{self, base_of};
use super::manifest::{Manifest, State, Unreadable};
use super::pack::read_member;
use super::{Entry, Error, own_ontology};
use crate::graph::{Base, article_iri, to_rdf11};
use crate::source::Article;

/// Name of the manifest inside the folder.
pub(super) const MANIFEST: &str = "manifest.tsv";

/// A graph folder as it was when it was opened. Nothing is locked: a writer may go on meanwhile.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    manifest: Arc<Manifest>,
    corrections: Corrections,
    base: Option<Base>,
    /// The manifest as a writer left it meanwhile, if an article was looked for in vain.
    newer: Arc<Mutex<Option<Arc<Manifest>>>>,
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
        let manifest = read_manifest(&path)?.ok_or_else(|| Error::NotAFolder { path: path.clone() })?.into();
        let corrections = Corrections::of_folder(&path)?;
        let base = described_base(&path)?;
        Ok(Self { path, manifest, corrections, base, newer: Arc::default() })
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

    /// What the IRIs of its articles and entities start with: as its description says, or else as its first article tells.
    pub fn base(&self) -> Base {
        self.base.clone().or_else(|| base_of_articles(&self.manifest)).unwrap_or_default()
    }

    /// The files of the user's own ontology that its articles were read with, for [`crate::ontology::Ontology::with`]:
    /// what comes later takes the place of what comes before.
    pub fn ontology_files(&self) -> Result<Vec<PathBuf>, Error> {
        own_ontology::paths(&self.path)
    }

    /// What the folder at `path` says that articles are to be read with: the base, if it is a graph folder that has one, and the files of
    /// the user's own ontology. There need not be a folder.
    pub fn settings(path: &Path) -> Result<(Option<Base>, Vec<PathBuf>), Error> {
        let mut base = described_base(path)?;
        if base.is_none() {
            base = read_manifest(path)?.as_ref().and_then(base_of_articles);
        }
        Ok((base, own_ontology::paths(path)?))
    }

    /// The state of the articles in the folder at `path` at this moment, at the cost of reading one line: whether they are
    /// those of [`Manifest::state`].
    pub fn state(path: &Path) -> Result<State, Error> {
        let manifest = path.join(MANIFEST);
        let read = || -> io::Result<Option<State>> {
            let file = File::open(&manifest)?;
            let length = file.metadata()?.len();
            let mut line = String::new();
            BufReader::with_capacity(128, file).read_line(&mut line)?;
            Ok(State::of_header(line.trim_end_matches('\n'), length))
        };
        match read() {
            Ok(Some(state)) => Ok(state),
            Ok(None) => Err(Error::NotAFolder { path: path.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(Error::NotAFolder { path: path.to_owned() })
            }
            Err(error) => Err(Error::io("read", &manifest)(error)),
        }
    }

    /// Reads an article's graph, checks that it is what was stored, and makes the corrections in it. An article that a
    /// writer replaced meanwhile is given in its new version; `None`: a writer removed it meanwhile. Statements are given
    /// in the form of RDF 1.1, in whichever they are stored.
    pub fn read(&self, entry: &Entry) -> Result<Option<StoredArticle>, Error> {
        let Some((file_digest, text)) = self.find_text(entry)? else { return Ok(None) };
        let quads = parse(&entry.article, &text).map_err(|reason| damaged(&self.path, entry, reason))?;
        let article = entry.article.to_string();
        let mut article = StoredArticle { article, file_digest, quads: to_rdf11(quads) };
        self.corrections.apply(&mut article);
        Ok(Some(article))
    }

    /// The text of an article's graph, with its digest, wherever a writer has put it meanwhile.
    fn find_text(&self, entry: &Entry) -> Result<Option<(FileDigest, Vec<u8>)>, Error> {
        let mut moved: Option<Entry> = None;
        loop {
            let entry = moved.as_ref().unwrap_or(entry);
            match read_text(&self.path, entry) {
                Err(missing @ Error::Missing { .. }) => match self.look_again(entry)? {
                    None => return Ok(None),
                    Some(now) if now.pack == entry.pack => return Err(missing),
                    now => moved = now,
                },
                text => return Ok(Some((entry.file_digest, text?))),
            }
        }
    }

    /// What the manifest says now of an article whose pack is gone. It is read anew only if what was read before knows no
    /// other pack.
    fn look_again(&self, entry: &Entry) -> Result<Option<Entry>, Error> {
        let mut newer = self.newer.lock().unwrap_or_else(PoisonError::into_inner);
        let known = newer.as_ref().and_then(|manifest| manifest.get(&entry.article));
        if let Some(known) = known.filter(|known| known.pack != entry.pack) {
            return Ok(Some(known.clone()));
        }
        let now = read_manifest(&self.path)?.ok_or_else(|| Error::NotAFolder { path: self.path.clone() })?;
        let found = now.get(&entry.article).cloned();
        *newer = Some(now.into());
        Ok(found)
    }

    /// Finds an article by its IRI, or by the id or the address that its source gave it.
    pub fn find(&self, name: &str) -> Result<&Entry, Error> {
        let base = self.base();
        let by_id = Article { id: Some(name.to_owned()), ..Article::default() };
        let by_address = Article { url: Some(name.to_owned()), ..Article::default() };
        // An article that has both an id and an address is named after one of them.
        let found = self.manifest.get(name).or_else(|| {
            let iris = [by_id, by_address].map(|article| article_iri(&article, &base));
            iris.iter().find_map(|iri| self.manifest.get(iri.as_str()))
        });
        found.ok_or_else(|| Error::NoSuchArticle { path: self.path.clone(), name: name.to_owned() })
    }
}

/// The text of the graph of `entry` in the folder at `path`, checked.
pub(super) fn read_text(path: &Path, entry: &Entry) -> Result<Vec<u8>, Error> {
    let file = path.join(entry.path());
    let bytes = read_member(path, entry).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::Missing { path: file.clone(), article: entry.article.to_string() },
        io::ErrorKind::UnexpectedEof => damaged(path, entry, error.to_string()),
        _ => Error::io("read", &file)(error),
    })?;
    let text = decompress(&bytes).map_err(|reason| damaged(path, entry, reason))?;
    let found = describe(&text).map_err(|reason| damaged(path, entry, reason))?;
    if found.file_digest != entry.file_digest {
        return Err(damaged(path, entry, "its digest differs from the manifest's".to_owned()));
    }
    Ok(text)
}

fn damaged(path: &Path, entry: &Entry, reason: String) -> Error {
    Error::Damaged { path: path.join(entry.path()), article: entry.article.to_string(), reason }
}

/// The manifest of the folder at `path`, if it has one.
pub(super) fn read_manifest(path: &Path) -> Result<Option<Manifest>, Error> {
    const AT_ONCE: usize = 1 << 18;
    let path = path.join(MANIFEST);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(Error::io("read", &path)(error)),
    };
    let read = Manifest::read(BufReader::with_capacity(AT_ONCE, file));
    Ok(Some(read.map_err(|unreadable| match unreadable {
        Unreadable::Io(error) => Error::io("read", &path)(error),
        Unreadable::Line(line, reason) => Error::Manifest { path, line, reason },
    })?))
}

/// The base that the description of the folder at `path` names; nothing if there is none.
pub(super) fn described_base(path: &Path) -> Result<Option<Base>, Error> {
    let path = path.join(description::FILE);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(base_of(&text)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(Error::io("read", &path)(error)),
    }
}

/// The base of the first article.
pub(super) fn base_of_articles(manifest: &Manifest) -> Option<Base> {
    let first = manifest.in_any_order().next()?;
    first.article.rsplit_once("article/")?.0.parse().ok()
}
