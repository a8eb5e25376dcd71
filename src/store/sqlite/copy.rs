//! A database as one file that can be carried away: how it is copied, proven and sealed.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::backup::{Backup as Online, StepResult};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::record::{Digest, EvaluationId, HouseSealed, Sealed};
use crate::store::{Archive, CopyError, Kept, Manifest, OpenError, StoreError};

use super::folder::Folder;
use super::{connect, folder, house, look, reading, schema, sql};

/// How often a copy is tried while somebody keeps the database locked, and how long is waited in between.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// A file that is removed again unless it is kept.
#[derive(Debug)]
struct Draft {
    path: PathBuf,
    is_kept: bool,
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_kept {
            for path in folder::beside(&self.path) {
                // Most of them are not there.
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

/// A copy of a database, proven to be whole. Its file is removed unless it is kept.
#[derive(Debug)]
pub(super) struct Copy {
    connection: Mutex<Connection>,
    // After the connection, so that the file is closed before it is removed.
    draft: Draft,
}

impl Copy {
    /// Copies a database into a new file, as it stands at one moment, while others may write to it.
    pub(super) fn make(from: &Path, to: &Path) -> Result<Self, CopyError> {
        schema::prove_header(from)?;
        let source = connect::reader(from)?;
        let created = folder::private().create_new(true).open(to);
        created.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => CopyError::Exists(to.to_owned()),
            _ => CopyError::file(to, error),
        })?;
        let draft = Draft {
            path: to.to_owned(),
            is_kept: false,
        };
        let mut target = connect::writer(to)?;
        run(&source, &mut target)?;
        // One file, without a log beside it.
        target
            .pragma_update(None, "journal_mode", "DELETE")
            .and_then(|()| target.pragma_update(None, "synchronous", "FULL"))
            .map_err(StoreError::from)?;
        let told: String = target
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .map_err(StoreError::from)?;
        if told != "ok" {
            return Err(CopyError::Damaged { told });
        }
        Ok(Self {
            connection: Mutex::new(target),
            draft,
        })
    }

    /// Keeps a copy of a database beside it before its tables are brought up. One that was kept before, by a start that got no
    /// further, makes room.
    pub(super) fn keep_old(database: &Path, folder: &Folder) -> Result<(), OpenError> {
        let path = folder.old();
        for left in folder::beside(&path) {
            // Most of them are not there.
            let _ = std::fs::remove_file(left);
        }
        let kept = Self::make(database, &path).and_then(Self::keep);
        kept.map(drop).map_err(|error| match error {
            CopyError::Open(error) => error,
            CopyError::Store(error) => OpenError::of(database, error),
            error => OpenError::NotCopied {
                path,
                source: Box::new(error),
            },
        })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Proves every file that events name, and counts them.
    pub(super) fn prove_attachments(&self) -> Result<usize, StoreError> {
        look::prove_attachments(&self.connection())
    }

    /// Proves the tables; those of an older version are brought up.
    pub(super) fn bring_up(&self) -> Result<(), CopyError> {
        Ok(schema::bring_up(&mut self.connection(), &self.draft.path)?)
    }

    /// Writes down what the copy must add up to.
    pub(super) fn seal(&self, manifest: &Manifest) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let write = connection.transaction()?;
        write.execute_batch(sql::MAKE_MANIFEST)?;
        for kept in &manifest.evaluations {
            write.prepare_cached(sql::KEEP)?.execute(params![
                kept.evaluation.as_str(),
                kept.head,
                kept.result.as_bytes()
            ])?;
        }
        if let Some(house) = &manifest.house {
            write.execute(sql::SEAL_HOUSE, params![house])?;
        }
        write.execute_batch(sql::FORGET_VISITS)?;
        write.execute(sql::SEAL, params![manifest.program])?;
        Ok(write.commit()?)
    }

    /// What the copy must add up to; `None` if nobody has written it down, so that it is no finished backup.
    pub(super) fn manifest(&self) -> Result<Option<Manifest>, StoreError> {
        let connection = self.connection();
        if !connection.table_exists(None, "backup")? {
            return Ok(None);
        }
        let sealed = connection.query_row(sql::PROGRAM, [], |row| row.get(0));
        let Some(program) = sealed.optional()? else {
            return Ok(None);
        };
        let mut select = connection.prepare(sql::MANIFEST)?;
        let rows = select.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))
        })?;
        let mut evaluations = Vec::new();
        for row in rows {
            let (id, head, result) = row?;
            evaluations.push(Kept {
                evaluation: reading::id(&id)?,
                head,
                result: Digest::from_bytes(result),
            });
        }
        let house = if connection.table_exists(None, "backup_house")? {
            let sealed = connection.query_row(sql::SEALED_HOUSE, [], |row| row.get(0));
            sealed.optional()?
        } else {
            None
        };
        Ok(Some(Manifest {
            program,
            house,
            evaluations,
        }))
    }

    /// Takes out again what [`Copy::seal`] wrote.
    pub(super) fn unseal(&self) -> Result<(), StoreError> {
        Ok(self.connection().execute_batch(sql::DROP_MANIFEST)?)
    }

    /// Closes the copy, makes sure that it stays, and gives its path.
    pub(super) fn keep(self) -> Result<PathBuf, CopyError> {
        let Self {
            connection,
            mut draft,
        } = self;
        drop(connection);
        let path = draft.path.clone();
        let above = path
            .canonicalize()
            .map_err(|error| CopyError::file(&path, error))?;
        let synced = File::open(&path).and_then(|file| file.sync_all());
        synced
            .and_then(|()| above.parent().map_or(Ok(()), folder::sync))
            .map_err(|error| CopyError::file(&path, error))?;
        draft.is_kept = true;
        Ok(path)
    }
}

fn run(source: &Connection, target: &mut Connection) -> Result<(), StoreError> {
    let online = Online::new(source, target)?;
    for _ in 0..TRIES {
        // All pages in one step are read at one moment, and keep no writer waiting.
        match online.step(-1)? {
            StepResult::Done => return Ok(()),
            _ => std::thread::sleep(PAUSE),
        }
    }
    Err(StoreError::Busy)
}

impl Archive for Copy {
    fn evaluations(&self) -> Result<Vec<EvaluationId>, StoreError> {
        reading::evaluations(&self.connection())
    }

    fn log(&self, evaluation: &EvaluationId) -> Result<Option<Vec<Sealed>>, StoreError> {
        reading::log(&self.connection(), evaluation)
    }

    fn attachment(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        reading::attachment(&self.connection(), digest)
    }

    fn house(&self) -> Result<Vec<HouseSealed>, StoreError> {
        house::log(&self.connection())
    }
}
