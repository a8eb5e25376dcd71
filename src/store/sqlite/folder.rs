//! The data directory: made private, and held by one process at a time.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Seek as _, Write as _};
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};

use crate::store::OpenError;

const DATABASE: &str = "scorecard.db";
const DRAFT: &str = "scorecard.db.restoring";
const OLD: &str = "scorecard.db.before-upgrade";
const LOCK: &str = "scorecard.lock";
const PROBE: &str = "scorecard.probe";
/// As many bytes as a small sheet.
const PROBE_BYTES: usize = 64 * 1024;

/// A data directory, held until it is dropped.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    lock: File,
    is_made: bool,
}

impl Folder {
    /// Takes a data directory, making it if it is not there.
    pub(super) fn take(path: &Path) -> Result<Self, OpenError> {
        let is_made = make(path)?;
        let lock = hold(path)?;
        Ok(Self {
            path: path.to_owned(),
            lock,
            is_made,
        })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The path of the database.
    pub(super) fn database(&self) -> PathBuf {
        database_in(&self.path)
    }

    /// The path of a database that is not one yet.
    pub(super) fn draft(&self) -> PathBuf {
        self.path.join(DRAFT)
    }

    /// The path of the copy that is kept of a database before its tables are brought up.
    pub(super) fn old(&self) -> PathBuf {
        self.path.join(OLD)
    }

    /// Makes an empty database file that only this user can read, and makes sure that it stays. Checks the rights on one
    /// that is there.
    pub(super) fn prepare_database(&self) -> Result<(), OpenError> {
        let database = self.database();
        let new = private().create_new(true).open(&database);
        match new {
            Ok(_) => sync(&self.path).map_err(|error| refused(&self.path, "synced", error)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => beside(&database)
                .iter()
                .filter(|path| path.exists())
                .try_for_each(|path| {
                    let opened = private().open(path);
                    opened
                        .map(drop)
                        .map_err(|error| refused(path, "read and written", error))
                }),
            Err(error) => Err(refused(&database, "made", error)),
        }
    }

    /// Whether nothing more can be written here, found out by trying.
    pub(super) fn is_full(&self) -> bool {
        let path = self.path.join(PROBE);
        let probe = |path: &Path| -> io::Result<()> {
            let mut file = private().create(true).open(path)?;
            file.write_all(&vec![b' '; PROBE_BYTES])?;
            file.sync_data()
        };
        let tried = probe(&path);
        // What cannot be removed will be written over by the next probe.
        let _ = std::fs::remove_file(&path);
        tried.is_err_and(|error| {
            matches!(
                error.kind(),
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
            )
        })
    }

    /// Makes sure that files made or renamed here stay.
    pub(super) fn sync(&self) -> io::Result<()> {
        sync(&self.path)
    }

    /// Gives the directory back as it was found, without the lock file, and without itself if it was made here.
    pub(super) fn give_back(self) {
        // What cannot be removed does no harm.
        let _ = std::fs::remove_file(lock_in(&self.path));
        if self.is_made {
            let _ = std::fs::remove_dir(&self.path);
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The lock is of the open file, which a process that is just being started may have inherited: let it go by name.
        let _ = self.lock.set_len(0);
        let _ = self.lock.unlock();
    }
}

/// The path of the database in a data directory.
pub(super) fn database_in(data: &Path) -> PathBuf {
    data.join(DATABASE)
}

/// The path of the lock file in a data directory.
pub(super) fn lock_in(data: &Path) -> PathBuf {
    data.join(LOCK)
}

/// A database file and those that `SQLite` may lay beside it.
pub(super) fn beside(database: &Path) -> Vec<PathBuf> {
    let with = |suffix: &str| {
        let mut name = database.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    vec![
        database.to_owned(),
        with("-wal"),
        with("-shm"),
        with("-journal"),
    ]
}

/// To open a file for reading and writing that, if it is made, only this user can read.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    options
}

/// What of a data directory others on this machine can look into or change: the directory, and the database in it.
#[must_use]
pub fn open_to_others(data: &Path) -> Vec<PathBuf> {
    let is_open = |path: &Path| {
        let mode = std::fs::metadata(path).map(|found| found.permissions().mode());
        mode.is_ok_and(|mode| mode & 0o077 != 0)
    };
    if !is_open(data) {
        // Nobody else gets as far as the files in it.
        return Vec::new();
    }
    let database = database_in(data);
    let mut open = vec![data.to_owned()];
    open.extend(Some(database).filter(|path| is_open(path)));
    open
}

/// Makes sure that the names in a directory stay.
pub(super) fn sync(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

fn make(path: &Path) -> Result<bool, OpenError> {
    let unusable = |source| OpenError::Unusable {
        path: path.to_owned(),
        source,
    };
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => Ok(false),
        Ok(_) => Err(unusable(ErrorKind::NotADirectory.into())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
            made.map_err(|error| refused(path, "made", error))?;
            if let Some(parent) = path.canonicalize().map_err(unusable)?.parent() {
                // A directory above that may not be read can still hold this one.
                let _ = sync(parent);
            }
            Ok(true)
        }
        Err(error) => Err(refused(path, "entered", error)),
    }
}

fn hold(data: &Path) -> Result<File, OpenError> {
    let path = lock_in(data);
    loop {
        let opened = private().create(true).open(&path);
        let mut lock = opened.map_err(|error| refused(data, "written", error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                // A process that has only just taken the lock has not said who it is yet.
                let _ = lock.read_to_string(&mut text);
                return Err(OpenError::InUse {
                    path: data.to_owned(),
                    pid: text.trim().parse().ok(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(refused(&path, "locked", error)),
        }
        if is_at(&lock, &path) {
            let said = lock
                .set_len(0)
                .and_then(|()| lock.rewind())
                .and_then(|()| writeln!(lock, "{}", std::process::id()));
            // Without a word of who holds it the lock holds all the same.
            let _ = said;
            return Ok(lock);
        }
        // Whoever held the lock removed the file: take the one that is there now.
    }
}

fn is_at(file: &File, path: &Path) -> bool {
    let here = std::fs::metadata(path).map(|found| (found.dev(), found.ino()));
    let held = file.metadata().map(|found| (found.dev(), found.ino()));
    matches!((here, held), (Ok(here), Ok(held)) if here == held)
}

fn refused(path: &Path, denied: &'static str, error: io::Error) -> OpenError {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::PermissionDenied => OpenError::Denied { path, denied },
        ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnlyDisk(path),
        _ => OpenError::Unusable {
            path,
            source: error,
        },
    }
}
