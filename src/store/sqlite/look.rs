//! A database that is only looked at, while the service may have it open.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use rusqlite::Connection;
use rustix::fs::{Access, access};

use crate::record::{Digest, EvaluationId, HouseSealed, Sealed};
use crate::store::{Archive, CopyError, OpenError, StoreError};

use super::reading::Readers;
use super::{connect, folder, house, purge, reading, schema, sql};

/// Who has a data directory open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Nobody.
    Nobody,
    /// A process, whose id is known if it has said so.
    Process(Option<u32>),
}

/// Who has a data directory open at this moment.
///
/// # Errors
/// [`io::Error`] if its lock file is there and cannot be read.
pub fn holder(data: &Path) -> io::Result<Holder> {
    let mut lock = match File::open(folder::lock_in(data)) {
        Ok(lock) => lock,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Holder::Nobody),
        Err(error) => return Err(error),
    };
    if lock.try_lock_shared().is_ok() {
        lock.unlock()?;
        return Ok(Holder::Nobody);
    }
    let mut text = String::new();
    lock.read_to_string(&mut text)?;
    Ok(Holder::Process(text.trim().parse().ok()))
}

/// What of a data directory this user may not read and write, or enter.
#[must_use]
pub fn closed_to_us(data: &Path) -> Vec<std::path::PathBuf> {
    let files = Access::READ_OK | Access::WRITE_OK;
    let may = |path: &Path, rights| access(path, rights).is_ok();
    let mut closed = Vec::new();
    if !may(data, files | Access::EXEC_OK) {
        closed.push(data.to_owned());
    }
    let inside = folder::beside(&folder::database_in(data));
    let inside = inside.into_iter().chain([folder::lock_in(data)]);
    closed.extend(inside.filter(|path| path.exists() && !may(path, files)));
    closed
}

/// The version of the `SQLite` in this program, if it is one that keeps what it is given.
///
/// # Errors
/// [`OpenError::OldLibrary`] if it can damage a database.
pub fn library_version() -> Result<&'static str, OpenError> {
    connect::prove_library()?;
    Ok(rusqlite::version())
}

/// A database that is only looked at; nothing about it is changed.
#[derive(Debug)]
pub struct Look {
    readers: Readers,
    found: u32,
    is_as_made: bool,
}

impl Look {
    /// Looks at the database of a data directory.
    ///
    /// # Errors
    /// [`CopyError::NoDatabase`] if there is none, [`OpenError`] if it is foreign, newer or damaged.
    pub fn at(data: &Path) -> Result<Self, CopyError> {
        let database = folder::database_in(data);
        if !database.exists() {
            return Err(CopyError::NoDatabase(data.to_owned()));
        }
        schema::prove_header(&database)?;
        let failed = |source: StoreError| OpenError::of(&database, source);
        let connection = connect::reader(&database).map_err(failed)?;
        let found = schema::prove_origin(&connection, &database)?;
        let is_as_made = schema::is_as_made(&connection, found).map_err(failed)?;
        Ok(Self {
            readers: Readers::new(database),
            found,
            is_as_made,
        })
    }

    /// The version of its tables, and the newest one that this program knows.
    #[must_use]
    pub fn versions(&self) -> (u32, u32) {
        (self.found, schema::newest())
    }

    /// Whether its tables, and the triggers that guard them, are those of its version.
    #[must_use]
    pub fn is_as_made(&self) -> bool {
        self.is_as_made
    }

    /// What the database itself finds wrong with its pages; nothing if it is whole.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub fn quick_check(&self) -> Result<Vec<String>, StoreError> {
        self.readers.read(|connection| {
            let mut check = connection.prepare("PRAGMA quick_check(20)")?;
            let told = check.query_map([], |row| row.get(0))?;
            let mut told = told.collect::<Result<Vec<String>, _>>()?;
            told.retain(|line| line != "ok");
            Ok(told)
        })
    }

    /// Whether what was purged may still lie in parts of the database that nothing uses.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub fn owes_sweep(&self) -> Result<bool, StoreError> {
        // Older tables know of no purge.
        if self.found != schema::newest() {
            return Ok(false);
        }
        self.readers.read(purge::is_due)
    }

    /// Proves every file, whether an event names it or not, and counts them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if one is not what was written.
    pub fn prove_attachments(&self) -> Result<usize, StoreError> {
        self.readers.read(prove_attachments)
    }
}

/// Proves every file of a database, and counts them.
pub(super) fn prove_attachments(connection: &Connection) -> Result<usize, StoreError> {
    let mut select = connection.prepare(sql::ATTACHMENTS)?;
    let mut rows = select.query([])?;
    let mut count = 0_usize;
    while let Some(row) = rows.next()? {
        let digest = Digest::from_bytes(row.get(0)?);
        if Digest::of(row.get_ref(1)?.as_blob().unwrap_or_default()) != digest {
            return Err(StoreError::Damaged(digest));
        }
        count = count.saturating_add(1);
    }
    Ok(count)
}

impl Archive for Look {
    fn evaluations(&self) -> Result<Vec<EvaluationId>, StoreError> {
        self.readers.read(reading::evaluations)
    }

    fn log(&self, evaluation: &EvaluationId) -> Result<Option<Vec<Sealed>>, StoreError> {
        self.readers
            .read(|connection| reading::log(connection, evaluation))
    }

    fn attachment(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.readers
            .read(|connection| reading::attachment(connection, digest))
    }

    fn house(&self) -> Result<Vec<HouseSealed>, StoreError> {
        self.readers.read(|connection| {
            // Older tables have no house.
            if connection.table_exists(None, "house_events")? {
                house::log(connection)
            } else {
                Ok(Vec::new())
            }
        })
    }
}
