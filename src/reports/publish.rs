//! From a scorecard to what is published of it: the one place where a result is rounded.

use std::ops::Range;

use crate::criteria::CriteriaSet;
use crate::evaluation::{Evaluation, EvaluatorIndex};
use crate::exact;
use crate::scoring::{Bounds, CategoryCard, CriterionCard, GateOutcome, Scorecard, VendorCard};
use crate::table::Name;

use super::bar::bar;
use super::figure::{Ends, Figure, figures, numbers, percent};
use super::notices;
use super::published::{Detail, Published, PublishedCategory, PublishedCriterion, PublishedVendor};
use super::reasons::Reasons;
use super::score::{gate, gate_on_score, printed};
use super::story;

/// Prints every number of a result, once for all formats.
#[must_use]
pub fn publish<'a>(evaluation: &'a Evaluation, card: &Scorecard, detail: Detail) -> Published<'a> {
    let set = evaluation.set();
    let lens = card.lens.as_deref().and_then(|id| set.lens(id));
    let cards = &card.vendors;
    let reasons = Reasons::new(evaluation, cards);
    let totals = figures(&column(cards, |card| card.total.clone()), Ends::Always);
    let as_zero = column(cards, |card| card.total_na_as_zero.clone());
    let as_zero = figures(&as_zero, Ends::WhereOpen);
    let coverages = numbers(&column(cards, |card| card.coverage.clone()));
    let categories = categories(set, cards);
    let criteria = criteria(set, cards, detail);
    let metrics = metrics(cards);
    let rows = cards
        .iter()
        .zip(totals.into_iter().zip(as_zero.into_iter().zip(coverages)))
        .zip(categories.into_iter().zip(criteria).zip(metrics));
    let vendors = rows
        .map(
            |((card, (total, (total_na_as_zero, coverage))), ((categories, criteria), metrics))| {
                let gates: Vec<_> = card.gates.iter().map(gate).collect();
                PublishedVendor {
                    vendor: card.vendor,
                    status: card.status,
                    rank: card.rank,
                    tied: card.tied,
                    rank_range: card.rank_range,
                    rounding: rounding(set, &total, &categories),
                    total,
                    total_na_as_zero,
                    coverage,
                    categories,
                    criteria,
                    metrics,
                    reasons: reasons.of(card, &gates),
                    open_gates: reasons.gates(card, &gates, GateOutcome::Open),
                    gates,
                    bar: bar(set, card),
                }
            },
        )
        .collect();
    Published {
        evaluation,
        lens,
        status: card.status,
        vendors,
        notices: card
            .notices
            .iter()
            .map(|notice| notices::published(evaluation, notice))
            .collect(),
        story: story::tell(evaluation, card, lens),
        is_record: false,
        evaluator_places: evaluator_places(evaluation),
    }
}

/// Evaluators by name, the consensus first: an order that does not depend on which sheet came first.
fn evaluator_places(evaluation: &Evaluation) -> Vec<usize> {
    let mut order: Vec<EvaluatorIndex> = evaluation.evaluator_indices().collect();
    order.sort_by_key(|&evaluator| {
        let name = evaluation.evaluators().get(evaluator.position());
        (!evaluation.is_consensus(evaluator), name.map(Name::key))
    });
    let mut places = vec![0; order.len()];
    for (place, evaluator) in order.into_iter().enumerate() {
        if let Some(slot) = places.get_mut(evaluator.position()) {
            *slot = place;
        }
    }
    places
}

/// One field of many cards.
fn column<C, T>(cards: &[C], cell: impl Fn(&C) -> Option<T>) -> Vec<Option<T>> {
    cards.iter().map(cell).collect()
}

/// Prints columns and hands them out by vendor.
fn by_vendor<T>(
    cards: &[VendorCard],
    positions: Range<usize>,
    print: impl Fn(usize) -> Vec<T>,
) -> Vec<Vec<T>> {
    let mut rows: Vec<Vec<T>> = cards
        .iter()
        .map(|_| Vec::with_capacity(positions.len()))
        .collect();
    for position in positions {
        for (row, cell) in rows.iter_mut().zip(print(position)) {
            row.push(cell);
        }
    }
    rows
}

fn categories(set: &CriteriaSet, cards: &[VendorCard]) -> Vec<Vec<PublishedCategory>> {
    let print = |position: usize| -> Vec<PublishedCategory> {
        let cards: Vec<&CategoryCard> = cards
            .iter()
            .filter_map(|card| card.categories.get(position))
            .collect();
        let shares = numbers(&column(&cards, |card| Some(card.share.percent())));
        let percents = column(&cards, |card| card.percent.clone());
        let contributions = column(&cards, |card| Some(card.contribution.clone()));
        let percents = figures(&percents, Ends::WhereOpen);
        let contributions = figures(&contributions, Ends::WhereOpen);
        let rest = percents.into_iter().zip(contributions);
        cards
            .into_iter()
            .zip(shares.into_iter().zip(rest))
            .map(
                |(card, (share, (percent, contribution)))| PublishedCategory {
                    category: card.category,
                    share,
                    percent,
                    contribution,
                },
            )
            .collect()
    };
    by_vendor(cards, 0..set.categories().len(), print)
}

fn criteria(
    set: &CriteriaSet,
    cards: &[VendorCard],
    detail: Detail,
) -> Vec<Vec<PublishedCriterion>> {
    let positions = match detail {
        Detail::Ranking => 0..0,
        Detail::Criterion(index) => index.position()..index.position().saturating_add(1),
        Detail::Full => 0..set.criteria().len(),
    };
    let print = |position: usize| -> Vec<PublishedCriterion> {
        let cards: Vec<&CriterionCard> = cards
            .iter()
            .filter_map(|card| card.criteria.get(position))
            .collect();
        let shares = numbers(&column(&cards, |card| Some(card.share.percent())));
        let points = column(&cards, |card| card.points.as_ref().map(percent));
        let contributions = column(&cards, |card| Some(card.contribution.clone()));
        let points = figures(&points, Ends::WhereOpen);
        let contributions = figures(&contributions, Ends::WhereOpen);
        let bound = set.criteria().get(position).and_then(gate_on_score);
        let rest = points.into_iter().zip(contributions);
        cards
            .into_iter()
            .zip(shares.into_iter().zip(rest))
            .map(
                |(card, (share, (points, contribution)))| PublishedCriterion {
                    criterion: card.criterion,
                    state: card.state,
                    score: card.score.as_ref().map(|score| printed(score, bound)),
                    points,
                    share,
                    contribution,
                    no_responses: card.no_responses,
                    conflict: card.conflict,
                    owed_by: card.owed_by.clone(),
                },
            )
            .collect()
    };
    by_vendor(cards, positions, print)
}

/// A metric that is not weighed stays absent.
fn metrics(cards: &[VendorCard]) -> Vec<Vec<Option<Figure>>> {
    let width = cards.first().map_or(0, |card| card.metrics.len());
    let print = |position: usize| -> Vec<Option<Figure>> {
        let percents: Vec<Option<Bounds>> =
            column(cards, |card| card.metrics.get(position)?.percent.clone());
        let printed = figures(&percents, Ends::Always);
        let weighed = percents.iter().zip(printed);
        weighed
            .map(|(bounds, figure)| bounds.is_some().then_some(figure))
            .collect()
    };
    by_vendor(cards, 0..width, print)
}

/// What the printed contributions of the top-level categories miss of the printed total.
fn rounding(set: &CriteriaSet, total: &Figure, categories: &[PublishedCategory]) -> Option<String> {
    let top_level = set
        .categories()
        .iter()
        .zip(categories)
        .filter(|(category, _)| category.parent().is_none());
    let parts: Option<Vec<&str>> = top_level
        .map(|(_, category)| category.contribution.text())
        .collect();
    exact::unrounded_sum_gap(total.text()?, &parts?)
}
