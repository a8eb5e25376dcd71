//! Another criteria set under the answers that were given already.
//!
//! An answer goes over to the criterion of the same id. Where its scale is another one, somebody must say what each value
//! becomes: nothing is converted by guess.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::criteria::{CriteriaSet, Criterion, CriterionIndex, Kind, Rated};
use crate::exact::{plain, read_decimal};

use super::{Answer, Entry, Evaluation, FiledSheet, Line, Matrix, Sheet, SheetNote};

/// What the values of one criterion become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScaleMapping {
    /// Each by itself.
    Values(BTreeMap<Decimal, Decimal>),
    /// All by one line: `x * times + plus`.
    Line {
        /// What a value is multiplied by.
        times: Decimal,
        /// What is added to it.
        plus: Decimal,
    },
}

/// A mapping that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "\"{0}\" is not read as a mapping; write what each value becomes, like 0=0, 3=6, or a line, like x*2 or x*2+1"
)]
pub struct NotAMapping(String);

/// An evaluation under another criteria set.
#[derive(Debug, Clone)]
pub struct Revised {
    /// The evaluation.
    pub evaluation: Evaluation,
    /// The answers that do not count under the other set.
    pub dropped: Vec<Dropped>,
}

/// Answers about one criterion that do not count any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The id of the criterion.
    pub criterion: String,
    /// Its title.
    pub title: String,
    /// How many answers stood.
    pub answers: usize,
    /// Why they do not count.
    pub why: Why,
}

/// Why answers do not count any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The other set has no such criterion.
    Gone,
    /// It is judged in another way.
    KindChanged,
    /// "Not applicable" is not allowed any more.
    NotApplicable,
}

/// A criterion whose values need a mapping, or another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmapped {
    /// The id of the criterion.
    pub criterion: String,
    /// Its title.
    pub title: String,
    /// The values in use that come to nothing, ascending.
    pub values: Vec<Decimal>,
    /// Whether a mapping was given and leads off the new scale, or leaves these values out.
    pub was_given: bool,
}

impl FromStr for ScaleMapping {
    type Err = NotAMapping;

    fn from_str(text: &str) -> Result<Self, NotAMapping> {
        let refuse = || NotAMapping(text.trim().to_owned());
        let compact: String = text.split_whitespace().collect();
        if let Some(line) = compact.strip_prefix('x') {
            return line_of(line).ok_or_else(refuse);
        }
        let pairs = compact.split(',').filter(|pair| !pair.is_empty());
        let mut values = BTreeMap::new();
        for pair in pairs {
            let (from, to) = pair.split_once('=').ok_or_else(refuse)?;
            let read = |part: &str| read_decimal(part).map_err(|_| refuse());
            if values.insert(read(from)?, read(to)?).is_some() {
                return Err(refuse());
            }
        }
        if values.is_empty() {
            return Err(refuse());
        }
        Ok(Self::Values(values))
    }
}

/// What stands behind the x: `*2`, `+1`, `*2-1`, or nothing.
fn line_of(text: &str) -> Option<ScaleMapping> {
    let (times, rest) = match text.strip_prefix('*') {
        None => ("1", text),
        Some(after) => {
            let sign = after
                .char_indices()
                .skip(1)
                .find(|(_, sign)| "+-".contains(*sign));
            sign.map_or((after, ""), |(at, _)| after.split_at(at))
        }
    };
    let plus = match rest.strip_prefix('+') {
        Some(plus) => plus,
        None if rest.is_empty() => "0",
        None if rest.starts_with('-') => rest,
        None => return None,
    };
    Some(ScaleMapping::Line {
        times: read_decimal(times).ok()?,
        plus: read_decimal(plus).ok()?,
    })
}

impl fmt::Display for ScaleMapping {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Values(values) => {
                for (place, (from, to)) in values.iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(out, "{comma}{}={}", plain(*from), plain(*to))?;
                }
                Ok(())
            }
            Self::Line { times, plus } => {
                let sign = if plus.is_sign_negative() { "" } else { "+" };
                write!(out, "x*{}{sign}{}", plain(*times), plain(*plus))
            }
        }
    }
}

impl ScaleMapping {
    fn of(&self, value: Decimal) -> Option<Decimal> {
        match self {
            Self::Values(values) => values.get(&value).copied(),
            Self::Line { times, plus } => value.checked_mul(*times)?.checked_add(*plus),
        }
    }
}

/// How answers about one criterion go over.
enum Passage<'a> {
    Dropped(Why),
    Into {
        to: CriterionIndex,
        criterion: &'a Criterion,
        /// Whether values mean the same on both sides.
        same: bool,
        mapping: Option<&'a ScaleMapping>,
    },
}

impl Evaluation {
    /// The same sheets under another criteria set.
    ///
    /// # Errors
    /// Every criterion whose values in use need a mapping; then nothing goes over.
    pub fn revised(
        &self,
        set: &Arc<CriteriaSet>,
        mapping: &BTreeMap<String, ScaleMapping>,
    ) -> Result<Revised, Vec<Unmapped>> {
        let criteria = self.set.criteria().iter();
        let passages: Vec<Passage<'_>> = criteria
            .map(|criterion| passage(criterion, set, mapping))
            .collect();
        let mut lost: BTreeMap<CriterionIndex, BTreeSet<Decimal>> = BTreeMap::new();
        let sheets: Vec<FiledSheet> = self
            .sheets
            .iter()
            .map(|filed| FiledSheet {
                sheet: Arc::new(over(&filed.sheet, &passages, &mut lost)),
                ..filed.clone()
            })
            .collect();
        if !lost.is_empty() {
            return Err(self.unmapped(&passages, lost));
        }
        let mut evaluation = Self {
            sheets,
            matrix: Matrix::new(set.criteria().len()),
            ..self.under(Arc::clone(set))
        };
        evaluation.fold();
        let dropped = self.dropped(&passages);
        Ok(Revised {
            evaluation,
            dropped,
        })
    }

    fn unmapped(
        &self,
        passages: &[Passage<'_>],
        lost: BTreeMap<CriterionIndex, BTreeSet<Decimal>>,
    ) -> Vec<Unmapped> {
        let lost = lost.into_iter().filter_map(|(index, values)| {
            let criterion = self.set.criteria().get(index.position())?;
            let passage = passages.get(index.position())?;
            Some(Unmapped {
                criterion: criterion.id().to_owned(),
                title: criterion.title().to_owned(),
                values: values.into_iter().collect(),
                was_given: matches!(
                    passage,
                    Passage::Into {
                        mapping: Some(_),
                        ..
                    }
                ),
            })
        });
        lost.collect()
    }

    /// The answers that stand and do not count under the other set.
    fn dropped(&self, passages: &[Passage<'_>]) -> Vec<Dropped> {
        let mut dropped = Vec::new();
        for (index, criterion) in self.set.indexed_criteria() {
            let Some(passage) = passages.get(index.position()) else {
                continue;
            };
            let cells = self
                .vendor_indices()
                .map(|vendor| self.matrix.cell(vendor, index));
            let given = cells.flatten();
            let (why, answers) = match passage {
                Passage::Dropped(why) => (*why, given.count()),
                Passage::Into { criterion: to, .. } if !allows_not_applicable(to) => {
                    let none = given.filter(|one| one.answer == Answer::NotApplicable);
                    (Why::NotApplicable, none.count())
                }
                Passage::Into { .. } => continue,
            };
            if answers > 0 || matches!(passage, Passage::Dropped(_)) {
                dropped.push(Dropped {
                    criterion: criterion.id().to_owned(),
                    title: criterion.title().to_owned(),
                    answers,
                    why,
                });
            }
        }
        dropped
    }
}

fn passage<'a>(
    from: &Criterion,
    set: &'a CriteriaSet,
    mapping: &'a BTreeMap<String, ScaleMapping>,
) -> Passage<'a> {
    let Some(to) = set.criterion_index(from.id()) else {
        return Passage::Dropped(Why::Gone);
    };
    let Some(criterion) = set.criteria().get(to.position()) else {
        return Passage::Dropped(Why::Gone);
    };
    let same = match (from.kind(), criterion.kind()) {
        (Kind::Rated(one), Kind::Rated(other)) => {
            let ends =
                |rated: &Rated| (rated.scale().min(), rated.scale().max(), rated.direction());
            ends(one) == ends(other)
        }
        (Kind::Priced(one), Kind::Priced(other)) => one.currency() == other.currency(),
        (Kind::PassFail, Kind::PassFail) => true,
        (Kind::Rated(_) | Kind::Priced(_) | Kind::PassFail, _) => {
            return Passage::Dropped(Why::KindChanged);
        }
    };
    Passage::Into {
        to,
        criterion,
        same,
        mapping: mapping.get(from.id()),
    }
}

/// A sheet with its lines about criteria of the other set; values that come to nothing are lost.
fn over(
    sheet: &Sheet,
    passages: &[Passage<'_>],
    lost: &mut BTreeMap<CriterionIndex, BTreeSet<Decimal>>,
) -> Sheet {
    let lines = sheet.lines().iter().filter_map(|line| {
        let Passage::Into {
            to,
            criterion,
            same,
            mapping,
        } = passages.get(line.criterion.position())?
        else {
            return None;
        };
        let entry = match line.entry {
            Entry::Answer(Answer::Scored(value)) => {
                let there = match mapping {
                    Some(mapping) => mapping.of(value),
                    None => same.then_some(value),
                };
                let there = there.filter(|&value| takes(criterion, value));
                let Some(there) = there else {
                    lost.entry(line.criterion).or_default().insert(value);
                    return None;
                };
                Entry::Answer(Answer::Scored(there))
            }
            // It goes, and what it had replaced does not come back.
            Entry::Answer(Answer::NotApplicable) if !allows_not_applicable(criterion) => {
                Entry::Clear
            }
            entry @ (Entry::Answer(_) | Entry::NotScored | Entry::Clear) => entry,
        };
        Some(Line {
            criterion: *to,
            entry,
            ..line
        })
    });
    let notes = sheet.notes().iter().filter_map(|note| {
        let Passage::Into { to, .. } = passages.get(note.criterion.position())? else {
            return None;
        };
        Some(SheetNote {
            criterion: *to,
            ..note.clone()
        })
    });
    Sheet::new(
        sheet.name().to_owned(),
        sheet.vendors().to_vec(),
        sheet.evaluators().to_vec(),
        sheet.names_evaluator(),
        lines.collect(),
        notes.collect(),
    )
}

/// Whether a value can be an answer about a criterion.
fn takes(criterion: &Criterion, value: Decimal) -> bool {
    match criterion.kind() {
        Kind::Rated(rated) => rated.scale().contains(value) && rated.scale().is_on_step(value),
        Kind::Priced(priced) => {
            value > Decimal::ZERO || (value.is_zero() && priced.rule().allows_zero())
        }
        Kind::PassFail => false,
    }
}

fn allows_not_applicable(criterion: &Criterion) -> bool {
    matches!(criterion.kind(), Kind::Rated(rated) if rated.allows_not_applicable())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Decimal {
        read_decimal(text).unwrap()
    }

    #[test]
    fn a_mapping_is_a_value_by_value_or_a_line() {
        for (text, from, to) in [
            ("0=0, 3=6,5 = 10", "3", Some("6")),
            ("0=0, 3=6", "4", None),
            ("x", "4", Some("4")),
            ("x*2", "2.5", Some("5")),
            ("x * 2 + 1", "2", Some("5")),
            ("x*-1+5", "2", Some("3")),
            ("x*0.5-1", "4", Some("1")),
            ("x-1", "4", Some("3")),
        ] {
            let mapping: ScaleMapping = text.parse().unwrap();
            assert_eq!(mapping.of(value(from)), to.map(value), "{text}");
            let again: ScaleMapping = mapping.to_string().parse().unwrap();
            assert_eq!(again, mapping, "{mapping}");
        }
        for text in [
            "", "3", "3=", "=3", "3=a", "x*", "x/2", "2*x", "x*2+", "3=1,3=2",
        ] {
            assert!(text.parse::<ScaleMapping>().is_err(), "{text}");
        }
    }
}
