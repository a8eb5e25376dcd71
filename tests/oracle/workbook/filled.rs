//! Blank workbooks, filled in, come back as they were meant: at once, and after another program has saved them.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on has found a failing test"
)]

use std::io::{Cursor, Read as _, Write as _};

use scorecard::criteria::{CriteriaSet, SetLimits};
use scorecard::evaluation::{Answer, Entry, Sheet};
use scorecard::sheets::{Blank, Context, Declared, Form, Shape, read};
use scorecard::table::{Limits, Name, NameList};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::office::{CSV, XLSX, saved};

const SET: &str = r#"
id = "s"
title = "S"
version = "1"
weights = "points"
[scale]
min = 0
max = 5
step = 0.5
anchors = { 0 = "absent", 5 = "exceeds <the> need & more" }
[[category]]
id = "c"
title = "C"
[[criterion]]
id = "1.10"
title = "Incidents"
category = "c"
weight = 60
not_applicable = true
[[criterion]]
id = "1.1"
title = "Waits"
category = "c"
weight = 30
direction = "lower"
scale = { min = -3, max = 10 }
[[criterion]]
id = "P"
title = "Price"
category = "c"
weight = 10
price = { rule = "lowest-ratio", currency = "EUR" }
[[criterion]]
id = "G"
title = "Contract"
category = "c"
kind = "pass-fail"
"#;

/// What is typed into a row's answers, as it stands in the file: numbers as numbers, words as words.
const TYPED: [&str; 4] = [
    "<v>4.5</v>",
    "<v>-2.25</v>",
    "<v>412000.5</v>",
    "<is><t>fail</t></is>",
];
const REASON: &str = "<is><t>-1 from me, =why</t></is>";

/// Types into the cells of a wide blank workbook: answers and reasons by turns, behind the columns that are filled in already.
fn fill(workbook: &[u8], first_answer: u8) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..from.len() {
        let mut part = from.by_index(number).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            for (row, typed) in (2..).zip(TYPED) {
                for column in first_answer..first_answer.saturating_add(4) {
                    let is_reason = column.saturating_sub(first_answer) % 2 == 1;
                    let typed = if is_reason { REASON } else { typed };
                    text = with_content(&text, &format!("{}{row}", char::from(column)), typed);
                }
            }
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// The sheet with something in an empty cell.
fn with_content(sheet: &str, cell: &str, content: &str) -> String {
    let start = sheet.find(&format!("<c r=\"{cell}\"")).unwrap();
    let end = start.saturating_add(sheet[start..].find("/>").unwrap());
    let kind = if content.starts_with("<is>") {
        " t=\"inlineStr\""
    } else {
        ""
    };
    let (before, tag) = sheet.split_at(start);
    let (tag, after) = tag.split_at(end.saturating_sub(start));
    let after = after.strip_prefix("/>").unwrap();
    format!("{before}{tag}{kind}>{content}</c>{after}")
}

fn read_back(set: &CriteriaSet, name: &str, bytes: &[u8]) -> Sheet {
    let form = Form {
        file_name: name.to_owned(),
        evaluator: None,
        tab: None,
        declared: Declared::default(),
    };
    let context = Context {
        set,
        vendors: &NameList::default(),
        evaluators: &NameList::default(),
        new_vendors: true,
        new_evaluators: true,
        consensus_needs_reason: true,
        limits: &Limits::default(),
        progress: None,
    };
    let read = read(bytes, &form, &context).unwrap();
    let warnings: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings, [""; 0], "{name}");
    read.sheet
}

/// Who said what about whom, and why.
fn said(sheet: &Sheet) -> Vec<String> {
    let lines = sheet.lines().iter().map(|line| {
        let entry = match line.entry {
            Entry::Answer(Answer::Scored(score)) => score.normalize().to_string(),
            other => format!("{other:?}"),
        };
        format!(
            "{} {} {:?} {entry} {:?}",
            sheet.evaluators()[line.evaluator].shown(),
            sheet.vendors()[line.vendor].shown(),
            line.criterion,
            line.comment
        )
    });
    lines.collect()
}

#[test]
fn a_filled_in_workbook_uploads_as_it_is_and_as_another_program_saves_it() {
    let set = CriteriaSet::parse(SET, &SetLimits::default()).unwrap();
    let vendors = ["Acme", "=Bolt & Co"].map(|name| Name::parse(name).unwrap());
    let ana = Name::parse("Ana Müller").unwrap();
    let blank = Blank {
        set: &set,
        criteria: set.indexed_criteria().map(|(index, _)| index).collect(),
        vendors: &vendors,
        evaluator: Some(&ana),
    };
    let empty = blank
        .to_xlsx(Shape::Wide, jiff::Timestamp::UNIX_EPOCH)
        .unwrap();
    let answered = |sheet: &Sheet| {
        let lines = sheet.lines().iter();
        lines.filter(|line| line.entry != Entry::NotScored).count()
    };
    assert_eq!(answered(&read_back(&set, "empty.xlsx", &empty)), 0);
    let filled = fill(&empty, b'D');
    let meant = said(&read_back(&set, "filled.xlsx", &filled));
    assert_eq!(meant.len(), 8);
    assert!(meant[0].starts_with("Ana Müller Acme") && meant[0].contains("4.5 Some(\"-1 from me"));
    let books = [empty, filled];
    for (kind, name) in [(XLSX, "saved.xlsx"), (CSV, "saved.csv")] {
        let again = saved(&books, kind);
        assert_eq!(answered(&read_back(&set, name, &again[0])), 0, "{name}");
        assert_eq!(said(&read_back(&set, name, &again[1])), meant, "{name}");
    }
}
