//! Score sheets: cells to answers, with everything that is wrong with a sheet told at once; and blank sheets to fill in.
//!
//! [`read`] takes the bytes of a CSV file as a spreadsheet saved it. It either understands every cell of it in the one
//! way it can be meant, or gives back a list of [`Problem`]s, each with row, column, value, rule and cure. It never guesses
//! a number: what could be read in two ways is a problem. What is accepted but worth knowing is a warning of the same form.

mod amount;
mod aside;
mod blank;
mod by_vendor;
mod cell;
mod characters;
mod code;
mod columns;
mod costs;
mod cure;
mod declared;
mod duplicates;
mod excerpt;
mod header;
mod known;
mod layout_rule;
mod long;
mod long_parts;
mod marked;
mod memory;
mod mistakes;
mod names;
mod number;
mod problem;
mod prose;
mod read_as;
mod reading;
mod role;
mod rule;
mod tabs;
mod texts;
mod told;
mod top;
mod totals;
mod two_rows;
mod wide;
mod wording;

pub use blank::{Blank, CostBlank, blank};
pub use characters::Described;
pub use costs::CostRule;
pub use cure::Cure;
pub use declared::{Declared, MAX_DECLARED, NotDeclarable};
pub use excerpt::{Excerpt, ExcerptLimits, ExcerptRow, excerpt};
pub use header::Shape;
pub use layout_rule::LayoutRule;
pub use marked::{Marked, marked};
pub use problem::{MAX_LISTED, Problem};
pub use read_as::{DecimalSign, ReadAs};
pub use rule::Rule;
pub use tabs::score_tabs;
pub use wording::{ColumnLetter, Odd, OtherRows, Wanted};

use std::fmt;

use crate::criteria::CriteriaSet;
use crate::evaluation::Sheet;
use crate::table::xlsx::{self, Beside, Merged, Money, Notice, Rounded, Written};
use crate::table::{
    self, Delimiter, Dialect, Encoding, Flaw, Limits, Name, NameList, Rows, Scan, SeparatorLine,
    TooLong,
};

use header::{Header, Layout};
use known::Known;
use problem::Findings;
use reading::Reading;

/// What comes with a file: its name, and who hands it in.
#[derive(Debug, Clone)]
pub struct Form {
    /// The file's name.
    pub file_name: String,
    /// The evaluator it is handed in for, if one is named.
    pub evaluator: Option<Name>,
    /// The tab that is meant, if the file is a workbook and one is named.
    pub tab: Option<String>,
    /// What is declared about the sheet.
    pub declared: Declared,
}

/// What a sheet is read against.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The criteria set.
    pub set: &'a CriteriaSet,
    /// The vendors already known.
    pub vendors: &'a NameList,
    /// The evaluators already known.
    pub evaluators: &'a NameList,
    /// Whether a sheet may bring vendors that are not known.
    pub new_vendors: bool,
    /// Whether a sheet may bring evaluators that are not known.
    pub new_evaluators: bool,
    /// Whether a consensus without a reason is a problem; else it is a warning.
    pub consensus_needs_reason: bool,
    /// How much a sheet may hold.
    pub limits: &'a Limits,
    /// Told from time to time how many rows have been read.
    pub progress: Option<&'a (dyn Fn(usize) + Sync)>,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Context")
            .field("set", &self.set.id())
            .field("vendors", &self.vendors.len())
            .field("evaluators", &self.evaluators.len())
            .finish_non_exhaustive()
    }
}

/// A sheet that could be read.
#[derive(Debug, Clone)]
pub struct ReadSheet {
    /// Its answers.
    pub sheet: Sheet,
    /// What was accepted but noticed.
    pub warnings: Vec<Problem>,
    /// How the file was understood.
    pub read_as: ReadAs,
    /// The tab that was read, if the file is a workbook.
    pub tab: Option<String>,
    /// Who scored, as a text above the table or a cover says; used only once somebody confirms it.
    pub told_evaluator: Option<String>,
}

/// Reads a score sheet.
///
/// # Errors
/// Every problem of the sheet, from top to bottom; nothing of a sheet with a problem counts.
pub fn read(bytes: &[u8], form: &Form, context: &Context<'_>) -> Result<ReadSheet, Vec<Problem>> {
    if bytes.len() > context.limits.max_bytes {
        return refuse(Rule::TooManyBytes(context.limits.max_bytes));
    }
    if xlsx::is_package(bytes) {
        return read_workbook(bytes, form, context);
    }
    let decoded = match table::decode(bytes) {
        Ok(decoded) => decoded,
        Err(not_text) => return refuse(Rule::NotText(not_text)),
    };
    let mut warnings = Findings::default();
    if let Some(word) = &decoded.guessed_from {
        warnings.push(Problem::of_file(Rule::EncodingGuessed).with_value(word));
    }
    let (told, text) = match table::split_off_separator_line(&decoded.text) {
        (SeparatorLine::NamesAnother, _) => return refuse(Rule::UnknownSeparator),
        (SeparatorLine::Names(delimiter), text) => (Some(delimiter), text),
        (SeparatorLine::Absent, text) => (None, text),
    };
    let Some(dialect) = table::detect(text, told, |cells| {
        known::likeness_with(cells, &form.declared)
    }) else {
        return refuse(Rule::EmptySheet);
    };
    let source = Source {
        text,
        encoding: decoded.encoding,
        dialect: &dialect,
        typed: None,
    };
    read_text(source, form, context, warnings)
}

/// Reads one tab of a workbook: as the text that it shows.
fn read_workbook(
    bytes: &[u8],
    form: &Form,
    context: &Context<'_>,
) -> Result<ReadSheet, Vec<Problem>> {
    let likeness = |cells: &[&str]| known::likeness_with(cells, &form.declared);
    let is_header = |cells: &[&str]| likeness(cells) > 0;
    let tab = match xlsx::read(bytes, form.tab.as_deref(), is_header, context.limits) {
        Ok(tab) => tab,
        Err(why) => return refuse(Rule::Workbook(why)),
    };
    let mut warnings = Findings::default();
    for notice in tab.notices {
        warnings.push(Problem::of_file(match notice {
            Notice::HiddenTabs(names) => Rule::HiddenTabs(names),
            Notice::HiddenRows(count) => Rule::HiddenCells(count, "rows"),
            Notice::HiddenColumns(count) => Rule::HiddenCells(count, "columns"),
            Notice::SavedFormulas(count) => Rule::SavedFormulas(count),
            Notice::Merged(count) => Rule::MergedCells(count),
        }));
    }
    for Rounded {
        row,
        column,
        holds,
        shows,
    } in tab.rounded
    {
        let value = holds.clone();
        let rule = match shows {
            Some(shows) => Rule::ShownDiffers { holds, shows },
            None => Rule::FormatUnknown { holds },
        };
        let problem = Problem::of_file(rule).in_row(row).in_column(column, None);
        warnings.push(problem.with_value(&value));
    }
    let Some(dialect) = table::detect(&tab.text, Some(Delimiter::Comma), likeness) else {
        return refuse(Rule::EmptySheet);
    };
    let source = Source {
        text: &tab.text,
        encoding: Encoding::Workbook,
        dialect: &dialect,
        typed: Some(Typed {
            written: tab.written,
            money: tab.money,
            merged: tab.merged,
            beside: tab.beside,
        }),
    };
    let read = read_text(source, form, context, warnings)?;
    Ok(ReadSheet {
        tab: Some(tab.name),
        ..read
    })
}

/// A sheet as text, and what is known of how it came.
struct Source<'t> {
    text: &'t str,
    encoding: Encoding,
    dialect: &'t Dialect,
    typed: Option<Typed>,
}

/// What only a workbook knows of its cells.
#[derive(Debug)]
struct Typed {
    /// Which are texts that are written like numbers.
    written: Written,
    /// Which numbers show a currency.
    money: Money,
    /// Which lie in merged ones.
    merged: Merged,
    /// What stands on other tabs.
    beside: Vec<Beside>,
}

fn read_text(
    source: Source<'_>,
    form: &Form,
    context: &Context<'_>,
    warnings: Findings,
) -> Result<ReadSheet, Vec<Problem>> {
    let scan = match table::scan(source.text, source.dialect.delimiter, context.limits) {
        Ok(scan) => scan,
        Err(too_long) => return Err(vec![beyond_limit(too_long, context.limits)]),
    };
    let (encoding, delimiter) = (source.encoding, source.dialect.delimiter);
    let header_row = source.dialect.header_row;
    let (read, shape, told_evaluator) = read_rows(source, scan, form, context, warnings)?;
    let (sheet, decimal_sign, warnings) = read;
    let read_as = ReadAs {
        encoding,
        delimiter,
        decimal_sign,
        shape,
        header_row,
    };
    Ok(ReadSheet {
        sheet,
        warnings,
        read_as,
        tab: None,
        told_evaluator,
    })
}

type Read = ((Sheet, DecimalSign, Vec<Problem>), Shape, Option<String>);

fn read_rows(
    source: Source<'_>,
    scan: Scan,
    form: &Form,
    context: &Context<'_>,
    mut warnings: Findings,
) -> Result<Read, Vec<Problem>> {
    let Source { text, dialect, .. } = source;
    let mut problems = Findings::default();
    let mut rows = Rows::new(text, dialect.delimiter, &scan);
    let mut above = Vec::new();
    let header = top::header(
        (text, dialect, &scan),
        &mut rows,
        form,
        &mut above,
        &mut warnings,
    )?;
    if let Some(header) = header.as_ref().filter(|_| !above.is_empty()) {
        let rule = Rule::HeaderNotFirst(header.row);
        warnings.push(Problem::of_file(rule).in_row(header.row));
    }
    report_flaws(scan, header.as_ref(), &mut problems, &mut warnings);
    let Some(header) = header else {
        return Err(problems.into_list());
    };
    let known = Known {
        declared: &form.declared,
        vendors: context.vendors,
    };
    let Some(layout) = header.layout(context.set, known, &mut problems, &mut warnings) else {
        return Err(problems.into_list());
    };
    let mut reading = Reading::new(header, form, context, dialect.delimiter, problems, warnings);
    reading.expect_bytes(text.len());
    let beside = source.typed.as_ref().map_or(&[][..], |typed| &typed.beside);
    let told = told::told(&above, beside, &form.declared);
    reading.heed(&told, told::evaluator(&above, beside));
    if let Some(typed) = source.typed {
        reading.is_workbook(typed);
    }
    let (shape, done) = match &layout {
        Layout::Long(columns) => (
            Shape::Long,
            long_parts::read(&mut rows, columns, &mut reading),
        ),
        Layout::Wide(columns) => (Shape::Wide, wide::read(&mut rows, columns, &mut reading)),
        Layout::ByVendor(columns) => {
            let done = by_vendor::read(&mut rows, columns, &mut reading);
            (Shape::ByVendor, done)
        }
        Layout::Costs(columns) => (Shape::Costs, costs::read(&mut rows, columns, &mut reading)),
    };
    if let Err(rule) = done {
        return refuse(rule);
    }
    let told_evaluator = reading.told_evaluator();
    Ok((reading.finish_with_costs()?, shape, told_evaluator))
}

fn report_flaws(
    scan: Scan,
    header: Option<&Header>,
    problems: &mut Findings,
    warnings: &mut Findings,
) {
    for Flaw {
        row,
        column,
        value,
        quoting,
    } in scan.flaws
    {
        let heading = header
            .filter(|header| row > header.row)
            .and_then(|header| header.heading(column));
        let problem = Problem::of_file(Rule::Quoting(quoting))
            .in_row(row)
            .in_column(column, heading)
            .with_value(&value);
        if quoting == table::Quoting::Bare {
            warnings.push(problem);
        } else {
            problems.push(problem);
        }
    }
    // Which of those that are not listed are problems is not known; so many in one file are one.
    problems.count(scan.more_flaws);
    if scan.more_flaws > 0 {
        problems.push(Problem::of_file(Rule::NotCsv));
    }
}

fn beyond_limit(too_long: TooLong, limits: &Limits) -> Problem {
    match too_long {
        TooLong::Columns { row } => {
            Problem::of_file(Rule::TooManyColumns(limits.max_columns)).in_row(row)
        }
        TooLong::Cell { row, column } => Problem::of_file(Rule::CellTooLong(limits.max_cell))
            .in_row(row)
            .in_column(column, None),
    }
}

fn refuse<T>(rule: Rule) -> Result<T, Vec<Problem>> {
    Err(vec![Problem::of_file(rule)])
}
