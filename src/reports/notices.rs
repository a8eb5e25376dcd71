//! Notices as sentences.

use crate::criteria::{Criterion, CriterionIndex, Kind};
use crate::evaluation::{Evaluation, VendorIndex};
use crate::scoring::Notice;

use super::published::PublishedNotice;
use super::sentence::{About, Sentence};

/// A notice with its stable code.
pub(super) fn published(evaluation: &Evaluation, notice: &Notice) -> PublishedNotice {
    let code = match notice {
        Notice::PricesSealed => "prices-sealed",
        Notice::PriceFlip { .. } => "price-flip",
        Notice::PriceOutsideRange { .. } => "price-outside-range",
        Notice::Conflict { .. } => "conflict",
    };
    let message = message(evaluation, notice);
    PublishedNotice { code, message }
}

fn message(evaluation: &Evaluation, notice: &Notice) -> Sentence {
    let name =
        |vendor: VendorIndex| Sentence::on(evaluation.vendor_name(vendor), About::Vendor(vendor));
    let names = |vendors: &[VendorIndex]| {
        let names: Vec<Sentence> = vendors.iter().map(|&vendor| name(vendor)).collect();
        let count = names.len();
        Sentence::default().list(names, count)
    };
    match notice {
        Notice::PricesSealed => Sentence::of(
            "prices are sealed: totals, contributions and ranks are over quality alone, where what prices weigh goes to the \
             other criteria in proportion; no price and no gate on one counts before prices are opened",
        ),
        Notice::PriceFlip {
            criterion,
            without,
            leaders,
            leaders_then,
        } => {
            let verb = if leaders.len() == 1 { "leads" } else { "lead" };
            names(leaders)
                .say(format!(" {verb} only while "))
                .then(name(*without))
                .say(" takes part: ")
                .name(
                    criterion_text(evaluation, *criterion),
                    About::Criterion(*criterion),
                )
                .say(" is scored relative to the other prices, and without ")
                .then(name(*without))
                .say(" ")
                .then(names(leaders_then))
                .say(" would lead")
        }
        Notice::PriceOutsideRange {
            criterion,
            vendor,
            amount,
        } => name(*vendor)
            .figure(format!("'s price {amount} for "))
            .name(
                criterion_text(evaluation, *criterion),
                About::Cell(*vendor, *criterion),
            )
            .figure(format!(
                " lies outside {} and scores like the nearer end",
                range_text(evaluation, *criterion)
            )),
        Notice::Conflict { criterion, vendor } => conflict(evaluation, *criterion, *vendor),
    }
}

fn conflict(evaluation: &Evaluation, criterion: CriterionIndex, vendor: VendorIndex) -> Sentence {
    let named = criterion_text(evaluation, criterion);
    let about = About::Cell(vendor, criterion);
    let name = Sentence::on(evaluation.vendor_name(vendor), About::Vendor(vendor));
    let told = match found(evaluation, criterion).map(Criterion::kind) {
        Some(Kind::PassFail) => Sentence::of("the answers differ on whether ")
            .then(name)
            .say(" passes ")
            .name(named, about),
        Some(Kind::Priced(_)) => Sentence::of("different prices are given for ")
            .then(name)
            .say(" in ")
            .name(named, about),
        Some(Kind::Rated(_)) | None => Sentence::of("the evaluators differ on whether ")
            .name(named, about)
            .say(" applies to ")
            .then(name),
    };
    told.say("; it counts as not scored until they agree or a consensus answer settles it")
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
