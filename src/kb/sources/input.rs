use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

/// Opens a file, which may be compressed by gzip, bzip2 or Zstandard; told by its first bytes. `read` counts what was read
/// of the file itself.
pub(super) fn open(path: &Path, read: Arc<AtomicU64>) -> io::Result<Box<dyn BufRead + Send>> {
    let mut file = Counted { file: File::open(path)?, read };
    let mut start = Vec::new();
    (&mut file).take(1 << 14).read_to_end(&mut start)?;
    let whole = |start: Vec<u8>| BufReader::with_capacity(1 << 16, Cursor::new(start).chain(file));
    let decoded: Box<dyn Read + Send> = match start.as_slice() {
        [0x1F, 0x8B, ..] => Box::new(MultiGzDecoder::new(whole(start))),
        [b'B', b'Z', b'h', ..] => Box::new(MultiBzDecoder::new(whole(start))),
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => {
            Box::new(Zstandard { file: Some(whole(start)), frame: None })
        }
        [b'P', b'K', 3, 4, ..] => {
            return Err(io::Error::other("it is a zip archive: unzip it, and name the file in it"));
        }
        _ => return Ok(Box::new(whole(start))),
    };
    Ok(Box::new(BufReader::with_capacity(1 << 18, decoded)))
}

struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

type Whole = BufReader<Chain<Cursor<Vec<u8>>, Counted>>;

/// A file of several frames, as parallel compressors write them.
struct Zstandard {
    /// The file between two frames.
    file: Option<Whole>,
    frame: Option<Box<StreamingDecoder<Whole, ruzstd::decoding::FrameDecoder>>>,
}

impl Zstandard {
    /// Goes to the next frame; `false` at the end of the file.
    fn next_frame(&mut self) -> io::Result<bool> {
        while let Some(mut file) = self.file.take() {
            let start = file.fill_buf()?;
            if start.is_empty() {
                return Ok(false);
            }
            // Frames of other data start with their length.
            if start.len() >= 8 && start[0] & 0xF0 == 0x50 && start[1..4] == [0x2A, 0x4D, 0x18] {
                let mut header = [0; 8];
                file.read_exact(&mut header)?;
                let [.., a, b, c, d] = header;
                io::copy(
                    &mut (&mut file).take(u64::from(u32::from_le_bytes([a, b, c, d]))),
                    &mut io::sink(),
                )?;
                self.file = Some(file);
                continue;
            }
            let decoder = StreamingDecoder::new(file).map_err(cut_off)?;
            self.frame = Some(Box::new(decoder));
            return Ok(true);
        }
        Ok(false)
    }
}

fn cut_off(error: FrameDecoderError) -> io::Error {
    match error {
        FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::MagicNumberReadError(error)) => error,
        error => io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
    }
}

impl Read for Zstandard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(frame) = &mut self.frame else {
                if self.next_frame()? {
                    continue;
                }
                return Ok(0);
            };
            let read = frame.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.file = self.frame.take().map(|frame| frame.into_inner());
        }
    }
}
