//! The criteria set as types. Only this room can build them.

use rust_decimal::Decimal;

use crate::table::Name;

/// Which category of a set, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CategoryIndex(pub(super) usize);

/// Which criterion of a set, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CriterionIndex(pub(super) usize);

impl CategoryIndex {
    /// The position in [`CriteriaSet::categories`].
    #[must_use]
    pub fn position(self) -> usize {
        self.0
    }
}

impl CriterionIndex {
    /// The position in [`CriteriaSet::criteria`].
    #[must_use]
    pub fn position(self) -> usize {
        self.0
    }
}

/// A proven criteria set, identified by id, version and the SHA-256 of its TOML.
#[derive(Debug, Clone)]
pub struct CriteriaSet {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) version: String,
    pub(super) description: Option<String>,
    pub(super) framework: Option<String>,
    pub(super) source: String,
    pub(super) sha256: String,
    pub(super) weight_rule: WeightRule,
    pub(super) rules: Rules,
    pub(super) categories: Vec<Category>,
    pub(super) criteria: Vec<Criterion>,
    pub(super) lenses: Vec<Lens>,
}

impl CriteriaSet {
    /// The id, `[a-z0-9-]`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The version as written.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What the set is for.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The framework the criteria come from, like `ITIL 4`.
    #[must_use]
    pub fn framework(&self) -> Option<&str> {
        self.framework.as_deref()
    }

    /// The TOML this set was read from, byte for byte.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The SHA-256 of [`CriteriaSet::source`], in lower-case hex.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// How the weights in the file are to be read.
    #[must_use]
    pub fn weight_rule(&self) -> WeightRule {
        self.weight_rule
    }

    /// The rules that hold for the whole set.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The categories, in file order.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The criteria, in file order.
    #[must_use]
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// The lenses, in file order.
    #[must_use]
    pub fn lenses(&self) -> &[Lens] {
        &self.lenses
    }

    /// The lens with an id.
    #[must_use]
    pub fn lens(&self, id: &str) -> Option<&Lens> {
        self.lenses.iter().find(|lens| lens.id == id)
    }

    /// Every category with its index.
    pub fn indexed_categories(&self) -> impl Iterator<Item = (CategoryIndex, &Category)> {
        self.categories
            .iter()
            .enumerate()
            .map(|(index, category)| (CategoryIndex(index), category))
    }

    /// Every criterion with its index.
    pub fn indexed_criteria(&self) -> impl Iterator<Item = (CriterionIndex, &Criterion)> {
        self.criteria
            .iter()
            .enumerate()
            .map(|(index, criterion)| (CriterionIndex(index), criterion))
    }

    /// The index of the criterion with an id.
    #[must_use]
    pub fn criterion_index(&self, id: &str) -> Option<CriterionIndex> {
        let found = self
            .criteria
            .iter()
            .position(|criterion| criterion.id == id);
        found.map(CriterionIndex)
    }

    /// Whether a criterion lies in a category or in one below it.
    #[must_use]
    pub fn is_within(&self, criterion: CriterionIndex, category: CategoryIndex) -> bool {
        let mut at = self.criteria.get(criterion.0).map(|found| found.category);
        // A proven set has no cycle of parents, so this walk ends at a root.
        while let Some(index) = at {
            if index == category {
                return true;
            }
            at = self.categories.get(index.0).and_then(|found| found.parent);
        }
        false
    }
}

/// How weights in the file become shares of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightRule {
    /// Leaf weights add up to exactly 100; a category weighs what its leaves weigh.
    Points,
    /// Every group of siblings adds up to exactly 100.
    Shares,
    /// Any numbers from 0 up; only their proportions count.
    Relative,
}

/// The rules of a set.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(super) evaluators: Collapse,
    pub(super) points: PointsRule,
    pub(super) total_minimum: Option<Decimal>,
    pub(super) close_call: Decimal,
}

impl Rules {
    /// How several evaluators' scores become one.
    #[must_use]
    pub fn evaluators(&self) -> Collapse {
        self.evaluators
    }

    /// How a score becomes points.
    #[must_use]
    pub fn points(&self) -> PointsRule {
        self.points
    }

    /// The gate on the total, in percent of the rated criteria.
    #[must_use]
    pub fn total_minimum(&self) -> Option<Decimal> {
        self.total_minimum
    }

    /// A lead below this many points is no clear winner.
    #[must_use]
    pub fn close_call(&self) -> Decimal {
        self.close_call
    }
}

/// How several evaluators' scores become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collapse {
    /// The arithmetic mean.
    Mean,
    /// The median; an even count takes the mean of the middle two.
    Median,
}

/// How a score becomes points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointsRule {
    /// `(score - min) / (max - min)`.
    FromMin,
    /// `score / max`.
    OfMax,
}

/// An inner node of the tree.
#[derive(Debug, Clone)]
pub struct Category {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) parent: Option<CategoryIndex>,
    pub(super) weight: Decimal,
    pub(super) minimum: Option<Decimal>,
}

impl Category {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the category is about.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The category this one lies in; `None` at the top.
    #[must_use]
    pub fn parent(&self) -> Option<CategoryIndex> {
        self.parent
    }

    /// The weight in the file, or under `points` the sum of the leaves.
    #[must_use]
    pub fn weight(&self) -> Decimal {
        self.weight
    }

    /// The gate, in percent of the category's rated criteria.
    #[must_use]
    pub fn minimum(&self) -> Option<Decimal> {
        self.minimum
    }
}

/// A leaf of the tree.
#[derive(Debug, Clone)]
pub struct Criterion {
    pub(super) id: String,
    pub(super) title: Name,
    pub(super) description: Option<String>,
    pub(super) category: CategoryIndex,
    pub(super) practices: Vec<String>,
    pub(super) clause: Option<String>,
    pub(super) anchors: Vec<(Decimal, String)>,
    pub(super) kind: Kind,
}

impl Criterion {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.shown()
    }

    /// What is asked for.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The category it lies in.
    #[must_use]
    pub fn category(&self) -> CategoryIndex {
        self.category
    }

    /// The practices of the framework it belongs to.
    #[must_use]
    pub fn practices(&self) -> &[String] {
        &self.practices
    }

    /// The clause of a standard it answers.
    #[must_use]
    pub fn clause(&self) -> Option<&str> {
        self.clause.as_deref()
    }

    /// What a score means, by score, ascending: the criterion's own anchors, else those of the default scale it uses.
    #[must_use]
    pub fn anchors(&self) -> &[(Decimal, String)] {
        &self.anchors
    }

    /// Rated, priced or pass-fail.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The weight in the file; 0 for a pass-fail criterion, which has none.
    #[must_use]
    pub fn weight(&self) -> Decimal {
        match &self.kind {
            Kind::Rated(rated) => rated.weight,
            Kind::Priced(priced) => priced.weight,
            Kind::PassFail => Decimal::ZERO,
        }
    }
}

/// How a criterion is judged.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A score on a scale.
    Rated(Rated),
    /// An amount of money.
    Priced(Priced),
    /// A gate without weight.
    PassFail,
}

/// What is special to a rated criterion.
#[derive(Debug, Clone)]
pub struct Rated {
    pub(super) weight: Decimal,
    pub(super) scale: Scale,
    pub(super) direction: Direction,
    pub(super) gate: Option<Decimal>,
    pub(super) not_applicable: bool,
}

impl Rated {
    /// The scale scores lie on.
    #[must_use]
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// Which end of the scale is the good one.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The gate on the collapsed raw score: a minimum where higher is better, a maximum where lower is better.
    #[must_use]
    pub fn gate(&self) -> Option<Decimal> {
        self.gate
    }

    /// Whether a vendor may be marked "not applicable" here.
    #[must_use]
    pub fn allows_not_applicable(&self) -> bool {
        self.not_applicable
    }
}

/// Which end of a scale is the good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// A scale: `min < max`, and with a step `max = min + k * step` for a whole k.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    pub(super) min: Decimal,
    pub(super) max: Decimal,
    pub(super) step: Option<Decimal>,
}

impl Scale {
    /// The lowest score.
    #[must_use]
    pub fn min(&self) -> Decimal {
        self.min
    }

    /// The highest score.
    #[must_use]
    pub fn max(&self) -> Decimal {
        self.max
    }

    /// Scores are `min + k * step`, if there is a step.
    #[must_use]
    pub fn step(&self) -> Option<Decimal> {
        self.step
    }

    /// Whether a score lies from `min` to `max`.
    #[must_use]
    pub fn contains(&self, score: Decimal) -> bool {
        self.min <= score && score <= self.max
    }

    /// Whether a score is `min + k * step` for a whole k (always, without a step).
    #[must_use]
    pub fn is_on_step(&self, score: Decimal) -> bool {
        self.step.is_none_or(|step| {
            let steps = score
                .checked_sub(self.min)
                .and_then(|above| above.checked_rem(step));
            steps == Some(Decimal::ZERO)
        })
    }
}

/// What is special to a priced criterion.
#[derive(Debug, Clone)]
pub struct Priced {
    pub(super) weight: Decimal,
    pub(super) rule: PriceRule,
    pub(super) range: Option<PriceRange>,
    pub(super) currency: Option<String>,
    pub(super) maximum: Option<Decimal>,
}

impl Priced {
    /// How an amount becomes points.
    #[must_use]
    pub fn rule(&self) -> PriceRule {
        self.rule
    }

    /// The amounts that score full and nothing; `None` until an evaluation pins them, or where no rule needs them.
    #[must_use]
    pub fn range(&self) -> Option<&PriceRange> {
        self.range.as_ref()
    }

    /// The ISO 4217 code of the currency.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }

    /// The gate: the highest amount that passes.
    #[must_use]
    pub fn maximum(&self) -> Option<Decimal> {
        self.maximum
    }
}

/// How an amount P becomes points, with L and H the lowest and highest amounts that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceRule {
    /// `(ceiling - P) / (ceiling - floor)`: no vendor moves another.
    FixedRange,
    /// `L / P`.
    LowestRatio,
    /// `2 - P / L`.
    LinearToLowest,
    /// `(H - P) / (H - L)`, 1 for all if `H = L`.
    LinearRange,
}

impl PriceRule {
    /// The name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FixedRange => "fixed-range",
            Self::LowestRatio => "lowest-ratio",
            Self::LinearToLowest => "linear-to-lowest",
            Self::LinearRange => "linear-range",
        }
    }

    /// Whether one vendor's amount moves another's points.
    #[must_use]
    pub fn is_relative(self) -> bool {
        self != Self::FixedRange
    }

    /// Whether an amount of 0 has points under this rule; the ratio rules divide by amounts.
    #[must_use]
    pub fn allows_zero(self) -> bool {
        matches!(self, Self::FixedRange | Self::LinearRange)
    }
}

/// The amounts between which a price scores: `floor < ceiling`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRange {
    pub(super) floor: Decimal,
    pub(super) ceiling: Decimal,
}

impl PriceRange {
    /// The amount that scores full; any below it scores no more.
    #[must_use]
    pub fn floor(&self) -> Decimal {
        self.floor
    }

    /// The amount that scores nothing; any above it scores no less.
    #[must_use]
    pub fn ceiling(&self) -> Decimal {
        self.ceiling
    }
}

/// A named reweighting of the same criteria for one stakeholder.
#[derive(Debug, Clone)]
pub struct Lens {
    pub(super) id: String,
    pub(super) title: String,
    /// By criterion; 0 for a pass-fail one.
    pub(super) weights: Vec<Decimal>,
    pub(super) metrics: Vec<Metric>,
}

impl Lens {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The lens's weight of every criterion, in criterion order; 0 for a pass-fail one.
    #[must_use]
    pub fn weights(&self) -> &[Decimal] {
        &self.weights
    }

    /// The named groups of criteria this stakeholder asks about.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }
}

/// A named group of criteria.
#[derive(Debug, Clone)]
pub struct Metric {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) criteria: Vec<CriterionIndex>,
}

impl Metric {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The criteria it gathers.
    #[must_use]
    pub fn criteria(&self) -> &[CriterionIndex] {
        &self.criteria
    }
}
