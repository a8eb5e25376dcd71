//! The sheet of the ranking, and below it how the ranks come about.

mod places;

use crate::criteria::Lens;
use crate::exact::Fraction;
use crate::reports::published::PublishedVendor;
use crate::reports::words;
use crate::scoring::{Bounds, VendorCard, VendorStatus};
use crate::table::workbook::{At, Sheet, Span, Style, Value, Workbook, WorkbookError};

use super::criteria::{self, names};
use super::page::{self, Deciding, Marks};
use super::plan::{FIRST, HEAD, Plan, RANKING, nth};
use super::working::{self, end};

/// The columns every ranking has; those of the categories follow.
mod col {
    pub(super) const RANK: u16 = 0;
    pub(super) const VENDOR: u16 = 1;
    pub(super) const STATUS: u16 = 2;
    pub(super) const TOTAL: u16 = 3;
    pub(super) const LOW: u16 = 4;
    pub(super) const HIGH: u16 = 5;
    pub(super) const COVERAGE: u16 = 6;
    pub(super) const CATEGORIES: u16 = 7;
}

const HEADINGS: [&str; 7] = [
    "Rank",
    "Vendor",
    "Status",
    "Total",
    "Low",
    "High",
    "Coverage, percent",
];
const WIDTHS: [u8; 7] = [9, 26, 13, 9, 9, 9, 10];

/// The width of the last column, which says why.
const WHY: u8 = 44;

pub(super) use places::stay_cell;

/// Builds the sheet.
pub(super) fn sheet(
    plan: &Plan<'_>,
    workbook: &Workbook,
    marks: &mut Marks,
) -> Result<Sheet, WorkbookError> {
    let mut sheet = workbook.sheet(RANKING)?;
    let headline = plan.published.story.headline.to_string();
    let status = words::result_status(plan.published.status);
    let about = format!("{headline} (as exported; the result is {status})");
    page::open(&mut sheet, plan, "Ranking", &about);
    sheet.widths(&WIDTHS);
    head(plan, &mut sheet);
    let published = plan.published.vendors.iter();
    for (vendor, (card, published)) in plan.cards.iter().zip(published).enumerate() {
        let row = Row { plan, vendor, card };
        row.write(&mut sheet, published, marks);
    }
    places::write(plan, &mut sheet, marks);
    page::close(&mut sheet, plan, At::new(FIRST, col::STATUS));
    Ok(sheet)
}

/// The row of a vendor in the ranking.
fn row_of(vendor: usize) -> u32 {
    nth(FIRST, vendor)
}

/// The first column behind those of the categories.
fn behind_categories(plan: &Plan<'_>) -> u16 {
    let count = u16::try_from(plan.top_level().count()).unwrap_or(u16::MAX);
    col::CATEGORIES.saturating_add(count)
}

fn head(plan: &Plan<'_>, sheet: &mut Sheet) {
    let mut headings: Vec<String> = HEADINGS.map(str::to_owned).to_vec();
    for (position, _) in plan.top_level() {
        let (_, title) = names(plan, plan.nodes[position].item);
        headings.push(format!("{title} (points)"));
    }
    for metric in plan.lens.map_or(&[][..], Lens::metrics) {
        headings.push(format!("{} (percent)", metric.title()));
    }
    if plan.has_not_applicable() {
        headings.push("Total if \"not applicable\" counted nothing".to_owned());
    }
    headings.push("Why, as exported".to_owned());
    sheet.texts(At::new(HEAD, 0), &headings, Style::HEAD);
    for (column, _) in (0..).zip(&headings).skip(WIDTHS.len()) {
        sheet.width(column, 11);
    }
    let last = headings.len().saturating_sub(1);
    sheet.width(u16::try_from(last).unwrap_or(u16::MAX), WHY);
}

/// One vendor's row.
struct Row<'a> {
    plan: &'a Plan<'a>,
    vendor: usize,
    card: &'a VendorCard,
}

impl Row<'_> {
    fn at(&self, column: u16) -> At {
        At::new(row_of(self.vendor), column)
    }

    fn working(&self, position: usize, column: u16) -> String {
        self.plan.working_cell(self.vendor, position, column)
    }

    fn write(&self, sheet: &mut Sheet, published: &PublishedVendor, marks: &mut Marks) {
        let name = self.plan.vendor_name(self.card);
        sheet.text(self.at(col::VENDOR), name, Style::PLAIN.strong());
        places::rank(self.plan, self.vendor, sheet, &published.rank_text(), marks);
        places::status(self.plan, self.vendor, sheet, marks);
        self.total(sheet, marks);
        self.coverage(sheet);
        for (column, (position, _)) in (col::CATEGORIES..).zip(self.plan.top_level()) {
            let category = published_category(self, position);
            let ends = Ends {
                low: self.working(position, working::col::LOW),
                high: self.working(position, working::col::HIGH),
            };
            let cell = Deciding {
                sheet: RANKING,
                at: self.at(column),
                style: Style::POINTS,
                is_safe: is_safe(self.plan, category.as_ref()),
                about: name,
            };
            marks.decide(sheet, cell, &ends.shown(), &shown(category.as_ref()));
        }
        let mut column = behind_categories(self.plan);
        for (number, metric) in self.card.metrics.iter().enumerate() {
            let (low, high) = places::metric_cells(self.plan, self.vendor, number);
            let ends = Ends {
                low: low.to_string(),
                high: high.to_string(),
            };
            let formula = format!("IF(ISNUMBER({low}),{},\"\")", ends.shown());
            let cell = Deciding {
                sheet: RANKING,
                at: self.at(column),
                style: Style::POINTS,
                is_safe: is_safe(self.plan, metric.percent.as_ref()),
                about: name,
            };
            marks.decide(sheet, cell, &formula, &shown(metric.percent.as_ref()));
            column = column.saturating_add(1);
        }
        if self.plan.has_not_applicable() {
            self.total_as_zero(sheet, column, marks);
            column = column.saturating_add(1);
        }
        let reasons = published.reasons.iter().map(ToString::to_string);
        let reasons: Vec<String> = reasons.collect();
        let reasons = reasons.join("\n");
        sheet.text(self.at(column), &reasons, Style::WRAPPED);
        page::fit(sheet, self.at(column).row, &reasons, WHY);
    }

    /// The total is stated where nothing missing can move it; its two ends always.
    fn total(&self, sheet: &mut Sheet, marks: &mut Marks) {
        let sum = self.working(0, working::col::SUM);
        let total = self.card.total.as_ref();
        for (column, from, is_high) in [
            (col::LOW, working::col::LOW, false),
            (col::HIGH, working::col::HIGH, true),
        ] {
            let formula = format!("IF({sum}=0,\"\",{})", self.working(0, from));
            let result = Value::maybe(total.map(|total| end(total, is_high)));
            sheet.formula(self.at(column), &formula, &result, Style::POINTS);
        }
        let (low, high) = (self.at(col::LOW), self.at(col::HIGH));
        let formula = format!("IF(ISNUMBER({low}),IF(ROUND({high}-{low},9)=0,{low},\"\"),\"\")");
        let cell = Deciding {
            sheet: RANKING,
            at: self.at(col::TOTAL),
            style: Style::POINTS.strong(),
            is_safe: is_safe(self.plan, total),
            about: self.plan.vendor_name(self.card),
        };
        let known = total.and_then(Bounds::exact);
        marks.decide(sheet, cell, &formula, &Value::maybe(known));
    }

    fn coverage(&self, sheet: &mut Sheet) {
        let span = |column| self.plan.working_span(self.vendor, column);
        let sum = self.working(0, working::col::SUM);
        let missing = format!(
            "SUMIFS({},{},\"not scored\")",
            span(working::col::SHARE),
            span(working::col::STATE)
        );
        let formula = format!("IF({sum}=0,\"\",100-{missing})");
        let result = Value::maybe(self.card.coverage.as_ref());
        sheet.formula(self.at(col::COVERAGE), &formula, &result, Style::POINTS);
    }

    fn total_as_zero(&self, sheet: &mut Sheet, column: u16, marks: &mut Marks) {
        let sum = |column| format!("SUM({})", self.plan.working_span(self.vendor, column));
        let ends = Ends {
            low: sum(working::col::ZERO_LOW),
            high: sum(working::col::ZERO_HIGH),
        };
        let state = self.plan.working_span(self.vendor, working::col::STATE);
        let formula = format!(
            "IF(COUNTIF({state},\"not applicable\")=0,\"\",{})",
            ends.shown()
        );
        let total = self.card.total_na_as_zero.as_ref();
        let cell = Deciding {
            sheet: RANKING,
            at: self.at(column),
            style: Style::POINTS,
            is_safe: is_safe(self.plan, total),
            about: self.plan.vendor_name(self.card),
        };
        marks.decide(sheet, cell, &formula, &shown(total));
    }
}

fn published_category(row: &Row<'_>, position: usize) -> Option<Bounds> {
    let super::plan::Item::Category(index) = row.plan.nodes[position].item else {
        return None;
    };
    let card = row.card.categories.get(index.position());
    card.map(|card| card.contribution.clone())
}

/// The two ends of a figure, as formulas name them.
pub(super) struct Ends {
    pub(super) low: String,
    pub(super) high: String,
}

impl Ends {
    /// The figure where it is known, else its ends in words.
    pub(super) fn shown(&self) -> String {
        let Self { low, high } = self;
        format!("IF(ROUND({high}-{low},9)=0,{low},ROUND({low},2)&\" to \"&ROUND({high},2))")
    }
}

/// What [`Ends::shown`] comes to.
pub(super) fn shown(bounds: Option<&Bounds>) -> Value {
    match bounds.map(|bounds| (bounds, bounds.exact())) {
        None => Value::nothing(),
        Some((_, Some(known))) => known.clone().into(),
        Some((bounds, None)) => in_words(&bounds.low, &bounds.high),
    }
}

/// Two ends in words.
pub(super) fn in_words(low: &Fraction, high: &Fraction) -> Value {
    let short = |value: &Fraction| crate::exact::trimmed(value, 2);
    format!("{} to {}", short(low), short(high)).into()
}

/// Whether doubles tell the two ends apart, or are the same.
pub(super) fn is_safe(plan: &Plan<'_>, bounds: Option<&Bounds>) -> bool {
    bounds.is_none_or(|bounds| plan.doubles.part(&bounds.low, &bounds.high))
}

fn status_word(status: VendorStatus) -> &'static str {
    words::vendor_status(status)
}
