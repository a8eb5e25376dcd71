//! Accounts and roles: who sees which evaluation, and what is written down about who tried.

use scorecard::accounts::{Actor, Denied, Login, Role, User};
use scorecard::record::{EvaluationId, HouseChange};
use scorecard::service::{Error, Service, Start, back_up, restore};
use scorecard::store::Archive as _;

use crate::support::{Office, service_in, upload};

/// A new user, signed in.
fn user(service: &Service, name: &str) -> Actor {
    let login = service.create_user(Actor::Console, name, false).unwrap();
    Actor::User(User::signed_in(login, false))
}

fn started(service: &Service, by: Actor) -> EvaluationId {
    let start = Start {
        title: "ITSM tool".to_owned(),
        criteria: "itsm-one-afternoon".to_owned(),
        vendors: vec!["Acme".to_owned()],
        evaluators: vec!["Ana".to_owned(), "Bo".to_owned()],
        frozen: false,
        ..Start::default()
    };
    service.start(by, &start).unwrap()
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::Fields(problems) => problems[0].code,
        Error::Denied(denied) => denied.code(),
        _ => "another error",
    }
}

#[test]
fn whoever_starts_an_evaluation_leads_it_and_others_do_not_hear_of_it() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo) = (user(service, "ana"), user(service, "bo"));
    let id = started(service, ana);
    assert_eq!(service.evaluations(ana).unwrap().len(), 1);
    assert!(service.evaluations(bo).unwrap().is_empty());
    let opened = service.open(ana, &id).unwrap();
    assert_eq!(opened.dossier().members().roles(ana), [Role::Owner]);
    assert!(matches!(service.open(bo, &id), Err(Error::NoEvaluation)));
    assert!(matches!(
        service.open_in_memory(bo, &id),
        Err(Error::NoEvaluation)
    ));
    let late = service.close_scoring(bo, &id);
    assert!(matches!(late, Err(Error::NoEvaluation)));
    // Whoever is at the machine itself needs no role.
    assert_eq!(service.evaluations(Actor::Local).unwrap().len(), 1);
    let office = office.restarted();
    assert_eq!(office.service.evaluations(ana).unwrap().len(), 1);
    assert!(office.service.evaluations(bo).unwrap().is_empty());
}

#[test]
fn a_role_counts_from_the_next_moment_on_and_so_does_its_end() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo) = (user(service, "ana"), user(service, "bo"));
    let id = started(service, ana);
    service
        .add_member(ana, &id, "bo", Role::Evaluator("bo".to_owned()))
        .unwrap();
    let opened = service.open(bo, &id).unwrap();
    let members = opened.dossier().members();
    assert_eq!(members.own_evaluator(bo), Some("Bo"), "as the list has it");
    let denied = service.remove_member(bo, &id, "ana").unwrap_err();
    assert_eq!(code(&denied), Denied::Role.code());
    service.remove_member(ana, &id, "bo").unwrap();
    assert!(matches!(service.open(bo, &id), Err(Error::NoEvaluation)));
}

#[test]
fn roles_go_to_people_who_are_there_and_an_evaluation_keeps_an_owner() {
    let office = Office::new();
    let service = &office.service;
    let ana = user(service, "ana");
    user(service, "bo");
    let id = started(service, ana);
    let add = |name, role| service.add_member(ana, &id, name, role).unwrap_err();
    assert_eq!(code(&add("nobody1", Role::Viewer)), "no-user");
    assert_eq!(
        code(&add("bo", Role::Evaluator("Zoe".to_owned()))),
        "unknown-evaluator"
    );
    service
        .disable_user(Actor::Console, Login::parse("bo").unwrap())
        .unwrap();
    assert_eq!(code(&add("bo", Role::Viewer)), "no-user");
    let last = service.remove_member(ana, &id, "ana").unwrap_err();
    assert_eq!(code(&last), "last-owner");
}

#[test]
fn an_administrator_gives_an_evaluation_nobody_leads_an_owner_and_sees_nothing_of_it() {
    let office = Office::new();
    let service = &office.service;
    user(service, "ana");
    let root = service.create_user(Actor::Console, "root", true).unwrap();
    let root = Actor::User(User::signed_in(root, true));
    let id = started(service, Actor::Local);
    assert!(matches!(service.open(root, &id), Err(Error::NoEvaluation)));
    let other = service
        .add_member(root, &id, "root", Role::Auditor)
        .unwrap_err();
    assert_eq!(code(&other), "owner-first");
    service.add_member(root, &id, "ana", Role::Owner).unwrap();
    let again = service.add_member(root, &id, "root", Role::Owner);
    assert!(matches!(again, Err(Error::NoEvaluation)));
}

#[test]
fn accounts_are_made_once_and_one_administrator_stays() {
    let office = Office::new();
    let service = &office.service;
    let root = service.create_user(Actor::Console, "root", true).unwrap();
    let actor = Actor::User(User::signed_in(root, true));
    let again = service.create_user(actor, "Root", false).unwrap_err();
    assert_eq!(code(&again), "user-taken");
    let bad = service.create_user(actor, "Ana Lopez", false).unwrap_err();
    assert_eq!(code(&bad), "user-name");
    let last = service.disable_user(actor, root).unwrap_err();
    assert_eq!(code(&last), "last-administrator");
    let last = service.set_administrator(actor, root, false).unwrap_err();
    assert_eq!(code(&last), "last-administrator");
    let ana = user(service, "ana");
    let denied = service.create_user(ana, "bo", false).unwrap_err();
    assert_eq!(code(&denied), "not-administrator");
    let denied = service
        .create_user(Actor::Unauthenticated, "bo", true)
        .unwrap_err();
    assert_eq!(code(&denied), "no-account");
}

#[test]
fn every_refused_attempt_is_on_record_and_nobody_fills_the_disk_with_them() {
    let office = Office::new();
    let service = &office.service;
    let (ana, bo) = (user(service, "ana"), user(service, "bo"));
    let id = started(service, ana);
    for _ in 0..500 {
        service.open(bo, &id).unwrap_err();
    }
    service.create_user(bo, "more", true).unwrap_err();
    drop(office.service);
    let store = scorecard::store::Sqlite::open(office.data.path()).unwrap();
    let refused = |sealed: &scorecard::record::HouseSealed| match &sealed.event().change {
        HouseChange::AccessRefused {
            action, evaluation, ..
        } => Some((
            sealed.event().actor.clone(),
            action.clone(),
            evaluation.clone(),
        )),
        _ => None,
    };
    let log = store.house().unwrap();
    let found: Vec<_> = log.iter().filter_map(refused).collect();
    assert_eq!(
        found,
        [
            ("bo".to_owned(), "see the evaluation".to_owned(), Some(id)),
            ("bo".to_owned(), "create or disable users".to_owned(), None),
        ]
    );
}

#[test]
fn a_backup_carries_the_house_and_a_restore_proves_it() {
    let office = Office::new();
    let ana = user(&office.service, "ana");
    started(&office.service, ana);
    let backups = tempfile::tempdir().unwrap();
    let file = backups.path().join("monday");
    back_up(office.data.path(), &file).unwrap();
    let data = backups.path().join("restored");
    restore(&file, &data).unwrap();
    let restored = service_in(&data);
    assert_eq!(
        restored.house().unwrap().head(),
        office.service.house().unwrap().head()
    );
    assert_eq!(restored.evaluations(ana).unwrap().len(), 1);
    // A log of the house that was cut is not what was backed up.
    let cut = rusqlite::Connection::open(&file).unwrap();
    cut.execute_batch("DROP TRIGGER house_events_are_not_removed; DELETE FROM house_events;")
        .unwrap();
    cut.execute_batch(
        "CREATE TRIGGER house_events_are_not_removed BEFORE DELETE ON house_events\n\
         BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;",
    )
    .unwrap();
    drop(cut);
    let told = restore(&file, &backups.path().join("cut")).unwrap_err();
    assert!(told.to_string().contains("log of the house"), "{told}");
}

#[test]
fn who_filed_a_sheet_and_whose_rows_it_has_are_kept_apart() {
    let office = Office::new();
    let ana = user(&office.service, "ana.lopez");
    let id = office.service.start_sample(ana).unwrap();
    let opened = office.service.open(ana, &id).unwrap();
    assert_eq!(opened.dossier().members().roles(ana), [Role::Owner]);
    let filing = &opened.dossier().filings()[0];
    assert_eq!(filing.by, "ana.lopez");
    assert!(!filing.evaluators.iter().any(|name| name == "ana.lopez"));
}

#[test]
fn an_evaluator_files_their_own_rows_and_nobody_else_s() {
    let office = Office::new();
    let service = &office.service;
    let (owner, ana) = (user(service, "lead"), user(service, "ana"));
    let id = service.start_sample(owner).unwrap();
    let opened = service.open(owner, &id).unwrap();
    let dossier = opened.dossier();
    let evaluation = dossier.evaluation();
    let mut names = dossier.scorers().map(|one| evaluation.evaluator_name(one));
    let (own, other) = (names.next().unwrap(), names.next().unwrap());
    let vendor = evaluation.vendor_name(evaluation.vendor_indices().next().unwrap());
    let criterion = dossier.scored_criteria().next().unwrap();
    let set = dossier.set();
    let mut criteria = set.indexed_criteria();
    let criterion = criteria.find(|(index, _)| *index == criterion).unwrap().1;
    let sheet = |evaluator: &str| {
        let text = format!(
            "vendor,criterion,evaluator,score\n{vendor},{},{evaluator},3\n",
            criterion.id()
        );
        upload("mine.csv", text.as_bytes())
    };
    service
        .add_member(owner, &id, "ana", Role::Evaluator(own.to_owned()))
        .unwrap();
    let Err(Error::Sheet(problems)) = service.file_sheet(ana, &id, &sheet(other)) else {
        unreachable!("a row of somebody else was taken")
    };
    assert_eq!(problems[0].code(), "evaluator-mismatch");
    assert_eq!(problems[0].row(), Some(2));
    let agreed = service.file_sheet(ana, &id, &sheet("consensus"));
    assert!(matches!(agreed, Err(Error::Sheet(_))), "{agreed:?}");
    service.file_sheet(ana, &id, &sheet(own)).unwrap();
    service.file_sheet(owner, &id, &sheet(other)).unwrap();
    let sheets = service.open(owner, &id).unwrap().dossier().filings().len();
    let last = u32::try_from(sheets).unwrap();
    let others = service
        .withdraw_sheet(ana, &id, last, "not mine")
        .unwrap_err();
    assert_eq!(code(&others), "role");
    service.withdraw_sheet(ana, &id, last - 1, "mine").unwrap();
}
