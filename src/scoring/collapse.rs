//! Several evaluators' answers about one vendor and criterion become one cell.

use rust_decimal::Decimal;

use crate::criteria::{Collapse, Criterion, CriterionIndex, Direction, Kind, Rated};
use crate::evaluation::{Answer, EvaluatorIndex, VendorIndex};
use crate::exact::Fraction;

use super::card::{Collapsed, State};
use super::field::Field;

/// What the answers about one vendor and criterion come to.
pub(super) struct Cell {
    pub(super) state: State,
    pub(super) value: Value,
    /// How many of the answers that count are "no response".
    pub(super) no_responses: usize,
    /// Whether the answers disagree where they may not.
    pub(super) conflict: bool,
    pub(super) owed_by: Vec<EvaluatorIndex>,
}

/// The value of a cell, by the kind of its criterion.
pub(super) enum Value {
    /// A score: the worst and the best it can still be, which are equal if it is complete.
    Score {
        worst: Fraction,
        best: Fraction,
        shown: Option<Collapsed>,
    },
    /// An amount; `None` if it is missing or there was no response.
    Amount(Option<Decimal>),
    /// A verdict; `None` if it is missing.
    Verdict(Option<bool>),
}

impl Cell {
    fn new(state: State, value: Value) -> Self {
        Self {
            state,
            value,
            no_responses: 0,
            conflict: false,
            owed_by: Vec::new(),
        }
    }

    fn in_conflict(value: Value) -> Self {
        Self {
            conflict: true,
            ..Self::new(State::NotScored, value)
        }
    }

    /// What a report shows as the collapsed score; `None` while it is missing or where it does not apply.
    pub(super) fn shown(&self) -> Option<Collapsed> {
        match &self.value {
            Value::Score { shown, .. } => shown.clone(),
            Value::Amount(amount) => amount.map(Collapsed::Written),
            Value::Verdict(verdict) => verdict.map(|passed| Collapsed::Verdict { passed }),
        }
    }
}

/// What is gathered about one cell after the other; its room in memory is used again.
#[derive(Default)]
pub(super) struct Gathered {
    answers: Vec<Answer>,
    answered: Vec<EvaluatorIndex>,
    numbers: Vec<Decimal>,
}

/// Collapses the answers about one vendor and criterion: the consensus if there is one, else everybody's.
pub(super) fn collapse(
    field: &Field,
    vendor: VendorIndex,
    index: CriterionIndex,
    criterion: &Criterion,
    gathered: &mut Gathered,
) -> Cell {
    let Gathered {
        answers,
        answered,
        numbers,
    } = gathered;
    answers.clear();
    answered.clear();
    let mut consensus = None;
    for given in field.counted(vendor, index) {
        if field.is_consensus(given.evaluator) {
            consensus = Some(given.answer);
        } else {
            answers.push(given.answer);
            answered.push(given.evaluator);
        }
    }
    let owed_by = match consensus {
        Some(answer) => {
            answers.clear();
            answers.push(answer);
            Vec::new()
        }
        None => field.owing(vendor, index, answered),
    };
    let mut cell = match criterion.kind() {
        Kind::Rated(rated) => rated_cell(
            rated,
            field.set().rules().evaluators(),
            answers,
            numbers,
            owed_by.len(),
        ),
        Kind::Priced(_) if field.evaluation().seals_prices() => {
            Cell::new(State::Sealed, Value::Amount(None))
        }
        Kind::Priced(_) => price_cell(answers),
        Kind::PassFail => verdict_cell(answers),
    };
    cell.no_responses = answers
        .iter()
        .filter(|answer| **answer == Answer::NoResponse)
        .count();
    cell.owed_by = owed_by;
    cell
}

/// The ends of the scale as (worst, best).
fn ends(rated: &Rated) -> (Decimal, Decimal) {
    match rated.direction() {
        Direction::Higher => (rated.scale().min(), rated.scale().max()),
        Direction::Lower => (rated.scale().max(), rated.scale().min()),
    }
}

fn rated_cell(
    rated: &Rated,
    rule: Collapse,
    answers: &[Answer],
    numbers: &mut Vec<Decimal>,
    owed: usize,
) -> Cell {
    let (worst, best) = ends(rated);
    let anything = || Value::Score {
        worst: worst.into(),
        best: best.into(),
        shown: None,
    };
    let not_applicable = answers.contains(&Answer::NotApplicable);
    numbers.clear();
    numbers.extend(answers.iter().filter_map(|answer| match answer {
        Answer::Scored(score) => Some(*score),
        Answer::NoResponse => Some(worst),
        Answer::NotApplicable | Answer::Passed | Answer::Failed => None,
    }));
    match (not_applicable, numbers.as_slice(), owed) {
        (true, [], 0) => Cell::new(State::NotApplicable, anything()),
        (true, [_, ..], _) => Cell::in_conflict(anything()),
        // Whoever still owes an answer may agree that it does not apply, or score and make it a conflict.
        (true | false, [], _) => Cell::new(State::NotScored, anything()),
        (false, numbers, 0) => {
            let value = collapsed(rule, numbers);
            let shown = match numbers {
                [written] => Collapsed::Written(*written),
                _ if is_silent(answers) => Collapsed::Written(worst),
                _ => Collapsed::Computed(value.clone()),
            };
            let state = if is_silent(answers) {
                State::NoResponse
            } else {
                State::Scored
            };
            let value = Value::Score {
                worst: value.clone(),
                best: value,
                shown: Some(shown),
            };
            Cell::new(state, value)
        }
        (false, numbers, owed) => {
            let filled_with = |end: Decimal| {
                let missing = std::iter::repeat_n(end, owed);
                collapsed(
                    rule,
                    &numbers.iter().copied().chain(missing).collect::<Vec<_>>(),
                )
            };
            let value = Value::Score {
                worst: filled_with(worst),
                best: filled_with(best),
                shown: None,
            };
            Cell::new(State::NotScored, value)
        }
    }
}

fn collapsed(rule: Collapse, numbers: &[Decimal]) -> Fraction {
    let value = match rule {
        Collapse::Mean => Fraction::mean_of(numbers),
        Collapse::Median => Fraction::median_of(numbers),
    };
    // Callers never pass nothing.
    value.unwrap_or_else(Fraction::zero)
}

fn is_silent(answers: &[Answer]) -> bool {
    answers.iter().all(|answer| *answer == Answer::NoResponse)
}

/// One vendor has one price: everybody who names one must name the same.
fn price_cell(answers: &[Answer]) -> Cell {
    match answers {
        [] => Cell::new(State::NotScored, Value::Amount(None)),
        [first, rest @ ..] if rest.iter().any(|answer| answer != first) => {
            Cell::in_conflict(Value::Amount(None))
        }
        [Answer::Scored(amount), ..] => Cell::new(State::Scored, Value::Amount(Some(*amount))),
        [Answer::NoResponse, ..] => Cell::new(State::NoResponse, Value::Amount(None)),
        [Answer::NotApplicable | Answer::Passed | Answer::Failed, ..] => {
            Cell::new(State::NotScored, Value::Amount(None))
        }
    }
}

/// A pass-fail criterion is decided if all who judged it agree; a vendor that was silent fails.
fn verdict_cell(answers: &[Answer]) -> Cell {
    let verdicts: Vec<bool> = answers
        .iter()
        .filter_map(|answer| match answer {
            Answer::Passed => Some(true),
            Answer::Failed | Answer::NoResponse => Some(false),
            Answer::Scored(_) | Answer::NotApplicable => None,
        })
        .collect();
    match verdicts.as_slice() {
        [] => Cell::new(State::NotScored, Value::Verdict(None)),
        [first, rest @ ..] if rest.iter().any(|verdict| verdict != first) => {
            Cell::in_conflict(Value::Verdict(None))
        }
        [false, ..] if is_silent(answers) => {
            Cell::new(State::NoResponse, Value::Verdict(Some(false)))
        }
        [verdict, ..] => Cell::new(State::Scored, Value::Verdict(Some(*verdict))),
    }
}
