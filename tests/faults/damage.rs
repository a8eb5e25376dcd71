//! Bytes that flip: found, or without any consequence.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use scorecard::accounts::Actor;
use scorecard::record::EvaluationId;
use scorecard::service::{Health, Library, OsChance, Service, SystemClock, evidence, examine};
use scorecard::store::{Archive as _, Look, Sqlite};
use scorecard::table::Limits;
use tempfile::TempDir;

use crate::{say, thorough};

/// A data directory with the sample in it, all in one file.
pub fn sample() -> (TempDir, PathBuf, EvaluationId) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let service = Service::new(
        Arc::new(Sqlite::open(&data).unwrap()),
        Arc::new(SystemClock),
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    );
    let id = service.start_sample(Actor::Local).unwrap();
    (folder, data, id)
}

/// Everything that a judge is given of an evaluation; `None` if it cannot be read.
fn told(data: &Path, id: &EvaluationId) -> Option<Vec<u8>> {
    let look = Look::at(data).ok()?;
    evidence(&look, id, false).ok().map(|found| found.bytes)
}

/// Random places, the same in every run.
fn places(count: usize, below: usize) -> impl Iterator<Item = (usize, u8)> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 1).unwrap()
    };
    let bits = [1, 2, 4, 8, 16, 32, 64, 128];
    let numbers = std::iter::repeat_with(next);
    numbers
        .take(count)
        .map(move |number| (number % below, bits[number / 7 % 8]))
}

#[test]
fn of_a_thousand_flipped_bytes_none_changes_what_is_told_without_being_found() {
    let (_folder, data, id) = sample();
    let path = data.join("scorecard.db");
    let honest = std::fs::read(&path).unwrap();
    let before = told(&data, &id).unwrap();
    let count = if thorough() { 1000 } else { 80 };
    let (mut found, mut harmless) = (0, 0);
    for (at, bit) in places(count, honest.len()) {
        let mut bytes = honest.clone();
        bytes[at] ^= bit;
        std::fs::write(&path, &bytes).unwrap();
        let is_found = examine(&data, 0, &SystemClock)
            .iter()
            .any(|one| one.state == Health::Fault);
        if is_found {
            found += 1;
            continue;
        }
        // Free room in a page, or a number that nothing hangs on: then everything is as it was.
        assert!(
            told(&data, &id).as_ref() == Some(&before),
            "byte {at}, bit {bit}"
        );
        harmless += 1;
    }
    say(format_args!(
        "{count} flipped: {found} found, {harmless} without consequence"
    ));
    assert!(found > count / 3, "{found} of {count}");
}

#[test]
fn a_page_of_nothing_is_found_wherever_it_lies() {
    let (_folder, data, id) = sample();
    let path = data.join("scorecard.db");
    let honest = std::fs::read(&path).unwrap();
    let before = told(&data, &id).unwrap();
    for page in 0..honest.len() / 4096 {
        let mut bytes = honest.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0);
        std::fs::write(&path, &bytes).unwrap();
        let found = examine(&data, 0, &SystemClock);
        let is_found = found.iter().any(|one| one.state == Health::Fault);
        assert!(
            is_found || told(&data, &id).as_ref() == Some(&before),
            "page {page}"
        );
    }
}

#[test]
fn what_the_doctor_calls_damaged_a_start_refuses_or_a_reader_does_and_nothing_is_repaired_silently()
{
    let (_folder, data, id) = sample();
    let path = data.join("scorecard.db");
    let honest = std::fs::read(&path).unwrap();
    for (at, bit) in places(30, honest.len()) {
        let mut bytes = honest.clone();
        bytes[at] ^= bit;
        std::fs::write(&path, &bytes).unwrap();
        let Ok(store) = Sqlite::open(&data) else {
            // A refusal leaves the file as it is.
            assert!(std::fs::read(&path).unwrap() == bytes, "byte {at}");
            continue;
        };
        let log = store.log(&id);
        drop(store);
        let record = examine(&data, 0, &SystemClock);
        let record = record.iter().find(|one| one.check == "record");
        if log.is_err() {
            let is_fault = record.is_some_and(|one| one.state == Health::Fault);
            assert!(is_fault, "byte {at}: {log:?}");
        }
    }
}
