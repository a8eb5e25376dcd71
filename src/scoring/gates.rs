//! Gates: minimums and maximums that disqualify, decided on exact values and bounds, on the record's weights.

use rust_decimal::Decimal;

use crate::criteria::{Criterion, CriterionIndex, Direction, Kind};
use crate::exact::Fraction;

use super::card::{Bounds, Collapsed, GateBound, GateCard, GateOn, GateOutcome, GateValue, State};
use super::collapse::{Cell, Value};
use super::tally::Weights;

/// All gates of one vendor, on the record's weights. Of the points, those of the rated criteria are looked at only.
pub(super) fn gates(
    record: &Weights,
    cells: &[Cell],
    states: &[State],
    points: &[Option<Bounds>],
) -> Vec<GateCard> {
    let set = record.set();
    let mut gates: Vec<GateCard> = set
        .indexed_criteria()
        .zip(cells)
        .filter_map(|((index, criterion), cell)| criterion_gate(index, criterion, cell))
        .collect();
    let on_categories = || {
        set.indexed_categories()
            .filter_map(|(index, category)| Some((index, category.minimum()?)))
    };
    let on_total = set.rules().total_minimum();
    if on_total.is_none() && on_categories().next().is_none() {
        return gates;
    }
    let tally = record.tally(states, points);
    gates.extend(on_categories().map(|(index, minimum)| {
        let percent = tally.rated_percent(set, record.members(index).iter().copied());
        percent_gate(GateOn::Category(index), minimum, percent)
    }));
    gates.extend(on_total.map(|minimum| {
        let percent = tally.rated_percent(set, 0..set.criteria().len());
        percent_gate(GateOn::Total, minimum, percent)
    }));
    gates
}

fn criterion_gate(index: CriterionIndex, criterion: &Criterion, cell: &Cell) -> Option<GateCard> {
    let (bound, value, outcome) = match criterion.kind() {
        Kind::Rated(rated) => {
            let bound = match rated.direction() {
                Direction::Higher => GateBound::Minimum(rated.gate()?),
                Direction::Lower => GateBound::Maximum(rated.gate()?),
            };
            let (value, outcome) = score_outcome(bound, cell);
            (bound, value, outcome)
        }
        Kind::Priced(priced) => {
            let maximum = priced.maximum()?;
            let (value, outcome) = price_outcome(maximum, cell);
            (GateBound::Maximum(maximum), value, outcome)
        }
        Kind::PassFail => {
            let (value, outcome) = verdict_outcome(cell);
            (GateBound::Pass, value, outcome)
        }
    };
    Some(GateCard {
        on: GateOn::Criterion(index),
        bound,
        value,
        outcome,
    })
}

fn score_outcome(bound: GateBound, cell: &Cell) -> (GateValue, GateOutcome) {
    match (&cell.value, cell.state) {
        // A gate on a criterion that may be not applicable is refused with the set.
        (_, State::NotApplicable) => (GateValue::NotApplicable, GateOutcome::NotApplicable),
        (Value::Score { worst, best, shown }, _) => {
            let range = || GateValue::Range(in_order(worst, best));
            let value = shown.clone().map_or_else(range, GateValue::Answer);
            (value, decide(bound, worst, best))
        }
        _ => (GateValue::Unknown, GateOutcome::Open),
    }
}

/// The two ends as least and most: under "lower is better" the worst score is the most.
fn in_order(worst: &Fraction, best: &Fraction) -> Bounds {
    Bounds {
        low: worst.min(best).clone(),
        high: worst.max(best).clone(),
    }
}

fn price_outcome(maximum: Decimal, cell: &Cell) -> (GateValue, GateOutcome) {
    match (&cell.value, cell.state) {
        (Value::Amount(Some(amount)), _) => {
            let met = *amount <= maximum;
            (
                GateValue::Answer(Collapsed::Written(*amount)),
                passed_if(met),
            )
        }
        (_, State::NoResponse) => (GateValue::NoResponse, GateOutcome::Failed),
        // It is decided once prices are opened; until then the ranking is one of quality.
        (_, State::Sealed) => (GateValue::NotApplicable, GateOutcome::NotApplicable),
        _ => (GateValue::Unknown, GateOutcome::Open),
    }
}

fn verdict_outcome(cell: &Cell) -> (GateValue, GateOutcome) {
    match (&cell.value, cell.state) {
        (_, State::NoResponse) => (GateValue::NoResponse, GateOutcome::Failed),
        (Value::Verdict(Some(passed)), _) => {
            let verdict = Collapsed::Verdict { passed: *passed };
            (GateValue::Answer(verdict), passed_if(*passed))
        }
        _ => (GateValue::Unknown, GateOutcome::Open),
    }
}

fn percent_gate(on: GateOn, minimum: Decimal, percent: Option<Bounds>) -> GateCard {
    let bound = GateBound::Minimum(minimum);
    let (value, outcome) = match percent {
        Some(percent) => {
            let outcome = decide(bound, &percent.low, &percent.high);
            (GateValue::Range(percent), outcome)
        }
        None => (GateValue::NotApplicable, GateOutcome::NotApplicable),
    };
    GateCard {
        on,
        bound,
        value,
        outcome,
    }
}

/// Passed if even the worst meets the bound, failed if even the best does not.
fn decide(bound: GateBound, worst: &Fraction, best: &Fraction) -> GateOutcome {
    let meets = |value: &Fraction| match bound {
        GateBound::Minimum(minimum) => *value >= minimum.into(),
        GateBound::Maximum(maximum) => *value <= maximum.into(),
        GateBound::Pass => false,
    };
    match (meets(worst), meets(best)) {
        (true, _) => GateOutcome::Passed,
        (false, true) => GateOutcome::Open,
        (false, false) => GateOutcome::Failed,
    }
}

fn passed_if(met: bool) -> GateOutcome {
    if met {
        GateOutcome::Passed
    } else {
        GateOutcome::Failed
    }
}
