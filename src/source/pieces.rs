//! Cuts a stream into pieces that hold one JSON object each, without keeping more than a limit in memory.

use std::io::{self, BufRead};

/// One line, or one element of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The line it starts on, counted from 1.
    pub line: u64,
    /// Its bytes; `None` when they are more than the limit.
    pub bytes: Option<Vec<u8>>,
}

/// Bytes up to a limit; what goes beyond is counted, not kept.
struct Bounded {
    bytes: Vec<u8>,
    over: bool,
    limit: usize,
}

impl Bounded {
    fn new(limit: u64) -> Self {
        Self { bytes: Vec::new(), over: false, limit: usize::try_from(limit).unwrap_or(usize::MAX) }
    }

    fn push(&mut self, bytes: &[u8]) {
        if self.over || bytes.len() > self.limit - self.bytes.len() {
            self.over = true;
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// The piece, unless it is blank; begins a new one.
    fn take(&mut self, line: u64) -> Option<Piece> {
        let over = std::mem::take(&mut self.over);
        let bytes = std::mem::take(&mut self.bytes);
        if over {
            return Some(Piece { line, bytes: None });
        }
        (!bytes.trim_ascii().is_empty()).then_some(Piece { line, bytes: Some(bytes) })
    }
}

/// The lines of a stream that are not blank.
pub struct Lines<R> {
    input: R,
    kept: Bounded,
    line: u64,
    failed: bool,
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most `limit` bytes are kept.
    pub fn new(input: R, limit: u64) -> Self {
        Self { input, kept: Bounded::new(limit), line: 0, failed: false }
    }

    /// Reads to the end of a line. `false` at the end of the input.
    fn fill(&mut self) -> io::Result<bool> {
        let mut any = false;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(any);
            }
            any = true;
            let end = buffer.iter().position(|&b| b == b'\n');
            let (line, used) = end.map_or((buffer, buffer.len()), |end| (buffer.split_at(end).0, end + 1));
            self.kept.push(line);
            self.input.consume(used);
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            match self.fill() {
                Ok(false) => return None,
                Ok(true) => {
                    self.line += 1;
                    if let Some(piece) = self.kept.take(self.line) {
                        return Some(Ok(piece));
                    }
                }
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// The objects of a stream, whether they follow each other or are the elements of an array. Whatever else stands
/// between them, up to a comma or the end, is a piece too, so that it can be reported.
pub(crate) struct Elements<R> {
    input: R,
    splitter: Splitter,
    done: bool,
}

impl<R: BufRead> Elements<R> {
    /// Objects of at most `limit` bytes are kept.
    pub(crate) fn new(input: R, limit: u64) -> Self {
        let splitter =
            Splitter { kept: Bounded::new(limit), line: 1, start: 1, depth: 0, state: State::Start };
        Self { input, splitter, done: false }
    }
}

/// Finds the ends of elements, a byte at a time.
struct Splitter {
    kept: Bounded,
    line: u64,
    /// The line that the piece under way starts on.
    start: u64,
    /// Open brackets and braces; those of an outer array don't count.
    depth: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing but white space so far.
    Start,
    Outside,
    InString,
    AfterBackslash,
}

impl Splitter {
    /// Takes one byte in; gives a piece if it completes one.
    fn step(&mut self, byte: u8) -> Option<Piece> {
        self.line += u64::from(byte == b'\n');
        match (self.state, byte) {
            (State::InString, b'\\') => self.state = State::AfterBackslash,
            (State::InString, b'"') => {
                self.state = State::Outside;
                self.keep(byte);
                return None;
            }
            (State::InString, _) => {}
            (State::Start, b'[') => {
                self.state = State::Outside;
                return None;
            }
            (State::Start, _) if byte.is_ascii_whitespace() => return None,
            (State::Outside, _) if self.depth == 0 && between(byte) => return self.kept.take(self.start),
            (State::AfterBackslash, _) | (_, b'"') => self.state = State::InString,
            _ => self.state = State::Outside,
        }
        self.keep(byte);
        match byte {
            _ if self.state != State::Outside => None,
            b'{' | b'[' => {
                self.depth += 1;
                None
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 { self.kept.take(self.start) } else { None }
            }
            _ => None,
        }
    }

    fn keep(&mut self, byte: u8) {
        if self.kept.bytes.is_empty() && !self.kept.over {
            self.start = self.line;
        }
        self.kept.push(&[byte]);
    }
}

/// What may stand between elements: commas, white space, and the end of the array.
fn between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b']')
}

impl<R: BufRead> Iterator for Elements<R> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            };
            if buffer.is_empty() {
                self.done = true;
                return self.splitter.kept.take(self.splitter.start).map(Ok);
            }
            let pieces = buffer.iter().enumerate();
            let found =
                pieces.into_iter().find_map(|(at, &byte)| self.splitter.step(byte).map(|piece| (at, piece)));
            let used = found.as_ref().map_or(buffer.len(), |(at, _)| at + 1);
            self.input.consume(used);
            if let Some((_, piece)) = found {
                return Some(Ok(piece));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(input: &str) -> Vec<(u64, String)> {
        let pieces = Elements::new(input.as_bytes(), 1000).map(Result::unwrap);
        pieces.map(|piece| (piece.line, String::from_utf8(piece.bytes.unwrap()).unwrap())).collect()
    }

    fn expected(pieces: &[(u64, &str)]) -> Vec<(u64, String)> {
        pieces.iter().map(|&(line, text)| (line, text.to_owned())).collect()
    }

    #[test]
    fn splits_an_array_into_its_elements() {
        let found = elements("\n[\n {\"a\": \"]},\\\"{\"},\n {\"b\":\n [1, {}]}\n]\n");
        assert_eq!(found, expected(&[(3, "{\"a\": \"]},\\\"{\"}"), (4, "{\"b\":\n [1, {}]}")]));
    }

    #[test]
    fn splits_objects_that_follow_each_other() {
        assert_eq!(elements("{\"a\":\n1}\n{}{}"), expected(&[(1, "{\"a\":\n1}"), (3, "{}"), (3, "{}")]));
    }

    #[test]
    fn keeps_what_is_no_object_for_the_report() {
        assert_eq!(
            elements("[{}, 5, \"x\", {\"a\""),
            expected(&[(1, "{}"), (1, "5"), (1, "\"x\""), (1, "{\"a\"")])
        );
        assert_eq!(elements("  \n "), expected(&[]));
    }

    #[test]
    fn keeps_no_more_than_the_limit() {
        let long = format!("[{{\"a\": \"{}\"}}, {{}}]", "x".repeat(50));
        let pieces = Elements::new(long.as_bytes(), 10).map(Result::unwrap);
        let sizes = pieces.map(|piece| piece.bytes.map(|b| b.len())).collect::<Vec<_>>();
        assert_eq!(sizes, [None, Some(2)]);
    }
}
