//! What one person proposes and another confirms.

use jiff::civil::Date;

use crate::evaluation::Phase;
use crate::record::{Change, Event, Pin};

use super::{Decision, Dossier, Filing, Lock, Purge, TakenBack};

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
    /// To purge the file of a sheet, or the whole evaluation.
    Purge {
        /// The number of the sheet; `None` for the whole evaluation.
        sheet: Option<u32>,
    },
    /// To keep everything for a shorter time than was said.
    Retention {
        /// The last day.
        until: Date,
    },
}

impl Proposed {
    /// The word that programs know it by.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Award { .. } => "award",
            Self::TakeBack => "take-back",
            Self::Unlock => "unlock",
            Self::Purge { .. } => "purge",
            Self::Retention { .. } => "retention",
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
            Self::Purge { sheet: None } => {
                "every file and every answer of this evaluation is purged".to_owned()
            }
            Self::Retention { until } => format!("everything is kept until {until} only"),
            Self::Purge { sheet: Some(sheet) } => format!("the file of sheet {sheet} is purged"),
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

    /// Notes of every sheet whose file an event purged that it is gone.
    pub(super) fn purge(&mut self, event: &Event) {
        let Change::FilesPurged {
            files,
            answers,
            reason,
            proposed_by,
            ..
        } = &event.change
        else {
            return;
        };
        let purge = Purge {
            why: TakenBack {
                reason: reason.clone(),
                by: event.actor.clone(),
                at: event.at,
            },
            proposed_by: proposed_by.clone(),
        };
        let gone = |filing: &Filing| files.iter().any(|file| file.sha256 == filing.original);
        for filing in self.filings.iter_mut().filter(|filing| gone(filing)) {
            filing.purged.get_or_insert_with(|| purge.clone());
        }
        if !answers.is_empty() {
            self.emptied = Some(purge);
        }
        self.proposal = None;
    }

    /// Until when everything is kept from now on; a day that was proposed is no proposal any more.
    pub(super) fn retain(&mut self, until: Option<Date>, was_proposed: bool) {
        self.retention = until;
        self.promised = until.or(self.promised);
        if was_proposed {
            self.proposal = None;
        }
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
            Change::PurgeProposed { sheet, reason } => {
                Some(proposed(Proposed::Purge { sheet: *sheet }, reason))
            }
            Change::RetentionProposed { until, reason } => {
                Some(proposed(Proposed::Retention { until: *until }, reason))
            }
            _ => None,
        };
    }
}
