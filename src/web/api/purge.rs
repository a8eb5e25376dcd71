//! Purging files, and until when everything is kept.

use actix_web::{HttpResponse, web};

use super::{Document, Error, State, changed};
use crate::web::{At, AtSheet, Confirmed};

/// Purges the file of a sheet, or proposes to.
pub(super) async fn file(
    state: web::Data<State>,
    caller: Confirmed,
    at: AtSheet,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let (AtSheet(id, number), actor) = (at, caller.actor());
    changed(&state, actor, move |service| {
        service.purge_file(actor, &id, number, &reason)
    })
    .await
}

/// Purges every file of an evaluation whose time is over, or proposes to.
pub(super) async fn all(
    state: web::Data<State>,
    caller: Confirmed,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.purge_all(actor, &at.0, &reason)
    })
    .await
}

/// Says until when everything is kept; null for no day.
pub(super) async fn retain(
    state: web::Data<State>,
    caller: Confirmed,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    if !said.has("until") {
        let message =
            "write the last day on which everything is kept, as \"2030-12-31\", or null for none";
        said.refuse("until", None, "until-missing", message);
    }
    let until = said.text("until");
    let reason = said.text("reason").unwrap_or_default();
    said.end()?;
    let actor = caller.actor();
    changed(&state, actor, move |service| {
        service.retain(actor, &at.0, until.as_deref(), &reason)
    })
    .await
}
