//! The terms of a segment, sorted by their bytes and front-coded: each block of [`BLOCK`] terms has its first one whole, and
//! of the others what differs from the one before.
//!
//! A term's number (its id) never changes. In a fresh segment numbers follow the order of terms; in one that was merged
//! from several they don't, and two arrays lead from places in the order to numbers and back.

use std::cmp::Ordering;
use std::io::{self, Write};

use super::pages::{PageWriter, Pages};
use super::segment::{Section, Sections};
use super::{Damaged, Id, varint};

/// Terms of a block.
const BLOCK: usize = 16;

/// The dictionary of a segment, for reading. It has the terms with the ids `base..base + len`.
pub(super) struct Dictionary {
    pub(super) base: Id,
    pub(super) len: u64,
    blocks: Section,
    offsets: Section,
    /// The id of each place in order, less `base`, in four bytes; empty where they are the same.
    ids: Section,
    /// The place of each id.
    places: Section,
}

impl Dictionary {
    pub(super) fn new(base: Id, len: u64, [blocks, offsets, ids, places]: [Section; 4]) -> Self {
        Self { base, len, blocks, offsets, ids, places }
    }

    /// Whether the term with this number is here.
    pub(super) fn has(&self, id: Id) -> bool {
        id.checked_sub(self.base).is_some_and(|at| at < self.len)
    }

    /// Gives the bytes of the term with this number.
    pub(super) fn term(&self, pages: &Pages, id: Id) -> Result<Vec<u8>, Damaged> {
        let at = id - self.base;
        let place = self.places.number(pages, at)?.unwrap_or(at);
        let mut terms = self.terms_from(pages, place / BLOCK as u64)?;
        for _ in 0..=place % BLOCK as u64 {
            if !terms.step()? {
                return Err(pages.damaged("a term of it is missing"));
            }
        }
        Ok(terms.term)
    }

    /// The terms that begin with a byte, in order; the first of them may come after a few others.
    pub(super) fn terms_of_kind<'a>(&'a self, pages: &'a Pages, kind: u8) -> Result<Terms<'a>, Damaged> {
        let block = self.blocks_up_to(pages, &[kind])?.saturating_sub(1);
        self.terms_from(pages, block)
    }

    /// Finds the number of a term.
    pub(super) fn id(&self, pages: &Pages, term: &[u8]) -> Result<Option<Id>, Damaged> {
        let Some(block) = self.blocks_up_to(pages, term)?.checked_sub(1) else { return Ok(None) };
        let mut terms = self.terms_from(pages, block)?;
        for place in (block * BLOCK as u64..self.len).take(BLOCK) {
            if !terms.step()? {
                break;
            }
            match terms.term.as_slice().cmp(term) {
                Ordering::Less => {}
                Ordering::Equal => {
                    return Ok(Some(self.base + self.ids.number(pages, place)?.unwrap_or(place)));
                }
                Ordering::Greater => break,
            }
        }
        Ok(None)
    }

    /// How many blocks begin with this term or one before it.
    fn blocks_up_to(&self, pages: &Pages, term: &[u8]) -> Result<u64, Damaged> {
        let (mut low, mut high) = (0, self.len.div_ceil(BLOCK as u64));
        while low < high {
            let middle = low.midpoint(high);
            if self.first_of(pages, middle)? <= term { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }

    fn block_start(&self, pages: &Pages, block: u64) -> Result<usize, Damaged> {
        Ok(self.offsets.wide(pages, block)? as usize)
    }

    /// The first term of a block.
    fn first_of<'p>(&self, pages: &'p Pages, block: u64) -> Result<&'p [u8], Damaged> {
        let start = self.block_start(pages, block)?;
        let head = self.blocks.some(pages, start, 10)?;
        let mut at = 0;
        let len = varint::read(head, &mut at).ok_or_else(|| pages.damaged("a length in it is wrong"))?;
        self.blocks.part(pages, start + at, len as usize)
    }

    /// All terms from a block on, in order.
    fn terms_from<'a>(&'a self, pages: &'a Pages, block: u64) -> Result<Terms<'a>, Damaged> {
        let left = self.len.saturating_sub(block * BLOCK as u64);
        let at = if left == 0 { 0 } else { self.block_start(pages, block)? };
        Ok(Terms { dictionary: self, pages, at, place: block * BLOCK as u64, term: Vec::new() })
    }

    /// All terms in order.
    pub(super) fn terms<'a>(&'a self, pages: &'a Pages) -> Result<Terms<'a>, Damaged> {
        self.terms_from(pages, 0)
    }
}

/// Reads terms one after the other.
pub(super) struct Terms<'a> {
    dictionary: &'a Dictionary,
    pages: &'a Pages,
    /// Where the next one lies in the blocks.
    at: usize,
    /// Its place in order.
    place: u64,
    /// The term that was read last.
    pub(super) term: Vec<u8>,
}

impl Terms<'_> {
    /// Reads the next term; false at the end.
    pub(super) fn step(&mut self) -> Result<bool, Damaged> {
        if self.place >= self.dictionary.len {
            return Ok(false);
        }
        let wrong = || self.pages.damaged("a length in it is wrong");
        let head = self.dictionary.blocks.some(self.pages, self.at, 20)?;
        let mut at = 0;
        let shared = if self.place.is_multiple_of(BLOCK as u64) {
            0
        } else {
            varint::read(head, &mut at).ok_or_else(wrong)? as usize
        };
        let len = varint::read(head, &mut at).ok_or_else(wrong)? as usize;
        if shared > self.term.len() {
            return Err(wrong());
        }
        self.term.truncate(shared);
        self.term.extend(self.dictionary.blocks.part(self.pages, self.at + at, len)?);
        self.at += at + len;
        self.place += 1;
        Ok(true)
    }

    /// The number of the term that was read last.
    pub(super) fn id(&self) -> Result<Id, Damaged> {
        let place = self.place - 1;
        let dictionary = self.dictionary;
        Ok(dictionary.base + dictionary.ids.number(self.pages, place)?.unwrap_or(place))
    }
}

/// Writes the blocks of a dictionary, of terms that are given in order.
pub(super) struct DictionaryWriter {
    start: u64,
    offsets: Vec<u8>,
    last: Vec<u8>,
    count: usize,
}

impl DictionaryWriter {
    pub(super) fn new<W: Write>(out: &PageWriter<W>) -> Self {
        Self { start: out.len(), offsets: Vec::new(), last: Vec::new(), count: 0 }
    }

    pub(super) fn push<W: Write>(&mut self, term: &[u8], out: &mut PageWriter<W>) -> io::Result<()> {
        debug_assert!(self.count == 0 || term > self.last.as_slice(), "terms are given in order");
        let mut head = Vec::with_capacity(20);
        let mut shared = 0;
        if self.count.is_multiple_of(BLOCK) {
            self.offsets.extend((out.len() - self.start).to_le_bytes());
        } else {
            shared = self.last.iter().zip(term).take_while(|(a, b)| a == b).count();
            varint::push(&mut head, shared as u64);
        }
        varint::push(&mut head, (term.len() - shared) as u64);
        out.write(&head)?;
        out.write(&term[shared..])?;
        self.last.clear();
        self.last.extend(term);
        self.count += 1;
        Ok(())
    }

    /// Ends it; `ids` are the numbers of the terms less the base, in the order of the terms, and empty where they are
    /// 0, 1, 2 ... Gives what [`Dictionary::new`] needs.
    pub(super) fn finish<W: Write>(
        self,
        ids: &[u32],
        out: &mut PageWriter<W>,
        sections: &mut Sections,
    ) -> io::Result<()> {
        sections.end(self.start, out);
        sections.write(&self.offsets, out)?;
        let mut places = vec![0_u32; ids.len()];
        for (place, id) in ids.iter().enumerate() {
            places[*id as usize] = place as u32;
        }
        for numbers in [ids, &places] {
            let start = out.len();
            for part in numbers.chunks(1024) {
                let bytes: Vec<u8> = part.iter().flat_map(|number| number.to_le_bytes()).collect();
                out.write(&bytes)?;
            }
            sections.end(start, out);
        }
        Ok(())
    }
}
