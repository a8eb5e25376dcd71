//! The jobs that are fuzzed, and what each promises whatever it is given. None may panic or take long.

use std::sync::LazyLock;

use actix_web::test::TestRequest;
use actix_web::{FromRequest as _, rt};
use rust_decimal::Decimal;
use scorecard::criteria::{CriteriaSet, Criterion, Kind, SetLimits};
use scorecard::evaluation::{Answer, Entry};
use scorecard::sheets::{
    Context, Declared, ExcerptLimits, Form, MAX_LISTED, Problem, ReadSheet, excerpt, marked, read,
};
use scorecard::table::{Limits, Name, NameList};
use scorecard::web::Uploaded;

use crate::book::Book;

static SET: LazyLock<CriteriaSet> = LazyLock::new(|| {
    let source = include_str!("../../tests/data/sheets/set.toml");
    CriteriaSet::parse(source, &SetLimits::default()).expect("the set of the corpus is sound")
});

fn names(names: &[&str]) -> NameList {
    let mut list = NameList::default();
    for name in names.iter().filter_map(|name| Name::parse(name).ok()) {
        let _ = list.find_or_add(&name);
    }
    list
}

/// Reads a score sheet: its scores are all on their scales, or there is something wrong with it, and not endlessly much.
pub fn sheet(bytes: &[u8]) {
    declared_sheet(bytes, Declared::default());
}

/// Reads a score sheet beside what is declared about it: lines `field = text`, then a line of three hyphens, then the sheet.
pub fn declared(bytes: &[u8]) {
    const END: &[u8] = b"\n---\n";
    let end = bytes.windows(END.len()).position(|part| part == END);
    let Some((said, sheet)) = end.and_then(|end| bytes.split_at_checked(end)) else {
        return;
    };
    let Ok(said) = str::from_utf8(said) else {
        return;
    };
    let statements = said.lines().filter_map(|line| line.split_once(" = "));
    match Declared::parse(statements) {
        Ok(declared) => {
            // What is kept of it with a sheet says the same when it is read again.
            let again = Declared::parse(declared.statements());
            assert!(again.is_ok_and(|again| again == declared));
            declared_sheet(sheet.get(END.len()..).unwrap_or_default(), declared);
        }
        Err(wrong) => assert!(!wrong.is_empty(), "a refusal says why"),
    }
}

/// Reads a sheet of the corpus' set for two vendors.
fn reading(bytes: &[u8], form: &Form) -> Result<ReadSheet, Vec<Problem>> {
    let limits = Limits {
        max_rows: 20_000,
        ..Limits::default()
    };
    let context = Context {
        set: &SET,
        vendors: &names(&["Acme", "Bolt"]),
        evaluators: &names(&["Ana", "Ben"]),
        new_vendors: false,
        new_evaluators: true,
        consensus_needs_reason: true,
        limits: &limits,
        progress: None,
    };
    read(bytes, form, &context)
}

fn form_with(declared: Declared) -> Form {
    Form {
        file_name: "sheet".to_owned(),
        evaluator: None,
        tab: None,
        declared,
    }
}

fn declared_sheet(bytes: &[u8], declared: Declared) {
    let form = form_with(declared);
    match reading(bytes, &form) {
        Ok(read) => {
            for line in read.sheet.lines().iter() {
                let criterion = SET.criteria().get(line.criterion.position());
                if let Entry::Answer(Answer::Scored(score)) = line.entry {
                    let possible = match criterion.map(Criterion::kind) {
                        Some(Kind::Rated(rated)) => {
                            rated.scale().contains(score) && rated.scale().is_on_step(score)
                        }
                        Some(Kind::Priced(_)) => !score.is_sign_negative(),
                        Some(Kind::PassFail) | None => false,
                    };
                    assert!(possible, "{line:?}");
                }
            }
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "a refusal says why");
            assert!(problems.len() <= MAX_LISTED + 1, "{}", problems.len());
            // What a person is shown of it.
            let _ = marked(bytes, None, &form.declared, &problems);
            let shown = ExcerptLimits {
                rows: 20,
                cells: 8,
                characters: 40,
            };
            let row = |row| problems.iter().any(|problem| problem.row() == Some(row));
            let _ = excerpt(bytes, None, &form.declared, row, &shown);
        }
    }
}

/// A good sheet.
const GOOD: [[&str; 5]; 7] = [
    ["vendor", "criterion", "evaluator", "score", "comment"],
    ["Acme", "INC", "Ana", "4", "solid"],
    ["Acme", "VOL", "Ana", "1200", "measured"],
    ["Acme", "TCO", "Ana", "250000", ""],
    ["Bolt", "Incident management", "Ana", "3.5", ""],
    ["Bolt", "CHG", "Ben", "2", "slow"],
    ["Bolt", "DPA", "Ben", "pass", ""],
];
/// The column of its scores.
const SCORE: usize = 3;

/// Reads a good sheet with another text in one cell: the first byte says in which, the second which separator it has.
///
/// Either it is refused, or every other row says what it said, and this one the number that is written in it.
pub fn cell(bytes: &[u8]) {
    let [place, separator, text @ ..] = bytes else {
        return;
    };
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    let places =
        (1..GOOD.len()).flat_map(|row| (0..GOOD[0].len()).map(move |column| (row, column)));
    let Some(at) = places.clone().cycle().nth(usize::from(*place)) else {
        return;
    };
    let separator = [",", ";", "\t", "|"][usize::from(*separator & 3)];
    let form = form_with(Declared::default());
    let good = reading(good_but(at, None, separator).as_bytes(), &form).expect("the sheet is good");
    let Ok(read) = reading(good_but(at, Some(text), separator).as_bytes(), &form) else {
        return;
    };
    let changed = u32::try_from(at.0).map_or(0, |row| row.saturating_add(1));
    let of_others = |read: &ReadSheet| -> Vec<(u32, Entry)> {
        let lines = read.sheet.lines();
        let others = lines.iter().filter(|line| line.row != changed);
        others.map(|line| (line.row, line.entry)).collect()
    };
    assert_eq!(of_others(&read), of_others(&good), "{at:?} {text:?}");
    let lines = read.sheet.lines();
    let Some(line) = lines.iter().find(|line| line.row == changed) else {
        assert!(
            !read.warnings.is_empty(),
            "a row is left out without a word: {text:?}"
        );
        return;
    };
    if let Entry::Answer(Answer::Scored(score)) = line.entry {
        let written = if at.1 == SCORE {
            text
        } else {
            GOOD[at.0][SCORE]
        };
        assert!(may_say(written, score), "{score} of {written:?} at {at:?}");
    }
}

/// The good sheet with another text in one cell.
fn good_but((row, column): (usize, usize), text: Option<&str>, separator: &str) -> String {
    let mut cells = GOOD.map(|row| row.map(str::to_owned));
    if let Some(text) = text {
        let is_plain = !text.contains(['"', '\n', '\r']) && !text.contains(separator);
        cells[row][column] = if is_plain {
            text.to_owned()
        } else {
            format!("\"{}\"", text.replace('"', "\"\""))
        };
    }
    cells.map(|row| row.join(separator)).join("\n")
}

/// Whether a text may stand for a number: its digits are those of the number, and the decimal sign is where one stands in it.
fn may_say(text: &str, number: Decimal) -> bool {
    let marks = |place: Option<usize>| -> Option<Decimal> {
        let mut plain = String::new();
        for (at, letter) in text.char_indices() {
            if Some(at) == place {
                plain.push('.');
            } else if letter.is_ascii_digit() || letter == '-' {
                plain.push(letter);
            }
        }
        let plain = plain.trim_end_matches('.');
        let plain = plain
            .strip_prefix('.')
            .map_or_else(|| plain.to_owned(), |part| format!("0.{part}"));
        plain.parse().ok()
    };
    let last = text.rfind(['.', ',']);
    [None, last]
        .into_iter()
        .any(|place| marks(place) == Some(number))
}

/// Reads a workbook.
pub fn workbook(bytes: &[u8]) {
    let mut package = b"PK\x03\x04".to_vec();
    if bytes.starts_with(&package) {
        sheet(bytes);
    } else {
        package.extend_from_slice(bytes);
        sheet(&package);
    }
}

/// Reads a workbook that is in order but for its tab.
pub fn tab(bytes: &[u8]) {
    let mut book = Book::with("");
    for (name, part) in &mut book.parts {
        if name == "xl/worksheets/sheet1.xml" {
            *part = bytes.to_vec();
        }
    }
    sheet(&book.bytes());
}

/// Takes a form with files apart: no more comes out of it than went in.
pub fn form(bytes: &[u8]) {
    let request = TestRequest::post()
        .insert_header(("content-type", "multipart/form-data; boundary=edge"))
        .set_payload(bytes.to_vec());
    let (request, mut payload) = request.to_http_parts();
    let taken = rt::System::new().block_on(Uploaded::from_request(&request, &mut payload));
    if let Ok(form) = taken {
        let texts = form.texts().map(|(_, text)| text.len());
        let files = form.files().iter().map(|file| file.bytes.len());
        assert!(texts.chain(files).sum::<usize>() <= bytes.len());
    }
}

/// Reads a criteria set: what it keeps of it can be read again.
pub fn criteria(bytes: &[u8]) {
    let Ok(source) = str::from_utf8(bytes) else {
        return;
    };
    match CriteriaSet::parse(source, &SetLimits::default()) {
        Ok(set) => {
            let again = CriteriaSet::parse(set.source(), &SetLimits::default());
            assert!(again.is_ok_and(|again| again.id() == set.id()));
        }
        Err(problems) => assert!(!problems.is_empty(), "a refusal says why"),
    }
}
