//! The rows of the scores that one vendor's criterion is collapsed from.

use crate::criteria::CriterionIndex;
use crate::evaluation::{Answer, Given};
use crate::scoring::VendorCard;

use super::plan::Plan;

/// One row: an answer that stands, or one that is still owed.
pub(super) struct ScoreRow<'a> {
    /// Empty where nobody has answered and nobody in particular owes an answer.
    pub(super) evaluator: &'a str,
    /// None where it is still owed.
    pub(super) answer: Option<Answer>,
    pub(super) reason: &'a str,
    pub(super) is_recused: bool,
    pub(super) is_consensus: bool,
    /// Whether it is among those that are collapsed.
    pub(super) counts: bool,
}

/// The answers that stand, the consensus first, then those that are owed; never nothing.
pub(super) fn of_cell<'a>(
    plan: &Plan<'a>,
    card: &VendorCard,
    criterion: CriterionIndex,
) -> Vec<ScoreRow<'a>> {
    let evaluation = plan.evaluation;
    let cell = evaluation.matrix().cell(card.vendor, criterion);
    let mut given: Vec<&Given> = cell.iter().collect();
    given.sort_by_key(|given| plan.published.evaluator_place(given.evaluator));
    let is_recused = |given: &Given| evaluation.is_recused(given.evaluator, card.vendor);
    let decides = |given: &&Given| evaluation.is_consensus(given.evaluator) && !is_recused(given);
    let is_settled = given.iter().any(decides);
    let mut rows: Vec<ScoreRow<'a>> = given
        .into_iter()
        .map(|given| {
            let is_consensus = evaluation.is_consensus(given.evaluator);
            ScoreRow {
                evaluator: evaluation.evaluator_name(given.evaluator),
                answer: Some(given.answer),
                reason: evaluation.comment(given).unwrap_or_default(),
                is_recused: is_recused(given),
                is_consensus,
                counts: !is_recused(given) && (is_consensus || !is_settled),
            }
        })
        .collect();
    let owed = card.criteria.get(criterion.position());
    let owed = owed.map_or(&[][..], |cell| &cell.owed_by);
    rows.extend(
        plan.published
            .evaluator_names(owed)
            .into_iter()
            .map(missing),
    );
    if rows.is_empty() {
        rows.push(missing(""));
    }
    rows
}

fn missing(evaluator: &str) -> ScoreRow<'_> {
    ScoreRow {
        evaluator,
        answer: None,
        reason: "",
        is_recused: false,
        is_consensus: false,
        counts: true,
    }
}
