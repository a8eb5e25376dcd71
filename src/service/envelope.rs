//! Prices that are sealed until quality is scored.

use std::sync::Arc;

use crate::accounts::{Action, Actor, may};
use crate::record::{Change, Dossier, EvaluationId, Filing};

use super::{Entry, Error, Opened, Service};

impl Service {
    /// Opens the sealed prices: from here on they count, and quality stays as it is.
    ///
    /// # Errors
    /// [`Error::Denied`] while scoring is open, and where no price is sealed.
    pub fn open_prices(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::OpenPrices, id, |_| {
            Ok(vec![Entry::plain(Change::PricesOpened {})])
        })
    }
}

/// Whether somebody may read a sheet as it was filed: its scores are results, and its prices may be sealed.
#[must_use]
pub fn may_read(actor: Actor, dossier: &Dossier, filing: &Filing) -> bool {
    let may = |action| may(actor, action, dossier.object()).is_ok();
    may(Action::SeeResults) && (!dossier.seals(filing) || may(Action::SeePrices))
}
