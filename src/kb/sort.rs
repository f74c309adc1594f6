//! Sorting in bounded memory: what does not fit goes sorted into temporary files, which are merged when they are read.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use super::format::write_varint;

/// Bytes read from a temporary file at a time.
const READ: usize = 1 << 17;

/// Collects records of a key and a value, to give them in the order of their keys; those with the same key stay in the
/// order in which they came.
pub(super) struct Sorter {
    folder: PathBuf,
    /// Bytes of records that are kept before they are sorted and written.
    limit: usize,
    len: u64,
    records: Records,
    runs: Vec<File>,
    writing: Option<JoinHandle<io::Result<File>>>,
}

/// Records in memory.
#[derive(Default)]
struct Records {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

/// Where a record is, with the start of its key, which decides most comparisons.
#[derive(Clone, Copy)]
struct Place {
    prefix: u64,
    start: u32,
    key: u32,
    len: u32,
}

impl Records {
    fn push(&mut self, key: &[u8], value: &[u8]) {
        let mut prefix = [0; 8];
        let len = key.len().min(8);
        prefix[..len].copy_from_slice(&key[..len]);
        self.places.push(Place {
            prefix: u64::from_be_bytes(prefix),
            start: self.bytes.len() as u32,
            key: key.len() as u32,
            len: (key.len() + value.len()) as u32,
        });
        self.bytes.extend(key);
        self.bytes.extend(value);
    }

    fn size(&self) -> usize {
        self.bytes.len() + self.places.len() * size_of::<Place>()
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        let key = |place: &Place| &bytes[place.start as usize..(place.start + place.key) as usize];
        self.places.sort_by(|a, b| a.prefix.cmp(&b.prefix).then_with(|| key(a).cmp(key(b))));
    }

    fn at(&self, i: usize) -> Option<(&[u8], &[u8])> {
        let place = self.places.get(i)?;
        let record = &self.bytes[place.start as usize..(place.start + place.len) as usize];
        Some(record.split_at(place.key as usize))
    }

    /// Writes them in order to a file that has no name, so that it is gone with the process however that ends.
    fn into_run(mut self, folder: &Path) -> io::Result<File> {
        self.sort();
        let mut file = BufWriter::with_capacity(READ, tempfile::tempfile_in(folder)?);
        let mut lengths = Vec::new();
        let mut i = 0;
        while let Some((key, value)) = self.at(i) {
            lengths.clear();
            write_varint(&mut lengths, key.len() as u32);
            write_varint(&mut lengths, value.len() as u32);
            file.write_all(&lengths)?;
            file.write_all(key)?;
            file.write_all(value)?;
            i += 1;
        }
        file.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl Sorter {
    /// A sorter that uses so much memory, in bytes, and makes its temporary files in a folder.
    pub(super) fn new(folder: &Path, memory: usize) -> Self {
        // One half is filled while the other is sorted and written; a place holds 32 bits.
        let limit = (memory / 2).clamp(1 << 16, 1 << 31);
        Self {
            folder: folder.to_owned(),
            limit,
            len: 0,
            records: Records::default(),
            runs: Vec::new(),
            writing: None,
        }
    }

    /// Adds a record.
    pub(super) fn push(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        self.records.push(key, value);
        self.len += 1;
        if self.records.size() >= self.limit {
            self.wait()?;
            let records = std::mem::take(&mut self.records);
            let folder = self.folder.clone();
            self.writing = Some(std::thread::spawn(move || records.into_run(&folder)));
        }
        Ok(())
    }

    fn wait(&mut self) -> io::Result<()> {
        if let Some(thread) = self.writing.take() {
            let run = thread.join().map_err(|_| io::Error::other("sorting failed"))??;
            self.runs.push(run);
        }
        Ok(())
    }

    /// All records in order.
    pub(super) fn sorted(mut self) -> io::Result<Sorted> {
        self.wait()?;
        self.records.sort();
        self.records.bytes.shrink_to_fit();
        Ok(Sorted { len: self.len, records: self.records, runs: self.runs })
    }
}

/// Records in order, which can be read several times.
pub(super) struct Sorted {
    len: u64,
    records: Records,
    runs: Vec<File>,
}

impl Sorted {
    /// Number of records.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Starts at the first record.
    pub(super) fn read(&mut self) -> io::Result<Merge<'_>> {
        let mut parts = Vec::new();
        for run in &mut self.runs {
            run.rewind()?;
            parts.push(Part::Run(BufReader::with_capacity(READ, run)));
        }
        parts.push(Part::Memory(&self.records, 0));
        let mut merge = Merge { parts, heads: BinaryHeap::new() };
        for part in 0..merge.parts.len() {
            merge.refill(part, Record::default())?;
        }
        Ok(merge)
    }
}

enum Part<'a> {
    Run(BufReader<&'a mut File>),
    Memory(&'a Records, usize),
}

/// A record that was read.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Record {
    /// What it is sorted by.
    pub(super) key: Vec<u8>,
    /// The rest.
    pub(super) value: Vec<u8>,
}

#[derive(PartialEq, Eq)]
struct Head {
    record: Record,
    part: usize,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        self.record.key.cmp(&other.record.key).then(self.part.cmp(&other.part))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Records in order, of several parts that are each in order.
pub(super) struct Merge<'a> {
    parts: Vec<Part<'a>>,
    heads: BinaryHeap<Reverse<Head>>,
}

impl Merge<'_> {
    /// The next record, in the space of one that is no longer needed; `false` when there is none.
    pub(super) fn next(&mut self, into: &mut Record) -> io::Result<bool> {
        let Some(Reverse(head)) = self.heads.pop() else { return Ok(false) };
        let old = std::mem::replace(into, head.record);
        self.refill(head.part, old)?;
        Ok(true)
    }

    /// Whether the next record has this key.
    pub(super) fn next_is(&self, key: &[u8]) -> bool {
        self.heads.peek().is_some_and(|head| head.0.record.key == key)
    }

    fn refill(&mut self, part: usize, mut record: Record) -> io::Result<()> {
        let found = match &mut self.parts[part] {
            Part::Run(run) => read_record(run, &mut record)?,
            Part::Memory(records, next) => match records.at(*next) {
                Some((key, value)) => {
                    record.key.clear();
                    record.key.extend(key);
                    record.value.clear();
                    record.value.extend(value);
                    *next += 1;
                    true
                }
                None => false,
            },
        };
        if found {
            self.heads.push(Reverse(Head { record, part }));
        }
        Ok(())
    }
}

fn read_record(run: &mut impl Read, record: &mut Record) -> io::Result<bool> {
    let Some(key) = read_length(run)? else { return Ok(false) };
    let value = read_length(run)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    record.key.resize(key as usize, 0);
    run.read_exact(&mut record.key)?;
    record.value.resize(value as usize, 0);
    run.read_exact(&mut record.value)?;
    Ok(true)
}

/// `None` at the end.
fn read_length(run: &mut impl Read) -> io::Result<Option<u32>> {
    let (mut length, mut byte) = (0u32, [0]);
    for shift in (0..32).step_by(7) {
        if run.read(&mut byte)? == 0 {
            return if shift == 0 { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        length |= u32::from(byte[0] & 0x7F) << shift;
        if byte[0] < 0x80 {
            break;
        }
    }
    Ok(Some(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_in_order_whatever_the_memory() {
        let folder = tempfile::tempdir().unwrap();
        let records: Vec<(String, u32)> =
            (0..30_000u32).map(|n| (format!("key {}", n.wrapping_mul(2_654_435_761) % 5_000), n)).collect();
        let mut expected = records.clone();
        expected.sort_by(|a, b| a.0.cmp(&b.0));
        for memory in [1, 1 << 19, 1 << 30] {
            let mut sorter = Sorter::new(folder.path(), memory);
            for (key, value) in &records {
                sorter.push(key.as_bytes(), &value.to_le_bytes()).unwrap();
            }
            let mut in_order = sorter.sorted().unwrap();
            assert_eq!(in_order.runs.is_empty(), memory > 1 << 20);
            for _ in 0..2 {
                let mut merge = in_order.read().unwrap();
                let mut record = Record::default();
                for (key, value) in &expected {
                    assert!(merge.next_is(key.as_bytes()));
                    assert!(merge.next(&mut record).unwrap());
                    assert_eq!((&*record.key, &*record.value), (key.as_bytes(), &value.to_le_bytes()[..]));
                }
                assert!(!merge.next(&mut record).unwrap());
            }
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
