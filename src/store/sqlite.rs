//! The record in one `SQLite` file.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::record::{Digest, EvaluationId, Head, Sealed};

use super::{Attachment, Store, StoreError};

/// The record in one `SQLite` file.
#[derive(Debug)]
pub struct Sqlite {
    connection: Mutex<Connection>,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Database(Box::new(error)),
        }
    }
}

impl Sqlite {
    /// Opens the database of a data directory, making both if they are not there.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be opened.
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(data).map_err(|error| StoreError::Database(Box::new(error)))?;
        let connection = Connection::open(data.join("scorecard.db"))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version == 0 {
            connection.execute_batch(include_str!("migrations/0001-record.sql"))?;
            connection.pragma_update(None, "user_version", 1)?;
        }
        Ok(Self {
            connection: Mutex::new(connection),
        })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn append(
        &self,
        events: &[Sealed],
        attachments: &[Attachment<'_>],
        is_new: bool,
    ) -> Result<(), StoreError> {
        let Some(first) = events.first() else {
            return Ok(());
        };
        let mut connection = self.connection();
        let write = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let id = first.event().evaluation.as_str();
        let (seq, hash) = head(&write, id)?;
        if (seq.saturating_add(1), hash) != (first.event().seq, first.prev())
            || is_new != (seq == 0)
        {
            return Err(StoreError::Stale);
        }
        if is_new {
            write.execute("INSERT INTO evaluations (id) VALUES (?1)", params![id])?;
        }
        for attachment in attachments {
            write.execute(
                "INSERT OR IGNORE INTO attachments (digest, bytes) VALUES (?1, ?2)",
                params![attachment.digest.as_bytes(), attachment.bytes],
            )?;
        }
        for sealed in events {
            write.execute(
                "INSERT INTO events (evaluation, seq, payload, hash) VALUES (?1, ?2, ?3, ?4)",
                params![
                    id,
                    sealed.event().seq,
                    sealed.payload(),
                    sealed.hash().as_bytes()
                ],
            )?;
        }
        Ok(write.commit()?)
    }
}

fn head(write: &Transaction<'_>, id: &str) -> Result<(u64, Digest), StoreError> {
    let last = write
        .query_row(
            "SELECT seq, hash FROM events WHERE evaluation = ?1 ORDER BY seq DESC LIMIT 1",
            params![id],
            |row| Ok((row.get(0)?, Digest::from_bytes(row.get(1)?))),
        )
        .optional()?;
    Ok(last.unwrap_or((0, Digest::ZERO)))
}

impl Store for Sqlite {
    fn start_evaluation(
        &self,
        events: &[Sealed],
        attachments: &[Attachment<'_>],
    ) -> Result<(), StoreError> {
        self.append(events, attachments, true)
    }

    fn record(&self, events: &[Sealed], attachments: &[Attachment<'_>]) -> Result<(), StoreError> {
        self.append(events, attachments, false)
    }

    fn evaluations(&self) -> Result<Vec<EvaluationId>, StoreError> {
        let connection = self.connection();
        let mut select = connection.prepare("SELECT id FROM evaluations ORDER BY number")?;
        let ids = select.query_map([], |row| row.get::<_, String>(0))?;
        let mut found = Vec::new();
        for id in ids {
            found.extend(id?.parse::<EvaluationId>());
        }
        Ok(found)
    }

    fn log(&self, evaluation: &EvaluationId) -> Result<Option<Vec<Sealed>>, StoreError> {
        let connection = self.connection();
        let mut select = connection.prepare_cached(
            "SELECT payload, hash FROM events WHERE evaluation = ?1 ORDER BY seq",
        )?;
        let rows = select.query_map(params![evaluation.as_str()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 32]>(1)?))
        })?;
        let mut log: Vec<Sealed> = Vec::new();
        for row in rows {
            let (payload, hash) = row?;
            let after = log.last().map_or(Head::NONE, Sealed::head);
            let sealed = Sealed::read(&after, evaluation, payload, Digest::from_bytes(hash));
            log.push(sealed.map_err(|why| StoreError::Broken {
                evaluation: evaluation.clone(),
                why,
            })?);
        }
        Ok((!log.is_empty()).then_some(log))
    }

    fn attachment(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let connection = self.connection();
        let bytes: Option<Vec<u8>> = connection
            .query_row(
                "SELECT bytes FROM attachments WHERE digest = ?1",
                params![digest.as_bytes()],
                |row| row.get(0),
            )
            .optional()?;
        match bytes {
            Some(bytes) if Digest::of(&bytes) != *digest => Err(StoreError::Damaged(*digest)),
            found => Ok(found),
        }
    }

    fn ready(&self) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let write = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(write.rollback()?)
    }
}
