//! How the ranks come about: who is in the running, and who can still be before whom.

use crate::criteria::Lens;
use crate::exact::Fraction;
use crate::scoring::{Bounds, GateOutcome, VendorCard, VendorStatus};

use super::{
    At, Deciding, FIRST, Marks, Plan, RANKING, Sheet, Span, Style, Value, col as ranking, criteria,
    end, nth, row_of, status_word, working,
};
use crate::reports::workbook::plan::{Stay, node_row};

/// The columns of the second table.
mod col {
    pub(super) const VENDOR: u16 = 1;
    pub(super) const STANDS: u16 = 2;
    pub(super) const FAILED: u16 = 3;
    pub(super) const OPEN: u16 = 4;
    pub(super) const STAY: u16 = 5;
    pub(super) const CERTAIN_LOW: u16 = 6;
    pub(super) const POSSIBLE_HIGH: u16 = 7;
    pub(super) const SETTLED: u16 = 8;
    pub(super) const BEST: u16 = 9;
    pub(super) const WORST: u16 = 10;
    pub(super) const TIED: u16 = 11;
    pub(super) const METRICS: u16 = 12;
}

const HEADINGS: [&str; 11] = [
    "Vendor",
    "Stands",
    "Gates failed",
    "Gates open",
    "In the running",
    "Low if certain to stay, else -1",
    "High if it may stay, else -1",
    "Total if known and it may stay, else -1",
    "Best rank",
    "Worst rank",
    "Tied",
];

/// The row of the second table's title.
fn title_row(plan: &Plan<'_>) -> u32 {
    nth(FIRST, plan.cards.len()).saturating_add(2)
}

fn at(plan: &Plan<'_>, vendor: usize, column: u16) -> At {
    At::new(nth(title_row(plan).saturating_add(2), vendor), column)
}

fn span(plan: &Plan<'_>, column: u16) -> Span {
    let last = plan.cards.len().saturating_sub(1);
    Span::new(column, at(plan, 0, column).row, at(plan, last, column).row)
}

/// Whether a vendor is in the running, as formulas elsewhere name it.
pub(in crate::reports::workbook) fn stay_cell(plan: &Plan<'_>, vendor: usize) -> String {
    format!("{RANKING}!{}", at(plan, vendor, col::STAY))
}

/// The low and the high end of a metric.
pub(super) fn metric_cells(plan: &Plan<'_>, vendor: usize, metric: usize) -> (At, At) {
    let before = u16::try_from(metric).unwrap_or(u16::MAX).saturating_mul(2);
    let low = col::METRICS.saturating_add(before);
    let high = low.saturating_add(1);
    (at(plan, vendor, low), at(plan, vendor, high))
}

/// Writes the rank of a vendor: `1`, `2=`, `1 to 3`, or nothing.
pub(super) fn rank(
    plan: &Plan<'_>,
    vendor: usize,
    sheet: &mut Sheet,
    text: &str,
    marks: &mut Marks,
) {
    let cell = |column| at(plan, vendor, column);
    let (best, worst) = (cell(col::BEST), cell(col::WORST));
    let (stay, tied) = (cell(col::STAY), cell(col::TIED));
    let stated = format!("IF({tied}=\"yes\",{best}&\"=\",{best})");
    let formula = format!(
        "IF({best}=\"\",\"\",IF(AND({best}={worst},{stay}=\"certain\"),{stated},{best}&\" to \"&{worst}))"
    );
    let card = &plan.cards[vendor];
    let result = match card.rank {
        Some(rank) if !card.tied => Fraction::whole(rank.into()).into(),
        _ => Value::from(text),
    };
    let cell = deciding(plan, vendor, At::new(row_of(vendor), ranking::RANK));
    let cell = Deciding {
        style: Style::PLAIN.strong(),
        ..cell
    };
    marks.decide(sheet, cell, &formula, &result);
}

/// Writes the status of a vendor.
pub(super) fn status(plan: &Plan<'_>, vendor: usize, sheet: &mut Sheet, marks: &mut Marks) {
    let cell = |column| at(plan, vendor, column);
    let (stands, stay) = (cell(col::STANDS), cell(col::STAY));
    let low = At::new(row_of(vendor), ranking::LOW);
    let high = low.in_column(ranking::HIGH);
    let moves = format!("IF(ISNUMBER({low}),ROUND({high}-{low},9)>0,FALSE)");
    let running = format!("IF(OR({stay}=\"open\",{moves}),\"provisional\",\"ranked\")");
    let formula = format!(
        "IF({stands}=\"excluded\",\"excluded\",IF({stay}=\"out\",\"disqualified\",{running}))"
    );
    let card = &plan.cards[vendor];
    let cell = Deciding {
        is_safe: super::is_safe(plan, card.total.as_ref()),
        ..deciding(plan, vendor, At::new(row_of(vendor), ranking::STATUS))
    };
    marks.decide(sheet, cell, &formula, &status_word(card.status).into());
}

/// A cell about a vendor's place, safe where no other total that may stay lies too near its own.
fn deciding<'a>(plan: &Plan<'a>, vendor: usize, at: At) -> Deciding<'a> {
    let card = &plan.cards[vendor];
    Deciding {
        sheet: RANKING,
        at,
        style: Style::PLAIN,
        is_safe: is_apart(plan, card),
        about: plan.vendor_name(card),
    }
}

fn is_apart(plan: &Plan<'_>, card: &VendorCard) -> bool {
    let running = plan.cards.iter().filter(|card| Stay::of(card) != Stay::Out);
    let Some(own) = card.total.as_ref().filter(|_| Stay::of(card) != Stay::Out) else {
        return true;
    };
    let mut totals = running.filter_map(|card| card.total.as_ref());
    totals.all(|other| {
        plan.doubles.part(&own.low, &other.high)
            && plan.doubles.part(&own.high, &other.low)
            && plan.doubles.part(&own.low, &other.low)
    })
}

/// Writes the second table.
pub(super) fn write(plan: &Plan<'_>, sheet: &mut Sheet, marks: &mut Marks) {
    let title = At::new(title_row(plan), 0);
    sheet.text(title, "How the ranks come about", Style::PLAIN.strong());
    let head = At::new(title.row.saturating_add(1), col::VENDOR);
    sheet.lines(head.row, 4);
    sheet.texts(head, &HEADINGS, Style::HEAD);
    for (number, metric) in plan.lens.map_or(&[][..], Lens::metrics).iter().enumerate() {
        let (low, high) = metric_cells(plan, 0, number);
        for (at, end) in [(low, "low"), (high, "high")] {
            let heading = format!("{}, {end}", metric.title());
            sheet.text(At::new(head.row, at.column), &heading, Style::HEAD);
        }
    }
    for (vendor, card) in plan.cards.iter().enumerate() {
        let row = Row { plan, vendor, card };
        row.running(sheet);
        row.counted(sheet);
        row.ranks(sheet, marks);
        row.metrics(sheet);
    }
}

struct Row<'a> {
    plan: &'a Plan<'a>,
    vendor: usize,
    card: &'a VendorCard,
}

impl Row<'_> {
    fn at(&self, column: u16) -> At {
        at(self.plan, self.vendor, column)
    }

    fn in_ranking(&self, column: u16) -> At {
        At::new(row_of(self.vendor), column)
    }

    fn write(&self, sheet: &mut Sheet, column: u16, formula: &str, result: impl Into<Value>) {
        sheet.formula(self.at(column), formula, &result.into(), Style::PLAIN);
    }

    /// Who is out, open or certain to stay.
    fn running(&self, sheet: &mut Sheet) {
        let name = self.plan.vendor_name(self.card);
        sheet.text(self.at(col::VENDOR), name, Style::PLAIN);
        let is_excluded = self.card.status == VendorStatus::Excluded;
        let stands = if is_excluded { "excluded" } else { "yes" };
        sheet.text(self.at(col::STANDS), stands, Style::PLAIN);
        let outcomes = self.plan.working_span(self.vendor, working::col::OUTCOME);
        for (column, word, outcome) in [
            (col::FAILED, "failed", GateOutcome::Failed),
            (col::OPEN, "open", GateOutcome::Open),
        ] {
            let gates = self.card.gates.iter();
            let count = gates.filter(|gate| gate.outcome == outcome).count();
            let formula = format!("COUNTIF({outcomes},\"{word}\")");
            self.write(sheet, column, &formula, Fraction::count(count));
        }
        let (failed, open) = (self.at(col::FAILED), self.at(col::OPEN));
        let out = format!("OR({}=\"excluded\",{failed}>0)", self.at(col::STANDS));
        let formula = format!("IF({out},\"out\",IF({open}>0,\"open\",\"certain\"))");
        self.write(sheet, col::STAY, &formula, Stay::of(self.card).word());
    }

    /// The figures that are compared with those of the others; -1 is below every total.
    fn counted(&self, sheet: &mut Sheet) {
        let stay = self.at(col::STAY);
        let own = Stay::of(self.card);
        let total = self.card.total.as_ref();
        let known = total.and_then(Bounds::exact);
        for (column, test, from, number) in [
            (
                col::CERTAIN_LOW,
                "=\"certain\"",
                ranking::LOW,
                total
                    .map(|total| &total.low)
                    .filter(|_| own == Stay::Certain),
            ),
            (
                col::POSSIBLE_HIGH,
                "<>\"out\"",
                ranking::HIGH,
                total.map(|total| &total.high).filter(|_| own != Stay::Out),
            ),
            (
                col::SETTLED,
                "<>\"out\"",
                ranking::TOTAL,
                known.filter(|_| own != Stay::Out),
            ),
        ] {
            let figure = self.in_ranking(from);
            let formula = format!("IF(AND({stay}{test},ISNUMBER({figure})),{figure},-1)");
            let number = number.cloned().unwrap_or_else(|| Fraction::whole(-1));
            sheet.formula(self.at(column), &formula, &number.into(), Style::POINTS);
        }
    }

    /// One more than those certain to be before it, and one more than those that may be.
    fn ranks(&self, sheet: &mut Sheet, marks: &mut Marks) {
        let (low, high) = (
            self.in_ranking(ranking::LOW),
            self.in_ranking(ranking::HIGH),
        );
        let stay = self.at(col::STAY);
        let above = |column: u16, figure: At| {
            format!(
                "SUMPRODUCT(--(ROUND({}-{figure},9)>0))",
                span(self.plan, column)
            )
        };
        let best = format!("1+{}", above(col::CERTAIN_LOW, high));
        let itself = format!("IF(ROUND({high}-{low},9)>0,1,0)");
        let worst = format!("1+{}-{itself}", above(col::POSSIBLE_HIGH, low));
        let range = self.card.rank_range;
        let rank = |rank: Option<u32>| {
            rank.map_or_else(Value::nothing, |rank| Fraction::whole(rank.into()).into())
        };
        for (column, count, result) in [
            (col::BEST, best, rank(range.map(|range| range.0))),
            (col::WORST, worst, rank(range.map(|range| range.1))),
        ] {
            let formula = format!("IF(OR({stay}=\"out\",NOT(ISNUMBER({low}))),\"\",{count})");
            let cell = deciding(self.plan, self.vendor, self.at(column));
            marks.decide(sheet, cell, &formula, &result);
        }
        let settled = self.at(col::SETTLED);
        let equal = format!("ROUND({}-{settled},9)=0", span(self.plan, col::SETTLED));
        let formula =
            format!("IF({settled}<0,\"no\",IF(SUMPRODUCT(--({equal}))>1,\"yes\",\"no\"))");
        let tied = if self.card.tied { "yes" } else { "no" };
        let cell = deciding(self.plan, self.vendor, self.at(col::TIED));
        marks.decide(sheet, cell, &formula, &tied.into());
    }

    /// The points of a metric's criteria by their shares, in percent.
    fn metrics(&self, sheet: &mut Sheet) {
        let plan = self.plan;
        let last = plan.nodes.len().saturating_sub(1);
        let working = |column| plan.working_span(self.vendor, column);
        for (number, metric) in self.card.metrics.iter().enumerate() {
            let column = u16::try_from(number).unwrap_or(u16::MAX);
            let column = criteria::col::METRICS.saturating_add(column);
            let part = Span::new(column, node_row(0), node_row(last));
            let sum = |column| {
                let name = crate::reports::workbook::plan::CRITERIA;
                format!("SUMPRODUCT({name}!{part},{})", working(column))
            };
            let share = sum(working::col::SHARE);
            let (low, high) = metric_cells(plan, self.vendor, number);
            for (at, from, is_high) in [
                (low, working::col::LOW, false),
                (high, working::col::HIGH, true),
            ] {
                let formula = format!("IF({share}=0,\"\",{}/{share}*100)", sum(from));
                let percent = metric.percent.as_ref().map(|percent| end(percent, is_high));
                sheet.formula(at, &formula, &Value::maybe(percent), Style::POINTS);
            }
        }
    }
}
