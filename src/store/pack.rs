//! A pack: the graphs of many articles in one file, each compressed for itself as a gzip member, one behind the other.
//!
//! Such a file is gzip too: any program that reads compressed N-Quads reads all its articles, and this one reads one of
//! them by its place. A pack is named after its content, the first half of a SHA-256 in hexadecimal digits, so that it
//! never changes: it is written whole or not at all, and taken away when its articles lie elsewhere.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use flate2::bufread::GzDecoder;

use super::Error;
use super::article_file::{describe, digest, hex};
use super::entry::Entry;
use super::whole_file::TEMPORARY;

/// Bytes from which on a pack takes in no more, and articles are not kept back any longer. Packs of twice as much are not
/// made, but for an article that is larger itself.
pub(super) const FULL: usize = 4 << 20;
/// The folder of packs.
pub(super) const PACKS: &str = "packs";
/// The folder of older versions, a file an article; each is a pack of one.
pub(super) const OLD: &str = "articles";
/// What their names end in.
const EXTENSION: &str = ".nq.gz";
/// How a member starts: gzip, deflate, neither name nor time, made by no system in particular.
const START: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// A pack that is being put together.
#[derive(Debug, Default)]
pub(super) struct Draft {
    bytes: Vec<u8>,
    members: Vec<Entry>,
    articles: HashSet<Arc<str>>,
}

/// What a pack of a graph folder holds, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Holding {
    pub(super) size: u64,
    /// Those of articles that count.
    pub(super) live: u64,
}

/// The packs of a graph folder, by path.
pub(super) type Packs = BTreeMap<Arc<str>, Holding>;

/// A pack as the folder's listing has it.
pub(super) struct PackFile {
    pub(super) path: Arc<str>,
    pub(super) size: u64,
    pub(super) modified: SystemTime,
}

impl Draft {
    /// Adds an article in its compressed form.
    ///
    /// # Panics
    /// When the pack becomes larger than four gigabytes.
    pub(super) fn add(&mut self, entry: Entry, bytes: &[u8]) {
        let number = |len: usize| u32::try_from(len).expect("a pack is smaller than four gigabytes");
        let (offset, length) = (number(self.bytes.len()), number(bytes.len()));
        self.bytes.extend_from_slice(bytes);
        self.articles.insert(Arc::clone(&entry.article));
        self.members.push(Entry { offset, length, ..entry });
    }

    pub(super) fn holds(&self, article: &str) -> bool {
        self.articles.contains(article)
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The bytes of the pack, and its articles, which now know its path.
    pub(super) fn close(self) -> (Arc<str>, Vec<u8>, Vec<Entry>) {
        let Self { bytes, mut members, articles: _ } = self;
        let path: Arc<str> = format!("{PACKS}/{}{EXTENSION}", hex(&digest(&bytes)[..8])).into();
        for member in &mut members {
            member.pack = Arc::clone(&path);
        }
        (path, bytes, members)
    }
}

/// Whether a path may be that of a pack: it lies in the graph folder, where packs lie.
pub(super) fn is_path(path: &str) -> bool {
    let mut parts = path.split('/');
    let is_name = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']);
    matches!(parts.next(), Some(PACKS | OLD)) && path.ends_with(EXTENSION) && parts.all(is_name)
}

/// The bytes of an article in its pack, compressed.
pub(super) fn read_member(folder: &Path, entry: &Entry) -> io::Result<Vec<u8>> {
    let mut file = File::open(folder.join(entry.path()))?;
    let mut bytes = Vec::new();
    match entry.range() {
        None => file.read_to_end(&mut bytes)?,
        Some(range) => {
            let length = range.end - range.start;
            bytes.reserve(length.min(FULL as u64) as usize);
            file.seek(SeekFrom::Start(range.start))?;
            file.take(length).read_to_end(&mut bytes)?
        }
    };
    if (bytes.len() as u64) < u64::from(entry.length) {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ends before the place of the article"));
    }
    Ok(bytes)
}

/// The articles of a stretch of the pack at `path`, in order; where one can't be read, why not, and it goes on behind it.
pub(super) fn members(path: &Arc<str>, bytes: &[u8], offset: usize) -> Vec<Result<Entry, String>> {
    let mut members = Vec::new();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let mut decoder = GzDecoder::new(rest);
        let mut text = Vec::new();
        let read =
            decoder.read_to_end(&mut text).map_err(|error| format!("it can't be decompressed ({error})"));
        let length = match &read {
            Ok(_) => rest.len() - decoder.into_inner().len(),
            Err(_) => rest
                .windows(START.len())
                .skip(1)
                .position(|window| window == START)
                .map_or(rest.len(), |at| at + 1),
        };
        members.push(read.and_then(|_| describe(&text)).map(|entry| Entry {
            pack: Arc::clone(path),
            offset: (offset + at) as u32,
            length: length as u32,
            ..entry
        }));
        at += length;
    }
    members
}

/// All files of a graph folder that may be packs, by path.
pub(super) fn list_packs(folder: &Path) -> Result<Vec<PackFile>, Error> {
    let mut folders = vec![folder.join(PACKS)];
    folders.extend(list(&folder.join(OLD))?.into_iter().filter(|shard| shard.is_dir()));
    let mut found = Vec::new();
    for file in
        folders.iter().map(|folder| list(folder)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten()
    {
        let Some(path) = file.strip_prefix(folder).ok().and_then(Path::to_str) else { continue };
        let path = path.replace('\\', "/");
        if is_path(&path) {
            let metadata = match fs::metadata(&file) {
                // A writer took it away meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                metadata => metadata.map_err(Error::io("read", &file))?,
            };
            let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            found.push(PackFile { path: path.into(), size: metadata.len(), modified });
        }
    }
    Ok(found)
}

/// What a folder holds, in order; nothing where there is no folder.
pub(super) fn list(folder: &Path) -> Result<Vec<std::path::PathBuf>, Error> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(Error::io("list", folder))?,
    };
    let paths: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(Error::io("list", folder))?;
    paths.sort_unstable();
    Ok(paths)
}

/// Whether a file was being written when its writer ended.
pub(super) fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(TEMPORARY))
}

#[cfg(test)]
mod tests {
    use super::super::EncodedArticle;
    use super::super::article_file::tests::article;
    use super::*;

    fn draft(names: &[&str]) -> Draft {
        let mut draft = Draft::default();
        for name in names {
            let EncodedArticle { entry, bytes } = EncodedArticle::new(&article(name, "d1", 5), "v1");
            draft.add(entry, &bytes);
        }
        draft
    }

    #[test]
    fn a_pack_tells_what_it_holds() {
        let (path, bytes, entries) = draft(&["a", "b", "c"]).close();
        assert!(is_path(&path), "{path}");
        let found: Result<Vec<Entry>, String> = members(&path, &bytes, 0).into_iter().collect();
        assert_eq!(found.unwrap(), entries);
        let behind = members(&path, &bytes[entries[1].offset as usize..], entries[1].offset as usize);
        assert_eq!(behind[1].as_ref().unwrap(), &entries[2]);
    }

    #[test]
    fn the_same_articles_make_the_same_pack() {
        assert_eq!(draft(&["a", "b"]).close(), draft(&["a", "b"]).close());
        assert_ne!(draft(&["a", "b"]).close().0, draft(&["b", "a"]).close().0);
    }

    #[test]
    fn what_is_damaged_does_not_hide_what_follows() {
        let (path, mut bytes, entries) = draft(&["a", "b", "c"]).close();
        bytes[entries[1].offset as usize + 30] ^= 0xff;
        let found = members(&path, &bytes, 0);
        assert_eq!(found[0].as_ref().unwrap(), &entries[0]);
        assert!(found[1].is_err());
        assert_eq!(found.last().unwrap().as_ref().unwrap(), &entries[2]);
        assert!(members(&path, b"no gzip at all", 0)[0].is_err());
    }

    #[test]
    fn a_path_out_of_the_folder_is_none() {
        for path in ["packs/ab.nq.gz", "articles/3f/3f9a.nq.gz"] {
            assert!(is_path(path));
        }
        for path in [
            "packs/../x.nq.gz",
            "/etc/x.nq.gz",
            "packs/x",
            "packs/.tmp-x.nq.gz",
            "other/x.nq.gz",
            "packs/c:\\x.nq.gz",
        ] {
            assert!(!is_path(path), "{path}");
        }
    }
}
