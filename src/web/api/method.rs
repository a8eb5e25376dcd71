//! The method: the criteria set and its price ranges, frozen before sheets come in.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::evaluation::{Evaluation, Revised};
use crate::reports::views::Nowhere;
use crate::reports::views::mix::mixed;
use crate::reports::{self, Detail};
use crate::scoring;
use crate::service::{Opened, Revise, Service, SetFile};

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
    changed(&state, actor, move |service| {
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
    changed(&state, actor, move |service| {
        service.freeze_method(actor, &at.0)
    })
    .await
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
    changed(&state, actor, move |service| {
        service.reopen_method(actor, &at.0, &reason)
    })
    .await
}

/// Puts another version of the method under the answers; with `"dry_run": true` it is only looked at.
pub(super) async fn revise(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let toml = said.text("toml").unwrap_or_default();
    let wanted = Revise {
        own: SetFile {
            file_name: "method.toml".to_owned(),
            bytes: toml.into_bytes(),
        },
        mapping: said.text("mapping").unwrap_or_default(),
        reason: said.text("reason").unwrap_or_default(),
    };
    let is_dry = said.truth("dry_run").unwrap_or(false);
    said.end()?;
    let actor = caller.actor();
    if is_dry {
        let work = move |service: &Service| service.preview_revision(actor, &at.0, &wanted);
        let (before, revised) = state.work(work).await?;
        return Ok(HttpResponse::Ok().json(RevisedJson::new(&before, &revised)));
    }
    changed(&state, actor, move |service| {
        service.revise_method(actor, &at.0, &wanted)
    })
    .await
}

/// What another version of the method would make of the answers.
#[derive(Debug, Serialize)]
struct RevisedJson {
    before: Vec<PlaceJson>,
    after: Vec<PlaceJson>,
    dropped: Vec<DroppedJson>,
}

#[derive(Debug, Serialize)]
struct PlaceJson {
    vendor: String,
    rank: String,
    total: String,
}

#[derive(Debug, Serialize)]
struct DroppedJson {
    criterion: String,
    answers: usize,
}

impl RevisedJson {
    fn new(before: &Opened, revised: &Revised) -> Self {
        let places = |evaluation: &Evaluation| {
            let card = scoring::rank(evaluation, None);
            let published = reports::publish(evaluation, &card, Detail::Ranking);
            let rows = mixed(&published, &Nowhere).into_iter();
            rows.map(|row| PlaceJson {
                vendor: row.vendor,
                rank: row.rank,
                total: row.total,
            })
            .collect()
        };
        let dropped = revised.dropped.iter();
        Self {
            before: places(before.dossier().evaluation()),
            after: places(&revised.evaluation),
            dropped: dropped
                .map(|one| DroppedJson {
                    criterion: one.criterion.clone(),
                    answers: one.answers,
                })
                .collect(),
        }
    }
}
