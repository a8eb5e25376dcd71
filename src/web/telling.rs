//! Errors as answers: a page for people, a problem document for programs.

use std::fmt;
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody as _};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;
use serde::Serialize;

use crate::record::EvaluationId;
use crate::service;

use super::error::Error;
use super::layout::Layout;
use super::routes;
use super::state::State;

/// What was asked, kept for the answer and the log while the request itself is with its handler.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) id: String,
    method: String,
    path: String,
}

/// RFC 9457.
#[derive(Serialize)]
struct Problem<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    code: &'static str,
    detail: String,
    instance: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<serde_json::Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    questions: Vec<serde_json::Value>,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    layout: Layout,
    status: u16,
    title: &'static str,
    detail: &'a str,
    cure: &'static str,
    problems: Vec<String>,
    /// Whether the other pages can be reached.
    inside: bool,
    /// The page of the evaluation that was asked about.
    evaluation: Option<&'a str>,
    id: Option<&'a str>,
}

impl Asked {
    pub(super) fn of(request: &ServiceRequest, state: &State) -> Self {
        Self {
            id: state.request_id(),
            method: request.method().to_string(),
            path: request.path().to_owned(),
        }
    }

    /// The page of the evaluation whose address was asked for.
    fn evaluation(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("/evaluations/")?;
        let id = rest.split('/').next()?;
        let _: EvaluationId = id.parse().ok()?;
        self.path.get(
            ..self
                .path
                .len()
                .checked_sub(rest.len())?
                .checked_add(id.len())?,
        )
    }

    /// The one line about a request. Of the address only the pattern of its route is told: the rest can be private.
    pub(super) fn log(&self, route: Option<&str>, status: StatusCode, took: Duration) {
        let (id, method, status) = (&self.id, &self.method, status.as_u16());
        let (route, ms) = (route.unwrap_or("-"), Millis(took));
        tracing::info!(%id, %method, route, status, %ms, "answered");
    }
}

/// How whoever is not in can come in (RFC 6750 for programs).
fn challenge(error: &Error, asked: &Asked, state: &State) -> &'static str {
    match error {
        Error::BadToken => "Bearer realm=\"scorecard\", error=\"invalid_token\"",
        _ if state.has_accounts() && routes::is_api(&asked.path) => "Bearer realm=\"scorecard\"",
        _ => "Cookie realm=\"scorecard\"",
    }
}

/// Milliseconds with three decimals.
struct Millis(Duration);

impl fmt::Display for Millis {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.0.subsec_micros() % 1000;
        write!(out, "{}.{micros:03}", self.0.as_millis())
    }
}

/// The answer as it came, or, if it is an error without words, the words for it.
pub(super) fn told(
    response: ServiceResponse<BoxBody>,
    asked: &Asked,
    state: &State,
) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let is_bare = matches!(
        response.response().body().size(),
        BodySize::None | BodySize::Sized(0)
    );
    let raised = response.response().error();
    let ours = raised.and_then(|raised| raised.as_error::<Error>());
    let mut answered = match (ours, raised) {
        (Some(error), _) => answer(error, asked, state),
        (None, None) if !is_bare => return response,
        (None, raised) => {
            if let Some(cause) = raised.filter(|_| status.is_server_error()) {
                tracing::error!(id = %asked.id, %cause, "the server library failed");
            }
            answer(&of_status(status), asked, state)
        }
    };
    if let Some(allowed) = response.headers().get(ALLOW) {
        answered.headers_mut().insert(ALLOW, allowed.clone());
    }
    let connection = response.response().head().connection_type();
    answered.head_mut().set_connection_type(connection);
    response.into_response(answered)
}

fn of_status(status: StatusCode) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Error::Method,
        status => Error::Refused(status),
    }
}

/// An error in the form that whoever asked can read.
pub(super) fn answer(error: &Error, asked: &Asked, state: &State) -> HttpResponse {
    let status = error.status();
    if status.is_server_error() {
        let cause: &dyn std::error::Error = error;
        tracing::error!(id = %asked.id, cause = %Chain(cause), "failed");
    }
    if matches!(error, Error::Unconfirmed) && !routes::is_api(&asked.path) {
        // The page of the form has the same address.
        let target = format!("/confirm?to={}", asked.path);
        return HttpResponse::SeeOther()
            .insert_header((LOCATION, target))
            .finish();
    }
    let mut response = HttpResponse::build(status);
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((WWW_AUTHENTICATE, challenge(error, asked, state)));
    }
    if routes::is_api(&asked.path) {
        problem(error, asked, response)
    } else {
        page(error, asked, state, response)
    }
}

/// An error with everything that caused it.
struct Chain<'a>(&'a dyn std::error::Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)?;
        let mut below = self.0.source();
        while let Some(cause) = below {
            write!(out, ": {cause}")?;
            below = cause.source();
        }
        Ok(())
    }
}

fn title(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Error")
}

fn problem(error: &Error, asked: &Asked, mut response: HttpResponseBuilder) -> HttpResponse {
    let status = error.status();
    let problem = Problem {
        kind: format!("urn:problem-type:scorecard:{}", error.code()),
        title: title(status),
        status: status.as_u16(),
        code: error.code(),
        detail: format!("{} {}", error.detail(), error.cure()),
        instance: &asked.path,
        request_id: &asked.id,
        problems: error.problems(),
        questions: error.questions(),
    };
    response.insert_header((CONTENT_TYPE, "application/problem+json"));
    if let Some(seconds) = error.again_after() {
        response.insert_header((RETRY_AFTER, seconds));
    }
    response.json(problem)
}

/// Of a problem, what people read.
fn message(problem: &serde_json::Value) -> Option<String> {
    let text = problem.get("message")?.as_str()?;
    let row = problem.get("row").and_then(serde_json::Value::as_u64);
    Some(match row {
        Some(row) => format!("Row {row}: {text}"),
        None => text.to_owned(),
    })
}

/// Whether the evaluation that was asked about is not there.
fn is_gone(error: &Error) -> bool {
    matches!(
        error,
        Error::Work(service::Error::NoEvaluation) | Error::NotFound
    )
}

fn page(
    error: &Error,
    asked: &Asked,
    state: &State,
    mut response: HttpResponseBuilder,
) -> HttpResponse {
    let status = error.status();
    let detail = error.detail();
    let page = ErrorPage {
        layout: state.layout(),
        status: status.as_u16(),
        title: title(status),
        detail: &detail,
        cure: error.cure(),
        problems: error.problems().iter().filter_map(message).collect(),
        inside: status != StatusCode::UNAUTHORIZED,
        evaluation: (!is_gone(error))
            .then(|| asked.evaluation())
            .flatten()
            .filter(|here| status != StatusCode::UNAUTHORIZED && *here != asked.path),
        id: status.is_server_error().then_some(&asked.id),
    };
    match page.render() {
        Ok(html) => response.content_type("text/html; charset=utf-8").body(html),
        Err(cause) => {
            tracing::error!(id = %asked.id, %cause, "the error page cannot be rendered");
            response
                .content_type("text/plain; charset=utf-8")
                .body(detail)
        }
    }
}
