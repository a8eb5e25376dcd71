//! The sheet of criteria: the tree with its weights, shares, scales and gates.

use crate::criteria::{Category, Criterion, Direction, Kind, PointsRule, Priced, Rated};
use crate::exact::{self, Fraction};
use crate::table::workbook::{At, Sheet, Span, Style, Workbook, WorkbookError};

use super::page;
use super::plan::{CRITERIA, FIRST, HEAD, Item, Node, Plan, Scoring, kind_word, node_row};
use super::weights::{Weights, full, written};

/// The columns.
pub(super) mod col {
    pub(in super::super) const NUMBER: u16 = 0;
    pub(in super::super) const WITHIN: u16 = 1;
    pub(in super::super) const ID: u16 = 2;
    pub(in super::super) const TITLE: u16 = 3;
    pub(in super::super) const KIND: u16 = 4;
    pub(in super::super) const WEIGHT: u16 = 5;
    pub(in super::super) const COUNTS: u16 = 6;
    pub(in super::super) const SUM: u16 = 7;
    pub(in super::super) const SHARE: u16 = 8;
    pub(in super::super) const LOWEST: u16 = 9;
    pub(in super::super) const HIGHEST: u16 = 10;
    pub(in super::super) const STEP: u16 = 11;
    pub(in super::super) const BETTER: u16 = 12;
    pub(in super::super) const WORST: u16 = 13;
    pub(in super::super) const BEST: u16 = 14;
    pub(in super::super) const ORIGIN: u16 = 15;
    pub(in super::super) const GATE: u16 = 16;
    pub(in super::super) const BOUND: u16 = 17;
    pub(in super::super) const RULE: u16 = 18;
    pub(in super::super) const FLOOR: u16 = 19;
    pub(in super::super) const CEILING: u16 = 20;
    pub(in super::super) const CURRENCY: u16 = 21;
    pub(in super::super) const DESCRIPTION: u16 = 22;
    pub(in super::super) const PRACTICES: u16 = 23;
    pub(in super::super) const CLAUSE: u16 = 24;
    pub(in super::super) const ANCHORS: u16 = 25;
    /// Under a lens the record's weight, then the columns of the metrics.
    pub(in super::super) const RECORD: u16 = 26;
    pub(in super::super) const METRICS: u16 = 27;
}

const HEADINGS: [&str; 26] = [
    "No.",
    "In no.",
    "Id",
    "Title",
    "Kind",
    "Weight",
    "Weight that counts",
    "Sum of what is right below",
    "Share of the whole, percent",
    "Lowest score",
    "Highest score",
    "Step",
    "Better is",
    "Worst score",
    "Best score",
    "Score that gives no points",
    "Gate",
    "Bound",
    "Price rule",
    "Floor",
    "Ceiling",
    "Currency",
    "What is asked",
    "Practices",
    "Clause",
    "What scores mean",
];
const WIDTHS: [u8; 26] = [
    5, 6, 14, 34, 10, 9, 9, 11, 10, 8, 8, 7, 8, 8, 8, 10, 9, 10, 16, 12, 12, 9, 50, 26, 22, 60,
];

/// Builds the sheet.
pub(super) fn sheet(plan: &Plan<'_>, workbook: &Workbook) -> Result<Sheet, WorkbookError> {
    let mut sheet = workbook.sheet(CRITERIA)?;
    let about = match plan.lens {
        Some(lens) => format!(
            "The weights of the lens \"{}\"; the record's stand beside them.",
            lens.title()
        ),
        None => "What was asked, what it weighs, and how scores become points.".to_owned(),
    };
    page::open(&mut sheet, plan, "Criteria", &about);
    sheet.texts(At::new(HEAD, 0), &HEADINGS, Style::HEAD);
    sheet.widths(&WIDTHS);
    let weights = Weights::of(plan, plan.lens, None);
    for (position, node) in plan.nodes.iter().enumerate() {
        let row = Row {
            plan,
            position,
            node,
            at: At::new(node_row(position), 0),
        };
        row.tree(&mut sheet, &weights);
        match node.item {
            Item::Total => row.bound(&mut sheet, "at least", plan.rules().total_minimum()),
            Item::Category(index) => {
                let category = plan.set.categories().get(index.position());
                row.bound(&mut sheet, "at least", category.and_then(Category::minimum));
            }
            Item::Criterion(index) => {
                if let Some(criterion) = plan.criterion(index) {
                    row.judging(&mut sheet, criterion);
                    row.background(&mut sheet, criterion);
                }
            }
        }
    }
    lens_columns(plan, &mut sheet);
    page::close(&mut sheet, plan, At::new(FIRST, col::KIND));
    sheet.print_wide(3, col::NUMBER, col::TITLE);
    Ok(sheet)
}

/// One node's row.
struct Row<'a> {
    plan: &'a Plan<'a>,
    position: usize,
    node: &'a Node,
    at: At,
}

impl Row<'_> {
    fn strong(&self, style: Style) -> Style {
        match self.node.item {
            Item::Total | Item::Category(_) => style.strong(),
            Item::Criterion(_) => style,
        }
    }

    fn text(&self, sheet: &mut Sheet, column: u16, text: &str) {
        sheet.text(self.at.in_column(column), text, self.strong(Style::PLAIN));
    }

    fn number(&self, sheet: &mut Sheet, column: u16, number: impl Into<Fraction>) {
        let at = self.at.in_column(column);
        sheet.number(at, &number.into(), self.strong(Style::PLAIN));
    }

    /// The place in the tree, the weight and the share.
    fn tree(&self, sheet: &mut Sheet, weights: &Weights) {
        let plan = self.plan;
        let (id, title) = names(plan, self.node.item);
        self.number(sheet, col::NUMBER, Fraction::count(self.position));
        if self.node.item != Item::Total {
            self.number(sheet, col::WITHIN, Fraction::count(self.node.parent));
        }
        self.text(sheet, col::ID, id);
        self.text(sheet, col::TITLE, title);
        self.text(sheet, col::KIND, kind_word(plan, self.node.item));
        let cell = |column: u16| self.at.in_column(column).to_string();
        let points = self.strong(Style::POINTS);
        let own = self.at.in_column(col::WEIGHT);
        match (self.node.item, written(plan, plan.lens, self.node.item)) {
            (Item::Total, _) => {}
            (_, Some(weight)) => sheet.number(own, &weight, self.strong(Style::PLAIN)),
            (_, None) => {
                let sum = weights.sums[self.position].clone().into();
                sheet.formula(own, &cell(col::SUM), &sum, self.strong(Style::PLAIN));
            }
        }
        if !matches!(self.node.item, Item::Criterion(_)) {
            let formula = sum_below(plan, self.position, col::COUNTS, col::WITHIN, node_row(0));
            let sum = weights.sums[self.position].clone().into();
            let at = self.at.in_column(col::SUM);
            sheet.formula(at, &formula, &sum, self.strong(Style::PLAIN));
        }
        let share = if self.node.item == Item::Total {
            format!("IF({}=0,0,100)", cell(col::SUM))
        } else {
            let counts = match self.node.item {
                Item::Category(_) => {
                    format!("IF({}=0,0,{})", cell(col::SUM), cell(col::WEIGHT))
                }
                Item::Total | Item::Criterion(_) => cell(col::WEIGHT),
            };
            let at = self.at.in_column(col::COUNTS);
            let result = weights.counts[self.position].clone().into();
            sheet.formula(at, &counts, &result, self.strong(Style::PLAIN));
            let above = At::new(node_row(self.node.parent), col::SUM);
            let whole = above.in_column(col::SHARE);
            format!("IF({above}=0,0,{at}/{above}*{whole})")
        };
        let result = weights.shares[self.position].clone().into();
        sheet.formula(self.at.in_column(col::SHARE), &share, &result, points);
    }

    fn bound(&self, sheet: &mut Sheet, word: &str, bound: Option<rust_decimal::Decimal>) {
        if let Some(bound) = bound {
            self.text(sheet, col::GATE, word);
            self.number(sheet, col::BOUND, bound);
        }
    }

    fn judging(&self, sheet: &mut Sheet, criterion: &Criterion) {
        match criterion.kind() {
            Kind::Rated(rated) => self.rated(sheet, rated),
            Kind::Priced(priced) => self.priced(sheet, priced),
            Kind::PassFail => self.text(sheet, col::GATE, "a pass"),
        }
    }

    fn rated(&self, sheet: &mut Sheet, rated: &Rated) {
        let scale = rated.scale();
        self.number(sheet, col::LOWEST, scale.min());
        self.number(sheet, col::HIGHEST, scale.max());
        if let Some(step) = scale.step() {
            self.number(sheet, col::STEP, step);
        }
        let (better, gate) = match rated.direction() {
            Direction::Higher => ("higher", "at least"),
            Direction::Lower => ("lower", "at most"),
        };
        self.text(sheet, col::BETTER, better);
        self.bound(sheet, gate, rated.gate());
        let scoring = Scoring::of(rated, self.plan.rules());
        let cell = |column: u16| self.at.in_column(column).to_string();
        let end = |good: &str| {
            let (low, high) = (cell(col::LOWEST), cell(col::HIGHEST));
            format!("IF({}=\"{good}\",{high},{low})", cell(col::BETTER))
        };
        let mut write = |column: u16, formula: &str, result: rust_decimal::Decimal| {
            let at = self.at.in_column(column);
            sheet.formula(at, formula, &result.into(), Style::PLAIN);
        };
        write(col::WORST, &end("lower"), scoring.worst);
        write(col::BEST, &end("higher"), scoring.best);
        let origin = match self.plan.rules().points() {
            PointsRule::FromMin => cell(col::WORST),
            PointsRule::OfMax => "0".to_owned(),
        };
        write(col::ORIGIN, &origin, scoring.origin);
    }

    fn priced(&self, sheet: &mut Sheet, priced: &Priced) {
        self.text(sheet, col::RULE, priced.rule().name());
        self.text(sheet, col::CURRENCY, priced.currency().unwrap_or_default());
        self.bound(sheet, "at most", priced.maximum());
        if let Some(range) = priced.range() {
            for (column, amount) in [(col::FLOOR, range.floor()), (col::CEILING, range.ceiling())] {
                sheet.number(self.at.in_column(column), &amount.into(), Style::MONEY);
            }
        }
    }

    fn background(&self, sheet: &mut Sheet, criterion: &Criterion) {
        let anchors = criterion.anchors().iter();
        let anchors = anchors.map(|(score, text)| format!("{}: {text}", exact::plain(*score)));
        let anchors: Vec<String> = anchors.collect();
        let lines = anchors.join("\n");
        page::fit(
            sheet,
            self.at.row,
            &lines,
            WIDTHS[usize::from(col::ANCHORS)],
        );
        for (column, text) in [
            (
                col::DESCRIPTION,
                criterion.description().unwrap_or_default().to_owned(),
            ),
            (col::PRACTICES, criterion.practices().join(", ")),
            (
                col::CLAUSE,
                criterion.clause().unwrap_or_default().to_owned(),
            ),
            (col::ANCHORS, lines),
        ] {
            sheet.text(self.at.in_column(column), &text, Style::WRAPPED);
        }
    }
}

/// The id and the title of a node.
pub(super) fn names<'a>(plan: &Plan<'a>, item: Item) -> (&'a str, &'a str) {
    match item {
        Item::Total => ("total", "Total"),
        Item::Category(index) => {
            let found = plan.published.evaluation.set().categories();
            let found = found.get(index.position());
            found.map_or(("", ""), |found| (found.id(), found.title()))
        }
        Item::Criterion(index) => {
            let found = plan.criterion(index);
            found.map_or(("", ""), |found| (found.id(), found.title()))
        }
    }
}

/// The sum of a column over what lies right below a node, the tree starting at a row.
pub(super) fn sum_below(
    plan: &Plan<'_>,
    position: usize,
    column: u16,
    within: u16,
    start: u32,
) -> String {
    let below = &plan.nodes[position].below;
    if below.is_empty() {
        return "0".to_owned();
    }
    let row = |node: usize| super::plan::nth(start, node);
    let span = Span::new(column, row(below.start), row(below.end.saturating_sub(1)));
    let is_flat = below
        .clone()
        .all(|node| plan.nodes[node].parent == position);
    if is_flat {
        format!("SUM({span})")
    } else {
        let own = row(position);
        let numbers = At::new(own, within.saturating_sub(1));
        format!("SUMIFS({span},{},{numbers})", span.in_column(within))
    }
}

/// Under a lens: what the record gives each criterion, and which metrics it belongs to.
fn lens_columns(plan: &Plan<'_>, sheet: &mut Sheet) {
    let Some(lens) = plan.lens else {
        return;
    };
    sheet.text(At::new(HEAD, col::RECORD), "Record's weight", Style::HEAD);
    sheet.width(col::RECORD, 10);
    for (column, metric) in (col::METRICS..).zip(lens.metrics()) {
        let heading = format!("Part of {}", metric.title());
        sheet.text(At::new(HEAD, column), &heading, Style::HEAD);
        sheet.width(column, 12);
    }
    for (position, node) in plan.nodes.iter().enumerate() {
        let at = At::new(node_row(position), col::RECORD);
        if node.item != Item::Total {
            sheet.number(at, &full(plan, None, position), Style::PLAIN);
        }
        for (column, metric) in (col::METRICS..).zip(lens.metrics()) {
            let is_part = |index| metric.criteria().contains(&index);
            let part = matches!(node.item, Item::Criterion(index) if is_part(index));
            let part = Fraction::count(usize::from(part));
            sheet.number(at.in_column(column), &part, Style::WHOLE);
        }
    }
}
