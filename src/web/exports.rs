//! Results as files: the ranking and the scores as CSV, the result as JSON, the report as one HTML file.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{self, ServiceConfig, get, resource};
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::{Action, may};
use crate::criteria::Lens;
use crate::evaluation::EvaluationKind;
use crate::record::Dossier;
use crate::reports::{self, Detail};
use crate::service::{self, Opened};
use crate::table::bundle::ZIP;
use crate::table::workbook::XLSX;
use crate::table::{CSV, Separator};

use super::caller::Caller;
use super::download::{download, file_stem};
use super::error::Error;
use super::pages::timeline;
use super::papers;
use super::state::State;
use super::take::{At, Query};

/// The header that names the last event of the record a result was made from.
pub(super) const RECORD: &str = "scorecard-record";
/// The header that says what makes a result advice beside a record that must stand without it.
const ADVICE: &str = "scorecard-advice";

/// Every address of a file to save.
pub(super) fn routes(service: &mut ServiceConfig) {
    let at = |name: &str| resource(format!("/evaluations/{{id}}/{name}"));
    service
        .service(at("ranking.csv").route(get().to(ranking_csv)))
        .service(at("scores.csv").route(get().to(scores_csv)))
        .service(at("ranking.xlsx").route(get().to(ranking_xlsx)))
        .service(at("scores.xlsx").route(get().to(scores_xlsx)))
        .service(at("bundle.zip").route(get().to(bundle)))
        .service(at("audit.ndjson").route(get().to(timeline::audit)))
        .service(at("ranking.json").route(get().to(ranking_json)))
        .service(at("pinned.json").route(get().to(pinned_json)))
        .service(at("advice.html").route(get().to(papers::advice)))
        .service(at("method.html").route(get().to(papers::method)))
        .service(at("print.css").route(get().to(papers::page_style)))
        .service(at("report.html").route(get().to(papers::report)));
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
    saved(&state, caller, at, CSV, lens, move |opened, lens| {
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
    saved(&state, caller, at, CSV, None, move |opened, _| {
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
    saved(&state, caller, at, XLSX, None, move |opened, _| {
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
    let actor = caller.actor();
    saved(&state, caller, at, XLSX, lens, move |opened, lens| {
        // It recomputes the whole result, prices included.
        may(actor, Action::SeePrices, opened.dossier().object()).map_err(service::Error::from)?;
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
    let mut response = download(&name, ZIP, evidence.bytes);
    Stamp::of_record(evidence.head).put_on(&mut response)?;
    Ok(response)
}

async fn ranking_json(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let lens = lens_of(&request)?;
    let json = "application/json";
    saved(&state, caller, at, json, lens, move |opened, lens| {
        let name = name(opened.dossier(), "ranking", lens, "json");
        Ok((name, result_json(opened, lens)?))
    })
    .await
}

/// The pinned result as it was written.
pub(super) async fn pinned_json(
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let work = move |service: &service::Service| {
        let opened = service.results(actor, &at.0)?;
        let name = name(opened.dossier(), "pinned", None, "json");
        Ok((name, service.pinned_result(actor, &at.0)?))
    };
    let (name, bytes) = state.work(work).await?;
    Ok(download(&name, "application/json", bytes))
}

/// The result as JSON with its stamp, if it may be seen.
pub(super) async fn json_of(
    state: &State,
    caller: Caller,
    at: At,
    lens: Option<String>,
) -> Result<(Stamp, Vec<u8>), Error> {
    results(state, caller, at, lens, result_json).await
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
pub(super) fn name(dossier: &Dossier, what: &str, lens: Option<&Lens>, extension: &str) -> String {
    let stem = file_stem(dossier.title());
    let advice = if is_advice(dossier, lens) {
        "-advice"
    } else {
        ""
    };
    let lens = lens.map_or_else(String::new, |lens| format!("-{}", file_stem(lens.id())));
    format!("{stem}-{what}{advice}{lens}.{extension}")
}

/// Makes something of an evaluation whose results may be seen, through a lens if one is named; with it comes its stamp.
async fn results<T: Send + 'static>(
    state: &State,
    caller: Caller,
    at: At,
    lens: Option<String>,
    make: impl FnOnce(&Opened, Option<&Lens>) -> Result<T, Error> + Send + 'static,
) -> Result<(Stamp, T), Error> {
    let actor = caller.actor();
    let work = move |service: &service::Service| {
        let opened = service.results(actor, &at.0)?;
        let lens = opened.lens(lens.as_deref())?;
        Ok((Stamp::of(opened.dossier(), lens), make(&opened, lens)))
    };
    let (stamp, result) = state.work(work).await?;
    Ok((stamp, result?))
}

/// Answers with a file that is made of results, its name first.
async fn saved(
    state: &State,
    caller: Caller,
    at: At,
    content_type: &'static str,
    lens: Option<String>,
    make: impl FnOnce(&Opened, Option<&Lens>) -> Result<(String, Vec<u8>), Error> + Send + 'static,
) -> Result<HttpResponse, Error> {
    let (stamp, (name, bytes)) = results(state, caller, at, lens, make).await?;
    let mut response = download(&name, content_type, bytes);
    stamp.put_on(&mut response)?;
    Ok(response)
}

/// What the headers of a result say about it.
#[derive(Debug)]
pub(super) struct Stamp {
    record: String,
    /// What makes it advice, if it is.
    advice: Option<&'static str>,
}

impl Stamp {
    /// Of a result through a lens: in a tender that is advice.
    pub(super) fn of(dossier: &Dossier, lens: Option<&Lens>) -> Self {
        Self {
            record: dossier.head().to_string(),
            advice: is_advice(dossier, lens).then_some("lens"),
        }
    }

    /// Of what is no advice, by the end of its record.
    pub(super) fn of_record(record: String) -> Self {
        Self {
            record,
            advice: None,
        }
    }

    /// The same of what is advice as a whole.
    pub(super) fn advising(self) -> Self {
        Self {
            advice: Some("annex"),
            ..self
        }
    }

    pub(super) fn put_on(&self, response: &mut HttpResponse) -> Result<(), Error> {
        let record = HeaderValue::from_str(&self.record).map_err(|_| Error::Broken)?;
        let headers = response.headers_mut();
        headers.insert(HeaderName::from_static(RECORD), record);
        if let Some(what) = self.advice {
            let what = HeaderValue::from_static(what);
            headers.insert(HeaderName::from_static(ADVICE), what);
        }
        Ok(())
    }
}

/// Whether what is seen through a lens is advice, and no part of a record: in a tender.
fn is_advice(dossier: &Dossier, lens: Option<&Lens>) -> bool {
    lens.is_some() && dossier.kind() == EvaluationKind::Tender
}
