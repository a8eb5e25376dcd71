//! Connections with the settings that a record needs, each of them read back.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::store::{OpenError, StoreError};

/// How long one connection waits for another, as for a backup that is being made.
const PATIENCE: Duration = Duration::from_secs(5);
/// As many pages are written to the log before they are moved into the database file.
const CHECKPOINT_PAGES: u32 = 4000;
/// What the log is cut back to after it had to grow beyond.
const LOG_BYTES: u32 = 64 << 20;
/// Sheets are longer than the usual page; larger pages make more of each write for small events.
const PAGE_BYTES: u32 = 4096;
const NEEDED: (i32, &str) = (3_051_003, "3.51.3");
const FULL: i64 = 2;

/// Refuses to work on an `SQLite` that can damage a database several connections write to.
pub(super) fn prove_library() -> Result<(), OpenError> {
    let (number, needed) = NEEDED;
    if rusqlite::version_number() >= number {
        return Ok(());
    }
    Err(OpenError::OldLibrary {
        found: rusqlite::version(),
        needed,
    })
}

/// Begins to write. A beginning that was broken off after it had taken effect leaves a transaction open, with nothing in it.
pub(super) fn begin(connection: &mut Connection) -> Result<Transaction<'_>, rusqlite::Error> {
    if !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    connection.transaction_with_behavior(TransactionBehavior::Immediate)
}

/// The one connection that writes, before its tables are looked at.
pub(super) fn writer(database: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    guard(&connection)?;
    Ok(connection)
}

/// Sets the writing connection so that what it has committed stays, and proves it.
pub(super) fn make_durable(connection: &Connection, database: &Path) -> Result<(), OpenError> {
    let store = |error: rusqlite::Error| OpenError::of(database, error);
    let lacks = |what| OpenError::Unsafe {
        path: database.to_owned(),
        what,
    };
    connection
        .pragma_update(None, "page_size", PAGE_BYTES)
        .map_err(store)?;
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(store)?;
    if mode != "wal" {
        return Err(lacks("write-ahead logging"));
    }
    connection
        .pragma_update(None, "synchronous", "FULL")
        .map_err(store)?;
    let synchronous: i64 = connection
        .pragma_query_value(None, "synchronous", |row| row.get(0))
        .map_err(store)?;
    if synchronous != FULL {
        return Err(lacks("syncing"));
    }
    connection
        .pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)
        .and_then(|()| connection.pragma_update(None, "journal_size_limit", LOG_BYTES))
        .map_err(store)
}

/// A connection that can only read.
pub(super) fn reader(database: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    guard(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// What a file says is data: it is never run, and never trusted to be whole.
fn guard(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Else every statement is planned anew for each value it is given.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(())
}
