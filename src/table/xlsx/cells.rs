//! The values of a tab, streamed, as texts in their places.

use std::collections::HashSet;
use std::io::{Read, Seek};

use calamine::{DataRef, Xlsx};
use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::table::Limits;

use super::bounds::Bounds;
use super::format::{Format, Shown};
use super::inside::Inside;
use super::merged::Merged;
use super::number;
use super::written::{Money, Written};
use super::{NotAWorkbook, Notice, Rounded, Tab, damaged};

/// How many rows from the top are looked at to find out whether a tab is a table.
const LOOKED_AT: usize = 60;

/// The most cells that are listed as showing another number than they hold.
const MAX_ROUNDED: usize = 20_000;

/// Where the text of a cell is; rows and columns count from 0.
#[derive(Clone, Copy)]
struct At {
    row: u32,
    column: u32,
    from: usize,
    to: usize,
}

/// A tab with the texts of its cells, all in one.
pub(super) struct Grid {
    name: String,
    texts: String,
    /// In the order of rows and columns.
    cells: Vec<At>,
    rounded: Vec<Rounded>,
    written: Written,
    money: Money,
    formulas: usize,
    merged: usize,
    over: Merged,
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
            texts: String::new(),
            cells: Vec::new(),
            rounded: Vec::new(),
            written: Written::default(),
            money: Money::default(),
            formulas: inside.saved,
            merged: 0,
            over: Merged::default(),
        };
        let mut met: HashSet<(u32, u32)> = HashSet::new();
        let mut reader = workbook
            .worksheet_cells_reader(name)
            .map_err(|error| damaged(&error))?;
        let formats: Vec<Format> = reader
            .styles()
            .iter()
            .map(|style| {
                let code = style.number_format.as_ref();
                Format::of(code.map_or("General", |format| &format.format_code))
            })
            .collect();
        let general = Format::of("General");
        while let Some((cell, style)) = reader
            .next_cell_with_style_id()
            .map_err(|error| damaged(&error))?
        {
            let (row, column) = cell.get_position();
            let format = formats.get(style).unwrap_or(&general);
            let unsaved = inside.unsaved.get(&(row, column));
            if unsaved.is_some() {
                met.insert((row, column));
            }
            let unsaved = unsaved.map(|formula| format!("={formula}"));
            if let (DataRef::Int(_) | DataRef::Float(_), Some(currency)) =
                (cell.get_value(), format.currency())
            {
                grid.money.meet(row, column, style, currency);
            }
            let text = unsaved.unwrap_or_else(|| grid.text(row, column, cell.get_value(), format));
            let is_shared = matches!(cell.get_value(), DataRef::SharedString(_));
            let text = if is_shared && inside.raised.contains(&text) {
                format!("{text} (partly raised)")
            } else {
                text
            };
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
            if matches!(
                cell.get_value(),
                DataRef::String(_) | DataRef::SharedString(_)
            ) {
                grid.written.meet(row, column, &text);
            }
            grid.put(row, column, &text);
        }
        for (&(row, column), formula) in &inside.unsaved {
            if !met.contains(&(row, column)) {
                grid.put(row, column, &format!("={formula}"));
            }
        }
        grid.sort();
        grid.written = std::mem::take(&mut grid.written).sorted();
        grid.fill_merged(inside, limits)?;
        Ok(grid)
    }

    fn put(&mut self, row: u32, column: u32, text: &str) {
        let from = self.texts.len();
        self.texts.push_str(text);
        self.cells.push(At {
            row,
            column,
            from,
            to: self.texts.len(),
        });
    }

    fn sort(&mut self) {
        if !self.cells.is_sorted_by_key(|at| (at.row, at.column)) {
            self.cells.sort_by_key(|at| (at.row, at.column));
        }
    }

    fn rows(&self) -> impl Iterator<Item = &[At]> {
        self.cells.chunk_by(|left, right| left.row == right.row)
    }

    fn text_at(&self, at: &At) -> &str {
        self.texts.get(at.from..at.to).unwrap_or_default()
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether one of the first rows looks like the head of a table.
    pub(super) fn has_row(&self, looks_like_table: impl Fn(&[&str]) -> bool) -> bool {
        self.rows().take(LOOKED_AT).any(|cells| {
            let cells: Vec<&str> = cells.iter().map(|at| self.text_at(at)).collect();
            looks_like_table(&cells)
        })
    }

    /// The tab as text, with what was noticed about it.
    pub(super) fn into_tab(self, inside: &Inside) -> Tab {
        let hidden = |count: usize, notice: fn(usize) -> Notice| (count > 0).then(|| notice(count));
        let rows = self.rows().filter_map(|cells| cells.first());
        let rows = rows.filter(|at| inside.hidden_rows.contains(&at.row));
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
            written: self.written,
            money: self.money.sorted(),
            merged: self.over,
            beside: Vec::new(),
        }
    }

    fn width(&self) -> u32 {
        let columns = self.cells.iter().map(|at| at.column);
        columns.max().map_or(0, |column| column.saturating_add(1))
    }

    /// Every row in its place: where the tab has none, the text has an empty line.
    fn csv(&self, width: u32) -> String {
        let mut text = String::new();
        let mut next = 0_u32;
        for cells in self.rows() {
            let row = cells.first().map_or(next, |at| at.row);
            for _ in next..row {
                text.push('\n');
            }
            next = row.saturating_add(1);
            let mut writer = WriterBuilder::new()
                .quote_style(QuoteStyle::Necessary)
                .terminator(Terminator::Any(b'\n'))
                .from_writer(Vec::new());
            let mut cells = cells.iter().peekable();
            let cells = (0..width).map(|column| {
                let here = cells.next_if(|at| at.column == column);
                here.map_or("", |at| self.text_at(at))
            });
            // Writing to memory cannot fail.
            let _ = writer.write_record(cells);
            let line = writer.into_inner().unwrap_or_default();
            text.push_str(&String::from_utf8_lossy(&line));
        }
        text
    }

    fn text(&mut self, row: u32, column: u32, value: &DataRef<'_>, format: &Format) -> String {
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

    fn number(&mut self, row: u32, column: u32, text: String, format: &Format) -> String {
        match format.shows(&text) {
            Shown::Same => text,
            Shown::Says(shown) => shown,
            Shown::Other(shows) => self.shown(row, column, text, Some(shows)),
            Shown::Unknown => self.shown(row, column, text, None),
        }
    }

    /// Remembers that a cell shows another number than it holds, or may; what it holds is read.
    fn shown(&mut self, row: u32, column: u32, holds: String, shows: Option<String>) -> String {
        if self.rounded.len() < MAX_ROUNDED {
            self.rounded.push(Rounded {
                row: row.saturating_add(1),
                column: usize::try_from(column).unwrap_or(usize::MAX),
                holds: holds.clone(),
                shows,
            });
        }
        holds
    }

    /// Notes which cells lie in merged ones, and gives those below each other what the merged cell says.
    fn fill_merged(&mut self, inside: &Inside, limits: &Limits) -> Result<(), NotAWorkbook> {
        let rows: Vec<u32> = self
            .rows()
            .filter_map(|cells| Some(cells.first()?.row))
            .collect();
        let (known, width) = (self.cells.len(), self.width());
        let mut bounds = Bounds::of(limits);
        let mut written = Written::default();
        for &area in &inside.merged {
            let find = |row: u32, column: u32| {
                let cells = self.cells.get(..known).unwrap_or_default();
                let key = |at: &At| (at.row, at.column);
                let at = cells.binary_search_by_key(&(row, column), key).ok()?;
                cells.get(at).copied()
            };
            let (from, column) = area.from;
            let Some(first) = find(from, column) else {
                continue;
            };
            let above = rows.partition_point(|row| *row < from);
            let end = rows.partition_point(|row| *row <= area.to.0);
            let within = rows.get(above..end).unwrap_or_default();
            self.over.add(area, within, width, &mut bounds)?;
            let is_other = |at: &At| self.text_at(at).trim() != self.text_at(&first).trim();
            let columns = column..area.to.1.saturating_add(1).min(width);
            let places = within
                .iter()
                .flat_map(|row| columns.clone().map(move |column| (*row, column)));
            let hiding: Vec<At> = places
                .filter_map(|(row, column)| find(row, column))
                .filter(is_other)
                .collect();
            let below = within.iter().copied().filter(|row| *row > from);
            let empty: Vec<u32> = below.filter(|row| find(*row, column).is_none()).collect();
            let is_written = self
                .written
                .has(from.saturating_add(1), column_number(column));
            for at in hiding {
                self.over.hides(at.row, at.column);
            }
            for row in empty {
                self.cells.push(At { row, ..first });
                if is_written {
                    let text = self.text_at(&first).to_owned();
                    written.meet(row, column, &text);
                }
                self.merged = self.merged.saturating_add(1);
            }
        }
        self.over = std::mem::take(&mut self.over).sorted();
        self.written.add(written);
        self.sort();
        self.cells.dedup_by_key(|at| (at.row, at.column));
        Ok(())
    }
}

fn column_number(column: u32) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}
