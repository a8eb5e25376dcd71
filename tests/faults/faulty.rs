//! A store that fails when it is told to, before or after it has done what it was asked.

use std::sync::{Arc, Mutex};

use scorecard::record::{Digest, EvaluationId, HouseSealed, Sealed};
use scorecard::store::{
    Archive, Attachment, Drafts, KeptDraft, KeyChange, Keys, Sqlite, Store, StoreError,
};

/// At which call the store fails, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Never.
    Never,
    /// At the n-th call from now on, with nothing done.
    Before(usize),
    /// At the n-th call from now on, with all of it done: whoever asked is not told so.
    After(usize),
}

#[derive(Debug)]
pub struct Faulty {
    pub inner: Arc<Sqlite>,
    when: Mutex<When>,
}

impl Faulty {
    pub fn over(inner: Arc<Sqlite>) -> Self {
        Self {
            inner,
            when: Mutex::new(When::Never),
        }
    }

    /// Fails from now on as told.
    pub fn fail(&self, when: When) {
        *self.when.lock().unwrap() = when;
    }

    /// Whether the failure that was asked for has happened, or none was asked for.
    pub fn has_failed(&self) -> bool {
        *self.when.lock().unwrap() == When::Never
    }

    fn call<T>(
        &self,
        done: impl FnOnce(&Sqlite) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut when = self.when.lock().unwrap();
        let now = *when;
        *when = match now {
            When::Never | When::Before(1) | When::After(1) => When::Never,
            When::Before(left) => When::Before(left.saturating_sub(1)),
            When::After(left) => When::After(left.saturating_sub(1)),
        };
        drop(when);
        let broken = || {
            let cause = std::io::Error::other("the cable was pulled");
            Err(StoreError::Disk(Arc::new(cause)))
        };
        match now {
            When::Before(1) => broken(),
            When::After(1) => {
                done(&self.inner)?;
                broken()
            }
            When::Never | When::Before(_) | When::After(_) => done(&self.inner),
        }
    }
}

impl Archive for Faulty {
    fn evaluations(&self) -> Result<Vec<EvaluationId>, StoreError> {
        self.call(Archive::evaluations)
    }

    fn log(&self, evaluation: &EvaluationId) -> Result<Option<Vec<Sealed>>, StoreError> {
        self.call(|store| store.log(evaluation))
    }

    fn attachment(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.call(|store| store.attachment(digest))
    }

    fn house(&self) -> Result<Vec<HouseSealed>, StoreError> {
        self.call(Archive::house)
    }
}

impl Drafts for Faulty {
    fn draft(
        &self,
        evaluation: &EvaluationId,
        evaluator: &str,
    ) -> Result<Option<KeptDraft>, StoreError> {
        self.call(|store| store.draft(evaluation, evaluator))
    }

    fn keep_draft(
        &self,
        evaluation: &EvaluationId,
        evaluator: &str,
        draft: KeptDraft,
    ) -> Result<(), StoreError> {
        self.call(|store| store.keep_draft(evaluation, evaluator, draft))
    }
}

impl Store for Faulty {
    fn start_evaluation(
        &self,
        events: &[Sealed],
        attachments: &[Attachment<'_>],
    ) -> Result<(), StoreError> {
        self.call(|store| store.start_evaluation(events, attachments))
    }

    fn record(&self, events: &[Sealed], attachments: &[Attachment<'_>]) -> Result<(), StoreError> {
        self.call(|store| store.record(events, attachments))
    }

    fn purge(&self, events: &[Sealed], gone: &[Digest], drafts: bool) -> Result<(), StoreError> {
        self.call(|store| store.purge(events, gone, drafts))
    }

    fn record_house(&self, events: &[HouseSealed], keys: &[KeyChange]) -> Result<(), StoreError> {
        self.call(|store| store.record_house(events, keys))
    }

    fn keys(&self) -> Result<Keys, StoreError> {
        self.call(Store::keys)
    }

    fn ready(&self) -> Result<(), StoreError> {
        self.call(Store::ready)
    }
}
