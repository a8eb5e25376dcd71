//! The answers that an event makes give way to others, or to none.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::criteria::{CriteriaSet, Criterion};
use crate::evaluation::{Answer, Evaluation, EvaluatorIndex, Given, Sheet, VendorIndex};
use crate::table::Name;

/// An answer that gave way to another one, or to none; or whose reason did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The vendor.
    pub vendor: Arc<str>,
    /// The id of the criterion.
    pub criterion: Arc<str>,
    /// The evaluator.
    pub evaluator: Arc<str>,
    /// What stood before.
    pub before: Stood,
    /// What stands since; `None` if nothing does.
    pub after: Option<Stood>,
}

/// An answer as it stood at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stood {
    /// The answer.
    pub answer: Answer,
    /// Its reason, as typed.
    pub comment: Option<Arc<str>>,
}

impl Stood {
    fn of(evaluation: &Evaluation, given: &Given) -> Self {
        Self {
            answer: given.answer,
            comment: evaluation.comment(given).map(Arc::from),
        }
    }
}

/// A cell that a sheet speaks of.
type Cell = (Arc<str>, Arc<str>, Arc<str>);

/// What stood, before an event, in the cells that it can change.
#[derive(Debug, Default)]
pub(super) struct Standing(Vec<(Cell, Stood)>);

impl Standing {
    /// In the cells that a sheet speaks of, each once.
    pub(super) fn in_cells_of(sheet: &Sheet, evaluation: &Evaluation) -> Self {
        let vendors = found(sheet.vendors(), |name| evaluation.vendor_named(name));
        let evaluators = found(sheet.evaluators(), |name| evaluation.evaluator_named(name));
        let mut seen = BTreeSet::new();
        let mut standing = Vec::new();
        for line in sheet.lines().iter() {
            let of = |list: &[Option<_>], at: usize| list.get(at).copied().flatten();
            let Some(vendor) = vendors.get(line.vendor).copied().flatten() else {
                continue;
            };
            let Some(evaluator) = of(&evaluators, line.evaluator) else {
                continue;
            };
            let cell = (vendor, line.criterion, evaluator);
            let given = evaluation.matrix().given(vendor, line.criterion, evaluator);
            if let Some(given) = given.filter(|_| seen.insert(cell)) {
                let criterion = criterion(evaluation.set(), line.criterion.position());
                standing.push((
                    named(evaluation, vendor, criterion, evaluator),
                    Stood::of(evaluation, given),
                ));
            }
        }
        Self(standing)
    }

    /// Everywhere.
    pub(super) fn everywhere(evaluation: &Evaluation) -> Self {
        let mut standing = Vec::new();
        for vendor in evaluation.vendor_indices() {
            for (index, criterion) in evaluation.set().indexed_criteria() {
                let cell = evaluation.matrix().cell(vendor, index).iter();
                standing.extend(cell.map(|given| {
                    let cell = named(evaluation, vendor, criterion.id(), given.evaluator);
                    (cell, Stood::of(evaluation, given))
                }));
            }
        }
        Self(standing)
    }

    /// The answers of which something else stands now, or nothing.
    pub(super) fn replaced_in(self, evaluation: &Evaluation) -> Vec<Replaced> {
        let replaced = |((vendor, criterion, evaluator), before): (Cell, Stood)| {
            let after = stands(evaluation, &vendor, &criterion, &evaluator);
            (after.as_ref() != Some(&before)).then_some(Replaced {
                vendor,
                criterion,
                evaluator,
                before,
                after,
            })
        };
        self.0.into_iter().filter_map(replaced).collect()
    }
}

fn stands(
    evaluation: &Evaluation,
    vendor: &str,
    criterion: &str,
    evaluator: &str,
) -> Option<Stood> {
    let vendor = evaluation.vendor_named(&Name::parse(vendor).ok()?)?;
    let evaluator = evaluation.evaluator_named(&Name::parse(evaluator).ok()?)?;
    let criterion = evaluation.set().criterion_index(criterion)?;
    let given = evaluation.matrix().given(vendor, criterion, evaluator)?;
    Some(Stood::of(evaluation, given))
}

fn found<T>(names: &[Name], find: impl Fn(&Name) -> Option<T>) -> Vec<Option<T>> {
    names.iter().map(find).collect()
}

fn criterion(set: &CriteriaSet, position: usize) -> &str {
    set.criteria().get(position).map_or("", Criterion::id)
}

fn named(
    evaluation: &Evaluation,
    vendor: VendorIndex,
    criterion: &str,
    evaluator: EvaluatorIndex,
) -> Cell {
    (
        evaluation.vendor_name(vendor).into(),
        criterion.into(),
        evaluation.evaluator_name(evaluator).into(),
    )
}
