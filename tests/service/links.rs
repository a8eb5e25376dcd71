//! Personal links over time: they end by themselves, and a restart ends none.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use scorecard::accounts::Actor;
use scorecard::record::{Digest, EvaluationId};
use scorecard::service::{Clock, Error, Library, OsChance, PriceRange, Service, Start};
use scorecard::store::Sqlite;
use scorecard::table::Limits;

/// A clock that tests set, in hours.
#[derive(Debug, Default)]
struct Hours(AtomicI64);

impl Clock for Hours {
    fn now(&self) -> Timestamp {
        let hours = SignedDuration::from_hours(self.0.load(Ordering::SeqCst));
        Timestamp::UNIX_EPOCH.checked_add(hours).unwrap()
    }
}

fn service(data: &std::path::Path, clock: &Arc<Hours>) -> Service {
    let clock: Arc<dyn Clock> = Arc::<Hours>::clone(clock);
    Service::new(
        Arc::new(Sqlite::open(data).unwrap()),
        clock,
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    )
}

fn started(service: &Service) -> EvaluationId {
    let start = Start {
        title: "T".to_owned(),
        criteria: "itsm-one-afternoon".to_owned(),
        vendors: vec!["Acme".to_owned()],
        evaluators: vec!["Ana".to_owned(), "Ben".to_owned()],
        prices: vec![PriceRange {
            criterion: "CST-TCO".to_owned(),
            floor: "1".to_owned(),
            ceiling: "2".to_owned(),
            currency: "EUR".to_owned(),
        }],
        frozen: true,
        ..Start::default()
    };
    service.start(Actor::Local, &start).unwrap()
}

fn invite(service: &Service, id: &EvaluationId, evaluator: &str, secret: &str, days: &str) {
    let secrets = [(evaluator.to_owned(), Digest::of(secret.as_bytes()))];
    service.invite(Actor::Local, id, &secrets, days).unwrap();
}

#[test]
fn a_link_ends_when_its_days_are_over_and_no_moment_before() {
    let data = tempfile::tempdir().unwrap();
    let clock = Arc::new(Hours::default());
    let office = service(data.path(), &clock);
    let id = started(&office);
    invite(&office, &id, "Ana", "secret of Ana", "7");
    invite(&office, &id, "Ben", "secret of Ben", "");
    assert_eq!(office.enter(&id, "secret of Ana").unwrap().evaluator, "Ana");
    assert!(matches!(
        office.guest(&id, "secret"),
        Err(Error::NoEvaluation)
    ));
    // A restart ends no link.
    drop(office);
    let office = service(data.path(), &clock);
    clock.0.store(7 * 24 - 1, Ordering::SeqCst);
    assert!(office.guest(&id, "secret of Ana").is_ok());
    clock.0.store(7 * 24, Ordering::SeqCst);
    assert!(matches!(
        office.guest(&id, "secret of Ana"),
        Err(Error::LinkOver)
    ));
    assert!(matches!(
        office.enter(&id, "secret of Ana"),
        Err(Error::LinkOver)
    ));
    // Thirty days, if nobody says otherwise.
    clock.0.store(30 * 24 - 1, Ordering::SeqCst);
    assert!(office.guest(&id, "secret of Ben").is_ok());
    clock.0.store(30 * 24, Ordering::SeqCst);
    assert!(office.guest(&id, "secret of Ben").is_err());
}

#[test]
fn the_record_tells_of_a_link_that_it_was_made_first_used_and_ended_once_each() {
    let data = tempfile::tempdir().unwrap();
    let office = service(data.path(), &Arc::default());
    let id = started(&office);
    let seq = || office.open(Actor::Local, &id).unwrap().dossier().head();
    invite(&office, &id, "Ana", "one", "7");
    let made = seq();
    office.enter(&id, "one").unwrap();
    let used = seq();
    assert_ne!(made, used);
    office.enter(&id, "one").unwrap();
    assert_eq!(used, seq());
    office.end_invitation(Actor::Local, &id, "ana").unwrap();
    let ended = seq();
    assert_ne!(used, ended);
    office.end_invitation(Actor::Local, &id, "Ana").unwrap();
    assert_eq!(ended, seq());
    let opened = office.open(Actor::Local, &id).unwrap();
    let links = opened.dossier().invitations();
    assert_eq!(links.len(), 1);
    assert!(links[0].used.is_some() && links[0].is_ended);
}
