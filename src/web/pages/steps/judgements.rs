//! Step 1: weights by method from a file, and what such weights were made of.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::criteria::elicit::{ElicitProblem, Method};
use crate::record::{EvaluationId, Judgements};
use crate::service::{self, FieldProblem};
use crate::table::CSV;
use crate::web::download::download;
use crate::web::{Caller, Error, State, Uploaded};

use super::super::Address;
use super::method::{answered, owned};
use super::typed::Typed;
use super::{Answer, Outcome, outcome};

/// The field of the file, which is also the id of its element.
const FIELD: &str = "judgements";

/// One file of judgements on the page of the method.
pub(super) struct JudgementsRow {
    pub(super) href: String,
    pub(super) method: &'static str,
    pub(super) of: String,
    pub(super) digest: String,
}

/// The judgements that an address names.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct JudgementsAddress {
    id: String,
    digest: String,
}

/// Takes the weights of a file.
pub(in crate::web) async fn take(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    uploaded: Uploaded,
) -> Result<HttpResponse, Error> {
    let id = address.id()?;
    let typed = Typed::from(owned(uploaded.texts()));
    let method = Method::with_code(typed.text("method"));
    let bytes = uploaded.into_files().pop().map(|file| file.bytes);
    let (actor, of) = (caller.actor(), id.clone());
    let done = state
        .work(move |service| {
            let method = method.ok_or_else(no_method)?;
            let bytes = bytes.unwrap_or_default();
            let taken = service.elicit_into(actor, &of, method, &bytes);
            taken.map(|_| "weighed").map_err(as_fields)
        })
        .await;
    match outcome(done, &id, "method")? {
        Outcome::Gone(answer) => Ok(answer),
        Outcome::Again(mistakes) => {
            let answer = Answer::Again(mistakes, typed);
            answered(&state, caller, &request, id, &answer).await
        }
    }
}

/// What weights were made of, as it came.
pub(in crate::web) async fn file(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<JudgementsAddress>,
) -> Result<HttpResponse, Error> {
    let JudgementsAddress { id, digest } = address.into_inner();
    let id: EvaluationId = id.parse().map_err(|_| Error::NotFound)?;
    let actor = caller.actor();
    let work = move |service: &service::Service| service.judgements(actor, &id, &digest);
    let (found, bytes) = state.work(work).await?;
    Ok(download(&file_name(&found), CSV, bytes))
}

/// What a file of judgements is called when it is saved.
pub(in crate::web) fn file_name(found: &Judgements) -> String {
    let of = found.of.as_deref().unwrap_or("categories");
    format!("judgements-{}-{of}.csv", found.method)
}

impl JudgementsRow {
    pub(super) fn new(here: &str, found: &Judgements) -> Self {
        let digest = found.digest.to_string();
        Self {
            href: format!("{here}/method/judgements/{digest}"),
            method: match Method::with_code(&found.method) {
                Some(Method::Ahp) => "comparison in pairs (AHP)",
                Some(Method::RankOrderCentroid) => "rank-order centroid",
                Some(Method::RankSum) => "rank sum",
                Some(Method::Swing) => "swing",
                None => "another method",
            },
            of: found
                .of
                .clone()
                .unwrap_or_else(|| "the categories".to_owned()),
            digest,
        }
    }
}

fn no_method() -> service::Error {
    let message = "choose how the weights are found: ahp, roc, rank-sum or swing";
    service::Error::field("method", None, "no-method", message)
}

/// What is wrong with the file, told above the form with its rows.
fn as_fields(error: service::Error) -> service::Error {
    match error {
        service::Error::Judgements(problems) => {
            service::Error::Fields(problems.iter().map(as_field).collect())
        }
        other => other,
    }
}

fn as_field(problem: &ElicitProblem) -> FieldProblem {
    let row = problem.row().map(|row| format!("row {row}"));
    let column = problem.column().map(|column| format!("column “{column}”"));
    let place: Vec<String> = row.into_iter().chain(column).collect();
    let place = if place.is_empty() {
        String::new()
    } else {
        format!("{}: ", place.join(", "))
    };
    FieldProblem {
        field: FIELD.to_owned(),
        value: problem.value().map(str::to_owned),
        code: problem.code(),
        message: format!("{place}{problem}"),
    }
}
