//! What both shapes share while a sheet is read: who and what is named, the answers so far, and what was found.

mod answers;
mod costs;
mod finish;
mod maxima;
mod part;
mod plain;
mod points;
mod sums;
mod units;
mod who;

use std::collections::HashSet;

use crate::table::Cells;
use crate::table::xlsx::{Merged, Money, Written};

use crate::criteria::{CriteriaSet, Criterion, CriterionIndex};
use crate::evaluation::{CONSENSUS, CostLine, Lines, PANEL, SheetNote};
use crate::table::name::fold;
use crate::table::{Delimiter, write};

use super::columns::scale_differs;
use super::header::Header;
use super::memory::Memory;
use super::names::{CriterionNames, Named};
use super::number::{Writing, read_number};
use super::problem::Findings;
use super::role::SaidScale;
use super::texts::{has_split_decimal, is_blank, text_of};
use super::told::Told;
use super::totals::SaidTotal;
use super::{ColumnLetter, Context, DecimalSign, Form, LayoutRule, Problem, Rule, Typed};

use answers::ScoreMemory;
use maxima::SaidAbove;
use points::Points;
use who::Unsigned;

pub(super) use answers::Asked;
pub(super) use costs::CostCells;
pub(super) use maxima::says_maximum;
pub(super) use plain::PlainColumns;

/// How many rows pass between two reports of progress.
const PROGRESS_EVERY: usize = 4096;

/// A sheet while it is read.
#[derive(Debug)]
pub(in crate::sheets) struct Reading<'a> {
    pub header: Header,
    pub problems: Findings,
    pub warnings: Findings,
    context: Context<'a>,
    form: &'a Form,
    pub delimiter: Delimiter,
    vendors: Named<'a>,
    evaluators: Named<'a>,
    criteria: CriterionNames<'a>,
    vendor_cells: Memory<Result<usize, Rule>>,
    evaluator_cells: Memory<Result<usize, Rule>>,
    criterion_cells: Memory<Result<CriterionIndex, Rule>>,
    /// Folded ids and titles of the set's categories, which head parts of a sheet.
    categories: HashSet<String>,
    scores: ScoreMemory,
    weights_compared: Vec<bool>,
    weights_differ: bool,
    /// Whether it was told that the heading of the scores says another scale.
    scale_differs: bool,
    /// The columns that say the highest score of each criterion.
    maxima: Vec<usize>,
    /// The columns that say the currency or the unit of an amount.
    units: Vec<usize>,
    /// What is said of the scale beside the table.
    said_above: Vec<SaidAbove>,
    /// Who scored, as a text beside the table says.
    told_evaluator: Option<Told>,
    unsigned: Unsigned,
    /// The vendor that the whole sheet is about, once it was met; `Err` if it cannot be.
    of_vendor: Option<Result<usize, ()>>,
    /// Which of the sheet's evaluators is the moderated score, once it was met.
    consensus: Option<usize>,
    names_evaluator: bool,
    /// Numbers whose point may stand for thousands.
    points: Points,
    /// In a workbook, which cells are texts that are written like numbers: all other numbers have no two readings.
    written: Option<Written>,
    /// In a workbook, which numbers are shown with a currency.
    money: Money,
    /// In a workbook, which cells lie in merged ones.
    merged: Merged,
    signs: DecimalSign,
    cells_met: usize,
    totals: Vec<SaidTotal>,
    lines: Lines,
    notes: Vec<SheetNote>,
    costs: Vec<CostLine>,
}

impl<'a> Reading<'a> {
    pub(in crate::sheets) fn new(
        header: Header,
        form: &'a Form,
        context: &Context<'a>,
        delimiter: Delimiter,
        problems: Findings,
        warnings: Findings,
    ) -> Self {
        let vendors = Named::new(
            context.vendors,
            &form.declared,
            context.new_vendors,
            Rule::UnknownVendor,
        );
        let evaluators = Named::new(
            context.evaluators,
            &form.declared,
            context.new_evaluators,
            Rule::UnknownEvaluator,
        );
        let criteria = context.set.criteria().len();
        let maxima = maxima::columns(&header, &form.declared);
        let units = units::columns(&header, &form.declared);
        Self {
            header,
            problems,
            warnings,
            context: *context,
            form,
            delimiter,
            vendors,
            evaluators: evaluators.reserving(&[CONSENSUS, PANEL]),
            criteria: CriterionNames::new(context.set, &form.declared),
            vendor_cells: Memory::new(delimiter),
            evaluator_cells: Memory::new(delimiter),
            criterion_cells: Memory::new(delimiter),
            categories: context
                .set
                .categories()
                .iter()
                .flat_map(|category| [fold(category.id()), fold(category.title())])
                .collect(),
            scores: ScoreMemory::new(context.set),
            weights_compared: vec![false; criteria],
            weights_differ: false,
            scale_differs: false,
            maxima,
            units,
            said_above: Vec::new(),
            told_evaluator: None,
            unsigned: Unsigned::NotMet,
            of_vendor: None,
            consensus: None,
            names_evaluator: true,
            points: Points::default(),
            written: None,
            money: Money::default(),
            merged: Merged::default(),
            signs: DecimalSign::default(),
            cells_met: 0,
            totals: Vec::new(),
            lines: Lines::default(),
            notes: Vec::new(),
            costs: Vec::new(),
        }
    }

    /// Makes room for the answers of a text of so many bytes, so that they are not moved as they grow.
    pub(in crate::sheets) fn expect_bytes(&mut self, bytes: usize) {
        const SHORT_ROW: usize = 40;
        self.lines
            .reserve(self.context.limits.max_rows.min(bytes / SHORT_ROW));
    }

    /// Takes what only a workbook knows of its cells; refuses what lies unseen under merged ones.
    pub(in crate::sheets) fn is_workbook(&mut self, typed: Typed) {
        let (header, width) = (self.header.row, self.header.width());
        for (row, column) in typed.merged.hiding() {
            let over = typed.merged.over(row, column).map(|over| over.to_string());
            if let Some(over) = over.filter(|_| row >= header && column < width) {
                self.problem(row, column, "", LayoutRule::MergedHides(over).into());
            }
        }
        self.written = Some(typed.written);
        self.money = typed.money;
        self.merged = typed.merged;
    }

    /// Refuses an answer where merged cells reach over its own: one score for several is told of none for certain.
    fn is_merged_over(&mut self, row: u32, column: usize, cell: &[u8]) -> bool {
        let over = self.merged.over(row, column).map(|over| over.to_string());
        let Some(over) = over else {
            return false;
        };
        self.problem(
            row,
            column,
            text_of(cell),
            LayoutRule::MergedScore(over).into(),
        );
        true
    }

    /// How the number in a cell is written: one of a workbook has a point, whatever the texts beside it have.
    fn writing_at(&self, row: u32, column: usize) -> Writing {
        match &self.written {
            Some(written) if !written.has(row, column) => Writing::of(self.delimiter, Some('.')),
            Some(_) | None => Writing::of(self.delimiter, self.form.declared.decimal()),
        }
    }

    /// Whether a cell's bytes say all there is to know about how it is written.
    fn is_typed(&self, row: u32, column: usize) -> bool {
        let written = self.written.as_ref();
        written.is_none_or(|written| !written.has(row, column))
    }

    /// The criteria set.
    pub(in crate::sheets) fn set(&self) -> &'a CriteriaSet {
        self.context.set
    }

    /// Whether a cell names a category of the set, as headings in a sheet do.
    pub(in crate::sheets) fn names_category(&self, cell: &str) -> bool {
        self.categories.contains(&fold(cell))
    }

    /// Counts the answers a row may hold; reports progress.
    ///
    /// # Errors
    /// [`Rule::TooManyRows`] beyond the limit.
    pub(in crate::sheets) fn count(&mut self, cells: usize) -> Result<(), Rule> {
        let before = self.cells_met / PROGRESS_EVERY;
        self.cells_met = self.cells_met.saturating_add(cells);
        if self.cells_met > self.context.limits.max_rows {
            return Err(Rule::TooManyRows(self.context.limits.max_rows));
        }
        if self.cells_met / PROGRESS_EVERY > before
            && let Some(progress) = self.context.progress
        {
            progress(self.cells_met);
        }
        Ok(())
    }

    /// Whether a row fits its header; what does not is a problem.
    pub(in crate::sheets) fn fits(&mut self, row: u32, cells: &Cells, needed: usize) -> bool {
        let width = self.header.width();
        let mut beyond = width..cells.len();
        let filled = |column: &usize| !is_blank(cells.get(*column).unwrap_or_default());
        if let Some(column) = beyond.find(filled) {
            let value = text_of(cells.get(column).unwrap_or_default());
            self.problem(row, column, value, Rule::RowTooLong);
            return false;
        }
        if cells.len() > self.header.cells() && has_split_decimal(cells) {
            self.problem(row, width, "", Rule::RowTooLong);
            return false;
        }
        if cells.len() <= needed {
            self.problem(row, needed.min(cells.len()), "", Rule::RowTooShort);
            return false;
        }
        true
    }

    pub(in crate::sheets) fn problem(&mut self, row: u32, column: usize, value: &str, rule: Rule) {
        let problem = self.at(row, column, value, rule);
        self.problems.push(problem);
    }

    pub(in crate::sheets) fn warning(&mut self, row: u32, column: usize, value: &str, rule: Rule) {
        let warning = self.at(row, column, value, rule);
        self.warnings.push(warning);
    }

    fn at(&self, row: u32, column: usize, value: &str, rule: Rule) -> Problem {
        let problem = Problem::of_file(rule)
            .in_row(row)
            .in_column(column, self.header.heading(column));
        if value.trim().is_empty() {
            problem
        } else {
            problem.with_value(value)
        }
    }

    /// Compares the scale that the heading of the scores says with a criterion's, until one differs.
    pub(in crate::sheets) fn compare_scale(
        &mut self,
        column: usize,
        criterion: CriterionIndex,
        said: SaidScale,
    ) {
        if self.scale_differs {
            return;
        }
        if let Some(rule) = scale_differs(self.set(), criterion, said) {
            self.scale_differs = true;
            let problem = self.header.problem(column, rule);
            self.problems.push(problem);
        }
    }

    /// Compares a weight in the sheet with the set's, once for each criterion.
    pub(in crate::sheets) fn weight(
        &mut self,
        row: u32,
        column: usize,
        cell: &[u8],
        criterion: CriterionIndex,
    ) {
        if is_blank(cell) {
            return;
        }
        let Some(compared) = self.weights_compared.get_mut(criterion.position()) else {
            return;
        };
        if std::mem::replace(compared, true) {
            return;
        }
        let Some(weight) = self
            .set()
            .criteria()
            .get(criterion.position())
            .map(Criterion::weight)
        else {
            return;
        };
        let text = text_of(cell).trim();
        let number = text.strip_suffix('%').map_or(text, str::trim_end);
        let read = read_number(number, self.writing_at(row, column), |_| false);
        if !read.is_ok_and(|read| read.value == weight) {
            self.weights_differ = true;
            self.warning(row, column, text, Rule::WeightDiffers(weight.normalize()));
        }
    }

    /// Keeps what a row notes about a criterion as a whole.
    pub(in crate::sheets) fn note(
        &mut self,
        evaluator: usize,
        criterion: CriterionIndex,
        cell: &[u8],
    ) {
        if !is_blank(cell) {
            let text = write::restore(text_of(cell)).into();
            self.notes.push(SheetNote {
                evaluator,
                criterion,
                text,
            });
        }
    }

    /// Refuses a text under no heading, once for each column.
    pub(in crate::sheets) fn refuse_unnamed(
        &mut self,
        row: u32,
        cells: &Cells,
        unnamed: &mut Vec<usize>,
    ) {
        unnamed.retain(|&column| {
            let cell = cells.get(column).unwrap_or_default();
            let is_said = self.form.declared.role("", column).is_some();
            let blank = is_blank(cell) || is_said;
            if !blank {
                self.problem(
                    row,
                    column,
                    text_of(cell),
                    Rule::UnnamedColumn(ColumnLetter(column)),
                );
            }
            blank
        });
    }
}
