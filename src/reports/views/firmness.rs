//! How firm first place is: the verdict with its rule, and everything it rests on.

use crate::criteria::Node;
use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::Fraction;
use crate::reports::figure::numbers;
use crate::reports::sentence::{About, Sentence};
use crate::reports::words::{gate_title, outcome};
use crate::scoring::firmness::{
    Firmness, GateChange, LeaveOut, LeftOut, Limit, ScoreFlip, SmallestFlip, Stability, Verdict,
};
use crate::scoring::{GateOutcome, Scorecard};

use super::limits::{about, end, percent, within};
use super::verdict::Rule;
use super::why::title;
use super::{Addresses, Said, said, tree};

/// How many vendors a sentence names before it counts the rest.
const NAMED: usize = 5;

/// How firm first place is.
pub(crate) struct FirmnessView {
    pub(crate) verdict: VerdictView,
    pub(crate) stability: Vec<StabilityRow>,
    pub(crate) smallest_flip: Option<Vec<Said>>,
    pub(crate) score_flip: Option<Vec<Said>>,
    pub(crate) dominated: Vec<Vec<Said>>,
    /// `None` where what applies differs between vendors.
    pub(crate) never_first: Option<Vec<Vec<Said>>>,
    pub(crate) left_out: Vec<LeftOutRow>,
}

/// The verdict, and why it is that.
pub(crate) struct VerdictView {
    /// `undecided`, `close-call`, `probable` or `firm`.
    pub(crate) code: &'static str,
    pub(crate) word: &'static str,
    pub(crate) reasons: Vec<Vec<Said>>,
    /// Each word with what it asks, the first that holds being the verdict.
    pub(crate) rules: Vec<Rule>,
}

/// How far the share of a category or criterion may move.
pub(crate) struct StabilityRow {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) href: Option<String>,
    pub(crate) is_category: bool,
    pub(crate) share: String,
    pub(crate) low: String,
    pub(crate) high: String,
    pub(crate) below: Option<Vec<Said>>,
    pub(crate) above: Option<Vec<Said>>,
}

/// The result without somebody.
pub(crate) struct LeftOutRow {
    pub(crate) name: String,
    pub(crate) what: &'static str,
    pub(crate) then: Vec<Said>,
    pub(crate) changes: bool,
    /// The gates that would be decided otherwise.
    pub(crate) gates: Vec<Vec<Said>>,
}

/// The intervals of all weights, each with its row in print, category by category.
pub(crate) fn stability_rows<'a>(
    evaluation: &Evaluation,
    found: &'a [Stability],
    addresses: &dyn Addresses,
) -> Vec<(&'a Stability, StabilityRow)> {
    let telling = Telling {
        evaluation,
        addresses,
    };
    let ordered = ordered(evaluation.set(), found).into_iter();
    ordered.zip(telling.stability(found)).collect()
}

/// Only the verdict; `first_in_band` is the part of the draws that it rests on, if it rests on draws.
pub(crate) fn verdict(
    evaluation: &Evaluation,
    card: &Scorecard,
    firmness: &Firmness,
    first_in_band: Option<&Fraction>,
    addresses: &dyn Addresses,
) -> VerdictView {
    Telling {
        evaluation,
        addresses,
    }
    .verdict(card, firmness, &firmness.verdict, first_in_band)
}

/// Lays out how firm a result is.
pub(crate) fn firmness(
    evaluation: &Evaluation,
    card: &Scorecard,
    found: &Firmness,
    judged: &Verdict,
    first_in_band: Option<&Fraction>,
    addresses: &dyn Addresses,
) -> FirmnessView {
    let telling = Telling {
        evaluation,
        addresses,
    };
    let leader = card.favourite();
    FirmnessView {
        verdict: telling.verdict(card, found, judged, first_in_band),
        stability: telling.stability(&found.stability),
        smallest_flip: found.smallest_flip.as_ref().map(|one| telling.flip(one)),
        score_flip: found
            .smallest_score_flip
            .as_ref()
            .map(|one| telling.score_flip(one, leader)),
        dominated: found
            .dominated
            .iter()
            .map(|one| {
                let told = telling.names(&[one.vendor]);
                let told = told
                    .say(" is nowhere better than ")
                    .then(telling.names(&one.by));
                telling.said(told.say(", and somewhere worse."))
            })
            .collect(),
        never_first: found.never_first.as_ref().map(|vendors| {
            let each = vendors.iter();
            each.map(|&one| telling.said(telling.names(&[one])))
                .collect()
        }),
        left_out: found
            .leave_outs
            .iter()
            .map(|one| telling.left_out(one))
            .collect(),
    }
}

pub(super) struct Telling<'a> {
    pub(super) evaluation: &'a Evaluation,
    pub(super) addresses: &'a dyn Addresses,
}

impl Telling<'_> {
    pub(super) fn said(&self, sentence: Sentence) -> Vec<Said> {
        said(sentence, self.addresses)
    }

    pub(super) fn names(&self, vendors: &[VendorIndex]) -> Sentence {
        names(self.evaluation, vendors)
    }

    fn stability(&self, found: &[Stability]) -> Vec<StabilityRow> {
        let set = self.evaluation.set();
        let ordered = ordered(set, found);
        let shares: Vec<_> = ordered
            .iter()
            .map(|one| Some(one.share.percent()))
            .collect();
        let rows = ordered.iter().zip(numbers(&shares));
        rows.map(|(one, share)| StabilityRow {
            id: one.on.id(set).to_owned(),
            title: title(set, one.on).to_owned(),
            href: match one.on {
                Node::Criterion(index) => self.addresses.of(About::Criterion(index)),
                Node::Category(_) => None,
            },
            is_category: matches!(one.on, Node::Category(_)),
            share: share.map_or_else(String::new, |share| share.text),
            low: within(&one.low, &one.share, true),
            high: within(&one.high, &one.share, false),
            below: self.beyond(&one.low),
            above: self.beyond(&one.high),
        })
        .collect()
    }

    fn beyond(&self, limit: &Limit) -> Option<Vec<Said>> {
        (!limit.flips_to.is_empty()).then(|| self.said(self.names(&limit.flips_to)))
    }

    fn flip(&self, flip: &SmallestFlip) -> Vec<Said> {
        self.said(weight_flip_told(self.evaluation, flip))
    }

    fn score_flip(&self, flip: &ScoreFlip, leader: Option<VendorIndex>) -> Vec<Said> {
        self.said(score_flip_told(self.evaluation, flip, leader))
    }

    fn left_out(&self, one: &LeaveOut) -> LeftOutRow {
        let (name, what) = match one.left_out {
            LeftOut::Vendor(vendor) => (self.evaluation.vendor_name(vendor), "vendor"),
            // Who, is told to whoever chairs, on the page that compares the evaluators.
            LeftOut::Evaluator(_) => ("One evaluator", "not named here"),
        };
        let then = if one.first_then.is_empty() {
            Sentence::of("undecided")
        } else {
            self.names(&one.first_then)
        };
        LeftOutRow {
            name: name.to_owned(),
            what,
            then: self.said(then),
            changes: one.changes_winner(),
            gates: one.gates.iter().map(|gate| self.gate(gate)).collect(),
        }
    }

    fn gate(&self, change: &GateChange) -> Vec<Said> {
        self.said(gate_change(self.evaluation, change))
    }
}

/// The least move of one weight that lets another be first.
pub(super) fn weight_flip_told(evaluation: &Evaluation, flip: &SmallestFlip) -> Sentence {
    let title = title(evaluation.set(), flip.on);
    let on = match flip.on {
        Node::Criterion(index) => Sentence::on(title, About::Criterion(index)),
        Node::Category(_) => Sentence::of(title),
    };
    let (from, to) = (percent(&flip.from), end(&flip.to, flip.to.at < flip.from));
    on.figure(format!(
        ": at {to}% of its siblings instead of {from}%, moving {}% of the whole weight; beyond, ",
        percent(&flip.moved)
    ))
    .then(names(evaluation, &[flip.winner]))
    .say(" is first.")
}

/// The least change of one score that lets another draw level.
pub(super) fn score_flip_told(
    evaluation: &Evaluation,
    flip: &ScoreFlip,
    leader: Option<VendorIndex>,
) -> Sentence {
    let title = title(evaluation.set(), Node::Criterion(flip.criterion));
    let told = Sentence::on(title, About::Cell(flip.vendor, flip.criterion))
        .say(" of ")
        .then(names(evaluation, &[flip.vendor]))
        .figure(format!(
            ": {} instead of {}; then ",
            about(&flip.to, &flip.from),
            about(&flip.from, &flip.to)
        ))
        .then(names(evaluation, &[flip.winner]));
    match leader {
        Some(leader) => told
            .say(" draws level with ")
            .then(names(evaluation, &[leader]))
            .say("."),
        None => told.say(" draws level."),
    }
}

/// A gate that would be decided otherwise.
pub(super) fn gate_change(evaluation: &Evaluation, change: &GateChange) -> Sentence {
    let title = gate_title(evaluation.set(), change.on);
    names(evaluation, &[change.vendor]).say(format!(
        ", {title}: {} instead of {}",
        gate_word(change.then),
        gate_word(change.before)
    ))
}

/// Vendors by name.
pub(super) fn names(evaluation: &Evaluation, vendors: &[VendorIndex]) -> Sentence {
    let first = vendors
        .iter()
        .take(NAMED)
        .map(|&one| Sentence::on(evaluation.vendor_name(one), About::Vendor(one)));
    Sentence::default().list(first.collect(), vendors.len())
}

fn gate_word(known: GateOutcome) -> &'static str {
    match known {
        GateOutcome::NotApplicable => "not applicable",
        other => outcome(other),
    }
}

/// Each category, followed by the criteria right below it.
fn ordered<'a>(set: &crate::criteria::CriteriaSet, found: &'a [Stability]) -> Vec<&'a Stability> {
    let mut ordered = Vec::with_capacity(found.len());
    for node in tree::nodes(set) {
        ordered.extend(found.iter().filter(|one| {
            match one.on {
                Node::Category(index) => index == node.index,
                Node::Criterion(index) => set
                    .criteria()
                    .get(index.position())
                    .is_some_and(|criterion| criterion.category() == node.index),
            }
        }));
    }
    ordered
}
