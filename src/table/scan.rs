//! What the CSV reader does not check, checked in front of it: where quotes open and close, and how long rows are.
//!
//! The reader takes `"3"5` for `35` and lets a quote that is never closed swallow every row after it. Here both are
//! flaws with a row and a column, and the rows around them are still read.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3, memrchr, memrchr2};

use super::{Delimiter, Limits, MANY_BYTES, side_by_side};

/// The most flaws that are kept; the rest are counted.
const MAX_FLAWS: usize = 10_000;

/// What is wrong with the quotes of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// A quote opens the cell and is never closed.
    Unclosed,
    /// Text follows the quote that closes the cell.
    TextAfter,
    /// A blank stands before the quote that should open the cell.
    SpaceBefore,
    /// A quote stands inside a cell that is not quoted; it is read as part of the text.
    Bare,
}

/// A cell whose quotes are wrong or odd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The row as a spreadsheet counts it.
    pub row: u32,
    /// The column, 0 is the first.
    pub column: usize,
    /// The beginning of the cell as written.
    pub value: String,
    /// What is wrong.
    pub quoting: Quoting,
}

/// A row that exceeds a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooLong {
    /// The row has more columns than allowed.
    Columns {
        /// The row as a spreadsheet counts it.
        row: u32,
    },
    /// A cell has more characters than allowed.
    Cell {
        /// The row as a spreadsheet counts it.
        row: u32,
        /// The column, 0 is the first.
        column: usize,
    },
}

/// Whether rows have no quote and are all shorter than a limit.
///
/// One block is looked at for both before the next: it stays near the processor.
fn is_plain_and_short(rows: &[u8], limit: usize) -> bool {
    const BLOCK: usize = 64 * 1024;
    let (mut at, mut seen) = (0_usize, 0_usize);
    for block in rows.chunks(BLOCK) {
        seen = seen.saturating_add(block.len());
        if memchr(b'"', block).is_some() {
            return false;
        }
        let mut ahead = rows.get(at..seen).unwrap_or_default();
        while let Some(window) = ahead.get(..limit) {
            let Some(line_end) = memrchr2(b'\n', b'\r', window) else {
                return false;
            };
            let next = line_end.saturating_add(1);
            at = at.saturating_add(next);
            ahead = ahead.get(next..).unwrap_or_default();
        }
    }
    true
}

/// How many characters a cell has once it is read: without the quotes around it, and of doubled ones with one.
fn characters(cell: &str) -> usize {
    let written = cell.chars().count();
    let inside = cell
        .strip_prefix('"')
        .and_then(|cell| cell.strip_suffix('"'));
    inside.map_or(written, |inside| {
        let doubled = memchr_iter(b'"', inside.as_bytes()).count() / 2;
        written.saturating_sub(doubled).saturating_sub(2)
    })
}

/// What is known of the quotes of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Nothing, or that some are broken.
    #[default]
    Unknown,
    /// There are none.
    None,
    /// Each opens or closes a cell, or is doubled within one.
    Sound,
}

/// What the scan of a text found.
#[derive(Debug, Default)]
pub struct Scan {
    /// The flaws in the order of the text.
    pub flaws: Vec<Flaw>,
    /// How many more flaws there are.
    pub more_flaws: usize,
    pub(super) quotes: Quotes,
    /// The rows that cannot be trusted, as bytes with their line ends; bare quotes leave a row readable.
    pub(super) untrusted: Vec<Range<usize>>,
}

/// Checks a text before it is read.
///
/// # Errors
/// [`TooLong`] at the first row that exceeds a limit.
pub fn scan(text: &str, delimiter: Delimiter, limits: &Limits) -> Result<Scan, TooLong> {
    let scanner = Scanner {
        bytes: text.as_bytes(),
        text,
        delimiter: delimiter.byte(),
        limits,
        row: 1,
        start: 0,
        flawed: false,
        counted: (0, 0),
        found: Scan::default(),
    };
    scanner.run()
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    delimiter: u8,
    limits: &'a Limits,
    /// The row the scan is in, where it starts, and whether it can no longer be trusted.
    row: u32,
    start: usize,
    flawed: bool,
    /// How many cells of the row were counted so far, and where the next one starts.
    counted: (usize, usize),
    found: Scan,
}

#[derive(Clone, Copy)]
enum Closing {
    /// The cell ends here.
    Ends(usize),
    /// Text follows from here.
    TextFrom(usize),
    Never,
}

impl Scanner<'_> {
    fn run(mut self) -> Result<Scan, TooLong> {
        if self.is_plain_and_short() {
            self.found.quotes = Quotes::None;
            return Ok(self.found);
        }
        let mut at = 0_usize;
        while let Some(place) = self.find(at, |rest| memchr3(b'"', b'\n', b'\r', rest)) {
            if self.bytes.get(place) == Some(&b'"') {
                at = self.quote(place);
            } else {
                at = self.after_line_end(place);
                self.end_row(place, at)?;
            }
        }
        if self.start < self.bytes.len() {
            self.end_row(self.bytes.len(), self.bytes.len())?;
        }
        let is_sound = self.found.flaws.is_empty() && self.found.more_flaws == 0;
        if is_sound && self.found.untrusted.is_empty() {
            self.found.quotes = Quotes::Sound;
        }
        Ok(self.found)
    }

    /// Whether there is no quote, and every row is shorter than every limit: then rows are not even counted.
    fn is_plain_and_short(&self) -> bool {
        let limit = self.shortest_limit();
        let half = self.bytes.get(..self.bytes.len() / 2).unwrap_or_default();
        let row = memrchr(b'\n', half).map_or(0, |end| end.saturating_add(1));
        if self.bytes.len() < MANY_BYTES || row == 0 {
            return is_plain_and_short(self.bytes, limit);
        }
        let (above, below) = self.bytes.split_at_checked(row).unwrap_or_default();
        let check = |rows| is_plain_and_short(rows, limit);
        let (above, below) = side_by_side::both(|| check(above), || check(below));
        above && below
    }

    /// How long a row must be to exceed a limit.
    fn shortest_limit(&self) -> usize {
        self.limits.max_columns.min(self.limits.max_cell)
    }

    /// Looks at a quote outside quoted text; returns where to go on.
    fn quote(&mut self, quote: usize) -> usize {
        let before = self.bytes.get(self.start..quote).unwrap_or_default();
        let cell_start = memrchr(self.delimiter, before).map_or(self.start, |found| {
            self.start.saturating_add(found).saturating_add(1)
        });
        let lead = self.bytes.get(cell_start..quote).unwrap_or_default();
        if !lead.iter().all(u8::is_ascii_whitespace) {
            let end = self.cell_end(quote);
            self.flaw(cell_start..end, Quoting::Bare);
            return end;
        }
        let closing = self.closing(quote);
        let end = match closing {
            Closing::Ends(end) => end,
            Closing::TextFrom(after) => self.cell_end(after),
            Closing::Never => self.line_end(quote),
        };
        match closing {
            Closing::Never => self.flaw(cell_start..end, Quoting::Unclosed),
            Closing::TextFrom(_) => self.flaw(cell_start..end, Quoting::TextAfter),
            Closing::Ends(_) if !lead.is_empty() => {
                self.flaw(cell_start..end, Quoting::SpaceBefore);
            }
            Closing::Ends(_) => {}
        }
        end
    }

    /// Finds the quote that closes the one given.
    fn closing(&self, opening: usize) -> Closing {
        let mut at = opening.saturating_add(1);
        while let Some(quote) = self.find(at, |rest| memchr(b'"', rest)) {
            let after = quote.saturating_add(1);
            match self.bytes.get(after) {
                Some(b'"') => at = after.saturating_add(1),
                None | Some(b'\n' | b'\r') => return Closing::Ends(after),
                Some(&byte) if byte == self.delimiter => return Closing::Ends(after),
                Some(_) if self.belongs_to_another_row(opening, quote) => return Closing::Never,
                Some(_) => return Closing::TextFrom(after),
            }
        }
        Closing::Never
    }

    /// Whether what lies between an opening quote and one that cannot close it looks like the rows that follow.
    fn belongs_to_another_row(&self, opening: usize, quote: usize) -> bool {
        let between = self.bytes.get(opening..quote).unwrap_or_default();
        let Some(line_end) = memchr2(b'\n', b'\r', between) else {
            return false;
        };
        let rows_after = between.get(line_end..).unwrap_or_default();
        let opens_there = matches!(rows_after.last(), Some(b'\n' | b'\r'));
        opens_there || memchr(self.delimiter, rows_after).is_some()
    }

    fn end_row(&mut self, end: usize, next: usize) -> Result<(), TooLong> {
        if self.flawed {
            self.found.untrusted.push(self.start..next);
            self.flawed = false;
        }
        let length = end.saturating_sub(self.start);
        // A row shorter than every limit, which nearly all are, needs no closer look.
        if length >= self.shortest_limit() {
            self.measure(end)?;
        }
        self.row = self.row.saturating_add(1);
        self.start = next;
        self.counted = (0, next);
        Ok(())
    }

    fn measure(&self, end: usize) -> Result<(), TooLong> {
        let row = self.row;
        let mut at = self.start;
        let mut column = 0_usize;
        loop {
            let cell_end = self.end_of_cell_from(at, end);
            let cell = self.text.get(at..cell_end).unwrap_or_default();
            if cell.len() > self.limits.max_cell && characters(cell) > self.limits.max_cell {
                return Err(TooLong::Cell { row, column });
            }
            column = column.saturating_add(1);
            if column > self.limits.max_columns {
                return Err(TooLong::Columns { row });
            }
            if cell_end >= end {
                return Ok(());
            }
            at = cell_end.saturating_add(1);
        }
    }

    fn end_of_cell_from(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        if self.bytes.get(start) == Some(&b'"')
            && let Closing::Ends(after) | Closing::TextFrom(after) = self.closing(start)
        {
            at = after;
        }
        let found = self.find(at, |rest| memchr(self.delimiter, rest));
        found.unwrap_or(end).min(end)
    }

    fn flaw(&mut self, cell: Range<usize>, quoting: Quoting) {
        self.flawed |= quoting != Quoting::Bare;
        if self.found.flaws.len() >= MAX_FLAWS {
            let counts = usize::from(quoting != Quoting::Bare);
            self.found.more_flaws = self.found.more_flaws.saturating_add(counts);
            return;
        }
        let text = self.text.get(cell.clone()).unwrap_or_default();
        let flaw = Flaw {
            row: self.row,
            column: self.column_of(cell.start),
            value: text.chars().take(80).collect(),
            quoting,
        };
        self.found.flaws.push(flaw);
    }

    /// The column of a cell; flaws of a row come from left to right, so no cell is counted twice.
    fn column_of(&mut self, cell_start: usize) -> usize {
        let (mut column, mut at) = self.counted;
        while at < cell_start {
            at = self
                .end_of_cell_from(at, self.bytes.len())
                .saturating_add(1);
            column = column.saturating_add(1);
        }
        self.counted = (column, at);
        column
    }

    fn line_end(&self, from: usize) -> usize {
        self.find(from, |rest| memchr2(b'\n', b'\r', rest))
            .unwrap_or(self.bytes.len())
    }

    fn cell_end(&self, from: usize) -> usize {
        self.find(from, |rest| memchr3(self.delimiter, b'\n', b'\r', rest))
            .unwrap_or(self.bytes.len())
    }

    fn after_line_end(&self, line_end: usize) -> usize {
        let next = line_end.saturating_add(1);
        let pair = self.bytes.get(line_end..next.saturating_add(1));
        if pair == Some(b"\r\n") {
            next.saturating_add(1)
        } else {
            next
        }
    }

    fn find(&self, from: usize, search: impl Fn(&[u8]) -> Option<usize>) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        search(rest).map(|found| from.saturating_add(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaws(text: &str) -> Vec<(u32, usize, Quoting)> {
        let found = scan(text, Delimiter::Comma, &Limits::default()).unwrap();
        let flaws = found.flaws.iter();
        flaws
            .map(|flaw| (flaw.row, flaw.column, flaw.quoting))
            .collect()
    }

    #[test]
    fn well_formed_quotes_are_no_flaw() {
        assert_eq!(
            flaws("a,\"b\"\n\"x \"\"y\"\"\",\"1\n2\r\n3\"\r\n\"\",\"a,b\""),
            []
        );
    }

    #[test]
    fn text_after_a_closing_quote_is_one_flaw_of_its_cell() {
        assert_eq!(
            flaws("a,b\n1,\"3\"5\"6\",x\n"),
            [(2, 1, Quoting::TextAfter)]
        );
        assert_eq!(
            flaws("a\n\"say \\\"hi\\\" to\"\n"),
            [(2, 0, Quoting::TextAfter)]
        );
    }

    #[test]
    fn an_unclosed_quote_is_found_where_it_opened_whatever_follows() {
        for rest in [
            "",
            "\nB,4,\n",
            "\nB,4,\"fine\"\n",
            "\n\"B\",\"4\",\"fine\"\n",
            "\nB,4,7\" rack\n",
            "\nB,4,\"\"\nC,1,\"x\"\n",
        ] {
            let text = format!("v,s,c\nA,3,\"oh{rest}");
            let found = flaws(&text);
            assert_eq!(found.first(), Some(&(2, 2, Quoting::Unclosed)), "{text}");
            assert!(
                !found[1..].iter().any(|flaw| flaw.2 != Quoting::Bare),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn a_long_comment_with_line_breaks_is_not_mistaken_for_rows() {
        assert_eq!(
            flaws("v,c\nA,\"one\n\ntwo, three\"\nB,\"four\nfive\" six\n"),
            [(3, 1, Quoting::TextAfter)]
        );
    }

    #[test]
    fn a_quote_inside_a_plain_cell_is_bare_once() {
        assert_eq!(
            flaws("a,7\" or 19\" rack,\"ok\"\n"),
            [(1, 1, Quoting::Bare)]
        );
        assert_eq!(flaws("a, \"b\"\n"), [(1, 1, Quoting::SpaceBefore)]);
    }

    #[test]
    fn rows_beyond_a_limit_are_told_by_row_and_column() {
        let limits = Limits {
            max_columns: 3,
            max_cell: 5,
            ..Limits::default()
        };
        let check = |text| scan(text, Delimiter::Comma, &limits).err();
        assert_eq!(check("a,b,c\n1,\"2,2\",3\n"), None);
        assert_eq!(check("a,b,c\n1,2,3,\n"), Some(TooLong::Columns { row: 2 }));
        assert_eq!(check("a\n\nx,ééééé\n"), None);
        let cell = TooLong::Cell { row: 3, column: 1 };
        assert_eq!(check("a\n\nx,éééééé\n"), Some(cell));
        assert_eq!(check("a\n\nx,\"éé\"\",é\"\n"), None);
        assert_eq!(check("a\n\nx,\"éé\"\",éé\"\n"), Some(cell));
    }

    #[test]
    fn a_row_too_long_is_found_in_a_large_text_wherever_it_stands() {
        let limits = Limits::default();
        let rows = "Acme,A-1,4\n".repeat(MANY_BYTES / 11 + 1);
        let long = format!("Acme,A-1,{}\n", "x".repeat(limits.max_cell + 1));
        let line_ends: Vec<usize> = memchr::memchr_iter(b'\n', rows.as_bytes()).collect();
        assert_eq!(
            scan(&rows, Delimiter::Comma, &limits).unwrap().quotes,
            Quotes::None
        );
        for at in [
            0,
            line_ends.len() / 2 - 1,
            line_ends.len() / 2,
            line_ends.len() - 1,
        ] {
            let (above, below) = rows.split_at(line_ends[at] + 1);
            let text = [above, &long, below].concat();
            let row = u32::try_from(at + 2).unwrap();
            let too_long = scan(&text, Delimiter::Comma, &limits).unwrap_err();
            assert_eq!(too_long, TooLong::Cell { row, column: 2 });
            let quoted = [above, "\"Bolt\",A-1,4\n", below].concat();
            assert_eq!(
                scan(&quoted, Delimiter::Comma, &limits).unwrap().quotes,
                Quotes::Sound
            );
        }
    }
}
