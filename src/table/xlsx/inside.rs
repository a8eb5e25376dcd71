//! What the part of a tab says beside its values: hidden rows and columns, merged cells, formulas.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::bounds::{Bounds, LAST_COLUMN, LAST_ROW};
use super::package::attribute;
use super::{NotAWorkbook, damaged};
use crate::exact::read_decimal;

/// The most merged cells of a tab; each can be as large as the tab.
const MAX_MERGED: usize = 20_000;

/// The most groups of columns that are hidden; there are no more columns.
const MAX_COLUMNS: usize = 16_384;

/// Whether the cells of a tab stand in the order of rows and columns, as spreadsheets write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// They do: two in one place stand beside each other, and none is remembered.
    Kept,
    /// They do not: all are remembered.
    Any,
}

/// The places met so far.
enum Met {
    Last(Option<(u32, u32)>),
    All(HashSet<(u32, u32)>),
}

impl Met {
    fn of(order: Order) -> Self {
        match order {
            Order::Kept => Self::Last(None),
            Order::Any => Self::All(HashSet::new()),
        }
    }

    /// Meets the next place; false if it does not stand in order.
    fn insert(&mut self, at: (u32, u32)) -> Result<bool, NotAWorkbook> {
        let is_new = match self {
            Self::Last(last) => match last.replace(at) {
                Some(before) if at < before => return Ok(false),
                before => before != Some(at),
            },
            Self::All(met) => met.insert(at),
        };
        if is_new {
            Ok(true)
        } else {
            Err(NotAWorkbook::Twice("cells"))
        }
    }
}

fn beyond() -> NotAWorkbook {
    NotAWorkbook::Damaged("a cell lies beyond the last row or column".to_owned())
}

/// Merged cells: the row and the column of the first and of the last, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) from: (u32, u32),
    pub(super) to: (u32, u32),
}

/// What a tab says beside its values. Rows and columns count from 0.
#[derive(Debug, Default)]
pub(super) struct Inside {
    pub(super) hidden_rows: HashSet<u32>,
    /// From, to, both included.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) merged: Vec<Area>,
    /// How many cells are formulas whose results were saved.
    pub(super) saved: usize,
    /// The cells that are formulas without a saved result, with the text of the formula.
    pub(super) unsaved: HashMap<(u32, u32), String>,
    /// Texts of the workbook that would be read as a number although a part of them is raised.
    pub(super) raised: HashSet<String>,
    /// The cells that are formulas whose saved result is 0.
    zeros: HashMap<(u32, u32), String>,
}

/// Which text of a cell is read.
#[derive(Default, PartialEq)]
enum Within {
    #[default]
    Neither,
    Formula,
    Value,
}

/// A cell while its element is read.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    formula: Option<String>,
    within: Within,
    has_value: bool,
    /// Whether the value is written `0`.
    is_zero: bool,
    /// Elements that hold its value: more than one leave open which counts.
    values: usize,
    /// How many pieces the value is in.
    pieces: usize,
    /// Whether it is a text, which may be empty and in pieces.
    is_text: bool,
}

impl Open {
    /// Meets an element that holds a value: a number or a text.
    fn value(&mut self, is_plain: bool, is_empty: bool) -> Result<(), NotAWorkbook> {
        self.values = self.values.saturating_add(1);
        if self.values > 1 {
            return Err(NotAWorkbook::Twice("values"));
        }
        if is_plain && !is_empty {
            self.within = Within::Value;
        }
        self.has_value |= !is_empty && (self.is_text || !is_plain);
        Ok(())
    }

    /// Meets a piece of a value; what reads numbers takes only one.
    fn piece(&mut self) -> Result<(), NotAWorkbook> {
        self.has_value = true;
        self.pieces = self.pieces.saturating_add(1);
        if self.pieces > 1 && !self.is_text {
            return Err(NotAWorkbook::Damaged("a number in pieces".to_owned()));
        }
        Ok(())
    }
}

impl Inside {
    /// Reads a tab to its end; `None` if its cells do not stand in order, and were to.
    pub(super) fn read(
        part: impl BufRead,
        order: Order,
        bounds: &mut Bounds,
    ) -> Result<Option<Self>, NotAWorkbook> {
        let mut xml = Reader::from_reader(part);
        let mut buffer = Vec::new();
        let mut inside = Self::default();
        let mut met = Met::of(order);
        let mut columns = 0_usize;
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut open = Open::default();
        loop {
            buffer.clear();
            let event = xml.read_event_into(&mut buffer);
            let (element, is_empty) = match event.map_err(|error| damaged(&error))? {
                Event::Start(element) => (element, false),
                Event::Empty(element) => (element, true),
                Event::Text(text) if open.within == Within::Formula => {
                    if let Some(formula) = &mut open.formula {
                        formula.push_str(&text);
                    }
                    continue;
                }
                Event::Text(text) if open.within == Within::Value => {
                    open.piece()?;
                    open.is_zero = &*text == "0";
                    continue;
                }
                Event::GeneralRef(_) if open.within == Within::Value => {
                    open.piece()?;
                    continue;
                }
                Event::Comment(_) | Event::PI(_) if open.values > 0 => {
                    return Err(NotAWorkbook::Damaged("a remark inside a value".to_owned()));
                }
                Event::End(element) => {
                    match element.local_name().as_ref() {
                        "f" | "v" => open.within = Within::Neither,
                        "c" => inside.close(std::mem::take(&mut open)),
                        "row" => row = row.saturating_add(1),
                        _ => {}
                    }
                    continue;
                }
                Event::Eof => return Ok(Some(inside)),
                _ => continue,
            };
            match element.local_name().as_ref() {
                "row" => {
                    row = number(&element, "r").map_or(row, |number| number.saturating_sub(1));
                    column = 0;
                    bounds.row()?;
                    if row > LAST_ROW {
                        return Err(beyond());
                    }
                    if is_hidden(&element) {
                        inside.hidden_rows.insert(row);
                    }
                    if is_empty {
                        row = row.saturating_add(1);
                    }
                }
                "c" => {
                    let place = attribute(&element, "r").and_then(|name| place(&name));
                    let at = place.unwrap_or((row, column));
                    column = at.1.saturating_add(1);
                    bounds.cells(1)?;
                    if at.0 > LAST_ROW || at.1 > LAST_COLUMN {
                        return Err(beyond());
                    }
                    if !met.insert(at)? {
                        return Ok(None);
                    }
                    let kind = (!is_empty).then(|| attribute(&element, "t")).flatten();
                    open = Open {
                        at,
                        is_text: matches!(kind.as_deref(), Some("str")),
                        ..Open::default()
                    };
                }
                "f" => {
                    open.formula = Some(String::new());
                    open.within = if is_empty {
                        Within::Neither
                    } else {
                        Within::Formula
                    };
                }
                "v" | "is" => open.value(element.local_name().as_ref() == "v", is_empty)?,
                "col" if is_hidden(&element) => {
                    columns = columns.saturating_add(1);
                    if columns > MAX_COLUMNS {
                        return Err(beyond());
                    }
                    let ends = (number(&element, "min"), number(&element, "max"));
                    if let (Some(from), Some(to)) = ends {
                        let ends = (from.saturating_sub(1), to.saturating_sub(1));
                        inside.hidden_columns.push(ends);
                    }
                }
                "mergeCell" => inside.merge(&element)?,
                _ => {}
            }
        }
    }

    fn close(&mut self, open: Open) {
        match open.formula {
            Some(formula) if open.has_value => {
                self.saved = self.saved.saturating_add(1);
                if open.is_zero {
                    self.zeros.insert(open.at, formula);
                }
            }
            Some(formula) => {
                self.unsaved.insert(open.at, formula);
            }
            None => {}
        }
    }

    /// Takes no 0 for a result if every formula has it: in a workbook that is to be computed when it is opened, programs that
    /// compute nothing write it for all of them.
    pub(super) fn distrust_zeros(&mut self) {
        if self.saved == self.zeros.len() {
            self.saved = 0;
            self.unsaved.extend(self.zeros.drain());
        }
    }

    fn merge(&mut self, element: &BytesStart<'_>) -> Result<(), NotAWorkbook> {
        let ends = attribute(element, "ref").and_then(|range| {
            let (first, last) = range.split_once(':')?;
            Some((place(first)?, place(last)?))
        });
        if let Some((from, to)) = ends
            && from != to
            && from.0 <= to.0
            && from.1 <= to.1
        {
            if self.merged.len() >= MAX_MERGED {
                return Err(NotAWorkbook::TooLarge);
            }
            self.merged.push(Area { from, to });
        }
        Ok(())
    }
}

/// Whether a row or a column is hidden, be it by having no height or width.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    let is_nothing = |name: &str| {
        let size = attribute(element, name);
        size.and_then(|size| read_decimal(&size).ok())
            .is_some_and(|size| size.is_zero())
    };
    matches!(attribute(element, "hidden").as_deref(), Some("1" | "true"))
        || is_nothing("ht")
        || is_nothing("width")
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.parse().ok()
}

/// `B3` is row 2, column 1, both from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = name.split_at_checked(digits)?;
    let mut column = 0_u32;
    for letter in letters.chars() {
        let value = letter.to_ascii_uppercase().to_digit(36)?.checked_sub(9)?;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    Some((
        row.parse::<u32>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_by_letters_and_numbers() {
        for (name, at) in [
            ("A1", Some((0, 0))),
            ("B3", Some((2, 1))),
            ("AA10", Some((9, 26))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("1", None),
            ("A0", None),
            ("A", None),
        ] {
            assert_eq!(place(name), at, "{name}");
        }
    }
}
