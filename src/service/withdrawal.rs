//! Taking sheets back, and letting them stand again.

use std::sync::Arc;

use crate::accounts::{Action, Actor};
use crate::record::{Change, EvaluationId};

use super::opened::Opened;
use super::own_rows::demand_own;
use super::{Entry, Error, Service};

impl Service {
    /// Withdraws a sheet: its answers give way to those before.
    ///
    /// # Errors
    /// [`Error::NoSheet`], or [`Error::Fields`] without a reason.
    pub fn withdraw_sheet(
        &self,
        actor: Actor,
        id: &EvaluationId,
        number: u32,
        reason: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = super::settle::reason(reason)?;
        let withdrawn = Change::SheetWithdrawn {
            sheet: number,
            reason,
        };
        self.turn(actor, id, number, true, withdrawn)
    }

    /// Lets a withdrawn sheet stand again, in its old place.
    ///
    /// # Errors
    /// [`Error::NoSheet`], or [`Error::Fields`] without a reason.
    pub fn restore_sheet(
        &self,
        actor: Actor,
        id: &EvaluationId,
        number: u32,
        reason: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = super::settle::reason(reason)?;
        let restored = Change::SheetRestored {
            sheet: number,
            reason,
        };
        self.turn(actor, id, number, false, restored)
    }

    /// Makes a sheet withdrawn or standing, unless it is.
    fn turn(
        &self,
        actor: Actor,
        id: &EvaluationId,
        number: u32,
        withdrawn: bool,
        change: Change,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::WithdrawSheet, id, |dossier| {
            let filing = dossier.filing(number).ok_or(Error::NoSheet)?;
            demand_own(actor, dossier, filing)?;
            if filing.withdrawn.is_some() == withdrawn {
                return Ok(Vec::new());
            }
            Ok(vec![Entry::plain(change)])
        })
    }
}
