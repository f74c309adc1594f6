//! Writing into a graph folder: one process at a time, each article whole or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::article_file::EncodedArticle;
use super::corrections::{self, Corrections};
use super::description::{self, description};
use super::folder::{MANIFEST, base_of_articles, described_base, read_manifest};
use super::manifest::Manifest;
use super::pack::{FULL, Packs};
use super::repair::{Repair, repair};
use super::whole_file::{lock, remove, replace, replace_with, sync_folder};
use super::{Entry, Error, own_ontology};
use crate::graph::Base;

/// What to do while another process writes to the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Wait for its end.
    Wait,
    /// Give up with [`Error::Locked`].
    Refuse,
}

/// The one writer of a graph folder. Articles are durable after [`Self::commit`] or [`Self::finish`]; dropped without,
/// the last few are not stored.
#[derive(Debug)]
pub struct FolderWriter {
    pub(super) path: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) packs: Packs,
    journal: File,
    /// Lines written since the manifest was last in order.
    appended: usize,
    /// Articles that are not durable yet, by IRI.
    pub(super) pending: BTreeMap<Arc<str>, EncodedArticle>,
    pending_bytes: usize,
    base: Option<Base>,
    repaired: Repair,
    /// Holds the lock as long as it is open.
    _lock: File,
}

impl FolderWriter {
    /// Opens the graph folder at `path` for writing, makes it where there is none, clears away what an interrupted run left
    /// behind, and makes packs of the files of older versions. `on_wait` is called with the other writer's process id
    /// before waiting for it.
    pub fn open(
        path: impl Into<PathBuf>,
        waiting: Waiting,
        on_wait: impl FnOnce(&str),
    ) -> Result<Self, Error> {
        let path = path.into();
        fs::create_dir_all(&path).map_err(Error::io("make", &path))?;
        let lock = lock(&path, waiting, on_wait)?;
        let mut manifest = read_manifest(&path)?.unwrap_or_default();
        let counted = manifest.state().length;
        let journal_path = path.join(MANIFEST);
        let journal = OpenOptions::new().append(true).create(true).open(&journal_path);
        let journal = journal.map_err(Error::io("write", &journal_path))?;
        let len = journal.metadata().map_err(Error::io("read", &journal_path))?.len();
        if len > counted {
            journal.set_len(counted).map_err(Error::io("write", &journal_path))?;
        }
        let (mut repaired, packs) = repair(&path, &mut manifest)?;
        repaired.cut_line = len > counted;
        let base = described_base(&path)?.or_else(|| base_of_articles(&manifest));
        let mut writer = Self {
            path,
            manifest,
            packs,
            journal,
            appended: 0,
            pending: BTreeMap::new(),
            pending_bytes: 0,
            base,
            repaired,
            _lock: lock,
        };
        if counted == 0 || writer.repaired.changes_manifest() || writer.manifest.is_old() {
            writer.rewrite_manifest()?;
        }
        writer.repaired.migrated = writer.migrate()?;
        writer.repaired.rewritten = writer.drop_dead()?;
        Ok(writer)
    }

    /// What an interrupted run had left behind.
    pub fn repaired(&self) -> &Repair {
        &self.repaired
    }

    /// The articles that are durable.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What is known of `article`, be it durable or about to be.
    pub fn get(&self, article: &str) -> Option<&Entry> {
        self.pending.get(article).map(|pending| &pending.entry).or_else(|| self.manifest.get(article))
    }

    /// Keeps in mind what the IRIs of the folder start with, for all who write to it later.
    ///
    /// # Errors
    /// When it has another base.
    pub fn set_base(&mut self, base: &Base) -> Result<(), Error> {
        if let Some(known) = self.base.as_ref().filter(|known| *known != base) {
            let (path, base, given) = (self.path.clone(), known.to_string(), base.to_string());
            return Err(Error::OtherBase { path, base, given });
        }
        self.base = Some(base.clone());
        if described_base(&self.path)?.is_none() {
            self.describe()?;
        }
        Ok(())
    }

    /// Keeps the user's own ontology in the folder, in place of the one that it has: each path is a file, or a folder with
    /// `.ttl` files, and takes the place of what those before it say. Tells whether it is another one.
    pub fn keep_ontology(&mut self, paths: &[PathBuf]) -> Result<bool, Error> {
        own_ontology::keep(&self.path, paths)
    }

    /// Stores an article's graph in place of the one it had.
    pub fn put(&mut self, article: EncodedArticle) -> Result<(), Error> {
        self.pending_bytes += article.bytes.len();
        // Of two versions that become durable together the later one counts.
        if let Some(old) = self.pending.insert(Arc::clone(&article.entry.article), article) {
            self.pending_bytes -= old.bytes.len();
        }
        if self.pending_bytes >= FULL { self.commit() } else { Ok(()) }
    }

    /// Removes articles by IRI; gives how many there were.
    pub fn remove<'a>(&mut self, articles: impl IntoIterator<Item = &'a str>) -> Result<usize, Error> {
        self.commit()?;
        let is_there = |article: &&str| self.manifest.get(article).is_some();
        let gone: Vec<&str> = articles.into_iter().filter(is_there).collect();
        let lines: String = gone.iter().map(|article| Manifest::removal(article)).collect();
        self.append(&lines, gone.len())?;
        for article in &gone {
            if let Some(old) = self.manifest.remove(article) {
                self.is_dead(&old);
            }
        }
        Ok(gone.len())
    }

    /// Stores `corrections` in place of those that were there.
    pub fn correct(&mut self, corrections: &Corrections) -> Result<(), Error> {
        let path = self.path.join(corrections::FILE);
        if corrections.is_empty() {
            remove(&path)?;
            return sync_folder(&self.path);
        }
        replace(&path, corrections.to_text().as_bytes())
    }

    /// Makes everything durable that was put so far.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.pending_bytes = 0;
        let pending = std::mem::take(&mut self.pending);
        self.store(pending.into_values())
    }

    /// Commits, takes replaced and removed articles out of the packs, brings the manifest in order, and writes the
    /// description.
    pub fn finish(mut self) -> Result<Manifest, Error> {
        self.commit()?;
        self.drop_dead()?;
        if self.manifest.wants_rewriting(self.appended) {
            self.rewrite_manifest()?;
        }
        self.describe()?;
        Ok(self.manifest)
    }

    /// Writes the description, if it is to be another one.
    fn describe(&mut self) -> Result<(), Error> {
        if self.base.is_none() {
            self.base = base_of_articles(&self.manifest);
        }
        let path = self.path.join(description::FILE);
        let text = description(&self.manifest, self.base.as_ref());
        if fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            replace(&path, text.as_bytes())?;
        }
        Ok(())
    }

    /// Appends lines to the manifest and flushes it; after a failure the lines are not there. All that happens to articles
    /// goes through here, after their packs are durable and before anything is removed.
    pub(super) fn append(&mut self, lines: &str, count: usize) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        let written = self.journal.write_all(lines.as_bytes()).and_then(|()| self.journal.sync_data());
        if let Err(error) = written {
            // Best effort: a line that is cut off does not count for the next run either.
            let _ = self.journal.set_len(self.manifest.state().length);
            return Err(Error::io("write", &self.path.join(MANIFEST))(error));
        }
        self.manifest.appended(lines.len() as u64);
        self.appended += count;
        Ok(())
    }

    fn rewrite_manifest(&mut self) -> Result<(), Error> {
        // As long as a pack holds what was removed, it has to be known for that.
        if self.packs.values().all(|holding| holding.live == holding.size) {
            self.manifest.forget_removed();
        }
        let path = self.path.join(MANIFEST);
        replace_with(&path, |file| self.manifest.write(file))?;
        self.journal = OpenOptions::new().append(true).open(&path).map_err(Error::io("write", &path))?;
        self.appended = 0;
        Ok(())
    }

    /// Where the folder lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests;
