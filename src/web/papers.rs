//! Documents of an evaluation, to be saved and printed: the record, the advice beside it, and the method sheet.

use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::Timestamp;

use crate::accounts::{Action, may};
use crate::record::Decision;
use crate::reports::{self, AdviceImprint, Advised, Detail, Imprint};
use crate::scoring::draws::Plan;
use crate::service::{self, Opened, Service};

use super::caller::Caller;
use super::download::{download, file_stem};
use super::error::Error;
use super::exports::{Stamp, lens_of, name};
use super::pages::results::published;
use super::state::State;
use super::take::{At, Query, demand_in_time};

/// The header with the digest of a document that the record names.
const SHA256: &str = "scorecard-sha256";
const HTML: &str = "text/html; charset=utf-8";

/// The record as one document. In a tender there is none under a lens: that is advice.
pub(super) async fn report(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let lens = lens_of(&request)?;
    let (actor, not_for_an_award) = (caller.actor(), state.no_login());
    let work = move |service: &Service| {
        let opened = service.results(actor, &at.0)?;
        let lens = opened.record_lens(lens.as_deref())?;
        let pinned = service.pinned(&opened)?;
        let dossier = opened.dossier();
        let stamp = Stamp::of(dossier, None);
        let head = dossier.head().to_string();
        let mut imprint = Imprint {
            not_for_an_award,
            ..service::imprint(dossier, &head, pinned.as_deref(), service.now())
        };
        // What people said of themselves is for whoever sees who did what.
        if may(actor, Action::SeeTrail, dossier.object()).is_err() {
            imprint.declarations.clear();
        }
        let card = opened.scorecard(lens);
        let result = published(&opened, &card, Detail::Full);
        let html = reports::html_with_imprint(&result, &imprint);
        Ok((stamp, name(dossier, "report", lens, "html"), html))
    };
    let (stamp, name, html) = state.work(work).await?;
    let mut response = download(&name, HTML, html?.into_bytes());
    stamp.put_on(&mut response)?;
    Ok(response)
}

/// The method sheet: the one that was made when the method was frozen, or a draft.
pub(super) async fn method(
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let work = move |service: &Service| {
        let title = service.open(actor, &at.0)?.dossier().title().to_owned();
        Ok((title, service.method_sheet(actor, &at.0)?))
    };
    let (title, (digest, bytes)) = state.work(work).await?;
    let name = format!("{}-method.html", file_stem(&title));
    let mut response = download(&name, HTML, bytes);
    if let Some(digest) = digest {
        let digest = HeaderValue::from_str(&digest.to_string()).map_err(|_| Error::Broken)?;
        let headers = response.headers_mut();
        headers.insert(HeaderName::from_static(SHA256), digest);
    }
    Ok(response)
}

/// What stands at the foot of the printed pages of an evaluation; a style sheet, since pages have none within them.
pub(super) async fn page_style(
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let work = move |service: &Service| {
        let opened = service.open(actor, &at.0)?;
        let (dossier, now) = (opened.dossier(), service.now());
        Ok(reports::page_style(
            dossier.set(),
            &dossier.head().to_string(),
            now,
        ))
    };
    let style = state.work(work).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .content_type("text/css; charset=utf-8")
        .body(style))
}

/// The advice beside the record: what else could be first, and why; about people only for whoever may compare them.
pub(super) async fn advice(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    Query::of(&request, &[])?;
    let (actor, no_login) = (caller.actor(), state.no_login());
    let work = move |service: &Service| {
        let opened = service.results(actor, &at.0)?;
        let object = opened.dossier().object();
        let compares = may(actor, Action::CompareEvaluators, object).is_ok();
        Ok(advised(&opened, compares, (service.now(), no_login)))
    };
    let (stamp, name, html) = state.work(work).await??;
    let mut response = download(&name, HTML, html.into_bytes());
    stamp.put_on(&mut response)?;
    Ok(response)
}

/// The advice with its stamp and its name; what would take too long is refused before any of it is begun.
fn advised(
    opened: &Opened,
    compares: bool,
    (at, not_for_an_award): (Timestamp, bool),
) -> Result<(Stamp, String, String), Error> {
    let dossier = opened.dossier();
    let record = opened.scorecard(None);
    demand_in_time(&record, Plan::USUAL)?;
    let lenses = dossier.set().lenses().iter();
    let lenses: Vec<_> = lenses.map(|lens| opened.scorecard(Some(lens))).collect();
    let agreement = compares.then(|| opened.agreement());
    let assessment = opened.assessment(None, Plan::USUAL);
    let advised = Advised {
        evaluation: dossier.evaluation(),
        record: &record,
        lenses: &lenses,
        assessment: &assessment,
        agreement: agreement.as_deref(),
    };
    let decided = dossier.decision().map(Decision::told);
    let imprint = AdviceImprint {
        title: dossier.title(),
        record: &dossier.head().to_string(),
        at,
        not_for_an_award,
        decided: decided.as_deref(),
    };
    let html = reports::advice(&advised, &imprint)?;
    let stamp = Stamp::of(dossier, None).advising();
    Ok((stamp, name(dossier, "advice", None, "html"), html))
}
