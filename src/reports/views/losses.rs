//! What costs a vendor most, and the gates that put it out.

use std::cmp::Reverse;

use crate::criteria::{CategoryIndex, CriteriaSet, Criterion, Kind};
use crate::evaluation::VendorIndex;
use crate::reports::figure::{Ends, Figure, figures};
use crate::reports::published::Published;
use crate::reports::sentence::About;
use crate::scoring::explain::{Loss, losses as found};
use crate::scoring::{GateOn, GateOutcome, Scorecard};

use super::Addresses;
use super::gates::{GateTrouble, of_vendor};
use super::vendors::{AnswerView, answer_views};

/// How many criteria are told.
const TOLD: usize = 10;
/// How many criteria are told of a failed gate on a category or the total.
const TOLD_OF_GATE: usize = 5;

/// What one criterion costs a vendor.
pub(crate) struct LossRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) href: Option<String>,
    /// Against the best that another vendor in the running reaches.
    pub(crate) to_best: String,
    /// Against full marks.
    pub(crate) to_full: String,
}

/// A gate that a vendor fails, with the scores and reasons it fails by.
pub(crate) struct FailedGate<'a> {
    pub(crate) gate: GateTrouble<'a>,
    /// Of a criterion.
    pub(crate) answers: Vec<AnswerView<'a>>,
    /// Of a category or the total: the criteria that take most off it.
    pub(crate) parts: Vec<GatePart<'a>>,
}

/// A criterion that a failed gate on a category or the total comes from.
pub(crate) struct GatePart<'a> {
    pub(crate) loss: LossRow<'a>,
    pub(crate) answers: Vec<AnswerView<'a>>,
}

/// The criteria that cost a vendor most, the largest loss against the best first.
pub(crate) fn losses<'a>(
    published: &'a Published<'a>,
    card: &Scorecard,
    vendor: VendorIndex,
    addresses: &dyn Addresses,
) -> Vec<LossRow<'a>> {
    let mut losses = found(card, vendor);
    losses.retain(|loss| !loss.to_full.high.is_zero());
    losses.truncate(TOLD);
    rows(published, &losses, addresses)
}

fn rows<'a>(
    published: &'a Published<'a>,
    losses: &[Loss],
    addresses: &dyn Addresses,
) -> Vec<LossRow<'a>> {
    let criteria = published.evaluation.set().criteria();
    let column = |pick: fn(&Loss) -> &crate::scoring::Bounds| {
        let column: Vec<_> = losses.iter().map(|loss| Some(pick(loss).clone())).collect();
        figures(&column, Ends::WhereOpen)
    };
    let printed = column(|loss| &loss.to_best)
        .into_iter()
        .zip(column(|loss| &loss.to_full));
    let rows = losses.iter().zip(printed);
    rows.map(|(loss, (to_best, to_full))| {
        let criterion = criteria.get(loss.criterion.position());
        LossRow {
            id: criterion.map_or("", Criterion::id),
            title: criterion.map_or("", Criterion::title),
            href: addresses.of(About::Criterion(loss.criterion)),
            to_best: cost(&to_best),
            to_full: cost(&to_full),
        }
    })
    .collect()
}

/// What is missed, as what it takes off the total.
fn cost(figure: &Figure) -> String {
    match figure.text() {
        Some("0.00") => "0.00".to_owned(),
        Some(known) => format!("−{known}"),
        None => figure.shown(),
    }
}

/// The gates that a vendor fails. `record` is the result under the record's weights, on which gates are decided.
pub(crate) fn failed_gates<'a>(
    published: &'a Published<'a>,
    record: &Scorecard,
    vendor: VendorIndex,
    addresses: &dyn Addresses,
) -> Vec<FailedGate<'a>> {
    let Some(card) = published.vendors.iter().find(|one| one.vendor == vendor) else {
        return Vec::new();
    };
    let told = of_vendor(published, card, addresses).into_iter();
    told.zip(&card.gates)
        .filter(|(_, gate)| gate.outcome == GateOutcome::Failed)
        .map(|(told, gate)| FailedGate {
            gate: told,
            answers: match gate.on {
                GateOn::Criterion(index) => answer_views(published, vendor, index, addresses),
                GateOn::Category(_) | GateOn::Total => Vec::new(),
            },
            parts: match gate.on {
                GateOn::Criterion(_) => Vec::new(),
                GateOn::Category(category) => {
                    parts(published, record, vendor, Some(category), addresses)
                }
                GateOn::Total => parts(published, record, vendor, None, addresses),
            },
        })
        .collect()
}

/// The rated criteria below a category, or of all, that cost a vendor most against full marks.
fn parts<'a>(
    published: &'a Published<'a>,
    record: &Scorecard,
    vendor: VendorIndex,
    below: Option<CategoryIndex>,
    addresses: &dyn Addresses,
) -> Vec<GatePart<'a>> {
    let set = published.evaluation.set();
    let mut losses = found(record, vendor);
    losses.retain(|loss| {
        let criterion = set.criteria().get(loss.criterion.position());
        !loss.to_full.high.is_zero()
            && criterion.is_some_and(|criterion| {
                matches!(criterion.kind(), Kind::Rated(_)) && lies_below(set, criterion, below)
            })
    });
    losses.sort_by_cached_key(|loss| Reverse(&loss.to_full.low + &loss.to_full.high));
    losses.truncate(TOLD_OF_GATE);
    let rows = rows(published, &losses, addresses).into_iter();
    rows.zip(&losses)
        .map(|(row, loss)| GatePart {
            loss: row,
            answers: answer_views(published, vendor, loss.criterion, addresses),
        })
        .collect()
}

fn lies_below(set: &CriteriaSet, criterion: &Criterion, below: Option<CategoryIndex>) -> bool {
    let above = |category: &CategoryIndex| set.categories().get(category.position())?.parent();
    below.is_none_or(|below| {
        std::iter::successors(Some(criterion.category()), above).any(|one| one == below)
    })
}
