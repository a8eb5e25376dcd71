//! What both shapes share while a sheet is read: who and what is named, the answers so far, and what was found.

use csv::ByteRecord;

use crate::criteria::{CriteriaSet, CriterionIndex};
use crate::evaluation::{Answer, CONSENSUS, Entry, Line, PANEL, Sheet, SheetNote};
use crate::exact;
use crate::table::name::fold;
use crate::table::{Delimiter, Name, write};

use super::cell::read_cell;
use super::duplicates::{Extent, repeated};
use super::header::Header;
use super::names::{CriterionNames, Memory, Named};
use super::number::read_number;
use super::problem::{Findings, MAX_LISTED};
use super::rule::{ColumnLetter, OtherRows};
use super::{Context, DecimalSign, Form, Problem, Rule};

/// How many rows pass between two reports of progress.
const PROGRESS_EVERY: usize = 4096;

/// A sheet while it is read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub header: Header,
    pub problems: Findings,
    pub warnings: Findings,
    context: Context<'a>,
    form: &'a Form,
    delimiter: Delimiter,
    vendors: Named<'a>,
    evaluators: Named<'a>,
    criteria: CriterionNames<'a>,
    vendor_cells: Memory<Result<usize, Rule>>,
    evaluator_cells: Memory<Result<usize, Rule>>,
    criterion_cells: Memory<Result<CriterionIndex, Rule>>,
    scores: ScoreMemory,
    weights_compared: Vec<bool>,
    unsigned: Unsigned,
    /// Which of the sheet's evaluators is the moderated score, once it was met.
    consensus: Option<usize>,
    names_evaluator: bool,
    signs: DecimalSign,
    cells_met: usize,
    lines: Vec<Line>,
    notes: Vec<SheetNote>,
}

/// Whose the rows are that name no evaluator.
#[derive(Debug, Clone, Copy)]
enum Unsigned {
    /// There was no such row yet.
    NotMet,
    /// They belong to this one of the sheet's evaluators.
    By(usize),
    /// They can belong to nobody, which has been told.
    Refused,
}

/// One answer of a row, before its score is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'r> {
    pub row: u32,
    pub column: usize,
    pub vendor: usize,
    pub evaluator: usize,
    pub criterion: CriterionIndex,
    pub score: &'r [u8],
    pub comment: &'r [u8],
    /// Whether the comment's column is the next after the score's.
    pub comment_follows: bool,
    /// Whether the row gives a reason elsewhere.
    pub has_reason: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        header: Header,
        form: &'a Form,
        context: &Context<'a>,
        delimiter: Delimiter,
        problems: Findings,
        warnings: Findings,
    ) -> Self {
        let vendors = Named::new(context.vendors, context.new_vendors, Rule::UnknownVendor);
        let evaluators = Named::new(
            context.evaluators,
            context.new_evaluators,
            Rule::UnknownEvaluator,
        );
        let criteria = context.set.criteria().len();
        Self {
            header,
            problems,
            warnings,
            context: *context,
            form,
            delimiter,
            vendors,
            evaluators: evaluators.reserving(&[CONSENSUS, PANEL]),
            criteria: CriterionNames::new(context.set),
            vendor_cells: Memory::default(),
            evaluator_cells: Memory::default(),
            criterion_cells: Memory::default(),
            scores: ScoreMemory::new(criteria),
            weights_compared: vec![false; criteria],
            unsigned: Unsigned::NotMet,
            consensus: None,
            names_evaluator: form.evaluator.is_some(),
            signs: DecimalSign::default(),
            cells_met: 0,
            lines: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The criteria set.
    pub(super) fn set(&self) -> &'a CriteriaSet {
        self.context.set
    }

    /// Counts the answers a row may hold; reports progress.
    ///
    /// # Errors
    /// [`Rule::TooManyRows`] beyond the limit.
    pub(super) fn count(&mut self, cells: usize) -> Result<(), Rule> {
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
    pub(super) fn fits(&mut self, row: u32, cells: &ByteRecord, needed: usize) -> bool {
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

    pub(super) fn problem(&mut self, row: u32, column: usize, value: &str, rule: Rule) {
        let problem = self.at(row, column, value, rule);
        self.problems.push(problem);
    }

    pub(super) fn warning(&mut self, row: u32, column: usize, value: &str, rule: Rule) {
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

    pub(super) fn vendor(&mut self, row: u32, column: usize, cell: &[u8]) -> Option<usize> {
        if is_blank(cell) {
            self.problem(row, column, "", Rule::MissingVendor);
            return None;
        }
        let vendors = &mut self.vendors;
        match self.vendor_cells.get(cell, |text| vendors.resolve(text))? {
            Ok(vendor) => Some(*vendor),
            Err(rule) => {
                let rule = rule.clone();
                self.problem(row, column, text_of(cell), rule);
                None
            }
        }
    }

    pub(super) fn criterion(
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
                let rule = rule.clone();
                self.problem(row, column, text_of(cell), rule);
                None
            }
        }
    }

    pub(super) fn known_criterion(&mut self, cell: &[u8]) -> Option<&Result<CriterionIndex, Rule>> {
        let criteria = &mut self.criteria;
        self.criterion_cells
            .get(cell, |text| criteria.resolve(text))
    }

    /// Who answers in a row: the evaluator cell, else the name the sheet was handed in under, else the panel.
    pub(super) fn evaluator(
        &mut self,
        row: u32,
        column: Option<usize>,
        cells: &ByteRecord,
    ) -> Option<usize> {
        let cell = column.and_then(|column| Some((column, cells.get(column)?)));
        let Some((column, cell)) = cell.filter(|(_, cell)| !is_blank(cell)) else {
            return self.default_evaluator();
        };
        self.names_evaluator = true;
        let evaluators = &mut self.evaluators;
        let form = self.form.evaluator.as_ref();
        let resolve = |text: &str| match (Name::parse(write::restore(text.trim())), form) {
            (Ok(name), Some(form)) if name != *form => {
                Err(Rule::EvaluatorMismatch(form.shown().to_owned()))
            }
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

    fn default_evaluator(&mut self) -> Option<usize> {
        match self.unsigned {
            Unsigned::NotMet => {}
            Unsigned::By(evaluator) => return Some(evaluator),
            Unsigned::Refused => return None,
        }
        let panel = Name::parse(PANEL).ok();
        let name = self.form.evaluator.as_ref().or(panel.as_ref())?;
        let found = match self.evaluators.resolve_name(name) {
            Ok(evaluator) => Some(evaluator),
            Err(Rule::UnknownEvaluator(_)) if self.form.evaluator.is_none() => {
                self.problems.push(Problem::of_file(Rule::EvaluatorNeeded));
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

    /// Compares a weight in the sheet with the set's, once for each criterion.
    pub(super) fn weight(
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
            .map(crate::criteria::Criterion::weight)
        else {
            return;
        };
        let text = text_of(cell).trim();
        let number = text.strip_suffix('%').map_or(text, str::trim_end);
        let read = read_number(number, self.delimiter, |_| false);
        if !read.is_ok_and(|read| read.value == weight) {
            self.warning(row, column, text, Rule::WeightDiffers(weight.normalize()));
        }
    }

    /// Keeps what a row notes about a criterion as a whole.
    pub(super) fn note(&mut self, evaluator: usize, criterion: CriterionIndex, cell: &[u8]) {
        if !is_blank(cell) {
            let text = write::restore(text_of(cell)).into();
            self.notes.push(SheetNote {
                evaluator,
                criterion,
                text,
            });
        }
    }

    /// Reads the score of an answer and keeps it.
    pub(super) fn answer(&mut self, asked: &Asked<'_>) {
        let Some(entry) = self.entry(asked) else {
            return;
        };
        let comment =
            (!is_blank(asked.comment)).then(|| write::restore(text_of(asked.comment)).into());
        if comment.is_some() && self.might_be_decimals(asked) {
            let column = asked.column.saturating_add(1);
            self.warning(
                asked.row,
                column,
                text_of(asked.comment),
                Rule::NumberInComment,
            );
        }
        let answers = matches!(entry, Entry::Answer(_));
        if answers
            && comment.is_none()
            && !asked.has_reason
            && self.consensus == Some(asked.evaluator)
        {
            let rule = Rule::ConsensusWithoutReason;
            if self.context.consensus_needs_reason {
                self.problem(asked.row, asked.column, text_of(asked.score), rule);
            } else {
                self.warning(asked.row, asked.column, text_of(asked.score), rule);
            }
        }
        self.lines.push(Line {
            vendor: asked.vendor,
            evaluator: asked.evaluator,
            criterion: asked.criterion,
            entry,
            comment,
            row: asked.row,
            column: u16::try_from(asked.column).unwrap_or(u16::MAX),
        });
    }

    /// Whether a score and its comment could be an unquoted `4,5`.
    fn might_be_decimals(&self, asked: &Asked<'_>) -> bool {
        self.delimiter == Delimiter::Comma
            && asked.comment_follows
            && is_digits(asked.comment)
            && is_digits(asked.score)
    }

    fn entry(&mut self, asked: &Asked<'_>) -> Option<Entry> {
        if let Some(entry) = self.scores.recall(asked.criterion, asked.score) {
            return Some(entry);
        }
        let text = text_of(asked.score);
        let criterion = self.set().criteria().get(asked.criterion.position())?;
        match read_cell(text, criterion, self.delimiter) {
            Ok(cell) => {
                self.signs.meet(cell.sign);
                if cell.notices.is_empty() {
                    self.scores.keep(asked.criterion, asked.score, cell.entry);
                }
                for notice in cell.notices {
                    self.warning(asked.row, asked.column, text, notice);
                }
                Some(cell.entry)
            }
            Err(rule) => {
                self.problem(asked.row, asked.column, text, rule);
                None
            }
        }
    }

    /// Checks the score of an answer that cannot be kept.
    pub(super) fn check(
        &mut self,
        row: u32,
        column: usize,
        criterion: CriterionIndex,
        score: &[u8],
    ) {
        let nobody = usize::MAX;
        let asked = Asked {
            row,
            column,
            vendor: nobody,
            evaluator: nobody,
            criterion,
            score,
            comment: &[],
            comment_follows: false,
            has_reason: true,
        };
        let _unused = self.entry(&asked);
    }

    /// Refuses a text under no heading, once for each column.
    pub(super) fn refuse_unnamed(
        &mut self,
        row: u32,
        cells: &ByteRecord,
        unnamed: &mut Vec<usize>,
    ) {
        unnamed.retain(|&column| {
            let cell = cells.get(column).unwrap_or_default();
            let blank = is_blank(cell);
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

    /// The sheet, its decimal sign and what was noticed; or everything that is wrong with it.
    pub(super) fn finish(mut self) -> Result<(Sheet, DecimalSign, Vec<Problem>), Vec<Problem>> {
        self.find_repeated();
        if self.lines.is_empty() && self.problems.is_empty() {
            self.problems.push(Problem::of_file(Rule::EmptySheet));
        }
        if !self.problems.is_empty() {
            return Err(self.problems.into_list());
        }
        let sheet = Sheet::new(
            self.form.file_name.clone(),
            self.vendors.into_names(),
            self.evaluators.into_names(),
            self.names_evaluator,
            self.lines,
            self.notes,
        );
        Ok((sheet, self.signs, self.warnings.into_list()))
    }

    fn find_repeated(&mut self) {
        let extent = Extent {
            criteria: self.set().criteria().len(),
            evaluators: self.evaluators.len(),
            vendors: self.vendors.len(),
        };
        let lines = std::mem::take(&mut self.lines);
        for group in repeated(&lines, extent) {
            self.report_repeated(&lines, &group);
        }
        self.lines = lines;
    }

    fn report_repeated(&mut self, lines: &[Line], group: &[usize]) {
        let members: Vec<&Line> = group.iter().filter_map(|at| lines.get(*at)).collect();
        let same = members.windows(2).all(|pair| {
            let says = |line: &Line| (line.entry, line.comment.clone());
            pair.first().map(|line| says(line)) == pair.last().map(|line| says(line))
        });
        // One row in conflict with very many needs no more than the first of them told.
        for line in members.iter().take(MAX_LISTED) {
            let others = OtherRows::but(line.row, members.iter().map(|other| other.row));
            let value = written(line.entry);
            let column = usize::from(line.column);
            if same {
                self.warning(line.row, column, &value, Rule::SameAnswerTwice(others));
            } else {
                self.problem(line.row, column, &value, Rule::DuplicateAnswer(others));
            }
        }
        let findings = if same {
            &mut self.warnings
        } else {
            &mut self.problems
        };
        findings.count(members.len().saturating_sub(MAX_LISTED));
    }
}

/// A cell's text. Cells are valid UTF-8: the text is, and it is cut at ASCII characters only.
pub(super) fn text_of(cell: &[u8]) -> &str {
    str::from_utf8(cell).unwrap_or_default()
}

/// Whether a cell holds nothing but white space.
pub(super) fn is_blank(cell: &[u8]) -> bool {
    match cell.first() {
        None => true,
        Some(byte) if byte.is_ascii_graphic() => false,
        Some(_) => text_of(cell).trim().is_empty(),
    }
}

/// Whether two cells side by side could be the two halves of an unquoted `4,5`.
fn has_split_decimal(cells: &ByteRecord) -> bool {
    let neighbours = cells.iter().zip(cells.iter().skip(1));
    neighbours
        .into_iter()
        .any(|(left, right)| is_digits(left) && is_digits(right))
}

fn is_digits(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    !cell.is_empty() && cell.iter().all(u8::is_ascii_digit)
}

/// How an entry is written in a sheet.
fn written(entry: Entry) -> String {
    match entry {
        Entry::Answer(Answer::Scored(value)) => exact::plain(value),
        Entry::Answer(Answer::Passed) => "pass".to_owned(),
        Entry::Answer(Answer::Failed) => "fail".to_owned(),
        Entry::Answer(Answer::NoResponse) => "no response".to_owned(),
        Entry::Answer(Answer::NotApplicable) => "N/A".to_owned(),
        Entry::NotScored => String::new(),
        Entry::Clear => "clear".to_owned(),
    }
}

/// Whether a cell names a category of the set, as headings in a sheet do.
pub(super) fn names_category(set: &CriteriaSet, cell: &str) -> bool {
    let folded = fold(cell);
    set.categories()
        .iter()
        .any(|category| fold(category.id()) == folded || fold(category.title()) == folded)
}

/// Short score cells that were accepted without notice, by criterion: a scale has few scores, a sheet many of each.
#[derive(Debug)]
struct ScoreMemory(Vec<Vec<(u64, Entry)>>);

impl ScoreMemory {
    const MOST: usize = 16;

    fn new(criteria: usize) -> Self {
        Self(vec![Vec::new(); criteria])
    }

    fn recall(&self, criterion: CriterionIndex, cell: &[u8]) -> Option<Entry> {
        let key = Self::key(cell)?;
        let known = self.0.get(criterion.position())?;
        known
            .iter()
            .find(|(text, _)| *text == key)
            .map(|(_, entry)| *entry)
    }

    fn keep(&mut self, criterion: CriterionIndex, cell: &[u8], entry: Entry) {
        if let (Some(key), Some(known)) = (Self::key(cell), self.0.get_mut(criterion.position()))
            && known.len() < Self::MOST
        {
            known.push((key, entry));
        }
    }

    /// Up to seven bytes and their number in one integer.
    fn key(cell: &[u8]) -> Option<u64> {
        let mut bytes = [0_u8; 8];
        let (length, text) = bytes.split_last_mut()?;
        text.get_mut(..cell.len())?.copy_from_slice(cell);
        *length = u8::try_from(cell.len()).ok()?;
        Some(u64::from_le_bytes(bytes))
    }
}
