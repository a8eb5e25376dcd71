//! Criteria whose cells are amounts of money.

use rust_decimal::Decimal;

use crate::exact::read_decimal;
use crate::table::name::fold;
use crate::table::words;

use super::Question;
use super::draft::{Draft, Findings, Kind, Weight};
use super::terms::{Price, PriceTerm, Terms};

/// A price of which nothing is said yet.
pub(super) fn unpriced() -> Price {
    Price {
        rule: "fixed-range".to_owned(),
        range: None,
        currency: String::new(),
        maximum: None,
    }
}

/// Makes a criterion what it is declared to be; asks for the amounts of a price that has none.
pub(super) fn declared(draft: &mut Draft, terms: &Terms, findings: &mut Findings) {
    match terms.price(&draft.title, &draft.id) {
        Some(PriceTerm::Priced(price)) => {
            let maximum = match &draft.kind {
                Kind::Priced(before) => before.maximum,
                Kind::Rated | Kind::PassFail => None,
            };
            draft.kind = Kind::Priced(Price {
                maximum,
                ..price.clone()
            });
            draft.gate = None;
        }
        Some(PriceTerm::Rated) => draft.kind = Kind::Rated,
        None => {
            let is_open = |price: &Price| price.rule == "fixed-range" && price.range.is_none();
            if matches!(&draft.kind, Kind::Priced(price) if is_open(price)) {
                findings.ask(question(draft));
            }
        }
    }
}

/// Asks about a criterion that nothing is declared of, if its cells are amounts.
pub(super) fn ask<'t>(
    draft: &Draft,
    mut cells: impl Iterator<Item = &'t str>,
    terms: &Terms,
    findings: &mut Findings,
) {
    let is_rated = draft.kind == Kind::Rated && draft.weight != Weight::PassFail;
    if !is_rated || terms.price(&draft.title, &draft.id).is_some() {
        return;
    }
    let named = words::PRICE.iter().any(|word| {
        let folded = fold(&draft.title);
        folded.split(' ').any(|part| part == *word)
    });
    if cells.any(|cell| is_amount(cell) || (named && is_large(cell))) {
        findings.ask(question(draft));
    }
}

fn question(draft: &Draft) -> Question {
    let title = &draft.title;
    let message = format!(
        "\"{title}\" holds amounts: between which two do they score? Write the amount that scores full, the one that \
         scores nothing and the currency, like 10000..50000:EUR; or lowest-ratio:EUR to compare with the lowest; or rated, \
         if its words are scores"
    );
    Question::typed(format!("price:{title}"), "price-needed", message)
}

/// Whether a cell is money beyond doubt: digits with the sign or the code of a currency.
pub(super) fn is_amount(cell: &str) -> bool {
    let has_digit = cell.bytes().any(|byte| byte.is_ascii_digit());
    let has_code = cell
        .split(|letter: char| !letter.is_ascii_alphabetic())
        .any(|word| {
            matches!(
                word,
                "EUR" | "USD" | "GBP" | "CHF" | "JPY" | "SEK" | "NOK" | "DKK"
            )
        });
    has_digit && (cell.contains(['€', '$', '£', '¥']) || has_code)
}

fn is_large(cell: &str) -> bool {
    let digits: String = cell
        .chars()
        .filter(|letter| !" '’.,".contains(*letter))
        .collect();
    read_decimal(&digits).is_ok_and(|amount| amount >= Decimal::ONE_THOUSAND)
}
