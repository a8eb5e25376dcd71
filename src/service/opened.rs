//! An evaluation that is open, as it stands at one moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::criteria::{CriteriaSet, Lens, SetLimits};
use crate::record::{Attached, Change, Digest, Dossier, Husks, Sealed, unpack};
use crate::scoring::agreement::Agreement;
use crate::scoring::firmness::Firmness;
use crate::scoring::price_quality::{PriceQuality, price_quality};
use crate::scoring::{self, Scorecard};
use crate::store::Archive;

use super::Error;
use super::drawn::Drawings;
use super::firm::Judged;
use super::lock::Pinned;
use super::timeline::Timeline;

/// An evaluation at one moment. What is computed from it is kept as long as it is.
#[derive(Debug)]
pub struct Opened {
    dossier: Dossier,
    cards: Mutex<HashMap<Option<String>, Arc<Scorecard>>>,
    pub(super) firmness: Mutex<HashMap<Option<String>, Arc<Firmness>>>,
    pub(super) judged: Mutex<HashMap<Option<String>, Judged>>,
    pub(super) drawings: Drawings,
    pub(super) agreement: OnceLock<Arc<Agreement>>,
    pub(super) pinned: OnceLock<Arc<Pinned>>,
    pub(super) timeline: OnceLock<Arc<Timeline>>,
}

impl Opened {
    pub(super) fn new(dossier: Dossier) -> Self {
        Self {
            dossier,
            cards: Mutex::default(),
            firmness: Mutex::default(),
            judged: Mutex::default(),
            drawings: Drawings::default(),
            agreement: OnceLock::new(),
            pinned: OnceLock::new(),
            timeline: OnceLock::new(),
        }
    }

    /// The evaluation with everything that surrounds its answers.
    #[must_use]
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// The lens with an id; `None` for the record's own weights.
    ///
    /// # Errors
    /// [`Error::NoLens`] if the criteria set has none of this id.
    pub fn lens(&self, id: Option<&str>) -> Result<Option<&Lens>, Error> {
        match id {
            None | Some("") => Ok(None),
            Some(id) => match self.dossier.set().lens(id) {
                Some(lens) => Ok(Some(lens)),
                None => Err(Error::NoLens {
                    wanted: id.to_owned(),
                    known: self.lens_ids(),
                }),
            },
        }
    }

    fn lens_ids(&self) -> Vec<String> {
        let lenses = self.dossier.set().lenses().iter();
        lenses.map(|lens| lens.id().to_owned()).collect()
    }

    /// The result, computed at most once.
    #[must_use]
    pub fn scorecard(&self, lens: Option<&Lens>) -> Arc<Scorecard> {
        let key = lens.map(|lens| lens.id().to_owned());
        let cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        let known = cards.get(&key).map(Arc::clone);
        drop(cards);
        known.unwrap_or_else(|| {
            let evaluation = self.dossier.evaluation();
            let card = Arc::new(match lens {
                Some(lens) => scoring::reweigh(evaluation, &self.scorecard(None), lens),
                None => scoring::rank(evaluation, None),
            });
            let mut cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
            cards.insert(key, Arc::clone(&card));
            card
        })
    }
}

impl Opened {
    /// Every vendor's quality against each price of the set, quality weighed through a lens or as the record does.
    #[must_use]
    pub fn price_quality(&self, lens: Option<&Lens>) -> Vec<PriceQuality> {
        let card = self.scorecard(lens);
        let prices = self.dossier.priced_criteria();
        prices
            .map(|criterion| price_quality(self.dossier.set(), &card, criterion))
            .collect()
    }
}

/// The evaluation that a log adds up to.
pub(super) fn rebuild(log: &[Sealed], store: &dyn Archive) -> Result<Dossier, Error> {
    let (first, rest) = log.split_first().ok_or(Error::NoEvaluation)?;
    let husks = Husks::of(log);
    let attached = attached_to(first, None, store, &husks)?;
    let mut dossier = Dossier::start(first, attached)?;
    for sealed in rest {
        let attached = attached_to(sealed, Some(dossier.set()), store, &husks)?;
        dossier.apply(sealed, attached)?;
    }
    Ok(dossier)
}

/// What the record keeps with an event; of a sheet whose answers were purged, what is left of it.
pub(super) fn attached_to(
    sealed: &Sealed,
    set: Option<&Arc<CriteriaSet>>,
    store: &dyn Archive,
    husks: &Husks,
) -> Result<Attached, Error> {
    match (&sealed.event().change, set) {
        (
            Change::EvaluationStarted { set, .. }
            | Change::MethodChosen { set }
            | Change::MethodRead { set, .. }
            | Change::MethodTailored { set, .. }
            | Change::WeightsElicited { set, .. }
            | Change::MethodRevised { set, .. },
            _,
        ) => {
            let source = String::from_utf8(fetch(store, &set.sha256)?);
            let source = source.map_err(|_| {
                Error::Damaged(format!("the criteria set {} is no text", set.sha256))
            })?;
            let parsed = CriteriaSet::parse(&source, &SetLimits::NONE);
            let parsed = parsed
                .map_err(|_| Error::Damaged(format!("the criteria set {} is none", set.sha256)))?;
            Ok(Attached::Set(Arc::new(parsed)))
        }
        (Change::SheetFiled { sheet, answers, .. }, Some(set)) => {
            Ok(Attached::Sheet(match husks.get(*sheet) {
                Some(husk) => husk.clone(),
                None => unpack(&fetch(store, answers)?, set)?,
            }))
        }
        _ => Ok(Attached::Nothing),
    }
}

/// A file that a record names.
pub(super) fn fetch(store: &dyn Archive, digest: &Digest) -> Result<Vec<u8>, Error> {
    let found = store.attachment(digest)?;
    found.ok_or_else(|| Error::Damaged(format!("the file {digest} is missing")))
}
