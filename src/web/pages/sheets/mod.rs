//! Uploading sheets: what became of each file, what is asked about it, and taking one back.

mod ask;
mod attempt;
pub(in crate::web) mod one;
mod outcome;
mod problems;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Action, may};
use crate::record::EvaluationId;
use crate::service;
use crate::web::download::download;
use crate::web::held::HeldFile;
use crate::web::{Caller, Error, Layout, Posted, State, Uploaded, page_with_status};

use super::{Address, see};
use attempt::{Terms, attempt_all};
use outcome::{Outcome, What};

#[derive(Template)]
#[template(path = "pages/uploaded.html")]
struct Answer {
    layout: Layout,
    title: String,
    here: String,
    outcomes: Vec<Outcome>,
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

pub(in crate::web) async fn upload(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    let terms = Terms::of(&uploaded.texts());
    let files: Vec<HeldFile> = uploaded
        .into_files()
        .into_iter()
        .map(|file| HeldFile {
            name: file.name,
            bytes: file.bytes.into(),
        })
        .collect();
    if files.is_empty() {
        let message = "no file was chosen; choose at least one";
        return Err(service::Error::field("file", None, "file-missing", message).into());
    }
    answer(&state, caller, &request, address.id()?, files, terms).await
}

/// Goes on with a file that was sent before, as it was answered what it is.
pub(in crate::web) async fn go_on(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let id = address.id()?;
    let terms = Terms::of(&pairs(&fields));
    match state.held().find(&id, terms.held()) {
        Some(file) => answer(&state, caller, &request, id, vec![file], terms).await,
        None => answer(&state, caller, &request, id, Vec::new(), terms).await,
    }
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
    let terms = Terms::of(&pairs(&fields));
    let Some(file) = state.held().find(&id, terms.held()) else {
        return answer(&state, caller, &request, id, Vec::new(), terms).await;
    };
    let (actor, of, upload) = (caller.actor(), id.clone(), terms.upload(&file));
    let marked = state
        .work(move |service| service.mark_problems(actor, &of, &upload))
        .await?;
    let stem = file.name.rsplit_once('.').map_or("sheet", |(stem, _)| stem);
    match marked {
        Some(bytes) => Ok(download(
            &format!("{stem}-problems.csv"),
            "text/csv; charset=utf-8",
            bytes,
        )),
        None => answer(&state, caller, &request, id, vec![file], terms).await,
    }
}

fn pairs(fields: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> + Clone {
    fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
}

async fn answer(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    id: EvaluationId,
    files: Vec<HeldFile>,
    terms: Terms,
) -> Result<HttpResponse, Error> {
    let (actor, of) = (caller.actor(), id.clone());
    let (opened, attempts) = state
        .work(move |service| attempt_all(service, actor, &of, files, &terms))
        .await?;
    let outcomes = attempts.into_iter();
    let mut outcomes: Vec<Outcome> = outcomes
        .map(|attempt| Outcome::new(attempt, &id, &opened, state.held()))
        .collect();
    if may(actor, Action::SeeResults, opened.dossier().object()).is_err() {
        outcomes.iter_mut().for_each(Outcome::keep_back);
    }
    if outcomes.is_empty() {
        outcomes.push(Outcome::gone());
    }
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
        roles: ask::ROLES,
        evaluators: dossier
            .scorers()
            .map(|one| dossier.evaluation().evaluator_name(one).to_owned())
            .collect(),
        outcomes,
    };
    page_with_status(request, status, &page)
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
