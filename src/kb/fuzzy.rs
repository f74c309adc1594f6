/// Accepts names within so many edits (insertions, deletions, substitutions of bytes; exchanges of neighbours) of a name.
/// The first letter must be the same: it is seldom wrong, and that spares most of the search.
///
/// A state is a row of the matrix of Wagner and Fischer (1974), with the restricted transpositions of Damerau (1964);
/// entries above the bound are all alike.
pub(super) struct Near {
    name: Vec<u8>,
    edits: u8,
}

/// The last two rows, and the byte between them.
#[derive(Clone)]
pub(super) struct Rows {
    before: Vec<u8>,
    last: Vec<u8>,
    byte: Option<u8>,
}

impl Near {
    pub(super) fn new(name: &str, edits: u8) -> Self {
        Self { name: name.as_bytes().to_vec(), edits }
    }

    /// How many edits lead here, if not too many.
    pub(super) fn edits(&self, rows: &Rows) -> Option<u8> {
        rows.last.last().copied().filter(|&edits| edits <= self.edits)
    }

    /// Before the first byte.
    pub(super) fn start(&self) -> Rows {
        let bound = self.edits + 1;
        let last = (0..=self.name.len()).map(|i| i.min(usize::from(bound)) as u8).collect();
        Rows { before: Vec::new(), last, byte: None }
    }

    /// Whether a name that goes on from here may be accepted.
    pub(super) fn can_match(&self, rows: &Rows) -> bool {
        rows.last.iter().any(|&edits| edits <= self.edits)
    }

    /// The state after one more byte.
    pub(super) fn accept(&self, rows: &Rows, byte: u8) -> Rows {
        let bound = self.edits + 1;
        let (name, before, last) = (&self.name, &rows.before, &rows.last);
        let mut next = Vec::with_capacity(last.len());
        next.push(last[0].saturating_add(1).min(bound));
        for i in 0..name.len() {
            let substituted = last[i] + u8::from(name[i] != byte);
            let mut edits = substituted.min(last[i + 1] + 1).min(next[i] + 1);
            if i > 0 && !before.is_empty() && name[i - 1] == byte && rows.byte == Some(name[i]) {
                edits = edits.min(before[i - 1] + 1);
            }
            next.push(edits.min(bound));
        }
        if rows.byte.is_none() && self.name.first() != Some(&byte) {
            next.fill(bound);
        }
        Rows { before: last.clone(), last: next, byte: Some(byte) }
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
