//! What vendors cost, and price against quality.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{Error, RECORD, State};
use crate::reports;
use crate::scoring::tco::tco;
use crate::service;
use crate::web::take::Query;
use crate::web::{At, Caller};

/// What every vendor's price is made of.
pub(super) async fn costs(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    Query::of(&request, &[])?;
    let actor = caller.actor();
    let work = move |service: &service::Service| {
        let opened = service.prices(actor, &at.0)?;
        let evaluation = opened.dossier().evaluation();
        let mut bytes = Vec::new();
        let written = reports::costs_json(evaluation, tco(evaluation).as_ref(), &mut bytes);
        Ok((opened.dossier().head().to_string(), written.map(|()| bytes)))
    };
    let (head, bytes) = state.work(work).await?;
    Ok(HttpResponse::Ok()
        .insert_header((RECORD, head))
        .content_type("application/json")
        .body(bytes.map_err(|_| Error::Broken)?))
}

/// Every vendor's quality against each price, through a lens if one is asked for.
pub(super) async fn price_quality(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &["lens"])?;
    let lens = query.get("lens").map(str::to_owned);
    let actor = caller.actor();
    let work = move |service: &service::Service| {
        let opened = service.prices(actor, &at.0)?;
        let found = opened.price_quality(opened.lens(lens.as_deref())?);
        let evaluation = opened.dossier().evaluation();
        let mut bytes = Vec::new();
        let written = reports::price_quality_json(evaluation, &found, &mut bytes);
        Ok((opened.dossier().head().to_string(), written.map(|()| bytes)))
    };
    let (head, bytes) = state.work(work).await?;
    Ok(HttpResponse::Ok()
        .insert_header((RECORD, head))
        .content_type("application/json")
        .body(bytes.map_err(|_| Error::Broken)?))
}
