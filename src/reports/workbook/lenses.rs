//! The sheet of lenses: how each stakeholder weighs the same criteria, and which metrics they ask about.

use crate::criteria::{CriterionIndex, Kind, Lens, Metric};
use crate::exact::Fraction;
use crate::table::workbook::{At, Sheet, Span, Style, Value, Workbook, WorkbookError};

use super::criteria;
use super::page;
use super::plan::{FIRST, HEAD, Plan, criteria_cell, nth};
use super::weights::Weights;

/// The columns before those of the lenses.
mod col {
    pub(super) const ID: u16 = 0;
    pub(super) const TITLE: u16 = 1;
    pub(super) const RECORD: u16 = 2;
    pub(super) const LENSES: u16 = 3;
}

const NAME: &str = "Lenses";
const ABOUT: &str = "A lens is a view: the same criteria under a stakeholder's own weights. The record is decided by the record's.";

/// Builds the sheet.
pub(super) fn sheet(plan: &Plan<'_>, workbook: &Workbook) -> Result<Sheet, WorkbookError> {
    let mut sheet = workbook.sheet(NAME)?;
    let lenses = plan.set.lenses();
    let about = if lenses.is_empty() {
        "This set has no lenses."
    } else {
        ABOUT
    };
    page::open(&mut sheet, plan, "Lenses", about);
    let mut headings = ["Id", "Title", "Record: share, percent"]
        .map(str::to_owned)
        .to_vec();
    for lens in lenses {
        for what in ["weight", "share, percent", "metrics"] {
            headings.push(format!("{}: {what}", lens.title()));
        }
    }
    sheet.texts(At::new(HEAD, 0), &headings, Style::HEAD);
    sheet.widths(&[14, 34, 10]);
    let whole = Weights::of(plan, None, None);
    let weighed: Vec<_> = plan
        .criteria()
        .filter(|(_, _, criterion)| !matches!(criterion.kind(), Kind::PassFail))
        .collect();
    let last = nth(HEAD, weighed.len());
    for (row, (node, index, criterion)) in (FIRST..).zip(&weighed) {
        let at = |column| At::new(row, column);
        sheet.text(at(col::ID), criterion.id(), Style::PLAIN);
        sheet.text(at(col::TITLE), criterion.title(), Style::PLAIN);
        let share = whole.shares[*node].clone();
        let formula = criteria_cell(*node, criteria::col::SHARE);
        sheet.formula(at(col::RECORD), &formula, &share.into(), Style::POINTS);
        for (number, lens) in lenses.iter().enumerate() {
            let rows = Span::new(first_column(number), FIRST, last);
            lens_cells(&mut sheet, row, lens, *index, rows);
        }
    }
    for (number, lens) in lenses.iter().enumerate() {
        let first = first_column(number);
        for (offset, width) in [(0, 9), (1, 9), (2, 30)] {
            sheet.width(first.saturating_add(offset), width);
        }
        let sum = At::new(nth(last, 1), first);
        let formula = format!("SUM({})", Span::new(first, FIRST, last));
        sheet.formula(sum, &formula, &total(lens).into(), Style::PLAIN.strong());
    }
    if !lenses.is_empty() {
        sheet.text(
            At::new(nth(last, 1), col::TITLE),
            "Sum",
            Style::PLAIN.strong(),
        );
    }
    page::close(&mut sheet, plan, At::new(FIRST, col::RECORD));
    Ok(sheet)
}

fn first_column(lens: usize) -> u16 {
    let before = u16::try_from(lens).unwrap_or(u16::MAX).saturating_mul(3);
    col::LENSES.saturating_add(before)
}

fn total(lens: &Lens) -> Fraction {
    let weights: Vec<Fraction> = lens.weights().iter().map(|&weight| weight.into()).collect();
    Fraction::sum(&weights)
}

/// One criterion's weight, its share of the lens, and the metrics it belongs to.
fn lens_cells(sheet: &mut Sheet, row: u32, lens: &Lens, index: CriterionIndex, weights: Span) {
    let own = At::new(row, weights.column);
    let weight = lens
        .weights()
        .get(index.position())
        .copied()
        .unwrap_or_default();
    sheet.value(own, &weight.into(), Style::PLAIN);
    let share = Fraction::from(weight).over(&total(lens));
    let share = share.map(|share| share.percent());
    let sum = format!("SUM({weights})");
    let formula = format!("IF({sum}=0,\"\",{own}/{sum}*100)");
    let next = own.in_column(own.column.saturating_add(1));
    sheet.formula(next, &formula, &Value::maybe(share.as_ref()), Style::POINTS);
    let metrics = lens.metrics().iter();
    let metrics = metrics.filter(|metric| metric.criteria().contains(&index));
    let metrics: Vec<&str> = metrics.map(Metric::title).collect();
    let last = own.in_column(own.column.saturating_add(2));
    sheet.text(last, &metrics.join(", "), Style::WRAPPED);
}
