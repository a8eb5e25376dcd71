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

/// What somebody has typed and not filed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// Counts every time it was saved, from 1.
    pub revision: u64,
    /// What was typed.
    pub content: Vec<u8>,
}

/// The most bytes of a draft.
pub const MAX_DRAFT: usize = 4 * 1024 * 1024;

/// What evaluators type before they file it: it may change, and it is no part of any record.
pub trait Drafts: Send + Sync + std::fmt::Debug {
    /// The draft of an evaluator, by the key of their name; `None` if there never was one.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    fn draft(
        &self,
        evaluation: &EvaluationId,
        evaluator: &str,
    ) -> Result<Option<KeptDraft>, StoreError>;

    /// Saves a draft, durably, as the revision it bears: 1, or one more than the last.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if somebody else saved one meanwhile.
    fn keep_draft(
        &self,
        evaluation: &EvaluationId,
        evaluator: &str,
        draft: KeptDraft,
    ) -> Result<(), StoreError>;
}

/// An archive that goes on.
///
/// Each method is one transaction: it happens as a whole, durably, before it answers, or not at all. Events are never
/// changed and never removed, and of files only those that an event purges.
pub trait Store: Archive + Drafts {
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

    /// Records the next events of an evaluation, the last of which purges files, and removes those: their bytes are in no part of
    /// the database any more, unless another evaluation names them. With `drafts` what was typed and not filed goes too.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if the log does not end where the first of these events goes on.
    fn purge(&self, events: &[Sealed], gone: &[Digest], drafts: bool) -> Result<(), StoreError>;

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
