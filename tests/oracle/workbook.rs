//! The ranking workbook recomputes itself: another program's arithmetic, from the formulas alone, comes to our figures.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on has found a failing test"
)]

mod circle;
mod filled;
mod office;

use std::sync::Arc;

use calamine::Data;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use scorecard::criteria::{CriteriaSet, shipped};
use scorecard::evaluation::Evaluation;
use scorecard::exact::Fraction;
use scorecard::reports::{BookImprint, Detail, criteria_xlsx, publish, ranking_xlsx};
use scorecard::scoring;
use scorecard::table::workbook::{At, Style, Workbook};
use serde_json::Value;

use crate::build::{
    FAIL, NA, OPTIONAL, PASS, RATED, SILENT, Story, at_least, fixed, number, price,
};
use crate::engine;
use crate::make::{Taste, cases};
use crate::model::{Ans, Case, Kind, Num, Rule, Scale, Weights, tenths, whole};
use crate::write::{Layout, PLAIN};

use circle::circle;
use office::{Book, differences, is_same, recomputed};

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
        decided: None,
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
        let circle = circle(&book);
        assert!(circle.is_empty(), "{circle:?}\n{}", one.shown);
        let wrong = wrong_rows(theirs, &one.result);
        assert!(wrong.is_empty(), "{}\n{}", wrong.join("\n"), one.shown);
        ours.push(book);
    }
    ours
}

/// The rows of the ranking that do not say what was published: rank, vendor, status, total, low, high.
fn wrong_rows(book: &Book, result: &Value) -> Vec<String> {
    let vendors = result["vendors"].as_array().unwrap().iter();
    let wrong = (4..).zip(vendors).filter_map(|(row, vendor)| {
        let text = |name: &str| Data::String(vendor[name].as_str().unwrap().to_owned());
        let figure = |name: &str| number_of(&vendor[format!("{name}_exact")]);
        let expected = [
            rank(vendor),
            text("vendor"),
            text("status"),
            figure("total"),
            figure("low"),
            figure("high"),
        ];
        let found: Vec<&Data> = (0..6)
            .map(|column| book.at("Ranking", row, column))
            .collect();
        let same = expected
            .iter()
            .zip(&found)
            .all(|(ours, theirs)| is_same(ours, theirs));
        (!same).then(|| format!("row {row}: expected {expected:?}, found {found:?}"))
    });
    wrong.collect()
}

fn rank(vendor: &Value) -> Data {
    let range = vendor["rank_range"].as_array();
    match (vendor["rank"].as_i64(), range) {
        (Some(rank), _) if vendor["tied"] == true => Data::String(format!("{rank}=")),
        (Some(rank), _) => number_of(&Value::String(format!("{rank}/1"))),
        (None, Some(range)) => Data::String(format!("{} to {}", range[0], range[1])),
        (None, None) => Data::Empty,
    }
}

/// The double next to an exact fraction.
fn number_of(exact: &Value) -> Data {
    let Some((numerator, denominator)) = exact.as_str().and_then(|text| text.split_once('/'))
    else {
        return Data::Empty;
    };
    let numerator: num_bigint::BigInt = numerator.parse().unwrap();
    let ratio = num_rational::BigRational::new(numerator, denominator.parse().unwrap());
    Data::Float(num_traits::ToPrimitive::to_f64(&ratio).unwrap())
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
fn a_circle_of_formulas_is_found_through_sheets_and_ranges() {
    let mut book = Workbook::new("Planted", "", "2026-11-20T10:11:12Z".parse().unwrap());
    let mut first = book.sheet("Ranking").unwrap();
    let nothing = Fraction::zero().into();
    first.formula(
        At::new(0, 0),
        "SUMIFS(Price!B1:B9,Price!A1:A9,\"A1\")",
        &nothing,
        Style::PLAIN,
    );
    first.formula(At::new(1, 0), "A1+1", &nothing, Style::PLAIN);
    let mut second = book.sheet("Price").unwrap();
    second.formula(
        At::new(4, 1),
        "IF(Ranking!A2>0,1,0)",
        &nothing,
        Style::PLAIN,
    );
    book.add(first).unwrap();
    book.add(second).unwrap();
    let found = circle(&Book::read(&book.into_bytes().unwrap()));
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn a_gate_on_the_total_and_relative_prices_do_not_lead_in_a_circle() {
    let mut exports = Vec::new();
    for rule in [Rule::LowestRatio, Rule::LinearToLowest, Rule::LinearRange] {
        let mut gated = Story::new(Weights::Points, 100)
            .criterion("Q", 50, RATED)
            .criterion("P", 50, price(rule))
            .scores("Ana", "A", [80, 100])
            .scores("Ana", "B", [70, 80])
            .scores("Ana", "C", [20, 24])
            .lens(&[30, 70], &[0, 1]);
        gated.0.set.total_minimum = Some(whole(60));
        gated.0.set.categories[0].minimum = Some(whole(10));
        exports.push(story(&gated));
        exports.push(exported(&gated.0, &PLAIN, Some(0)));
    }
    hold(&exports);
}

#[test]
fn workbooks_of_any_evaluation_recompute_to_our_figures() {
    let mut runner = TestRunner::new(engine::some(1));
    let mut exports = Vec::new();
    for _ in 0..24 {
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

/// A score, or an amount, as it is.
const fn exactly(num: Num) -> Ans {
    Ans::Number(num)
}

fn story(story: &Story) -> Exported {
    exported(&story.0, &PLAIN, None)
}

#[test]
fn ties_missing_answers_gates_and_every_price_rule_recompute_to_our_figures() {
    let ties = Story::new(Weights::Relative, 5)
        .criterion("X", 3, RATED)
        .criterion("Y", 2, RATED)
        .criterion("Z", 1, RATED)
        .scores("Ana", "Alpha", [4, 3, 5])
        .scores("Ana", "Beta", [3, 5, 4])
        .scores("Ana", "Gamma", [5, 2, 3]);
    let missing = Story::new(Weights::Points, 5)
        .criterion("X", 60, RATED)
        .criterion("Y", 40, RATED)
        .scores("Ana", "A", [4, 3])
        .says("Ana", "B", [number(5), None]);
    let aside = Story::new(Weights::Points, 5)
        .criterion("X", 20, OPTIONAL)
        .criterion("Y", 60, OPTIONAL)
        .criterion("Z", 20, RATED)
        .says("Ana", "A", [NA, number(5), number(0)])
        .says("Ben", "A", [NA, NA, SILENT])
        .says("Ana", "B", [number(1), SILENT, number(2)])
        .says("Ben", "B", [number(2), NA, number(2)]);
    let gates = Story::new(Weights::Points, 5)
        .criterion("X", 100, at_least(tenths(25)))
        .criterion("P", 0, Kind::PassFail)
        .says("Ana", "A", [number(2), PASS])
        .says("Ben", "A", [number(3), PASS])
        .says("Ana", "B", [number(2), PASS])
        .says("Ben", "B", [number(2), PASS])
        .says("Ana", "C", [number(5), FAIL])
        .says("Ben", "C", [number(5), FAIL])
        .says("Ana", "D", [number(5), PASS])
        .says("Ben", "D", [number(5), FAIL]);
    let mut median = ties.clone();
    median.0.set.median = true;
    let median = median
        .scores("Ben", "Alpha", [1, 1, 1])
        .scores("Cleo", "Alpha", [5, 5, 5])
        .scores("consensus", "Beta", [4, 4, 4]);
    let mut exports: Vec<Exported> = [ties, missing, aside, gates, median]
        .iter()
        .map(story)
        .collect();
    for rule in [
        fixed(50, 200),
        Rule::LowestRatio,
        Rule::LinearToLowest,
        Rule::LinearRange,
    ] {
        let prices = Story::new(Weights::Points, 100)
            .criterion("Q", 50, at_least(whole(10)))
            .criterion("P", 50, price(rule))
            .says("Ana", "A", [number(80), number(100)])
            .says("Ana", "B", [None, number(50)])
            .says("Ana", "C", [number(60), Some(exactly(tenths(1335)))])
            .says("Ana", "D", [number(5), number(10)])
            .says("Ana", "E", [number(90), SILENT])
            .says("Ana", "F", [number(70), None]);
        exports.push(story(&prices));
    }
    let books = hold(&exports);
    let ranks = |book: &Book, rows: std::ops::Range<u32>| -> Vec<String> {
        rows.map(|row| book.shown("Ranking", row, 0)).collect()
    };
    assert_eq!(ranks(&books[0], 4..7), ["1=", "1=", "3.00"]);
    assert_eq!(ranks(&books[1], 4..6), ["1 to 2", "1 to 2"]);
}

/// The cells with a rank, a status or a total that hold no formula.
fn values(book: &Book) -> Vec<(u32, u32)> {
    let cells = (4..6).flat_map(|row| [0, 2, 3].map(|column| (row, column)));
    cells
        .filter(|&(row, column)| {
            !book
                .formulas
                .contains_key(&("Ranking".to_owned(), row, column))
        })
        .collect()
}

#[test]
fn totals_nearer_than_a_spreadsheet_can_tell_are_ranked_by_value_and_marked() {
    let scale = |min: Num, max: Num| Scale {
        min,
        max,
        step: None,
    };
    let close = |places: u32| {
        let mut story = Story::new(Weights::Points, 5).criterion("X", 100, RATED);
        story.0.set.scale = scale(whole(0), whole(100));
        let units = 10_i64.pow(places).checked_mul(50).unwrap();
        let just_above = Num {
            units: units.checked_add(1).unwrap(),
            places,
        };
        story
            .says("Ana", "A", [Some(exactly(just_above))])
            .says("Ana", "B", [number(50)])
            .says("Ben", "A", [Some(exactly(just_above))])
            .says("Ben", "B", [Some(exactly(just_above))])
    };
    // The means lie half a unit of the last decimal apart: 5e-10 and 5e-9.
    let (near, far) = (close(9), close(8));
    let mut coarse =
        Story::new(Weights::Points, 5).criterion("X", 100, at_least(whole(900_000_000_000)));
    let high = whole(900_000_000_001);
    coarse.0.set.scale = scale(whole(900_000_000_000), high);
    let coarse =
        coarse
            .says("Ana", "A", [Some(exactly(high))])
            .scores("Ana", "B", [900_000_000_000]);
    let books = hold(&[story(&near), story(&far), story(&coarse)]);
    assert_eq!(values(&books[0]), [(4, 0), (5, 0)]);
    assert_eq!(values(&books[1]), []);
    assert_eq!(values(&books[2]).len(), 6);
    let method =
        |book: &Book| -> String { (4..60).map(|row| book.shown("Method", row, 1)).collect() };
    assert!(
        method(&books[0]).contains("Ranking!A5 (A)"),
        "{}",
        method(&books[0])
    );
    assert!(!method(&books[1]).contains("Ranking!A5"));
    assert!(method(&books[2]).contains("too narrow"));
}

#[test]
fn criteria_sets_as_workbooks_recompute_their_shares_with_every_lens() {
    let imprint = BookImprint {
        title: "A set",
        record: None,
        at: "2026-11-20T10:11:12Z".parse().unwrap(),
        not_for_an_award: false,
        decided: None,
    };
    let sets: Vec<Arc<CriteriaSet>> = shipped()
        .iter()
        .map(|one| Arc::new(one.read().unwrap()))
        .collect();
    let exports: Vec<Vec<u8>> = sets
        .iter()
        .map(|set| criteria_xlsx(set, &imprint).unwrap())
        .collect();
    for ((set, bytes), theirs) in sets.iter().zip(&exports).zip(recomputed(&exports)) {
        let ours = Book::read(bytes);
        let found = differences(&ours, &theirs);
        assert!(found.is_empty(), "{}: {}", set.id(), found.join("\n"));
        let rows = 4..200;
        let rows: Vec<u32> = rows
            .take_while(|&row| !ours.shown("Criteria", row, 2).is_empty())
            .collect();
        let nodes = set.criteria().len().saturating_add(set.categories().len());
        assert_eq!(rows.len(), nodes.saturating_add(1), "{}", set.id());
        for criterion in set.criteria() {
            let found = rows
                .iter()
                .find(|&&row| ours.shown("Criteria", row, 2) == criterion.id());
            let anchors = ours.shown("Criteria", *found.unwrap(), 25);
            for (_, text) in criterion.anchors() {
                assert!(anchors.contains(text.as_str()), "{}", criterion.id());
            }
        }
        let sum = FIRST_SUM.saturating_add(u32::try_from(set.criteria().len()).unwrap());
        for lens in 0..set.lenses().len() {
            let column = u32::try_from(lens)
                .unwrap()
                .saturating_mul(3)
                .saturating_add(3);
            assert_eq!(
                theirs.shown("Lenses", sum, column),
                "100.00",
                "{}",
                set.id()
            );
        }
    }
}

/// The row below the last criterion of a set without any.
const FIRST_SUM: u32 = 4;
