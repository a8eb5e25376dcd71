//! How the evaluators compare, in words that begin a conversation.

use crate::criteria::Node;
use crate::evaluation::{Evaluation, EvaluatorIndex};
use crate::exact::{self, Fraction};
use crate::reports::figure::numbers;
use crate::reports::sentence::{About, Sentence};
use crate::reports::words;
use crate::scoring::agreement::{Agreement, Concordance, Hole, Rater, Unit};
use crate::scoring::firmness::{LeaveOut, LeftOut};

use super::firmness::names;
use super::signed::signed;
use super::{Addresses, Said, said};

/// The decimals of coefficients.
const PLACES: usize = 2;
/// From where on scores may be leant on, and from where on tentatively (Krippendorff 2004).
const RELIABLE: (i64, i64) = (800, 1000);
const TENTATIVE: (i64, i64) = (667, 1000);

/// How the evaluators compare.
pub(crate) struct PanelView {
    /// Whether the panel orders the vendors alike.
    pub(crate) order: Vec<Vec<Said>>,
    /// Whether they give the same scores, and how far those may be leant on.
    pub(crate) scores: Vec<String>,
    pub(crate) alphas: Vec<AlphaRow>,
    pub(crate) left_out: Vec<Vec<Said>>,
    /// What scores are compared in: `points of 100` where scales differ.
    pub(crate) in_points: bool,
    pub(crate) people: Vec<PersonRow>,
}

/// One coefficient over the scores.
pub(crate) struct AlphaRow {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) value: String,
}

/// One evaluator beside the rest.
pub(crate) struct PersonRow {
    pub(crate) name: String,
    pub(crate) scores: usize,
    pub(crate) leniency: String,
    pub(crate) spread: String,
    pub(crate) scale_used: String,
    pub(crate) correlation: String,
    /// Who would be first without them.
    pub(crate) without: Vec<Said>,
    pub(crate) changes: bool,
    /// What a conversation may begin with; nothing where nothing stands out.
    pub(crate) remarks: Vec<String>,
}

/// Lays out how the evaluators compare; `leave_outs` are the results without one of them.
pub(crate) fn panel(
    evaluation: &Evaluation,
    agreement: &Agreement,
    leave_outs: &[LeaveOut],
    addresses: &dyn Addresses,
) -> PanelView {
    let telling = Telling {
        evaluation,
        agreement,
        addresses,
    };
    PanelView {
        order: telling.order(),
        scores: telling.scores(),
        alphas: telling.alphas(),
        left_out: telling.left_out(),
        in_points: agreement.unit == Unit::Points,
        people: telling.people(leave_outs),
    }
}

struct Telling<'a> {
    evaluation: &'a Evaluation,
    agreement: &'a Agreement,
    addresses: &'a dyn Addresses,
}

impl Telling<'_> {
    fn said(&self, sentence: Sentence) -> Vec<Said> {
        said(sentence, self.addresses)
    }

    fn order(&self) -> Vec<Vec<Said>> {
        let mut told = Vec::new();
        match &self.agreement.concordance {
            Some(found) => told.push(Sentence::default().figure(format!("The {}", concordance(found)))),
            None => told.push(Sentence::of(
                "Whether they order the vendors alike is not known: Kendall’s W takes whole orders, and fewer than two evaluators have one.",
            )),
        }
        if let Some(over) = &self.agreement.over_complete {
            let without = names(self.evaluation, &over.without);
            told.push(Sentence::of("Leaving out ").then(without).figure(format!(
                ", where a score is missing, the {}",
                concordance(&over.concordance)
            )));
        }
        told.into_iter().map(|one| self.said(one)).collect()
    }

    /// Every evaluator without an order, with the first hole.
    fn left_out(&self) -> Vec<Vec<Said>> {
        let left_out = self.agreement.left_out.iter().map(|&evaluator| {
            let holes = self.agreement.holes.iter();
            let own: Vec<&Hole> = holes.filter(|hole| hole.evaluator == evaluator).collect();
            let name = self.evaluation.evaluator_name(evaluator).to_owned();
            let told = Sentence::of(format!("{name}: "));
            let Some(first) = own.first() else {
                return self.said(told.say("nothing that weighs is theirs to score"));
            };
            let criterion = Node::Criterion(first.criterion).title(self.evaluation.set());
            let answer = words::instead_of_a_score(self.evaluation, first);
            let told = told
                .say(format!("{answer} about "))
                .name(
                    self.evaluation.vendor_name(first.vendor),
                    About::Vendor(first.vendor),
                )
                .say(", ")
                .name(criterion, About::Cell(first.vendor, first.criterion));
            let more = own.len().saturating_sub(1);
            self.said(if more > 0 {
                told.say(format!(", and {more} more"))
            } else {
                told
            })
        });
        left_out.collect()
    }

    fn scores(&self) -> Vec<String> {
        let Some(interval) = &self.agreement.alpha.interval else {
            return vec![
                "Whether they give the same scores cannot be told: nothing was scored by two of them, or all scores are the same."
                    .to_owned(),
            ];
        };
        let value = exact::fixed(interval, PLACES);
        let words = if at_least(interval, RELIABLE) {
            "They give nearly the same scores; the means can be leant on."
        } else if at_least(interval, TENTATIVE) {
            "They give similar scores; the means can be leant on with care, and the cells that differ most deserve a conversation."
        } else {
            "They give different scores; talk about the cells that differ most before leaning on the means."
        };
        vec![format!(
            "{words} Krippendorff’s alpha for distances is {value}: 1 is the same score everywhere, 0 is what chance would give, 0.80 is the usual mark for leaning on scores, 0.67 for doing so with care."
        )]
    }

    fn alphas(&self) -> Vec<AlphaRow> {
        let alpha = &self.agreement.alpha;
        let row = |name, what, value: &Option<Fraction>| AlphaRow {
            name,
            what,
            value: value
                .as_ref()
                .map_or_else(|| "–".to_owned(), |value| exact::fixed(value, 4)),
        };
        vec![
            row("nominal", "only the very same score agrees", &alpha.nominal),
            row("ordinal", "only more or less counts", &alpha.ordinal),
            row("interval", "how far apart counts", &alpha.interval),
            row(
                "ratio",
                "how far apart counts against how high",
                &alpha.ratio,
            ),
        ]
    }

    fn people(&self, leave_outs: &[LeaveOut]) -> Vec<PersonRow> {
        let raters = || self.agreement.raters.iter();
        let used: Vec<_> = raters().map(|rater| rater.scale_used.clone()).collect();
        let spread: Vec<_> = raters().map(|rater| rater.spread.clone()).collect();
        let leniency: Vec<_> = raters().map(|rater| rater.leniency.clone()).collect();
        let columns = numbers(&leniency)
            .into_iter()
            .zip(numbers(&spread).into_iter().zip(numbers(&used)));
        let dash = || "–".to_owned();
        raters()
            .zip(columns)
            .map(|(rater, (leniency, (spread, used)))| {
                let (without, changes) = self.without(leave_outs, rater.evaluator);
                PersonRow {
                    name: self.evaluation.evaluator_name(rater.evaluator).to_owned(),
                    scores: rater.scores,
                    leniency: leniency.map_or_else(dash, |one| signed(&one.text)),
                    spread: spread.map_or_else(dash, |one| one.text),
                    scale_used: used.map_or_else(dash, |one| one.text),
                    correlation: rater
                        .correlation
                        .as_ref()
                        .map_or_else(dash, |one| exact::fixed(one, PLACES)),
                    without,
                    changes,
                    remarks: self.remarks(rater, changes),
                }
            })
            .collect()
    }

    /// Who would be first without somebody, and whether that is another one.
    fn without(&self, leave_outs: &[LeaveOut], evaluator: EvaluatorIndex) -> (Vec<Said>, bool) {
        let mut found = leave_outs.iter();
        let found = found.find(|one| one.left_out == LeftOut::Evaluator(evaluator));
        let told = match found {
            Some(one) if one.first_then.is_empty() => Sentence::of("undecided"),
            Some(one) => names(self.evaluation, &one.first_then),
            None => Sentence::of("–"),
        };
        (self.said(told), found.is_some_and(LeaveOut::changes_winner))
    }

    fn remarks(&self, rater: &Rater, changes: bool) -> Vec<String> {
        let mut remarks = Vec::new();
        let much = match self.agreement.unit {
            Unit::Score => Fraction::new(1, 2),
            Unit::Points => Some(Fraction::whole(10)),
        };
        let apart = rater.leniency.as_ref().zip(much);
        if let Some((leniency, much)) = apart {
            if *leniency >= much {
                remarks.push("gives more than the others for the same".to_owned());
            } else if -leniency >= much {
                remarks.push("gives less than the others for the same".to_owned());
            }
        }
        let half = Fraction::whole(50);
        if rater.scores > 1 && rater.scale_used.as_ref().is_some_and(|used| *used < half) {
            remarks.push("uses less than half of the scale".to_owned());
        }
        if rater
            .correlation
            .as_ref()
            .is_some_and(Fraction::is_negative)
        {
            remarks.push("orders the vendors rather the other way round".to_owned());
        }
        if changes {
            remarks.push("decides who is first".to_owned());
        }
        remarks
    }
}

fn concordance(found: &Concordance) -> String {
    let w = exact::fixed(&found.w, PLACES);
    let words = if at_least(&found.w, (7, 10)) {
        "order the vendors much alike"
    } else if at_least(&found.w, (4, 10)) {
        "agree in part on the order of the vendors"
    } else {
        "hardly agree on the order of the vendors"
    };
    let chance = found.p.as_ref().map_or_else(String::new, |p| {
        format!(
            " By chance alone {} evaluators would agree as much in {} of 100 cases.",
            found.raters,
            of_hundred(p)
        )
    });
    format!(
        "{} evaluators {words}. Kendall’s W over {} vendors is {w}: 1 is the same order, 0 is none in common.{chance}",
        found.raters, found.vendors
    )
}

/// A probability among a hundred cases, and never 0 for one that is more.
fn of_hundred(p: &Fraction) -> String {
    match exact::trimmed(&p.percent(), 1).as_str() {
        "0" => "fewer than 0.1".to_owned(),
        text => text.to_owned(),
    }
}

fn at_least(value: &Fraction, (part, of): (i64, i64)) -> bool {
    Fraction::new(part, of).is_some_and(|least| *value >= least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_probability_never_reads_like_none() {
        let told = |numerator: i64| of_hundred(&Fraction::new(numerator, 100_000).unwrap());
        assert_eq!(told(1), "fewer than 0.1");
        assert_eq!(told(49), "fewer than 0.1");
        assert_eq!(told(50), "0.1");
        assert_eq!(told(4_500), "4.5");
        assert_eq!(told(100_000), "100");
    }
}
