//! The result as a workbook that recomputes itself: every figure is a formula over the raw scores.
//!
//! Beside each formula stands what it came to in exact numbers, so the workbook shows our figures before anything is
//! recomputed, and the same ones after.

mod criteria;
mod lenses;
mod matrix;
mod method;
mod near;
mod page;
mod plan;
mod price;
mod ranking;
mod rows;
mod scores;
mod weights;
mod working;

pub use page::BookImprint;

use std::sync::Arc;

use crate::criteria::CriteriaSet;
use crate::evaluation::Evaluation;
use crate::scoring::{Scorecard, rank};
use crate::table::workbook::{Workbook, WorkbookError};

use super::publish;
use super::published::{Detail, Published};
use page::Marks;
use plan::Plan;

/// A sheet of more rows than this is written to disk row by row instead of being held in memory.
const MANY: usize = 5_000;

/// The ranking workbook of a scorecard and what is published of it.
///
/// # Errors
/// [`WorkbookError`] if it outgrows what a spreadsheet holds, or cannot be made.
pub fn ranking_xlsx(
    published: &Published<'_>,
    card: &Scorecard,
    imprint: &BookImprint<'_>,
) -> Result<Vec<u8>, WorkbookError> {
    let set = published.evaluation.set();
    let subject = format!(
        "{}, version {}, SHA-256 {}",
        set.id(),
        set.version(),
        set.sha256()
    );
    let mut workbook = Workbook::new(imprint.title, &subject, imprint.at);
    let plan = Plan::new(published, card, imprint);
    let mut marks = Marks::default();
    let ranking = ranking::sheet(&plan, &workbook, &mut marks)?;
    let matrix = matrix::sheet(&plan, &workbook, &mut marks)?;
    let scores = scores::sheet(&plan, &mut workbook)?;
    let criteria = criteria::sheet(&plan, &workbook)?;
    let price = price::sheet(&plan, &workbook)?;
    let working = working::sheet(&plan, &mut workbook, &mut marks)?;
    let method = method::sheet(&plan, &workbook, imprint, &marks)?;
    for sheet in [ranking, matrix, scores, criteria, price, method, working] {
        workbook.add(sheet)?;
    }
    workbook.into_bytes()
}

/// A criteria set as a workbook: the tree with its weights, shares, scales, gates and anchors, the lenses, and the rules.
///
/// # Errors
/// [`WorkbookError`] if it outgrows what a spreadsheet holds, or cannot be made.
pub fn criteria_xlsx(
    set: &Arc<CriteriaSet>,
    imprint: &BookImprint<'_>,
) -> Result<Vec<u8>, WorkbookError> {
    // An evaluation that nobody has answered yet lays out the same tree.
    let evaluation = Evaluation::new(Arc::clone(set));
    let card = rank(&evaluation, None);
    let published = publish::publish(&evaluation, &card, Detail::Ranking);
    let mut workbook = Workbook::new(imprint.title, set.title(), imprint.at);
    let plan = Plan::new(&published, &card, imprint);
    let criteria = criteria::sheet(&plan, &workbook)?;
    let lenses = lenses::sheet(&plan, &workbook)?;
    let rules = method::rules_sheet(&plan, &workbook)?;
    for sheet in [criteria, lenses, rules] {
        workbook.add(sheet)?;
    }
    workbook.into_bytes()
}
