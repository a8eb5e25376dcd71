//! What a store promises, told over the trait, and what happens when many record at once.

use std::sync::Barrier;

use scorecard::record::{Digest, EvaluationId, Head};
use scorecard::store::{Archive as _, Attachment, Sqlite, Store, StoreError};

use crate::support::{Filed, begin, begun, database, id, sealed, whole};

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

/// What every store must do, whatever it stands on.
fn story(store: &dyn Store) {
    let (one, other) = (id(1), id(2));
    assert_eq!(store.evaluations().unwrap(), []);
    assert!(store.log(&one).unwrap().is_none());
    store.ready().unwrap();
    store.start_evaluation(&[], &[]).unwrap();

    let first = sealed(&Head::NONE, &one, "Acme");
    let second = sealed(&first.head(), &one, "Bolt");
    let early = store.record(std::slice::from_ref(&first), &[]);
    assert!(matches!(early, Err(StoreError::Stale)), "{early:?}");
    let both = [first.clone(), second.clone()];
    store.start_evaluation(&both, &[]).unwrap();
    let twice = store.start_evaluation(&both, &[]);
    assert!(matches!(twice, Err(StoreError::Stale)), "{twice:?}");
    assert_eq!(store.log(&one).unwrap().unwrap(), both);

    let sheet = Filed::after(&second.head(), &one, 5000);
    let gap = Filed::after(&sheet.event.head(), &one, 10);
    for refused in [&gap, &Filed::after(&first.head(), &one, 10)] {
        let answer = refused.record(store);
        assert!(matches!(answer, Err(StoreError::Stale)), "{answer:?}");
        let digest = Digest::of(&refused.answers);
        assert!(store.attachment(&digest).unwrap().is_none());
    }
    sheet.record(store).unwrap();
    assert_eq!(whole(store, &one), Some(sheet.event.head()));

    // The same file once more, in another evaluation.
    begin(store, &other);
    let files = [Attachment::new(&sheet.original)];
    let next = sealed(&sealed(&Head::NONE, &other, "Acme").head(), &other, "Bolt");
    store.record(&[next], &files).unwrap();
    let bytes = store.attachment(&Digest::of(&sheet.original)).unwrap();
    assert_eq!(bytes.unwrap(), sheet.original);
    assert_eq!(store.evaluations().unwrap(), [one, other]);
    store.ready().unwrap();
}

#[test]
fn a_store_does_what_it_promises() {
    let data = tempfile::tempdir().unwrap();
    story(&Sqlite::open(data.path()).unwrap());
}

#[test]
fn of_two_that_go_on_from_the_same_place_one_is_stale() {
    let data = tempfile::tempdir().unwrap();
    let (store, id, mut head) = begun(data.path());
    let together = Barrier::new(2);
    for round in 0..50 {
        let record = |vendor: String| {
            let next = sealed(&head, &id, &vendor);
            together.wait();
            store
                .record(std::slice::from_ref(&next), &[])
                .map(|()| next.head())
        };
        let outcomes = std::thread::scope(|threads| {
            let people = ["Bolt", "Cobalt"]
                .map(|vendor| threads.spawn(move || record(format!("{vendor} {round}"))));
            people.map(|one| one.join().unwrap())
        });
        head = match outcomes {
            [Ok(head), Err(StoreError::Stale)] | [Err(StoreError::Stale), Ok(head)] => head,
            other => panic!("{other:?}"),
        };
        assert_eq!(whole(&store, &id), Some(head));
    }
}

#[test]
fn fifty_who_start_and_go_on_at_once_all_get_in() {
    let data = tempfile::tempdir().unwrap();
    let store = Sqlite::open(data.path()).unwrap();
    let evaluation = |number: u8| {
        EvaluationId::from_random([number % 32, number / 32, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    };
    let heads: Vec<Head> = std::thread::scope(|threads| {
        let store = &store;
        let person = |number| {
            threads.spawn(move || {
                let mut head = begin(store, &evaluation(number));
                for _ in 0..5 {
                    let next = Filed::after(&head, &evaluation(number), 2000);
                    next.record(store).unwrap();
                    head = next.event.head();
                }
                head
            })
        };
        let people: Vec<_> = (0..50).map(person).collect();
        people.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(store.evaluations().unwrap().len(), 50);
    drop(store);
    let store = Sqlite::open(data.path()).unwrap();
    for (number, head) in (0..50).zip(heads) {
        assert_eq!(whole(&store, &evaluation(number)), Some(head));
    }
}

#[test]
fn one_who_is_stale_spoils_nothing_for_the_others_in_the_same_commit() {
    let data = tempfile::tempdir().unwrap();
    let store = Sqlite::open(data.path()).unwrap();
    std::thread::scope(|threads| {
        for number in 0..8 {
            let store = &store;
            threads.spawn(move || {
                let first = begin(store, &id(number));
                let mut head = first;
                for _ in 0..20 {
                    let stale = Filed::after(&Head::NONE, &id(number), 100);
                    let answer = stale.record(store);
                    assert!(matches!(answer, Err(StoreError::Stale)), "{answer:?}");
                    let next = Filed::after(&head, &id(number), 100);
                    next.record(store).unwrap();
                    head = next.event.head();
                }
                assert_eq!(whole(store, &id(number)), Some(head));
            });
        }
    });
}
