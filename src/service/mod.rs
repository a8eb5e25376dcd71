//! The verbs of the work, which pages, the API and commands all call.
//!
//! A verb asks whether the actor may, in the state the evaluation is in, and then changes it as a whole: the events and the
//! files they name are recorded in one transaction before the verb answers.

mod ambient;
mod error;
mod filing;
mod library;
mod method;
mod opened;
mod people;
mod progress;
mod receipt;
mod sample;
mod settle;
mod start;

pub use ambient::{Chance, Clock, NoChance, OsChance, SystemClock};
pub use error::{Error, FieldProblem};
pub use filing::Upload;
pub use library::{Library, LibraryError};
pub use method::PriceRange;
pub use opened::Opened;
pub use people::Assignment;
pub use progress::{EvaluatorProgress, OpenCell, Progress, Step, StepState};
pub use receipt::{Filed, Receipt};
pub use sample::{SAMPLE_SHEETS, SampleSheet};
pub use start::Start;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::accounts::{Action, Actor, Object, may};
use crate::criteria::SetLimits;
use crate::record::{Attached, Change, Dossier, EvaluationId, Sealed, Summary};
use crate::store::{Attachment, Store};
use crate::table::Limits;

use opened::Desk;

/// The service: one store, the criteria sets on offer, and the evaluations that are open.
#[derive(Debug)]
pub struct Service {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    library: Library,
    limits: Limits,
    desks: Mutex<HashMap<EvaluationId, Arc<Desk>>>,
}

/// One step of a change: the event, and what it names by digest.
pub(crate) struct Entry {
    change: Change,
    attached: Attached,
    files: Vec<Vec<u8>>,
}

impl Entry {
    fn plain(change: Change) -> Self {
        Self {
            change,
            attached: Attached::Nothing,
            files: Vec::new(),
        }
    }
}

impl Service {
    /// A service over a store.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
        library: Library,
        limits: Limits,
    ) -> Self {
        Self {
            store,
            clock,
            chance,
            library,
            limits,
            desks: Mutex::default(),
        }
    }

    /// The criteria sets on offer.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// How much a sheet may hold.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether the service can do its work.
    ///
    /// # Errors
    /// [`Error::Store`] with what is in the way.
    pub fn ready(&self) -> Result<(), Error> {
        Ok(self.store.ready()?)
    }

    /// The evaluations that are listed, the latest first.
    ///
    /// # Errors
    /// [`Error`] if the actor may not, or the store fails.
    pub fn evaluations(&self, actor: Actor) -> Result<Vec<Summary>, Error> {
        may(actor, Action::ListEvaluations, Object::House)?;
        let mut summaries = Vec::new();
        for id in self.store.evaluations()? {
            if let Some(log) = self.store.log(&id)? {
                summaries.push(Summary::of(&log)?);
            }
        }
        summaries.retain(|summary| !summary.is_removed);
        summaries.reverse();
        Ok(summaries)
    }

    /// An evaluation as it stands.
    ///
    /// # Errors
    /// [`Error::NoEvaluation`] if there is none of this id.
    pub fn open(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        let opened = self.desk(id)?.current();
        may(actor, Action::See, opened.dossier().object())?;
        Ok(opened)
    }

    /// An evaluation whose totals and ranks may be seen.
    ///
    /// # Errors
    /// [`Error::Denied`] while a tender hides them, [`Error::NoEvaluation`] if there is none of this id.
    pub fn results(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        let opened = self.open(actor, id)?;
        may(actor, Action::SeeResults, opened.dossier().object())?;
        Ok(opened)
    }

    /// An evaluation as it stands, if it is in memory already; `None` asks for [`Service::open`], which may read the disk.
    ///
    /// # Errors
    /// [`Error::Denied`] if the actor may not.
    pub fn open_in_memory(
        &self,
        actor: Actor,
        id: &EvaluationId,
    ) -> Result<Option<Arc<Opened>>, Error> {
        let desk = self.desks().get(id).map(Arc::clone);
        let Some(opened) = desk.map(|desk| desk.current()) else {
            return Ok(None);
        };
        may(actor, Action::See, opened.dossier().object())?;
        Ok((!opened.dossier().is_removed()).then_some(opened))
    }

    /// Makes one change of an evaluation, whole or not at all. Nobody else changes it in between.
    fn change(
        &self,
        actor: Actor,
        action: Action,
        id: &EvaluationId,
        steps: impl FnOnce(&Dossier) -> Result<Vec<Entry>, Error>,
    ) -> Result<Arc<Opened>, Error> {
        let desk = self.desk(id)?;
        let writing = desk.write();
        let before = desk.current();
        may(actor, action, before.dossier().object())?;
        let steps = steps(before.dossier())?;
        if steps.is_empty() {
            return Ok(before);
        }
        let mut dossier = before.dossier().clone();
        let mut events: Vec<Sealed> = Vec::new();
        let mut files = Vec::new();
        for step in steps {
            let sealed = self.seal(actor, &dossier.head(), id, step.change);
            dossier.apply(&sealed, step.attached)?;
            events.push(sealed);
            files.extend(step.files);
        }
        let attachments: Vec<Attachment<'_>> =
            files.iter().map(|bytes| Attachment::new(bytes)).collect();
        self.store.record(&events, &attachments)?;
        let after = Arc::new(Opened::new(dossier));
        desk.replace(&after);
        drop(writing);
        Ok(after)
    }

    fn seal(
        &self,
        actor: Actor,
        after: &crate::record::Head,
        id: &EvaluationId,
        change: Change,
    ) -> Sealed {
        after.seal(id, self.clock.now(), &actor.to_string(), change)
    }

    fn desks(&self) -> MutexGuard<'_, HashMap<EvaluationId, Arc<Desk>>> {
        self.desks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn desk(&self, id: &EvaluationId) -> Result<Arc<Desk>, Error> {
        if let Some(desk) = self.desks().get(id) {
            return Ok(Arc::clone(desk));
        }
        let log = self.store.log(id)?.ok_or(Error::NoEvaluation)?;
        let dossier = opened::rebuild(&log, self.store.as_ref(), &SetLimits::default())?;
        if dossier.is_removed() {
            return Err(Error::NoEvaluation);
        }
        let desk = Arc::new(Desk::new(dossier));
        Ok(Arc::clone(self.desks().entry(id.clone()).or_insert(desk)))
    }
}
