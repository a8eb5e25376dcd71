//! The result: one card per vendor, and on it one per category, criterion, gate and metric.
//!
//! Everything on a card is exact. Rounding is the business of reports, through [`crate::exact`].

use rust_decimal::Decimal;

use crate::criteria::{CategoryIndex, CriterionIndex};
use crate::evaluation::{EvaluatorIndex, VendorIndex};
use crate::exact::Fraction;

/// What a value can still be: `low` with everything missing at its worst, `high` with everything missing at its best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// The least it can be.
    pub low: Fraction,
    /// The most it can be.
    pub high: Fraction,
}

impl Bounds {
    /// A value that is known.
    #[must_use]
    pub fn exactly(value: Fraction) -> Self {
        Self {
            low: value.clone(),
            high: value,
        }
    }

    /// The value, if nothing missing can move it.
    #[must_use]
    pub fn exact(&self) -> Option<&Fraction> {
        (self.low == self.high).then_some(&self.low)
    }
}

/// One evaluation, ranked under the record's weights or a lens.
#[derive(Debug, Clone)]
pub struct Scorecard {
    /// The id of the lens; `None` for the record.
    pub lens: Option<String>,
    /// Whether anything missing can still move a vendor that may stay.
    pub status: ResultStatus,
    /// The vendors in page order: low descending, high descending, name; disqualified, then excluded ones last.
    pub vendors: Vec<VendorCard>,
    /// What a reader must be told beside the ranking.
    pub notices: Vec<Notice>,
}

/// Whether a result can still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultStatus {
    /// No vendor that may stay is provisional.
    Final,
    /// Something missing can still move a vendor.
    Provisional,
}

/// What a reader must be told beside the ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Prices are sealed: totals and ranks are over quality alone.
    PricesSealed,
    /// Under a relative price rule the winner depends on a vendor that does not win: without it, another one leads.
    PriceFlip {
        /// The priced criterion.
        criterion: CriterionIndex,
        /// The vendor whose leaving changes the winner.
        without: VendorIndex,
        /// Who leads now.
        leaders: Vec<VendorIndex>,
        /// Who would lead without it.
        leaders_then: Vec<VendorIndex>,
    },
    /// A price lies outside the range between which prices score, so its points are clamped.
    PriceOutsideRange {
        /// The priced criterion.
        criterion: CriterionIndex,
        /// Whose price it is.
        vendor: VendorIndex,
        /// The amount.
        amount: Decimal,
    },
    /// Evaluators disagree where they may not: whether a criterion applies, passes, or what a price is.
    Conflict {
        /// The criterion.
        criterion: CriterionIndex,
        /// The vendor.
        vendor: VendorIndex,
    },
}

/// One vendor's result.
#[derive(Debug, Clone)]
pub struct VendorCard {
    /// The vendor.
    pub vendor: VendorIndex,
    /// Ranked, provisional, disqualified or excluded.
    pub status: VendorStatus,
    /// The rank, stated only where nothing missing can change it.
    pub rank: Option<u32>,
    /// Whether another vendor has exactly the same final total.
    pub tied: bool,
    /// The best and the worst rank it can still have; `None` if it has none.
    pub rank_range: Option<(u32, u32)>,
    /// The total from 0 to 100; `None` if nothing applies.
    pub total: Option<Bounds>,
    /// The total with "not applicable" counted as nothing; `None` if everything applies.
    pub total_na_as_zero: Option<Bounds>,
    /// The share of the weight whose answers are complete, in percent; `None` if nothing applies.
    pub coverage: Option<Fraction>,
    /// One card per category, in the set's order.
    pub categories: Vec<CategoryCard>,
    /// One card per criterion, in the set's order.
    pub criteria: Vec<CriterionCard>,
    /// One card per metric of the lens, in the lens's order; empty without a lens.
    pub metrics: Vec<MetricCard>,
    /// The gates: criteria in the set's order, then categories, then the total.
    pub gates: Vec<GateCard>,
}

/// Where a vendor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VendorStatus {
    /// Nothing missing can move it.
    Ranked,
    /// Something missing can move its total, or a gate of it is open.
    Provisional,
    /// A gate failed.
    Disqualified,
    /// It withdrew or was not admitted.
    Excluded,
}

/// One vendor's result in one category.
#[derive(Debug, Clone)]
pub struct CategoryCard {
    /// The category.
    pub category: CategoryIndex,
    /// The effective part of the whole, from 0 to 1.
    pub share: Fraction,
    /// The percent reached of what the category can give; `None` if its share is 0.
    pub percent: Option<Bounds>,
    /// What it adds to the total, in points of 100.
    pub contribution: Bounds,
}

/// One vendor's result in one criterion.
#[derive(Debug, Clone)]
pub struct CriterionCard {
    /// The criterion.
    pub criterion: CriterionIndex,
    /// What the collapsed cell is.
    pub state: State,
    /// The collapsed score or amount; `None` unless `state` is scored or no response.
    pub score: Option<Collapsed>,
    /// The part reached of what the criterion can give, from 0 to 1; `None` for pass-fail and not applicable.
    pub points: Option<Bounds>,
    /// The effective part of the whole, from 0 to 1.
    pub share: Fraction,
    /// What it adds to the total, in points of 100.
    pub contribution: Bounds,
    /// How many counted answers are "no response".
    pub no_responses: usize,
    /// Whether the evaluators disagree where they may not; the cell then counts as not scored.
    pub conflict: bool,
    /// Who still owes an answer here.
    pub owed_by: Vec<EvaluatorIndex>,
}

/// What a collapsed cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Complete, with a score, an amount or a verdict.
    Scored,
    /// The vendor was silent, and that is all there is.
    NoResponse,
    /// Something is missing or in conflict.
    NotScored,
    /// It does not apply to this vendor.
    NotApplicable,
    /// It is a price, and prices are sealed: what it weighs goes to the others until they are opened.
    Sealed,
}

impl State {
    /// Whether what it weighs goes to its siblings.
    #[must_use]
    pub fn is_left_out(self) -> bool {
        match self {
            Self::NotApplicable | Self::Sealed => true,
            Self::Scored | Self::NoResponse | Self::NotScored => false,
        }
    }

    /// Whether nothing is missing.
    #[must_use]
    pub fn is_complete(self) -> bool {
        match self {
            Self::Scored | Self::NoResponse | Self::NotApplicable | Self::Sealed => true,
            Self::NotScored => false,
        }
    }
}

/// The score, amount or verdict that several answers collapse to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Collapsed {
    /// One answer, as written.
    Written(Decimal),
    /// The mean or median of several.
    Computed(Fraction),
    /// A pass-fail criterion.
    Verdict {
        /// Whether it is met.
        passed: bool,
    },
}

/// One vendor's value of a lens's metric.
#[derive(Debug, Clone)]
pub struct MetricCard {
    /// The position in the lens's metrics.
    pub metric: usize,
    /// In percent; `None` if the lens gives none of its criteria any weight ("not weighed").
    pub percent: Option<Bounds>,
}

/// One gate and what it says about one vendor.
#[derive(Debug, Clone)]
pub struct GateCard {
    /// What the gate is on.
    pub on: GateOn,
    /// The bound to meet.
    pub bound: GateBound,
    /// What the vendor has.
    pub value: GateValue,
    /// Whether it meets the bound.
    pub outcome: GateOutcome,
}

/// What a gate is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateOn {
    /// A criterion's collapsed score, amount or verdict.
    Criterion(CriterionIndex),
    /// A category's percent, over its rated criteria.
    Category(CategoryIndex),
    /// The total's percent, over all rated criteria.
    Total,
}

/// The bound of a gate, as written in the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateBound {
    /// At least this much.
    Minimum(Decimal),
    /// At most this much.
    Maximum(Decimal),
    /// A pass.
    Pass,
}

/// What a vendor has at a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GateValue {
    /// A collapsed score, amount or verdict.
    Answer(Collapsed),
    /// What a score or percent can still be; low and high are equal if it is known.
    Range(Bounds),
    /// The vendor was silent where silence has no number (a pass-fail criterion, or a price).
    NoResponse,
    /// Nothing known, and nothing that bounds it (a missing price or verdict).
    Unknown,
    /// Nothing is left to judge.
    NotApplicable,
}

/// Whether a gate is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateOutcome {
    /// Even the worst it can be meets the bound.
    Passed,
    /// Even the best it can be does not.
    Failed,
    /// It depends on what is missing.
    Open,
    /// Nothing is left to judge.
    NotApplicable,
}
