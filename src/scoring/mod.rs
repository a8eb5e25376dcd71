//! Answers to a ranking: collapse, points, prices, gates, totals, bounds and ranks, all in exact fractions.
//!
//! The way of one evaluation through this room: `collapse` makes one cell of what several evaluators say about a
//! vendor and a criterion; `points` and `price` turn it into points; `gates` decide on the record's weights who may
//! stay, before prices are compared; `tally` weighs the points under the record or a lens; `standing` counts who can
//! still be before whom.
//!
//! What a result rests on is read off its cards in [`explain`]; how firm it is is computed in [`firmness`], and how much the
//! evaluators agree in [`agreement`]. [`opinions`] asks other ways to add up who would be first. Only [`draws`], which asks how often others would win under other weights, has floats.

pub mod agreement;
mod assessment;
mod card;
mod collapse;
pub mod draws;
pub mod explain;
mod field;
pub mod firmness;
mod gates;
mod lead;
mod notices;
pub mod opinions;
mod points;
mod price;
pub mod price_quality;
mod reweigh;
mod standing;
mod tally;
pub mod tco;
mod view;
pub mod what_if;
mod without;

pub use assessment::{Assessment, assess, assess_telling};
pub use card::{
    Bounds, CategoryCard, Collapsed, CriterionCard, GateBound, GateCard, GateOn, GateOutcome,
    GateValue, MetricCard, Notice, ResultStatus, Scorecard, State, VendorCard, VendorStatus,
};

use crate::criteria::{Criterion, Kind, Lens};
use crate::evaluation::{Evaluation, VendorIndex};
use crate::table::side_by_side;

pub use lead::Lead;
pub use reweigh::{look, reweigh};
pub use view::View;
pub use without::Without;

use collapse::{Cell, Gathered, Value};
use field::Field;
use points::Line;
use price::{Bid, Market};
use standing::Stay;
use tally::{Tally, Weights};

/// The version of the scoring method. It changes when the same input may give another number.
pub const METHOD_VERSION: &str = "1";

/// Ranks an evaluation under the record's weights, or as a view under a lens. Gates are the record's in either case.
#[must_use]
pub fn rank(evaluation: &Evaluation, lens: Option<&Lens>) -> Scorecard {
    let view = View::from(lens);
    rank_noticing(evaluation, &Without::default(), view)
}

/// Ranks an evaluation as a view, perhaps with some left out.
fn rank_noticing(evaluation: &Evaluation, without: &Without, view: View) -> Scorecard {
    let mut card = rank_without(evaluation, without, view);
    card.notices = notices::notices(evaluation, without, view, &card.vendors);
    card
}

/// Ranks an evaluation as a view, perhaps with some left out, and leaves it to others what to notice.
fn rank_without(evaluation: &Evaluation, without: &Without, view: View) -> Scorecard {
    let field = Field::new(evaluation, without);
    let (vendors, status) = cards(&field, view);
    Scorecard {
        lens: view.lens_id(),
        status,
        vendors,
        notices: Vec::new(),
    }
}

/// From how many cells in all on more threads than one are begun: a cell takes about half a microsecond, a thread some fifty.
const WORTH_A_THREAD: usize = 8192;

/// One vendor on its way to a card.
struct Judged {
    vendor: VendorIndex,
    cells: Vec<Cell>,
    /// Of the cells.
    states: Vec<State>,
    /// By criterion; prices are filled in once it is known who may stay.
    points: Vec<Option<Bounds>>,
    gates: Vec<GateCard>,
    stay: Stay,
}

fn cards(field: &Field, view: View) -> (Vec<VendorCard>, ResultStatus) {
    let record = Weights::new(field.set(), View::Record);
    let lines: Vec<Option<Line>> = field
        .set()
        .criteria()
        .iter()
        .map(|criterion| line(field, criterion))
        .collect();
    let vendors: Vec<VendorIndex> = field.evaluation().vendor_indices().collect();
    let cells = vendors.len().saturating_mul(lines.len());
    let threads = match cells {
        0..WORTH_A_THREAD => 1,
        _ => side_by_side::threads(),
    };
    let mut judged = side_by_side::each(threads, vendors, &|vendor| {
        judge(field, &record, &lines, vendor)
    });
    price_all(field, &mut judged);
    let weights = match view {
        View::Record => record,
        View::Lens(_) | View::Weights(_) => Weights::new(field.set(), view),
    };
    let cards = side_by_side::each(threads, judged, &|judged: Judged| {
        let stay = judged.stay;
        (card(field, &weights, view, judged), stay)
    });
    standing::settle(field.evaluation(), cards)
}

/// The line from scores to points of a rated criterion.
fn line(field: &Field, criterion: &Criterion) -> Option<Line> {
    match criterion.kind() {
        Kind::Rated(rated) => Some(Line::of(rated, field.set().rules().points())),
        Kind::Priced(_) | Kind::PassFail => None,
    }
}

/// Collapses one vendor's answers and decides its gates, which prices cannot touch.
fn judge(field: &Field, record: &Weights, lines: &[Option<Line>], vendor: VendorIndex) -> Judged {
    let mut gathered = Gathered::default();
    let cells: Vec<Cell> = field
        .set()
        .indexed_criteria()
        .map(|(index, criterion)| {
            collapse::collapse(field, vendor, index, criterion, &mut gathered)
        })
        .collect();
    let points: Vec<Option<Bounds>> = lines
        .iter()
        .zip(&cells)
        .map(|(line, cell)| match (line, &cell.value) {
            _ if cell.state.is_left_out() => None,
            (Some(line), Value::Score { worst, best, .. }) => Some(line.points(worst, best)),
            _ => None,
        })
        .collect();
    let states: Vec<State> = cells.iter().map(|cell| cell.state).collect();
    let gates = gates::gates(record, &cells, &states, &points);
    let stay = Stay::of(field.stands(vendor), &gates);
    Judged {
        vendor,
        cells,
        states,
        points,
        gates,
        stay,
    }
}

/// Gives every vendor its points for every priced criterion.
fn price_all(field: &Field, judged: &mut [Judged]) {
    if field.evaluation().seals_prices() {
        return;
    }
    for (index, criterion) in field.set().indexed_criteria() {
        let Kind::Priced(priced) = criterion.kind() else {
            continue;
        };
        let at = index.position();
        let bids: Vec<Bid> = judged.iter().map(|vendor| bid(vendor, at)).collect();
        let market = Market::of(priced, &bids);
        for (vendor, bid) in judged.iter_mut().zip(&bids) {
            if let Some(slot) = vendor.points.get_mut(at) {
                *slot = price::points(priced, bid, &market);
            }
        }
    }
}

fn bid(vendor: &Judged, criterion: usize) -> Bid {
    let cell = vendor.cells.get(criterion);
    let amount = cell.and_then(|cell| match cell.value {
        Value::Amount(amount) => amount,
        Value::Score { .. } | Value::Verdict(_) => None,
    });
    Bid {
        amount,
        missing: cell.is_none_or(|cell| !cell.state.is_complete()),
        may_stay: vendor.stay.may_stay(),
        stays: vendor.stay == Stay::Certain,
    }
}

fn card(field: &Field, weights: &Weights, view: View, judged: Judged) -> VendorCard {
    let tally = weights.tally(&judged.states, &judged.points);
    let metrics = view.metrics().iter().enumerate();
    VendorCard {
        vendor: judged.vendor,
        status: if field.stands(judged.vendor) {
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
        criteria: criterion_cards(field, judged.cells, judged.points, &tally),
        total: tally.total,
        total_na_as_zero: tally.total_na_as_zero,
        coverage: tally.coverage,
        categories: tally.categories,
        gates: judged.gates,
    }
}

fn criterion_cards(
    field: &Field,
    cells: Vec<Cell>,
    points: Vec<Option<Bounds>>,
    tally: &Tally,
) -> Vec<CriterionCard> {
    let columns = cells
        .into_iter()
        .zip(points)
        .zip(tally.shares.iter().zip(&tally.contributions));
    field
        .set()
        .indexed_criteria()
        .zip(columns)
        .map(
            |((index, criterion), ((cell, points), (share, contribution)))| CriterionCard {
                criterion: index,
                state: cell.state,
                score: shown(criterion, &cell),
                points,
                share: share.clone(),
                contribution: contribution.clone(),
                no_responses: cell.no_responses,
                conflict: cell.conflict,
                owed_by: cell.owed_by,
            },
        )
        .collect()
}

/// The collapsed score for show. A verdict that rests on silence alone is told by the cell's state.
fn shown(criterion: &Criterion, cell: &Cell) -> Option<Collapsed> {
    match (criterion.kind(), cell.state) {
        (Kind::PassFail, State::NoResponse) => None,
        _ => cell.shown(),
    }
}
