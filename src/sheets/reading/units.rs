//! What a sheet says of the currency or the unit of an amount, in a column of its own.

use crate::criteria::{Criterion, CriterionIndex, Kind};
use crate::table::Cells;
use crate::table::name::fold;

use super::super::amount::other_unit;
use super::super::header::Header;
use super::super::texts::text_of;
use super::super::{Declared, Rule};
use super::Reading;

/// The headings of such columns.
const HEADINGS: [&str; 8] = [
    "currency",
    "curr",
    "curr.",
    "w\u{e4}hrung",
    "waehrung",
    "unit",
    "units",
    "einheit",
];

/// The columns of units that are not declared to be something else.
pub(super) fn columns(header: &Header, declared: &Declared) -> Vec<usize> {
    let is_said = |column: &usize| {
        let heading = header.heading(*column).unwrap_or_default();
        HEADINGS.contains(&fold(heading).as_str()) && declared.role(heading, *column).is_none()
    };
    (0..header.width()).filter(is_said).collect()
}

impl Reading<'_> {
    /// Refuses amounts that the row says to be in something else than the criterion's currency.
    pub(super) fn units(&mut self, row: u32, cells: &Cells, criterion: CriterionIndex) {
        let criterion = self.set().criteria().get(criterion.position());
        let Some(Kind::Priced(priced)) = criterion.map(Criterion::kind) else {
            return;
        };
        let wrong: Vec<(usize, &str, Rule)> = self
            .units
            .iter()
            .filter_map(|column| {
                let said = text_of(cells.get(*column)?).trim();
                Some((*column, said, other_unit(said, priced.currency())?))
            })
            .collect();
        for (column, said, rule) in wrong {
            self.problem(row, column, said, rule);
        }
    }
}
