//! The verbs of the work, which pages, the API and commands all call.
//!
//! A verb asks whether the actor may, in the state the evaluation is in, and then changes it as a whole: the events and the
//! files they name are recorded in one transaction before the verb answers.

mod ambient;
mod asked;
mod award;
mod backup;
mod blank;
mod consensus;
mod declare;
mod desks;
mod doctor;
mod draft;
mod drawn;
mod elicit;
mod envelope;
mod error;
mod evidence;
mod filing;
mod firm;
mod gate;
mod imprint;
mod invite;
mod library;
mod lock;
mod members;
mod method;
mod opened;
mod own;
mod own_rows;
mod people;
mod progress;
mod purge;
mod receipt;
mod refusals;
mod register;
mod revise;
mod sample;
mod set_file;
mod settle;
mod start;
mod suggested;
mod swing;
mod tailor;
mod timeline;
mod upload;
mod what_if;
mod withdrawal;
mod workbook;

pub use ambient::{Chance, Clock, NoChance, OsChance, SystemClock};
pub use asked::in_request;
pub use backup::{BackupError, Cure, Difference, Holdings, back_up, restore};
pub use blank::{BlankFile, BlankSheet};
pub use consensus::Agreed;
pub use declare::must_declare;
pub use doctor::{Finding, Health, examine};
pub use draft::{CellProblem, DraftCell, GridCell, ScoreGrid, TypedCell};
pub use drawn::Drawing;
pub use envelope::may_read;
pub use error::{Error, FieldProblem};
pub use evidence::{Check, Evidence, Found, Verification, evidence, verify};
pub use firm::Judged;
pub use gate::{TokenWish, Visitor};
pub use imprint::imprint;
pub use invite::{Guest, LINK_DAYS};
pub use library::{Library, LibraryError};
pub use lock::{Pinned, Sameness};
pub use method::PriceRange;
pub use opened::Opened;
pub use own::{OwnCriterion, OwnFile, OwnLook, OwnProblem, OwnStart, Taken};
pub use own_rows::is_own;
pub use people::Assignment;
pub use progress::{EvaluatorProgress, OpenCell, Progress, Step, StepState};
pub use receipt::{Filed, Receipt, VendorSum};
pub use revise::Revise;
pub use sample::{SAMPLE_SHEETS, SampleSheet};
pub use set_file::SetFile;
pub use start::Start;
pub use swing::{Swings, Swung};
pub use tailor::TailoredPreview;
pub use timeline::{About, Altered, Audit, Moment, Replaced, Stood, Timeline, Topic, Wanted};
pub use upload::{Came, Upload};

use std::sync::{Arc, OnceLock};

use crate::accounts::{Action, Actor, Reach, may};
use crate::record::{Attached, Auth, By, Change, Digest, Dossier, EvaluationId, Sealed, Summary};
use crate::store::{Archive, Attachment, Store};
use crate::table::Limits;

use desks::Desks;
use gate::Gate;
use register::Register;

/// The service: one store, the criteria sets on offer, and the evaluations that are open.
#[derive(Debug)]
pub struct Service {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    library: Library,
    limits: Limits,
    desks: Desks,
    register: Register,
    gate: Gate,
    /// What only this run knows, so that what a preview is confirmed by tells nobody what it stands for.
    pepper: OnceLock<Vec<u8>>,
}

/// One step of a change: the event, and what it names by digest.
pub(crate) struct Entry {
    change: Change,
    attached: Attached,
    files: Vec<File>,
}

/// Bytes that an event names by their digest.
pub(crate) struct File {
    digest: Digest,
    bytes: Vec<u8>,
}

impl File {
    fn new(bytes: Vec<u8>) -> Self {
        Self {
            digest: Digest::of(&bytes),
            bytes,
        }
    }

    fn attachment(&self) -> Attachment<'_> {
        Attachment {
            digest: self.digest,
            bytes: &self.bytes,
        }
    }
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
            desks: Desks::default(),
            register: Register::default(),
            gate: Gate::default(),
            pepper: OnceLock::new(),
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

    /// The evaluations that are listed and that the actor has to do with, the latest first.
    ///
    /// # Errors
    /// [`Error`] if the actor may not, or the store fails.
    pub fn evaluations(&self, actor: Actor) -> Result<Vec<Summary>, Error> {
        self.ask_house(actor, Action::ListEvaluations)?;
        let mut listed = self.register.listed(self.archive())?;
        listed.retain(|summary| may(actor, Action::See, summary.object()).is_ok());
        Ok(listed)
    }

    /// An evaluation as it stands.
    ///
    /// # Errors
    /// [`Error::NoEvaluation`] if there is none of this id.
    pub fn open(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        let opened = self.current(id)?;
        self.ask(actor, Action::See, opened.dossier())?;
        Ok(opened)
    }

    /// An evaluation whose totals and ranks may be seen.
    ///
    /// # Errors
    /// [`Error::Denied`] while a tender hides them, [`Error::NoEvaluation`] if there is none of this id.
    pub fn results(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        let opened = self.open(actor, id)?;
        self.ask(actor, Action::SeeResults, opened.dossier())?;
        Ok(opened)
    }

    /// An evaluation whose prices may be seen.
    ///
    /// # Errors
    /// [`Error::Denied`] while they are sealed or results are hidden, [`Error::NoEvaluation`] if there is none of this id.
    pub fn prices(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        let opened = self.open(actor, id)?;
        self.ask(actor, Action::SeePrices, opened.dossier())?;
        Ok(opened)
    }

    /// An evaluation of which may be seen where the evaluators differ.
    ///
    /// # Errors
    /// [`Error::Denied`] if the actor may not, [`Error::NoEvaluation`] if there is none of this id.
    pub fn disagreement(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        let opened = self.open(actor, id)?;
        self.ask(actor, Action::SeeDisagreement, opened.dossier())?;
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
        let Some(opened) = self.desks.at_hand(id) else {
            return Ok(None);
        };
        self.ask(actor, Action::See, opened.dossier())?;
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
        // An address that leads nowhere is found out before anybody waits.
        self.current(id)?;
        let desk = self.desks.desk(id);
        let writing = desk.write();
        let before = desk.current(|| self.read_back(id))?;
        if before.dossier().is_removed() {
            return Err(Error::NoEvaluation);
        }
        self.ask(actor, action, before.dossier())?;
        let steps = steps(before.dossier())?;
        if steps.is_empty() {
            return Ok(before);
        }
        let mut dossier = before.dossier().clone();
        let mut events: Vec<Sealed> = Vec::new();
        let mut files = Vec::new();
        for step in steps {
            let sealed = self.seal(actor, &dossier.head(), id, step.change)?;
            dossier.apply(&sealed, step.attached)?;
            events.push(sealed);
            files.extend(step.files);
        }
        let attachments: Vec<Attachment<'_>> = files.iter().map(File::attachment).collect();
        let recorded = match purge::gone(&events) {
            Some((gone, drafts)) => self.store.purge(&events, &gone, drafts),
            None => self.store.record(&events, &attachments),
        };
        if let Err(failed) = recorded {
            desk.forget();
            return Err(failed.into());
        }
        self.register.note(&events);
        if dossier.emptied().is_some() && before.dossier().emptied().is_none() {
            // What was purged must not live on in memory.
            desk.forget();
            drop(writing);
            return self.current(id);
        }
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
    ) -> Result<Sealed, Error> {
        let change = if change.is_telling() {
            change.salted(&Digest::of(&self.chance.many(32)?).to_string())
        } else {
            change
        };
        let by = By {
            actor: actor.to_string(),
            auth: Some(auth(actor)),
            request: asked::request(),
        };
        Ok(after.seal(id, self.clock.now(), by, change))
    }

    fn pepper(&self) -> Result<&[u8], Error> {
        if let Some(known) = self.pepper.get() {
            return Ok(known);
        }
        let fresh = self.chance.many(32)?;
        Ok(self.pepper.get_or_init(|| fresh))
    }

    fn archive(&self) -> &dyn Archive {
        self.store.as_ref()
    }

    fn current(&self, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        let desk = self.desks.desk(id);
        match desk.current(|| self.read_back(id)) {
            Ok(opened) if opened.dossier().is_removed() => Err(Error::NoEvaluation),
            Ok(opened) => Ok(opened),
            Err(error) => {
                self.desks.leave(id, desk);
                Err(error)
            }
        }
    }

    fn read_back(&self, id: &EvaluationId) -> Result<Dossier, Error> {
        let log = self.store.log(id)?.ok_or(Error::NoEvaluation)?;
        opened::rebuild(&log, self.archive())
    }
}

/// How somebody came in.
fn auth(actor: Actor) -> Auth {
    match actor {
        Actor::Local | Actor::Invited(_) => Auth::Link,
        Actor::Unauthenticated => Auth::None,
        Actor::Console => Auth::Console,
        Actor::User(user) => match user.reach {
            Reach::Everything => Auth::Session,
            Reach::Token { .. } => Auth::Token,
        },
    }
}
