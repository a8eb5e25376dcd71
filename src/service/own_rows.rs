//! What an evaluator with a role of their own may file and take back: their own rows, and nobody else's.

use std::borrow::Cow;

use crate::accounts::{Actor, Denied};
use crate::record::{Dossier, Filing};
use crate::table::Name;

use super::filing::evaluator_of;
use super::{Error, Upload};

/// The upload as somebody may file it: an evaluator hands in their own rows, so that those of others are problems.
pub(super) fn for_own<'u>(
    dossier: &Dossier,
    actor: Actor,
    upload: &'u Upload,
) -> Result<Cow<'u, Upload>, Error> {
    let Some(own) = dossier.members().own_evaluator(actor) else {
        return Ok(Cow::Borrowed(upload));
    };
    let named = evaluator_of(upload)?;
    if let Some(other) = named.filter(|name| Name::parse(own).ok().as_ref() != Some(name)) {
        let message =
            format!("you hand in the sheet of {own}; the sheets of others come from themselves");
        return Err(Error::field(
            "evaluator",
            Some(other.shown()),
            "not-yours",
            message,
        ));
    }
    Ok(Cow::Owned(Upload {
        evaluator: Some(own.to_owned()),
        new_vendors: false,
        new_evaluators: false,
        ..upload.clone()
    }))
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
