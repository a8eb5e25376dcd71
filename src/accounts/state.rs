//! What the state of an evaluation allows, whoever asks.

use crate::evaluation::{EvaluationKind, Phase, Prices, Results};

use super::{Action, Denied, Object};

/// Whether the state of an object allows an action.
#[expect(clippy::too_many_lines, reason = "one table, which is read as a whole")]
pub(super) fn state_allows(action: Action, object: Object<'_>) -> Result<(), Denied> {
    match object {
        Object::House => match action {
            Action::ListEvaluations
            | Action::StartEvaluation
            | Action::ManageUsers
            | Action::ManageAccount => Ok(()),
            _ => Err(Denied::NotHere),
        },
        Object::Evaluation {
            kind,
            phase,
            results,
            has_sheets,
            is_sample,
            is_locked,
            is_emptied,
            prices,
            ..
        } => match action {
            Action::ListEvaluations
            | Action::StartEvaluation
            | Action::ManageUsers
            | Action::ManageAccount => Err(Denied::NotHere),
            // Of what was purged the record is left, and nothing that could be changed or computed.
            Action::See
            | Action::SeeTrail
            | Action::TakeEvidence
            | Action::ChangeMembers
            | Action::Confirm
            | Action::Purge
                if is_emptied =>
            {
                Ok(())
            }
            _ if is_emptied => Err(Denied::Emptied),
            // Whether the state allows what is proposed is asked beside this.
            Action::See
            | Action::SeeDisagreement
            | Action::SeeScores
            | Action::SeeTrail
            | Action::DeclareInterests
            | Action::ChangeMembers
            | Action::Confirm
            | Action::Purge => Ok(()),
            Action::SeeResults | Action::CompareEvaluators => results_show(results, phase),
            Action::SeePrices | Action::TakeEvidence => {
                results_show(results, phase).and_then(|()| prices_are_open(prices))
            }
            Action::OpenPrices => may_open(prices, phase),
            Action::Decide | Action::LockResult
                if prices == Prices::Sealed && phase == Phase::ScoringClosed =>
            {
                Err(Denied::PricesSealed)
            }
            // Whoever knows the prices changes no quality.
            Action::ReopenScoring
            | Action::HandOutSheets
            | Action::FileSheet
            | Action::WithdrawSheet
            | Action::ChangeVendors
            | Action::ChangeEvaluators
                if prices == Prices::Opened && phase == Phase::ScoringClosed && !is_locked =>
            {
                Err(Denied::PricesOpened)
            }
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
            Action::ReviseMethod => may_revise(kind, phase, has_sheets, is_locked)
                // The rankings before and after stand beside each other, so they must be there to see.
                .and_then(|()| results_show(results, phase)),
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
            Action::ReopenScoring | Action::Decide => scoring_is_closed(phase),
            Action::TakeBackDecision => match phase {
                Phase::Decided => Ok(()),
                _ => Err(Denied::NotDecided),
            },
            Action::LockResult if is_locked => Err(Denied::Locked),
            Action::LockResult => results_stand(phase),
            Action::UnlockResult if is_locked => Ok(()),
            Action::UnlockResult => Err(Denied::NotLocked),
            Action::RemoveEvaluation if is_sample || !has_sheets => Ok(()),
            Action::RemoveEvaluation => Err(Denied::Kept),
        },
    }
}

fn may_revise(
    kind: EvaluationKind,
    phase: Phase,
    has_sheets: bool,
    is_locked: bool,
) -> Result<(), Denied> {
    match (kind, phase) {
        (EvaluationKind::Tender, _) => Err(Denied::FixedMethod),
        (EvaluationKind::Internal, Phase::Draft) => Err(Denied::NothingFiled),
        (EvaluationKind::Internal, _) if !has_sheets => Err(Denied::NothingFiled),
        (EvaluationKind::Internal, _) if is_locked => Err(Denied::Locked),
        (EvaluationKind::Internal, Phase::Decided) => Err(Denied::Decided),
        (EvaluationKind::Internal, Phase::Open | Phase::ScoringClosed) => Ok(()),
    }
}

fn scoring_is_closed(phase: Phase) -> Result<(), Denied> {
    match phase {
        Phase::Draft => Err(Denied::MethodOpen),
        Phase::Open => Err(Denied::ScoringOpen),
        Phase::ScoringClosed => Ok(()),
        Phase::Decided => Err(Denied::Decided),
    }
}

fn results_stand(phase: Phase) -> Result<(), Denied> {
    match phase {
        Phase::Draft => Err(Denied::MethodOpen),
        Phase::Open => Err(Denied::ScoringOpen),
        Phase::ScoringClosed | Phase::Decided => Ok(()),
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

fn prices_are_open(prices: Prices) -> Result<(), Denied> {
    match prices {
        Prices::Sealed => Err(Denied::PricesSealed),
        Prices::Shown | Prices::Opened => Ok(()),
    }
}

fn may_open(prices: Prices, phase: Phase) -> Result<(), Denied> {
    match (prices, phase) {
        (Prices::Shown | Prices::Opened, _) => Err(Denied::NotSealed),
        (Prices::Sealed, Phase::Draft) => Err(Denied::MethodOpen),
        (Prices::Sealed, Phase::Open) => Err(Denied::ScoringOpen),
        (Prices::Sealed, Phase::ScoringClosed) => Ok(()),
        (Prices::Sealed, Phase::Decided) => Err(Denied::Decided),
    }
}

fn what_if_shows(results: Results, phase: Phase, has_sheets: bool) -> Result<(), Denied> {
    if has_sheets {
        results_show(results, phase).map_err(|_| Denied::WhatIfClosed)
    } else {
        Ok(())
    }
}
