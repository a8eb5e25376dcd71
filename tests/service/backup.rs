//! Backups while people work, and what a restore proves before it says that everything is as it was.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use scorecard::accounts::Actor;
use scorecard::record::EvaluationId;
use scorecard::reports::{self, Detail};
use scorecard::service::{Service, back_up, restore};

use crate::support::{Office, service_in};

/// An office with the sample in it, and a folder for backups.
fn office() -> (Office, EvaluationId, tempfile::TempDir) {
    let office = Office::new();
    let id = office.service.start_sample(Actor::Local).unwrap();
    (office, id, tempfile::tempdir().unwrap())
}

fn result(service: &Service, id: &EvaluationId) -> String {
    let opened = service.open(Actor::Local, id).unwrap();
    let card = opened.scorecard(None);
    let published = reports::publish(opened.dossier().evaluation(), &card, Detail::Full);
    let mut json = Vec::new();
    reports::json(&published, &mut json).unwrap();
    String::from_utf8(json).unwrap()
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_backed_up_while_the_service_runs_is_restored_as_it_was() {
    let (office, id, backups) = office();
    let file = backups.path().join("monday");
    let made = back_up(office.data.path(), &file).unwrap();
    assert_eq!((made.evaluations, made.files > 6), (1, true));
    assert_eq!(names(backups.path()), ["monday"]);
    let before = result(&office.service, &id);
    // What comes later is not in it.
    office
        .service
        .exclude_vendor(Actor::Local, &id, "tamwick flow (fictional)", "withdrew")
        .unwrap();

    let data = backups.path().join("made/here");
    assert_eq!(restore(&file, &data).unwrap(), made);
    let restored = service_in(&data);
    assert_eq!(result(&restored, &id), before);
    assert_ne!(result(&office.service, &id), before);
    restored
        .exclude_vendor(Actor::Local, &id, "tamwick flow (fictional)", "withdrew")
        .unwrap();
    assert_eq!(result(&restored, &id), result(&office.service, &id));
}

#[test]
fn a_backup_is_of_one_moment_however_much_is_recorded_meanwhile() {
    let (office, id, backups) = office();
    let service = &office.service;
    std::thread::scope(|threads| {
        let working = threads.spawn(|| {
            for round in 0..150 {
                let reason = format!("round {round}");
                let vendor = "tamwick flow (fictional)";
                let actor = Actor::Local;
                service.exclude_vendor(actor, &id, vendor, &reason).unwrap();
                service.readmit_vendor(actor, &id, vendor, &reason).unwrap();
            }
        });
        let mut number = 0;
        while !working.is_finished() || number == 0 {
            let file = backups.path().join(format!("backup {number}"));
            back_up(office.data.path(), &file).unwrap();
            restore(&file, &backups.path().join(format!("data {number}"))).unwrap();
            number += 1;
        }
    });
}

#[test]
fn neither_a_file_nor_a_database_is_written_over() {
    let (office, _, backups) = office();
    let file = backups.path().join("mine");
    fs::write(&file, "letters").unwrap();
    let refused = back_up(office.data.path(), &file).unwrap_err().to_string();
    assert!(refused.contains("exists already"), "{refused}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "letters");

    let whole = backups.path().join("whole");
    back_up(office.data.path(), &whole).unwrap();
    let refused = restore(&whole, office.data.path()).unwrap_err().to_string();
    let me = format!("in use by process {}", std::process::id());
    assert!(refused.contains(&me), "{refused}");
    let data = backups.path().join("data");
    restore(&whole, &data).unwrap();
    let before = fs::read(data.join("scorecard.db")).unwrap();
    let refused = restore(&whole, &data).unwrap_err().to_string();
    assert!(refused.contains("holds a database already"), "{refused}");
    assert_eq!(fs::read(data.join("scorecard.db")).unwrap(), before);

    let nothing = backups.path().join("nothing");
    fs::create_dir(&nothing).unwrap();
    let refused = back_up(&nothing, &backups.path().join("of nothing"));
    assert!(refused.unwrap_err().to_string().contains("no database"));
    assert_eq!(names(&nothing), [""; 0]);
    assert_eq!(names(backups.path()), ["data", "mine", "nothing", "whole"]);
}

#[test]
fn a_backup_that_is_not_what_it_was_is_refused_and_leaves_nothing() {
    let (office, id, backups) = office();
    let file = backups.path().join("whole");
    back_up(office.data.path(), &file).unwrap();
    let evaluation = format!("evaluation {id} ");
    for (change, told) in [
        (
            "UPDATE manifest SET result = zeroblob(32)",
            evaluation.as_str(),
        ),
        ("UPDATE manifest SET head = '1:0'", &evaluation),
        (
            "INSERT INTO manifest (evaluation, head, result) VALUES ('abcdefghjkmn', '1:0', zeroblob(32))",
            "evaluation abcdefghjkmn is not as it was backed up: it is missing",
        ),
        ("DELETE FROM manifest", "the backup does not name it"),
        ("DELETE FROM backup", "no finished backup"),
        ("DROP TABLE backup", "no finished backup"),
        (
            "UPDATE backup SET program = '0.0.9'; DELETE FROM manifest",
            "made by scorecard 0.0.9",
        ),
        ("DROP TRIGGER events_are_not_changed", "triggers"),
        (
            "UPDATE attachments SET bytes = zeroblob(length(bytes)) WHERE length(bytes) % 2 = 0",
            "damaged",
        ),
        (
            "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
            &evaluation,
        ),
    ] {
        let changed = backups.path().join("changed");
        fs::copy(&file, &changed).unwrap();
        let database = Connection::open(&changed).unwrap();
        behind_the_triggers(&database, change);
        drop(database);
        let data = backups.path().join("data");
        for is_there in [true, false] {
            if is_there {
                fs::create_dir(&data).unwrap();
            }
            let refused = restore(&changed, &data).unwrap_err().to_string();
            assert!(refused.contains(told), "{change}: {refused}");
            assert_eq!(data.exists(), is_there, "{change}");
            if is_there {
                assert_eq!(names(&data), [""; 0], "{change}");
                fs::remove_dir(&data).unwrap();
            }
        }
    }
}

/// Makes a change that the triggers would refuse, and puts back those that it does not take away itself.
fn behind_the_triggers(database: &Connection, change: &str) {
    let triggers: Vec<(String, String)> = database
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let is_kept = |name: &str| !change.contains(&format!("DROP TRIGGER {name}"));
    for (name, _) in triggers.iter().filter(|(name, _)| is_kept(name)) {
        database
            .execute_batch(&format!("DROP TRIGGER {name}"))
            .unwrap();
    }
    database.execute_batch(change).unwrap();
    for (_, sql) in triggers.iter().filter(|(name, _)| is_kept(name)) {
        database.execute_batch(sql).unwrap();
    }
}

#[test]
fn a_record_that_is_damaged_is_not_backed_up() {
    let (office, _, backups) = office();
    let data = office.data;
    drop(office.service);
    let path = data.path().join("scorecard.db");
    let mut bytes = fs::read(&path).unwrap();
    let needle = b"Ostervane Service";
    // Everywhere: where rows have moved, the file still holds what nobody reads any more.
    let windows = bytes.windows(needle.len()).enumerate();
    let found = windows.filter(|(_, window)| window == needle);
    let places: Vec<usize> = found.map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at] = b'o';
    }
    fs::write(&path, bytes).unwrap();
    let refused = back_up(data.path(), &backups.path().join("file")).unwrap_err();
    assert!(refused.to_string().contains("damaged"), "{refused}");
    assert_eq!(names(backups.path()), [""; 0]);
}
