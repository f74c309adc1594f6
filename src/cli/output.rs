//! The file that `--output` names.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

/// A file that is written whole or not at all: it takes the place of the one at its path when it is finished.
///
/// What is there and is no file, such as a device or a named pipe, is written to instead of replaced.
pub(crate) struct OutputFile {
    path: PathBuf,
    to: To,
}

enum To {
    /// A temporary file beside the path.
    Beside(BufWriter<NamedTempFile>),
    Opened(BufWriter<File>),
}

impl OutputFile {
    /// Opens the file to write at `path`.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Self> {
        let (path, to) = open(path).with_context(|| failed(path))?;
        Ok(Self { path, to })
    }

    /// Makes what was written durable, and puts it at its path.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        let path = &self.path;
        let finish = || match self.to {
            To::Beside(file) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(path).map(drop).map_err(|error| error.error)
            }
            To::Opened(mut file) => file.flush(),
        };
        finish().with_context(|| failed(path))
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Beside(file) => file.write(bytes),
            To::Opened(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Beside(file) => file.flush(),
            To::Opened(file) => file.flush(),
        }
    }
}

fn failed(path: &Path) -> String {
    format!("can't write `{}`", path.display())
}

/// Letters of a file's name that its temporary file has too.
const NAME: usize = 40;

fn open(path: &Path) -> io::Result<(PathBuf, To)> {
    let existing = path.metadata().ok();
    if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
        let file = File::options().write(true).open(path)?;
        return Ok((path.to_owned(), To::Opened(BufWriter::new(file))));
    }
    // The file that a link leads to is replaced, not the link.
    let path = if existing.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Named after the file: a program that is killed may leave it behind.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{}.", name.chars().take(NAME).collect::<String>());
    let mut builder = builder(existing.map(|existing| existing.permissions()));
    let file = builder.prefix(&prefix).suffix(".tmp").tempfile_in(folder)?;
    Ok((path, To::Beside(BufWriter::new(file))))
}

/// A temporary file that whoever may read other new files may read, unless it replaces one with other permissions.
fn builder<'p>(replaced: Option<fs::Permissions>) -> tempfile::Builder<'p, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(replaced.unwrap_or_else(|| std::os::unix::fs::PermissionsExt::from_mode(0o666)));
    #[cfg(not(unix))]
    drop(replaced);
    builder
}
