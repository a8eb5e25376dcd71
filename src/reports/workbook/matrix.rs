//! The sheet that shows all vendors side by side.

use crate::criteria::Kind;
use crate::scoring::{Bounds, State, VendorCard};
use crate::table::workbook::{At, Sheet, Style, Value, Workbook, WorkbookError};

use super::criteria::{self, names};
use super::page::{self, Deciding, Marks};
use super::plan::{FIRST, HEAD, Item, MATRIX, Plan, Scoring, criteria_cell, node_row};
use super::ranking::{Ends, in_words, is_safe, shown};
use super::weights::Weights;
use super::working::{self, amount, score_style};

/// The columns before those of the vendors.
mod col {
    pub(super) const ID: u16 = 0;
    pub(super) const TITLE: u16 = 1;
    pub(super) const SHARE: u16 = 2;
    pub(super) const VENDORS: u16 = 3;
}

const ABOUT: &str = "Of a criterion the collapsed score, of a category the percent reached; beside it what it adds to the total.";

/// Builds the sheet.
pub(super) fn sheet(
    plan: &Plan<'_>,
    workbook: &Workbook,
    marks: &mut Marks,
) -> Result<Sheet, WorkbookError> {
    let mut sheet = workbook.sheet(MATRIX)?;
    page::open(&mut sheet, plan, "Matrix", ABOUT);
    let headings = ["Id", "Title", "Share of the whole, percent"];
    sheet.texts(At::new(HEAD, 0), &headings, Style::HEAD);
    sheet.widths(&[14, 34, 10]);
    for (vendor, card) in plan.cards.iter().enumerate() {
        let name = plan.vendor_name(card);
        for (column, what) in columns(vendor).into_iter().zip(["score", "contribution"]) {
            let heading = format!("{name}: {what}");
            sheet.text(At::new(HEAD, column), &heading, Style::HEAD);
            sheet.width(column, 14);
        }
    }
    let whole = Weights::of(plan, plan.lens, None);
    for position in 0..plan.nodes.len() {
        head(plan, &mut sheet, position, &whole);
        for (vendor, card) in plan.cards.iter().enumerate() {
            let cell = Cell {
                plan,
                position,
                vendor,
                card,
            };
            cell.write(&mut sheet, marks);
        }
    }
    page::close(&mut sheet, plan, At::new(FIRST, col::VENDORS));
    Ok(sheet)
}

fn columns(vendor: usize) -> [u16; 2] {
    let before = u16::try_from(vendor).unwrap_or(u16::MAX).saturating_mul(2);
    let score = col::VENDORS.saturating_add(before);
    [score, score.saturating_add(1)]
}

fn strong(item: Item, style: Style) -> Style {
    match item {
        Item::Total | Item::Category(_) => style.strong(),
        Item::Criterion(_) => style,
    }
}

fn head(plan: &Plan<'_>, sheet: &mut Sheet, position: usize, whole: &Weights) {
    let item = plan.nodes[position].item;
    let (id, title) = names(plan, item);
    let at = |column| At::new(node_row(position), column);
    sheet.text(at(col::ID), id, strong(item, Style::PLAIN));
    sheet.text(at(col::TITLE), title, strong(item, Style::PLAIN));
    let share = criteria_cell(position, criteria::col::SHARE);
    let result = whole.shares[position].clone().into();
    sheet.formula(at(col::SHARE), &share, &result, strong(item, Style::POINTS));
}

/// One vendor at one node.
struct Cell<'a> {
    plan: &'a Plan<'a>,
    position: usize,
    vendor: usize,
    card: &'a VendorCard,
}

impl Cell<'_> {
    fn working(&self, column: u16) -> String {
        self.plan.working_cell(self.vendor, self.position, column)
    }

    fn item(&self) -> Item {
        self.plan.nodes[self.position].item
    }

    fn decide(
        &self,
        sheet: &mut Sheet,
        marks: &mut Marks,
        column: u16,
        (formula, result, is_safe): (String, Value, bool),
        style: Style,
    ) {
        let cell = Deciding {
            sheet: MATRIX,
            at: At::new(node_row(self.position), column),
            style: strong(self.item(), style),
            is_safe,
            about: self.plan.vendor_name(self.card),
        };
        marks.decide(sheet, cell, &formula, &result);
    }

    fn write(&self, sheet: &mut Sheet, marks: &mut Marks) {
        let [score, contribution] = columns(self.vendor);
        let ends = Ends {
            low: self.working(working::col::LOW),
            high: self.working(working::col::HIGH),
        };
        let added = self.added();
        let is_safe = is_safe(self.plan, added.as_ref());
        let cell = (ends.shown(), shown(added.as_ref()), is_safe);
        self.decide(sheet, marks, contribution, cell, Style::POINTS);
        match self.item() {
            Item::Total => {}
            Item::Category(index) => {
                let card = self.card.categories.get(index.position());
                let percent = card.and_then(|card| card.percent.clone());
                self.percent(sheet, marks, score, percent.as_ref());
            }
            Item::Criterion(_) => self.score(sheet, marks, score),
        }
    }

    /// What it adds to the total; the ends of what can be where nothing applies are 0.
    fn added(&self) -> Option<Bounds> {
        match self.item() {
            Item::Total => {
                let nothing = || Bounds::exactly(crate::exact::Fraction::zero());
                Some(self.card.total.clone().unwrap_or_else(nothing))
            }
            Item::Category(index) => {
                let card = self.card.categories.get(index.position());
                card.map(|card| card.contribution.clone())
            }
            Item::Criterion(index) => {
                let card = self.card.criteria.get(index.position());
                card.map(|card| card.contribution.clone())
            }
        }
    }

    fn percent(&self, sheet: &mut Sheet, marks: &mut Marks, column: u16, percent: Option<&Bounds>) {
        let share = self.working(working::col::SHARE);
        let part = |column| format!("{}/{share}*100", self.working(column));
        let ends = Ends {
            low: part(working::col::LOW),
            high: part(working::col::HIGH),
        };
        let formula = format!("IF({share}=0,\"\",{})", ends.shown());
        let is_safe = is_safe(self.plan, percent);
        self.decide(
            sheet,
            marks,
            column,
            (formula, shown(percent), is_safe),
            Style::POINTS,
        );
    }

    /// The score where there is one, its ends where it is missing, else the state in words.
    fn score(&self, sheet: &mut Sheet, marks: &mut Marks, column: u16) {
        let Item::Criterion(index) = self.item() else {
            return;
        };
        let (Some(criterion), Some(cell)) = (
            self.plan.criterion(index),
            self.card.criteria.get(index.position()),
        ) else {
            return;
        };
        let state = self.working(working::col::STATE);
        let (worst, best) = (
            self.working(working::col::WORST),
            self.working(working::col::BEST),
        );
        let word = || Value::from(working::state_word(cell.state));
        let (missing, style) = match criterion.kind() {
            Kind::Rated(_) => {
                let style = score_style(cell);
                let low = format!("ROUND(MIN({worst},{best}),2)");
                let high = format!("ROUND(MAX({worst},{best}),2)");
                (format!("{low}&\" to \"&{high}"), style)
            }
            Kind::Priced(_) => (state.clone(), Style::MONEY),
            Kind::PassFail => (state.clone(), Style::PLAIN),
        };
        let formula =
            format!("IF({state}=\"scored\",{worst},IF({state}=\"not scored\",{missing},{state}))");
        let result = match (criterion.kind(), cell.state, &cell.points) {
            (Kind::Rated(rated), State::Scored | State::NotScored, Some(points)) => {
                let scoring = Scoring::of(rated, self.plan.rules());
                let (worst, best) = (scoring.score(&points.low), scoring.score(&points.high));
                match cell.state {
                    State::Scored => worst.into(),
                    _ => in_words((&worst).min(&best), (&worst).max(&best)),
                }
            }
            (Kind::Priced(_), State::Scored, _) => amount(cell).map_or_else(word, Value::from),
            (Kind::PassFail, State::Scored, _) => match cell.score {
                Some(crate::scoring::Collapsed::Verdict { passed: false }) => "fail".into(),
                _ => "pass".into(),
            },
            _ => word(),
        };
        self.decide(sheet, marks, column, (formula, result, true), style);
    }
}
