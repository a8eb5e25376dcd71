//! What an upload is answered with.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::criteria::CriteriaSet;
use crate::evaluation::{Answer, Changes, Effect, Entry, Evaluation, Sheet};
use crate::record::Digest;
use crate::sheets::{Problem, ReadAs};

use super::opened::Opened;
use super::progress::Progress;

/// What happened to an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    /// It is filed, under this number.
    New(u32),
    /// The same file was filed before under this number, and all of its answers stand: nothing has changed.
    Again(u32),
    /// It was only looked at.
    Checked,
}

/// What the numbers of one vendor in one file add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorSum {
    /// The vendor.
    pub vendor: String,
    /// How many numbers there are.
    pub numbers: usize,
    /// Their sum; `None` if it has more digits than are computed with.
    pub sum: Option<Decimal>,
}

/// What an upload is answered with.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// What happened.
    pub filed: Filed,
    /// The name of the file.
    pub file_name: String,
    /// The evaluators it speaks for.
    pub evaluators: Vec<String>,
    /// The vendors it names.
    pub vendors: Vec<String>,
    /// The titles of the criteria it has rows or columns for, in the order of the set.
    pub criteria: Vec<String>,
    /// Whether file or form says of every answer who gave it; else they are the panel's.
    pub names_evaluator: bool,
    /// Who might have scored, by the name of the tab or the file.
    pub suggested_evaluator: Option<String>,
    /// What it does to the answers.
    pub changes: Changes,
    /// How the file was understood.
    pub read_as: ReadAs,
    /// The tab that was read, if the file is a workbook.
    pub tab: Option<String>,
    /// What the numbers of this file add up to, vendor by vendor, as a spreadsheet would sum them.
    pub sums: Vec<VendorSum>,
    /// Stands for its answers and those that it would replace; confirming a preview sends it back. `None` unless it was only looked at.
    pub seen: Option<Digest>,
    /// The sheet as which it is filed already, all of its answers standing, if it was only looked at.
    pub again: Option<u32>,
    /// What was accepted but noticed.
    pub warnings: Vec<Problem>,
    /// Whether it is kept back what stood before: whoever asks may not see it, so that nobody finds out a score by guessing it.
    pub keeps_back: bool,
    /// The evaluation afterwards, or as it would be.
    pub after: Arc<Opened>,
}

impl Receipt {
    /// The number of the sheet; `None` if it was only looked at.
    #[must_use]
    pub fn sheet(&self) -> Option<u32> {
        match self.filed {
            Filed::New(number) | Filed::Again(number) => Some(number),
            Filed::Checked => None,
        }
    }

    /// Who has answered what, and what is still missing.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.after.progress()
    }
}

/// Adds up the numbers of a file, vendor by vendor, in the order the file names them.
pub(super) fn sums(sheet: &Sheet) -> Vec<VendorSum> {
    let mut sums: Vec<VendorSum> = sheet
        .vendors()
        .iter()
        .map(|name| VendorSum {
            vendor: name.shown().to_owned(),
            numbers: 0,
            sum: Some(Decimal::ZERO),
        })
        .collect();
    let scores = sheet.lines().iter().filter_map(|line| match line.entry {
        Entry::Answer(Answer::Scored(number)) => Some((line.vendor, number)),
        Entry::Answer(_) | Entry::NotScored | Entry::Clear => None,
    });
    // The numbers of a cost sheet are its lines; its prices are computed from them.
    let costs = sheet.costs().iter();
    let costs = costs.filter_map(|line| Some((line.vendor, line.amount?)));
    let numbers: Vec<(usize, Decimal)> = if sheet.costs().is_empty() {
        scores.collect()
    } else {
        costs.collect()
    };
    for (vendor, number) in numbers {
        if let Some(of) = sums.get_mut(vendor) {
            of.numbers = of.numbers.saturating_add(1);
            of.sum = of.sum.and_then(|sum| sum.checked_add(number));
        }
    }
    sums
}

/// The titles of the criteria that a sheet speaks of.
pub(super) fn criteria(sheet: &Sheet, set: &CriteriaSet) -> Vec<String> {
    let met: BTreeSet<usize> = sheet
        .lines()
        .iter()
        .map(|line| line.criterion.position())
        .collect();
    let found = met.into_iter().filter_map(|at| set.criteria().get(at));
    found.map(|one| one.title().to_owned()).collect()
}

/// Stands for the answers of the last sheet of an evaluation and those that it replaces: it changes when one of them does.
///
/// The pepper keeps it from telling which answers these are to whoever tries all there can be.
pub(super) fn seen(evaluation: &Evaluation, answers: Digest, pepper: &[u8]) -> Digest {
    let last = evaluation.sheet_indices().last();
    let effects = last.map_or_else(Vec::new, |sheet| evaluation.effects_of(sheet));
    let mut replaced = format!("answers {answers} replaced\n");
    for Effect {
        vendor,
        criterion,
        evaluator,
        before,
        ..
    } in effects
    {
        let who = evaluation.evaluator_name(evaluator);
        let whom = evaluation.vendor_name(vendor);
        let line = (whom, criterion.position(), who, before);
        // Writing to a text does not fail.
        let _written = writeln!(replaced, "{line:?}");
    }
    Digest::of(&[pepper, replaced.as_bytes()].concat())
}
