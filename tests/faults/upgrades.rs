//! Killed while the tables of an older version are brought up: the next start goes on, and nothing is lost.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use scorecard::accounts::Actor;
use scorecard::service::{Library, OsChance, Service, SystemClock};
use scorecard::store::Sqlite;
use scorecard::table::Limits;

use crate::kills::everything_adds_up;
use crate::process::Process;
use crate::{alone, say, thorough};

const OLD: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/data/store/tables-1.backup"
);

/// Makes a data directory with tables of version 1.
fn make_old(data: &Path) {
    std::fs::create_dir(data).unwrap();
    let database = data.join("scorecard.db");
    std::fs::copy(OLD, &database).unwrap();
    let connection = Connection::open(&database).unwrap();
    // Only a backup has these.
    connection
        .execute_batch("DROP TABLE manifest; DROP TABLE backup;")
        .unwrap();
}

/// The version of the tables as the kill has left them.
fn version(data: &Path) -> u32 {
    let connection = Connection::open(data.join("scorecard.db")).unwrap();
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

/// The one evaluation in it has all of its events.
fn is_whole(data: &Path) {
    let service = Service::new(
        Arc::new(Sqlite::open(data).unwrap()),
        Arc::new(SystemClock),
        Arc::new(OsChance),
        Library::shipped(),
        Limits::default(),
    );
    let listed = service.evaluations(Actor::Local).unwrap();
    assert_eq!(listed.len(), 1);
    let opened = service.open(Actor::Local, &listed[0].id).unwrap();
    assert_eq!(opened.dossier().head().seq(), 13);
}

/// How long a start takes that brings tables up.
fn start_of_an_old_one() -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    make_old(&data);
    let begun = Instant::now();
    let server = Process::start(&data, &[]);
    let took = begun.elapsed();
    server.kill();
    took
}

#[test]
fn killed_in_the_middle_of_an_upgrade_it_is_of_one_version_or_another_and_the_next_start_goes_on() {
    let _machine = alone();
    let rounds = if thorough() { 100 } else { 25 };
    let start = start_of_an_old_one();
    let mut left = BTreeMap::new();
    // On a busy machine a start may take much longer than the one that was measured: then it is killed later and later.
    for round in 0..8 * rounds {
        if round >= rounds && left.len() > 1 {
            break;
        }
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        make_old(&data);
        let mut starting = Command::new(env!("CARGO_BIN_EXE_scorecard"))
            .args(["serve", "--no-login", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(start * round / rounds);
        starting.kill().unwrap();
        starting.wait().unwrap();
        *left.entry(version(&data)).or_insert(0) += 1;
        Process::start(&data, &[]).kill();
        is_whole(&data);
        everything_adds_up(&data);
    }
    say(format_args!(
        "kills left tables of these versions, so often: {left:?}"
    ));
    assert!(left.len() > 1 && left.contains_key(&1), "{left:?}");
}
