//! Rows of totals in a sheet: never imported, but compared with what the sheet's own scores add up to.

use rust_decimal::Decimal;

use crate::criteria::{CriteriaSet, Criterion};
use crate::evaluation::{Answer, Entry, Line};
use crate::exact::{Fraction, fixed};
use crate::table::name::fold;

/// A total as a sheet says it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SaidTotal {
    pub(super) row: u32,
    pub(super) column: usize,
    pub(super) value: Decimal,
    /// The row of totals before it; 0 if there is none.
    pub(super) after: u32,
}

/// Whether a row of totals holds ranks, which add up to nothing.
pub(super) fn says_ranks(label: &str) -> bool {
    let folded = fold(label);
    folded.starts_with("rank")
}

/// What the scores above a total add up to, if it is none of what a spreadsheet may have computed there: their sum or mean, plain
/// or weighted, since the last total or from the top.
pub(super) fn mismatch(said: &SaidTotal, lines: &[Line], set: &CriteriaSet) -> Option<String> {
    let above = |from: u32| -> Vec<(&Criterion, Fraction)> {
        let in_column = lines
            .iter()
            .filter(|line| usize::from(line.column) == said.column)
            .filter(|line| (from..said.row).contains(&line.row));
        in_column
            .filter_map(|line| match line.entry {
                Entry::Answer(Answer::Scored(score)) => {
                    let criterion = set.criteria().get(line.criterion.position())?;
                    Some((criterion, Fraction::from(score)))
                }
                Entry::Answer(_) | Entry::NotScored | Entry::Clear => None,
            })
            .collect()
    };
    let all = above(0);
    if all.is_empty() {
        return None;
    }
    let parts = [all, above(said.after)];
    let matches = parts
        .iter()
        .flat_map(|part| readings(part))
        .any(|value| is_as_printed(&value, said.value));
    let [all, _] = parts;
    (!matches).then(|| {
        let sum = Fraction::sum(all.iter().map(|(_, score)| score));
        let places = usize::try_from(said.value.scale()).unwrap_or(0).max(2);
        fixed(&sum, places)
    })
}

/// What a spreadsheet may have computed of some scores.
fn readings(scores: &[(&Criterion, Fraction)]) -> Vec<Fraction> {
    let sum = Fraction::sum(scores.iter().map(|(_, score)| score));
    let weights: Vec<Fraction> = scores
        .iter()
        .map(|(criterion, _)| Fraction::from(criterion.weight()))
        .collect();
    let weighted: Vec<Fraction> = scores
        .iter()
        .zip(&weights)
        .map(|((_, score), weight)| score * weight)
        .collect();
    let weighted = Fraction::sum(&weighted);
    let count = i64::try_from(scores.len()).unwrap_or(i64::MAX);
    let means = [
        sum.over(&Fraction::whole(count)),
        weighted.over(&Fraction::sum(&weights)),
        weighted.over(&Fraction::whole(100)),
    ];
    [sum, weighted]
        .into_iter()
        .chain(means.into_iter().flatten())
        .collect()
}

/// Whether a value prints as a number of a sheet does, at the decimals the number has.
fn is_as_printed(value: &Fraction, said: Decimal) -> bool {
    let places = usize::try_from(said.scale()).unwrap_or(0);
    fixed(value, places) == fixed(&Fraction::from(said), places)
}
