//! Quads of numbers in one order, in blocks: the first quad of each block lies in an array (its fence), the others are
//! written as differences to the one before.

use std::io::{self, Write};
use std::sync::Arc;

use super::pages::{PageWriter, Pages};
use super::segment::{Section, Sections, Segment};
use super::{Damaged, Id, varint};

/// Quads of a block.
const BLOCK: usize = 128;
/// Bytes of a fence: four numbers, and where the block lies.
const FENCE: usize = 5 * 8;

/// Four numbers in the order of an [`Order`].
pub(super) type Tuple = [Id; 4];

/// In which order the parts of a quad are compared: which of subject (0), predicate (1), object (2) and graph (3) comes
/// where. With these four, whatever is known of a quad, few are looked at that don't fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Spog,
    Posg,
    Ospg,
    Gspo,
}

impl Order {
    pub(super) const ALL: [Self; 4] = [Self::Spog, Self::Posg, Self::Ospg, Self::Gspo];

    const fn parts(self) -> [usize; 4] {
        match self {
            Self::Spog => [0, 1, 2, 3],
            Self::Posg => [1, 2, 0, 3],
            Self::Ospg => [2, 0, 1, 3],
            Self::Gspo => [3, 0, 1, 2],
        }
    }

    /// Subject, predicate, object, graph in this order.
    pub(super) fn arrange<T: Copy>(self, quad: [T; 4]) -> [T; 4] {
        self.parts().map(|part| quad[part])
    }

    /// Undoes [`Self::arrange`].
    pub(super) fn restore(self, tuple: Tuple) -> Tuple {
        let mut quad = [0; 4];
        for (part, value) in self.parts().into_iter().zip(tuple) {
            quad[part] = value;
        }
        quad
    }
}

/// Quads in one order, for reading.
pub(super) struct Tuples {
    len: u64,
    blocks: Section,
    fences: Section,
}

impl Tuples {
    pub(super) fn new(len: u64, blocks: Section, fences: Section) -> Self {
        Self { len, blocks, fences }
    }

    fn fence(&self, pages: &Pages, block: u64) -> Result<(Tuple, usize), Damaged> {
        let bytes = self.fences.part(pages, block as usize * FENCE, FENCE)?;
        let number =
            |at: usize| u64::from_le_bytes(*bytes[at * 8..].first_chunk().expect("a fence has five numbers"));
        Ok(([number(0), number(1), number(2), number(3)], number(4) as usize))
    }

    /// How many blocks begin before `bound`.
    fn blocks_before(&self, pages: &Pages, bound: Tuple) -> Result<u64, Damaged> {
        let (mut low, mut high) = (0, self.len.div_ceil(BLOCK as u64));
        while low < high {
            let middle = low.midpoint(high);
            if self.fence(pages, middle)?.0 < bound { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }

    /// About how many quads begin with `prefix`: up to a block too many on each side.
    pub(super) fn estimate(&self, pages: &Pages, prefix: &[Id]) -> Result<u64, Damaged> {
        let (low, high) = bounds(prefix);
        Ok((self.blocks_before(pages, high)? - self.blocks_before(pages, low)?) * BLOCK as u64)
    }
}

/// The smallest and the largest tuple that begin so.
fn bounds(prefix: &[Id]) -> (Tuple, Tuple) {
    let mut bounds = ([0; 4], [Id::MAX; 4]);
    bounds.0[..prefix.len()].copy_from_slice(prefix);
    bounds.1[..prefix.len()].copy_from_slice(prefix);
    bounds
}

/// Reads the quads of a segment that begin with a prefix, in order.
pub(super) struct Cursor {
    segment: Arc<Segment>,
    order: Order,
    last: Tuple,
    block: u64,
    /// Where the next quad of the block lies.
    at: usize,
    /// Quads of the block that were read.
    read: usize,
    /// The tuple that was read last.
    tuple: Tuple,
    /// One that was read but not given yet.
    pending: bool,
}

impl Cursor {
    /// Goes to the first quad that begins with `prefix`.
    pub(super) fn new(segment: Arc<Segment>, order: Order, prefix: &[Id]) -> Result<Self, Damaged> {
        let (first, last) = bounds(prefix);
        let block = {
            let tuples = segment.tuples(order);
            tuples.blocks_before(&segment.pages, first)?.saturating_sub(1)
        };
        let mut cursor = Self { segment, order, last, block, at: 0, read: 0, tuple: [0; 4], pending: false };
        while let Some(tuple) = cursor.step()? {
            if tuple >= first {
                cursor.pending = true;
                break;
            }
        }
        Ok(cursor)
    }

    /// The next quad, arranged in the cursor's order.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<Tuple>, Damaged> {
        let tuple = if std::mem::take(&mut self.pending) { Some(self.tuple) } else { self.step()? };
        Ok(tuple.filter(|tuple| *tuple <= self.last))
    }

    fn step(&mut self) -> Result<Option<Tuple>, Damaged> {
        let tuples = self.segment.tuples(self.order);
        let pages = &self.segment.pages;
        let passed = self.block * BLOCK as u64 + self.read as u64;
        if passed >= tuples.len {
            return Ok(None);
        }
        if self.read == BLOCK {
            self.block += 1;
            self.read = 0;
        }
        if self.read == 0 {
            (self.tuple, self.at) = tuples.fence(pages, self.block)?;
        } else {
            let bytes = tuples.blocks.some(pages, self.at, 50)?;
            let mut at = 0;
            self.tuple = decode(self.tuple, bytes, &mut at)
                .ok_or_else(|| pages.damaged("a quad of it can't be read"))?;
            self.at += at;
        }
        self.read += 1;
        Ok(Some(self.tuple))
    }
}

/// Appends a tuple as its difference to the one before, which is smaller: which part is the first to differ and by how
/// much, then how the parts behind it differ.
fn encode(before: Tuple, tuple: Tuple, out: &mut Vec<u8>) {
    let first = (0..3).find(|part| before[*part] != tuple[*part]).unwrap_or(3);
    // Two bits tell the part, four are of the difference, one says that more of it follows: a step of up to 15 is one byte.
    let difference = u128::from(tuple[first] - before[first]) << 2 | first as u128;
    let low = difference as u64 & 0x3f;
    let high = (difference >> 6) as u64;
    varint::push(out, low | u64::from(high > 0) << 6);
    if high > 0 {
        varint::push(out, high);
    }
    for part in first + 1..4 {
        varint::push(out, varint::zigzag(before[part], tuple[part]));
    }
}

/// Undoes [`encode`].
fn decode(before: Tuple, bytes: &[u8], at: &mut usize) -> Option<Tuple> {
    let head = varint::read(bytes, at)?;
    let low = head & 0x3f;
    let high = if head & 0x40 == 0 { 0 } else { varint::read(bytes, at)? };
    let first = (low & 3) as usize;
    let mut tuple = before;
    tuple[first] = before[first].checked_add(high.checked_mul(16)?.checked_add(low >> 2)?)?;
    for part in first + 1..4 {
        tuple[part] = varint::unzigzag(before[part], varint::read(bytes, at)?);
    }
    Some(tuple)
}

/// Writes quads that are given in order.
pub(super) struct TuplesWriter {
    start: u64,
    fences: Vec<u8>,
    last: Tuple,
    pub(super) count: u64,
    buffer: Vec<u8>,
}

impl TuplesWriter {
    pub(super) fn new<W: Write>(out: &PageWriter<W>) -> Self {
        Self { start: out.len(), fences: Vec::new(), last: [0; 4], count: 0, buffer: Vec::new() }
    }

    pub(super) fn push<W: Write>(&mut self, tuple: Tuple, out: &mut PageWriter<W>) -> io::Result<()> {
        debug_assert!(self.count == 0 || tuple > self.last, "quads are given in order, each once");
        if self.count.is_multiple_of(BLOCK as u64) {
            out.write(&self.buffer)?;
            self.buffer.clear();
            self.fences.extend(tuple.iter().flat_map(|number| number.to_le_bytes()));
            self.fences.extend((out.len() - self.start).to_le_bytes());
        } else {
            encode(self.last, tuple, &mut self.buffer);
        }
        self.last = tuple;
        self.count += 1;
        Ok(())
    }

    pub(super) fn finish<W: Write>(self, out: &mut PageWriter<W>, sections: &mut Sections) -> io::Result<()> {
        out.write(&self.buffer)?;
        sections.end(self.start, out);
        sections.write(&self.fences, out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn differences_give_the_tuple_back(a: [u64; 4], b: [u64; 4], shared in 0..5_usize) {
            let mut b = b;
            b[..shared.min(4)].copy_from_slice(&a[..shared.min(4)]);
            let (before, tuple) = (a.min(b), a.max(b));
            let mut bytes = Vec::new();
            encode(before, tuple, &mut bytes);
            let mut at = 0;
            prop_assert_eq!(decode(before, &bytes, &mut at), Some(tuple));
            prop_assert_eq!(at, bytes.len());
        }
    }

    #[test]
    fn orders_are_undone() {
        for order in Order::ALL {
            assert_eq!(order.restore(order.arrange([1, 2, 3, 4])), [1, 2, 3, 4]);
        }
        assert_eq!(Order::Gspo.arrange([1, 2, 3, 4]), [4, 1, 2, 3]);
    }
}
