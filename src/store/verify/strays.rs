//! Packs that lie in a graph folder and that its manifest does not name.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::pack::list_packs;
use super::super::{Error, Folder};
use super::Finding;

/// The stray packs of a folder, by their paths in it.
pub(super) struct Strays(BTreeSet<Arc<str>>);

impl Strays {
    /// Those that are there now. Some may belong to a writer that has not named them yet.
    pub(super) fn of(folder: &Folder) -> Result<Self, Error> {
        let mut packs: BTreeSet<Arc<str>> =
            list_packs(folder.path())?.into_iter().map(|file| file.path).collect();
        // Read after the packs: what was named meanwhile is none.
        for entry in Folder::open(folder.path())?.manifest().in_any_order() {
            packs.remove(&entry.pack);
        }
        Ok(Self(packs))
    }

    /// Those that were there `before` and still are.
    pub(super) fn findings(&self, before: &Self) -> Vec<Finding> {
        let finding = |path: &Arc<str>| Finding {
            article: String::new(),
            about: format!("`{path}`"),
            problem: "is named nowhere in the manifest; the next `tidings ingest` takes it in or removes it"
                .to_owned(),
        };
        self.0.intersection(&before.0).map(finding).collect()
    }
}
