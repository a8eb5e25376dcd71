//! Cost sheets: one row per vendor, layer and year, which together make the amount of the priced criterion.

mod rule;

pub use rule::CostRule;

use crate::criteria::{Costs, LayerIndex};
use crate::table::name::fold;
use crate::table::{Rows, write};

use super::header::Header;
use super::problem::Findings;
use super::reading::{CostCells, Reading};
use super::role::Role;
use super::texts::{is_blank, text_of};
use super::{Declared, Problem, Rule};

/// What the columns of a cost sheet are for.
#[derive(Debug)]
pub(super) struct CostColumns {
    /// `None` if the whole sheet is about a declared vendor.
    vendor: Option<usize>,
    layer: usize,
    year: usize,
    amount: usize,
    currency: usize,
    comment: Option<usize>,
}

/// A column of a cost sheet is missing, which is told.
#[derive(Debug)]
pub(super) struct Incomplete;

/// What offices call the columns; the first word of each is the one that the formats promise.
const LAYER: [&str; 6] = [
    "layer",
    "cost layer",
    "cost type",
    "kostenart",
    "kostenebene",
    "ebene",
];
const YEAR: [&str; 4] = ["year", "contract year", "jahr", "vertragsjahr"];
const AMOUNT: [&str; 5] = ["amount", "cost", "costs", "betrag", "kosten"];
const CURRENCY: [&str; 3] = ["currency", "währung", "waehrung"];
const WORDS: [&[&str]; 4] = [&LAYER, &YEAR, &AMOUNT, &CURRENCY];

/// How much a row looks like the header of a cost sheet; 0 if it is none.
pub(super) fn likeness(cells: &[&str]) -> usize {
    let headings: Vec<String> = cells
        .iter()
        .map(|cell| fold(write::restore(cell.trim())))
        .collect();
    if !are_of_costs(&headings) {
        return 0;
    }
    let has = |words: &&[&str]| headings.iter().any(|one| words.contains(&one.as_str()));
    WORDS.iter().filter(|words| has(words)).count()
}

/// Layers of cost, with years or amounts, and neither criteria nor scores.
fn are_of_costs(headings: &[String]) -> bool {
    let has = |words: &[&str]| headings.iter().any(|one| words.contains(&one.as_str()));
    let is_scored = |one: &String| matches!(Role::of(one), Role::Criterion | Role::Score);
    has(&LAYER) && (has(&YEAR) || has(&AMOUNT)) && !headings.iter().any(is_scored)
}

/// The columns, if the header is a cost sheet's; `None` if it is another kind of sheet.
pub(super) fn columns(
    header: &Header,
    declared: &Declared,
    problems: &mut Findings,
    warnings: &mut Findings,
) -> Option<Result<CostColumns, Incomplete>> {
    let folded: Vec<String> = (0..header.width())
        .map(|column| fold(header.heading(column).unwrap_or_default()))
        .collect();
    if !are_of_costs(&folded) {
        return None;
    }
    let role = |column: usize| {
        let heading = header.heading(column).unwrap_or_default();
        declared
            .role(heading, column)
            .unwrap_or_else(|| Role::of(heading))
    };
    let named =
        |words: &'static [&'static str]| move |column: &usize| folded_at(header, *column, words);
    let mut taken = Vec::new();
    let mut one = |found: &dyn Fn(&usize) -> bool| {
        let mut columns = (0..header.width()).filter(found);
        let first = columns.next();
        for column in columns {
            if let Some(first) = first {
                problems.push(header.duplicate(first, column));
            }
            taken.push(column);
        }
        taken.extend(first);
        first
    };
    let vendor = one(&|column| role(*column) == Role::Vendor);
    let layer = one(&named(&LAYER));
    let year = one(&named(&YEAR));
    let amount = one(&named(&AMOUNT));
    let currency = one(&named(&CURRENCY));
    let comment = one(&|column| role(*column) == Role::Comment);
    let unread = (0..header.width()).filter(|column| !taken.contains(column));
    for column in unread.filter(|column| role(*column) != Role::Aside) {
        if header.heading(column).is_some_and(|text| !text.is_empty()) {
            warnings.push(header.problem(column, Rule::ColumnIgnored));
        }
    }
    if let (Some(column), Some(_)) = (vendor, declared.vendor()) {
        problems.push(header.problem(column, Rule::VendorDeclaredTwice));
    }
    let is_of_vendor = vendor.is_some() || declared.vendor().is_some();
    let needed = [
        ("vendor", is_of_vendor),
        ("layer", layer.is_some()),
        ("year", year.is_some()),
        ("amount", amount.is_some()),
        ("currency", currency.is_some()),
    ];
    for (name, _) in needed.into_iter().filter(|(_, is_there)| !is_there) {
        problems.push(Problem::of_file(CostRule::MissingColumn(name).into()));
    }
    if !is_of_vendor {
        return Some(Err(Incomplete));
    }
    let columns = || {
        Some(CostColumns {
            vendor,
            layer: layer?,
            year: year?,
            amount: amount?,
            currency: currency?,
            comment,
        })
    };
    Some(columns().ok_or(Incomplete))
}

fn folded_at(header: &Header, column: usize, words: &[&str]) -> bool {
    let heading = fold(header.heading(column).unwrap_or_default());
    words.contains(&heading.as_str())
}

/// Reads all rows below the header.
///
/// # Errors
/// What stops the reading: a limit, a file that is no CSV, or a set that takes no costs.
pub(super) fn read(
    rows: &mut Rows<'_>,
    columns: &CostColumns,
    reading: &mut Reading<'_>,
) -> Result<(), Rule> {
    let Some((criterion, priced, costs)) = reading.set().costed() else {
        return Err(CostRule::NotExpected.into());
    };
    let needed = [
        columns.vendor.unwrap_or(0),
        columns.layer,
        columns.year,
        columns.amount,
        columns.currency,
    ];
    let needed = needed.into_iter().max().unwrap_or(0);
    let mut unnamed = reading.header.unnamed();
    while let Some(row) = rows.advance() {
        let cells = rows.cells();
        if cells.iter().all(is_blank) {
            continue;
        }
        reading.count(1)?;
        if !reading.fits(row, cells, needed) {
            continue;
        }
        reading.refuse_unnamed(row, cells, &mut unnamed);
        let cell = |column: usize| cells.get(column).unwrap_or_default();
        let vendor = match columns.vendor {
            Some(column) => reading.vendor(row, column, cell(column)),
            None => reading.declared_vendor(),
        };
        let layer = costs_layer(costs, text_of(cell(columns.layer)));
        let layer = reading.taken(row, columns.layer, cell(columns.layer), layer);
        let year = costs_year(costs.horizon(), text_of(cell(columns.year)));
        let year = reading.taken(row, columns.year, cell(columns.year), year);
        let currency = currency_is(priced.currency(), text_of(cell(columns.currency)));
        reading.taken(row, columns.currency, cell(columns.currency), currency);
        reading.cost(&CostCells {
            row,
            column: columns.amount,
            criterion,
            vendor,
            layer,
            year,
            amount: cell(columns.amount),
            comment: columns.comment.map(cell).unwrap_or_default(),
            comment_follows: columns.comment == Some(columns.amount.saturating_add(1)),
        });
    }
    reading.total_costs(priced, costs, criterion, columns.amount);
    Ok(())
}

fn costs_layer(costs: &Costs, cell: &str) -> Result<LayerIndex, Rule> {
    let name = write::restore(cell.trim());
    if name.is_empty() {
        return Err(CostRule::MissingLayer.into());
    }
    costs.layer(name).ok_or_else(|| {
        let rule = CostRule::UnknownLayer {
            near: costs.nearest_layer(name).map(str::to_owned),
            layers: costs.layers().join(", "),
        };
        rule.into()
    })
}

/// `0`, `3`, `Year 3`, `Jahr 3`.
fn costs_year(horizon: u8, cell: &str) -> Result<u8, Rule> {
    let folded = fold(cell.trim());
    let number = ["year ", "jahr ", "y"]
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .unwrap_or(&folded);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return Err(CostRule::NotAYear(horizon).into());
    }
    let year = number.parse::<u8>().ok().filter(|year| *year <= horizon);
    year.ok_or_else(|| CostRule::YearOutside(horizon).into())
}

/// An amount is never converted: it is in the currency of the price, which is said in every row.
fn currency_is(wanted: Option<&str>, cell: &str) -> Result<(), Rule> {
    let said = cell.trim();
    let Some(wanted) = wanted else {
        return Err(CostRule::NoCurrency.into());
    };
    if said.is_empty() {
        return Err(CostRule::MissingCurrency(wanted.to_owned()).into());
    }
    if said.eq_ignore_ascii_case(wanted) || (said == "€" && wanted == "EUR") {
        return Ok(());
    }
    Err(CostRule::OtherCurrency(wanted.to_owned()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_costs_has_layers_with_years_or_amounts_and_no_criteria() {
        assert_eq!(
            likeness(&["vendor", "layer", "year", "amount", "currency"]),
            4
        );
        assert_eq!(
            likeness(&["Anbieter", "Kostenart", "Jahr", "Betrag", "Währung"]),
            4
        );
        assert_eq!(likeness(&["layer", "amount"]), 2);
        assert_eq!(likeness(&["criterion", "layer", "year"]), 0);
        assert_eq!(likeness(&["vendor", "year", "amount"]), 0);
        assert_eq!(likeness(&["vendor", "layer", "comment"]), 0);
    }

    #[test]
    fn a_year_is_counted_from_signing_up_to_the_horizon() {
        for (cell, year) in [
            ("0", 0),
            (" 5 ", 5),
            ("Year 3", 3),
            ("Jahr 1", 1),
            ("Y2", 2),
            ("05", 5),
        ] {
            assert_eq!(costs_year(5, cell), Ok(year), "{cell}");
        }
        for cell in ["", "first", "1.5", "-1", "1e0", "year"] {
            assert_eq!(
                costs_year(5, cell),
                Err(CostRule::NotAYear(5).into()),
                "{cell}"
            );
        }
        for cell in ["6", "2026", "999999999999"] {
            assert_eq!(
                costs_year(5, cell),
                Err(CostRule::YearOutside(5).into()),
                "{cell}"
            );
        }
    }

    #[test]
    fn an_amount_in_another_currency_is_never_taken() {
        assert_eq!(currency_is(Some("EUR"), "eur"), Ok(()));
        assert_eq!(currency_is(Some("EUR"), "€"), Ok(()));
        let other = CostRule::OtherCurrency("EUR".to_owned());
        assert_eq!(currency_is(Some("EUR"), "USD"), Err(other.into()));
        let missing = CostRule::MissingCurrency("EUR".to_owned());
        assert_eq!(currency_is(Some("EUR"), " "), Err(missing.into()));
    }
}
