use super::{Error, msgpack};
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
        }
    }

    /// The vector of a form, if it has one.
    pub fn get(&self, form: u64) -> Option<Vec<f32>> {
        let row = self.row_of(form)?;
        let mut out = vec![0.0; self.width];
        self.copy_row(row, &mut out);
        Some(out)
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
