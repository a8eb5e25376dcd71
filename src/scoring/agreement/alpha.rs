//! Krippendorff's alpha: how far scores about one and the same thing agree beyond chance, with gaps allowed.

use std::collections::BTreeMap;

use num_bigint::BigInt;

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
    /// By their distance beside their sum; only for scores from 0 up, and not for more than ten thousand unlike ones.
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
    times: u128,
    /// How many scores lie below this value, and half of those at it.
    below: Fraction,
    /// The score as a part of the highest, in units of 10^-20; 0 if it lies below 0.
    scaled: u128,
}

/// The decimals of a distance beside a sum.
const RATIO_PLACES: u32 = 14;
/// The most unlike scores of which every pair is looked at.
const MOST_IN_PAIRS: usize = 10_000;

impl Coincidences {
    fn of(units: &[Vec<Fraction>]) -> Self {
        let paired = || units.iter().filter(|unit| unit.len() > 1);
        let mut counts: BTreeMap<&Fraction, usize> = BTreeMap::new();
        for score in paired().flatten() {
            let count = counts.entry(score).or_default();
            *count = count.saturating_add(1);
        }
        let mut below = Fraction::zero();
        let highest = counts.keys().next_back().copied();
        let values = counts.iter().map(|(&score, &times)| {
            let count = Fraction::count(times);
            let half = count
                .over(&Fraction::whole(2))
                .unwrap_or_else(Fraction::zero);
            let middle = &below + &half;
            below = &below + &count;
            Value {
                score: score.clone(),
                times: u128::try_from(times).unwrap_or(u128::MAX),
                scaled: scaled(score, highest),
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
        let is_too_many = self.values.len() > MOST_IN_PAIRS;
        if metric == Metric::Ratio && (is_too_many || self.values.iter().any(is_below_zero)) {
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
        match metric {
            Metric::Nominal => {
                let all = Fraction::sum(self.values.iter().map(|value| &value.count));
                let alike: Vec<Fraction> = self
                    .values
                    .iter()
                    .map(|value| &value.count * &value.count)
                    .collect();
                let twice = &(&all * &all) - &Fraction::sum(&alike);
                twice.over(&Fraction::whole(2)).unwrap_or(twice)
            }
            Metric::Ordinal => self.spread_of(|value| &value.below),
            Metric::Interval => self.spread_of(|value| &value.score),
            Metric::Ratio => self.expected_ratio(),
        }
    }

    /// The squared distances of all pairs: n Σ x² − (Σ x)².
    fn spread_of(&self, place: impl Fn(&Value) -> &Fraction) -> Fraction {
        let weighed: Vec<Fraction> = self
            .values
            .iter()
            .map(|value| place(value) * &value.count)
            .collect();
        let squares: Vec<Fraction> = self
            .values
            .iter()
            .zip(&weighed)
            .map(|(value, weighed)| place(value) * weighed)
            .collect();
        let all = Fraction::sum(self.values.iter().map(|value| &value.count));
        let sum = Fraction::sum(&weighed);
        &(&all * &Fraction::sum(&squares)) - &(&sum * &sum)
    }

    /// Nothing but going through the pairs is left.
    fn expected_ratio(&self) -> Fraction {
        let terms = self.values.iter().enumerate().map(|(at, value)| {
            let others = self.values.iter().skip(at.saturating_add(1));
            let terms = others.map(|other| {
                let apart = value.beside(other);
                apart.saturating_mul(apart).saturating_mul(other.times)
            });
            &whole(terms.fold(0, u128::saturating_add)) * &value.count
        });
        let terms: Vec<Fraction> = terms.collect();
        in_ratio_units(&Fraction::sum(&terms))
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
            Metric::Ratio => {
                let apart = one.beside(other);
                return in_ratio_units(&whole(apart.saturating_mul(apart)));
            }
        };
        &apart * &apart
    }
}

impl Value {
    /// The distance beside the sum, cut off after [`RATIO_PLACES`] decimals: exact sums of so many unlike fractions would
    /// grow without end.
    fn beside(&self, other: &Self) -> u128 {
        let unit = 10_u128.saturating_pow(RATIO_PLACES);
        let sum = self.scaled.saturating_add(other.scaled);
        let apart = self.scaled.abs_diff(other.scaled).saturating_mul(unit);
        apart.checked_div(sum).unwrap_or(0)
    }
}

/// Squares of distances beside sums, back from whole numbers.
fn in_ratio_units(squares: &Fraction) -> Fraction {
    let unit = whole(10_u128.saturating_pow(RATIO_PLACES));
    squares
        .over(&(&unit * &unit))
        .unwrap_or_else(Fraction::zero)
}

fn whole(number: u128) -> Fraction {
    BigInt::from(number).into()
}

/// A score as a part of the highest, in units of 10^-20.
fn scaled(score: &Fraction, highest: Option<&Fraction>) -> u128 {
    let part = highest.and_then(|highest| score.over(highest));
    let unit = whole(10_u128.saturating_pow(20));
    let scaled = part.map(|part| (&part * &unit).to_big().to_integer());
    scaled
        .and_then(|scaled| u128::try_from(scaled).ok())
        .unwrap_or(0)
}
