//! The gates: what is in trouble, and every gate for every vendor.

use crate::reports::published::{Published, PublishedGate};
use crate::reports::words;
use crate::scoring::GateOutcome;

/// A gate that a vendor fails or may fail.
pub(super) struct GateTrouble<'a> {
    pub(super) vendor: &'a str,
    pub(super) title: &'a str,
    pub(super) id: &'a str,
    pub(super) needed: String,
    pub(super) value: String,
    pub(super) outcome: &'static str,
}

/// One gate over all vendors.
pub(super) struct GateRow<'a> {
    pub(super) title: &'a str,
    pub(super) id: &'a str,
    pub(super) needed: String,
    pub(super) cells: Vec<GateCell>,
}

pub(super) struct GateCell {
    pub(super) value: String,
    pub(super) outcome: &'static str,
}

pub(super) fn trouble<'a>(published: &'a Published<'a>) -> Vec<GateTrouble<'a>> {
    let set = published.evaluation.set();
    let mut troubles = Vec::new();
    for vendor in &published.vendors {
        let gates = vendor.gates.iter();
        let unmet =
            gates.filter(|gate| matches!(gate.outcome, GateOutcome::Failed | GateOutcome::Open));
        troubles.extend(unmet.map(|gate| GateTrouble {
            vendor: published.vendor_name(vendor),
            title: words::gate_title(set, gate.on),
            id: words::gate_on(set, gate.on),
            needed: words::gate_bound(gate.on, gate.bound),
            value: gate.value_text(),
            outcome: outcome(gate),
        }));
    }
    troubles
}

pub(super) fn rows<'a>(published: &'a Published<'a>) -> Vec<GateRow<'a>> {
    let set = published.evaluation.set();
    let first = published
        .vendors
        .first()
        .map_or(&[][..], |vendor| &vendor.gates);
    let rows = first.iter().enumerate();
    rows.map(|(position, gate)| GateRow {
        title: words::gate_title(set, gate.on),
        id: words::gate_on(set, gate.on),
        needed: words::gate_bound(gate.on, gate.bound),
        cells: published
            .vendors
            .iter()
            .filter_map(|vendor| vendor.gates.get(position))
            .map(|gate| GateCell {
                value: gate.value_text(),
                outcome: outcome(gate),
            })
            .collect(),
    })
    .collect()
}

fn outcome(gate: &PublishedGate) -> &'static str {
    match gate.outcome {
        GateOutcome::NotApplicable => "n/a",
        outcome => words::outcome(outcome),
    }
}
