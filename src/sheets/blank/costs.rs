//! The cost sheet to fill in: a row for every vendor, layer of cost and year.

use jiff::Timestamp;

use crate::criteria::CriteriaSet;
use crate::table::workbook::{At, Footer, Style, Workbook, WorkbookError};
use crate::table::{CsvText, Name, Separator};

/// The headings that the formats promise.
const HEADINGS: [&str; 6] = ["vendor", "layer", "year", "amount", "currency", "comment"];
/// The widths of its columns, in characters.
const WIDTHS: [u8; 6] = [24, 20, 8, 16, 10, 40];

/// A cost sheet with every vendor, layer and year, and no amount.
#[derive(Debug, Clone, Copy)]
pub struct CostBlank<'a> {
    /// The criteria set; one without costs makes a sheet without rows.
    pub set: &'a CriteriaSet,
    /// The vendors, in the order of the sheet.
    pub vendors: &'a [Name],
}

impl CostBlank<'_> {
    /// Every vendor, layer, year and currency.
    fn rows(&self) -> Vec<(&str, &str, u8, &str)> {
        let Some((_, priced, costs)) = self.set.costed() else {
            return Vec::new();
        };
        let currency = priced.currency().unwrap_or_default();
        let mut rows = Vec::new();
        for vendor in self.vendors {
            for layer in costs.layers() {
                let years = costs.years();
                rows.extend(years.map(|year| (vendor.shown(), layer.as_str(), year, currency)));
            }
        }
        rows
    }

    /// The sheet as CSV.
    #[must_use]
    pub fn to_csv(&self, separator: Separator) -> Vec<u8> {
        let mut csv = CsvText::new(separator);
        for heading in HEADINGS {
            csv.text(heading);
        }
        csv.end_row();
        for (vendor, layer, year, currency) in self.rows() {
            csv.text(vendor).text(layer).text(&year.to_string());
            csv.number(None).text(currency).text("");
            csv.end_row();
        }
        csv.into_bytes()
    }

    /// The sheet as a workbook, in which only amounts and comments can be typed.
    ///
    /// # Errors
    /// [`WorkbookError`] if it outgrows what a spreadsheet holds.
    pub fn to_xlsx(&self, at: Timestamp) -> Result<Vec<u8>, WorkbookError> {
        let subject = format!("{}, version {}", self.set.id(), self.set.version());
        let mut workbook = Workbook::new(self.set.title(), &subject, at);
        let mut sheet = workbook.sheet("Costs")?;
        sheet.texts(At::new(0, 0), &HEADINGS, Style::HEAD);
        sheet.widths(&WIDTHS);
        for (row, (vendor, layer, year, currency)) in (1..).zip(self.rows()) {
            sheet.text(At::new(row, 0), vendor, Style::WRAPPED);
            sheet.text(At::new(row, 1), layer, Style::WRAPPED);
            sheet.text(At::new(row, 2), &year.to_string(), Style::WRAPPED);
            sheet.blank(At::new(row, 3), Style::PLAIN.open());
            sheet.text(At::new(row, 4), currency, Style::WRAPPED);
            sheet.blank(At::new(row, 5), Style::WRAPPED.as_text().open());
        }
        let footer = Footer {
            left: vec![subject],
            right: vec![at.strftime("%Y-%m-%d").to_string()],
        };
        sheet.freeze(At::new(1, 1));
        sheet.print(Some((0, 0)), &footer);
        sheet.protect();
        workbook.add(sheet)?;
        workbook.into_bytes()
    }
}
