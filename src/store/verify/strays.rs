//! Files of articles that lie in a graph folder and that its manifest does not name.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::super::repair::list;
use super::super::{Entry, Error, Folder};
use super::Finding;

/// The stray files of a folder, by their paths in it.
pub(super) struct Strays(BTreeSet<PathBuf>);

impl Strays {
    /// Those that are there now. Some may belong to a writer that has not named them yet.
    pub(super) fn of(folder: &Folder) -> Result<Self, Error> {
        let mut files = BTreeSet::new();
        for shard in list(&folder.path().join("articles"))?.into_iter().filter(|shard| shard.is_dir()) {
            files.extend(list(&shard)?.into_iter().filter_map(|file| {
                let is_article = file.to_string_lossy().ends_with(".nq.gz");
                is_article.then(|| file.strip_prefix(folder.path()).ok().map(PathBuf::from)).flatten()
            }));
        }
        // Read after the files: what was named meanwhile is none.
        for path in Folder::open(folder.path())?.manifest().entries().map(Entry::path) {
            files.remove(&path);
        }
        Ok(Self(files))
    }

    /// Those that were there `before` and still are.
    pub(super) fn findings(&self, before: &Self) -> Vec<Finding> {
        let finding = |path: &PathBuf| Finding {
            article: String::new(),
            about: format!("`{}`", path.display()),
            problem: "is named nowhere in the manifest; the next `tidings ingest` takes it in or removes it"
                .to_owned(),
        };
        self.0.intersection(&before.0).map(finding).collect()
    }
}
