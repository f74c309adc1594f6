use std::{
    collections::{BTreeMap, HashMap},
    fs,
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::Error;

/// Largest file of a pipeline that is read, in bytes: the largest vectors that spaCy ships have 1 GiB.
const MAX_PART: u64 = 4 << 30;

/// The files of a pipeline, from a folder or an archive.
///
/// Remembers what was read, so that a folder and the wheel it came from have the same digest.
pub(super) struct Parts {
    origin: Origin,
    digests: BTreeMap<String, [u8; 32]>,
}

enum Origin {
    Folder(PathBuf),
    Archive { archive: Box<ZipArchive<Cursor<Vec<u8>>>>, members: HashMap<String, usize> },
}

impl Parts {
    /// Finds the folder that holds `config.cfg` and `meta.json`: `path` itself or the highest one below it.
    pub(super) fn open_folder(path: &Path) -> Result<Self, Error> {
        let is_root =
            |folder: &Path| folder.join("config.cfg").is_file() && folder.join("meta.json").is_file();
        let root = walkdir::WalkDir::new(path)
            .max_depth(4)
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_dir() && is_root(entry.path()))
            .min_by_key(walkdir::DirEntry::depth)
            .ok_or_else(|| not_found(&path.display().to_string()))?;
        Ok(Self { origin: Origin::Folder(root.into_path()), digests: BTreeMap::new() })
    }

    /// The same within a zip file (a wheel is one).
    pub(super) fn open_archive(bytes: Vec<u8>, origin: &str) -> Result<Self, Error> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|e| Error::damaged(origin, format!("the archive cannot be read ({e})")))?;
        let mut names = HashMap::new();
        for i in 0..archive.len() {
            let member =
                archive.by_index_raw(i).map_err(|e| Error::damaged(origin, format!("member {i}: {e}")))?;
            let name = member.name().map_err(|e| Error::damaged(origin, format!("member {i}: {e}")))?;
            names.insert(name.into_owned(), i);
        }
        let root = names
            .keys()
            .filter_map(|name| name.strip_suffix("config.cfg"))
            .filter(|root| root.is_empty() || root.ends_with('/'))
            .filter(|root| names.contains_key(&format!("{root}meta.json")))
            .min_by_key(|root| (root.matches('/').count(), *root))
            .ok_or_else(|| not_found(origin))?
            .to_owned();
        let members =
            names.iter().filter_map(|(name, &i)| Some((name.strip_prefix(&root)?.to_owned(), i))).collect();
        Ok(Self { origin: Origin::Archive { archive: Box::new(archive), members }, digests: BTreeMap::new() })
    }

    /// The content of the file with this path inside the pipeline, or `None` when it is not there.
    pub(super) fn find(&mut self, part: &str) -> Result<Option<Vec<u8>>, Error> {
        let content = match &mut self.origin {
            Origin::Folder(root) => read_file(&root.join(part))?,
            Origin::Archive { archive, members } => match members.get(part) {
                Some(&i) => Some(read_member(archive, i).map_err(|e| Error::damaged(part, e.to_string()))?),
                None => None,
            },
        };
        if let Some(content) = &content {
            self.digests.insert(part.to_owned(), Sha256::digest(content).into());
        }
        Ok(content)
    }

    /// The same, where a pipeline cannot do without it.
    pub(super) fn read(&mut self, part: &str) -> Result<Vec<u8>, Error> {
        self.find(part)?.ok_or_else(|| Error::Missing { part: part.into() })
    }

    /// SHA-256 over the names and digests of everything read so far, in hexadecimal.
    pub(super) fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        for (name, digest) in &self.digests {
            hasher.update(name.as_bytes());
            hasher.update([0]);
            hasher.update(digest);
        }
        hex(&hasher.finalize())
    }
}

fn not_found(origin: &str) -> Error {
    Error::NotAPipeline {
        origin: origin.into(),
        reason: "no folder in it has `config.cfg` and `meta.json`".into(),
    }
}

fn read_file(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Io { path: path.to_owned(), source }),
    }
}

fn read_member(archive: &mut ZipArchive<Cursor<Vec<u8>>>, index: usize) -> io::Result<Vec<u8>> {
    let member = archive.by_index(index)?;
    if member.size() > MAX_PART {
        return Err(io::Error::other(format!("{} bytes, more than {MAX_PART}", member.size())));
    }
    let mut content = Vec::with_capacity(member.size().min(1 << 28) as usize);
    member.take(MAX_PART).read_to_end(&mut content)?;
    Ok(content)
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).filter_map(|d| char::from_digit(u32::from(d), 16)).collect()
}
