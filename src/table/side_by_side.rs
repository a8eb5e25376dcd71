//! What is large, shared between threads. Where the system grants no thread, the work is done without it.

use std::num::NonZeroUsize;
use std::panic;
use std::thread;

/// How many threads can work at once.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Does two things side by side, the second on this thread. Each is done once.
pub(crate) fn both<A: Send, B>(
    mut one: impl FnMut() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    let lent = &mut one;
    let (done, other) = thread::scope(|scope| {
        let begun = thread::Builder::new().spawn_scoped(scope, lent);
        let other = other();
        let done = begun.ok().map(|thread| {
            // It has found a mistake in this program, and without its part the result would be wrong.
            thread
                .join()
                .unwrap_or_else(|why| panic::resume_unwind(why))
        });
        (done, other)
    });
    (done.unwrap_or_else(one), other)
}

/// Does a job for each of some items on so many threads. What comes out is in the order of what came in.
pub(crate) fn each<T: Send, R: Send, J: Fn(T) -> R + Sync>(
    threads: usize,
    mut items: Vec<T>,
    job: &J,
) -> Vec<R> {
    let size = items.len().div_ceil(threads.max(1)).max(1);
    let mut rest = items.split_off(size.min(items.len()));
    let own = || items.into_iter().map(job).collect::<Vec<R>>();
    if rest.is_empty() {
        return own();
    }
    let others = threads.saturating_sub(1);
    let (behind, mut done) = both(|| each(others, std::mem::take(&mut rest), job), own);
    done.extend(behind);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_in_order_on_any_number_of_threads() {
        for count in [0, 1, 2, 5, 7, 100] {
            let expected: Vec<usize> = (0..count).map(|item| item * 2).collect();
            for threads in [0, 1, 2, 3, 8, 200] {
                let done = each(threads, (0..count).collect(), &|item: usize| item * 2);
                assert_eq!(done, expected, "{threads} threads");
            }
        }
        let mut times = 0;
        assert_eq!(both(|| times += 1, || "other"), ((), "other"));
        assert_eq!(times, 1);
    }
}
