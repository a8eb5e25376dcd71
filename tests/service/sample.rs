//! The sample story: two of three evaluators are in, the third makes ranks of ranges, and can be taken back.

use scorecard::accounts::Actor;
use scorecard::scoring::ResultStatus;
use scorecard::service::{Error, Filed, Opened, SAMPLE_SHEETS, SampleSheet, Step};

use crate::support::{Office, upload};

fn sheet(name: &str) -> &'static SampleSheet {
    SAMPLE_SHEETS
        .iter()
        .find(|sheet| sheet.file_name == name)
        .expect("it is there")
}

fn third() -> scorecard::service::Upload {
    let sheet = sheet("mei-lindqvist.csv");
    upload(sheet.file_name, sheet.bytes)
}

#[test]
fn the_third_sheet_makes_ranks_of_ranges_and_taking_it_back_makes_ranges_again() {
    let office = Office::new();
    let id = office
        .service
        .start_sample(Actor::Local)
        .expect("it is there");
    let opened = office.service.open(Actor::Local, &id).expect("it is there");
    let before = opened.scorecard(None);
    assert_eq!(before.status, ResultStatus::Provisional);
    assert!(
        before
            .vendors
            .iter()
            .any(|vendor| vendor.rank.is_none() && vendor.rank_range.is_some())
    );
    assert_eq!(opened.progress().now(), Some(Step::Collect));

    let receipt = office
        .service
        .file_sheet(Actor::Local, &id, &third())
        .expect("it is there");
    assert_eq!(receipt.filed, Filed::New(4));
    assert_eq!(receipt.progress().missing(), 0);
    assert_eq!(receipt.after.scorecard(None).status, ResultStatus::Final);

    let after = office
        .service
        .withdraw_sheet(Actor::Local, &id, 4, "wrong file")
        .expect("it is there");
    assert_eq!(after.scorecard(None).status, ResultStatus::Provisional);
}

#[test]
fn the_same_file_twice_is_filed_once_until_it_is_withdrawn() {
    let office = Office::new();
    let id = office
        .service
        .start_sample(Actor::Local)
        .expect("it is there");
    let service = &office.service;
    assert_eq!(
        service
            .file_sheet(Actor::Local, &id, &third())
            .expect("it is there")
            .filed,
        Filed::New(4)
    );
    let head = service
        .open(Actor::Local, &id)
        .expect("it is there")
        .dossier()
        .head();
    assert_eq!(
        service
            .file_sheet(Actor::Local, &id, &third())
            .expect("it is there")
            .filed,
        Filed::Again(4)
    );
    assert_eq!(
        service
            .open(Actor::Local, &id)
            .expect("it is there")
            .dossier()
            .head(),
        head
    );
    service
        .withdraw_sheet(Actor::Local, &id, 4, "wrong file")
        .expect("it is there");
    assert_eq!(
        service
            .file_sheet(Actor::Local, &id, &third())
            .expect("it is there")
            .filed,
        Filed::New(5)
    );
}

#[test]
fn a_restart_changes_nothing() {
    let office = Office::new();
    let id = office
        .service
        .start_sample(Actor::Local)
        .expect("it is there");
    office
        .service
        .file_sheet(Actor::Local, &id, &third())
        .expect("it is there");
    office
        .service
        .exclude_vendor(Actor::Local, &id, "tamwick flow (fictional)", "withdrew")
        .expect("it is there");
    let before = office.service.open(Actor::Local, &id).expect("it is there");
    let office = office.restarted();
    let after = office.service.open(Actor::Local, &id).expect("it is there");
    assert_eq!(after.dossier().head(), before.dossier().head());
    let totals = |opened: &scorecard::service::Opened| -> Vec<_> {
        opened
            .scorecard(None)
            .vendors
            .iter()
            .map(|one| (one.vendor, one.rank, one.total.clone()))
            .collect()
    };
    assert_eq!(totals(&after), totals(&before));
    assert_eq!(
        after.dossier().filings().len(),
        before.dossier().filings().len()
    );
    let (_, bytes) = office
        .service
        .original(Actor::Local, &id, 4)
        .expect("it is there");
    assert_eq!(bytes, sheet("mei-lindqvist.csv").bytes);
}

#[test]
fn the_broken_sheet_is_refused_with_all_of_its_problems_and_nothing_changes() {
    let office = Office::new();
    let id = office
        .service
        .start_sample(Actor::Local)
        .expect("it is there");
    let before = office.service.open(Actor::Local, &id).expect("it is there");
    let broken = sheet("broken.csv");
    let refused =
        office
            .service
            .file_sheet(Actor::Local, &id, &upload(broken.file_name, broken.bytes));
    let Err(Error::Sheet(problems)) = refused else {
        panic!("the broken sheet is taken: {refused:?}");
    };
    assert!(problems.len() >= 10, "{problems:?}");
    // The record tells that it was refused; of the evaluation nothing has changed.
    let after = office.service.open(Actor::Local, &id).expect("it is there");
    assert_eq!(
        after.dossier().head().seq(),
        before.dossier().head().seq() + 1
    );
    let told = |opened: &Opened| format!("{:?}", opened.dossier().evaluation());
    assert_eq!(told(&after), told(&before));
}

#[test]
fn a_checked_sheet_tells_what_it_would_do_and_changes_nothing() {
    let office = Office::new();
    let id = office
        .service
        .start_sample(Actor::Local)
        .expect("it is there");
    let head = office
        .service
        .open(Actor::Local, &id)
        .expect("it is there")
        .dossier()
        .head();
    let receipt = office
        .service
        .check_sheet(Actor::Local, &id, &third())
        .expect("it is there");
    assert_eq!(
        (receipt.filed, receipt.progress().missing()),
        (Filed::Checked, 0)
    );
    assert_eq!(
        office
            .service
            .open(Actor::Local, &id)
            .expect("it is there")
            .dossier()
            .head(),
        head
    );
}
