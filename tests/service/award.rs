//! Awarding and unlocking take two persons where there are two; else the record says that one decided.

use std::sync::Barrier;

use scorecard::accounts::{Actor, Denied, Login, Reach, Role, Scope, User};
use scorecard::evaluation::{Phase, Stage};
use scorecard::record::{Change, EvaluationId};
use scorecard::service::{Error, Service, imprint};
use scorecard::store::Archive as _;

use crate::priced::priced;
use crate::support::{Office, upload};

const SHEET: &[u8] =
    b"vendor,criterion,evaluator,score\nAcme,ITIL-INC,Ana,4\nBolt,ITIL-INC,Ana,3\n";

fn user(service: &Service, name: &str) -> Actor {
    let login = service.create_user(Actor::Console, name, false).unwrap();
    Actor::User(User::signed_in(login, false))
}

fn open(service: &Service, by: Actor) -> EvaluationId {
    let id = service.start(by, &priced()).unwrap();
    let sheet = upload("ana.csv", SHEET);
    service.file_sheet(by, &id, &sheet).unwrap();
    id
}

/// An evaluation that two users lead and whose scoring is closed.
fn closed(service: &Service) -> (Actor, Actor, EvaluationId) {
    let (ana, bo) = (user(service, "ana"), user(service, "bo"));
    let id = open(service, ana);
    service.add_member(ana, &id, "bo", Role::Owner).unwrap();
    service.close_scoring(ana, &id).unwrap();
    (ana, bo, id)
}

fn denied<T>(result: Result<T, Error>) -> Option<Denied> {
    match result.err()? {
        Error::Denied(denied) => Some(denied),
        _ => None,
    }
}

/// Confirms what waits now.
fn confirm(service: &Service, by: Actor, id: &EvaluationId) -> Result<(), Error> {
    let opened = service.open(by, id)?;
    let number = opened.dossier().proposal().map_or(0, |one| one.number);
    service.confirm_proposal(by, id, number).map(drop)
}

fn persons(service: &Service, by: Actor, id: &EvaluationId) -> Option<String> {
    let opened = service.open(by, id).unwrap();
    let imprint = imprint(opened.dossier(), "", None, service.now());
    imprint.persons
}

#[test]
fn a_decision_that_one_proposes_counts_once_another_confirms_it_and_never_by_the_same() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    service
        .decide(ana, &id, Some("Acme"), "best value")
        .unwrap();
    let opened = service.open(bo, &id).unwrap();
    assert_eq!(opened.dossier().phase(), Phase::ScoringClosed);
    assert!(opened.dossier().decision().is_none());
    assert_eq!(
        denied(confirm(service, ana, &id)),
        Some(Denied::OwnProposal)
    );
    assert_eq!(
        denied(confirm(service, Actor::Local, &id)),
        Some(Denied::Nameless)
    );
    assert_eq!(
        denied(service.decide(bo, &id, Some("Bolt"), "mine")),
        Some(Denied::Proposed)
    );
    confirm(service, bo, &id).unwrap();
    let office = office.restarted();
    let service = &office.service;
    let opened = service.open(ana, &id).unwrap();
    let decision = opened.dossier().decision().unwrap();
    assert_eq!(decision.vendor.as_deref(), Some("Acme"));
    assert_eq!(decision.why.reason, "best value");
    assert!(opened.dossier().proposal().is_none());
    let printed = persons(service, ana, &id);
    assert_eq!(printed.as_deref(), Some("proposed by ana, confirmed by bo"));
    assert_eq!(
        denied(confirm(service, bo, &id)),
        Some(Denied::NothingProposed)
    );
}

#[test]
fn a_proposal_is_taken_back_with_a_reason_and_a_viewer_cannot_confirm_one() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    let (eve, fay) = (user(service, "eve"), user(service, "fay"));
    service.add_member(ana, &id, "eve", Role::Auditor).unwrap();
    service.decide(ana, &id, None, "none is good").unwrap();
    assert_eq!(denied(confirm(service, eve, &id)), Some(Denied::Role));
    // To a stranger not even that there is something.
    let gone = confirm(service, fay, &id);
    assert!(matches!(gone, Err(Error::NoEvaluation)), "{gone:?}");
    assert!(service.take_back_proposal(bo, &id, " ").is_err());
    service.take_back_proposal(bo, &id, "look again").unwrap();
    assert_eq!(
        denied(confirm(service, bo, &id)),
        Some(Denied::NothingProposed)
    );
    service.decide(bo, &id, Some("Acme"), "after all").unwrap();
    confirm(service, ana, &id).unwrap();
    let printed = persons(service, ana, &id);
    assert_eq!(printed.as_deref(), Some("proposed by bo, confirmed by ana"));
}

#[test]
fn what_was_proposed_on_another_result_is_not_confirmed() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    service.decide(ana, &id, Some("Acme"), "best").unwrap();
    service
        .exclude_vendor(ana, &id, "Bolt", "withdrew")
        .unwrap();
    assert_eq!(
        denied(confirm(service, bo, &id)),
        Some(Denied::ProposalStale)
    );
    // Opened again, nothing is proposed any more.
    service.reopen_scoring(ana, &id, "one more").unwrap();
    assert!(
        service
            .open(ana, &id)
            .unwrap()
            .dossier()
            .proposal()
            .is_none()
    );
}

#[test]
fn nobody_confirms_another_proposal_than_the_one_they_looked_at() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    service.decide(ana, &id, Some("Acme"), "best").unwrap();
    let looked = service.open(bo, &id).unwrap();
    let looked = looked.dossier().proposal().unwrap().number;
    service.take_back_proposal(ana, &id, "no").unwrap();
    service.decide(ana, &id, Some("Bolt"), "cheaper").unwrap();
    let answer = service.confirm_proposal(bo, &id, looked);
    assert_eq!(denied(answer), Some(Denied::ProposalOther));
    confirm(service, bo, &id).unwrap();
    let opened = service.open(bo, &id).unwrap();
    let chosen = opened.dossier().decision().unwrap().vendor.clone();
    assert_eq!(chosen.as_deref(), Some("Bolt"));
}

#[test]
fn what_somebody_proposed_who_is_out_or_leads_it_no_more_is_not_confirmed() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    service.decide(ana, &id, Some("Acme"), "best").unwrap();
    service.remove_member(bo, &id, "ana").unwrap();
    let gone = denied(confirm(service, bo, &id));
    assert_eq!(gone, Some(Denied::ProposerGone));
    service.add_member(bo, &id, "ana", Role::Owner).unwrap();
    service
        .disable_user(Actor::Console, Login::parse("ana").unwrap())
        .unwrap();
    let gone = denied(confirm(service, bo, &id));
    assert_eq!(gone, Some(Denied::ProposerGone));
    // Bo is the only one left: the proposal goes, and what Bo decides counts at once.
    service.take_back_proposal(bo, &id, "ana left").unwrap();
    service.decide(bo, &id, Some("Acme"), "best").unwrap();
    let printed = persons(service, bo, &id);
    assert_eq!(printed.as_deref(), Some("decided by one person"));
}

#[test]
fn of_two_who_confirm_at_once_one_does_and_the_other_is_told_that_nothing_waits() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    let cy = user(service, "cy");
    service.add_member(ana, &id, "cy", Role::Owner).unwrap();
    for _ in 0..50 {
        service.decide(ana, &id, Some("Acme"), "best").unwrap();
        let opened = service.open(ana, &id).unwrap();
        let number = opened.dossier().proposal().unwrap().number;
        let barrier = Barrier::new(2);
        let try_it = |who| {
            barrier.wait();
            denied(service.confirm_proposal(who, &id, number))
        };
        let (first, second) = std::thread::scope(|scope| {
            let first = scope.spawn(|| try_it(bo));
            (try_it(cy), first.join().unwrap())
        });
        let mut answers = [first, second];
        answers.sort_by_key(Option::is_some);
        assert_eq!(answers, [None, Some(Denied::NothingProposed)]);
        service.take_back_decision(bo, &id, "again").unwrap();
        confirm(service, ana, &id).unwrap();
    }
}

#[test]
fn a_token_of_a_second_person_confirms_nothing_and_one_of_the_first_is_no_second_person() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    service.decide(ana, &id, Some("Acme"), "best").unwrap();
    for who in [ana, bo] {
        let Actor::User(user) = who else { panic!() };
        for scope in [Scope::Read, Scope::Upload] {
            let reach = Reach::Token { scope, only: None };
            let by_token = Actor::User(User { reach, ..user });
            let answer = denied(confirm(service, by_token, &id));
            assert_eq!(answer, Some(Denied::Scope));
        }
    }
    assert!(
        service
            .open(ana, &id)
            .unwrap()
            .dossier()
            .decision()
            .is_none()
    );
}

#[test]
fn where_two_accounts_are_open_nobody_without_a_name_decides_unlocks_or_takes_back() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    for who in [Actor::Local, Actor::Unauthenticated, Actor::Console] {
        let answer = denied(service.decide(who, &id, Some("Acme"), "best"));
        assert_eq!(answer, Some(Denied::Nameless), "{who}");
    }
    service.decide(ana, &id, Some("Acme"), "best").unwrap();
    confirm(service, bo, &id).unwrap();
    service.lock_result(ana, &id, "for the board").unwrap();
    for who in [Actor::Local, Actor::Unauthenticated, Actor::Console] {
        let unlock = denied(service.unlock_result(who, &id, "a slip"));
        let back = denied(service.take_back_decision(who, &id, "a slip"));
        assert_eq!(unlock.zip(back), Some((Denied::Nameless, Denied::Nameless)));
    }
}

#[test]
fn an_award_refuses_sheets_and_is_taken_back_by_two() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    service.decide(ana, &id, Some("Acme"), "best").unwrap();
    assert_eq!(stage(service, ana, &id), Stage::ScoringClosed);
    confirm(service, bo, &id).unwrap();
    assert_eq!(stage(service, ana, &id), Stage::Awarded);
    let listed = service.evaluations(ana).unwrap();
    assert_eq!(listed[0].stage(), Stage::Awarded);
    let sheet = upload("bo.csv", SHEET);
    assert_eq!(
        denied(service.file_sheet(ana, &id, &sheet)),
        Some(Denied::Decided)
    );
    assert_eq!(
        denied(service.reopen_scoring(ana, &id, "one more")),
        Some(Denied::Decided)
    );
    service.take_back_decision(bo, &id, "too early").unwrap();
    assert_eq!(stage(service, ana, &id), Stage::Awarded);
    assert_eq!(denied(confirm(service, bo, &id)), Some(Denied::OwnProposal));
    confirm(service, ana, &id).unwrap();
    assert_eq!(stage(service, ana, &id), Stage::ScoringClosed);
    service.lock_result(ana, &id, "for the board").unwrap();
    assert_eq!(stage(service, ana, &id), Stage::Locked);
    let listed = service.evaluations(ana).unwrap();
    assert_eq!(listed[0].stage(), Stage::Locked);
}

fn stage(service: &Service, by: Actor, id: &EvaluationId) -> Stage {
    service.open(by, id).unwrap().dossier().stage()
}

#[test]
fn a_lock_is_opened_by_two_too() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo, id) = closed(service);
    service.lock_result(ana, &id, "for the board").unwrap();
    service.unlock_result(ana, &id, "a slip").unwrap();
    assert!(service.open(ana, &id).unwrap().dossier().lock().is_some());
    assert_eq!(
        denied(confirm(service, ana, &id)),
        Some(Denied::OwnProposal)
    );
    confirm(service, bo, &id).unwrap();
    assert!(service.open(ana, &id).unwrap().dossier().lock().is_none());
    let (_, timeline) = service.timeline(ana, &id).unwrap();
    let last = timeline.moments().last().unwrap();
    assert_eq!(
        last.what,
        "The result was unlocked, confirming what ana proposed"
    );
    assert_eq!(
        (last.actor.as_str(), last.reason.as_deref()),
        ("bo", Some("a slip"))
    );
    assert_eq!(last.way_in, Some("signed in"));
}

#[test]
fn where_there_is_one_person_it_is_done_at_once_and_said_to_be_by_one() {
    let office = Office::new();
    let service = &office.service;
    let ana = user(service, "ana");
    user(service, "bo");
    let bo = Login::parse("bo").unwrap();
    service.disable_user(Actor::Console, bo).unwrap();
    for who in [ana, Actor::Local, Actor::Unauthenticated, Actor::Console] {
        let id = open(service, who);
        service.close_scoring(who, &id).unwrap();
        service.decide(who, &id, Some("Acme"), "best").unwrap();
        let printed = persons(service, who, &id);
        assert_eq!(printed.as_deref(), Some("decided by one person"), "{who}");
        service.lock_result(who, &id, "for the board").unwrap();
        service.unlock_result(who, &id, "a slip").unwrap();
        assert!(service.open(who, &id).unwrap().dossier().lock().is_none());
    }
}

/// How often an upload and a lock are let loose on each other.
const ROUNDS: usize = 1_000;

#[test]
fn an_upload_that_races_with_closing_and_locking_is_wholly_before_or_refused() {
    let office = Office::new();
    let service = &office.service;
    let (mut before, mut refused) = (0, 0);
    let id = open(service, Actor::Local);
    for round in 0..ROUNDS {
        let score = round % 6;
        let row = format!("Acme,ITIL-INC,Bo,{score},round {round}");
        let text = format!("vendor,criterion,evaluator,score,comment\n{row}\n");
        let sheet = upload("bo.csv", text.as_bytes());
        let barrier = Barrier::new(2);
        let filed = std::thread::scope(|scope| {
            let filing = scope.spawn(|| {
                barrier.wait();
                service.file_sheet(Actor::Local, &id, &sheet)
            });
            barrier.wait();
            service.close_scoring(Actor::Local, &id).unwrap();
            service
                .lock_result(Actor::Local, &id, "for the board")
                .unwrap();
            filing.join().unwrap()
        });
        let opened = service.open(Actor::Local, &id).unwrap();
        let dossier = opened.dossier();
        assert!(dossier.lock().is_some());
        let pinned = service.pinned(&opened).unwrap().unwrap();
        assert!(pinned.matches(), "round {round}");
        match filed {
            Ok(_) => before += 1,
            Err(Error::Denied(Denied::Locked | Denied::ScoringClosed)) => refused += 1,
            Err(other) => panic!("round {round}: {other}"),
        }
        service.unlock_result(Actor::Local, &id, "next").unwrap();
        service.reopen_scoring(Actor::Local, &id, "next").unwrap();
    }
    assert_eq!(before + refused, ROUNDS);
    // In the record no sheet stands between a closing and the lock behind it.
    drop(office.service);
    let store = scorecard::store::Sqlite::open(office.data.path()).unwrap();
    let log = store.log(&id).unwrap().unwrap();
    let mut is_closed = false;
    for sealed in &log {
        match sealed.event().change {
            Change::ScoringClosed {} => is_closed = true,
            Change::ScoringReopened { .. } => is_closed = false,
            Change::SheetFiled { .. } => assert!(!is_closed, "event {}", sealed.event().seq),
            _ => {}
        }
    }
}
