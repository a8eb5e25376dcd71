//! Appending to logs: several appends in one transaction, each of them whole or not at all.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::record::{Digest, EvaluationId, Sealed};
use crate::store::{Attachment, StoreError};

use super::connect::begin;
use super::sql;

/// What is to be appended to one log, with the bytes its events name.
pub(super) struct Append {
    evaluation: EvaluationId,
    /// The place and the hash that the log must end with.
    after: (u64, Digest),
    starts: bool,
    events: Vec<(u64, String, Digest)>,
    attachments: Vec<(Digest, Vec<u8>)>,
}

impl Append {
    /// The next events of a log, or its first ones; `None` if there are none.
    pub(super) fn new(
        events: &[Sealed],
        attachments: &[Attachment<'_>],
        starts: bool,
    ) -> Option<Self> {
        let first = events.first()?;
        let row = |sealed: &Sealed| {
            let payload = sealed.payload().to_owned();
            (sealed.event().seq, payload, sealed.hash())
        };
        Some(Self {
            evaluation: first.event().evaluation.clone(),
            after: (first.event().seq.saturating_sub(1), first.prev()),
            starts,
            events: events.iter().map(row).collect(),
            attachments: attachments
                .iter()
                .map(|attachment| (attachment.digest, attachment.bytes.to_vec()))
                .collect(),
        })
    }

    /// About as many bytes will be written.
    pub(super) fn bytes(&self) -> usize {
        let events = self.events.iter().map(|(_, payload, _)| payload.len());
        let files = self.attachments.iter().map(|(_, bytes)| bytes.len());
        events.chain(files).fold(0, usize::saturating_add)
    }

    pub(super) fn write(&self, write: &Connection) -> Result<(), StoreError> {
        let id = self.evaluation.as_str();
        let last = write
            .prepare_cached(sql::HEAD)?
            .query_row(params![id], |row| {
                Ok((row.get(0)?, Digest::from_bytes(row.get(1)?)))
            })
            .optional()?
            .unwrap_or((0, Digest::ZERO));
        if last != self.after || self.starts != (last.0 == 0) {
            return Err(StoreError::Stale);
        }
        if self.starts {
            write.prepare_cached(sql::START)?.execute(params![id])?;
        }
        let mut attach = write.prepare_cached(sql::ATTACH)?;
        for (digest, bytes) in &self.attachments {
            attach.execute(params![digest.as_bytes(), bytes])?;
        }
        let mut append = write.prepare_cached(sql::APPEND)?;
        for (seq, payload, hash) in &self.events {
            append.execute(params![id, seq, payload, hash.as_bytes()])?;
        }
        Ok(())
    }
}

/// Appends in one transaction, and returns after the commit what became of each. If it fails, nothing has been appended.
pub(super) fn together(
    connection: &mut Connection,
    appends: &[Append],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let mut write = begin(connection)?;
    let mut answers = Vec::with_capacity(appends.len());
    for append in appends {
        let savepoint = write.savepoint()?;
        let answer = append.write(&savepoint);
        let ended = if answer.is_ok() {
            savepoint.commit()
        } else {
            savepoint.finish()
        };
        // Some failures, a full disk among them, end the whole transaction, and with it the savepoint and the appends before.
        if write.is_autocommit() {
            return Err(answer.err().unwrap_or(StoreError::Closed));
        }
        ended?;
        answers.push(answer);
    }
    write.commit()?;
    Ok(answers)
}
