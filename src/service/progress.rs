//! How far an evaluation has come: the five steps, who has answered what, and what is missing.

use std::collections::BTreeMap;

use crate::criteria::{CriterionIndex, Kind};
use crate::evaluation::{EvaluatorIndex, Phase, VendorIndex};
use crate::record::Dossier;
use crate::scoring::{Scorecard, State, VendorStatus};

use super::opened::Opened;

/// One of the five steps of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Criteria, currency, prices; frozen.
    Method,
    /// Vendors and people.
    People,
    /// Handing out the sheets.
    HandOut,
    /// Collecting what comes back, and settling what is missing.
    Collect,
    /// Deciding, and recording the decision.
    Decide,
}

impl Step {
    /// The steps, in order.
    pub const ALL: [Self; 5] = [
        Self::Method,
        Self::People,
        Self::HandOut,
        Self::Collect,
        Self::Decide,
    ];
}

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepState {
    /// It is done.
    Done,
    /// It is the one to do now.
    Now,
    /// It comes later.
    Later,
}

/// A cell that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenCell {
    /// The vendor.
    pub vendor: VendorIndex,
    /// The criterion.
    pub criterion: CriterionIndex,
    /// Whether answers are there that contradict each other.
    pub conflict: bool,
}

/// How far one evaluator has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluatorProgress {
    /// The evaluator.
    pub evaluator: EvaluatorIndex,
    /// How many answers of theirs stand.
    pub answered: usize,
    /// What they still owe.
    pub owed: Vec<OpenCell>,
}

/// How far an evaluation has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Everybody who scores, in the order of the list.
    pub evaluators: Vec<EvaluatorProgress>,
    /// Prices that are missing.
    pub prices: Vec<OpenCell>,
    /// What is missing without anybody owing it, contradictions among it.
    pub unowned: Vec<OpenCell>,
    /// The five steps, in order.
    pub steps: [(Step, StepState); 5],
}

impl Progress {
    /// How many answers are missing, prices among them.
    #[must_use]
    pub fn missing(&self) -> usize {
        let owed = self.evaluators.iter().map(|one| one.owed.len());
        owed.fold(
            self.prices.len().saturating_add(self.unowned.len()),
            usize::saturating_add,
        )
    }

    /// The step to do now; `None` once the decision is recorded.
    #[must_use]
    pub fn now(&self) -> Option<Step> {
        self.steps
            .iter()
            .find(|(_, state)| *state == StepState::Now)
            .map(|(step, _)| *step)
    }
}

impl Opened {
    /// How far the evaluation has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let card = self.scorecard(None);
        let dossier = self.dossier();
        let mut owed: BTreeMap<EvaluatorIndex, Vec<OpenCell>> = BTreeMap::new();
        let (mut prices, mut unowned) = (Vec::new(), Vec::new());
        for (cell, owners, is_price) in open_cells(dossier, &card) {
            match (owners.is_empty(), is_price) {
                (true, true) => prices.push(cell),
                (true, false) => unowned.push(cell),
                (false, _) => owners
                    .iter()
                    .for_each(|&owner| owed.entry(owner).or_default().push(cell)),
            }
        }
        prices.extend(without_sealed_price(dossier));
        let answered = answers_by_evaluator(dossier);
        let evaluators = dossier.scorers().map(|evaluator| EvaluatorProgress {
            evaluator,
            answered: answered.get(evaluator.position()).copied().unwrap_or(0),
            owed: owed.remove(&evaluator).unwrap_or_default(),
        });
        let evaluators: Vec<EvaluatorProgress> = evaluators.collect();
        Progress {
            steps: steps(dossier, &answered),
            evaluators,
            prices,
            unowned,
        }
    }
}

fn open_cells<'a>(
    dossier: &'a Dossier,
    card: &'a Scorecard,
) -> impl Iterator<Item = (OpenCell, &'a [EvaluatorIndex], bool)> {
    let standing = card
        .vendors
        .iter()
        .filter(|vendor| vendor.status != VendorStatus::Excluded);
    standing.flat_map(move |vendor| {
        vendor.criteria.iter().filter_map(move |cell| {
            if cell.owed_by.is_empty() && cell.state != State::NotScored {
                return None;
            }
            let criterion = dossier.set().criteria().get(cell.criterion.position())?;
            let open = OpenCell {
                vendor: vendor.vendor,
                criterion: cell.criterion,
                conflict: cell.conflict,
            };
            Some((
                open,
                cell.owed_by.as_slice(),
                matches!(criterion.kind(), Kind::Priced(_)),
            ))
        })
    })
}

/// While prices are sealed: the standing vendors whose price has not come in.
fn without_sealed_price(dossier: &Dossier) -> Vec<OpenCell> {
    let evaluation = dossier.evaluation();
    if !evaluation.seals_prices() {
        return Vec::new();
    }
    let known = evaluation.sealed_prices();
    let standing = evaluation.vendor_indices();
    let standing = standing.filter(|&vendor| !evaluation.is_excluded(vendor));
    let cells = standing.flat_map(|vendor| {
        let prices = dossier.priced_criteria();
        prices.map(move |criterion| (vendor, criterion))
    });
    let missing = cells.filter(|cell| !known.contains(cell));
    missing
        .map(|(vendor, criterion)| OpenCell {
            vendor,
            criterion,
            conflict: false,
        })
        .collect()
}

/// How many answers of each evaluator stand, in the order of the list.
fn answers_by_evaluator(dossier: &Dossier) -> Vec<usize> {
    let evaluation = dossier.evaluation();
    let mut answered = vec![0_usize; evaluation.evaluators().len()];
    for vendor in evaluation.vendor_indices() {
        for (criterion, _) in dossier.set().indexed_criteria() {
            for given in evaluation.matrix().cell(vendor, criterion) {
                if let Some(count) = answered.get_mut(given.evaluator.position()) {
                    *count = count.saturating_add(1);
                }
            }
        }
    }
    answered
}

fn steps(dossier: &Dossier, answered: &[usize]) -> [(Step, StepState); 5] {
    let evaluation = dossier.evaluation();
    let has_sheets = dossier
        .filings()
        .iter()
        .any(|filing| filing.withdrawn.is_none());
    let has_people = !evaluation.vendors().is_empty() && !evaluation.evaluators().is_empty();
    let all_have_sheets = dossier
        .scorers()
        .all(|one| dossier.handed_out(one).is_some());
    // A sheet of prices alone says nothing of the sheets of those who score.
    let has_answered =
        |one: EvaluatorIndex| answered.get(one.position()).is_some_and(|&count| count > 0);
    let scores_come_in = dossier.scorers().next().is_none() || dossier.scorers().any(has_answered);
    let is_done = |step: Step| match step {
        Step::Method => dossier.phase() >= Phase::Open,
        Step::People => has_people || has_sheets,
        Step::HandOut => {
            dossier.phase() >= Phase::ScoringClosed
                || (has_sheets && scores_come_in)
                || (has_people && all_have_sheets)
        }
        Step::Collect => dossier.phase() >= Phase::ScoringClosed,
        Step::Decide => dossier.phase() == Phase::Decided,
    };
    let now = Step::ALL.into_iter().find(|&step| !is_done(step));
    Step::ALL.map(|step| {
        let state = match now {
            Some(now) if now == step => StepState::Now,
            _ if is_done(step) => StepState::Done,
            _ => StepState::Later,
        };
        (step, state)
    })
}
