//! How much the evaluators agree: on the order of the vendors, cell by cell, and each with the rest.
//!
//! What is counted are the scores of single evaluators about vendors that stand. The consensus is no evaluator here; "no
//! response", "not applicable", prices and verdicts are no scores. All of it is exact but roots and tails, which are cut off
//! far beyond what is printed.

mod alpha;
mod chi_squared;
mod concordance;
mod people;
mod places;
mod ratings;

pub use alpha::{Alpha, Metric, alpha};
pub use chi_squared::chi_squared_tail;
pub use concordance::{Concordance, concordance};
pub use people::Rater;
pub use places::{mid_ranks, spearman};
pub use ratings::{Hole, Unit};

use crate::evaluation::{Evaluation, EvaluatorIndex, VendorIndex};
use crate::exact::Fraction;

use ratings::Ratings;

/// How much the evaluators agree.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// What scores are compared in.
    pub unit: Unit,
    /// On the order of the vendors; `None` with fewer than two evaluators or vendors to compare, or without any order.
    pub concordance: Option<Concordance>,
    /// Those whose order of the vendors is not known, since they owe a score or gave none.
    pub left_out: Vec<EvaluatorIndex>,
    /// Where they have no score.
    pub holes: Vec<Hole>,
    /// On the order of those vendors about which nobody has a hole; `None` if that says no more than `concordance`.
    pub over_complete: Option<OverComplete>,
    /// Cell by cell.
    pub alpha: Alpha,
    /// Each with the rest.
    pub raters: Vec<Rater>,
}

/// The agreement on the order of some of the vendors.
#[derive(Debug, Clone)]
pub struct OverComplete {
    /// How alike everybody orders them.
    pub concordance: Concordance,
    /// The vendors that are left out, since somebody has a hole there.
    pub without: Vec<VendorIndex>,
}

/// Compares the evaluators on the record's weights.
#[must_use]
pub fn agreement(evaluation: &Evaluation) -> Agreement {
    let ratings = Ratings::of(evaluation);
    let complete = ratings.orders(ratings.vendors());
    let holes = ratings.holes();
    let orders: Vec<_> = complete.iter().map(|(_, totals)| totals.clone()).collect();
    let has_order = |rater: &EvaluatorIndex| complete.iter().any(|(known, _)| known == rater);
    let raters = ratings.raters().to_vec();
    Agreement {
        unit: ratings.unit(),
        concordance: concordance(&orders),
        over_complete: over_complete(&ratings, &holes),
        holes,
        alpha: Alpha::of(&ratings.units()),
        left_out: raters
            .iter()
            .copied()
            .filter(|rater| !has_order(rater))
            .collect(),
        raters: raters
            .iter()
            .map(|&rater| Rater::of(&ratings, &complete, rater))
            .collect(),
    }
}

/// What one evaluator's scores reach of what they could, for one vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mean {
    /// The evaluator.
    pub evaluator: EvaluatorIndex,
    /// The vendor.
    pub vendor: VendorIndex,
    /// The points of their scores, weighed by the shares of the criteria they scored, in percent.
    pub points: Fraction,
}

/// What every evaluator's scores reach for every vendor; nothing where nobody scored anything that weighs.
#[must_use]
pub fn means(evaluation: &Evaluation) -> Vec<Mean> {
    Ratings::of(evaluation).means()
}

fn over_complete(ratings: &Ratings<'_>, holes: &[Hole]) -> Option<OverComplete> {
    let vendors = ratings.vendors_without(holes);
    if vendors.len() == ratings.vendors().len() {
        return None;
    }
    let orders = ratings.orders(&vendors).into_iter();
    let orders: Vec<_> = orders.map(|(_, totals)| totals).collect();
    let all = ratings.vendors().iter().copied();
    Some(OverComplete {
        concordance: concordance(&orders)?,
        without: all.filter(|one| !vendors.contains(one)).collect(),
    })
}
