//! Workbooks as they really arrive, and what may never happen whatever is in their cells.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on has found a failing test"
)]

mod book;
mod cases;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use scorecard::criteria::{CriteriaSet, SetLimits};
use scorecard::evaluation::{Answer, Entry};
use scorecard::exact::plain;
use scorecard::sheets::{Context, Declared, Form, Problem, ReadSheet, read};
use scorecard::table::{Limits, Name, NameList};

use book::{Book, DAY, FINE_PERCENT, PERCENT, THOUSANDS, WHOLE, number, place, rows, text};

static SET: LazyLock<CriteriaSet> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sheets/set.toml");
    let source = std::fs::read_to_string(path).unwrap();
    CriteriaSet::parse(&source, &SetLimits::default()).unwrap()
});

fn names(names: &[&str]) -> NameList {
    let mut list = NameList::default();
    for name in names {
        list.find_or_add(&Name::parse(name).unwrap()).unwrap();
    }
    list
}

fn read_book(bytes: &[u8]) -> Result<ReadSheet, Vec<Problem>> {
    read_declared(bytes, &[])
}

fn read_declared(bytes: &[u8], said: &[(&str, &str)]) -> Result<ReadSheet, Vec<Problem>> {
    let form = Form {
        tab: None,
        declared: Declared::parse(said.iter().copied()).unwrap(),
        file_name: "sheet.xlsx".to_owned(),
        evaluator: None,
    };
    let context = Context {
        set: &SET,
        vendors: &names(&["Acme", "Bolt"]),
        evaluators: &names(&["Ana", "Ben"]),
        new_vendors: false,
        new_evaluators: true,
        consensus_needs_reason: true,
        limits: &Limits::default(),
        progress: None,
    };
    read(bytes, &form, &context)
}

fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(Problem::code).collect()
}

fn scores(read: &ReadSheet) -> Vec<String> {
    let sheet = &read.sheet;
    let lines = sheet.lines().iter().map(|line| {
        let vendor = sheet.vendors()[line.vendor].shown();
        let criterion = SET.criteria()[line.criterion.position()].id();
        match line.entry {
            Entry::Answer(Answer::Scored(value)) => {
                format!("{vendor} {criterion} {}", plain(value))
            }
            other => format!("{vendor} {criterion} {other:?}"),
        }
    });
    lines.collect()
}

#[test]
fn every_workbook_gives_exactly_its_scores_and_warnings_or_its_problems() {
    let mut wrong = String::new();
    let all = cases::all();
    for case in &all {
        let began = Instant::now();
        let (found, told) = match read_book(&case.bytes) {
            Ok(read) => (Some(scores(&read)), read.warnings),
            Err(problems) => (None, problems),
        };
        let took = began.elapsed();
        let expected = case
            .scores
            .map(|scores| scores.iter().map(ToString::to_string).collect());
        if found != expected || codes(&told) != case.codes || took > Duration::from_secs(2) {
            let told: Vec<String> = told
                .iter()
                .map(|one| format!("{} {one}", one.code()))
                .collect();
            writeln!(wrong, "{} in {took:?}: {found:?} {told:?}", case.name).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(all.len() >= 40, "only {} workbooks", all.len());
}

/// What may stand in a cell, and the one number that it can be meant as, if any.
fn odd_cells(at: &str) -> Vec<(String, Option<&'static str>)> {
    let typed = |kind: &str, value: &str| format!("<c r=\"{at}\" t=\"{kind}\"><v>{value}</v></c>");
    let said = |value: &str| text(at, value);
    vec![
        (said("3"), Some("3")),
        (said("3 "), Some("3")),
        (said("\u{a0}3\u{a0}"), Some("3")),
        (said("'3"), Some("3")),
        (said("4,5"), Some("4.5")),
        (said(".5"), Some("0.5")),
        (said("1,000"), None),
        (said("1.234,5"), None),
        (said("100.000"), Some("100")),
        (said("EUR 100.000"), None),
        (said("0.125"), Some("0.125")),
        (number(at, "4.125", 0), Some("4.125")),
        (said("80%"), None),
        (said("4/5"), None),
        (said("04-May"), None),
        (said("1e3"), None),
        (said("٣"), None),
        (said("−3"), None),
        (said("=2+2"), None),
        (said("#REF!"), None),
        (said("-"), None),
        (said("N/A"), None),
        (number(at, "3", 0), Some("3")),
        (number(at, "1E3", 0), Some("1000")),
        (number(at, "2.9999999999999996", 0), Some("3")),
        (number(at, "3.5", WHOLE), Some("3.5")),
        (number(at, "3000", THOUSANDS), Some("3000")),
        (number(at, "3", PERCENT), None),
        (number(at, "0.03", FINE_PERCENT), None),
        (number(at, "3", DAY), None),
        (number(at, "NaN", 0), None),
        (number(at, "inf", 0), None),
        (number(at, "0x3", 0), None),
        (number(at, "3 4", 0), None),
        (number(at, "", 0), None),
        (typed("b", "1"), None),
        (typed("e", "#DIV/0!"), None),
        (typed("s", "2"), Some("3")),
        (typed("s", "77"), None),
        (typed("s", "-1"), None),
        (typed("str", "3"), Some("3")),
        (typed("d", "2026-05-04"), None),
        (typed("n", "<!--4-->3"), Some("3")),
        (typed("n", "3<!--4-->5"), None),
        (typed("n", "&#51;"), Some("3")),
        (typed("n", "&#51;5"), Some("35")),
        (typed("n", "3<![CDATA[5]]>"), None),
        (typed("str", "3<!--4-->5"), None),
        (typed("str", "3&#53;"), Some("35")),
        (typed("str", "3<![CDATA[5]]>"), None),
        (typed("s", "3"), Some("35")),
        (typed("s", "4"), Some("35")),
        (typed("n", "&three;"), None),
        (typed("n", "<![CDATA[3]]>"), None),
        (format!("<c r=\"{at}\"><f>1+2</f></c>"), None),
        (format!("<c r=\"{at}\"><f>1+2</f><v/></c>"), None),
        (format!("<c r=\"{at}\"><f>1+2</f><v>3</v></c>"), Some("3")),
        (
            format!("<c r=\"{at}\" t=\"str\"><f>A1</f><v></v></c>"),
            None,
        ),
        (format!("<c r=\"{at}\"><v>3</v><v>4</v></c>"), None),
        (
            format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>3</t></is><v>4</v></c>"),
            None,
        ),
        (
            format!("<c r=\"{at}\" t=\"inlineStr\"><is><r><t>3</t></r><r><t>5</t></r></is></c>"),
            Some("35"),
        ),
        (
            format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>3</t><rPh><t>4</t></rPh></is></c>"),
            Some("3"),
        ),
        (format!("<c r=\"{at}\"/>"), None),
        (format!("<c r=\"{at}\" s=\"99\"><v>3</v></c>"), Some("3")),
        (String::new(), None),
    ]
}

/// Texts that are shared between cells, in pieces.
const STRINGS: &str = "<si><t>3<!--4-->5</t></si><si><t>3&#53;</t></si></sst>";

#[test]
fn an_odd_cell_anywhere_in_a_workbook_never_becomes_another_number() {
    let good = [
        "vendor,criterion,evaluator,score,comment",
        "Acme,INC,Ana,4,solid",
        "Acme,VOL,Ana,1200,measured",
        "Acme,TCO,Ana,250000,dear",
        "Bolt,INC,Ana,3.5,fair",
        "Bolt,CHG,Ben,2,slow",
        "Bolt,DPA,Ben,pass,signed",
    ];
    let cells: Vec<Vec<String>> = good
        .iter()
        .enumerate()
        .map(|(row, line)| {
            let cells = line.split(',').enumerate();
            cells
                .map(|(column, cell)| {
                    let at = place(row, column);
                    if column == 3 && cell.starts_with(|letter: char| letter.is_ascii_digit()) {
                        number(&at, cell, 0)
                    } else {
                        text(&at, cell)
                    }
                })
                .collect()
        })
        .collect();
    let original = read_book(&Book::with(&rows(&cells)).bytes()).unwrap();
    let mut taken = 0;
    for row in 1..good.len() {
        for column in 0..5 {
            for (cell, means) in odd_cells(&place(row, column)) {
                let mut mutant = cells.clone();
                mutant[row][column].clone_from(&cell);
                let book = Book::with(&rows(&mutant)).replaced("</sst>", STRINGS);
                let Ok(read) = read_book(&book.bytes()) else {
                    continue;
                };
                taken += 1;
                for (line, before) in read.sheet.lines().iter().zip(original.sheet.lines().iter()) {
                    assert_eq!(line.row, before.row, "{cell}");
                    if line.row as usize == row + 1 && column == 3 {
                        if let Entry::Answer(Answer::Scored(value)) = line.entry {
                            assert_eq!(Some(plain(value).as_str()), means, "{cell} in row {row}");
                        }
                    } else {
                        assert_eq!(
                            line.entry, before.entry,
                            "{cell} in row {row}, column {column}"
                        );
                    }
                }
                assert_eq!(read.sheet.lines().len(), good.len() - 1, "{cell}");
            }
        }
    }
    assert!(
        taken > 300,
        "only {taken} mutants were taken: the test shows too little"
    );
}

#[test]
fn a_declared_decimal_sign_is_about_texts_and_never_about_the_numbers_of_a_workbook() {
    let head = ["A1", "B1", "C1"]
        .iter()
        .zip(["vendor", "criterion", "score"])
        .map(|(at, name)| text(at, name));
    let row = |row: usize, vendor: &str, score: String| {
        let at = |column| place(row, column);
        vec![text(&at(0), vendor), text(&at(1), "TCO"), score]
    };
    let book = Book::with(&rows(&[
        head.collect(),
        row(1, "Acme", text("C2", "250.000")),
        row(2, "Bolt", number("C3", "310.125", 0)),
    ]));
    assert_eq!(
        codes(&read_book(&book.bytes()).unwrap_err()),
        ["ambiguous-number"]
    );
    let read = read_declared(&book.bytes(), &[("decimal", "comma")]).unwrap();
    assert_eq!(scores(&read), ["Acme TCO 250000", "Bolt TCO 310.125"]);
    let read = read_declared(&book.bytes(), &[("decimal", "point")]).unwrap();
    assert_eq!(scores(&read), ["Acme TCO 250", "Bolt TCO 310.125"]);
    assert_eq!(
        read.read_as.to_string(),
        "long, XLSX workbook, decimal point"
    );
}
