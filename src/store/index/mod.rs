//! The index: the graph of a folder in a RocksDB store on disk, for graphs that memory is too small for, or that are asked
//! often. It is only ever derived from the articles' files, and may be deleted at any time.
//!
//! ```text
//! KG/index/
//!   5d41402a…/          one version of the index; its name is the digest of the listing
//!     articles.tsv      the listing: the program and the corrections that made it; IRI and file digest of each article
//!     store/            RocksDB
//!   .lock               held by the one process that makes a version
//! ```
//!
//! A version never changes. A newer one is made under a temporary name from the files of the one before (hard links, so
//! that it costs little room): articles that are gone or changed are taken out, new ones added; renaming it is the last
//! step. So a version that is found under its name is whole, whoever was killed when. Readers hold a shared lock on the
//! listing of theirs, and whoever makes a newer version removes the older ones that nobody reads.

mod listing;
mod update;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use oxigraph::store::Store;

use self::listing::Listing;
use super::writer::{TEMPORARY, sync_folder, write_and_sync};
use super::{Error, Folder};

/// The folder of the index inside the graph folder.
const FOLDER: &str = "index";
/// Inside a version: what is in it.
const LISTING: &str = "articles.tsv";
/// Inside a version: the store.
const STORE: &str = "store";

/// A version of the index that is open for reading.
pub(super) struct Index {
    pub(super) store: Store,
    /// Keeps the version from being removed as long as it is open.
    pub(super) lease: File,
}

/// Whether the folder has an index.
pub(super) fn exists(folder: &Folder) -> bool {
    folder.path().join(FOLDER).is_dir()
}

/// Opens the index of `folder`; makes it, or brings it up to date, where that is needed. `on_refresh` is called before, with
/// the number of articles to be read.
pub(super) fn open(
    folder: &Folder,
    threads: NonZeroUsize,
    on_refresh: impl Fn(usize),
) -> Result<Index, Error> {
    let versions = Versions { root: folder.path().join(FOLDER) };
    let wanted = Listing::of(folder);
    // One that can't be opened is made again.
    if let Ok(Some(index)) = versions.open(&wanted.name()) {
        return Ok(index);
    }
    fs::create_dir_all(&versions.root).map_err(Error::io("make", &versions.root))?;
    let _lock = versions.lock()?;
    // Another process may have made it while this one waited.
    if let Ok(Some(index)) = versions.open(&wanted.name()) {
        return Ok(index);
    }
    versions.discard(&wanted.name())?;
    versions.clear_temporary()?;
    let made = versions.make(folder, &wanted, threads, &on_refresh)?;
    versions.remove_unused(&made)?;
    match versions.open(&made)? {
        Some(index) => Ok(index),
        None => Err(Error::io("open", &versions.root.join(made))(io::ErrorKind::NotFound.into())),
    }
}

/// The folder that holds the versions of an index.
struct Versions {
    root: PathBuf,
}

impl Versions {
    /// Opens a version; `None` where there is none.
    fn open(&self, name: &str) -> Result<Option<Index>, Error> {
        let version = self.root.join(name);
        let path = version.join(LISTING);
        let lease = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(Error::io("read", &path))?,
        };
        lease.lock_shared().map_err(Error::io("lock", &path))?;
        // Locked too late, if it was being removed.
        if !path.exists() {
            return Ok(None);
        }
        let store = Store::open_read_only(version.join(STORE))?;
        Ok(Some(Index { store, lease }))
    }

    /// Waits until this process is the one that makes versions.
    fn lock(&self) -> Result<File, Error> {
        let path = self.root.join(".lock");
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let lock = lock.map_err(Error::io("write", &path))?;
        lock.lock().map_err(Error::io("lock", &path))?;
        Ok(lock)
    }

    /// Makes the version `wanted` out of the one that differs least, and else of nothing; gives its name.
    fn make(
        &self,
        folder: &Folder,
        wanted: &Listing,
        threads: NonZeroUsize,
        on_refresh: &dyn Fn(usize),
    ) -> Result<String, Error> {
        let older = self.names()?.into_iter().filter_map(|name| {
            let changes = self.listing(&name, wanted.header())?.changes(wanted);
            Some((name, changes)).filter(|(_, changes)| changes.are_few(wanted))
        });
        let nearest = older.min_by_key(|(name, changes)| (changes.len(), name.clone()));
        if let Some((name, changes)) = nearest {
            let temporary = self.temporary("new")?;
            on_refresh(changes.added.len());
            let known = self.listing(&name, wanted.header());
            let known = known.unwrap_or_else(|| Listing::empty(folder.corrections().digest()));
            let made = copy_store(&self.root.join(&name).join(STORE), &temporary.join(STORE))
                .and_then(|()| update::update(&temporary.join(STORE), folder, known, &changes, threads));
            match made {
                Ok(listing) => return self.take(&temporary, &listing),
                // A store that can't be opened or changed is of no use; what is wrong with an article's file is told.
                Err(Error::Index(_)) => self.clear_temporary()?,
                Err(error) => return Err(error),
            }
        }
        let temporary = self.temporary("new")?;
        on_refresh(wanted.len());
        let listing = update::build(&temporary.join(STORE), folder, threads)?;
        self.take(&temporary, &listing)
    }

    /// Gives what was made under a temporary name its own.
    fn take(&self, temporary: &Path, listing: &Listing) -> Result<String, Error> {
        let path = temporary.join(LISTING);
        write_and_sync(&path, listing.to_text().as_bytes()).map_err(Error::io("write", &path))?;
        sync_folder(temporary)?;
        let name = listing.name();
        self.discard(&name)?;
        let version = self.root.join(&name);
        fs::rename(temporary, &version).map_err(Error::io("write", &version))?;
        sync_folder(&self.root)?;
        Ok(name)
    }

    /// What the version `name` holds; `None` where its listing is not what its name says, or is of other corrections.
    fn listing(&self, name: &str, header: &str) -> Option<Listing> {
        let text = fs::read_to_string(self.root.join(name).join(LISTING)).ok()?;
        Listing::parse(&text, header).filter(|listing| listing.name() == name)
    }

    /// The names of all versions, in order.
    fn names(&self) -> Result<Vec<String>, Error> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.root).map_err(Error::io("list", &self.root))? {
            let name = entry.map_err(Error::io("list", &self.root))?.file_name();
            names.extend(name.to_str().filter(|name| !name.starts_with('.')).map(str::to_owned));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Removes all versions but `current`, as far as nobody reads them.
    fn remove_unused(&self, current: &str) -> Result<(), Error> {
        for name in self.names()?.into_iter().filter(|name| name != current) {
            let is_read = File::open(self.root.join(&name).join(LISTING))
                .is_ok_and(|listing| matches!(listing.try_lock(), Err(TryLockError::WouldBlock)));
            if !is_read {
                self.discard(&name)?;
            }
        }
        Ok(())
    }

    /// Removes a version; renamed first, so that no part of it is taken for the whole.
    fn discard(&self, name: &str) -> Result<(), Error> {
        let version = self.root.join(name);
        if version.symlink_metadata().is_err() {
            return Ok(());
        }
        let temporary = self.root.join(format!("{TEMPORARY}old-{name}"));
        fs::rename(&version, &temporary).map_err(Error::io("remove", &version))?;
        remove(&temporary)
    }

    /// Removes what was left behind half made, or half removed.
    fn clear_temporary(&self) -> Result<(), Error> {
        for entry in fs::read_dir(&self.root).map_err(Error::io("list", &self.root))? {
            let entry = entry.map_err(Error::io("list", &self.root))?;
            if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }

    /// An empty folder to make a version in.
    fn temporary(&self, name: &str) -> Result<PathBuf, Error> {
        let path = self.root.join(format!("{TEMPORARY}{name}"));
        fs::create_dir(&path).map_err(Error::io("make", &path))?;
        Ok(path)
    }
}

/// Removes a file, or a folder with all that is in it.
fn remove(path: &Path) -> Result<(), Error> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.map_err(Error::io("remove", path))
}

/// Copies the files of a store that nobody changes. RocksDB never changes a table (`.sst`): a hard link will do, where the
/// file system has them.
fn copy_store(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir(to).map_err(Error::io("make", to))?;
    for entry in fs::read_dir(from).map_err(Error::io("list", from))? {
        let path = entry.map_err(Error::io("list", from))?.path();
        let name = path.file_name().unwrap_or_default();
        let copy = to.join(name);
        let text = name.to_string_lossy();
        if text == "LOCK" || text.starts_with("LOG") {
            continue;
        }
        let is_linked = text.ends_with(".sst") && fs::hard_link(&path, &copy).is_ok();
        if !is_linked {
            fs::copy(&path, &copy).map_err(Error::io("write", &copy))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
