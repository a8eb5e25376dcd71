//! `scorecard firmness`: score sheets in, how firm the win is out.

use clap::Args;

use crate::reports;
use crate::scoring::draws::{Plan, Spread};
use crate::scoring::{self, View};

use super::filing::{Filing, LensSetting};
use super::telling::Telling;
use super::{Failure, Streams, progress};

/// The most draws: what is counted is far from what a machine word holds.
const MOST_DRAWS: u32 = 100_000_000;

#[derive(Debug, Args)]
pub(super) struct Firmness {
    #[command(flatten)]
    filing: Filing,
    #[command(flatten)]
    lens: LensSetting,
    /// How many times weights, and what is missing, are drawn.
    #[arg(long, env = "SCORECARD_DRAWS", value_name = "N", hide_env_values = true,
          default_value_t = Plan::USUAL.draws, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_DRAWS)))]
    draws: u32,
    /// Where the draws start; the same seed gives the same result.
    #[arg(
        long,
        env = "SCORECARD_SEED",
        value_name = "N",
        hide_env_values = true,
        default_value_t = Plan::USUAL.seed
    )]
    seed: u64,
    /// How weights are drawn: band:25 is each within 25 percent of the agreed one, uniform is any at all.
    #[arg(long, env = "SCORECARD_WEIGHTS", value_name = "band:PERCENT|uniform", hide_env_values = true,
          default_value_t = Plan::USUAL.weights)]
    weights: Spread,
}

impl Firmness {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let set = self.filing.set(streams)?;
        let lens = self.lens.find(&set)?.cloned();
        let mut telling = Telling::default();
        self.filing.demand_prices(&set, &mut telling);
        let evaluation = self.filing.file_sheets(set, &mut telling, streams)?;
        if !telling.is_clean() {
            return Err(telling.refuse(streams));
        }
        telling.tell(streams);
        let view = View::from(lens.as_ref());
        let card = scoring::rank(&evaluation, lens.as_ref());
        let plan = Plan {
            draws: self.draws,
            seed: self.seed,
            weights: self.weights,
        };
        let assessment = progress::drawing(plan, streams.on_terminal, |progress| {
            scoring::assess_telling(&evaluation, &card, view, plan, progress)
        });
        Ok(reports::firmness_json(
            &evaluation,
            &assessment,
            streams.stdout,
        )?)
    }
}
