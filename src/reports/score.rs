//! Scores, amounts, verdicts and gate values as printed.

use std::fmt;

use rust_decimal::Decimal;

use crate::criteria::{Criterion, Kind};
use crate::exact::{self, Fraction};
use crate::scoring::{Collapsed, GateBound, GateCard, GateValue};

use super::figure::Number;
use super::published::{Printed, PublishedGate};

/// A score, or what stands instead of one, as it is published; a page shows it shorter where it has many decimals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScoreText {
    pub(crate) text: String,
    /// With two decimals, or as many as tell it apart from the bound it is judged by; `None` where the text is no longer.
    pub(crate) short: Option<String>,
}

impl ScoreText {
    /// As a page shows it.
    pub(crate) fn brief(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.text)
    }

    /// What makes one text of several, made of both.
    pub(super) fn of(parts: &[&Self], told: impl Fn(&[&str]) -> String) -> Self {
        let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        let briefs: Vec<&str> = parts.iter().map(|part| part.brief()).collect();
        Self {
            short: (briefs != texts).then(|| told(&briefs)),
            text: told(&texts),
        }
    }
}

impl From<&str> for ScoreText {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            short: None,
        }
    }
}

impl fmt::Display for ScoreText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

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
            Some(value) => (Some(computed_printed(value, bound)), None, None),
            None => (None, Some(number(&range.low)), Some(number(&range.high))),
        },
        GateValue::NoResponse => {
            let printed = Printed {
                text: "no response".to_owned(),
                short: None,
                exact: None,
            };
            (Some(printed), None, None)
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
            short: None,
            exact: Some(Fraction::from(*value)),
        },
        Collapsed::Computed(value) => computed_printed(value, bound),
        Collapsed::Verdict { passed } => Printed {
            text: if *passed { "pass" } else { "fail" }.to_owned(),
            short: None,
            exact: None,
        },
    }
}

fn computed_printed(value: &Fraction, bound: Option<Decimal>) -> Printed {
    let text = computed(value, bound);
    Printed {
        short: short(&text, value, bound),
        exact: Some(value.clone()),
        text,
    }
}

/// The value with two decimals, and with more where it would otherwise print like a bound that it is not.
pub(super) fn short(text: &str, value: &Fraction, bound: Option<Decimal>) -> Option<String> {
    let parted = bound.map(|bound| exact::parted_from(value, bound, exact::PLACES));
    let parted = parted.filter(|text| decimals(text) > exact::PLACES);
    let short = parted.unwrap_or_else(|| exact::fixed(value, exact::PLACES));
    (decimals(&short) < decimals(text)).then_some(short)
}

fn decimals(text: &str) -> usize {
    text.split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

fn computed(value: &Fraction, bound: Option<Decimal>) -> String {
    match bound {
        Some(bound) => exact::parted_from(value, bound, exact::MAX_PLACES),
        None => exact::trimmed(value, exact::MAX_PLACES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brief(numerator: i64, denominator: i64, bound: Option<i64>) -> (String, String) {
        let value = Fraction::new(numerator, denominator).unwrap();
        let printed = computed_printed(&value, bound.map(Decimal::from));
        let text = printed.score_text();
        (text.to_string(), text.brief().to_owned())
    }

    #[test]
    fn a_page_shows_two_decimals_of_a_mean_and_files_what_is_published() {
        let pair = |text: &str, brief: &str| (text.to_owned(), brief.to_owned());
        assert_eq!(brief(13, 3, None), pair("4.333333", "4.33"));
        assert_eq!(brief(9, 2, None), pair("4.5", "4.5"));
        assert_eq!(brief(17, 4, Some(3)), pair("4.25", "4.25"));
        assert_eq!(brief(35, 8, None), pair("4.375", "4.38"));
    }

    #[test]
    fn a_score_just_below_its_minimum_is_never_shown_as_that_minimum() {
        let (text, brief) = brief(2999, 1000, Some(3));
        assert_eq!((text.as_str(), brief.as_str()), ("2.999", "2.999"));
        assert_eq!(self::brief(29_999_997, 10_000_000, Some(3)).1, "2.9999997");
        assert_eq!(self::brief(5, 3, Some(3)).1, "1.67");
    }
}
