//! The one table of who may do what, on what, in which state.

use thiserror::Error;

use crate::evaluation::{EvaluationKind, Phase, Results};

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
        /// When results show.
        results: Results,
        /// Whether a sheet has ever been filed.
        has_sheets: bool,
        /// Whether it is the sample.
        is_sample: bool,
        /// Whether the result is locked.
        is_locked: bool,
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
        "sheets were filed under this method, so it stays as it is; in an internal choice revise it with a reason \
         (step 1), in a tender start another evaluation for another method"
    )]
    HasSheets,
    /// Nothing was filed under this method yet.
    #[error(
        "no sheet was filed under this method yet; change it in step 1, or open it again there"
    )]
    NothingFiled,
    /// The method of a tender is fixed.
    #[error(
        "in a tender the method stays as it is from the first answer on; start another evaluation for another method"
    )]
    FixedMethod,
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
    /// The result is locked.
    #[error("the result is locked; unlock it first, with a reason (step 5)")]
    Locked,
    /// The result is not locked.
    #[error("the result is not locked")]
    NotLocked,
    /// Results are hidden until scoring is closed.
    #[error(
        "results stay hidden until scoring is closed (step 4): always in a tender, and where it was chosen at the \
         start; until then only progress and disagreement show"
    )]
    ResultsHidden,
    /// While results are hidden, nobody sees what another scored.
    #[error(
        "while results are hidden, as in a tender, what somebody scored is seen by nobody else; let them score through \
         their personal link (step 3)"
    )]
    OwnScores,
    /// Between the first answer and the end of scoring nobody asks in a tender what would be.
    #[error(
        "while results are hidden, as in a tender, nobody asks what would be; close scoring first (step 4)"
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
            Self::NothingFiled => "nothing-filed",
            Self::FixedMethod => "fixed-method",
            Self::ScoringClosed => "scoring-closed",
            Self::ScoringOpen => "scoring-open",
            Self::Decided => "decided",
            Self::NotDecided => "not-decided",
            Self::Locked => "locked",
            Self::NotLocked => "not-locked",
            Self::ResultsHidden => "results-hidden",
            Self::OwnScores => "own-scores",
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
            results,
            has_sheets,
            is_sample,
            is_locked,
        } => match action {
            Action::ListEvaluations | Action::StartEvaluation => Err(Denied::NotHere),
            Action::See => Ok(()),
            Action::SeeResults | Action::CompareEvaluators => results_show(results, phase),
            Action::WhatIf => what_if_shows(results, phase, has_sheets),
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
            Action::ReviseMethod => match (kind, phase) {
                (EvaluationKind::Tender, _) => Err(Denied::FixedMethod),
                (EvaluationKind::Internal, Phase::Draft) => Err(Denied::NothingFiled),
                (EvaluationKind::Internal, _) if !has_sheets => Err(Denied::NothingFiled),
                (EvaluationKind::Internal, _) if is_locked => Err(Denied::Locked),
                (EvaluationKind::Internal, Phase::Decided) => Err(Denied::Decided),
                // The rankings before and after stand beside each other, so they must be there to see.
                (EvaluationKind::Internal, Phase::Open | Phase::ScoringClosed) => {
                    results_show(results, phase)
                }
            },
            Action::ChangeVendors
            | Action::ChangeEvaluators
            | Action::HandOutSheets
            | Action::FileSheet
            | Action::WithdrawSheet
            | Action::CloseScoring
            | Action::ExcludeVendor
            | Action::RecuseEvaluator
            | Action::ReopenScoring
                if is_locked =>
            {
                Err(Denied::Locked)
            }
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
            Action::LockResult => match phase {
                _ if is_locked => Err(Denied::Locked),
                Phase::Draft => Err(Denied::MethodOpen),
                Phase::Open => Err(Denied::ScoringOpen),
                Phase::ScoringClosed | Phase::Decided => Ok(()),
            },
            Action::UnlockResult if is_locked => Ok(()),
            Action::UnlockResult => Err(Denied::NotLocked),
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

fn results_show(results: Results, phase: Phase) -> Result<(), Denied> {
    match (results, phase) {
        (Results::Hidden, Phase::Draft | Phase::Open) => Err(Denied::ResultsHidden),
        (Results::Open, _) | (Results::Hidden, Phase::ScoringClosed | Phase::Decided) => Ok(()),
    }
}

fn what_if_shows(results: Results, phase: Phase, has_sheets: bool) -> Result<(), Denied> {
    if has_sheets {
        results_show(results, phase).map_err(|_| Denied::WhatIfClosed)
    } else {
        Ok(())
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
            results: kind.results(),
            has_sheets,
            is_sample: false,
            is_locked: false,
        };
        may(Actor::Local, action, object)
    }

    /// The same of an internal choice with sheets whose result is locked.
    fn asked_locked(action: Action, phase: Phase) -> Result<(), Denied> {
        let object = Object::Evaluation {
            kind: EvaluationKind::Internal,
            phase,
            results: Results::Open,
            has_sheets: true,
            is_sample: false,
            is_locked: true,
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
    fn an_internal_choice_may_hide_its_results_too() {
        for (phase, answer) in [
            (Phase::Draft, Err(Denied::ResultsHidden)),
            (Phase::Open, Err(Denied::ResultsHidden)),
            (Phase::ScoringClosed, Ok(())),
            (Phase::Decided, Ok(())),
        ] {
            let object = Object::Evaluation {
                kind: EvaluationKind::Internal,
                phase,
                results: Results::Hidden,
                has_sheets: true,
                is_sample: false,
                is_locked: false,
            };
            for action in [Action::SeeResults, Action::CompareEvaluators] {
                assert_eq!(may(Actor::Local, action, object), answer, "{phase:?}");
            }
            let revise = may(Actor::Local, Action::ReviseMethod, object);
            assert_eq!(revise.is_ok(), phase == Phase::ScoringClosed, "{phase:?}");
        }
    }

    #[test]
    fn while_the_result_is_locked_nothing_changes_that_it_is_made_of() {
        let moves_it = [
            Action::SetMethod,
            Action::FreezeMethod,
            Action::ReopenMethod,
            Action::ReviseMethod,
            Action::ChangeVendors,
            Action::ChangeEvaluators,
            Action::HandOutSheets,
            Action::FileSheet,
            Action::WithdrawSheet,
            Action::ExcludeVendor,
            Action::RecuseEvaluator,
            Action::CloseScoring,
            Action::ReopenScoring,
            Action::LockResult,
        ];
        let of_house = [Action::ListEvaluations, Action::StartEvaluation];
        for phase in [Phase::ScoringClosed, Phase::Decided] {
            for action in Action::ALL {
                let answer = asked_locked(action, phase);
                if moves_it.contains(&action) {
                    let of_method = [
                        Action::SetMethod,
                        Action::FreezeMethod,
                        Action::ReopenMethod,
                    ];
                    let expected = if of_method.contains(&action) {
                        Denied::HasSheets
                    } else {
                        Denied::Locked
                    };
                    assert_eq!(answer, Err(expected), "{action:?} {phase:?}");
                } else if !of_house.contains(&action) {
                    let expected = match (action, phase) {
                        (Action::Decide, Phase::Decided) => Err(Denied::Decided),
                        (Action::TakeBackDecision, Phase::ScoringClosed) => Err(Denied::NotDecided),
                        (Action::RemoveEvaluation, _) => Err(Denied::Kept),
                        _ => Ok(()),
                    };
                    assert_eq!(answer, expected, "{action:?} {phase:?}");
                }
            }
        }
    }

    #[test]
    fn a_result_is_locked_once_scoring_is_closed_and_unlocked_only_if_it_is() {
        let kind = EvaluationKind::Tender;
        for (phase, lock) in [
            (Phase::Draft, Err(Denied::MethodOpen)),
            (Phase::Open, Err(Denied::ScoringOpen)),
            (Phase::ScoringClosed, Ok(())),
            (Phase::Decided, Ok(())),
        ] {
            assert_eq!(asked(Action::LockResult, kind, phase, true), lock);
            let unlock = asked(Action::UnlockResult, kind, phase, true);
            assert_eq!(unlock, Err(Denied::NotLocked));
        }
    }

    #[test]
    fn a_method_is_revised_in_an_internal_choice_with_answers_and_never_in_a_tender() {
        for (phase, answer) in [
            (Phase::Draft, Err(Denied::NothingFiled)),
            (Phase::Open, Ok(())),
            (Phase::ScoringClosed, Ok(())),
            (Phase::Decided, Err(Denied::Decided)),
        ] {
            let revise = Action::ReviseMethod;
            let of = |kind, has_sheets| asked(revise, kind, phase, has_sheets);
            assert_eq!(of(EvaluationKind::Internal, true), answer, "{phase:?}");
            let nothing = Err(Denied::NothingFiled);
            assert_eq!(of(EvaluationKind::Internal, false), nothing, "{phase:?}");
            for has_sheets in [false, true] {
                let fixed = Err(Denied::FixedMethod);
                assert_eq!(of(EvaluationKind::Tender, has_sheets), fixed, "{phase:?}");
            }
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
            results: Results::Open,
            has_sheets: true,
            is_sample: true,
            is_locked: false,
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
