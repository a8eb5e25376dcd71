//! Results as files: the ranking and the scores as CSV, the result as JSON, the report as one HTML file.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{self, ServiceConfig, get, resource};
use actix_web::{HttpRequest, HttpResponse};

use crate::criteria::Lens;
use crate::record::Dossier;
use crate::reports::{self, Detail, Imprint};
use crate::service::{self, Opened};
use crate::table::bundle::ZIP;
use crate::table::workbook::XLSX;
use crate::table::{CSV, Separator};

use super::caller::Caller;
use super::download::{download, file_stem};
use super::error::Error;
use super::state::State;
use super::take::{At, Query};

/// The header that names the last event of the record a result was made from.
pub(super) const RECORD: &str = "scorecard-record";

/// Every address of a file to save.
pub(super) fn routes(service: &mut ServiceConfig) {
    let at = |name: &str| resource(format!("/evaluations/{{id}}/{name}"));
    service
        .service(at("ranking.csv").route(get().to(ranking_csv)))
        .service(at("scores.csv").route(get().to(scores_csv)))
        .service(at("ranking.xlsx").route(get().to(ranking_xlsx)))
        .service(at("scores.xlsx").route(get().to(scores_xlsx)))
        .service(at("bundle.zip").route(get().to(bundle)))
        .service(at("ranking.json").route(get().to(ranking_json)))
        .service(at("report.html").route(get().to(report)));
}

/// The ranking for procurement.
pub(super) async fn ranking_csv(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &["lens", "sep"])?;
    let separator = separator_of(&query)?;
    let lens = query.get("lens").map(str::to_owned);
    saved(&state, caller, at, CSV, move |opened| {
        let lens = opened.lens(lens.as_deref())?;
        let card = opened.scorecard(lens);
        let published = reports::publish(opened.dossier().evaluation(), &card, Detail::Ranking);
        let name = name(opened.dossier(), "ranking", lens, "csv");
        Ok((name, reports::ranking_csv(&published, separator)))
    })
    .await
}

/// The scores, which upload back to the same result.
pub(super) async fn scores_csv(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let separator = separator_of(&Query::of(&request, &["sep"])?)?;
    saved(&state, caller, at, CSV, move |opened| {
        let dossier = opened.dossier();
        let bytes = reports::scores_csv(dossier.evaluation(), separator);
        Ok((name(dossier, "scores", None, "csv"), bytes))
    })
    .await
}

/// The scores as a workbook, which uploads back to the same result.
pub(super) async fn scores_xlsx(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    Query::of(&request, &[])?;
    let now = state.service().now();
    saved(&state, caller, at, XLSX, move |opened| {
        let dossier = opened.dossier();
        let bytes = reports::scores_xlsx(dossier.evaluation(), now);
        let bytes = bytes.map_err(service::Error::from)?;
        Ok((name(dossier, "scores", None, "xlsx"), bytes))
    })
    .await
}

/// The ranking as a workbook that recomputes itself.
pub(super) async fn ranking_xlsx(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let lens = lens_of(&request)?;
    let (now, no_login) = (state.service().now(), state.no_login());
    saved(&state, caller, at, XLSX, move |opened| {
        let lens = opened.lens(lens.as_deref())?;
        let name = name(opened.dossier(), "ranking", lens, "xlsx");
        Ok((name, opened.ranking_xlsx(lens, now, no_login)?))
    })
    .await
}

/// The evidence: everything that the result was made of, to be checked without the service.
pub(super) async fn bundle(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    Query::of(&request, &[])?;
    let (actor, no_login) = (caller.actor(), state.no_login());
    let work = move |service: &service::Service| service.evidence(actor, &at.0, no_login);
    let evidence = state.work(work).await?;
    let stem = file_stem(&evidence.title);
    let name = format!("{stem}-evidence-not-for-bidders.zip");
    with_record(download(&name, ZIP, evidence.bytes), &evidence.head)
}

async fn ranking_json(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let lens = lens_of(&request)?;
    saved(&state, caller, at, "application/json", move |opened| {
        let lens = opened.lens(lens.as_deref())?;
        let name = name(opened.dossier(), "ranking", lens, "json");
        Ok((name, result_json(opened, lens)?))
    })
    .await
}

async fn report(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let lens = lens_of(&request)?;
    let no_login = state.no_login();
    let made = saved(
        &state,
        caller,
        at,
        "text/html; charset=utf-8",
        move |opened| {
            let lens = opened.lens(lens.as_deref())?;
            let dossier = opened.dossier();
            let card = opened.scorecard(lens);
            let published = reports::publish(dossier.evaluation(), &card, Detail::Full);
            let imprint = Imprint {
                title: dossier.title(),
                record: &dossier.head().to_string(),
                not_for_an_award: no_login,
            };
            let html = reports::html_with_imprint(&published, &imprint)?;
            Ok((name(dossier, "report", lens, "html"), html.into_bytes()))
        },
    );
    made.await
}

/// The result as JSON with the head of its record, if it may be seen.
pub(super) async fn json_of(
    state: &State,
    caller: Caller,
    at: At,
    lens: Option<String>,
) -> Result<(String, Vec<u8>), Error> {
    let make = move |opened: &Opened| result_json(opened, opened.lens(lens.as_deref())?);
    results(state, caller, at, make).await
}

/// The lens that an address asks for, which takes nothing else.
pub(super) fn lens_of(request: &HttpRequest) -> Result<Option<String>, Error> {
    let query = Query::of(request, &["lens"])?;
    Ok(query.get("lens").map(str::to_owned))
}

fn separator_of(query: &Query) -> Result<Separator, Error> {
    match query.get("sep") {
        None | Some("comma") => Ok(Separator::Comma),
        Some("semicolon") => Ok(Separator::Semicolon),
        Some(other) => {
            let message = "write semicolon, or leave it out for commas";
            Err(service::Error::field("sep", Some(other), "unknown-separator", message).into())
        }
    }
}

fn result_json(opened: &Opened, lens: Option<&Lens>) -> Result<Vec<u8>, Error> {
    let card = opened.scorecard(lens);
    let published = reports::publish(opened.dossier().evaluation(), &card, Detail::Full);
    let mut bytes = Vec::new();
    reports::json(&published, &mut bytes).map_err(|_| Error::Broken)?;
    Ok(bytes)
}

/// What a file is called: after the evaluation, what it holds, and the lens it was seen through.
fn name(dossier: &Dossier, what: &str, lens: Option<&Lens>, extension: &str) -> String {
    let stem = file_stem(dossier.title());
    let lens = lens.map_or_else(String::new, |lens| format!("-{}", file_stem(lens.id())));
    format!("{stem}-{what}{lens}.{extension}")
}

/// Makes something of an evaluation whose results may be seen; with it comes the head of its record.
async fn results<T: Send + 'static>(
    state: &State,
    caller: Caller,
    at: At,
    make: impl FnOnce(&Opened) -> Result<T, Error> + Send + 'static,
) -> Result<(String, T), Error> {
    let actor = caller.actor();
    let work = move |service: &service::Service| {
        let opened = service.results(actor, &at.0)?;
        Ok((opened.dossier().head().to_string(), make(&opened)))
    };
    let (head, result) = state.work(work).await?;
    Ok((head, result?))
}

/// Answers with a file that is made of results, its name first.
async fn saved(
    state: &State,
    caller: Caller,
    at: At,
    content_type: &'static str,
    make: impl FnOnce(&Opened) -> Result<(String, Vec<u8>), Error> + Send + 'static,
) -> Result<HttpResponse, Error> {
    let (head, (name, bytes)) = results(state, caller, at, make).await?;
    with_record(download(&name, content_type, bytes), &head)
}

/// The same answer, with the end of the record that it was made from.
fn with_record(mut response: HttpResponse, head: &str) -> Result<HttpResponse, Error> {
    let head = HeaderValue::from_str(head).map_err(|_| Error::Broken)?;
    response
        .headers_mut()
        .insert(HeaderName::from_static(RECORD), head);
    Ok(response)
}
