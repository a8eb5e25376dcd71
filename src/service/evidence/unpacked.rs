//! A bundle as an archive: the one log in it, and every file by its digest.

use std::collections::HashMap;

use crate::record::{Digest, EvaluationId, HouseSealed, Sealed};
use crate::store::{Archive, StoreError};

/// The record of a bundle, with what it names. Digests are computed here, not believed.
#[derive(Debug)]
pub(super) struct Unpacked<'a> {
    evaluation: EvaluationId,
    log: Vec<Sealed>,
    files: HashMap<Digest, &'a [u8]>,
}

impl<'a> Unpacked<'a> {
    pub(super) fn new(
        evaluation: EvaluationId,
        log: Vec<Sealed>,
        files: impl Iterator<Item = &'a [u8]>,
    ) -> Self {
        Self {
            evaluation,
            log,
            files: files.map(|bytes| (Digest::of(bytes), bytes)).collect(),
        }
    }

    pub(super) fn events(&self) -> &[Sealed] {
        &self.log
    }
}

impl Archive for Unpacked<'_> {
    fn evaluations(&self) -> Result<Vec<EvaluationId>, StoreError> {
        Ok(vec![self.evaluation.clone()])
    }

    fn log(&self, evaluation: &EvaluationId) -> Result<Option<Vec<Sealed>>, StoreError> {
        Ok((*evaluation == self.evaluation).then(|| self.log.clone()))
    }

    fn attachment(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.files.get(digest).map(|bytes| bytes.to_vec()))
    }

    /// A bundle tells of one evaluation and not of the house.
    fn house(&self) -> Result<Vec<HouseSealed>, StoreError> {
        Ok(Vec::new())
    }
}
