//! Backups: one file made while the service runs, and a data directory made of such a file.

use std::path::Path;

use crate::store::{Archive, CopyError, Manifest, OpenError, StoreError};

use super::connect;
use super::copy::Copy;
use super::folder::{self, Folder};

/// A backup that is being made. Unless it is sealed, its file is removed again.
#[derive(Debug)]
pub struct Backup {
    copy: Copy,
}

impl Backup {
    /// Copies the database of a data directory into a new file. The service may run meanwhile.
    ///
    /// # Errors
    /// [`CopyError`] if there is no database, the file exists already, or the copy is damaged.
    pub fn of(data: &Path, file: &Path) -> Result<Self, CopyError> {
        connect::prove_library()?;
        let database = folder::database_in(data);
        if !database.exists() {
            return Err(CopyError::NoDatabase(data.to_owned()));
        }
        let copy = Copy::make(&database, file)?;
        copy.bring_up()?;
        Ok(Self { copy })
    }

    /// What the copy holds.
    #[must_use]
    pub fn archive(&self) -> &dyn Archive {
        &self.copy
    }

    /// Proves every file that events name, and counts them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if one is not what was written.
    pub fn prove_attachments(&self) -> Result<usize, StoreError> {
        self.copy.prove_attachments()
    }

    /// Writes down what the backup must add up to, and keeps its file.
    ///
    /// # Errors
    /// [`CopyError`] if the disk does not take it.
    pub fn seal(self, manifest: &Manifest) -> Result<(), CopyError> {
        self.copy.seal(manifest)?;
        self.copy.keep()?;
        Ok(())
    }
}

/// A backup that is being restored. Unless it is settled, the data directory is given back as it was found.
#[derive(Debug)]
pub struct Restore {
    copy: Option<Copy>,
    folder: Option<Folder>,
    manifest: Manifest,
}

impl Restore {
    /// Copies a backup into a data directory that holds no database, under another name for the time being.
    ///
    /// # Errors
    /// [`CopyError`] if the file is no finished backup, or the directory holds a database.
    pub fn of(file: &Path, data: &Path) -> Result<Self, CopyError> {
        connect::prove_library()?;
        let found = std::fs::metadata(file);
        found.map_err(|error| CopyError::file(file, error))?;
        let mut restore = Self {
            copy: None,
            folder: None,
            manifest: Manifest::default(),
        };
        let folder = restore.folder.insert(Folder::take(data)?);
        if folder::beside(&folder.database())
            .iter()
            .any(|path| path.exists())
        {
            return Err(CopyError::Taken(data.to_owned()));
        }
        let draft = folder.draft();
        for path in folder::beside(&draft) {
            // What a restore left that was killed.
            let _ = std::fs::remove_file(path);
        }
        let made = Copy::make(file, &draft).map_err(|error| match error {
            CopyError::Open(OpenError::Foreign { .. }) => CopyError::Unfinished(file.to_owned()),
            error => error,
        });
        let copy = restore.copy.insert(made?);
        let manifest = copy.manifest()?;
        restore.manifest = manifest.ok_or_else(|| CopyError::Unfinished(file.to_owned()))?;
        copy.unseal()?;
        copy.bring_up()?;
        Ok(restore)
    }

    /// What the copy holds.
    ///
    /// # Errors
    /// [`StoreError::Closed`] once it is settled.
    pub fn archive(&self) -> Result<&dyn Archive, StoreError> {
        Ok(self.copy.as_ref().ok_or(StoreError::Closed)?)
    }

    /// Proves every file that events name, and counts them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if one is not what was written.
    pub fn prove_attachments(&self) -> Result<usize, StoreError> {
        self.copy
            .as_ref()
            .map_or(Err(StoreError::Closed), Copy::prove_attachments)
    }

    /// What the copy must add up to.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Makes the copy the database of its data directory.
    ///
    /// # Errors
    /// [`CopyError`] if the disk does not take it; then nothing is left behind.
    pub fn settle(mut self) -> Result<(), CopyError> {
        let (Some(copy), Some(folder)) = (self.copy.take(), self.folder.as_ref()) else {
            return Err(StoreError::Closed.into());
        };
        let (draft, database) = (copy.keep()?, folder.database());
        let named = std::fs::rename(&draft, &database).and_then(|()| folder.sync());
        if let Err(error) = named {
            let _ = std::fs::remove_file(&draft);
            let _ = std::fs::remove_file(&database);
            return Err(CopyError::file(&database, error));
        }
        // The directory is let go, but not given back.
        self.folder = None;
        Ok(())
    }
}

impl Drop for Restore {
    fn drop(&mut self) {
        self.copy = None;
        if let Some(folder) = self.folder.take() {
            folder.give_back();
        }
    }
}
