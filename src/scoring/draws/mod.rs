//! How often who is where when weights are drawn at random: stochastic multicriteria acceptability analysis, SMAA-2
//! (Lahdelma and Salminen 2001).
//!
//! This is the one place in the room where floats are: a draw is no total, and a rank in a draw is no rank of the record. The
//! same seed gives the same bytes on every machine and with any number of threads: words come from a counter, floats see
//! nothing but the four basic operations in a fixed order, and what is added up over draws are whole numbers.

#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "weights are drawn in floats; nothing drawn here becomes a total, a rank, a gate or a tie of the record"
)]

mod block;
mod central;
mod generator;
mod missing;
mod model;
mod pairs;
mod plan;
mod tally;
mod tree;

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread;

use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::Fraction;

use super::card::{ResultStatus, Scorecard};
use super::view::View;

pub use plan::{NotASpread, Plan, Progress, Spread};

use block::Block;
use model::Model;
use tally::Tally;

/// How many draws are made side by side.
const LANES: usize = 64;

/// One whole number for each draw of a block, as wide as a float so that both are worked on together.
type Whole = [u64; LANES];

/// What came of the draws, for each vendor that may stay, in page order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// What was drawn.
    pub plan: Plan,
    /// The vendors.
    pub vendors: Vec<Accepted>,
}

/// How often a vendor was where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The vendor.
    pub vendor: VendorIndex,
    /// By rank, the first one first: in which part of the draws it had it. Those who tie share their ranks.
    pub ranks: Vec<Fraction>,
    /// By criterion: the mean share among the draws in which it was first; `None` if it never was.
    pub central_weights: Option<Vec<Fraction>>,
    /// How often it is first under those, with what is missing drawn; `None` if it never was.
    pub confidence: Option<Fraction>,
    /// By vendor in page order: in which part of the draws it was ahead of it; `None` with more vendors than are compared.
    pub ahead_of: Option<Vec<Fraction>>,
}

impl Drawn {
    /// The part of the draws in which a vendor was first; 0 for one that may not stay.
    #[must_use]
    pub fn first(&self, vendor: VendorIndex) -> Fraction {
        let found = self.vendors.iter().find(|one| one.vendor == vendor);
        let first = found.and_then(|one| one.ranks.first().cloned());
        first.unwrap_or_else(Fraction::zero)
    }
}

/// Draws weights, and what is missing, around a result; `card` is the result through the view.
///
/// Gates and complete price points stay as they are: whoever has failed a gate takes no rank, an open gate counts as passed.
#[must_use]
pub fn draw(evaluation: &Evaluation, card: &Scorecard, view: View, plan: Plan) -> Drawn {
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    draw_on(threads, evaluation, card, view, plan)
}

/// [`draw`] on so many threads, which change nothing but how long it takes.
#[must_use]
pub fn draw_on(
    threads: NonZeroUsize,
    evaluation: &Evaluation,
    card: &Scorecard,
    view: View,
    plan: Plan,
) -> Drawn {
    let work = Work {
        threads,
        plan,
        progress: &Progress::default(),
    };
    work.draw(evaluation, card, view)
}

/// [`draw`] that says meanwhile how far it has got.
#[must_use]
pub fn draw_telling(
    evaluation: &Evaluation,
    card: &Scorecard,
    view: View,
    plan: Plan,
    progress: &Progress,
) -> Drawn {
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let work = Work {
        threads,
        plan,
        progress,
    };
    work.draw(evaluation, card, view)
}

/// In which part of the [usual draws](Plan::USUAL) a vendor is first, which the verdict asks.
#[must_use]
pub fn first_in_band(
    evaluation: &Evaluation,
    card: &Scorecard,
    view: View,
    vendor: VendorIndex,
) -> Fraction {
    let work = Work {
        threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        plan: Plan::USUAL,
        progress: &Progress::default(),
    };
    let model = Model::of(evaluation, card, view, work.plan.weights);
    let tally = work.tally(&model);
    let mut vendors = model.vendors.iter();
    let at = vendors.position(|one| one.index == vendor);
    let ranks = at.map(|at| tally.ranks(at, work.plan.draws));
    let first = ranks.and_then(|ranks| ranks.into_iter().next());
    first.unwrap_or_else(Fraction::zero)
}

/// How many scores the draws look at that the verdict asks; none while nobody is first.
#[must_use]
pub fn scores_for_verdict(card: &Scorecard) -> u64 {
    if card.leaders().is_empty() {
        return 0;
    }
    let cells = card.vendors.iter().map(|vendor| vendor.criteria.len());
    let cells = cells.fold(0, usize::saturating_add);
    u64::from(Plan::USUAL.draws).saturating_mul(u64::try_from(cells).unwrap_or(u64::MAX))
}

/// How many scores the draws look at, which is what the time they take grows with.
#[must_use]
pub fn scores_looked_at(card: &Scorecard, plan: Plan) -> u64 {
    let cells = card.vendors.iter().map(|vendor| vendor.criteria.len());
    let cells = cells.fold(0, usize::saturating_add);
    let is_missing = card.status == ResultStatus::Provisional;
    let times = if is_missing { card.vendors.len() } else { 0 };
    let each = cells.saturating_mul(times.saturating_add(1));
    u64::from(plan.draws).saturating_mul(u64::try_from(each).unwrap_or(u64::MAX))
}

/// What is to be done, and who does it.
#[derive(Clone, Copy)]
struct Work<'p> {
    threads: NonZeroUsize,
    plan: Plan,
    progress: &'p Progress,
}

impl Work<'_> {
    fn draw(self, evaluation: &Evaluation, card: &Scorecard, view: View) -> Drawn {
        let plan = self.plan;
        let model = Model::of(evaluation, card, view, plan.weights);
        let again = if model.draws_scores() {
            model.vendors.len()
        } else {
            0
        };
        self.progress.expect(plan.draws, again.saturating_add(1));
        let tally = self.tally(&model);
        let central = central::weights(&model, &tally);
        let confidence = central::confidence(self, &model, &central);
        let vendors = model
            .vendors
            .iter()
            .enumerate()
            .map(|(at, vendor)| Accepted {
                vendor: vendor.index,
                ranks: tally.ranks(at, plan.draws),
                central_weights: central.get(at).cloned().flatten(),
                confidence: confidence.get(at).cloned().flatten(),
                ahead_of: tally.ahead_of(at, plan.draws),
            });
        Drawn {
            plan,
            vendors: vendors.collect(),
        }
    }

    fn tally(self, model: &Model) -> Tally {
        self.on_all(
            || Tally::new(model),
            |tally, block, live| {
                block.draw(self.plan);
                tally.count(model, block, live);
            },
            model,
        )
    }
}

/// What is counted on several threads and then added up. Adding must not depend on the order.
trait Count: Send {
    fn add(&mut self, other: Self);
}

impl Work<'_> {
    /// Runs a job on every block of draws, with how many of its lanes count, and adds up what the threads counted.
    fn on_all<'m, C: Count>(
        self,
        empty: impl Fn() -> C + Sync,
        job: impl Fn(&mut C, &mut Block<'m>, usize) + Sync,
        model: &'m Model,
    ) -> C {
        let (threads, progress) = (self.threads, self.progress);
        let draws = usize::try_from(self.plan.draws).unwrap_or(usize::MAX);
        let run = |from: usize| {
            let (mut count, mut block) = (empty(), Block::new(model));
            for number in (from..draws.div_ceil(LANES)).step_by(threads.get()) {
                let first = number.saturating_mul(LANES);
                block.start(first);
                let live = LANES.min(draws.saturating_sub(first));
                job(&mut count, &mut block, live);
                progress.add(live);
            }
            count
        };
        thread::scope(|scope| {
            let run = &run;
            let others: Vec<_> = (1..threads.get())
                .map(|from| scope.spawn(move || run(from)))
                .collect();
            let mut all = run(0);
            for other in others {
                match other.join() {
                    Ok(count) => all.add(count),
                    // It has found a mistake in this program, and without its part the counts would be wrong.
                    Err(panic) => resume_unwind(panic),
                }
            }
            all
        })
    }
}
