//! Second opinions as JSON.

use serde::Serialize;

use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::{PLACES, fixed};
use crate::scoring::opinions::Opinion;

#[derive(Serialize)]
pub(super) struct OpinionJson<'a> {
    method: &'static str,
    /// Null where either result is not sure of its winner.
    same_winner: Option<bool>,
    certainty: &'static str,
    /// Who is first, or may be.
    first: Vec<&'a str>,
    /// Whose product is 0, since they have no points at all on something that weighs.
    zeros: Vec<&'a str>,
    vendors: Vec<WorthJson<'a>>,
}

#[derive(Serialize)]
struct WorthJson<'a> {
    vendor: &'a str,
    /// Null where something missing can move it.
    worth: Option<String>,
    low: String,
    high: String,
}

/// Lays out what other ways say.
pub(super) fn opinions<'a>(evaluation: &'a Evaluation, all: &[Opinion]) -> Vec<OpinionJson<'a>> {
    let name = |vendor: &VendorIndex| evaluation.vendor_name(*vendor);
    all.iter()
        .map(|one| OpinionJson {
            method: one.way.code(),
            same_winner: one.same_winner,
            certainty: one.certainty.code(),
            first: one.first.iter().map(name).collect(),
            zeros: one.zeros.iter().map(name).collect(),
            vendors: one
                .vendors
                .iter()
                .map(|(vendor, worth)| WorthJson {
                    vendor: name(vendor),
                    worth: worth.exact().map(|worth| fixed(worth, PLACES)),
                    low: fixed(&worth.low, PLACES),
                    high: fixed(&worth.high, PLACES),
                })
                .collect(),
        })
        .collect()
}
