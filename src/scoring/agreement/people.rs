//! Each evaluator beside the rest: what a conversation about scores may start from, and no league table.

use crate::evaluation::EvaluatorIndex;
use crate::exact::{Fraction, square_root};

use super::places::{ROOT_PLACES, deviations, spearman};
use super::ratings::Ratings;

/// One evaluator beside the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rater {
    /// The evaluator.
    pub evaluator: EvaluatorIndex,
    /// How many scores they gave.
    pub scores: usize,
    /// By how much they score above the others' mean, over the cells they share with others; `None` without any.
    pub leniency: Option<Fraction>,
    /// The standard deviation of their scores; `None` for fewer than two.
    pub spread: Option<Fraction>,
    /// How far apart their lowest and their highest score lie on the scale, in percent of it; `None` without any.
    pub scale_used: Option<Fraction>,
    /// How alike their order of the vendors is to the rest's; `None` where one of the two is not known.
    pub correlation: Option<Fraction>,
}

impl Rater {
    pub(super) fn of(
        ratings: &Ratings<'_>,
        orders: &[(EvaluatorIndex, Vec<Fraction>)],
        evaluator: EvaluatorIndex,
    ) -> Self {
        let (mut own, mut leads) = (Vec::new(), Vec::new());
        for cell in ratings.cells() {
            let (mine, others): (Vec<_>, Vec<_>) =
                cell.into_iter().partition(|(by, _)| *by == evaluator);
            for (_, value) in mine {
                leads
                    .extend(mean(others.iter().map(|(_, value)| value)).map(|rest| &value - &rest));
                own.push(value);
            }
        }
        Self {
            evaluator,
            scores: own.len(),
            leniency: mean(&leads),
            spread: deviation(&own),
            scale_used: ratings.scale_used(evaluator).map(|part| part.percent()),
            correlation: correlation(orders, evaluator),
        }
    }
}

fn mean<'a>(values: impl IntoIterator<Item = &'a Fraction> + Clone) -> Option<Fraction> {
    let count = values.clone().into_iter().count();
    Fraction::sum(values).over(&Fraction::count(count))
}

/// The standard deviation of a sample, which divides by one less than its size.
fn deviation(values: &[Fraction]) -> Option<Fraction> {
    let squares: Vec<Fraction> = deviations(values)?.iter().map(|off| off * off).collect();
    let degrees = Fraction::count(values.len().saturating_sub(1));
    square_root(&Fraction::sum(&squares).over(&degrees)?, ROOT_PLACES)
}

/// With the mean of the totals of all others whose order is known.
fn correlation(
    orders: &[(EvaluatorIndex, Vec<Fraction>)],
    evaluator: EvaluatorIndex,
) -> Option<Fraction> {
    let (_, own) = orders.iter().find(|(by, _)| *by == evaluator)?;
    let others: Vec<&Vec<Fraction>> = orders
        .iter()
        .filter(|(by, _)| *by != evaluator)
        .map(|(_, totals)| totals)
        .collect();
    let rest = (0..own.len()).map(|at| {
        let totals: Vec<&Fraction> = others.iter().filter_map(|totals| totals.get(at)).collect();
        mean(totals)
    });
    let rest: Option<Vec<Fraction>> = rest.collect();
    spearman(own, &rest?)
}
