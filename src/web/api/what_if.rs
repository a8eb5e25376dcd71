//! What would be, as JSON: the result with what is different about it beside.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{Error, RECORD, State};
use crate::criteria::Lens;
use crate::reports::{self, Detail, WhatIfAsked};
use crate::service::{self, Service};
use crate::web::take::AskedWhatIf;
use crate::web::{At, Caller};

/// What would be; the query is that of the page.
pub(super) async fn what_if(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let asked = AskedWhatIf::of(&request)?;
    let actor = caller.actor();
    let work = move |service: &Service| {
        let opened = service.to_ask_what_if(actor, &at.0)?;
        let lens = opened.lens(asked.lens())?;
        let read = asked.read(&opened, lens).map_err(service::Error::Fields)?;
        let (evaluation, record) = (opened.dossier().evaluation(), opened.scorecard(None));
        let found = opened.what_if(&read.what);
        let published = reports::publish(evaluation, &found.card, Detail::Full);
        let told = WhatIfAsked {
            lens: lens.map(Lens::id),
            shares: &read.shares,
            price: read.price,
            without: read.what.without(),
        };
        let mut bytes = Vec::new();
        let written =
            reports::what_if_json(evaluation, &record, &published, &found, told, &mut bytes);
        Ok((opened.dossier().head().to_string(), written.map(|()| bytes)))
    };
    let (head, bytes) = state.work(work).await?;
    Ok(HttpResponse::Ok()
        .insert_header((RECORD, head))
        .content_type("application/json")
        .body(bytes.map_err(|_| Error::Broken)?))
}
