//! Mistakes in ids, titles and references.

use thiserror::Error;

use super::Suggestion;
use crate::table::NameError;

/// A mistake in ids, titles and how the nodes refer to each other.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TreeMistake {
    /// An id of the set with other characters.
    #[error(
        "the set's id is \"{id}\"; write it with small letters a to z, digits and hyphens only, like \"itsm-mid-market\""
    )]
    BadSetId {
        /// The id.
        id: String,
    },
    /// Any other id with other characters.
    #[error(
        "the id \"{id}\" has other characters than letters, digits, \".\", \"_\" and \"-\"; write it with those only, like \"ITIL-INC\""
    )]
    BadId {
        /// The id.
        id: String,
    },
    /// The id of the gate on the total.
    #[error(
        "the id \"{id}\" is the name of the gate on the total; choose another, like \"{id}-1\""
    )]
    ReservedId {
        /// The id.
        id: String,
    },
    /// An id that is taken.
    #[error("the id \"{id}\" is already used in line {first}{}; give one of the two another id", if *.only_case { ", in other capitals only" } else { "" })]
    DuplicateId {
        /// The id.
        id: String,
        /// Where it was first used, counted from 1.
        first: usize,
        /// Whether the two differ in capitals only.
        only_case: bool,
    },
    /// A title that is no name.
    #[error("the title of {of} cannot be used: {why}; write a short title")]
    BadTitle {
        /// The node.
        of: String,
        /// Why it is no name.
        why: NameError,
    },
    /// A reference to a category that is not there.
    #[error(
        "{key} of {of} names the category \"{id}\", which is not in the set{near}; write the id of a [[category]]"
    )]
    UnknownCategory {
        /// The node.
        of: String,
        /// The key.
        key: &'static str,
        /// The id it names.
        id: String,
        /// The id that was perhaps meant.
        near: Suggestion,
    },
    /// A reference to a criterion that is not there.
    #[error(
        "{of} names the criterion \"{id}\", which is not in the set{near}; write the id of a [[criterion]]"
    )]
    UnknownCriterion {
        /// What refers to it.
        of: String,
        /// The id it names.
        id: String,
        /// The id that was perhaps meant.
        near: Suggestion,
    },
    /// An id with a dot that is not quoted.
    #[error("{of} names {id} without quotes; an id with a dot is quoted: \"{id}\" = 3.5")]
    UnquotedId {
        /// What refers to it.
        of: String,
        /// The id.
        id: String,
    },
    /// A category that lies in itself.
    #[error("category \"{id}\" lies in itself ({path}); let one of them have no parent")]
    ParentCycle {
        /// The category.
        id: String,
        /// The way round.
        path: String,
    },
    /// Categories nested too deep.
    #[error(
        "category \"{id}\" lies {depth} deep, and at most {limit} are read; move it further up, or raise the limit with --max-depth"
    )]
    TooDeep {
        /// The category.
        id: String,
        /// How deep it lies.
        depth: usize,
        /// How deep it may lie.
        limit: usize,
    },
    /// A set without categories or without criteria.
    #[error("the set has no {what} at all; add one that begins with [[{what}]]")]
    NoneAtAll {
        /// What is missing.
        what: &'static str,
    },
    /// A category without criteria.
    #[error(
        "category \"{id}\" has no criteria; add one with category = \"{id}\", or delete the category"
    )]
    EmptyCategory {
        /// The category.
        id: String,
    },
    /// A metric of nothing.
    #[error("{of} has no criteria; name at least one")]
    EmptyMetric {
        /// The metric.
        of: String,
    },
    /// A criterion that a metric names twice.
    #[error("{of} names the criterion \"{id}\" twice; name it once")]
    NamedTwice {
        /// The metric.
        of: String,
        /// The criterion.
        id: String,
    },
    /// A pass-fail criterion in a metric.
    #[error(
        "{of} names the criterion \"{id}\", which is pass-fail and has no points; name rated or priced criteria only"
    )]
    PassFailInMetric {
        /// The metric.
        of: String,
        /// The criterion.
        id: String,
    },
}

impl TreeMistake {
    /// The stable name of the rule, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadSetId { .. } | Self::BadId { .. } => "bad-id",
            Self::ReservedId { .. } => "reserved-id",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::BadTitle { .. } => "bad-title",
            Self::UnknownCategory { .. } => "unknown-category",
            Self::UnknownCriterion { .. } => "unknown-criterion",
            Self::UnquotedId { .. } => "unquoted-id",
            Self::NoneAtAll { .. } => "missing-key",
            Self::ParentCycle { .. } => "parent-cycle",
            Self::TooDeep { .. } => "limit-exceeded",
            Self::EmptyCategory { .. } => "empty-category",
            Self::EmptyMetric { .. } => "empty-metric",
            Self::NamedTwice { .. } => "named-twice",
            Self::PassFailInMetric { .. } => "pass-fail-in-metric",
        }
    }

    pub(super) fn holds_beside_unread_lines(&self) -> bool {
        !matches!(
            self,
            Self::UnknownCategory { .. }
                | Self::UnknownCriterion { .. }
                | Self::NoneAtAll { .. }
                | Self::EmptyCategory { .. }
        )
    }
}
