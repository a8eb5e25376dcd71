//! The sheet of prices: amounts, what they are measured by, and the points they get.

mod market;

use crate::criteria::{Criterion, CriterionIndex, Kind, PriceRange, PriceRule, Priced};
use crate::exact::Fraction;
use crate::scoring::VendorCard;
use crate::table::workbook::{At, Sheet, Span, Style, Value, Workbook, WorkbookError};

use super::plan::{FIRST, HEAD, PRICE, Plan, Stay, criteria_cell, nth};
use super::working::{self, amount, end};
use super::{criteria, page, ranking};

use market::Market;

/// The columns.
mod col {
    pub(super) const VENDOR: u16 = 0;
    pub(super) const PRICE: u16 = 1;
    pub(super) const STATE: u16 = 2;
    pub(super) const POINTS_LOW: u16 = 3;
    pub(super) const POINTS_HIGH: u16 = 4;
    /// Where prices are measured by one another.
    pub(super) const STAY: u16 = 5;
    pub(super) const IF_MAY: u16 = 6;
    pub(super) const IF_CERTAIN: u16 = 7;
    pub(super) const LOWEST_LEAST: u16 = 8;
    pub(super) const LOWEST_MOST: u16 = 9;
    pub(super) const HIGHEST_LEAST: u16 = 10;
    pub(super) const HIGHEST_MOST: u16 = 11;
}

const HEADINGS: [&str; 5] = ["Vendor", "Price", "State", "Points, low", "Points, high"];
const MEASURED: [&str; 7] = [
    "In the running",
    "Price if it may stay",
    "Price if it is certain to stay",
    "Lowest price, at least",
    "Lowest price, at most",
    "Highest price, at least",
    "Highest price, at most",
];
const WIDTHS: [u8; 12] = [26, 16, 13, 11, 11, 12, 16, 16, 16, 16, 16, 16];
const ABOUT: &str = "How an amount becomes points. The vendors that are in the running set what a relative rule measures by.";
/// The rows of a criterion above its table: its title, and what its rule is.
const ABOVE: u32 = 7;
/// Stands where a missing price may be as high as one likes.
const NO_LIMIT: &str = "no limit";

/// The criteria that are judged by a price.
fn priced<'a>(
    plan: &Plan<'a>,
) -> impl Iterator<Item = (usize, CriterionIndex, &'a Criterion, &'a Priced)> {
    let criteria: Vec<_> = plan.criteria().collect();
    criteria
        .into_iter()
        .filter_map(|(node, index, criterion)| match criterion.kind() {
            Kind::Priced(priced) => Some((node, index, criterion, priced)),
            Kind::Rated(_) | Kind::PassFail => None,
        })
}

/// The row of a priced criterion's first line.
fn top(plan: &Plan<'_>, criterion: CriterionIndex) -> u32 {
    let before = priced(plan)
        .take_while(|(_, index, _, _)| *index != criterion)
        .count();
    let height = ABOVE.saturating_add(nth(2, plan.cards.len()));
    HEAD.saturating_add(height.saturating_mul(nth(0, before)))
}

fn table_row(plan: &Plan<'_>, criterion: CriterionIndex, vendor: usize) -> u32 {
    nth(top(plan, criterion).saturating_add(ABOVE), vendor)
}

/// The points of a vendor's price, as formulas elsewhere name them.
pub(super) fn points_cell(
    plan: &Plan<'_>,
    criterion: CriterionIndex,
    vendor: usize,
    is_high: bool,
) -> String {
    let column = if is_high {
        col::POINTS_HIGH
    } else {
        col::POINTS_LOW
    };
    let at = At::new(table_row(plan, criterion, vendor), column);
    format!("{PRICE}!{at}")
}

/// Builds the sheet.
pub(super) fn sheet(plan: &Plan<'_>, workbook: &Workbook) -> Result<Sheet, WorkbookError> {
    let mut sheet = workbook.sheet(PRICE)?;
    let about = if priced(plan).next().is_some() {
        ABOUT
    } else {
        "Nothing here is judged by a price."
    };
    page::open(&mut sheet, plan, "Price", about);
    sheet.widths(&WIDTHS);
    for (node, index, criterion, priced) in priced(plan) {
        let section = Section {
            plan,
            node,
            index,
            priced,
            market: Market::of(priced, plan.cards, index),
        };
        section.head(&mut sheet, criterion);
        for (vendor, card) in plan.cards.iter().enumerate() {
            section.row(&mut sheet, vendor, card);
        }
    }
    sheet.freeze(At::new(FIRST.saturating_sub(1), 1));
    sheet.print(None, &plan.footer);
    Ok(sheet)
}

/// The part of the sheet about one criterion.
struct Section<'a> {
    plan: &'a Plan<'a>,
    node: usize,
    index: CriterionIndex,
    priced: &'a Priced,
    market: Market,
}

impl Section<'_> {
    fn line(&self, line: u32) -> At {
        At::new(top(self.plan, self.index).saturating_add(line), 0)
    }

    /// The cell that says whether a price is missing that could count.
    fn missing_cell(&self) -> At {
        self.line(5).in_column(1)
    }

    fn span(&self, column: u16) -> Span {
        let last = self.plan.cards.len().saturating_sub(1);
        let row = |vendor| table_row(self.plan, self.index, vendor);
        Span::new(column, row(0), row(last))
    }

    fn head(&self, sheet: &mut Sheet, criterion: &Criterion) {
        let title = format!("{} ({})", criterion.title(), criterion.id());
        sheet.text(self.line(0), &title, Style::PLAIN.strong());
        let of_set = |column| criteria_cell(self.node, column);
        let range = self.priced.range();
        let amounts = [
            ("Floor", criteria::col::FLOOR, range.map(PriceRange::floor)),
            (
                "Ceiling",
                criteria::col::CEILING,
                range.map(PriceRange::ceiling),
            ),
            ("At most", criteria::col::BOUND, self.priced.maximum()),
        ];
        sheet.text(self.line(1), "Rule", Style::PLAIN);
        let currency = self.priced.currency().unwrap_or_default();
        let rule = format!("{} {currency}", self.priced.rule().name());
        sheet.text(self.line(1).in_column(1), rule.trim_end(), Style::PLAIN);
        for (line, (label, column, amount)) in (2..).zip(amounts) {
            if let Some(amount) = amount {
                sheet.text(self.line(line), label, Style::PLAIN);
                let at = self.line(line).in_column(1);
                sheet.formula(at, &of_set(column), &amount.into(), Style::MONEY);
            }
        }
        sheet.texts(self.line(6), &HEADINGS, Style::HEAD);
        if self.priced.rule().is_relative() {
            sheet.text(self.line(5), "A price is missing", Style::PLAIN);
            let formula = format!(
                "IF(COUNTIFS({},\"not scored\",{},\"<>out\")>0,\"yes\",\"no\")",
                self.span(col::STATE),
                self.span(col::STAY)
            );
            let missing = if self.market.is_missing() {
                "yes"
            } else {
                "no"
            };
            sheet.formula(self.missing_cell(), &formula, &missing.into(), Style::PLAIN);
            sheet.texts(self.line(6).in_column(col::STAY), &MEASURED, Style::HEAD);
        }
    }

    fn row(&self, sheet: &mut Sheet, vendor: usize, card: &VendorCard) {
        let plan = self.plan;
        let Some(cell) = card.criteria.get(self.index.position()) else {
            return;
        };
        let row = table_row(plan, self.index, vendor);
        let at = |column: u16| At::new(row, column);
        let working = |column| plan.working_cell(vendor, self.node, column);
        let price = amount(cell).map(Fraction::from);
        sheet.text(at(col::VENDOR), plan.vendor_name(card), Style::PLAIN);
        let own = working(working::col::WORST);
        let formula = format!("IF(ISNUMBER({own}),{own},\"\")");
        sheet.formula(
            at(col::PRICE),
            &formula,
            &Value::maybe(price.as_ref()),
            Style::MONEY,
        );
        let state = working::state_word(cell.state).into();
        sheet.formula(
            at(col::STATE),
            &working(working::col::STATE),
            &state,
            Style::PLAIN,
        );
        if self.priced.rule().is_relative() {
            self.measures(sheet, vendor, card, row);
        }
        for (column, is_high) in [(col::POINTS_LOW, false), (col::POINTS_HIGH, true)] {
            let formula = self.points(row, is_high);
            let points = cell
                .points
                .as_ref()
                .map(|points| end(points, is_high).percent());
            sheet.formula(
                at(column),
                &formula,
                &Value::maybe(points.as_ref()),
                Style::POINTS,
            );
        }
    }

    /// What the lowest and the highest price can be that this vendor is measured by.
    fn measures(&self, sheet: &mut Sheet, vendor: usize, card: &VendorCard, row: u32) {
        let at = |column: u16| At::new(row, column);
        let stay = Stay::of(card);
        let price = card.criteria.get(self.index.position()).and_then(amount);
        let formula = ranking::stay_cell(self.plan, vendor);
        sheet.formula(at(col::STAY), &formula, &stay.word().into(), Style::PLAIN);
        for (column, test, is_met) in [
            (col::IF_MAY, "<>\"out\"", stay != Stay::Out),
            (col::IF_CERTAIN, "=\"certain\"", stay == Stay::Certain),
        ] {
            let (own, state) = (at(col::PRICE), at(col::STAY));
            let formula = format!("IF(AND({state}{test},ISNUMBER({own})),{own},\"\")");
            let amount = price.filter(|_| is_met).map(Fraction::from);
            sheet.formula(
                at(column),
                &formula,
                &Value::maybe(amount.as_ref()),
                Style::MONEY,
            );
        }
        let own = at(col::IF_MAY);
        let (may, certain) = (self.span(col::IF_MAY), self.span(col::IF_CERTAIN));
        let missing = self.missing_cell();
        let limit = match self.priced.maximum() {
            Some(_) => format!("MAX({},{may})", self.line(4).in_column(1)),
            None => format!("\"{NO_LIMIT}\""),
        };
        let of_certain = |function: &str| {
            format!("IF(COUNT({certain},{own})=0,\"\",{function}({certain},{own}))")
        };
        let of_all = |function: &str, otherwise: &str| {
            let measured = format!("COUNT({certain},{own})=0");
            format!("IF({measured},\"\",IF({missing}=\"yes\",{otherwise},{function}({may})))")
        };
        let spans = self.market.spans(price.filter(|_| stay != Stay::Out));
        let results = spans.results();
        for ((column, formula), result) in [
            (col::LOWEST_LEAST, of_all("MIN", "0")),
            (col::LOWEST_MOST, of_certain("MIN")),
            (col::HIGHEST_LEAST, of_certain("MAX")),
            (col::HIGHEST_MOST, of_all("MAX", &limit)),
        ]
        .into_iter()
        .zip(results)
        {
            sheet.formula(at(column), &formula, &result, Style::MONEY);
        }
    }

    fn points(&self, row: u32, is_high: bool) -> String {
        let at = |column: u16| At::new(row, column);
        let (price, state) = (at(col::PRICE), at(col::STATE));
        let anything = if is_high { "100" } else { "0" };
        let silent = format!("IF({state}=\"not scored\",{anything},0)");
        let clamped = |points: &str| format!("MAX(0,MIN(1,{points}))*100");
        if self.priced.rule() == PriceRule::FixedRange {
            let floor = self.line(2).in_column(1);
            let ceiling = self.line(3).in_column(1);
            let points = match self.priced.range() {
                Some(_) => clamped(&format!("({ceiling}-{price})/({ceiling}-{floor})")),
                None => anything.to_owned(),
            };
            return format!("IF(ISNUMBER({price}),{points},{silent})");
        }
        let (low, high) = if is_high {
            (at(col::LOWEST_MOST), at(col::HIGHEST_MOST))
        } else {
            (at(col::LOWEST_LEAST), at(col::HIGHEST_LEAST))
        };
        let points = match self.priced.rule() {
            PriceRule::LowestRatio => clamped(&format!("{low}/{price}")),
            PriceRule::LinearToLowest => {
                format!("IF({low}=0,0,{})", clamped(&format!("2-{price}/{low}")))
            }
            PriceRule::LinearRange | PriceRule::FixedRange => {
                let part = clamped(&format!("({high}-{price})/({high}-{low})"));
                let alike = format!("IF({price}>{high},0,100)");
                format!("IF(ISNUMBER({high}),IF({high}={low},{alike},{part}),100)")
            }
        };
        let (stay, missing) = (at(col::STAY), self.missing_cell());
        // As in the scoring: nothing is cheaper than free of charge, wherever a missing price comes to lie.
        let will_be_named = format!(
            "COUNTIFS({},\"not scored\",{},\"certain\")>0",
            self.span(col::STATE),
            self.span(col::STAY)
        );
        let unmeasured = format!("IF(AND({price}=0,{will_be_named}),100,{anything})");
        let measured = format!("IF({low}=\"\",{unmeasured},{points})");
        let nobody = format!(
            "AND({stay}=\"out\",COUNT({})=0,{missing}=\"no\")",
            self.span(col::IF_MAY)
        );
        format!("IF(ISNUMBER({price}),IF({nobody},\"\",{measured}),{silent})")
    }
}
