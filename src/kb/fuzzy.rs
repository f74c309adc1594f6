/// Accepts names within so many edits (insertions, deletions, substitutions of bytes; exchanges of neighbours) of a name.
/// The first letter must be the same: it is seldom wrong, and that spares most of the search.
///
/// A state is a row of the matrix of Wagner and Fischer (1974), with the restricted transpositions of Damerau (1964);
/// entries above the bound are all alike.
pub(super) struct Near {
    name: Vec<u8>,
    edits: u8,
}

/// Most edits that can be asked for.
const MOST: usize = 2;

/// The last two rows, and the byte between them. Of a row only the entries are kept whose columns are at most the bound away
/// from the diagonal: the others are above the bound.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    before: [u8; 2 * MOST + 1],
    last: [u8; 2 * MOST + 1],
    /// Bytes that led here.
    depth: usize,
    byte: Option<u8>,
}

impl Near {
    pub(super) fn new(name: &str, edits: u8) -> Self {
        Self { name: name.as_bytes().to_vec(), edits: edits.min(MOST as u8) }
    }

    /// The column of an entry of the row at a depth.
    fn column(&self, depth: usize, entry: usize) -> Option<usize> {
        (depth + entry).checked_sub(usize::from(self.edits)).filter(|&column| column <= self.name.len())
    }

    /// How many edits lead here, if not too many.
    pub(super) fn edits(&self, rows: &Rows) -> Option<u8> {
        let entry = (self.name.len() + usize::from(self.edits)).checked_sub(rows.depth)?;
        rows.last[..self.entries()].get(entry).copied().filter(|&edits| edits <= self.edits)
    }

    fn entries(&self) -> usize {
        2 * usize::from(self.edits) + 1
    }

    /// Before the first byte.
    pub(super) fn start(&self) -> Rows {
        let above = [self.edits + 1; 2 * MOST + 1];
        let mut last = above;
        for (entry, edits) in last[..self.entries()].iter_mut().enumerate() {
            if let Some(column) = self.column(0, entry) {
                *edits = column as u8;
            }
        }
        Rows { before: above, last, depth: 0, byte: None }
    }

    /// Whether a name that goes on from here may be accepted.
    pub(super) fn can_match(&self, rows: &Rows) -> bool {
        rows.last.iter().any(|&edits| edits <= self.edits)
    }

    /// The state after one more byte.
    pub(super) fn accept(&self, rows: &Rows, byte: u8) -> Rows {
        let bound = self.edits + 1;
        let (name, before, last) = (&self.name, &rows.before, &rows.last);
        let mut next = [bound; 2 * MOST + 1];
        let depth = rows.depth + 1;
        let starts_alike = rows.byte.is_some() || name.first() == Some(&byte);
        for entry in 0..self.entries() {
            let Some(column) = self.column(depth, entry).filter(|_| starts_alike) else { continue };
            if column == 0 {
                next[entry] = bound.min(depth.min(255) as u8);
                continue;
            }
            let mut edits = last[entry] + u8::from(name[column - 1] != byte);
            if entry + 1 < self.entries() {
                edits = edits.min(last[entry + 1] + 1);
            }
            if entry > 0 {
                edits = edits.min(next[entry - 1] + 1);
            }
            let is_exchange = column > 1 && name[column - 2] == byte && rows.byte == Some(name[column - 1]);
            if is_exchange {
                edits = edits.min(before[entry] + 1);
            }
            next[entry] = edits.min(bound);
        }
        Rows { before: *last, last: next, depth, byte: Some(byte) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits(name: &str, other: &str) -> Option<u8> {
        let near = Near::new(name, 2);
        let rows = other.bytes().fold(near.start(), |rows, byte| near.accept(&rows, byte));
        near.edits(&rows)
    }

    #[test]
    fn edits_are_counted_up_to_the_bound() {
        for (other, expected) in [
            ("netanyahu", Some(0)),
            ("netanjahu", Some(1)),
            ("netanyhau", Some(1)),
            ("netanyahou", Some(1)),
            ("netaniahou", Some(2)),
            ("netany", None),
            ("getanyahu", None),
        ] {
            assert_eq!(edits("netanyahu", other), expected, "{other}");
        }
    }
}
