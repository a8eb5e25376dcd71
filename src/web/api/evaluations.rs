//! Evaluations: which there are, starting one, one as it stands, and removing one.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use jiff::Timestamp;
use serde::Serialize;

use crate::evaluation::{EvaluationKind, Phase, Results, Stage};
use crate::record::{EvaluationId, Summary};
use crate::service::{FieldProblem, PriceRange, Start};

use super::view::{EvaluationJson, Links, SetJson, address};
use super::{Document, Error, RECORD, State, changed};
use crate::web::{At, Caller};

#[derive(Debug, Serialize)]
struct ListJson<'a> {
    evaluations: Vec<SummaryJson<'a>>,
}

#[derive(Debug, Serialize)]
struct SummaryJson<'a> {
    id: &'a EvaluationId,
    title: &'a str,
    evaluation_kind: EvaluationKind,
    phase: Phase,
    state: Stage,
    sample: bool,
    criteria: SetJson<'a>,
    sheets: usize,
    chosen: Option<&'a str>,
    started_at: Timestamp,
    changed_at: Timestamp,
    links: Links,
}

impl<'a> SummaryJson<'a> {
    fn new(summary: &'a Summary) -> Self {
        Self {
            id: &summary.id,
            title: &summary.title,
            evaluation_kind: summary.kind,
            phase: summary.phase,
            state: summary.stage(),
            sample: summary.is_sample,
            criteria: SetJson {
                id: &summary.set.id,
                version: &summary.set.version,
                sha256: summary.set.sha256.to_string(),
            },
            sheets: summary.sheets,
            chosen: summary.chosen.as_deref(),
            started_at: summary.started_at,
            changed_at: summary.changed_at,
            links: Links::new(&summary.id),
        }
    }
}

/// Every evaluation, the latest first.
pub(super) async fn list(state: web::Data<State>, caller: Caller) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let summaries = state
        .work(move |service| service.evaluations(actor))
        .await?;
    let evaluations = summaries.iter().map(SummaryJson::new).collect();
    Ok(HttpResponse::Ok().json(ListJson { evaluations }))
}

/// Starts an evaluation.
pub(super) async fn start(
    state: web::Data<State>,
    caller: Caller,
    said: Document,
) -> Result<HttpResponse, Error> {
    let (start, found) = start_of(said);
    let actor = caller.actor();
    let work = move |service: &crate::service::Service| {
        let id = service.start_unless(actor, &start, found)?;
        let opened = service.open(actor, &id)?;
        let progress = opened.progress();
        Ok((opened, progress))
    };
    let (opened, progress) = state.work(work).await?;
    let dossier = opened.dossier();
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, address(dossier.id())))
        .insert_header((RECORD, dossier.head().to_string()))
        .json(EvaluationJson::new(dossier, &progress, actor)))
}

/// An evaluation as it stands.
pub(super) async fn show(
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    changed(&state, actor, move |service| service.open(actor, &at.0)).await
}

/// Removes the sample, or an evaluation without any sheet.
pub(super) async fn remove(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    said: Document,
) -> Result<HttpResponse, Error> {
    said.end()?;
    let actor = caller.actor();
    state
        .work(move |service| service.remove(actor, &at.0))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What a document says about a new evaluation, and what is wrong with it. It is frozen unless it says otherwise.
fn start_of(mut said: Document) -> (Start, Vec<FieldProblem>) {
    let kind = match said.text("evaluation_kind").as_deref() {
        None | Some("internal") => EvaluationKind::Internal,
        Some("tender") => EvaluationKind::Tender,
        Some(other) => {
            let message = "write internal or tender";
            said.refuse("evaluation_kind", Some(other), "unknown-kind", message);
            EvaluationKind::Internal
        }
    };
    let results = match said.text("results").as_deref() {
        None => None,
        Some("open") => Some(Results::Open),
        Some("hidden") => Some(Results::Hidden),
        Some(other) => {
            let message = "write open, or hidden to keep results back until scoring is closed";
            said.refuse("results", Some(other), "unknown-results", message);
            None
        }
    };
    let start = Start {
        title: said.text("title").unwrap_or_default(),
        kind,
        results,
        criteria: said.text("criteria").unwrap_or_default(),
        vendors: said.texts("vendors").unwrap_or_default(),
        evaluators: said.texts("evaluators").unwrap_or_default(),
        prices: prices_of(&mut said),
        declarations: said.truth("declarations"),
        sealed_prices: said.truth("sealed_prices").unwrap_or(false),
        frozen: said.truth("frozen").unwrap_or(true),
    };
    (start, said.problems())
}

/// The price ranges of a document: `{"CST-TCO": {"floor", "ceiling", "currency"}}`.
pub(super) fn prices_of(said: &mut Document) -> Vec<PriceRange> {
    let mut ranges = Vec::new();
    for (criterion, mut range) in said.objects("prices") {
        ranges.push(PriceRange {
            criterion,
            floor: range.amount("floor").unwrap_or_default(),
            ceiling: range.amount("ceiling").unwrap_or_default(),
            currency: range.text("currency").unwrap_or_default(),
        });
        said.absorb(range);
    }
    ranges
}
