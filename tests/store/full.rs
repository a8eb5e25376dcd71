//! A disk without room: whole or nothing, reading goes on, and room makes recording go on.

use std::fmt::Write as _;
use std::process::Command;

use scorecard::record::{Digest, Head};
use scorecard::store::{Archive as _, Attachment, Sqlite, Store as _, StoreError};

use crate::support::{Filed, begin, begun, child, given_data, id, say, sealed, whole};

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
fn where_there_is_no_room_for_a_large_sheet_a_small_one_beside_it_gets_in() {
    let data = tempfile::tempdir().unwrap();
    let (store, large, large_head) = begun(data.path());
    let mut small_head = begin(&store, &id(2));
    store.limit_pages(60).unwrap();
    std::thread::scope(|threads| {
        threads.spawn(|| {
            for _ in 0..40 {
                let answer = Filed::after(&large_head, &large, 400_000).record(&store);
                assert!(matches!(answer, Err(StoreError::Full)), "{answer:?}");
            }
        });
        for _ in 0..40 {
            let next = sealed(&small_head, &id(2), &format!("Vendor {}", small_head.seq()));
            store.record(std::slice::from_ref(&next), &[]).unwrap();
            small_head = next.head();
        }
    });
    assert_eq!(whole(&store, &large), Some(large_head));
    assert_eq!(whole(&store, &id(2)), Some(small_head));
}

/// Records until it is refused; says what was acknowledged and what the refusal was.
#[test]
#[ignore = "is run by the test below, which gives it little room"]
fn recording_until_refused() {
    let store = match Sqlite::open(&given_data()) {
        Ok(store) => store,
        Err(why) => return say(format!("not opened: {why}")),
    };
    let mut told = String::new();
    let mut head = match store.start_evaluation(&[sealed(&Head::NONE, &id(1), "Acme")], &[]) {
        Ok(()) => sealed(&Head::NONE, &id(1), "Acme").head(),
        Err(why) => return say(format!("refused at 0: {why:?}")),
    };
    loop {
        let next = Filed::after(&head, &id(1), 3000);
        match next.record(&store) {
            Ok(()) => head = next.event.head(),
            Err(why) => {
                writeln!(told, "refused at {}: {why:?}", head.seq()).unwrap();
                break;
            }
        }
    }
    // Reading goes on.
    assert_eq!(whole(&store, &id(1)), Some(head));
    say(told);
}

#[test]
fn whichever_write_fails_first_what_was_acknowledged_is_there_and_nothing_else() {
    let program = std::env::current_exe().unwrap();
    let (mut unopened, mut refusals) = (0, 0);
    // A file may have so many blocks of 512 bytes; writing more fails, in the log, in the index or in the database itself.
    for blocks in (0..400).step_by(7) {
        let data = tempfile::tempdir().unwrap();
        let run = child(&program, "full::recording_until_refused", data.path());
        let mut limited = Command::new("sh");
        limited
            .args([
                "-c",
                &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""),
                "sh",
            ])
            .arg(run.get_program())
            .args(run.get_args())
            .env("STORE_TEST_DATA", data.path());
        let output = limited.output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{blocks}: {told}");
        let store = Sqlite::open(data.path()).unwrap();
        let found = whole(&store, &id(1)).map_or(0, |head| head.seq());
        if told.contains("not opened") {
            unopened += 1;
            assert_eq!(found, 0, "{blocks}: {told}");
        } else {
            refusals += 1;
            let acknowledged = format!("refused at {found}: ");
            assert!(
                told.contains(&acknowledged),
                "{found} after {blocks}: {told}"
            );
            assert!(told.contains("Full") || told.contains("Disk("), "{told}");
        }
        // With room again it goes on.
        let head = whole(&store, &id(1)).unwrap_or_else(|| begin(&store, &id(1)));
        Filed::after(&head, &id(1), 3000).record(&store).unwrap();
    }
    assert!(unopened > 2 && refusals > 20, "{unopened}, {refusals}");
}
