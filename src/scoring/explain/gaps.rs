//! Why one vendor is before another: the differences of what each criterion adds, which add up to that of the totals.

use crate::criteria::Node;
use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::scoring::card::{Bounds, Scorecard, VendorCard};

/// The difference between two vendors, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gaps {
    /// How much the first vendor's total is above the second's, in points of 100.
    pub total: Bounds,
    /// By criterion, in the set's order; they add up to the total.
    pub criteria: Vec<Gap>,
    /// By category, in the set's order; those at the top add up to the total.
    pub categories: Vec<Gap>,
}

/// The difference in one node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The node.
    pub on: Node,
    /// How much more it adds to the first vendor's total than to the second's, in points of 100.
    pub gap: Bounds,
}

impl Gaps {
    /// The criteria that make a difference: those for the first vendor, largest first, then those against it, largest last.
    #[must_use]
    pub fn by_size(&self) -> Vec<&Gap> {
        let differs = |gap: &&Gap| !(gap.gap.low.is_zero() && gap.gap.high.is_zero());
        let mut gaps: Vec<&Gap> = self.criteria.iter().filter(differs).collect();
        // Twice the middle of what it can be; the set's order settles the rest.
        gaps.sort_by_cached_key(|gap| std::cmp::Reverse(&gap.gap.low + &gap.gap.high));
        gaps
    }
}

/// Takes the difference between two vendors apart; `None` if one of them has no total.
#[must_use]
pub fn gaps(card: &Scorecard, first: VendorIndex, second: VendorIndex) -> Option<Gaps> {
    let (first, second) = (card.vendor(first)?, card.vendor(second)?);
    Some(Gaps {
        total: minus(first.total.as_ref()?, second.total.as_ref()?),
        criteria: criteria(first, second),
        categories: first
            .categories
            .iter()
            .zip(&second.categories)
            .map(|(one, other)| Gap {
                on: Node::Category(one.category),
                gap: minus(&one.contribution, &other.contribution),
            })
            .collect(),
    })
}

fn criteria(first: &VendorCard, second: &VendorCard) -> Vec<Gap> {
    let pairs = first.criteria.iter().zip(&second.criteria);
    pairs
        .map(|(one, other)| Gap {
            on: Node::Criterion(one.criterion),
            gap: minus(&one.contribution, &other.contribution),
        })
        .collect()
}

/// What one value can be above another, each moving by itself.
pub(in crate::scoring) fn minus(one: &Bounds, other: &Bounds) -> Bounds {
    let high: Fraction = &one.high - &other.low;
    Bounds {
        low: &one.low - &other.high,
        high,
    }
}
