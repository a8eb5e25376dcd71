//! The scores of single evaluators, in one unit.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::criteria::{CriteriaSet, CriterionIndex, Direction, Kind, Rated, Weighting};
use crate::evaluation::{Answer, Evaluation, EvaluatorIndex, VendorIndex};
use crate::exact::Fraction;
use crate::scoring::points::Line;

use super::Mean;

/// What scores are compared in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The scores as given: they all lie on one scale, higher is better.
    Score,
    /// Points of 100: scales differ, or on some of them lower is better.
    Points,
}

/// A rated criterion with its line from scores to points and its share of the whole.
type Weighed<'a> = (CriterionIndex, &'a Rated, Line, Fraction);

/// An evaluator has no score about a vendor on a criterion that weighs in their panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// The evaluator.
    pub evaluator: EvaluatorIndex,
    /// The vendor.
    pub vendor: VendorIndex,
    /// The criterion.
    pub criterion: CriterionIndex,
    /// What they answered instead; `None` if nothing.
    pub answer: Option<Answer>,
}

/// The scores of single evaluators about vendors that stand.
pub(super) struct Ratings<'a> {
    evaluation: &'a Evaluation,
    unit: Unit,
    vendors: Vec<VendorIndex>,
    /// The rated criteria, each with its line from scores to points and its share of the whole.
    criteria: Vec<Weighed<'a>>,
    raters: Vec<EvaluatorIndex>,
}

impl<'a> Ratings<'a> {
    pub(super) fn of(evaluation: &'a Evaluation) -> Self {
        let set: &'a CriteriaSet = evaluation.set();
        let shares = Weighting::of_record(set).shares();
        let rated = set.indexed_criteria().filter_map(|(index, criterion)| {
            let Kind::Rated(rated) = criterion.kind() else {
                return None;
            };
            let line = Line::of(rated, set.rules().points());
            Some((index, rated, line, shares.of_criterion(index)))
        });
        let vendors = evaluation.vendor_indices();
        let mut ratings = Self {
            evaluation,
            unit: Unit::Score,
            vendors: vendors
                .filter(|&vendor| !evaluation.is_excluded(vendor))
                .collect(),
            criteria: rated.collect(),
            raters: Vec::new(),
        };
        ratings.unit = ratings.find_unit();
        ratings.raters = evaluation
            .evaluator_indices()
            .filter(|&rater| !evaluation.is_consensus(rater) && !ratings.panel(rater).is_empty())
            .collect();
        ratings
    }

    pub(super) fn unit(&self) -> Unit {
        self.unit
    }

    /// The evaluators who have rated anything, or are to.
    pub(super) fn raters(&self) -> &[EvaluatorIndex] {
        &self.raters
    }

    /// The scale and direction that all criteria anybody scored have in common make scores comparable as they are.
    fn find_unit(&self) -> Unit {
        let mut scales = self.criteria.iter().filter(|(index, ..)| {
            let mut vendors = self.vendors.iter();
            vendors.any(|&vendor| self.scores(vendor, *index).next().is_some())
        });
        let Some((_, first, ..)) = scales.next() else {
            return Unit::Score;
        };
        let ends = |rated: &Rated| (rated.scale().min(), rated.scale().max());
        let is_like = |rated: &Rated| ends(rated) == ends(first);
        let mut all = std::iter::once(*first).chain(scales.map(|(_, rated, ..)| *rated));
        if all.all(|rated| rated.direction() == Direction::Higher && is_like(rated)) {
            Unit::Score
        } else {
            Unit::Points
        }
    }

    /// The scores about one vendor and criterion.
    fn scores(
        &self,
        vendor: VendorIndex,
        criterion: CriterionIndex,
    ) -> impl Iterator<Item = (EvaluatorIndex, Decimal)> {
        let counted = self.evaluation.counted(vendor, criterion);
        counted.filter_map(|given| match given.answer {
            Answer::Scored(score) if !self.evaluation.is_consensus(given.evaluator) => {
                Some((given.evaluator, score))
            }
            _ => None,
        })
    }

    /// By vendor and criterion: who gave which score, in the unit.
    pub(super) fn cells(&self) -> impl Iterator<Item = Vec<(EvaluatorIndex, Fraction)>> {
        self.vendors.iter().flat_map(move |&vendor| {
            self.criteria.iter().map(move |(index, _, line, _)| {
                let scores = self.scores(vendor, *index);
                scores
                    .map(|(rater, score)| (rater, self.in_unit(line, score)))
                    .collect()
            })
        })
    }

    /// The scores without who gave them.
    pub(super) fn units(&self) -> Vec<Vec<Fraction>> {
        let cells = self.cells();
        cells
            .map(|cell| cell.into_iter().map(|(_, value)| value).collect())
            .collect()
    }

    fn in_unit(&self, line: &Line, score: Decimal) -> Fraction {
        let score = Fraction::from(score);
        match self.unit {
            Unit::Score => score,
            Unit::Points => line.at(&score).percent(),
        }
    }

    /// How far apart on their scales the lowest and the highest score of one evaluator lie, as a part of the scale.
    pub(super) fn scale_used(&self, rater: EvaluatorIndex) -> Option<Fraction> {
        let positions = self.criteria.iter().flat_map(|(index, rated, ..)| {
            let (min, max) = (
                Fraction::from(rated.scale().min()),
                Fraction::from(rated.scale().max()),
            );
            let scores = self.vendors.iter().filter_map(move |&vendor| {
                let mut scores = self.scores(vendor, *index);
                scores.find(|(by, _)| *by == rater)
            });
            scores.filter_map(move |(_, score)| {
                let (way, width) = (&Fraction::from(score) - &min, &max - &min);
                way.over(&width)
            })
        });
        let positions: Vec<Fraction> = positions.collect();
        Some(positions.iter().max()? - positions.iter().min()?)
    }

    /// What an evaluator is assigned, else the rated criteria they have answered for any vendor that stands.
    fn panel(&self, rater: EvaluatorIndex) -> BTreeSet<CriterionIndex> {
        let criteria = self.criteria.iter().map(|(index, ..)| *index);
        if let Some(assigned) = self.evaluation.assignment(rater) {
            return criteria.filter(|index| assigned.contains(index)).collect();
        }
        criteria
            .filter(|&index| {
                self.vendors.iter().any(|&vendor| {
                    let mut counted = self.evaluation.counted(vendor, index);
                    counted.any(|given| given.evaluator == rater)
                })
            })
            .collect()
    }

    /// What of an evaluator's panel weighs anything.
    fn weighed(&self, rater: EvaluatorIndex) -> Vec<&Weighed<'a>> {
        let panel = self.panel(rater);
        let criteria = self.criteria.iter();
        criteria
            .filter(|(index, _, _, share)| panel.contains(index) && !share.is_zero())
            .collect()
    }

    /// The totals of those who scored each of these vendors on all of their panel that weighs anything, in the order given.
    pub(super) fn orders(&self, vendors: &[VendorIndex]) -> Vec<(EvaluatorIndex, Vec<Fraction>)> {
        let orders = self.raters.iter().filter_map(|&rater| {
            let weighed = self.weighed(rater);
            if weighed.is_empty() {
                return None;
            }
            let total = |&vendor: &VendorIndex| {
                let parts = weighed.iter().map(|(index, _, line, share)| {
                    let mut scores = self.scores(vendor, *index);
                    let (_, score) = scores.find(|(by, _)| *by == rater)?;
                    Some(&line.at(&score.into()) * share)
                });
                let parts: Option<Vec<Fraction>> = parts.collect();
                let whole = Fraction::sum(weighed.iter().map(|(_, _, _, share)| share));
                Fraction::sum(&parts?).percent().over(&whole)
            };
            let totals: Option<Vec<Fraction>> = vendors.iter().map(total).collect();
            Some((rater, totals?))
        });
        orders.collect()
    }

    /// Where the evaluators have no score on what weighs in their panel.
    pub(super) fn holes(&self) -> Vec<Hole> {
        let holes = self.raters.iter().flat_map(|&rater| {
            let weighed = self.weighed(rater).into_iter();
            weighed.flat_map(move |(index, ..)| {
                let vendors = self.vendors.iter();
                vendors.filter_map(move |&vendor| self.hole(rater, vendor, *index))
            })
        });
        holes.collect()
    }

    fn hole(
        &self,
        evaluator: EvaluatorIndex,
        vendor: VendorIndex,
        criterion: CriterionIndex,
    ) -> Option<Hole> {
        let mut counted = self.evaluation.counted(vendor, criterion);
        let given = counted.find(|given| given.evaluator == evaluator);
        let answer = given.map(|given| given.answer);
        (!matches!(answer, Some(Answer::Scored(_)))).then_some(Hole {
            evaluator,
            vendor,
            criterion,
            answer,
        })
    }

    /// What the scores of each evaluator reach for each vendor, weighed, in percent.
    pub(super) fn means(&self) -> Vec<Mean> {
        let pairs = self.vendors.iter().flat_map(|&vendor| {
            let raters = self.raters.iter();
            raters.map(move |&evaluator| (vendor, evaluator))
        });
        let means = pairs.filter_map(|(vendor, evaluator)| {
            let (mut reached, mut whole) = (Fraction::zero(), Fraction::zero());
            for (index, _, line, share) in &self.criteria {
                let mut scores = self.scores(vendor, *index);
                if let Some((_, score)) = scores.find(|(by, _)| *by == evaluator) {
                    let points = line.at(&Fraction::from(score));
                    reached = &reached + &(&points * share);
                    whole = &whole + share;
                }
            }
            let points = reached.over(&whole)?.percent();
            Some(Mean {
                evaluator,
                vendor,
                points,
            })
        });
        means.collect()
    }

    /// The vendors about which all whose panel weighs anything gave every score, in page order.
    pub(super) fn vendors_without(&self, holes: &[Hole]) -> Vec<VendorIndex> {
        let vendors = self.vendors.iter().copied();
        vendors
            .filter(|vendor| holes.iter().all(|hole| hole.vendor != *vendor))
            .collect()
    }

    /// The vendors that stand.
    pub(super) fn vendors(&self) -> &[VendorIndex] {
        &self.vendors
    }
}
