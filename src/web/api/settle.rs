//! Settling: a vendor out of the comparison, an evaluator whose answers do not count; each with a reason, each reversible.

use std::sync::Arc;

use actix_web::{HttpResponse, web};

use super::{Document, Error, Named, State, changed};
use crate::accounts::Actor;
use crate::record::EvaluationId;
use crate::service::{self, Opened, Service};
use crate::web::{At, Caller};

/// Excludes a vendor.
pub(super) async fn exclude(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    said: Document,
) -> Result<HttpResponse, Error> {
    of_vendor(&state, caller, at, said, Service::exclude_vendor).await
}

/// Admits a vendor again.
pub(super) async fn readmit(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    said: Document,
) -> Result<HttpResponse, Error> {
    of_vendor(&state, caller, at, said, Service::readmit_vendor).await
}

/// Recuses an evaluator, for one vendor or for all.
pub(super) async fn recuse(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    said: Document,
) -> Result<HttpResponse, Error> {
    of_evaluator(&state, caller, at, said, Service::recuse_evaluator).await
}

/// Takes a recusal back.
pub(super) async fn take_recusal_back(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    said: Document,
) -> Result<HttpResponse, Error> {
    of_evaluator(&state, caller, at, said, Service::return_evaluator).await
}

type Done = Result<Arc<Opened>, service::Error>;

async fn of_vendor(
    state: &State,
    caller: Caller,
    at: At,
    mut said: Document,
    verb: fn(&Service, Actor, &EvaluationId, &str, &str) -> Done,
) -> Result<HttpResponse, Error> {
    let named = Named {
        vendor: said.text("vendor"),
        evaluator: None,
    };
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(state, actor, move |service| {
        let done = verb(service, actor, &at.0, named.vendor(), &reason);
        done.map_err(|error| named.blame(error))
    })
    .await
}

async fn of_evaluator(
    state: &State,
    caller: Caller,
    at: At,
    mut said: Document,
    verb: fn(&Service, Actor, &EvaluationId, &str, Option<&str>, &str) -> Done,
) -> Result<HttpResponse, Error> {
    let named = Named {
        evaluator: said.text("evaluator"),
        vendor: said.text("vendor"),
    };
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(state, actor, move |service| {
        let (evaluator, vendor) = (named.evaluator(), named.vendor.as_deref());
        let done = verb(service, actor, &at.0, evaluator, vendor, &reason);
        done.map_err(|error| named.blame(error))
    })
    .await
}
