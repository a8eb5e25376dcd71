//! Weights by method: what people say about how much criteria matter in, the bytes of the command line out; or the next
//! version of an evaluation's criteria set, with what was said beside it on record.

use actix_web::{HttpResponse, web};

use super::{Error, State, changed};
use crate::criteria::elicit::Method;
use crate::reports;
use crate::service;
use crate::table::CSV;
use crate::web::download::download;
use crate::web::pages::steps::judgements::file_name;
use crate::web::take::OneFile;
use crate::web::{At, Caller};

/// Makes weights of one file by a method.
pub(super) async fn elicit(
    state: web::Data<State>,
    caller: Caller,
    method: web::Path<String>,
    OneFile(bytes): OneFile,
) -> Result<HttpResponse, Error> {
    let method = Method::with_code(&method).ok_or(Error::NotFound)?;
    demand_small(&state, &bytes)?;
    let actor = caller.actor();
    let work = move |service: &service::Service| service.elicit(actor, method, &bytes);
    let elicited = state.work(work).await?;
    let mut bytes = Vec::new();
    reports::weights_json(&elicited, &mut bytes).map_err(|_| Error::Broken)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(bytes))
}

/// Takes the weights of one file into the criteria set of an evaluation.
pub(super) async fn take(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    address: web::Path<(String, String)>,
    OneFile(bytes): OneFile,
) -> Result<HttpResponse, Error> {
    let method = Method::with_code(&address.1).ok_or(Error::NotFound)?;
    demand_small(&state, &bytes)?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.elicit_into(actor, &at.0, method, &bytes)
    })
    .await
}

/// What weights were made of, as it came.
pub(in crate::web) async fn judgements(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    address: web::Path<(String, String)>,
) -> Result<HttpResponse, Error> {
    let (actor, digest) = (caller.actor(), address.1.clone());
    let work = move |service: &service::Service| service.judgements(actor, &at.0, &digest);
    let (found, bytes) = state.work(work).await?;
    Ok(download(&file_name(&found), CSV, bytes))
}

fn demand_small(state: &State, bytes: &[u8]) -> Result<(), Error> {
    let limit = state.service().limits().max_bytes;
    if bytes.len() > limit {
        return Err(Error::TooLarge { limit });
    }
    Ok(())
}
