//! The gates: what is in trouble, and every gate for every vendor.

use crate::criteria::CriteriaSet;
use crate::evaluation::VendorIndex;
use crate::reports::published::{Published, PublishedGate, PublishedVendor};
use crate::reports::score::ScoreText;
use crate::reports::sentence::About;
use crate::reports::words;
use crate::scoring::{GateOn, GateOutcome};

use super::Addresses;
use super::side::{Side, by_side};

/// A gate of a vendor.
pub(crate) struct GateTrouble<'a> {
    pub(crate) vendor: &'a str,
    pub(crate) href: Option<String>,
    pub(crate) title: &'a str,
    pub(crate) id: &'a str,
    pub(crate) needed: String,
    pub(crate) value: ScoreText,
    pub(crate) outcome: &'static str,
}

/// One gate over all vendors.
pub(crate) struct GateRow<'a> {
    pub(crate) title: &'a str,
    pub(crate) id: &'a str,
    pub(crate) needed: String,
    pub(crate) cells: Vec<GateCell>,
}

pub(crate) struct GateCell {
    pub(crate) value: ScoreText,
    pub(crate) outcome: &'static str,
}

pub(crate) fn trouble<'a>(
    published: &'a Published<'a>,
    addresses: &dyn Addresses,
) -> Vec<GateTrouble<'a>> {
    let mut troubles = Vec::new();
    for vendor in &published.vendors {
        let gates = vendor.gates.iter();
        let unmet =
            gates.filter(|gate| matches!(gate.outcome, GateOutcome::Failed | GateOutcome::Open));
        troubles.extend(unmet.map(|gate| one(published, vendor, gate, addresses)));
    }
    troubles
}

/// The gates of one vendor.
pub(super) fn of_vendor<'a>(
    published: &'a Published<'a>,
    vendor: &'a PublishedVendor,
    addresses: &dyn Addresses,
) -> Vec<GateTrouble<'a>> {
    let gates = vendor.gates.iter();
    gates
        .map(|gate| one(published, vendor, gate, addresses))
        .collect()
}

fn one<'a>(
    published: &'a Published<'a>,
    vendor: &'a PublishedVendor,
    gate: &PublishedGate,
    addresses: &dyn Addresses,
) -> GateTrouble<'a> {
    let set = published.evaluation.set();
    GateTrouble {
        vendor: published.vendor_name(vendor),
        href: addresses.of(about(vendor.vendor, gate)),
        title: words::gate_title(set, gate.on),
        id: words::gate_on(set, gate.on),
        needed: words::gate_bound(gate.on, gate.bound),
        value: gate.value_text(),
        outcome: outcome(gate),
    }
}

/// What of a vendor's result a gate judges.
fn about(vendor: VendorIndex, gate: &PublishedGate) -> About {
    match gate.on {
        GateOn::Criterion(criterion) => About::Cell(vendor, criterion),
        GateOn::Category(category) => About::Category(vendor, category),
        GateOn::Total => About::Vendor(vendor),
    }
}

pub(crate) fn rows<'a>(
    published: &'a Published<'a>,
    addresses: &dyn Addresses,
) -> Vec<Side<'a, GateRow<'a>>> {
    let set = published.evaluation.set();
    by_side(published, addresses, |vendors| {
        rows_of(set, &vendors.iter().collect::<Vec<_>>())
    })
}

/// Every gate over a few vendors.
pub(super) fn rows_of<'a>(set: &'a CriteriaSet, vendors: &[&PublishedVendor]) -> Vec<GateRow<'a>> {
    let first = vendors.first().map_or(&[][..], |vendor| &vendor.gates);
    let rows = first.iter().enumerate();
    rows.map(|(position, gate)| GateRow {
        title: words::gate_title(set, gate.on),
        id: words::gate_on(set, gate.on),
        needed: words::gate_bound(gate.on, gate.bound),
        cells: vendors
            .iter()
            .filter_map(|vendor| vendor.gates.get(position))
            .map(gate_cell)
            .collect(),
    })
    .collect()
}

fn gate_cell(gate: &PublishedGate) -> GateCell {
    GateCell {
        value: gate.value_text(),
        outcome: outcome(gate),
    }
}

/// The gates of a vendor in a few words: those failed and open, or how many there are to pass.
pub(super) fn summary(vendor: &PublishedVendor) -> String {
    let count = |outcome| {
        let gates = vendor.gates.iter();
        gates.filter(|gate| gate.outcome == outcome).count()
    };
    let told = [
        (count(GateOutcome::Failed), "failed"),
        (count(GateOutcome::Open), "open"),
        (count(GateOutcome::Passed), "passed"),
    ];
    let told = told.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if told.is_empty() {
        "–".to_owned()
    } else {
        told.join(", ")
    }
}

fn outcome(gate: &PublishedGate) -> &'static str {
    match gate.outcome {
        GateOutcome::NotApplicable => "n/a",
        outcome => words::outcome(outcome),
    }
}
