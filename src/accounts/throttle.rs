//! Slowing down who tries passwords: each failure doubles the wait. Nobody is locked out for good, so nobody can lock out
//! somebody else.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::{SignedDuration, Timestamp};

/// As many failures are forgiven.
const FREE: u32 = 4;
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// After so long without a failure all is forgotten.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(1);
/// As many are told apart at most.
const MOST: usize = 10_000;

/// How long each has to wait before the next try.
#[derive(Debug)]
pub struct Throttle<K> {
    failed: HashMap<K, (u32, Timestamp)>,
}

impl<K> Default for Throttle<K> {
    fn default() -> Self {
        Self {
            failed: HashMap::new(),
        }
    }
}

impl<K: Eq + Hash + Clone> Throttle<K> {
    /// How many seconds somebody still has to wait; `None` if they may try.
    #[must_use]
    pub fn wait(&self, key: &K, now: Timestamp) -> Option<i64> {
        let (failures, last) = self.failed.get(key)?;
        let since = now.duration_since(*last);
        let wait = delay(*failures);
        let left = wait.checked_sub(since)?;
        // A clock that went back does not make anybody wait longer than the longest time.
        (left.is_positive() && left <= LONGEST).then(|| left.as_secs().saturating_add(1))
    }

    /// Notes a failure.
    pub fn failed(&mut self, key: &K, now: Timestamp) {
        if self.failed.len() >= MOST {
            self.failed
                .retain(|_, (_, last)| now.duration_since(*last) < FORGOTTEN);
        }
        if self.failed.len() >= MOST && !self.failed.contains_key(key) {
            return;
        }
        let entry = self.failed.entry(key.clone()).or_insert((0, now));
        if now.duration_since(entry.1) >= FORGOTTEN {
            entry.0 = 0;
        }
        entry.0 = entry.0.saturating_add(1);
        entry.1 = now;
    }

    /// Forgets the failures of somebody who got in.
    pub fn succeeded(&mut self, key: &K) {
        self.failed.remove(key);
    }
}

/// One second after the fifth failure, then twice as long each time.
fn delay(failures: u32) -> SignedDuration {
    let Some(above) = failures.checked_sub(FREE).filter(|above| *above > 0) else {
        return SignedDuration::ZERO;
    };
    let seconds = 1_i64.checked_shl(above.saturating_sub(1).min(20));
    SignedDuration::from_secs(seconds.unwrap_or(i64::MAX)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn the_wait_doubles_with_each_failure_and_ends() {
        let mut throttle = Throttle::default();
        let mut waits = Vec::new();
        for _ in 0..16 {
            throttle.failed(&"ana", at(0));
            waits.push(throttle.wait(&"ana", at(0)).unwrap_or(0));
        }
        assert_eq!(waits[..8], [0, 0, 0, 0, 2, 3, 5, 9]);
        assert_eq!(waits[15], 901, "a quarter of an hour at most");
        assert!(throttle.wait(&"ana", at(899)).is_some());
        assert!(
            throttle.wait(&"ana", at(900)).is_none(),
            "nobody stays locked out"
        );
        assert!(throttle.wait(&"bo", at(0)).is_none());
    }

    /// The tries of a day by somebody who tries whenever they may, and rests long enough to be forgotten after so many failures.
    fn tries_a_day(rest_after: u32) -> u32 {
        let mut throttle = Throttle::default();
        let (mut tries, mut since_rest, mut rests_until) = (0_u32, 0_u32, 0);
        for now in 0..24 * 3600 {
            if now < rests_until || throttle.wait(&"ana", at(now)).is_some() {
                continue;
            }
            throttle.failed(&"ana", at(now));
            tries = tries.saturating_add(1);
            since_rest = since_rest.saturating_add(1);
            if since_rest == rest_after {
                since_rest = 0;
                rests_until = FORGOTTEN.as_secs().saturating_add(now);
            }
        }
        tries
    }

    #[test]
    fn whoever_guesses_has_at_most_300_tries_a_day_however_they_rest() {
        let most = (1..40).chain([u32::MAX]).map(tries_a_day).max();
        assert!(
            most.is_some_and(|most| (100..=300).contains(&most)),
            "{most:?}"
        );
    }

    #[test]
    fn who_gets_in_begins_anew_and_so_does_who_rests() {
        let mut throttle = Throttle::default();
        for _ in 0..9 {
            throttle.failed(&"ana", at(0));
        }
        throttle.succeeded(&"ana");
        assert!(throttle.wait(&"ana", at(0)).is_none());
        for _ in 0..9 {
            throttle.failed(&"bo", at(0));
        }
        throttle.failed(&"bo", at(3600));
        assert!(throttle.wait(&"bo", at(3600)).is_none());
    }

    #[test]
    fn a_clock_that_goes_back_locks_nobody_out() {
        let mut throttle = Throttle::default();
        for _ in 0..20 {
            throttle.failed(&"ana", at(1_000_000));
        }
        assert!(throttle.wait(&"ana", at(0)).is_none());
    }
}
