//! What the list of evaluations shows of one: told by its events alone.

use jiff::Timestamp;

use crate::accounts::{Awaited, Members, Object};
use crate::evaluation::{EvaluationKind, Phase, Prices, Stage};

use super::{Change, EvaluationId, Misfit, Sealed, SetRef};

/// What the list of evaluations shows of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The id.
    pub id: EvaluationId,
    /// What is decided.
    pub title: String,
    /// Internal choice or tender.
    pub kind: EvaluationKind,
    /// Whether it is the sample.
    pub is_sample: bool,
    /// How far it has come.
    pub phase: Phase,
    /// Whether its result is locked.
    pub is_locked: bool,
    /// Whether it is no longer listed.
    pub is_removed: bool,
    /// The criteria set.
    pub set: SetRef,
    /// How many sheets stand.
    pub sheets: usize,
    /// The vendor chosen, once the decision is recorded.
    pub chosen: Option<String>,
    /// Who has which role in it.
    pub members: Members,
    /// When it began.
    pub started_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl Summary {
    /// Tells an evaluation's summary from its log.
    ///
    /// # Errors
    /// [`Misfit`] if the log does not begin with the start of an evaluation.
    pub fn of(log: &[Sealed]) -> Result<Self, Misfit> {
        let (first, rest) = log.split_first().ok_or(Misfit::NotStarted)?;
        let event = first.event();
        let Change::EvaluationStarted {
            title,
            evaluation_kind,
            sample,
            set,
            ..
        } = &event.change
        else {
            return Err(Misfit::NotStarted);
        };
        let mut summary = Self {
            id: event.evaluation.clone(),
            title: title.clone(),
            kind: *evaluation_kind,
            is_sample: *sample,
            phase: Phase::Draft,
            is_locked: false,
            is_removed: false,
            set: set.clone(),
            sheets: 0,
            chosen: None,
            members: Members::default(),
            started_at: event.at,
            changed_at: event.at,
        };
        for sealed in rest {
            summary.go_on(sealed);
        }
        Ok(summary)
    }

    /// How far it has come, in one word.
    #[must_use]
    pub fn stage(&self) -> Stage {
        Stage::of(self.phase, self.is_locked, self.chosen.is_some())
    }

    /// What the table of who may see it looks at.
    #[must_use]
    pub fn object(&self) -> Object<'_> {
        Object::Evaluation {
            kind: self.kind,
            phase: self.phase,
            results: self.kind.results(),
            has_sheets: self.sheets > 0,
            is_sample: self.is_sample,
            is_locked: self.is_locked,
            is_emptied: false,
            // Whether it is there to be seen at all does not hang on that.
            awaited: Awaited::NONE,
            undeclared: Awaited::NONE,
            prices: Prices::Shown,
            id: self.id.as_str(),
            members: &self.members,
        }
    }

    /// Goes on with the next event.
    pub fn go_on(&mut self, sealed: &Sealed) {
        if !matches!(sealed.event().change, Change::SheetRefused { .. }) {
            self.changed_at = sealed.event().at;
        }
        match &sealed.event().change {
            Change::MethodChosen { set }
            | Change::MethodRead { set, .. }
            | Change::MethodTailored { set, .. }
            | Change::WeightsElicited { set, .. }
            | Change::MethodRevised { set, .. } => {
                self.set = set.clone();
            }
            Change::MethodFrozen { .. } | Change::ScoringReopened { .. } => {
                self.phase = Phase::Open;
            }
            Change::MethodReopened { .. } => self.phase = Phase::Draft,
            Change::SheetFiled { .. } | Change::SheetRestored { .. } => {
                self.sheets = self.sheets.saturating_add(1);
            }
            Change::SheetWithdrawn { .. } => self.sheets = self.sheets.saturating_sub(1),
            Change::ScoringClosed {} => self.phase = Phase::ScoringClosed,
            Change::DecisionRecorded { vendor, .. } => {
                self.chosen.clone_from(vendor);
                self.phase = Phase::Decided;
            }
            Change::DecisionTakenBack { .. } => {
                self.chosen = None;
                self.phase = Phase::ScoringClosed;
            }
            Change::ResultLocked { .. } => self.is_locked = true,
            Change::ResultUnlocked { .. } => self.is_locked = false,
            Change::MemberAdded { .. }
            | Change::MemberRemoved { .. }
            | Change::EvaluatorInvited { .. }
            | Change::InvitationUsed { .. }
            | Change::InvitationEnded { .. } => sealed.event().change.tell(&mut self.members),
            Change::EvaluationRemoved {} => self.is_removed = true,
            Change::EvaluationStarted { .. }
            | Change::VendorAdded { .. }
            | Change::VendorRemoved { .. }
            | Change::EvaluatorAdded { .. }
            | Change::EvaluatorRemoved { .. }
            | Change::CriteriaAssigned { .. }
            | Change::SheetsHandedOut { .. }
            | Change::SheetRefused { .. }
            | Change::VendorExcluded { .. }
            | Change::VendorReadmitted { .. }
            | Change::EvaluatorRecused { .. }
            | Change::EvaluatorReturned { .. }
            | Change::PricesOpened {}
            | Change::InterestsDeclared { .. }
            | Change::AwardProposed { .. }
            | Change::UnlockProposed { .. }
            | Change::TakeBackProposed { .. }
            | Change::PurgeProposed { .. }
            | Change::FilesPurged { .. }
            | Change::RetentionSet { .. }
            | Change::RetentionProposed { .. }
            | Change::ProposalTakenBack { .. } => {}
        }
    }
}
