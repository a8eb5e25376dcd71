//! What to talk about first: the cells about which the evaluators differ, by how much that weighs.

use crate::criteria::{Criterion, CriterionIndex};
use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact;
use crate::reports::figure::numbers;
use crate::reports::published::Published;
use crate::scoring::Scorecard;
use crate::scoring::explain::{AgendaItem, agenda as found, usual_flag};

use super::Addresses;
use super::vendors::{AnswerView, answer_views};

/// The most cells that are listed.
const LISTED: usize = 200;

/// The cells about which the evaluators differ.
pub(crate) struct AgendaView<'a> {
    pub(crate) rows: Vec<AgendaRow<'a>>,
    pub(crate) more: usize,
    pub(crate) flagged: usize,
}

/// One of them.
pub(crate) struct AgendaRow<'a> {
    pub(crate) vendor: &'a str,
    /// The vendor's number in the list, from 1.
    pub(crate) number: usize,
    pub(crate) title: &'a str,
    pub(crate) id: &'a str,
    pub(crate) share: String,
    /// The highest score less the lowest, or that they contradict each other.
    pub(crate) spread: String,
    pub(crate) flagged: bool,
    pub(crate) settled: bool,
}

/// Lays out the agenda, what weighs most first.
pub(crate) fn agenda<'a>(evaluation: &'a Evaluation, card: &Scorecard) -> AgendaView<'a> {
    let items = found(evaluation, card, &usual_flag());
    let listed = items.iter().take(LISTED);
    let shares: Vec<_> = listed
        .clone()
        .map(|item| Some(item.share.percent()))
        .collect();
    AgendaView {
        more: items.len().saturating_sub(LISTED),
        flagged: items.iter().filter(|item| item.flagged).count(),
        rows: listed
            .zip(numbers(&shares))
            .map(|(item, share)| {
                let share = share.map_or_else(String::new, |share| share.text);
                row(evaluation, item, share)
            })
            .collect(),
    }
}

fn row<'a>(evaluation: &'a Evaluation, item: &AgendaItem, share: String) -> AgendaRow<'a> {
    let criterion = evaluation.set().criteria().get(item.criterion.position());
    AgendaRow {
        vendor: evaluation.vendor_name(item.vendor),
        number: item.vendor.position().saturating_add(1),
        title: criterion.map_or("", Criterion::title),
        id: criterion.map_or("", Criterion::id),
        share,
        spread: if item.conflict {
            "contradiction".to_owned()
        } else {
            exact::trimmed(&item.spread, exact::MAX_PLACES)
        },
        flagged: item.flagged,
        settled: item.settled,
    }
}

/// Where a cell stands on the agenda, and what is talked about before and after it.
pub(crate) struct Neighbours<'a> {
    /// Its place, from 1; `None` if the evaluators agree about it.
    pub(crate) place: Option<usize>,
    /// How many there are.
    pub(crate) of: usize,
    pub(crate) before: Option<AgendaRow<'a>>,
    pub(crate) after: Option<AgendaRow<'a>>,
}

/// Finds the neighbours of a cell; behind a cell that is not on the agenda comes the first that is not settled.
pub(crate) fn neighbours<'a>(
    evaluation: &'a Evaluation,
    card: &Scorecard,
    (vendor, criterion): (VendorIndex, CriterionIndex),
) -> Neighbours<'a> {
    let items = found(evaluation, card, &usual_flag());
    let is_it = |item: &AgendaItem| item.vendor == vendor && item.criterion == criterion;
    let at = items.iter().position(is_it);
    let told = |item: &AgendaItem| row(evaluation, item, String::new());
    let before = at.and_then(|at| items.get(at.checked_sub(1)?));
    let after = match at {
        Some(at) => items.get(at.saturating_add(1)),
        None => items.iter().find(|item| !item.settled),
    };
    Neighbours {
        place: at.map(|at| at.saturating_add(1)),
        of: items.len(),
        before: before.map(told),
        after: after.map(told),
    }
}

/// Everybody's answer about one cell.
pub(crate) fn cell<'a>(
    published: &'a Published<'a>,
    vendor: VendorIndex,
    criterion: CriterionIndex,
    addresses: &dyn Addresses,
) -> Vec<AnswerView<'a>> {
    answer_views(published, vendor, criterion, addresses)
}
