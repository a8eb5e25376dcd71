//! What can still be changed as an evaluation stands: which forms are shown, and what to do first where none is.

use crate::accounts::{Action, Actor, may};
use crate::evaluation::{Phase, Prices};
use crate::record::Dossier;
use crate::service::Step;

/// The forms of the steps that would be taken as things stand. A form that could only be refused is not shown.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(in crate::web::pages) struct Forms {
    pub(in crate::web::pages) vendors: bool,
    pub(in crate::web::pages) evaluators: bool,
    pub(in crate::web::pages) hands_out: bool,
    pub(in crate::web::pages) excludes: bool,
    pub(in crate::web::pages) recuses: bool,
    pub(in crate::web::pages) closes: bool,
    pub(in crate::web::pages) reopens: bool,
}

impl Forms {
    pub(super) fn of(actor: Actor, dossier: &Dossier) -> Self {
        let may = |action| may(actor, action, dossier.object()).is_ok();
        Self {
            vendors: may(Action::ChangeVendors),
            evaluators: may(Action::ChangeEvaluators),
            hands_out: may(Action::HandOutSheets),
            excludes: may(Action::ExcludeVendor),
            recuses: may(Action::RecuseEvaluator),
            closes: may(Action::CloseScoring),
            reopens: may(Action::ReopenScoring),
        }
    }
}

/// Why nothing changes on a page, and what has to be done before something can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web::pages) struct Fixed {
    pub(in crate::web::pages) says: &'static str,
    /// The page where it is undone, below the evaluation's, and what the way there says; `None` if nothing undoes it.
    pub(in crate::web::pages) way: Option<(&'static str, &'static str)>,
}

impl Fixed {
    /// What keeps everything before the last step as it is.
    pub(in crate::web::pages) fn of(dossier: &Dossier) -> Option<Self> {
        if dossier.lock().is_some() {
            return Some(Self {
                says: "The result is locked, so nothing here changes.",
                way: Some(("decide#lock", "Unlock it")),
            });
        }
        dossier.decision().map(|_| Self {
            says: "The decision is recorded, so nothing here changes.",
            way: Some(("decide#decision", "Take it back")),
        })
    }

    /// What keeps the answers, and who gives them, as they are.
    pub(in crate::web::pages) fn answers(dossier: &Dossier) -> Option<Self> {
        let is_closed = dossier.phase() == Phase::ScoringClosed;
        Self::of(dossier).or_else(|| {
            is_closed.then(|| match dossier.prices() {
                Prices::Opened => Self {
                    says: "The prices were opened, so quality stays as it was scored, and nothing here changes any more.",
                    way: None,
                },
                Prices::Shown | Prices::Sealed => Self {
                    says: "Scoring is closed, so nothing here changes.",
                    way: Some(("settle#close", "Open it again")),
                },
            })
        })
    }

    /// What is to be said on the page of a step.
    pub(super) fn on(step: Step, dossier: &Dossier) -> Option<Self> {
        match step {
            Step::Method | Step::Collect => Self::of(dossier),
            Step::People | Step::HandOut => Self::answers(dossier),
            Step::Decide => None,
        }
    }
}
