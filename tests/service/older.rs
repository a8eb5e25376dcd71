//! A database and a backup of the version before there were accounts.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use scorecard::accounts::Actor;
use scorecard::service::{Service, restore};

use crate::support::service_in;

const OLD: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/data/store/tables-1.backup"
);

/// A data directory with tables of version 1.
fn old_data() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let database = data.path().join("scorecard.db");
    fs::copy(OLD, &database).unwrap();
    let connection = Connection::open(&database).unwrap();
    connection
        .execute_batch("DROP TABLE manifest; DROP TABLE backup;")
        .unwrap();
    data
}

fn tables_of(database: &Path) -> u32 {
    let connection = Connection::open(database).unwrap();
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

fn is_whole(service: &Service) {
    let listed = service.evaluations(Actor::Local).unwrap();
    assert_eq!(listed.len(), 1);
    let opened = service.open(Actor::Local, &listed[0].id).unwrap();
    assert_eq!(opened.dossier().head().seq(), 13);
    assert!(service.house().unwrap().is_empty());
    service.create_user(Actor::Console, "ana", true).unwrap();
}

#[test]
fn an_older_database_is_copied_and_then_brought_up_with_all_it_holds() {
    let data = old_data();
    is_whole(&service_in(data.path()));
    let kept = data.path().join("scorecard.db.before-upgrade");
    assert_eq!(tables_of(&kept), 1);
    let fresh = tempfile::tempdir().unwrap();
    drop(service_in(fresh.path()));
    let newest = tables_of(&fresh.path().join("scorecard.db"));
    assert!(newest > 1);
    assert_eq!(tables_of(&data.path().join("scorecard.db")), newest);
    // What was brought up once is not copied again.
    fs::remove_file(&kept).unwrap();
    drop(service_in(data.path()));
    assert!(!kept.exists());
}

#[test]
fn a_backup_of_an_older_version_is_restored() {
    let data = tempfile::tempdir().unwrap();
    restore(Path::new(OLD), data.path()).unwrap();
    is_whole(&service_in(data.path()));
}
