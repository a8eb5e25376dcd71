//! Whoever scores is blind to the scores of others until their own are in.

use std::collections::BTreeSet;

use crate::evaluation::Phase;

use super::{Action, Actor, Denied, Object, Role};

/// The evaluators whose own answers are not all in yet, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Awaited(BTreeSet<String>);

impl Awaited {
    /// Nobody.
    pub const NONE: &'static Self = &Self(BTreeSet::new());

    /// Whether the answers of an evaluator are not all in yet.
    #[must_use]
    pub fn has(&self, evaluator: &str) -> bool {
        self.0.contains(evaluator)
    }
}

impl FromIterator<String> for Awaited {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}

/// Refuses whoever scores what has to wait for their declaration, and then for their own answers.
pub(super) fn evaluators_first(
    actor: Actor,
    action: Action,
    object: Object<'_>,
) -> Result<(), Denied> {
    declared_first(actor, action, object)?;
    own_first(actor, action, object)
}

/// Refuses to show scores to somebody, or to take any, before they said whether they have a conflict of interest.
fn declared_first(actor: Actor, action: Action, object: Object<'_>) -> Result<(), Denied> {
    let Object::Evaluation {
        members,
        undeclared,
        ..
    } = object
    else {
        return Ok(());
    };
    let waits =
        tells_of_others(action) || matches!(action, Action::FileSheet | Action::WithdrawSheet);
    let mut own = members.roles(actor).iter().filter_map(Role::evaluator);
    if waits && own.any(|name| undeclared.has(name)) {
        return Err(Denied::Undeclared);
    }
    Ok(())
}

/// Refuses what would tell somebody about the scores of others before their own are in, whatever else they are in the
/// evaluation: an owner and an auditor who score are evaluators first. Once scoring is closed nobody can be swayed any more.
fn own_first(actor: Actor, action: Action, object: Object<'_>) -> Result<(), Denied> {
    let Object::Evaluation {
        phase: Phase::Draft | Phase::Open,
        has_sheets: true,
        members,
        awaited,
        ..
    } = object
    else {
        return Ok(());
    };
    let mut own = members.roles(actor).iter().filter_map(Role::evaluator);
    if tells_of_others(action) && own.any(|name| awaited.has(name)) {
        return Err(Denied::OwnFirst);
    }
    Ok(())
}

/// Whether what is asked for tells what others scored, or what that comes to.
fn tells_of_others(action: Action) -> bool {
    match action {
        Action::SeeResults
        | Action::SeeDisagreement
        | Action::SeePrices
        | Action::SeeScores
        | Action::CompareEvaluators
        | Action::WhatIf
        | Action::ReviseMethod
        | Action::TakeEvidence => true,
        Action::ListEvaluations
        | Action::StartEvaluation
        | Action::See
        | Action::SetMethod
        | Action::FreezeMethod
        | Action::ReopenMethod
        | Action::ChangeVendors
        | Action::ChangeEvaluators
        | Action::HandOutSheets
        | Action::FileSheet
        | Action::DeclareInterests
        | Action::WithdrawSheet
        | Action::ExcludeVendor
        | Action::RecuseEvaluator
        | Action::CloseScoring
        | Action::ReopenScoring
        | Action::OpenPrices
        | Action::Decide
        | Action::Confirm
        | Action::Purge
        | Action::TakeBackDecision
        | Action::LockResult
        | Action::UnlockResult
        | Action::RemoveEvaluation
        | Action::SeeTrail
        | Action::ChangeMembers
        | Action::ManageUsers
        | Action::ManageAccount => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Login, Members, User, may};
    use super::*;
    use crate::evaluation::{EvaluationKind, Prices, Results};

    fn asked(
        roles: &[Role],
        action: Action,
        phase: Phase,
        awaited: &Awaited,
    ) -> Result<(), Denied> {
        let login = Login::parse("ana").unwrap();
        let mut members = Members::default();
        for role in roles {
            members.add(login, role.clone());
        }
        let object = Object::Evaluation {
            kind: EvaluationKind::Internal,
            phase,
            results: Results::Open,
            has_sheets: true,
            is_sample: false,
            is_locked: false,
            is_emptied: false,
            awaited,
            undeclared: Awaited::NONE,
            prices: Prices::Shown,
            id: "e",
            members: &members,
        };
        may(Actor::User(User::signed_in(login, false)), action, object)
    }

    const TELLING: [Action; 8] = [
        Action::SeeResults,
        Action::SeeDisagreement,
        Action::SeePrices,
        Action::SeeScores,
        Action::CompareEvaluators,
        Action::WhatIf,
        Action::ReviseMethod,
        Action::TakeEvidence,
    ];

    #[test]
    fn whoever_scores_sees_nothing_of_others_before_their_own_is_in_owners_and_auditors_too() {
        let ana = Role::Evaluator("Ana".to_owned());
        let waits: Awaited = ["Ana".to_owned()].into_iter().collect();
        for other in [Role::Owner, Role::Auditor] {
            let alone = std::slice::from_ref(&other);
            let both = [other.clone(), ana.clone()];
            for action in Action::ALL {
                let before = asked(&both, action, Phase::Open, &waits);
                let after = asked(&both, action, Phase::Open, Awaited::NONE);
                if TELLING.contains(&action) && after.is_ok() {
                    assert_eq!(before, Err(Denied::OwnFirst), "{other} {action:?}");
                    assert_eq!(asked(alone, action, Phase::Open, &waits), Ok(()));
                } else {
                    assert_eq!(before, after, "{other} {action:?}");
                }
            }
        }
    }

    #[test]
    fn whoever_scores_declares_first_and_may_see_their_way_there() {
        let login = Login::parse("ana").unwrap();
        let undeclared: Awaited = ["Ana".to_owned()].into_iter().collect();
        let mut members = Members::default();
        members.add(login, Role::Evaluator("Ana".to_owned()));
        members.add(login, Role::Owner);
        let object = |undeclared| Object::Evaluation {
            kind: EvaluationKind::Internal,
            phase: Phase::Open,
            results: Results::Open,
            has_sheets: true,
            is_sample: false,
            is_locked: false,
            is_emptied: false,
            awaited: Awaited::NONE,
            undeclared,
            prices: Prices::Shown,
            id: "e",
            members: &members,
        };
        let ana = Actor::User(User::signed_in(login, false));
        for action in Action::ALL {
            let before = may(ana, action, object(&undeclared));
            let after = may(ana, action, object(Awaited::NONE));
            let waits = TELLING.contains(&action)
                || matches!(action, Action::FileSheet | Action::WithdrawSheet);
            if waits && after.is_ok() {
                assert_eq!(before, Err(Denied::Undeclared), "{action:?}");
            } else {
                assert_eq!(before, after, "{action:?}");
            }
        }
        assert_eq!(
            may(ana, Action::DeclareInterests, object(&undeclared)),
            Ok(())
        );
    }

    #[test]
    fn once_scoring_is_closed_nobody_is_blind_any_more() {
        let both = [Role::Owner, Role::Evaluator("Ana".to_owned())];
        let waits: Awaited = ["Ana".to_owned()].into_iter().collect();
        for phase in [Phase::ScoringClosed, Phase::Decided] {
            for action in TELLING {
                let waiting = asked(&both, action, phase, &waits);
                assert_ne!(waiting, Err(Denied::OwnFirst), "{phase:?} {action:?}");
            }
        }
    }

    #[test]
    fn one_who_waits_makes_nobody_else_blind() {
        let both = [Role::Owner, Role::Evaluator("Ana".to_owned())];
        let bo: Awaited = ["Bo".to_owned()].into_iter().collect();
        for action in TELLING {
            assert_eq!(asked(&both, action, Phase::Open, &bo), Ok(()), "{action:?}");
        }
    }
}
