//! The list of evaluations, kept up to date as they change so that no log is read twice for it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::record::{EvaluationId, Misfit, Sealed, Summary};
use crate::store::Archive;

use super::Error;

/// The summaries of all evaluations, in the order they began; nothing until somebody asks.
#[derive(Debug, Default)]
pub(super) struct Register {
    lines: Mutex<Option<Lines>>,
}

#[derive(Debug, Default)]
struct Lines {
    /// Each with the place of the last event that is told in it.
    all: Vec<(Summary, u64)>,
    places: HashMap<EvaluationId, usize>,
}

impl Register {
    /// The evaluations that are listed, the latest first.
    pub(super) fn listed(&self, archive: &dyn Archive) -> Result<Vec<Summary>, Error> {
        let mut lines = self.lines();
        let lines = match &mut *lines {
            Some(lines) => lines,
            none => none.insert(Lines::read(archive)?),
        };
        let listed = lines.all.iter().rev().map(|(summary, _)| summary);
        Ok(listed
            .filter(|summary| !summary.is_removed)
            .cloned()
            .collect())
    }

    /// Notes what was recorded.
    pub(super) fn note(&self, events: &[Sealed]) {
        let mut lines = self.lines();
        // Until somebody asks there is nothing to keep up to date; what does not fit is read again when somebody does.
        if lines
            .as_mut()
            .is_some_and(|lines| lines.note(events).is_none())
        {
            *lines = None;
        }
    }

    fn lines(&self) -> MutexGuard<'_, Option<Lines>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    fn read(archive: &dyn Archive) -> Result<Self, Error> {
        let mut lines = Self::default();
        for id in archive.evaluations()? {
            if let Some(log) = archive.log(&id)? {
                lines.add(&log)?;
            }
        }
        Ok(lines)
    }

    fn add(&mut self, log: &[Sealed]) -> Result<(), Misfit> {
        let summary = Summary::of(log)?;
        let last = log.last().map_or(0, |sealed| sealed.event().seq);
        self.places.insert(summary.id.clone(), self.all.len());
        self.all.push((summary, last));
        Ok(())
    }

    /// Goes on with the events of one evaluation; `None` if they do not follow what is known. Events that were read already
    /// are passed over: they may be noted after somebody read them.
    fn note(&mut self, events: &[Sealed]) -> Option<()> {
        let evaluation = &events.first()?.event().evaluation;
        let Some(&place) = self.places.get(evaluation) else {
            return self.add(events).ok();
        };
        let (summary, last) = self.all.get_mut(place)?;
        for sealed in events {
            let seq = sealed.event().seq;
            if seq > last.saturating_add(1) {
                return None;
            }
            if seq > *last {
                summary.go_on(sealed);
                *last = seq;
            }
        }
        Some(())
    }
}
