//! Purging: what a log says is purged goes from the file, and nothing else ever does.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior, params};

use crate::record::{Digest, EvaluationId, Event, Naming, Sealed};
use crate::store::StoreError;

use super::append::Append;
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
        let write = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
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
        // Most of them are not there.
        let _ = std::fs::remove_file(left);
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
