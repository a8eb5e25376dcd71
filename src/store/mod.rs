//! Where the record is kept: one transaction per verb.

mod error;
mod keys;
mod manifest;
mod sqlite;

use crate::record::{Digest, EvaluationId, HouseSealed, Sealed};

pub use error::{Cause, CopyError, OpenError, StoreError};
pub use keys::{KeyChange, Keys, LinkKey, TokenKey};
pub use manifest::{Kept, Manifest};
pub use sqlite::{
    Backup, Holder, Look, Restore, Sqlite, closed_to_us, free_space, holder, library_version,
    open_to_others,
};

/// The bytes that events name by digest: criteria sets, original sheets, answers.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a> {
    /// The digest.
    pub digest: Digest,
    /// The bytes.
    pub bytes: &'a [u8],
}

impl<'a> Attachment<'a> {
    /// An attachment with the digest of its bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            digest: Digest::of(bytes),
            bytes,
        }
    }
}

/// Evaluations as logs of sealed events, with the bytes that events name, to be read. What is read is proven.
pub trait Archive: Send + Sync + std::fmt::Debug {
    /// Every evaluation, in the order they began.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    fn evaluations(&self) -> Result<Vec<EvaluationId>, StoreError>;

    /// The whole log of an evaluation, its chain proven; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError::Broken`] if the log is not what was written.
    fn log(&self, evaluation: &EvaluationId) -> Result<Option<Vec<Sealed>>, StoreError>;

    /// Bytes by their digest, proven; `None` if there are none.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the bytes have another digest.
    fn attachment(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// The whole log of the house, its chain proven.
    ///
    /// # Errors
    /// [`StoreError::BrokenHouse`] if the log is not what was written.
    fn house(&self) -> Result<Vec<HouseSealed>, StoreError>;
}

/// An archive that goes on.
///
/// Each method is one transaction: it happens as a whole, durably, before it answers, or not at all. Events are never
/// changed and never removed.
pub trait Store: Archive {
    /// Starts the log of an evaluation with its first events.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if there is a log of this id already.
    fn start_evaluation(
        &self,
        events: &[Sealed],
        attachments: &[Attachment<'_>],
    ) -> Result<(), StoreError>;

    /// Records the next events of an evaluation, with what they name.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if the log does not end where the first of these events goes on.
    fn record(&self, events: &[Sealed], attachments: &[Attachment<'_>]) -> Result<(), StoreError>;

    /// Records the next events of the house together with the keys that change; one of them may be nothing.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if the log does not end where the first of these events goes on.
    fn record_house(&self, events: &[HouseSealed], keys: &[KeyChange]) -> Result<(), StoreError>;

    /// Everything that lets people in.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    fn keys(&self) -> Result<Keys, StoreError>;

    /// Whether the store can be read and written.
    ///
    /// # Errors
    /// What is in the way.
    fn ready(&self) -> Result<(), StoreError>;
}
