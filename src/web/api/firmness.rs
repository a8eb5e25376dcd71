//! How firm a result is, and how much its evaluators agree: the same bytes as the command line prints.

use std::io;
use std::sync::PoisonError;

use actix_web::{HttpRequest, HttpResponse, web};

use super::{Error, RECORD, State};
use crate::criteria::Lens;
use crate::reports;
use crate::scoring::draws::Plan;
use crate::service::{self, Opened};
use crate::web::take::{Query, demand_in_time, plan_of, takes_long};
use crate::web::{At, Caller};

/// What an address of firmness takes.
const TAKEN: [&str; 4] = ["lens", "draws", "seed", "weights"];

/// How firm the result is, through a lens if one is asked for.
pub(super) async fn firmness(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &TAKEN)?;
    let plan = plan_of(&query)?;
    let lens = query.get("lens").map(str::to_owned);
    let (actor, turn) = (caller.actor(), state.turn());
    let work = move |service: &service::Service| {
        let opened = service.results(actor, &at.0)?;
        let lens = opened.lens(lens.as_deref())?;
        let card = opened.scorecard(lens);
        demand_in_time(&card, plan)?;
        let is_long = takes_long(&card, plan);
        if is_long && !may_draw(&opened, lens, plan) {
            return Ok(Err(Error::DrawsGoOn));
        }
        // As with pages, long draws are made one after the other.
        let _turn = is_long.then(|| turn.lock().unwrap_or_else(PoisonError::into_inner));
        let assessment = opened.assessment(lens, plan);
        let evaluation = opened.dossier().evaluation();
        let mut bytes = Vec::new();
        let written = reports::firmness_json(evaluation, &assessment, &mut bytes);
        Ok(Ok((head(&opened), written.map(|()| bytes))))
    };
    let (head, bytes) = state.work(work).await??;
    answer(head, bytes)
}

/// Whether long draws are there already, or whoever asks is to make them.
fn may_draw(opened: &Opened, lens: Option<&Lens>, plan: Plan) -> bool {
    let drawing = opened.drawing(lens, plan);
    drawing.done().is_some() || opened.is_mine_to_begin(&drawing)
}

/// How much the evaluators agree.
pub(super) async fn agreement(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    Query::of(&request, &[])?;
    let actor = caller.actor();
    let work = move |service: &service::Service| {
        let opened = service.comparison(actor, &at.0)?;
        let evaluation = opened.dossier().evaluation();
        let mut bytes = Vec::new();
        let left_out = &opened.firmness(None).leave_outs;
        let agreement = opened.agreement();
        let written = reports::agreement_json(evaluation, &agreement, left_out, &mut bytes);
        Ok((head(&opened), written.map(|()| bytes)))
    };
    let (head, bytes) = state.work(work).await?;
    answer(head, bytes)
}

fn head(opened: &Opened) -> String {
    opened.dossier().head().to_string()
}

fn answer(head: String, bytes: io::Result<Vec<u8>>) -> Result<HttpResponse, Error> {
    Ok(HttpResponse::Ok()
        .insert_header((RECORD, head))
        .content_type("application/json")
        .body(bytes.map_err(|_| Error::Broken)?))
}
