//! The gate: who has an account, what lets them in, and who tried.

mod inside;
mod passwords;
mod sign_in;
mod tally;
mod tokens;
mod users;

pub use sign_in::Visitor;
pub use tokens::TokenWish;

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::accounts::{Action, Actor, Denied, Login, Object, Throttle, may};
use crate::record::{Dossier, EvaluationId, House, HouseChange, HouseSealed, Tried};
use crate::store::{KeyChange, Store};

use super::{Error, Service};

use inside::Inside;
use tally::Tally;

/// What the service knows of its users, as the store has it.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// Nothing until somebody asks.
    current: RwLock<Option<Arc<Inside>>>,
    /// Held by whoever changes it.
    writing: Mutex<()>,
    refused: Mutex<Tally<Refused>>,
    turned_away: Mutex<Tally<(Option<Login>, String)>>,
    throttle: Mutex<Throttle<Attempt>>,
    /// Held while a password is hashed.
    hashing: Mutex<()>,
    /// How many wait for that.
    waiting: AtomicUsize,
}

/// As the log names who is not in yet.
const NOBODY: &str = "nobody";

/// Whose tries to sign in are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Attempt {
    /// All for one name.
    Name(Option<Login>),
    /// All from one address.
    Source(String),
}

/// Something that was refused: by whom, what and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Refused {
    actor: Actor,
    action: Action,
    evaluation: Option<EvaluationId>,
}

impl Gate {
    /// What the store has, read at most once.
    fn inside(&self, store: &dyn Store) -> Result<Arc<Inside>, Error> {
        let known = self.current.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(inside) = known.as_ref() {
            return Ok(Arc::clone(inside));
        }
        drop(known);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(inside) = current.as_ref() {
            return Ok(Arc::clone(inside));
        }
        let inside = Arc::new(Inside::read(store)?);
        *current = Some(Arc::clone(&inside));
        Ok(inside)
    }

    fn replace(&self, inside: Option<Inside>) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = inside.map(Arc::new);
    }
}

/// What a change of the house writes down, and the keys that go with it.
#[derive(Debug, Default)]
struct Written {
    changes: Vec<HouseChange>,
    keys: Vec<KeyChange>,
}

impl Written {
    fn of(change: HouseChange) -> Self {
        Self {
            changes: vec![change],
            keys: Vec::new(),
        }
    }

    fn with(mut self, key: KeyChange) -> Self {
        self.keys.push(key);
        self
    }
}

impl Service {
    /// Who has an account, as the log of the house tells it; its chain was proven when it was read.
    ///
    /// # Errors
    /// [`Error::Store`] if it cannot be read, or is not what was written.
    pub fn house(&self) -> Result<Arc<House>, Error> {
        Ok(Arc::clone(self.gate.inside(self.store.as_ref())?.house()))
    }

    /// Makes one change of the house, whole or not at all. Nobody else changes it in between.
    fn change_house(
        &self,
        actor: Actor,
        decide: impl FnOnce(&Inside) -> Result<Written, Error>,
    ) -> Result<(), Error> {
        self.change_house_as(&actor.to_string(), decide)
    }

    fn change_house_as(
        &self,
        who: &str,
        decide: impl FnOnce(&Inside) -> Result<Written, Error>,
    ) -> Result<(), Error> {
        let writing = self.gate.writing.lock();
        let _writing = writing.unwrap_or_else(PoisonError::into_inner);
        let before = self.gate.inside(self.store.as_ref())?;
        let written = decide(&before)?;
        if written.changes.is_empty() && written.keys.is_empty() {
            return Ok(());
        }
        let mut house = House::clone(before.house());
        let mut events = Vec::new();
        for change in written.changes {
            let sealed = HouseSealed::seal(&house.head(), self.clock.now(), who, change);
            house.apply(&sealed)?;
            events.push(sealed);
        }
        if let Err(failed) = self.store.record_house(&events, &written.keys) {
            // Let the store say again how things stand.
            self.gate.replace(None);
            return Err(failed.into());
        }
        self.gate.replace(Some(before.after(house, &written.keys)));
        Ok(())
    }

    /// Refuses whoever has no role for something, before what they sent is looked at. What only the state forbids is told
    /// by the verb.
    ///
    /// # Errors
    /// [`Error::Denied`] if no role of theirs includes it, [`Error::NoEvaluation`] if there is none of this id.
    pub fn demand_role(
        &self,
        actor: Actor,
        action: Action,
        id: &EvaluationId,
    ) -> Result<(), Error> {
        let opened = self.open(actor, id)?;
        let asked = self.ask(actor, action, opened.dossier());
        if let Err(Error::Denied(Denied::Role | Denied::Scope)) = asked {
            return asked;
        }
        Ok(())
    }

    /// Asks the table whether somebody may do something in an evaluation, and writes down who was refused.
    ///
    /// A personal link may have ended since whoever comes by it was let in: what they send then is refused as a whole.
    pub(super) fn ask(&self, actor: Actor, action: Action, dossier: &Dossier) -> Result<(), Error> {
        if let Actor::Invited(link) = actor {
            let mut links = dossier.invitations().iter();
            let own = links.find(|one| one.link == link);
            if own.is_some_and(|own| own.is_over(self.now())) {
                return Err(Error::LinkOver);
            }
        }
        self.ask_about(actor, action, dossier.object(), Some(dossier.id()))
    }

    /// The same of the house.
    pub(super) fn ask_house(&self, actor: Actor, action: Action) -> Result<(), Error> {
        self.ask_about(actor, action, Object::House, None)
    }

    fn ask_about(
        &self,
        actor: Actor,
        action: Action,
        object: Object<'_>,
        evaluation: Option<&EvaluationId>,
    ) -> Result<(), Error> {
        let Err(denied) = may(actor, action, object) else {
            return Ok(());
        };
        if is_attempt(denied) {
            self.note_refused(&Refused {
                actor,
                action,
                evaluation: evaluation.cloned(),
            });
        }
        Err(denied.into())
    }

    /// The refusal of something that no row of the table is about; an attempt is written down.
    pub(super) fn refuse(&self, actor: Actor, dossier: &Dossier, denied: Denied) -> Error {
        if is_attempt(denied) {
            self.note_refused(&Refused {
                actor,
                action: Action::Confirm,
                evaluation: Some(dossier.id().clone()),
            });
        }
        denied.into()
    }

    fn note_refused(&self, refused: &Refused) {
        let mut tally = self
            .gate
            .refused
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let due = tally.count(refused, self.clock.now());
        drop(tally);
        for (refused, times) in due {
            let change = HouseChange::AccessRefused {
                action: refused.action.to_string(),
                evaluation: refused.evaluation,
                times: Tried(times),
            };
            if let Err(why) = self.change_house(refused.actor, |_| Ok(Written::of(change))) {
                tracing::error!(%why, actor = %refused.actor, "a refusal cannot be recorded");
            }
        }
    }
}

/// Whether somebody wanted what is not theirs. What only the state forbids is no attempt at anything.
fn is_attempt(denied: Denied) -> bool {
    match denied {
        Denied::Stranger
        | Denied::Role
        | Denied::NotAdministrator
        | Denied::Scope
        | Denied::OwnProposal
        | Denied::Nameless
        | Denied::NoAccount => true,
        Denied::MethodOpen
        | Denied::MethodFrozen
        | Denied::HasSheets
        | Denied::NothingFiled
        | Denied::FixedMethod
        | Denied::ScoringClosed
        | Denied::ScoringOpen
        | Denied::Decided
        | Denied::NotDecided
        | Denied::Locked
        | Denied::NotLocked
        | Denied::ResultsHidden
        | Denied::OwnScores
        | Denied::OwnFirst
        | Denied::Undeclared
        | Denied::NoEvaluator
        | Denied::PricesSealed
        | Denied::PricesOpened
        | Denied::NotSealed
        | Denied::WhatIfClosed
        | Denied::Kept
        | Denied::NotYet
        | Denied::Proposed
        | Denied::NothingProposed
        | Denied::ProposalStale
        | Denied::ProposalOther
        | Denied::ProposerGone
        | Denied::FilePurged
        | Denied::Emptied
        | Denied::NothingToPurge
        | Denied::Retained
        | Denied::NotHere => false,
    }
}
