//! Why the store cannot do something, and what to do about it.

use std::error::Error as StdError;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::ErrorCode;
use thiserror::Error;

use crate::record::{BrokenChain, Digest, EvaluationId};

/// Why the store cannot do something. Nothing has been recorded then.
#[derive(Debug, Clone, Error)]
pub enum StoreError {
    /// Something else was recorded in between.
    #[error("the evaluation has changed in the meantime")]
    Stale,
    /// The disk is full.
    #[error("the disk is full; free some space, then try again")]
    Full,
    /// The disk is not full yet, but has less room than is to be kept.
    #[error(
        "only {} MiB of the disk are free, less than the {} MiB of --min-free; make room before it is full",
        .left >> 20, .floor >> 20
    )]
    NearlyFull {
        /// As many bytes are free.
        left: u64,
        /// As many should be.
        floor: u64,
    },
    /// Somebody else keeps the database from being written for too long.
    #[error("the database is busy; try again in a moment")]
    Busy,
    /// What is stored is not what was written.
    #[error("the stored record of evaluation {evaluation} is damaged: {why}")]
    Broken {
        /// The evaluation.
        evaluation: EvaluationId,
        /// What is wrong with its log.
        why: BrokenChain,
    },
    /// What is stored of the house is not what was written.
    #[error("the stored log of the house is damaged: {0}")]
    BrokenHouse(#[source] BrokenChain),
    /// The stored bytes do not have the digest they are stored under.
    #[error("the stored file {0} is damaged")]
    Damaged(Digest),
    /// The database file is not what was written.
    #[error("the database file is damaged: {0}")]
    Corrupt(#[source] Cause),
    /// The disk does not do what it is told.
    #[error("the disk cannot be read or written: {0}")]
    Disk(#[source] Cause),
    /// The store is closing or gone.
    #[error("the store is closed")]
    Closed,
    /// The database reports an error.
    #[error("the database reports: {0}")]
    Database(#[source] Cause),
}

/// What the database or the system says. All who waited for one transaction share it.
pub type Cause = Arc<dyn StdError + Send + Sync>;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt(Arc::new(error))
            }
            Some(ErrorCode::SystemIoFailure) => Self::Disk(Arc::new(error)),
            _ => Self::Database(Arc::new(error)),
        }
    }
}

/// Why a data directory cannot be opened. Nothing in it has been changed then.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The path is no directory, or none can be made there.
    #[error("the data directory {} cannot be used: {source}", .path.display())]
    Unusable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The system does not allow what is needed.
    #[error(
        "{} cannot be {denied} by this user; give the user who runs scorecard the right to read, write and enter the data \
         directory and to read and write the files in it", .path.display()
    )]
    Denied {
        /// The path.
        path: PathBuf,
        /// What is not allowed, as a participle.
        denied: &'static str,
    },
    /// The disk is mounted for reading only.
    #[error("{} lies on a disk that can only be read; mount it for writing, or name another data directory", .0.display())]
    ReadOnlyDisk(PathBuf),
    /// Another process has the data directory open.
    #[error(
        "the data directory {} is in use by {}; stop that one first, or name another data directory",
        .path.display(),
        .pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"))
    )]
    InUse {
        /// The path.
        path: PathBuf,
        /// The id of that process, as it says itself.
        pid: Option<u32>,
    },
    /// The program was built with an `SQLite` that can damage databases.
    #[error(
        "this program was built with SQLite {found}, which can damage a database; at least {needed} is needed"
    )]
    OldLibrary {
        /// The version it was built with.
        found: &'static str,
        /// The oldest that will do.
        needed: &'static str,
    },
    /// The database was written by a newer version of the program.
    #[error(
        "{} was written by a newer version of scorecard (its tables are of version {found}, this program knows {known}); \
         use that version. Nothing was changed", .path.display()
    )]
    Newer {
        /// The path.
        path: PathBuf,
        /// The version of its tables.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// The file is no database of this program.
    #[error(
        "{} is no database of scorecard ({why}). Nothing was changed. If it is yours, move it away and restore a backup: \
         scorecard restore FILE --data DIR", .path.display()
    )]
    Foreign {
        /// The path.
        path: PathBuf,
        /// How that shows.
        why: &'static str,
    },
    /// The file is damaged.
    #[error(
        "{} is damaged: {source}. Move the data directory away and restore a backup: scorecard restore FILE --data DIR",
        .path.display()
    )]
    Damaged {
        /// The path.
        path: PathBuf,
        /// What the database says.
        source: StoreError,
    },
    /// The disk does not keep what a record needs.
    #[error(
        "{} lies on a disk on which {what} does not work, so what is acknowledged could be lost; use a local disk",
        .path.display()
    )]
    Unsafe {
        /// The path.
        path: PathBuf,
        /// What does not work.
        what: &'static str,
    },
    /// Before its tables are brought up the database is copied, and that failed.
    #[error(
        "the database is of an older version and would be brought up, but the copy that is kept of it in {} cannot be made: \
         {source}. Nothing was changed", .path.display()
    )]
    NotCopied {
        /// The path of the copy.
        path: PathBuf,
        /// Why not.
        source: Box<CopyError>,
    },
    /// The database cannot be opened for another reason.
    #[error("{} cannot be opened: {source}", .path.display())]
    Store {
        /// The path.
        path: PathBuf,
        /// The reason.
        source: StoreError,
    },
}

impl OpenError {
    /// What stands between a database and its opening.
    pub(super) fn of(database: &Path, source: impl Into<StoreError>) -> Self {
        let (path, source) = (database.to_owned(), source.into());
        match source {
            StoreError::Corrupt(_) => Self::Damaged { path, source },
            source => Self::Store { path, source },
        }
    }
}

/// Why a backup cannot be made or restored. No file is left behind then.
#[derive(Debug, Error)]
pub enum CopyError {
    /// There is nothing to back up.
    #[error("there is no database in {}; name the data directory with --data", .0.display())]
    NoDatabase(PathBuf),
    /// A backup never takes the place of a file.
    #[error("{} exists already and stays as it is; name another file", .0.display())]
    Exists(PathBuf),
    /// A restore never takes the place of a database.
    #[error("{} holds a database already, which stays as it is; name another directory", .0.display())]
    Taken(PathBuf),
    /// The backup was not finished, or is none.
    #[error("{} is no finished backup; name a file that `scorecard backup` has made", .0.display())]
    Unfinished(PathBuf),
    /// The copy is not whole.
    #[error("the database is damaged: {told}")]
    Damaged {
        /// What the database says.
        told: String,
    },
    /// A file cannot be read or written.
    #[error("{} cannot be used: {source}", .path.display())]
    File {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A directory or a file cannot be opened as a database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CopyError {
    pub(super) fn file(path: &Path, source: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            source,
        }
    }
}
