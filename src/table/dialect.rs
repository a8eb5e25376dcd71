//! Which separator a text uses, and in which row its header stands.

use std::fmt;

use super::Cells;

use super::rows::Rows;

/// How many rows from the top are looked at for the header.
const HEADER_WITHIN: usize = 20;

/// The character between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// The tab character.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All of them, the most usual first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The character as a byte.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    fn of(letter: char) -> Option<Self> {
        let wanted = |delimiter: &Self| char::from(delimiter.byte()) == letter;
        Self::ALL.into_iter().find(wanted)
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
        })
    }
}

/// How a text is cut into cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between cells.
    pub delimiter: Delimiter,
    /// The row of the header as a spreadsheet counts it.
    pub header_row: u32,
}

/// What a first line `sep=;` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeparatorLine {
    /// There is no such line.
    Absent,
    /// It names this delimiter.
    Names(Delimiter),
    /// It names something that is no delimiter here.
    NamesAnother,
}

/// Splits off a first line `sep=;`, which spreadsheets obey and do not show.
#[must_use]
pub fn split_off_separator_line(text: &str) -> (SeparatorLine, &str) {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    let bare = line
        .strip_prefix('"')
        .map_or(line, |line| line.trim_end_matches('"'));
    let named = match bare.get(..4) {
        Some(head) if head.eq_ignore_ascii_case("sep=") => bare.get(4..).unwrap_or_default(),
        _ => return (SeparatorLine::Absent, text),
    };
    let mut letters = named.chars();
    let first = letters.next();
    // Saving such a file again pads the line with separators like any other row.
    let padded = letters.all(|letter| Delimiter::of(letter).is_some() || letter == '"');
    let delimiter = first.and_then(Delimiter::of).filter(|_| padded);
    let rest = rest.strip_prefix('\r').unwrap_or(rest);
    let line = delimiter.map_or(SeparatorLine::NamesAnother, SeparatorLine::Names);
    (line, rest.strip_prefix('\n').unwrap_or(rest))
}

/// Finds the delimiter and the header row: the first row that, under some delimiter, `recognise` gives any points.
///
/// Where no row is recognised, the header is the first row with content, under the delimiter that gives it most cells.
#[must_use]
pub fn detect(
    text: &str,
    told: Option<Delimiter>,
    recognise: impl Fn(&[&str]) -> usize,
) -> Option<Dialect> {
    let head = head_of(text);
    let mut readings: Vec<(Delimiter, Rows<'_>)> = worth_trying(head)
        .filter(|delimiter| told.is_none_or(|told| told == *delimiter))
        .map(|delimiter| (delimiter, Rows::trusting(head, delimiter)))
        .collect();
    let mut first_with_content = None;
    for _ in 0..HEADER_WITHIN {
        let mut best = None;
        for (delimiter, rows) in &mut readings {
            let Some(header_row) = rows.advance() else {
                continue;
            };
            let cells = texts(rows.cells());
            let filled = cells.iter().filter(|cell| has_content(cell)).count();
            let merit = (recognise(&cells), filled);
            let dialect = Dialect {
                delimiter: *delimiter,
                header_row,
            };
            if filled > 0 && best.as_ref().is_none_or(|(most, _)| merit > *most) {
                best = Some((merit, dialect));
            }
        }
        match best {
            Some(((1.., _), dialect)) => return Some(dialect),
            Some((_, dialect)) if first_with_content.is_none() => {
                first_with_content = Some(dialect);
            }
            _ => {}
        }
    }
    first_with_content
}

/// The delimiters that a text holds, and of those that it does not hold, under which it reads the same, the first.
fn worth_trying(text: &str) -> impl Iterator<Item = Delimiter> {
    let mut is_first = true;
    Delimiter::ALL.into_iter().filter(move |delimiter| {
        text.as_bytes().contains(&delimiter.byte()) || std::mem::take(&mut is_first)
    })
}

/// Whether a cell says something; separators of another dialect do not.
fn has_content(cell: &str) -> bool {
    cell.chars().any(char::is_alphanumeric)
}

/// As much of the text as a header can be expected in.
fn head_of(text: &str) -> &str {
    const HEAD: usize = 256 * 1024;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or(text)
}

/// The cells as texts; a cell cut in the middle of a character is left empty.
fn texts(cells: &Cells) -> Vec<&str> {
    let texts = cells.iter().map(str::from_utf8);
    texts.map(Result::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (Delimiter, u32) {
        let known = |cells: &[&str]| {
            let known = cells
                .iter()
                .filter(|cell| ["criterion", "score"].contains(*cell));
            known.count()
        };
        let dialect = detect(text, None, known).unwrap();
        (dialect.delimiter, dialect.header_row)
    }

    #[test]
    fn the_header_decides_which_separator_it_is() {
        assert_eq!(found("criterion,score\na;b;c;d,4\n"), (Delimiter::Comma, 1));
        assert_eq!(found("criterion;score\nx;4,5\n"), (Delimiter::Semicolon, 1));
        assert_eq!(found("criterion\tscore, of 5\nx\t4\n"), (Delimiter::Tab, 1));
        assert_eq!(found("criterion|Acme\r\nx|4\n"), (Delimiter::Pipe, 1));
        assert_eq!(found("a;b\n1;2\n"), (Delimiter::Semicolon, 1));
    }

    #[test]
    fn title_rows_and_blank_rows_above_the_header_are_counted() {
        assert_eq!(
            found("Round 2, May; final\n\n\"criterion\";score\n"),
            (Delimiter::Semicolon, 3)
        );
        assert_eq!(detect(" \n,,\n", None, |_| 0), None);
    }

    #[test]
    fn a_separator_line_is_obeyed_and_not_counted() {
        let split = split_off_separator_line;
        assert_eq!(
            split("sep=;\r\na;b"),
            (SeparatorLine::Names(Delimiter::Semicolon), "a;b")
        );
        assert_eq!(
            split("\"SEP=|\"\na|b"),
            (SeparatorLine::Names(Delimiter::Pipe), "a|b")
        );
        assert_eq!(
            split("sep=\t\ra"),
            (SeparatorLine::Names(Delimiter::Tab), "a")
        );
        assert_eq!(
            split("sep=,,,\na"),
            (SeparatorLine::Names(Delimiter::Comma), "a")
        );
        assert_eq!(split("sep=x\na"), (SeparatorLine::NamesAnother, "a"));
        assert_eq!(
            split("separator\na"),
            (SeparatorLine::Absent, "separator\na")
        );
    }
}
