//! Uploading sheets, and taking them back.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::Actor;
use crate::record::EvaluationId;
use crate::service::{self, Filed, Receipt, Service, Upload};
use crate::sheets::Problem;
use crate::web::{Caller, Error, Layout, Posted, State, Uploaded, page_with_status};

use super::{Address, see};

/// The most problems of one sheet that are shown.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "pages/uploaded.html")]
struct Answer {
    layout: Layout,
    here: String,
    outcomes: Vec<Outcome>,
}

/// What became of one file.
struct Outcome {
    file_name: String,
    filed: Option<FiledView>,
    problems: Vec<ProblemRow>,
    more: usize,
}

struct FiledView {
    number: Option<u32>,
    is_again: bool,
    evaluators: String,
    new: usize,
    changed: usize,
    unchanged: usize,
    cleared: usize,
    not_scored: usize,
    read_as: String,
    warnings: Vec<ProblemRow>,
    missing: usize,
}

struct ProblemRow {
    row: String,
    column: String,
    value: String,
    message: String,
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
    let (actor, id) = (caller.actor(), address.id()?);
    let here = format!("/evaluations/{id}");
    let uploads = uploads(uploaded);
    if uploads.is_empty() {
        let message = "no file was chosen; choose at least one";
        return Err(service::Error::field("file", None, "file-missing", message).into());
    }
    let outcomes = state
        .work(move |service| file_all(service, actor, &id, &uploads))
        .await?;
    let refused = outcomes.iter().any(|outcome| outcome.filed.is_none());
    let status = if refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    page_with_status(
        &request,
        status,
        &Answer {
            layout: state.layout(),
            here,
            outcomes,
        },
    )
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

pub(in crate::web) async fn original(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<SheetAddress>,
) -> Result<HttpResponse, Error> {
    let (actor, id, number) = (caller.actor(), address.id()?, address.number);
    let (_, bytes) = state
        .work(move |service| service.original(actor, &id, number))
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"sheet-{number}.csv\""),
        ))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .content_type("application/octet-stream")
        .body(bytes))
}

impl SheetAddress {
    fn id(&self) -> Result<EvaluationId, Error> {
        self.id.parse().map_err(|_| Error::NotFound)
    }
}

fn uploads(uploaded: Uploaded) -> Vec<Upload> {
    let evaluator = uploaded.text("evaluator").map(str::to_owned);
    let allows = |field: &str| uploaded.text(field) == Some("allow");
    let (new_vendors, new_evaluators) = (allows("new_vendors"), allows("new_evaluators"));
    let files = uploaded.into_files().into_iter();
    files
        .map(|file| Upload {
            file_name: file.name,
            bytes: file.bytes,
            evaluator: evaluator.clone(),
            new_vendors,
            new_evaluators,
        })
        .collect()
}

/// Files each on its own: one that is refused does not hold up the others.
fn file_all(
    service: &Service,
    actor: Actor,
    id: &EvaluationId,
    uploads: &[Upload],
) -> Result<Vec<Outcome>, service::Error> {
    uploads
        .iter()
        .map(|upload| match service.file_sheet(actor, id, upload) {
            Ok(receipt) => Ok(Outcome::filed(&receipt)),
            Err(service::Error::Sheet(problems) | service::Error::NotASheet(problems)) => Ok(
                Outcome::refused(upload, problems.iter().map(ProblemRow::new).collect()),
            ),
            Err(service::Error::Refused(refusals)) => {
                let rows = refusals
                    .iter()
                    .map(|refusal| ProblemRow::of_file(refusal.to_string()));
                Ok(Outcome::refused(upload, rows.collect()))
            }
            Err(other) => Err(other),
        })
        .collect()
}

impl Outcome {
    fn filed(receipt: &Receipt) -> Self {
        let changes = receipt.changes;
        Self {
            file_name: receipt.file_name.clone(),
            problems: Vec::new(),
            more: 0,
            filed: Some(FiledView {
                number: receipt.sheet(),
                is_again: matches!(receipt.filed, Filed::Again(_)),
                evaluators: receipt.evaluators.join(", "),
                new: changes.new,
                changed: changes.changed,
                unchanged: changes.unchanged,
                cleared: changes.cleared,
                not_scored: changes.not_scored,
                read_as: receipt.read_as.to_string(),
                warnings: receipt
                    .warnings
                    .iter()
                    .take(SHOWN)
                    .map(ProblemRow::new)
                    .collect(),
                missing: receipt.progress().missing(),
            }),
        }
    }

    fn refused(upload: &Upload, mut problems: Vec<ProblemRow>) -> Self {
        let more = problems.len().saturating_sub(SHOWN);
        problems.truncate(SHOWN);
        Self {
            file_name: upload.file_name.clone(),
            filed: None,
            problems,
            more,
        }
    }
}

impl ProblemRow {
    fn new(problem: &Problem) -> Self {
        Self {
            row: problem
                .row()
                .map_or_else(String::new, |row| row.to_string()),
            column: problem.column().unwrap_or_default().to_owned(),
            value: problem.value().unwrap_or_default().to_owned(),
            message: problem.to_string(),
        }
    }

    fn of_file(message: String) -> Self {
        Self {
            row: String::new(),
            column: String::new(),
            value: String::new(),
            message,
        }
    }
}
