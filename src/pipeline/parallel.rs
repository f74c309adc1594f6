//! Work on several threads, results in the order of the input.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// Batches that may be under way or waiting for an earlier one, for each thread. It bounds the memory: the input is not
/// read further ahead.
const AHEAD: usize = 4;

/// Takes batches from `input`, lets `threads` workers turn each into a result, and gives the results to `sink` in the
/// order of the input, on the calling thread. Ends early when the sink fails, with its error.
///
/// With one thread everything runs on the calling thread.
///
/// # Panics
/// When a worker panics.
pub fn in_order<B: Send, W, T: Send, S>(
    mut input: impl Iterator<Item = B> + Send,
    threads: NonZeroUsize,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, B) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<(), S>,
) -> Result<(), S> {
    if threads.get() == 1 {
        let mut worker = worker();
        return input.try_for_each(|batch| sink(work(&mut worker, batch)));
    }
    let queue = Queue::new(input, threads.get() * AHEAD);
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            let (queue, worker, work, sender) = (&queue, &worker, &work, sender.clone());
            scope.spawn(move || {
                let _stop = StopOnPanic(queue);
                let mut worker = worker();
                while let Some((number, batch)) = queue.next() {
                    if sender.send((number, work(&mut worker, batch))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let _stop = StopOnPanic(&queue);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, result) in results {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                queue.done();
                if let Err(error) = sink(result) {
                    queue.stop();
                    return Err(error);
                }
            }
        }
        Ok(())
    })
}

/// The batches that are still to be done, numbered in their order.
struct Queue<I> {
    state: Mutex<State<I>>,
    changed: Condvar,
    limit: usize,
}

struct State<I> {
    /// None when it is at its end, or the work was stopped.
    input: Option<I>,
    next: usize,
    under_way: usize,
}

impl<I: Iterator> Queue<I> {
    fn new(input: I, limit: usize) -> Self {
        let state = State { input: Some(input), next: 0, under_way: 0 };
        Self { state: Mutex::new(state), changed: Condvar::new(), limit }
    }

    /// The next batch with its number; waits while too many are under way.
    fn next(&self) -> Option<(usize, I::Item)> {
        let mut state = self.lock();
        while state.input.is_some() && state.under_way >= self.limit {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let Some(batch) = state.input.as_mut()?.next() else {
            state.input = None;
            self.changed.notify_all();
            return None;
        };
        let number = state.next;
        state.next += 1;
        state.under_way += 1;
        Some((number, batch))
    }

    /// Says that a batch has been dealt with.
    fn done(&self) {
        self.lock().under_way -= 1;
        self.changed.notify_one();
    }

    fn stop(&self) {
        self.lock().input = None;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<I>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the others end when a thread panics, so that the panic is seen and nobody waits for ever.
struct StopOnPanic<'q, I: Iterator>(&'q Queue<I>);

impl<I: Iterator> Drop for StopOnPanic<'_, I> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn run(threads: usize, input: Vec<u64>) -> Vec<u64> {
        let mut results = Vec::new();
        let work = |(): &mut (), n: u64| {
            thread::sleep(Duration::from_micros(n * 37 % 101));
            n * 2
        };
        let threads = NonZeroUsize::new(threads).unwrap();
        let done: Result<(), ()> = in_order(
            input.into_iter(),
            threads,
            || (),
            work,
            |n| {
                results.push(n);
                Ok(())
            },
        );
        assert_eq!(done, Ok(()));
        results
    }

    #[test]
    fn results_come_in_the_order_of_the_input() {
        let expected: Vec<u64> = (0..500).map(|n| n * 2).collect();
        for threads in [1, 2, 7] {
            assert_eq!(run(threads, (0..500).collect()), expected);
        }
        assert_eq!(run(3, Vec::new()), Vec::<u64>::new());
    }

    #[test]
    fn a_sink_that_fails_ends_the_work() {
        for threads in [1, 3] {
            let threads = NonZeroUsize::new(threads).unwrap();
            let sink = |n| if n == 5 { Err("full") } else { Ok(()) };
            assert_eq!(in_order(0.., threads, || (), |(), n: u32| n, sink), Err("full"));
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_worker_that_panics_is_not_waited_for() {
        let threads = NonZeroUsize::new(2).unwrap();
        let work = |(): &mut (), n: u32| if n == 50 { panic!("batch 50") } else { n };
        let _: Result<(), ()> = in_order(0.., threads, || (), work, |_| Ok(()));
    }

    #[test]
    fn the_input_is_not_read_far_ahead() {
        let taken = std::sync::atomic::AtomicUsize::new(0);
        let input = (0..1000).inspect(|_| {
            taken.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        });
        let threads = NonZeroUsize::new(2).unwrap();
        let mut done = 0;
        let sink = |_| {
            done += 1;
            assert!(taken.load(std::sync::atomic::Ordering::Relaxed) <= done + 2 * AHEAD);
            Ok::<(), ()>(())
        };
        in_order(input, threads, || (), |(), n: u32| n, sink).unwrap();
    }
}
