//! Where the record is kept: one transaction per verb.

mod sqlite;

use thiserror::Error;

use crate::record::{BrokenChain, Digest, EvaluationId, Sealed};

pub use sqlite::Sqlite;

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

/// Why the store cannot do something.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Something else was recorded in between.
    #[error("the evaluation has changed in the meantime")]
    Stale,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// What is stored is not what was written.
    #[error("the stored record of evaluation {evaluation} is damaged: {why}")]
    Broken {
        /// The evaluation.
        evaluation: EvaluationId,
        /// What is wrong with its log.
        why: BrokenChain,
    },
    /// The stored bytes do not have the digest they are stored under.
    #[error("the stored file {0} is damaged")]
    Damaged(Digest),
    /// The store is closing or gone.
    #[error("the store is closed")]
    Closed,
    /// The database reports an error.
    #[error("the database reports: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Keeps evaluations as logs of sealed events, with the bytes that events name.
///
/// Each method is one transaction: it happens as a whole, durably, before it answers, or not at all. Events are never
/// changed and never removed.
pub trait Store: Send + Sync + std::fmt::Debug {
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

    /// Whether the store can be read and written.
    ///
    /// # Errors
    /// What is in the way.
    fn ready(&self) -> Result<(), StoreError>;
}
