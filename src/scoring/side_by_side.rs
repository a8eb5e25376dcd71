//! The same for each of many, on several threads where that pays.

use std::num::NonZeroUsize;
use std::panic;
use std::thread;

/// From how many cells in all on more threads than one are begun: a cell takes about half a microsecond, a thread some fifty.
const WORTH_IT: usize = 8192;

/// Does a job for each of some items, which have so many cells in all. What comes out is in the order of what came in,
/// whatever the number of threads.
pub(super) fn each<T: Send, R: Send>(
    items: Vec<T>,
    cells: usize,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    if cells < WORTH_IT {
        return items.into_iter().map(job).collect();
    }
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    on_threads(threads, items, job)
}

fn on_threads<T: Send, R: Send>(
    threads: NonZeroUsize,
    mut items: Vec<T>,
    job: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let size = items.len().div_ceil(threads.get()).max(1);
    let mut parts = Vec::new();
    while items.len() > size {
        let rest = items.split_off(size);
        parts.push(std::mem::replace(&mut items, rest));
    }
    let all = |part: Vec<T>| -> Vec<R> { part.into_iter().map(&job).collect() };
    thread::scope(|scope| {
        let all = &all;
        let others: Vec<_> = parts
            .into_iter()
            .map(|part| scope.spawn(move || all(part)))
            .collect();
        let last = all(items);
        let mut done = Vec::new();
        for other in others {
            done.extend(other.join().unwrap_or_else(|why| panic::resume_unwind(why)));
        }
        done.extend(last);
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_in_order_on_any_number_of_threads() {
        for count in [0, 1, 2, 5, 7, 100] {
            let expected: Vec<usize> = (0..count).map(|item| item * 2).collect();
            for threads in [1, 2, 3, 8].map(|threads| NonZeroUsize::new(threads).unwrap()) {
                let done = on_threads(threads, (0..count).collect(), |item: usize| item * 2);
                assert_eq!(done, expected, "{threads} threads");
            }
            for cells in [0, WORTH_IT] {
                assert_eq!(
                    each((0..count).collect(), cells, |item: usize| item * 2),
                    expected
                );
            }
        }
    }
}
