//! While results are hidden, no address lets a score, a price or a reason out.

use std::collections::BTreeSet;
use std::io::Read as _;

use reqwest::blocking::multipart::{Form, Part};
use scorecard::record::Digest;
use serde_json::{Value, json};

use crate::addresses;
use crate::support::TestApp;

pub const SET: &str = r#"
id = "own"
title = "Own"
version = "1"
[scale]
min = 0
max = 100
[[category]]
id = "all"
title = "All"
[[criterion]]
id = "X"
category = "all"
title = "Service desk"
weight = 60
[[criterion]]
id = "COST"
category = "all"
title = "Price"
weight = 40
price = { rule = "fixed-range", floor = 100000, ceiling = 900000, currency = "EUR" }
[[lens]]
id = "cio"
title = "CIO"
weights = { X = 50, COST = 50 }
"#;

/// What must not be seen: scores, a price, a reason. The spread, 12.12, may.
const SECRETS: [&str; 4] = ["73.19", "61.07", "314159", "quokka"];

pub const ANA: &str = "vendor,criterion,score,comment\nAcme,X,73.19,quokka\nBolt,X,40.5,\n";
pub const BO: &str = "vendor,criterion,score\nAcme,X,61.07\nBolt,X,41\n";
pub const PRICES: &str = "vendor,criterion,score\nAcme,COST,314159.27\nBolt,COST,500000\n";

pub fn upload(app: &TestApp, home: &str, evaluator: &str, sheet: &'static str) {
    let part = Part::bytes(sheet.as_bytes()).file_name(format!("{evaluator}.csv"));
    let form = Form::new()
        .part("file", part)
        .text("evaluator", evaluator.to_owned());
    let sent = app.request("POST", &format!("/api/v1{home}/sheets"));
    let sent = sent.multipart(form).send().unwrap();
    assert_eq!(sent.status(), 201, "{}", sent.text().unwrap());
}

/// An evaluation with two evaluators who differ; its address.
pub fn scored(app: &TestApp, fields: &[(&str, &str)]) -> String {
    let mut form = vec![("title", "Tool 2027"), ("criteria", "itsm-mid-market")];
    form.extend(fields);
    let started = app.post("/evaluations", &form);
    let at = started.headers()["location"].to_str().unwrap();
    let home = at.strip_suffix("/method?done=started").unwrap().to_owned();
    app.take_set(&home, SET);
    let frozen = app.post(&format!("{home}/method"), &[("what", "freeze")]);
    assert_eq!(frozen.status(), 303);
    upload(app, &home, "Ana", ANA);
    upload(app, &home, "Bo", BO);
    upload(app, &home, "panel", PRICES);
    home
}

/// Every address of the evaluation.
pub fn addresses(home: &str) -> BTreeSet<String> {
    let id = home.strip_prefix("/evaluations/").unwrap();
    let filled = addresses::all().into_iter().map(|(_, path)| {
        path.replace("{id}", id)
            .replace("{number}", "1")
            .replace("{sheet}", "1")
            .replace("{criterion}", "X")
            .replace("{kind}", "txt")
            .replace("{method}", "swing")
    });
    let paths: BTreeSet<String> = filled.filter(|path| path.contains(id)).collect();
    assert!(paths.len() > 50, "{paths:?}");
    paths
}

/// What is asked for at each address.
pub const QUERIES: [&str; 7] = [
    "",
    "?lens=cio",
    "?of=1&over=2",
    "?at=1",
    "?first=1&second=2",
    "?vendor=1&vendor=2",
    "?one=record&other=cio",
];

/// A body in words: what is packed is unpacked.
pub fn words(bytes: Vec<u8>) -> String {
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for at in 0..archive.len() {
            let mut inner = Vec::new();
            archive
                .by_index(at)
                .unwrap()
                .read_to_end(&mut inner)
                .unwrap();
            text.push_str(&String::from_utf8_lossy(&inner));
        }
    }
    // A number that is written in groups is the same number.
    let together = text.replace([',', '\u{a0}'], "");
    text + &together
}

/// The addresses that let a secret out.
fn telling(app: &TestApp, home: &str) -> BTreeSet<String> {
    let mut telling = BTreeSet::new();
    for path in addresses(home) {
        for query in QUERIES {
            let answer = app.get(&format!("{path}{query}"));
            let text = words(answer.bytes().unwrap().to_vec());
            // Nor what a short sheet could be guessed by.
            let digests = [ANA, BO, PRICES].map(|sheet| Digest::of(sheet.as_bytes()).to_string());
            let secrets = SECRETS
                .into_iter()
                .chain(digests.iter().map(String::as_str));
            if secrets.into_iter().any(|secret| text.contains(secret)) {
                telling.insert(path.clone());
            }
        }
    }
    telling
}

#[test]
fn no_address_of_a_hidden_evaluation_lets_a_score_out_before_scoring_is_closed() {
    let app = TestApp::entered();
    for fields in [
        &[("kind", "tender")][..],
        &[("kind", "internal"), ("hidden", "yes")],
    ] {
        let home = scored(&app, fields);
        assert_eq!(telling(&app, &home), BTreeSet::new(), "{fields:?}");
        let sheet = app.get(&format!("{home}/sheets/1")).text().unwrap();
        for shown in [
            "Ana.csv",
            "Ana",
            "<dd>2</dd>",
            "SHA-256",
            "once scoring is closed",
        ] {
            assert!(sheet.contains(shown), "{shown}");
        }
        assert!(!sheet.contains("/sheets/1/original"));
        for refused in [
            format!("{home}/sheets/1/original"),
            format!("/api/v1{home}/sheets/1/original"),
        ] {
            let answer = app.get(&refused);
            assert_eq!(answer.status(), 409, "{refused}");
            assert!(answer.text().unwrap().contains("until scoring is closed"));
        }

        app.post(&format!("{home}/settle"), &[("what", "close")]);
        let told = telling(&app, &home);
        for path in ["sheets/1", "sheets/1/original", "scores.csv", "report.html"] {
            assert!(told.contains(&format!("{home}/{path}")), "{path}: {told:?}");
        }
        assert!(told.contains(&format!("/api/v1{home}/sheets/1/original")));
    }
}

#[test]
fn looking_at_a_sheet_beforehand_does_not_tell_what_it_would_replace() {
    let app = TestApp::entered();
    let preview = |home: &str| {
        let sheet = "vendor,criterion,score\nAcme,X,12.5\n";
        let form = Form::new()
            .part("file", Part::bytes(sheet.as_bytes()).file_name("ana.csv"))
            .text("evaluator", "Ana")
            .text("dry_run", "true");
        let sent = app.request("POST", &format!("{home}/sheets"));
        sent.multipart(form).send().unwrap().text().unwrap()
    };
    let hidden = preview(&scored(&app, &[("kind", "tender")]));
    assert!(hidden.contains("1 in the place of an earlier answer"));
    assert!(!hidden.contains("73.19") && !hidden.contains("quokka"));
    let open = preview(&scored(&app, &[("kind", "internal")]));
    assert!(open.contains("73.19"));
}

#[test]
fn nobody_finds_out_a_hidden_score_by_guessing_it() {
    let app = TestApp::entered();
    let home = scored(&app, &[("kind", "tender")]);
    let api = format!("/api/v1{home}");
    let guess = |score: &str| {
        let sheet = format!("vendor,criterion,score\nAcme,X,{score}\n").into_bytes();
        let form = Form::new()
            .part("file", Part::bytes(sheet.clone()).file_name("guess.csv"))
            .text("evaluator", "Ana")
            .text("dry_run", "true");
        let sent = app
            .request("POST", &format!("{api}/sheets"))
            .multipart(form);
        let sent = sent.send().unwrap();
        let seen = sent.headers()["scorecard-seen"]
            .to_str()
            .unwrap()
            .to_owned();
        let told = sent.text().unwrap().replace(score, "…");
        let form = Form::new()
            .part("file", Part::bytes(sheet).file_name("guess.csv"))
            .text("evaluator", "Ana");
        let page = app
            .request("POST", &format!("{home}/sheets"))
            .multipart(form);
        let page = page.send().unwrap().text().unwrap();
        let (_, read) = page.split_once("<h1>").unwrap();
        let read = read.split("name=\"held\"").next().unwrap();
        (told, read.replace(score, "…"), seen)
    };
    let (right, right_page, right_seen) = guess("73.19");
    let (wrong, wrong_page, wrong_seen) = guess("72.11");
    assert_eq!(right, wrong);
    assert!(right.contains("\"stood\":1"), "{right}");
    assert_eq!(right_page, wrong_page);
    // What confirms the preview is salted: it is not the digest of anything that can be written down here.
    assert_ne!(right_seen, wrong_seen);
    let line = format!("answers {} replaced\n", Digest::of(b""));
    assert_ne!(right_seen, Digest::of(line.as_bytes()).to_string());
}

#[test]
fn the_record_for_elsewhere_leaves_out_the_digests_of_sheets_until_results_show() {
    let app = TestApp::entered();
    let home = scored(&app, &[("kind", "tender")]);
    let audit = || app.get(&format!("{home}/audit.ndjson")).text().unwrap();
    let filed = |lines: &str| -> Vec<Value> {
        let lines = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        let lines =
            lines.filter(|line: &Value| line["payload"].as_str().unwrap().contains("sheet-filed"));
        lines.collect()
    };
    let before = filed(&audit());
    assert_eq!(before.len(), 3);
    for line in &before {
        assert_eq!(line["withheld"], json!(["original", "answers", "salt"]));
        let payload = line["payload"].as_str().unwrap();
        assert!(
            !payload.contains("salt") && !payload.contains("original"),
            "{payload}"
        );
    }
    app.post(&format!("{home}/settle"), &[("what", "close")]);
    let after = filed(&audit());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before["hash"], after["hash"]);
        assert!(after["withheld"].is_null());
        assert!(after["payload"].as_str().unwrap().contains("\"salt\":\""));
    }
}

#[test]
fn an_open_internal_choice_shows_everything_at_once() {
    let app = TestApp::entered();
    let home = scored(&app, &[("kind", "internal")]);
    let told = telling(&app, &home);
    assert!(told.contains(&format!("{home}/sheets/1/original")));
    assert!(told.contains(&format!("{home}/scores.csv")));
}

#[test]
fn whether_results_are_hidden_is_said_at_the_start_and_a_tender_has_no_choice() {
    let app = TestApp::entered();
    let start = |kind: &str, results: Value| {
        let mut said = json!({"title": "T", "criteria": "itsm-one-afternoon", "evaluation_kind": kind,
            "prices": {"CST-TCO": {"floor": 1, "ceiling": 2, "currency": "EUR"}}});
        if !results.is_null() {
            said["results"] = results;
        }
        let sent = app
            .request("POST", "/api/v1/evaluations")
            .json(&said)
            .send();
        let sent = sent.unwrap();
        let status = sent.status().as_u16();
        (status, sent.json::<Value>().unwrap())
    };
    for (kind, said, shown) in [
        ("internal", Value::Null, "open"),
        ("internal", json!("open"), "open"),
        ("internal", json!("hidden"), "hidden"),
        ("tender", Value::Null, "hidden"),
        ("tender", json!("hidden"), "hidden"),
    ] {
        let (status, answer) = start(kind, said);
        assert_eq!(
            (status, answer["results"].as_str()),
            (201, Some(shown)),
            "{answer}"
        );
    }
    for (kind, said, code) in [
        ("tender", "open", "results-open-in-a-tender"),
        ("internal", "maybe", "unknown-results"),
    ] {
        let (status, answer) = start(kind, json!(said));
        assert_eq!(status, 422);
        assert_eq!(answer["problems"][0]["code"], code, "{answer}");
    }
}
