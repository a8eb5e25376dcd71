//! Second opinions: would other ways to add points up name the same winner?
//!
//! Both look at the same points, on the scales that were declared, under the same weights. Neither ever decides anything: a
//! total says what each point counts, these do not. The weighted product multiplies, so that one poor answer cannot be made
//! up for; TOPSIS (Hwang and Yoon 1981) asks how near a vendor is to full marks everywhere, and how far from none. The ideal
//! and its opposite are the ends of the declared scales and not the best and worst of the field, so that no vendor changes
//! another's place.

use std::collections::BTreeMap;

use crate::evaluation::VendorIndex;
use crate::exact::{Fraction, exponential, logarithm, square_root};

use super::card::{Bounds, Scorecard, VendorCard, VendorStatus};

/// The decimals that a closeness is worked out to before it is printed.
const ROOT_PLACES: u32 = 24;

/// Another way to add points up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Points to the power of their weights, multiplied.
    WeightedProduct,
    /// Closeness to the ideal.
    Topsis,
}

impl Way {
    /// The stable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::WeightedProduct => "weighted-product",
            Self::Topsis => "topsis",
        }
    }
}

/// How sure an opinion is of its winner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It is this one, or these share first place exactly.
    Sure,
    /// The first ones lie closer than the arithmetic of this way can part.
    TooNear,
    /// What is missing decides between them.
    Missing,
    /// Every vendor has no points at all somewhere, so that all products are 0.
    AllNothing,
    /// There is nobody to compare.
    Nobody,
}

impl Certainty {
    /// The stable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::TooNear => "too-near-to-call",
            Self::Missing => "scores-missing",
            Self::AllNothing => "all-zero",
            Self::Nobody => "nobody",
        }
    }
}

/// What another way says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// The way.
    pub way: Way,
    /// Who is first, or may be.
    pub first: Vec<VendorIndex>,
    /// How sure that is.
    pub certainty: Certainty,
    /// Whether it is who is first on the totals; `None` where either is not sure.
    pub same_winner: Option<bool>,
    /// By vendor that may stay, in page order: what it comes to, of 100.
    pub vendors: Vec<(VendorIndex, Bounds)>,
    /// The vendors without any points on something that weighs, whose product is 0 therefore.
    pub zeros: Vec<VendorIndex>,
}

/// What other ways say about a result.
#[must_use]
pub fn second_opinions(card: &Scorecard) -> Vec<Opinion> {
    let vendors: Vec<Seen> = card.vendors.iter().filter_map(Seen::of).collect();
    [Way::WeightedProduct, Way::Topsis]
        .into_iter()
        .map(|way| opinion(way, card, &vendors))
        .collect()
}

/// What is looked at of a vendor: for all that weighs, the part of the whole and the part reached.
struct Seen {
    vendor: VendorIndex,
    low: Vec<(Fraction, Fraction)>,
    high: Vec<(Fraction, Fraction)>,
}

impl Seen {
    /// Whoever has failed a gate, is excluded, or to whom nothing applies is not compared.
    fn of(card: &VendorCard) -> Option<Self> {
        let stays = matches!(
            card.status,
            VendorStatus::Ranked | VendorStatus::Provisional
        );
        card.total.as_ref().filter(|_| stays)?;
        let weighed = card
            .criteria
            .iter()
            .filter(|cell| !cell.state.is_left_out() && !cell.share.is_zero());
        let (mut low, mut high) = (Vec::new(), Vec::new());
        for cell in weighed {
            let (least, most) = match &cell.points {
                Some(points) => (points.low.clone(), points.high.clone()),
                None => (Fraction::zero(), Fraction::one()),
            };
            low.push((cell.share.clone(), least));
            high.push((cell.share.clone(), most));
        }
        Some(Self {
            vendor: card.vendor,
            low,
            high,
        })
    }

    fn is_known(&self) -> bool {
        self.low == self.high
    }
}

/// What a vendor comes to: between two ends, which rounding parts as well as what is missing.
struct Worth {
    /// `None` is less than any number.
    low: Option<Fraction>,
    high: Option<Fraction>,
    shown: Bounds,
}

fn opinion(way: Way, card: &Scorecard, vendors: &[Seen]) -> Opinion {
    let worths: Vec<Worth> = vendors
        .iter()
        .map(|seen| match way {
            Way::WeightedProduct => product(seen),
            Way::Topsis => closeness(seen),
        })
        .collect();
    let (first, certainty) = first(way, vendors, &worths);
    let leaders = card.leaders();
    let is_known = certainty == Certainty::Sure && !leaders.is_empty();
    let is_zero = |worth: &Worth| way == Way::WeightedProduct && worth.high.is_none();
    let zeros = vendors.iter().zip(&worths);
    Opinion {
        way,
        same_winner: is_known.then(|| leaders == first),
        zeros: zeros
            .filter(|(_, worth)| is_zero(worth))
            .map(|(seen, _)| seen.vendor)
            .collect(),
        first,
        certainty,
        vendors: vendors
            .iter()
            .map(|seen| seen.vendor)
            .zip(worths.into_iter().map(|worth| worth.shown))
            .collect(),
    }
}

/// Those whom nobody is certainly before.
fn first(way: Way, vendors: &[Seen], worths: &[Worth]) -> (Vec<VendorIndex>, Certainty) {
    let best = worths.iter().map(|worth| &worth.low).max();
    let candidates = vendors.iter().zip(worths);
    let candidates: Vec<&Seen> = candidates
        .filter(|(_, worth)| Some(&worth.high) >= best)
        .map(|(seen, _)| seen)
        .collect();
    let names = candidates.iter().map(|seen| seen.vendor).collect();
    let certainty = match candidates.as_slice() {
        [] => Certainty::Nobody,
        _ if worths.iter().all(|worth| worth.high.is_none()) => Certainty::AllNothing,
        [_] => Certainty::Sure,
        several if several.iter().any(|seen| !seen.is_known()) => Certainty::Missing,
        [one, others @ ..] => {
            // Exact numbers that are not parted are the same; products are, if the same points weigh the same in both.
            let is_same = |other: &&Seen| way == Way::Topsis || powers(one) == powers(other);
            if others.iter().all(is_same) {
                Certainty::Sure
            } else {
                Certainty::TooNear
            }
        }
    };
    (names, certainty)
}

/// What each part reached weighs in all, which decides the product.
fn powers(seen: &Seen) -> BTreeMap<Fraction, Fraction> {
    let mut powers: BTreeMap<Fraction, Fraction> = BTreeMap::new();
    for (share, reached) in &seen.low {
        if *reached != Fraction::one() {
            let sum = powers.entry(reached.clone()).or_insert_with(Fraction::zero);
            *sum = &*sum + share;
        }
    }
    powers
}

/// The logarithm of the product lies between two fractions; no points on anything make it 0.
fn product(seen: &Seen) -> Worth {
    let sum = |cells: &[(Fraction, Fraction)], pick: fn((Fraction, Fraction)) -> Fraction| {
        let terms: Option<Vec<Fraction>> = cells
            .iter()
            .map(|(share, reached)| Some(share * &pick(logarithm(reached)?)))
            .collect();
        terms.map(|terms| Fraction::sum(&terms))
    };
    let (low, high) = (
        sum(&seen.low, |(low, _)| low),
        sum(&seen.high, |(_, high)| high),
    );
    let shown = |end: &Option<Fraction>| {
        let end = end.as_ref();
        end.map_or_else(Fraction::zero, |end| exponential(end).percent())
    };
    let top = shown(&high);
    Worth {
        shown: if seen.is_known() {
            Bounds::exactly(top)
        } else {
            Bounds {
                low: shown(&low),
                high: top,
            }
        },
        low,
        high,
    }
}

/// The square of the way up from nothing, over that plus the square of the way left to full marks. It orders vendors as the
/// closeness does, and is a fraction.
fn closeness(seen: &Seen) -> Worth {
    let squares = |cells: &[(Fraction, Fraction)]| {
        let square = |value: Fraction| &value * &value;
        let up: Vec<Fraction> = cells
            .iter()
            .map(|(share, reached)| square(share * reached))
            .collect();
        let left: Vec<Fraction> = cells
            .iter()
            .map(|(share, reached)| square(share * &(&Fraction::one() - reached)))
            .collect();
        (Fraction::sum(&up), Fraction::sum(&left))
    };
    let order = |(up, left): &(Fraction, Fraction)| up.over(&(up + left));
    let shown = |(up, left): &(Fraction, Fraction)| {
        let root = |of: &Fraction| square_root(of, ROOT_PLACES).unwrap_or_else(Fraction::zero);
        let (up, left) = (root(up), root(left));
        let part = up.over(&(&up + &left));
        part.unwrap_or_else(Fraction::zero).percent()
    };
    let (low, high) = (squares(&seen.low), squares(&seen.high));
    Worth {
        low: order(&low),
        high: order(&high),
        shown: Bounds {
            low: shown(&low),
            high: shown(&high),
        },
    }
}
