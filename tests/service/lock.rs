//! The result is pinned when it is locked or decided on, and nothing it is made of changes while it is locked.

use scorecard::accounts::{Actor, Denied};
use scorecard::evaluation::Phase;
use scorecard::record::{Change, Digest, EvaluationId, Pin};
use scorecard::service::{Error, Opened, Sameness, Service};
use scorecard::store::{Archive as _, Attachment, Sqlite, Store as _};

use crate::priced::priced;
use crate::support::{Office, upload};

const ME: Actor = Actor::Local;
const SHEET: &[u8] =
    b"vendor,criterion,evaluator,score\nAcme,ITIL-INC,Ana,4\nBolt,ITIL-INC,Ana,3\n";

/// An evaluation whose scoring is closed.
fn closed(service: &Service) -> EvaluationId {
    let id = service.start(ME, &priced()).unwrap();
    service
        .file_sheet(ME, &id, &upload("ana.csv", SHEET))
        .unwrap();
    service.close_scoring(ME, &id).unwrap();
    id
}

fn is_locked<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Denied(Denied::Locked)))
}

fn sameness(service: &Service, id: &EvaluationId) -> Option<Sameness> {
    let opened: std::sync::Arc<Opened> = service.open(ME, id).unwrap();
    let pinned = service.pinned(&opened).unwrap();
    pinned.map(|pinned| pinned.agreement)
}

#[test]
fn while_the_result_is_locked_no_sheet_exclusion_recusal_or_reopening_goes_through() {
    let office = Office::new();
    let service = &office.service;
    let id = closed(service);
    service.lock_result(ME, &id, "goes to the board").unwrap();
    let before = service.open(ME, &id).unwrap().dossier().head();
    let sheet = upload("bo.csv", SHEET);
    assert!(is_locked(&service.file_sheet(ME, &id, &sheet)));
    assert!(is_locked(&service.check_sheet(ME, &id, &sheet)));
    assert!(is_locked(&service.withdraw_sheet(ME, &id, 1, "wrong")));
    assert!(is_locked(
        &service.exclude_vendor(ME, &id, "Acme", "withdrew")
    ));
    assert!(is_locked(&service.readmit_vendor(
        ME,
        &id,
        "Acme",
        "came back"
    )));
    let recused = service.recuse_evaluator(ME, &id, "Ana", None, "cousin");
    assert!(is_locked(&recused));
    assert!(is_locked(&service.reopen_scoring(ME, &id, "one more")));
    assert!(is_locked(&service.lock_result(ME, &id, "again")));
    assert_eq!(service.open(ME, &id).unwrap().dossier().head(), before);

    // The decision is the next step and goes through; taken back, the lock still holds.
    service.decide(ME, &id, Some("Acme"), "best").unwrap();
    service.take_back_decision(ME, &id, "too early").unwrap();
    assert!(is_locked(&service.reopen_scoring(ME, &id, "one more")));
    service
        .unlock_result(ME, &id, "a sheet was forgotten")
        .unwrap();
    assert_eq!(sameness(service, &id), None);
    service.reopen_scoring(ME, &id, "one more").unwrap();
    service.withdraw_sheet(ME, &id, 1, "wrong").unwrap();
}

#[test]
fn the_pinned_result_is_kept_byte_by_byte_and_is_the_same_after_a_restart() {
    let office = Office::new();
    let id = closed(&office.service);
    let none = office.service.pinned_result(ME, &id);
    assert!(matches!(none, Err(Error::NoPin)));
    office
        .service
        .lock_result(ME, &id, "for the board")
        .unwrap();
    let office = office.restarted();
    let service = &office.service;
    assert_eq!(sameness(service, &id), Some(Sameness::Bytes));
    let opened = service.open(ME, &id).unwrap();
    let lock = opened.dossier().lock().unwrap();
    assert_eq!(lock.why.reason, "for the board");
    let bytes = service.pinned_result(ME, &id).unwrap();
    assert_eq!(Digest::of(&bytes), lock.pinned.result);
    assert!(String::from_utf8(bytes).unwrap().contains("\"Acme\""));
    let locked_at: u64 = opened.dossier().head().seq();
    let from = lock.pinned.record.split(':').next().unwrap();
    assert_eq!(from, (locked_at - 1).to_string());
}

#[test]
fn a_decision_pins_the_result_it_is_taken_on_until_it_is_taken_back() {
    let office = Office::new();
    let service = &office.service;
    let id = closed(service);
    service.decide(ME, &id, Some("Acme"), "best").unwrap();
    assert_eq!(sameness(service, &id), Some(Sameness::Bytes));
    service.take_back_decision(ME, &id, "too early").unwrap();
    assert_eq!(sameness(service, &id), None);
    let opened = service.open(ME, &id).unwrap();
    assert_eq!(opened.dossier().phase(), Phase::ScoringClosed);
    assert!(opened.dossier().lock().is_none());
}

#[test]
fn a_result_that_is_computed_otherwise_now_is_told() {
    let office = Office::new();
    let id = closed(&office.service);
    let bytes = office
        .service
        .results(ME, &id)
        .map(|_| b"{\"vendors\":[]}")
        .unwrap();
    let Office { service, data } = office;
    drop(service);
    {
        let store = Sqlite::open(data.path()).unwrap();
        let log = store.log(&id).unwrap().unwrap();
        let last = log.last().unwrap();
        let pinned = Pin {
            result: Digest::of(bytes),
            method: "0".to_owned(),
            record: last.head().to_string(),
        };
        let reason = "an older program".to_owned();
        let locked = Change::ResultLocked { reason, pinned };
        let sealed = last.head().seal(&id, last.event().at, "local", locked);
        let attached = Attachment {
            digest: Digest::of(bytes),
            bytes,
        };
        store.record(&[sealed], &[attached]).unwrap();
    }
    let service = crate::support::service_in(data.path());
    assert_eq!(sameness(&service, &id), Some(Sameness::Differs));
    assert_eq!(service.pinned_result(ME, &id).unwrap(), bytes);
}
