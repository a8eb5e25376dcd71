//! What every vendor's price is made of, layer by layer and year by year.

use crate::criteria::{Costs, LayerIndex};
use crate::evaluation::{CostLine, Evaluation, Origin, VendorIndex};
use crate::exact::{self, Fraction};
use crate::reports::rules::costs_text;
use crate::reports::sentence::About;
use crate::reports::words::{counted, listed};
use crate::scoring::tco::{Sums, Tco, Unlike, VendorCosts};

use super::Addresses;

/// The decimals of money in a table.
const CENT: usize = 2;

/// The costs of all vendors.
pub(crate) struct CostsView<'a> {
    pub(crate) criterion: &'a str,
    pub(crate) criterion_href: Option<String>,
    /// How amounts become a total.
    pub(crate) basis: String,
    pub(crate) unlike: Vec<String>,
    pub(crate) vendors: Vec<VendorView<'a>>,
    /// Those without cost lines.
    pub(crate) without: Vec<&'a str>,
}

/// What one vendor costs.
pub(crate) struct VendorView<'a> {
    pub(crate) name: &'a str,
    pub(crate) href: Option<String>,
    pub(crate) file: &'a str,
    pub(crate) file_href: Option<String>,
    pub(crate) years: Vec<String>,
    pub(crate) rows: Vec<LayerRow<'a>>,
    /// What each year comes to as named, and on the day of signing.
    pub(crate) named: Vec<String>,
    pub(crate) worth: Vec<String>,
    pub(crate) all_named: String,
    pub(crate) all_worth: String,
    /// What became of it: `the price is 123.45 EUR`.
    pub(crate) outcome: String,
}

/// One layer of one vendor.
pub(crate) struct LayerRow<'a> {
    pub(crate) name: &'a str,
    pub(crate) cells: Vec<CostCell>,
    pub(crate) named: String,
    pub(crate) worth: String,
    pub(crate) share: String,
}

/// One layer in one year.
pub(crate) struct CostCell {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
    pub(crate) is_missing: bool,
}

/// Lays out what every vendor costs.
pub(crate) fn costs<'a>(
    evaluation: &'a Evaluation,
    tco: &Tco,
    addresses: &dyn Addresses,
) -> Option<CostsView<'a>> {
    let set = evaluation.set();
    let (criterion, priced, costs) = set.costed()?;
    let currency = priced.currency().unwrap_or_default();
    let (with, without): (Vec<&VendorCosts>, Vec<&VendorCosts>) =
        tco.vendors.iter().partition(|one| !one.lines.is_empty());
    let name = |one: &VendorCosts| evaluation.vendor_name(one.vendor);
    Some(CostsView {
        criterion: set.criteria().get(criterion.position())?.title(),
        criterion_href: addresses.of(About::Criterion(criterion)),
        basis: costs_text(costs, currency),
        unlike: unlike(evaluation, costs, &tco.unlike),
        vendors: with
            .into_iter()
            .map(|one| vendor(evaluation, costs, currency, one, addresses))
            .collect(),
        without: without.into_iter().map(name).collect(),
    })
}

fn vendor<'a>(
    evaluation: &'a Evaluation,
    costs: &'a Costs,
    currency: &str,
    one: &VendorCosts,
    addresses: &dyn Addresses,
) -> VendorView<'a> {
    let origin = |row| {
        let sheet = one.sheet?;
        addresses.cell(Origin {
            sheet,
            row,
            column: 0,
        })
    };
    let rows = one.layers.iter().map(|sum| {
        let cells = costs.years().map(|year| {
            let line = one.lines.get(&(sum.layer, year));
            cell(line, line.and_then(|line| origin(line.row)))
        });
        LayerRow {
            name: costs.layer_name(sum.layer),
            cells: cells.collect(),
            named: money(sum.sums.as_ref().map(|sums| &sums.named)),
            worth: money(sum.sums.as_ref().map(|sums| &sums.worth)),
            share: sum.share.as_ref().map_or_else(
                || "–".to_owned(),
                |share| format!("{}%", exact::fixed(&share.percent(), exact::PLACES)),
            ),
        }
    });
    let first_row = one.lines.values().map(|line| line.row).min();
    let total = one.total.as_ref();
    VendorView {
        name: evaluation.vendor_name(one.vendor),
        href: addresses.of(About::Vendor(one.vendor)),
        file: one.sheet.map_or("", |sheet| evaluation.sheet_name(sheet)),
        file_href: first_row.and_then(origin),
        years: costs.years().map(|year| format!("Year {year}")).collect(),
        rows: rows.collect(),
        named: one
            .years
            .iter()
            .map(|year| money(Some(&year.named)))
            .collect(),
        worth: one
            .years
            .iter()
            .map(|year| money(Some(&year.worth)))
            .collect(),
        all_named: money(total.map(|total| &total.named)),
        all_worth: money(total.map(|total| &total.worth)),
        outcome: outcome(one, total, currency),
    }
}

fn outcome(one: &VendorCosts, total: Option<&Sums>, currency: &str) -> String {
    match (total, one.quoted) {
        (None, _) => "Some of it is not named, so there is no total.".to_owned(),
        (Some(_), Some(amount)) if one.is_the_price => {
            format!(
                "The price that counts is {} {currency}.",
                exact::plain(amount)
            )
        }
        (Some(_), Some(amount)) => format!(
            "The total is {} {currency}; the price that counts is another, from another sheet.",
            exact::plain(amount)
        ),
        (Some(_), None) => "The total is too large for a price.".to_owned(),
    }
}

fn cell(line: Option<&CostLine>, href: Option<String>) -> CostCell {
    let text = match line.map(|line| line.amount) {
        Some(Some(amount)) => exact::plain(amount),
        Some(None) => "not named".to_owned(),
        None => "–".to_owned(),
    };
    CostCell {
        text,
        href,
        is_missing: line.is_none_or(|line| line.amount.is_none()),
    }
}

fn money(value: Option<&Fraction>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| exact::fixed(value, CENT))
}

/// Why vendors cannot be compared like for like, in sentences.
pub(in crate::reports) fn unlike(
    evaluation: &Evaluation,
    costs: &Costs,
    found: &[Unlike],
) -> Vec<String> {
    let name = |vendor: &VendorIndex| evaluation.vendor_name(*vendor);
    let told = found.iter().map(|one| match one {
        Unlike::NoCosts { vendor } => {
            format!("{} has no cost lines; others have.", name(vendor))
        }
        Unlike::NoLine {
            vendor,
            layer,
            years,
            named_by,
        } => {
            let others: Vec<&str> = named_by.iter().map(name).collect();
            format!(
                "{} has no line for {}; {} {}.",
                name(vendor),
                of_years(costs, *layer, years),
                listed(&others),
                if others.len() == 1 { "has" } else { "have" }
            )
        }
        Unlike::Open {
            vendor,
            layer,
            years,
        } => format!(
            "{} has not named {}, so it has no total.",
            name(vendor),
            of_years(costs, *layer, years)
        ),
    });
    told.collect()
}

/// `training in year 1`, `training in 3 years (1, 2 and 4)`.
fn of_years(costs: &Costs, layer: LayerIndex, years: &[u8]) -> String {
    let layer = costs.layer_name(layer);
    let written: Vec<String> = years.iter().map(u8::to_string).collect();
    match written.as_slice() {
        [only] => format!("{layer} in year {only}"),
        several => format!(
            "{layer} in {} ({})",
            counted(several.len(), "year", "years"),
            listed(several)
        ),
    }
}
