//! The manifest: a journal in lines of tab-separated fields, appended to while articles are stored and now and then
//! rewritten in order, so that storing one article among a million costs a line or two.
//!
//! ```text
//! tidings-manifest 2 GENERATION
//! +  IRI  content digest  file digest  made by  quads  pack  offset  length
//! -  IRI
//! ```
//!
//! Later lines win. A last line without its line feed was cut off by a crash and does not count. The generation is another
//! one whenever the file is rewritten: as long as it is the same, all that happened lies behind what was there before, and
//! generation and length together ([`State`]) tell one state of a folder from all others.
//!
//! Version 1, of folders with a file an article, has neither generation nor offset and length.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, DefaultHasher, Hasher as _, RandomState};
use std::io::{self, BufRead, Write};
use std::sync::Arc;

use super::article_file::{hex, unhex};
use super::entry::{Content, Entry};
use super::pack;

/// What the first line starts with.
const HEADER: &str = "tidings-manifest 2";
/// First line of version 1.
const HEADER_1: &str = "tidings-manifest 1";

/// The articles of a graph folder, by IRI.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// As they came; each IRI once, also of articles that were removed.
    entries: Vec<Entry>,
    slots: Slots,
    /// What made the graphs: few words that all entries share.
    makers: Vec<Arc<str>>,
    /// How many were removed.
    removed: usize,
    /// Lines that a rewritten manifest would not have.
    superseded: usize,
    /// `entries` are not ordered by IRI.
    is_unordered: bool,
    state: State,
    /// Written by a version with a file an article.
    is_old: bool,
}

/// Tells one state of a graph folder's articles from all others, at the cost of reading one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Another one whenever the manifest is rewritten; 0 of version 1, and of a manifest that was never written.
    pub generation: u64,
    /// Bytes of the manifest that are whole lines.
    pub length: u64,
}

/// Why there is no manifest.
#[derive(Debug)]
pub(super) enum Unreadable {
    Io(io::Error),
    /// A line, from 1, that is not one of a manifest, and why.
    Line(usize, String),
}

impl Manifest {
    /// Reads the lines of a manifest.
    pub(super) fn read(mut input: impl BufRead) -> Result<Self, Unreadable> {
        let mut manifest = Self::default();
        let mut names = Names::default();
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            input.read_until(b'\n', &mut line).map_err(Unreadable::Io)?;
            let Some((b'\n', text)) = line.split_last() else { break };
            let bad = |reason: &str| Unreadable::Line(number, reason.to_owned());
            let text = str::from_utf8(text).map_err(|_| bad("it is not text"))?;
            if number == 1 {
                manifest.is_old = text == HEADER_1;
                if !manifest.is_old {
                    let generation = text.strip_prefix(HEADER).and_then(|rest| unhex(rest.trim_start()));
                    let generation = generation.ok_or_else(|| {
                        bad(&format!("expected `{HEADER}` and a generation of 16 hexadecimal digits"))
                    })?;
                    manifest.state.generation = u64::from_be_bytes(generation);
                }
            } else if let Some(article) = text.strip_prefix("-\t") {
                manifest.remove(article);
            } else {
                let entry = names.entry(text, manifest.is_old).map_err(bad)?;
                manifest.insert(entry);
            }
            manifest.state.length += line.len() as u64;
        }
        Ok(manifest)
    }

    /// Writes the manifest in order, without what was superseded, under a new generation. Removed articles are named as
    /// long as they are kept in mind.
    pub(super) fn write(&mut self, out: &mut impl Write) -> io::Result<()> {
        const AT_ONCE: usize = 1 << 20;
        // Random keys, as every hash map has them: no two generations are the same.
        let generation = RandomState::new().build_hasher().finish();
        let mut text = format!("{HEADER} {}\n", hex(&generation.to_be_bytes()));
        let mut length = 0;
        for entry in self.entries() {
            entry.write_line(&mut text);
            if text.len() >= AT_ONCE {
                length += text.len() as u64;
                out.write_all(text.as_bytes())?;
                text.clear();
            }
        }
        for entry in self.entries.iter().filter(|entry| !entry.is_live) {
            text.push_str(&Self::removal(&entry.article));
        }
        out.write_all(text.as_bytes())?;
        length += text.len() as u64;
        self.state = State { generation, length };
        self.superseded = 0;
        self.is_old = false;
        Ok(())
    }

    /// The line that removes `article`.
    pub(super) fn removal(article: &str) -> String {
        let mut line = String::new();
        writeln!(line, "-\t{article}").expect("writing to a string succeeds");
        line
    }

    /// Whether so much was superseded that rewriting costs less than carrying it on: always in a small folder, which is
    /// then pleasant to read, and once in every eighth of the articles in a large one.
    pub(super) fn wants_rewriting(&self, appended: usize) -> bool {
        const SMALL: usize = 10_000;
        let lines = appended + self.superseded;
        self.is_old || lines > 0 && (self.len() < SMALL || lines > self.len() / 8)
    }

    /// Adds or replaces; gives what was replaced.
    pub(super) fn insert(&mut self, mut entry: Entry) -> Option<Entry> {
        match self.makers.iter().find(|maker| Arc::ptr_eq(maker, &entry.made_by) || **maker == entry.made_by)
        {
            Some(maker) => entry.made_by = Arc::clone(maker),
            None => self.makers.push(Arc::clone(&entry.made_by)),
        }
        let last = self.entries.last();
        // In a manifest that is in order none has to be looked for.
        let is_last = !self.is_unordered && last.is_none_or(|last| last.article < entry.article);
        let known = if is_last { None } else { self.slots.find(&self.entries, &entry.article) };
        if let Some(at) = known {
            let mut old = std::mem::replace(&mut self.entries[at], entry);
            // The name that is known already is kept, so that it is there once.
            std::mem::swap(&mut old.article, &mut self.entries[at].article);
            self.superseded += 1;
            self.removed -= usize::from(!old.is_live);
            old.is_live.then_some(old)
        } else {
            self.is_unordered |= !is_last;
            self.slots.add(self.entries.len(), &entry.article);
            self.entries.push(entry);
            None
        }
    }

    /// Removes; gives what was removed.
    pub(super) fn remove(&mut self, article: &str) -> Option<Entry> {
        self.superseded += 1;
        if let Some(at) = self.slots.find(&self.entries, article) {
            let entry = &mut self.entries[at];
            if !entry.is_live {
                return None;
            }
            let old = entry.clone();
            entry.is_live = false;
            self.superseded += 1;
            self.removed += 1;
            return Some(old);
        }
        // Kept in mind, so that nobody takes it for an article that was never there.
        let gone = Entry::unplaced(article, Content::new("-").expect("a word"), [0; 16], "", 0);
        self.insert(Entry { is_live: false, ..gone });
        self.removed += 1;
        None
    }

    /// Whether the journal says that `article` was removed.
    pub(super) fn was_removed(&self, article: &str) -> bool {
        self.slots.find(&self.entries, article).is_some_and(|at| !self.entries[at].is_live)
    }

    /// Forgets which articles were removed: once nothing is left of them in any file.
    pub(super) fn forget_removed(&mut self) {
        if self.removed > 0 {
            self.retain(|entry| entry.is_live);
        }
    }

    /// Forgets the other entries, as if there had never been any.
    pub(super) fn retain(&mut self, keep: impl FnMut(&Entry) -> bool) {
        self.entries.retain(keep);
        self.removed = self.entries.iter().filter(|entry| !entry.is_live).count();
        self.slots = Slots::default();
        for (at, entry) in self.entries.iter().enumerate() {
            self.slots.add(at, &entry.article);
        }
    }

    /// Sets the lengths of those that have none: `length` gives that of a file.
    pub(super) fn set_lengths(&mut self, length: impl Fn(&str) -> u64) {
        for entry in self.entries.iter_mut().filter(|entry| entry.is_live && entry.length == 0) {
            entry.length = u32::try_from(length(&entry.pack)).unwrap_or(0);
        }
    }

    /// The entry that came as number `row`; the rows of the articles in a pack are given by [`Self::rows`].
    pub(super) fn row(&self, row: u32) -> &Entry {
        &self.entries[row as usize]
    }

    /// The rows of the articles whose packs are chosen, pack by pack and in the order of their places.
    pub(super) fn rows(&self, chosen: impl Fn(&str) -> bool) -> Vec<u32> {
        let is_chosen = |entry: &Entry| entry.is_live && chosen(&entry.pack);
        let mut rows: Vec<u32> =
            (0..).zip(&self.entries).filter(|(_, entry)| is_chosen(entry)).map(|(row, _)| row).collect();
        let place = |row: u32| (&self.row(row).pack, self.row(row).offset);
        rows.sort_unstable_by(|&a, &b| place(a).cmp(&place(b)));
        rows
    }

    /// Takes note of what was appended to the file.
    pub(super) fn appended(&mut self, bytes: u64) {
        self.state.length += bytes;
    }

    /// What is known of `article`.
    pub fn get(&self, article: &str) -> Option<&Entry> {
        self.slots.find(&self.entries, article).map(|at| &self.entries[at]).filter(|entry| entry.is_live)
    }

    /// All entries, ordered by IRI.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        let mut entries: Vec<&Entry> = self.in_any_order().collect();
        if self.is_unordered {
            // Most of them are in order; this kind of sorting makes use of it.
            entries.sort_by(|a, b| a.article.cmp(&b.article));
        }
        entries.into_iter()
    }

    /// All entries, pack by pack and in the order of their places: the quickest order to read them all in.
    pub fn entries_by_place(&self) -> impl ExactSizeIterator<Item = &Entry> {
        let mut entries: Vec<&Entry> = self.in_any_order().collect();
        entries.sort_unstable_by(|a, b| (&a.pack, a.offset).cmp(&(&b.pack, b.offset)));
        entries.into_iter()
    }

    /// All entries, in no order, without sorting them first.
    pub(super) fn in_any_order(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.is_live)
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.entries.len() - self.removed
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of quads of all articles.
    pub fn quads(&self) -> u64 {
        self.in_any_order().map(|entry| entry.quads).sum()
    }

    /// Which state of the folder it is.
    pub fn state(&self) -> State {
        self.state
    }

    /// Whether it was written by a version with a file an article.
    pub(super) fn is_old(&self) -> bool {
        self.is_old
    }
}

impl State {
    /// The state that the first line of a manifest of `length` bytes tells; nothing of other files.
    pub(super) fn of_header(line: &str, length: u64) -> Option<Self> {
        let generation = if line == HEADER_1 {
            0
        } else {
            u64::from_be_bytes(unhex(line.strip_prefix(HEADER)?.trim_start())?)
        };
        Some(Self { generation, length })
    }
}

/// Names that many entries share.
#[derive(Default)]
struct Names {
    known: HashSet<Arc<str>>,
    /// What made the last article.
    made_by: Arc<str>,
}

impl Names {
    fn share(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.known.get(name) {
            return Arc::clone(known);
        }
        let name: Arc<str> = name.into();
        self.known.insert(Arc::clone(&name));
        name
    }

    /// Reads a line that adds an article; the error is a phrase.
    fn entry(&mut self, line: &str, is_old: bool) -> Result<Entry, &'static str> {
        let mut fields = line.split('\t');
        let mut next = || fields.next();
        let (Some("+"), Some(article), Some(content), Some(file), Some(made_by), Some(quads), Some(path)) =
            (next(), next(), next(), next(), next(), next(), next())
        else {
            return Err("expected `+` and its fields, or `-` and an IRI");
        };
        let (offset, length) = match (is_old, next(), next(), next()) {
            (true, None, None, None) => (0, 0),
            (false, Some(offset), Some(length), None) => {
                let number = |text: &str| text.parse().map_err(|_| "its place in the pack is not one");
                (number(offset)?, number(length)?)
            }
            _ => return Err("it has not as many fields as such a line has"),
        };
        if !pack::is_path(path) {
            return Err("its file does not lie in the folder");
        }
        Ok(Entry {
            article: article.into(),
            content: Content::new(content).ok_or("its content digest is not one")?,
            file_digest: unhex(file).ok_or("its file digest is not one")?,
            made_by: {
                if *self.made_by != *made_by {
                    self.made_by = self.share(made_by);
                }
                Arc::clone(&self.made_by)
            },
            quads: quads.parse().map_err(|_| "its number of quads is not one")?,
            // Old files are named once each.
            pack: if is_old { path.into() } else { self.share(path) },
            offset,
            length,
            is_live: true,
        })
    }
}

/// Where the entry of an IRI stands: a hash table with linear probing, never more than three quarters full. Each slot has a
/// position and the hash of the IRI there.
#[derive(Clone, Debug, Default)]
struct Slots {
    slots: Vec<(u32, u32)>,
    used: usize,
}

impl Slots {
    const FREE: u32 = u32::MAX;

    fn hash(article: &str) -> u32 {
        let mut hasher = DefaultHasher::new();
        hasher.write(article.as_bytes());
        hasher.finish() as u32
    }

    fn find(&self, entries: &[Entry], article: &str) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let hash = Self::hash(article);
        let mut slot = hash as usize & mask;
        while self.slots[slot].0 != Self::FREE {
            let (at, other) = self.slots[slot];
            if other == hash && *entries[at as usize].article == *article {
                return Some(at as usize);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    /// Adds an IRI that is not there yet.
    fn add(&mut self, at: usize, article: &str) {
        if (self.used + 1) * 4 > self.slots.len() * 3 {
            let twice = vec![(Self::FREE, 0); (self.slots.len() * 2).max(16)];
            for slot in std::mem::replace(&mut self.slots, twice) {
                if slot.0 != Self::FREE {
                    self.put(slot);
                }
            }
        }
        let at = u32::try_from(at).expect("a folder has fewer than four thousand million articles");
        self.put((at, Self::hash(article)));
        self.used += 1;
    }

    fn put(&mut self, entry: (u32, u32)) {
        let mask = self.slots.len() - 1;
        let mut slot = entry.1 as usize & mask;
        while self.slots[slot].0 != Self::FREE {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = entry;
    }
}

#[cfg(test)]
mod tests;
