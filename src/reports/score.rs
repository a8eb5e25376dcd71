//! Scores, amounts, verdicts and gate values as printed.

use rust_decimal::Decimal;

use crate::criteria::{Criterion, Kind};
use crate::exact::{self, Fraction};
use crate::scoring::{Collapsed, GateBound, GateCard, GateValue};

use super::figure::Number;
use super::published::{Printed, PublishedGate};

/// A gate with the value it judges.
pub(super) fn gate(card: &GateCard) -> PublishedGate {
    let bound = match card.bound {
        GateBound::Minimum(bound) | GateBound::Maximum(bound) => Some(bound),
        GateBound::Pass => None,
    };
    let number = |value: &Fraction| Number {
        text: computed(value, bound),
        exact: value.clone(),
    };
    let (value, low, high) = match &card.value {
        GateValue::Answer(answer) => (Some(printed(answer, bound)), None, None),
        GateValue::Range(range) => match range.exact() {
            Some(value) => {
                let Number { text, exact } = number(value);
                let exact = Some(exact);
                (Some(Printed { text, exact }), None, None)
            }
            None => (None, Some(number(&range.low)), Some(number(&range.high))),
        },
        GateValue::NoResponse => {
            let text = "no response".to_owned();
            (Some(Printed { text, exact: None }), None, None)
        }
        GateValue::Unknown | GateValue::NotApplicable => (None, None, None),
    };
    PublishedGate {
        on: card.on,
        bound: card.bound,
        value,
        low,
        high,
        outcome: card.outcome,
    }
}

/// The bound a criterion's score is judged by, which its score must not seem to meet when it does not.
pub(super) fn gate_on_score(criterion: &Criterion) -> Option<Decimal> {
    match criterion.kind() {
        Kind::Rated(rated) => rated.gate(),
        Kind::Priced(priced) => priced.maximum(),
        Kind::PassFail => None,
    }
}

/// A score as written, or with as many decimals as tell it apart from the bound it is judged by.
pub(super) fn printed(score: &Collapsed, bound: Option<Decimal>) -> Printed {
    match score {
        Collapsed::Written(value) => Printed {
            text: value.to_string(),
            exact: Some(Fraction::from(*value)),
        },
        Collapsed::Computed(value) => Printed {
            text: computed(value, bound),
            exact: Some(value.clone()),
        },
        Collapsed::Verdict { passed } => Printed {
            text: if *passed { "pass" } else { "fail" }.to_owned(),
            exact: None,
        },
    }
}

fn computed(value: &Fraction, bound: Option<Decimal>) -> String {
    match bound {
        Some(bound) => exact::parted_from(value, bound, exact::MAX_PLACES),
        None => exact::trimmed(value, exact::MAX_PLACES),
    }
}
