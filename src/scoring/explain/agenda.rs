//! What to talk about first: cells by how much the evaluators differ and how much that weighs.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::criteria::{CriterionIndex, Direction, Kind, Rated};
use crate::evaluation::{Answer, Evaluation, Given, VendorIndex};
use crate::exact::Fraction;
use crate::scoring::card::{CriterionCard, Scorecard, VendorCard, VendorStatus};

/// A cell about which the evaluators differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// The vendor.
    pub vendor: VendorIndex,
    /// The criterion.
    pub criterion: CriterionIndex,
    /// The effective part of the whole that is at stake, from 0 to 1.
    pub share: Fraction,
    /// The highest score less the lowest.
    pub spread: Fraction,
    /// The spread as a part of the scale, from 0 to 1; all of it where they disagree on whether the criterion applies,
    /// passes, or what a price is.
    pub spread_of_scale: Fraction,
    /// Whether they disagree on more than a score.
    pub conflict: bool,
    /// Whether the spread is large enough to be talked about.
    pub flagged: bool,
    /// Whether there is a consensus already.
    pub settled: bool,
}

/// The cells about which the evaluators differ, by share times spread; conflicts weigh like the whole scale.
///
/// A cell is flagged from a spread of `flag` parts of its scale on, which the rules of the set say.
#[must_use]
pub fn agenda(evaluation: &Evaluation, card: &Scorecard) -> Vec<AgendaItem> {
    let flag = &Fraction::from(evaluation.set().rules().flag());
    let standing = card
        .vendors
        .iter()
        .filter(|one| one.status != VendorStatus::Excluded);
    let mut items: Vec<AgendaItem> = standing
        .flat_map(|vendor| {
            let cells = vendor.criteria.iter();
            cells.filter_map(|cell| item(evaluation, vendor, cell, flag))
        })
        .collect();
    items.sort_by_cached_key(|item| {
        let weight = &item.share * &item.spread_of_scale;
        (
            Reverse(weight),
            Reverse(item.conflict),
            item.criterion,
            item.vendor,
        )
    });
    items
}

fn item(
    evaluation: &Evaluation,
    vendor: &VendorCard,
    cell: &CriterionCard,
    flag: &Fraction,
) -> Option<AgendaItem> {
    let criterion = evaluation.set().criteria().get(cell.criterion.position())?;
    let (consensus, individual): (Vec<&Given>, Vec<&Given>) = evaluation
        .counted(vendor.vendor, cell.criterion)
        .partition(|given| evaluation.is_consensus(given.evaluator));
    let answers: Vec<Answer> = individual.into_iter().map(|given| given.answer).collect();
    let (spread, spread_of_scale, conflict) = match criterion.kind() {
        Kind::Rated(rated) => differ_on_scale(rated, &answers),
        Kind::Priced(_) | Kind::PassFail => differ_at_all(&answers),
    };
    (conflict || !spread.is_zero()).then(|| AgendaItem {
        vendor: vendor.vendor,
        criterion: cell.criterion,
        share: cell.share.clone(),
        flagged: conflict || spread_of_scale >= *flag,
        settled: !consensus.is_empty(),
        spread,
        spread_of_scale,
        conflict,
    })
}

fn differ_on_scale(rated: &Rated, answers: &[Answer]) -> (Fraction, Fraction, bool) {
    let worst = match rated.direction() {
        Direction::Higher => rated.scale().min(),
        Direction::Lower => rated.scale().max(),
    };
    let scores: Vec<Decimal> = answers
        .iter()
        .filter_map(|answer| match answer {
            Answer::Scored(score) => Some(*score),
            Answer::NoResponse => Some(worst),
            Answer::NotApplicable | Answer::Passed | Answer::Failed => None,
        })
        .collect();
    let ends = scores.iter().min().zip(scores.iter().max());
    let spread = ends.map_or_else(Fraction::zero, |(least, most)| difference(*most, *least));
    if answers.contains(&Answer::NotApplicable) && !scores.is_empty() {
        return (spread, Fraction::one(), true);
    }
    let scale = difference(rated.scale().max(), rated.scale().min());
    let part = spread.over(&scale).unwrap_or_else(Fraction::zero);
    (spread, part, false)
}

fn differ_at_all(answers: &[Answer]) -> (Fraction, Fraction, bool) {
    let meant = |answer: &Answer| match answer {
        Answer::Failed | Answer::NoResponse => Answer::NoResponse,
        other => *other,
    };
    let differ = answers.windows(2).any(|two| match two {
        [one, other] => meant(one) != meant(other),
        _ => false,
    });
    let part = if differ {
        Fraction::one()
    } else {
        Fraction::zero()
    };
    (Fraction::zero(), part, differ)
}

fn difference(most: Decimal, least: Decimal) -> Fraction {
    &Fraction::from(most) - &Fraction::from(least)
}
