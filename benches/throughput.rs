//! Parses all texts of a JSON Lines file and prints how many tokens a second that takes.
//!
//!     cargo run --release --example throughput -- [--model PATH] [--threads N] FILE.jsonl
//!
//! Without `--model` the embedded pipeline runs. Each thread has a worker and takes the next batch of texts.

#![expect(clippy::print_stdout, reason = "a program that prints")]

use std::{
    env, fs,
    path::Path,
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tidings::nlp::Pipeline;

/// Texts that a thread takes at once.
const BATCH: usize = 8;

struct Arguments {
    model: Option<String>,
    threads: usize,
    file: String,
}

fn arguments() -> Result<Arguments> {
    let (mut model, mut threads, mut file) = (None, 1, None);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("`{argument}` needs a value"));
        match argument.as_str() {
            "--model" => model = Some(value()?),
            "--threads" => threads = value()?.parse().context("`--threads` is a number")?,
            _ => file = Some(argument),
        }
    }
    let Some(file) = file else { bail!("give a file of JSON Lines with a field `text`") };
    Ok(Arguments { model, threads, file })
}

fn main() -> Result<ExitCode> {
    let Arguments { model, threads, file } = arguments()?;
    let started = Instant::now();
    let pipeline = match model {
        Some(path) => Pipeline::open(Path::new(&path))?,
        None => Pipeline::embedded(),
    };
    let loading = started.elapsed();
    let content = fs::read_to_string(&file).with_context(|| format!("cannot read `{file}`"))?;
    let mut texts = Vec::new();
    for line in content.lines() {
        let object: serde_json::Value = serde_json::from_str(line)?;
        texts.push(object["text"].as_str().context("a line has no `text`")?.to_owned());
    }

    let before = processor_time();
    let started = Instant::now();
    let tokens = parse_all(&pipeline, &texts, threads);
    let wall = started.elapsed();
    let processor = match (before, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => wall * threads as u32,
    };
    let rate = |time: Duration| tokens as f64 / time.as_secs_f64();
    println!("loaded in {:.0} ms", loading.as_secs_f64() * 1e3);
    println!(
        "{tokens} tokens: {:.0} tokens/s of processor time, {:.0} tokens/s by the clock on {threads} thread(s)",
        rate(processor),
        rate(wall)
    );
    Ok(ExitCode::SUCCESS)
}

/// Parses the texts, and gives the number of tokens.
fn parse_all(pipeline: &Pipeline, texts: &[String], threads: usize) -> usize {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut worker = pipeline.worker();
        let mut tokens = 0;
        loop {
            let first = next.fetch_add(BATCH, Ordering::Relaxed);
            let Some(rest) = texts.get(first..).filter(|rest| !rest.is_empty()) else { return tokens };
            let batch: Vec<&str> = rest.iter().take(BATCH).map(String::as_str).collect();
            tokens += worker.parse_batch(&batch).iter().map(tidings::nlp::Doc::len).sum::<usize>();
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no worker panics")).sum()
    })
}

/// Processor time of all threads so far, where Linux tells it (in steps of 10 ms).
fn processor_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: &str| field.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(fields.get(11)?)? + ticks(fields.get(12)?)?)))
}
