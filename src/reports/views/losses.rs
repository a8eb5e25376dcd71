//! What costs a vendor most, and the gates that put it out.

use crate::criteria::Criterion;
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
    /// Of a criterion; a category and the total are decided by all of theirs.
    pub(crate) answers: Vec<AnswerView<'a>>,
}

/// The criteria that cost a vendor most, the largest loss against the best first.
pub(crate) fn losses<'a>(
    published: &'a Published<'a>,
    card: &Scorecard,
    vendor: VendorIndex,
    addresses: &dyn Addresses,
) -> Vec<LossRow<'a>> {
    let criteria = published.evaluation.set().criteria();
    let mut losses = found(card, vendor);
    losses.retain(|loss| !loss.to_full.high.is_zero());
    losses.truncate(TOLD);
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

/// The gates that a vendor fails.
pub(crate) fn failed_gates<'a>(
    published: &'a Published<'a>,
    vendor: VendorIndex,
    addresses: &dyn Addresses,
) -> Vec<FailedGate<'a>> {
    let Some(found) = published.vendors.iter().find(|one| one.vendor == vendor) else {
        return Vec::new();
    };
    let told = of_vendor(published, found, addresses).into_iter();
    told.zip(&found.gates)
        .filter(|(_, gate)| gate.outcome == GateOutcome::Failed)
        .map(|(told, gate)| FailedGate {
            gate: told,
            answers: match gate.on {
                GateOn::Criterion(index) => answer_views(published, vendor, index, addresses),
                GateOn::Category(_) | GateOn::Total => Vec::new(),
            },
        })
        .collect()
}
