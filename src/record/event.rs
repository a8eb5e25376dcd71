//! Events, and the chain that makes a change after the fact show.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Chained, Change, Digest, EvaluationId, Link};

/// One change: what, when, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The evaluation.
    pub evaluation: EvaluationId,
    /// Its place in the evaluation's log, from 1 without gaps.
    pub seq: u64,
    /// When, by the clock of the machine; order is by `seq`.
    pub at: Timestamp,
    /// Whether the clock stood before that of the event before.
    pub clock_went_back: bool,
    /// Who.
    pub actor: String,
    /// How they came in; `None` in a record older than that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<Auth>,
    /// The request it was done in, as the log of the service calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// What.
    pub change: Change,
}

/// How somebody came in who changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Auth {
    /// By a link: the one printed at the start, or one that was made for them.
    Link,
    /// They signed in with their password.
    Session,
    /// By a token for programs.
    Token,
    /// By a command in the data directory.
    Console,
    /// Nobody was asked who they are.
    None,
}

/// Who seals an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Their name.
    pub actor: String,
    /// How they came in.
    pub auth: Option<Auth>,
    /// The request it is done in.
    pub request: Option<String>,
}

/// Somebody of whom nothing is known but the name.
impl From<&str> for By {
    fn from(actor: &str) -> Self {
        Self {
            actor: actor.to_owned(),
            auth: None,
            request: None,
        }
    }
}

/// The last event of a log: its place and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head {
    pub(super) seq: u64,
    pub(super) hash: Digest,
    pub(super) at: Option<Timestamp>,
}

/// An event sealed into the chain of its evaluation.
pub type Sealed = Chained<Event>;

/// A log is not what was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BrokenChain {
    /// An event is missing, doubled or out of order.
    #[error("event {expected} is missing: event {found} stands in its place")]
    Order {
        /// The place that is wanted.
        expected: u64,
        /// The place that is found.
        found: u64,
    },
    /// An event was changed.
    #[error("event {seq} does not match its hash")]
    Hash {
        /// Its place.
        seq: u64,
    },
    /// An event cannot be read.
    #[error("event {seq} cannot be read: {why}")]
    Unreadable {
        /// Its place.
        seq: u64,
        /// What the reader says.
        why: String,
    },
    /// An event of another evaluation.
    #[error("event {seq} belongs to another evaluation")]
    Foreign {
        /// Its place.
        seq: u64,
    },
}

impl Head {
    /// Before the first event.
    pub const NONE: Self = Self {
        seq: 0,
        hash: Digest::ZERO,
        at: None,
    };

    /// The place of the last event; 0 before the first.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The hash of the last event.
    #[must_use]
    pub fn hash(&self) -> Digest {
        self.hash
    }

    /// When the last event was.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        self.at
    }

    /// Seals the next change of an evaluation behind this head.
    #[must_use]
    pub fn seal(
        &self,
        evaluation: &EvaluationId,
        at: Timestamp,
        by: impl Into<By>,
        change: Change,
    ) -> Sealed {
        let by = by.into();
        let event = Event {
            evaluation: evaluation.clone(),
            seq: self.seq.saturating_add(1),
            at,
            clock_went_back: self.at.is_some_and(|before| at < before),
            actor: by.actor,
            auth: by.auth,
            request: by.request,
            change,
        };
        Sealed::behind(self, event)
    }
}

/// `12:9f86d081…`, as printed on reports.
impl fmt::Display for Head {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.seq, self.hash)
    }
}

/// Apart from the log of the house.
impl Link for Event {
    const DOMAIN: &'static [u8] = b"scorecard-audit-v1\0";

    fn seq(&self) -> u64 {
        self.seq
    }

    fn at(&self) -> Timestamp {
        self.at
    }
}

impl Chained<Event> {
    /// Reads an event of a log, and proves that it follows a head.
    ///
    /// # Errors
    /// [`BrokenChain`] if it does not, or was changed.
    pub fn read(
        after: &Head,
        evaluation: &EvaluationId,
        payload: String,
        stored: Digest,
    ) -> Result<Self, BrokenChain> {
        Self::proven(after, payload, stored, |event: &Event| {
            event.evaluation == *evaluation
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::chain::hash;

    fn id() -> EvaluationId {
        EvaluationId::from_random([3; 12])
    }

    fn chain() -> Vec<Sealed> {
        let mut head = Head::NONE;
        let changes = [
            Change::VendorAdded {
                vendor: "Ac\"me\u{7}é\n".to_owned(),
            },
            Change::MethodFrozen { sheet: None },
            Change::ScoringClosed {},
        ];
        let seal = |change| {
            let sealed = head.seal(&id(), Timestamp::UNIX_EPOCH, "local", change);
            head = sealed.head();
            sealed
        };
        changes.into_iter().map(seal).collect()
    }

    fn read_back(log: &[(String, Digest)]) -> Result<Head, BrokenChain> {
        log.iter().try_fold(Head::NONE, |head, (payload, hash)| {
            Ok(Sealed::read(&head, &id(), payload.clone(), *hash)?.head())
        })
    }

    fn stored(chain: &[Sealed]) -> Vec<(String, Digest)> {
        chain
            .iter()
            .map(|sealed| (sealed.payload().to_owned(), sealed.hash()))
            .collect()
    }

    #[test]
    fn a_log_reads_back_to_its_head() {
        let chain = chain();
        assert_eq!(read_back(&stored(&chain)), Ok(chain[2].head()));
    }

    #[test]
    fn the_payload_is_canonical_json() {
        let text = chain()[0].payload().to_owned();
        assert_eq!(
            text,
            "{\"actor\":\"local\",\"at\":\"1970-01-01T00:00:00Z\",\"change\":{\"vendor\":\"Ac\\\"me\\u0007é\\n\",\"what\":\
             \"vendor-added\"},\"clock_went_back\":false,\"evaluation\":\"dddddddddddd\",\"seq\":1}"
        );
    }

    #[test]
    fn how_somebody_came_in_and_the_request_are_part_of_what_is_hashed_and_absent_where_they_are_not_known()
     {
        let by = By {
            actor: "ana".to_owned(),
            auth: Some(Auth::Token),
            request: Some("ab12-7".to_owned()),
        };
        let change = Change::ScoringClosed {};
        let sealed = Head::NONE.seal(&id(), Timestamp::UNIX_EPOCH, by, change);
        let text = sealed.payload();
        assert!(text.contains("\"auth\":\"token\"") && text.contains("\"request\":\"ab12-7\""));
        for (from, to) in [("token", "session"), ("ab12-7", "ab12-8")] {
            let other = text.replace(from, to);
            let read = Sealed::read(&Head::NONE, &id(), other, sealed.hash());
            assert_eq!(read, Err(BrokenChain::Hash { seq: 1 }));
        }
        // A record that was written before there were such fields is written the same again.
        let old = chain().swap_remove(0);
        assert!(!old.payload().contains("auth") && !old.payload().contains("request"));
        let read = Sealed::read(&Head::NONE, &id(), old.payload().to_owned(), old.hash());
        assert_eq!(read, Ok(old));
    }

    #[test]
    fn a_changed_event_is_found() {
        let mut log = stored(&chain());
        log[0].0 = log[0].0.replace("Ac", "Bc");
        assert_eq!(read_back(&log), Err(BrokenChain::Hash { seq: 1 }));
    }

    #[test]
    fn a_removed_a_swapped_and_a_doubled_event_are_found() {
        let log = stored(&chain());
        let removed = [log[0].clone(), log[2].clone()];
        assert_eq!(
            read_back(&removed),
            Err(BrokenChain::Order {
                expected: 2,
                found: 3
            })
        );
        let swapped = [log[1].clone(), log[0].clone()];
        assert_eq!(
            read_back(&swapped),
            Err(BrokenChain::Order {
                expected: 1,
                found: 2
            })
        );
        let doubled = [log[0].clone(), log[0].clone()];
        assert_eq!(
            read_back(&doubled),
            Err(BrokenChain::Order {
                expected: 2,
                found: 1
            })
        );
    }

    #[test]
    fn an_event_with_its_hash_made_anew_breaks_the_next_one() {
        let mut log = stored(&chain());
        log[0].0 = log[0].0.replace("Ac", "Bc");
        log[0].1 = hash::<Event>(&Digest::ZERO, &log[0].0);
        assert_eq!(read_back(&log), Err(BrokenChain::Hash { seq: 2 }));
    }

    #[test]
    fn another_way_to_write_the_same_event_is_no_event_of_the_log() {
        let mut log = stored(&chain());
        log[0].0 = log[0].0.replace("\"seq\":1", "\"seq\": 1");
        log[0].1 = hash::<Event>(&Digest::ZERO, &log[0].0);
        assert_eq!(read_back(&log), Err(BrokenChain::Hash { seq: 1 }));
    }

    #[test]
    fn a_clock_that_went_back_is_noted() {
        let later = Timestamp::from_second(100).unwrap();
        let first = Head::NONE.seal(&id(), later, "local", Change::MethodFrozen { sheet: None });
        let second = first.head().seal(
            &id(),
            Timestamp::UNIX_EPOCH,
            "local",
            Change::ScoringClosed {},
        );
        assert!(!first.event().clock_went_back);
        assert!(second.event().clock_went_back);
    }
}
