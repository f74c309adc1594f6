use std::io::BufRead;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::super::{Error, Row};
use super::{Intake, read_error};

/// Bytes of lines that are handed to a thread at a time.
const CHUNK: usize = 1 << 19;
/// Chunks that wait for each thread.
const WAITING: usize = 2;
/// Longest line, in bytes: a Wikidata item has a few million.
const LONGEST: usize = 1 << 28;

/// A format with one entity, or one fact, in a line.
pub(super) trait Lines: Sync {
    /// Appends what a line says; the error says what is wrong with it.
    fn rows(&self, line: &str, rows: &mut Vec<Row>) -> Result<(), String>;

    /// What is wrong with a file that has this last line.
    fn problem_at_end(&self, _last: &[u8]) -> Option<&'static str> {
        None
    }

    /// Whether lines that follow each other often are about the same entity.
    const RUNS: bool;
}

/// Lines, and the number of the first.
struct Chunk {
    first: u64,
    bytes: Vec<u8>,
}

type Parsed = Vec<Result<Row, (u64, String)>>;

/// Reads the lines of a file on several threads; rows come in the order of the lines.
pub(super) fn read<L: Lines>(
    path: &Path,
    mut input: impl BufRead + Send,
    first: u64,
    format: &L,
    intake: &mut Intake<'_>,
) -> Result<(), Error> {
    let threads = intake.options.threads.get();
    thread::scope(|scope| {
        let mut to: Vec<SyncSender<Chunk>> = Vec::new();
        let mut from: Vec<Receiver<Parsed>> = Vec::new();
        for _ in 0..threads {
            let (chunks, their_chunks) = sync_channel::<Chunk>(WAITING);
            let (their_rows, rows) = sync_channel(WAITING);
            scope.spawn(move || {
                for chunk in their_chunks {
                    if their_rows.send(parse(&chunk, format)).is_err() {
                        break;
                    }
                }
            });
            to.push(chunks);
            from.push(rows);
        }
        let reader = scope.spawn(move || {
            let (mut first, mut last) = (first, Vec::new());
            // Each thread gets every so manieth chunk, and is asked for its rows in turn.
            for chunks in (0..threads).cycle() {
                let chunk = next_chunk(&mut input, first)?;
                if chunk.bytes.is_empty() {
                    break;
                }
                if let Some(line) = chunk.bytes.trim_ascii_end().rsplit(|&byte| byte == b'\n').next()
                    && !line.is_empty()
                {
                    last.clear();
                    last.extend(line);
                }
                first += chunk.bytes.split(|&byte| byte == b'\n').count() as u64 - 1;
                if to[chunks].send(chunk).is_err() {
                    break;
                }
            }
            Ok((first, last))
        });
        for rows in (0..threads).cycle() {
            let Ok(rows) = from[rows].recv() else { break };
            for row in rows {
                match row {
                    Ok(row) => intake.add(row)?,
                    Err((line, problem)) => intake.problem(path, line, problem)?,
                }
            }
            intake.progress();
        }
        let failed = |error| read_error(path, error);
        let end = reader.join().unwrap_or_else(|_| Err(std::io::Error::other("reading failed")));
        let (line, last) = end.map_err(failed)?;
        match format.problem_at_end(&last) {
            Some(problem) => intake.problem(path, line, problem.to_owned()),
            None => Ok(()),
        }
    })
}

fn next_chunk(input: &mut impl BufRead, first: u64) -> std::io::Result<Chunk> {
    let mut bytes = Vec::with_capacity(CHUNK + (CHUNK >> 2));
    while bytes.len() < CHUNK {
        let start = bytes.len();
        let mut limited = std::io::Read::take(&mut *input, LONGEST as u64);
        let read = limited.read_until(b'\n', &mut bytes).map_err(|error| {
            let line = first + bytes.split(|&byte| byte == b'\n').count() as u64 - 1;
            std::io::Error::new(error.kind(), format!("line {line}: {error}"))
        })?;
        if read == 0 {
            break;
        }
        if bytes.len() - start == LONGEST {
            return Err(std::io::Error::other("a line is longer than 256 MiB: this is no file of lines"));
        }
    }
    Ok(Chunk { first, bytes })
}

fn parse<L: Lines>(chunk: &Chunk, format: &L) -> Parsed {
    let (mut parsed, mut rows) = (Parsed::new(), Vec::new());
    for (line, number) in chunk.bytes.split_inclusive(|&byte| byte == b'\n').zip(chunk.first..) {
        let problem = match std::str::from_utf8(line) {
            Ok(line) => format.rows(line.trim_end_matches(['\n', '\r']), &mut rows),
            Err(_) => Err("it is not UTF-8".to_owned()),
        };
        for row in rows.drain(..) {
            match parsed.last_mut() {
                Some(Ok(last)) if L::RUNS && last.has_key_of(&row) => last.merge(row),
                _ => parsed.push(Ok(row)),
            }
        }
        parsed.extend(problem.err().map(|problem| Err((number, problem))));
    }
    parsed
}
