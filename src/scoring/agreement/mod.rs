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
pub use ratings::Unit;

use crate::evaluation::{Evaluation, EvaluatorIndex};

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
    /// Cell by cell.
    pub alpha: Alpha,
    /// Each with the rest.
    pub raters: Vec<Rater>,
}

/// Compares the evaluators on the record's weights.
#[must_use]
pub fn agreement(evaluation: &Evaluation) -> Agreement {
    let ratings = Ratings::of(evaluation);
    let complete = ratings.orders();
    let orders: Vec<_> = complete.iter().map(|(_, totals)| totals.clone()).collect();
    let has_order = |rater: &EvaluatorIndex| complete.iter().any(|(known, _)| known == rater);
    let raters = ratings.raters().to_vec();
    Agreement {
        unit: ratings.unit(),
        concordance: concordance(&orders),
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
