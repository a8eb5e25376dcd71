//! The record in one `SQLite` file.

mod append;
mod backup;
mod connect;
mod copy;
mod drafts;
mod folder;
mod house;
mod look;
mod purge;
mod reading;
mod schema;
mod space;
mod sql;
mod writer;

use std::path::Path;
use std::sync::Arc;

use crate::record::{Digest, EvaluationId, HouseSealed, Sealed};

use super::{
    Archive, Attachment, Drafts, KeptDraft, KeyChange, Keys, OpenError, Store, StoreError,
};
pub use backup::{Backup, Restore};
pub use folder::open_to_others;
pub use look::{Holder, Look, closed_to_us, holder, library_version};
pub use space::free_space;

use append::Append;
use copy::Copy;
use drafts::DraftRow;
use folder::Folder;
use house::HouseAppend;
use purge::Purge;
use reading::Readers;
use writer::Writer;

/// The record in one `SQLite` file, in a data directory that one process at a time has open.
///
/// One thread writes, and what waits for it goes to disk in one commit; readers wait for nobody.
#[derive(Debug)]
pub struct Sqlite {
    // In this order they are let go: readers, then the writer with a last checkpoint, then the lock.
    readers: Readers,
    writer: Writer,
    folder: Arc<Folder>,
    floor: u64,
}

impl Sqlite {
    /// Opens the database of a data directory, making both if they are not there.
    ///
    /// # Errors
    /// [`OpenError`] if the directory is in use, or anything in it is not as it should be.
    pub fn open(data: &Path) -> Result<Self, OpenError> {
        connect::prove_library()?;
        let folder = Folder::take(data)?;
        folder.prepare_database()?;
        let database = folder.database();
        schema::prove_header(&database)?;
        let mut connection =
            connect::writer(&database).map_err(|error| OpenError::of(&database, error))?;
        schema::prove_origin(&connection, &database)?;
        connect::make_durable(&connection, &database)?;
        if schema::is_older(&connection, &database)? {
            Copy::keep_old(&database, &folder)?;
        }
        schema::bring_up(&mut connection, &database)?;
        let due = purge::is_due(&connection).map_err(|error| OpenError::of(&database, error))?;
        if due && let Err(why) = purge::sweep(&connection, &folder.old()) {
            tracing::error!(%why, "what was purged may still lie in unused parts of the database");
        }
        let folder = Arc::new(folder);
        let writer = Writer::start(connection, Arc::clone(&folder));
        let writer = writer.map_err(|error| OpenError::Unusable {
            path: database.clone(),
            source: error,
        })?;
        Ok(Self {
            readers: Readers::new(database),
            writer,
            folder,
            floor: 0,
        })
    }

    /// With fewer bytes of its disk free it is not ready any more, while what still fits is recorded.
    #[must_use]
    pub fn with_floor(self, floor: u64) -> Self {
        Self { floor, ..self }
    }

    /// Lets the database grow to so many pages of 4096 bytes and no further: beyond that the disk counts as full.
    ///
    /// # Errors
    /// [`StoreError::Closed`] if the store is closing.
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        self.writer.limit_pages(pages)
    }

    fn append(
        &self,
        events: &[Sealed],
        attachments: &[Attachment<'_>],
        starts: bool,
    ) -> Result<(), StoreError> {
        match Append::new(events, attachments, starts) {
            Some(append) => self.writer.append(append),
            None => Ok(()),
        }
    }
}

impl Archive for Sqlite {
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
        self.readers.read(house::log)
    }
}

impl Drafts for Sqlite {
    fn draft(
        &self,
        evaluation: &EvaluationId,
        evaluator: &str,
    ) -> Result<Option<KeptDraft>, StoreError> {
        self.readers
            .read(|connection| drafts::draft(connection, evaluation, evaluator))
    }

    fn keep_draft(
        &self,
        evaluation: &EvaluationId,
        evaluator: &str,
        draft: KeptDraft,
    ) -> Result<(), StoreError> {
        let row = DraftRow::new(evaluation, evaluator, draft);
        self.writer.keep_draft(row)
    }
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

    fn purge(&self, events: &[Sealed], gone: &[Digest], drafts: bool) -> Result<(), StoreError> {
        match Purge::new(events, gone, drafts) {
            Some(purge) => self.writer.purge(purge),
            None => Ok(()),
        }
    }

    fn record_house(&self, events: &[HouseSealed], keys: &[KeyChange]) -> Result<(), StoreError> {
        self.writer.append_house(HouseAppend::new(events, keys))
    }

    fn keys(&self) -> Result<Keys, StoreError> {
        self.readers.read(house::keys)
    }

    fn ready(&self) -> Result<(), StoreError> {
        self.readers.read(|connection| {
            connection.query_row("SELECT 1", [], |_| Ok(()))?;
            Ok(())
        })?;
        self.writer.probe()?;
        let left = space::free_space(self.folder.path());
        let left = left.map_err(|why| StoreError::Disk(Arc::new(why)))?;
        if left < self.floor {
            let floor = self.floor;
            return Err(StoreError::NearlyFull { left, floor });
        }
        Ok(())
    }
}
