//! Writing into a graph folder: one process at a time, each article whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::Error;
use super::article_file::EncodedArticle;
use super::corrections::{self, Corrections};
use super::description::description;
use super::folder::{MANIFEST, read_manifest};
use super::manifest::{Entry, Manifest};
use super::repair::{Repair, repair};

/// Articles that become durable together. Each costs a flush of its own file; the flushes of folders and of the journal
/// are shared by the group.
const GROUP: usize = 64;

/// What temporary files start with.
pub(super) const TEMPORARY: &str = ".tmp-";

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
    path: PathBuf,
    manifest: Manifest,
    journal: File,
    /// Bytes of the journal that are whole lines.
    journal_len: u64,
    /// Lines written since the manifest was last in order.
    appended: usize,
    pending: Vec<EncodedArticle>,
    repaired: Repair,
    /// Holds the lock as long as it is open.
    _lock: File,
}

impl FolderWriter {
    /// Opens the graph folder at `path` for writing, makes it where there is none, and clears away what an interrupted run
    /// left behind. `on_wait` is called with the other writer's process id before waiting for it.
    pub fn open(
        path: impl Into<PathBuf>,
        waiting: Waiting,
        on_wait: impl FnOnce(&str),
    ) -> Result<Self, Error> {
        let path = path.into();
        fs::create_dir_all(&path).map_err(Error::io("make", &path))?;
        let lock = lock(&path, waiting, on_wait)?;
        let known = read_manifest(&path)?;
        let is_new = known.is_none();
        let (mut manifest, counted) = known.unwrap_or_default();
        let journal_path = path.join(MANIFEST);
        let journal = OpenOptions::new().append(true).create(true).open(&journal_path);
        let journal = journal.map_err(Error::io("write", &journal_path))?;
        let len = journal.metadata().map_err(Error::io("read", &journal_path))?.len();
        journal.set_len(counted as u64).map_err(Error::io("write", &journal_path))?;
        let mut repaired = repair(&path, &mut manifest)?;
        repaired.cut_line = len > counted as u64;
        let mut writer = Self {
            path,
            manifest,
            journal,
            journal_len: counted as u64,
            appended: 0,
            pending: Vec::new(),
            repaired,
            _lock: lock,
        };
        if is_new || counted == 0 || writer.repaired.changes_manifest() {
            writer.rewrite_manifest()?;
        }
        Ok(writer)
    }

    /// What an interrupted run had left behind.
    pub fn repaired(&self) -> &Repair {
        &self.repaired
    }

    /// The articles that are stored.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Stores an article's graph in place of the one it had.
    pub fn put(&mut self, article: EncodedArticle) -> Result<(), Error> {
        // Of two versions in one group the later one counts.
        self.pending.retain(|other| other.entry.article != article.entry.article);
        self.pending.push(article);
        if self.pending.len() >= GROUP { self.commit() } else { Ok(()) }
    }

    /// Removes articles by IRI; gives how many there were.
    pub fn remove<'a>(&mut self, articles: impl IntoIterator<Item = &'a str>) -> Result<usize, Error> {
        self.commit()?;
        let gone: Vec<Entry> =
            articles.into_iter().filter_map(|article| self.manifest.get(article)).cloned().collect();
        let lines: String = gone.iter().map(|entry| Manifest::removal(&entry.article)).collect();
        self.append(&lines, gone.len())?;
        for entry in &gone {
            self.manifest.remove(&entry.article);
            self.delete(entry)?;
        }
        Ok(gone.len())
    }

    /// Stores `corrections` in place of those that were there.
    pub fn correct(&mut self, corrections: &Corrections) -> Result<(), Error> {
        let path = self.path.join(corrections::FILE);
        if !corrections.is_empty() {
            return replace(&path, corrections.to_text().as_bytes());
        }
        match fs::remove_file(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            removed => removed.map_err(Error::io("remove", &path)).and_then(|()| sync_folder(&self.path)),
        }
    }

    /// Makes everything durable that was put so far.
    pub fn commit(&mut self) -> Result<(), Error> {
        let group = std::mem::take(&mut self.pending);
        let mut written: Vec<(PathBuf, PathBuf)> = Vec::with_capacity(group.len());
        for article in &group {
            let stored = self.manifest.get(&article.entry.article);
            if stored.is_none_or(|stored| stored.file_digest != article.entry.file_digest) {
                match self.write_temporary(article, written.len()) {
                    Ok(paths) => written.push(paths),
                    Err(error) => {
                        // Best effort, to give back the room: the next run clears them away too.
                        for (temporary, _) in &written {
                            drop(fs::remove_file(temporary));
                        }
                        return Err(error);
                    }
                }
            }
        }
        let mut shards = BTreeSet::new();
        for (temporary, path) in &written {
            fs::rename(temporary, path).map_err(Error::io("write", path))?;
            shards.extend(path.parent().map(Path::to_owned));
        }
        for shard in &shards {
            sync_folder(shard)?;
        }
        let lines: String = group.iter().map(|article| article.entry.line()).collect();
        self.append(&lines, group.len())?;
        for EncodedArticle { entry, .. } in group {
            let path = entry.path();
            if let Some(old) = self.manifest.insert(entry).filter(|old| old.path() != path) {
                self.delete(&old)?;
            }
        }
        Ok(())
    }

    /// Commits, brings the manifest in order, and writes the description.
    pub fn finish(mut self) -> Result<Manifest, Error> {
        self.commit()?;
        if self.manifest.wants_rewriting(self.appended) {
            self.rewrite_manifest()?;
        }
        let path = self.path.join("description.ttl");
        let text = description(&self.manifest);
        if fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            replace(&path, text.as_bytes())?;
        }
        Ok(self.manifest)
    }

    /// Writes and flushes an article's file under a temporary name; gives that and the name it is to have.
    fn write_temporary(&self, article: &EncodedArticle, at: usize) -> Result<(PathBuf, PathBuf), Error> {
        let path = self.path.join(article.entry.path());
        let shard = path.parent().expect("articles lie in a folder");
        if !shard.is_dir() {
            fs::create_dir_all(shard).map_err(Error::io("make", shard))?;
            sync_folder(&self.path.join("articles"))?;
        }
        let temporary = shard.join(format!("{TEMPORARY}{at}"));
        write_and_sync(&temporary, &article.bytes).map_err(|error| {
            // Best effort: the next run clears it away too.
            let _ = fs::remove_file(&temporary);
            Error::io("write", &path)(error)
        })?;
        Ok((temporary, path))
    }

    /// Appends lines to the manifest and flushes it; after a failure the lines are not there.
    fn append(&mut self, lines: &str, count: usize) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        let written = self.journal.write_all(lines.as_bytes()).and_then(|()| self.journal.sync_data());
        if let Err(error) = written {
            // Best effort: a line that is cut off does not count for the next run either.
            let _ = self.journal.set_len(self.journal_len);
            return Err(Error::io("write", &self.path.join(MANIFEST))(error));
        }
        self.journal_len += lines.len() as u64;
        self.appended += count;
        Ok(())
    }

    fn rewrite_manifest(&mut self) -> Result<(), Error> {
        let path = self.path.join(MANIFEST);
        let text = self.manifest.to_text();
        replace(&path, text.as_bytes())?;
        self.journal = OpenOptions::new().append(true).open(&path).map_err(Error::io("write", &path))?;
        self.journal_len = text.len() as u64;
        self.appended = 0;
        self.manifest.rewritten();
        Ok(())
    }

    fn delete(&self, entry: &Entry) -> Result<(), Error> {
        let path = self.path.join(entry.path());
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::io("remove", &path)(error))
            }
            _ => Ok(()),
        }
    }
}

/// Takes the lock of the folder at `path`; it is given back when the file is closed, also by a crash.
fn lock(path: &Path, waiting: Waiting, on_wait: impl FnOnce(&str)) -> Result<File, Error> {
    let lock_path = path.join(".lock");
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&lock_path);
    let mut file = opened.map_err(Error::io("write", &lock_path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::Error(error)) => return Err(Error::io("lock", &lock_path)(error)),
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Only for the message.
            let _ = file.read_to_string(&mut holder);
            let holder = if holder.is_empty() { "unknown" } else { holder.trim_end() };
            if waiting == Waiting::Refuse {
                return Err(Error::Locked { path: path.to_owned(), holder: holder.to_owned() });
            }
            on_wait(holder);
            file.lock().map_err(Error::io("lock", &lock_path))?;
        }
    }
    let noted =
        file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
    noted.map_err(Error::io("write", &lock_path))?;
    Ok(file)
}

pub(super) fn write_and_sync(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_data()
}

/// Writes a file whole or not at all.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!("{TEMPORARY}{name}"));
    write_and_sync(&temporary, bytes).and_then(|()| fs::rename(&temporary, path)).map_err(|error| {
        // Best effort: the error that counts is the one below.
        let _ = fs::remove_file(&temporary);
        Error::io("write", path)(error)
    })?;
    sync_folder(folder)
}

/// Makes renames in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    // Windows can't open folders; renames are durable there without.
    if cfg!(windows) {
        return Ok(());
    }
    File::open(folder).and_then(|file| file.sync_all()).map_err(Error::io("flush", folder))
}

#[cfg(test)]
mod tests;
