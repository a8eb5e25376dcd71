//! Logs to record, and what must hold of those that were recorded.

use std::fmt::Display;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;
use scorecard::record::{Change, Digest, EvaluationId, Head, Sealed};
use scorecard::store::{Archive, Attachment, Sqlite, Store, StoreError};

pub fn id(number: u8) -> EvaluationId {
    EvaluationId::from_random([number; 12])
}

pub fn sealed(after: &Head, id: &EvaluationId, vendor: &str) -> Sealed {
    let change = Change::VendorAdded {
        vendor: vendor.to_owned(),
    };
    after.seal(id, jiff::Timestamp::UNIX_EPOCH, "local", change)
}

/// A sheet: the event that files it, the file and the answers.
pub struct Filed {
    pub event: Sealed,
    pub original: Vec<u8>,
    pub answers: Vec<u8>,
}

impl Filed {
    /// A sheet of so many bytes, behind a head.
    pub fn after(head: &Head, id: &EvaluationId, bytes: usize) -> Self {
        let number = head.seq();
        let original = format!("{id} {number} ")
            .repeat((bytes / 15).max(1))
            .into_bytes();
        let answers = format!("answers of {id} {number}").into_bytes();
        let change = Change::SheetFiled {
            sheet: u32::try_from(number).unwrap(),
            file_name: "sheet.csv".to_owned(),
            original: Digest::of(&original),
            bytes: u64::try_from(original.len()).unwrap(),
            answers: Digest::of(&answers),
            evaluator: None,
            new_vendors: false,
            new_evaluators: false,
            tab: None,
            declared: scorecard::sheets::Declared::default(),
            salt: None,
        };
        Self {
            event: head.seal(id, jiff::Timestamp::UNIX_EPOCH, "local", change),
            original,
            answers,
        }
    }

    pub fn record(&self, store: &dyn Store) -> Result<(), StoreError> {
        let files = [
            Attachment::new(&self.original),
            Attachment::new(&self.answers),
        ];
        store.record(std::slice::from_ref(&self.event), &files)
    }
}

/// A store with one evaluation of one event.
pub fn begun(data: &Path) -> (Sqlite, EvaluationId, Head) {
    let store = Sqlite::open(data).unwrap();
    let head = begin(&store, &id(1));
    (store, id(1), head)
}

pub fn begin(store: &dyn Store, id: &EvaluationId) -> Head {
    let first = sealed(&Head::NONE, id, "Acme");
    store
        .start_evaluation(std::slice::from_ref(&first), &[])
        .unwrap();
    first.head()
}

pub fn database(data: &Path) -> Connection {
    Connection::open(data.join("scorecard.db")).unwrap()
}

/// The head of a log whose chain is whole and whose files are all there; `None` if there is no log.
pub fn whole(archive: &dyn Archive, id: &EvaluationId) -> Option<Head> {
    let log = archive.log(id).unwrap()?;
    for sealed in &log {
        if let Change::SheetFiled {
            original, answers, ..
        } = &sealed.event().change
        {
            for digest in [original, answers] {
                assert!(archive.attachment(digest).unwrap().is_some(), "{sealed:?}");
            }
        }
    }
    log.last().map(Sealed::head)
}

/// This test program again, to do one of the tests that are there to be run like this, in a data directory.
pub fn child(program: &Path, test: &str, data: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--exact", test, "--ignored", "--nocapture", "--quiet"])
        .env("STORE_TEST_DATA", data);
    command
}

/// The data directory that [`child`] was given.
pub fn given_data() -> std::path::PathBuf {
    std::env::var_os("STORE_TEST_DATA").unwrap().into()
}

/// Tells the test that runs this one, at once and whole.
pub fn say(line: impl Display) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}
