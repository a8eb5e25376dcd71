//! Workbooks built part by part, so that each can have exactly one thing wrong with it.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::format_collect,
    reason = "the places and texts of small files that the tests make themselves"
)]

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The number formats of the workbook: a cell's style is its place in this list.
pub const FORMATS: [&str; 21] = [
    "General",
    "0%",
    "d\\/m\\/yyyy",
    "0",
    "0.00",
    "0.0%",
    "h:mm",
    "#,##0.00\\ \"EUR\"",
    "# ?/?",
    "@",
    "0,",
    "[h]:mm",
    "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)",
    "0\"0\"",
    "0\"k\"",
    "[DBNum1]0",
    "0.0\\ \"%\"",
    "#,##0\\ [$USD]",
    "#",
    "0\" of 10\"",
    "0;-0;\"n/a\"",
];
pub const PERCENT: usize = 1;
pub const DAY: usize = 2;
pub const WHOLE: usize = 3;
pub const FINE_PERCENT: usize = 5;
pub const TIME: usize = 6;
pub const MONEY: usize = 7;
pub const FRACTION: usize = 8;
pub const TEXT: usize = 9;
pub const THOUSANDS: usize = 10;
pub const DURATION: usize = 11;
pub const ACCOUNTING: usize = 12;
pub const TIMES_TEN: usize = 13;
pub const WITH_K: usize = 14;
pub const OTHER_DIGITS: usize = 15;
pub const PERCENT_BEHIND: usize = 16;
pub const DOLLARS: usize = 17;
pub const NO_DECIMALS: usize = 18;
pub const OF_TEN: usize = 19;
pub const ZERO_IS_NOT_APPLICABLE: usize = 20;

/// A workbook as its parts.
#[derive(Debug, Clone)]
pub struct Book {
    pub parts: Vec<(String, Vec<u8>)>,
}

/// A text in a cell.
pub fn text(at: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

/// A number in a cell, in one of the [`FORMATS`].
pub fn number(at: &str, value: &str, style: usize) -> String {
    format!("<c r=\"{at}\" s=\"{style}\"><v>{value}</v></c>")
}

/// Rows of cells as the data of a tab.
pub fn rows(rows: &[Vec<String>]) -> String {
    let rows = rows
        .iter()
        .zip(1..)
        .map(|(cells, row)| format!("<row r=\"{row}\">{}</row>", cells.concat()));
    rows.collect()
}

/// The name of a cell: row and column count from 0.
pub fn place(row: usize, column: usize) -> String {
    format!(
        "{}{}",
        char::from(b'A' + u8::try_from(column).unwrap()),
        row + 1
    )
}

/// Rows of texts and numbers: what reads as a number is one.
pub fn table(lines: &[&str]) -> String {
    let lines = lines.iter().enumerate().map(|(row, line)| {
        let cells = line
            .split(',')
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(column, cell)| {
            let at = place(row, column);
            match cell.parse::<rust_decimal::Decimal>() {
                Ok(_) => number(&at, cell, 0),
                Err(_) => text(&at, cell),
            }
        });
        cells.collect()
    });
    rows(&lines.collect::<Vec<Vec<String>>>())
}

/// A tab with this data, and whatever else stands before and after it.
pub fn tab(before: &str, data: &str, after: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"{MAIN}\">{before}<sheetData>{data}</sheetData>{after}</worksheet>"
    )
}

impl Book {
    /// A workbook with these tabs: name, state, part.
    pub fn of(tabs: &[(&str, &str, String)]) -> Self {
        let numbered = || tabs.iter().zip(1..);
        let sheets: String = numbered()
            .map(|((name, state, _), n)| {
                format!(
                    "<sheet name=\"{name}\" sheetId=\"{n}\" state=\"{state}\" r:id=\"rId{n}\"/>"
                )
            })
            .collect();
        let targets: String = numbered()
            .map(|(_, n)| format!("<Relationship Id=\"rId{n}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))
            .collect();
        let types: String = numbered()
            .map(|(_, n)| format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))
            .collect();
        let mut parts = vec![
            (
                "[Content_Types].xml".to_owned(),
                format!(
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{types}</Types>"
                ),
            ),
            (
                "_rels/.rels".to_owned(),
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml".to_owned(),
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{sheets}</sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\">{targets}<Relationship Id=\"s\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/><Relationship Id=\"t\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
                ),
            ),
            ("xl/styles.xml".to_owned(), styles()),
            (
                "xl/sharedStrings.xml".to_owned(),
                format!(
                    "<sst xmlns=\"{MAIN}\"><si><t>Acme</t></si><si><r><t>Bo</t></r><r><t>lt</t></r></si><si><t>3</t></si></sst>"
                ),
            ),
        ];
        parts.extend(
            numbered().map(|((.., part), n)| (format!("xl/worksheets/sheet{n}.xml"), part.clone())),
        );
        let parts = parts
            .into_iter()
            .map(|(name, part)| (name, part.into_bytes()));
        Self {
            parts: parts.collect(),
        }
    }

    /// A workbook with one tab of this data.
    pub fn with(data: &str) -> Self {
        Self::of(&[("Scores", "visible", tab("", data, ""))])
    }

    pub fn plus(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts.push((name.to_owned(), bytes.to_vec()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.parts.retain(|(part, _)| part != name);
        self
    }

    /// Every part that has it, with one text instead of another.
    pub fn replaced(mut self, from: &str, to: &str) -> Self {
        for (_, bytes) in &mut self.parts {
            if let Ok(text) = str::from_utf8(bytes) {
                *bytes = text.replace(from, to).into_bytes();
            }
        }
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.parts {
            out.start_file(name.as_str(), SimpleFileOptions::default())
                .unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }
}

fn styles() -> String {
    let codes: String = FORMATS
        .iter()
        .zip(164..)
        .map(|(code, id)| {
            format!(
                "<numFmt numFmtId=\"{id}\" formatCode=\"{}\"/>",
                code.replace('"', "&quot;")
            )
        })
        .collect();
    let cells: String = FORMATS
        .iter()
        .zip(164..)
        .map(|(_, id)| format!("<xf numFmtId=\"{id}\" applyNumberFormat=\"1\"/>"))
        .collect();
    format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"{0}\">{codes}</numFmts><cellXfs count=\"{0}\">{cells}</cellXfs></styleSheet>",
        FORMATS.len()
    )
}

/// The bytes with a text that stands in them written over, everywhere, by one as long.
pub fn overwritten(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = (0..bytes.len())
        .filter(|&at| bytes[at..].starts_with(from))
        .collect();
    assert!(!places.is_empty(), "nothing to write over");
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}
