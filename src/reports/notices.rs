//! Notices as sentences.

use crate::criteria::{Criterion, CriterionIndex, Kind};
use crate::evaluation::{Evaluation, VendorIndex};
use crate::scoring::Notice;

use super::published::PublishedNotice;
use super::words::listed;

/// A notice with its stable code.
pub(super) fn published(evaluation: &Evaluation, notice: &Notice) -> PublishedNotice {
    let code = match notice {
        Notice::PriceFlip { .. } => "price-flip",
        Notice::PriceOutsideRange { .. } => "price-outside-range",
        Notice::Conflict { .. } => "conflict",
    };
    let message = message(evaluation, notice);
    PublishedNotice { code, message }
}

fn message(evaluation: &Evaluation, notice: &Notice) -> String {
    let names = |vendors: &[VendorIndex]| {
        let names: Vec<&str> = vendors
            .iter()
            .map(|&vendor| evaluation.vendor_name(vendor))
            .collect();
        listed(&names)
    };
    match notice {
        Notice::PriceFlip {
            criterion,
            without,
            leaders,
            leaders_then,
        } => format!(
            "{now} {verb} only while {without} takes part: {criterion} is scored relative to the other prices, and without {without} \
             {then} would lead",
            now = names(leaders),
            verb = if leaders.len() == 1 { "leads" } else { "lead" },
            without = evaluation.vendor_name(*without),
            criterion = criterion_text(evaluation, *criterion),
            then = names(leaders_then),
        ),
        Notice::PriceOutsideRange {
            criterion,
            vendor,
            amount,
        } => format!(
            "{vendor}'s price {amount} for {criterion} lies outside {range} and scores like the nearer end",
            vendor = evaluation.vendor_name(*vendor),
            criterion = criterion_text(evaluation, *criterion),
            range = range_text(evaluation, *criterion),
        ),
        Notice::Conflict { criterion, vendor } => {
            conflict(evaluation, *criterion, evaluation.vendor_name(*vendor))
        }
    }
}

fn conflict(evaluation: &Evaluation, criterion: CriterionIndex, vendor: &str) -> String {
    let named = criterion_text(evaluation, criterion);
    let about = match found(evaluation, criterion).map(Criterion::kind) {
        Some(Kind::PassFail) => format!("the answers differ on whether {vendor} passes {named}"),
        Some(Kind::Priced(_)) => format!("different prices are given for {vendor} in {named}"),
        Some(Kind::Rated(_)) | None => {
            format!("the evaluators differ on whether {named} applies to {vendor}")
        }
    };
    format!("{about}; it counts as not scored until they agree or a consensus answer settles it")
}

fn range_text(evaluation: &Evaluation, criterion: CriterionIndex) -> String {
    let Some(Kind::Priced(priced)) = found(evaluation, criterion).map(Criterion::kind) else {
        return "its range".to_owned();
    };
    match (priced.range(), priced.currency()) {
        (Some(range), Some(currency)) => {
            format!(
                "the range {} to {} {currency}",
                range.floor(),
                range.ceiling()
            )
        }
        (Some(range), None) => format!("the range {} to {}", range.floor(), range.ceiling()),
        (None, _) => "its range".to_owned(),
    }
}

/// A criterion as sentences name it: its title, and its id in brackets.
pub(super) fn criterion_text(evaluation: &Evaluation, criterion: CriterionIndex) -> String {
    found(evaluation, criterion).map_or_else(String::new, |criterion| {
        format!("{} ({})", criterion.title(), criterion.id())
    })
}

fn found(evaluation: &Evaluation, criterion: CriterionIndex) -> Option<&Criterion> {
    evaluation.set().criteria().get(criterion.position())
}
