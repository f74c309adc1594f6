//! Writing and reading the parts of the compact file, one after the other.
//!
//! Numbers are little-endian; strings, lists and blocks have their length (32 bits) in front. Lists of a thousand
//! floats and more are in half precision.

use half::{f16, slice::HalfFloatSliceExt};

use crate::nlp::{bytes::Bytes, hash_index::HashIndex};

/// Shorter lists of floats (biases, gains) stay as they are: they cost nothing.
const LONG: usize = 1000;

/// What can be written and read again.
pub(super) trait Pack: Sized {
    fn pack(&self, out: &mut Vec<u8>);
    fn unpack(reader: &mut Reader) -> Result<Self, String>;
}

/// Reads from a block; large parts stay where they are.
pub(super) struct Reader {
    bytes: Bytes,
    at: usize,
}

impl Reader {
    pub(super) fn new(bytes: Bytes) -> Self {
        Self { bytes, at: 0 }
    }

    fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn take(&mut self, size: usize) -> Result<Bytes, String> {
        let part = self.bytes.part(self.at, self.at.saturating_add(size));
        let part =
            part.ok_or_else(|| format!("{size} bytes wanted at byte {}, {} left", self.at, self.left()))?;
        self.at += size;
        Ok(part)
    }

    /// Refuses bytes that nothing asked for.
    pub(super) fn finish(self) -> Result<(), String> {
        if self.left() == 0 { Ok(()) } else { Err(format!("{} bytes too many", self.left())) }
    }
}

/// Packs the fields of a struct in order.
macro_rules! pack_fields {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl $crate::nlp::model::pack::Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$field.pack(out);)*
            }

            fn unpack(reader: &mut $crate::nlp::model::pack::Reader) -> Result<Self, String> {
                Ok(Self { $($field: $crate::nlp::model::pack::Pack::unpack(reader)?),* })
            }
        }
    )*};
}
pub(super) use pack_fields;

impl Pack for u32 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        let bytes = reader.take(4)?;
        Ok(bytes.iter().rev().fold(0, |number, &byte| (number << 8) | Self::from(byte)))
    }
}

impl Pack for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        let bytes = reader.take(8)?;
        Ok(bytes.iter().rev().fold(0, |number, &byte| (number << 8) | Self::from(byte)))
    }
}

/// Sizes are below 2^32.
impl Pack for usize {
    fn pack(&self, out: &mut Vec<u8>) {
        (*self as u32).pack(out);
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        Ok(u32::unpack(reader)? as Self)
    }
}

impl Pack for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push((*self).into());
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        Ok(reader.take(1)?[0] != 0)
    }
}

impl Pack for Bytes {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend_from_slice(self);
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        let size = usize::unpack(reader)?;
        reader.take(size)
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend(self.as_bytes());
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        let bytes = Bytes::unpack(reader)?;
        std::str::from_utf8(&bytes).map(str::to_owned).map_err(|e| format!("a string is no UTF-8: {e}"))
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        if bool::unpack(reader)? { T::unpack(reader).map(Some) } else { Ok(None) }
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        Ok((A::unpack(reader)?, B::unpack(reader)?))
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        for element in self {
            element.pack(out);
        }
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        let count = usize::unpack(reader)?;
        if count > reader.left() {
            return Err(format!("a list of {count} in {} bytes", reader.left()));
        }
        (0..count).map(|_| T::unpack(reader)).collect()
    }
}

impl Pack for Vec<f32> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        if self.len() < LONG {
            out.extend(self.iter().flat_map(|value| value.to_le_bytes()));
        } else {
            out.extend(self.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes()));
        }
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        let count = usize::unpack(reader)?;
        if count < LONG {
            let bytes = reader.take(4 * count)?;
            return Ok(bytes.as_chunks::<4>().0.iter().map(|value| f32::from_le_bytes(*value)).collect());
        }
        let bytes = reader.take(count.saturating_mul(2))?;
        let mut values = vec![0.0; count];
        let mut halves = Vec::with_capacity(4096);
        for (values, bytes) in values.chunks_mut(4096).zip(bytes.chunks(8192)) {
            halves.clear();
            halves.extend(bytes.as_chunks::<2>().0.iter().map(|half| f16::from_le_bytes(*half)));
            halves.convert_to_f32_slice(values);
        }
        Ok(values)
    }
}

impl Pack for HashIndex {
    fn pack(&self, out: &mut Vec<u8>) {
        self.as_bytes().len().pack(out);
        out.extend(self.as_bytes());
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        Self::from_bytes(Bytes::unpack(reader)?).ok_or_else(|| "an index has a wrong size".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_read_again() {
        let value: (String, Vec<Option<(u64, bool)>>) =
            ("Zürich".into(), vec![None, Some((u64::MAX - 1, true)), Some((7, false))]);
        let mut bytes = Vec::new();
        value.pack(&mut bytes);
        let mut reader = Reader::new(bytes.clone().into());
        assert_eq!(<(String, Vec<Option<(u64, bool)>>)>::unpack(&mut reader).unwrap(), value);
        reader.finish().unwrap();
        for cut in 0..bytes.len() {
            let mut reader = Reader::new(bytes[..cut].to_vec().into());
            assert!(<(String, Vec<Option<(u64, bool)>>)>::unpack(&mut reader).is_err());
        }
    }

    #[test]
    fn long_lists_of_floats_lose_less_than_a_thousandth() {
        for count in [10, 5000] {
            let values: Vec<f32> = (0..count).map(|i| (i as f32).sin()).collect();
            let mut bytes = Vec::new();
            values.pack(&mut bytes);
            let read = Vec::<f32>::unpack(&mut Reader::new(bytes.into())).unwrap();
            assert_eq!(read.len(), values.len());
            assert!(read.iter().zip(&values).all(|(a, b)| (a - b).abs() < 1e-3));
        }
    }
}
