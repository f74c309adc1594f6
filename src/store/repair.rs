//! Clears away what an interrupted run left behind in a graph folder.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Error;
use super::article_file::{decompress, describe};
use super::manifest::Manifest;
use super::writer::TEMPORARY;

/// What was found and mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repair {
    /// Half-written files, removed.
    pub temporary: usize,
    /// Files of versions that had been replaced or removed, or were about to become part of the graph; removed.
    pub superseded: usize,
    /// Whole files of articles that the manifest did not know; taken in.
    pub adopted: usize,
    /// Articles whose file is gone; dropped, to be ingested again.
    pub missing: Vec<String>,
    /// Files that can't be read and that the manifest does not know, with the reason; left as they are.
    pub unreadable: Vec<(PathBuf, String)>,
    /// The manifest's last line had been cut off.
    pub cut_line: bool,
}

impl Repair {
    /// Whether all was in order.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn changes_manifest(&self) -> bool {
        self.adopted > 0 || !self.missing.is_empty() || self.cut_line
    }
}

impl fmt::Display for Repair {
    /// One line a finding, without a line feed at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { temporary, superseded, adopted, missing, unreadable, cut_line } = self;
        let mut lines = Vec::new();
        if *temporary > 0 {
            lines.push(format!("removed {temporary} half-written file{}", plural(*temporary)));
        }
        if *superseded > 0 {
            lines.push(format!("removed {superseded} file{} of other versions", plural(*superseded)));
        }
        if *adopted > 0 {
            lines.push(format!(
                "took in {adopted} article{} that the manifest did not know",
                plural(*adopted)
            ));
        }
        if *cut_line {
            lines.push("dropped the manifest's last line, which had been cut off".to_owned());
        }
        lines.extend(
            missing.iter().map(|article| format!("dropped <{article}>, whose file is gone; ingest it again")),
        );
        lines.extend(unreadable.iter().map(|(path, reason)| {
            format!("`{}` is no part of the graph and {reason}; delete it", path.display())
        }));
        f.write_str(&lines.join("\n"))
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Compares the files of the folder at `path` with its manifest, and mends both.
pub(super) fn repair(path: &Path, manifest: &mut Manifest) -> Result<Repair, Error> {
    let mut repair = Repair::default();
    let mut expected: BTreeSet<PathBuf> = manifest.entries().map(super::Entry::path).collect();
    remove_temporary(path, &mut repair)?;
    for shard in list(&path.join("articles"))? {
        if !shard.is_dir() {
            continue;
        }
        for file in list(&shard)? {
            if is_temporary(&file) {
                fs::remove_file(&file).map_err(Error::io("remove", &file))?;
                repair.temporary += 1;
            } else if file.to_string_lossy().ends_with(".nq.gz") {
                let relative = file.strip_prefix(path).expect("a listed file lies in its folder");
                if !expected.remove(relative) {
                    sort_out(&file, manifest, &mut repair)?;
                }
            }
        }
    }
    if !expected.is_empty() {
        let missing = manifest.entries().filter(|entry| expected.contains(&entry.path()));
        repair.missing = missing.map(|entry| entry.article.to_string()).collect();
        for article in &repair.missing {
            manifest.remove(article);
        }
    }
    Ok(repair)
}

/// Decides about a file that the manifest does not know.
fn sort_out(file: &Path, manifest: &mut Manifest, repair: &mut Repair) -> Result<(), Error> {
    let bytes = fs::read(file).map_err(Error::io("read", file))?;
    match decompress(&bytes).and_then(|text| describe(&text)) {
        Err(reason) => repair.unreadable.push((file.to_owned(), reason)),
        Ok(entry) if manifest.get(&entry.article).is_some() || manifest.was_removed(&entry.article) => {
            fs::remove_file(file).map_err(Error::io("remove", file))?;
            repair.superseded += 1;
        }
        Ok(entry) if !file.ends_with(entry.path()) => {
            let reason = "does not hold what its name says".to_owned();
            repair.unreadable.push((file.to_owned(), reason));
        }
        Ok(entry) => {
            manifest.insert(entry);
            repair.adopted += 1;
        }
    }
    Ok(())
}

/// Removes the temporary files beside the manifest.
fn remove_temporary(path: &Path, repair: &mut Repair) -> Result<(), Error> {
    for file in list(path)?.into_iter().filter(|file| is_temporary(file)) {
        fs::remove_file(&file).map_err(Error::io("remove", &file))?;
        repair.temporary += 1;
    }
    Ok(())
}

fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(TEMPORARY))
}

/// What a folder holds, in order; nothing where there is no folder.
pub(super) fn list(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(Error::io("list", folder))?,
    };
    let paths: io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(Error::io("list", folder))?;
    paths.sort_unstable();
    Ok(paths)
}
