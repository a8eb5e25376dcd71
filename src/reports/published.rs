//! A result as published: every number printed once, for every format.

use crate::criteria::{CategoryIndex, CriterionIndex, Lens};
use crate::evaluation::{Evaluation, EvaluatorIndex, VendorIndex};
use crate::exact::Fraction;
use crate::scoring::{GateBound, GateOn, GateOutcome, ResultStatus, State, VendorStatus};

use super::bar::Bar;
use super::figure::{Figure, Number};
use super::score::{ScoreText, short};
use super::sentence::Sentence;
use super::story::Story;

/// How much of a result is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Vendors, categories, metrics and gates.
    Ranking,
    /// One criterion of every vendor too.
    Criterion(CriterionIndex),
    /// Every criterion too.
    Full,
}

/// A result as published. JSON, CSV, HTML and text all print the numbers held here, so they can never differ.
#[derive(Debug)]
pub struct Published<'a> {
    pub(super) evaluation: &'a Evaluation,
    pub(super) lens: Option<&'a Lens>,
    pub(super) status: ResultStatus,
    /// In page order.
    pub(super) vendors: Vec<PublishedVendor>,
    pub(super) notices: Vec<PublishedNotice>,
    pub(super) story: Story,
    /// Whether it is published for a record that must stand without advice.
    pub(super) is_record: bool,
    /// By evaluator: the place in reports, where the consensus comes first and then the names in order.
    pub(super) evaluator_places: Vec<usize>,
}

/// What a reader must be told beside the ranking.
#[derive(Debug)]
pub(super) struct PublishedNotice {
    pub(super) code: &'static str,
    pub(super) message: Sentence,
}

#[derive(Debug)]
pub(super) struct PublishedVendor {
    pub(super) vendor: VendorIndex,
    pub(super) status: VendorStatus,
    pub(super) rank: Option<u32>,
    pub(super) tied: bool,
    pub(super) rank_range: Option<(u32, u32)>,
    pub(super) total: Figure,
    pub(super) total_na_as_zero: Figure,
    pub(super) coverage: Option<Number>,
    /// What the printed contributions miss of the printed total.
    pub(super) rounding: Option<String>,
    /// In the set's order.
    pub(super) categories: Vec<PublishedCategory>,
    /// In the set's order; of a ranking none.
    pub(super) criteria: Vec<PublishedCriterion>,
    /// In the lens's order.
    pub(super) metrics: Vec<Option<Figure>>,
    pub(super) gates: Vec<PublishedGate>,
    /// Why it has no rank, or no certain one, or no certain total: what is missing, whom it waits for, gates that failed.
    pub(super) reasons: Vec<Sentence>,
    /// The gates that are open.
    pub(super) open_gates: Vec<Sentence>,
    /// The shape of its contribution bar.
    pub(super) bar: Bar,
}

#[derive(Debug)]
pub(super) struct PublishedCategory {
    pub(super) category: CategoryIndex,
    pub(super) share: Option<Number>,
    pub(super) percent: Figure,
    pub(super) contribution: Figure,
}

#[derive(Debug)]
pub(super) struct PublishedCriterion {
    pub(super) criterion: CriterionIndex,
    pub(super) state: State,
    pub(super) score: Option<Printed>,
    pub(super) points: Figure,
    pub(super) share: Option<Number>,
    pub(super) contribution: Figure,
    pub(super) no_responses: usize,
    pub(super) conflict: bool,
    pub(super) owed_by: Vec<EvaluatorIndex>,
}

#[derive(Debug)]
pub(super) struct PublishedGate {
    pub(super) on: GateOn,
    pub(super) bound: GateBound,
    pub(super) value: Option<Printed>,
    pub(super) low: Option<Number>,
    pub(super) high: Option<Number>,
    pub(super) outcome: GateOutcome,
}

/// A score, amount or verdict as printed; a verdict has no fraction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) text: String,
    /// Shorter, where the text has more decimals than a page shows.
    pub(super) short: Option<String>,
    pub(super) exact: Option<Fraction>,
}

impl Printed {
    pub(super) fn score_text(&self) -> ScoreText {
        ScoreText {
            text: self.text.clone(),
            short: self.short.clone(),
        }
    }
}

impl Published<'_> {
    pub(super) fn vendor_name(&self, vendor: &PublishedVendor) -> &str {
        self.evaluation.vendor_name(vendor.vendor)
    }

    /// Where an evaluator stands in reports, however the sheets came in.
    pub(super) fn evaluator_place(&self, evaluator: EvaluatorIndex) -> usize {
        let place = self.evaluator_places.get(evaluator.position());
        place.copied().unwrap_or(usize::MAX)
    }
}

impl<'a> Published<'a> {
    /// Adds what stands beside a vendor's status, such as why it was excluded.
    pub fn remark(&mut self, vendor: VendorIndex, text: impl Into<String>) {
        let found = self.vendors.iter_mut().find(|one| one.vendor == vendor);
        if let Some(found) = found {
            found.reasons.push(Sentence::of(text));
        }
    }

    /// The same for a record that must stand without advice: nothing says how clear a lead is.
    #[must_use]
    pub fn as_record(mut self) -> Self {
        self.is_record = true;
        self.story.headline.clone_from(&self.story.plain_headline);
        self
    }

    /// The names of evaluators, in the order of reports.
    pub(super) fn evaluator_names(&self, evaluators: &[EvaluatorIndex]) -> Vec<&'a str> {
        let mut sorted = evaluators.to_vec();
        sorted.sort_by_key(|&evaluator| self.evaluator_place(evaluator));
        let names = sorted.into_iter();
        names
            .map(|evaluator| self.evaluation.evaluator_name(evaluator))
            .collect()
    }
}

impl PublishedVendor {
    /// The rank as files carry it: `1`, `2=`, `1 to 3`, or nothing.
    pub(super) fn rank_text(&self) -> String {
        match (self.rank, self.rank_range) {
            (Some(rank), _) if self.tied => format!("{rank}="),
            (Some(rank), _) => rank.to_string(),
            (None, Some((best, worst))) => format!("{best} to {worst}"),
            (None, None) => String::new(),
        }
    }

    /// The rank for a reader: as in files, but `1, gate open` where only a gate of its own stands in the way of its place.
    pub(super) fn rank_shown(&self) -> String {
        match (self.rank, self.rank_range) {
            (None, Some((best, worst))) if best == worst => format!("{best}, gate open"),
            _ => self.rank_text(),
        }
    }
}

impl PublishedGate {
    /// What the vendor has, for a reader.
    pub(super) fn value_text(&self) -> ScoreText {
        match (&self.value, &self.low, &self.high) {
            (Some(value), _, _) => value.score_text(),
            (None, Some(low), Some(high)) => {
                let bound = match self.bound {
                    GateBound::Minimum(bound) | GateBound::Maximum(bound) => Some(bound),
                    GateBound::Pass => None,
                };
                let end = |number: &Number| ScoreText {
                    text: number.text.clone(),
                    short: short(&number.text, &number.exact, bound),
                };
                let (low, high) = (end(low), end(high));
                ScoreText::of(&[&low, &high], |ends| ends.join(" to "))
            }
            _ if self.outcome == GateOutcome::NotApplicable => "not applicable".into(),
            _ => "not known yet".into(),
        }
    }
}
