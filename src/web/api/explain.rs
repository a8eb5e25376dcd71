//! What a result rests on, as JSON: what the pages that explain it say.

use std::io::{self, Write};
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};

use super::{Error, RECORD, State};
use crate::accounts::Actor;
use crate::criteria::{Lens, Weighting};
use crate::evaluation::VendorIndex;
use crate::record::EvaluationId;
use crate::reports::{self, Detail, Published};
use crate::scoring::{self, Scorecard};
use crate::service::{self, Opened, Service};
use crate::table::Name;
use crate::web::take::Query;
use crate::web::{At, Caller};

/// What the record's own weights are called beside the ids of lenses.
const RECORD_WEIGHTS: &str = "record";

/// Why one vendor is before another; without a word the first two of the ranking.
pub(super) async fn why(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &["first", "second", "lens"])?;
    told(&state, caller, at, Service::results, move |opened, out| {
        let card = opened.scorecard(opened.lens(query.get("lens"))?);
        let (first, second) = pair(opened, &card, &query)?;
        let published = reports::publish(opened.dossier().evaluation(), &card, Detail::Full);
        Ok(reports::why_json(&published, &card, (first, second), out))
    })
    .await
}

/// Which missing answers could still change the order.
pub(super) async fn missing(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &["lens"])?;
    told(&state, caller, at, Service::results, move |opened, out| {
        let card = opened.scorecard(opened.lens(query.get("lens"))?);
        let evaluation = opened.dossier().evaluation();
        Ok(reports::missing_json(evaluation, &card, out))
    })
    .await
}

/// What to talk about first: how much people differ and not what they gave, so that a tender shows it before scoring is closed.
pub(super) async fn agenda(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &["lens"])?;
    told(
        &state,
        caller,
        at,
        Service::disagreement,
        move |opened, out| {
            let card = opened.scorecard(opened.lens(query.get("lens"))?);
            let evaluation = opened.dossier().evaluation();
            Ok(reports::agenda_json(evaluation, &card, out))
        },
    )
    .await
}

/// The record's weights and every lens side by side.
pub(super) async fn lenses(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    Query::of(&request, &[])?;
    told(&state, caller, at, Service::results, |opened, out| {
        let evaluation = opened.dossier().evaluation();
        let lenses = opened.dossier().set().lenses().iter().map(Some);
        let cards: Vec<Arc<Scorecard>> = std::iter::once(None)
            .chain(lenses)
            .map(|lens| opened.scorecard(lens))
            .collect();
        let published: Vec<Published<'_>> = cards
            .iter()
            .map(|card| reports::publish(evaluation, card, Detail::Ranking))
            .collect();
        let views: Vec<_> = cards.iter().map(AsRef::as_ref).zip(&published).collect();
        Ok(reports::lenses_json(evaluation, &views, out))
    })
    .await
}

/// Who is first in every mix of two lenses, or of one and the record.
pub(super) async fn mix(
    request: HttpRequest,
    state: web::Data<State>,
    caller: Caller,
    at: At,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &["from", "to"])?;
    told(&state, caller, at, Service::results, move |opened, out| {
        let set = opened.dossier().set();
        let lens = |name: &str| match query.get(name) {
            Some(RECORD_WEIGHTS) => Ok(None),
            Some(id) => opened.lens(Some(id)),
            None => {
                let message = "say which lens by its id, or record for the record's own weights";
                Err(service::Error::field(
                    name,
                    None,
                    "missing-parameter",
                    message,
                ))
            }
        };
        let (from, to) = (lens("from")?, lens("to")?);
        let weighting = |lens: Option<&Lens>| match lens {
            Some(lens) => Weighting::of_lens(set, lens),
            None => Weighting::of_record(set),
        };
        let record = opened.scorecard(None);
        let found = scoring::firmness::mix(set, &record, &weighting(from), &weighting(to));
        let evaluation = opened.dossier().evaluation();
        Ok(reports::mix_json(evaluation, (from, to), &found, out))
    })
    .await
}

/// The two vendors that are asked for by name; without a word those of the ranking's top.
fn pair(
    opened: &Opened,
    card: &Scorecard,
    query: &Query,
) -> Result<(VendorIndex, VendorIndex), service::Error> {
    let (first, second) = (
        named(opened, query, "first")?,
        named(opened, query, "second")?,
    );
    let ranked = || card.vendors.iter().map(|one| one.vendor);
    let first = first.or_else(|| ranked().find(|one| second != Some(*one)));
    let second = second.or_else(|| ranked().find(|one| first != Some(*one)));
    match (first, second) {
        (Some(first), Some(second)) if first != second => Ok((first, second)),
        _ => {
            let message = "two different vendors are compared; name another one here";
            let value = query.get("second");
            Err(service::Error::field(
                "second",
                value,
                "same-vendor",
                message,
            ))
        }
    }
}

fn named(
    opened: &Opened,
    query: &Query,
    field: &'static str,
) -> Result<Option<VendorIndex>, service::Error> {
    let Some(value) = query.get(field) else {
        return Ok(None);
    };
    let evaluation = opened.dossier().evaluation();
    let name = Name::parse(value).ok();
    let mut known = evaluation.vendors().names().iter();
    let at = known.position(|one| name.as_ref().is_some_and(|name| name.key() == one.key()));
    let found = at.and_then(|at| evaluation.vendor_indices().nth(at));
    let unknown = || {
        let message =
            "the evaluation has no vendor of this name; write it as it stands in the list";
        service::Error::field(field, Some(value), "unknown-vendor", message)
    };
    found.ok_or_else(unknown).map(Some)
}

/// Opens an evaluation as one may, and answers with what is written about it.
async fn told(
    state: &State,
    caller: Caller,
    at: At,
    open: fn(&Service, Actor, &EvaluationId) -> Result<Arc<Opened>, service::Error>,
    write: impl FnOnce(&Opened, &mut dyn Write) -> Result<io::Result<()>, service::Error>
    + Send
    + 'static,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let work = move |service: &Service| {
        let opened = open(service, actor, &at.0)?;
        let mut bytes = Vec::new();
        let written = write(&opened, &mut bytes)?;
        Ok((opened.dossier().head().to_string(), written.map(|()| bytes)))
    };
    let (head, bytes) = state.work(work).await?;
    Ok(HttpResponse::Ok()
        .insert_header((RECORD, head))
        .content_type("application/json")
        .body(bytes.map_err(|_| Error::Broken)?))
}
