//! What is declared about a spreadsheet of criteria, so that nothing has to be guessed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::table::name::fold;

use super::super::PricePin;
use super::role::Role;
use super::scale::{SaidScale, ends};
use super::weights::declared_number;

/// The most statements about one file.
const MAX_STATEMENTS: usize = 500;
/// The most characters on either side of one.
const MAX_TEXT: usize = 300;

/// Statements about a spreadsheet of criteria, each a pair of texts.
///
/// | statement | meaning |
/// |---|---|
/// | `scale` = `1..5`, `step` = `0.5` | the scale of every criterion whose heading or columns say none |
/// | `weight-column` = `CIO weight` | which of several columns of weights counts |
/// | `weights` = `equal` or `maximum` | where no weights are written: all the same, or each as much as its highest score |
/// | `priority` = `weights` or `order` | what numbers under "Priority" are: weights, or an order in which 1 comes first and each number's weight is declared |
/// | `weight:Must` = `5` or `pass-fail` | this word in the column of weights stands for this weight, or for a gate without one |
/// | `price:Cost` = `10000..50000:EUR`, `lowest-ratio:EUR` or `rated` | this criterion is an amount, scored between two amounts or by a rule; or it is none |
/// | `heading-numbers` = `maximum` or `name` | what the numbers are in headings like `Windows (11)` |
/// | `table` = `Security` | which of several tables is meant, by its caption |
/// | `column:Topic` = `criterion` | what a column is: a role of score sheets, or `id`, `category`, `description`, `anchors` |
#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub(super) scale: Option<SaidScale>,
    pub(super) step: Option<Decimal>,
    pub(super) weight_column: Option<String>,
    pub(super) unweighted: Option<Unweighted>,
    pub(super) heading_numbers: Option<HeadingNumbers>,
    pub(super) priority: Option<Priority>,
    pub(super) table: Option<String>,
    columns: BTreeMap<String, Role>,
    weights: BTreeMap<String, WeightWord>,
    prices: BTreeMap<String, PriceTerm>,
}

/// What criteria weigh that say no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unweighted {
    Equal,
    Maximum,
}

/// What numbers in parentheses behind the names of criteria are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadingNumbers {
    Maximum,
    Name,
}

/// What numbers in a column of priorities are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Priority {
    Weights,
    /// An order: the first is the most important.
    Order,
}

/// What a word in the column of weights stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WeightWord {
    Weight(Decimal),
    PassFail,
}

/// How the amounts of a criterion score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Price {
    pub(super) rule: String,
    pub(super) range: Option<(Decimal, Decimal)>,
    pub(super) currency: String,
    pub(super) maximum: Option<Decimal>,
}

/// What a criterion with amounts is declared to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PriceTerm {
    Priced(Price),
    Rated,
}

/// Why a statement cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotATerm {
    /// It is about nothing that can be declared.
    #[error(
        "this is not a declaration; write scale, step, weight-column, weights, priority, heading-numbers, table, column:HEADING, weight:WORD or price:CRITERION"
    )]
    Unknown,
    /// It is too long, or one too many.
    #[error("at most {MAX_STATEMENTS} declarations of {MAX_TEXT} characters are taken")]
    TooMuch,
    /// It is no scale.
    #[error("write the lowest and the highest score, like 1..5")]
    NoScale,
    /// It is no step.
    #[error("write the distance of two scores as a number above 0, like 1 or 0.5")]
    NoStep,
    /// It is no weight.
    #[error(
        "write the weight as a number of 0 or more without signs for thousands, like 3 or 1000, or pass-fail"
    )]
    NoWeight,
    /// It is no way to weigh.
    #[error("write equal or maximum")]
    NoWay,
    /// It is nothing that such a number can be.
    #[error("write maximum or name")]
    NoNumber,
    /// It is nothing that priorities can be.
    #[error("write weights or order")]
    NoPriority,
    /// It is no price.
    #[error(
        "write two amounts without signs for thousands and a currency, like 10000..50000:EUR (the first scores full, the second nothing), or lowest-ratio:EUR, linear-to-lowest:EUR, linear-range:EUR, or rated"
    )]
    NoPrice,
    /// It is nothing that a column can be.
    #[error(
        "a column is criterion, id, category, description, anchors, weight, vendor, score, evaluator, comment or ignore"
    )]
    NoRole,
}

impl Terms {
    /// Whether a form's field of this name is about the criteria of a spreadsheet.
    #[must_use]
    pub fn is_statement(field: &str) -> bool {
        matches!(
            field,
            "scale"
                | "step"
                | "weight-column"
                | "weights"
                | "priority"
                | "heading-numbers"
                | "table"
        ) || ["column:", "weight:", "price:"]
            .iter()
            .any(|kind| field.starts_with(kind))
    }

    /// Takes statements; those with nothing on their right side say nothing.
    ///
    /// # Errors
    /// Every statement that cannot be taken, with the reason.
    pub fn parse<'t>(
        statements: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, Vec<(String, NotATerm)>> {
        let mut terms = Self::default();
        let mut wrong = Vec::new();
        let said = statements
            .into_iter()
            .map(|(field, text)| (field, text.trim()));
        for (count, (field, text)) in said.filter(|(_, text)| !text.is_empty()).enumerate() {
            let length = field.chars().count().max(text.chars().count());
            if count >= MAX_STATEMENTS || length > MAX_TEXT {
                wrong.push((field.to_owned(), NotATerm::TooMuch));
            } else if let Err(why) = terms.take(field, text) {
                wrong.push((field.to_owned(), why));
            }
        }
        if wrong.is_empty() {
            Ok(terms)
        } else {
            Err(wrong)
        }
    }

    fn take(&mut self, field: &str, text: &str) -> Result<(), NotATerm> {
        match field.split_once(':') {
            None if field == "scale" => {
                let (min, max) = ends(text).ok_or(NotATerm::NoScale)?;
                self.scale = Some(SaidScale {
                    min,
                    max,
                    step: None,
                });
            }
            None if field == "step" => {
                let read = declared_number(text).filter(|step| *step > Decimal::ZERO);
                self.step = Some(read.ok_or(NotATerm::NoStep)?);
            }
            None if field == "weight-column" => self.weight_column = Some(fold(text)),
            None if field == "weights" => {
                self.unweighted = Some(match fold(text).as_str() {
                    "equal" => Unweighted::Equal,
                    "maximum" => Unweighted::Maximum,
                    _ => return Err(NotATerm::NoWay),
                });
            }
            None if field == "heading-numbers" => {
                self.heading_numbers = Some(match fold(text).as_str() {
                    "maximum" => HeadingNumbers::Maximum,
                    "name" => HeadingNumbers::Name,
                    _ => return Err(NotATerm::NoNumber),
                });
            }
            None if field == "priority" => {
                self.priority = Some(match fold(text).as_str() {
                    "weights" => Priority::Weights,
                    "order" => Priority::Order,
                    _ => return Err(NotATerm::NoPriority),
                });
            }
            None if field == "table" => self.table = Some(fold(text)),
            Some(("column", heading)) => {
                let role = Role::declared(text).ok_or(NotATerm::NoRole)?;
                self.columns.insert(fold(heading), role);
            }
            Some(("weight", word)) => {
                let weight = match fold(text).as_str() {
                    "pass-fail" => WeightWord::PassFail,
                    number => {
                        let read = declared_number(number);
                        let read = read.filter(|weight| *weight >= Decimal::ZERO);
                        WeightWord::Weight(read.ok_or(NotATerm::NoWeight)?)
                    }
                };
                self.weights.insert(fold(word), weight);
            }
            Some(("price", criterion)) => {
                self.prices.insert(fold(criterion), price(text)?);
            }
            None | Some(_) => return Err(NotATerm::Unknown),
        }
        Ok(())
    }

    /// What the column with this heading at this place is declared to be.
    pub(super) fn role(&self, heading: &str, column: usize) -> Option<Role> {
        let by_heading = self.columns.get(&fold(heading));
        by_heading
            .or_else(|| self.columns.get(&letters(column).to_lowercase()))
            .copied()
    }

    pub(super) fn weight(&self, word: &str) -> Option<WeightWord> {
        self.weights.get(&fold(word)).copied()
    }

    pub(super) fn price(&self, title: &str, id: &str) -> Option<&PriceTerm> {
        let by_title = self.prices.get(&fold(title));
        by_title.or_else(|| self.prices.get(&fold(id)).filter(|_| !id.is_empty()))
    }
}

/// The name of a column by its place, 0 is `A`.
pub(super) fn letters(column: usize) -> String {
    u16::try_from(column).map_or_else(|_| String::new(), crate::table::workbook::column_letters)
}

fn price(text: &str) -> Result<PriceTerm, NotATerm> {
    if fold(text) == "rated" {
        return Ok(PriceTerm::Rated);
    }
    let (how, currency) = text.split_once(':').ok_or(NotATerm::NoPrice)?;
    let currency = currency.trim().to_uppercase();
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(NotATerm::NoPrice);
    }
    let rule = match fold(how).as_str() {
        "lowest-ratio" => Some("lowest-ratio"),
        "linear-to-lowest" => Some("linear-to-lowest"),
        "linear-range" => Some("linear-range"),
        _ => None,
    };
    if let Some(rule) = rule {
        return Ok(PriceTerm::Priced(Price {
            rule: rule.to_owned(),
            range: None,
            currency,
            maximum: None,
        }));
    }
    let (floor, ceiling) = how.split_once("..").ok_or(NotATerm::NoPrice)?;
    let amount = |text: &str| declared_number(text).ok_or(NotATerm::NoPrice);
    let (floor, ceiling) = (amount(floor)?, amount(ceiling)?);
    // What a price range may be is said in one place.
    PricePin::new("price", floor, ceiling, &currency).map_err(|_| NotATerm::NoPrice)?;
    Ok(PriceTerm::Priced(Price {
        rule: "fixed-range".to_owned(),
        range: Some((floor, ceiling)),
        currency,
        maximum: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_found_in_any_case_and_every_wrong_one_is_told() {
        let terms = Terms::parse([
            ("scale", "1..5"),
            ("step", "0,5"),
            ("weight:Must", "pass-fail"),
            ("weight:should", "3"),
            ("price:Licence cost", "10000..50000:eur"),
            ("column:Topic", "criterion"),
            ("table", " "),
        ])
        .unwrap();
        assert_eq!(terms.weight("MUST"), Some(WeightWord::PassFail));
        assert_eq!(terms.role("topic", 3), Some(Role::Criterion));
        assert!(terms.price("licence  cost", "").is_some());
        assert!(terms.table.is_none());
        assert!(terms.scale.is_some());
        assert_eq!(terms.step, Some(Decimal::new(5, 1)));
        let wrong = Terms::parse([
            ("scale", "5..1"),
            ("step", "0"),
            ("weights", "some"),
            ("weight:H", "-1"),
            ("price:X", "5..1:EUR"),
            ("price:Y", "1..5:euros"),
            ("column:Z", "vendors"),
            ("weight:M", "1.000"),
            ("step", "1,000"),
            ("scale", "0..1.000"),
            ("price:Z", "10.000..50.000:EUR"),
            ("shape", "wide"),
        ])
        .unwrap_err();
        let whys: Vec<NotATerm> = wrong.into_iter().map(|(_, why)| why).collect();
        assert_eq!(
            whys,
            [
                NotATerm::NoScale,
                NotATerm::NoStep,
                NotATerm::NoWay,
                NotATerm::NoWeight,
                NotATerm::NoPrice,
                NotATerm::NoPrice,
                NotATerm::NoRole,
                NotATerm::NoWeight,
                NotATerm::NoStep,
                NotATerm::NoScale,
                NotATerm::NoPrice,
                NotATerm::Unknown,
            ]
        );
    }
}
