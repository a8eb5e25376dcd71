//! The strip of five steps: how far each has come, and its one next action.

use crate::evaluation::{Phase, Prices};
use crate::record::{Dossier, Purge};
use crate::service::{EvaluatorProgress, Opened, Progress, Step, StepState};
use crate::web::pages::ways::Ways;

use super::Fixed;

/// The five steps.
pub(in crate::web::pages) struct Strip {
    pub(in crate::web::pages) steps: Vec<StepView>,
    /// Where everything that happened is told, to whoever may see it.
    pub(in crate::web::pages) timeline: Option<String>,
    /// That the whole evaluation was purged: when, by whom and why.
    pub(in crate::web::pages) emptied: Option<String>,
    /// Where it is said who has which role.
    pub(in crate::web::pages) members: String,
}

/// One step.
pub(in crate::web::pages) struct StepView {
    pub(in crate::web::pages) number: usize,
    pub(in crate::web::pages) title: &'static str,
    /// `done`, `now` or `later`.
    pub(in crate::web::pages) class: &'static str,
    pub(in crate::web::pages) state: &'static str,
    pub(in crate::web::pages) fact: String,
    pub(in crate::web::pages) action: &'static str,
    pub(in crate::web::pages) href: String,
    /// Whether this is the page of the step.
    pub(in crate::web::pages) is_here: bool,
}

impl Strip {
    /// The steps of an evaluation, seen from the page of one of them or from its ranking.
    pub(in crate::web::pages) fn new(opened: &Opened, ways: Ways, here: Option<Step>) -> Self {
        let dossier = opened.dossier();
        let progress = opened.progress();
        let steps = progress.steps.iter().enumerate();
        let is_open = dossier.phase() < Phase::ScoringClosed;
        let is_half_out = is_open && with_sheet(dossier, &progress) < progress.evaluators.len();
        Self {
            timeline: ways
                .timeline
                .then(|| format!("/evaluations/{}/timeline", dossier.id())),
            emptied: dossier.emptied().map(Purge::told),
            members: format!("/evaluations/{}/members", dossier.id()),
            steps: steps
                .map(|(place, &(step, state))| {
                    let (class, state_text) = match state {
                        // Sheets come back already, so the next step has begun; but not everybody has one.
                        StepState::Done if step == Step::HandOut && is_half_out => {
                            ("done", "begun")
                        }
                        StepState::Done => ("done", "done"),
                        StepState::Now => ("now", "now"),
                        StepState::Later => ("later", "later"),
                    };
                    let (action, page) = action(step, state, dossier, &progress);
                    StepView {
                        number: place.saturating_add(1),
                        title: title(step),
                        class,
                        state: state_text,
                        fact: fact(step, dossier, &progress),
                        action,
                        href: format!("/evaluations/{}{page}", dossier.id()),
                        is_here: here == Some(step),
                    }
                })
                .collect(),
        }
    }
}

/// The page of a step, below the evaluation's.
pub(in crate::web::pages) fn page_of(step: Step) -> &'static str {
    match step {
        Step::Method => "/method",
        Step::People => "/people",
        Step::HandOut => "/handout",
        Step::Collect => "/sheets",
        Step::Decide => "/decide",
    }
}

fn title(step: Step) -> &'static str {
    match step {
        Step::Method => "Method",
        Step::People => "Vendors and people",
        Step::HandOut => "Hand out sheets",
        Step::Collect => "Collect and settle",
        Step::Decide => "Decide and record",
    }
}

fn action(
    step: Step,
    state: StepState,
    dossier: &Dossier,
    progress: &Progress,
) -> (&'static str, &'static str) {
    let page = page_of(step);
    let is_done = state == StepState::Done;
    match step {
        Step::Method if is_done => ("Look at the method", page),
        Step::Method if !dossier.set().prices_needed().is_empty() => ("Say the prices", page),
        Step::Method => ("Freeze the method", page),
        Step::People if Fixed::answers(dossier).is_some() => ("Look at the lists", page),
        Step::People if is_done => ("Change the lists", page),
        Step::People => ("List vendors and evaluators", page),
        Step::HandOut if is_done => ("Blank sheets and reminders", page),
        Step::HandOut => ("Hand out the sheets", page),
        Step::Collect if is_done => ("Look at the sheets", page),
        Step::Collect if !dossier.filings().is_empty() && progress.missing() == 0 => {
            ("Close scoring", "/settle#close")
        }
        Step::Collect => ("Upload a sheet", "/sheets#upload"),
        Step::Decide if dossier.prices() == Prices::Sealed => ("Sealed prices", "/prices"),
        Step::Decide if is_done => ("Look at the decision", page),
        Step::Decide => ("Record the decision", page),
    }
}

fn fact(step: Step, dossier: &Dossier, progress: &Progress) -> String {
    let evaluation = dossier.evaluation();
    let evaluators = &progress.evaluators;
    match step {
        Step::Method => method_fact(dossier),
        Step::People => format!(
            "{}, {}",
            counted(evaluation.vendors().len(), "vendor"),
            counted(evaluators.len(), "evaluator")
        ),
        Step::HandOut => {
            let verb = if dossier.phase() < Phase::ScoringClosed {
                "have"
            } else {
                "had"
            };
            match (with_sheet(dossier, progress), evaluators.len()) {
                (_, 0) => "no evaluator listed".to_owned(),
                (some, all) => format!("{some} of {all} {verb} theirs"),
            }
        }
        Step::Collect => collect_fact(dossier, progress),
        Step::Decide => decide_fact(dossier),
    }
}

/// How many have a sheet: whoever has answered has had one, marked or not.
fn with_sheet(dossier: &Dossier, progress: &Progress) -> usize {
    let has_one =
        |one: &&EvaluatorProgress| one.answered > 0 || dossier.handed_out(one.evaluator).is_some();
    progress.evaluators.iter().filter(has_one).count()
}

fn decide_fact(dossier: &Dossier) -> String {
    if let Some(proposal) = dossier.proposal() {
        return format!("proposed, to be confirmed: {}", proposal.what.told());
    }
    match (dossier.decision(), dossier.lock()) {
        (None, None) if dossier.prices() == Prices::Sealed => "prices are sealed".to_owned(),
        (None, None) => "not decided".to_owned(),
        (None, Some(_)) => "locked, not decided".to_owned(),
        (Some(decision), _) => match &decision.vendor {
            Some(vendor) => format!("awarded: {vendor} is chosen"),
            None => "decided: no vendor is chosen".to_owned(),
        },
    }
}

fn method_fact(dossier: &Dossier) -> String {
    let criteria = counted_as(dossier.set().criteria().len(), "criterion", "criteria");
    let needed = dossier.set().prices_needed().len();
    match (dossier.phase(), needed) {
        (Phase::Draft, 0) => format!("{criteria}, not frozen yet"),
        (Phase::Draft, _) => format!("{criteria}, prices to be said"),
        (Phase::Open | Phase::ScoringClosed | Phase::Decided, _) => format!("{criteria}, frozen"),
    }
}

fn collect_fact(dossier: &Dossier, progress: &Progress) -> String {
    let filings = dossier.filings().iter();
    let stand = filings.filter(|filing| filing.withdrawn.is_none()).count();
    let sheets = counted(stand, "sheet");
    match progress.missing() {
        _ if dossier.filings().is_empty() => "no sheet yet".to_owned(),
        0 => format!("{sheets}, nothing missing"),
        missing => format!("{sheets}, {} missing", counted(missing, "answer")),
    }
}

/// A count with its word, `1 sheet` or `2 sheets`.
pub(super) fn counted(count: usize, word: &str) -> String {
    counted_as(count, word, &format!("{word}s"))
}

fn counted_as(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
