//! Total cost of ownership, vendor by vendor, and whether what vendors name can be compared like for like.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::criteria::{Costs, CriterionIndex, LayerIndex};
use crate::evaluation::{
    CostLine, Entry, Evaluation, SheetIndex, VendorIndex, present_value, quoted,
};
use crate::exact::Fraction;

/// What every vendor's price is made of.
#[derive(Debug, Clone)]
pub struct Tco {
    /// The priced criterion that is made of costs.
    pub criterion: CriterionIndex,
    /// Every vendor, in the order they came, those without costs included.
    pub vendors: Vec<VendorCosts>,
    /// Where vendors that stand cannot be compared like for like.
    pub unlike: Vec<Unlike>,
}

/// What one vendor costs.
#[derive(Debug, Clone)]
pub struct VendorCosts {
    /// The vendor.
    pub vendor: VendorIndex,
    /// The sheet its cost lines stand in; `None` if it has none.
    pub sheet: Option<SheetIndex>,
    /// Its lines, by layer and year.
    pub lines: BTreeMap<(LayerIndex, u8), CostLine>,
    /// What each layer that has lines comes to, in the order of the set.
    pub layers: Vec<LayerSum>,
    /// What each year from 0 to the horizon comes to, as named and as it is worth on the day of signing.
    pub years: Vec<Sums>,
    /// All lines together; `None` while one of them is not named, or there are none.
    pub total: Option<Sums>,
    /// The total as it becomes the price: rounded once to the cent, half away from zero.
    pub quoted: Option<Decimal>,
    /// Whether the price that counts is this total; else another sheet says another one.
    pub is_the_price: bool,
}

/// What one layer comes to.
#[derive(Debug, Clone)]
pub struct LayerSum {
    /// The layer.
    pub layer: LayerIndex,
    /// Its sums; `None` while one of its lines is not named.
    pub sums: Option<Sums>,
    /// Its part of the vendor's discounted total; `None` while that is not known, or 0.
    pub share: Option<Fraction>,
}

/// Amounts added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// As named.
    pub named: Fraction,
    /// What they are worth on the day of signing.
    pub worth: Fraction,
}

/// Why a vendor cannot be compared like for like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlike {
    /// Others have cost lines, this one has none.
    NoCosts {
        /// The vendor.
        vendor: VendorIndex,
    },
    /// It has no line for what another one names.
    NoLine {
        /// The vendor.
        vendor: VendorIndex,
        /// The layer.
        layer: LayerIndex,
        /// The years without a line.
        years: Vec<u8>,
        /// Who names at least one of them.
        named_by: Vec<VendorIndex>,
    },
    /// It leaves amounts of a layer open, and so has no total.
    Open {
        /// The vendor.
        vendor: VendorIndex,
        /// The layer.
        layer: LayerIndex,
        /// The years that are open.
        years: Vec<u8>,
    },
}

/// What every vendor costs; `None` if no price of the set is made of costs.
#[must_use]
pub fn tco(evaluation: &Evaluation) -> Option<Tco> {
    let (criterion, _, costs) = evaluation.set().costed()?;
    let vendors: Vec<VendorCosts> = evaluation
        .vendor_indices()
        .map(|vendor| vendor_costs(evaluation, criterion, costs, vendor))
        .collect();
    let standing: Vec<&VendorCosts> = vendors
        .iter()
        .filter(|one| !evaluation.is_excluded(one.vendor))
        .collect();
    Some(Tco {
        criterion,
        unlike: unlike(costs, &standing),
        vendors,
    })
}

fn vendor_costs(
    evaluation: &Evaluation,
    criterion: CriterionIndex,
    costs: &Costs,
    vendor: VendorIndex,
) -> VendorCosts {
    let sheet = evaluation.costs_from(vendor);
    let lines: BTreeMap<(LayerIndex, u8), CostLine> = evaluation
        .costs_of(vendor)
        .map(|line| ((line.layer, line.year), line.clone()))
        .collect();
    let total = (!lines.is_empty())
        .then(|| sums(costs, lines.values()))
        .flatten();
    let layer = |layer: LayerIndex| {
        let own: Vec<&CostLine> = lines.values().filter(|line| line.layer == layer).collect();
        let sums = (!own.is_empty()).then(|| sums(costs, own))?;
        let share = sums.as_ref().zip(total.as_ref());
        let share = share.and_then(|(own, all)| own.worth.over(&all.worth));
        Some(LayerSum { layer, sums, share })
    };
    VendorCosts {
        vendor,
        sheet,
        layers: costs.layer_indices().filter_map(layer).collect(),
        years: costs
            .years()
            .map(|year| named_sums(costs, lines.values().filter(|line| line.year == year)))
            .collect(),
        quoted: total.as_ref().and_then(|total| quoted(&total.worth)),
        is_the_price: sheet.is_some_and(|sheet| is_the_price(evaluation, criterion, vendor, sheet)),
        total,
        lines,
    }
}

/// The sums of lines; `None` if one of them is not named.
fn sums<'a>(costs: &Costs, lines: impl IntoIterator<Item = &'a CostLine> + Clone) -> Option<Sums> {
    let worth = present_value(costs, lines.clone())?;
    let named: Option<Vec<Fraction>> = lines
        .into_iter()
        .map(|line| line.amount.map(Fraction::from))
        .collect();
    Some(Sums {
        named: Fraction::sum(&named?),
        worth,
    })
}

/// The sums of those lines that are named.
fn named_sums<'a>(costs: &Costs, lines: impl Iterator<Item = &'a CostLine>) -> Sums {
    let named: Vec<&CostLine> = lines.filter(|line| line.amount.is_some()).collect();
    sums(costs, named).unwrap_or_else(|| Sums {
        named: Fraction::zero(),
        worth: Fraction::zero(),
    })
}

/// Whether what counts about a vendor's price is what a cost sheet says: its amount, or that there is none.
fn is_the_price(
    evaluation: &Evaluation,
    criterion: CriterionIndex,
    vendor: VendorIndex,
    sheet: SheetIndex,
) -> bool {
    let mut counted = evaluation.counted(vendor, criterion).peekable();
    if counted.peek().is_some() {
        return counted.all(|given| given.sheet == sheet);
    }
    let filed = evaluation.sheet(sheet);
    let lines = filed.into_iter().flat_map(|filed| filed.lines().iter());
    lines.into_iter().any(|line| line.entry == Entry::Clear)
}

fn unlike(costs: &Costs, standing: &[&VendorCosts]) -> Vec<Unlike> {
    let with_lines = || standing.iter().filter(|one| !one.lines.is_empty());
    let mut named: BTreeMap<(LayerIndex, u8), BTreeSet<VendorIndex>> = BTreeMap::new();
    for one in with_lines() {
        for (key, _) in one.lines.iter().filter(|(_, line)| line.amount.is_some()) {
            named.entry(*key).or_default().insert(one.vendor);
        }
    }
    let mut found = Vec::new();
    for one in standing {
        if one.lines.is_empty() {
            if with_lines().next().is_some() {
                found.push(Unlike::NoCosts { vendor: one.vendor });
            }
            continue;
        }
        for layer in costs.layer_indices() {
            found.extend(open(one, layer));
            found.extend(no_line(one, layer, &named));
        }
    }
    found
}

fn open(one: &VendorCosts, layer: LayerIndex) -> Option<Unlike> {
    let years: Vec<u8> = one
        .lines
        .values()
        .filter(|line| line.layer == layer && line.amount.is_none())
        .map(|line| line.year)
        .collect();
    (!years.is_empty()).then_some(Unlike::Open {
        vendor: one.vendor,
        layer,
        years,
    })
}

fn no_line(
    one: &VendorCosts,
    layer: LayerIndex,
    named: &BTreeMap<(LayerIndex, u8), BTreeSet<VendorIndex>>,
) -> Option<Unlike> {
    let gaps: Vec<(u8, &BTreeSet<VendorIndex>)> = named
        .iter()
        .filter(|(key, _)| key.0 == layer && !one.lines.contains_key(key))
        .map(|((_, year), by)| (*year, by))
        .collect();
    let named_by: BTreeSet<VendorIndex> =
        gaps.iter().flat_map(|(_, by)| by.iter().copied()).collect();
    (!gaps.is_empty()).then(|| Unlike::NoLine {
        vendor: one.vendor,
        layer,
        years: gaps.into_iter().map(|(year, _)| year).collect(),
        named_by: named_by.into_iter().collect(),
    })
}
