//! Uploading sheets: what became of each file, what is asked about it, and taking one back.

mod answers;
mod ask;
mod attempt;
mod columns;
pub(in crate::web) mod one;
mod others;
mod outcome;
mod problems;
mod terms;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::Action;
use crate::record::EvaluationId;
use crate::reports::filters;
use crate::service;
use crate::web::download::{download, download_marked};
use crate::web::held::HeldFile;
use crate::web::{Caller, Error, Layout, Posted, State, Uploaded, page_with_status};

use super::{Address, see};
use attempt::attempt_all;

pub(super) use attempt::Job;
pub(super) use others::{Asked, pairs};
pub(super) use outcome::{Outcome, What};
pub(super) use terms::Terms;

#[derive(Template)]
#[template(path = "pages/uploaded.html")]
struct Answer {
    layout: Layout,
    title: String,
    here: String,
    outcomes: Vec<Outcome>,
    /// The word for what else is on the page; `None` if nothing is.
    others: Option<String>,
    /// How many can be filed together.
    ready: usize,
    /// What a column can be: the word of the form, and in words.
    roles: [(&'static str, &'static str); 7],
    evaluators: Vec<String>,
}

/// Which sheet.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct SheetAddress {
    id: String,
    number: u32,
}

/// Why something is taken back.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Reason {
    reason: String,
}

/// Looks at files that have just come; nothing is filed before it was seen.
pub(in crate::web) async fn upload(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    let terms = Terms::of(&uploaded.texts()).unseen();
    let jobs: Vec<Job> = uploaded
        .into_files()
        .into_iter()
        .map(|file| Job {
            file: HeldFile {
                name: file.name,
                bytes: file.bytes.into(),
                is_typed: false,
            },
            terms: terms.clone(),
            is_fresh: true,
        })
        .collect();
    if jobs.is_empty() {
        let message = "no file was chosen; choose at least one";
        return Err(service::Error::field("file", None, "file-missing", message).into());
    }
    let asked = Asked::about(jobs);
    answer(&state, caller, &request, address.id()?, asked).await
}

/// Shows what a file would do that was made of what somebody typed in the page.
pub(in crate::web::pages) async fn preview(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: EvaluationId,
    file: HeldFile,
) -> Result<HttpResponse, Error> {
    let asked = Asked::about(vec![Job {
        file,
        terms: Terms::default(),
        is_fresh: false,
    }]);
    answer(state, caller, request, id, asked).await
}

/// Goes on with a file that was sent before, as it was answered what it is; files it if what it does was seen.
pub(in crate::web) async fn go_on(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let id = address.id()?;
    let asked = Asked::of(&id, &fields, state.held());
    answer(&state, caller, &request, id, asked).await
}

/// The file that was sent before, with what is wrong with it in a column of its own.
pub(in crate::web) async fn marked(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let id = address.id()?;
    let terms = Terms::of(&pairs(&fields)).unseen();
    let Some(file) = state.held().find(&id, terms.held()) else {
        let asked = Asked::of(&id, &fields, state.held());
        return answer(&state, caller, &request, id, asked).await;
    };
    let (actor, upload) = (caller.actor(), terms.upload(&file));
    let (marked, _) = state
        .read(move |service| service.mark_problems(actor, &id, &upload))
        .await?;
    Ok(download_marked(&file.name, marked))
}

async fn answer(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: EvaluationId,
    asked: Asked,
) -> Result<HttpResponse, Error> {
    let (opened, outcomes) = outcomes(state, caller, id.clone(), asked).await?;
    let status = if outcomes.iter().any(Outcome::is_refused) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let dossier = opened.dossier();
    let page = Answer {
        layout: state.layout(),
        title: dossier.title().to_owned(),
        here: format!("/evaluations/{id}"),
        roles: columns::ROLES,
        evaluators: dossier
            .scorers()
            .map(|one| dossier.evaluation().evaluator_name(one).to_owned())
            .collect(),
        others: others::keep(&id, &outcomes, state.held()),
        ready: outcomes.iter().filter_map(Outcome::confirmation).count(),
        outcomes,
    };
    page_with_status(request, status, &page)
}

/// Looks at files, or files them, and tells what became of each.
pub(in crate::web::pages) async fn outcomes(
    state: &State,
    caller: Caller,
    id: EvaluationId,
    asked: Asked,
) -> Result<(Arc<service::Opened>, Vec<Outcome>), Error> {
    let (actor, of, holding) = (caller.actor(), id, Arc::clone(state.held()));
    let work = move |service: &service::Service| {
        service.demand_role(actor, Action::FileSheet, &of)?;
        let (opened, attempts) = attempt_all(service, actor, &of, asked.jobs)?;
        let attempts = attempts.into_iter();
        let outcomes = attempts.map(|attempt| Outcome::new(attempt, &of, &opened, &holding));
        let gone = asked.gone.iter().map(Outcome::gone);
        let outcomes = together(gone.chain(outcomes).collect());
        Ok((opened, outcomes))
    };
    state.read(work).await
}

/// The outcomes of one page: no tab is offered that is on it.
fn together(mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
    let shown = outcomes.iter();
    let shown: Vec<(String, String)> = shown
        .map(|outcome| (outcome.file_name.clone(), outcome.tab.clone()))
        .collect();
    for outcome in &mut outcomes {
        outcome.leave_tabs(&shown);
    }
    outcomes
}

pub(in crate::web) async fn withdraw(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<SheetAddress>,
    Posted(why): Posted<Reason>,
) -> Result<HttpResponse, Error> {
    let (actor, id, number) = (caller.actor(), address.id()?, address.number);
    let back = format!("/evaluations/{id}/sheets?done=withdrawn#sheets");
    state
        .work(move |service| service.withdraw_sheet(actor, &id, number, &why.reason))
        .await?;
    Ok(see(&back))
}

pub(in crate::web) async fn restore(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<SheetAddress>,
    Posted(why): Posted<Reason>,
) -> Result<HttpResponse, Error> {
    let (actor, id, number) = (caller.actor(), address.id()?, address.number);
    let back = format!("/evaluations/{id}/sheets?done=restored#sheets");
    state
        .work(move |service| service.restore_sheet(actor, &id, number, &why.reason))
        .await?;
    Ok(see(&back))
}

/// The file as it came, under the name it came with.
pub(in crate::web) async fn original(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<SheetAddress>,
) -> Result<HttpResponse, Error> {
    let (actor, id, number) = (caller.actor(), address.id()?, address.number);
    let (filing, bytes) = state
        .work(move |service| service.original(actor, &id, number))
        .await?;
    Ok(download(
        &filing.file_name,
        "application/octet-stream",
        bytes,
    ))
}

impl SheetAddress {
    fn id(&self) -> Result<EvaluationId, Error> {
        self.id.parse().map_err(|_| Error::NotFound)
    }
}
