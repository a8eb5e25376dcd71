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
mod tally;
mod tree;

use std::num::NonZeroUsize;
use std::thread;

use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::Fraction;

use super::card::Scorecard;
use super::view::View;

use block::Block;
use model::Model;
use tally::Tally;

/// How many draws are made side by side.
const LANES: usize = 64;

/// How weights are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Each weight times a number drawn from within so many percent of 1, then each group of siblings brought back to its whole.
    Band(u8),
    /// All shares of the criteria alike likely, as if nothing were known about weights but which of them are none.
    Uniform,
}

impl std::fmt::Display for Spread {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Band(percent) => write!(out, "band:{percent}"),
            Self::Uniform => out.write_str("uniform"),
        }
    }
}

/// What is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How many draws.
    pub draws: u32,
    /// Where the counter starts.
    pub seed: u64,
    /// How weights are drawn.
    pub weights: Spread,
}

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
    let model = Model::of(evaluation, card, view, plan.weights);
    let tally = on_all(
        threads,
        plan,
        || Tally::new(&model),
        |tally, block, live| {
            block.draw(plan);
            tally.count(&model, block, live);
        },
        &model,
    );
    let central = central::weights(&model, &tally);
    let confidence = central::confidence(threads, &model, plan, &central);
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

/// What is counted on several threads and then added up. Adding must not depend on the order.
trait Count: Send {
    fn add(&mut self, other: Self);
}

/// Runs a job on every block of draws, with how many of its lanes count, and adds up what the threads counted.
fn on_all<'m, C: Count>(
    threads: NonZeroUsize,
    plan: Plan,
    empty: impl Fn() -> C + Sync,
    job: impl Fn(&mut C, &mut Block<'m>, usize) + Sync,
    model: &'m Model,
) -> C {
    let draws = usize::try_from(plan.draws).unwrap_or(usize::MAX);
    let run = |from: usize| {
        let (mut count, mut block) = (empty(), Block::new(model));
        for number in (from..draws.div_ceil(LANES)).step_by(threads.get()) {
            let first = number.saturating_mul(LANES);
            block.start(first);
            job(
                &mut count,
                &mut block,
                LANES.min(draws.saturating_sub(first)),
            );
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
            // A thread that panicked has found a mistake in this program; nothing in the code above panics.
            if let Ok(count) = other.join() {
                all.add(count);
            }
        }
        all
    })
}
