//! What was changed after the fact is found.

use scorecard::record::Digest;
use scorecard::store::{Archive as _, Attachment, OpenError, Sqlite, Store as _, StoreError};

use crate::support::{Filed, begun, database, sealed, whole};

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
fn a_change_that_puts_the_triggers_back_is_found_when_it_is_read() {
    let data = tempfile::tempdir().unwrap();
    let (store, id, head) = begun(data.path());
    let sheet = Filed::after(&head, &id, 500);
    sheet.record(&store).unwrap();
    drop(store);
    let changed = database(data.path());
    let triggers: Vec<String> = changed
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    changed
        .execute_batch(
            "DROP TRIGGER events_are_not_changed; DROP TRIGGER attachments_are_not_changed;
             UPDATE events SET payload = replace(payload, 'Acme', 'Acne');
             UPDATE attachments SET bytes = CAST('vendor' AS BLOB);",
        )
        .unwrap();
    for trigger in &triggers {
        if changed.execute_batch(trigger).is_err() {
            assert!(!trigger.contains("_not_changed BEFORE UPDATE ON events"));
        }
    }
    drop(changed);
    let store = Sqlite::open(data.path()).unwrap();
    let log = store.log(&id);
    assert!(matches!(log, Err(StoreError::Broken { .. })), "{log:?}");
    let file = store.attachment(&Digest::of(&sheet.original));
    assert!(matches!(file, Err(StoreError::Damaged(_))), "{file:?}");
}

#[test]
fn a_flipped_byte_of_what_was_recorded_is_found_wherever_it_is() {
    let data = tempfile::tempdir().unwrap();
    let (store, id, head) = begun(data.path());
    let sheet = Filed::after(&head, &id, 300);
    sheet.record(&store).unwrap();
    drop(store);
    let path = data.path().join("scorecard.db");
    let honest = std::fs::read(&path).unwrap();
    let place = |needle: &[u8]| {
        let mut windows = honest.windows(needle.len());
        windows.position(|window| window == needle).unwrap()
    };
    let payload = sheet.event.payload().as_bytes();
    for (start, length) in [
        (place(payload), payload.len()),
        (place(sheet.event.hash().as_bytes()), 32),
        (place(&sheet.answers), sheet.answers.len()),
        (place(&sheet.original), sheet.original.len()),
    ] {
        for at in (start..start + length).step_by(5) {
            let mut bytes = honest.clone();
            bytes[at] ^= 4;
            std::fs::write(&path, bytes).unwrap();
            let store = Sqlite::open(data.path()).unwrap();
            let is_found = store.log(&id).is_err()
                || store.attachment(&Digest::of(&sheet.original)).is_err()
                || store.attachment(&Digest::of(&sheet.answers)).is_err();
            assert!(is_found, "byte {at}");
        }
    }
}

#[test]
fn whatever_byte_of_the_file_is_flipped_it_is_refused_or_reads_as_before() {
    let data = tempfile::tempdir().unwrap();
    let (store, id, head) = begun(data.path());
    let sheet = Filed::after(&head, &id, 6000);
    sheet.record(&store).unwrap();
    let log = store.log(&id).unwrap();
    drop(store);
    let path = data.path().join("scorecard.db");
    let honest = std::fs::read(&path).unwrap();
    let mut refused = 0;
    for at in (0..honest.len()).step_by(173) {
        let mut bytes = honest.clone();
        bytes[at] ^= 0x21;
        std::fs::write(&path, bytes).unwrap();
        let Ok(store) = Sqlite::open(data.path()) else {
            refused += 1;
            continue;
        };
        for file in [&sheet.original, &sheet.answers] {
            match store.attachment(&Digest::of(file)) {
                Ok(found) => assert!(found.is_none_or(|found| found == *file), "byte {at}"),
                Err(_) => refused += 1,
            }
        }
        match store.log(&id) {
            Ok(found) => assert!(found.is_none() || found == log, "byte {at}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 10, "{refused}");
}

#[test]
fn a_file_that_was_cut_short_is_refused_with_the_way_back() {
    let data = tempfile::tempdir().unwrap();
    let (store, id, head) = begun(data.path());
    Filed::after(&head, &id, 50_000).record(&store).unwrap();
    drop(store);
    let path = data.path().join("scorecard.db");
    let honest = std::fs::read(&path).unwrap();
    for length in [50, 4096, honest.len() / 2] {
        std::fs::write(&path, &honest[..length]).unwrap();
        let refused = Sqlite::open(data.path()).unwrap_err();
        assert!(
            matches!(
                refused,
                OpenError::Damaged { .. } | OpenError::Foreign { .. }
            ),
            "{length}: {refused:?}"
        );
        assert!(
            refused
                .to_string()
                .contains("scorecard restore FILE --data DIR")
        );
        assert_eq!(std::fs::read(&path).unwrap(), honest[..length]);
    }
    std::fs::write(&path, &honest).unwrap();
    assert!(whole(&Sqlite::open(data.path()).unwrap(), &id).is_some());
}
