//! Clocks that jump: order is by number, and the jump is noted.

use std::sync::Arc;

use jiff::SignedDuration;
use scorecard::accounts::Actor;
use scorecard::service::{Library, OsChance, Service, Start, Upload};
use scorecard::store::{Archive as _, Sqlite};
use scorecard::table::Limits;

use crate::priced::priced;
use crate::sheet;
use crate::support::Wound;

#[test]
fn a_clock_that_jumps_changes_no_order_and_no_result_and_is_noted_on_the_event() {
    const DAY: i64 = 24;
    let data = tempfile::tempdir().unwrap();
    let clock = Wound::at("2026-11-26T09:00:00Z");
    let store = Arc::new(Sqlite::open(data.path()).unwrap());
    let (archive, told) = (Arc::clone(&store), Arc::new(clock.clone()));
    let service = Service::new(
        store,
        told,
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    );
    let start = Start {
        title: "Tool".to_owned(),
        criteria: "itsm-mid-market".to_owned(),
        vendors: vec!["Acme".to_owned(), "Bolt".to_owned()],
        ..priced()
    };
    let id = service.start(Actor::Local, &start).unwrap();
    let file = |score: u8| {
        let bytes = sheet("ITIL-INC", "seen").replace(",4,", &format!(",{score},"));
        let upload = Upload {
            file_name: "ana.csv".to_owned(),
            bytes: bytes.into_bytes(),
            evaluator: Some("Ana".to_owned()),
            ..Upload::default()
        };
        service.file_sheet(Actor::Local, &id, &upload).unwrap();
        let log = archive.log(&id).unwrap().unwrap();
        let last = log.last().unwrap();
        assert_eq!(last.event().seq, u64::try_from(log.len()).unwrap());
        last.event().clock_went_back
    };
    assert!(!file(1));
    for (hours, is_back) in [
        (-1, true),
        (-DAY, true),
        (10 * 365 * DAY, false),
        (-1, true),
        (2, false),
    ] {
        clock.by(SignedDuration::from_hours(hours));
        // The later sheet replaces the earlier one, whatever the clock says.
        assert_eq!(file(2), is_back, "by {hours} hours");
        assert!(!file(5), "by {hours} hours");
        let opened = service.open(Actor::Local, &id).unwrap();
        let card = format!("{:?}", opened.scorecard(None));
        drop(opened);
        let again = Service::new(
            Arc::clone(&archive) as Arc<dyn scorecard::store::Store>,
            Arc::new(clock.clone()),
            Arc::new(OsChance),
            Library::shipped(),
            Limits::default(),
        );
        let read_back = again.open(Actor::Local, &id).unwrap();
        assert_eq!(format!("{:?}", read_back.scorecard(None)), card);
    }
}
