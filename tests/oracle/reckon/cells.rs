//! What the evaluators' answers about one vendor and criterion amount to.

use crate::model::{Ans, Case, Kind, Q, Set};

use super::Span;

/// One collapsed cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Raw scores from the worst to the best that can come out.
    Rated {
        worst: Q,
        best: Q,
        kind: Rated,
    },
    /// An amount of money.
    Price(Q),
    /// The vendor named no price.
    NoPrice,
    /// No price yet, or two different ones.
    PriceMissing,
    Passed,
    Failed,
    /// No verdict yet, or two different ones.
    Undecided,
    NotApplicable,
}

/// How a rated cell came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rated {
    Scored,
    /// No response from every one who answered.
    NoResponse,
    /// No response beside scores.
    Mixed,
    /// Something is missing, or answers conflict.
    NotScored,
}

impl Cell {
    pub fn is_complete(&self) -> bool {
        match self {
            Self::Rated { kind, .. } => *kind != Rated::NotScored,
            Self::PriceMissing | Self::Undecided => false,
            _ => true,
        }
    }

    /// The points of a rated cell.
    pub fn points(&self, set: &Set, criterion: usize) -> Option<Span> {
        let Self::Rated { worst, best, .. } = self else {
            return None;
        };
        Some(Span {
            low: points(set, criterion, worst),
            high: points(set, criterion, best),
        })
    }
}

fn points(set: &Set, criterion: usize, score: &Q) -> Q {
    let scale = set.scale_of(criterion);
    let (min, max) = (scale.min.q(), scale.max.q());
    if set.of_max {
        score / max
    } else if is_lower(set, criterion) {
        (&max - score) / (&max - &min)
    } else {
        (score - &min) / (&max - &min)
    }
}

fn is_lower(set: &Set, criterion: usize) -> bool {
    matches!(
        set.criteria[criterion].kind,
        Kind::Rated { lower: true, .. }
    )
}

/// The worst and the best end of a criterion's scale.
fn ends(set: &Set, criterion: usize) -> (Q, Q) {
    let scale = set.scale_of(criterion);
    if is_lower(set, criterion) {
        (scale.max.q(), scale.min.q())
    } else {
        (scale.min.q(), scale.max.q())
    }
}

pub fn of_vendor(case: &Case, vendor: usize) -> Vec<Cell> {
    (0..case.set.criteria.len())
        .map(|criterion| of_cell(case, vendor, criterion))
        .collect()
}

fn of_cell(case: &Case, vendor: usize, criterion: usize) -> Cell {
    let counted = (0..case.evaluators.len())
        .filter(|&evaluator| !case.is_recused(evaluator, vendor))
        .filter_map(|evaluator| {
            let answer = case.answers.get(&(vendor, criterion, evaluator))?;
            Some((case.is_consensus(evaluator), *answer))
        });
    let (consensus, single): (Vec<_>, Vec<_>) = counted.partition(|(moderated, _)| *moderated);
    let moderated = !consensus.is_empty();
    let chosen = if moderated { consensus } else { single };
    let answers: Vec<Ans> = chosen.into_iter().map(|(_, answer)| answer).collect();
    let missing = if moderated {
        0
    } else {
        owed(case, vendor, criterion).len()
    };
    match case.set.criteria[criterion].kind {
        Kind::Rated { .. } => rated(case, criterion, &answers, missing),
        Kind::Priced { .. } => priced(&answers),
        Kind::PassFail => pass_fail(&answers),
    }
}

/// The evaluators who still owe a rated cell an answer: it is in their panel, and they are not recused there.
///
/// Reading: only answers that count (standing vendor, not recused there) put a criterion into a panel.
/// Reading: nobody owes an answer about an excluded vendor.
pub fn owed(case: &Case, vendor: usize, criterion: usize) -> Vec<usize> {
    if !case.stands(vendor) || !case.set.is_rated(criterion) {
        return Vec::new();
    }
    (0..case.evaluators.len())
        .filter(|&evaluator| !case.is_consensus(evaluator) && !case.is_recused(evaluator, vendor))
        .filter(|&evaluator| !case.answers.contains_key(&(vendor, criterion, evaluator)))
        .filter(|&evaluator| {
            (0..case.vendors.len()).any(|other| {
                case.stands(other)
                    && !case.is_recused(evaluator, other)
                    && case.answers.contains_key(&(other, criterion, evaluator))
            })
        })
        .collect()
}

/// Reading: "not applicable" beside an answer that is still owed is not unanimous yet: the cell ranges over the scale.
fn rated(case: &Case, criterion: usize, answers: &[Ans], missing: usize) -> Cell {
    let set = &case.set;
    let (worst_end, best_end) = ends(set, criterion);
    let all_na = !answers.is_empty() && answers.iter().all(|&answer| answer == Ans::NotApplicable);
    let any_na = answers.contains(&Ans::NotApplicable);
    if all_na && missing == 0 {
        return Cell::NotApplicable;
    }
    if any_na || answers.is_empty() {
        return Cell::Rated {
            worst: worst_end,
            best: best_end,
            kind: Rated::NotScored,
        };
    }
    let scores: Vec<Q> = answers
        .iter()
        .map(|answer| match answer {
            Ans::Number(score) => score.q(),
            _ => worst_end.clone(),
        })
        .collect();
    let filled = |end: &Q| {
        let missing = std::iter::repeat_n(end.clone(), missing);
        let all: Vec<Q> = scores.iter().cloned().chain(missing).collect();
        if set.median { median(all) } else { mean(&all) }
    };
    let silent = answers.iter().filter(|answer| **answer == Ans::Silent);
    let silent = silent.count();
    let kind = if missing > 0 {
        Rated::NotScored
    } else if silent == answers.len() {
        Rated::NoResponse
    } else if silent > 0 {
        Rated::Mixed
    } else {
        Rated::Scored
    };
    Cell::Rated {
        worst: filled(&worst_end),
        best: filled(&best_end),
        kind,
    }
}

fn mean(values: &[Q]) -> Q {
    values.iter().sum::<Q>() / Q::from_integer(values.len().into())
}

/// The middle one, or the mean of the middle two: strike out the ends until at most two are left.
fn median(mut values: Vec<Q>) -> Q {
    values.sort();
    while values.len() > 2 {
        values.pop();
        values.remove(0);
    }
    mean(&values)
}

/// Reading: an amount beside a "no response" is a conflict, like two different amounts.
fn priced(answers: &[Ans]) -> Cell {
    let mut amounts: Vec<Q> = answers
        .iter()
        .filter_map(|answer| match answer {
            Ans::Number(amount) => Some(amount.q()),
            _ => None,
        })
        .collect();
    amounts.sort();
    amounts.dedup();
    let silent = answers.contains(&Ans::Silent);
    match (amounts.as_slice(), silent) {
        ([amount], false) => Cell::Price(amount.clone()),
        ([], true) => Cell::NoPrice,
        _ => Cell::PriceMissing,
    }
}

/// Reading: a "no response" is a fail, so it agrees with a fail and conflicts with a pass.
fn pass_fail(answers: &[Ans]) -> Cell {
    let passes = answers.iter().filter(|answer| **answer == Ans::Pass);
    match passes.count() {
        _ if answers.is_empty() => Cell::Undecided,
        0 => Cell::Failed,
        count if count == answers.len() => Cell::Passed,
        _ => Cell::Undecided,
    }
}
