//! What an evaluator with a role of their own may file and take back: their own rows, and nobody else's.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::accounts::{Actor, Denied};
use crate::criteria::CriterionIndex;
use crate::evaluation::{Entry, Sheet};
use crate::record::{Dossier, Filing};
use crate::table::Name;

use super::filing::evaluator_of;
use super::{Error, FieldProblem, Upload};

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

/// Refuses answers of an evaluator to what they are not assigned: a sheet of their own holds what is asked of them.
pub(super) fn demand_assigned(actor: Actor, dossier: &Dossier, sheet: &Sheet) -> Result<(), Error> {
    let evaluation = dossier.evaluation();
    let own = dossier.members().own_evaluator(actor);
    let own = own.and_then(|name| evaluation.evaluator_named(&Name::parse(name).ok()?));
    let Some(assigned) = own.and_then(|own| evaluation.assignment(own)) else {
        return Ok(());
    };
    let scored: BTreeSet<CriterionIndex> = dossier.scored_criteria().collect();
    let lines = sheet.lines().iter();
    let beyond: BTreeSet<CriterionIndex> = lines
        .filter(|line| line.entry != Entry::NotScored)
        .map(|line| line.criterion)
        .filter(|criterion| scored.contains(criterion) && !assigned.contains(criterion))
        .collect();
    let ids = beyond
        .into_iter()
        .filter_map(|criterion| dossier.set().criteria().get(criterion.position()));
    let problems: Vec<FieldProblem> = ids
        .map(|criterion| FieldProblem {
            field: "criterion".to_owned(),
            value: Some(criterion.id().to_owned()),
            code: "not-assigned",
            message: "you are not asked to score this; leave it empty, or ask an owner to assign it to you".to_owned(),
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Fields(problems))
    }
}

/// Refuses to touch a sheet that has rows of others.
pub(super) fn demand_own(actor: Actor, dossier: &Dossier, filing: &Filing) -> Result<(), Error> {
    if is_own(actor, dossier, filing) {
        Ok(())
    } else {
        Err(Denied::Role.into())
    }
}

/// Whether a sheet is one that somebody may take back: to an evaluator with a role of their own, one with their rows alone.
#[must_use]
pub fn is_own(actor: Actor, dossier: &Dossier, filing: &Filing) -> bool {
    let Some(own) = dossier.members().own_evaluator(actor) else {
        return true;
    };
    !filing.evaluators.is_empty() && filing.evaluators.iter().all(|name| name == own)
}
