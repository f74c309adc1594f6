//! Clears away what an interrupted run left behind in a graph folder.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::manifest::Manifest;
use super::pack::{Holding, OLD, PACKS, PackFile, Packs, is_temporary, list, list_packs, members};
use super::{Error, own_ontology, whole_file};

/// What was found and mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repair {
    /// Half-written files, removed.
    pub temporary: usize,
    /// Packs of which no article counts any more, or not yet; removed.
    pub superseded: usize,
    /// Packs that held replaced or removed articles too; written anew without them.
    pub rewritten: usize,
    /// Whole articles that the manifest did not know; taken in.
    pub adopted: usize,
    /// Articles that are gone with their pack, or with its end; dropped, to be ingested again.
    pub missing: Vec<String>,
    /// Files that can't be read and that the manifest does not know, with the reason; left as they are.
    pub unreadable: Vec<(PathBuf, String)>,
    /// The manifest's last line had been cut off.
    pub cut_line: bool,
    /// Articles of a folder of an older version, each in a file of its own, that were put into packs. Nothing was in
    /// disorder.
    pub migrated: usize,
}

impl Repair {
    /// Whether all was in order.
    pub fn is_nothing(&self) -> bool {
        Self { migrated: 0, ..self.clone() } == Self::default()
    }

    pub(super) fn changes_manifest(&self) -> bool {
        self.adopted > 0 || !self.missing.is_empty() || self.cut_line
    }
}

impl fmt::Display for Repair {
    /// One line a finding, without a line feed at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Articles that are named.
        const NAMED: usize = 10;
        let Self { temporary, superseded, rewritten, adopted, missing, unreadable, cut_line, migrated: _ } =
            self;
        let mut lines = Vec::new();
        for (count, one, many) in [
            (temporary, "removed {} half-written file", "removed {} half-written files"),
            (superseded, "removed {} file of other versions", "removed {} files of other versions"),
            (rewritten, "cleaned {} file of other versions", "cleaned {} files of other versions"),
            (
                adopted,
                "took in {} article that the manifest did not know",
                "took in {} articles that the manifest did not know",
            ),
        ] {
            if *count > 0 {
                lines.push(if *count == 1 { one } else { many }.replace("{}", &count.to_string()));
            }
        }
        if *cut_line {
            lines.push("dropped the manifest's last line, which had been cut off".to_owned());
        }
        lines.extend(
            missing.iter().take(NAMED).map(|article| {
                format!("dropped <{article}>, whose file is gone or cut off; ingest it again")
            }),
        );
        if missing.len() > NAMED {
            lines.push(format!("and {} other articles like that", missing.len() - NAMED));
        }
        lines.extend(unreadable.iter().map(|(path, reason)| {
            format!("`{}` is no part of the graph and {reason}; delete it", path.display())
        }));
        f.write_str(&lines.join("\n"))
    }
}

/// Compares the packs of the folder at `path` with its manifest, and mends both; gives the packs that there are then.
pub(super) fn repair(path: &Path, manifest: &mut Manifest) -> Result<(Repair, Packs), Error> {
    let mut repair = Repair::default();
    own_ontology::repair(path)?;
    remove_temporary(path, &mut repair)?;
    let mut files = list_packs(path)?;
    let sizes: HashMap<Arc<str>, u64> =
        files.iter().map(|file| (Arc::clone(&file.path), file.size)).collect();
    let missing = manifest
        .in_any_order()
        .filter(|entry| !sizes.get(&entry.pack).is_some_and(|&size| size > 0 && entry.end() <= size));
    repair.missing = missing.map(|entry| entry.article.to_string()).collect();
    repair.missing.sort_unstable();
    if !repair.missing.is_empty() {
        manifest.retain(|entry| {
            repair.missing.binary_search_by(|article| (**article).cmp(&entry.article)).is_err()
        });
    }
    manifest.set_lengths(|pack| sizes.get(pack).copied().unwrap_or(0));
    let mut packs: Packs =
        sizes.iter().map(|(path, &size)| (Arc::clone(path), Holding { size, live: 0 })).collect();
    for entry in manifest.in_any_order() {
        if let Some(holding) = packs.get_mut(&entry.pack) {
            holding.live += u64::from(entry.length);
        }
    }
    // Where two packs have an article that the manifest does not know, the one that was written last counts.
    files.sort_by_key(|file| std::cmp::Reverse(file.modified));
    let mut gaps = Gaps::of(manifest, &packs);
    for file in files {
        let holding = packs.get_mut(&file.path).expect("it is one of the packs");
        if holding.live < holding.size {
            adopt(path, &file, &mut gaps, manifest, holding, &mut repair)?;
            if holding.live == 0 {
                packs.remove(&file.path);
            }
        }
    }
    // An article that is missing in one pack may be in another.
    repair.missing.retain(|article| manifest.get(article).is_none());
    Ok((repair, packs))
}

/// The places of the articles in packs that hold other things too.
struct Gaps(HashMap<Arc<str>, Vec<(usize, usize)>>);

impl Gaps {
    fn of(manifest: &Manifest, packs: &Packs) -> Self {
        let mut places: HashMap<Arc<str>, Vec<(usize, usize)>> = HashMap::new();
        for row in manifest.rows(|pack| packs.get(pack).is_some_and(|holding| holding.live < holding.size)) {
            let entry = manifest.row(row);
            let place = (entry.offset as usize, entry.end() as usize);
            places.entry(Arc::clone(&entry.pack)).or_default().push(place);
        }
        Self(places)
    }

    /// The stretches of a pack of `size` bytes that no article of the manifest lies in.
    fn take(&mut self, pack: &str, size: usize) -> Vec<(usize, usize)> {
        let mut gaps = Vec::new();
        let mut at = 0;
        for (start, end) in self.0.remove(pack).unwrap_or_default() {
            if start > at {
                gaps.push((at, start));
            }
            at = at.max(end);
        }
        if at < size {
            gaps.push((at, size));
        }
        gaps
    }
}

/// Takes in what a pack holds beside the articles that the manifest knows in it; removes the pack if nothing in it counts.
fn adopt(
    path: &Path,
    file: &PackFile,
    gaps: &mut Gaps,
    manifest: &mut Manifest,
    holding: &mut Holding,
    repair: &mut Repair,
) -> Result<(), Error> {
    let full_path = path.join(&*file.path);
    let bytes = fs::read(&full_path).map_err(Error::io("read", &full_path))?;
    let mut unreadable = None;
    for (start, end) in gaps.take(&file.path, bytes.len()) {
        let Some(stretch) = bytes.get(start..end) else { continue };
        for member in members(&file.path, stretch, start) {
            match member {
                Err(reason) => unreadable = unreadable.or(Some(reason)),
                Ok(entry)
                    if manifest.get(&entry.article).is_some() || manifest.was_removed(&entry.article) => {}
                Ok(entry) => {
                    holding.live += u64::from(entry.length);
                    manifest.insert(entry);
                    repair.adopted += 1;
                }
            }
        }
    }
    if holding.live == 0 {
        if let Some(reason) = unreadable {
            repair.unreadable.push((full_path, reason));
        } else {
            whole_file::remove(&full_path)?;
            repair.superseded += 1;
        }
    }
    Ok(())
}

/// Removes the temporary files beside the manifest and the packs.
fn remove_temporary(path: &Path, repair: &mut Repair) -> Result<(), Error> {
    let mut folders = vec![path.to_owned(), path.join(PACKS)];
    folders.extend(list(&path.join(OLD))?.into_iter().filter(|shard| shard.is_dir()));
    for folder in folders {
        for file in list(&folder)?.into_iter().filter(|file| is_temporary(file)) {
            whole_file::remove(&file)?;
            repair.temporary += 1;
        }
    }
    Ok(())
}
