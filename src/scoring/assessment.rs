//! How firm a result is, once weights have been drawn too.

use std::sync::Arc;

use crate::evaluation::Evaluation;
use crate::exact::Fraction;

use super::card::Scorecard;
use super::draws::{Drawn, Plan, Progress, draw_telling, first_in_band};
use super::firmness::{Firmness, Verdict, firmness};
use super::opinions::{Opinion, second_opinions};
use super::view::View;

/// How firm a result is: what is computed, what was drawn, and the verdict that rests on both.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// What would have to be different. Its own verdict does not look at draws.
    pub firmness: Arc<Firmness>,
    /// In one word.
    pub verdict: Verdict,
    /// The draws that were asked for.
    pub drawn: Arc<Drawn>,
    /// In which part of the usual draws the vendor in first place is first; `None` without one.
    pub first_in_band: Option<Fraction>,
    /// What other ways to add points up say, which never decides anything.
    pub opinions: Vec<Opinion>,
}

impl Assessment {
    /// Judges; `first_in_band` is the part of the usual draws in which the vendor in first place is first.
    #[must_use]
    pub fn new(
        card: &Scorecard,
        firmness: Arc<Firmness>,
        drawn: Arc<Drawn>,
        first_in_band: Option<Fraction>,
    ) -> Self {
        let verdict = firmness.verdict.clone();
        Self {
            verdict: match &first_in_band {
                Some(first) => verdict.in_draws(first),
                None => verdict,
            },
            firmness,
            drawn,
            opinions: second_opinions(card),
            first_in_band,
        }
    }
}

/// Judges how firm a result is; `card` is the result through the view.
#[must_use]
pub fn assess(evaluation: &Evaluation, card: &Scorecard, view: View, plan: Plan) -> Assessment {
    assess_telling(evaluation, card, view, plan, &Progress::default())
}

/// [`assess`] that says meanwhile how far the draws have got.
#[must_use]
pub fn assess_telling(
    evaluation: &Evaluation,
    card: &Scorecard,
    view: View,
    plan: Plan,
    progress: &Progress,
) -> Assessment {
    let drawn = Arc::new(draw_telling(evaluation, card, view, plan, progress));
    let first = |leader| {
        if plan == Plan::USUAL {
            drawn.first(leader)
        } else {
            first_in_band(evaluation, card, view, leader)
        }
    };
    let first = card.leaders().first().copied().map(first);
    let firmness = Arc::new(firmness(evaluation, card, view));
    Assessment::new(card, firmness, drawn, first)
}
