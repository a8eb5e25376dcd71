//! The end of it: scoring is closed, the result locked, and the decision recorded.

use actix_web::{HttpResponse, web};

use super::{Document, Error, Named, State, changed};
use crate::web::{At, Caller, Confirmed};

/// Closes scoring.
pub(super) async fn close(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    said: Document,
) -> Result<HttpResponse, Error> {
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.close_scoring(actor, &at.0)
    })
    .await
}

/// Opens scoring again.
pub(super) async fn reopen(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.reopen_scoring(actor, &at.0, &reason)
    })
    .await
}

/// Records the decision; that no vendor is chosen is said by `"vendor": null`.
pub(super) async fn decide(
    state: web::Data<State>,
    caller: Confirmed,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    if !said.has("vendor") {
        let message = "write the vendor that is chosen, or null if none is";
        said.refuse("vendor", None, "vendor-missing", message);
    }
    let named = Named {
        vendor: said.text("vendor"),
        evaluator: None,
    };
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        let decided = service.decide(actor, &at.0, named.vendor.as_deref(), &reason);
        decided.map_err(|error| named.blame(error))
    })
    .await
}

/// Takes the decision back.
pub(super) async fn take_back(
    state: web::Data<State>,
    caller: Confirmed,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.take_back_decision(actor, &at.0, &reason)
    })
    .await
}

/// Locks the result.
pub(super) async fn lock(
    state: web::Data<State>,
    caller: Confirmed,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.lock_result(actor, &at.0, &reason)
    })
    .await
}

/// Unlocks the result.
pub(super) async fn unlock(
    state: web::Data<State>,
    caller: Confirmed,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.unlock_result(actor, &at.0, &reason)
    })
    .await
}

/// Opens the sealed prices.
pub(super) async fn open_prices(
    state: web::Data<State>,
    caller: Confirmed,
    at: At,
    said: Document,
) -> Result<HttpResponse, Error> {
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.open_prices(actor, &at.0)
    })
    .await
}

/// Confirms what another person proposed: the one whose number is sent.
pub(super) async fn confirm(
    state: web::Data<State>,
    caller: Confirmed,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let text = said.amount("number").unwrap_or_default();
    let number = text.parse().ok();
    if number.is_none() && !said.is_blamed("number") {
        let message = "write the number of the proposal, as `proposal` in the evaluation tells it";
        said.refuse("number", Some(&text), "not-a-number", message);
    }
    said.end()?;
    let actor = caller.actor();
    let number = number.unwrap_or_default();
    changed(&state, actor, move |service| {
        service.confirm_proposal(actor, &at.0, number)
    })
    .await
}

/// Takes a proposal back.
pub(super) async fn take_proposal_back(
    state: web::Data<State>,
    caller: Confirmed,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.take_back_proposal(actor, &at.0, &reason)
    })
    .await
}
