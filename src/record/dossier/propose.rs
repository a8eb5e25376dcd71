//! What one person proposes and another confirms.

use crate::evaluation::Phase;
use crate::record::{Change, Event, Pin};

use super::{Decision, Dossier, Lock, TakenBack};

/// What one person proposed and another is to confirm.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The place of the proposal in the record, by which it is confirmed.
    pub number: u64,
    /// What.
    pub what: Proposed,
    /// Who, when and why.
    pub why: TakenBack,
}

/// What can be proposed.
#[derive(Debug, Clone)]
pub enum Proposed {
    /// A decision.
    Award {
        /// The vendor to be chosen; `None` if none is to be.
        vendor: Option<String>,
        /// The result it is proposed on.
        pinned: Pin,
    },
    /// To take the decision back.
    TakeBack,
    /// To unlock the result.
    Unlock,
}

impl Proposed {
    /// The word that programs know it by.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Award { .. } => "award",
            Self::TakeBack => "take-back",
            Self::Unlock => "unlock",
        }
    }

    /// What is to happen, as a sentence.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::Award { vendor, .. } => {
                let chosen = vendor.as_deref().unwrap_or("no vendor");
                format!("{chosen} is chosen")
            }
            Self::TakeBack => "the decision is taken back".to_owned(),
            Self::Unlock => "the result is unlocked".to_owned(),
        }
    }
}

impl Dossier {
    /// The decision and the lock after an event; what was proposed is over once one of them goes or the decision comes.
    pub(super) fn decide(&mut self, event: &Event) {
        let why = |reason: &str| TakenBack {
            reason: reason.to_owned(),
            by: event.actor.clone(),
            at: event.at,
        };
        match &event.change {
            Change::DecisionRecorded {
                vendor,
                reason,
                pinned,
                proposed_by,
            } => {
                self.decision = Some(Decision {
                    vendor: vendor.clone(),
                    why: why(reason),
                    pinned: pinned.clone(),
                    proposed_by: proposed_by.clone(),
                });
                self.phase = Phase::Decided;
            }
            Change::DecisionTakenBack { .. } => {
                self.decision = None;
                self.phase = Phase::ScoringClosed;
            }
            Change::ResultLocked { reason, pinned } => {
                self.lock = Some(Lock {
                    why: why(reason),
                    pinned: pinned.clone(),
                });
                // What is proposed on a result stands while that is only locked.
                return;
            }
            Change::ResultUnlocked { .. } => self.lock = None,
            _ => return,
        }
        self.proposal = None;
    }

    /// What is proposed after an event; nothing after one that is no proposal.
    pub(super) fn propose(&mut self, event: &Event) {
        let proposed = |what, reason: &str| Proposal {
            number: event.seq,
            what,
            why: TakenBack {
                reason: reason.to_owned(),
                by: event.actor.clone(),
                at: event.at,
            },
        };
        self.proposal = match &event.change {
            Change::AwardProposed {
                vendor,
                reason,
                pinned,
            } => {
                let (vendor, pinned) = (vendor.clone(), pinned.clone());
                Some(proposed(Proposed::Award { vendor, pinned }, reason))
            }
            Change::TakeBackProposed { reason } => Some(proposed(Proposed::TakeBack, reason)),
            Change::UnlockProposed { reason } => Some(proposed(Proposed::Unlock, reason)),
            _ => None,
        };
    }
}
