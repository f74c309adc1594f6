//! A segment: a file that holds quads in four orders, the terms that are new in them, and the graphs that they are in.
//!
//! ```text
//! pages      terms in blocks | where blocks begin | ids | places
//!            for each order: quads in blocks | fences
//!            graphs with their number of quads
//! checksums  of the pages
//! footer     first id, number of terms, number of quads, where the sections lie
//! ```

use std::io::{self, Write};
use std::path::Path;

use super::dictionary::Dictionary;
use super::order::{Order, Tuples};
use super::pages::{PageWriter, Pages};
use super::{Damaged, Id};

/// Sections of a segment: four of the dictionary, two an order, one of graphs.
const SECTIONS: usize = 4 + 2 * Order::ALL.len() + 1;

/// A range of bytes in the pages of a segment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Section {
    start: usize,
    len: usize,
}

impl Section {
    /// The bytes `at..at + len` of it.
    #[inline]
    pub(super) fn part<'p>(&self, pages: &'p Pages, at: usize, len: usize) -> Result<&'p [u8], Damaged> {
        match at.checked_add(len) {
            Some(end) if end <= self.len => pages.get(self.start + at..self.start + end),
            _ => Err(pages.damaged("it points outside of itself")),
        }
    }

    /// The bytes from `at` on, at most `len`.
    #[inline]
    pub(super) fn some<'p>(&self, pages: &'p Pages, at: usize, len: usize) -> Result<&'p [u8], Damaged> {
        self.part(pages, at, len.min(self.len.saturating_sub(at)))
    }

    /// The number at place `at` of an array of numbers of eight bytes.
    pub(super) fn wide(&self, pages: &Pages, at: u64) -> Result<u64, Damaged> {
        let bytes = self.part(pages, at as usize * 8, 8)?;
        Ok(u64::from_le_bytes(*bytes.first_chunk().expect("they are eight bytes")))
    }

    /// The number at place `at` of an array of numbers of four bytes; `None`: there is no array.
    pub(super) fn number(&self, pages: &Pages, at: u64) -> Result<Option<u64>, Damaged> {
        if self.len == 0 {
            return Ok(None);
        }
        let bytes = self.part(pages, at as usize * 4, 4)?;
        Ok(Some(u32::from_le_bytes(*bytes.first_chunk().expect("they are four bytes")).into()))
    }
}

/// Where the sections lie that were written so far.
#[derive(Default)]
pub(super) struct Sections(Vec<u64>);

impl Sections {
    /// Notes a section that ends here.
    pub(super) fn end<W: Write>(&mut self, start: u64, out: &PageWriter<W>) {
        self.0.extend([start, out.len() - start]);
    }

    /// Writes a section.
    pub(super) fn write<W: Write>(&mut self, bytes: &[u8], out: &mut PageWriter<W>) -> io::Result<()> {
        let start = out.len();
        out.write(bytes)?;
        self.end(start, out);
        Ok(())
    }
}

/// What a segment's footer says besides where things lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    /// The first id of its terms.
    pub(super) base: Id,
    pub(super) terms: u64,
    pub(super) quads: u64,
}

/// A graph in a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GraphEntry {
    pub(super) graph: Id,
    pub(super) quads: u64,
}

/// A segment, for reading.
pub(crate) struct Segment {
    pub(super) pages: Pages,
    pub(super) size: Size,
    pub(super) dictionary: Dictionary,
    tuples: [Tuples; Order::ALL.len()],
    graphs: Section,
}

impl Segment {
    /// Opens a file.
    pub(crate) fn open(path: &Path) -> Result<Self, Damaged> {
        Self::read(Pages::open(path)?)
    }

    pub(super) fn read(pages: Pages) -> Result<Self, Damaged> {
        let numbers: Vec<u64> = pages
            .footer()
            .chunks_exact(8)
            .map(|bytes| u64::from_le_bytes(*bytes.first_chunk().expect("they are eight bytes")))
            .collect();
        let Some(([base, terms, quads], places)) = numbers.split_first_chunk() else {
            return Err(pages.damaged("its footer is not one"));
        };
        let sections: Vec<Section> = places
            .chunks_exact(2)
            .map(|place| Section { start: place[0] as usize, len: place[1] as usize })
            .collect();
        let Ok(sections) = <[Section; SECTIONS]>::try_from(sections) else {
            return Err(pages.damaged("its footer is not one"));
        };
        let size = Size { base: *base, terms: *terms, quads: *quads };
        let [blocks, offsets, ids, places, rest @ ..] = sections;
        let dictionary = Dictionary::new(size.base, size.terms, [blocks, offsets, ids, places]);
        let tuples = std::array::from_fn(|at| Tuples::new(size.quads, rest[2 * at], rest[2 * at + 1]));
        Ok(Self { pages, size, dictionary, tuples, graphs: rest[SECTIONS - 5] })
    }

    pub(super) fn tuples(&self, order: Order) -> &Tuples {
        &self.tuples[order as usize]
    }

    /// The graphs of its quads, in the order of their ids; the default graph is 0.
    pub(super) fn graphs(&self) -> impl Iterator<Item = Result<GraphEntry, Damaged>> + '_ {
        (0..self.graphs.len as u64 / 16).map(|at| {
            let graph = self.graphs.wide(&self.pages, 2 * at)?;
            Ok(GraphEntry { graph, quads: self.graphs.wide(&self.pages, 2 * at + 1)? })
        })
    }

    /// Whether it has quads of a graph.
    pub(crate) fn has_graph(&self, graph: Id) -> Result<bool, Damaged> {
        Ok(self.graph(graph)?.is_some())
    }

    /// A graph in it; `None` where it has no quads here.
    pub(super) fn graph(&self, graph: Id) -> Result<Option<GraphEntry>, Damaged> {
        let (mut low, mut high) = (0, self.graphs.len as u64 / 16);
        while low < high {
            let middle = low.midpoint(high);
            match self.graphs.wide(&self.pages, 2 * middle)?.cmp(&graph) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let quads = self.graphs.wide(&self.pages, 2 * middle + 1)?;
                    return Ok(Some(GraphEntry { graph, quads }));
                }
            }
        }
        Ok(None)
    }
}

/// Writes the graphs and the footer, the last parts of a segment.
pub(super) fn finish<W: Write>(
    size: Size,
    graphs: &[GraphEntry],
    mut sections: Sections,
    mut out: PageWriter<W>,
) -> io::Result<W> {
    let bytes: Vec<u8> =
        graphs.iter().flat_map(|entry| [entry.graph, entry.quads]).flat_map(u64::to_le_bytes).collect();
    sections.write(&bytes, &mut out)?;
    let footer = [size.base, size.terms, size.quads].into_iter().chain(sections.0);
    let footer: Vec<u8> = footer.flat_map(u64::to_le_bytes).collect();
    out.finish(&footer)
}
