//! `scorecard firmness`: score sheets in, how firm the win is out.

use clap::Args;
use thiserror::Error;

use crate::evaluation::Evaluation;
use crate::reports;
use crate::scoring::draws::{Drawn, Plan, Spread, draw};
use crate::scoring::{self, Scorecard, View, firmness};

use super::filing::{Filing, LensSetting};
use super::telling::Telling;
use super::{Failure, Streams};

/// The most draws: what is counted is far from what a machine word holds.
const MOST_DRAWS: u32 = 100_000_000;
/// The band the verdict looks at where weights are not drawn in one.
const BAND: Spread = Spread::Band(25);

#[derive(Debug, Args)]
pub(super) struct Firmness {
    #[command(flatten)]
    filing: Filing,
    #[command(flatten)]
    lens: LensSetting,
    /// How many times weights, and what is missing, are drawn.
    #[arg(long, env = "SCORECARD_DRAWS", value_name = "N", hide_env_values = true,
          default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_DRAWS)))]
    draws: u32,
    /// Where the draws start; the same seed gives the same result.
    #[arg(
        long,
        env = "SCORECARD_SEED",
        value_name = "N",
        hide_env_values = true,
        default_value_t = 1
    )]
    seed: u64,
    /// How weights are drawn: band:25 is each within 25 percent of the agreed one, uniform is any at all.
    #[arg(long, env = "SCORECARD_WEIGHTS", value_name = "band:PERCENT|uniform", hide_env_values = true,
          default_value_t = BAND, value_parser = spread)]
    weights: Spread,
}

/// Why a text is no way to draw weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
enum NotASpread {
    #[error("write band: and a whole number of percent from 1 to 100, like band:25, or uniform")]
    Shape,
}

fn spread(text: &str) -> Result<Spread, NotASpread> {
    if text == "uniform" {
        return Ok(Spread::Uniform);
    }
    let percent = text.strip_prefix("band:").ok_or(NotASpread::Shape)?;
    let is_plain = percent.bytes().all(|byte| byte.is_ascii_digit());
    match percent.parse() {
        Ok(percent) if is_plain && (1..=100).contains(&percent) => Ok(Spread::Band(percent)),
        _ => Err(NotASpread::Shape),
    }
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
        let drawn = draw(&evaluation, &card, view, plan);
        let mut firmness = firmness::firmness(&evaluation, &card, view);
        let leader = card.leaders().first().copied();
        let first = leader.map(|leader| in_band(&evaluation, &card, view, &drawn).first(leader));
        if let Some(first) = &first {
            firmness.verdict = firmness.verdict.in_draws(first);
        }
        Ok(reports::firmness_json(
            &evaluation,
            &firmness,
            &drawn,
            first.as_ref(),
            streams.stdout,
        )?)
    }
}

/// The draws around the agreed weights, which the verdict looks at.
fn in_band(evaluation: &Evaluation, card: &Scorecard, view: View, drawn: &Drawn) -> Drawn {
    match drawn.plan.weights {
        Spread::Band(_) => drawn.clone(),
        Spread::Uniform => {
            let weights = BAND;
            draw(
                evaluation,
                card,
                view,
                Plan {
                    weights,
                    ..drawn.plan
                },
            )
        }
    }
}
