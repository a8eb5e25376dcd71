//! Killed in the middle of a purge: it is wholly done or wholly not, and what a start finds left over of it is swept.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use rusqlite::Connection;
use scorecard::record::{EvaluationId, Sealed};
use scorecard::service::{evidence, verify};
use scorecard::store::{Archive as _, Sqlite};
use serde_json::json;

use crate::kills::everything_adds_up;
use crate::priced::priced;
use crate::process::Process;
use crate::programs::at;
use crate::purge::{MARK, ME, is_purged, service_over, sheet, stands};
use crate::support::Wound;
use crate::{alone, say, thorough};

/// A data directory with an evaluation whose time is over, which is purged in copies of it.
struct Office {
    folder: tempfile::TempDir,
    id: EvaluationId,
    log: Vec<Sealed>,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let clock = Wound::at("2020-01-01T09:00:00Z");
        let store = Arc::new(Sqlite::open(&data).unwrap());
        let service = service_over(Arc::<Sqlite>::clone(&store), &clock);
        let id = service.start(ME, &priced()).unwrap();
        for name in ["Ana", "Bo", "Cy", "Di", "Eve", "Fay"] {
            let mut sheet = sheet(name, "ITIL-INC", "4");
            // Enough to be at work for a while.
            let more = "x".repeat(30_000);
            sheet.bytes.truncate(sheet.bytes.len() - 1);
            sheet.bytes.extend_from_slice(more.as_bytes());
            service.file_sheet(ME, &id, &sheet).unwrap();
        }
        let until = Some("2020-01-01");
        service.retain(ME, &id, until, "the law").unwrap();
        clock.by(SignedDuration::from_hours(48));
        let log = store.log(&id).unwrap().unwrap();
        Self { folder, id, log }
    }

    /// A copy of it for one round.
    fn copied(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        let data = copy.path().join("data");
        std::fs::create_dir(&data).unwrap();
        std::fs::copy(
            self.folder.path().join("data/scorecard.db"),
            data.join("scorecard.db"),
        )
        .unwrap();
        copy
    }

    /// Where a way to purge is asked for, and a text that is in no file then.
    fn way(&self, round: u32) -> (String, String) {
        if round.is_multiple_of(2) {
            (format!("{}/files", at(self.id.as_str())), MARK.to_owned())
        } else {
            let path = format!("{}/sheets/1/original", at(self.id.as_str()));
            (path, format!("{MARK} Ana"))
        }
    }

    /// How long the longest way takes when nobody is killed.
    fn whole(&self) -> Duration {
        let copy = self.copied();
        let server = Process::start(&copy.path().join("data"), &[]);
        let begun = Instant::now();
        assert_eq!(asked(&server, &self.way(0).0), Some(200));
        let took = begun.elapsed();
        server.kill();
        took
    }

    /// Kills the server so long after it is asked; what of a purge there is on the disk then.
    fn killed(&self, round: u32, after: Duration) -> &'static str {
        let copy = self.copied();
        let data = copy.path().join("data");
        let server = Process::start(&data, &[]);
        let (path, text) = self.way(round);
        let answer = std::thread::scope(|scope| {
            let answer = scope.spawn(|| asked(&server, &path));
            std::thread::sleep(after);
            let killed = Command::new("kill")
                .args(["-9", &server.id().to_string()])
                .status();
            assert!(killed.unwrap().success());
            answer.join().unwrap()
        });
        server.kill();
        let left = left(&data, &self.log);
        // The next start goes on.
        Process::start(&data, &[]).kill();
        let store = Sqlite::open(&data).unwrap();
        let what = format!("round {round}, {left}");
        let gone = is_purged(&store, &self.id, &what);
        let log = store.log(&self.id).unwrap().unwrap();
        assert!(log.starts_with(&self.log), "{what}");
        assert_eq!(log.len() - self.log.len(), usize::from(gone), "{what}");
        assert!(gone || answer.is_none(), "{what}: it was acknowledged");
        assert_eq!(stands(&data, &text), !gone, "{what}");
        assert_eq!(gone, left != "nothing", "{what}");
        let made = evidence(&store, &self.id, false).unwrap();
        let before = self.log.last().unwrap().head().to_string();
        let checked = verify(&made.bytes, Some(&before)).unwrap();
        assert!(checked.holds(), "{what}: {checked}");
        drop(store);
        everything_adds_up(&data);
        left
    }
}

/// Asks for a purge; the status of the answer, if there is one.
fn asked(server: &Process, path: &str) -> Option<u16> {
    let url = format!("{}{path}", server.address);
    let ask = server.client.delete(url).json(&json!({"reason": "over"}));
    ask.send().ok().map(|answer| answer.status().as_u16())
}

/// What a kill has left of a purge.
fn left(data: &Path, before: &[Sealed]) -> &'static str {
    let connection = Connection::open(data.join("scorecard.db")).unwrap();
    let count = |table: &str| -> usize {
        let sql = format!("SELECT count(*) FROM {table}");
        connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    match (count("events") > before.len(), count("sweeps") > 0) {
        (false, _) => "nothing",
        (true, true) => "a purge that is not swept",
        (true, false) => "a whole purge",
    }
}

#[test]
fn killed_in_the_middle_of_a_purge_it_is_wholly_done_or_not_and_the_record_holds() {
    let _machine = alone();
    let rounds = if thorough() { 100 } else { 10 };
    let office = Office::new();
    let whole = office.whole();
    let mut found = BTreeMap::new();
    // On a busy machine a purge may take much longer than the one that was measured: then it is killed later and later.
    for round in 0..8 * rounds {
        if round >= rounds && found.len() > 1 {
            break;
        }
        let left = office.killed(round, whole * round / rounds);
        *found.entry(left).or_insert(0) += 1;
    }
    say(format_args!("kills left so often: {found:?}"));
    assert!(
        found.len() > 1 && found.contains_key("nothing"),
        "{found:?}"
    );
}
