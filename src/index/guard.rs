//! What ends a query before it is done: somebody who cancels it, its deadline, or the memory that it takes.
//!
//! SPARQL's evaluator looks for its end only when it touches the data, and goes on over what it has collected. So a query
//! is asked for its end at two places. What the data set gives is counted by [`Guard::check`], which is an error once the
//! query is stopped: the data set then ends its iterators. Where the evaluator goes on without the data (products of
//! collected rows, sorting), all that it calls of ours is a term being cloned or compared, which can't fail. There
//! [`tick`] unwinds to [`Guard::run`], which all of the evaluation happens inside.
//!
//! An iterator that ended early makes a wrong answer and no error. Whoever asks looks at [`Guard::stopped`] before an
//! answer is believed; [`Guard::run`] does so.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use oxigraph::sparql::CancellationToken;

/// Calls that at most go by between two looks at the clock.
const STRIDE: u32 = 64;
/// Between two looks at the clock when all is well; where calls are slower than this, each one looks.
const PACE: Duration = Duration::from_millis(10);
/// Calls of [`tick`] between two checks: some microseconds.
const TICKS: u32 = 1024;

/// Why a query was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Stop {
    /// Its token was cancelled.
    #[error("the query was cancelled")]
    Cancelled,
    /// Its time is over.
    #[error("the query took too long")]
    Deadline,
    /// It took too much memory.
    #[error("the query took more than {} of memory", in_units(*.limit))]
    Memory {
        /// What it was allowed, in bytes.
        limit: u64,
    },
}

/// Watches over one query. A clone watches over the same one; any thread may ask it.
#[derive(Clone)]
pub struct Guard(Arc<Shared>);

struct Shared {
    token: CancellationToken,
    deadline: Option<Instant>,
    /// The limit, and the anonymous memory of the process that is too much.
    memory: Option<(u64, u64)>,
    began: Instant,
    /// Calls until the next look. Threads that call at once miscount, which does no harm.
    left: AtomicU32,
    stride: AtomicU32,
    /// Times of the last looks at the clock and at the memory, in microseconds since `began`.
    clock_at: AtomicU64,
    memory_at: AtomicU64,
    stopped: OnceLock<Stop>,
}

impl Guard {
    /// Watches over a query that begins now. Cancelling `token` stops it, and the token is cancelled once it is stopped
    /// otherwise. `memory` are the bytes by which the anonymous resident memory of the process may grow: queries that run
    /// at once share it. Only Linux tells it; elsewhere there is no limit.
    pub fn new(token: CancellationToken, deadline: Option<Instant>, memory: Option<u64>) -> Self {
        let memory = memory.and_then(|limit| Some((limit, anonymous_memory()?.saturating_add(limit))));
        Self(Arc::new(Shared {
            token,
            deadline,
            memory,
            began: Instant::now(),
            left: AtomicU32::new(0),
            stride: AtomicU32::new(1),
            clock_at: AtomicU64::new(0),
            memory_at: AtomicU64::new(0),
            stopped: OnceLock::new(),
        }))
    }

    /// Whether the query may go on. To be called on every item that the data set gives: mostly it counts, and now and then
    /// looks at the clock, and every 10 ms at the memory.
    #[inline]
    pub fn check(&self) -> Result<(), Stop> {
        let shared = &*self.0;
        let left = shared.left.load(Relaxed);
        if left > 0 && !shared.token.is_cancelled() {
            shared.left.store(left - 1, Relaxed);
            return Ok(());
        }
        self.look()
    }

    /// Whether the query may go on, by the clock and the memory as they are now (the latter at most 10 ms old).
    #[cold]
    pub fn look(&self) -> Result<(), Stop> {
        let shared = &*self.0;
        if let Some(stop) = self.stopped() {
            return Err(stop);
        }
        let now = Instant::now();
        if shared.deadline.is_some_and(|deadline| now >= deadline) {
            return Err(self.stop(Stop::Deadline));
        }
        let micros = |duration: Duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let at = micros(now.duration_since(shared.began));
        if let Some((limit, most)) = shared.memory
            && at.saturating_sub(shared.memory_at.load(Relaxed)) >= micros(PACE)
        {
            shared.memory_at.store(at, Relaxed);
            if anonymous_memory().is_some_and(|memory| memory > most) {
                return Err(self.stop(Stop::Memory { limit }));
            }
        }
        let elapsed = at.saturating_sub(shared.clock_at.swap(at, Relaxed));
        let stride = shared.stride.load(Relaxed);
        let stride = if elapsed > micros(PACE) { 1 } else { STRIDE.min(stride * 2) };
        shared.stride.store(stride, Relaxed);
        shared.left.store(stride - 1, Relaxed);
        Ok(())
    }

    /// Why the query was stopped, if it was.
    pub fn stopped(&self) -> Option<Stop> {
        let cancelled = || self.0.token.is_cancelled().then_some(Stop::Cancelled);
        self.0.stopped.get().copied().or_else(cancelled)
    }

    /// Stops the query, unless it was stopped before; gives why it was.
    fn stop(&self, stop: Stop) -> Stop {
        let stop = *self.0.stopped.get_or_init(|| stop);
        self.0.token.cancel();
        stop
    }

    /// Stops the query.
    pub fn cancel(&self) {
        self.stop(Stop::Cancelled);
    }

    /// What the evaluator looks at.
    pub fn token(&self) -> &CancellationToken {
        &self.0.token
    }

    /// Evaluates the query by `work`, all of it: what `work` gives must not be lazy. Gives why the query was stopped, if
    /// it was. A panic after that counts as its end too (sorting panics when its order changes on the way); any other goes
    /// on.
    pub fn run<T>(&self, work: impl FnOnce() -> T) -> Result<T, Stop> {
        let outer = GUARD.replace(Some(self.clone()));
        // What `work` leaves half done is dropped with it, or not looked at any more.
        let result = catch_unwind(AssertUnwindSafe(work));
        GUARD.set(outer);
        match (result, self.stopped()) {
            (_, Some(stop)) => Err(stop),
            (Ok(result), None) => Ok(result),
            (Err(panic), None) => resume_unwind(panic),
        }
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { deadline, memory, stopped, .. } = &*self.0;
        f.debug_struct("Guard")
            .field("deadline", deadline)
            .field("memory", memory)
            .field("stopped", stopped)
            .finish_non_exhaustive()
    }
}

thread_local! {
    /// What watches over the query that this thread evaluates.
    static GUARD: RefCell<Option<Guard>> = const { RefCell::new(None) };
    /// Ticks until the next check.
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

/// Ends the query that this thread evaluates inside [`Guard::run`], if it is stopped, by unwinding to there. To be called
/// when a term is cloned or compared; costs some nanoseconds.
#[inline]
pub(super) fn tick() {
    let checks = LEFT.with(|left| {
        let (less, checks) = left.get().overflowing_sub(1);
        left.set(less);
        checks
    });
    if checks {
        tick_and_check();
    }
}

#[cold]
fn tick_and_check() {
    LEFT.set(TICKS);
    let stopped = GUARD.with_borrow(|guard| guard.as_ref().is_some_and(|guard| guard.check().is_err()));
    if stopped && !std::thread::panicking() {
        // Not a panic: nothing is wrong, and nothing is printed.
        resume_unwind(Box::new("the query was stopped"));
    }
}

/// The anonymous resident memory of this process in bytes: what it has allocated, and no mapped files.
#[cfg(target_os = "linux")]
fn anonymous_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// Not known here.
#[cfg(not(target_os = "linux"))]
fn anonymous_memory() -> Option<u64> {
    None
}

/// Bytes for people: `1 GiB`, `1.5 MiB`, `20 kB`.
fn in_units(bytes: u64) -> String {
    let (size, unit) = match bytes {
        0..0x0010_0000 => return format!("{} kB", bytes / 1000),
        0x0010_0000..0x4000_0000 => (0x0010_0000, "MiB"),
        _ => (0x4000_0000, "GiB"),
    };
    let tenths = bytes * 10 / size;
    let fraction = if tenths.is_multiple_of(10) { String::new() } else { format!(".{}", tenths % 10) };
    format!("{}{fraction} {unit}", tenths / 10)
}

#[cfg(test)]
mod tests;
