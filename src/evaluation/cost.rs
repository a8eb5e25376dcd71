//! Cost lines: what a tool costs, layer by layer and year by year, and what that is worth on the day of signing.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::criteria::{Costs, LayerIndex};
use crate::exact::{self, Fraction};

use super::{Evaluation, SheetIndex, VendorIndex};

/// The decimals of a total that becomes a price: the cent.
const CENT: usize = 2;

/// One line of a cost sheet, proven: layer and year are of the set, and the amount is in its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostLine {
    /// The position in [`Sheet::vendors`](super::Sheet::vendors).
    pub vendor: usize,
    /// The layer.
    pub layer: LayerIndex,
    /// The year, 0 is the day of signing.
    pub year: u8,
    /// The amount, 0 or more; 0 says that it is included. `None` if the line leaves it open.
    pub amount: Option<Decimal>,
    /// What is said about it, as typed.
    pub comment: Option<Arc<str>>,
    /// The row as a spreadsheet counts it: the header is row 1.
    pub row: u32,
}

/// What cost lines are worth on the day of signing; `None` if one of them leaves its amount open.
///
/// The exact sum of amount / (1 + d)^t. See [`Costs`] for the convention and its source.
#[must_use]
pub fn present_value<'a>(
    costs: &Costs,
    lines: impl IntoIterator<Item = &'a CostLine>,
) -> Option<Fraction> {
    let factors: Vec<Fraction> = costs.years().map(|year| costs.factor(year)).collect();
    let worth = |line: &CostLine| {
        let factor = factors.get(usize::from(line.year))?;
        Some(&Fraction::from(line.amount?) * factor)
    };
    let terms: Option<Vec<Fraction>> = lines.into_iter().map(worth).collect();
    Some(Fraction::sum(&terms?))
}

/// A total as a price is quoted: rounded once, half away from zero, to the cent; `None` beyond 12 digits before the point.
#[must_use]
pub fn quoted(total: &Fraction) -> Option<Decimal> {
    exact::read_decimal(&exact::fixed(total, CENT)).ok()
}

impl Evaluation {
    /// The sheet whose cost lines stand for a vendor: the last that is not withdrawn and has any; none while they are sealed.
    #[must_use]
    pub fn costs_from(&self, vendor: VendorIndex) -> Option<SheetIndex> {
        let sheets = self.sheet_indices().rev();
        sheets
            .filter(|_| !self.sealed)
            .filter(|sheet| !self.is_withdrawn(*sheet))
            .find(|sheet| self.costs_in(*sheet, vendor).next().is_some())
    }

    /// The cost lines that stand for a vendor, in the order of their sheet.
    pub fn costs_of(&self, vendor: VendorIndex) -> impl Iterator<Item = &CostLine> {
        let sheet = self.costs_from(vendor).into_iter();
        sheet.flat_map(move |sheet| self.costs_in(sheet, vendor))
    }

    /// The cost lines of one sheet about a vendor.
    fn costs_in(&self, sheet: SheetIndex, vendor: VendorIndex) -> impl Iterator<Item = &CostLine> {
        let filed = self.sheets.get(sheet.position()).into_iter();
        filed.flat_map(move |filed| {
            let lines = filed.sheet.costs().iter();
            lines.filter(move |line| filed.vendors.get(line.vendor) == Some(&vendor))
        })
    }
}
