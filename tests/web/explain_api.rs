//! The explanations for programs: they add up exactly, say what the pages say, and wait where results are hidden.

use std::fmt::Write as _;

use scorecard::exact::Fraction;
use serde_json::{Value, json};

use crate::programs::{Answer, SHEETS, at, data, start};
use crate::support::{TestApp, without_tags};

/// What waits for the results; the agenda does not.
const HIDDEN: [&str; 4] = ["why", "missing", "lenses", "mix?from=cio&to=cto"];

/// The sample's evaluation with so many of its sheets.
fn sample(app: &TestApp, kind: &str, sheets: &[&str]) -> String {
    let mut body = start();
    body["evaluation_kind"] = kind.into();
    body["frozen"] = true.into();
    let id = app.started(&body);
    for name in sheets {
        app.upload(&id, name, data(&format!("sample/{name}")), &[])
            .is(201);
    }
    id
}

fn get(app: &TestApp, id: &str, path: &str) -> Value {
    app.ask(&format!("{}/{path}", at(id))).is(200).json()
}

fn exact(value: &Value) -> Fraction {
    let (above, below) = value.as_str().unwrap().split_once('/').unwrap();
    Fraction::new(above.parse().unwrap(), below.parse().unwrap()).unwrap()
}

fn sum(rows: &Value, member: &str) -> Fraction {
    let rows = rows.as_array().unwrap().iter();
    let parts: Vec<Fraction> = rows.map(|row| exact(&row[member])).collect();
    Fraction::sum(&parts)
}

#[test]
fn the_gaps_between_two_vendors_add_up_exactly() {
    let app = TestApp::open();
    let id = sample(&app, "internal", &SHEETS);
    for query in ["", "?lens=cto", "?first=Tamwick%20Flow%20(fictional)"] {
        let why = get(&app, &id, &format!("why{query}"));
        let difference = exact(&why["difference_exact"]);
        let totals = [&why["first"], &why["second"]].map(|one| exact(&one["total_exact"]));
        assert_eq!(difference, &totals[0] - &totals[1], "{query}");
        for rows in ["categories", "criteria"] {
            assert_eq!(sum(&why[rows], "gap_exact"), difference, "{rows}{query}");
            let parts = [("first_exact", &totals[0]), ("second_exact", &totals[1])];
            for (member, total) in parts {
                if rows == "categories" {
                    assert_eq!(&sum(&why[rows], member), total, "{member}{query}");
                }
            }
        }
    }
    let ranking = get(&app, &id, "ranking");
    let why = get(&app, &id, "why");
    assert_eq!(why["first"]["vendor"], ranking["vendors"][0]["vendor"]);
    assert_eq!(why["second"]["vendor"], ranking["vendors"][1]["vendor"]);
    let count = why["criteria"].as_array().unwrap().len();
    assert_eq!(json!(43 - count), why["alike"]);
}

#[test]
fn a_pair_that_is_none_is_told_at_its_field() {
    let app = TestApp::open();
    let id = sample(&app, "internal", &SHEETS);
    let blamed = |path: &str| app.ask(&format!("{}/{path}", at(&id))).blamed(422);
    let pair = |field: &str, code: &str| vec![(field.to_owned(), code.to_owned())];
    assert_eq!(blamed("why?first=Nobody"), pair("first", "unknown-vendor"));
    let same = "Tamwick%20Flow%20(fictional)";
    assert_eq!(
        blamed(&format!("why?first={same}&second={same}")),
        pair("second", "same-vendor")
    );
    assert_eq!(blamed("mix?from=cio"), pair("to", "missing-parameter"));
    app.ask(&format!("{}/mix?from=cio&to=nobody", at(&id)))
        .is(404);
}

#[test]
fn what_is_missing_names_who_owes_it_and_how_far_it_moves() {
    let app = TestApp::open();
    let id = sample(&app, "internal", &["ines-halloran.csv", "prices.csv"]);
    let missing = get(&app, &id, "missing");
    let page = app.ask(&format!("/evaluations/{id}/missing")).is(200);
    let headline = missing["headline"].as_str().unwrap();
    assert!(without_tags(&page.text()).contains(headline), "{headline}");
    let id = sample(&app, "internal", &SHEETS);
    let none = get(&app, &id, "missing");
    assert_eq!(none["missing"], json!([]));
    assert_eq!(
        none["headline"],
        "Nothing that is missing can change the order."
    );
}

#[test]
fn the_agenda_is_by_share_times_spread() {
    let app = TestApp::open();
    let id = sample(&app, "internal", &SHEETS);
    let agenda = get(&app, &id, "agenda");
    let cells = agenda["cells"].as_array().unwrap();
    let weight =
        |cell: &Value| &exact(&cell["share_exact"]) * &exact(&cell["spread_of_scale_exact"]);
    assert!(cells.len() > 10, "{agenda}");
    assert!(
        cells
            .windows(2)
            .all(|two| weight(&two[0]) >= weight(&two[1]))
    );
    let flag = exact(&agenda["flag_exact"]);
    for cell in cells {
        let is_wide = exact(&cell["spread_of_scale_exact"]) >= flag;
        let is_contradiction = cell["contradiction"] == json!(true);
        assert_eq!(
            cell["flagged"],
            json!(is_wide || is_contradiction),
            "{cell}"
        );
    }
}

#[test]
fn lenses_and_their_mix_agree_on_who_is_first_at_either_end() {
    let app = TestApp::open();
    let id = sample(&app, "internal", &SHEETS);
    let lenses = get(&app, &id, "lenses");
    let views = lenses["views"].as_array().unwrap();
    assert_eq!(views[0]["lens"], Value::Null);
    assert_eq!(views.len(), 3);
    for view in &views[1..] {
        let lens = view["lens"].as_str().unwrap();
        let ranking = get(&app, &id, &format!("ranking?lens={lens}"));
        assert_eq!(
            view["vendors"][0]["total_exact"],
            ranking["vendors"][0]["total_exact"]
        );
    }
    for parting in lenses["disagreements"].as_array().unwrap() {
        let rows = parting["criteria"].as_array().unwrap().iter();
        let parts: Vec<Fraction> = rows
            .map(|row| exact(&row["difference_exact"]["low"]))
            .collect();
        let total = exact(&parting["difference_exact"]["low"]);
        assert_eq!(Fraction::sum(&parts), total, "{parting}");
    }
    let mix = get(&app, &id, "mix?from=cio&to=cto");
    let stretches = mix["stretches"].as_array().unwrap();
    let (one, other) = (&stretches[0], stretches.last().unwrap());
    assert_eq!(one["first"][0], views[1]["vendors"][0]["vendor"]);
    assert_eq!(other["first"][0], views[2]["vendors"][0]["vendor"]);
    assert_eq!(other["to_exact"], "1/1");
    let alone = get(&app, &id, "mix?from=record&to=record");
    assert_eq!(alone["stretches"].as_array().unwrap().len(), 1);
}

#[test]
fn explanations_of_a_tender_wait_for_programs_too() {
    let app = TestApp::open();
    let id = sample(&app, "tender", &SHEETS);
    for path in HIDDEN {
        app.ask(&format!("{}/{path}", at(&id)))
            .problem(409, "results-hidden");
    }
    let before = get(&app, &id, "agenda");
    Answer::of(app.request("POST", &format!("{}/scoring/close", at(&id)))).is(200);
    for path in HIDDEN {
        get(&app, &id, path);
    }
    assert_eq!(get(&app, &id, "agenda"), before);
}

#[test]
fn a_ranking_of_many_cells_says_that_its_verdict_is_not_yet_worked_out() {
    let app = TestApp::open();
    let sheet = String::from_utf8(data("sample/mei-lindqvist.csv")).unwrap();
    let (head, rows) = sheet.split_once('\n').unwrap();
    let one: Vec<&str> = rows
        .lines()
        .filter_map(|row| row.strip_prefix("Brindlewick Desk (fictional);"))
        .collect();
    let mut many = format!("{}\n", head.trim_end());
    let vendors: Vec<String> = (1..=30).map(|number| format!("Vendor {number}")).collect();
    for vendor in &vendors {
        for row in &one {
            let _ = writeln!(many, "{vendor};{}", row.trim_end());
        }
    }
    let mut body = start();
    body["vendors"] = json!(vendors);
    body["frozen"] = true.into();
    let id = app.started(&body);
    app.upload(&id, "many.csv", many, &[]).is(201);
    let page = without_tags(&app.ask(&format!("/evaluations/{id}")).is(200).text());
    assert!(page.contains("is not yet worked out"), "{page}");
}
