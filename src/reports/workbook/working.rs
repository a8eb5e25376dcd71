//! The sheet of workings: from the scores to what each criterion, category and total come to, vendor by vendor.

mod collapse;
mod gates;

pub(super) use collapse::{amount, score_style, state_word};

use crate::criteria::{Criterion, Kind};
use crate::exact::Fraction;
use crate::scoring::{Bounds, CriterionCard, VendorCard};
use crate::table::workbook::{At, Sheet, Style, Value, Workbook, WorkbookError};

use super::criteria::{self, names, sum_below};
use super::page::{self, Marks};
use super::plan::{FIRST, HEAD, Item, Plan, WORKING, criteria_cell, kind_word};
use super::weights::Weights;
use super::{MANY, price};

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

/// The columns of one set of weights.
struct Columns {
    counts: u16,
    sum: u16,
    share: u16,
    /// Where the sheet of criteria has the weights.
    weight: u16,
}

const VIEW: Columns = Columns {
    counts: col::COUNTS,
    sum: col::SUM,
    share: col::SHARE,
    weight: criteria::col::WEIGHT,
};
const ON_RECORD: Columns = Columns {
    counts: col::RECORD_COUNTS,
    sum: col::RECORD_SUM,
    share: col::RECORD_SHARE,
    weight: criteria::col::RECORD,
};

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

    /// What counts of the weight, the share it makes, and what that adds to the total.
    fn weigh(&self, sheet: &mut Sheet, position: usize, columns: &Columns, weights: &Weights) {
        let plan = self.plan;
        let node = &plan.nodes[position];
        let look = self.style(position, Style::PLAIN);
        let points = self.style(position, Style::POINTS);
        let weight = criteria_cell(position, columns.weight);
        let start = plan.working_row(self.vendor, 0);
        let below = |column| sum_below(plan, position, column, col::WITHIN, start);
        let sum = self.at(position, columns.sum);
        let is_leaf = matches!(node.item, Item::Criterion(_));
        if !is_leaf {
            let result = weights.sums[position].clone().into();
            sheet.formula(sum, &below(columns.counts), &result, look);
        }
        let share = if node.item == Item::Total {
            format!("IF({sum}=0,0,100)")
        } else {
            let counts = if is_leaf {
                let state = self.at(position, col::STATE);
                format!("IF({state}=\"not applicable\",0,{weight})")
            } else {
                format!("IF({sum}=0,0,{weight})")
            };
            let at = self.at(position, columns.counts);
            let result = weights.counts[position].clone().into();
            sheet.formula(at, &counts, &result, look);
            let above = self.at(node.parent, columns.sum);
            let whole = above.in_column(columns.share);
            format!("IF({above}=0,0,{at}/{above}*{whole})")
        };
        let at = self.at(position, columns.share);
        let result = weights.shares[position].clone();
        sheet.formula(at, &share, &result.into(), points);
    }

    /// What a node adds to the total.
    fn contributions(&self, sheet: &mut Sheet, position: usize) {
        let plan = self.plan;
        let start = plan.working_row(self.vendor, 0);
        let points = self.style(position, Style::POINTS);
        for (column, from, is_high) in [
            (col::LOW, col::POINTS_LOW, false),
            (col::HIGH, col::POINTS_HIGH, true),
        ] {
            let formula = match plan.nodes[position].item {
                Item::Criterion(_) => self.part(position, col::SHARE, from, is_high),
                Item::Total | Item::Category(_) => {
                    sum_below(plan, position, column, col::WITHIN, start)
                }
            };
            let result = self.contribution(position, &self.weights.shares, is_high);
            sheet.formula(self.at(position, column), &formula, &result.into(), points);
        }
    }

    /// What a rated criterion adds under the record's weights.
    fn rated(&self, sheet: &mut Sheet, position: usize) {
        if kind_word(self.plan, self.plan.nodes[position].item) != "rated" {
            return;
        }
        let (share, weights) = match &self.record {
            Some(record) => (col::RECORD_SHARE, record),
            None => (col::SHARE, &self.weights),
        };
        for (column, from, is_high) in [
            (col::RATED_LOW, col::POINTS_LOW, false),
            (col::RATED_HIGH, col::POINTS_HIGH, true),
        ] {
            let formula = self.part(position, share, from, is_high);
            let result = self.contribution(position, &weights.shares, is_high);
            let at = self.at(position, column);
            sheet.formula(at, &formula, &result.into(), Style::POINTS);
        }
    }

    /// The part of its share that a criterion's points reach; without points nothing or everything.
    fn part(&self, position: usize, share: u16, points: u16, is_high: bool) -> String {
        let (share, points) = (self.at(position, share), self.at(position, points));
        let otherwise = if is_high {
            share.to_string()
        } else {
            "0".to_owned()
        };
        format!("IF(ISNUMBER({points}),{share}*{points}/100,{otherwise})")
    }

    /// What a node adds to the total under some shares.
    fn contribution(&self, position: usize, shares: &[Fraction], is_high: bool) -> Fraction {
        let node = &self.plan.nodes[position];
        let of_criterion = |position: usize| {
            let share = &shares[position];
            match self.points_of(position) {
                Some(points) => share * end(points, is_high),
                None if is_high => share.clone(),
                None => Fraction::zero(),
            }
        };
        let is_leaf =
            |position: usize| matches!(self.plan.nodes[position].item, Item::Criterion(_));
        if is_leaf(position) {
            return of_criterion(position);
        }
        let leaves = node.below.clone().filter(|&below| is_leaf(below));
        Fraction::sum(&leaves.map(of_criterion).collect::<Vec<_>>())
    }

    fn points_of(&self, position: usize) -> Option<&Bounds> {
        match self.plan.nodes[position].item {
            Item::Criterion(index) => {
                let cell = self.card.criteria.get(index.position());
                cell.and_then(|cell| cell.points.as_ref())
            }
            Item::Total | Item::Category(_) => None,
        }
    }

    /// What a criterion would add if what does not apply were worth nothing.
    fn as_zero(&self, sheet: &mut Sheet, position: usize) {
        let Item::Criterion(_) = self.plan.nodes[position].item else {
            return;
        };
        let share = criteria_cell(position, criteria::col::SHARE);
        let state = self.at(position, col::STATE);
        for (column, from, is_high) in [
            (col::ZERO_LOW, col::POINTS_LOW, false),
            (col::ZERO_HIGH, col::POINTS_HIGH, true),
        ] {
            let points = self.at(position, from);
            let otherwise = if is_high { share.as_str() } else { "0" };
            let formula = format!(
                "IF({state}=\"not applicable\",0,IF(ISNUMBER({points}),{share}*{points}/100,{otherwise}))"
            );
            let result = if self.is_left_out(position) {
                Fraction::zero()
            } else {
                self.contribution(position, &self.whole.shares, is_high)
            };
            sheet.formula(
                self.at(position, column),
                &formula,
                &result.into(),
                Style::POINTS,
            );
        }
    }

    fn is_left_out(&self, position: usize) -> bool {
        match self.plan.nodes[position].item {
            Item::Criterion(index) => {
                let cell = self.card.criteria.get(index.position());
                cell.is_some_and(|cell| cell.state == crate::scoring::State::NotApplicable)
            }
            Item::Total | Item::Category(_) => false,
        }
    }
}

/// One end of what a value can still be.
pub(super) fn end(bounds: &Bounds, is_high: bool) -> &Fraction {
    if is_high { &bounds.high } else { &bounds.low }
}
