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
//! | 3 entities | records of [`RECORD`] bytes, in the order of their Q-ids; those without come first |
//! | 4 strings | length (varint) and UTF-8; the first is empty |
//! | 5 about | JSON: what it was made from |
//!
//! Readers pass over sections whose number they don't know.

use std::ops::Range;

use sha2::{Digest, Sha256};

pub(super) const MAGIC: &[u8; 8] = b"TIDINGKB";
pub(super) const VERSION: u32 = 1;

/// Numbers of the sections.
pub(super) mod section {
    pub(crate) const NAMES: u32 = 1;
    pub(crate) const CANDIDATES: u32 = 2;
    pub(crate) const ENTITIES: u32 = 3;
    pub(crate) const STRINGS: u32 = 4;
    pub(crate) const ABOUT: u32 = 5;
}

/// Bytes of an entity's record.
pub(super) const RECORD: usize = 32;
const HEADER: usize = 48;
const ENTRY: usize = 20;

/// Flags of a candidate.
pub(super) const DEMONYM: u8 = 1;
pub(super) const ACRONYM: u8 = 2;
pub(super) const LABEL: u8 = 4;

/// One record of the table of entities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Record {
    /// Number of the Wikidata item; 0 for none.
    pub(super) qid: u32,
    /// Offset of the label in the strings.
    pub(super) label: u32,
    /// Offset of the Wikipedia title; 0 for none.
    pub(super) title: u32,
    /// 0 for none.
    pub(super) geonames: u32,
    /// Degrees times 10,000; `i32::MIN` for none.
    pub(super) lat: i32,
    pub(super) long: i32,
    /// Number of an entity; `u32::MAX` for none.
    pub(super) country: u32,
    /// Popularity times 100.
    pub(super) popularity: u16,
    pub(super) class: u8,
}

impl Record {
    pub(super) fn to_bytes(self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        let words = [
            self.qid,
            self.label,
            self.title,
            self.geonames,
            self.lat.cast_unsigned(),
            self.long.cast_unsigned(),
            self.country,
        ];
        for (slot, word) in bytes.chunks_exact_mut(4).zip(words) {
            slot.copy_from_slice(&word.to_le_bytes());
        }
        bytes[28..30].copy_from_slice(&self.popularity.to_le_bytes());
        bytes[30] = self.class;
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; RECORD]) -> Self {
        let word = |i: usize| u32_at(bytes, 4 * i).expect("records have 32 bytes");
        Self {
            qid: word(0),
            label: word(1),
            title: word(2),
            geonames: word(3),
            lat: word(4).cast_signed(),
            long: word(5).cast_signed(),
            country: word(6),
            popularity: u16::from_le_bytes([bytes[28], bytes[29]]),
            class: bytes[30],
        }
    }
}

/// The file of these sections.
pub(super) fn assemble(sections: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut offset = HEADER + ENTRY * sections.len();
    let mut body = Vec::new();
    for (number, bytes) in sections {
        body.extend(number.to_le_bytes());
        body.extend((offset as u64).to_le_bytes());
        body.extend((bytes.len() as u64).to_le_bytes());
        offset += bytes.len();
    }
    body.extend(sections.iter().flat_map(|(_, bytes)| bytes));
    let mut file = Vec::with_capacity(HEADER + body.len());
    file.extend(MAGIC);
    file.extend(VERSION.to_le_bytes());
    file.extend((sections.len() as u32).to_le_bytes());
    file.extend(Sha256::digest(&body));
    file.extend(body);
    file
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

    /// Whether the checksum is that of the file.
    pub(super) fn is_whole(&self, file: &[u8]) -> bool {
        file.get(HEADER..).is_some_and(|body| Sha256::digest(body).as_slice() == self.checksum)
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
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
            label: 1,
            title: 2,
            geonames: 3,
            lat: -325_782,
            long: i32::MIN,
            country: u32::MAX,
            popularity: 999,
            class: 15,
        };
        assert_eq!(Record::from_bytes(&record.to_bytes()), record);
    }
}
