//! Which files of a log were purged.

use std::collections::BTreeMap;

use super::{Change, Digest, Sealed};

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
        match self {
            Self::FilesPurged { files, .. } if files.iter().any(|file| file.sha256 == *digest) => {
                Naming::Purges
            }
            change if change.files().contains(digest) => Naming::Keeps,
            _ => Naming::No,
        }
    }
}

/// The files that a log purged and has not named again since, with the number of the event that purged each.
#[must_use]
pub fn purged(log: &[Sealed]) -> BTreeMap<Digest, u64> {
    let mut purged = BTreeMap::new();
    for sealed in log {
        let event = sealed.event();
        if let Change::FilesPurged { files, .. } = &event.change {
            purged.extend(files.iter().map(|file| (file.sha256, event.seq)));
        }
        for digest in event.change.files() {
            purged.remove(&digest);
        }
    }
    purged
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
        assert!(log_of(vec![judged.clone(), gone, judged]).is_empty());
    }
}
