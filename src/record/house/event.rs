//! The events of the house log, and their chain.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::record::{BrokenChain, Chained, Digest, Head, Link};

use super::HouseChange;

/// One change of the house: what, when, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseEvent {
    /// Its place in the log, from 1 without gaps.
    pub seq: u64,
    /// When, by the clock of the machine; order is by `seq`.
    pub at: Timestamp,
    /// Whether the clock stood before that of the event before.
    pub clock_went_back: bool,
    /// Who.
    pub actor: String,
    /// What.
    pub change: HouseChange,
}

/// An event sealed into the chain of the house.
pub type HouseSealed = Chained<HouseEvent>;

/// Apart from the logs of evaluations.
impl Link for HouseEvent {
    const DOMAIN: &'static [u8] = b"scorecard-house-v1\0";

    fn seq(&self) -> u64 {
        self.seq
    }

    fn at(&self) -> Timestamp {
        self.at
    }
}

impl Chained<HouseEvent> {
    /// Seals the next change behind a head.
    #[must_use]
    pub fn seal(after: &Head, at: Timestamp, actor: &str, change: HouseChange) -> Self {
        let event = HouseEvent {
            seq: after.seq.saturating_add(1),
            at,
            clock_went_back: after.at.is_some_and(|before| at < before),
            actor: actor.to_owned(),
            change,
        };
        Self::behind(after, event)
    }

    /// Reads an event of the log, and proves that it follows a head.
    ///
    /// # Errors
    /// [`BrokenChain`] if it does not, or was changed.
    pub fn read(after: &Head, payload: String, stored: Digest) -> Result<Self, BrokenChain> {
        Self::proven(after, payload, stored, |_| true)
    }
}

#[cfg(test)]
mod tests {
    use crate::accounts::Login;

    use super::*;
    use crate::record::chain::hash;

    fn chain() -> Vec<HouseSealed> {
        let user = Login::parse("ana").unwrap();
        let mut head = Head::NONE;
        let changes = [
            HouseChange::UserCreated {
                user,
                administrator: true,
            },
            HouseChange::PasswordSet { user },
            HouseChange::UserDisabled { user },
        ];
        let seal = |change| {
            let sealed = HouseSealed::seal(&head, Timestamp::UNIX_EPOCH, "console", change);
            head = sealed.head();
            sealed
        };
        changes.into_iter().map(seal).collect()
    }

    fn read_back(log: &[(String, Digest)]) -> Result<Head, BrokenChain> {
        log.iter().try_fold(Head::NONE, |head, (payload, hash)| {
            Ok(HouseSealed::read(&head, payload.clone(), *hash)?.head())
        })
    }

    fn stored() -> Vec<(String, Digest)> {
        let pair = |sealed: &HouseSealed| (sealed.payload().to_owned(), sealed.hash());
        chain().iter().map(pair).collect()
    }

    #[test]
    fn the_log_of_the_house_reads_back_to_its_head() {
        assert_eq!(read_back(&stored()), Ok(chain()[2].head()));
        assert_eq!(
            chain()[0].payload(),
            "{\"actor\":\"console\",\"at\":\"1970-01-01T00:00:00Z\",\"change\":{\"administrator\":true,\"user\":\"ana\",\
             \"what\":\"user-created\"},\"clock_went_back\":false,\"seq\":1}"
        );
    }

    #[test]
    fn a_changed_a_removed_and_a_swapped_event_of_the_house_are_found() {
        let mut changed = stored();
        changed[0].0 = changed[0].0.replace("true", "false");
        // Also where its own hash was made anew.
        assert_eq!(read_back(&changed), Err(BrokenChain::Hash { seq: 1 }));
        changed[0].1 = hash::<HouseEvent>(&Digest::ZERO, &changed[0].0);
        assert_eq!(read_back(&changed), Err(BrokenChain::Hash { seq: 2 }));
        let mut removed = stored();
        removed.remove(1);
        let gap = BrokenChain::Order {
            expected: 2,
            found: 3,
        };
        assert_eq!(read_back(&removed), Err(gap));
        let mut swapped = stored();
        swapped.swap(0, 1);
        assert!(read_back(&swapped).is_err());
    }

    #[test]
    fn an_event_of_an_evaluation_is_no_event_of_the_house() {
        let evaluation = crate::record::EvaluationId::from_random([1; 12]);
        let change = crate::record::Change::ScoringClosed {};
        let sealed = Head::NONE.seal(&evaluation, Timestamp::UNIX_EPOCH, "local", change);
        let read = HouseSealed::read(&Head::NONE, sealed.payload().to_owned(), sealed.hash());
        assert!(matches!(read, Err(BrokenChain::Unreadable { .. })));
    }
}
