//! The record as a story: every event in plain words, with what was before it and what after.
//!
//! Nothing of this is stored. It is told anew from the events and the files they name, so that it cannot say anything else
//! than the record does.

mod answers;
mod methods;
mod told;
mod wanted;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use crate::accounts::{Action, Actor, may};
use crate::record::{Dossier, EvaluationId, Head, Husks, Sealed, to_lines, to_lines_withholding};
use crate::store::Archive;

use super::opened::{Opened, attached_to};
use super::{Error, Service};

pub use answers::{Replaced, Stood};
pub use wanted::{Topic, Wanted};

/// Every event of an evaluation, in order.
#[derive(Debug)]
pub struct Timeline {
    moments: Vec<Moment>,
}

/// One event, told.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Its place and hash.
    pub head: Head,
    /// When.
    pub at: Timestamp,
    /// Whether the clock stood before that of the event before.
    pub clock_went_back: bool,
    /// Who.
    pub actor: String,
    /// How they came in; `None` in records older than that.
    pub way_in: Option<&'static str>,
    /// The request it was done in, as the log of the service calls it.
    pub request: Option<String>,
    /// What kind of change it is.
    pub topic: Topic,
    /// What happened, as a sentence.
    pub what: String,
    /// The same for whoever may not see scores.
    pub what_kept_back: String,
    /// Why, as typed.
    pub reason: Option<String>,
    /// What is another thing since.
    pub differences: Vec<Altered>,
    /// The answers that gave way to others, or to none.
    pub replaced: Vec<Replaced>,
    /// Whom and what it is about.
    pub about: About,
}

/// Something that was one way before an event and is another after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// What.
    pub what: String,
    /// What it was; `None` if it was not there.
    pub before: Option<String>,
    /// What it is; `None` if it is gone.
    pub after: Option<String>,
}

/// Whom and what an event is about, by name.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The vendors.
    pub vendors: BTreeSet<String>,
    /// The evaluators.
    pub evaluators: BTreeSet<String>,
    /// The ids of the criteria.
    pub criteria: BTreeSet<String>,
    /// The number of the sheet.
    pub sheet: Option<u32>,
}

/// The record of an evaluation for somebody who checks it elsewhere.
#[derive(Debug)]
pub struct Audit {
    /// What is decided.
    pub title: String,
    /// The last event, as `seq:hash`.
    pub head: String,
    /// The events, one a line: the payload as it was hashed, the hash before, the hash.
    pub lines: String,
}

impl Timeline {
    /// The events, in order.
    #[must_use]
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// Those that somebody wants to see, in order.
    #[must_use]
    pub fn wanted<'a>(&'a self, wanted: &'a Wanted) -> impl DoubleEndedIterator<Item = &'a Moment> {
        self.moments.iter().filter(|moment| wanted.holds(moment))
    }
}

impl Altered {
    /// Names what was one thing and is another.
    fn between(what: impl Into<String>, before: Option<String>, after: Option<String>) -> Self {
        Self {
            what: what.into(),
            before,
            after,
        }
    }
}

impl Service {
    /// The story of an evaluation. Which answers gave way to which is told only to those who may see results.
    ///
    /// # Errors
    /// [`Error::NoEvaluation`] if there is none of this id, [`Error::Denied`] to whom the trail is closed, [`Error::Damaged`] if the record is not what was written.
    pub fn timeline(
        &self,
        actor: Actor,
        id: &EvaluationId,
    ) -> Result<(Arc<Opened>, Arc<Timeline>), Error> {
        let opened = self.open(actor, id)?;
        self.ask(actor, Action::SeeTrail, opened.dossier())?;
        if let Some(known) = opened.timeline.get() {
            return Ok((Arc::clone(&opened), Arc::clone(known)));
        }
        let mut log = self.store.log(id)?.ok_or(Error::NoEvaluation)?;
        // What was added meanwhile belongs to another state than the one that is open here.
        log.retain(|sealed| sealed.event().seq <= opened.dossier().head().seq());
        let told = Arc::new(timeline(&log, self.archive())?);
        let kept = Arc::clone(opened.timeline.get_or_init(|| told));
        Ok((opened, kept))
    }

    /// The record of an evaluation as lines, to be checked elsewhere. It names files by digest and holds no answer; whoever
    /// may not see scores is not told the digests of sheets either.
    ///
    /// # Errors
    /// [`Error::NoEvaluation`] if there is none of this id, [`Error::Denied`] to whom the trail is closed.
    pub fn audit(&self, actor: Actor, id: &EvaluationId) -> Result<Audit, Error> {
        let opened = self.open(actor, id)?;
        self.ask(actor, Action::SeeTrail, opened.dossier())?;
        let log = self.store.log(id)?.ok_or(Error::NoEvaluation)?;
        let head = log.last().map_or(Head::NONE, Sealed::head);
        let may = |action| may(actor, action, opened.dossier().object()).is_ok();
        let shows = may(Action::SeeResults) && may(Action::SeePrices);
        Ok(Audit {
            title: opened.dossier().title().to_owned(),
            head: head.to_string(),
            lines: if shows {
                to_lines(&log)
            } else {
                to_lines_withholding(&log)
            },
        })
    }
}

/// Goes through a log once more, and tells every event beside the state before it.
fn timeline(log: &[Sealed], archive: &dyn Archive) -> Result<Timeline, Error> {
    let (first, rest) = log.split_first().ok_or(Error::NoEvaluation)?;
    let husks = Husks::of(log);
    let mut dossier = Dossier::start(first, attached_to(first, None, archive, &husks)?)?;
    let mut moments = vec![told::begun(first, &dossier)];
    for sealed in rest {
        let attached = attached_to(sealed, Some(dossier.set()), archive, &husks)?;
        let before = told::Before::of(sealed, &dossier, &attached);
        dossier.apply(sealed, attached)?;
        moments.push(before.tell(sealed, &dossier));
    }
    Ok(Timeline { moments })
}
