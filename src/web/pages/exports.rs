//! What can be saved: the ranking and the scores as CSV, and the report as one file.

use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, HeaderName};
use actix_web::{HttpResponse, web};

use crate::accounts::{Action, may};
use crate::reports::{self, Detail};
use crate::service::{self, Opened};
use crate::table::Separator;
use crate::web::{Caller, Error, State};

use super::{Address, View};

/// Carries the last event of the record, `seq:hash`.
const RECORD: HeaderName = HeaderName::from_static("scorecard-record");

pub(in crate::web) async fn ranking(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let (opened, separator) = (results(&state, caller, &address).await?, separator(&view)?);
    let lens = opened.lens(view.lens.as_deref())?;
    let card = opened.scorecard(lens);
    let published = reports::publish(opened.dossier().evaluation(), &card, Detail::Ranking);
    let bytes = reports::ranking_csv(&published, separator);
    Ok(saved(
        &opened,
        "ranking.csv",
        "text/csv; charset=utf-8",
        bytes,
    ))
}

pub(in crate::web) async fn scores(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let (opened, separator) = (results(&state, caller, &address).await?, separator(&view)?);
    let bytes = reports::scores_csv(opened.dossier().evaluation(), separator);
    Ok(saved(
        &opened,
        "scores.csv",
        "text/csv; charset=utf-8",
        bytes,
    ))
}

pub(in crate::web) async fn report(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
    view: web::Query<View>,
) -> Result<HttpResponse, Error> {
    let opened = results(&state, caller, &address).await?;
    let lens = opened.lens(view.lens.as_deref())?;
    let card = opened.scorecard(lens);
    let published = reports::publish(opened.dossier().evaluation(), &card, Detail::Full);
    let html = reports::html(&published).map_err(|_| Error::Broken)?;
    Ok(saved(
        &opened,
        "report.html",
        "text/html; charset=utf-8",
        html.into_bytes(),
    ))
}

/// The evaluation, if its results may be seen.
async fn results(state: &State, caller: Caller, address: &Address) -> Result<Arc<Opened>, Error> {
    let (actor, id) = (caller.actor(), address.id()?);
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    may(actor, Action::SeeResults, opened.dossier().object()).map_err(service::Error::from)?;
    Ok(opened)
}

fn separator(view: &View) -> Result<Separator, Error> {
    match view.sep.as_deref() {
        None | Some("comma") => Ok(Separator::Comma),
        Some("semicolon") => Ok(Separator::Semicolon),
        Some(other) => {
            let message = "write sep=comma or sep=semicolon";
            Err(service::Error::field("sep", Some(other), "unknown-separator", message).into())
        }
    }
}

fn saved(opened: &Opened, name: &str, content_type: &'static str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .insert_header((RECORD, opened.dossier().head().to_string()))
        .content_type(content_type)
        .body(bytes)
}
