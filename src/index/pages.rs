//! The bytes of a file that is never changed, in pages with checksums. A page is checked when it is first read, so that
//! opening costs nothing and a damaged byte never gives a wrong answer.

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use memmap2::Mmap;

use super::Damaged;

/// Bytes of a page.
const PAGE: usize = 4096;
/// What a file ends with: its kind and version.
const MAGIC: &[u8; 8] = b"tdngsg01";
/// Behind the footer: its length, the checksum of what is no page, and the magic.
const TAIL: usize = 4 + 4 + MAGIC.len();

/// Bytes in pages, mapped from a file or in memory.
pub(super) struct Pages {
    bytes: Bytes,
    /// Of the pages alone.
    len: usize,
    /// Where the checksums of the pages lie, four bytes each.
    checksums: usize,
    /// A bit a page: it was checked.
    checked: Vec<AtomicU64>,
    footer: Range<usize>,
    path: PathBuf,
}

enum Bytes {
    Mapped(Mmap),
    Owned(Vec<u8>),
}

impl Bytes {
    fn all(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(bytes) => bytes,
        }
    }
}

impl Pages {
    /// Opens a file by mapping it.
    pub(super) fn open(path: &Path) -> Result<Self, Damaged> {
        let damaged = |error: io::Error| Damaged::new(path, &error.to_string());
        let file = File::open(path).map_err(damaged)?;
        #[expect(unsafe_code, reason = "mapping a file can't be had otherwise")]
        // SAFETY: the file is only read, and who writes an index never changes a file of it, but removes it as a whole.
        // Whoever else cuts it while it is in use ends the program, as with every mapped file.
        let map = unsafe { Mmap::map(&file) }.map_err(damaged)?;
        Self::read(Bytes::Mapped(map), path)
    }

    /// Takes what [`PageWriter`] has written to memory.
    pub(super) fn of(bytes: Vec<u8>) -> Result<Self, Damaged> {
        Self::read(Bytes::Owned(bytes), Path::new("memory"))
    }

    fn read(bytes: Bytes, path: &Path) -> Result<Self, Damaged> {
        let damaged = |what: &str| Damaged::new(path, what);
        let all = bytes.all();
        let number =
            |at: usize| u32::from_le_bytes(*all.get(at..).and_then(|b| b.first_chunk()).unwrap_or(&[0; 4]));
        let (Some(tail), true) = (all.len().checked_sub(TAIL), all.ends_with(MAGIC)) else {
            return Err(damaged("it does not end as such a file does"));
        };
        // All but the tail is pages, their checksums, and the footer.
        let footer = tail.checked_sub(number(tail) as usize).ok_or_else(|| damaged("it is cut"))?;
        // Each page has four bytes of checksum: so many pages fit before the footer.
        let pages = footer.div_ceil(PAGE + 4);
        let checksums = footer.checked_sub(pages * 4).ok_or_else(|| damaged("it is cut"))?;
        if crc32fast::hash(&all[checksums..tail]) != number(tail + 4) {
            return Err(damaged("its checksums are not those that were written"));
        }
        let checked = (0..pages.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Ok(Self { len: checksums, checksums, checked, footer: footer..tail, path: path.to_owned(), bytes })
    }

    /// What was written behind the pages; checked.
    pub(super) fn footer(&self) -> &[u8] {
        &self.bytes.all()[self.footer.clone()]
    }

    /// The bytes of a range, checked.
    pub(super) fn get(&self, range: Range<usize>) -> Result<&[u8], Damaged> {
        if range.end > self.len || range.start > range.end {
            return Err(self.damaged("it points outside of itself"));
        }
        for page in range.start / PAGE..range.end.div_ceil(PAGE) {
            let (word, bit) = (&self.checked[page / 64], 1 << (page % 64));
            if word.load(Ordering::Relaxed) & bit == 0 {
                self.check(page)?;
                word.fetch_or(bit, Ordering::Relaxed);
            }
        }
        Ok(&self.bytes.all()[range])
    }

    #[cold]
    fn check(&self, page: usize) -> Result<(), Damaged> {
        let all = self.bytes.all();
        let bytes = &all[page * PAGE..((page + 1) * PAGE).min(self.len)];
        let expected = &all[self.checksums + page * 4..][..4];
        if crc32fast::hash(bytes).to_le_bytes() == *expected {
            Ok(())
        } else {
            Err(self.damaged("its bytes are not those that were written"))
        }
    }

    /// The error that something in it is not as it was written.
    pub(super) fn damaged(&self, what: &str) -> Damaged {
        Damaged::new(&self.path, what)
    }
}

/// Writes pages, their checksums and a footer.
pub(super) struct PageWriter<W> {
    out: W,
    len: u64,
    page: crc32fast::Hasher,
    checksums: Vec<u8>,
}

impl<W: Write> PageWriter<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, len: 0, page: crc32fast::Hasher::new(), checksums: Vec::new() }
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        while !bytes.is_empty() {
            let room = PAGE - (self.len % PAGE as u64) as usize;
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.page.update(now);
            self.len += now.len() as u64;
            if self.len.is_multiple_of(PAGE as u64) {
                self.end_page();
            }
            bytes = later;
        }
        Ok(())
    }

    fn end_page(&mut self) {
        let page = std::mem::take(&mut self.page);
        self.checksums.extend(page.finalize().to_le_bytes());
    }

    /// Ends the file.
    pub(super) fn finish(mut self, footer: &[u8]) -> io::Result<W> {
        if !self.len.is_multiple_of(PAGE as u64) {
            self.end_page();
        }
        let mut end = self.checksums;
        end.extend(footer);
        let checksum = crc32fast::hash(&end);
        end.extend(u32::try_from(footer.len()).map_err(|_| io::ErrorKind::InvalidInput)?.to_le_bytes());
        end.extend(checksum.to_le_bytes());
        end.extend(MAGIC);
        self.out.write_all(&end)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(len: usize) -> Vec<u8> {
        let mut writer = PageWriter::new(Vec::new());
        let bytes: Vec<u8> = (0..len).map(|n| (n * 7) as u8).collect();
        for part in bytes.chunks(1000) {
            writer.write(part).unwrap();
        }
        assert_eq!(writer.len(), len as u64);
        writer.finish(b"footer").unwrap()
    }

    #[test]
    fn bytes_come_back_whatever_their_number() {
        for len in [0, 1, PAGE - 1, PAGE, PAGE + 1, 5 * PAGE, 2000 * PAGE + 17] {
            let pages = Pages::of(written(len)).unwrap();
            assert_eq!(pages.footer(), b"footer");
            let all = pages.get(0..len).unwrap();
            assert!(all.len() == len && all.iter().enumerate().all(|(n, byte)| *byte == (n * 7) as u8));
            assert!(pages.get(0..len + 1).is_err());
        }
    }

    #[test]
    fn a_flipped_byte_or_a_cut_is_found() {
        let good = written(2 * PAGE + 5);
        for at in (0..good.len()).step_by(3).chain(good.len() - 30..good.len()) {
            let mut bad = good.clone();
            bad[at] ^= 0x10;
            let found = Pages::of(bad).and_then(|pages| {
                let all = pages.get(0..2 * PAGE + 5).map(<[u8]>::to_vec)?;
                Ok((all, pages.footer().to_vec()))
            });
            assert!(found.is_err(), "byte {at}");
        }
        for len in [0, 5, good.len() / 2, good.len() - 1] {
            assert!(Pages::of(good[..len].to_vec()).is_err(), "{len}");
        }
    }
}
