//! Second opinions in words.

use crate::evaluation::Evaluation;
use crate::exact::{self, Fraction};
use crate::reports::sentence::{About, Sentence};
use crate::scoring::Bounds;
use crate::scoring::Scorecard;
use crate::scoring::opinions::{Certainty, Opinion, Way};

use super::firmness::names;
use super::{Addresses, Said, said};

/// What other ways to add up say.
pub(crate) struct OpinionsView {
    pub(crate) each: Vec<OpinionView>,
    pub(crate) rows: Vec<WorthRow>,
}

/// One way.
pub(crate) struct OpinionView {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    /// What it does, and what it does not know.
    pub(crate) what: &'static str,
    /// `yes`, `no` or `cannot tell`.
    pub(crate) same: &'static str,
    pub(crate) why: Vec<Said>,
    pub(crate) zeros: Option<Vec<Said>>,
}

/// What a vendor comes to, way by way.
pub(crate) struct WorthRow {
    pub(crate) vendor: String,
    pub(crate) href: Option<String>,
    pub(crate) total: String,
    pub(crate) cells: Vec<String>,
}

/// Lays out second opinions beside the totals.
pub(crate) fn opinions(
    evaluation: &Evaluation,
    card: &Scorecard,
    all: &[Opinion],
    addresses: &dyn Addresses,
) -> OpinionsView {
    let compared = all.first().map_or(&[][..], |one| one.vendors.as_slice());
    let rows = compared.iter().enumerate().map(|(at, (vendor, _))| {
        let total = card.vendor(*vendor).and_then(|card| card.total.as_ref());
        WorthRow {
            vendor: evaluation.vendor_name(*vendor).to_owned(),
            href: addresses.of(About::Vendor(*vendor)),
            total: total.map_or_else(String::new, shown),
            cells: all
                .iter()
                .filter_map(|one| one.vendors.get(at))
                .map(|(_, worth)| shown(worth))
                .collect(),
        }
    });
    OpinionsView {
        rows: rows.collect(),
        each: all
            .iter()
            .map(|one| OpinionView::new(evaluation, one, addresses))
            .collect(),
    }
}

fn shown(worth: &Bounds) -> String {
    let fixed = |value: &Fraction| exact::fixed(value, exact::PLACES);
    worth.exact().map_or_else(
        || format!("{} to {}", fixed(&worth.low), fixed(&worth.high)),
        fixed,
    )
}

impl OpinionView {
    fn new(evaluation: &Evaluation, one: &Opinion, addresses: &dyn Addresses) -> Self {
        let first = || names(evaluation, &one.first);
        let why = match one.certainty {
            Certainty::Sure if one.first.len() > 1 => first().say(" share first place here."),
            Certainty::Sure => first().say(" is first here."),
            Certainty::TooNear => first().say(" lie too near to each other to call."),
            Certainty::Missing => Sentence::of("What is missing decides between ")
                .then(first())
                .say("."),
            Certainty::AllNothing => Sentence::of(
                "Every vendor has no points at all on something that weighs, so that all products are 0.",
            ),
            Certainty::Nobody => Sentence::of("There is nobody to compare."),
        };
        let (title, heading, what) = match one.way {
            Way::WeightedProduct => (
                "Weighted product",
                "Weighted product",
                "It multiplies where the total adds, each part reached to the power of its share: a poor answer cannot be made up for elsewhere, and no points at all on one criterion make the whole 0, however little it weighs.",
            ),
            Way::Topsis => (
                "Closeness to the ideal (TOPSIS)",
                "Closeness",
                "It asks how near a vendor comes to full points everywhere and how far it is from none. Ideal and opposite are the ends of the declared scales, not the best and worst of the field. Large gaps count for more than their size.",
            ),
        };
        Self {
            title,
            heading,
            what,
            same: match one.same_winner {
                Some(true) => "yes",
                Some(false) => "no",
                None => "cannot tell",
            },
            why: said(why, addresses),
            zeros: (!one.zeros.is_empty()).then(|| {
                let told = names(evaluation, &one.zeros);
                said(told.say(": 0, without any points somewhere."), addresses)
            }),
        }
    }
}
