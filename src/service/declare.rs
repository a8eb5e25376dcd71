//! Conflicts of interest: whoever scores says first whether they have one.

use std::sync::Arc;

use crate::accounts::{Action, Actor, Denied, Role};
use crate::record::{Change, Dossier, EvaluationId};
use crate::table::Name;

use super::people::vendor_name;
use super::{Entry, Error, Opened, Service};

/// The most characters that are kept of what somebody says about it.
const MOST: usize = 2_000;

impl Service {
    /// Records what an evaluator says about their interests: the vendors with whom they have a conflict, none if they have none.
    ///
    /// # Errors
    /// [`Error::Denied`] if the actor does not score here, [`Error::Fields`] if a conflict comes without a word about it.
    pub fn declare_interests(
        &self,
        actor: Actor,
        id: &EvaluationId,
        conflicts: &[String],
        words: &str,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::DeclareInterests, id, |dossier| {
            let evaluator = own_name(dossier, actor).ok_or(Denied::NoEvaluator)?;
            let named = conflicts.iter().map(|name| vendor_name(dossier, name));
            let conflicts = named.collect::<Result<Vec<String>, Error>>()?;
            let words = words.trim();
            if words.is_empty() && !conflicts.is_empty() {
                let message = "say in a few words what the conflict is";
                return Err(Error::field("words", None, "words-missing", message));
            }
            if words.chars().count() > MOST {
                let message = "say it in at most 2,000 characters";
                return Err(Error::field("words", None, "words-too-long", message));
            }
            let vendors = dossier.evaluation().vendors().names().iter();
            Ok(vec![Entry::plain(Change::InterestsDeclared {
                evaluator: evaluator.to_owned(),
                vendors: vendors.map(Name::shown).map(str::to_owned).collect(),
                conflicts,
                words: (!words.is_empty()).then(|| words.to_owned()),
            })])
        })
    }
}

/// The evaluator that somebody scores as, whatever else they are.
pub(super) fn own_name(dossier: &Dossier, actor: Actor) -> Option<&str> {
    let mut roles = dossier.members().roles(actor).iter();
    roles.find_map(Role::evaluator)
}

/// Whether somebody scores here and has to say first if they have a conflict of interest.
#[must_use]
pub fn must_declare(actor: Actor, dossier: &Dossier) -> bool {
    own_name(dossier, actor).is_some_and(|name| dossier.undeclared().has(name))
}
