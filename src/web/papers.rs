//! Documents of an evaluation, to be saved and printed: the record, and the method sheet.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use crate::record::{Dossier, Recusal, TakenBack};
use crate::reports::{self, Detail, Imprint, PinLine, Resolution};
use crate::service::{Opened, Pinned, Service};

use super::caller::Caller;
use super::download::{download, file_stem};
use super::error::Error;
use super::exports::{Stamp, lens_of, name};
use super::pages::results::published;
use super::state::State;
use super::take::At;

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
        let imprint = Imprint {
            not_for_an_award,
            ..imprint(&opened, &head, pinned.as_deref(), service)
        };
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

fn imprint<'a>(
    opened: &'a Opened,
    head: &'a str,
    pinned: Option<&'a Pinned>,
    service: &Service,
) -> Imprint<'a> {
    let dossier = opened.dossier();
    let decision = dossier.decision();
    Imprint {
        title: dossier.title(),
        record: head,
        not_for_an_award: false,
        at: service.now(),
        method_sheet: dossier.method_sheet().map(|sheet| sheet.to_string()),
        decision: decision.map(|one| resolution(one.vendor.as_deref(), &one.why)),
        lock: dossier.lock().map(|lock| resolution(None, &lock.why)),
        pinned: pinned.map(|one| PinLine {
            sha256: one.pin.result.to_string(),
            record: &one.pin.record,
            matches: one.matches(),
        }),
        recusals: recusals(dossier),
    }
}

fn resolution<'a>(vendor: Option<&'a str>, why: &'a TakenBack) -> Resolution<'a> {
    Resolution {
        vendor,
        reason: &why.reason,
        by: &why.by,
        at: why.at,
    }
}

fn recusals(dossier: &Dossier) -> Vec<String> {
    let told = |one: &Recusal| {
        let about = one.vendor.as_deref().unwrap_or("every vendor");
        format!("{} for {about}: {}", one.evaluator, one.why.reason)
    };
    dossier.recusals().iter().map(told).collect()
}
