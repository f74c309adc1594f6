use std::ops::Range;

/// A half-open range of bytes `start..end` of a text, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`, in bytes.
    ///
    /// # Panics
    /// When `end < start`, or a bound does not fit 32 bits.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span {start}..{end} is reversed");
        let bound = |n: usize| u32::try_from(n).expect("texts are shorter than 4 GiB");
        Self { start: bound(start), end: bound(end) }
    }

    /// The text it covers.
    ///
    /// # Panics
    /// When the span does not lie within `text` on character boundaries.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).expect("span lies in its text on character boundaries")
    }

    /// As a standard range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly within.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The index of a token in its document, counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub u32);

impl TokenId {
    /// As an index into a slice.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for TokenId {
    fn from(index: usize) -> Self {
        Self(u32::try_from(index).expect("documents have fewer than 2^32 tokens"))
    }
}

/// A half-open range of tokens `start..end` of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenSpan {
    /// First token.
    pub start: TokenId,
    /// One past the last token.
    pub end: TokenId,
}

impl TokenSpan {
    /// The tokens `start..end`.
    ///
    /// # Panics
    /// When `end < start`.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "token span {start}..{end} is reversed");
        Self { start: start.into(), end: end.into() }
    }

    /// As a standard range of token indexes.
    pub fn range(self) -> Range<usize> {
        self.start.index()..self.end.index()
    }

    /// The tokens in order.
    pub fn ids(self) -> impl DoubleEndedIterator<Item = TokenId> {
        (self.start.0..self.end.0).map(TokenId)
    }

    /// Length in tokens.
    pub fn len(self) -> usize {
        (self.end.0 - self.start.0) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the token lies within.
    pub fn contains(self, id: TokenId) -> bool {
        self.start <= id && id < self.end
    }
}
