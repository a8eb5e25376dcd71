//! The five steps of an evaluation, one page each: method, people, hand out, collect and settle, decide.

pub(in crate::web) mod collect;
pub(in crate::web) mod decide;
mod fixed;
pub(in crate::web) mod handout;
pub(in crate::web) mod judgements;
mod letter;
pub(in crate::web) mod method;
mod mistakes;
pub(in crate::web) mod people;
pub(in crate::web) mod prices;
pub(in crate::web) mod revise;
pub(in crate::web) mod settle;
mod strip;
pub(in crate::web) mod swing;
pub(in crate::web) mod tailor;
mod typed;

use fixed::Forms;

pub(super) use fixed::Fixed;
pub(super) use letter::reminder;
pub(super) use mistakes::Mistakes;
pub(super) use strip::{Strip, page_of};
pub(super) use typed::Typed;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Deserialize;

use crate::record::EvaluationId;
use crate::service::{Opened, Step};
use crate::web::Error;

use super::home::{kind_text, stage_text};
use super::see;
use super::ways::Ways;
use crate::accounts::Actor;
use crate::evaluation::Prices;
use crate::record::Dossier;

/// What stands around the page of a step.
pub(super) struct Around<'a> {
    pub(super) title: &'a str,
    /// The page of the evaluation.
    pub(super) here: String,
    pub(super) facts: String,
    pub(super) strip: Strip,
    pub(super) ways: Ways,
    /// Which forms would be taken as things stand.
    pub(super) forms: Forms,
    /// Why nothing here changes any more.
    pub(super) fixed: Option<Fixed>,
    /// What was done just now.
    pub(super) notice: Option<&'static str>,
    pub(super) mistakes: Mistakes,
    /// What was typed into a form that could not be taken.
    pub(super) typed: Typed,
    pub(super) head: String,
}

/// What was done just now, as the address says it after a form.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

impl Done {
    /// What is said without an address.
    fn of(done: &str) -> Self {
        Self {
            done: Some(done.to_owned()),
        }
    }
}

impl<'a> Around<'a> {
    pub(super) fn new(opened: &'a Opened, actor: Actor, step: Step, answer: &Answer) -> Self {
        let ways = Ways::of(actor, opened);
        let dossier = opened.dossier();
        let set = dossier.set();
        Self {
            title: dossier.title(),
            here: format!("/evaluations/{}", dossier.id()),
            facts: format!(
                "{} · {}, version {} · {}",
                kind_text(dossier.kind()),
                set.title(),
                set.version(),
                state_text(dossier),
            ),
            strip: Strip::new(opened, ways, Some(step)),
            ways,
            forms: Forms::of(actor, dossier),
            fixed: Fixed::on(step, dossier),
            notice: answer.notice(),
            mistakes: answer.mistakes(),
            typed: answer.typed(),
            head: dossier.head().to_string(),
        }
    }
}

/// How far it has come, and whether something is sealed.
fn state_text(dossier: &Dossier) -> String {
    let phase = stage_text(dossier.stage());
    match dossier.prices() {
        Prices::Shown => phase.to_owned(),
        Prices::Sealed => format!("{phase}, prices are sealed"),
        Prices::Opened => format!("{phase}, prices are opened"),
    }
}

/// Why the page of a step is shown.
pub(super) enum Answer {
    /// Somebody looks at it; perhaps after a form was taken.
    Look(Done),
    /// What a form would do is shown, with what was typed.
    Shown(Typed),
    /// A form could not be taken: the page comes again with what was typed.
    Again(Mistakes, Typed),
}

/// The page is only looked at.
pub(super) fn looked_at() -> Answer {
    Answer::Look(Done::default())
}

impl Answer {
    fn status(&self) -> StatusCode {
        match self {
            Self::Look(_) | Self::Shown(_) => StatusCode::OK,
            Self::Again(..) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    fn mistakes(&self) -> Mistakes {
        match self {
            Self::Look(_) | Self::Shown(_) => Mistakes::default(),
            Self::Again(mistakes, _) => mistakes.clone(),
        }
    }

    fn typed(&self) -> Typed {
        match self {
            Self::Look(_) => Typed::default(),
            Self::Shown(typed) | Self::Again(_, typed) => typed.clone(),
        }
    }

    fn notice(&self) -> Option<&'static str> {
        match self {
            Self::Again(..) | Self::Shown(_) => None,
            Self::Look(done) => notice(done.done.as_deref()?),
        }
    }
}

/// What a word in the address says was done; other words say nothing.
fn notice(done: &str) -> Option<&'static str> {
    Some(match done {
        "started" => "The evaluation is started.",
        "set" => "The criteria set is chosen.",
        "own" => "Your criteria are taken. Look at them before you freeze the method.",
        "prices" => "The prices are saved.",
        "swung" => "The weights are taken; they are a new version of the criteria set.",
        "weighed" => {
            "The weights are taken; they are a new version of the criteria set, and what was said is on record."
        }
        "tailored" => {
            "The weights are taken; they are a criteria set of this evaluation's own, with a hash of its own."
        }
        "frozen" => "The method is frozen: sheets can come in.",
        "unfrozen" => "The method is open again.",
        "vendors" => "The list of vendors is saved.",
        "evaluators" => "The list of evaluators is saved.",
        "assigned" => "Who scores what is saved.",
        "invited" => "The personal links are made. They are shown this once: copy them now.",
        "ended" => "The personal link works no more.",
        "handed-out" => "It is noted who has a sheet.",
        "withdrawn" => "The sheet is taken back; the answers it had replaced stand again.",
        "restored" => "The sheet stands again.",
        "excluded" => "The vendor is excluded; its scores stay on record.",
        "readmitted" => "The vendor is admitted again.",
        "recused" => "The evaluator is recused; their answers do not count there.",
        "returned" => "The evaluator's answers count again.",
        "closed" => "Scoring is closed: no answer changes any more.",
        "reopened" => "Scoring is open again.",
        "opened" => "The prices are opened: they count from here on, and quality stays as it is.",
        "decided" => "The decision is recorded.",
        "proposed" => "It is proposed; another owner of this evaluation confirms it.",
        "confirmed" => "It is confirmed, and done in both names.",
        "dropped" => "The proposal is taken back.",
        "purged" => {
            "What was to be purged is gone; its digest, and who did it when and why, stay on record."
        }
        "retained" => "It is on record until when everything is kept.",
        "locked" => "The result is locked: nothing it is made of changes.",
        "unlocked" => "The result is unlocked.",
        "revised" => "The method is revised; the answers stand under the new version.",
        "taken-back" => "The decision is taken back.",
        _ => return None,
    })
}

/// After a form: on to a page that says what was done, or the mistakes to show with the page once more.
enum Outcome {
    Gone(HttpResponse),
    Again(Mistakes),
}

/// Goes on to the page of a step; mistakes in what was typed are shown there, any other refusal has a page of its own.
fn outcome(
    result: Result<&'static str, Error>,
    id: &EvaluationId,
    page: &str,
) -> Result<Outcome, Error> {
    match result {
        Ok(done) => Ok(Outcome::Gone(see(&format!(
            "/evaluations/{id}/{page}?done={done}"
        )))),
        Err(error) => Mistakes::of(error).map(Outcome::Again),
    }
}
