//! Scoring in the page: what an evaluator types is kept as a draft until they file it as a sheet.
//!
//! A draft is no part of the record and of no total. It is kept exactly as typed; what is wrong with it is told beside the
//! cell, by the reader of sheets.

mod grid;
mod sheet;
mod typed;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::accounts::{Action, Actor, Denied, Role};
use crate::evaluation::{CONSENSUS, EvaluatorIndex, VendorIndex};
use crate::record::{Dossier, EvaluationId};
use crate::store::{KeptDraft, MAX_DRAFT, StoreError};

use super::blank::criteria_of;
use super::declare::must_declare;
use super::filing::Upload;
use super::opened::Opened;
use super::people::named_evaluator;
use super::{Error, FieldProblem, Service};

pub use grid::{CellProblem, GridCell, ScoreGrid};
pub use typed::TypedCell;

/// The most characters that are kept of a score; none has as many.
const MAX_SCORE: usize = 200;
/// The most characters of a reason.
const MAX_REASON: usize = 5000;
/// As often a draft is emptied again after somebody typed on while it was filed.
const TRIES: usize = 3;

/// What somebody typed, about which cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftCell {
    /// The vendor's name.
    pub vendor: String,
    /// The id of the criterion.
    pub criterion: String,
    /// What was typed.
    pub typed: TypedCell,
}

/// A draft as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Content {
    at: Option<Timestamp>,
    cells: Vec<DraftCell>,
}

impl Service {
    /// The cells an evaluator owes, with what is filed and what is typed.
    ///
    /// # Errors
    /// [`Error::NoEvaluator`], or [`Error::Denied`] if the actor may not see what this evaluator scored.
    pub fn score_grid(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluator: &str,
    ) -> Result<ScoreGrid, Error> {
        let opened = self.open(actor, id)?;
        let index = scorer(opened.dossier(), evaluator)?;
        self.may_look(actor, &opened, index)?;
        let (revision, content) = self.content(&opened, index)?;
        self.laid_out(&opened, index, revision, &content)
    }

    /// Saves what was typed into some cells, on top of a revision of the draft; the others stay as they are.
    ///
    /// # Errors
    /// [`Error::DraftStale`] if another window saved something else meanwhile, [`Error::Fields`] with every cell that is
    /// not on the grid or too long.
    pub fn save_draft(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluator: &str,
        revision: u64,
        cells: &[DraftCell],
    ) -> Result<ScoreGrid, Error> {
        let before = self.score_grid(actor, id, evaluator)?;
        self.ask(actor, Action::FileSheet, before.opened.dossier())?;
        let mut after = before.clone();
        after.type_in(cells)?;
        if after.drafts() == before.drafts() {
            // What comes twice, as after an answer that got lost, changes nothing.
            return Ok(before);
        }
        if before.revision != revision {
            return Err(Error::DraftStale);
        }
        let content = Content {
            at: Some(self.now()),
            cells: after.drafts(),
        };
        self.keep(&before.opened, before.evaluator, revision, &content)?;
        let next = revision.saturating_add(1);
        self.laid_out(&before.opened, before.evaluator, next, &content)
    }

    /// The draft of an evaluator as the sheet that is filed of it.
    ///
    /// # Errors
    /// [`Error::Fields`] if nothing is typed that is not filed.
    pub fn draft_sheet(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluator: &str,
    ) -> Result<Upload, Error> {
        let grid = self.score_grid(actor, id, evaluator)?;
        sheet::sheet(grid.opened.dossier(), &grid).ok_or_else(|| {
            let message = "nothing is typed that is not filed yet; score something first";
            Error::field("score", None, "nothing-typed", message)
        })
    }

    /// Leaves in the drafts of evaluators only what is not filed. It has been filed whatever becomes of this: what is kept
    /// here and says the same as what is filed is never shown as a draft.
    pub(super) fn empty_drafts(&self, opened: &Arc<Opened>, evaluators: &[String]) {
        for name in evaluators {
            let Ok(index) = named_evaluator(opened.dossier(), name) else {
                continue;
            };
            let emptied = (0..TRIES).any(|_| self.empty_draft(opened, index).is_ok());
            tracing::debug!(emptied, "a draft was filed");
        }
    }

    fn empty_draft(&self, opened: &Arc<Opened>, evaluator: EvaluatorIndex) -> Result<(), Error> {
        let (revision, content) = self.content(opened, evaluator)?;
        let left = ScoreGrid::new(Arc::clone(opened), evaluator, &content).drafts();
        if left.len() == content.cells.len() {
            return Ok(());
        }
        let content = Content {
            at: content.at,
            cells: left,
        };
        self.keep(opened, evaluator, revision, &content)
    }

    /// Evaluators see their own scores always; those of others are seen by whoever may see scores at all.
    fn may_look(
        &self,
        actor: Actor,
        opened: &Opened,
        evaluator: EvaluatorIndex,
    ) -> Result<(), Error> {
        let dossier = opened.dossier();
        let own = dossier.evaluation().evaluator_name(evaluator);
        let roles = dossier.members().roles(actor).iter();
        let mut names = roles.filter_map(|role| match role {
            Role::Evaluator(name) => Some(name.as_str()),
            Role::Owner | Role::Viewer | Role::Auditor => None,
        });
        if names.any(|name| name == own) {
            return if must_declare(actor, dossier) {
                Err(Denied::Undeclared.into())
            } else {
                Ok(())
            };
        }
        self.ask(actor, Action::SeeScores, dossier)?;
        let seen = self.ask(actor, Action::SeeResults, dossier);
        seen.map_err(|error| match error {
            Error::Denied(Denied::ResultsHidden) => Denied::OwnScores.into(),
            other => other,
        })
    }

    fn laid_out(
        &self,
        opened: &Arc<Opened>,
        evaluator: EvaluatorIndex,
        revision: u64,
        content: &Content,
    ) -> Result<ScoreGrid, Error> {
        let mut grid = ScoreGrid::new(Arc::clone(opened), evaluator, content);
        grid.revision = revision;
        sheet::check(opened.dossier(), &mut grid, &self.limits)?;
        Ok(grid)
    }

    /// The draft of an evaluator with its revision; an empty one of revision 0 if there never was any.
    fn content(&self, opened: &Opened, evaluator: EvaluatorIndex) -> Result<(u64, Content), Error> {
        let dossier = opened.dossier();
        let kept = self.store.draft(dossier.id(), key(dossier, evaluator))?;
        let Some(kept) = kept else {
            return Ok((0, Content::default()));
        };
        let content = serde_json::from_slice(&kept.content)
            .map_err(|why| Error::Damaged(format!("a draft: {why}")))?;
        Ok((kept.revision, content))
    }

    fn keep(
        &self,
        opened: &Opened,
        evaluator: EvaluatorIndex,
        after: u64,
        content: &Content,
    ) -> Result<(), Error> {
        let dossier = opened.dossier();
        let bytes =
            serde_json::to_vec(content).map_err(|why| Error::Damaged(format!("a draft: {why}")))?;
        if bytes.len() > MAX_DRAFT {
            let message =
                "so much cannot be kept in a page; file what is there, or score in a spreadsheet";
            return Err(Error::field("cells", None, "too-much", message));
        }
        let draft = KeptDraft {
            revision: after.saturating_add(1),
            content: bytes,
        };
        let kept = self
            .store
            .keep_draft(dossier.id(), key(dossier, evaluator), draft);
        kept.map_err(|why| match why {
            StoreError::Stale => Error::DraftStale,
            other => other.into(),
        })
    }
}

impl ScoreGrid {
    fn new(opened: Arc<Opened>, evaluator: EvaluatorIndex, content: &Content) -> Self {
        let dossier = opened.dossier();
        let evaluation = dossier.evaluation();
        let is_theirs = |vendor: &VendorIndex| {
            !evaluation.is_excluded(*vendor) && !evaluation.is_recused(evaluator, *vendor)
        };
        let vendors: Vec<VendorIndex> = evaluation.vendor_indices().filter(is_theirs).collect();
        let criteria = criteria_of(dossier, Some(evaluator));
        let typed = content.cells.iter();
        let mut typed: BTreeMap<(&str, &str), &DraftCell> = typed
            .map(|cell| ((cell.criterion.as_str(), cell.vendor.as_str()), cell))
            .collect();
        let mut cells = Vec::with_capacity(criteria.len().saturating_mul(vendors.len()));
        for &criterion in &criteria {
            let found = dossier.set().criteria().get(criterion.position());
            let id = found.map_or("", |found| found.id());
            for &vendor in &vendors {
                let given = evaluation.matrix().given(vendor, criterion, evaluator);
                let mut cell = GridCell {
                    vendor,
                    criterion,
                    filed: given.map(|given| TypedCell::of(evaluation, given)),
                    draft: None,
                    problem: None,
                };
                if let Some(typed) = typed.remove(&(id, evaluation.vendor_name(vendor))) {
                    cell.type_in(&typed.typed);
                }
                cells.push(cell);
            }
        }
        Self {
            evaluator,
            criteria,
            vendors,
            cells,
            revision: 0,
            saved_at: content.at,
            problems: Vec::new(),
            elsewhere: typed.into_values().cloned().collect(),
            opened,
        }
    }

    /// The grid with what somebody typed over it, unchecked; what is about no cell of it is passed over.
    #[must_use]
    pub fn with_typed(&self, cells: &[DraftCell]) -> Self {
        let mut typed = self.clone();
        // The cells that can be found are typed in, whatever is wrong with others.
        let _refused = typed.type_in(cells);
        typed
    }

    /// What is typed and not filed, as it is kept.
    fn drafts(&self) -> Vec<DraftCell> {
        let dossier = self.opened.dossier();
        let drafts = self.cells.iter().filter_map(|cell| {
            let criterion = dossier.set().criteria().get(cell.criterion.position())?;
            Some(DraftCell {
                vendor: dossier.evaluation().vendor_name(cell.vendor).to_owned(),
                criterion: criterion.id().to_owned(),
                typed: cell.draft.clone()?,
            })
        });
        drafts.chain(self.elsewhere.iter().cloned()).collect()
    }

    fn type_in(&mut self, cells: &[DraftCell]) -> Result<(), Error> {
        let dossier = Arc::clone(&self.opened);
        let dossier = dossier.dossier();
        let mut problems = Vec::new();
        for (at, typed) in cells.iter().enumerate() {
            let mut refuse = |field: &str, value: &str, code, message: &str| {
                problems.push(FieldProblem {
                    field: format!("cells.{at}.{field}"),
                    value: Some(value.chars().take(60).collect()),
                    code,
                    message: message.to_owned(),
                });
            };
            let criterion = dossier.set().criterion_index(&typed.criterion);
            let criterion = criterion.filter(|one| self.criteria.contains(one));
            let mut vendors = self.vendors.iter();
            let name = typed.vendor.as_str();
            let vendor = vendors.find(|one| dossier.evaluation().vendor_name(**one) == name);
            if criterion.is_none() {
                let message = "this evaluator has no such criterion to score; load the page again";
                refuse("criterion", &typed.criterion, "unknown-criterion", message);
            }
            if vendor.is_none() {
                let message = "this evaluator has no such vendor to score; load the page again";
                refuse("vendor", &typed.vendor, "unknown-vendor", message);
            }
            if typed.typed.score.chars().count() > MAX_SCORE {
                let message = "no score has more than 200 characters; write the reason beside it";
                refuse("score", &typed.typed.score, "cell-too-long", message);
            }
            if typed.typed.reason.chars().count() > MAX_REASON {
                let message = "a reason has at most 5000 characters; write the rest elsewhere";
                refuse("reason", &typed.typed.reason, "cell-too-long", message);
            }
            let mut grid = self.cells.iter_mut();
            let is_it = |cell: &&mut GridCell| {
                Some(cell.criterion) == criterion && Some(&cell.vendor) == vendor
            };
            if let Some(cell) = grid.find(is_it) {
                cell.type_in(&typed.typed);
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Error::Fields(problems))
        }
    }
}

impl GridCell {
    fn type_in(&mut self, typed: &TypedCell) {
        let is_other = !typed.says_the_same(self.before());
        self.draft = is_other.then(|| typed.clone());
    }
}

/// Somebody who scores. The consensus is nobody: it is agreed on cell by cell.
fn scorer(dossier: &Dossier, name: &str) -> Result<EvaluatorIndex, Error> {
    let index = named_evaluator(dossier, name)?;
    if dossier.evaluation().evaluator_name(index) == CONSENSUS {
        return Err(Error::NoEvaluator);
    }
    Ok(index)
}

/// What a draft is kept under: the name as it is compared.
fn key(dossier: &Dossier, evaluator: EvaluatorIndex) -> &str {
    let evaluators = dossier.evaluation().evaluators();
    let name = evaluators.get(evaluator.position());
    name.map_or("", crate::table::Name::key)
}
