//! Counting what happens too often to be written down each time.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use jiff::{SignedDuration, Timestamp};

/// As long the same is only counted once it was written down.
const QUIET: SignedDuration = SignedDuration::from_mins(10);
/// As much is written down in an hour at most; what is above waits.
const MOST_IN_AN_HOUR: usize = 120;
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// As many different things are counted at most; who tries more of them is not told apart any more.
const MOST_KEPT: usize = 2_000;

/// Counts the same thing until it is time to write it down again, so that nobody fills the disk by trying.
#[derive(Debug)]
pub(super) struct Tally<K> {
    kept: HashMap<K, Kept>,
    /// When something was written down.
    written: VecDeque<Timestamp>,
}

#[derive(Debug, Clone, Copy)]
struct Kept {
    /// When it was last written down; `None` if it was not yet.
    written: Option<Timestamp>,
    /// How often it happened since.
    times: u64,
}

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self {
            kept: HashMap::new(),
            written: VecDeque::new(),
        }
    }
}

impl<K: Clone + Eq + Hash> Tally<K> {
    /// Counts one more, and gives everything that is to be written down now, with how often it happened.
    pub(super) fn count(&mut self, key: &K, now: Timestamp) -> Vec<(K, u64)> {
        self.forget(now);
        if self.kept.contains_key(key) || self.kept.len() < MOST_KEPT {
            let nothing = Kept {
                written: None,
                times: 0,
            };
            let kept = self.kept.entry(key.clone()).or_insert(nothing);
            kept.times = kept.times.saturating_add(1);
        }
        let mut due = Vec::new();
        for (key, kept) in &mut self.kept {
            let is_due =
                kept.times > 0 && kept.written.is_none_or(|then| is_over(then, now, QUIET));
            if is_due && self.written.len() < MOST_IN_AN_HOUR {
                due.push((key.clone(), kept.times));
                self.written.push_back(now);
                kept.written = Some(now);
                kept.times = 0;
            }
        }
        due
    }

    /// Forgets what was written down long ago and did not happen again.
    fn forget(&mut self, now: Timestamp) {
        while self
            .written
            .front()
            .is_some_and(|then| is_over(*then, now, HOUR))
        {
            self.written.pop_front();
        }
        self.kept.retain(|_, kept| {
            kept.times > 0 || kept.written.is_some_and(|then| !is_over(then, now, QUIET))
        });
    }
}

/// Whether a span is over; a clock that went back counts as that.
fn is_over(then: Timestamp, now: Timestamp, span: SignedDuration) -> bool {
    let since = now.duration_since(then);
    since >= span || since.is_negative()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn the_first_time_is_written_down_at_once_and_the_next_ones_are_counted() {
        let mut tally = Tally::default();
        assert_eq!(tally.count(&"a", at(0)), [("a", 1)]);
        for second in 1..600 {
            assert!(tally.count(&"a", at(second)).is_empty());
        }
        assert_eq!(tally.count(&"b", at(100)), [("b", 1)]);
        let mut due = tally.count(&"c", at(601));
        due.sort_unstable();
        assert_eq!(due, [("a", 599), ("c", 1)]);
    }

    #[test]
    fn however_many_things_are_tried_only_so_much_is_written_and_nothing_of_it_is_lost() {
        let mut tally = Tally::default();
        let written: usize = (0..1000_u32).map(|n| tally.count(&n, at(0)).len()).sum();
        assert_eq!(written, MOST_IN_AN_HOUR);
        let later: usize = (1..=9)
            .map(|hour| tally.count(&0, at(hour * 3600)).len())
            .sum();
        assert!(later >= 1000 - MOST_IN_AN_HOUR, "{later}");
        for n in 0..100_000_u32 {
            tally.count(&n, at(50_000));
        }
        assert!(tally.kept.len() <= MOST_KEPT);
    }
}
