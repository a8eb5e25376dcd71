//! The list of evaluations, and how to start one.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::evaluation::{EvaluationKind, Results, Stage};
use crate::record::Summary;
use crate::reports::filters;
use crate::service::{self, FieldProblem, SAMPLE_SHEETS, Start};
use crate::web::{Caller, Error, Layout, Posted, State, page_with_status};

use super::see;

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Home {
    layout: Layout,
    evaluations: Vec<Listed>,
    sets: Vec<OfferedSet>,
    form: StartForm,
    problems: Vec<FieldProblem>,
}

struct Listed {
    href: String,
    title: String,
    kind: &'static str,
    phase: &'static str,
    sheets: usize,
    changed: String,
}

struct OfferedSet {
    id: String,
    title: String,
    criteria: usize,
}

/// What the form to start an evaluation sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct StartForm {
    title: String,
    kind: String,
    criteria: String,
    /// A box that is ticked, or nothing.
    #[serde(default)]
    hidden: Option<String>,
    /// The same.
    #[serde(default)]
    sealed: Option<String>,
    /// `no` if evaluators need not declare conflicts of interest, `yes` if they have to.
    #[serde(default)]
    declare: Option<String>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    answer(
        &state,
        caller,
        &request,
        StatusCode::OK,
        StartForm::default(),
        Vec::new(),
    )
    .await
}

pub(in crate::web) async fn start(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    Posted(form): Posted<StartForm>,
) -> Result<HttpResponse, Error> {
    let wanted = form.clone();
    let actor = caller.actor();
    let started = state
        .work(move |service| service.start(actor, &wanted.start()))
        .await;
    match started {
        Ok(id) => Ok(see(&format!("/evaluations/{id}/method?done=started"))),
        Err(Error::Work(service::Error::Fields(problems))) => {
            answer(
                &state,
                caller,
                &request,
                StatusCode::UNPROCESSABLE_ENTITY,
                form,
                problems,
            )
            .await
        }
        Err(other) => Err(other),
    }
}

pub(in crate::web) async fn start_sample(
    state: web::Data<State>,
    caller: Caller,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let id = state
        .work(move |service| service.start_sample(actor))
        .await?;
    Ok(see(&format!("/evaluations/{id}")))
}

pub(in crate::web) async fn sample_sheet(
    _caller: Caller,
    name: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let name = name.into_inner();
    let sheet = SAMPLE_SHEETS.iter().find(|sheet| sheet.file_name == name);
    let sheet = sheet.ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", sheet.file_name),
        ))
        .content_type("text/csv; charset=utf-8")
        .body(sheet.bytes))
}

async fn answer(
    state: &State,
    caller: Caller,
    request: &HttpRequest,
    status: StatusCode,
    form: StartForm,
    problems: Vec<FieldProblem>,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let summaries = state
        .work(move |service| service.evaluations(actor))
        .await?;
    let sets = state.service().library().sets().iter();
    let home = Home {
        layout: state.layout(),
        evaluations: summaries.iter().map(Listed::new).collect(),
        sets: sets
            .map(|set| OfferedSet {
                id: set.id().to_owned(),
                title: set.title().to_owned(),
                criteria: set.criteria().len(),
            })
            .collect(),
        form,
        problems,
    };
    page_with_status(request, status, &home)
}

impl Listed {
    fn new(summary: &Summary) -> Self {
        Self {
            href: format!("/evaluations/{}", summary.id),
            title: summary.title.clone(),
            kind: kind_text(summary.kind),
            phase: stage_text(summary.stage()),
            sheets: summary.sheets,
            changed: summary
                .changed_at
                .strftime("%Y-%m-%d %H:%M UTC")
                .to_string(),
        }
    }
}

impl StartForm {
    /// The evaluation with its method still open: prices, vendors and people follow step by step.
    fn start(&self) -> Start {
        Start {
            title: self.title.clone(),
            kind: if self.is_tender() {
                EvaluationKind::Tender
            } else {
                EvaluationKind::Internal
            },
            results: self.hides().then_some(Results::Hidden),
            sealed_prices: self.seals(),
            declarations: match self.declare.as_deref() {
                Some("yes") => Some(true),
                Some("no") => Some(false),
                Some(_) | None => None,
            },
            criteria: self.criteria.clone(),
            ..Start::default()
        }
    }

    fn chooses(&self, set: &str) -> bool {
        self.criteria == set
    }

    fn hides(&self) -> bool {
        self.hidden.is_some()
    }

    fn seals(&self) -> bool {
        self.sealed.is_some()
    }

    /// What is chosen already: where people have accounts, that conflicts are declared.
    fn declares(&self, has_accounts: bool) -> bool {
        self.declare
            .as_deref()
            .map_or(has_accounts, |said| said == "yes")
    }

    fn is_tender(&self) -> bool {
        self.kind == "tender"
    }
}

pub(super) fn kind_text(kind: EvaluationKind) -> &'static str {
    match kind {
        EvaluationKind::Internal => "internal choice",
        EvaluationKind::Tender => "tender",
    }
}

pub(super) fn stage_text(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "draft, method not frozen yet",
        stage => stage.word(),
    }
}
