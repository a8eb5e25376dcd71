//! One evaluation through every door: command line, API, files and pages say the same digits.

use std::io::Cursor;
use std::process::Command;

use calamine::{Data, DataType as _, Reader as _, Xlsx};
use scorecard::table::workbook::XLSX;
use serde_json::{Value, json};

use crate::programs::{PRICES, SET, SHEETS, at, data, start};
use crate::support::TestApp;

/// What the command line prints for the sample.
fn printed(more: &[&str]) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/sample");
    let mut command = Command::new(env!("CARGO_BIN_EXE_scorecard"));
    command.current_dir(folder);
    command.args(["rank", "--criteria", SET, "--price", PRICES]);
    let output = command.args(more).args(SHEETS).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    output.stdout
}

#[test]
fn the_result_has_the_bytes_of_the_command_line_with_every_lens() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    for lens in [None, Some("cio"), Some("cto")] {
        let (query, flags) = match lens {
            None => (String::new(), vec![]),
            Some(lens) => (format!("?lens={lens}"), vec!["--lens", lens]),
        };
        let with = |format| [&["--format", format], flags.as_slice()].concat();
        let json = printed(&with("json"));
        let ranking = app.ask(&format!("{}/ranking{query}", at(&id))).is(200);
        assert_eq!(ranking.text(), String::from_utf8_lossy(&json));
        assert_eq!(ranking.header("content-type"), "application/json");
        let saved = app
            .ask(&format!("/evaluations/{id}/ranking.json{query}"))
            .is(200);
        assert_eq!(saved.bytes, json);
        let csv = printed(&with("csv"));
        for path in [format!("/evaluations/{id}"), at(&id)] {
            let saved = app.ask(&format!("{path}/ranking.csv{query}")).is(200);
            assert_eq!(saved.bytes, csv, "{path}{query}");
        }
    }
    let scores = app.ask(&format!("/evaluations/{id}/scores.csv")).is(200);
    assert_eq!(scores.bytes, printed(&["--format", "scores"]));
}

#[test]
fn european_files_are_those_of_the_command_line() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    for (name, format) in [("ranking.csv", "csv"), ("scores.csv", "scores")] {
        let flags = ["--format", format, "--separator", "semicolon"];
        let saved = app.ask(&format!("/evaluations/{id}/{name}?sep=semicolon"));
        assert_eq!(saved.is(200).bytes, printed(&flags), "{name}");
    }
}

#[test]
fn the_page_and_the_report_show_the_digits_of_the_result() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    for query in ["", "?lens=cto"] {
        let result = app.ask(&format!("{}/ranking{query}", at(&id))).json();
        let page = app.ask(&format!("/evaluations/{id}{query}")).is(200).text();
        let report = app
            .ask(&format!("/evaluations/{id}/report.html{query}"))
            .is(200)
            .text();
        let vendors = result["vendors"].as_array().unwrap();
        assert_eq!(vendors.len(), 4);
        for vendor in vendors {
            let (name, total) = (vendor["vendor"].as_str(), vendor["total"].as_str());
            let (name, total) = (name.unwrap(), total.unwrap());
            assert!(
                page.contains(name) && page.contains(total),
                "{name} {total}"
            );
            assert!(report.contains(name) && report.contains(total), "{name}");
        }
    }
}

#[test]
fn a_report_bears_title_and_record_in_print_and_is_else_that_of_the_command_line() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    let saved = app.ask(&format!("/evaluations/{id}/report.html")).is(200);
    let record = saved.header("scorecard-record").to_owned();
    let report = saved.text();
    assert!(report.contains(&format!("<code>{record}</code>")));
    assert!(report.contains("Not for an award."));
    let ours = [
        "<p class=\"facts\">ITSM tool 2027 · record as of",
        "<p>ITSM tool 2027, as of entry",
        "<p>Method sheet as of",
        "<li><a href=\"#decision\">",
        "@bottom-left",
        "Not for an award.",
    ];
    let (before, rest) = report
        .split_once("<section aria-labelledby=\"decision\">")
        .unwrap();
    let (decision, after) = rest.split_once("</section>").unwrap();
    assert!(decision.contains("No decision is recorded."));
    let report = format!("{before}{after}");
    let without_ours = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.is_empty());
        let kept = lines.filter(|line| !ours.iter().any(|start| line.contains(start)));
        kept.map(str::to_owned).collect()
    };
    let printed = String::from_utf8(printed(&["--format", "html"])).unwrap();
    assert_eq!(without_ours(&report), without_ours(&printed));
}

/// The rank, vendor and total of each row of the workbook's first sheet, the total with two decimals.
fn ranked(workbook: &[u8]) -> Vec<[String; 3]> {
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).unwrap();
    let sheet = file.worksheet_range("Ranking").unwrap();
    let shown = |row: u32, column: u32| match sheet.get_value((row, column)) {
        Some(Data::Float(number)) if column == 3 => format!("{number:.2}"),
        Some(Data::Empty) | None => String::new(),
        Some(value) => value.to_string(),
    };
    let rows = (4..8).map(|row| [0, 1, 3].map(|column| shown(row, column)));
    rows.collect()
}

#[test]
fn the_workbook_shows_the_figures_of_the_result_through_every_door() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    for (query, flags) in [("", vec![]), ("?lens=cto", vec!["--lens", "cto"])] {
        let result = app.ask(&format!("{}/ranking{query}", at(&id))).json();
        let vendors = result["vendors"].as_array().unwrap().iter();
        let text = |value: &Value| value.to_string().replace('"', "").replace("null", "");
        let expected: Vec<[String; 3]> = vendors
            .map(|vendor| ["rank", "vendor", "total"].map(|name| text(&vendor[name])))
            .collect();
        for path in [format!("/evaluations/{id}"), at(&id)] {
            let saved = app.ask(&format!("{path}/ranking.xlsx{query}")).is(200);
            assert_eq!(saved.header("content-type"), XLSX);
            assert_eq!(ranked(&saved.bytes), expected, "{path}{query}");
        }
        let flags = [&["--format", "xlsx"], flags.as_slice()].concat();
        assert_eq!(ranked(&printed(&flags)), expected, "{flags:?}");
    }
}

#[test]
fn the_scores_as_a_workbook_are_those_of_the_csv_in_typed_cells() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    let csv = app.ask(&format!("/evaluations/{id}/scores.csv")).is(200);
    let workbook = app.ask(&format!("{}/scores.xlsx", at(&id))).is(200);
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(&workbook.bytes)).unwrap();
    let cells = file.worksheet_range("Scores").unwrap();
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(cells.height(), rows.len());
    for (expected, found) in rows.iter().zip(cells.rows()) {
        for (expected, found) in expected.iter().zip(found) {
            let shown = match found {
                Data::Float(number) => number.to_string(),
                Data::Empty => String::new(),
                other => other.as_string().unwrap(),
            };
            let plain = match scorecard::exact::read_decimal(expected) {
                Ok(number) => {
                    assert!(matches!(found, Data::Float(_)), "{expected}");
                    scorecard::exact::plain(number)
                }
                Err(_) => expected.to_owned(),
            };
            assert_eq!(shown, plain);
        }
    }
}

#[test]
fn the_workbook_of_a_tender_is_that_of_the_record() {
    let app = TestApp::open();
    let mut body = start();
    body["evaluation_kind"] = json!("tender");
    let id = app.with_sample(&body);
    let workbook = format!("{}/ranking.xlsx", at(&id));
    app.ask(&workbook).problem(409, "results-hidden");
    app.send("POST", &format!("{}/scoring/close", at(&id)), &json!({}))
        .is(200);
    app.ask(&workbook).is(200);
    let seen = app.ask(&format!("{workbook}?lens=cio"));
    assert_eq!(seen.blamed(422)[0].1, "lens-in-a-tender");
    let page = app.ask(&format!("/evaluations/{id}?lens=cio")).is(200);
    let link = format!("href=\"/evaluations/{id}/ranking.xlsx\"");
    assert!(page.text().contains(&link), "{}", page.text());
}

#[test]
fn the_scores_upload_into_a_fresh_evaluation_and_give_the_same_result() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    for sep in ["", "?sep=semicolon"] {
        let scores = app.ask(&format!("/evaluations/{id}/scores.csv{sep}")).bytes;
        let copy = app.started(&start());
        let filed = app.upload(&copy, "scores.csv", scores, &[]).is(201).json();
        assert_eq!(filed["answers"]["missing"], 0, "{filed}");
        for lens in ["", "?lens=cio"] {
            let csv = |id: &str| {
                app.ask(&format!("/evaluations/{id}/ranking.csv{lens}"))
                    .bytes
            };
            assert_eq!(csv(&id), csv(&copy));
            let json = |id: &str| {
                let mut result = app.ask(&format!("{}/ranking{lens}", at(id))).json();
                forget_origins(&mut result);
                result
            };
            assert_eq!(json(&id), json(&copy));
        }
    }
}

/// Takes out of a result where its answers stood in which file.
fn forget_origins(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for place in ["sheet", "row", "column"] {
                members.remove(place);
            }
            members.values_mut().for_each(forget_origins);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_origins),
        _ => {}
    }
}

#[test]
fn files_are_named_after_the_title_carry_the_record_and_are_not_kept() {
    let app = TestApp::open();
    let mut body = start();
    body["title"] = json!("Köln: \"ITSM\" 2027");
    let id = app.with_sample(&body);
    let state = app.ask(&at(&id)).json();
    for (name, file) in [
        ("ranking.csv", "ranking.csv"),
        ("ranking.csv?lens=cio", "ranking-cio.csv"),
        ("scores.csv", "scores.csv"),
        ("ranking.xlsx", "ranking.xlsx"),
        ("ranking.xlsx?lens=cio", "ranking-cio.xlsx"),
        ("scores.xlsx", "scores.xlsx"),
        ("ranking.json", "ranking.json"),
        ("report.html", "report.html"),
    ] {
        let saved = app.ask(&format!("/evaluations/{id}/{name}")).is(200);
        let named = format!(
            "attachment; filename=\"k_ln-itsm-2027-{file}\"; filename*=UTF-8''k%C3%B6ln-itsm-2027-{file}"
        );
        assert_eq!(saved.header("content-disposition"), named);
        assert_eq!(saved.header("cache-control"), "no-store");
        assert_eq!(state["record"], saved.header("scorecard-record"));
        if name.contains(".csv") {
            assert!(saved.bytes.starts_with("\u{feff}".as_bytes()));
            assert_eq!(saved.header("content-type"), "text/csv; charset=utf-8");
        }
    }
    let ranking = app.ask(&format!("{}/ranking", at(&id)));
    assert_eq!(state["record"], ranking.header("scorecard-record"));
    assert_eq!(ranking.header("cache-control"), "no-store");
}

#[test]
fn an_address_that_asks_for_what_is_not_there_is_not_answered_with_something_else() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    let ranking = format!("{}/ranking", at(&id));
    let unknown = app.ask(&format!("{ranking}?lens=cfo"));
    let told = unknown.problem(404, "no-lens");
    let detail = told["detail"].as_str().unwrap();
    assert!(detail.contains("cio, cto"), "{detail}");
    let misspelt = app.ask(&format!("{ranking}?lense=cio"));
    assert_eq!(misspelt.blamed(422)[0].1, "unknown-parameter");
    let csv = app.ask(&format!("{ranking}.csv?sep=foo"));
    assert_eq!(csv.blamed(422)[0].1, "unknown-separator");
    for path in [
        "ranking.csv?sep=foo",
        "ranking.json?lens=cfo",
        "scores.csv?lens=cio",
    ] {
        let status = app.ask(&format!("/evaluations/{id}/{path}")).status;
        assert!((400..500).contains(&status), "{path}: {status}");
    }
    let broken = data("sample/variants/broken.csv");
    let problems = app.upload(&id, "broken.csv", broken, &[]);
    let problems = problems.problem(422, "sheet-problems");
    assert!(problems["problems"].as_array().unwrap().len() > 3);
}
