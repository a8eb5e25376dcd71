//! The verdict on first place in the words of the page: why it holds, and what each verdict asks.

use crate::exact::Fraction;
use crate::reports::margin::{counted_points, points_apart_from};
use crate::reports::sentence::Sentence;
use crate::scoring::Scorecard;
use crate::scoring::firmness::{Firmness, LeftOut, Reason, Verdict};

use super::firmness::{Telling, VerdictView};
use super::limits::percent;
use super::{Said, draws};

/// What a verdict asks.
pub(crate) struct Rule {
    pub(crate) word: &'static str,
    pub(crate) asks: String,
    pub(crate) holds: bool,
}

/// What each verdict asks, the first that holds being the verdict: its code, its word, its rule.
fn rules(close_call: &str) -> [(&'static str, &'static str, String); 4] {
    [
        (
            "undecided",
            "undecided",
            "first place is not decided, or an open gate could change it".to_owned(),
        ),
        (
            "close-call",
            "close call",
            format!(
                "first place is shared, the lead is below {close_call}, or another vendor is first once one vendor or one evaluator is left out"
            ),
        ),
        (
            "firm",
            "firm",
            "none of these; no move of one weight lets another vendor be first, or only one that moves more than 10% of the whole weight; and it comes first in at least 95 of 100 draws of the weights within a quarter of the agreed ones"
                .to_owned(),
        ),
        ("probable", "probable", "anything else".to_owned()),
    ]
}

impl Telling<'_> {
    pub(super) fn verdict(
        &self,
        card: &Scorecard,
        firmness: &Firmness,
        judged: &Verdict,
        first_in_band: Option<&Fraction>,
    ) -> VerdictView {
        let code = judged.code();
        let rules = rules(&counted_points(self.evaluation.set().rules().close_call()));
        VerdictView {
            code,
            word: rules
                .iter()
                .find(|(known, _, _)| *known == code)
                .map_or("", |(_, word, _)| word),
            reasons: self.reasons(card, firmness, judged, first_in_band),
            rules: rules
                .into_iter()
                .map(|(known, word, asks)| Rule {
                    word,
                    asks,
                    holds: known == code,
                })
                .collect(),
        }
    }

    fn reasons(
        &self,
        card: &Scorecard,
        firmness: &Firmness,
        judged: &Verdict,
        first_in_band: Option<&Fraction>,
    ) -> Vec<Vec<Said>> {
        let flip = || {
            let flip = firmness.smallest_flip.as_ref();
            flip.map_or_else(
                || Sentence::of("No move of one weight lets another vendor be first."),
                |flip| {
                    let moved = percent(&flip.moved);
                    Sentence::default().figure(format!(
                        "The smallest move of one weight that lets another vendor be first moves {moved}% of the whole weight."
                    ))
                },
            )
        };
        let told: Vec<Sentence> = match judged {
            Verdict::Undecided => vec![Sentence::of(if card.standing().next().is_none() {
                "No vendor is left to rank."
            } else {
                "First place depends on what is missing or on an open gate."
            })],
            Verdict::CloseCall(reasons) => {
                let of_person =
                    |one: &Reason| matches!(one, Reason::Without(LeftOut::Evaluator(_)));
                let first = reasons.iter().position(of_person);
                // Several people without whom another vendor is first are not told apart here.
                let each = reasons.iter().enumerate();
                each.filter(|(at, one)| !of_person(one) || Some(*at) == first)
                    .map(|(_, one)| self.reason(card, one))
                    .collect()
            }
            Verdict::Firm | Verdict::Probable => {
                let first = first_in_band.zip(card.favourite());
                let drawn =
                    first.map(|(first, leader)| draws::first_in_band(self.names(&[leader]), first));
                std::iter::once(flip()).chain(drawn).collect()
            }
        };
        told.into_iter().map(|one| self.said(one)).collect()
    }

    fn reason(&self, card: &Scorecard, reason: &Reason) -> Sentence {
        match reason {
            Reason::Shared => Sentence::of("Several vendors share first place."),
            Reason::SmallLead { lead } => {
                let asked = self.evaluation.set().rules().close_call();
                let certain = match card.lead() {
                    Some(lead) if !lead.exact => "that is certain ",
                    Some(_) | None => "",
                };
                Sentence::default().figure(format!(
                    "The lead {certain}is {}, below the {} that this criteria set asks.",
                    points_apart_from(lead, asked),
                    counted_points(asked)
                ))
            }
            Reason::Without(LeftOut::Vendor(vendor)) => Sentence::of("Without ")
                .then(self.names(&[*vendor]))
                .say(" another vendor is first."),
            Reason::Without(LeftOut::Evaluator(_)) => {
                Sentence::of("Without the scores of one evaluator another vendor is first.")
            }
        }
    }
}
