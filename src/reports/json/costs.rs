//! What vendors cost, and price against quality, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::criteria::{Criterion, Kind};
use crate::evaluation::{CostLine, Evaluation, VendorIndex};
use crate::exact::{self, Fraction};
use crate::reports::views::costs::unlike;
use crate::scoring::price_quality::{Offer, Place, PriceQuality};
use crate::scoring::tco::{LayerSum, Sums, Tco, VendorCosts};

use super::write_pretty;

#[derive(Serialize)]
struct CostsJson<'a> {
    criterion: &'a str,
    currency: Option<&'a str>,
    /// Years after signing.
    horizon: u8,
    /// Percent a year.
    discount: String,
    layers: &'a [String],
    not_like_for_like: Vec<String>,
    vendors: Vec<VendorJson<'a>>,
}

#[derive(Serialize)]
struct VendorJson<'a> {
    vendor: &'a str,
    file: Option<&'a str>,
    lines: Vec<LineJson<'a>>,
    layers: Vec<LayerJson<'a>>,
    total: Option<SumsJson>,
    /// The total as a price: rounded once to the cent, half away from zero.
    price: Option<String>,
    /// Whether the price that counts is this one.
    counts: bool,
}

#[derive(Serialize)]
struct LineJson<'a> {
    layer: &'a str,
    year: u8,
    amount: Option<String>,
    comment: Option<String>,
    row: u32,
}

#[derive(Serialize)]
struct LayerJson<'a> {
    layer: &'a str,
    sums: Option<SumsJson>,
    share_exact: Option<String>,
}

#[derive(Serialize)]
struct SumsJson {
    named: String,
    named_exact: String,
    discounted: String,
    discounted_exact: String,
}

impl SumsJson {
    fn new(sums: &Sums) -> Self {
        Self {
            named: cents(&sums.named),
            named_exact: sums.named.to_string(),
            discounted: cents(&sums.worth),
            discounted_exact: sums.worth.to_string(),
        }
    }
}

fn cents(value: &Fraction) -> String {
    exact::fixed(value, exact::PLACES)
}

/// Writes what every vendor costs as JSON: null if no price of the set is made of costs.
///
/// # Errors
/// Whatever the writer says.
pub fn costs_json(
    evaluation: &Evaluation,
    tco: Option<&Tco>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let set = evaluation.set();
    let json = tco.zip(set.costed()).map(|(tco, (index, priced, costs))| {
        let name = |layer| costs.layer_name(layer);
        let line = |line: &'_ CostLine| LineJson {
            layer: costs.layer_name(line.layer),
            year: line.year,
            amount: line.amount.map(exact::plain),
            comment: line.comment.as_deref().map(str::to_owned),
            row: line.row,
        };
        let vendor = |one: &'_ VendorCosts| VendorJson {
            vendor: evaluation.vendor_name(one.vendor),
            file: one.sheet.map(|sheet| evaluation.sheet_name(sheet)),
            lines: one.lines.values().map(line).collect(),
            layers: one
                .layers
                .iter()
                .map(|sum| layer_json(name(sum.layer), sum))
                .collect(),
            total: one.total.as_ref().map(SumsJson::new),
            price: one.quoted.map(exact::plain),
            counts: one.is_the_price,
        };
        CostsJson {
            criterion: set
                .criteria()
                .get(index.position())
                .map_or("", Criterion::id),
            currency: priced.currency(),
            horizon: costs.horizon(),
            discount: exact::plain(costs.discount()),
            layers: costs.layers(),
            not_like_for_like: unlike(evaluation, costs, &tco.unlike),
            vendors: tco.vendors.iter().map(vendor).collect(),
        }
    });
    write_pretty(&json, out)
}

fn layer_json<'a>(layer: &'a str, sum: &LayerSum) -> LayerJson<'a> {
    LayerJson {
        layer,
        sums: sum.sums.as_ref().map(SumsJson::new),
        share_exact: sum.share.as_ref().map(ToString::to_string),
    }
}

#[derive(Serialize)]
struct PriceJson<'a> {
    criterion: &'a str,
    currency: Option<&'a str>,
    vendors: Vec<OfferJson<'a>>,
    steps: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct OfferJson<'a> {
    vendor: &'a str,
    price: Option<String>,
    quality_low: Option<String>,
    quality_high: Option<String>,
    quality_low_exact: Option<String>,
    quality_high_exact: Option<String>,
    price_per_point: Option<String>,
    price_per_point_exact: Option<String>,
    /// `efficient`, `beaten`, `open` or `not-compared`.
    frontier: &'static str,
    beaten_by: Vec<&'a str>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    from: &'a str,
    to: &'a str,
    price: String,
    quality_exact: String,
    price_per_point: String,
    price_per_point_exact: String,
}

/// Writes price against quality as JSON: a list with one item for each priced criterion.
///
/// # Errors
/// Whatever the writer says.
pub fn price_quality_json(
    evaluation: &Evaluation,
    found: &[PriceQuality],
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = |vendor: VendorIndex| evaluation.vendor_name(vendor);
    let prices: Vec<PriceJson<'_>> = found
        .iter()
        .map(|one| {
            let criterion = evaluation.set().criteria().get(one.criterion.position());
            PriceJson {
                criterion: criterion.map_or("", Criterion::id),
                currency: match criterion.map(Criterion::kind) {
                    Some(Kind::Priced(priced)) => priced.currency(),
                    Some(Kind::Rated(_) | Kind::PassFail) | None => None,
                },
                vendors: one
                    .vendors
                    .iter()
                    .map(|offer| offer_json(evaluation, offer))
                    .collect(),
                steps: one
                    .steps
                    .iter()
                    .map(|step| StepJson {
                        from: name(step.from),
                        to: name(step.to),
                        price: cents(&step.price),
                        quality_exact: step.quality.to_string(),
                        price_per_point: cents(&step.per_point),
                        price_per_point_exact: step.per_point.to_string(),
                    })
                    .collect(),
            }
        })
        .collect();
    write_pretty(&prices, out)
}

fn offer_json<'a>(evaluation: &'a Evaluation, offer: &Offer) -> OfferJson<'a> {
    let (low, high) = match &offer.quality {
        Some(quality) => (Some(&quality.low), Some(&quality.high)),
        None => (None, None),
    };
    let exactly = |value: Option<&Fraction>| value.map(ToString::to_string);
    let beaten_by = match &offer.place {
        Place::Beaten(by) => by.iter().map(|&one| evaluation.vendor_name(one)).collect(),
        Place::Efficient | Place::Open | Place::Outside => Vec::new(),
    };
    OfferJson {
        vendor: evaluation.vendor_name(offer.vendor),
        price: offer.price.map(exact::plain),
        quality_low: low.map(cents),
        quality_high: high.map(cents),
        quality_low_exact: exactly(low),
        quality_high_exact: exactly(high),
        price_per_point: offer.per_point.as_ref().map(cents),
        price_per_point_exact: exactly(offer.per_point.as_ref()),
        frontier: match offer.place {
            Place::Efficient => "efficient",
            Place::Beaten(_) => "beaten",
            Place::Open => "open",
            Place::Outside => "not-compared",
        },
        beaten_by,
    }
}
