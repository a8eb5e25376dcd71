//! Text to rows of cells, each with the number a spreadsheet shows beside it.

use std::ops::Range;
use std::vec;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Delimiter, Scan};

/// The rows of a text, read one after the other into the same memory.
///
/// The reader skips blank lines and counts lines in its own way, so rows are counted here: a cell with line breaks is
/// part of one row, a blank line is a row, and LF, CRLF and CR end a row alike.
#[derive(Debug)]
pub struct Rows<'a> {
    text: &'a str,
    delimiter: Delimiter,
    parts: vec::IntoIter<Part>,
    open: Option<Open<'a>>,
    cells: ByteRecord,
    row: u32,
}

#[derive(Debug)]
enum Part {
    Read(Range<usize>),
    /// One row that the scan does not trust, with its line end.
    Broken(Range<usize>),
}

/// What comes next in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met<'a> {
    /// The row with this number; [`Rows::cells`] holds its cells.
    Row(u32),
    /// The row with this number, whose quotes are broken, as it is written.
    Broken(u32, &'a str),
}

#[derive(Debug)]
struct Open<'a> {
    bytes: &'a [u8],
    reader: Reader<&'a [u8]>,
}

impl<'a> Rows<'a> {
    /// The rows of a scanned text; those whose quotes are broken are left out and counted.
    #[must_use]
    pub fn new(text: &'a str, delimiter: Delimiter, scan: &Scan) -> Self {
        let mut parts = Vec::new();
        let mut from = 0;
        for untrusted in &scan.untrusted {
            parts.push(Part::Read(from..untrusted.start));
            parts.push(Part::Broken(untrusted.clone()));
            from = untrusted.end;
        }
        parts.push(Part::Read(from..text.len()));
        Self {
            text,
            delimiter,
            parts: parts.into_iter(),
            open: None,
            cells: ByteRecord::new(),
            row: 0,
        }
    }

    /// The rows of a text that nobody has looked at yet.
    pub(super) fn trusting(text: &'a str, delimiter: Delimiter) -> Self {
        Self::new(text, delimiter, &Scan::default())
    }

    /// Reads the next row that is not an empty line; gives its number as a spreadsheet shows it.
    ///
    /// # Errors
    /// What the reader refuses, which no text in memory makes it do.
    pub fn advance(&mut self) -> Result<Option<u32>, csv::Error> {
        loop {
            match self.advance_to_any()? {
                None => return Ok(None),
                Some(Met::Row(row)) => return Ok(Some(row)),
                Some(Met::Broken(..)) => {}
            }
        }
    }

    /// Goes on to the next row that is not an empty line, be its quotes in order or not.
    ///
    /// # Errors
    /// What the reader refuses, which no text in memory makes it do.
    pub fn advance_to_any(&mut self) -> Result<Option<Met<'a>>, csv::Error> {
        loop {
            let Some(open) = &mut self.open else {
                match self.parts.next() {
                    None => return Ok(None),
                    Some(Part::Broken(range)) => {
                        self.row = self.row.saturating_add(1);
                        let line = self.text.get(range).unwrap_or_default();
                        return Ok(Some(Met::Broken(self.row, line)));
                    }
                    Some(Part::Read(range)) => self.open(range),
                }
                continue;
            };
            let blank = open.blank_lines_ahead();
            self.row = self.row.saturating_add(blank);
            if open.reader.read_byte_record(&mut self.cells)? {
                self.row = self.row.saturating_add(1);
                return Ok(Some(Met::Row(self.row)));
            }
            self.open = None;
        }
    }

    /// The cells of the row read last. They are valid UTF-8: the text is, and it is cut at ASCII characters only.
    #[must_use]
    pub fn cells(&self) -> &ByteRecord {
        &self.cells
    }

    fn open(&mut self, range: Range<usize>) {
        let bytes = self.text.as_bytes().get(range).unwrap_or_default();
        let reader = ReaderBuilder::new()
            .delimiter(self.delimiter.byte())
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        self.open = Some(Open { bytes, reader });
    }
}

impl Open<'_> {
    /// How many empty lines the reader will skip before the next row.
    fn blank_lines_ahead(&self) -> u32 {
        let at = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let (before, ahead) = self.bytes.split_at_checked(at).unwrap_or_default();
        // The reader takes the second half of a CRLF for the beginning of the next row.
        let mut ahead = match (before.last(), ahead) {
            (Some(b'\r'), [b'\n', rest @ ..]) => rest,
            _ => ahead,
        };
        let mut blank = 0_u32;
        while let [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] = ahead {
            ahead = rest;
            blank = blank.saturating_add(1);
        }
        blank
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Limits, scan};

    fn rows(text: &str) -> Vec<(u32, String)> {
        let scan = scan(text, Delimiter::Comma, &Limits::default()).unwrap();
        let mut rows = Rows::new(text, Delimiter::Comma, &scan);
        let mut read = Vec::new();
        while let Some(row) = rows.advance().unwrap() {
            let first = rows.cells().get(0).unwrap();
            read.push((row, String::from_utf8(first.to_vec()).unwrap()));
        }
        read
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them_under_every_line_end() {
        let text = "a\n\"b\n\nb\",x\n\n\nc\nd";
        for end in ["\n", "\r\n", "\r"] {
            let numbers: Vec<u32> = rows(&text.replace('\n', end))
                .iter()
                .map(|row| row.0)
                .collect();
            assert_eq!(numbers, [1, 2, 5, 6], "{end:?}");
        }
        let mixed: Vec<u32> = rows("a\r\n\nb\r\rc\n\r\nd\r\n")
            .iter()
            .map(|row| row.0)
            .collect();
        assert_eq!(mixed, [1, 3, 5, 7]);
    }

    #[test]
    fn a_row_whose_quote_is_never_closed_is_left_out_and_the_rows_after_it_are_not() {
        let read = rows("a\r\n\"b\r\n\r\nc\r\n\"3\"5\r\nd\r\n");
        assert_eq!(read, [(1, "a".into()), (4, "c".into()), (6, "d".into())]);
    }
}
