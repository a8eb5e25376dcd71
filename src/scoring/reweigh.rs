//! Another view of a result that is known: answers, points and gates stay, only the weights are others.

use crate::criteria::Lens;
use crate::evaluation::Evaluation;

use super::card::{Bounds, CriterionCard, Scorecard, State, VendorCard, VendorStatus};
use super::notices;
use super::standing::{self, Stay};
use super::tally::Weights;
use super::view::View;
use super::without::Without;

/// What [`super::rank`] gives under a lens, from the result under the record's weights.
#[must_use]
pub fn reweigh(evaluation: &Evaluation, record: &Scorecard, lens: &Lens) -> Scorecard {
    look(evaluation, record, View::Lens(lens))
}

/// A result through other weights, from the result under the record's.
#[must_use]
pub fn look(evaluation: &Evaluation, record: &Scorecard, view: View) -> Scorecard {
    let weights = Weights::new(evaluation.set(), view);
    let cards = record.vendors.iter().map(|known| {
        let stands = !evaluation.is_excluded(known.vendor);
        let stay = Stay::of(stands, &known.gates);
        (card(&weights, view, known, stands), stay)
    });
    let (vendors, status) = standing::settle(evaluation, cards.collect());
    Scorecard {
        lens: view.lens_id(),
        status,
        notices: notices::notices(evaluation, &Without::default(), view, &vendors),
        vendors,
    }
}

fn card(weights: &Weights, view: View, known: &VendorCard, stands: bool) -> VendorCard {
    let cells = &known.criteria;
    let states: Vec<State> = cells.iter().map(|cell| cell.state).collect();
    let points: Vec<Option<Bounds>> = cells.iter().map(|cell| cell.points.clone()).collect();
    let tally = weights.tally(&states, &points);
    let metrics = view.metrics().iter().enumerate();
    let columns = cells
        .iter()
        .zip(points)
        .zip(tally.shares.iter().zip(&tally.contributions));
    VendorCard {
        vendor: known.vendor,
        status: if stands {
            VendorStatus::Ranked
        } else {
            VendorStatus::Excluded
        },
        rank: None,
        tied: false,
        rank_range: None,
        metrics: metrics
            .map(|(position, metric)| tally.metric(position, metric))
            .collect(),
        criteria: columns
            .map(|((cell, points), (share, contribution))| CriterionCard {
                criterion: cell.criterion,
                state: cell.state,
                score: cell.score.clone(),
                points,
                share: share.clone(),
                contribution: contribution.clone(),
                no_responses: cell.no_responses,
                conflict: cell.conflict,
                owed_by: cell.owed_by.clone(),
            })
            .collect(),
        total: tally.total,
        total_na_as_zero: tally.total_na_as_zero,
        coverage: tally.coverage,
        categories: tally.categories,
        gates: known.gates.clone(),
    }
}
