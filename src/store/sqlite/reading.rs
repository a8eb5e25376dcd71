//! Reading, with everything that is read proven, on connections that can only read.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::record::{Digest, EvaluationId, Head, Sealed};
use crate::store::StoreError;

use super::{connect, sql};

/// As many connections are kept for the next readers.
const KEPT: usize = 4;

/// A few connections that can only read; they wait for nobody, and nobody for them.
#[derive(Debug)]
pub(super) struct Readers {
    database: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(database: PathBuf) -> Self {
        Self {
            database,
            idle: Mutex::default(),
        }
    }

    /// Reads on a connection that nobody else has.
    pub(super) fn read<T>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect::reader(&self.database)?,
        };
        let read = job(&connection);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(connection);
        }
        read
    }
}

/// Every evaluation, in the order they began.
pub(super) fn evaluations(connection: &Connection) -> Result<Vec<EvaluationId>, StoreError> {
    let mut select = connection.prepare_cached(sql::EVALUATIONS)?;
    let ids = select.query_map([], |row| row.get::<_, String>(0))?;
    ids.map(|text| id(&text?)).collect()
}

/// The id of an evaluation as it is stored.
pub(super) fn id(text: &str) -> Result<EvaluationId, StoreError> {
    let id = text.parse::<EvaluationId>();
    id.map_err(|not_an_id| StoreError::Corrupt(Arc::new(not_an_id)))
}

/// The log of an evaluation, its chain proven.
pub(super) fn log(
    connection: &Connection,
    evaluation: &EvaluationId,
) -> Result<Option<Vec<Sealed>>, StoreError> {
    let mut select = connection.prepare_cached(sql::LOG)?;
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

/// Bytes by their digest, proven.
pub(super) fn attachment(
    connection: &Connection,
    digest: &Digest,
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut select = connection.prepare_cached(sql::ATTACHMENT)?;
    let bytes: Option<Vec<u8>> = select
        .query_row(params![digest.as_bytes()], |row| row.get(0))
        .optional()?;
    match bytes {
        Some(bytes) if Digest::of(&bytes) != *digest => Err(StoreError::Damaged(*digest)),
        found => Ok(found),
    }
}
