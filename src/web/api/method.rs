//! The method: the criteria set and its price ranges, frozen before sheets come in.

use actix_web::{HttpResponse, web};

use super::evaluations::prices_of;
use super::{Document, Error, State, changed};
use crate::web::{At, Caller};

/// Chooses the criteria set and its price ranges.
pub(super) async fn choose(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let criteria = said.text("criteria").unwrap_or_default();
    let prices = prices_of(&mut said);
    said.end()?;
    let actor = caller.actor();
    changed(&state, move |service| {
        service.choose_method(actor, &at.0, &criteria, &prices)
    })
    .await
}

/// Freezes the method.
pub(super) async fn freeze(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    said: Document,
) -> Result<HttpResponse, Error> {
    said.end()?;
    let actor = caller.actor();
    changed(&state, move |service| service.freeze_method(actor, &at.0)).await
}

/// Opens the method again.
pub(super) async fn reopen(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(&state, move |service| {
        service.reopen_method(actor, &at.0, &reason)
    })
    .await
}
