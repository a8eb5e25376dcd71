//! Prices of one evaluation, pinned into its own criteria set.

use std::str::FromStr;

use rust_decimal::Decimal;
use thiserror::Error;

use super::splice::{SpliceError, with_price};
use super::{CriteriaSet, CriterionIndex, Kind, PriceRule, SetLimits, Suggestion};
use crate::criteria::reading::is_currency;
use crate::exact::{NotANumber, read_decimal};
use crate::table::name;

/// The price range and currency that one evaluation gives to a priced criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricePin {
    criterion: String,
    floor: Decimal,
    ceiling: Decimal,
    currency: String,
}

/// Why a text is no price range.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PinError {
    /// The text is not `ID=FLOOR..CEILING:CUR`.
    #[error("\"{text}\" is no price range; write it like CST-TCO=100000..900000:EUR")]
    Shape {
        /// The text.
        text: String,
    },
    /// One end is not a number.
    #[error(
        "the {end} \"{text}\" is not read as an amount: {why}; write it like CST-TCO=100000..900000:EUR"
    )]
    Amount {
        /// `floor` or `ceiling`.
        end: &'static str,
        /// The text.
        text: String,
        /// The part of the grammar it breaks.
        why: NotANumber,
    },
    /// The range begins below 0.
    #[error("the floor {floor} is below 0; write an amount of 0 or more")]
    NegativeFloor {
        /// The floor.
        floor: Decimal,
    },
    /// The floor is not below the ceiling.
    #[error(
        "the floor {floor} is not below the ceiling {ceiling}; the floor is the amount that scores full, the ceiling the one that scores nothing"
    )]
    EmptyRange {
        /// The floor.
        floor: Decimal,
        /// The ceiling.
        ceiling: Decimal,
    },
    /// The currency is not three capital letters.
    #[error("the currency \"{text}\" is not written with three capital letters, like EUR")]
    Currency {
        /// The text.
        text: String,
    },
}

impl PricePin {
    /// Makes a price range for a criterion.
    ///
    /// # Errors
    /// [`PinError`] if the amounts are no range or the currency is no code.
    pub fn new(
        criterion: &str,
        floor: Decimal,
        ceiling: Decimal,
        currency: &str,
    ) -> Result<Self, PinError> {
        if floor < Decimal::ZERO {
            return Err(PinError::NegativeFloor { floor });
        }
        if floor >= ceiling {
            return Err(PinError::EmptyRange { floor, ceiling });
        }
        if !is_currency(currency) {
            let text = currency.to_owned();
            return Err(PinError::Currency { text });
        }
        Ok(Self {
            criterion: criterion.to_owned(),
            floor,
            ceiling,
            currency: currency.to_owned(),
        })
    }

    /// The id of the criterion.
    #[must_use]
    pub fn criterion(&self) -> &str {
        &self.criterion
    }

    /// The amount that scores full.
    #[must_use]
    pub fn floor(&self) -> Decimal {
        self.floor
    }

    /// The amount that scores nothing.
    #[must_use]
    pub fn ceiling(&self) -> Decimal {
        self.ceiling
    }

    /// The currency, as three capital letters.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }
}

/// Reads `CST-TCO=100000..900000:EUR`.
impl FromStr for PricePin {
    type Err = PinError;

    fn from_str(text: &str) -> Result<Self, PinError> {
        let parts = text.split_once('=').and_then(|(criterion, rest)| {
            let (range, currency) = rest.rsplit_once(':')?;
            let (floor, ceiling) = range.split_once("..")?;
            Some((criterion, floor, ceiling, currency))
        });
        let (criterion, floor, ceiling, currency) = match parts {
            Some(parts) if !parts.0.trim().is_empty() => parts,
            _ => {
                let text = text.to_owned();
                return Err(PinError::Shape { text });
            }
        };
        let amount = |end, text: &str| {
            read_decimal(text).map_err(|why| PinError::Amount {
                end,
                text: text.to_owned(),
                why,
            })
        };
        let floor = amount("floor", floor)?;
        let ceiling = amount("ceiling", ceiling)?;
        Self::new(criterion.trim(), floor, ceiling, currency)
    }
}

/// Why a price range cannot be pinned into a set.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PinProblem {
    /// The set has no such criterion.
    #[error("the set has no criterion \"{criterion}\"{near}; write the id of a priced criterion")]
    UnknownCriterion {
        /// The id.
        criterion: String,
        /// The id that was perhaps meant.
        near: Suggestion,
    },
    /// The criterion is not priced.
    #[error("the criterion \"{criterion}\" is not priced and takes no price range; leave it out")]
    NotPriced {
        /// The id.
        criterion: String,
    },
    /// Two ranges for one criterion.
    #[error("the criterion \"{criterion}\" is given two price ranges; keep one")]
    Twice {
        /// The id.
        criterion: String,
    },
    /// The set's text has the price in a form that cannot be changed from outside.
    #[error(
        "the price of \"{criterion}\" stands in a form that cannot be changed; write it in one line: price = {{ rule = \"fixed-range\" }}"
    )]
    Unchangeable {
        /// The id.
        criterion: String,
    },
}

impl PinProblem {
    /// The stable name of the rule, in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownCriterion { .. } => "unknown-criterion",
            Self::NotPriced { .. } => "not-priced",
            Self::Twice { .. } => "duplicate-price-range",
            Self::Unchangeable { .. } => "unchangeable-price",
        }
    }
}

impl CriteriaSet {
    /// Whether a rule measures the price of one vendor by those of others.
    #[must_use]
    pub fn compares_prices(&self) -> bool {
        let relative =
            |kind: &Kind| matches!(kind, Kind::Priced(priced) if priced.rule().is_relative());
        self.criteria()
            .iter()
            .any(|criterion| relative(criterion.kind()))
    }

    /// The priced criteria that need a price range and have none yet.
    #[must_use]
    pub fn prices_needed(&self) -> Vec<CriterionIndex> {
        let needs = |kind: &Kind| match kind {
            Kind::Priced(priced) => {
                priced.rule() == PriceRule::FixedRange && priced.range().is_none()
            }
            Kind::Rated(_) | Kind::PassFail => false,
        };
        self.indexed_criteria()
            .filter(|(_, criterion)| needs(criterion.kind()))
            .map(|(index, _)| index)
            .collect()
    }

    /// The set with price ranges written into its own TOML, so that it has a hash of its own.
    ///
    /// # Errors
    /// Every pin that cannot be written.
    pub fn with_prices(&self, pins: &[PricePin]) -> Result<Self, Vec<PinProblem>> {
        let mut set = self.clone();
        let mut problems = Vec::new();
        for (earlier, pin) in pins.iter().enumerate() {
            let is_double = pins
                .iter()
                .take(earlier)
                .any(|other| other.criterion == pin.criterion);
            if is_double {
                let criterion = pin.criterion.clone();
                problems.push(PinProblem::Twice { criterion });
                continue;
            }
            match set.with_price(pin) {
                Ok(pinned) => set = pinned,
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            Ok(set)
        } else {
            Err(problems)
        }
    }

    fn with_price(&self, pin: &PricePin) -> Result<Self, PinProblem> {
        let criterion = pin.criterion.clone();
        let Some(index) = self.criterion_index(&criterion) else {
            let priced = self
                .criteria()
                .iter()
                .filter(|one| matches!(one.kind(), Kind::Priced(_)));
            let near = name::nearest(&criterion, priced, |one| one.id());
            let near = Suggestion::new(near.map(|one| one.id().to_owned()));
            return Err(PinProblem::UnknownCriterion { criterion, near });
        };
        let is_priced = |set: &Self| match set
            .criteria
            .get(index.position())
            .map(super::Criterion::kind)
        {
            Some(Kind::Priced(priced)) => Some(priced.clone()),
            _ => None,
        };
        if is_priced(self).is_none() {
            return Err(PinProblem::NotPriced { criterion });
        }
        let unchangeable = || PinProblem::Unchangeable {
            criterion: criterion.clone(),
        };
        let source = with_price(&self.source, index.position(), pin)
            .map_err(|SpliceError| unchangeable())?;
        let set = Self::parse(&source, &SetLimits::NONE).map_err(|_| unchangeable())?;
        // What was written is read again: a price in an unusual form must not be pinned to the wrong place.
        let holds = is_priced(&set).is_some_and(|priced| {
            priced.currency() == Some(pin.currency())
                && priced.range().is_some_and(|range| {
                    range.floor() == pin.floor && range.ceiling() == pin.ceiling
                })
        });
        if holds { Ok(set) } else { Err(unchangeable()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(price: &str) -> CriteriaSet {
        let source = format!(
            "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\n[[category]]\nid = \"c\"\ntitle = \"C\"\n\
             [[criterion]]\nid = \"P\"\ncategory = \"c\"\ntitle = \"Price\"\nweight = 100\n{price}\n\
             [[criterion]]\nid = \"F\"\ncategory = \"c\"\ntitle = \"Contract\"\nkind = \"pass-fail\"\n"
        );
        CriteriaSet::parse(&source, &SetLimits::default()).unwrap()
    }

    fn pin(text: &str) -> PricePin {
        text.parse().unwrap()
    }

    #[test]
    fn a_price_range_is_written_as_id_floor_ceiling_and_currency() {
        let read = pin("CST-TCO=100000..900000.50:EUR");
        assert_eq!(read.criterion(), "CST-TCO");
        assert_eq!(read.floor().to_string(), "100000");
        assert_eq!(read.ceiling().to_string(), "900000.50");
        assert_eq!(read.currency(), "EUR");
    }

    #[test]
    fn a_text_that_is_no_price_range_is_refused_with_the_way_to_write_it() {
        for (text, part) in [
            ("P", "write it like"),
            ("=1..2:EUR", "write it like"),
            ("P=1-2:EUR", "write it like"),
            ("P=1..2", "write it like"),
            ("P=1_0..20:EUR", "the floor \"1_0\""),
            ("P=1..2k:EUR", "the ceiling \"2k\""),
            ("P=2..2:EUR", "not below the ceiling"),
            ("P=-1..2:EUR", "below 0"),
            ("P=1..2:eur", "three capital letters"),
            ("P=1..2:EURO", "three capital letters"),
        ] {
            let error = text.parse::<PricePin>().unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn a_range_is_pinned_whatever_form_the_price_is_written_in() {
        for (price, expected) in [
            (
                "price = { rule = \"fixed-range\" } # later",
                "price = { rule = \"fixed-range\", floor = 10, ceiling = 20, currency = \"EUR\" } # later",
            ),
            (
                "price = {}",
                "price = { floor = 10, ceiling = 20, currency = \"EUR\" }",
            ),
            (
                "price = { floor = 1, ceiling = 2, currency = \"USD\", maximum = 3 }",
                "price = { floor = 10, ceiling = 20, currency = \"EUR\", maximum = 3 }",
            ),
            (
                "price.rule = \"fixed-range\"",
                "price.rule = \"fixed-range\"\nprice.floor = 10\nprice.ceiling = 20\nprice.currency = \"EUR\"",
            ),
            (
                "  [criterion.price] # here\n  rule = \"fixed-range\" # there",
                "  [criterion.price] # here\n  rule = \"fixed-range\" # there\n  floor = 10\n  ceiling = 20\n  currency = \"EUR\"",
            ),
            (
                "kind = \"priced\"",
                "kind = \"priced\"\nprice = { floor = 10, ceiling = 20, currency = \"EUR\" }",
            ),
        ] {
            let before = set(price);
            let after = before.with_prices(&[pin("P=10..20:EUR")]).unwrap();
            assert!(after.source().contains(expected), "{}", after.source());
            assert_ne!(before.sha256(), after.sha256());
            assert!(after.prices_needed().is_empty());
            let again = after.with_prices(&[pin("P=10..20:EUR")]).unwrap();
            assert_eq!(
                after.sha256(),
                again.sha256(),
                "pinning twice changes nothing"
            );
        }
    }

    #[test]
    fn only_fixed_ranges_without_a_range_need_one() {
        let open = set("price = { rule = \"fixed-range\" }");
        assert_eq!(open.prices_needed(), [CriterionIndex::at(0)]);
        assert!(
            set("price = { rule = \"lowest-ratio\" }")
                .prices_needed()
                .is_empty()
        );
    }

    #[test]
    fn every_pin_that_cannot_be_written_is_told() {
        let open = set("price = { rule = \"fixed-range\" }");
        let pins = ["Q=1..2:EUR", "F=1..2:EUR", "P=1..2:EUR", "P=1..3:EUR"].map(pin);
        let problems = open.with_prices(&pins).unwrap_err();
        let codes: Vec<&str> = problems.iter().map(PinProblem::code).collect();
        assert_eq!(
            codes,
            ["unknown-criterion", "not-priced", "duplicate-price-range"]
        );
    }
}
