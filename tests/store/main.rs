//! The store on its own: whole or nothing, one holder, nothing changed after the fact.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on has found a failing test"
)]

use std::path::Path;

use rusqlite::Connection;
use scorecard::record::{Change, Digest, EvaluationId, Head, Sealed};
use scorecard::store::{Archive as _, Attachment, OpenError, Sqlite, Store as _, StoreError};

fn id(number: u8) -> EvaluationId {
    EvaluationId::from_random([number; 12])
}

fn sealed(after: &Head, id: &EvaluationId, vendor: &str) -> Sealed {
    let change = Change::VendorAdded {
        vendor: vendor.to_owned(),
    };
    after.seal(id, jiff::Timestamp::UNIX_EPOCH, "local", change)
}

/// A store with one evaluation of one event.
fn begun(data: &Path) -> (Sqlite, EvaluationId, Head) {
    let store = Sqlite::open(data).unwrap();
    let first = sealed(&Head::NONE, &id(1), "Acme");
    store
        .start_evaluation(std::slice::from_ref(&first), &[])
        .unwrap();
    (store, id(1), first.head())
}

fn database(data: &Path) -> Connection {
    Connection::open(data.join("scorecard.db")).unwrap()
}

#[test]
fn what_was_recorded_is_there_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let (store, id, head) = begun(data.path());
    let bytes = b"vendor,criterion,score\n";
    let next = sealed(&head, &id, "Bolt");
    store
        .record(std::slice::from_ref(&next), &[Attachment::new(bytes)])
        .unwrap();
    drop(store);
    let store = Sqlite::open(data.path()).unwrap();
    let log = store.log(&id).unwrap().unwrap();
    assert_eq!(log.last().unwrap().head(), next.head());
    assert_eq!(store.evaluations().unwrap(), [id]);
    assert_eq!(
        store.attachment(&Digest::of(bytes)).unwrap().unwrap(),
        bytes
    );
    assert!(store.attachment(&Digest::of(b"other")).unwrap().is_none());
}

#[test]
fn of_two_that_go_on_from_the_same_place_one_is_stale() {
    let data = tempfile::tempdir().unwrap();
    let (store, id, head) = begun(data.path());
    let outcomes: Vec<bool> = std::thread::scope(|threads| {
        let record = |vendor| {
            let (store, id, head) = (&store, &id, &head);
            threads.spawn(
                move || match store.record(&[sealed(head, id, vendor)], &[]) {
                    Ok(()) => true,
                    Err(StoreError::Stale) => false,
                    Err(other) => panic!("{other}"),
                },
            )
        };
        let people: Vec<_> = ["Bolt", "Cobalt", "Delta", "Echo"].map(record).into();
        people.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|&&done| done).count(), 1);
    assert_eq!(store.log(&id).unwrap().unwrap().len(), 2);
}

#[test]
fn many_at_once_all_get_in() {
    let data = tempfile::tempdir().unwrap();
    let store = Sqlite::open(data.path()).unwrap();
    std::thread::scope(|threads| {
        for number in 0..30 {
            let store = &store;
            threads.spawn(move || {
                let mut head = Head::NONE;
                for step in 0..5 {
                    let next = sealed(&head, &id(number), &format!("Vendor {step}"));
                    head = next.head();
                    if step == 0 {
                        store.start_evaluation(&[next], &[]).unwrap();
                    } else {
                        store.record(&[next], &[]).unwrap();
                    }
                }
            });
        }
    });
    assert_eq!(store.evaluations().unwrap().len(), 30);
    for number in 0..30 {
        assert_eq!(store.log(&id(number)).unwrap().unwrap().len(), 5);
    }
}

#[test]
fn a_second_process_is_refused_and_told_who_has_the_directory() {
    let data = tempfile::tempdir().unwrap();
    let (store, ..) = begun(data.path());
    match Sqlite::open(data.path()) {
        Err(OpenError::InUse { pid, .. }) => assert_eq!(pid, Some(std::process::id())),
        other => panic!("{other:?}"),
    }
    drop(store);
    Sqlite::open(data.path()).unwrap();
}

#[test]
fn the_database_refuses_to_change_or_remove_what_was_recorded() {
    let data = tempfile::tempdir().unwrap();
    let (store, ..) = begun(data.path());
    drop(store);
    let database = database(data.path());
    for statement in [
        "UPDATE events SET payload = '{}'",
        "DELETE FROM events",
        "UPDATE evaluations SET id = 'x'",
        "DELETE FROM evaluations",
    ] {
        let refused = database.execute(statement, []).unwrap_err().to_string();
        assert!(refused.contains("never"), "{statement}: {refused}");
    }
}

#[test]
fn a_change_behind_the_back_of_the_triggers_is_found() {
    let data = tempfile::tempdir().unwrap();
    let (store, id, head) = begun(data.path());
    let bytes = b"vendor,criterion,score\n";
    store
        .record(&[sealed(&head, &id, "Bolt")], &[Attachment::new(bytes)])
        .unwrap();
    drop(store);
    let changed = database(data.path());
    changed
        .execute_batch(
            "DROP TRIGGER events_are_not_changed; DROP TRIGGER attachments_are_not_changed;
             UPDATE events SET payload = replace(payload, 'Acme', 'Acne');
             UPDATE attachments SET bytes = CAST('vendor' AS BLOB);",
        )
        .unwrap();
    drop(changed);
    // Either the missing triggers are noticed at the start, or the changed bytes when they are read.
    if let Ok(store) = Sqlite::open(data.path()) {
        assert!(matches!(store.log(&id), Err(StoreError::Broken { .. })));
        assert!(matches!(
            store.attachment(&Digest::of(bytes)),
            Err(StoreError::Damaged(_))
        ));
    }
}

#[test]
fn on_a_full_disk_a_sheet_is_stored_whole_or_not_at_all_and_room_makes_it_go_on() {
    let data = tempfile::tempdir().unwrap();
    let (store, id, mut head) = begun(data.path());
    let sheet = vec![b'x'; 20_000];
    let mut stored = 1;
    for pages in 20..60 {
        store.limit_pages(pages).unwrap();
        let mut bytes = sheet.clone();
        bytes.extend(pages.to_string().bytes());
        let next = sealed(&head, &id, &format!("Vendor {pages}"));
        let outcome = store.record(std::slice::from_ref(&next), &[Attachment::new(&bytes)]);
        let kept = store.attachment(&Digest::of(&bytes)).unwrap().is_some();
        match outcome {
            Ok(()) => {
                head = next.head();
                stored += 1;
            }
            Err(StoreError::Full) => {}
            Err(other) => panic!("{other}"),
        }
        let log = store.log(&id).unwrap().unwrap();
        assert_eq!(
            (log.len(), log.last().unwrap().head()),
            (stored, head),
            "at {pages} pages"
        );
        assert_eq!(kept, head == next.head(), "at {pages} pages");
    }
    assert!((2..40).contains(&stored), "{stored} were stored");
    store.limit_pages(100_000).unwrap();
    let next = sealed(&head, &id, "Room again");
    store.record(&[next], &[Attachment::new(&sheet)]).unwrap();
}

#[test]
fn a_database_of_a_later_program_and_a_file_that_is_none_are_left_as_they_are() {
    let data = tempfile::tempdir().unwrap();
    let (store, ..) = begun(data.path());
    drop(store);
    let later = database(data.path());
    later.pragma_update(None, "user_version", 99).unwrap();
    drop(later);
    let refused = Sqlite::open(data.path()).unwrap_err().to_string();
    assert!(
        refused.contains("99") || refused.contains("later") || refused.contains("newer"),
        "{refused}"
    );

    let other = tempfile::tempdir().unwrap();
    let text =
        "this is no database, but it is long enough to look like one at first sight".repeat(10);
    std::fs::write(other.path().join("scorecard.db"), &text).unwrap();
    Sqlite::open(other.path()).unwrap_err();
    assert_eq!(
        std::fs::read_to_string(other.path().join("scorecard.db")).unwrap(),
        text
    );
}
