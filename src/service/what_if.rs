//! What would be under other weights, or with somebody left out.

use std::sync::Arc;

use crate::accounts::{Action, Actor};
use crate::record::EvaluationId;
use crate::scoring::what_if::{Outcome, WhatIf, what_if};

use super::{Error, Opened, Service};

impl Opened {
    /// What would be; nothing of it is kept.
    #[must_use]
    pub fn what_if(&self, asked: &WhatIf) -> Outcome {
        what_if(self.dossier().evaluation(), &self.scorecard(None), asked)
    }
}

impl Service {
    /// An evaluation of which it may be asked what would be.
    ///
    /// # Errors
    /// [`Error::Denied`] in a tender between the first sheet and the end of scoring, [`Error::NoEvaluation`] if there is none
    /// of this id.
    pub fn to_ask_what_if(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        let opened = self.open(actor, id)?;
        self.ask(actor, Action::WhatIf, opened.dossier())?;
        Ok(opened)
    }
}
