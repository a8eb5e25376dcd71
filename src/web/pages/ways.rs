//! Which ways lead on from a page: nobody is shown one that their role does not let them go.

use crate::accounts::{Action, Actor, is_theirs, may};
use crate::service::Opened;

/// The ways that not every role may go.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy)]
pub(super) struct Ways {
    /// To everything that happened.
    pub(super) timeline: bool,
    /// To how the evaluators compare.
    pub(super) panel: bool,
    /// To where they differ.
    pub(super) agenda: bool,
    /// To what would be.
    pub(super) what_if: bool,
    /// To the evidence.
    pub(super) evidence: bool,
    /// To files with prices in them.
    pub(super) prices: bool,
    /// To the forms by which an evaluation is led; the state may still be in the way.
    pub(super) leads: bool,
    /// To the form by which sheets are handed in; the state may still be in the way.
    pub(super) files: bool,
}

impl Ways {
    /// Those of somebody in an evaluation as it stands.
    pub(super) fn of(actor: Actor, opened: &Opened) -> Self {
        let theirs = |action| is_theirs(actor, action, opened.dossier().object());
        let may = |action| may(actor, action, opened.dossier().object()).is_ok();
        Self {
            timeline: may(Action::SeeTrail),
            panel: may(Action::CompareEvaluators),
            agenda: may(Action::SeeDisagreement),
            what_if: may(Action::WhatIf),
            evidence: may(Action::TakeEvidence),
            prices: may(Action::SeePrices),
            leads: theirs(Action::ExcludeVendor),
            files: theirs(Action::FileSheet),
        }
    }
}
