//! The index of a graph folder: its quads in segments ([`crate::index`]), so that a question reads what it needs and not
//! the whole graph. It is only ever derived from the articles' files, and may be deleted at any time.
//!
//! ```text
//! KG/index/
//!   state.tsv      what made it, its segments with the graphs in them that count no more, and the articles in it
//!   00000001.seg   a segment; it never changes
//!   .lock          held by the one process that brings the index up to date
//! ```
//!
//! Articles that are gone or changed are noted as gone where they lie; new ones become a segment. As segments get more
//! they are merged so that each is at least four times as large as all behind it together: a few of them then hold any
//! number of articles. Replacing `state.tsv` is the last step, so whoever is killed when, the state before is whole.
//! Readers lock nothing: a segment that is mapped stays readable after it was removed.

mod listing;
mod state;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use self::listing::Listing;
use self::state::{SegmentLine, State};
use super::graph::{each_article, ontology};
use super::writer::{TEMPORARY, replace, sync_folder};
use super::{Entry, Error, Folder};
use crate::index::{Batch, BuildError, Part, Segment, Snapshot, merge};

/// The folder of the index inside the graph folder.
const FOLDER: &str = "index";
/// Inside it: what the index holds.
const STATE: &str = "state.tsv";
/// Quads that are collected in memory before they become a segment.
const BATCH: usize = 1_000_000;
/// A segment is at least so many times as large as all behind it.
const FACTOR: u64 = 4;

/// Opens the index of `folder`; makes it, or brings it up to date, where that is needed. `on_refresh` is called before, with
/// the number of articles to be read.
pub(super) fn open(
    folder: &Folder,
    threads: NonZeroUsize,
    on_refresh: impl Fn(usize),
) -> Result<Snapshot, Error> {
    let root = folder.path().join(FOLDER);
    let wanted = Listing::of(folder);
    if let Some((state, snapshot)) = read(&root, wanted.header())
        && state.listing == wanted
    {
        return Ok(snapshot);
    }
    fs::create_dir_all(&root).map_err(Error::io("make", &root))?;
    let _lock = lock(&root)?;
    // Another process may have brought it up to date while this one waited.
    let known = read(&root, wanted.header());
    let known = known.unwrap_or_else(|| (State::empty(wanted.header()), Snapshot::default()));
    if known.0.listing == wanted {
        return Ok(known.1);
    }
    let refreshed = Update::new(&root, known).make(folder, &wanted, threads, &on_refresh);
    match refreshed {
        // What is damaged is made anew, once.
        Err(Error::DamagedIndex { .. }) => {
            let empty = (State::empty(wanted.header()), Snapshot::default());
            Update::new(&root, empty).make(folder, &wanted, threads, &on_refresh)
        }
        made => made,
    }
}

/// The index at `root`; `None` where there is none that this program can use, or it is being changed.
fn read(root: &Path, header: &str) -> Option<(State, Snapshot)> {
    // A segment may be gone because the index was changed just now: then the state is another one.
    for _ in 0..3 {
        let text = fs::read_to_string(root.join(STATE)).ok()?;
        let state = State::parse(&text, header)?;
        let parts = state.segments.iter().map(|line| {
            let segment = Segment::open(&root.join(line.file()))?;
            let gone = line.gone.iter().copied().collect();
            Ok::<_, crate::index::Damaged>(Part { segment: Arc::new(segment), gone: Arc::new(gone) })
        });
        if let Ok(parts) = parts.collect() {
            return Some((state, Snapshot { parts }));
        }
    }
    None
}

/// Waits until this process is the one that changes the index.
fn lock(root: &Path) -> Result<File, Error> {
    let path = root.join(".lock");
    let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
    let lock = lock.map_err(Error::io("write", &path))?;
    lock.lock().map_err(Error::io("lock", &path))?;
    Ok(lock)
}

/// An index that is being brought up to date.
struct Update<'p> {
    root: &'p Path,
    state: State,
    snapshot: Snapshot,
}

impl<'p> Update<'p> {
    fn new(root: &'p Path, (state, snapshot): (State, Snapshot)) -> Self {
        Self { root, state, snapshot }
    }

    fn make(
        mut self,
        folder: &Folder,
        wanted: &Listing,
        threads: NonZeroUsize,
        on_refresh: &dyn Fn(usize),
    ) -> Result<Snapshot, Error> {
        let changes = self.state.listing.changes(wanted);
        on_refresh(changes.added.len());
        for article in &changes.removed {
            self.take_out(article)?;
        }
        let mut batch = Batch::default();
        if self.snapshot.parts.is_empty() {
            ontology().chain(folder.corrections().quads()).for_each(|quad| batch.add(quad.as_ref()));
        }
        let entries: Vec<&Entry> =
            changes.added.iter().filter_map(|article| folder.manifest().get(article)).collect();
        each_article(folder, &entries, threads, |stored| {
            stored.quads.iter().for_each(|quad| batch.add(quad.as_ref()));
            // What is noted is what was read: a writer may have replaced or removed one meanwhile.
            self.state.listing.insert(stored.article.as_str().into(), stored.file_digest);
            if batch.len() >= BATCH { self.add(std::mem::take(&mut batch)) } else { Ok(()) }
        })?;
        if !batch.is_empty() {
            self.add(batch)?;
        }
        self.merge()?;
        let path = self.root.join(STATE);
        replace(&path, self.state.to_text().as_bytes())?;
        self.clear()?;
        Ok(self.snapshot)
    }

    /// Notes that the graph of an article counts no more.
    fn take_out(&mut self, article: &str) -> Result<(), Error> {
        self.state.listing.remove(article);
        let name = oxigraph::model::NamedNode::new_unchecked(article);
        let Some(graph) = self.snapshot.id_of(&name)? else { return Ok(()) };
        for (part, line) in self.snapshot.parts.iter_mut().zip(&mut self.state.segments) {
            if part.segment.has_graph(graph)? && !part.gone.contains(&graph) {
                let mut gone: FxHashSet<u64> = (*part.gone).clone();
                gone.insert(graph);
                part.gone = Arc::new(gone);
                line.gone.insert(graph);
            }
        }
        Ok(())
    }

    fn add(&mut self, batch: Batch) -> Result<(), Error> {
        let snapshot = self.snapshot.clone();
        self.write(|out| batch.write(&snapshot, out))
    }

    /// Writes a segment, and opens it as the last one.
    fn write(
        &mut self,
        write: impl FnOnce(BufWriter<File>) -> Result<BufWriter<File>, BuildError>,
    ) -> Result<(), Error> {
        let line = SegmentLine::new(self.next_number()?);
        let path = self.root.join(line.file());
        let temporary = self.root.join(format!("{TEMPORARY}{}", line.file()));
        let file = File::create(&temporary).map_err(Error::io("write", &path))?;
        let written = write(BufWriter::with_capacity(1 << 16, file));
        let written = written.map_err(|error| match error {
            BuildError::Write(error) => Error::io("write", &path)(error),
            BuildError::Damaged(damaged) => damaged.into(),
        });
        let stored = written.and_then(|out| {
            let file = out.into_inner().map_err(|error| Error::io("write", &path)(error.into_error()))?;
            file.sync_data().and_then(|()| fs::rename(&temporary, &path)).map_err(Error::io("write", &path))
        });
        if let Err(error) = stored {
            // Best effort, to give back the room.
            let _ = fs::remove_file(&temporary);
            return Err(error);
        }
        sync_folder(self.root)?;
        let segment = Segment::open(&path)?;
        self.snapshot.parts.push(Part { segment: Arc::new(segment), gone: Arc::default() });
        self.state.segments.push(line);
        Ok(())
    }

    /// A number that no file has.
    fn next_number(&self) -> Result<u32, Error> {
        let used = self.files()?.into_iter().filter_map(|path| SegmentLine::number_of(&path));
        Ok(used.max().map_or(1, |last| last + 1))
    }

    /// Makes one of the last segments that are small beside each other, or of which most is gone.
    fn merge(&mut self) -> Result<(), Error> {
        let live = |part: &Part| -> Result<u64, Error> { Ok(part.live_quads()?) };
        let sizes: Vec<u64> = self.snapshot.parts.iter().map(live).collect::<Result<_, _>>()?;
        let Some(first) = first_to_merge(&sizes, |at| self.snapshot.parts[at].quads()) else { return Ok(()) };
        let parts = self.snapshot.parts.split_off(first);
        self.state.segments.truncate(first);
        self.write(|out| merge(&parts, out))
    }

    /// Removes what is no part of the index any more.
    fn clear(&self) -> Result<(), Error> {
        let used: FxHashSet<PathBuf> =
            self.state.segments.iter().map(|line| self.root.join(line.file())).collect();
        for path in self.files()? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_old = SegmentLine::number_of(&path).is_some() && !used.contains(&path);
            if is_old || name.starts_with(TEMPORARY) {
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(Error::io("remove", &path)(error));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn files(&self) -> Result<Vec<PathBuf>, Error> {
        let entries = fs::read_dir(self.root).map_err(Error::io("list", self.root))?;
        entries.map(|entry| Ok(entry.map_err(Error::io("list", self.root))?.path())).collect()
    }
}

/// The first of the last segments that are to become one: behind it each is less than [`FACTOR`] times as large as all that
/// follow it, or half of it is gone. `sizes` are the quads that count, `all` gives those that lie there.
fn first_to_merge(sizes: &[u64], all: impl Fn(usize) -> u64) -> Option<usize> {
    let mut first = sizes.len().checked_sub(1)?;
    let half_gone = (0..sizes.len()).find(|at| sizes[*at] * 2 < all(*at));
    let mut total = sizes[first];
    while first > 0 && sizes[first - 1] < FACTOR * total {
        first -= 1;
        total += sizes[first];
    }
    let first = half_gone.map_or(first, |at| at.min(first));
    (half_gone.is_some() || first + 1 < sizes.len()).then_some(first)
}

#[cfg(test)]
mod tests;
