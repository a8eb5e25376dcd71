//! How weights are to be drawn, as an address asks for it.

use super::Query;
use crate::scoring::Scorecard;
use crate::scoring::draws::{Plan, scores_for_verdict, scores_looked_at};
use crate::service::{self, FieldProblem};
use crate::web::error::Error;

/// The most draws of one request.
pub(in crate::web) const MOST_DRAWS: u32 = 1_000_000;
/// The most scores that the draws of one request look at, a minute's work or less.
const MOST_SCORES: u64 = 50_000_000_000;
/// The most scores that draws look at while somebody waits for the page, a second's work or less.
const WHILE_WAITING: u64 = 1_000_000_000;
/// The most vendors whose ranks are counted.
const MOST_VENDORS: usize = 1_000;

/// What `draws`, `seed` and `weights` of a query ask for; what is not said is as usual.
pub(in crate::web) fn plan_of(query: &Query) -> Result<Plan, Error> {
    let mut problems = Vec::new();
    let mut plan = Plan::USUAL;
    if let Some(text) = query.get("draws") {
        match text.parse() {
            Ok(draws) if (1..=MOST_DRAWS).contains(&draws) => plan.draws = draws,
            _ => problems.push(too_many(text)),
        }
    }
    if let Some(text) = query.get("seed") {
        match text.parse() {
            Ok(seed) => plan.seed = seed,
            Err(_) => problems.push(FieldProblem {
                field: "seed".to_owned(),
                value: Some(text.to_owned()),
                code: "not-a-number",
                message: "write a whole number from 0, like 1".to_owned(),
            }),
        }
    }
    if let Some(text) = query.get("weights") {
        match text.parse() {
            Ok(weights) => plan.weights = weights,
            Err(why) => problems.push(FieldProblem {
                field: "weights".to_owned(),
                value: Some(text.to_owned()),
                code: "unknown-weights",
                message: format!("{why}"),
            }),
        }
    }
    if problems.is_empty() {
        Ok(plan)
    } else {
        Err(service::Error::Fields(problems).into())
    }
}

/// Refuses draws that would keep the machine busy for more than a minute.
pub(in crate::web) fn demand_in_time(card: &Scorecard, plan: Plan) -> Result<(), service::Error> {
    let scores = scores_looked_at(card, plan);
    if card.vendors.len() <= MOST_VENDORS && scores.max(scores_for_verdict(card)) <= MOST_SCORES {
        return Ok(());
    }
    let draws = plan.draws.to_string();
    let message = "that many draws of so many vendors and criteria take too long here; ask for fewer, or use the command line";
    let draws = Some(draws.as_str());
    Err(service::Error::field(
        "draws",
        draws,
        "too-many-draws",
        message,
    ))
}

/// Whether draws take so long that only a few of them may go on at a time.
pub(in crate::web) fn takes_long(card: &Scorecard, plan: Plan) -> bool {
    plan.draws > Plan::USUAL.draws
        || scores_looked_at(card, plan).max(scores_for_verdict(card)) > WHILE_WAITING
}

fn too_many(text: &str) -> FieldProblem {
    FieldProblem {
        field: "draws".to_owned(),
        value: Some(text.to_owned()),
        code: "draws-out-of-range",
        message: format!("write a whole number from 1 to {MOST_DRAWS}, like 100000"),
    }
}
