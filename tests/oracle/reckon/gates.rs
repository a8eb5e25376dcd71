//! Gates: on the record's weights, before prices.

use num_traits::Zero;

use crate::model::{Case, Kind, Num, Q, Set};

use super::{Cell, Span, hundred, record_shares};

/// One gate and what became of it.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The id of the criterion or category, or `total`.
    pub on: String,
    /// The least or the most that passes; `None` for pass-fail.
    pub limit: Option<Num>,
    /// The value, if it is settled.
    pub value: Option<Q>,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    Open,
    NotApplicable,
}

impl Outcome {
    pub fn text(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Open => "open",
            Self::NotApplicable => "not_applicable",
        }
    }

    fn by(surely: bool, never: bool) -> Self {
        match (surely, never) {
            (true, _) => Self::Passed,
            (_, true) => Self::Failed,
            _ => Self::Open,
        }
    }
}

pub fn of_vendor(case: &Case, cells: &[Cell]) -> Vec<Gate> {
    let set = &case.set;
    let on_criteria = set.criteria.iter().zip(cells).filter_map(|(leaf, cell)| {
        let (limit, value, outcome) = match &leaf.kind {
            Kind::Rated { gate, lower, .. } => on_score(*gate, *lower, cell)?,
            Kind::Priced { maximum, .. } => on_price(*maximum, cell)?,
            Kind::PassFail => on_verdict(cell),
        };
        Some(Gate {
            on: leaf.id.clone(),
            limit,
            value,
            outcome,
        })
    });
    let categories = set.categories.iter().enumerate();
    let on_categories = categories.filter_map(|(at, category)| {
        let minimum = category.minimum?;
        Some(on_percent(
            set,
            cells,
            &category.id,
            minimum,
            &|criterion| set.lies_in(criterion, at),
        ))
    });
    let total = set.total_minimum;
    let on_total = total.map(|minimum| on_percent(set, cells, "total", minimum, &|_| true));
    on_criteria.chain(on_categories).chain(on_total).collect()
}

type Judged = (Option<Num>, Option<Q>, Outcome);

fn on_score(gate: Option<Num>, lower: bool, cell: &Cell) -> Option<Judged> {
    let limit = gate?;
    let Cell::Rated { worst, best, .. } = cell else {
        return Some((gate, None, Outcome::NotApplicable));
    };
    let meets = |score: &Q| {
        if lower {
            *score <= limit.q()
        } else {
            *score >= limit.q()
        }
    };
    let value = (worst == best).then(|| worst.clone());
    Some((gate, value, Outcome::by(meets(worst), !meets(best))))
}

/// Reading: a vendor that named no price cannot meet the most a price may be.
fn on_price(maximum: Option<Num>, cell: &Cell) -> Option<Judged> {
    let limit = maximum?;
    Some(match cell {
        Cell::Price(amount) if *amount <= limit.q() => {
            (maximum, Some(amount.clone()), Outcome::Passed)
        }
        Cell::Price(amount) => (maximum, Some(amount.clone()), Outcome::Failed),
        Cell::NoPrice => (maximum, None, Outcome::Failed),
        _ => (maximum, None, Outcome::Open),
    })
}

fn on_verdict(cell: &Cell) -> Judged {
    let outcome = match cell {
        Cell::Passed => Outcome::Passed,
        Cell::Failed => Outcome::Failed,
        _ => Outcome::Open,
    };
    (None, None, outcome)
}

/// Reading: a rated criterion weighs by its effective share of the whole tree (prices included) among the rated ones.
fn on_percent(
    set: &Set,
    cells: &[Cell],
    on: &str,
    minimum: Num,
    within: &dyn Fn(usize) -> bool,
) -> Gate {
    let shares = record_shares(set, &|criterion| cells[criterion] != Cell::NotApplicable);
    let rated: Vec<usize> = (0..cells.len())
        .filter(|&at| within(at) && set.is_rated(at) && !shares.criteria[at].is_zero())
        .collect();
    let whole: Q = rated.iter().map(|&at| &shares.criteria[at]).sum();
    let parts: Vec<Span> = rated
        .iter()
        .filter_map(|&at| {
            let part = &shares.criteria[at] / &whole * hundred();
            Some(cells[at].points(set, at)?.scaled(&part))
        })
        .collect();
    let percent = Span::sum(parts.iter());
    let (value, outcome) = if rated.is_empty() {
        (None, Outcome::NotApplicable)
    } else {
        let outcome = Outcome::by(percent.low >= minimum.q(), percent.high < minimum.q());
        (percent.is_settled().then_some(percent.low), outcome)
    };
    Gate {
        on: on.to_owned(),
        limit: Some(minimum),
        value,
        outcome,
    }
}
