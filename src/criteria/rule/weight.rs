//! Mistakes in weights.

use thiserror::Error;

/// A mistake in weights and what they add up to.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WeightMistake {
    /// A group whose weights do not add up to 100.
    #[error(
        "the weights of {group} add up to {sum}, {difference}; change them until they add up to exactly 100"
    )]
    WrongSum {
        /// Whose weights.
        group: String,
        /// What they add up to.
        sum: String,
        /// `0.5 too much` or `0.5 too little`.
        difference: String,
    },
    /// A category that does not weigh what its criteria weigh.
    #[error(
        "{of} has the weight {weight}, but its criteria add up to {sum} ({difference}); write weight = {sum}, or leave the line out"
    )]
    CategorySum {
        /// The category.
        of: String,
        /// The weight in the file.
        weight: String,
        /// What its criteria add up to.
        sum: String,
        /// `0.5 too much` or `0.5 too little`.
        difference: String,
    },
    /// A group in which nothing weighs anything.
    #[error("in {group} nothing has a weight above 0; give at least one a weight above 0")]
    NothingWeighs {
        /// The group.
        group: String,
    },
    /// A weight below 0.
    #[error("the weight of {of} is {weight}; write 0 (information only) or more")]
    Negative {
        /// The node.
        of: String,
        /// The weight.
        weight: String,
    },
    /// No weight where one is needed.
    #[error("{of} has no weight; add a line like weight = 4 (0 is information only)")]
    Missing {
        /// The node.
        of: String,
    },
    /// A weight on a pass-fail criterion.
    #[error(
        "{of} is pass-fail and has a weight; delete the weight: a pass-fail criterion only disqualifies"
    )]
    OnPassFail {
        /// The criterion.
        of: String,
    },
    /// A category that weighs something and holds pass-fail criteria only.
    #[error(
        "{of} has a weight above 0, but only pass-fail criteria, which have none; delete the weight"
    )]
    NothingToWeigh {
        /// The category.
        of: String,
    },
    /// A lens that leaves weighted criteria out.
    #[error(
        "the weights of {of} leave out {}; give every weighted criterion a weight, 0 if it is not to count",
        listed(missing)
    )]
    LensLeavesOut {
        /// The lens.
        of: String,
        /// The ids left out.
        missing: Vec<String>,
    },
    /// A lens that weighs a pass-fail criterion.
    #[error(
        "{of} gives the pass-fail criterion \"{id}\" a weight; delete it: a pass-fail criterion only disqualifies"
    )]
    LensOnPassFail {
        /// The lens.
        of: String,
        /// The criterion.
        id: String,
    },
}

/// The first few of a list, and how many more there are.
fn listed(ids: &[String]) -> String {
    const SHOWN: usize = 5;
    let first = ids.iter().take(SHOWN).map(String::as_str);
    let text = first.collect::<Vec<_>>().join(", ");
    match ids.len().saturating_sub(SHOWN) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

impl WeightMistake {
    /// The stable name of the rule, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongSum { .. } | Self::CategorySum { .. } => "wrong-sum",
            Self::NothingWeighs { .. } => "nothing-weighs",
            Self::Negative { .. } => "negative-weight",
            Self::Missing { .. } => "missing-weight",
            Self::OnPassFail { .. } | Self::LensOnPassFail { .. } => "weight-on-pass-fail",
            Self::NothingToWeigh { .. } => "nothing-to-weigh",
            Self::LensLeavesOut { .. } => "missing-lens-weight",
        }
    }

    pub(super) fn holds_beside_unread_lines(&self) -> bool {
        matches!(
            self,
            Self::Negative { .. } | Self::OnPassFail { .. } | Self::LensOnPassFail { .. }
        )
    }
}
