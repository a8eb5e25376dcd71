//! The values of a tab, streamed, as texts in their places.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use calamine::{DataRef, Xlsx};
use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::table::Limits;

use super::inside::Inside;
use super::number::{self, Format};
use super::{NotAWorkbook, Notice, Rounded, Tab, damaged};

/// How many rows from the top are looked at to find out whether a tab is a table.
const LOOKED_AT: usize = 60;

/// A tab with the texts of its cells; rows and columns count from 0.
pub(super) struct Grid {
    name: String,
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    rounded: Vec<Rounded>,
    formulas: usize,
    merged: usize,
}

impl Grid {
    /// Streams the cells of a tab: one far away costs no more than one near by.
    pub(super) fn read<R: Read + Seek>(
        workbook: &mut Xlsx<R>,
        name: &str,
        inside: &Inside,
        limits: &Limits,
    ) -> Result<Self, NotAWorkbook> {
        let mut grid = Self {
            name: name.to_owned(),
            rows: BTreeMap::new(),
            rounded: Vec::new(),
            formulas: 0,
            merged: 0,
        };
        let mut reader = workbook
            .worksheet_cells_reader(name)
            .map_err(|error| damaged(&error))?;
        let formats: Vec<Format> = reader
            .styles()
            .iter()
            .map(|style| {
                let code = style.number_format.as_ref();
                code.map_or(Format::Plain, |format| Format::of(&format.format_code))
            })
            .collect();
        while let Some((cell, style)) = reader
            .next_cell_with_style_id()
            .map_err(|error| damaged(&error))?
        {
            let (row, column) = cell.get_position();
            let format = formats.get(style).copied().unwrap_or(Format::Plain);
            let saved = match inside.formulas.get(&(row, column)) {
                Some(Some(formula)) => Some(format!("={formula}")),
                Some(None) => {
                    grid.formulas = grid.formulas.saturating_add(1);
                    None
                }
                None => None,
            };
            let text = saved.unwrap_or_else(|| grid.text(row, column, cell.get_value(), format));
            if text.is_empty() {
                continue;
            }
            if usize::try_from(column).map_or(true, |column| column >= limits.max_columns) {
                return Err(NotAWorkbook::TooWide {
                    row: row.saturating_add(1),
                    column: column.saturating_add(1),
                    max: limits.max_columns,
                });
            }
            grid.rows.entry(row).or_default().insert(column, text);
        }
        for (&(row, column), formula) in &inside.formulas {
            if let Some(formula) = formula {
                let cells = grid.rows.entry(row).or_default();
                cells.entry(column).or_insert_with(|| format!("={formula}"));
            }
        }
        grid.fill_merged(inside);
        Ok(grid)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether one of the first rows looks like the head of a table.
    pub(super) fn has_row(&self, looks_like_table: impl Fn(&[&str]) -> bool) -> bool {
        self.rows.values().take(LOOKED_AT).any(|cells| {
            let cells: Vec<&str> = cells.values().map(String::as_str).collect();
            looks_like_table(&cells)
        })
    }

    /// The tab as text, with what was noticed about it.
    pub(super) fn into_tab(self, inside: &Inside) -> Tab {
        let hidden = |count: usize, notice: fn(usize) -> Notice| (count > 0).then(|| notice(count));
        let rows = self
            .rows
            .keys()
            .filter(|row| inside.hidden_rows.contains(row));
        let width = self.width();
        let columns = (0..width).filter(|column| {
            let mut spans = inside.hidden_columns.iter();
            spans.any(|(from, to)| (*from..=*to).contains(column))
        });
        let notices = [
            hidden(rows.count(), Notice::HiddenRows),
            hidden(columns.count(), Notice::HiddenColumns),
            hidden(self.formulas, Notice::SavedFormulas),
            hidden(self.merged, Notice::Merged),
        ];
        Tab {
            notices: notices.into_iter().flatten().collect(),
            text: self.csv(width),
            name: self.name,
            rounded: self.rounded,
        }
    }

    fn width(&self) -> u32 {
        let last = self
            .rows
            .values()
            .filter_map(|cells| cells.keys().next_back());
        last.max().map_or(0, |column| column.saturating_add(1))
    }

    /// Every row in its place: where the tab has none, the text has an empty line.
    fn csv(&self, width: u32) -> String {
        let mut text = String::new();
        let mut next = 0_u32;
        for (row, cells) in &self.rows {
            for _ in next..*row {
                text.push('\n');
            }
            next = row.saturating_add(1);
            let mut writer = WriterBuilder::new()
                .quote_style(QuoteStyle::Necessary)
                .terminator(Terminator::Any(b'\n'))
                .from_writer(Vec::new());
            let cells = (0..width).map(|column| cells.get(&column).map_or("", String::as_str));
            // Writing to memory cannot fail.
            let _ = writer.write_record(cells);
            let line = writer.into_inner().unwrap_or_default();
            text.push_str(&String::from_utf8_lossy(&line));
        }
        text
    }

    fn text(&mut self, row: u32, column: u32, value: &DataRef<'_>, format: Format) -> String {
        match value {
            DataRef::Int(number) => self.number(row, column, number.to_string(), format),
            DataRef::Float(number) => self.number(row, column, number::text(*number), format),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                text.clone()
            }
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Bool(true) => "TRUE".to_owned(),
            DataRef::Bool(false) => "FALSE".to_owned(),
            DataRef::DateTime(date) => {
                let (year, month, day, ..) = date.to_ymd_hms_milli();
                format!("{year:04}-{month:02}-{day:02}")
            }
            DataRef::Error(error) => error.to_string(),
            DataRef::Empty => String::new(),
        }
    }

    fn number(&mut self, row: u32, column: u32, text: String, format: Format) -> String {
        match format {
            Format::Plain => text,
            Format::Percent => number::percent(&text),
            Format::Decimals(decimals) => {
                let shows = number::shown_otherwise(&text, decimals);
                self.shown(row, column, text, shows)
            }
            Format::Thousands(groups, decimals) => {
                let shows = number::shown_in_thousands(&text, groups, decimals);
                self.shown(row, column, text, shows)
            }
        }
    }

    /// Remembers that a cell shows another number than it holds, if it does; what it holds is read.
    fn shown(&mut self, row: u32, column: u32, holds: String, shows: Option<String>) -> String {
        if let Some(shows) = shows {
            self.rounded.push(Rounded {
                row: row.saturating_add(1),
                column: usize::try_from(column).unwrap_or(usize::MAX),
                holds: holds.clone(),
                shows,
            });
        }
        holds
    }

    /// Gives the cells below each other that are merged what the merged cell says.
    fn fill_merged(&mut self, inside: &Inside) {
        for &(from, to, column) in &inside.merged {
            let Some(text) = self
                .rows
                .get(&from)
                .and_then(|cells| cells.get(&column))
                .cloned()
            else {
                continue;
            };
            let below: Vec<u32> = self
                .rows
                .range(from.saturating_add(1)..=to)
                .map(|(row, _)| *row)
                .collect();
            for row in below {
                if let Some(cells) = self.rows.get_mut(&row) {
                    cells.entry(column).or_insert_with(|| text.clone());
                    self.merged = self.merged.saturating_add(1);
                }
            }
        }
    }
}
