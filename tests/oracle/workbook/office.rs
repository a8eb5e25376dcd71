//! `LibreOffice`, which recomputes workbooks from their formulas alone.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that cannot go on has found a failing test"
)]
#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "what a spreadsheet computes with"
)]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::process::{Command, Stdio};

use calamine::{Data, Range, Reader, Xlsx};

/// Makes `LibreOffice` recompute every formula of every workbook it opens, whatever result is kept beside it.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"#;

/// How far two doubles may lie apart that were reckoned in another order, beside their size.
const UNIT: f64 = 1e-9;

/// A cell by its sheet, row and column, counted from 0.
pub type Place = (String, u32, u32);

/// What stands in a workbook.
#[derive(Debug)]
pub struct Book {
    pub values: BTreeMap<Place, Data>,
    pub formulas: BTreeMap<Place, String>,
}

impl Book {
    pub fn read(bytes: &[u8]) -> Self {
        let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let (mut values, mut formulas) = (BTreeMap::new(), BTreeMap::new());
        for sheet in file.sheet_names() {
            let cells = file.worksheet_range(&sheet).unwrap();
            values.extend(placed(&sheet, &cells));
            let cells = file.worksheet_formula(&sheet).unwrap();
            let written = placed(&sheet, &cells).filter(|(_, formula)| !formula.is_empty());
            formulas.extend(written);
        }
        Self { values, formulas }
    }

    fn value(&self, place: &Place) -> &Data {
        self.values.get(place).unwrap_or(&Data::Empty)
    }

    /// What stands in a cell.
    pub fn at(&self, sheet: &str, row: u32, column: u32) -> &Data {
        self.value(&(sheet.to_owned(), row, column))
    }

    /// What a cell shows, numbers with two decimals.
    pub fn shown(&self, sheet: &str, row: u32, column: u32) -> String {
        match self.at(sheet, row, column) {
            Data::Float(number) => format!("{number:.2}"),
            Data::Int(number) => format!("{number}.00"),
            Data::String(text) => text.clone(),
            Data::Empty => String::new(),
            other => format!("{other:?}"),
        }
    }
}

fn placed<T: calamine::CellType + Clone>(
    sheet: &str,
    cells: &Range<T>,
) -> impl Iterator<Item = (Place, T)> {
    let (row, column) = cells.start().unwrap_or_default();
    cells.used_cells().map(move |(down, right, value)| {
        let at = |start: u32, offset: usize| start.saturating_add(u32::try_from(offset).unwrap());
        let place = (sheet.to_owned(), at(row, down), at(column, right));
        (place, value.clone())
    })
}

/// How many workbooks one run is asked for; it leaves out what comes after a few hundred.
const AT_ONCE: usize = 100;

/// The same workbooks, each opened, recomputed and saved.
pub fn recomputed(books: &[Vec<u8>]) -> Vec<Book> {
    let saved = books.chunks(AT_ONCE).flat_map(|books| saved(books, XLSX));
    saved.map(|bytes| Book::read(&bytes)).collect()
}

/// A kind of file to save as: its ending, and what comes with it.
pub type Kind = (&'static str, &'static str);

pub const XLSX: Kind = ("xlsx", "xlsx:Calc MS Excel 2007 XML");
/// UTF-8, commas, cells as they are shown.
pub const CSV: Kind = (
    "csv",
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
);

/// The same workbooks, each opened and saved.
pub fn saved(books: &[Vec<u8>], (ending, filter): Kind) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("profile/user");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("registrymodifications.xcu"), SETTINGS).unwrap();
    for (number, bytes) in books.iter().enumerate() {
        std::fs::write(folder.path().join(format!("book-{number}.xlsx")), bytes).unwrap();
    }
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let output = Command::new("soffice")
        .args([
            &profile,
            "--headless",
            "--norestore",
            "--convert-to",
            filter,
        ])
        .args(["--outdir", "saved"])
        .args((0..books.len()).map(|number| format!("book-{number}.xlsx")))
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("LibreOffice starts; `.ci/test` installs it");
    let saved = (0..books.len()).map(|number| {
        let path = folder.path().join(format!("saved/book-{number}.{ending}"));
        let bytes = std::fs::read(path);
        bytes.unwrap_or_else(|why| panic!("book {number}: {why}\n{output:?}"))
    });
    saved.collect()
}

/// The formulas that did not come to the result that was kept beside them.
pub fn differences(ours: &Book, theirs: &Book) -> Vec<String> {
    let differ = ours
        .formulas
        .iter()
        .filter(|(place, _)| !is_same(ours.value(place), theirs.value(place)));
    let told = differ.map(|(place, formula)| {
        let (sheet, row, column) = place;
        let row = row.saturating_add(1);
        let (ours, theirs) = (ours.value(place), theirs.value(place));
        format!(
            "{sheet} row {row} column {column}: ours {ours:?}, recomputed {theirs:?}, by ={formula}"
        )
    });
    told.collect()
}

/// Whether two cells say the same, numbers but for what doubles lose.
pub fn is_same(ours: &Data, theirs: &Data) -> bool {
    match (ours, theirs) {
        (Data::Float(left), Data::Float(right)) => {
            (left - right).abs() <= UNIT * left.abs().max(1.0)
        }
        (Data::String(left), Data::Empty) => left.is_empty(),
        (Data::Empty, Data::String(right)) => right.is_empty(),
        (left, right) => left == right,
    }
}
