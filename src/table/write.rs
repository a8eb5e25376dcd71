//! Cells to CSV that any spreadsheet opens without running anything.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// The mark at the start of a UTF-8 file by which spreadsheets know its encoding.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The media type of a CSV file.
pub const CSV: &str = "text/csv; charset=utf-8";

/// Which of the two spreadsheet worlds a CSV is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// Commas between cells, decimal points.
    #[default]
    Comma,
    /// Semicolons between cells, decimal commas: what European spreadsheets expect.
    Semicolon,
}

/// A CSV under construction: UTF-8 with byte order mark, CRLF.
#[derive(Debug)]
pub struct CsvText {
    separator: Separator,
    row: Vec<String>,
    writer: csv::Writer<Vec<u8>>,
}

impl CsvText {
    /// An empty CSV.
    #[must_use]
    pub fn new(separator: Separator) -> Self {
        let delimiter = match separator {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
        };
        let writer = WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Necessary)
            .flexible(true)
            .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
        Self {
            separator,
            row: Vec::new(),
            writer,
        }
    }

    /// Adds a text cell, which no spreadsheet will take for a formula.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.row.push(neutralise(text));
        self
    }

    /// Adds a number as printed, under the decimal sign of the separator; an absent one is an empty cell.
    pub fn number(&mut self, number: Option<&str>) -> &mut Self {
        let number = number.unwrap_or_default();
        self.row.push(match self.separator {
            Separator::Comma => number.to_owned(),
            Separator::Semicolon => with_decimal_comma(number),
        });
        self
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        // Writing to memory cannot fail, and the writer accepts rows of any length.
        let written = self.writer.write_record(&self.row);
        debug_assert!(written.is_ok(), "a row in memory is always written");
        self.row.clear();
    }

    /// The whole file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

/// With exactly three decimals `1,234` could be read as a thousand, so such a number takes a fourth: `1,2340`.
fn with_decimal_comma(number: &str) -> String {
    match number.split_once('.') {
        Some((whole, part)) if part.len() == 3 => format!("{whole},{part}0"),
        Some((whole, part)) => format!("{whole},{part}"),
        None => number.to_owned(),
    }
}

/// Writes one apostrophe before a text that a spreadsheet would run; [`restore`] takes it off again.
#[must_use]
pub fn neutralise(text: &str) -> String {
    if would_run(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Takes off the one apostrophe that [`neutralise`] wrote.
#[must_use]
pub fn restore(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if would_run(rest) => rest,
        _ => text,
    }
}

/// Whether a spreadsheet would run the text, or would if fewer apostrophes stood before it.
///
/// Some programs skip blanks and NUL at the start of a cell, and some keyboards write the signs in full width, which a
/// spreadsheet set to such a language takes for the plain ones.
fn would_run(text: &str) -> bool {
    let first = text.trim_start_matches('\'').chars().next();
    first.is_some_and(is_trigger)
}

fn is_trigger(letter: char) -> bool {
    matches!(
        letter,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_that_would_run_is_written_with_one_apostrophe_and_a_number_is_not() {
        let mut csv = CsvText::new(Separator::Comma);
        csv.text("=1+1")
            .text("'@x")
            .text("it's")
            .number(Some("-3"))
            .number(None)
            .end_row();
        let text = String::from_utf8(csv.into_bytes()).unwrap();
        assert_eq!(text, "\u{feff}'=1+1,''@x,it's,-3,\r\n");
    }

    #[test]
    fn semicolons_come_with_decimal_commas_that_cannot_be_thousands() {
        let mut csv = CsvText::new(Separator::Semicolon);
        csv.number(Some("4.5"))
            .number(Some("3.125"))
            .number(Some("12"))
            .end_row();
        let text = String::from_utf8(csv.into_bytes()).unwrap();
        assert_eq!(text, "\u{feff}4,5;3,1250;12\r\n");
    }

    #[test]
    fn whatever_a_spreadsheet_may_take_for_the_start_of_a_formula_is_marked() {
        for sign in "=+-@\t\r\n\0＝＋－＠".chars() {
            let text = format!("{sign}1+cmd");
            assert_eq!(neutralise(&text), format!("'{text}"), "{sign:?}");
            let inside = format!("x{text}");
            assert_eq!(neutralise(&inside), inside, "{sign:?}");
        }
        for (text, written) in [("'", "'"), ("''", "''"), ("it's", "it's"), ("", "")] {
            assert_eq!(neutralise(text), written);
        }
    }

    #[test]
    fn a_number_stays_the_number_it_is_under_either_separator() {
        for (separator, written) in [
            (Separator::Comma, "\u{feff}-0.5,0,-12\r\n"),
            (Separator::Semicolon, "\u{feff}-0,5;0;-12\r\n"),
        ] {
            let mut csv = CsvText::new(separator);
            for number in ["-0.5", "0", "-12"] {
                csv.number(Some(number));
            }
            csv.end_row();
            assert_eq!(String::from_utf8(csv.into_bytes()).unwrap(), written);
        }
    }

    /// Texts full of apostrophes and of what starts a formula.
    const DANGEROUS: &str = "['=+@\t\r\n\u{0}＝＋－＠-]{0,4}[a-z0-9 ]{0,3}";

    proptest! {
        #[test]
        fn reading_takes_off_exactly_what_writing_put_on(text in DANGEROUS) {
            let written = neutralise(&text);
            prop_assert_eq!(restore(&written), text.as_str());
            prop_assert!(!written.starts_with(is_trigger), "{written:?}");
        }

        #[test]
        fn writing_puts_on_exactly_what_reading_took_off(cell in DANGEROUS) {
            // A cell that starts like a formula was written by somebody else.
            prop_assume!(!cell.starts_with(is_trigger));
            prop_assert_eq!(neutralise(restore(&cell)), cell);
        }

        #[test]
        fn any_text_at_all_comes_back_through_a_file(texts in proptest::collection::vec("\\PC{0,12}", 1..5)) {
            let mut csv = CsvText::new(Separator::Comma);
            for text in &texts {
                csv.text(text);
            }
            csv.end_row();
            let bytes = csv.into_bytes();
            let rest = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rest);
            let row = reader.records().next().unwrap().unwrap();
            let read: Vec<&str> = row.iter().map(restore).collect();
            prop_assert_eq!(read, texts);
        }
    }
}
