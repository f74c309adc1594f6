//! Files that are written whole or not at all, and the lock of the one who writes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Read as _, Seek as _, Write};
use std::path::Path;

use super::{Error, Waiting};

/// What temporary files start with.
pub(super) const TEMPORARY: &str = ".tmp-";

/// Writes a file whole or not at all.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace_with(path, |file| file.write_all(bytes))
}

/// Has `write` write a file, which is there whole or not at all.
pub(super) fn replace_with(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!("{TEMPORARY}{name}"));
    let written = File::create(&temporary).and_then(|file| {
        let mut file = BufWriter::new(file);
        write(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()?;
        fs::rename(&temporary, path)
    });
    written.map_err(|error| {
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

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", path)(error)),
        _ => Ok(()),
    }
}

/// Takes the lock of the folder at `path`; it is given back when the file is closed, also by a crash.
pub(super) fn lock(path: &Path, waiting: Waiting, on_wait: impl FnOnce(&str)) -> Result<File, Error> {
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
