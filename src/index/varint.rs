//! Whole numbers in as few bytes as they need: seven bits a byte, the lowest first (LEB128).

/// Appends `value`.
pub(super) fn push(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads a number at `at` and moves behind it; `None` where the bytes end too early or the number is too large.
pub(super) fn read(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0;
    let mut shift = 0;
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(value);
        }
        shift += 7;
    }
}

/// A difference that may be negative as a small number: 0, -1, 1, -2, 2 ...
pub(super) fn zigzag(from: u64, to: u64) -> u64 {
    let difference = to.wrapping_sub(from).cast_signed();
    ((difference << 1) ^ (difference >> 63)).cast_unsigned()
}

/// Undoes [`zigzag`].
pub(super) fn unzigzag(from: u64, value: u64) -> u64 {
    from.wrapping_add((value >> 1) ^ (value & 1).wrapping_neg())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            push(&mut bytes, value);
            let mut at = 0;
            assert_eq!(read(&bytes, &mut at), Some(value));
            assert_eq!(at, bytes.len());
            assert_eq!(read(&bytes[..bytes.len() - 1], &mut 0), None);
        }
        assert_eq!(read(&[0xff; 11], &mut 0), None);
        for (from, to) in [(5, 5), (5, 9), (9, 5), (0, u64::MAX), (u64::MAX, 0), (1 << 63, 3)] {
            assert_eq!(unzigzag(from, zigzag(from, to)), to);
        }
        assert_eq!([zigzag(9, 8), zigzag(9, 10)], [1, 2]);
    }
}
