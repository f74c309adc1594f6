use super::Span;

/// Translates between byte offsets and code point offsets of one text.
///
/// Keeps one count every 64 bytes, so that a translation reads at most 64 bytes.
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points that start before byte `64 * i`.
    counts: Vec<u32>,
}

const STEP: usize = 64;

fn starts_code_point(byte: u8) -> bool {
    (byte & 0xC0) != 0x80
}

fn count(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| starts_code_point(b)).count() as u32
}

impl<'a> CodePoints<'a> {
    /// Indexes `text`.
    pub fn new(text: &'a str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STEP + 1);
        let mut total = 0;
        for block in text.as_bytes().chunks(STEP) {
            counts.push(total);
            total += count(block);
        }
        counts.push(total);
        Self { text, counts }
    }

    /// Code points of the whole text.
    pub fn len(&self) -> usize {
        self.counts[self.counts.len() - 1] as usize
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The code point offset of a byte offset on a character boundary.
    ///
    /// # Panics
    /// When `byte` lies beyond the text.
    pub fn from_byte(&self, byte: usize) -> usize {
        let block = byte / STEP;
        (self.counts[block] + count(&self.text.as_bytes()[block * STEP..byte])) as usize
    }

    /// The byte offset of a code point offset, or `None` beyond the text.
    pub fn to_byte(&self, code_point: usize) -> Option<usize> {
        if code_point >= self.len() {
            return (code_point == self.len()).then_some(self.text.len());
        }
        let wanted = code_point as u32;
        let block = self.counts.partition_point(|&n| n <= wanted) - 1;
        let mut left = wanted - self.counts[block];
        let start = block * STEP;
        for (i, &b) in self.text.as_bytes()[start..].iter().enumerate() {
            if starts_code_point(b) {
                if left == 0 {
                    return Some(start + i);
                }
                left -= 1;
            }
        }
        None
    }

    /// A byte span as `(start, end)` in code points.
    pub fn of_span(&self, span: Span) -> (usize, usize) {
        (self.from_byte(span.start as usize), self.from_byte(span.end as usize))
    }

    /// A range of code points as a byte span; `None` when it is reversed or lies beyond the text.
    pub fn to_span(&self, start: usize, end: usize) -> Option<Span> {
        let (from, to) = (self.to_byte(start)?, self.to_byte(end)?);
        (from <= to).then(|| Span::new(from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_characters_one_by_one() {
        for text in ["", "a", "Zürich – 東京 😀 ok", &"é".repeat(200), &"x😀".repeat(90)] {
            let index = CodePoints::new(text);
            let mut starts: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
            starts.push(text.len());
            assert_eq!(index.len(), starts.len() - 1);
            for (n, &byte) in starts.iter().enumerate() {
                assert_eq!(index.from_byte(byte), n, "byte {byte} of {text:?}");
                assert_eq!(index.to_byte(n), Some(byte), "code point {n} of {text:?}");
            }
            assert_eq!(index.to_byte(starts.len()), None);
        }
    }
}
