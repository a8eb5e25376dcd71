//! The ranking workbook recomputes itself: another program's arithmetic, from the formulas alone, comes to our figures.

mod office;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use scorecard::evaluation::Evaluation;
use scorecard::exact::Fraction;
use scorecard::reports::{BookImprint, Detail, publish, ranking_xlsx};
use scorecard::scoring;
use scorecard::table::workbook::{At, Style, Workbook};
use serde_json::Value;

use crate::build::{
    FAIL, LOWEST_RATIO, NA, OPTIONAL, PASS, RATED, SILENT, Story, at_least, fixed, number, price,
};
use crate::engine;
use crate::make::{Taste, cases};
use crate::model::{Ans, Case, Kind, Num, Rule, Scale, Weights, tenths, whole};
use crate::write::{Layout, PLAIN};

use office::{Book, differences, recomputed};

/// One workbook and what it must say.
struct Exported {
    bytes: Vec<u8>,
    result: Value,
    shown: String,
}

fn exported(case: &Case, layout: &Layout, lens: Option<usize>) -> Exported {
    let evaluation = engine::filed(case, layout).unwrap();
    Exported {
        bytes: workbook(&evaluation, lens.map(|at| case.set.lenses[at].id.as_str())),
        result: engine::agreed(case, layout, lens),
        shown: engine::shown(case, layout),
    }
}

fn workbook(evaluation: &Evaluation, lens: Option<&str>) -> Vec<u8> {
    let lens = lens.and_then(|id| evaluation.set().lens(id));
    let card = scoring::rank(evaluation, lens);
    let published = publish(evaluation, &card, Detail::Full);
    let imprint = BookImprint {
        title: "A decision",
        record: Some("12:abc"),
        at: "2026-11-20T10:11:12Z".parse().unwrap(),
        not_for_an_award: false,
    };
    ranking_xlsx(&published, &card, &imprint).unwrap()
}

/// Holds that each workbook says what was published, and that recomputing it changes nothing.
fn hold(exported: &[Exported]) -> Vec<Book> {
    let books: Vec<Vec<u8>> = exported.iter().map(|one| one.bytes.clone()).collect();
    let recomputed = recomputed(&books);
    let mut ours = Vec::new();
    for (one, theirs) in exported.iter().zip(&recomputed) {
        let book = Book::read(&one.bytes);
        let differences = differences(&book, theirs);
        assert!(
            differences.is_empty(),
            "{}\n{}",
            differences.join("\n"),
            one.shown
        );
        assert_eq!(rows(theirs), published_rows(&one.result), "{}", one.shown);
        ours.push(book);
    }
    ours
}

/// Rank, vendor, status, total, low, high and coverage, row by row.
fn rows(book: &Book) -> Vec<Vec<String>> {
    let all = (4..).map(|row| {
        (0..7)
            .map(|column| book.shown("Ranking", row, column))
            .collect::<Vec<_>>()
    });
    all.take_while(|row| !row[1].is_empty()).collect()
}

fn published_rows(result: &Value) -> Vec<Vec<String>> {
    let vendors = result["vendors"].as_array().unwrap().iter();
    let rows = vendors.map(|vendor| {
        let figure = |name: &str| rounded(&vendor[format!("{name}_exact")]);
        let text = |name: &str| vendor[name].as_str().unwrap().to_owned();
        let coverage = vendor["coverage"]
            .as_str()
            .map(str::to_owned)
            .unwrap_or_default();
        vec![
            rank(vendor),
            text("vendor"),
            text("status"),
            figure("total"),
            figure("low"),
            figure("high"),
            coverage,
        ]
    });
    rows.collect()
}

fn rank(vendor: &Value) -> String {
    let range = vendor["rank_range"].as_array();
    match (vendor["rank"].as_u64(), range) {
        (Some(rank), _) if vendor["tied"] == true => format!("{rank}="),
        (Some(rank), _) => format!("{rank}.00"),
        (None, Some(range)) => format!("{} to {}", range[0], range[1]),
        (None, None) => String::new(),
    }
}

/// An exact fraction with two decimals, as a double is shown.
fn rounded(exact: &Value) -> String {
    let Some((numerator, denominator)) = exact.as_str().and_then(|text| text.split_once('/'))
    else {
        return String::new();
    };
    let numerator: num_bigint::BigInt = numerator.parse().unwrap();
    let ratio = num_rational::BigRational::new(numerator, denominator.parse().unwrap());
    format!("{:.2}", num_traits::ToPrimitive::to_f64(&ratio).unwrap())
}

#[test]
fn a_wrong_formula_is_found_whatever_result_is_kept_beside_it() {
    let mut book = Workbook::new("Planted", "", "2026-11-20T10:11:12Z".parse().unwrap());
    let mut sheet = book.sheet("Ranking").unwrap();
    let three = Fraction::whole(3).into();
    sheet.formula(At::new(0, 0), "1+2", &three, Style::PLAIN);
    sheet.formula(At::new(1, 0), "1+1", &three, Style::PLAIN);
    sheet.formula(
        At::new(2, 0),
        "IF(A1=3,\"2=\",\"\")",
        &"2=".into(),
        Style::PLAIN,
    );
    sheet.formula(
        At::new(3, 0),
        "IF(A1=3,\"1=\",\"\")",
        &"2=".into(),
        Style::PLAIN,
    );
    book.add(sheet).unwrap();
    let bytes = book.into_bytes().unwrap();
    let theirs = recomputed(std::slice::from_ref(&bytes));
    let found = differences(&Book::read(&bytes), &theirs[0]);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found[0].contains("row 2 ") && found[1].contains("row 4 "),
        "{found:#?}"
    );
}

#[test]
fn workbooks_of_any_evaluation_recompute_to_our_figures() {
    let mut runner = TestRunner::new(engine::some(1));
    let mut exports = Vec::new();
    for _ in 0..40 {
        let (case, layout) = cases(Taste::Anything)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        exports.push(exported(&case, &layout, None));
        if !case.set.lenses.is_empty() {
            exports.push(exported(&case, &layout, Some(0)));
        }
    }
    hold(&exports);
}
