//! The 64-bit identity of a string, as `spaCy` assigns it: a few hundred names have small fixed numbers, all
//! others are hashed (`MurmurHash64A`, seed 1).

use std::{collections::HashMap, sync::LazyLock};

/// Name and number, sorted by name. The numbers are part of spaCy's file formats.
const SYMBOLS: &str = include_str!("symbols.tsv");

fn symbol_rows() -> impl Iterator<Item = (&'static str, u64)> {
    SYMBOLS.lines().filter_map(|line| {
        let (name, number) = line.split_once('\t')?;
        Some((name, number.parse().ok()?))
    })
}

static NUMBERS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| symbol_rows().collect());
static NAMES: LazyLock<HashMap<u64, &'static str>> =
    LazyLock::new(|| symbol_rows().map(|(name, number)| (number, name)).collect());

/// The number of a string: 0 for the empty one, the symbol's number, or the hash.
pub fn string_id(string: &str) -> u64 {
    if string.is_empty() {
        return 0;
    }
    match NUMBERS.get(string) {
        Some(&number) => number,
        None => hash64(string.as_bytes(), 1),
    }
}

/// The name of a symbol, if the number is that of one.
pub fn symbol_name(number: u64) -> Option<&'static str> {
    NAMES.get(&number).copied()
}

/// `MurmurHash64A` (Appleby 2008), little-endian.
pub fn hash64(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, tail) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k ^= k >> R;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        h = (h ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    h ^= h >> R;
    h = h.wrapping_mul(M);
    h ^ (h >> R)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_spacy() {
        // Recorded with `spacy.strings.get_string_id`.
        assert_eq!(string_id("coffee"), 3_197_928_453_018_144_401);
        assert_eq!(string_id("Zürich"), 9_452_955_988_637_137_518);
        assert_eq!(string_id("international"), 6_392_893_036_165_415_004);
    }

    #[test]
    fn symbols_and_the_empty_string_have_their_own_numbers() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("ORTH"), 65);
        assert_eq!(string_id("punct"), 445);
        assert_eq!(symbol_name(67), Some("NORM"));
        assert_eq!(symbol_name(1 << 40), None);
    }

    #[test]
    fn the_table_of_symbols_is_sorted_and_has_no_duplicate() {
        let names: Vec<_> = symbol_rows().map(|(name, _)| name).collect();
        assert_eq!(names.len(), SYMBOLS.lines().count());
        assert!(names.is_sorted_by(|a, b| a < b));
        assert_eq!(NAMES.len(), names.len());
    }
}
