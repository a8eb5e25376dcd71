//! What comes with tailoring that nobody asked for by name.

use thiserror::Error;

use super::Tailoring;
use crate::criteria::{CriteriaSet, Kind, Node, WeightRule, Weighting};

/// Something to know about a tailored set. Displayed, it is a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TailorNote {
    /// A category went because nothing is left in it.
    #[error("The category \"{0}\" goes too, as nothing is left in it.")]
    CategoryEmptied(String),
    /// A gate went with what it was on.
    #[error("The must-have on \"{0}\" goes with it.")]
    GateGone(String),
    /// A metric went because nothing it gathers is kept.
    #[error(
        "The metric \"{metric}\" of the lens \"{lens}\" goes too, as nothing it gathers is kept."
    )]
    MetricEmptied {
        /// The title of the lens.
        lens: String,
        /// The title of the metric.
        metric: String,
    },
    /// Something that weighed something weighs nothing now.
    #[error("\"{0}\" weighs 0 now: it is asked for, shown, and does not count.")]
    WeighsNothing(String),
    /// Points became relative weights.
    #[error(
        "Some of these shares have no exact decimal, as a third has none. So the weights of the set are relative from here on: numbers of which only the proportions count, and these are exact."
    )]
    Relative,
}

impl TailorNote {
    /// The stable name, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::CategoryEmptied(_) => "category-emptied",
            Self::GateGone(_) => "gate-gone",
            Self::MetricEmptied { .. } => "metric-emptied",
            Self::WeighsNothing(_) => "weighs-nothing",
            Self::Relative => "weights-relative",
        }
    }
}

/// What is to be said about a set that was tailored.
pub(super) fn notes(
    old: &CriteriaSet,
    tailoring: &Tailoring,
    new: &CriteriaSet,
) -> Vec<TailorNote> {
    let mut notes = Vec::new();
    if old.weight_rule() != new.weight_rule() && new.weight_rule() == WeightRule::Relative {
        notes.push(TailorNote::Relative);
    }
    for (index, category) in old.indexed_categories() {
        if tailoring.kept.has_category(index) {
            continue;
        }
        if !tailoring.dropped().contains(&category.id().to_owned()) {
            notes.push(TailorNote::CategoryEmptied(category.title().to_owned()));
        }
        if category.minimum().is_some() {
            notes.push(TailorNote::GateGone(category.title().to_owned()));
        }
    }
    let record = Weighting::of_record(old);
    for (index, criterion) in old.indexed_criteria() {
        let has_gate = match criterion.kind() {
            Kind::Rated(rated) => rated.gate().is_some(),
            Kind::Priced(priced) => priced.maximum().is_some(),
            Kind::PassFail => true,
        };
        let title = || criterion.title().to_owned();
        if !tailoring.keeps(index) {
            if has_gate {
                notes.push(TailorNote::GateGone(title()));
            }
            continue;
        }
        let was = record.weight(Node::Criterion(index));
        if tailoring.share(index).is_zero() && !was.is_zero() {
            notes.push(TailorNote::WeighsNothing(title()));
        }
    }
    for (_, lens) in tailoring.kept.lenses(old) {
        for metric in lens.metrics() {
            if !metric
                .criteria()
                .iter()
                .any(|index| tailoring.keeps(*index))
            {
                notes.push(TailorNote::MetricEmptied {
                    lens: lens.title().to_owned(),
                    metric: metric.title().to_owned(),
                });
            }
        }
    }
    notes
}
