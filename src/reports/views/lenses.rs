//! Several views of one result side by side, and what makes them differ.

use crate::criteria::Node;
use crate::evaluation::Evaluation;
use crate::reports::figure::{Ends, figures};
use crate::reports::published::Published;
use crate::reports::sentence::{About, Sentence};
use crate::reports::words::vendor_status;
use crate::scoring::Scorecard;
use crate::scoring::explain::{Disagreement, DisagreementOn, best_worst_rank, disagreement};

use super::firmness::names;
use super::signed::signed_figure;
use super::why::title;
use super::{Addresses, Said, said};

/// How many criteria of a disagreement are told.
const TOLD: usize = 6;

/// One view of the result: the record's weights, or those of a lens.
pub(crate) struct Seen<'a> {
    pub(crate) title: &'a str,
    pub(crate) card: &'a Scorecard,
    pub(crate) published: &'a Published<'a>,
}

/// Views side by side.
pub(crate) struct LensesView {
    pub(crate) rows: Vec<LensRow>,
    /// Who is best at its worst.
    pub(crate) best_worst: Option<Vec<Said>>,
    /// The pairs of views that put different vendors first.
    pub(crate) partings: Vec<Parting>,
}

/// One vendor through every view.
pub(crate) struct LensRow {
    pub(crate) vendor: String,
    pub(crate) href: Option<String>,
    pub(crate) cells: Vec<LensCell>,
}

/// One vendor through one view.
pub(crate) struct LensCell {
    pub(crate) rank: String,
    pub(crate) total: String,
}

/// Two views that put different vendors first.
pub(crate) struct Parting {
    pub(crate) one: String,
    pub(crate) other: String,
    pub(crate) told: Vec<Said>,
    pub(crate) rows: Vec<PartingRow>,
    /// How many criteria have less to do with it.
    pub(crate) more: usize,
}

/// What one criterion has to do with it.
pub(crate) struct PartingRow {
    pub(crate) title: String,
    pub(crate) id: String,
    pub(crate) href: Option<String>,
    pub(crate) in_one: String,
    pub(crate) in_other: String,
    pub(crate) difference: String,
}

/// Lays views side by side; the first one gives the order of the vendors.
pub(crate) fn lenses(
    evaluation: &Evaluation,
    views: &[Seen<'_>],
    addresses: &dyn Addresses,
) -> LensesView {
    let cards: Vec<&Scorecard> = views.iter().map(|seen| seen.card).collect();
    let best_worst = best_worst_rank(&cards).filter(|_| views.len() > 1);
    LensesView {
        rows: rows(evaluation, views, addresses),
        best_worst: best_worst.map(|(rank, vendors)| {
            let verb = if vendors.len() == 1 { "is" } else { "are" };
            let told = names(evaluation, &vendors).say(format!(
                " {verb} best at the worst: rank {rank} or better through each of these."
            ));
            said(told, addresses)
        }),
        partings: pairs(views)
            .filter_map(|(one, other)| parting(evaluation, one, other, addresses))
            .collect(),
    }
}

fn rows(evaluation: &Evaluation, views: &[Seen<'_>], addresses: &dyn Addresses) -> Vec<LensRow> {
    let order = views.first().map_or(&[][..], |seen| &seen.card.vendors);
    let rows = order.iter().map(|card| LensRow {
        vendor: evaluation.vendor_name(card.vendor).to_owned(),
        href: addresses.of(About::Vendor(card.vendor)),
        cells: views
            .iter()
            .map(|seen| {
                let mut vendors = seen.published.vendors.iter();
                let found = vendors.find(|one| one.vendor == card.vendor);
                LensCell {
                    rank: found.map_or_else(String::new, |one| match one.rank_shown() {
                        rank if rank.is_empty() => vendor_status(one.status).to_owned(),
                        rank => rank,
                    }),
                    total: found.map_or_else(String::new, |one| one.total.shown()),
                }
            })
            .collect(),
    });
    rows.collect()
}

/// Every two views, the earlier one first.
fn pairs<'a, 'b>(views: &'a [Seen<'b>]) -> impl Iterator<Item = (&'a Seen<'b>, &'a Seen<'b>)> {
    let heads = views.iter().enumerate();
    heads.flat_map(|(at, one)| {
        let others = views.iter().skip(at.saturating_add(1));
        others.map(move |other| (one, other))
    })
}

fn parting(
    evaluation: &Evaluation,
    one: &Seen<'_>,
    other: &Seen<'_>,
    addresses: &dyn Addresses,
) -> Option<Parting> {
    let found = disagreement(one.card, other.card)?;
    let told = Sentence::of(format!("{} puts ", one.title))
        .then(names(evaluation, &[found.first]))
        .say(format!(" first, {} ", other.title))
        .then(names(evaluation, &[found.second]))
        .say(".");
    Some(Parting {
        one: one.title.to_owned(),
        other: other.title.to_owned(),
        told: said(told, addresses),
        more: found.criteria.len().saturating_sub(TOLD),
        rows: parting_rows(evaluation, &found, addresses),
    })
}

fn parting_rows(
    evaluation: &Evaluation,
    found: &Disagreement,
    addresses: &dyn Addresses,
) -> Vec<PartingRow> {
    let set = evaluation.set();
    let column = |pick: fn(&DisagreementOn) -> &crate::scoring::Bounds| {
        let column = found.criteria.iter().take(TOLD);
        let column: Vec<_> = column.map(|on| Some(pick(on).clone())).collect();
        figures(&column, Ends::WhereOpen)
    };
    let printed = column(|on| &on.in_first)
        .into_iter()
        .zip(column(|on| &on.in_second))
        .zip(column(|on| &on.difference));
    let rows = found.criteria.iter().zip(printed);
    rows.map(|(on, ((in_one, in_other), difference))| {
        let node = Node::Criterion(on.criterion);
        PartingRow {
            title: title(set, node).to_owned(),
            id: node.id(set).to_owned(),
            href: addresses.of(About::Criterion(on.criterion)),
            in_one: signed_figure(&in_one),
            in_other: signed_figure(&in_other),
            difference: signed_figure(&difference),
        }
    })
    .collect()
}
