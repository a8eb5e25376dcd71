//! `backup` and `restore` as commands: what they say, and how they end.

use std::path::Path;
use std::sync::Arc;

use scorecard::accounts::Actor;
use scorecard::service::{Library, OsChance, Service, SystemClock};
use scorecard::store::{Archive as _, Sqlite};
use scorecard::table::Limits;

use crate::support::{Bench, Done};

/// A directory in which `data` holds the sample.
pub fn bench() -> Bench {
    let bench = Bench::with(&[]);
    let service = service_in(&bench.path("data"));
    service.start_sample(Actor::Local).unwrap();
    bench
}

/// A service over a data directory.
pub fn service_in(data: &Path) -> Service {
    Service::new(
        Arc::new(Sqlite::open(data).unwrap()),
        Arc::new(SystemClock),
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    )
}

#[test]
fn a_backup_and_its_restore_each_say_in_a_sentence_what_was_done() {
    let bench = bench();
    let done = bench.run("backup --data data monday.backup");
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    let told = "monday.backup is a whole backup of data: 1 evaluation with ";
    assert!(done.stdout.starts_with(told), "{}", done.stdout);

    let mut command = bench.command("restore monday.backup");
    let done = Done::of(command.env("SCORECARD_DATA", "restored"));
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    let told = "restored is restored from monday.backup: 1 evaluation with ";
    assert!(done.stdout.starts_with(told), "{}", done.stdout);
    Sqlite::open(&bench.path("restored")).unwrap();
}

#[test]
fn what_cannot_be_done_is_told_in_a_sentence_and_leaves_everything_as_it_was() {
    let bench = bench();
    bench.write("letters", b"letters");
    for (arguments, told) in [
        ("backup --data data letters", "letters exists already"),
        (
            "backup --data nowhere new",
            "there is no database in nowhere",
        ),
        (
            "restore letters --data new",
            "letters is no finished backup",
        ),
        ("restore nowhere --data new", "nowhere cannot be used"),
        (
            "restore data/scorecard.db --data new",
            "is no finished backup",
        ),
    ] {
        let done = bench.run(arguments);
        done.fails_with(1);
        assert!(done.stderr.starts_with("error: "), "{}", done.stderr);
        assert!(done.stderr.contains(told), "{arguments}: {}", done.stderr);
        assert_eq!(done.stderr.lines().count(), 1, "{}", done.stderr);
        assert!(!bench.path("new").exists(), "{arguments}");
    }
    for arguments in ["backup", "restore --data new"] {
        bench.run(arguments).fails_with(2);
    }
}

#[test]
fn the_evidence_of_an_evaluation_is_written_once_and_checked_on_any_machine() {
    let bench = bench();
    let store = Sqlite::open(&bench.path("data")).unwrap();
    let id = store.evaluations().unwrap().remove(0);
    let head = store.log(&id).unwrap().unwrap().last().unwrap().head();
    drop(store);
    let done = bench.run(&format!("bundle --data data {id} evidence.zip"));
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    let told = format!("not for bidders. Its record ends with {head}.\n");
    assert!(done.stdout.ends_with(&told), "{}", done.stdout);
    assert!(!bench.path("evidence.zip.draft").exists());
    let again = bench.run(&format!("bundle --data data {id} evidence.zip"));
    assert_eq!(again.code, Some(1));
    assert!(
        again.stderr.contains("evidence.zip exists already"),
        "{}",
        again.stderr
    );
    let nobody = bench.run("bundle --data data abcdefghjkmn other.zip");
    assert_eq!(nobody.code, Some(1));
    assert!(
        nobody.stderr.contains("no such evaluation"),
        "{}",
        nobody.stderr
    );
    assert_eq!(
        bench.run("bundle --data data NOTHING other.zip").code,
        Some(2)
    );

    let done = bench.run(&format!("verify evidence.zip --expect {head}"));
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    assert!(
        done.stdout.contains("3 sheets read again"),
        "{}",
        done.stdout
    );
    let other = bench.run("verify evidence.zip --expect 3:00");
    assert_eq!(other.code, Some(1));
    assert!(
        other.stdout.contains("DIFFERS  the record goes through"),
        "{}",
        other.stdout
    );
    let none = bench.run("verify data");
    assert_eq!(none.code, Some(1));
    assert!(none.stderr.contains("cannot be read"), "{}", none.stderr);
}
