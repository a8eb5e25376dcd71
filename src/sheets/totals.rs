//! Totals in a sheet: never imported, but compared with what the sheet's own scores add up to.

use rust_decimal::Decimal;

use crate::criteria::{CriteriaSet, Criterion, Kind, Scale};
use crate::evaluation::{Answer, Entry, Line};
use crate::exact::{Fraction, fixed};

/// How many answers are looked at to compare totals; those of a sheet with very many more totals than answers are not compared.
const LOOKED_AT: usize = 50_000_000;

/// A total as a sheet says it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SaidTotal {
    pub(super) row: u32,
    pub(super) column: usize,
    pub(super) value: Decimal,
    pub(super) of: Summed,
    /// Whether it is said to be weighted, by weights that may not be the set's.
    pub(super) is_weighted: bool,
}

/// What is wrong with a total.
#[derive(Debug)]
pub(super) enum Mismatch {
    /// The scores add up to this.
    Differs(String),
    /// It is weighted in a way that is not known here.
    NotCompared,
}

/// What a total adds up.
#[derive(Debug, Clone, Copy)]
pub(super) enum Summed {
    /// The scores above it in its column; those below the last row of totals, 0 if there is none, may be meant too.
    Column {
        /// The row of totals before it.
        after: u32,
    },
    /// The other scores of its row.
    Row,
    /// The scores above it of one vendor, or of all, by one evaluator, or by all.
    Who {
        /// Whose scores.
        vendor: Option<usize>,
        /// By whom.
        evaluator: Option<usize>,
    },
}

/// Looks up the answers that totals add up.
#[derive(Debug)]
pub(super) struct Totals<'l> {
    /// In the order of their rows.
    lines: &'l [Line<'l>],
    set: &'l CriteriaSet,
    left: usize,
}

impl<'l> Totals<'l> {
    pub(super) fn new(lines: &'l [Line<'l>], set: &'l CriteriaSet) -> Self {
        Self {
            lines,
            set,
            left: LOOKED_AT,
        }
    }

    /// What the scores add up to, if a total is none of what a spreadsheet may have computed of them: their sum or mean, plain or
    /// weighted, with the prices or without, since the last total or from the top.
    ///
    /// `knows_weights` tells that the sheet's weights are the set's: then a weighted total can be recomputed.
    pub(super) fn mismatch(&mut self, said: &SaidTotal, knows_weights: bool) -> Option<Mismatch> {
        let before = self.lines.partition_point(|line| line.row < said.row);
        let above = self.lines.get(..before).unwrap_or_default();
        let lines = match said.of {
            Summed::Row => {
                let beside = self.lines.get(before..).unwrap_or_default();
                let end = beside.partition_point(|line| line.row == said.row);
                beside.get(..end).unwrap_or_default()
            }
            Summed::Column { .. } | Summed::Who { .. } => above,
        };
        self.left = self.left.checked_sub(lines.len())?;
        let is_of = |line: &&Line<'_>| match said.of {
            Summed::Column { .. } => usize::from(line.column) == said.column,
            Summed::Row => true,
            Summed::Who { vendor, evaluator } => {
                vendor.is_none_or(|vendor| vendor == line.vendor)
                    && evaluator.is_none_or(|evaluator| evaluator == line.evaluator)
            }
        };
        let all: Vec<&Line<'_>> = lines.iter().filter(is_of).collect();
        let since = match said.of {
            Summed::Column { after } => all.partition_point(|line| line.row < after),
            Summed::Row | Summed::Who { .. } => 0,
        };
        let parts = [&all[..], all.get(since..).unwrap_or_default()];
        let parts = parts.map(|lines| self.scored(lines));
        let [scored, _] = &parts;
        if scored.is_empty() {
            return None;
        }
        let without_prices = parts.each_ref().map(|part| {
            let rated = |(criterion, _): &&Scored<'_>| !matches!(criterion.kind(), Kind::Priced(_));
            part.iter().filter(rated).cloned().collect::<Vec<_>>()
        });
        let matches = parts
            .iter()
            .chain(&without_prices)
            .flat_map(|part| readings(part, said.is_weighted))
            .any(|value| is_as_printed(&value, said.value));
        if !matches && said.is_weighted && !knows_weights {
            return Some(Mismatch::NotCompared);
        }
        (!matches).then(|| {
            let weighed = |(one, score): &Scored<'_>| score * &Fraction::from(one.weight());
            let sum = if said.is_weighted {
                Fraction::sum(&scored.iter().map(weighed).collect::<Vec<_>>())
            } else {
                Fraction::sum(scored.iter().map(|(_, score)| score))
            };
            let places = usize::try_from(said.value.scale()).unwrap_or(0).max(2);
            Mismatch::Differs(fixed(&sum, places))
        })
    }

    fn scored(&self, lines: &[&Line<'_>]) -> Vec<Scored<'l>> {
        let scored = lines.iter().filter_map(|line| match line.entry {
            Entry::Answer(Answer::Scored(score)) => {
                let criterion = self.set.criteria().get(line.criterion.position())?;
                Some((criterion, Fraction::from(score)))
            }
            Entry::Answer(_) | Entry::NotScored | Entry::Clear => None,
        });
        scored.collect()
    }
}

/// What of a score is weighed.
type Part = fn(&Criterion, &Fraction) -> Option<Fraction>;

type Scored<'l> = (&'l Criterion, Fraction);

/// What a spreadsheet may have computed of some scores.
fn readings(scores: &[Scored<'_>], is_weighted: bool) -> Vec<Fraction> {
    let weight = |criterion: &Criterion| Fraction::from(criterion.weight());
    let weights = Fraction::sum(
        &scores
            .iter()
            .map(|(one, _)| weight(one))
            .collect::<Vec<_>>(),
    );
    let weighed = |part: Part| -> Option<Fraction> {
        let parts = scores.iter();
        let parts: Option<Vec<Fraction>> = parts
            .map(|(one, score)| Some(&part(one, score)? * &weight(one)))
            .collect();
        Some(Fraction::sum(&parts?))
    };
    let sum = Fraction::sum(scores.iter().map(|(_, score)| score));
    let count = i64::try_from(scores.len()).unwrap_or(i64::MAX);
    let mut readings = vec![sum.over(&Fraction::whole(count)), Some(sum)];
    let plain: Part = |_, score| Some(score.clone());
    let of_max: Part = |one, score| score.over(&Fraction::from(scale(one)?.max()));
    let from_min: Part = |one, score| {
        let (min, max) = (
            Fraction::from(scale(one)?.min()),
            Fraction::from(scale(one)?.max()),
        );
        (score - &min).over(&(&max - &min))
    };
    let known = [plain, of_max, from_min].into_iter();
    let known = known.take(if is_weighted { 3 } else { 1 });
    for sum in known.filter_map(weighed) {
        let mean = sum.over(&weights);
        readings.push(mean.as_ref().map(Fraction::percent));
        readings.push(mean);
        readings.push(sum.over(&Fraction::whole(100)));
        readings.push(Some(sum));
    }
    readings.into_iter().flatten().collect()
}

fn scale(criterion: &Criterion) -> Option<&Scale> {
    match criterion.kind() {
        Kind::Rated(rated) => Some(rated.scale()),
        Kind::Priced(_) | Kind::PassFail => None,
    }
}

/// Whether a value prints as a number of a sheet does, at the decimals the number has.
fn is_as_printed(value: &Fraction, said: Decimal) -> bool {
    let places = usize::try_from(said.scale()).unwrap_or(0);
    fixed(value, places) == fixed(&Fraction::from(said), places)
}
