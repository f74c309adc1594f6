//! The bytes of a knowledge base. All numbers are little-endian.
//!
//! | part | bytes |
//! | --- | --- |
//! | magic | 8, `TIDINGKB` |
//! | format version | 4 |
//! | number of sections | 4 |
//! | SHA-256 of all that follows | 32 |
//! | for each section: its number, its offset in the file, its length | 4 + 8 + 8 |
//! | the sections | |
//!
//! | section | holds |
//! | --- | --- |
//! | 1 names | a finite-state map from folded names to offsets in section 2 |
//! | 2 candidates | for each name: their number; for each: entity number (varint), prior (1 byte), flags (1 byte) |
//! | 3 entities | records of [`RECORD`] bytes; those without Q-id come first, the others in the order of their Q-ids |
//! | 4 details | for each entity what has no fixed size (see `details.rs`) |
//! | 5 about | JSON: what it was made from |
//! | 6 words | number of context words (4), where each ends (4 each), the words in UTF-8, the most frequent first |
//! | 7 ids | for each identifier that is no Q-id: its hash (8), entity number (4); in the order of the hashes |
//!
//! Readers pass over sections whose number they don't know. Limits: 2^32 - 2 entities, 2^40 bytes of details (an average of
//! 256 bytes for each), 2^32 bytes of context words.

use std::ops::Range;

use sha2::{Digest, Sha256};

pub(super) const MAGIC: &[u8; 8] = b"TIDINGKB";
pub(super) const VERSION: u32 = 2;

/// Numbers of the sections.
pub(super) mod section {
    pub(crate) const NAMES: u32 = 1;
    pub(crate) const CANDIDATES: u32 = 2;
    pub(crate) const ENTITIES: u32 = 3;
    pub(crate) const DETAILS: u32 = 4;
    pub(crate) const ABOUT: u32 = 5;
    pub(crate) const WORDS: u32 = 6;
    pub(crate) const IDS: u32 = 7;
}

/// Bytes of an entity's record.
pub(super) const RECORD: usize = 32;
/// Bytes of an identifier's entry in section 7.
pub(super) const ID_ENTRY: usize = 12;
/// Offsets of details take five bytes.
pub(super) const MAX_OFFSET: u64 = (1 << 40) - 1;
const HEADER: usize = 48;
const ENTRY: usize = 20;

/// Flags of a candidate.
pub(super) mod flag {
    pub(crate) const DEMONYM: u8 = 1;
    pub(crate) const ACRONYM: u8 = 2;
    pub(crate) const LABEL: u8 = 4;
    pub(crate) const PARTIAL: u8 = 8;
    pub(crate) const METONYM: u8 = 16;
}

/// One record of the table of entities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Record {
    /// Number of the Wikidata item; 0 for none.
    pub(super) qid: u32,
    /// 0 for none.
    pub(super) geonames: u32,
    /// Degrees times 10,000; `i32::MIN` for none.
    pub(super) lat: i32,
    pub(super) long: i32,
    /// Number of an entity; `u32::MAX` for none.
    pub(super) country: u32,
    /// Where its details begin, less than 2^40.
    pub(super) details: u64,
    /// Popularity times 100.
    pub(super) popularity: u16,
    pub(super) class: u8,
    /// 0 when it is not known.
    pub(super) gender: u8,
}

impl Record {
    pub(super) fn to_bytes(self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        let words =
            [self.qid, self.geonames, self.lat.cast_unsigned(), self.long.cast_unsigned(), self.country];
        for (slot, word) in bytes.chunks_exact_mut(4).zip(words) {
            slot.copy_from_slice(&word.to_le_bytes());
        }
        bytes[20..25].copy_from_slice(&self.details.to_le_bytes()[..5]);
        bytes[25..27].copy_from_slice(&self.popularity.to_le_bytes());
        bytes[27] = self.class;
        bytes[28] = self.gender;
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; RECORD]) -> Self {
        let word = |i: usize| u32_at(bytes, 4 * i).expect("records have 32 bytes");
        let mut details = [0; 8];
        details[..5].copy_from_slice(&bytes[20..25]);
        Self {
            qid: word(0),
            geonames: word(1),
            lat: word(2).cast_signed(),
            long: word(3).cast_signed(),
            country: word(4),
            details: u64::from_le_bytes(details),
            popularity: u16::from_le_bytes([bytes[25], bytes[26]]),
            class: bytes[27],
            gender: bytes[28],
        }
    }
}

/// What stands before the sections, whose numbers and lengths are given: header without checksum, and table.
pub(super) fn front(sections: &[(u32, u64)]) -> (Vec<u8>, Vec<u8>) {
    let mut header = MAGIC.to_vec();
    header.extend(VERSION.to_le_bytes());
    header.extend((sections.len() as u32).to_le_bytes());
    let mut table = Vec::new();
    let mut offset = (HEADER + ENTRY * sections.len()) as u64;
    for (number, len) in sections {
        table.extend(number.to_le_bytes());
        table.extend(offset.to_le_bytes());
        table.extend(len.to_le_bytes());
        offset += len;
    }
    (header, table)
}

/// What the header says.
pub(super) struct Header {
    pub(super) version: u32,
    pub(super) checksum: [u8; 32],
    sections: Vec<(u32, Range<usize>)>,
}

impl Header {
    /// Reads it; the error says what is wrong with the file.
    pub(super) fn read(file: &[u8]) -> Result<Self, &'static str> {
        const CUT: &str = "it is cut off";
        if !file.starts_with(MAGIC) {
            return Err("it does not start with `TIDINGKB`");
        }
        let version = u32_at(file, 8).ok_or(CUT)?;
        if version != VERSION {
            return Ok(Self { version, checksum: [0; 32], sections: Vec::new() });
        }
        let count = u32_at(file, 12).ok_or(CUT)? as usize;
        let checksum = file.get(16..HEADER).and_then(|b| b.try_into().ok()).ok_or(CUT)?;
        let mut sections = Vec::new();
        for i in 0..count {
            let at = HEADER + ENTRY * i;
            let number = u32_at(file, at).ok_or(CUT)?;
            let start = u64_at(file, at + 4).ok_or(CUT)?;
            let len = u64_at(file, at + 12).ok_or(CUT)?;
            let end = start.checked_add(len).filter(|&end| end <= file.len() as u64).ok_or(CUT)?;
            sections.push((number, start as usize..end as usize));
        }
        Ok(Self { version, checksum, sections })
    }

    /// The bytes of a section.
    pub(super) fn section(&self, number: u32) -> Result<Range<usize>, &'static str> {
        let found = self.sections.iter().find(|(n, _)| *n == number);
        found.map(|(_, range)| range.clone()).ok_or("a section is missing")
    }

    /// Whether the checksum is that of the file. Reads all of it.
    pub(super) fn is_whole(&self, file: &[u8]) -> bool {
        file.get(HEADER..).is_some_and(|body| Sha256::digest(body).as_slice() == self.checksum)
    }
}

/// The hash under which an identifier is listed: FNV-1a of 64 bits.
pub(super) fn id_hash(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Appends a number, seven bits a byte, the lowest first.
pub(super) fn write_varint(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads a number and moves past it.
pub(super) fn read_varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Appends a text with its length.
pub(super) fn write_text(bytes: &mut Vec<u8>, text: &str) {
    write_varint(bytes, text.len() as u32);
    bytes.extend(text.as_bytes());
}

/// Reads a text and moves past it.
pub(super) fn read_text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let len = read_varint(bytes)? as usize;
    let (text, rest) = bytes.split_at_checked(len)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        for number in [0, 1, 127, 128, 300, 16_384, u32::MAX] {
            let mut bytes = Vec::new();
            write_varint(&mut bytes, number);
            assert_eq!(read_varint(&mut bytes.as_slice()), Some(number));
            assert_eq!(read_varint(&mut &bytes[..bytes.len() - 1]), None);
        }
        let record = Record {
            qid: 794,
            geonames: 3,
            lat: -325_782,
            long: i32::MIN,
            country: u32::MAX,
            details: MAX_OFFSET - 7,
            popularity: 999,
            class: 15,
            gender: 1,
        };
        assert_eq!(Record::from_bytes(&record.to_bytes()), record);
    }
}
