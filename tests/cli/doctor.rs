//! `doctor` as a command: what it finds, in which words, and that it changes nothing.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use rusqlite::Connection;
use serde_json::Value;

use crate::backup::bench;
use crate::support::{Bench, Done};

/// What the doctor says about one thing.
fn said(bench: &Bench, arguments: &str, check: &str) -> (Option<i32>, Value) {
    let line = format!("doctor --data data --listen 127.0.0.1:0 --json {arguments}");
    let done = bench.run(&line);
    let all: Value = serde_json::from_str(&done.stdout).unwrap();
    let checks = all["checks"].as_array().unwrap();
    for one in checks {
        let is_ok = one["state"] == "ok";
        assert_eq!(
            one["cure"].is_null(),
            is_ok,
            "a cure where one is needed: {one}"
        );
    }
    let count = |state| checks.iter().filter(|one| one["state"] == state).count();
    assert_eq!(all["faults"], count("fault"));
    assert_eq!(all["warnings"], count("warning"));
    let one = checks.iter().find(|one| one["check"] == check);
    (done.code, one.cloned().unwrap_or_default())
}

#[track_caller]
fn is_found(bench: &Bench, check: &str, state: &str, words: &str) {
    let (code, one) = said(bench, "", check);
    assert_eq!(code, Some(i32::from(state == "fault")), "{one}");
    assert_eq!(one["state"], state, "{one}");
    let told = one["message"].as_str().unwrap();
    assert!(told.contains(words), "{told}");
}

fn names(bench: &Bench) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(bench.path("data")).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(path).unwrap()))
        .filter(|(name, _)| !name.ends_with("-shm") && !name.ends_with("-wal"))
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_well_is_told_line_by_line_and_left_as_it_is() {
    let bench = bench();
    let before = names(&bench);
    let done = bench.run("doctor --data data --listen 127.0.0.1:0");
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    for line in [
        "ok       sqlite    SQLite 3.",
        "ok       rights    data can be read and written",
        "ok       secrecy   other users",
        "ok       space     ",
        "ok       lock      no process has it open",
        "ok       tables    its tables are of version ",
        "ok       database  the database file is whole",
        "ok       record    1 evaluation with ",
        "ok       clock     ",
        "ok       listen    127.0.0.1:0",
        "ok       files     900 connections",
        "warning  backup    when the last backup was made is not known",
        "                   -> name the newest one with --backup FILE",
    ] {
        assert!(done.stdout.contains(line), "{line} in\n{}", done.stdout);
    }
    assert_eq!(names(&bench), before);
}

#[test]
fn a_backup_of_today_is_well_an_old_one_is_told_and_one_that_is_gone_is_a_fault() {
    let bench = bench();
    bench.run("backup --data data new.backup");
    assert_eq!(
        said(&bench, "--backup new.backup", "backup").1["state"],
        "ok"
    );
    let touched = Command::new("touch")
        .args(["-d", "2020-01-02 03:04 UTC"])
        .arg(bench.path("new.backup"))
        .status();
    assert!(touched.unwrap().success());
    let (code, old) = said(&bench, "--backup new.backup", "backup");
    assert_eq!((code, &old["state"]), (Some(0), &"warning".into()));
    assert!(
        old["message"]
            .as_str()
            .unwrap()
            .contains("2020-01-02 03:04 UTC")
    );
    let (code, none) = said(&bench, "--backup nowhere.backup", "backup");
    assert_eq!((code, &none["state"]), (Some(1), &"fault".into()));
}

#[test]
fn a_score_that_was_changed_in_the_database_is_found_though_the_database_is_whole() {
    let bench = bench();
    let database = Connection::open(bench.path("data/scorecard.db")).unwrap();
    let guard: String = database
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE name = 'attachments_are_not_changed'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let change = "DROP TRIGGER attachments_are_not_changed;
         UPDATE attachments SET bytes = CAST(replace(CAST(bytes AS TEXT), ',4,', ',5,') AS BLOB)
         WHERE instr(bytes, CAST(',4,' AS BLOB)) > 0;";
    database
        .execute_batch(&format!("{change} {guard}"))
        .unwrap();
    drop(database);
    is_found(&bench, "record", "fault", "is damaged");
    let tables = said(&bench, "", "tables").1;
    let database = said(&bench, "", "database").1;
    assert_eq!(
        (&tables["state"], &database["state"]),
        (&"ok".into(), &"ok".into())
    );
}

#[test]
fn triggers_that_are_gone_are_found() {
    let bench = bench();
    let database = Connection::open(bench.path("data/scorecard.db")).unwrap();
    database
        .execute_batch("DROP TRIGGER events_are_not_removed")
        .unwrap();
    drop(database);
    is_found(&bench, "tables", "fault", "somebody has changed them");
}

#[test]
fn a_newer_database_and_a_file_that_is_none_are_faults() {
    let bench = bench();
    let database = Connection::open(bench.path("data/scorecard.db")).unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    drop(database);
    is_found(&bench, "database", "fault", "by a newer version");
    bench.write("data/scorecard.db", &[b'x'; 5000]);
    is_found(&bench, "database", "fault", "no database of scorecard");
}

#[test]
fn a_directory_that_others_can_look_into_is_a_warning_with_the_command_that_closes_it() {
    let bench = bench();
    fs::set_permissions(bench.path("data"), Permissions::from_mode(0o755)).unwrap();
    let (code, one) = said(&bench, "", "secrecy");
    assert_eq!((code, &one["state"]), (Some(0), &"warning".into()));
    assert!(one["cure"].as_str().unwrap().contains("chmod go= data"));
}

#[test]
fn too_little_room_settings_that_cannot_be_and_too_few_files_are_told() {
    let bench = bench();
    let (code, space) = said(&bench, "--min-free 4000000000", "space");
    assert_eq!((code, &space["state"]), (Some(1), &"fault".into()));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let arguments = format!("--listen 127.0.0.1:{port}");
    let done = bench.run(&format!("doctor --data data {arguments}"));
    assert_eq!(done.code, Some(1));
    assert!(
        done.stdout.contains("choose another port"),
        "{}",
        done.stdout
    );
    let (code, files) = said(&bench, "--max-connections 1000000000", "files");
    assert_eq!((code, &files["state"]), (Some(0), &"warning".into()));
}

#[test]
fn who_has_the_directory_open_is_named_and_does_not_keep_the_doctor_out() {
    let bench = bench();
    let store = scorecard::store::Sqlite::open(&bench.path("data")).unwrap();
    let (code, lock) = said(&bench, "", "lock");
    let pid = std::process::id();
    assert_eq!(lock["message"], format!("process {pid} has it open"));
    assert_eq!(code, Some(0));
    drop(store);
    is_found(&bench, "lock", "ok", "no process");
}

#[test]
fn where_nothing_is_yet_the_doctor_says_so_and_makes_nothing() {
    let bench = Bench::with(&[]);
    let (code, folder) = said(&bench, "", "folder");
    assert_eq!((code, &folder["state"]), (Some(0), &"warning".into()));
    assert!(!bench.path("data").exists());
}

#[test]
fn a_clock_before_the_last_event_is_told() {
    let bench = bench();
    // A machine whose clock is wrong, as the doctor of a machine whose clock is right sees it.
    let found = scorecard::service::examine(&bench.path("data"), 0, &Early);
    let clock = found.iter().find(|one| one.check == "clock").unwrap();
    assert_eq!(clock.state, scorecard::service::Health::Warning);
    assert!(
        clock.message.contains("before the last event"),
        "{}",
        clock.message
    );
    let done: Done = bench.run("doctor --data data --listen 127.0.0.1:0");
    assert!(done.stdout.contains("ok       clock"), "{}", done.stdout);
}

#[test]
fn a_sweep_that_is_due_and_an_evaluation_that_is_kept_no_longer_are_named() {
    let bench = bench();
    is_found(&bench, "purges", "ok", "nothing waits");
    let service = crate::backup::service_in(&bench.path("data"));
    let me = scorecard::accounts::Actor::Local;
    let id = service.evaluations(me).unwrap()[0].id.clone();
    let today = jiff::Timestamp::now().to_string();
    let today = today.get(..10).unwrap();
    service.retain(me, &id, Some(today), "the law").unwrap();
    drop(service);
    let names = |hours: i64, words: &str| {
        let clock = Later(hours);
        let found = scorecard::service::examine(&bench.path("data"), 0, &clock);
        let one = found.iter().find(|one| one.check == "purges").unwrap();
        assert!(one.message.contains(words), "{hours}: {one:?}");
        let is_well = one.state == scorecard::service::Health::Ok;
        assert_eq!(is_well, one.cure.is_none());
    };
    names(0, "nothing waits");
    names(48, &format!("is over for 1 evaluation: {id}"));
    let database = bench.path("data").join("scorecard.db");
    let connection = Connection::open(&database).unwrap();
    let owe = "INSERT INTO sweeps (due) VALUES (NULL)";
    connection.execute(owe, []).unwrap();
    drop(connection);
    is_found(&bench, "purges", "warning", "may still lie in unused parts");
    // The next start does it.
    drop(crate::backup::service_in(&bench.path("data")));
    is_found(&bench, "purges", "ok", "nothing waits");
}

/// So many hours from now.
#[derive(Debug)]
struct Later(i64);

impl scorecard::service::Clock for Later {
    fn now(&self) -> jiff::Timestamp {
        let hours = jiff::SignedDuration::from_hours(self.0);
        jiff::Timestamp::now().checked_add(hours).unwrap()
    }
}

#[derive(Debug)]
struct Early;

impl scorecard::service::Clock for Early {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }
}
