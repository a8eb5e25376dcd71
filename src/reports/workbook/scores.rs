//! The sheet of scores: every answer that stands, every one that is owed, and what each counts as.

use crate::criteria::{Criterion, Kind, Rated};
use crate::evaluation::{Answer, CONSENSUS};
use crate::exact::Fraction;
use crate::table::workbook::{At, Sheet, Span, Style, Value, Workbook, WorkbookError};

use super::page;
use super::plan::{FIRST, HEAD, Plan, SCORES, Scoring, criteria_cell};
use super::rows::{self, ScoreRow};
use super::{MANY, criteria};

/// The columns.
pub(super) mod col {
    pub(in super::super) const VENDOR: u16 = 0;
    pub(in super::super) const CRITERION: u16 = 1;
    pub(in super::super) const TITLE: u16 = 2;
    pub(in super::super) const EVALUATOR: u16 = 3;
    pub(in super::super) const SCORE: u16 = 4;
    pub(in super::super) const REASON: u16 = 5;
    pub(in super::super) const STANDS: u16 = 6;
    pub(in super::super) const COUNTS: u16 = 7;
    pub(in super::super) const READ_AS: u16 = 8;
    pub(in super::super) const WORST: u16 = 9;
    pub(in super::super) const BEST: u16 = 10;
}

const HEADINGS: [&str; 11] = [
    "Vendor",
    "Criterion",
    "Title",
    "Evaluator",
    "Score",
    "Reason",
    "Stands",
    "Counts",
    "Read as",
    "At its worst",
    "At its best",
];
const WIDTHS: [u8; 11] = [20, 14, 34, 18, 15, 60, 10, 8, 10, 10, 10];
const ABOUT: &str = "Every answer that stands, and \"not scored\" for each that is owed. The other sheets are computed from the \
    column Score: change one there and see what moves. Rows must stay in their order.";

/// Builds the sheet.
pub(super) fn sheet(plan: &Plan<'_>, workbook: &mut Workbook) -> Result<Sheet, WorkbookError> {
    let count = plan.score_rows();
    let mut sheet = if count > MANY {
        workbook.streamed_sheet(SCORES)?
    } else {
        workbook.sheet(SCORES)?
    };
    page::open(&mut sheet, plan, "Scores", ABOUT);
    sheet.texts(At::new(HEAD, 0), &HEADINGS, Style::HEAD);
    sheet.widths(&WIDTHS);
    for (vendor, card) in plan.cards.iter().enumerate() {
        for (node, index, criterion) in plan.criteria() {
            let block = plan.block(vendor, node);
            let cell = Cell {
                plan,
                vendor: plan.vendor_name(card),
                node,
                criterion,
                block: Span::new(col::SCORE, block.start, block.end.saturating_sub(1)),
            };
            let rows = rows::of_cell(plan, card, index);
            let has_consensus = rows.iter().any(|row| row.is_consensus);
            for (row, score) in (block.start..).zip(&rows) {
                cell.write(&mut sheet, row, score, has_consensus);
            }
        }
    }
    let last = super::plan::nth(HEAD, count);
    sheet.filter(At::new(HEAD, 0), At::new(last, col::BEST));
    sheet.protect();
    page::close(&mut sheet, plan, At::new(FIRST, col::CRITERION));
    Ok(sheet)
}

/// The rows of one vendor and criterion.
struct Cell<'a> {
    plan: &'a Plan<'a>,
    vendor: &'a str,
    node: usize,
    criterion: &'a Criterion,
    block: Span,
}

impl Cell<'_> {
    fn write(&self, sheet: &mut Sheet, row: u32, score: &ScoreRow<'_>, has_consensus: bool) {
        let at = |column: u16| At::new(row, column);
        sheet.text(at(col::VENDOR), self.vendor, Style::PLAIN);
        sheet.text(at(col::CRITERION), self.criterion.id(), Style::PLAIN);
        sheet.text(at(col::TITLE), self.criterion.title(), Style::PLAIN);
        let evaluator = if score.is_consensus {
            CONSENSUS
        } else {
            score.evaluator
        };
        sheet.text(at(col::EVALUATOR), evaluator, Style::PLAIN);
        let said = said(score.answer);
        sheet.value(at(col::SCORE), &said, self.score_style().open());
        sheet.text(at(col::REASON), score.reason, Style::WRAPPED.open());
        page::fit(sheet, row, score.reason, WIDTHS[usize::from(col::REASON)]);
        let stands = if score.is_recused {
            "recused"
        } else {
            "stands"
        };
        sheet.text(at(col::STANDS), stands, Style::PLAIN);
        let counts = if score.counts { "yes" } else { "no" };
        let formula = self.counts(row, score.is_consensus, has_consensus);
        sheet.formula(at(col::COUNTS), &formula, &counts.into(), Style::PLAIN);
        let read_as = self.read_as(score);
        let formula = self.read_as_formula(row);
        sheet.formula(at(col::READ_AS), &formula, &read_as.into(), Style::PLAIN);
        self.ends(sheet, row, read_as, score.answer);
    }

    fn score_style(&self) -> Style {
        match self.criterion.kind() {
            Kind::Priced(_) => Style::MONEY,
            Kind::Rated(_) | Kind::PassFail => Style::PLAIN,
        }
    }

    /// Who is recused does not count, and beside a consensus nobody else does.
    fn counts(&self, row: u32, is_consensus: bool, has_consensus: bool) -> String {
        let stands = At::new(row, col::STANDS);
        if is_consensus || !has_consensus {
            return format!("IF({stands}=\"recused\",\"no\",\"yes\")");
        }
        let column = |column: u16| self.block.in_column(column);
        let settled = format!(
            "COUNTIFS({},\"{CONSENSUS}\",{},\"stands\",{},\"<>not scored\")",
            column(col::EVALUATOR),
            column(col::STANDS),
            column(col::SCORE)
        );
        format!("IF(OR({stands}=\"recused\",{settled}>0),\"no\",\"yes\")")
    }

    fn read_as_formula(&self, row: u32) -> String {
        let (score, counts) = (At::new(row, col::SCORE), At::new(row, col::COUNTS));
        let silent = format!("IF({score}=\"no response\",\"silent\"");
        let read = match self.criterion.kind() {
            Kind::Rated(_) => format!(
                "IF(ISNUMBER({score}),\"score\",{silent},IF({score}=\"not applicable\",\"n/a\",\"missing\")))"
            ),
            Kind::Priced(_) => format!("IF(ISNUMBER({score}),\"price\",{silent},\"missing\"))"),
            Kind::PassFail => format!(
                "IF({score}=\"pass\",\"pass\",IF({score}=\"fail\",\"fail\",{silent},\"missing\")))"
            ),
        };
        format!("IF({counts}=\"yes\",{read},\"\")")
    }

    fn read_as(&self, score: &ScoreRow<'_>) -> &'static str {
        match score.answer {
            _ if !score.counts => "",
            None => "missing",
            Some(Answer::Scored(_)) => match self.criterion.kind() {
                Kind::Priced(_) => "price",
                Kind::Rated(_) | Kind::PassFail => "score",
            },
            Some(Answer::Passed) => "pass",
            Some(Answer::Failed) => "fail",
            Some(Answer::NoResponse) => "silent",
            Some(Answer::NotApplicable) => "n/a",
        }
    }

    /// The score at its worst and at its best, which differ where it is missing.
    fn ends(&self, sheet: &mut Sheet, row: u32, read_as: &str, answer: Option<Answer>) {
        let at = |column: u16| At::new(row, column);
        let (score, kind) = (at(col::SCORE), at(col::READ_AS));
        let number = match answer {
            Some(Answer::Scored(number)) => Some(Fraction::from(number)),
            _ => None,
        };
        match self.criterion.kind() {
            Kind::Rated(rated) => self.rated_ends(sheet, row, rated, read_as, number.as_ref()),
            Kind::Priced(_) => {
                let result = Value::maybe(number.as_ref().filter(|_| read_as == "price"));
                for column in [col::WORST, col::BEST] {
                    let formula = format!("IF({kind}=\"price\",{score},\"\")");
                    sheet.formula(at(column), &formula, &result, Style::MONEY);
                }
            }
            Kind::PassFail => {}
        }
    }

    fn rated_ends(
        &self,
        sheet: &mut Sheet,
        row: u32,
        rated: &Rated,
        read_as: &str,
        number: Option<&Fraction>,
    ) {
        let at = |column: u16| At::new(row, column);
        let (score, kind) = (at(col::SCORE), at(col::READ_AS));
        let scale = Scoring::of(rated, self.plan.rules());
        let worst = criteria_cell(self.node, criteria::col::WORST);
        let best = criteria_cell(self.node, criteria::col::BEST);
        let result = |missing| match read_as {
            "score" => Value::maybe(number),
            "silent" => scale.worst.into(),
            "missing" => Value::from(missing),
            _ => Value::nothing(),
        };
        let silent_or_missing = format!("OR({kind}=\"silent\",{kind}=\"missing\")");
        let formula = format!("IF({kind}=\"score\",{score},IF({silent_or_missing},{worst},\"\"))");
        sheet.formula(at(col::WORST), &formula, &result(scale.worst), Style::PLAIN);
        let missing = format!("IF({kind}=\"missing\",{best},\"\")");
        let formula =
            format!("IF({kind}=\"score\",{score},IF({kind}=\"silent\",{worst},{missing}))");
        sheet.formula(at(col::BEST), &formula, &result(scale.best), Style::PLAIN);
    }
}

/// The answer as it is shown: numbers as numbers.
fn said(answer: Option<Answer>) -> Value {
    match answer {
        None => "not scored".into(),
        Some(Answer::Scored(score)) => score.into(),
        Some(Answer::Passed) => "pass".into(),
        Some(Answer::Failed) => "fail".into(),
        Some(Answer::NoResponse) => "no response".into(),
        Some(Answer::NotApplicable) => "not applicable".into(),
    }
}
