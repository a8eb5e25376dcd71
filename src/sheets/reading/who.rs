//! Who and what a row speaks of.

use crate::table::Cells;

use crate::criteria::{CriterionIndex, Kind};
use crate::evaluation::{CONSENSUS, PANEL};
use crate::table::{Delimiter, Name, write};

use super::super::known::Known;
use super::super::texts::{is_blank, text_of};
use super::super::{LayoutRule, Problem, Rule};
use super::Reading;

/// Whose the rows are that name no evaluator.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unsigned {
    /// There was no such row yet.
    NotMet,
    /// They belong to this one of the sheet's evaluators.
    By(usize),
    /// They can belong to nobody, which has been told.
    Refused,
}

/// Whether a quoted cell looks like it swallowed rows: it has line breaks and separators.
fn holds_rows(text: &str, delimiter: Delimiter) -> bool {
    text.trim().contains(['\n', '\r']) && text.contains(char::from(delimiter.byte()))
}

impl Reading<'_> {
    pub(in crate::sheets) fn vendor(
        &mut self,
        row: u32,
        column: usize,
        cell: &[u8],
    ) -> Option<usize> {
        if is_blank(cell) {
            self.problem(row, column, "", Rule::MissingVendor);
            return None;
        }
        let (vendors, delimiter) = (&mut self.vendors, self.delimiter);
        let evaluators = self.context.evaluators;
        let resolve = |text: &str| {
            if holds_rows(text, delimiter) {
                return Err(Rule::RowsInName);
            }
            let name = vendors.meant(text);
            let is_evaluator =
                |name: &Name| name.key() == CONSENSUS || evaluators.find(name).is_ok();
            if name.is_some_and(|name| is_evaluator(&name) && !vendors.knows(&name)) {
                return Err(Rule::EvaluatorAsVendor);
            }
            vendors.resolve(text)
        };
        match self.vendor_cells.get(cell, resolve)? {
            Ok(vendor) => Some(*vendor),
            Err(rule) => {
                let rule = rule.clone();
                self.problem(row, column, text_of(cell), rule);
                None
            }
        }
    }

    /// Whether a cell surely names a vendor.
    pub(in crate::sheets) fn knows_vendor(&self, text: &str) -> bool {
        let known = Known {
            declared: &self.form.declared,
            vendors: self.context.vendors,
        };
        known.is_vendor(text.trim())
    }

    /// The vendor that the whole sheet is declared to be about.
    pub(in crate::sheets) fn declared_vendor(&mut self) -> Option<usize> {
        if let Some(known) = self.of_vendor {
            return known.ok();
        }
        let name = self.form.declared.vendor()?;
        let found = match self.vendors.resolve_name(name) {
            Ok(vendor) => Ok(vendor),
            Err(rule) => {
                let problem = Problem::of_file(rule).with_value(name.shown());
                self.problems.push(problem);
                Err(())
            }
        };
        self.of_vendor = Some(found);
        found.ok()
    }

    pub(in crate::sheets) fn criterion(
        &mut self,
        row: u32,
        column: usize,
        cell: &[u8],
    ) -> Option<CriterionIndex> {
        if is_blank(cell) {
            self.problem(row, column, "", Rule::MissingCriterion);
            return None;
        }
        match self.known_criterion(cell)? {
            Ok(criterion) => Some(*criterion),
            Err(rule) => {
                let rule = match rule.clone() {
                    Rule::UnknownCriterion(_) if self.names_category(text_of(cell)) => {
                        LayoutRule::CategoryScored.into()
                    }
                    rule => rule,
                };
                self.problem(row, column, text_of(cell), rule);
                None
            }
        }
    }

    /// The criterion of a cell that names one of those that are expected next.
    pub(in crate::sheets) fn criterion_near(&self, cell: &[u8]) -> Option<CriterionIndex> {
        self.criterion_cells.near(cell)?.as_ref().ok().copied()
    }

    pub(in crate::sheets) fn known_criterion(
        &mut self,
        cell: &[u8],
    ) -> Option<&Result<CriterionIndex, Rule>> {
        let criteria = &mut self.criteria;
        self.criterion_cells
            .get(cell, |text| criteria.resolve(text))
    }

    /// Who answers in a row: the evaluator cell, else the name the sheet was handed in under, else the panel.
    pub(in crate::sheets) fn evaluator(
        &mut self,
        row: u32,
        column: Option<usize>,
        cells: &Cells,
        criterion: Option<CriterionIndex>,
    ) -> Option<usize> {
        let cell = column.and_then(|column| Some((column, cells.get(column)?)));
        let Some((column, cell)) = cell.filter(|(_, cell)| !is_blank(cell)) else {
            return if self.form.evaluator.is_none() && self.is_priced(criterion) {
                self.unsigned_price()
            } else {
                self.default_evaluator()
            };
        };
        let (evaluators, delimiter) = (&mut self.evaluators, self.delimiter);
        let form = self.form.evaluator.as_ref();
        let resolve = |text: &str| match (Name::parse(write::restore(text.trim())), form) {
            (Ok(name), Some(form)) if name != *form => {
                Err(Rule::EvaluatorMismatch(form.shown().to_owned()))
            }
            _ if holds_rows(text, delimiter) => Err(Rule::RowsInName),
            _ => evaluators.resolve(text),
        };
        match self.evaluator_cells.get(cell, resolve)? {
            Ok(evaluator) => {
                let evaluator = *evaluator;
                self.note_consensus(evaluator);
                Some(evaluator)
            }
            Err(rule) => {
                let rule = rule.clone();
                self.problem(row, column, text_of(cell), rule);
                None
            }
        }
    }

    /// Who answers in a sheet without evaluators about a criterion.
    pub(super) fn unsigned_or_named(&mut self, criterion: CriterionIndex) -> Option<usize> {
        if self.form.evaluator.is_none() && self.is_priced(Some(criterion)) {
            self.unsigned_price()
        } else {
            self.default_evaluator()
        }
    }

    /// Who answers in a sheet without evaluators about a criterion, if that was settled before.
    pub(super) fn unsigned_met(&self, criterion: CriterionIndex) -> Option<usize> {
        match self.unsigned {
            Unsigned::By(_) if self.form.evaluator.is_none() && self.is_priced(Some(criterion)) => {
                None
            }
            Unsigned::By(evaluator) => Some(evaluator),
            Unsigned::NotMet | Unsigned::Refused => None,
        }
    }

    fn is_priced(&self, criterion: Option<CriterionIndex>) -> bool {
        let criteria = self.set().criteria();
        let criterion = criterion.and_then(|index| criteria.get(index.position()));
        criterion.is_some_and(|criterion| matches!(criterion.kind(), Kind::Priced(_)))
    }

    /// A price is nobody's judgement, so it needs no name, whoever is on the list of those who score.
    fn unsigned_price(&mut self) -> Option<usize> {
        self.names_evaluator = false;
        let panel = Name::parse(PANEL).ok()?;
        self.evaluators.admit(&panel).ok()
    }

    fn default_evaluator(&mut self) -> Option<usize> {
        match self.unsigned {
            Unsigned::NotMet => {}
            Unsigned::By(evaluator) => return Some(evaluator),
            Unsigned::Refused => return None,
        }
        self.names_evaluator &= self.form.evaluator.is_some();
        let panel = Name::parse(PANEL).ok();
        let name = self.form.evaluator.as_ref().or(panel.as_ref())?;
        let found = match self.evaluators.resolve_name(name) {
            Ok(evaluator) => Some(evaluator),
            Err(Rule::UnknownEvaluator(_)) if self.form.evaluator.is_none() => {
                let told = self.told_evaluator().unwrap_or_default();
                let needed = Problem::of_file(Rule::EvaluatorNeeded);
                let told = Some(told).filter(|told| !told.is_empty());
                self.problems.push(match told {
                    Some(told) => needed.with_value(&told),
                    None => needed,
                });
                None
            }
            Err(rule) => {
                self.problems
                    .push(Problem::of_file(rule).with_value(name.shown()));
                None
            }
        };
        if let Some(evaluator) = found {
            self.note_consensus(evaluator);
        }
        self.unsigned = found.map_or(Unsigned::Refused, Unsigned::By);
        found
    }

    /// Who scored, as a text beside the table says.
    pub(in crate::sheets) fn told_evaluator(&self) -> Option<String> {
        self.told_evaluator.as_ref().map(|told| told.text.clone())
    }

    /// Tells of somebody who is named beside the table although rows that name nobody are read as somebody else's.
    pub(super) fn doubt_evaluator(&mut self) {
        let Unsigned::By(position) = self.unsigned else {
            return;
        };
        let own = self.evaluators.name(position);
        if let (Some(told), Some(own)) = (&self.told_evaluator, own)
            && Name::parse(&told.text).ok().as_ref() != Some(own)
        {
            let rule = Rule::EvaluatorTold(own.shown().to_owned());
            let warning = told.problem(rule);
            self.warnings.push(warning);
        }
    }

    /// Tells of new names that are nearly others: they may be typed wrong.
    pub(super) fn doubt_names(&mut self) {
        for named in [&self.vendors, &self.evaluators] {
            for (name, like) in named.near() {
                let rule = Rule::NearName(like.shown().to_owned());
                let doubt = Problem::of_file(rule).with_value(name.shown());
                self.warnings.push(doubt);
            }
        }
    }

    fn note_consensus(&mut self, evaluator: usize) {
        if self.consensus.is_none()
            && self
                .evaluators
                .name(evaluator)
                .is_some_and(|name| name.key() == CONSENSUS)
        {
            self.consensus = Some(evaluator);
        }
    }
}
