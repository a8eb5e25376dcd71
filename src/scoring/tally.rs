//! From points to totals: one vendor's points, shares, contributions, categories and metrics under one weighting.

use crate::criteria::{
    CategoryIndex, CriteriaSet, CriterionIndex, Kind, Metric, Shares, Weighting,
};
use crate::exact::Fraction;

use super::card::{Bounds, CategoryCard, MetricCard, State};
use super::view::View;

/// The weights a result is computed with.
pub(super) struct Weights<'a> {
    set: &'a CriteriaSet,
    weighting: Weighting,
    /// What each node can give where everything applies, which is nearly always; `None` if nothing has any weight.
    whole: Option<Spread>,
    /// By category: the positions of the criteria in it and below it.
    members: Vec<Vec<usize>>,
}

/// What each node of the tree can give.
struct Spread {
    /// By criterion: its share of the whole.
    criteria: Vec<Fraction>,
    /// By criterion: the most it can add to the total, in points of 100.
    full: Vec<Fraction>,
    /// By category: its share of the whole.
    categories: Vec<Fraction>,
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

impl Spread {
    fn of(set: &CriteriaSet, shares: &Shares) -> Self {
        let criteria: Vec<Fraction> = set
            .indexed_criteria()
            .map(|(index, _)| shares.of_criterion(index))
            .collect();
        Self {
            full: criteria.iter().map(Fraction::percent).collect(),
            categories: set
                .indexed_categories()
                .map(|(index, _)| shares.of_category(index))
                .collect(),
            criteria,
        }
    }

    fn nothing(set: &CriteriaSet) -> Self {
        Self {
            criteria: vec![Fraction::zero(); set.criteria().len()],
            full: vec![Fraction::zero(); set.criteria().len()],
            categories: vec![Fraction::zero(); set.categories().len()],
        }
    }
}

impl<'a> Weights<'a> {
    pub(super) fn new(set: &'a CriteriaSet, view: View) -> Self {
        let weighting = view.weighting(set);
        let members = |category| {
            let within = set
                .indexed_criteria()
                .filter(move |(criterion, _)| set.is_within(*criterion, category));
            within.map(|(criterion, _)| criterion.position()).collect()
        };
        let whole = weighting.shares_without(|_| false);
        Self {
            set,
            whole: whole.map(|shares| Spread::of(set, &shares)),
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

    /// What each node can give a vendor for whom some criteria do not apply; `None` if nothing of any weight does.
    fn spread_without(&self, states: &[State]) -> Option<Spread> {
        let left_out =
            |index: CriterionIndex| states.get(index.position()).is_some_and(is_left_out);
        let shares = self.weighting.shares_without(left_out)?;
        Some(Spread::of(self.set, &shares))
    }

    /// Adds up one vendor's points. Points that are `None` bound their contribution by nothing and everything.
    pub(super) fn tally(&self, states: &[State], points: &[Option<Bounds>]) -> Tally {
        if !states.iter().any(is_left_out) {
            return self.add_up(states, points, self.whole.as_ref());
        }
        let mut tally = self.add_up(states, points, self.spread_without(states).as_ref());
        tally.total_na_as_zero = Some(self.total_na_as_zero(states, points));
        tally
    }

    fn add_up(
        &self,
        states: &[State],
        points: &[Option<Bounds>],
        spread: Option<&Spread>,
    ) -> Tally {
        let nothing = Spread::nothing(self.set);
        let effective = spread.unwrap_or(&nothing);
        let contributions: Vec<Bounds> = effective
            .full
            .iter()
            .zip(points)
            .map(|(full, points)| contribution(full, points.as_ref()))
            .collect();
        let categories: Vec<CategoryCard> = self
            .set
            .indexed_categories()
            .zip(self.members.iter().zip(&effective.categories))
            .map(|((index, _), (members, share))| {
                let contribution = sum(members.iter().filter_map(|&at| contributions.get(at)));
                CategoryCard {
                    category: index,
                    percent: part_of(&contribution, share),
                    contribution,
                    share: share.clone(),
                }
            })
            .collect();
        // Every criterion lies in one category at the top, so those make the total.
        let at_the_top = self
            .set
            .categories()
            .iter()
            .zip(&categories)
            .filter(|(category, _)| category.parent().is_none());
        let total = sum(at_the_top.map(|(_, card)| &card.contribution));
        Tally {
            total: spread.map(|_| total),
            total_na_as_zero: None,
            coverage: spread.map(|spread| coverage(states, &spread.full)),
            shares: effective.criteria.clone(),
            categories,
            contributions,
        }
    }

    /// The total if "not applicable" were worth nothing.
    fn total_na_as_zero(&self, states: &[State], points: &[Option<Bounds>]) -> Bounds {
        let full = self.whole.iter().flat_map(|whole| &whole.full);
        let contributions: Vec<Bounds> = full
            .zip(states.iter().zip(points))
            .filter(|(_, (state, _))| !is_left_out(state))
            .map(|(full, (_, points))| contribution(full, points.as_ref()))
            .collect();
        sum(&contributions)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "it is asked of the items of slices"
)]
fn is_left_out(state: &State) -> bool {
    state.is_left_out()
}

/// How much of the weight has complete answers, in percent.
fn coverage(states: &[State], full: &[Fraction]) -> Fraction {
    let missing = states
        .iter()
        .zip(full)
        .filter(|(state, _)| !state.is_complete());
    &Fraction::hundred() - &Fraction::sum(missing.map(|(_, full)| full))
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

/// What points add to the total where `full` is the most they can.
fn contribution(full: &Fraction, points: Option<&Bounds>) -> Bounds {
    match points {
        Some(points) if points.low == points.high => Bounds::exactly(full * &points.low),
        Some(points) => Bounds {
            low: full * &points.low,
            high: full * &points.high,
        },
        None => Bounds {
            low: Fraction::zero(),
            high: full.clone(),
        },
    }
}

fn sum<'b>(terms: impl IntoIterator<Item = &'b Bounds> + Clone) -> Bounds {
    let low = Fraction::sum(terms.clone().into_iter().map(|bounds| &bounds.low));
    let is_settled = |bounds: &Bounds| bounds.low == bounds.high;
    if terms.clone().into_iter().all(is_settled) {
        return Bounds::exactly(low);
    }
    let high = Fraction::sum(terms.into_iter().map(|bounds| &bounds.high));
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
