//! Purging: what a log says is purged goes from the file, and nothing else ever does.

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, params};

use crate::record::{Digest, EvaluationId, Event, Naming, Sealed};
use crate::store::StoreError;

use super::append::Append;
use super::connect::begin;
use super::{folder, sql};

/// The events of a purge, with the files that go.
pub(super) struct Purge {
    append: Append,
    evaluation: EvaluationId,
    /// The event that names what goes.
    seq: u64,
    gone: Vec<Digest>,
    /// Whether what was typed and not filed goes too.
    drafts: bool,
}

impl Purge {
    /// A purge; `None` if there is no event.
    pub(super) fn new(events: &[Sealed], gone: &[Digest], drafts: bool) -> Option<Self> {
        let last = events.last()?.event();
        Some(Self {
            append: Append::new(events, &[], false)?,
            evaluation: last.evaluation.clone(),
            seq: last.seq,
            gone: gone.to_vec(),
            drafts,
        })
    }

    /// Writes the events and removes the files, in one transaction. A file that another evaluation names stays for that one.
    pub(super) fn write(&self, connection: &mut Connection) -> Result<(), StoreError> {
        // What is removed is overwritten, and not only left unused.
        connection.pragma_update(None, "secure_delete", "ON")?;
        let write = begin(connection)?;
        self.append.write(&write)?;
        for digest in &self.gone {
            let (digest_bytes, id) = (digest.as_bytes(), self.evaluation.as_str());
            write.execute(sql::BURY, params![digest_bytes, id, self.seq])?;
            if !is_named(&write, digest)? {
                write.execute(sql::REMOVE, params![digest_bytes])?;
            }
        }
        if self.drafts {
            write.execute(sql::DROP_DRAFTS, params![self.evaluation.as_str()])?;
        }
        write.execute(sql::OWE_SWEEP, [])?;
        Ok(write.commit()?)
    }
}

/// Whether some evaluation still names a file that it has not purged.
fn is_named(connection: &Connection, digest: &Digest) -> Result<bool, StoreError> {
    let mut select = connection.prepare(sql::NAMING)?;
    let mut rows = select.query(params![digest.to_string()])?;
    let (mut evaluation, mut is_named) = (String::new(), false);
    while let Some(row) = rows.next()? {
        let (of, payload): (String, String) = (row.get(0)?, row.get(1)?);
        if of != evaluation {
            if is_named {
                return Ok(true);
            }
            evaluation = of;
        }
        // What cannot be read may name it: the file stays.
        let naming = serde_json::from_str::<Event>(&payload)
            .map_or(Naming::Keeps, |event| event.change.naming(digest));
        match naming {
            Naming::Keeps => is_named = true,
            Naming::Purges => is_named = false,
            Naming::No => {}
        }
    }
    Ok(is_named)
}

/// Whether parts of the file that nothing uses may still hold what was purged.
pub(super) fn is_due(connection: &Connection) -> Result<bool, StoreError> {
    let due: i64 = connection.query_row(sql::SWEEPS, [], |row| row.get(0))?;
    Ok(due > 0)
}

/// Writes the whole file anew without what nothing uses, empties the log beside it, and removes the copy of an older version:
/// then nothing of what was purged is left in the data directory.
pub(super) fn sweep(connection: &Connection, old: &Path) -> Result<(), StoreError> {
    connection.execute_batch("VACUUM")?;
    truncate_log(connection)?;
    for left in folder::beside(old) {
        match std::fs::remove_file(left) {
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::Disk(Arc::new(why)));
            }
            // Most of them are not there.
            Ok(()) | Err(_) => {}
        }
    }
    connection.execute(sql::SWEPT, [])?;
    Ok(())
}

fn truncate_log(connection: &Connection) -> Result<(), StoreError> {
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 {
        Ok(())
    } else {
        Err(StoreError::Busy)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use jiff::Timestamp;

    use super::*;
    use crate::record::{Change, Head, PurgedFile};
    use crate::store::Attachment;
    use crate::store::sqlite::schema;

    const MARK: &[u8] = b"Zx81-only-in-the-file";

    /// A log whose last event purges a file of it, and the file.
    fn story(id: &EvaluationId) -> (Vec<Sealed>, Vec<u8>) {
        let bytes = MARK.repeat(600);
        let sha256 = Digest::of(&bytes);
        let file_name = "ana.csv".to_owned();
        let mut head = Head::NONE;
        let changes = [
            Change::MethodFrozen {
                sheet: Some(sha256),
            },
            Change::FilesPurged {
                sheet: None,
                files: vec![PurgedFile { file_name, sha256 }],
                answers: Vec::new(),
                reason: "time is over".to_owned(),
                proposed_by: None,
                salt: None,
            },
        ];
        let sealed = changes.into_iter().map(|change| {
            let sealed = head.seal(id, Timestamp::UNIX_EPOCH, "local", change);
            head = sealed.head();
            sealed
        });
        (sealed.collect(), bytes)
    }

    /// A database with a file and a draft, and the purge of both that is to come.
    fn database(path: &Path) -> (Connection, Purge) {
        let id = EvaluationId::from_random([7; 12]);
        let (log, bytes) = story(&id);
        let mut connection = Connection::open(path).unwrap();
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .unwrap();
        connection.pragma_update(None, "synchronous", 0).unwrap();
        schema::migrate(&mut connection, 0, &schema::MIGRATIONS).unwrap();
        let file = Attachment::new(&bytes);
        let start = Append::new(&log[..1], &[file], true).unwrap();
        start.write(&connection).unwrap();
        let draft = params![id.as_str(), "ana", 1, [0_u8; 1]];
        connection.execute(sql::BEGIN_DRAFT, draft).unwrap();
        let purge = Purge::new(&log[1..], &[file.digest], true).unwrap();
        (connection, purge)
    }

    /// Lets so many steps of the database pass, and then fails one.
    fn fail_after(connection: &mut Connection, steps: u64) {
        let done = AtomicU64::new(0);
        let fails = move || done.fetch_add(1, Ordering::Relaxed) == steps;
        connection.progress_handler(1, Some(fails)).unwrap();
    }

    fn heal(connection: &mut Connection) {
        let nothing = None::<fn() -> bool>;
        connection.progress_handler(0, nothing).unwrap();
    }

    /// How many events, files, drafts, tombstones and sweeps there are.
    fn counts(connection: &Connection) -> [i64; 5] {
        ["events", "attachments", "drafts", "tombstones", "sweeps"].map(|table| {
            let sql = format!("SELECT count(*) FROM {table}");
            connection.query_row(&sql, [], |row| row.get(0)).unwrap()
        })
    }

    fn is_left(folder: &Path) -> bool {
        let files = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
        let mut bytes = files.map(|file| std::fs::read(file.path()).unwrap());
        bytes.any(|bytes| bytes.windows(MARK.len()).any(|window| window == MARK))
    }

    #[test]
    fn a_purge_that_fails_at_any_step_is_not_done_at_all_and_can_be_done_again() {
        let folder = tempfile::tempdir().unwrap();
        let (mut connection, purge) = database(&folder.path().join("a.db"));
        let (mut failures, mut steps) = (0, 0_u64);
        loop {
            fail_after(&mut connection, steps);
            let done = purge.write(&mut connection);
            heal(&mut connection);
            if done.is_ok() {
                break;
            }
            failures += 1;
            assert_eq!(counts(&connection), [1, 1, 1, 0, 0], "after {steps} steps");
            // Every step at first, then ever fewer of them.
            steps += 1 + steps / 50;
        }
        assert!(failures > 50, "only {failures} steps");
        assert_eq!(counts(&connection), [2, 0, 0, 1, 1]);
    }

    #[test]
    fn a_sweep_that_fails_at_any_step_stays_due_and_the_next_one_does_it() {
        let mut failures = 0;
        let mut steps = 0_u64;
        loop {
            let round = steps;
            // Every step at first, then ever fewer of them.
            steps += 1 + steps / 5;
            let folder = tempfile::tempdir().unwrap();
            let (mut connection, purge) = database(&folder.path().join("a.db"));
            purge.write(&mut connection).unwrap();
            fail_after(&mut connection, round);
            let swept = sweep(&connection, &folder.path().join("old"));
            heal(&mut connection);
            assert_eq!(is_due(&connection).unwrap(), swept.is_err(), "{round}");
            if swept.is_err() {
                failures += 1;
                sweep(&connection, &folder.path().join("old")).unwrap();
            }
            assert_eq!(counts(&connection), [2, 0, 0, 1, 0], "{round}");
            assert!(!is_left(folder.path()), "{round}");
            if swept.is_ok() {
                break;
            }
        }
        assert!(failures > 20, "only {failures} failures");
    }

    #[test]
    fn a_copy_of_an_older_version_that_cannot_be_removed_leaves_the_sweep_due() {
        let folder = tempfile::tempdir().unwrap();
        let (mut connection, purge) = database(&folder.path().join("a.db"));
        purge.write(&mut connection).unwrap();
        // Nobody removes a directory as a file.
        let old = folder.path().join("old");
        std::fs::create_dir(&old).unwrap();
        assert!(sweep(&connection, &old).is_err());
        assert!(is_due(&connection).unwrap());
        std::fs::remove_dir(&old).unwrap();
        sweep(&connection, &old).unwrap();
        assert!(!is_due(&connection).unwrap());
    }
}
