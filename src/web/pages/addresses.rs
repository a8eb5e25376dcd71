//! Where the parts of a result stand among the pages.

use std::fmt;

use crate::criteria::Lens;
use crate::evaluation::{EvaluationKind, Origin};
use crate::record::Dossier;
use crate::reports::sentence::About;
use crate::reports::views::Addresses;
use crate::reports::views::order::Order;
use crate::service::Opened;

/// The addresses of one evaluation's pages, seen through a lens or not.
#[derive(Debug)]
pub(super) struct Places<'a> {
    dossier: &'a Dossier,
    /// The page of the evaluation.
    here: String,
    /// What every address of a result ends in: `?lens=cio`, or nothing.
    view: String,
}

impl<'a> Places<'a> {
    pub(super) fn new(opened: &'a Opened, lens: Option<&Lens>) -> Self {
        let dossier = opened.dossier();
        Self {
            dossier,
            here: format!("/evaluations/{}", dossier.id()),
            view: lens.map_or_else(String::new, |lens| format!("?lens={}", lens.id())),
        }
    }

    /// The page of the evaluation, without a lens.
    pub(super) fn here(&self) -> &str {
        &self.here
    }

    /// The page of the evaluation, through the same lens.
    pub(super) fn ranking(&self) -> String {
        format!("{}{}", self.here, self.view)
    }

    /// The same, shown in an order.
    pub(super) fn ranking_in(&self, order: Order) -> String {
        let join = if self.view.is_empty() { '?' } else { '&' };
        let sort = order.query();
        let sort = sort.map_or_else(String::new, |sort| format!("{join}{sort}"));
        format!("{}{}{sort}#ranking", self.here, self.view)
    }

    /// A file of the result, through the same lens.
    pub(super) fn file(&self, name: &str, separator: Option<&str>) -> String {
        match separator {
            None => format!("{}/{name}{}", self.here, self.view),
            Some(sep) if self.view.is_empty() => format!("{}/{name}?sep={sep}", self.here),
            Some(sep) => format!("{}/{name}{}&sep={sep}", self.here, self.view),
        }
    }

    /// A file of the record, which no lens changes.
    pub(super) fn record_file(&self, name: &str, separator: Option<&str>) -> String {
        match separator {
            None => format!("{}/{name}", self.here),
            Some(sep) => format!("{}/{name}?sep={sep}", self.here),
        }
    }

    /// The ranking as a workbook; in a tender that of the record, for a lens is no part of it.
    pub(super) fn ranking_workbook(&self) -> String {
        match self.dossier.kind() {
            EvaluationKind::Tender => self.record_file("ranking.xlsx", None),
            EvaluationKind::Internal => self.file("ranking.xlsx", None),
        }
    }

    /// A page below the evaluation's, through the same lens.
    pub(super) fn page(&self, name: &str) -> String {
        format!("{}/{name}{}", self.here, self.view)
    }

    /// The page of the vendor in a place of the list, from 0.
    pub(super) fn vendor(&self, position: usize, anchor: impl fmt::Display) -> String {
        let number = position.saturating_add(1);
        format!("{}/vendors/{number}{}{anchor}", self.here, self.view)
    }
}

impl Addresses for Places<'_> {
    fn of(&self, about: About) -> Option<String> {
        let set = self.dossier.set();
        let criterion = |position: usize| Some(set.criteria().get(position)?.id());
        Some(match about {
            About::Vendor(vendor) => self.vendor(vendor.position(), ""),
            About::Category(vendor, category) => {
                let category = set.categories().get(category.position())?.id();
                self.vendor(vendor.position(), format_args!("#{category}"))
            }
            About::Cell(vendor, index) => {
                let criterion = criterion(index.position())?;
                self.vendor(vendor.position(), format_args!("#{criterion}"))
            }
            About::Criterion(index) => {
                let criterion = criterion(index.position())?;
                format!("{}/criteria/{criterion}{}", self.here, self.view)
            }
            About::Owner(_) | About::Missing => format!("{}/sheets#progress", self.here),
        })
    }

    fn cell(&self, origin: Origin) -> Option<String> {
        let filings = self.dossier.filings().iter();
        let filing = filings.rev().find(|filing| filing.sheet == origin.sheet)?;
        let (number, row) = (filing.number, origin.row);
        Some(format!("{}/sheets/{number}?at={row}#row-{row}", self.here))
    }
}
