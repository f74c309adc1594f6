//! What an index says of itself: a text file that is replaced as a whole.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::super::article_file::{digest, hex};
use super::listing::Listing;

/// The line of a segment begins so.
const SEGMENT: &str = "segment\t";
/// The last line: the digest of all before it.
const END: &str = "end\t";

/// The state of an index.
pub(super) struct State {
    pub(super) segments: Vec<SegmentLine>,
    pub(super) listing: Listing,
}

/// A segment, and the graphs in it that count no more.
pub(super) struct SegmentLine {
    number: u32,
    pub(super) gone: BTreeSet<u64>,
}

impl SegmentLine {
    pub(super) fn new(number: u32) -> Self {
        Self { number, gone: BTreeSet::new() }
    }

    /// Name of its file.
    pub(super) fn file(&self) -> String {
        format!("{:08}.seg", self.number)
    }

    /// The number in the name of a segment's file; `None` where it is another file.
    pub(super) fn number_of(path: &Path) -> Option<u32> {
        path.file_name()?.to_str()?.strip_suffix(".seg")?.parse().ok()
    }

    fn parse(line: &str) -> Option<Self> {
        let (number, gone) = line.split_once('\t')?;
        let gone = gone.split(' ').filter(|id| !id.is_empty()).map(|id| id.parse().ok());
        Some(Self { number: number.parse().ok()?, gone: gone.collect::<Option<_>>()? })
    }

    fn text(&self) -> String {
        let gone: Vec<String> = self.gone.iter().map(u64::to_string).collect();
        format!("{SEGMENT}{}\t{}\n", self.number, gone.join(" "))
    }
}

impl State {
    pub(super) fn empty(header: &str) -> Self {
        Self { segments: Vec::new(), listing: Listing::empty(header) }
    }

    /// Reads what [`Self::to_text`] wrote; `None` where it is not whole, or was made by another program or for other
    /// corrections than `header` says.
    pub(super) fn parse(text: &str, header: &str) -> Option<Self> {
        let (body, end) = text.split_at(text.rfind(END)?);
        if end.strip_prefix(END)?.strip_suffix('\n')? != hex(&digest(body.as_bytes())) {
            return None;
        }
        let mut rest = body;
        let mut segments = Vec::new();
        while let Some(line) = rest.strip_prefix(SEGMENT) {
            let (line, behind) = line.split_once('\n')?;
            segments.push(SegmentLine::parse(line)?);
            rest = behind;
        }
        Some(Self { segments, listing: Listing::parse(rest, header)? })
    }

    /// A line a segment, then the listing, then the digest of all that.
    pub(super) fn to_text(&self) -> String {
        let mut text: String = self.segments.iter().map(SegmentLine::text).collect();
        text.push_str(&self.listing.to_text());
        let digest = hex(&digest(text.as_bytes()));
        writeln!(text, "{END}{digest}").expect("writing to a string succeeds");
        text
    }
}
