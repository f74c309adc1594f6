/// The four rows of a hash embedding of `rows` rows that a 64-bit key adds up, for the table's seed.
///
/// `MurmurHash3`'s 128-bit variant over the eight bytes of the key, cut into four 32-bit numbers.
pub(crate) fn hash_rows(key: u64, seed: u32, rows: usize) -> [usize; 4] {
    let seed = u64::from(seed);
    let mut h1 = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = avalanche(h1);
    h2 = avalanche(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32].map(|h| h as usize % rows)
}

fn avalanche(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Reference values: `NumpyOps().hash(numpy.array([key], dtype="uint64"), seed)` of thinc 8.3.
    #[test]
    fn rows_are_those_of_the_reference() {
        let all = 1 << 32;
        assert_eq!(hash_rows(0, 8, all), [0; 4]);
        assert_eq!(
            hash_rows(0xDEAD_BEEF_1234_5678, 13, all),
            [696_355_649, 1_204_149_793, 2_730_753_146, 1_264_623_579]
        );
        assert_eq!(hash_rows(1, 8, 50).map(|row| row < 50), [true; 4]);
    }
}
