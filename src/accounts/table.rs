//! The one table of who may do what, on what, in which state.

use thiserror::Error;

use crate::evaluation::{EvaluationKind, Phase};

use super::{Action, Actor};

/// What something is done to, with the state that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// The service as a whole.
    House,
    /// One evaluation.
    Evaluation {
        /// What kind of decision it is.
        kind: EvaluationKind,
        /// How far it has come.
        phase: Phase,
        /// Whether a sheet has ever been filed.
        has_sheets: bool,
        /// Whether it is the sample.
        is_sample: bool,
    },
}

/// Why something may not be done: what is in the way, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum Denied {
    /// The method must be frozen first.
    #[error("the method is not frozen yet; freeze it first (step 1)")]
    MethodOpen,
    /// The method is frozen.
    #[error(
        "the method is frozen; open it again first, which is possible until the first sheet is filed"
    )]
    MethodFrozen,
    /// Sheets were filed under this method.
    #[error(
        "sheets were filed under this method, so it stays as it is; start another evaluation for another method"
    )]
    HasSheets,
    /// Scoring is closed.
    #[error("scoring is closed; open scoring again first, with a reason")]
    ScoringClosed,
    /// Scoring is still open.
    #[error("scoring is still open; close it first (step 4)")]
    ScoringOpen,
    /// The decision is recorded.
    #[error("the decision is recorded; take it back first, with a reason")]
    Decided,
    /// There is no decision.
    #[error("no decision is recorded")]
    NotDecided,
    /// A tender hides its results until scoring is closed.
    #[error(
        "in a tender, results stay hidden until scoring is closed; until then only progress shows"
    )]
    ResultsHidden,
    /// Between the first answer and the end of scoring nobody asks in a tender what would be.
    #[error(
        "in a tender, nobody asks what would be between the first sheet and the end of scoring; close scoring first (step 4)"
    )]
    WhatIfClosed,
    /// A real evaluation stays.
    #[error(
        "only the sample, and an evaluation without any sheet, can be removed; what people scored stays on record"
    )]
    Kept,
    /// The action belongs to an evaluation, or to none.
    #[error("that cannot be done here")]
    NotHere,
}

impl Denied {
    /// The stable name of the reason.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::MethodOpen => "method-open",
            Self::MethodFrozen => "method-frozen",
            Self::HasSheets => "has-sheets",
            Self::ScoringClosed => "scoring-closed",
            Self::ScoringOpen => "scoring-open",
            Self::Decided => "decided",
            Self::NotDecided => "not-decided",
            Self::ResultsHidden => "results-hidden",
            Self::WhatIfClosed => "what-if-closed",
            Self::Kept => "kept",
            Self::NotHere => "not-here",
        }
    }
}

/// Whether somebody may do something to an object in its state.
///
/// # Errors
/// [`Denied`], with what is in the way.
pub fn may(actor: Actor, action: Action, object: Object) -> Result<(), Denied> {
    match actor {
        // Without accounts, whoever can reach the service may do what the state allows.
        Actor::Local | Actor::Unauthenticated | Actor::Console => state_allows(action, object),
    }
}

fn state_allows(action: Action, object: Object) -> Result<(), Denied> {
    match object {
        Object::House => match action {
            Action::ListEvaluations | Action::StartEvaluation => Ok(()),
            _ => Err(Denied::NotHere),
        },
        Object::Evaluation {
            kind,
            phase,
            has_sheets,
            is_sample,
        } => match action {
            Action::ListEvaluations | Action::StartEvaluation => Err(Denied::NotHere),
            Action::See => Ok(()),
            Action::SeeResults | Action::CompareEvaluators => results_show(kind, phase),
            Action::WhatIf => what_if_shows(kind, phase, has_sheets),
            Action::SetMethod | Action::FreezeMethod => match phase {
                Phase::Draft => Ok(()),
                Phase::Open | Phase::ScoringClosed | Phase::Decided if has_sheets => {
                    Err(Denied::HasSheets)
                }
                Phase::Open | Phase::ScoringClosed | Phase::Decided => Err(Denied::MethodFrozen),
            },
            Action::ReopenMethod => match phase {
                Phase::Draft => Err(Denied::MethodOpen),
                _ if has_sheets => Err(Denied::HasSheets),
                _ => scoring_is_open(phase),
            },
            Action::ChangeVendors | Action::ChangeEvaluators => match phase {
                Phase::Draft => Ok(()),
                _ => scoring_is_open(phase),
            },
            Action::HandOutSheets
            | Action::FileSheet
            | Action::WithdrawSheet
            | Action::CloseScoring => scoring_is_open(phase),
            Action::ExcludeVendor | Action::RecuseEvaluator => match phase {
                Phase::Draft => Err(Denied::MethodOpen),
                Phase::Open | Phase::ScoringClosed => Ok(()),
                Phase::Decided => Err(Denied::Decided),
            },
            Action::ReopenScoring | Action::Decide => match phase {
                Phase::Draft => Err(Denied::MethodOpen),
                Phase::Open => Err(Denied::ScoringOpen),
                Phase::ScoringClosed => Ok(()),
                Phase::Decided => Err(Denied::Decided),
            },
            Action::TakeBackDecision => match phase {
                Phase::Decided => Ok(()),
                _ => Err(Denied::NotDecided),
            },
            Action::RemoveEvaluation if is_sample || !has_sheets => Ok(()),
            Action::RemoveEvaluation => Err(Denied::Kept),
        },
    }
}

fn scoring_is_open(phase: Phase) -> Result<(), Denied> {
    match phase {
        Phase::Draft => Err(Denied::MethodOpen),
        Phase::Open => Ok(()),
        Phase::ScoringClosed => Err(Denied::ScoringClosed),
        Phase::Decided => Err(Denied::Decided),
    }
}

fn results_show(kind: EvaluationKind, phase: Phase) -> Result<(), Denied> {
    match (kind, phase) {
        (EvaluationKind::Tender, Phase::Draft | Phase::Open) => Err(Denied::ResultsHidden),
        (EvaluationKind::Internal, _)
        | (EvaluationKind::Tender, Phase::ScoringClosed | Phase::Decided) => Ok(()),
    }
}

fn what_if_shows(kind: EvaluationKind, phase: Phase, has_sheets: bool) -> Result<(), Denied> {
    match (kind, phase) {
        (EvaluationKind::Tender, Phase::Draft | Phase::Open) if has_sheets => {
            Err(Denied::WhatIfClosed)
        }
        (EvaluationKind::Internal | EvaluationKind::Tender, _) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(
        action: Action,
        kind: EvaluationKind,
        phase: Phase,
        has_sheets: bool,
    ) -> Result<(), Denied> {
        let object = Object::Evaluation {
            kind,
            phase,
            has_sheets,
            is_sample: false,
        };
        may(Actor::Local, action, object)
    }

    #[test]
    fn sheets_come_in_only_while_scoring_is_open() {
        let kind = EvaluationKind::Internal;
        for (phase, answer) in [
            (Phase::Draft, Err(Denied::MethodOpen)),
            (Phase::Open, Ok(())),
            (Phase::ScoringClosed, Err(Denied::ScoringClosed)),
            (Phase::Decided, Err(Denied::Decided)),
        ] {
            assert_eq!(asked(Action::FileSheet, kind, phase, true), answer);
            assert_eq!(asked(Action::WithdrawSheet, kind, phase, true), answer);
        }
    }

    #[test]
    fn a_tender_hides_its_results_until_scoring_is_closed() {
        for (kind, phase, answer) in [
            (
                EvaluationKind::Tender,
                Phase::Open,
                Err(Denied::ResultsHidden),
            ),
            (EvaluationKind::Tender, Phase::ScoringClosed, Ok(())),
            (EvaluationKind::Tender, Phase::Decided, Ok(())),
            (EvaluationKind::Internal, Phase::Open, Ok(())),
        ] {
            assert_eq!(asked(Action::SeeResults, kind, phase, true), answer);
            assert_eq!(asked(Action::CompareEvaluators, kind, phase, true), answer);
        }
    }

    #[test]
    fn in_a_tender_nobody_asks_what_would_be_between_the_first_sheet_and_the_end_of_scoring() {
        let (tender, internal) = (EvaluationKind::Tender, EvaluationKind::Internal);
        let closed = Err(Denied::WhatIfClosed);
        for (kind, phase, has_sheets, answer) in [
            (tender, Phase::Open, false, Ok(())),
            (tender, Phase::Open, true, closed),
            (tender, Phase::Draft, true, closed),
            (tender, Phase::ScoringClosed, true, Ok(())),
            (tender, Phase::Decided, true, Ok(())),
            (internal, Phase::Open, true, Ok(())),
        ] {
            assert_eq!(asked(Action::WhatIf, kind, phase, has_sheets), answer);
        }
    }

    #[test]
    fn the_method_is_fixed_once_a_sheet_was_filed() {
        for kind in [EvaluationKind::Internal, EvaluationKind::Tender] {
            assert_eq!(
                asked(Action::ReopenMethod, kind, Phase::Open, false),
                Ok(())
            );
            assert_eq!(
                asked(Action::ReopenMethod, kind, Phase::Open, true),
                Err(Denied::HasSheets)
            );
            assert_eq!(
                asked(Action::SetMethod, kind, Phase::Open, true),
                Err(Denied::HasSheets)
            );
            assert_eq!(
                asked(Action::SetMethod, kind, Phase::Open, false),
                Err(Denied::MethodFrozen)
            );
        }
    }

    #[test]
    fn an_evaluation_with_sheets_is_removed_only_if_it_is_the_sample() {
        let sample = Object::Evaluation {
            kind: EvaluationKind::Internal,
            phase: Phase::Decided,
            has_sheets: true,
            is_sample: true,
        };
        assert_eq!(may(Actor::Local, Action::RemoveEvaluation, sample), Ok(()));
        let denied = asked(
            Action::RemoveEvaluation,
            EvaluationKind::Internal,
            Phase::Open,
            true,
        );
        assert_eq!(denied, Err(Denied::Kept));
    }

    #[test]
    fn what_belongs_to_the_house_and_what_to_an_evaluation_are_not_mixed_up() {
        for action in Action::ALL {
            let of_house = matches!(action, Action::ListEvaluations | Action::StartEvaluation);
            let answer = may(Actor::Console, action, Object::House);
            assert_eq!(answer.is_ok(), of_house, "{action:?}");
            if of_house {
                let on_evaluation = asked(action, EvaluationKind::Internal, Phase::Open, false);
                assert_eq!(on_evaluation, Err(Denied::NotHere), "{action:?}");
            }
        }
    }
}
