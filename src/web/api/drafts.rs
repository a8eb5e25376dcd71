//! What evaluators type and have not filed yet: the script of the grid saves it as they go.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use crate::criteria::Criterion;
use crate::record::EvaluationId;
use crate::service::{self, DraftCell, GridCell, ScoreGrid, TypedCell};
use crate::web::Caller;

use super::{Document, Error, State};

/// The draft of an evaluator.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct DraftAddress {
    id: String,
    evaluator: String,
}

impl DraftAddress {
    fn parts(self) -> Result<(EvaluationId, String), Error> {
        let id = self.id.parse().map_err(|_| service::Error::NoEvaluation)?;
        Ok((id, self.evaluator))
    }
}

#[derive(Debug, Serialize)]
struct GridJson<'a> {
    evaluator: &'a str,
    /// Counts every time that the draft was saved; it is sent back with the next change.
    revision: u64,
    saved_at: Option<String>,
    scored: usize,
    owed: usize,
    unfiled: usize,
    /// What is wrong and is about no cell.
    problems: &'a [String],
    cells: Vec<CellJson<'a>>,
}

#[derive(Debug, Serialize)]
struct CellJson<'a> {
    vendor: &'a str,
    criterion: &'a str,
    #[serde(flatten)]
    shown: &'a TypedCell,
    /// What is filed; null if nothing is.
    filed: Option<&'a TypedCell>,
    /// Whether it is typed and not filed.
    unfiled: bool,
    problem: Option<ProblemJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ProblemJson<'a> {
    field: &'static str,
    code: &'static str,
    message: &'a str,
}

/// Every cell the evaluator owes, with what is typed and what is filed.
pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<DraftAddress>,
) -> Result<HttpResponse, Error> {
    let (id, evaluator) = address.into_inner().parts()?;
    shown(&state, caller, id, evaluator).await
}

/// The draft of an evaluator as JSON.
pub(in crate::web) async fn shown(
    state: &State,
    caller: Caller,
    id: EvaluationId,
    evaluator: String,
) -> Result<HttpResponse, Error> {
    let actor = caller.actor();
    let grid = state
        .work(move |service| service.score_grid(actor, &id, &evaluator))
        .await?;
    Ok(HttpResponse::Ok().json(GridJson::new(&grid)))
}

/// Saves some cells on top of a revision.
pub(in crate::web) async fn save(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<DraftAddress>,
    said: Document,
) -> Result<HttpResponse, Error> {
    let (id, evaluator) = address.into_inner().parts()?;
    saved(&state, caller, id, evaluator, said).await
}

/// Saves what was sent, and answers with the whole draft.
pub(in crate::web) async fn saved(
    state: &State,
    caller: Caller,
    id: EvaluationId,
    evaluator: String,
    said: Document,
) -> Result<HttpResponse, Error> {
    let (revision, cells) = read(said)?;
    let actor = caller.actor();
    let grid = state
        .work(move |service| service.save_draft(actor, &id, &evaluator, revision, &cells))
        .await?;
    Ok(HttpResponse::Ok().json(GridJson::new(&grid)))
}

/// Reads `{"revision": 3, "cells": [{"vendor", "criterion", "score", "reason"}]}`.
fn read(mut said: Document) -> Result<(u64, Vec<DraftCell>), Error> {
    let text = said.amount("revision").unwrap_or_default();
    let revision = text.parse().ok();
    if revision.is_none() && !said.is_blamed("revision") {
        let message =
            "write the revision that was answered last, like 3; 0 if the draft was never saved";
        said.refuse("revision", Some(&text), "not-a-revision", message);
    }
    let mut cells = Vec::new();
    for mut cell in said.list("cells") {
        let mut text = |name| cell.text(name).unwrap_or_default();
        cells.push(DraftCell {
            vendor: text("vendor"),
            criterion: text("criterion"),
            typed: TypedCell::new(&text("score"), &text("reason")),
        });
        said.absorb(cell);
    }
    said.end()?;
    Ok((revision.unwrap_or_default(), cells))
}

impl<'a> GridJson<'a> {
    fn new(grid: &'a ScoreGrid) -> Self {
        Self {
            evaluator: grid.evaluator_name(),
            revision: grid.revision(),
            saved_at: grid.saved_at().map(|at| at.to_string()),
            scored: grid.scored(),
            owed: grid.cells().len().saturating_sub(grid.scored()),
            unfiled: grid.unfiled(),
            problems: grid.problems(),
            cells: grid
                .cells()
                .iter()
                .map(|cell| CellJson::new(grid, cell))
                .collect(),
        }
    }
}

impl<'a> CellJson<'a> {
    fn new(grid: &'a ScoreGrid, cell: &'a GridCell) -> Self {
        let dossier = grid.opened().dossier();
        let criterion = dossier.set().criteria().get(cell.criterion.position());
        Self {
            vendor: dossier.evaluation().vendor_name(cell.vendor),
            criterion: criterion.map_or("", Criterion::id),
            shown: cell.shown(),
            filed: cell.filed.as_ref(),
            unfiled: cell.draft.is_some(),
            problem: cell.problem.as_ref().map(|problem| ProblemJson {
                field: if problem.is_reason { "reason" } else { "score" },
                code: problem.code,
                message: &problem.message,
            }),
        }
    }
}
