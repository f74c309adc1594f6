use super::{
    Error, msgpack,
    pack::{Pack, Reader},
};
use crate::nlp::{bytes::Bytes, hash_index::HashIndex};

/// Static word vectors: several forms may share one row.
#[derive(Clone, Debug)]
pub struct Vectors {
    width: usize,
    rows: usize,
    index: HashIndex,
    data: Rows,
}

/// How the rows are kept.
#[derive(Clone, Debug)]
enum Rows {
    /// 32-bit floats, little-endian.
    F32(Bytes),
    /// A scale for each row (32-bit floats) and one signed byte a number.
    I8 { scales: Bytes, codes: Bytes },
}

impl Vectors {
    /// Numbers in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of different rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of forms that have a row.
    pub fn keys(&self) -> usize {
        self.index.len()
    }

    /// The row of a form, given by its [`string_id`](crate::nlp::string_id).
    pub fn row_of(&self, form: u64) -> Option<usize> {
        self.index.get(form).map(|row| row as usize).filter(|&row| row < self.rows)
    }

    /// Writes a row into `out`.
    ///
    /// # Panics
    /// When there is no such row, or `out` has another length than [`Vectors::width`].
    pub fn copy_row(&self, row: usize, out: &mut [f32]) {
        assert!(
            row < self.rows && out.len() == self.width,
            "row {row} of {}, width {}",
            self.rows,
            out.len()
        );
        match &self.data {
            Rows::F32(bytes) => {
                let (values, _) = bytes[row * self.width * 4..(row + 1) * self.width * 4].as_chunks::<4>();
                for (out, value) in out.iter_mut().zip(values) {
                    *out = f32::from_le_bytes(*value);
                }
            }
            Rows::I8 { scales, codes } => {
                let scale = scales.as_chunks::<4>().0[row];
                let scale = f32::from_le_bytes(scale);
                for (out, code) in out.iter_mut().zip(&codes[row * self.width..(row + 1) * self.width]) {
                    *out = f32::from(code.cast_signed()) * scale;
                }
            }
        }
    }

    /// The vector of a form, if it has one.
    pub fn get(&self, form: u64) -> Option<Vec<f32>> {
        let row = self.row_of(form)?;
        let mut out = vec![0.0; self.width];
        self.copy_row(row, &mut out);
        Some(out)
    }

    /// The same vectors in a quarter of the space: each number within 1/254 of the largest of its row.
    pub(super) fn in_8_bits(&self) -> Self {
        if matches!(self.data, Rows::I8 { .. }) {
            return self.clone();
        }
        let (mut scales, mut codes) = (Vec::new(), Vec::new());
        let mut values = vec![0.0; self.width];
        for row in 0..self.rows {
            self.copy_row(row, &mut values);
            let largest = values.iter().fold(0f32, |largest, value| largest.max(value.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            scales.extend(scale.to_le_bytes());
            codes.extend(values.iter().map(|value| ((value / scale).round() as i8).cast_unsigned()));
        }
        Self { data: Rows::I8 { scales: scales.into(), codes: codes.into() }, ..self.clone() }
    }

    /// Reads `vocab/vectors` (an array of numpy) and `vocab/key2row`; `None` for a table without rows.
    pub(super) fn from_spacy(array: Vec<u8>, key2row: &[u8]) -> Result<Option<Self>, Error> {
        let (start, rows, width) = npy_header(&array)?;
        if rows * width == 0 {
            return Ok(None);
        }
        let bytes = Bytes::from(array);
        let size = rows.checked_mul(width).and_then(|n| n.checked_mul(4));
        let data = size.and_then(|size| bytes.part(start, start + size)).ok_or_else(|| {
            Error::damaged(ARRAY, format!("{} bytes for {rows} rows of {width}", bytes.len() - start))
        })?;
        let pairs = msgpack::parse(KEYS, key2row)?;
        let mut entries = Vec::new();
        for (key, row) in msgpack::map(KEYS, &pairs)? {
            let row = msgpack::as_u64(row).filter(|&row| row < rows as u64);
            match (msgpack::as_u64(key), row) {
                (Some(key), Some(row)) => entries.push((key, row as u32)),
                _ => return Err(Error::damaged(KEYS, format!("a key without one of the {rows} rows"))),
            }
        }
        Ok(Some(Self { width, rows, index: HashIndex::build(&entries), data: Rows::F32(data) }))
    }
}

const ARRAY: &str = "vocab/vectors";
const KEYS: &str = "vocab/key2row";

/// Where the data of a `.npy` file starts, and its two dimensions.
fn npy_header(bytes: &[u8]) -> Result<(usize, usize, usize), Error> {
    let short = || Error::damaged(ARRAY, "it is no array of numpy");
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or_else(short)?;
    let (length, start) = match rest {
        [1, _, a, b, ..] => (usize::from(u16::from_le_bytes([*a, *b])), 10),
        [2 | 3, _, a, b, c, d, ..] => (u32::from_le_bytes([*a, *b, *c, *d]) as usize, 12),
        _ => return Err(short()),
    };
    let header = bytes.get(start..start + length).and_then(|header| std::str::from_utf8(header).ok());
    let header = header.ok_or_else(short)?;
    if !header.contains("'<f4'") || !header.contains("'fortran_order': False") {
        return Err(Error::damaged(ARRAY, format!("`{}` are not rows of 32-bit floats", header.trim())));
    }
    let shape = header.split_once("'shape': (").and_then(|(_, rest)| rest.split_once(')'));
    let shape = shape.ok_or_else(short)?.0;
    let dims: Vec<usize> = shape.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    let [rows, width] = dims[..] else { return Err(short()) };
    Ok((start + length, rows, width))
}

impl Pack for Vectors {
    fn pack(&self, out: &mut Vec<u8>) {
        let Rows::I8 { scales, codes } = &self.data else { return self.in_8_bits().pack(out) };
        self.width.pack(out);
        self.rows.pack(out);
        self.index.pack(out);
        scales.pack(out);
        codes.pack(out);
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        let (width, rows) = (usize::unpack(reader)?, usize::unpack(reader)?);
        let index = HashIndex::unpack(reader)?;
        let (scales, codes) = (Bytes::unpack(reader)?, Bytes::unpack(reader)?);
        if Some(codes.len()) != rows.checked_mul(width) || scales.len() != 4 * rows {
            return Err(format!("{} bytes of vectors for {rows} rows of {width}", codes.len()));
        }
        Ok(Self { width, rows, index, data: Rows::I8 { scales, codes } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows of three numbers; three keys.
    fn vectors() -> Vectors {
        let mut array = b"\x93NUMPY\x01\x00".to_vec();
        let header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";
        array.extend((header.len() as u16).to_le_bytes());
        array.extend(header);
        array.extend([1.0f32, -2.0, 0.5, 0.0, 100.0, -0.25].iter().flat_map(|value| value.to_le_bytes()));
        let mut key2row = Vec::new();
        let pairs = [(5u64, 0u64), (1 << 50, 1), (445, 1)].map(|(key, row)| (key.into(), row.into()));
        rmpv::encode::write_value(&mut key2row, &rmpv::Value::Map(pairs.to_vec())).unwrap();
        Vectors::from_spacy(array, &key2row).unwrap().unwrap()
    }

    #[test]
    fn several_forms_share_a_row() {
        let vectors = vectors();
        assert_eq!((vectors.rows(), vectors.width(), vectors.keys()), (2, 3, 3));
        assert_eq!(vectors.get(5), Some(vec![1.0, -2.0, 0.5]));
        assert_eq!(vectors.get(1 << 50), vectors.get(445));
        assert_eq!(vectors.get(6), None);
    }

    #[test]
    fn eight_bits_are_close_and_survive_packing() {
        let mut bytes = Vec::new();
        vectors().pack(&mut bytes);
        let read = Vectors::unpack(&mut Reader::new(bytes.into())).unwrap();
        let close =
            |a: Vec<f32>, b: Vec<f32>, step: f32| a.iter().zip(&b).all(|(a, b)| (a - b).abs() <= step);
        assert!(close(read.get(5).unwrap(), vectors().get(5).unwrap(), 2.0 / 254.0));
        assert!(close(read.get(445).unwrap(), vectors().get(445).unwrap(), 100.0 / 254.0));
    }
}
