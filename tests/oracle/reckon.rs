//! What must come out, reckoned the slow way: recursion over the tree, every scenario tried.

mod cells;
mod gates;
mod order;
mod prices;
mod tree;

use num_traits::{One, Zero};

use crate::model::{Case, Kind, Q};

pub use cells::{Cell, Rated, owed};
pub use gates::{Gate, Outcome};
pub use order::Place;
pub use tree::{Shares, lens_shares, record_shares};

/// From the worst to the best that can still come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub low: Q,
    pub high: Q,
}

impl Span {
    pub fn exactly(value: Q) -> Self {
        Self {
            low: value.clone(),
            high: value,
        }
    }

    pub fn is_settled(&self) -> bool {
        self.low == self.high
    }

    pub fn scaled(&self, factor: &Q) -> Self {
        Self {
            low: &self.low * factor,
            high: &self.high * factor,
        }
    }

    pub fn sum<'a>(spans: impl Iterator<Item = &'a Self>) -> Self {
        spans.fold(Self::exactly(Q::zero()), |sum, span| Self {
            low: sum.low + &span.low,
            high: sum.high + &span.high,
        })
    }
}

/// The number 100.
pub fn hundred() -> Q {
    Q::from_integer(100.into())
}

/// Whether a vendor can be part of the ranking in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Certain,
    May,
    Disqualified,
    Excluded,
}

impl Standing {
    pub fn may_stay(self) -> bool {
        matches!(self, Self::Certain | Self::May)
    }
}

/// Everything about one vendor.
#[derive(Debug, Clone)]
pub struct Row {
    pub standing: Standing,
    pub cells: Vec<Cell>,
    pub shares: Shares,
    /// By criterion; `None` where there are no points (pass-fail, not applicable, no price to compare with).
    pub points: Vec<Option<Span>>,
    pub contributions: Vec<Span>,
    pub category_contributions: Vec<Span>,
    /// `None` where nothing applies.
    pub total: Option<Span>,
    /// The total if what is not applicable earned nothing.
    pub total_na_as_zero: Span,
    pub coverage: Option<Q>,
    pub gates: Vec<Gate>,
    /// By metric of the lens; `None` where nothing of it is weighed.
    pub metrics: Vec<Option<Span>>,
}

/// The whole result.
#[derive(Debug, Clone)]
pub struct Expected {
    pub rows: Vec<Row>,
    pub places: Vec<Place>,
    pub is_final: bool,
    /// Vendors in page order.
    pub page: Vec<usize>,
}

/// Reckons a case, on the record's weights or under a lens.
pub fn reckon(case: &Case, lens: Option<usize>) -> Expected {
    let cells: Vec<Vec<Cell>> = (0..case.vendors.len())
        .map(|vendor| cells::of_vendor(case, vendor))
        .collect();
    let gates: Vec<Vec<Gate>> = cells
        .iter()
        .map(|cells| gates::of_vendor(case, cells))
        .collect();
    let standings: Vec<Standing> = (0..case.vendors.len())
        .map(|vendor| standing(case, vendor, &gates[vendor]))
        .collect();
    let rows: Vec<Row> = (0..case.vendors.len())
        .map(|vendor| row(case, lens, vendor, &cells, &gates, &standings))
        .collect();
    let places = order::places(&rows);
    let is_final = places
        .iter()
        .all(|place| place.status != order::Status::Provisional);
    let page = order::page(case, &rows);
    Expected {
        rows,
        places,
        is_final,
        page,
    }
}

fn standing(case: &Case, vendor: usize, gates: &[Gate]) -> Standing {
    if !case.stands(vendor) {
        Standing::Excluded
    } else if gates.iter().any(|gate| gate.outcome == Outcome::Failed) {
        Standing::Disqualified
    } else if gates.iter().any(|gate| gate.outcome == Outcome::Open) {
        Standing::May
    } else {
        Standing::Certain
    }
}

fn row(
    case: &Case,
    lens: Option<usize>,
    vendor: usize,
    all_cells: &[Vec<Cell>],
    all_gates: &[Vec<Gate>],
    standings: &[Standing],
) -> Row {
    let set = &case.set;
    let cells = all_cells[vendor].clone();
    let weigh = |applies: &dyn Fn(usize) -> bool| match lens {
        Some(lens) => lens_shares(set, lens, applies),
        None => record_shares(set, applies),
    };
    let shares = weigh(&|criterion| cells[criterion] != Cell::NotApplicable);
    let points: Vec<Option<Span>> = (0..set.criteria.len())
        .map(|criterion| match &set.criteria[criterion].kind {
            Kind::Rated { .. } => cells[criterion].points(set, criterion),
            Kind::Priced { .. } => prices::points(case, vendor, criterion, all_cells, standings),
            Kind::PassFail => None,
        })
        .collect();
    let worths: Vec<Span> = points
        .iter()
        .enumerate()
        .map(|(criterion, points)| match points {
            Some(points) => points.clone(),
            // Reading: a price with nothing to be compared with has no points, and its contribution is open.
            None if set.is_priced(criterion) => Span {
                low: Q::zero(),
                high: Q::one(),
            },
            None => Span::exactly(Q::zero()),
        })
        .collect();
    let contributions: Vec<Span> = (0..set.criteria.len())
        .map(|criterion| {
            let worth = &shares.criteria[criterion] * hundred();
            worths[criterion].scaled(&worth)
        })
        .collect();
    let summed = |within: &dyn Fn(usize) -> bool| {
        let chosen = (0..set.criteria.len()).filter(|&at| within(at));
        Span::sum(chosen.map(|at| &contributions[at]))
    };
    let category_contributions = (0..set.categories.len())
        .map(|category| summed(&|criterion| set.lies_in(criterion, category)))
        .collect();
    let total = shares.anything_left.then(|| summed(&|_| true));
    let metrics = lens.map_or_else(Vec::new, |lens| {
        let metrics = set.lenses[lens].metrics.iter();
        metrics
            .map(|(_, criteria)| metric(criteria, &shares, &contributions))
            .collect()
    });
    let full = weigh(&|_| true);
    Row {
        standing: standings[vendor],
        total_na_as_zero: as_zero(&full, &worths, &cells),
        coverage: coverage(&shares, &cells),
        gates: all_gates[vendor].clone(),
        cells,
        shares,
        points,
        contributions,
        category_contributions,
        total,
        metrics,
    }
}

/// Reading: a metric weighs by the effective lens shares, so what is not applicable drops out of it.
fn metric(criteria: &[usize], shares: &Shares, contributions: &[Span]) -> Option<Span> {
    let weight: Q = criteria.iter().map(|&at| &shares.criteria[at]).sum();
    if weight.is_zero() {
        return None;
    }
    let sum = Span::sum(criteria.iter().map(|&at| &contributions[at]));
    Some(sum.scaled(&weight.recip()))
}

fn as_zero(full: &Shares, worths: &[Span], cells: &[Cell]) -> Span {
    let parts: Vec<Span> = (0..cells.len())
        .filter(|&at| cells[at] != Cell::NotApplicable)
        .map(|at| worths[at].scaled(&(&full.criteria[at] * hundred())))
        .collect();
    Span::sum(parts.iter())
}

/// Reading: coverage is the sum of the effective shares whose answer is complete, in percent; of nothing, nothing.
fn coverage(shares: &Shares, cells: &[Cell]) -> Option<Q> {
    let complete = cells.iter().zip(&shares.criteria);
    let sum: Q = complete
        .filter(|(cell, _)| cell.is_complete())
        .map(|(_, share)| share)
        .sum();
    shares.anything_left.then(|| sum * hundred())
}
