//! Tables with a column per vendor: contributions by category, metrics, and the scores side by side.

use crate::criteria::{CategoryIndex, CriteriaSet, CriterionIndex};
use crate::reports::figure::Figure;
use crate::reports::published::{Printed, Published, PublishedCriterion, PublishedVendor};
use crate::reports::score::ScoreText;
use crate::reports::sentence::About;
use crate::scoring::State;

use super::side::{Side, by_side};
use super::{Addresses, tree};

/// How many colours bars have.
const COLOURS: usize = 8;

/// The colour of the top-level category with a number from 1.
pub(in crate::reports) fn colour(number: usize) -> usize {
    number.saturating_sub(1) % COLOURS
}

/// One category over all vendors.
pub(crate) struct CategoryRow<'a> {
    pub(crate) number: Option<usize>,
    pub(crate) colour: usize,
    pub(crate) depth: usize,
    pub(crate) title: &'a str,
    pub(crate) cells: Vec<CategoryCell>,
}

pub(crate) struct CategoryCell {
    /// What it is called on a page, like `vendor-3-itil`.
    pub(crate) anchor: String,
    pub(crate) href: Option<String>,
    pub(crate) contribution: String,
    pub(crate) percent: String,
    pub(crate) share: String,
}

/// One metric of the lens over all vendors.
pub(crate) struct MetricRow<'a> {
    pub(crate) title: &'a str,
    pub(crate) criteria: String,
    pub(crate) cells: Vec<String>,
}

/// The criteria of one category over all vendors.
pub(crate) struct ScoreGroup<'a> {
    pub(crate) title: &'a str,
    pub(crate) rows: Vec<ScoreRow<'a>>,
}

pub(crate) struct ScoreRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) href: Option<String>,
    pub(crate) title: &'a str,
    /// What evaluators noted about the criterion as a whole, with their names.
    pub(crate) notes: Vec<(&'a str, &'a str)>,
    pub(crate) cells: Vec<ScoreCell>,
}

pub(crate) struct ScoreCell {
    pub(crate) href: Option<String>,
    pub(crate) score: ScoreText,
    pub(crate) points: Option<String>,
    pub(crate) is_missing: bool,
}

pub(crate) fn categories<'a>(
    published: &'a Published<'a>,
    addresses: &dyn Addresses,
) -> Vec<Side<'a, CategoryRow<'a>>> {
    let set = published.evaluation.set();
    by_side(published, addresses, |vendors| {
        let nodes = tree::nodes(set).into_iter();
        let rows = nodes.map(|node| CategoryRow {
            number: node.number,
            colour: colour(node.number.unwrap_or(1)),
            depth: node.depth,
            title: node.category.title(),
            cells: category_cells(vendors, (node.index, node.category.id()), addresses),
        });
        rows.collect()
    })
}

fn category_cells(
    vendors: &[PublishedVendor],
    (category, id): (CategoryIndex, &str),
    addresses: &dyn Addresses,
) -> Vec<CategoryCell> {
    let cells = vendors.iter().filter_map(|vendor| {
        let card = vendor.categories.get(category.position())?;
        let share = card.share.as_ref();
        Some(CategoryCell {
            anchor: format!("{}-{id}", super::vendors::anchor(vendor.vendor)),
            href: addresses.of(About::Category(vendor.vendor, category)),
            contribution: card.contribution.shown(),
            percent: card.percent.shown_percent(),
            share: share.map_or_else(String::new, |share| share.text.clone()),
        })
    });
    cells.collect()
}

pub(crate) fn metrics<'a>(
    published: &'a Published<'a>,
    addresses: &dyn Addresses,
) -> Vec<Side<'a, MetricRow<'a>>> {
    let Some(lens) = published.lens else {
        return Vec::new();
    };
    let set = published.evaluation.set();
    by_side(published, addresses, |vendors| {
        let metrics = lens.metrics().iter().enumerate();
        let rows = metrics.map(|(position, metric)| {
            let criteria = metric.criteria().iter();
            let ids = criteria.filter_map(|index| Some(set.criteria().get(index.position())?.id()));
            let figures = vendors.iter();
            let figures = figures.filter_map(|vendor| vendor.metrics.get(position));
            MetricRow {
                title: metric.title(),
                criteria: ids.collect::<Vec<&str>>().join(", "),
                cells: figures.map(|figure| metric_text(figure.as_ref())).collect(),
            }
        });
        rows.collect()
    })
}

pub(super) fn metric_text(figure: Option<&Figure>) -> String {
    figure.map_or_else(|| "not weighed".to_owned(), Figure::shown_percent)
}

pub(crate) fn scores<'a>(
    published: &'a Published<'a>,
    addresses: &dyn Addresses,
) -> Vec<Side<'a, ScoreGroup<'a>>> {
    let set: &CriteriaSet = published.evaluation.set();
    by_side(published, addresses, |vendors| {
        let groups = tree::nodes(set).into_iter().map(|node| {
            let criteria = set.indexed_criteria();
            let within = criteria.filter(|(_, criterion)| criterion.category() == node.index);
            let rows = within.map(|(index, criterion)| ScoreRow {
                id: criterion.id(),
                title: criterion.title(),
                href: addresses.of(About::Criterion(index)),
                notes: notes(published, index),
                cells: score_cells(vendors, index, addresses),
            });
            ScoreGroup {
                title: node.category.title(),
                rows: rows.collect(),
            }
        });
        groups.filter(|group| !group.rows.is_empty()).collect()
    })
}

/// What evaluators noted about a criterion as a whole, with their names.
pub(super) fn notes<'a>(
    published: &'a Published<'a>,
    criterion: CriterionIndex,
) -> Vec<(&'a str, &'a str)> {
    let evaluation = published.evaluation;
    let notes = evaluation.notes(criterion);
    notes
        .map(|(evaluator, note)| (evaluation.evaluator_name(evaluator), note))
        .collect()
}

fn score_cells(
    vendors: &[PublishedVendor],
    criterion: CriterionIndex,
    addresses: &dyn Addresses,
) -> Vec<ScoreCell> {
    let cells = vendors.iter().filter_map(|vendor| {
        let card = vendor.criteria.get(criterion.position())?;
        Some(ScoreCell {
            href: addresses.of(About::Cell(vendor.vendor, criterion)),
            score: score_text(card),
            points: card.points.text().map(str::to_owned),
            is_missing: card.state == State::NotScored,
        })
    });
    cells.collect()
}

/// The collapsed score for a reader; a missing one is told as missing.
pub(in crate::reports) fn score_text(card: &PublishedCriterion) -> ScoreText {
    let score = card.score.as_ref().map(Printed::score_text);
    match (card.state, score) {
        (State::Scored, Some(score)) => score,
        (State::NoResponse, Some(score)) => ScoreText::of(&[&score], |score| {
            format!("no response ({})", score.concat())
        }),
        (State::NoResponse, None) => "no response".into(),
        (State::NotApplicable, _) => "n/a".into(),
        (State::Sealed, _) => "sealed".into(),
        (State::NotScored, _) if card.conflict => "in conflict".into(),
        (State::NotScored | State::Scored, _) => "not scored".into(),
    }
}
