use super::bytes::Bytes;

/// An index from 64-bit keys to numbers, in one block of bytes that is used where it lies.
///
/// Keys are mixed with a seed and split: the first bits give a bucket, the next 24 tell keys of a bucket apart.
/// So a key that was never put in is found by mistake about once in three million times; those put in never are
/// confused (the seed is chosen so).
#[derive(Clone, Debug)]
pub(in crate::nlp) struct HashIndex {
    bytes: Bytes,
}

/// Seed (u64), bits of the bucket (u32), bytes of a number (u32).
const HEADER: usize = 16;
/// Keys of a bucket, on average.
const LOAD: usize = 6;
const TAG: usize = 3;

/// Finalizer of `MurmurHash3`: every bit of the key has a say in every bit of the result.
fn mix(key: u64, seed: u64) -> u64 {
    let mut h = key ^ seed;
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

fn bucket_and_tag(key: u64, seed: u64, bits: u32) -> (usize, u32) {
    let mixed = mix(key, seed);
    ((mixed >> (64 - bits)) as usize, ((mixed << bits) >> 40) as u32)
}

impl HashIndex {
    /// Builds the index; of equal keys the first counts.
    pub(in crate::nlp) fn build(entries: &[(u64, u32)]) -> Self {
        let buckets = (entries.len() / LOAD).max(1).next_power_of_two().max(2);
        let bits = buckets.ilog2();
        let largest = entries.iter().map(|&(_, number)| number).max().unwrap_or(0);
        let number_bytes = 4 - largest.leading_zeros() as usize / 8;
        let number_bytes = number_bytes.max(1);
        (0..)
            .find_map(|seed| Self::with_seed(entries, seed, bits, number_bytes))
            .expect("with 24 bits a bucket, some seed tells all keys apart")
    }

    fn with_seed(entries: &[(u64, u32)], seed: u64, bits: u32, number_bytes: usize) -> Option<Self> {
        let mut sorted: Vec<(usize, u32, u64, u32)> = Vec::with_capacity(entries.len());
        for &(key, number) in entries {
            let (bucket, tag) = bucket_and_tag(key, seed, bits);
            sorted.push((bucket, tag, key, number));
        }
        sorted.sort_by_key(|&(bucket, tag, key, _)| (bucket, tag, key));
        sorted.dedup_by_key(|&mut (.., key, _)| key);
        if sorted.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0].1 == pair[1].1) {
            return None;
        }
        let mut bytes = Vec::new();
        bytes.extend(seed.to_le_bytes());
        bytes.extend(bits.to_le_bytes());
        bytes.extend((number_bytes as u32).to_le_bytes());
        let mut next = 0;
        for bucket in 0..=1usize << bits {
            while next < sorted.len() && sorted[next].0 < bucket {
                next += 1;
            }
            bytes.extend((next as u32).to_le_bytes());
        }
        for &(_, tag, _, number) in &sorted {
            bytes.extend(&tag.to_le_bytes()[..TAG]);
            bytes.extend(&number.to_le_bytes()[..number_bytes]);
        }
        Some(Self { bytes: bytes.into() })
    }

    /// Takes over a block that [`HashIndex::as_bytes`] gave; `None` when it cannot be one.
    pub(in crate::nlp) fn from_bytes(bytes: Bytes) -> Option<Self> {
        let index = Self { bytes };
        let header = index.bytes.get(..HEADER)?;
        let bits = u32::from_le_bytes(header[8..12].try_into().ok()?);
        let number_bytes = u32::from_le_bytes(header[12..16].try_into().ok()?);
        if !(1..=30).contains(&bits) || !(1..=4).contains(&number_bytes) {
            return None;
        }
        let entries_at = HEADER + 4 * ((1usize << bits) + 1);
        let count = u32::from_le_bytes(index.bytes.get(entries_at - 4..entries_at)?.try_into().ok()?);
        let size = entries_at + count as usize * (TAG + number_bytes as usize);
        (size == index.bytes.len()).then_some(index)
    }

    pub(in crate::nlp) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn word(&self, at: usize) -> u32 {
        let bytes = &self.bytes[at..at + 4];
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }

    /// Number of keys.
    pub(in crate::nlp) fn len(&self) -> usize {
        self.word(HEADER + (4 << self.word(8))) as usize
    }

    /// The number of a key.
    pub(in crate::nlp) fn get(&self, key: u64) -> Option<u32> {
        let seed = u64::from(self.word(0)) | (u64::from(self.word(4)) << 32);
        let bits = self.word(8);
        let width = TAG + self.word(12) as usize;
        let (bucket, tag) = bucket_and_tag(key, seed, bits);
        let entries_at = HEADER + 4 * ((1usize << bits) + 1);
        let range = self.word(HEADER + 4 * bucket) as usize..self.word(HEADER + 4 * bucket + 4) as usize;
        let entries = self.bytes.get(entries_at + range.start * width..entries_at + range.end * width)?;
        let found = entries.chunks_exact(width).find(|entry| entry[..TAG] == tag.to_le_bytes()[..TAG])?;
        let mut number = [0; 4];
        number[..width - TAG].copy_from_slice(&found[TAG..]);
        Some(u32::from_le_bytes(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_key_that_was_put_in_and_hardly_any_other() {
        let entries: Vec<(u64, u32)> =
            (0..20_000u64).map(|i| (mix(i, 7), (i % 300) as u32)).chain((1..450).map(|i| (i, 9))).collect();
        let index = HashIndex::build(&entries);
        let index = HashIndex::from_bytes(index.as_bytes().to_vec().into()).unwrap();
        assert_eq!(index.len(), entries.len());
        assert!(entries.iter().all(|&(key, number)| index.get(key) == Some(number)));
        let mistakes = (0..100_000u64).filter(|&i| index.get(mix(1 << 40 | i, 7)).is_some()).count();
        assert!(mistakes <= 2, "{mistakes} unknown keys were found");
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        let index = HashIndex::build(&[]);
        assert_eq!((index.len(), index.get(0), index.get(77)), (0, None, None));
    }

    #[test]
    fn blocks_that_cannot_be_an_index_are_refused() {
        let good = HashIndex::build(&[(1, 1), (2, 70_000)]).as_bytes().to_vec();
        for cut in 0..good.len() {
            assert!(HashIndex::from_bytes(good[..cut].to_vec().into()).is_none());
        }
    }
}
