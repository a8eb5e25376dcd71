//! What is missing and could still change the order, and who owes it.

use std::collections::{BTreeMap, BTreeSet};

use crate::criteria::{Criterion, CriterionIndex};
use crate::evaluation::{Evaluation, EvaluatorIndex, VendorIndex};
use crate::reports::figure::numbers;
use crate::reports::notices::criterion_text;
use crate::reports::sentence::{About, Sentence};
use crate::reports::words::{counted, listed};
use crate::scoring::Scorecard;
use crate::scoring::explain::{Missing, missing as found};

use super::firmness::names;
use super::{Addresses, Said, said};

/// The most answers that are listed.
const LISTED: usize = 200;

/// What could still change the order.
pub(crate) struct MissingView {
    /// What first place or the order waits for.
    pub(crate) headline: Vec<Said>,
    pub(crate) rows: Vec<MissingRow>,
    /// How many more there are than are listed.
    pub(crate) more: usize,
}

/// A missing answer that could still change the order.
pub(crate) struct MissingRow {
    pub(crate) vendor: String,
    pub(crate) href: Option<String>,
    pub(crate) title: String,
    pub(crate) id: String,
    /// How far it can move a total.
    pub(crate) moves: String,
    pub(crate) opens_gate: bool,
    pub(crate) moves_first: bool,
    pub(crate) beside: Vec<Said>,
    pub(crate) owed_by: String,
}

/// Lays out what could still change the order, the largest first.
pub(crate) fn missing(
    evaluation: &Evaluation,
    card: &Scorecard,
    addresses: &dyn Addresses,
) -> MissingView {
    let all = found(evaluation.set(), card);
    let more = all.len().saturating_sub(LISTED);
    let moves: Vec<_> = all
        .iter()
        .take(LISTED)
        .map(|one| Some(one.moves.clone()))
        .collect();
    let rows = all.iter().zip(numbers(&moves));
    MissingView {
        headline: said(waited_for(evaluation, &all), addresses),
        rows: rows
            .map(|(one, moves)| {
                let moves = moves.map_or_else(String::new, |moves| moves.text);
                row(evaluation, one, moves, addresses)
            })
            .collect(),
        more,
    }
}

fn row(
    evaluation: &Evaluation,
    one: &Missing,
    moves: String,
    addresses: &dyn Addresses,
) -> MissingRow {
    let criterion = evaluation.set().criteria().get(one.criterion.position());
    let owners: Vec<&str> = one
        .owed_by
        .iter()
        .map(|&owner| evaluation.evaluator_name(owner))
        .collect();
    MissingRow {
        vendor: evaluation.vendor_name(one.vendor).to_owned(),
        href: addresses.of(About::Cell(one.vendor, one.criterion)),
        title: criterion.map_or("", Criterion::title).to_owned(),
        id: criterion.map_or("", Criterion::id).to_owned(),
        moves,
        opens_gate: one.opens_gate,
        moves_first: one.moves_first,
        beside: said(names(evaluation, &one.beside), addresses),
        owed_by: listed(&owners),
    }
}

/// What first place waits for, or else the order.
pub(in crate::reports) fn waited_for(evaluation: &Evaluation, all: &[Missing]) -> Sentence {
    let decisive: Vec<&Missing> = all.iter().filter(|one| one.moves_first).collect();
    if !decisive.is_empty() {
        return waits("First place", evaluation, &decisive);
    }
    let gates: Vec<&Missing> = all.iter().collect();
    if gates.is_empty() {
        return Sentence::of("Nothing that is missing can change the order.");
    }
    waits("The order", evaluation, &gates)
}

fn waits(what: &str, evaluation: &Evaluation, all: &[&Missing]) -> Sentence {
    let mut owners: BTreeMap<Option<EvaluatorIndex>, Vec<&Missing>> = BTreeMap::new();
    for one in all {
        if one.owed_by.is_empty() {
            owners.entry(None).or_default().push(one);
        }
        for &owner in &one.owed_by {
            owners.entry(Some(owner)).or_default().push(one);
        }
    }
    let count = owners.len();
    let parts = owners.iter().map(|(owner, owed)| {
        // Of several cells, some alone may already decide.
        let some = if owed.len() == 1 {
            ""
        } else {
            "at least one of "
        };
        let cells = cells(evaluation, owed);
        match owner {
            Some(owner) => Sentence::on(evaluation.evaluator_name(*owner), About::Owner(*owner))
                .say(format!(" scores {some}"))
                .then(cells),
            None => Sentence::of(some)
                .then(cells)
                .say(", which nobody owes, is settled"),
        }
    });
    let parts = parts.collect();
    // Only where a single person owes everything is it certain that nothing can be decided before.
    if count == 1 {
        return Sentence::of(format!("{what} cannot be decided before "))
            .list(parts, count)
            .say(".");
    }
    Sentence::of(format!("{what} is not decided; it waits until "))
        .list(parts, count)
        .say(".")
}

/// `Availability (SCL-AVL) for 2 vendors`, or `12 criteria for Acme`.
fn cells(evaluation: &Evaluation, owed: &[&Missing]) -> Sentence {
    let criteria: BTreeSet<CriterionIndex> = owed.iter().map(|one| one.criterion).collect();
    let vendors: BTreeSet<VendorIndex> = owed.iter().map(|one| one.vendor).collect();
    let told = match criteria.first() {
        Some(&only) if criteria.len() == 1 => {
            Sentence::on(criterion_text(evaluation, only), About::Criterion(only))
        }
        _ => Sentence::of(counted(criteria.len(), "criterion", "criteria")),
    };
    match vendors.first() {
        Some(&only) if vendors.len() == 1 => told.say(" for ").then(names(evaluation, &[only])),
        _ => told.say(format!(
            " for {}",
            counted(vendors.len(), "vendor", "vendors")
        )),
    }
}
