//! Makes segments: of quads that are collected in memory, or of several segments that become one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Write};
use std::sync::Arc;

use oxigraph::model::{GraphNameRef, QuadRef};
use rustc_hash::FxHashMap;

use super::dictionary::DictionaryWriter;
use super::order::{Cursor, Order, Tuple, TuplesWriter};
use super::pages::PageWriter;
use super::segment::{GraphEntry, Sections, Size, finish};
use super::snapshot::{Part, Snapshot};
use super::term::encode;
use super::{BuildError, Damaged, Id};

/// The default graph's number in a batch, where terms count from 0.
const DEFAULT: u32 = u32::MAX;

/// Quads that are collected to become a segment.
#[derive(Default)]
pub(crate) struct Batch {
    terms: FxHashMap<Box<[u8]>, u32>,
    quads: Vec<[u32; 4]>,
    buffer: Vec<u8>,
    /// The last term of each part of a quad: neighbours often share it.
    last: [(Vec<u8>, u32); 4],
}

impl Batch {
    /// Number of quads, not counted which of them are the same.
    pub(crate) fn len(&self) -> usize {
        self.quads.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.quads.is_empty()
    }

    /// Adds a quad.
    pub(crate) fn add(&mut self, quad: QuadRef<'_>) {
        let graph = match quad.graph_name {
            GraphNameRef::DefaultGraph => None,
            GraphNameRef::NamedNode(node) => Some(node.into()),
            GraphNameRef::BlankNode(node) => Some(node.into()),
        };
        let terms = [Some(quad.subject.into()), Some(quad.predicate.into()), Some(quad.object), graph];
        let mut numbers = [DEFAULT; 4];
        for (at, term) in terms.into_iter().enumerate() {
            let Some(term) = term else { continue };
            self.buffer.clear();
            encode(term, &mut self.buffer);
            let last = &mut self.last[at];
            if last.0 != self.buffer {
                last.1 = if let Some(number) = self.terms.get(self.buffer.as_slice()) {
                    *number
                } else {
                    let number = self.terms.len() as u32;
                    self.terms.insert(self.buffer.as_slice().into(), number);
                    number
                };
                std::mem::swap(&mut last.0, &mut self.buffer);
            }
            numbers[at] = last.1;
        }
        self.quads.push(numbers);
    }

    /// Writes a segment that stands on those of `before`: terms that they have keep their numbers.
    pub(crate) fn write<W: Write>(self, before: &Snapshot, out: W) -> Result<W, BuildError> {
        let base = before.next_id();
        let mut out = PageWriter::new(out);
        let mut sections = Sections::default();
        let mut terms: Vec<(Box<[u8]>, u32)> = self.terms.into_iter().collect();
        terms.sort_unstable();
        let mut ids = vec![0; terms.len()];
        let mut dictionary = DictionaryWriter::new(&out);
        let mut new = 0;
        for (term, number) in terms {
            ids[number as usize] = if let Some(id) = before.id(&term)? {
                id
            } else {
                dictionary.push(&term, &mut out)?;
                new += 1;
                base + new - 1
            };
        }
        dictionary.finish(&[], &mut out, &mut sections)?;
        let id = |number: u32| if number == DEFAULT { 0 } else { ids[number as usize] };
        let mut quads: Vec<Tuple> = self.quads.into_iter().map(|quad| quad.map(id)).collect();
        let mut count = 0;
        for order in Order::ALL {
            let mut tuples: Vec<Tuple> = std::mem::take(&mut quads);
            for tuple in &mut tuples {
                *tuple = order.arrange(*tuple);
            }
            tuples.sort_unstable();
            tuples.dedup();
            let mut writer = TuplesWriter::new(&out);
            for tuple in &tuples {
                writer.push(*tuple, &mut out)?;
            }
            count = writer.count;
            writer.finish(&mut out, &mut sections)?;
            for tuple in &mut tuples {
                *tuple = order.restore(*tuple);
            }
            quads = tuples;
        }
        // Gspo comes last: the quads of a graph lie together.
        let mut graphs = Graphs::default();
        for quad in &quads {
            graphs.count(quad[3]);
        }
        Ok(finish(Size { base, terms: new, quads: count }, &graphs.0, sections, out)?)
    }
}

/// Counts the quads of graphs, given in the order of graphs.
#[derive(Default)]
struct Graphs(Vec<GraphEntry>);

impl Graphs {
    fn count(&mut self, graph: Id) {
        match self.0.last_mut() {
            Some(last) if last.graph == graph => last.quads += 1,
            _ => self.0.push(GraphEntry { graph, quads: 1 }),
        }
    }
}

/// Writes one segment in place of `parts`, which follow each other; quads of graphs that are gone are left out. Memory
/// holds four bytes for each term, not the quads.
pub(crate) fn merge<W: Write>(parts: &[Part], out: W) -> Result<W, BuildError> {
    let base = parts.iter().map(|part| part.segment.size.base).min().unwrap_or(1);
    let mut out = PageWriter::new(out);
    let mut sections = Sections::default();
    let terms = merge_terms(parts, base, &mut out, &mut sections)?;
    let mut count = 0;
    let mut graphs = Graphs::default();
    for order in Order::ALL {
        let mut merged = Merged::new(parts, order, &[])?;
        let mut writer = TuplesWriter::new(&out);
        while let Some(tuple) = merged.next()? {
            writer.push(tuple, &mut out)?;
            if order == Order::Gspo {
                graphs.count(tuple[0]);
            }
        }
        count = writer.count;
        writer.finish(&mut out, &mut sections)?;
    }
    Ok(finish(Size { base, terms, quads: count }, &graphs.0, sections, out)?)
}

/// Writes the terms of all `parts` in order; each has a term of its own that no other has.
fn merge_terms<W: Write>(
    parts: &[Part],
    base: Id,
    out: &mut PageWriter<W>,
    sections: &mut Sections,
) -> Result<u64, BuildError> {
    let mut readers = Vec::with_capacity(parts.len());
    let mut heap = BinaryHeap::new();
    for (at, Part { segment, .. }) in parts.iter().enumerate() {
        let mut terms = segment.dictionary.terms(&segment.pages)?;
        if terms.step()? {
            heap.push(Reverse((terms.term.clone(), at)));
        }
        readers.push(terms);
    }
    let mut writer = DictionaryWriter::new(out);
    let mut ids = Vec::new();
    while let Some(Reverse((term, at))) = heap.pop() {
        writer.push(&term, out)?;
        let id = readers[at].id()? - base;
        ids.push(u32::try_from(id).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?);
        if readers[at].step()? {
            let mut next = term;
            next.clone_from(&readers[at].term);
            heap.push(Reverse((next, at)));
        }
    }
    let len = ids.len() as u64;
    if ids.iter().enumerate().all(|(at, id)| at as u32 == *id) {
        ids.clear();
    }
    writer.finish(&ids, out, sections)?;
    Ok(len)
}

/// The quads of several segments that begin with a prefix, in order, each once; those of graphs that are gone are left out.
pub(super) struct Merged {
    order: Order,
    sources: Vec<Source>,
    last: Option<Tuple>,
}

struct Source {
    cursor: Cursor,
    part: Part,
    next: Tuple,
}

impl Source {
    /// Goes to the next quad whose graph is there; false at the end.
    fn step(&mut self, order: Order) -> Result<bool, Damaged> {
        while let Some(tuple) = self.cursor.next()? {
            if self.part.is_live(order.restore(tuple)[3]) {
                self.next = tuple;
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Merged {
    pub(super) fn new(parts: &[Part], order: Order, prefix: &[Id]) -> Result<Self, Damaged> {
        let mut sources = Vec::with_capacity(parts.len());
        for part in parts {
            // A term can't be in a segment that is older than itself.
            if prefix.iter().any(|id| *id >= part.segment.size.base + part.segment.size.terms) {
                continue;
            }
            let cursor = Cursor::new(Arc::clone(&part.segment), order, prefix)?;
            let mut source = Source { cursor, part: part.clone(), next: [0; 4] };
            if source.step(order)? {
                sources.push(source);
            }
        }
        Ok(Self { order, sources, last: None })
    }

    /// The next quad, arranged in its order.
    pub(super) fn next(&mut self) -> Result<Option<Tuple>, Damaged> {
        loop {
            let smallest =
                match self.sources.len() {
                    0 => return Ok(None),
                    1 => 0,
                    len => (1..len).fold(0, |best, at| {
                        if self.sources[at].next < self.sources[best].next { at } else { best }
                    }),
                };
            let tuple = self.sources[smallest].next;
            if !self.sources[smallest].step(self.order)? {
                self.sources.swap_remove(smallest);
            }
            if self.last.replace(tuple) != Some(tuple) {
                return Ok(Some(tuple));
            }
        }
    }
}
