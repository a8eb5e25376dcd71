//! An evaluation as programs see it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::accounts::{Action, Actor, may};
use crate::criteria::CriteriaSet;
use crate::evaluation::{EvaluationKind, Phase, Prices, Results, Stage};
use crate::record::{Declaration, Dossier, EvaluationId, Exclusion, Recusal};
use crate::service::{EvaluatorProgress, OpenCell, Pinned, Progress, Step, StepState};
use crate::table::Name;

use super::filed::{SheetJson, sheets};
use super::resolved::{DecisionJson, ProposalJson, WhyJson};

/// An evaluation with everything about its state.
#[derive(Debug, Serialize)]
pub(super) struct EvaluationJson<'a> {
    id: &'a EvaluationId,
    title: &'a str,
    evaluation_kind: EvaluationKind,
    results: Results,
    prices: Prices,
    phase: Phase,
    state: Stage,
    sample: bool,
    criteria: SetJson<'a>,
    vendors: Vec<&'a str>,
    evaluators: Vec<&'a str>,
    steps: Vec<StepJson>,
    progress: ProgressJson<'a>,
    sheets: Vec<SheetJson<'a>>,
    exclusions: Vec<ExclusionJson<'a>>,
    recusals: Vec<RecusalJson<'a>>,
    /// What each evaluator declared about conflicts of interest; left out for whoever may not see who did what.
    #[serde(skip_serializing_if = "Option::is_none")]
    declarations: Option<Vec<DeclarationJson<'a>>>,
    decision: Option<DecisionJson<'a>>,
    /// What one person proposed and another is to confirm.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<ProposalJson<'a>>,
    /// The last day on which everything is kept; null if none is set.
    retention: Option<Date>,
    /// Null if the result is not locked.
    lock: Option<WhyJson<'a>>,
    /// Null if no result is pinned.
    pinned: Option<PinnedJson<'a>>,
    /// The digest of the method sheet; null until the method is frozen.
    method_sheet: Option<String>,
    started_at: Timestamp,
    record: String,
    links: Links,
}

#[derive(Debug, Serialize)]
pub(super) struct SetJson<'a> {
    pub(super) id: &'a str,
    pub(super) version: &'a str,
    pub(super) sha256: String,
}

#[derive(Debug, Serialize)]
struct StepJson {
    step: &'static str,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct ProgressJson<'a> {
    missing: usize,
    evaluators: Vec<EvaluatorJson<'a>>,
    prices: Vec<CellJson<'a>>,
    unowned: Vec<CellJson<'a>>,
}

#[derive(Debug, Serialize)]
struct EvaluatorJson<'a> {
    evaluator: &'a str,
    handed_out_at: Option<Timestamp>,
    answered: usize,
    missing: usize,
    owes: Vec<CellJson<'a>>,
}

#[derive(Debug, Serialize)]
struct CellJson<'a> {
    vendor: &'a str,
    criterion: &'a str,
    conflict: bool,
}

#[derive(Debug, Serialize)]
struct ExclusionJson<'a> {
    vendor: &'a str,
    #[serde(flatten)]
    why: WhyJson<'a>,
}

#[derive(Debug, Serialize)]
struct RecusalJson<'a> {
    evaluator: &'a str,
    /// Null for all vendors.
    vendor: Option<&'a str>,
    #[serde(flatten)]
    why: WhyJson<'a>,
}

#[derive(Debug, Serialize)]
struct DeclarationJson<'a> {
    evaluator: &'a str,
    /// The vendors they were asked about.
    vendors: &'a [String],
    /// Those with whom they have a conflict.
    conflicts: &'a [String],
    words: Option<&'a str>,
    by: &'a str,
    at: Timestamp,
}

impl<'a> DeclarationJson<'a> {
    fn new(said: &'a Declaration) -> Self {
        Self {
            evaluator: &said.evaluator,
            vendors: &said.vendors,
            conflicts: &said.conflicts,
            words: said.words.as_deref(),
            by: &said.by,
            at: said.at,
        }
    }
}

/// The pinned result.
#[derive(Debug, Serialize)]
struct PinnedJson<'a> {
    sha256: String,
    method: &'a str,
    record: &'a str,
    /// Whether every pinned figure is the one that is computed now.
    matches: bool,
}

/// Where to go on.
#[derive(Debug, Serialize)]
pub(super) struct Links {
    #[serde(rename = "self")]
    this: String,
    sheets: String,
    ranking: String,
    ranking_csv: String,
    ranking_xlsx: String,
    scores_csv: String,
    scores_xlsx: String,
    page: String,
}

/// The address of an evaluation.
pub(super) fn address(id: &EvaluationId) -> String {
    format!("/api/v1/evaluations/{id}")
}

impl<'a> EvaluationJson<'a> {
    /// As somebody sees it.
    pub(super) fn new(dossier: &'a Dossier, progress: &Progress, actor: Actor) -> Self {
        let evaluation = dossier.evaluation();
        let steps = progress.steps.iter();
        Self {
            id: dossier.id(),
            title: dossier.title(),
            evaluation_kind: dossier.kind(),
            results: dossier.results(),
            prices: dossier.prices(),
            phase: dossier.phase(),
            state: dossier.stage(),
            sample: dossier.is_sample(),
            criteria: SetJson::new(dossier.set()),
            vendors: shown(evaluation.vendors().names()),
            evaluators: shown(evaluation.evaluators().names()),
            steps: steps
                .map(|&(step, state)| StepJson::new(step, state))
                .collect(),
            progress: ProgressJson::new(dossier, progress, actor),
            sheets: sheets(dossier, actor),
            exclusions: dossier
                .exclusions()
                .iter()
                .map(ExclusionJson::new)
                .collect(),
            recusals: dossier.recusals().iter().map(RecusalJson::new).collect(),
            declarations: may(actor, Action::SeeTrail, dossier.object())
                .is_ok()
                .then(|| {
                    dossier
                        .declarations()
                        .iter()
                        .map(DeclarationJson::new)
                        .collect()
                }),
            decision: dossier.decision().map(DecisionJson::new),
            proposal: dossier.proposal().map(ProposalJson::new),
            retention: dossier.retention(),
            lock: dossier.lock().map(|lock| WhyJson::new(&lock.why)),
            pinned: None,
            method_sheet: dossier.method_sheet().map(|sheet| sheet.to_string()),
            started_at: dossier.started_at(),
            record: dossier.head().to_string(),
            links: Links::new(dossier.id()),
        }
    }
}

impl<'a> EvaluationJson<'a> {
    /// The same with its pinned result, held against the one of now.
    pub(super) fn with_pinned(self, pinned: Option<&'a Pinned>) -> Self {
        Self {
            pinned: pinned.map(PinnedJson::new),
            ..self
        }
    }
}

impl<'a> PinnedJson<'a> {
    fn new(pinned: &'a Pinned) -> Self {
        Self {
            sha256: pinned.pin.result.to_string(),
            method: &pinned.pin.method,
            record: &pinned.pin.record,
            matches: pinned.matches(),
        }
    }
}

fn shown(names: &[Name]) -> Vec<&str> {
    names.iter().map(Name::shown).collect()
}

impl<'a> SetJson<'a> {
    fn new(set: &'a CriteriaSet) -> Self {
        Self {
            id: set.id(),
            version: set.version(),
            sha256: set.sha256().to_owned(),
        }
    }
}

impl StepJson {
    fn new(step: Step, state: StepState) -> Self {
        let step = match step {
            Step::Method => "method",
            Step::People => "people",
            Step::HandOut => "hand-out",
            Step::Collect => "collect",
            Step::Decide => "decide",
        };
        let state = match state {
            StepState::Done => "done",
            StepState::Now => "now",
            StepState::Later => "later",
        };
        Self { step, state }
    }
}

impl<'a> ProgressJson<'a> {
    fn new(dossier: &'a Dossier, progress: &Progress, actor: Actor) -> Self {
        let evaluators = progress.evaluators.iter();
        let differ = may(actor, Action::SeeDisagreement, dossier.object()).is_ok();
        let unowned = progress.unowned.iter().copied();
        let unowned = unowned.map(|cell| OpenCell {
            conflict: cell.conflict && differ,
            ..cell
        });
        let unowned: Vec<OpenCell> = unowned.collect();
        Self {
            missing: progress.missing(),
            evaluators: evaluators
                .map(|one| EvaluatorJson::new(dossier, one))
                .collect(),
            prices: cells(dossier, &progress.prices),
            unowned: cells(dossier, &unowned),
        }
    }
}

impl<'a> EvaluatorJson<'a> {
    fn new(dossier: &'a Dossier, progress: &EvaluatorProgress) -> Self {
        Self {
            evaluator: dossier.evaluation().evaluator_name(progress.evaluator),
            handed_out_at: dossier.handed_out(progress.evaluator),
            answered: progress.answered,
            missing: progress.owed.len(),
            owes: cells(dossier, &progress.owed),
        }
    }
}

fn cells<'a>(dossier: &'a Dossier, open: &[OpenCell]) -> Vec<CellJson<'a>> {
    let criteria = dossier.set().criteria();
    let cell = |one: &OpenCell| {
        let criterion = criteria.get(one.criterion.position())?;
        Some(CellJson {
            vendor: dossier.evaluation().vendor_name(one.vendor),
            criterion: criterion.id(),
            conflict: one.conflict,
        })
    };
    open.iter().filter_map(cell).collect()
}

impl<'a> ExclusionJson<'a> {
    fn new(exclusion: &'a Exclusion) -> Self {
        Self {
            vendor: &exclusion.vendor,
            why: WhyJson::new(&exclusion.why),
        }
    }
}

impl<'a> RecusalJson<'a> {
    fn new(recusal: &'a Recusal) -> Self {
        Self {
            evaluator: &recusal.evaluator,
            vendor: recusal.vendor.as_deref(),
            why: WhyJson::new(&recusal.why),
        }
    }
}

impl Links {
    pub(super) fn new(id: &EvaluationId) -> Self {
        let this = address(id);
        Self {
            sheets: format!("{this}/sheets"),
            ranking: format!("{this}/ranking"),
            ranking_csv: format!("{this}/ranking.csv"),
            ranking_xlsx: format!("{this}/ranking.xlsx"),
            scores_csv: format!("{this}/scores.csv"),
            scores_xlsx: format!("{this}/scores.xlsx"),
            page: format!("/evaluations/{id}"),
            this,
        }
    }
}
