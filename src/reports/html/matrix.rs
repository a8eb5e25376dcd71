//! Tables with a column per vendor: contributions by category, metrics, and the scores side by side.

use crate::criteria::{CriteriaSet, CriterionIndex};
use crate::reports::figure::Figure;
use crate::reports::published::{Published, PublishedCriterion};
use crate::scoring::State;

use super::tree;

/// How many colours bars have.
const COLOURS: usize = 8;

/// The colour of the top-level category with a number from 1.
pub(super) fn colour(number: usize) -> usize {
    number.saturating_sub(1) % COLOURS
}

/// One category over all vendors.
pub(super) struct CategoryRow<'a> {
    pub(super) number: Option<usize>,
    pub(super) colour: usize,
    pub(super) depth: usize,
    pub(super) title: &'a str,
    pub(super) cells: Vec<CategoryCell>,
}

pub(super) struct CategoryCell {
    pub(super) contribution: String,
    pub(super) percent: String,
    pub(super) share: String,
}

/// One metric of the lens over all vendors.
pub(super) struct MetricRow<'a> {
    pub(super) title: &'a str,
    pub(super) criteria: String,
    pub(super) cells: Vec<String>,
}

/// The criteria of one category over all vendors.
pub(super) struct ScoreGroup<'a> {
    pub(super) title: &'a str,
    pub(super) rows: Vec<ScoreRow<'a>>,
}

pub(super) struct ScoreRow<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    /// What evaluators noted about the criterion as a whole, with their names.
    pub(super) notes: Vec<(&'a str, &'a str)>,
    pub(super) cells: Vec<ScoreCell>,
}

pub(super) struct ScoreCell {
    pub(super) score: String,
    pub(super) points: Option<String>,
    pub(super) is_missing: bool,
}

pub(super) fn categories<'a>(published: &'a Published<'a>) -> Vec<CategoryRow<'a>> {
    let nodes = tree::nodes(published.evaluation.set());
    let rows = nodes.into_iter().map(|node| {
        let cards = published.vendors.iter();
        let cards = cards.filter_map(|vendor| vendor.categories.get(node.index.position()));
        let cells = cards.map(|card| CategoryCell {
            contribution: card.contribution.shown(),
            percent: card.percent.shown_percent(),
            share: card
                .share
                .as_ref()
                .map_or_else(String::new, |share| share.text.clone()),
        });
        CategoryRow {
            number: node.number,
            colour: colour(node.number.unwrap_or(1)),
            depth: node.depth,
            title: node.category.title(),
            cells: cells.collect(),
        }
    });
    rows.collect()
}

pub(super) fn metrics<'a>(published: &'a Published<'a>) -> Vec<MetricRow<'a>> {
    let Some(lens) = published.lens else {
        return Vec::new();
    };
    let set = published.evaluation.set();
    let rows = lens.metrics().iter().enumerate().map(|(position, metric)| {
        let criteria = metric.criteria().iter();
        let ids = criteria.filter_map(|index| Some(set.criteria().get(index.position())?.id()));
        let figures = published.vendors.iter();
        let figures = figures.filter_map(|vendor| vendor.metrics.get(position));
        let cells = figures.map(|figure| {
            figure
                .as_ref()
                .map_or_else(|| "not weighed".to_owned(), Figure::shown_percent)
        });
        MetricRow {
            title: metric.title(),
            criteria: ids.collect::<Vec<&str>>().join(", "),
            cells: cells.collect(),
        }
    });
    rows.collect()
}

pub(super) fn scores<'a>(published: &'a Published<'a>) -> Vec<ScoreGroup<'a>> {
    let set: &CriteriaSet = published.evaluation.set();
    let nodes = tree::nodes(set);
    let groups = nodes.into_iter().map(|node| {
        let criteria = set.indexed_criteria();
        let within = criteria.filter(|(_, criterion)| criterion.category() == node.index);
        let rows = within.map(|(index, criterion)| ScoreRow {
            id: criterion.id(),
            title: criterion.title(),
            notes: notes(published, index),
            cells: score_cells(published, index),
        });
        ScoreGroup {
            title: node.category.title(),
            rows: rows.collect(),
        }
    });
    groups.filter(|group| !group.rows.is_empty()).collect()
}

fn notes<'a>(published: &'a Published<'a>, criterion: CriterionIndex) -> Vec<(&'a str, &'a str)> {
    let evaluation = published.evaluation;
    let notes = evaluation.notes(criterion);
    notes
        .map(|(evaluator, note)| (evaluation.evaluator_name(evaluator), note))
        .collect()
}

fn score_cells(published: &Published<'_>, criterion: CriterionIndex) -> Vec<ScoreCell> {
    let cards = published.vendors.iter();
    let cards = cards.filter_map(|vendor| vendor.criteria.get(criterion.position()));
    cards
        .map(|card| ScoreCell {
            score: score_text(card),
            points: card.points.text().map(str::to_owned),
            is_missing: card.state == State::NotScored,
        })
        .collect()
}

/// The collapsed score for a reader; a missing one is told as missing.
pub(super) fn score_text(card: &PublishedCriterion) -> String {
    let score = card.score.as_ref().map(|score| score.text.as_str());
    match (card.state, score) {
        (State::Scored, Some(score)) => score.to_owned(),
        (State::NoResponse, Some(score)) => format!("no response ({score})"),
        (State::NoResponse, None) => "no response".to_owned(),
        (State::NotApplicable, _) => "n/a".to_owned(),
        (State::NotScored, _) if card.conflict => "in conflict".to_owned(),
        (State::NotScored | State::Scored, _) => "not scored".to_owned(),
    }
}
