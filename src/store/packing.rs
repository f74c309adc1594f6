//! How a writer lays articles out in packs.
//!
//! New articles make a pack. It takes in the smallest packs that there are, each as long as it is no larger than all that
//! is in already: so of the small packs each is larger than all smaller ones together, there are about a dozen at most,
//! and an article that is moved comes to lie in a pack of twice the size: a dozen times at most. What is moved is copied
//! as it is, compressed.

use std::fs;
use std::sync::Arc;

use super::article_file::EncodedArticle;
use super::folder::read_text;
use super::pack::{Draft, FULL, Holding, OLD, PACKS};
use super::whole_file::{remove, replace, sync_folder};
use super::{Entry, Error, FolderWriter};

impl FolderWriter {
    /// Stores articles, but for those that are stored as they are.
    pub(super) fn store(&mut self, articles: impl Iterator<Item = EncodedArticle>) -> Result<(), Error> {
        let mut draft = Draft::default();
        for EncodedArticle { entry, bytes } in articles {
            if !self.is_whole(&entry) {
                draft.add(entry, &bytes);
            }
        }
        if draft.is_empty() { Ok(()) } else { self.write_with_small(draft, Vec::new()) }
    }

    /// Whether an article is stored like this, and can be read: one that is damaged is stored anew.
    fn is_whole(&self, entry: &Entry) -> bool {
        let stored = self.manifest.get(&entry.article).filter(|old| old.file_digest == entry.file_digest);
        stored.is_some_and(|stored| read_text(&self.path, stored).is_ok())
    }

    /// Takes note that an article of a pack does not count any more.
    pub(super) fn is_dead(&mut self, old: &Entry) {
        if let Some(holding) = self.packs.get_mut(&old.pack) {
            holding.live -= u64::from(old.length);
        }
    }

    /// Writes packs that hold replaced or removed articles anew without them; gives how many there were.
    pub(super) fn drop_dead(&mut self) -> Result<usize, Error> {
        let has_dead = |holding: &Holding| holding.live < holding.size;
        let dead: Vec<Arc<str>> = self
            .packs
            .iter()
            .filter(|(_, holding)| has_dead(holding))
            .map(|(path, _)| Arc::clone(path))
            .collect();
        self.rewrite(&dead)?;
        Ok(dead.len())
    }

    /// Makes packs of the files that an older version made, one an article; gives how many there were.
    pub(super) fn migrate(&mut self) -> Result<usize, Error> {
        let is_old = |path: &&Arc<str>| path.split('/').next() == Some(OLD);
        let files: Vec<Arc<str>> = self.packs.keys().filter(is_old).cloned().collect();
        self.rewrite(&files)?;
        let old = self.path.join(OLD);
        if old.is_dir() {
            // What is left in them is nobody's, and was told of.
            for shard in super::pack::list(&old)? {
                let _ = fs::remove_dir(shard);
            }
            let _ = fs::remove_dir(old);
        }
        Ok(files.len())
    }

    /// Moves what counts in the packs `old`, which are in order, to other packs, and removes them.
    fn rewrite(&mut self, old: &[Arc<str>]) -> Result<(), Error> {
        if old.is_empty() {
            return Ok(());
        }
        let rows = self.manifest.rows(|pack| old.binary_search_by(|other| (**other).cmp(pack)).is_ok());
        let mut rest = &rows[..];
        let mut draft = Draft::default();
        let mut emptied = Vec::new();
        for pack in old {
            let live = self.packs.get(pack).map_or(0, |holding| holding.live) as usize;
            if !draft.is_empty() && draft.len() + live > 2 * FULL {
                self.write(std::mem::take(&mut draft), std::mem::take(&mut emptied))?;
            }
            // Rows stay what they are when the manifest gets other places for them.
            let here = rest.iter().take_while(|&&row| self.manifest.row(row).pack == *pack).count();
            let (rows, others) = rest.split_at(here);
            self.copy(rows, &mut draft)?;
            rest = others;
            emptied.push(Arc::clone(pack));
            if draft.len() >= FULL {
                self.write(std::mem::take(&mut draft), std::mem::take(&mut emptied))?;
            }
        }
        if draft.is_empty() { self.take_away(&emptied) } else { self.write_with_small(draft, emptied) }
    }

    /// Copies articles that lie in one pack, by their rows in the manifest.
    fn copy(&self, rows: &[u32], draft: &mut Draft) -> Result<(), Error> {
        let Some(&first) = rows.first() else { return Ok(()) };
        let path = self.path.join(self.manifest.row(first).path());
        let bytes = fs::read(&path).map_err(Error::io("read", &path))?;
        for &row in rows {
            let entry = self.manifest.row(row);
            let member =
                bytes.get(entry.offset as usize..entry.end() as usize).ok_or_else(|| Error::Damaged {
                    path: path.clone(),
                    article: entry.article.to_string(),
                    reason: "it ends before the place of the article".to_owned(),
                })?;
            draft.add(entry.clone(), member);
        }
        Ok(())
    }

    /// Writes a pack that takes in small ones. `emptied` are packs whose articles that count are in the draft already.
    fn write_with_small(&mut self, mut draft: Draft, mut emptied: Vec<Arc<str>>) -> Result<(), Error> {
        let is_small = |(path, holding): &(&Arc<str>, &Holding)| {
            (holding.live as usize) < FULL && !emptied.contains(path)
        };
        let mut small: Vec<(u64, Arc<str>)> = self
            .packs
            .iter()
            .filter(is_small)
            .map(|(path, holding)| (holding.live, Arc::clone(path)))
            .collect();
        small.sort_unstable();
        let mut len = draft.len() as u64;
        let mut taken: Vec<Arc<str>> = Vec::new();
        for (live, path) in small {
            if len >= FULL as u64 || live > len {
                break;
            }
            len += live;
            taken.push(path);
        }
        if !taken.is_empty() {
            // One that is stored anew is in the draft already.
            let rows = self.manifest.rows(|pack| taken.iter().any(|taken| **taken == *pack));
            let rows: Vec<u32> =
                rows.into_iter().filter(|&row| !draft.holds(&self.manifest.row(row).article)).collect();
            for rows in rows.chunk_by(|&a, &b| self.manifest.row(a).pack == self.manifest.row(b).pack) {
                self.copy(rows, &mut draft)?;
            }
            emptied.extend(taken);
        }
        self.write(draft, emptied)
    }

    /// Writes a pack, has the manifest say what lies in it, and removes the packs that it makes needless.
    fn write(&mut self, draft: Draft, emptied: Vec<Arc<str>>) -> Result<(), Error> {
        let (path, bytes, members) = draft.close();
        let folder = self.path.join(PACKS);
        if !folder.is_dir() {
            fs::create_dir_all(&folder).map_err(Error::io("make", &folder))?;
            sync_folder(&self.path)?;
        }
        replace(&self.path.join(&*path), &bytes)?;
        let mut lines = String::new();
        for member in &members {
            member.write_line(&mut lines);
        }
        self.append(&lines, members.len())?;
        for member in members {
            if let Some(old) = self.manifest.insert(member) {
                self.is_dead(&old);
            }
        }
        let size = bytes.len() as u64;
        self.packs.insert(Arc::clone(&path), Holding { size, live: size });
        let emptied: Vec<Arc<str>> = emptied.into_iter().filter(|emptied| *emptied != path).collect();
        self.take_away(&emptied)
    }

    /// Removes packs of which nothing counts any more.
    fn take_away(&mut self, packs: &[Arc<str>]) -> Result<(), Error> {
        for pack in packs {
            remove(&self.path.join(&**pack))?;
            self.packs.remove(pack);
        }
        if packs.is_empty() { Ok(()) } else { sync_folder(&self.path.join(PACKS)) }
    }
}
