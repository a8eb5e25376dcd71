//! What all sheets have in common: the lines at the top, the way they are printed, and cells that hold a value for a reason.

use crate::table::workbook::{At, Footer, Sheet, Style, Value};

use super::plan::{FIRST, HEAD, Plan};

/// What the workbook says about itself.
#[derive(Debug, Clone, Copy)]
pub struct BookImprint<'a> {
    /// What is decided.
    pub title: &'a str,
    /// The head of the record, as `seq:hash`; none where there is no record.
    pub record: Option<&'a str>,
    /// When it is made.
    pub at: jiff::Timestamp,
    /// Whether nobody can be named for what stands in it, so that nothing may be awarded on it.
    pub not_for_an_award: bool,
    /// What is decided, why and by how many people; none before that.
    pub decided: Option<&'a str>,
}

impl BookImprint<'_> {
    /// The day it is made.
    pub(super) fn day(&self) -> String {
        self.at.strftime("%Y-%m-%d").to_string()
    }
}

/// The title of a sheet and what it holds.
pub(super) fn open(sheet: &mut Sheet, plan: &Plan<'_>, title: &str, about: &str) {
    let title = match plan.lens {
        Some(lens) => format!("{title}: {}, {} lens", plan.title, lens.title()),
        None => format!("{title}: {}", plan.title),
    };
    sheet.text(At::new(0, 0), &title, Style::TITLE);
    sheet.text(At::new(1, 0), about, Style::ASIDE);
}

/// Freezes the heading and the columns before a cell, and makes the sheet fit to print.
pub(super) fn close(sheet: &mut Sheet, plan: &Plan<'_>, first: At) {
    sheet.lines(HEAD, 4);
    sheet.freeze(At::new(FIRST, first.column));
    sheet.print(Some((HEAD, HEAD)), &plan.footer);
}

/// Makes a row high enough for a text in a column of some width, since not every program does so by itself.
pub(super) fn fit(sheet: &mut Sheet, row: u32, text: &str, width: u8) {
    let lines = text
        .lines()
        .map(|line| line.chars().count().div_ceil(width.max(1).into()).max(1));
    let lines = u8::try_from(lines.sum::<usize>()).unwrap_or(u8::MAX);
    if lines > 1 {
        sheet.lines(row, lines.min(MAX_LINES));
    }
}

/// The most lines a row is made high for; a spreadsheet has rows of up to 27.
const MAX_LINES: u8 = 25;

/// What stands at the foot of every page: which criteria, which record, which day.
pub(super) fn footer(set: &crate::criteria::CriteriaSet, imprint: &BookImprint<'_>) -> Footer {
    let short = |text: &str| text.chars().take(40).collect::<String>();
    let record = imprint.record.map(|head| format!("Record {head}"));
    Footer {
        left: vec![
            format!("{} version {}", short(set.id()), short(set.version())),
            format!("SHA-256 {}", set.sha256()),
        ],
        right: record.into_iter().chain([imprint.day()]).collect(),
    }
}

/// The cells that hold a value where a formula would decide by the last digit of a double.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<(String, String)>);

impl Marks {
    /// Writes a formula, or its result where a formula in doubles could come to something else.
    pub(super) fn decide(
        &mut self,
        sheet: &mut Sheet,
        cell: Deciding<'_>,
        formula: &str,
        result: &Value,
    ) {
        if cell.is_safe {
            sheet.formula(cell.at, formula, result, cell.style);
        } else {
            sheet.value(cell.at, result, Style::ASIDE);
            sheet.note(cell.at, WHY);
            self.0
                .push((format!("{}!{}", cell.sheet, cell.at), cell.about.to_owned()));
        }
    }

    /// The cells, and what they are about.
    pub(super) fn cells(&self) -> &[(String, String)] {
        &self.0
    }
}

/// A cell whose formula decides something.
#[derive(Clone, Copy)]
pub(super) struct Deciding<'a> {
    pub(super) sheet: &'static str,
    pub(super) at: At,
    pub(super) style: Style,
    pub(super) is_safe: bool,
    pub(super) about: &'a str,
}

const WHY: &str = "This is a value and no formula. The exact figures behind it differ by less than a spreadsheet can tell, so \
    a formula might decide otherwise than they do.";
