//! The one table of who may do what, on what, in which state.

use crate::evaluation::{EvaluationKind, Phase, Prices, Results};

use super::blind::evaluators_first;
use super::role::Includes;
use super::state::state_allows;
use super::{Action, Actor, Awaited, Denied, LinkId, Members, Reach, Scope, User};

/// What something is done to, with the state that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object<'a> {
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
        /// Whether its answers were purged.
        is_emptied: bool,
        /// Whose own answers are not all in yet.
        awaited: &'a Awaited,
        /// Who scores and has not said yet whether they have a conflict of interest.
        undeclared: &'a Awaited,
        /// Whether prices may be seen.
        prices: Prices,
        /// Its id.
        id: &'a str,
        /// Who has which role in it.
        members: &'a Members,
    },
}

/// Whether somebody may do something to an object in its state. What no row allows is denied.
///
/// # Errors
/// [`Denied`], with what is in the way.
pub fn may(actor: Actor, action: Action, object: Object<'_>) -> Result<(), Denied> {
    match actor {
        // Nobody needs an account at their own machine. But who may come in from elsewhere is decided by somebody who is known.
        Actor::Unauthenticated if action == Action::ManageUsers => Err(Denied::NoAccount),
        Actor::Local | Actor::Unauthenticated | Actor::Console
            if action == Action::ManageAccount =>
        {
            Err(Denied::NoAccount)
        }
        // Whoever has no account can still do here what the state allows.
        Actor::Local | Actor::Unauthenticated | Actor::Console => state_allows(action, object),
        Actor::User(_) | Actor::Invited(_) => {
            theirs(actor, action, object)?;
            state_allows(action, object)?;
            evaluators_first(actor, action, object)
        }
    }
}

/// Whether an action belongs to somebody by who they are, whatever the state: what pages offer them a form for.
#[must_use]
pub fn is_theirs(actor: Actor, action: Action, object: Object<'_>) -> bool {
    theirs(actor, action, object).is_ok()
}

fn theirs(actor: Actor, action: Action, object: Object<'_>) -> Result<(), Denied> {
    match actor {
        Actor::Local | Actor::Unauthenticated | Actor::Console => Ok(()),
        Actor::User(user) => user_may(user, action, object),
        Actor::Invited(link) => invited_may(link, action, object),
    }
}

fn user_may(user: User, action: Action, object: Object<'_>) -> Result<(), Denied> {
    match object {
        Object::House => match (action, user.reach) {
            (Action::ListEvaluations, _) => Ok(()),
            (_, Reach::Token { .. }) => Err(Denied::Scope),
            (Action::ManageUsers, Reach::Everything) if !user.is_administrator => {
                Err(Denied::NotAdministrator)
            }
            (_, Reach::Everything) => Ok(()),
        },
        Object::Evaluation { id, members, .. } => {
            if let Reach::Token {
                only: Some(only), ..
            } = user.reach
                && only.as_str() != id
            {
                return Err(Denied::Stranger);
            }
            // An evaluation that nobody leads any more can be given to somebody; that is all administrators may by that.
            let adopts = action == Action::ChangeMembers
                && user.is_administrator
                && user.reach == Reach::Everything
                && !members.has_owner();
            if adopts {
                return Ok(());
            }
            role_allows(Actor::User(user), action, object)?;
            match (user.reach, action) {
                (Reach::Everything, _)
                | (
                    Reach::Token { .. },
                    Action::See
                    | Action::SeeResults
                    | Action::SeeDisagreement
                    | Action::SeePrices
                    | Action::SeeScores
                    | Action::SeeTrail
                    | Action::CompareEvaluators
                    | Action::WhatIf
                    | Action::TakeEvidence,
                )
                | (
                    Reach::Token {
                        scope: Scope::Upload,
                        ..
                    },
                    Action::FileSheet,
                ) => Ok(()),
                (Reach::Token { .. }, _) => Err(Denied::Scope),
            }
        }
    }
}

/// A personal link leads to one evaluation and to nothing else.
fn invited_may(link: LinkId, action: Action, object: Object<'_>) -> Result<(), Denied> {
    match object {
        Object::House => Err(Denied::NoAccount),
        Object::Evaluation { .. } => role_allows(Actor::Invited(link), action, object),
    }
}

/// Whether one of the roles of somebody includes an action.
fn role_allows(actor: Actor, action: Action, object: Object<'_>) -> Result<(), Denied> {
    let Object::Evaluation {
        phase,
        is_locked,
        members,
        ..
    } = object
    else {
        return Err(Denied::NotHere);
    };
    let roles = members.roles(actor);
    if roles.is_empty() {
        return Err(Denied::Stranger);
    }
    let stands = is_locked || phase == Phase::Decided;
    let includes = |wanted| roles.iter().any(|role| role.includes(action) == wanted);
    match () {
        () if includes(Includes::Always) => Ok(()),
        () if includes(Includes::OnceItStands) && stands => Ok(()),
        () if includes(Includes::OnceItStands) => Err(Denied::NotYet),
        () => Err(Denied::Role),
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use super::super::{Login, Place, Role};
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
            is_emptied: false,
            awaited: Awaited::NONE,
            undeclared: Awaited::NONE,
            prices: Prices::Shown,
            id: "e",
            members: Members::NONE,
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
            is_emptied: false,
            awaited: Awaited::NONE,
            undeclared: Awaited::NONE,
            prices: Prices::Shown,
            id: "e",
            members: Members::NONE,
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
                is_emptied: false,
                awaited: Awaited::NONE,
                undeclared: Awaited::NONE,
                prices: Prices::Shown,
                id: "e",
                members: Members::NONE,
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
        let of_house = [
            Action::ListEvaluations,
            Action::StartEvaluation,
            Action::ManageUsers,
            Action::ManageAccount,
        ];
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
                        (Action::OpenPrices, _) => Err(Denied::NotSealed),
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
            is_emptied: false,
            awaited: Awaited::NONE,
            undeclared: Awaited::NONE,
            prices: Prices::Shown,
            id: "e",
            members: Members::NONE,
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
            let of_house = matches!(
                action,
                Action::ListEvaluations | Action::StartEvaluation | Action::ManageUsers
            );
            let answer = may(Actor::Console, action, Object::House);
            assert_eq!(answer.is_ok(), of_house, "{action:?}");
            if of_house {
                let on_evaluation = asked(action, EvaluationKind::Internal, Phase::Open, false);
                assert_eq!(on_evaluation, Err(Denied::NotHere), "{action:?}");
            }
        }
    }

    fn asked_priced(action: Action, phase: Phase, prices: Prices) -> Result<(), Denied> {
        let object = Object::Evaluation {
            kind: EvaluationKind::Tender,
            phase,
            results: Results::Hidden,
            has_sheets: true,
            is_sample: false,
            is_locked: false,
            is_emptied: false,
            awaited: Awaited::NONE,
            undeclared: Awaited::NONE,
            prices,
            id: "e",
            members: Members::NONE,
        };
        may(Actor::Local, action, object)
    }

    #[test]
    fn sealed_prices_are_opened_once_scoring_is_closed_and_nothing_is_decided_before() {
        use Prices::{Opened, Sealed, Shown};
        let (open, closed) = (Phase::Open, Phase::ScoringClosed);
        for (action, phase, prices, answer) in [
            (Action::OpenPrices, open, Sealed, Err(Denied::ScoringOpen)),
            (Action::OpenPrices, closed, Sealed, Ok(())),
            (Action::OpenPrices, closed, Opened, Err(Denied::NotSealed)),
            (Action::OpenPrices, closed, Shown, Err(Denied::NotSealed)),
            (Action::SeeResults, closed, Sealed, Ok(())),
            (Action::SeePrices, closed, Sealed, Err(Denied::PricesSealed)),
            (Action::SeePrices, closed, Opened, Ok(())),
            (Action::SeePrices, open, Shown, Err(Denied::ResultsHidden)),
            (
                Action::TakeEvidence,
                closed,
                Sealed,
                Err(Denied::PricesSealed),
            ),
            (Action::Decide, closed, Sealed, Err(Denied::PricesSealed)),
            (Action::Decide, closed, Opened, Ok(())),
            (
                Action::LockResult,
                closed,
                Sealed,
                Err(Denied::PricesSealed),
            ),
            (Action::FileSheet, open, Sealed, Ok(())),
            (Action::ReopenScoring, closed, Sealed, Ok(())),
            (
                Action::ReopenScoring,
                closed,
                Opened,
                Err(Denied::PricesOpened),
            ),
            (Action::FileSheet, closed, Opened, Err(Denied::PricesOpened)),
            (
                Action::WithdrawSheet,
                closed,
                Opened,
                Err(Denied::PricesOpened),
            ),
        ] {
            let found = asked_priced(action, phase, prices);
            assert_eq!(found, answer, "{action:?} {phase:?} {prices:?}");
        }
    }

    fn login(name: &str) -> Login {
        Login::parse(name).unwrap()
    }

    /// What somebody with these roles is answered in an open internal choice.
    fn of(roles: &[Role], user: User, action: Action, is_locked: bool) -> Result<(), Denied> {
        let mut members = Members::default();
        for role in roles {
            members.add(user.login, role.clone());
        }
        let object = Object::Evaluation {
            kind: EvaluationKind::Internal,
            phase: if is_locked {
                Phase::ScoringClosed
            } else {
                Phase::Open
            },
            results: Results::Open,
            has_sheets: true,
            is_sample: false,
            is_locked,
            is_emptied: false,
            awaited: Awaited::NONE,
            undeclared: Awaited::NONE,
            prices: Prices::Shown,
            id: "e",
            members: &members,
        };
        may(Actor::User(user), action, object)
    }

    fn ana() -> User {
        User::signed_in(login("ana"), false)
    }

    #[test]
    fn to_whoever_has_no_role_an_evaluation_is_not_there_administrators_too() {
        let administrator = User::signed_in(login("root"), true);
        for action in Action::ALL {
            assert_eq!(of(&[], ana(), action, false), Err(Denied::Stranger));
            let adopted = of(&[], administrator, action, false);
            match action {
                // Of all actions only this, and only where nobody leads the evaluation.
                Action::ChangeMembers => assert_eq!(adopted, Ok(())),
                _ => assert_eq!(adopted, Err(Denied::Stranger), "{action:?}"),
            }
        }
        let mut members = Members::default();
        members.add(login("bo"), Role::Owner);
        let led = Object::Evaluation {
            kind: EvaluationKind::Internal,
            phase: Phase::Open,
            results: Results::Open,
            has_sheets: true,
            is_sample: false,
            is_locked: false,
            is_emptied: false,
            awaited: Awaited::NONE,
            undeclared: Awaited::NONE,
            prices: Prices::Shown,
            id: "e",
            members: &members,
        };
        let adopted = may(Actor::User(administrator), Action::ChangeMembers, led);
        assert_eq!(adopted, Err(Denied::Stranger));
    }

    #[test]
    fn each_role_may_what_its_row_says_and_nothing_else() {
        use Action::{
            CompareEvaluators, FileSheet, See, SeeDisagreement, SeePrices, SeeResults, SeeScores,
            SeeTrail, TakeEvidence, WhatIf, WithdrawSheet,
        };
        let evaluator = Role::Evaluator("Ana".to_owned());
        let reads = [
            See,
            SeeResults,
            SeeDisagreement,
            SeePrices,
            SeeScores,
            SeeTrail,
            CompareEvaluators,
            WhatIf,
            TakeEvidence,
        ];
        for (role, is_locked, allowed) in [
            (
                &evaluator,
                false,
                &[See, FileSheet, WithdrawSheet, Action::DeclareInterests][..],
            ),
            (
                &evaluator,
                true,
                &[
                    See,
                    SeeResults,
                    SeeDisagreement,
                    SeePrices,
                    SeeScores,
                    Action::DeclareInterests,
                ],
            ),
            (&Role::Viewer, false, &[See]),
            (
                &Role::Viewer,
                true,
                &[See, SeeResults, SeeDisagreement, SeePrices, SeeScores],
            ),
            (&Role::Auditor, false, &reads),
            (&Role::Auditor, true, &reads),
        ] {
            for action in Action::ALL {
                let answer = of(std::slice::from_ref(role), ana(), action, is_locked);
                let expected = allowed.contains(&action);
                assert_eq!(answer.is_ok(), expected, "{role} {action:?} {answer:?}");
            }
        }
    }

    #[test]
    fn an_owner_may_all_that_the_state_allows() {
        for action in Action::ALL {
            let mut members = Members::default();
            members.add(login("ana"), Role::Owner);
            let here = Object::Evaluation {
                kind: EvaluationKind::Internal,
                phase: Phase::Open,
                results: Results::Open,
                has_sheets: true,
                is_sample: false,
                is_locked: false,
                is_emptied: false,
                awaited: Awaited::NONE,
                undeclared: Awaited::NONE,
                prices: Prices::Shown,
                id: "e",
                members: &members,
            };
            let local = may(Actor::Local, action, here);
            let owner = may(Actor::User(ana()), action, here);
            assert_eq!(
                owner.is_ok(),
                local.is_ok(),
                "{action:?} {owner:?} {local:?}"
            );
        }
    }

    #[test]
    fn before_the_result_stands_the_answer_is_when_and_not_never() {
        let viewer = [Role::Viewer];
        assert_eq!(
            of(&viewer, ana(), Action::SeeResults, false),
            Err(Denied::NotYet)
        );
        assert_eq!(of(&viewer, ana(), Action::WhatIf, false), Err(Denied::Role));
    }

    #[test]
    fn a_token_reaches_no_further_than_its_scope_and_its_evaluation() {
        let token = |scope, only: Option<&str>| User {
            reach: Reach::Token {
                scope,
                only: only.and_then(Place::new),
            },
            ..User::signed_in(login("ana"), true)
        };
        let owner = [Role::Owner];
        let (read, upload) = (Scope::Read, Scope::Upload);
        for (user, action, expected) in [
            (token(read, None), Action::SeeResults, Ok(())),
            (token(read, Some("e")), Action::SeeResults, Ok(())),
            (token(read, Some("f")), Action::See, Err(Denied::Stranger)),
            (token(read, None), Action::FileSheet, Err(Denied::Scope)),
            (token(upload, None), Action::FileSheet, Ok(())),
            (
                token(upload, None),
                Action::CloseScoring,
                Err(Denied::Scope),
            ),
            (
                token(upload, None),
                Action::ChangeMembers,
                Err(Denied::Scope),
            ),
        ] {
            assert_eq!(
                of(&owner, user, action, false),
                expected,
                "{user:?} {action:?}"
            );
        }
        for action in Action::ALL {
            let answer = may(Actor::User(token(upload, None)), action, Object::House);
            assert_eq!(
                answer.is_ok(),
                action == Action::ListEvaluations,
                "{action:?}"
            );
        }
    }

    #[test]
    fn users_are_managed_by_administrators_and_at_the_console_only() {
        let administrator = User::signed_in(login("root"), true);
        let link = LinkId::from_str("abc").unwrap();
        for (actor, expected) in [
            (Actor::User(administrator), Ok(())),
            (Actor::Console, Ok(())),
            (Actor::Local, Ok(())),
            (Actor::Unauthenticated, Err(Denied::NoAccount)),
            (Actor::User(ana()), Err(Denied::NotAdministrator)),
            (Actor::Invited(link), Err(Denied::NoAccount)),
        ] {
            assert_eq!(may(actor, Action::ManageUsers, Object::House), expected);
        }
    }

    #[test]
    fn a_personal_link_leads_to_its_evaluator_s_work_and_nowhere_else() {
        let link = LinkId::from_str("abc").unwrap();
        let mut members = Members::default();
        members.invite(link, "Ana".to_owned());
        let object = |members| Object::Evaluation {
            kind: EvaluationKind::Internal,
            phase: Phase::Open,
            results: Results::Open,
            has_sheets: true,
            is_sample: false,
            is_locked: false,
            is_emptied: false,
            awaited: Awaited::NONE,
            undeclared: Awaited::NONE,
            prices: Prices::Shown,
            id: "e",
            members,
        };
        let invited = Actor::Invited(link);
        assert_eq!(may(invited, Action::FileSheet, object(&members)), Ok(()));
        assert_eq!(
            may(invited, Action::CloseScoring, object(&members)),
            Err(Denied::Role)
        );
        assert_eq!(
            may(invited, Action::See, object(Members::NONE)),
            Err(Denied::Stranger)
        );
        assert_eq!(
            may(invited, Action::ListEvaluations, Object::House),
            Err(Denied::NoAccount)
        );
    }
}
