//! How firm a result is: what would have to be different for somebody else to be first.
//!
//! Nothing here is drawn at random or sampled: intervals, breakpoints and flips are computed, and ranking again at and just
//! beyond them confirms them. Gates stay as the record decided them, except where a vendor or an evaluator is left out.

mod dominance;
mod leave_out;
mod mix;
mod never_first;
mod polynomial;
mod profile;
mod rational;
mod score_flip;
mod simplex;
mod stability;
mod verdict;

pub use dominance::{Dominated, dominated};
pub(super) use leave_out::gate_changes;
pub use leave_out::{GateChange, LeaveOut, LeftOut, leave_outs, without_evaluator, without_vendor};
pub use mix::{Mix, Stretch, mix};
pub use never_first::never_first;
pub use score_flip::{ScoreFlip, smallest_score_flip};
pub use stability::{Limit, SmallestFlip, Stability, smallest_flip, stability};
pub use verdict::{FIRM_FROM, FIRM_IN, Reason, Verdict, verdict};

use crate::evaluation::{Evaluation, VendorIndex};

use super::card::Scorecard;
use super::view::View;

/// How firm a result is.
#[derive(Debug, Clone)]
pub struct Firmness {
    /// In one word, with what it rests on.
    pub verdict: Verdict,
    /// By node: how far its share may move; none while first place is undecided.
    pub stability: Vec<Stability>,
    /// The least of those moves that lets another be first.
    pub smallest_flip: Option<SmallestFlip>,
    /// The least change of one collapsed score that lets another be first.
    pub smallest_score_flip: Option<ScoreFlip>,
    /// The vendors that another one is at least as good as everywhere, and better somewhere.
    pub dominated: Vec<Dominated>,
    /// The vendors that are first under no weights at all; `None` where what applies differs between vendors.
    pub never_first: Option<Vec<VendorIndex>>,
    /// What leaving out one vendor or one evaluator comes to.
    pub leave_outs: Vec<LeaveOut>,
}

/// How firm a result is, looked at through a view; `card` is the result through it.
#[must_use]
pub fn firmness(evaluation: &Evaluation, card: &Scorecard, view: View) -> Firmness {
    let set = evaluation.set();
    let weighting = view.weighting(set);
    let stability = stability(set, card, &weighting);
    let smallest_flip = smallest_flip(&stability);
    let leave_outs = leave_outs(evaluation, card, view);
    let close_call = set.rules().close_call().into();
    Firmness {
        verdict: verdict(card, &close_call, smallest_flip.as_ref(), &leave_outs),
        smallest_score_flip: smallest_score_flip(set, card),
        dominated: dominated(card),
        never_first: never_first(card),
        stability,
        smallest_flip,
        leave_outs,
    }
}

/// The positions of the criteria that weigh something to somebody.
fn weighed(card: &Scorecard) -> Vec<usize> {
    let all = card.vendors.first().map_or(0, |first| first.criteria.len());
    let weighs = |at: &usize| {
        let mut cells = card
            .vendors
            .iter()
            .filter_map(|vendor| vendor.criteria.get(*at));
        cells.any(|cell| !cell.share.is_zero())
    };
    (0..all).filter(weighs).collect()
}
