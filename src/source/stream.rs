//! A stream whose beginning has been looked at: decompressed, and UTF-16 turned into UTF-8.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use encoding_rs::Decoder;
use flate2::bufread::MultiGzDecoder;

use super::decode;

/// So many bytes are looked at to tell what a stream holds.
const HEAD: u64 = 64 * 1024;

/// A stream and its first bytes, which it will give again.
pub(crate) struct Stream {
    pub(crate) head: Vec<u8>,
    pub(crate) rest: Box<dyn BufRead + Send>,
}

impl Stream {
    /// Looks at the beginning of `input`, decompressing it if it is gzip.
    pub(crate) fn open(input: Box<dyn Read + Send>) -> io::Result<Self> {
        let stream = Self::look(input)?;
        if stream.head.starts_with(b"\x1F\x8B") {
            Self::look(Box::new(MultiGzDecoder::new(stream.whole())))
        } else {
            Ok(stream)
        }
    }

    /// Reads until there is a line that is not blank, so that a slow pipe is not waited for longer than needed.
    fn look(input: Box<dyn Read + Send>) -> io::Result<Self> {
        let mut rest = BufReader::with_capacity(HEAD as usize, input);
        let mut head = Vec::new();
        while (head.len() as u64) < HEAD {
            let buffer = rest.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            head.extend_from_slice(buffer);
            let used = buffer.len();
            rest.consume(used);
            if head.trim_ascii_start().contains(&b'\n') {
                break;
            }
        }
        Ok(Self { head, rest: Box::new(rest) })
    }

    /// All of it, from the first byte.
    pub(crate) fn whole(self) -> Box<dyn BufRead + Send> {
        Box::new(Cursor::new(self.head).chain(self.rest))
    }

    /// All of it as UTF-8 without byte order mark if it is UTF-8 or UTF-16; other encodings stay as they are.
    pub(crate) fn unmarked(mut self) -> Box<dyn BufRead + Send> {
        if let Some(encoding) = decode::utf16(&self.head) {
            let decoder = encoding.new_decoder_with_bom_removal();
            return Box::new(BufReader::new(Recoded::new(self.whole(), decoder)));
        }
        if let Some(rest) = self.head.strip_prefix(b"\xEF\xBB\xBF") {
            self.head = rest.to_vec();
        }
        self.whole()
    }
}

/// Gives the bytes of `input`, decoded, as UTF-8.
struct Recoded {
    input: Box<dyn BufRead + Send>,
    decoder: Decoder,
    /// What is decoded and not yet read, from byte `at` on.
    decoded: Vec<u8>,
    at: usize,
}

impl Recoded {
    fn new(input: Box<dyn BufRead + Send>, decoder: Decoder) -> Self {
        Self { input, decoder, decoded: Vec::new(), at: 0 }
    }

    /// Decodes the next bytes of the input into `decoded`, which stays empty at its end.
    fn refill(&mut self) -> io::Result<()> {
        self.at = 0;
        self.decoded.clear();
        while self.decoded.is_empty() {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let most = self.decoder.max_utf8_buffer_length(buffer.len()).expect("buffers are small");
            self.decoded.resize(most, 0);
            let (_, used, written, _) = self.decoder.decode_to_utf8(buffer, &mut self.decoded, false);
            self.decoded.truncate(written);
            self.input.consume(used);
        }
        Ok(())
    }
}

impl Read for Recoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.decoded.len() {
            self.refill()?;
        }
        let ready = self.decoded.get(self.at..).unwrap_or_default();
        let count = ready.len().min(out.len());
        let (to, from) = (out.split_at_mut(count).0, ready.split_at(count).0);
        to.copy_from_slice(from);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn all(bytes: Vec<u8>) -> Vec<u8> {
        let mut found = Vec::new();
        Stream::open(Box::new(Cursor::new(bytes))).unwrap().unmarked().read_to_end(&mut found).unwrap();
        found
    }

    #[test]
    fn gives_back_everything_it_looked_at() {
        let text = "one\ntwo\n".repeat(20_000).into_bytes();
        assert_eq!(all(text.clone()), text);
        assert_eq!(all(b"\xEF\xBB\xBFone".to_vec()), b"one");
    }

    #[test]
    fn decompresses_what_is_compressed() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(b"{\"text\": \"One.\"}\n").unwrap();
        let bytes = gzip.finish().unwrap();
        assert_eq!(all(bytes.repeat(2)), b"{\"text\": \"One.\"}\n".repeat(2), "members are joined");
    }

    #[test]
    fn turns_utf16_into_utf8() {
        let text = format!("\u{FEFF}{{\"text\": \"Zürich 😀{}\"}}\n", "é".repeat(70_000));
        let bytes = text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        assert_eq!(all(bytes), text.trim_start_matches('\u{FEFF}').as_bytes());
    }
}
