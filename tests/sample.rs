//! The sample evaluation, ranked by the program as a person would run it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use num_rational::BigRational;
use scorecard::criteria::find_shipped;
use scorecard::exact::{Fraction, read_decimal};
use serde_json::Value;

const BRINDLEWICK: &str = "Brindlewick Desk (fictional)";
const OSTERVANE: &str = "Ostervane Service (fictional)";
const TAMWICK: &str = "Tamwick Flow (fictional)";
const PELLUCOR: &str = "Pellucor ITSM (fictional)";

const WHOLE: [&str; 4] = [
    "ines-halloran.csv",
    "mei-lindqvist.csv",
    "prices.csv",
    "tobias-okafor.csv",
];
const ONE_MISSING: [&str; 4] = [
    "ines-halloran.csv",
    "mei-lindqvist.csv",
    "prices.csv",
    "variants/tobias-okafor-one-missing.csv",
];

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sample(name: &str) -> PathBuf {
    top().join("tests/data/sample").join(name)
}

fn scorecard_rank(options: &[&str], sheets: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .args(["rank", "--criteria", "itsm-mid-market"])
        .args(["--price", "CST-TCO=150000..650000:EUR"])
        .args(options)
        .args(sheets.iter().map(|name| sample(name)))
        .output()
        .expect("the program starts")
}

fn ranking(options: &[&str], sheets: &[&str]) -> Value {
    let output = scorecard_rank(&[options, &["--format", "json"]].concat(), sheets);
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{problems}");
    serde_json::from_slice(&output.stdout).expect("the result is JSON")
}

fn vendors(result: &Value) -> &[Value] {
    result["vendors"].as_array().map_or(&[], Vec::as_slice)
}

fn vendor<'a>(result: &'a Value, name: &str) -> &'a Value {
    let found = vendors(result).iter().find(|card| card["vendor"] == name);
    found.expect("the vendor is in the result")
}

fn exact(value: &Value) -> BigRational {
    let text = value.as_str().expect("an exact value is a text");
    text.parse().expect("an exact value is a fraction")
}

fn winner(result: &Value) -> &str {
    let first = vendors(result).iter().find(|card| card["rank"] == 1);
    first
        .and_then(|card| card["vendor"].as_str())
        .expect("somebody is first")
}

#[test]
fn the_totals_are_exact_and_in_page_order() {
    let result = ranking(&[], &WHOLE);
    assert_eq!(result["status"], "final");
    let rows: Vec<_> = vendors(&result)
        .iter()
        .map(|card| {
            (
                card["vendor"].as_str().unwrap(),
                card["rank"].as_u64(),
                card["status"].as_str().unwrap(),
                card["total"].as_str().unwrap(),
                card["total_exact"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (BRINDLEWICK, Some(1), "ranked", "72.47", "27178/375"),
            (OSTERVANE, Some(2), "ranked", "71.88", "107821/1500"),
            (TAMWICK, Some(3), "ranked", "66.95", "50213/750"),
            (PELLUCOR, None, "disqualified", "75.37", "28262/375"),
        ]
    );
}

#[test]
fn the_vendor_with_the_highest_total_fails_the_must_have_single_sign_on() {
    let result = ranking(&[], &WHOLE);
    let failed = |card: &Value| -> Vec<Value> {
        let gates = card["gates"].as_array().unwrap();
        let failed = gates.iter().filter(|gate| gate["outcome"] == "failed");
        failed.cloned().collect()
    };
    for name in [BRINDLEWICK, OSTERVANE, TAMWICK] {
        assert_eq!(
            failed(vendor(&result, name)),
            [Value::Null; 0],
            "for {name}"
        );
    }
    let pellucor = vendor(&result, PELLUCOR);
    let failed = failed(pellucor);
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0]["on"], "SEC-SSO");
    assert_eq!(failed[0]["minimum"], "3");
    assert_eq!(failed[0]["value"], "2.5");
    assert_eq!(failed[0]["value_exact"], "5/2");
    let highest = vendors(&result)
        .iter()
        .max_by_key(|card| exact(&card["total_exact"]));
    assert_eq!(highest.unwrap()["vendor"], PELLUCOR);
}

#[test]
fn the_first_two_are_too_close_to_call() {
    let result = ranking(&[], &WHOLE);
    let total = |name| exact(&vendor(&result, name)["total_exact"]);
    let lead = total(BRINDLEWICK) - total(OSTERVANE);
    assert_eq!(lead.to_string(), "297/500");
    let set = find_shipped("itsm-mid-market").unwrap().read().unwrap();
    let close_call = Fraction::from(set.rules().close_call()).to_string();
    assert!(lead < close_call.parse().unwrap());
}

#[test]
fn the_cio_and_the_cto_would_choose_differently() {
    let cio = ranking(&["--lens", "cio"], &WHOLE);
    let cto = ranking(&["--lens", "cto"], &WHOLE);
    assert_eq!((&cio["lens"], &cto["lens"]), (&"cio".into(), &"cto".into()));
    assert_eq!(winner(&cio), BRINDLEWICK);
    assert_eq!(winner(&cto), OSTERVANE);
    let total = |result, name| vendor(result, name)["total_exact"].clone();
    assert_eq!(total(&cio, BRINDLEWICK), "1872647/25000");
    assert_eq!(total(&cio, OSTERVANE), "5302453/75000");
    assert_eq!(total(&cto, BRINDLEWICK), "1053157/15000");
    assert_eq!(total(&cto, OSTERVANE), "1101101/15000");
    for result in [&cio, &cto] {
        assert_eq!(vendor(result, PELLUCOR)["status"], "disqualified");
    }
}

#[test]
fn a_vendor_that_never_answered_gets_the_worst_score_and_it_shows() {
    let result = ranking(&[], &WHOLE);
    let silent: Vec<_> = vendors(&result)
        .iter()
        .flat_map(|card| {
            let criteria = card["criteria"].as_array().unwrap();
            criteria.iter().map(move |cell| (&card["vendor"], cell))
        })
        .filter(|(_, cell)| cell["state"] == "no_response")
        .collect();
    assert_eq!(silent.len(), 1);
    let (name, cell) = silent[0];
    assert_eq!(name, TAMWICK);
    assert_eq!(cell["id"], "UX-ACC");
    assert_eq!(cell["points"], "0.00");
}

#[test]
fn the_contributions_add_up_to_the_total_exactly() {
    let result = ranking(&[], &WHOLE);
    for card in vendors(&result) {
        for part in ["criteria", "categories"] {
            let parts = card[part].as_array().unwrap();
            let sum: BigRational = parts
                .iter()
                .map(|part| exact(&part["contribution_exact"]))
                .sum();
            assert_eq!(
                sum,
                exact(&card["total_exact"]),
                "{part} of {}",
                card["vendor"]
            );
        }
    }
}

#[test]
fn one_missing_score_leaves_the_first_two_ranks_open_and_is_never_a_zero() {
    let result = ranking(&[], &ONE_MISSING);
    assert_eq!(result["status"], "provisional");
    let brindlewick = vendor(&result, BRINDLEWICK);
    assert_eq!(brindlewick["status"], "provisional");
    assert_eq!(brindlewick["total"], Value::Null);
    assert_eq!(brindlewick["low"], "71.54");
    assert_eq!(brindlewick["low_exact"], "26828/375");
    assert_eq!(brindlewick["high"], "72.87");
    assert_eq!(brindlewick["high_exact"], "27328/375");
    assert_eq!(brindlewick["coverage"], "96.00");
    for name in [BRINDLEWICK, OSTERVANE] {
        let card = vendor(&result, name);
        assert_eq!(card["rank"], Value::Null, "for {name}");
        assert_eq!(card["rank_range"], serde_json::json!([1, 2]), "for {name}");
    }
    assert_eq!(vendor(&result, OSTERVANE)["status"], "ranked");
    assert_eq!(vendor(&result, TAMWICK)["rank"], 3);
}

#[test]
fn the_broken_sheet_is_refused_with_every_problem_at_once() {
    let output = scorecard_rank(&[], &["variants/broken.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"", "a refused sheet has no result");
    let told = String::from_utf8(output.stderr).unwrap();
    let problems: Vec<(&str, &str)> = told.lines().map(place_and_code).collect();
    assert_eq!(
        problems,
        [
            (
                r#"row 3, column "criterion", value "ITIL-INK""#,
                "unknown-criterion"
            ),
            (r#"row 4, column "score", value "6""#, "out-of-range"),
            (r#"row 5, column "score", value "4.25""#, "off-step"),
            (r#"row 6, column "score", value "four""#, "not-a-number"),
            (
                r#"row 7, column "score", value "04-May""#,
                "date-instead-of-number"
            ),
            (
                r##"row 8, column "score", value "#DIV/0!""##,
                "spreadsheet-error"
            ),
            (
                r#"row 9, column "score", value "N/A""#,
                "not-applicable-refused"
            ),
            (r#"row 10, column "score", value "4""#, "duplicate-answer"),
            (r#"row 11, column "score", value "3""#, "duplicate-answer"),
            (
                "row 12, column \"vendor\", value \"Osterv\u{430}ne Service (fictional)\"",
                "confusable-name"
            ),
        ]
    );
}

/// What a line `FILE: PLACE: MESSAGE [CODE]` says, but for the message.
fn place_and_code(line: &str) -> (&str, &str) {
    let place = line.split(": ").nth(1).unwrap_or_default();
    let code = line.rsplit('[').next().unwrap_or_default();
    (place, code.trim_end_matches(']'))
}

#[test]
fn a_broken_sheet_keeps_the_whole_ones_from_being_ranked() {
    let output = scorecard_rank(&[], &[&WHOLE[..], &["variants/broken.csv"]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"");
}

#[test]
fn the_evaluators_disagree_by_two_points_or_more_and_say_why() {
    let output = scorecard_rank(&["--format", "scores"], &WHOLE);
    let mut cells: BTreeMap<(String, String), Vec<(BigRational, String)>> = BTreeMap::new();
    let mut rows = csv::Reader::from_reader(output.stdout.as_slice());
    for row in rows.records().map(Result::unwrap) {
        let (vendor, criterion, score, comment) = (&row[0], &row[1], &row[3], &row[4]);
        if let Ok(score) = read_decimal(score) {
            let cell = cells.entry((vendor.to_owned(), criterion.to_owned()));
            let score = Fraction::from(score).to_string().parse().unwrap();
            cell.or_default().push((score, comment.to_owned()));
        }
    }
    let far_apart: Vec<_> = cells
        .iter()
        .filter(|(_, given)| {
            let scores = given.iter().map(|(score, _)| score);
            let spread = scores.clone().max().unwrap() - scores.min().unwrap();
            spread >= "2".parse().unwrap()
        })
        .collect();
    let places: Vec<_> = far_apart
        .iter()
        .map(|((vendor, criterion), _)| (vendor.as_str(), criterion.as_str()))
        .collect();
    assert_eq!(places, [(BRINDLEWICK, "FEA-AIV"), (OSTERVANE, "UX-AGT")]);
    for (place, given) in far_apart {
        assert_eq!(given.len(), 3, "{place:?}");
        assert!(given.iter().all(|(_, why)| !why.is_empty()), "{place:?}");
    }
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = std::fs::read_to_string(top().join("README.md")).unwrap();
    let blocks: Vec<&str> = readme
        .split("```console\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .filter(|block| block.starts_with("$ scorecard "))
        .collect();
    assert!(blocks.len() > 3, "the README shows commands");
    for block in blocks {
        let (command, shown) = block.split_once('\n').expect("a command shows its output");
        let output = Command::new(env!("CARGO_BIN_EXE_scorecard"))
            .args(command.split(' ').skip(2).flat_map(as_a_shell_would))
            .current_dir(top())
            .output()
            .unwrap();
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).unwrap();
        assert_eq!(printed.trim_end(), shown, "of {command}");
    }
}

#[test]
fn the_first_command_of_the_readme_ranks_the_sample() {
    let readme = std::fs::read_to_string(top().join("README.md")).unwrap();
    let shown = readme
        .lines()
        .find_map(|line| line.strip_prefix("$ scorecard rank "));
    let first = format!("$ cargo run --release -- rank {}", shown.unwrap());
    assert!(readme.lines().any(|line| line == first), "{first}");
}

/// The sheets that `tests/data/sample/*.csv` names; any other word as it is.
fn as_a_shell_would(word: &str) -> Vec<String> {
    if word != "tests/data/sample/*.csv" {
        return vec![word.to_owned()];
    }
    let sheets = WHOLE.map(|name| format!("tests/data/sample/{name}"));
    sheets.to_vec()
}
