//! Sessions: how long somebody who signed in stays in.

use jiff::{SignedDuration, Timestamp};

use super::{Fingerprint, Login};

/// A browser that somebody signed in with. The browser holds a secret; only its fingerprint is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The fingerprint of the secret.
    pub fingerprint: Fingerprint,
    /// Who signed in.
    pub login: Login,
    /// When.
    pub made: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When the password was last given.
    pub confirmed: Timestamp,
    /// With what, and from where, for its user to know it again.
    pub device: String,
}

impl Session {
    /// How long it may go unused.
    pub const IDLE: SignedDuration = SignedDuration::from_mins(60);
    /// How long it lasts at most.
    pub const LASTS: SignedDuration = SignedDuration::from_hours(12);
    /// For how long the password counts as given just now.
    pub const FRESH: SignedDuration = SignedDuration::from_mins(5);

    /// Whether it still lets in. A clock that went back makes nothing last longer than it would have.
    #[must_use]
    pub fn lasts(&self, now: Timestamp) -> bool {
        within(self.seen, now, Self::IDLE) && within(self.made, now, Self::LASTS)
    }

    /// Whether the password was given just now.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        within(self.confirmed, now, Self::FRESH)
    }
}

/// Whether a moment lies back, and by less than a span. What lies ahead was written by another clock than this one; a few
/// seconds of that happen where clocks are set.
fn within(then: Timestamp, now: Timestamp, span: SignedDuration) -> bool {
    let since = now.duration_since(then);
    since < span && since > SignedDuration::from_mins(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000_i64.saturating_add(seconds)).unwrap()
    }

    fn session(seen: i64) -> Session {
        Session {
            fingerprint: Fingerprint::of("x"),
            login: Login::parse("ana").unwrap(),
            made: at(0),
            seen: at(seen),
            confirmed: at(0),
            device: String::new(),
        }
    }

    #[test]
    fn a_session_ends_after_an_hour_without_use() {
        assert!(session(0).lasts(at(3599)));
        assert!(!session(0).lasts(at(3600)));
        assert!(session(3000).lasts(at(6599)));
    }

    #[test]
    fn a_session_ends_after_twelve_hours_however_much_it_is_used() {
        let last = 12 * 3600;
        assert!(session(last - 10).lasts(at(last - 1)));
        assert!(!session(last - 10).lasts(at(last)));
    }

    #[test]
    fn a_clock_that_goes_back_by_more_than_a_minute_ends_it() {
        assert!(session(100).lasts(at(41)));
        assert!(!session(100).lasts(at(40)));
    }

    #[test]
    fn a_password_counts_as_given_just_now_for_five_minutes() {
        assert!(session(0).is_fresh(at(299)));
        assert!(!session(0).is_fresh(at(300)));
    }
}
