//! The sheet of workings: from the scores to what each criterion, category and total come to, vendor by vendor.

mod collapse;
mod gates;
mod weigh;

pub(super) use collapse::{amount, score_style, state_word};

use crate::criteria::{Criterion, Kind};
use crate::exact::Fraction;
use crate::scoring::{Bounds, CriterionCard, VendorCard};
use crate::table::workbook::{At, Sheet, Style, Value, Workbook, WorkbookError};

use super::criteria::{self, names};
use super::page::{self, Marks};
use super::plan::{FIRST, HEAD, Item, Plan, WORKING, criteria_cell, kind_word};
use super::weights::Weights;
use super::{MANY, price};
use weigh::{ON_RECORD, VIEW};

/// The columns.
pub(super) mod col {
    pub(in super::super) const VENDOR: u16 = 0;
    pub(in super::super) const NUMBER: u16 = 1;
    pub(in super::super) const WITHIN: u16 = 2;
    pub(in super::super) const ID: u16 = 3;
    pub(in super::super) const TITLE: u16 = 4;
    pub(in super::super) const KIND: u16 = 5;
    pub(in super::super) const STATE: u16 = 6;
    pub(in super::super) const WORST: u16 = 7;
    pub(in super::super) const BEST: u16 = 8;
    pub(in super::super) const POINTS_LOW: u16 = 9;
    pub(in super::super) const POINTS_HIGH: u16 = 10;
    pub(in super::super) const COUNTS: u16 = 11;
    pub(in super::super) const SUM: u16 = 12;
    pub(in super::super) const SHARE: u16 = 13;
    pub(in super::super) const LOW: u16 = 14;
    pub(in super::super) const HIGH: u16 = 15;
    pub(in super::super) const BOUND: u16 = 16;
    pub(in super::super) const JUDGED_LOW: u16 = 17;
    pub(in super::super) const JUDGED_HIGH: u16 = 18;
    pub(in super::super) const OUTCOME: u16 = 19;
    /// Where something does not apply: the contribution if that were worth nothing.
    pub(in super::super) const ZERO_LOW: u16 = 20;
    pub(in super::super) const ZERO_HIGH: u16 = 21;
    /// Where a category or the total has a gate: what rated criteria add under the record's weights. It has columns of its own,
    /// because prices are measured among those that pass, and no formula may lead back to itself.
    pub(in super::super) const RATED_LOW: u16 = 22;
    pub(in super::super) const RATED_HIGH: u16 = 23;
    /// Under a lens: the record's weights, on which gates are judged.
    pub(in super::super) const RECORD_COUNTS: u16 = 24;
    pub(in super::super) const RECORD_SUM: u16 = 25;
    pub(in super::super) const RECORD_SHARE: u16 = 26;
}

const HEADINGS: [&str; 20] = [
    "Vendor",
    "No.",
    "In no.",
    "Id",
    "Title",
    "Kind",
    "State",
    "Score at its worst",
    "Score at its best",
    "Points, low",
    "Points, high",
    "Weight that counts",
    "Sum of what is right below",
    "Share of the whole, percent",
    "Contribution, low",
    "Contribution, high",
    "Gate: bound",
    "Gate: percent, low",
    "Gate: percent, high",
    "Gate: outcome",
];
const AS_ZERO: [&str; 2] = [
    "Contribution if \"not applicable\" counted nothing, low",
    "Contribution if \"not applicable\" counted nothing, high",
];
const RATED: [&str; 2] = [
    "For gates: contribution of rated criteria, low",
    "For gates: contribution of rated criteria, high",
];
const RECORD: [&str; 3] = [
    "Record: weight that counts",
    "Record: sum of what is right below",
    "Record: share of the whole, percent",
];
const WIDTHS: [u8; 20] = [
    20, 5, 6, 14, 34, 10, 14, 9, 9, 9, 9, 9, 11, 10, 12, 12, 10, 10, 10, 13,
];
const ABOUT: &str = "From scores to contributions, vendor by vendor. Low and high are the same figure with everything missing \
    at its worst and at its best.";

/// Builds the sheet.
pub(super) fn sheet(
    plan: &Plan<'_>,
    workbook: &mut Workbook,
    marks: &mut Marks,
) -> Result<Sheet, WorkbookError> {
    let count = plan.cards.len().saturating_mul(plan.nodes.len());
    let mut sheet = if count > MANY {
        workbook.streamed_sheet(WORKING)?
    } else {
        workbook.sheet(WORKING)?
    };
    page::open(&mut sheet, plan, "Working", ABOUT);
    head(plan, &mut sheet);
    for (vendor, card) in plan.cards.iter().enumerate() {
        let record = plan
            .judges_apart()
            .then(|| Weights::of(plan, None, Some(card)));
        let block = Block {
            plan,
            vendor,
            card,
            weights: Weights::of(plan, plan.lens, Some(card)),
            whole: Weights::of(plan, plan.lens, None),
            record,
        };
        for position in 0..plan.nodes.len() {
            block.write(&mut sheet, position, marks);
        }
    }
    page::close(&mut sheet, plan, At::new(FIRST, col::KIND));
    Ok(sheet)
}

fn head(plan: &Plan<'_>, sheet: &mut Sheet) {
    sheet.texts(At::new(HEAD, 0), &HEADINGS, Style::HEAD);
    sheet.widths(&WIDTHS);
    if plan.has_not_applicable() {
        sheet.texts(At::new(HEAD, col::ZERO_LOW), &AS_ZERO, Style::HEAD);
    }
    if plan.has_percent_gate() {
        sheet.texts(At::new(HEAD, col::RATED_LOW), &RATED, Style::HEAD);
    }
    if plan.judges_apart() {
        sheet.texts(At::new(HEAD, col::RECORD_COUNTS), &RECORD, Style::HEAD);
    }
    for column in col::ZERO_LOW..=col::RECORD_SHARE {
        sheet.width(column, 12);
    }
}

/// The rows of one vendor.
struct Block<'a> {
    plan: &'a Plan<'a>,
    vendor: usize,
    card: &'a VendorCard,
    /// What weighs for this vendor.
    weights: Weights,
    /// What weighs where everything applies.
    whole: Weights,
    /// What weighs on the record, where gates are judged on that and not on the view's weights.
    record: Option<Weights>,
}

impl Block<'_> {
    fn at(&self, position: usize, column: u16) -> At {
        At::new(self.plan.working_row(self.vendor, position), column)
    }

    fn style(&self, position: usize, style: Style) -> Style {
        match self.plan.nodes[position].item {
            Item::Total | Item::Category(_) => style.strong(),
            Item::Criterion(_) => style,
        }
    }

    fn write(&self, sheet: &mut Sheet, position: usize, marks: &mut Marks) {
        let plan = self.plan;
        let node = &plan.nodes[position];
        let (id, title) = names(plan, node.item);
        let look = self.style(position, Style::PLAIN);
        let number = |count: usize| Fraction::count(count);
        sheet.text(
            self.at(position, col::VENDOR),
            plan.vendor_name(self.card),
            look,
        );
        sheet.number(self.at(position, col::NUMBER), &number(position), look);
        if node.item != Item::Total {
            sheet.number(self.at(position, col::WITHIN), &number(node.parent), look);
        }
        sheet.text(self.at(position, col::ID), id, look);
        sheet.text(self.at(position, col::TITLE), title, look);
        sheet.text(
            self.at(position, col::KIND),
            kind_word(plan, node.item),
            look,
        );
        if let Item::Criterion(index) = node.item
            && let Some(criterion) = plan.criterion(index)
            && let Some(cell) = self.card.criteria.get(index.position())
        {
            self.collapse(sheet, position, criterion, cell, marks);
            self.points(sheet, position, criterion, cell);
        }
        self.weigh(sheet, position, &VIEW, &self.weights);
        self.contributions(sheet, position);
        self.gate(sheet, position, marks);
        if plan.has_percent_gate() {
            self.rated(sheet, position);
        }
        if plan.has_not_applicable() {
            self.as_zero(sheet, position);
        }
        if let Some(record) = &self.record {
            self.weigh(sheet, position, &ON_RECORD, record);
        }
    }

    /// The points of a rated criterion from its score; those of a priced one come from the sheet of prices.
    fn points(
        &self,
        sheet: &mut Sheet,
        position: usize,
        criterion: &Criterion,
        cell: &CriterionCard,
    ) {
        let ends = [
            (col::POINTS_LOW, col::WORST, false),
            (col::POINTS_HIGH, col::BEST, true),
        ];
        for (column, score, is_high) in ends {
            let formula = match criterion.kind() {
                Kind::Rated(_) => {
                    let score = self.at(position, score);
                    let origin = criteria_cell(position, criteria::col::ORIGIN);
                    let best = criteria_cell(position, criteria::col::BEST);
                    format!("IF(ISNUMBER({score}),({score}-{origin})/({best}-{origin})*100,\"\")")
                }
                Kind::Priced(_) => {
                    price::points_cell(self.plan, cell.criterion, self.vendor, is_high)
                }
                Kind::PassFail => continue,
            };
            let points = cell
                .points
                .as_ref()
                .map(|points| end(points, is_high).percent());
            let result = Value::maybe(points.as_ref());
            sheet.formula(self.at(position, column), &formula, &result, Style::POINTS);
        }
    }
}

/// One end of what a value can still be.
pub(super) fn end(bounds: &Bounds, is_high: bool) -> &Fraction {
    if is_high { &bounds.high } else { &bounds.low }
}
