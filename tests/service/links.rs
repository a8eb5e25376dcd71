//! Personal links over time: they end by themselves, and a restart ends none.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use scorecard::accounts::Actor;
use scorecard::record::{Change, Digest, EvaluationId};
use scorecard::service::{Clock, Error, Library, OsChance, PriceRange, Service, Start};
use scorecard::store::{Archive as _, Sqlite};
use scorecard::table::Limits;

use crate::support::upload;

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

const SHEET: &[u8] = b"vendor,criterion,score\nAcme,ITIL-INC,4\n";

#[test]
fn a_sheet_that_is_on_its_way_when_the_link_ends_is_refused_as_a_whole() {
    let data = tempfile::tempdir().unwrap();
    let clock = Arc::new(Hours::default());
    let office = service(data.path(), &clock);
    let id = started(&office);
    invite(&office, &id, "Ana", "secret of Ana", "7");
    invite(&office, &id, "Ben", "secret of Ben", "7");
    // Both were let in while their links worked; then their sheets come in slowly.
    let ana = office.guest(&id, "secret of Ana").unwrap().actor;
    let ben = office.guest(&id, "secret of Ben").unwrap().actor;
    let file = upload("own.csv", SHEET);
    let looks = |actor| office.check_sheet(actor, &id, &file);
    assert!(looks(ana).is_ok());
    office.end_invitation(Actor::Local, &id, "Ana").unwrap();
    let before = office.open(Actor::Local, &id).unwrap().dossier().head();
    let over = |actor| {
        let filed = office.file_sheet(actor, &id, &file);
        let broken = office.file_sheet(actor, &id, &upload("own.csv", b"no sheet"));
        [filed, broken].map(|one| matches!(one, Err(Error::LinkOver)))
    };
    assert_eq!(over(ana), [true, true]);
    assert!(matches!(looks(ana), Err(Error::LinkOver)));
    clock.0.store(7 * 24, Ordering::SeqCst);
    assert_eq!(over(ben), [true, true]);
    let after = office.open(Actor::Local, &id).unwrap().dossier().head();
    assert_eq!(before, after, "nothing is on record of either");
}

/// In turns, one of two waits a little; sometimes nobody does.
fn head_start(round: u32) -> Duration {
    let steps = if round.is_multiple_of(2) {
        round % 10
    } else {
        0
    };
    Duration::from_micros(300).saturating_mul(steps)
}

#[test]
fn a_sheet_and_the_end_of_its_link_at_once_come_one_after_the_other() {
    const ROUNDS: u32 = 100;
    let data = tempfile::tempdir().unwrap();
    let clock: Arc<Hours> = Arc::default();
    let store = Arc::new(Sqlite::open(data.path()).unwrap());
    let archive = Arc::clone(&store);
    let (told, chance) = (clock, Arc::new(OsChance));
    let office = Service::new(store, told, chance, Library::shipped(), Limits::default());
    let mut filed = 0_u32;
    for round in 0..ROUNDS {
        let id = started(&office);
        invite(&office, &id, "Ana", "secret", "7");
        let ana = office.guest(&id, "secret").unwrap().actor;
        let file = upload("own.csv", SHEET);
        let barrier = Barrier::new(2);
        let answer = std::thread::scope(|scope| {
            let ends = scope.spawn(|| {
                barrier.wait();
                std::thread::sleep(head_start(round));
                office.end_invitation(Actor::Local, &id, "Ana").unwrap();
            });
            barrier.wait();
            std::thread::sleep(head_start(round.wrapping_add(1)));
            let answer = office.file_sheet(ana, &id, &file);
            ends.join().unwrap();
            answer
        });
        let log = archive.log(&id).unwrap().unwrap();
        let place = |found: fn(&Change) -> bool| {
            let mut changes = log.iter().map(|sealed| &sealed.event().change);
            changes.position(found)
        };
        let sheet = place(|change| matches!(change, Change::SheetFiled { .. }));
        let end = place(|change| matches!(change, Change::InvitationEnded { .. }));
        match answer {
            Ok(_) => assert!(sheet.is_some() && sheet < end, "{sheet:?} {end:?}"),
            Err(Error::LinkOver) => assert_eq!(sheet, None),
            Err(other) => panic!("{other:?}"),
        }
        filed = filed.saturating_add(u32::from(sheet.is_some()));
    }
    assert!(
        (1..ROUNDS).contains(&filed),
        "{filed} of {ROUNDS} came first"
    );
}
