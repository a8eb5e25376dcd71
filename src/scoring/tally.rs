//! From points to totals: one vendor's points, shares, contributions, categories and metrics under one weighting.

use crate::criteria::{
    CategoryIndex, CriteriaSet, CriterionIndex, Kind, Lens, Metric, Shares, Weighting,
};
use crate::exact::Fraction;

use super::card::{Bounds, CategoryCard, MetricCard, State};
use super::collapse::Cell;

/// The weights a result is computed with: the record's or a lens's.
pub(super) struct Weights<'a> {
    set: &'a CriteriaSet,
    weighting: Weighting,
    /// The shares where everything applies, which is nearly always.
    whole: Shares,
    /// By category: the positions of the criteria in it and below it.
    members: Vec<Vec<usize>>,
}

/// What one vendor's points come to under one weighting.
pub(super) struct Tally {
    /// By criterion: its effective share.
    pub(super) shares: Vec<Fraction>,
    /// By criterion: what it adds to the total, in points of 100.
    pub(super) contributions: Vec<Bounds>,
    pub(super) categories: Vec<CategoryCard>,
    pub(super) total: Option<Bounds>,
    pub(super) total_na_as_zero: Option<Bounds>,
    pub(super) coverage: Option<Fraction>,
}

impl<'a> Weights<'a> {
    pub(super) fn new(set: &'a CriteriaSet, lens: Option<&Lens>) -> Self {
        let weighting = match lens {
            Some(lens) => Weighting::of_lens(set, lens),
            None => Weighting::of_record(set),
        };
        let members = |category| {
            let within = set
                .indexed_criteria()
                .filter(move |(criterion, _)| set.is_within(*criterion, category));
            within.map(|(criterion, _)| criterion.position()).collect()
        };
        Self {
            set,
            whole: weighting.shares(),
            weighting,
            members: set
                .indexed_categories()
                .map(|(index, _)| members(index))
                .collect(),
        }
    }

    /// The positions of the criteria in a category and below it.
    pub(super) fn members(&self, category: CategoryIndex) -> &[usize] {
        self.members
            .get(category.position())
            .map_or(&[], Vec::as_slice)
    }

    pub(super) fn set(&self) -> &'a CriteriaSet {
        self.set
    }

    /// The share of a criterion with everything applicable.
    fn whole_share(&self, index: CriterionIndex) -> Fraction {
        self.whole.of_criterion(index)
    }

    /// The effective shares of one vendor; `None` if nothing of any weight applies.
    pub(super) fn shares_for(&self, cells: &[Cell]) -> Option<Shares> {
        if cells.iter().all(|cell| cell.state != State::NotApplicable) {
            return self
                .weighting
                .shares_without(|_| false)
                .map(|_| self.whole.clone());
        }
        self.weighting.shares_without(|index| {
            cells
                .get(index.position())
                .is_some_and(|cell| cell.state == State::NotApplicable)
        })
    }

    /// Adds up one vendor's points. Points that are `None` bound their contribution by nothing and everything.
    pub(super) fn tally(&self, cells: &[Cell], points: &[Option<Bounds>]) -> Tally {
        let shares = self.shares_for(cells);
        let share_of = |index| {
            shares
                .as_ref()
                .map_or_else(Fraction::zero, |shares| shares.of_criterion(index))
        };
        let criteria: Vec<Fraction> = self
            .set
            .indexed_criteria()
            .map(|(index, _)| share_of(index))
            .collect();
        let contributions: Vec<Bounds> = criteria
            .iter()
            .zip(points)
            .map(|(share, points)| contribution(share, points.as_ref()))
            .collect();
        let categories = self
            .set
            .indexed_categories()
            .zip(&self.members)
            .map(|((index, _), members)| {
                let share = shares
                    .as_ref()
                    .map_or_else(Fraction::zero, |shares| shares.of_category(index));
                let contribution = sum(members.iter().filter_map(|&at| contributions.get(at)));
                CategoryCard {
                    category: index,
                    percent: part_of(&contribution, &share),
                    contribution,
                    share,
                }
            })
            .collect();
        let complete = cells
            .iter()
            .zip(&criteria)
            .filter(|(cell, _)| cell.is_complete());
        let covered = Fraction::sum(complete.map(|(_, share)| share));
        Tally {
            categories,
            total: shares.as_ref().map(|_| sum(&contributions)),
            total_na_as_zero: self.total_na_as_zero(cells, points),
            coverage: shares.map(|_| covered.percent()),
            shares: criteria,
            contributions,
        }
    }

    /// The total if "not applicable" were worth nothing; `None` if everything applies.
    fn total_na_as_zero(&self, cells: &[Cell], points: &[Option<Bounds>]) -> Option<Bounds> {
        let left_out = |cell: &Cell| cell.state == State::NotApplicable;
        if !cells.iter().any(left_out) {
            return None;
        }
        let applicable = self.set.indexed_criteria().zip(cells.iter().zip(points));
        let contributions: Vec<Bounds> = applicable
            .filter(|(_, (cell, _))| !left_out(cell))
            .map(|((index, _), (_, points))| {
                contribution(&self.whole_share(index), points.as_ref())
            })
            .collect();
        Some(sum(&contributions))
    }
}

impl Tally {
    /// A metric: the points of its criteria weighted by their shares, in percent.
    pub(super) fn metric(&self, position: usize, metric: &Metric) -> MetricCard {
        let criteria = metric.criteria().iter().map(|index| index.position());
        let (shares, contributions): (Vec<_>, Vec<_>) = criteria
            .filter_map(|at| self.shares.get(at).zip(self.contributions.get(at)))
            .unzip();
        MetricCard {
            metric: position,
            percent: part_of(&sum(contributions), &Fraction::sum(shares)),
        }
    }

    /// The percent reached over the rated criteria among `positions`, shares among those; `None` if none has a share.
    pub(super) fn rated_percent(
        &self,
        set: &CriteriaSet,
        positions: impl IntoIterator<Item = usize>,
    ) -> Option<Bounds> {
        let is_rated = |at: &usize| {
            set.criteria()
                .get(*at)
                .is_some_and(|criterion| matches!(criterion.kind(), Kind::Rated(_)))
        };
        let rated = positions.into_iter().filter(is_rated);
        let (shares, contributions): (Vec<_>, Vec<_>) = rated
            .filter_map(|at| self.shares.get(at).zip(self.contributions.get(at)))
            .unzip();
        part_of(&sum(contributions), &Fraction::sum(shares))
    }
}

fn contribution(share: &Fraction, points: Option<&Bounds>) -> Bounds {
    let full = share.percent();
    match points {
        Some(points) if points.low == points.high => Bounds::exactly(&full * &points.low),
        Some(points) => Bounds {
            low: &full * &points.low,
            high: &full * &points.high,
        },
        None => Bounds {
            low: Fraction::zero(),
            high: full,
        },
    }
}

fn sum<'b>(terms: impl IntoIterator<Item = &'b Bounds>) -> Bounds {
    let (lows, highs): (Vec<&Fraction>, Vec<&Fraction>) = terms
        .into_iter()
        .map(|bounds| (&bounds.low, &bounds.high))
        .unzip();
    let low = Fraction::sum(lows.iter().copied());
    let high = if lows == highs {
        low.clone()
    } else {
        Fraction::sum(highs)
    };
    Bounds { low, high }
}

/// A contribution in percent of what its share can give; `None` for a share of 0.
fn part_of(contribution: &Bounds, share: &Fraction) -> Option<Bounds> {
    let part = |value: &Fraction| value.over(share);
    let low = part(&contribution.low)?;
    if contribution.low == contribution.high {
        return Some(Bounds::exactly(low));
    }
    Some(Bounds {
        low,
        high: part(&contribution.high)?,
    })
}
