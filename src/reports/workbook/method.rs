//! The sheet of the method: what the figures rest on, in words.

use crate::reports::rules::{clear_winner, rules};
use crate::reports::words::{listed, result_status};
use crate::scoring::METHOD_VERSION;
use crate::table::workbook::{At, Sheet, Style, Workbook, WorkbookError};

use super::page::{self, BookImprint, Marks};
use super::plan::{HEAD, METHOD, Plan, nth};

const LIVE: &str = "All totals, contributions, collapsed scores, points of prices, gates and ranks are formulas over the sheet \
    Scores. Beside each formula its exact result is kept, as the nearest number a spreadsheet can hold. Formulas compare \
    figures rounded to nine decimals, because a spreadsheet's numbers would tear exact ties apart.";
const SHEETS: &str = "Ranking: the result, and below it how the ranks come about. Matrix: all vendors side by side. Scores: \
    every answer. Criteria: what was asked and what it weighs. Price: how amounts become points. Working: every step \
    between the scores and the totals.";
const ORDER: &str = "Vendors stand in the order of the result as exported. If you change a score, ranks and figures follow, \
    but rows keep their place. Scores is protected without a password, because formulas count on the order of its rows.";
const COARSE: &str = "Some scale or range here is too narrow, beside the size of its numbers, for a spreadsheet's precision. \
    Figures recompute only approximately; every rank, status and gate is given as the exact value.";
const NO_AWARD: &str = "This service runs without a login, so nobody can be named for what stands here. It is no ground for an \
    award.";

const WIDTHS: [u8; 2] = [24, 120];

/// Builds the sheet.
pub(super) fn sheet(
    plan: &Plan<'_>,
    workbook: &Workbook,
    imprint: &BookImprint<'_>,
    marks: &Marks,
) -> Result<Sheet, WorkbookError> {
    let lines = lines(plan, imprint, marks);
    let sheet = workbook.sheet(METHOD)?;
    Ok(of_lines(plan, sheet, "Method", &lines))
}

/// Builds the sheet of a set's rules.
pub(super) fn rules_sheet(plan: &Plan<'_>, workbook: &Workbook) -> Result<Sheet, WorkbookError> {
    let mut lines = of_set(plan);
    let said = [
        ("About", plan.set.description()),
        ("Framework", plan.set.framework()),
    ];
    let said = said
        .into_iter()
        .filter_map(|(about, text)| Some((about, text?)));
    lines.extend(said.map(|(about, text)| (about.to_owned(), text.to_owned())));
    lines.extend(in_words(plan));
    Ok(of_lines(plan, workbook.sheet("Rules")?, "Rules", &lines))
}

fn of_lines(plan: &Plan<'_>, mut sheet: Sheet, title: &str, lines: &[(String, String)]) -> Sheet {
    page::open(&mut sheet, plan, title, "What the figures rest on.");
    sheet.texts(At::new(HEAD, 0), &["About", "What holds"], Style::HEAD);
    sheet.widths(&WIDTHS);
    for (number, (about, text)) in lines.iter().enumerate() {
        let at = At::new(nth(HEAD.saturating_add(1), number), 0);
        sheet.text(at, about, Style::WRAPPED);
        sheet.text(at.in_column(1), text, Style::WRAPPED);
        page::fit(&mut sheet, at.row, text, WIDTHS[1]);
    }
    page::close(&mut sheet, plan, At::new(0, 1));
    sheet
}

/// Which criteria set it is.
fn of_set(plan: &Plan<'_>) -> Vec<(String, String)> {
    let set = plan.set;
    let named = format!("{}: {}, version {}", set.title(), set.id(), set.version());
    vec![
        ("Criteria set".to_owned(), named),
        ("Its SHA-256".to_owned(), set.sha256().to_owned()),
    ]
}

/// The rules of the set.
fn in_words(plan: &Plan<'_>) -> impl Iterator<Item = (String, String)> {
    let close = (!plan.published.is_record).then(|| clear_winner(plan.set));
    let rules = rules(plan.set).into_iter().chain(close);
    rules.map(|rule| (rule.about.to_owned(), rule.text))
}

fn lines(plan: &Plan<'_>, imprint: &BookImprint<'_>, marks: &Marks) -> Vec<(String, String)> {
    let mut lines = vec![("Decision".to_owned(), imprint.title.to_owned())];
    lines.extend(of_set(plan));
    let mut say = |about: &str, text: String| lines.push((about.to_owned(), text));
    if let Some(lens) = plan.lens {
        let text = format!(
            "{} ({}). A view: gates are judged on the record's weights.",
            lens.title(),
            lens.id()
        );
        say("Lens", text);
    }
    if let Some(head) = imprint.record {
        say("Record", head.to_owned());
    }
    let at = imprint.at.strftime("%Y-%m-%d %H:%M UTC");
    say("Made", at.to_string());
    say("Method", format!("version {METHOD_VERSION}"));
    say("Result", result_status(plan.published.status).to_owned());
    if imprint.not_for_an_award {
        say("Not for an award", NO_AWARD.to_owned());
    }
    if let Some(decided) = imprint.decided {
        say("Decided", decided.to_owned());
    }
    let evaluation = plan.evaluation;
    let standing = evaluation
        .sheet_indices()
        .filter(|&sheet| !evaluation.is_withdrawn(sheet));
    let names: Vec<&str> = standing.map(|sheet| evaluation.sheet_name(sheet)).collect();
    say("Score sheets", listed(&names));
    for notice in &plan.published.notices {
        say("Note", notice.message.to_string());
    }
    say("The sheets", SHEETS.to_owned());
    say("Live formulas", LIVE.to_owned());
    say("Trying out", ORDER.to_owned());
    if plan.doubles.are_coarse() {
        say("Precision", COARSE.to_owned());
    }
    if !marks.cells().is_empty() {
        say("Values for a reason", values(marks));
    }
    lines.extend(in_words(plan));
    lines
}

fn values(marks: &Marks) -> String {
    let cells = marks.cells().iter();
    let cells: Vec<String> = cells
        .map(|(cell, about)| format!("{cell} ({about})"))
        .collect();
    format!(
        "The exact figures behind these cells differ by less than a spreadsheet can tell, so they hold values in italics, \
         each with a note, instead of formulas: {}.",
        listed(&cells)
    )
}
