//! What an evaluator with a role of their own may file and take back: their own rows, and nobody else's.

use crate::accounts::{Action, Actor, Denied};
use crate::record::{Dossier, EvaluationId, Filing};
use crate::table::{Name, NameList};

use super::{Error, Service};

impl Service {
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
}

/// The one evaluator whose rows somebody files.
pub(super) struct OwnRows {
    name: Name,
    list: NameList,
}

impl OwnRows {
    /// The evaluator whose rows an actor files; `None` if they may file those of everybody.
    pub(super) fn of(actor: Actor, dossier: &Dossier) -> Result<Option<Self>, Error> {
        let Some(own) = dossier.members().own_evaluator(actor) else {
            return Ok(None);
        };
        let name = Name::parse(own).map_err(|why| Error::Damaged(why.to_string()))?;
        let mut list = NameList::default();
        // In an empty list nothing looks like it.
        let _ = list.find_or_add(&name);
        Ok(Some(Self { name, list }))
    }

    /// Whose rows they are that name nobody: theirs, and nobody else may be named with the sheet.
    pub(super) fn named(&self, evaluator: Option<&Name>) -> Result<Name, Error> {
        match evaluator {
            Some(other) if other.key() != self.name.key() => {
                let message = format!(
                    "you file the rows of {} only; leave the name out, or ask an owner of the evaluation to file this sheet",
                    self.name.shown()
                );
                Err(Error::field(
                    "evaluator",
                    Some(other.shown()),
                    "own-rows-only",
                    message,
                ))
            }
            Some(_) | None => Ok(self.name.clone()),
        }
    }

    /// The list of evaluators that a sheet may name.
    pub(super) fn list(&self) -> &NameList {
        &self.list
    }
}

/// Refuses to touch a sheet that has rows of others.
pub(super) fn demand_own(actor: Actor, dossier: &Dossier, filing: &Filing) -> Result<(), Error> {
    let Some(own) = dossier.members().own_evaluator(actor) else {
        return Ok(());
    };
    let is_own = !filing.evaluators.is_empty() && filing.evaluators.iter().all(|name| name == own);
    if is_own {
        Ok(())
    } else {
        Err(Denied::Role.into())
    }
}
