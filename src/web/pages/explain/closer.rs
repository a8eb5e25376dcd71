//! The ways from a result to what explains it.

use crate::accounts::{Action, may};
use crate::scoring::{ResultStatus, Scorecard, VendorStatus};
use crate::web::pages::results::Looked;

/// A page that looks closer at a result.
pub(in crate::web::pages) struct Closer {
    pub(in crate::web::pages) href: String,
    pub(in crate::web::pages) text: String,
    pub(in crate::web::pages) what: &'static str,
}

/// Whether it may be asked what would be.
pub(in crate::web::pages) fn may_ask(looked: &Looked) -> bool {
    let object = looked.opened.dossier().object();
    may(looked.caller.actor(), Action::WhatIf, object).is_ok()
}

/// The pages that explain a result.
#[expect(clippy::too_many_lines, reason = "one list in the order of the page")]
pub(in crate::web::pages) fn closer(looked: &Looked, card: &Scorecard) -> Vec<Closer> {
    let places = looked.places();
    let evaluation = looked.opened.dossier().evaluation();
    let mut running = card
        .vendors
        .iter()
        .filter(|one| matches!(one.status, VendorStatus::Ranked | VendorStatus::Provisional));
    let mut found = Vec::new();
    let mut add = |name, text: String, what| {
        found.push(Closer {
            href: match name {
                "lenses" | "panel" | "debriefs" | "costs" => format!("{}/{name}", places.here()),
                _ => places.page(name),
            },
            text,
            what,
        });
    };
    let two = (running.next(), running.next());
    if evaluation.vendors().len() > 1 {
        add(
            "compare",
            "Vendors side by side".to_owned(),
            "two to four, differences first, with everybody's reasons",
        );
    }
    if let (Some(first), Some(second)) = two {
        let (first, second) = (
            evaluation.vendor_name(first.vendor),
            evaluation.vendor_name(second.vendor),
        );
        add(
            "why",
            format!("What sets {first} apart from {second}"),
            "criterion by criterion; any two vendors can be compared",
        );
        add(
            "firmness",
            "How firm first place is".to_owned(),
            "what would have to be different for another vendor to be first",
        );
    }
    add(
        "pictures",
        "Pictures".to_owned(),
        "strengths and weaknesses criterion by criterion, lenses, weights and prices, each as a file",
    );
    if may_ask(looked) {
        add(
            "what-if",
            "What would change this".to_owned(),
            "other weights, another share of price, a vendor or an evaluator left out",
        );
    }
    if !evaluation.set().lenses().is_empty() {
        add(
            "lenses",
            "Lenses side by side".to_owned(),
            "what makes them disagree, and any mix of two",
        );
    }
    if looked.ways().agenda {
        add(
            "agenda",
            "What to talk about first".to_owned(),
            "where the evaluators differ, and reasons to look at again",
        );
    }
    let prices = looked.may(Action::SeePrices);
    if prices && looked.opened.dossier().priced_criteria().next().is_some() {
        add(
            "price-quality",
            "Price against quality".to_owned(),
            "who offers what nobody offers for less, and what a point of quality costs",
        );
    }
    if prices && evaluation.set().costed().is_some() {
        add(
            "costs",
            "What it costs".to_owned(),
            "layer by layer and year by year, and whether that is like for like",
        );
    }
    if looked.ways().panel && evaluation.evaluators().len() > 1 {
        add(
            "panel",
            "How the evaluators compare".to_owned(),
            "for whoever chairs: how alike they score, and who would be first without each",
        );
    }
    if card.status == ResultStatus::Provisional {
        add(
            "missing",
            "What is missing".to_owned(),
            "who owes it, and which of it could still change the order",
        );
    }
    add(
        "debriefs",
        "Debriefs".to_owned(),
        "what each vendor is told afterwards",
    );
    found
}
