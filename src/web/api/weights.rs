//! Weights by method: what people say about how much criteria matter in, the bytes of the command line out.

use actix_web::{HttpResponse, web};

use super::{Error, State};
use crate::criteria::elicit::Method;
use crate::reports;
use crate::service;
use crate::web::Caller;
use crate::web::take::OneFile;

/// Makes weights of one file by a method.
pub(super) async fn elicit(
    state: web::Data<State>,
    caller: Caller,
    method: web::Path<String>,
    OneFile(bytes): OneFile,
) -> Result<HttpResponse, Error> {
    let method = Method::with_code(&method).ok_or(Error::NotFound)?;
    let limit = state.service().limits().max_bytes;
    if bytes.len() > limit {
        return Err(Error::TooLarge { limit });
    }
    let actor = caller.actor();
    let work = move |service: &service::Service| service.elicit(actor, method, &bytes);
    let elicited = state.work(work).await?;
    let mut bytes = Vec::new();
    reports::weights_json(&elicited, &mut bytes).map_err(|_| Error::Broken)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(bytes))
}
