//! Who leaves a list, and what is known no more once something has changed.

use std::sync::OnceLock;

use crate::evaluation::Prices;
use crate::record::Sealed;

use super::{Dossier, Misfit};

impl Dossier {
    pub(super) fn remove_vendor(&mut self, vendor: &str) -> Result<(), Misfit> {
        self.evaluation.remove_vendor(self.vendor(vendor)?)?;
        self.exclusions
            .retain(|exclusion| exclusion.vendor != *vendor);
        self.recusals
            .retain(|recusal| recusal.vendor.as_deref() != Some(vendor));
        Ok(())
    }

    pub(super) fn remove_evaluator(&mut self, evaluator: &str) -> Result<(), Misfit> {
        self.evaluation
            .remove_evaluator(self.evaluator(evaluator)?)?;
        self.recusals
            .retain(|recusal| recusal.evaluator != *evaluator);
        self.handed_out.remove(evaluator);
        self.evaluators_given &= !self.evaluation.evaluators().is_empty();
        Ok(())
    }

    pub(super) fn open_prices(&mut self) {
        self.evaluation.open_prices();
        self.prices = Prices::Opened;
    }

    /// What was found out about the state before holds no more.
    pub(super) fn stand_at(&mut self, sealed: &Sealed) {
        self.head = sealed.head();
        self.awaited = OnceLock::new();
        self.undeclared = OnceLock::new();
    }
}
