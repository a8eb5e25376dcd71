//! What the pages of one result have in common: whether it may be seen, the lens, and how it is published.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::accounts::{Action, Actor, Denied, may};
use crate::criteria::Lens;
use crate::evaluation::{EvaluationKind, Prices};
use crate::record::{Dossier, EvaluationId};
use crate::reports::{self, Detail, Published};
use crate::scoring::Scorecard;
use crate::service::{self, Opened};
use crate::web::page::{cached_text, rendered};
use crate::web::{Caller, Error, PageKey, State};

use super::addresses::Places;
use super::steps::Fixed;
use super::ways::Ways;

/// An evaluation as somebody looks at it.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) opened: Arc<Opened>,
    pub(super) lens: Option<Lens>,
    /// Whether totals and ranks may be seen.
    pub(super) shows: bool,
    /// Who looks.
    pub(super) caller: Caller,
}

/// What stands above and below every page of a result.
pub(super) struct Frame<'a> {
    /// What has to come before there is any result.
    pub(super) awaits: Option<Awaits>,
    pub(super) title: &'a str,
    /// The page of the evaluation, without a lens.
    pub(super) here: String,
    /// The page of the evaluation, through the same lens.
    pub(super) ranking: String,
    pub(super) lens: Option<&'a Lens>,
    pub(super) lenses: Vec<LensLink<'a>>,
    pub(super) head: String,
    pub(super) ways: Ways,
    /// Whether prices are sealed: then every total is one of quality alone.
    pub(super) is_sealed: bool,
    /// Why no answer changes any more.
    pub(super) fixed: Option<Fixed>,
}

/// What an evaluation waits for that has no result at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaits {
    Vendors,
    Sheets,
}

impl Awaits {
    fn of(dossier: &Dossier) -> Option<Self> {
        if dossier.evaluation().vendors().names().is_empty() {
            return Some(Self::Vendors);
        }
        dossier.filings().is_empty().then_some(Self::Sheets)
    }
}

/// The way to look at the same page through a lens.
pub(super) struct LensLink<'a> {
    pub(super) title: &'a str,
    pub(super) href: String,
    pub(super) is_current: bool,
}

impl Looked {
    /// Opens an evaluation to look at it.
    pub(super) async fn at(
        state: &State,
        caller: Caller,
        id: EvaluationId,
        lens: Option<&str>,
    ) -> Result<Self, Error> {
        let actor = caller.actor();
        let opened = match state.service().open_in_memory(actor, &id)? {
            Some(opened) => opened,
            None => state.work(move |service| service.open(actor, &id)).await?,
        };
        Ok(Self {
            lens: opened.lens(lens)?.cloned(),
            shows: may(actor, Action::SeeResults, opened.dossier().object()).is_ok(),
            opened,
            caller,
        })
    }

    /// Whether whoever looks may do something here.
    pub(super) fn may(&self, action: Action) -> bool {
        may(self.caller.actor(), action, self.opened.dossier().object()).is_ok()
    }

    /// Which ways lead on for whoever looks.
    pub(super) fn ways(&self) -> Ways {
        Ways::of(self.caller.actor(), &self.opened)
    }

    /// What has to happen before totals and ranks show to whoever looks; `None` if they show.
    pub(super) fn hidden_until(&self) -> Option<&'static str> {
        hidden_until(self.caller.actor(), self.opened.dossier())
    }

    /// Refuses if totals and ranks may not be seen.
    pub(super) fn demand_results(&self) -> Result<(), Error> {
        self.demand(Action::SeeResults)
    }

    /// Refuses if whoever looks may not do something here.
    pub(super) fn demand(&self, action: Action) -> Result<(), Error> {
        let object = self.opened.dossier().object();
        may(self.caller.actor(), action, object).map_err(service::Error::from)?;
        Ok(())
    }

    /// Answers with a page that stays the same until the record changes.
    pub(super) fn page<V: AsRef<str>>(
        &self,
        request: &HttpRequest,
        state: &State,
        view: V,
        render: impl FnOnce() -> Result<String, Error>,
    ) -> Result<HttpResponse, Error> {
        let lens = self.lens.as_ref().map_or("", Lens::id);
        let view = format!("{} {lens}", view.as_ref());
        let key = PageKey::new(&self.opened, self.caller, view);
        cached_text(request, state, key, render)
    }

    /// A template as text, for whoever looks.
    pub(super) fn rendered(&self, template: &impl Template) -> Result<String, Error> {
        rendered(self.caller.locale(), template)
    }

    pub(super) fn scorecard(&self) -> Arc<Scorecard> {
        self.opened.scorecard(self.lens.as_ref())
    }

    /// Whether this is advice beside a record that must stand without it.
    pub(super) fn is_tender(&self) -> bool {
        self.opened.dossier().kind() == EvaluationKind::Tender
    }

    pub(super) fn places(&self) -> Places<'_> {
        Places::new(&self.opened, self.lens.as_ref())
    }

    /// The result in print, with the reasons that the record gives.
    pub(super) fn publish(&self, card: &Scorecard, detail: Detail) -> Published<'_> {
        published(&self.opened, card, detail)
    }

    /// What stands around a page; `below` is its address below the evaluation's: empty, or like `/vendors/1`, perhaps with a query.
    pub(super) fn frame(&self, below: &str) -> Frame<'_> {
        let dossier = self.opened.dossier();
        let places = self.places();
        let current = self.lens.as_ref().map(Lens::id);
        let record = LensLink {
            title: "The record's weights",
            href: format!("{}{below}", places.here()),
            is_current: current.is_none(),
        };
        let join = if below.contains('?') { '&' } else { '?' };
        let lenses = dossier.set().lenses().iter();
        let lenses = lenses.map(|lens| LensLink {
            title: lens.title(),
            href: format!("{}{below}{join}lens={}", places.here(), lens.id()),
            is_current: current == Some(lens.id()),
        });
        Frame {
            awaits: Awaits::of(dossier),
            title: dossier.title(),
            here: places.here().to_owned(),
            ranking: places.ranking(),
            lens: self.lens.as_ref(),
            lenses: std::iter::once(record).chain(lenses).collect(),
            head: dossier.head().to_string(),
            ways: self.ways(),
            is_sealed: dossier.prices() == Prices::Sealed,
            fixed: Fixed::answers(dossier),
        }
    }
}

/// What has to happen before totals and ranks show to somebody; `None` if they show.
pub(super) fn hidden_until(actor: Actor, dossier: &Dossier) -> Option<&'static str> {
    match may(actor, Action::SeeResults, dossier.object()) {
        Ok(()) => None,
        Err(Denied::OwnFirst) => {
            Some("your own answers to everything you are assigned are handed in")
        }
        Err(Denied::Undeclared) => {
            Some("you have declared whether you have a conflict of interest")
        }
        Err(Denied::NotYet) => Some("the result is locked or the decision recorded"),
        Err(_) => Some("scoring is closed"),
    }
}

/// A result in print, with the reasons that the record gives beside the numbers.
pub(in crate::web) fn published<'a>(
    opened: &'a Opened,
    card: &Scorecard,
    detail: Detail,
) -> Published<'a> {
    let dossier = opened.dossier();
    let evaluation = dossier.evaluation();
    let mut published = reports::publish(evaluation, card, detail);
    for exclusion in dossier.exclusions() {
        let mut vendors = evaluation.vendor_indices();
        let found = vendors.find(|&one| evaluation.vendor_name(one) == exclusion.vendor);
        if let Some(vendor) = found {
            published.remark(vendor, exclusion.why.reason.as_str());
        }
    }
    match dossier.kind() {
        EvaluationKind::Tender => published.as_record(),
        EvaluationKind::Internal => published,
    }
}
