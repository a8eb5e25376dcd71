//! Mistakes in scales, anchors, gates and prices.

use thiserror::Error;

/// A mistake in how criteria are judged: scales, anchors, gates, prices.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JudgingMistake {
    /// A scale whose lower end is not below its upper end.
    #[error("the scale of {of} runs from {min} to {max}; write a min that is smaller than max")]
    EmptyScale {
        /// Whose scale.
        of: String,
        /// The lower end.
        min: String,
        /// The upper end.
        max: String,
    },
    /// A step that is 0 or less.
    #[error("the step of the scale of {of} is {step}; write a number above 0, or leave step out")]
    StepNotPositive {
        /// Whose scale.
        of: String,
        /// The step.
        step: String,
    },
    /// A step that does not lead from one end of the scale to the other.
    #[error(
        "the scale of {of} cannot reach its max {max} from {min} in steps of {step}; change one of the three"
    )]
    StepMissesMax {
        /// Whose scale.
        of: String,
        /// The lower end.
        min: String,
        /// The upper end.
        max: String,
        /// The step.
        step: String,
    },
    /// A rated criterion without a scale.
    #[error(
        "{of} has no scale and the set has no default one; add a table like [scale] with min = 0 and max = 5"
    )]
    MissingScale {
        /// The criterion.
        of: String,
    },
    /// An anchor that is not a score.
    #[error(
        "the anchor {anchor} of {of} is no score of its scale ({scale}); anchor a score that can be given"
    )]
    AnchorOffScale {
        /// Whose anchor.
        of: String,
        /// The anchor.
        anchor: String,
        /// The scale.
        scale: String,
    },
    /// Two anchors for one score.
    #[error("{of} has two anchors for the score {anchor}; keep one")]
    DuplicateAnchor {
        /// Whose anchor.
        of: String,
        /// The anchor.
        anchor: String,
    },
    /// An anchor with a decimal point that is not quoted.
    #[error(
        "the anchor {anchor} of {of} has a decimal point; write it in quotes: \"{anchor}\" = \"...\""
    )]
    UnquotedAnchor {
        /// Whose anchor.
        of: String,
        /// The anchor.
        anchor: String,
    },
    /// `points = "of-max"` with a scale that goes below 0.
    #[error(
        "points = \"of-max\" cannot judge {of}, whose scale begins below 0 at {min}; write points = \"from-min\", or a min of 0 or more"
    )]
    OfMaxBelowZero {
        /// The criterion.
        of: String,
        /// The lower end.
        min: String,
    },
    /// `points = "of-max"` where less is better.
    #[error(
        "points = \"of-max\" cannot judge {of}, where lower is better; write points = \"from-min\", or leave direction out"
    )]
    OfMaxLower {
        /// The criterion.
        of: String,
    },
    /// A minimum where less is better.
    #[error("{of} has a minimum although lower is better there; write maximum instead")]
    MinimumWhereLower {
        /// The criterion.
        of: String,
    },
    /// A maximum where more is better.
    #[error("{of} has a maximum although higher is better there; write minimum instead")]
    MaximumWhereHigher {
        /// The criterion.
        of: String,
    },
    /// A maximum written twice.
    #[error("{of} has a maximum of its own and one in its price; keep one")]
    TwoMaximums {
        /// The criterion.
        of: String,
    },
    /// A gate outside the scale.
    #[error(
        "the {gate} of {of} is {value}, outside its scale ({scale}); write a score of the scale"
    )]
    GateOffScale {
        /// The criterion.
        of: String,
        /// `minimum` or `maximum`.
        gate: &'static str,
        /// The gate.
        value: String,
        /// The scale.
        scale: String,
    },
    /// The flag on the agenda is no part of a scale.
    #[error(
        "flag of [rules] is {value}; write the part of a scale from which on evaluators talk about a cell, above 0 and \
         at most 1, like 0.4 for a spread of 2 on 0 to 5"
    )]
    FlagOffScale {
        /// What is written.
        value: String,
    },
    /// A gate in percent outside 0 to 100.
    #[error("the {gate} of {of} is {value}; it is a percentage, so write a number from 0 to 100")]
    GateOffPercent {
        /// What the gate is on.
        of: String,
        /// The key.
        gate: &'static str,
        /// The gate.
        value: String,
    },
    /// A highest price no price can keep to.
    #[error("the maximum of {of} is {value}, which no price can keep to; write an amount above 0")]
    PriceGateTooLow {
        /// The criterion.
        of: String,
        /// The gate.
        value: String,
    },
    /// A gate on something without rated weight.
    #[error(
        "{of} has a {gate}, but nothing rated in it has a weight above 0; delete the {gate}, or give it such a criterion"
    )]
    GateWithoutWeight {
        /// What the gate is on.
        of: String,
        /// The key.
        gate: &'static str,
    },
    /// "Not applicable" and a gate on one criterion.
    #[error(
        "{of} allows \"not applicable\" and has a {gate}; a must-have cannot be not applicable, so delete one of the two"
    )]
    NotApplicableWithGate {
        /// The criterion.
        of: String,
        /// `minimum` or `maximum`.
        gate: &'static str,
    },
    /// "Not applicable" on a criterion that cannot be.
    #[error("{of} is {kind} and cannot be \"not applicable\"; delete not_applicable")]
    NotApplicable {
        /// The criterion.
        of: String,
        /// Its kind.
        kind: &'static str,
    },
    /// A key that belongs to criteria of another kind.
    #[error(
        "{of} is {kind}, and {key} is for {belongs} criteria; delete {key}, or change the kind"
    )]
    NotForKind {
        /// The criterion.
        of: String,
        /// Its kind.
        kind: &'static str,
        /// The key.
        key: &'static str,
        /// The kind that may have it.
        belongs: &'static str,
    },
    /// Only one end of a price range.
    #[error("the price of {of} has a {has} but no {lacks}; write both, or neither")]
    HalfRange {
        /// The criterion.
        of: String,
        /// The end it has.
        has: &'static str,
        /// The end it lacks.
        lacks: &'static str,
    },
    /// A price range that begins below 0.
    #[error("the floor of {of} is {floor}; write an amount of 0 or more")]
    NegativeFloor {
        /// The criterion.
        of: String,
        /// The floor.
        floor: String,
    },
    /// A price range whose floor is not below its ceiling.
    #[error(
        "the price range of {of} runs from {floor} to {ceiling}; write a floor (scores full) that is smaller than the ceiling (scores nothing)"
    )]
    EmptyRange {
        /// The criterion.
        of: String,
        /// The floor.
        floor: String,
        /// The ceiling.
        ceiling: String,
    },
    /// A currency that is not three capital letters.
    #[error("the currency of {of} is \"{text}\"; write its three capital letters, like \"EUR\"")]
    BadCurrency {
        /// The criterion.
        of: String,
        /// What the file has.
        text: String,
    },
    /// A price range without a currency.
    #[error("the price range of {of} has no currency; add one, like currency = \"EUR\"")]
    MissingCurrency {
        /// The criterion.
        of: String,
    },
}

impl JudgingMistake {
    /// The stable name of the rule, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyScale { .. } => "empty-scale",
            Self::StepNotPositive { .. } | Self::StepMissesMax { .. } => "bad-step",
            Self::MissingScale { .. } => "missing-scale",
            Self::AnchorOffScale { .. } => "anchor-off-scale",
            Self::DuplicateAnchor { .. } => "duplicate-anchor",
            Self::UnquotedAnchor { .. } => "unquoted-anchor",
            Self::OfMaxBelowZero { .. } | Self::OfMaxLower { .. } => "of-max-refused",
            Self::MinimumWhereLower { .. } | Self::MaximumWhereHigher { .. } => "gate-wrong-way",
            Self::TwoMaximums { .. } => "two-maximums",
            Self::GateOffScale { .. }
            | Self::GateOffPercent { .. }
            | Self::PriceGateTooLow { .. } => "gate-out-of-range",
            Self::FlagOffScale { .. } => "flag-out-of-range",
            Self::GateWithoutWeight { .. } => "gate-without-weight",
            Self::NotApplicableWithGate { .. } => "not-applicable-with-gate",
            Self::NotApplicable { .. } => "not-applicable-refused",
            Self::NotForKind { .. } => "not-for-kind",
            Self::HalfRange { .. } => "price-range-incomplete",
            Self::NegativeFloor { .. } | Self::EmptyRange { .. } => "bad-price-range",
            Self::BadCurrency { .. } => "bad-currency",
            Self::MissingCurrency { .. } => "missing-currency",
        }
    }

    pub(super) fn holds_beside_unread_lines(&self) -> bool {
        !matches!(
            self,
            Self::MissingScale { .. }
                | Self::GateWithoutWeight { .. }
                | Self::HalfRange { .. }
                | Self::MissingCurrency { .. }
        )
    }
}
