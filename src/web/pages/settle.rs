//! Handing out blank sheets, settling who and what counts, closing scoring, and recording the decision.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::evaluation::Phase;
use crate::record::{Dossier, EvaluationId};
use crate::service::{self, Service};
use crate::sheets::{self, Shape};
use crate::table::{Name, Separator};
use crate::web::{Caller, Error, Layout, Posted, State, page};

use super::home::{kind_text, phase_text};
use super::{Address, see};

#[derive(Template)]
#[template(path = "pages/settle.html")]
struct Page<'a> {
    layout: Layout,
    here: String,
    title: &'a str,
    kind: &'static str,
    phase: &'static str,
    is_open: bool,
    is_closed: bool,
    missing: usize,
    vendors: Vec<&'a str>,
    evaluators: Vec<&'a str>,
    exclusions: Vec<(&'a str, &'a str)>,
    recusals: Vec<(&'a str, Option<&'a str>, &'a str)>,
    decision: Option<DecisionView<'a>>,
}

struct DecisionView<'a> {
    vendor: Option<&'a str>,
    reason: &'a str,
    by: &'a str,
    at: String,
}

/// What every form of this page may send.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct Settling {
    what: String,
    #[serde(default)]
    vendor: String,
    #[serde(default)]
    evaluator: String,
    #[serde(default)]
    reason: String,
}

/// Which blank sheet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Blank {
    evaluator: Option<String>,
    shape: Option<String>,
    sep: Option<String>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (caller.actor(), address.id()?);
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    let missing = opened.progress().missing();
    page(
        &request,
        &Page::new(state.layout(), opened.dossier(), missing),
    )
}

pub(in crate::web) async fn settle(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
    Posted(form): Posted<Settling>,
) -> Result<HttpResponse, Error> {
    let id = address.id()?;
    let back = format!("/evaluations/{id}/settle");
    state
        .work(move |service| form.carry_out(service, caller, &id))
        .await?;
    Ok(see(&back))
}

pub(in crate::web) async fn blank(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
    wanted: web::Query<Blank>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (caller.actor(), address.id()?);
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    let dossier = opened.dossier();
    let evaluator = wanted.evaluator.as_deref().filter(|name| !name.is_empty());
    let evaluator = evaluator
        .map(|name| Name::parse(name).map_err(|_| service::Error::NoEvaluator))
        .transpose()?;
    let vendors = dossier.evaluation().vendors().names();
    let (shape, separator) = (wanted.shape()?, wanted.separator()?);
    let bytes = sheets::blank(dossier.set(), vendors, evaluator.as_ref(), shape, separator);
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((
            CONTENT_DISPOSITION,
            "attachment; filename=\"score-sheet.csv\"",
        ))
        .content_type("text/csv; charset=utf-8")
        .body(bytes))
}

impl Blank {
    fn shape(&self) -> Result<Shape, service::Error> {
        match self.shape.as_deref() {
            None | Some("long") => Ok(Shape::Long),
            Some("wide") => Ok(Shape::Wide),
            Some(other) => Err(service::Error::field(
                "shape",
                Some(other),
                "unknown-shape",
                "write shape=long or shape=wide",
            )),
        }
    }

    fn separator(&self) -> Result<Separator, service::Error> {
        let message = "write sep=comma or sep=semicolon";
        match self.sep.as_deref() {
            None | Some("comma") => Ok(Separator::Comma),
            Some("semicolon") => Ok(Separator::Semicolon),
            Some(other) => Err(service::Error::field(
                "sep",
                Some(other),
                "unknown-separator",
                message,
            )),
        }
    }
}

impl Settling {
    fn carry_out(
        &self,
        service: &Service,
        caller: Caller,
        id: &EvaluationId,
    ) -> Result<(), service::Error> {
        let actor = caller.actor();
        let (evaluator, reason) = (self.evaluator.as_str(), self.reason.as_str());
        let vendor = Some(self.vendor.as_str()).filter(|vendor| !vendor.is_empty());
        let done = match self.what.as_str() {
            "close" => service.close_scoring(actor, id),
            "reopen" => service.reopen_scoring(actor, id, reason),
            "decide" => service.decide(actor, id, vendor, reason),
            "take-back" => service.take_back_decision(actor, id, reason),
            "exclude" => service.exclude_vendor(actor, id, &self.vendor, reason),
            "readmit" => service.readmit_vendor(actor, id, &self.vendor, reason),
            "recuse" => service.recuse_evaluator(actor, id, evaluator, vendor, reason),
            "return" => service.return_evaluator(actor, id, evaluator, vendor, reason),
            other => {
                let message = "the page has no such form; load it again";
                Err(service::Error::field(
                    "what",
                    Some(other),
                    "unknown-form",
                    message,
                ))
            }
        };
        done.map(drop)
    }
}

impl<'a> Page<'a> {
    fn new(layout: Layout, dossier: &'a Dossier, missing: usize) -> Self {
        let evaluation = dossier.evaluation();
        let exclusions = dossier.exclusions().iter();
        let recusals = dossier.recusals().iter();
        Self {
            layout,
            here: format!("/evaluations/{}", dossier.id()),
            title: dossier.title(),
            kind: kind_text(dossier.kind()),
            phase: phase_text(dossier.phase()),
            is_open: dossier.phase() == Phase::Open,
            is_closed: dossier.phase() == Phase::ScoringClosed,
            missing,
            vendors: evaluation
                .vendors()
                .names()
                .iter()
                .map(Name::shown)
                .collect(),
            evaluators: evaluation
                .evaluators()
                .names()
                .iter()
                .map(Name::shown)
                .collect(),
            exclusions: exclusions
                .map(|one| (one.vendor.as_str(), one.why.reason.as_str()))
                .collect(),
            recusals: recusals
                .map(|one| {
                    (
                        one.evaluator.as_str(),
                        one.vendor.as_deref(),
                        one.why.reason.as_str(),
                    )
                })
                .collect(),
            decision: dossier.decision().map(|decision| DecisionView {
                vendor: decision.vendor.as_deref(),
                reason: &decision.why.reason,
                by: &decision.why.by,
                at: decision.why.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            }),
        }
    }
}
