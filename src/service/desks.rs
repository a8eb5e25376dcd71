//! The evaluations that are open: one desk each, and no more desks than are used.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::record::{Dossier, EvaluationId};

use super::Error;
use super::opened::Opened;

/// As many evaluations stay open that nobody is at.
const MOST: usize = 64;

/// The desk on which one evaluation lies: everybody reads the current state, one at a time changes it.
#[derive(Debug, Default)]
pub(super) struct Desk {
    writing: Mutex<()>,
    /// Nothing until the first who needs it has read it.
    current: Mutex<Option<Arc<Opened>>>,
}

impl Desk {
    fn with(dossier: Dossier) -> Self {
        Self {
            writing: Mutex::default(),
            current: Mutex::new(Some(Arc::new(Opened::new(dossier)))),
        }
    }

    /// Waits until nobody else changes the evaluation.
    pub(super) fn write(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The evaluation as it stands. Who comes while another reads it from the store waits for that.
    pub(super) fn current(
        &self,
        read: impl FnOnce() -> Result<Dossier, Error>,
    ) -> Result<Arc<Opened>, Error> {
        let mut current = self.lock();
        if let Some(opened) = current.as_ref() {
            return Ok(Arc::clone(opened));
        }
        let opened = Arc::new(Opened::new(read()?));
        *current = Some(Arc::clone(&opened));
        Ok(opened)
    }

    pub(super) fn replace(&self, after: &Arc<Opened>) {
        *self.lock() = Some(Arc::clone(after));
    }

    /// Lets the store say again how the evaluation stands.
    pub(super) fn forget(&self) {
        *self.lock() = None;
    }

    /// The evaluation if it lies here already; never waits for somebody who reads it from the store.
    fn at_hand(&self) -> Option<Arc<Opened>> {
        self.current.try_lock().ok()?.clone()
    }

    fn is_blank(&self) -> bool {
        self.lock().is_none()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<Opened>>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The evaluations that are open.
#[derive(Debug, Default)]
pub(super) struct Desks {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    desks: HashMap<EvaluationId, (Arc<Desk>, u64)>,
    /// Counts how often a desk was asked for; each remembers when it was last.
    time: u64,
}

impl Desks {
    /// The desk of an evaluation: the same for all who ask as long as one of them is at it.
    pub(super) fn desk(&self, id: &EvaluationId) -> Arc<Desk> {
        self.held().seat(id, Desk::default)
    }

    /// The evaluation if it lies on its desk already.
    pub(super) fn at_hand(&self, id: &EvaluationId) -> Option<Arc<Opened>> {
        let desk = self.held().seated(id)?;
        desk.at_hand()
    }

    /// Lays an evaluation that has just begun on its desk.
    pub(super) fn begin(&self, id: &EvaluationId, dossier: Dossier) {
        self.held().seat(id, || Desk::with(dossier));
    }

    /// Takes a desk away that nothing could be laid on, unless somebody else is still at it.
    pub(super) fn leave(&self, id: &EvaluationId, desk: Arc<Desk>) {
        let mut held = self.held();
        drop(desk);
        let is_unused = |desk: &Arc<Desk>| Arc::strong_count(desk) == 1 && desk.is_blank();
        if held.desks.get(id).is_some_and(|(desk, _)| is_unused(desk)) {
            held.desks.remove(id);
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn seated(&mut self, id: &EvaluationId) -> Option<Arc<Desk>> {
        self.time = self.time.saturating_add(1);
        let (desk, last) = self.desks.get_mut(id)?;
        *last = self.time;
        Some(Arc::clone(desk))
    }

    fn seat(&mut self, id: &EvaluationId, new: impl FnOnce() -> Desk) -> Arc<Desk> {
        if let Some(desk) = self.seated(id) {
            return desk;
        }
        let desk = Arc::new(new());
        self.desks
            .insert(id.clone(), (Arc::clone(&desk), self.time));
        self.tidy();
        desk
    }

    /// Takes the desks away that were not used for longest, but none that somebody is at.
    fn tidy(&mut self) {
        while self.desks.len() > MOST {
            let free = self
                .desks
                .iter()
                .filter(|(_, (desk, _))| Arc::strong_count(desk) == 1);
            let oldest = free.min_by_key(|(_, (_, last))| *last);
            let Some(id) = oldest.map(|(id, _)| id.clone()) else {
                return;
            };
            self.desks.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> EvaluationId {
        EvaluationId::from_random([number % 32, number / 32, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    }

    #[test]
    fn a_desk_is_the_same_for_all_who_are_at_it() {
        let desks = Desks::default();
        let first = desks.desk(&id(0));
        for number in 1..=200 {
            desks.desk(&id(number));
        }
        assert!(Arc::ptr_eq(&first, &desks.desk(&id(0))));
    }

    #[test]
    fn only_so_many_desks_stay_and_those_are_the_latest_used() {
        let desks = Desks::default();
        for number in 0..200 {
            desks.desk(&id(number));
            desks.desk(&id(0));
        }
        let held = desks.held();
        assert_eq!(held.desks.len(), MOST);
        assert!(held.desks.contains_key(&id(0)));
        assert!(held.desks.contains_key(&id(199)));
        assert!(!held.desks.contains_key(&id(1)));
    }

    #[test]
    fn a_desk_for_nothing_is_taken_away_by_the_last_who_leaves() {
        let desks = Desks::default();
        let (one, other) = (desks.desk(&id(1)), desks.desk(&id(1)));
        desks.leave(&id(1), one);
        assert_eq!(desks.held().desks.len(), 1);
        desks.leave(&id(1), other);
        assert!(desks.held().desks.is_empty());
    }
}
