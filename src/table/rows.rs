//! Text to rows of cells, each with the number a spreadsheet shows beside it.

use std::ops::Range;
use std::vec;

use csv::{ByteRecord, Reader, ReaderBuilder};
use memchr::{memchr, memchr3};

use super::{BYTE_ORDER_MARK, Cells, Delimiter, Scan};

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
    cells: Cells,
    record: ByteRecord,
    row: u32,
    /// Whether the text is known to have no quote.
    is_plain: bool,
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

/// A part while it is read.
#[derive(Debug)]
enum Open<'a> {
    /// No quote was met so far: rows are cut at line ends and delimiters.
    Plain(Plain<'a>),
    /// From the first quote on a reader is asked.
    Quoted(Quoted<'a>),
}

/// A part, and how far it was read.
#[derive(Debug)]
struct Plain<'a> {
    text: &'a str,
    at: usize,
}

/// What a part without quotes so far goes on with.
enum Next<'a> {
    Row(&'a [u8]),
    Quote,
    End,
}

#[derive(Debug)]
struct Quoted<'a> {
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
            cells: Cells::default(),
            record: ByteRecord::new(),
            row: 0,
            is_plain: scan.is_plain,
        }
    }

    /// The rows of a part of a text without quotes, as [`Rows::cut_off`] gives it, behind so many others.
    #[must_use]
    pub fn behind(row: u32, part: &'a str, delimiter: Delimiter) -> Self {
        Self {
            row,
            ..Self::trusting(part, delimiter)
        }
    }

    /// Cuts what is ahead into so many parts at line ends, keeps the first, and gives the others; none if that cannot be done,
    /// which is so where the text has quotes.
    pub fn cut_off(&mut self, parts: usize) -> Vec<&'a str> {
        let (Some(ahead), true, [], Some(Open::Plain(plain))) = (
            self.ahead(),
            self.is_plain,
            self.parts.as_slice(),
            &mut self.open,
        ) else {
            return Vec::new();
        };
        let (first, others) = cut(ahead, parts);
        let behind = ahead.len().saturating_sub(first.len());
        let kept = plain.text.len().saturating_sub(behind);
        plain.text = plain.text.get(..kept).unwrap_or(plain.text);
        others
    }

    /// How many rows were met so far, empty lines included.
    #[must_use]
    pub fn met(&self) -> u32 {
        self.row
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
            match open {
                Open::Plain(plain) => {
                    self.row = self.row.saturating_add(plain.skip_blank_lines());
                    match plain.next() {
                        Next::Row(row) => {
                            self.cells.split(row, self.delimiter.byte());
                            self.row = self.row.saturating_add(1);
                            return Ok(Some(Met::Row(self.row)));
                        }
                        Next::Quote => {
                            let (rest, again) = plain.rest();
                            self.row = self.row.saturating_sub(again);
                            self.open = Some(Open::Quoted(Quoted::new(rest, self.delimiter)));
                        }
                        Next::End => self.open = None,
                    }
                }
                Open::Quoted(quoted) => {
                    let blank = quoted.blank_lines_ahead();
                    self.row = self.row.saturating_add(blank);
                    if quoted.reader.read_byte_record(&mut self.record)? {
                        self.cells.fill(self.record.iter());
                        self.row = self.row.saturating_add(1);
                        return Ok(Some(Met::Row(self.row)));
                    }
                    self.open = None;
                }
            }
        }
    }

    /// The text from the beginning of a row on, as long as rows are cut at line ends; empty lines may come first.
    #[must_use]
    pub fn ahead(&self) -> Option<&'a str> {
        match &self.open {
            // What stands before the first row is the reader's.
            Some(Open::Plain(plain)) if plain.at > 0 => {
                plain.text.get(plain.at..).filter(|ahead| !ahead.is_empty())
            }
            Some(Open::Plain(_) | Open::Quoted(_)) | None => None,
        }
    }

    /// Goes over a row of the text ahead, which has so many bytes with its line end and no quote; gives its number.
    pub fn pass(&mut self, bytes: usize) -> u32 {
        if let Some(Open::Plain(plain)) = &mut self.open {
            plain.at = plain.at.saturating_add(bytes).min(plain.text.len());
            self.row = self.row.saturating_add(1);
        }
        self.row
    }

    /// The cells of the row read last. They are valid UTF-8: the text is, and it is cut at ASCII characters only.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    fn open(&mut self, range: Range<usize>) {
        let text = self.text.get(range).unwrap_or_default();
        self.open = Some(Open::Plain(Plain { text, at: 0 }));
    }
}

/// Cuts a text into about so many parts at line ends. A cut stands behind a line feed, and not before what the reader would
/// leave out at the beginning of a text.
fn cut(text: &str, parts: usize) -> (&str, Vec<&str>) {
    let size = text.len().div_ceil(parts.max(1));
    let (mut rest, mut cut) = (text, Vec::new());
    while let Some(ahead) = rest.as_bytes().get(size..)
        && let Some(end) = memchr(b'\n', ahead)
        && let Some((part, behind)) =
            rest.split_at_checked(size.saturating_add(end).saturating_add(1))
        && !behind.is_empty()
        && !behind.starts_with(BYTE_ORDER_MARK)
    {
        cut.push(part);
        rest = behind;
    }
    cut.push(rest);
    let others = cut.split_off(1);
    (cut.first().copied().unwrap_or_default(), others)
}

impl<'a> Plain<'a> {
    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn ahead(&self) -> &'a [u8] {
        self.bytes().get(self.at..).unwrap_or_default()
    }

    /// Goes over the empty lines ahead, and counts them.
    fn skip_blank_lines(&mut self) -> u32 {
        let (mut ahead, mut blank) = (self.ahead(), 0_u32);
        while let [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] = ahead {
            ahead = rest;
            blank = blank.saturating_add(1);
        }
        self.at = self.text.len().saturating_sub(ahead.len());
        blank
    }

    /// The next row, if it has no quote.
    fn next(&mut self) -> Next<'a> {
        let ahead = self.ahead();
        if ahead.is_empty() {
            return Next::End;
        }
        // The reader leaves a mark out that stands before everything.
        if self.at == 0 && ahead.starts_with(BYTE_ORDER_MARK.as_bytes()) {
            return Next::Quote;
        }
        let end = memchr3(b'"', b'\n', b'\r', ahead).unwrap_or(ahead.len());
        let (row, rest) = ahead.split_at_checked(end).unwrap_or((ahead, &[]));
        let ended = match rest {
            [b'"', ..] => return Next::Quote,
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        self.at = self.at.saturating_add(end).saturating_add(ended);
        Next::Row(row)
    }

    /// What is left for the reader, and how many empty lines of it were counted already: a line end before the row keeps
    /// the reader from leaving a mark out that stands in the middle.
    fn rest(&self) -> (&'a [u8], u32) {
        let marked = self.ahead().starts_with(BYTE_ORDER_MARK.as_bytes());
        let before = self.at.checked_sub(1).filter(|_| marked);
        let rest = before.and_then(|at| self.bytes().get(at..));
        rest.map_or((self.ahead(), 0), |rest| (rest, 1))
    }
}

impl<'a> Quoted<'a> {
    fn new(bytes: &'a [u8], delimiter: Delimiter) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter.byte())
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        Self { bytes, reader }
    }

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

    #[test]
    fn parts_of_a_text_hold_its_rows_in_order_and_with_their_numbers() {
        for text in [
            "a,1\n\nb,2\r\n\r\nc,3\n\u{feff}d,4\ne,5\n\n",
            "a\nb",
            "a\rb\rc\rd",
        ] {
            for parts in 1..9 {
                let scan = scan(text, Delimiter::Comma, &Limits::default()).unwrap();
                let mut whole = Rows::new(text, Delimiter::Comma, &scan);
                let first = whole.advance().unwrap().unwrap();
                let others = whole.cut_off(parts);
                let mut found = vec![first];
                while let Some(row) = whole.advance().unwrap() {
                    found.push(row);
                }
                let mut met = whole.met();
                for part in others {
                    let mut rows = Rows::behind(met, part, Delimiter::Comma);
                    while let Some(row) = rows.advance().unwrap() {
                        found.push(row);
                    }
                    met = rows.met();
                }
                let expected: Vec<u32> = rows(text).iter().map(|row| row.0).collect();
                assert_eq!(found, expected, "{text:?} in {parts}");
            }
        }
    }

    #[test]
    fn a_text_with_quotes_is_not_cut() {
        let text = "a,b\n1,\"2\n3\"\n4,5\n6,7\n";
        let scan = scan(text, Delimiter::Comma, &Limits::default()).unwrap();
        let mut rows = Rows::new(text, Delimiter::Comma, &scan);
        rows.advance().unwrap();
        assert!(rows.cut_off(2).is_empty());
    }

    /// The rows as the reader alone gives them.
    fn rows_of_the_reader(text: &str) -> Vec<Vec<String>> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let rows = reader.records().map(|row| {
            let row = row.unwrap();
            row.iter().map(str::to_owned).collect()
        });
        rows.collect()
    }

    proptest::proptest! {
        #[test]
        fn rows_are_cut_as_the_reader_cuts_them_with_quotes_and_without(
            pieces in proptest::collection::vec("(a|é|,|,|\"|\n|\r|\r\n|\u{feff}| |x\"y\")", 0..40),
        ) {
            let text = pieces.concat();
            let mut rows = Rows::trusting(&text, Delimiter::Comma);
            let mut found: Vec<Vec<String>> = Vec::new();
            while rows.advance().unwrap().is_some() {
                let cells = rows.cells().iter();
                found.push(cells.map(|cell| String::from_utf8(cell.to_vec()).unwrap()).collect());
            }
            proptest::prop_assert_eq!(found, rows_of_the_reader(&text));
        }
    }
}
