//! Krippendorff's alpha: how far scores about one and the same thing agree beyond chance, with gaps allowed.

use std::collections::BTreeMap;

use crate::exact::Fraction;

/// How two scores differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// They are the same, or not.
    Nominal,
    /// By how many scores lie between them.
    Ordinal,
    /// By their distance.
    Interval,
    /// By their distance beside their sum; only for scores from 0 up.
    Ratio,
}

/// Alpha under each metric; `None` without variation, which leaves nothing to agree about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alpha {
    /// Under [`Metric::Nominal`].
    pub nominal: Option<Fraction>,
    /// Under [`Metric::Ordinal`].
    pub ordinal: Option<Fraction>,
    /// Under [`Metric::Interval`].
    pub interval: Option<Fraction>,
    /// Under [`Metric::Ratio`].
    pub ratio: Option<Fraction>,
}

impl Alpha {
    /// Alpha of units, each with the scores it was given.
    #[must_use]
    pub fn of(units: &[Vec<Fraction>]) -> Self {
        let coincidences = Coincidences::of(units);
        let under = |metric| coincidences.alpha(metric);
        Self {
            nominal: under(Metric::Nominal),
            ordinal: under(Metric::Ordinal),
            interval: under(Metric::Interval),
            ratio: under(Metric::Ratio),
        }
    }
}

/// Krippendorff's alpha, 1 − observed over expected disagreement (Krippendorff 2004; Hayes and Krippendorff 2007).
///
/// A unit is whatever several scores were given to; one with fewer than two says nothing. `None` without variation.
#[must_use]
pub fn alpha(units: &[Vec<Fraction>], metric: Metric) -> Option<Fraction> {
    Coincidences::of(units).alpha(metric)
}

/// The scores that can be paired.
struct Coincidences {
    /// By value, ascending.
    values: Vec<Value>,
    /// By unit: how often which value, by its position.
    units: Vec<Vec<(usize, usize)>>,
}

struct Value {
    score: Fraction,
    count: Fraction,
    /// How many scores lie below this value, and half of those at it.
    below: Fraction,
}

impl Coincidences {
    fn of(units: &[Vec<Fraction>]) -> Self {
        let paired = || units.iter().filter(|unit| unit.len() > 1);
        let mut counts: BTreeMap<&Fraction, usize> = BTreeMap::new();
        for score in paired().flatten() {
            let count = counts.entry(score).or_default();
            *count = count.saturating_add(1);
        }
        let mut below = Fraction::zero();
        let values = counts.iter().map(|(&score, &count)| {
            let count = Fraction::count(count);
            let half = count
                .over(&Fraction::whole(2))
                .unwrap_or_else(Fraction::zero);
            let middle = &below + &half;
            below = &below + &count;
            Value {
                score: score.clone(),
                count,
                below: middle,
            }
        });
        let values: Vec<Value> = values.collect();
        let positions: BTreeMap<&Fraction, usize> = counts.keys().copied().zip(0..).collect();
        let units = paired().map(|unit| {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for at in unit.iter().filter_map(|score| positions.get(score)) {
                let count = counts.entry(*at).or_default();
                *count = count.saturating_add(1);
            }
            counts.into_iter().collect()
        });
        Self {
            units: units.collect(),
            values,
        }
    }

    fn alpha(&self, metric: Metric) -> Option<Fraction> {
        let is_below_zero = |value: &Value| value.score.is_negative();
        if metric == Metric::Ratio && self.values.iter().any(is_below_zero) {
            return None;
        }
        let counts = self.values.iter().map(|value| &value.count);
        let all = Fraction::sum(counts);
        let expected = self.expected(metric).over(&(&all - &Fraction::one()))?;
        let apart = self.observed(metric).over(&expected)?;
        Some(&Fraction::one() - &apart)
    }

    /// Over all pairs of unequal scores within a unit, each unit's divided by one less than its scores.
    fn observed(&self, metric: Metric) -> Fraction {
        let units = self.units.iter().filter_map(|unit| {
            let size: usize = unit.iter().map(|(_, count)| count).sum();
            let pairs = unit.iter().enumerate().flat_map(|(at, one)| {
                let others = unit.iter().skip(at.saturating_add(1));
                others.map(move |other| (one, other))
            });
            let terms = pairs.map(|(&(one, times), &(other, other_times))| {
                let pairs = &Fraction::count(times) * &Fraction::count(other_times);
                &self.difference(metric, one, other) * &pairs
            });
            let terms: Vec<Fraction> = terms.collect();
            Fraction::sum(&terms).over(&Fraction::count(size.saturating_sub(1)))
        });
        let units: Vec<Fraction> = units.collect();
        Fraction::sum(&units)
    }

    /// Over all pairs of unequal scores of all units.
    fn expected(&self, metric: Metric) -> Fraction {
        let by_value = self.values.iter().enumerate().map(|(at, value)| {
            let others = self.values.iter().enumerate().skip(at.saturating_add(1));
            let terms =
                others.map(|(other, found)| &self.difference(metric, at, other) * &found.count);
            let terms: Vec<Fraction> = terms.collect();
            &Fraction::sum(&terms) * &value.count
        });
        let by_value: Vec<Fraction> = by_value.collect();
        Fraction::sum(&by_value)
    }

    /// The squared difference of two values, by their positions.
    fn difference(&self, metric: Metric, one: usize, other: usize) -> Fraction {
        let pair = self.values.get(one).zip(self.values.get(other));
        let Some((one, other)) = pair else {
            return Fraction::zero();
        };
        let apart = match metric {
            Metric::Nominal => Fraction::one(),
            Metric::Ordinal => &one.below - &other.below,
            Metric::Interval => &one.score - &other.score,
            Metric::Ratio => (&one.score - &other.score)
                .over(&(&one.score + &other.score))
                .unwrap_or_else(Fraction::zero),
        };
        &apart * &apart
    }
}
