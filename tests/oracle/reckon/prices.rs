//! Price points: every scenario of who stays and what the missing prices turn out to be.

use num_traits::{One, Zero};

use crate::model::{Case, Kind, Num, Q, Rule};

use super::{Cell, Span, Standing};

/// An amount in one scenario. A missing one is tried as low and as high as it could be, in the limit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Amount {
    Is(Q),
    Endless,
}

/// From the fewest to the most points; `None` if there is no price to compare with.
pub fn points(
    case: &Case,
    vendor: usize,
    criterion: usize,
    cells: &[Vec<Cell>],
    standings: &[Standing],
) -> Option<Span> {
    let Kind::Priced { rule, maximum } = case.set.criteria[criterion].kind else {
        return None;
    };
    let price = match &cells[vendor][criterion] {
        Cell::Price(amount) => amount,
        Cell::NoPrice => return Some(Span::exactly(Q::zero())),
        // It may still turn out to be no response (0), or next to nothing (1).
        _ => {
            return Some(Span {
                low: Q::zero(),
                high: Q::one(),
            });
        }
    };
    if let Rule::FixedRange { floor, ceiling } = rule {
        let part = (ceiling.q() - price) / (ceiling.q() - floor.q());
        return Some(Span::exactly(part.clamp(Q::zero(), Q::one())));
    }
    let mut scenarios: Vec<Vec<Amount>> = vec![Vec::new()];
    if standings[vendor].may_stay() {
        scenarios[0].push(Amount::Is(price.clone()));
    }
    for other in (0..cells.len()).filter(|&other| other != vendor && standings[other].may_stay()) {
        let choices = choices(&cells[other][criterion], standings[other], maximum);
        scenarios = scenarios
            .iter()
            .flat_map(|scenario| {
                choices.iter().map(move |choice| {
                    let mut longer = scenario.clone();
                    longer.extend(choice.clone());
                    longer
                })
            })
            .collect();
    }
    if scenarios.iter().all(Vec::is_empty) {
        return None;
    }
    // Reading: where everyone to be compared with may go, the points are as open as they would be then.
    let outcomes = scenarios.iter().map(|amounts| {
        let points = in_scenario(rule, price, amounts).map(Span::exactly);
        points.unwrap_or(Span {
            low: Q::zero(),
            high: Q::one(),
        })
    });
    outcomes.reduce(|one, other| Span {
        low: one.low.min(other.low),
        high: one.high.max(other.high),
    })
}

/// What another vendor may add to the amounts that count: nothing if it goes.
///
/// Reading: one that stays has met the gate on the price, so a missing price of its reaches up to the gate at most.
/// Reading: a missing price is taken to be named in the end; for a vendor in the field, silence adds nothing new.
fn choices(cell: &Cell, standing: Standing, maximum: Option<Num>) -> Vec<Option<Amount>> {
    let most = || maximum.map_or(Amount::Endless, |maximum| Amount::Is(maximum.q()));
    let amounts = match cell {
        Cell::Price(amount) => vec![Amount::Is(amount.clone())],
        Cell::PriceMissing => vec![Amount::Is(Q::zero()), most()],
        _ => return vec![None],
    };
    let goes = (standing != Standing::Certain).then_some(None);
    goes.into_iter()
        .chain(amounts.into_iter().map(Some))
        .collect()
}

fn in_scenario(rule: Rule, price: &Q, amounts: &[Amount]) -> Option<Q> {
    let lowest = amounts.iter().min()?;
    let highest = amounts.iter().max()?;
    let (zero, one) = (Q::zero(), Q::one());
    let part = match (rule, lowest, highest) {
        (Rule::LinearRange, Amount::Is(low), Amount::Is(high)) if low == high => {
            // Reading: "1 for all" is for those in the range; a disqualified vendor dearer than all of them has 0.
            if price <= high {
                one.clone()
            } else {
                zero.clone()
            }
        }
        (Rule::LinearRange, Amount::Is(low), Amount::Is(high)) => (high - price) / (high - low),
        (_, Amount::Endless, _) | (Rule::LinearRange, _, Amount::Endless) => one.clone(),
        // Only a missing price can come as near to 0 as it likes.
        (_, Amount::Is(low), _) if low.is_zero() => zero.clone(),
        (Rule::LowestRatio, Amount::Is(low), _) => low / price,
        (_, Amount::Is(low), _) => Q::from_integer(2.into()) - price / low,
    };
    Some(part.clamp(zero, one))
}
