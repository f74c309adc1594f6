//! The user's own vocabulary in a graph folder: `ontology/`, with a Turtle file, or a folder of them, for each layer, in
//! the order of their names.
//!
//! It is replaced as a whole: made under another name first, then the old one is put aside, then the new one takes its
//! place. Where there is none but one was put aside, that one counts.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::Error;
use super::pack::list;
use super::whole_file::sync_folder;

const FOLDER: &str = "ontology";
const NEW: &str = ".tmp-ontology";
const OLD: &str = ".old-ontology";

/// The layers in the folder at `path`, each a file or a folder.
pub(super) fn paths(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let own = path.join(FOLDER);
    let own = if own.is_dir() { own } else { path.join(OLD) };
    if !own.is_dir() {
        return Ok(Vec::new());
    }
    let is_layer = |path: &PathBuf| path.is_dir() || is_turtle(path);
    Ok(list(&own)?.into_iter().filter(is_layer).collect())
}

/// Keeps `layers`, each a file or a folder of `.ttl` files, in place of what the folder at `path` has; tells whether that
/// is something else. Needs the lock.
pub(super) fn keep(path: &Path, layers: &[PathBuf]) -> Result<bool, Error> {
    repair(path)?;
    let files = files_to_keep(layers)?;
    if files == files_in(&path.join(FOLDER))? {
        return Ok(false);
    }
    let [own, new, old] = [FOLDER, NEW, OLD].map(|name| path.join(name));
    for (name, bytes) in &files {
        let file = new.join(name);
        let folder = file.parent().unwrap_or(&new);
        fs::create_dir_all(folder).map_err(Error::io("make", folder))?;
        let written = fs::write(&file, bytes).and_then(|()| File::open(&file)?.sync_all());
        written.map_err(Error::io("write", &file))?;
        sync_folder(folder)?;
    }
    sync_folder(&new)?;
    let rename = |from: &Path, to: &Path| fs::rename(from, to).map_err(Error::io("write", to));
    if own.is_dir() {
        rename(&own, &old)?;
    }
    rename(&new, &own)?;
    sync_folder(path)?;
    remove_folder(&old)?;
    Ok(true)
}

/// Clears away what an interrupted [`keep`] left behind. Needs the lock.
pub(super) fn repair(path: &Path) -> Result<(), Error> {
    let [own, new, old] = [FOLDER, NEW, OLD].map(|name| path.join(name));
    if !own.is_dir() && old.is_dir() {
        fs::rename(&old, &own).map_err(Error::io("write", &own))?;
    }
    remove_folder(&old)?;
    remove_folder(&new)
}

/// The files of `layers` with the names that they are kept under: `01-NAME.ttl`, `02-FOLDER/NAME.ttl`. What is kept
/// already keeps its name.
fn files_to_keep(layers: &[PathBuf]) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let mut files = Vec::new();
    for (number, layer) in (1..).zip(layers) {
        let name = layer.file_name().unwrap_or_default().to_string_lossy();
        let name = match name.split_once('-') {
            Some((digits, rest)) if digits.len() == 2 && digits.parse::<u8>().is_ok() => rest.to_owned(),
            _ => name.into_owned(),
        };
        let name = PathBuf::from(format!("{number:02}-{name}"));
        if layer.is_dir() {
            for file in list(layer)?.into_iter().filter(|file| is_turtle(file)) {
                files.push((name.join(file.file_name().unwrap_or_default()), read(&file)?));
            }
        } else {
            files.push((name.with_extension("ttl"), read(layer)?));
        }
    }
    Ok(files)
}

/// All files of the folder `own`, by their names in it.
fn files_in(own: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let mut files = Vec::new();
    for path in list(own)? {
        let inside = if path.is_dir() { list(&path)? } else { vec![path] };
        for file in inside.into_iter().filter(|file| is_turtle(file)) {
            let bytes = read(&file)?;
            files.push((file.strip_prefix(own).unwrap_or(&file).to_owned(), bytes));
        }
    }
    Ok(files)
}

fn is_turtle(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ttl")
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::io("read", path))
}

fn remove_folder(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", path)(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn names(folder: &TempDir) -> Vec<String> {
        let name = |path: PathBuf| path.strip_prefix(folder.path()).unwrap().display().to_string();
        paths(folder.path()).unwrap().into_iter().map(name).collect()
    }

    #[test]
    fn layers_are_kept_in_their_order_and_replaced_as_a_whole() {
        let (folder, place) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let [one, two] = ["one.ttl", "two"].map(|name| place.path().join(name));
        fs::write(&one, "# 1").unwrap();
        fs::create_dir(&two).unwrap();
        fs::write(two.join("b.ttl"), "# b").unwrap();
        fs::write(two.join("notes.txt"), "no").unwrap();
        assert!(names(&folder).is_empty());
        assert!(keep(folder.path(), &[two.clone(), one.clone()]).unwrap());
        assert_eq!(names(&folder), ["ontology/01-two", "ontology/02-one.ttl"]);
        assert!(!keep(folder.path(), &[two, one.clone()]).unwrap());
        assert!(!keep(folder.path(), &paths(folder.path()).unwrap()).unwrap());
        assert!(keep(folder.path(), &[one]).unwrap());
        assert_eq!(names(&folder), ["ontology/01-one.ttl"]);
        assert_eq!(list(folder.path()).unwrap().len(), 1);
    }

    #[test]
    fn one_that_was_put_aside_counts_until_the_new_one_is_there() {
        let (folder, place) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let one = place.path().join("one.ttl");
        fs::write(&one, "# 1").unwrap();
        keep(folder.path(), &[one]).unwrap();
        fs::rename(folder.path().join(FOLDER), folder.path().join(OLD)).unwrap();
        fs::create_dir(folder.path().join(NEW)).unwrap();
        assert_eq!(names(&folder), [".old-ontology/01-one.ttl"]);
        repair(folder.path()).unwrap();
        assert_eq!(names(&folder), ["ontology/01-one.ttl"]);
        assert_eq!(list(folder.path()).unwrap().len(), 1);
    }
}
