//! Text to rows of cells, each with the number a spreadsheet shows beside it.

use std::ops::Range;
use std::vec;

use memchr::{memchr_iter, memchr2_iter, memchr3};

use super::quoted::Quoted;
use super::scan::Quotes;
use super::{BYTE_ORDER_MARK, Cells, Delimiter, Scan};

/// The rows of a text, read one after the other into the same memory.
///
/// Rows without quotes are cut at line ends and delimiters; for a row with one a reader is asked. Rows are counted as a
/// spreadsheet shows them: a cell with line breaks is part of one row, a blank line is a row, and LF, CRLF and CR end a row
/// alike.
#[derive(Debug)]
pub struct Rows<'a> {
    text: &'a str,
    delimiter: Delimiter,
    parts: vec::IntoIter<Part>,
    open: Option<Open<'a>>,
    cells: Cells,
    row: u32,
    quotes: Quotes,
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

/// A part, and how far it was read.
#[derive(Debug)]
struct Open<'a> {
    text: &'a str,
    at: usize,
    /// Made for the first row with a quote.
    quoted: Option<Quoted>,
}

/// What a part goes on with.
enum Next<'a> {
    Row(&'a [u8]),
    /// A row that only a reader can take apart.
    Quoted,
    End,
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
            row: 0,
            quotes: scan.quotes,
        }
    }

    /// The rows of a part of a text, as [`Rows::cut_off`] gives it, behind so many others.
    #[must_use]
    pub fn behind(row: u32, part: &'a str, delimiter: Delimiter) -> Self {
        Self {
            row,
            ..Self::trusting(part, delimiter)
        }
    }

    /// Cuts what is ahead into so many parts between rows, keeps the first, and gives the others; none if that cannot be done,
    /// which is so where quotes do not tell for certain where a row ends.
    pub fn cut_off(&mut self, parts: usize) -> Vec<&'a str> {
        let (Some(ahead), [], Some(open)) = (self.ahead(), self.parts.as_slice(), &mut self.open)
        else {
            return Vec::new();
        };
        if self.quotes == Quotes::Unknown {
            return Vec::new();
        }
        let (first, others) = cut(ahead, parts, self.quotes == Quotes::Sound);
        let behind = ahead.len().saturating_sub(first.len());
        let kept = open.text.len().saturating_sub(behind);
        open.text = open.text.get(..kept).unwrap_or(open.text);
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
    pub fn advance(&mut self) -> Option<u32> {
        loop {
            match self.advance_to_any()? {
                Met::Row(row) => return Some(row),
                Met::Broken(..) => {}
            }
        }
    }

    /// Goes on to the next row that is not an empty line, be its quotes in order or not.
    pub fn advance_to_any(&mut self) -> Option<Met<'a>> {
        loop {
            let Some(open) = &mut self.open else {
                match self.parts.next()? {
                    Part::Broken(range) => {
                        self.row = self.row.saturating_add(1);
                        let line = self.text.get(range).unwrap_or_default();
                        return Some(Met::Broken(self.row, line));
                    }
                    Part::Read(range) => self.open(range),
                }
                continue;
            };
            self.row = self.row.saturating_add(open.skip_blank_lines());
            match open.next() {
                Next::Row(row) => self.cells.split(row, self.delimiter.byte()),
                Next::Quoted if open.read_quoted(self.delimiter, &mut self.cells) => {}
                Next::Quoted | Next::End => {
                    self.open = None;
                    continue;
                }
            }
            self.row = self.row.saturating_add(1);
            return Some(Met::Row(self.row));
        }
    }

    /// The text from the beginning of a row on, behind the first one; empty lines may come first.
    #[must_use]
    pub fn ahead(&self) -> Option<&'a str> {
        // What stands before the first row is the reader's.
        let open = self.open.as_ref().filter(|open| open.at > 0)?;
        open.text.get(open.at..).filter(|ahead| !ahead.is_empty())
    }

    /// Goes over a row of the text ahead, which has so many bytes with its line end and no quote; gives its number.
    pub fn pass(&mut self, bytes: usize) -> u32 {
        if let Some(open) = &mut self.open {
            open.at = open.at.saturating_add(bytes).min(open.text.len());
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
        self.open = Some(Open {
            text,
            at: 0,
            quoted: None,
        });
    }
}

/// Cuts a text into about so many parts between rows. A cut stands behind a line feed, not within quotes, and not before what
/// the reader would leave out at the beginning of a text.
fn cut(text: &str, parts: usize, has_quotes: bool) -> (&str, Vec<&str>) {
    let size = text.len().div_ceil(parts.max(1));
    let (mut rest, mut cut) = (text, Vec::new());
    while let Some(end) = row_end_behind(rest.as_bytes(), size, has_quotes)
        && let Some((part, behind)) = rest.split_at_checked(end)
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

/// Where the first row ends that does so behind so many bytes: at a line feed with an even number of quotes before it.
fn row_end_behind(text: &[u8], bytes: usize, has_quotes: bool) -> Option<usize> {
    let (before, ahead) = text.split_at_checked(bytes)?;
    let mut is_within = has_quotes && memchr_iter(b'"', before).count() % 2 == 1;
    let end = memchr2_iter(b'"', b'\n', ahead).find(|at| {
        let is_quote = ahead.get(*at) == Some(&b'"');
        is_within ^= is_quote;
        !is_quote && !is_within
    })?;
    Some(bytes.saturating_add(end).saturating_add(1))
}

impl<'a> Open<'a> {
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

    /// The next row. One without quotes is gone over.
    fn next(&mut self) -> Next<'a> {
        let ahead = self.ahead();
        if ahead.is_empty() {
            return Next::End;
        }
        // The reader leaves a mark out that stands before everything.
        if self.at == 0 && ahead.starts_with(BYTE_ORDER_MARK.as_bytes()) {
            return Next::Quoted;
        }
        let end = memchr3(b'"', b'\n', b'\r', ahead).unwrap_or(ahead.len());
        let (row, rest) = ahead.split_at_checked(end).unwrap_or((ahead, &[]));
        let ended = match rest {
            [b'"', ..] => return Next::Quoted,
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        self.at = self.at.saturating_add(end).saturating_add(ended);
        Next::Row(row)
    }

    /// Reads the row ahead, which has a quote, and goes over it; gives whether there was one.
    fn read_quoted(&mut self, delimiter: Delimiter, cells: &mut Cells) -> bool {
        let is_first = self.at == 0;
        let ahead = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let quoted = self
            .quoted
            .get_or_insert_with(|| Quoted::new(delimiter, is_first));
        let read = quoted.read(ahead, cells);
        self.at = self.at.saturating_add(read.unwrap_or(ahead.len()));
        read.is_some()
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
        while let Some(row) = rows.advance() {
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
                let first = whole.advance().unwrap();
                let others = whole.cut_off(parts);
                let mut found = vec![first];
                while let Some(row) = whole.advance() {
                    found.push(row);
                }
                let mut met = whole.met();
                for part in others {
                    let mut rows = Rows::behind(met, part, Delimiter::Comma);
                    while let Some(row) = rows.advance() {
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
    fn a_text_is_cut_between_rows_and_where_quotes_are_broken_not_at_all() {
        let cut = |text: &str| {
            let scan = scan(text, Delimiter::Comma, &Limits::default()).unwrap();
            let mut rows = Rows::new(text, Delimiter::Comma, &scan);
            rows.advance().unwrap();
            rows.cut_off(9).len()
        };
        assert_eq!(cut("a,b\n1,\"2\n3\n4\n5\n6\"\n4,5\n6,7\n"), 2);
        assert_eq!(cut("a,b\n1,\"2\n3\n4\n5\n6\"\n"), 0);
        assert_eq!(cut("a,b\n1,2\n3,\"4\n5,6\n7,8\n9,10\n"), 0);
        assert_eq!(cut("a,b\n1,2\n3,4 \" wide\n5,6\n7,8\n9,10\n"), 0);
    }

    /// The rows as the reader alone gives them.
    fn rows_of_the_reader(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
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
            while rows.advance().is_some() {
                let cells = rows.cells().iter();
                found.push(cells.map(|cell| String::from_utf8(cell.to_vec()).unwrap()).collect());
            }
            proptest::prop_assert_eq!(found, rows_of_the_reader(&text));
        }
    }
}
