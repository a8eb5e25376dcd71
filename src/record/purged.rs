//! Which files of a log were purged.

use std::collections::BTreeMap;
use std::fmt;

use super::{Change, Digest, Head, PurgedAnswers, Sealed};
use crate::evaluation::{Lines, Sheet};
use crate::table::Name;

/// What an event says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// It is kept with the event.
    Keeps,
    /// It was purged by the event.
    Purges,
    /// Nothing.
    No,
}

impl Change {
    /// What this says of a file.
    #[must_use]
    pub fn naming(&self, digest: &Digest) -> Naming {
        if self.purges().contains(digest) {
            Naming::Purges
        } else if self.files().contains(digest) {
            Naming::Keeps
        } else {
            Naming::No
        }
    }
}

/// The files that a log purged and has not named again since, with the number of the event that purged each.
#[must_use]
pub fn purged(log: &[Sealed]) -> BTreeMap<Digest, u64> {
    let mut purged = BTreeMap::new();
    for sealed in log {
        let event = sealed.event();
        let gone = event.change.purges().into_iter();
        purged.extend(gone.map(|digest| (digest, event.seq)));
        for digest in event.change.files() {
            purged.remove(&digest);
        }
    }
    purged
}

/// What a log says is left of the sheets whose answers it purged: whom and what they named, by their number.
#[derive(Debug, Default)]
pub struct Husks(BTreeMap<u32, Sheet>);

impl Husks {
    /// Those of a log.
    #[must_use]
    pub fn of(log: &[Sealed]) -> Self {
        let mut husks = BTreeMap::new();
        for sealed in log {
            if let Change::FilesPurged { answers, .. } = &sealed.event().change {
                husks.extend(answers.iter().map(|one| (one.sheet, husk(one))));
            }
        }
        Self(husks)
    }

    /// What is left of a sheet; `None` if its answers are kept.
    #[must_use]
    pub fn get(&self, sheet: u32) -> Option<&Sheet> {
        self.0.get(&sheet)
    }

    /// Whether all answers are kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn husk(answers: &PurgedAnswers) -> Sheet {
    let names = |all: &[String]| {
        all.iter()
            .filter_map(|name| Name::parse(name).ok())
            .collect()
    };
    Sheet::new(
        String::new(),
        names(&answers.vendors),
        names(&answers.evaluators),
        true,
        Lines::default(),
        Vec::new(),
    )
}

/// What is left of a file that was purged, which stays so when the same bytes are filed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tombstone {
    /// The digest of the file.
    pub digest: Digest,
    /// The event that purged it.
    pub by: Head,
    /// The number of the event with which the same bytes came again, if they did.
    pub again: Option<u64>,
}

/// Every tombstone of a log, in order: one for each time a file was purged.
#[must_use]
pub fn tombstones(log: &[Sealed]) -> Vec<Tombstone> {
    let mut stones: Vec<Tombstone> = Vec::new();
    for sealed in log {
        let event = sealed.event();
        for digest in event.change.files() {
            let same = stones.iter_mut().rev().find(|one| one.digest == digest);
            if let Some(stone) = same.filter(|stone| stone.again.is_none()) {
                stone.again = Some(event.seq);
            }
        }
        stones.extend(event.change.purges().into_iter().map(|digest| Tombstone {
            digest,
            by: sealed.head(),
            again: None,
        }));
    }
    stones
}

/// As a sentence: the digest, and the event as `seq:hash`.
impl fmt::Display for Tombstone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} was purged by event {}", self.digest, self.by)?;
        match self.again {
            Some(seq) => write!(out, " and came again with event {seq}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::record::{EvaluationId, Head, PurgedFile};

    fn log(changes: Vec<Change>) -> Vec<Sealed> {
        let id = EvaluationId::from_random([7; 12]);
        let mut head = Head::NONE;
        let sealed = changes.into_iter().map(|change| {
            let sealed = head.seal(&id, Timestamp::UNIX_EPOCH, "local", change);
            head = sealed.head();
            sealed
        });
        sealed.collect()
    }

    #[test]
    fn a_file_is_purged_until_it_is_filed_again() {
        let sha256 = Digest::of(b"scores");
        let judged = Change::MethodFrozen {
            sheet: Some(sha256),
        };
        let gone = Change::FilesPurged {
            sheet: None,
            files: vec![PurgedFile {
                file_name: "ana.csv".to_owned(),
                sha256,
            }],
            answers: Vec::new(),
            reason: "kept long enough".to_owned(),
            proposed_by: None,
            salt: None,
        };
        assert_eq!(judged.naming(&sha256), Naming::Keeps);
        assert_eq!(gone.naming(&sha256), Naming::Purges);
        assert_eq!(gone.naming(&Digest::ZERO), Naming::No);
        assert!(purged(&log(vec![judged.clone()])).is_empty());
        let log_of = |changes| purged(&log(changes)).into_iter().collect::<Vec<_>>();
        assert_eq!(log_of(vec![judged.clone(), gone.clone()]), [(sha256, 2)]);
        let again = vec![judged.clone(), gone.clone(), judged.clone(), gone.clone()];
        let again = log(again);
        assert!(purged(&again[..3]).is_empty());
        let told = |log: &[Sealed]| tombstones(log).into_iter().map(|one| one.to_string());
        let first = format!("{sha256} was purged by event {}", again[1].head());
        let second = format!("{sha256} was purged by event {}", again[3].head());
        assert!(told(&again[..2]).eq([first.clone()]));
        let first = format!("{first} and came again with event 3");
        assert!(told(&again[..3]).eq([first.clone()]), "it stays told");
        assert!(told(&again).eq([first, second]));
    }
}
