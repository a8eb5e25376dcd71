//! Rows of a long sheet in which there is nothing to wonder about, read without taking them apart first.
//!
//! A plain row has no quote and as many cells as the header. Its vendor, criterion and evaluator were met before, its score
//! was accepted before without notice or doubt, and its comment cannot be half of a number. Such a row is what the careful
//! reading makes of it; every other row is left to that.

use memchr::{memchr, memchr3};

use crate::criteria::CriterionIndex;
use crate::evaluation::{Entry, EntryIndex, Line};
use crate::table::Rows;

use super::super::Rule;
use super::super::columns::LongColumns;
use super::super::memory::{Met, begins_with};
use super::Reading;
use super::answers::{ScoreKey, ScoreMemory};

/// What is expected in the columns of a plain row.
#[derive(Debug)]
pub(in crate::sheets) struct PlainColumns {
    delimiter: u8,
    expected: Vec<Expected>,
    names_evaluator: bool,
    score: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Vendor,
    Criterion,
    Evaluator,
    Score,
    Comment,
    Weight,
    /// Anything: the column is not used.
    Whatever,
}

/// A plain row, of which nothing was kept yet.
#[derive(Debug, Default)]
struct PlainRow<'t> {
    vendor: Option<Met<usize>>,
    criterion: Option<Met<CriterionIndex>>,
    evaluator: Option<Met<usize>>,
    /// Its score, in one integer.
    score: ScoreKey,
    comment: &'t str,
    /// Whether its weight would have to be compared.
    weight: bool,
    /// How long it is, with its line end.
    length: usize,
}

impl PlainColumns {
    /// What to expect; `None` if rows of such a sheet hold more than answers.
    pub(in crate::sheets) fn of(columns: &LongColumns, reading: &Reading<'_>) -> Option<Self> {
        let header = &reading.header;
        let more = columns.scale.is_some()
            || !reading.maxima.is_empty()
            || !reading.units.is_empty()
            || !header.unnamed().is_empty()
            || header.cells() != header.width();
        if more || reading.written.is_some() {
            return None;
        }
        let mut expected = vec![Expected::Whatever; header.width()];
        for (column, what) in [
            (columns.vendor, Expected::Vendor),
            (Some(columns.criterion), Expected::Criterion),
            (columns.evaluator, Expected::Evaluator),
            (Some(columns.score), Expected::Score),
            (columns.comment, Expected::Comment),
            (columns.weight, Expected::Weight),
        ] {
            if let Some(place) = column.and_then(|column| expected.get_mut(column)) {
                *place = what;
            }
        }
        let is_met = |what| expected.contains(&what);
        let complete =
            is_met(Expected::Vendor) && is_met(Expected::Criterion) && is_met(Expected::Score);
        complete.then_some(Self {
            delimiter: reading.delimiter.byte(),
            names_evaluator: is_met(Expected::Evaluator),
            score: u16::try_from(columns.score).unwrap_or(u16::MAX),
            expected,
        })
    }

    /// Whether a cell ends before this byte.
    fn ends_cell(&self, next: Option<&u8>, is_last: bool) -> bool {
        match next {
            Some(b'\n' | b'\r') | None => is_last,
            Some(byte) => !is_last && *byte == self.delimiter,
        }
    }

    /// How long the cell ahead is; `None` if it has a quote, or the row ends in it or goes on behind it unexpectedly.
    fn cell<'t>(&self, ahead: &'t [u8], is_last: bool) -> Option<&'t [u8]> {
        let line_end = memchr3(b'"', b'\n', b'\r', ahead).unwrap_or(ahead.len());
        if ahead.get(line_end) == Some(&b'"') {
            return None;
        }
        let line = ahead.get(..line_end)?;
        match (memchr(self.delimiter, line), is_last) {
            (None, true) => Some(line),
            (Some(end), false) => line.get(..end),
            (None, false) | (Some(_), true) => None,
        }
    }
}

impl Reading<'_> {
    /// Reads plain rows until there is one that is not.
    ///
    /// # Errors
    /// [`Rule::TooManyRows`] beyond the limit.
    pub(in crate::sheets) fn plain_rows(
        &mut self,
        rows: &mut Rows<'_>,
        columns: &PlainColumns,
    ) -> Result<(), Rule> {
        let mut before = "";
        while let Some(ahead) = rows.ahead()
            && let Some(plain) = self.plain_row(ahead, before, columns)
            && let Some((line, entry)) = self.plain_line(&plain, columns)
        {
            self.count(1)?;
            let row = rows.pass(plain.length);
            self.lines.push_with(entry, &Line { row, ..line });
            before = plain.comment;
        }
        Ok(())
    }

    /// The row ahead, if it is plain; `before` is the comment of a plain row before it.
    fn plain_row<'t>(
        &self,
        text: &'t str,
        before: &str,
        columns: &PlainColumns,
    ) -> Option<PlainRow<'t>> {
        let mut row = PlainRow::default();
        let ahead = text.as_bytes();
        let mut rest = ahead;
        let last = columns.expected.len().saturating_sub(1);
        for (column, expected) in columns.expected.iter().enumerate() {
            let is_last = column == last;
            let ends = |next: Option<&u8>| columns.ends_cell(next, is_last);
            let cell = |rest| columns.cell(rest, is_last);
            let length = match expected {
                Expected::Vendor => {
                    let met = self.vendor_cells.ahead(rest, is_last, ends, cell)?;
                    row.vendor = Some(met);
                    met.length
                }
                Expected::Criterion => {
                    let met = self.criterion_cells.ahead(rest, is_last, ends, cell)?;
                    row.criterion = Some(met);
                    met.length
                }
                Expected::Evaluator => {
                    let met = self.evaluator_cells.ahead(rest, is_last, ends, cell)?;
                    row.evaluator = Some(met);
                    met.length
                }
                Expected::Score => {
                    let ahead = ScoreMemory::ahead(rest, columns.delimiter).filter(|_| !is_last);
                    let (key, length) = ahead.or_else(|| {
                        let length = (0..=ScoreMemory::LONGEST).find(|at| ends(rest.get(*at)))?;
                        Some((ScoreMemory::key(rest.get(..length)?)?, length))
                    })?;
                    row.score = key;
                    length
                }
                Expected::Comment => {
                    let is_same =
                        begins_with(rest, before.as_bytes()) && ends(rest.get(before.len()));
                    let length = if is_same {
                        before.len()
                    } else {
                        cell(rest)?.len()
                    };
                    let from = ahead.len().saturating_sub(rest.len());
                    row.comment = text.get(from..from.saturating_add(length))?;
                    length
                }
                Expected::Weight => {
                    let weight = cell(rest)?;
                    row.weight = !weight.is_empty();
                    weight.len()
                }
                Expected::Whatever => cell(rest)?.len(),
            };
            let parted = length.saturating_add(usize::from(!is_last));
            rest = rest.get(parted..)?;
        }
        let line_end = match rest {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        row.length = ahead
            .len()
            .saturating_sub(rest.len())
            .saturating_add(line_end);
        Some(row)
    }

    /// What a plain row answers; `None` if there is more to it than that.
    fn plain_line<'t>(
        &mut self,
        row: &PlainRow<'t>,
        columns: &PlainColumns,
    ) -> Option<(Line<'t>, EntryIndex)> {
        let (vendor, criterion) = (row.vendor?, row.criterion?);
        let evaluator = match row.evaluator {
            Some(met) => met.meaning,
            None if columns.names_evaluator => return None,
            None => self.unsigned_met(criterion.meaning)?,
        };
        if row.weight && !*self.weights_compared.get(criterion.meaning.position())? {
            return None;
        }
        let known = self.scores.recall_key(criterion.meaning, row.score)?;
        let entry = self.lines.entry_at(known);
        let comment = match row.comment.as_bytes() {
            [] if matches!(entry, Entry::Answer(_)) && self.consensus == Some(evaluator) => {
                return None;
            }
            [] => None,
            // What begins otherwise may be blank, half of a number, or a text in disguise.
            [first, ..] if first.is_ascii_alphabetic() => Some(row.comment),
            [..] => return None,
        };
        self.vendor_cells.was_at(vendor.place);
        self.criterion_cells.was_at(criterion.place);
        if let Some(met) = row.evaluator {
            self.evaluator_cells.was_at(met.place);
        }
        let line = Line {
            vendor: vendor.meaning,
            evaluator,
            criterion: criterion.meaning,
            entry,
            comment,
            row: 0,
            column: columns.score,
        };
        Some((line, known))
    }
}
