use std::{ops::Deref, sync::Arc};

/// A block of bytes that is part of the program, or shared with others of the same file.
#[derive(Clone, Debug)]
pub(in crate::nlp) enum Bytes {
    Embedded(&'static [u8]),
    Shared { file: Arc<Vec<u8>>, start: usize, end: usize },
}

impl Bytes {
    /// The bytes `start..end` of this block, if it has so many.
    pub(in crate::nlp) fn part(&self, start: usize, end: usize) -> Option<Self> {
        self.get(start..end)?;
        Some(match self {
            Self::Embedded(bytes) => Self::Embedded(bytes.get(start..end)?),
            Self::Shared { file, start: offset, .. } => {
                Self::Shared { file: Arc::clone(file), start: offset + start, end: offset + end }
            }
        })
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Shared { file, start, end } => &file[*start..*end],
        }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        let end = bytes.len();
        Self::Shared { file: Arc::new(bytes), start: 0, end }
    }
}
