//! Scoring in the page: the grid as a form, the draft as the script saves it, and the sheet that becomes of it.

use reqwest::blocking::Response;
use serde_json::{Value, json};

use crate::programs::{Answer, at, start};
use crate::support::{TestApp, without_tags};

/// A name with everything that a name may have.
const ANA: &str = "Ana \"Änn\" O'Müller/&é";
const VENDOR: &str = "Bolt: <&> \"Ü\"";

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |encoded, byte| {
        format!("{encoded}%{byte:02X}")
    })
}

/// An evaluation of two vendors in which Ana scores the security criteria.
fn evaluation(app: &TestApp, kind: &str) -> String {
    let mut body = start();
    body["vendors"] = json!(["Acme", VENDOR]);
    body["evaluators"] = json!([ANA, "Ben"]);
    body["evaluation_kind"] = json!(kind);
    let id = app.started(&body);
    let assignment = json!({"evaluator": ANA, "categories": ["itil"]});
    let path = format!("{}/assignments", at(&id));
    app.send("PUT", &path, &assignment).is(200);
    id
}

fn page(id: &str) -> String {
    format!("/evaluations/{id}/score?evaluator={}", encoded(ANA))
}

fn draft(id: &str) -> String {
    format!("{}/drafts/{}", at(id), encoded(ANA))
}

fn put(app: &TestApp, id: &str, revision: u64, cells: &[(&str, &str, &str, &str)]) -> Answer {
    let cells = cells.iter().map(|(vendor, criterion, score, reason)| {
        json!({"vendor": vendor, "criterion": criterion, "score": score, "reason": reason})
    });
    let body = json!({"revision": revision, "cells": cells.collect::<Vec<Value>>()});
    app.send("PUT", &draft(id), &body)
}

fn cell<'a>(grid: &'a Value, vendor: &str, criterion: &str) -> &'a Value {
    let mut cells = grid["cells"].as_array().unwrap().iter();
    let found = cells.find(|cell| cell["vendor"] == vendor && cell["criterion"] == criterion);
    found.unwrap()
}

fn post(app: &TestApp, id: &str, fields: &[(&str, &str)]) -> Response {
    app.post(&page(id), fields)
}

fn score(vendor: &str) -> String {
    format!("score:ITIL-INC:{vendor}")
}

fn reason(vendor: &str) -> String {
    format!("reason:ITIL-INC:{vendor}")
}

fn state(vendor: &str) -> String {
    format!("state:ITIL-INC:{vendor}")
}

#[test]
fn the_grid_is_a_form_with_a_label_for_every_field_and_only_what_is_owed() {
    let app = TestApp::open();
    let id = evaluation(&app, "internal");
    let shown = app.get(&page(&id));
    assert_eq!(shown.status(), 200);
    let shown = shown.text().unwrap();
    assert!(
        shown.contains("aria-label=\"Incident management, Acme: score\""),
        "{shown}"
    );
    assert!(
        shown.contains(
            "aria-label=\"Incident management, Bolt: &#60;&#38;&#62; &#34;Ü&#34;: reason\""
        )
    );
    assert!(shown.contains("inputmode=\"decimal\""));
    // Assigned is one category; prices are nobody's.
    assert!(
        !shown.contains("data-criterion=\"CST-TCO\"") && !shown.contains("data-criterion=\"SEC-")
    );
    for handed in ["handout", "sheets"] {
        let step = app
            .get(&format!("/evaluations/{id}/{handed}"))
            .text()
            .unwrap();
        assert!(
            step.contains(&format!("/evaluations/{id}/score?evaluator=")),
            "{handed}"
        );
    }
    for unknown in ["Nobody", "consensus", ""] {
        let path = format!("/evaluations/{id}/score?evaluator={unknown}");
        assert_eq!(app.get(&path).status(), 404, "{unknown}");
    }
}

#[test]
fn a_draft_is_kept_exactly_as_typed_with_what_is_wrong_beside_its_cell_and_counts_nowhere() {
    let app = TestApp::open();
    let id = evaluation(&app, "internal");
    let before = app.ask(&format!("{}/ranking", at(&id))).json();
    let sent = post(
        &app,
        &id,
        &[
            ("revision", "0"),
            ("what", "save"),
            (&score("Acme"), "3,5"),
            (&reason("Acme"), "seen in the trial\r\nby two"),
            (&score(VENDOR), "about 3"),
            (&reason(VENDOR), "=1+1"),
        ],
    );
    assert_eq!(sent.status(), 303);
    let next = sent.headers()["location"].to_str().unwrap().to_owned();
    let shown = app.get(&next).text().unwrap();
    assert!(shown.contains("value=\"3,5\"") && shown.contains("value=\"about 3\""));
    assert!(shown.contains("seen in the trial\nby two") && shown.contains("=1+1"));
    assert!(shown.contains("aria-invalid=\"true\""));
    let grid = app.ask(&draft(&id)).is(200).json();
    assert_eq!(
        (&grid["revision"], &grid["unfiled"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(cell(&grid, "Acme", "ITIL-INC")["problem"], Value::Null);
    let wrong = &cell(&grid, VENDOR, "ITIL-INC")["problem"];
    assert_eq!(
        (&wrong["code"], &wrong["field"]),
        (&json!("not-a-number"), &json!("score"))
    );
    assert_eq!(app.ask(&format!("{}/ranking", at(&id))).json(), before);

    // With something wrong it is not submitted: the page leads to the cell.
    let review = post(&app, &id, &[("revision", "1"), ("what", "review")]);
    assert_eq!(review.status(), 422);
    let review = review.text().unwrap();
    assert!(review.contains("To be mended before this can be submitted"));
    assert!(review.contains("href=\"#score-ITIL-INC-2\""));
}

#[test]
fn what_is_submitted_goes_through_the_preview_and_is_filed_as_a_sheet_with_its_bytes() {
    let app = TestApp::open();
    let id = evaluation(&app, "internal");
    let home = format!("/evaluations/{id}");
    let preview = post(
        &app,
        &id,
        &[
            ("revision", "0"),
            ("what", "review"),
            (&score("Acme"), "3,5"),
            (&reason("Acme"), "=seen"),
            (&state(VENDOR), "no response"),
            (&score(VENDOR), ""),
            (&reason(VENDOR), ""),
            ("score:ITIL-REQ:Acme", ""),
            ("reason:ITIL-REQ:Acme", "to be asked"),
        ],
    );
    assert_eq!(preview.status(), 200);
    let preview = preview.text().unwrap();
    assert!(
        preview.contains("2 new, 0 changed"),
        "{}",
        without_tags(&preview)
    );
    assert_eq!(
        app.ask(&format!("{}/sheets", at(&id))).json()["sheets"],
        json!([])
    );
    let filed = app.confirm(&home, &preview);
    assert_eq!(filed.status(), 200);

    let sheets = app.ask(&format!("{}/sheets", at(&id))).json();
    assert_eq!(
        sheets["sheets"][0]["file_name"],
        "scored-in-page-ana-änn-o-müller-é.csv"
    );
    let original = app.ask(&format!("{}/sheets/1/original", at(&id))).is(200);
    let expected = "\u{feff}vendor,criterion,evaluator,score,comment\r\n\
        Acme,ITIL-INC,\"Ana \"\"Änn\"\" O'Müller/&é\",3.5,'=seen\r\n\
        \"Bolt: <&> \"\"Ü\"\"\",ITIL-INC,\"Ana \"\"Änn\"\" O'Müller/&é\",no response,\r\n";
    assert_eq!(original.text(), expected);

    // What is filed is no draft any more, and prefills the grid; a reason that waits for its score stays.
    let grid = app.ask(&draft(&id)).json();
    assert_eq!(grid["unfiled"], 1);
    let acme = cell(&grid, "Acme", "ITIL-INC");
    assert_eq!(acme["filed"], json!({"score": "3.5", "reason": "=seen"}));
    assert_eq!(acme["unfiled"], false);
    assert_eq!(cell(&grid, "Acme", "ITIL-REQ")["reason"], "to be asked");
    let shown = app.get(&page(&id)).text().unwrap();
    assert!(shown.contains("<option value=\"no response\" selected>"));

    // Emptying what is filed takes it away.
    let preview = post(
        &app,
        &id,
        &[
            ("revision", "2"),
            ("what", "review"),
            (&score("Acme"), ""),
            (&reason("Acme"), ""),
        ],
    );
    let preview = preview.text().unwrap();
    assert!(preview.contains("1 cleared"), "{}", without_tags(&preview));
    assert_eq!(app.confirm(&home, &preview).status(), 200);
    let grid = app.ask(&draft(&id)).json();
    assert_eq!(cell(&grid, "Acme", "ITIL-INC")["filed"], Value::Null);
}

#[test]
fn a_number_that_could_be_two_is_refused_as_in_sheets() {
    let app = TestApp::open();
    let id = evaluation(&app, "internal");
    for (revision, (typed, code)) in [
        ("1,000", Some("ambiguous-number")),
        ("7", Some("out-of-range")),
        ("3.3", Some("off-step")),
        ("4 no response", Some("not-a-number")),
        ("2,5", None),
        ("N/A", Some("not-applicable-refused")),
        ("TBC", None),
    ]
    .into_iter()
    .enumerate()
    {
        let revision = u64::try_from(revision).unwrap();
        let grid = put(&app, &id, revision, &[("Acme", "ITIL-INC", typed, "why")]).is(200);
        let found = cell(&grid.json(), "Acme", "ITIL-INC")["problem"]["code"].clone();
        assert_eq!(found, json!(code), "{typed}");
    }
}

#[test]
fn of_two_windows_that_save_at_once_one_is_told_and_nothing_is_overwritten() {
    let app = TestApp::open();
    let id = evaluation(&app, "internal");
    let statuses = std::thread::scope(|scope| {
        let windows: Vec<_> = (0..8)
            .map(|window| {
                let (app, id) = (&app, &id);
                scope.spawn(move || {
                    let reason = format!("window {window}");
                    let answer = put(app, id, 0, &[("Acme", "ITIL-INC", "4", &reason)]);
                    (answer.status, reason)
                })
            })
            .collect();
        let windows = windows.into_iter();
        windows
            .map(|window| window.join().unwrap())
            .collect::<Vec<_>>()
    });
    let saved: Vec<&String> = statuses
        .iter()
        .filter(|(status, _)| *status == 200)
        .map(|(_, reason)| reason)
        .collect();
    let told = statuses.iter().filter(|(status, _)| *status == 409).count();
    assert_eq!((saved.len(), told), (1, 7), "{statuses:?}");
    let grid = app.ask(&draft(&id)).json();
    assert_eq!(grid["revision"], 1);
    assert_eq!(cell(&grid, "Acme", "ITIL-INC")["reason"], *saved[0]);

    // The same once more, as after an answer that got lost, is no dispute; something else is.
    let again = put(&app, &id, 0, &[("Acme", "ITIL-INC", "4", saved[0])]).is(200);
    assert_eq!(again.json()["revision"], 1);
    put(&app, &id, 0, &[("Acme", "ITIL-INC", "5", "")]).problem(409, "draft-changed");

    // As a form: what was typed comes back, beside what was saved meanwhile.
    let fields = [
        ("revision", "0"),
        ("what", "save"),
        (&score("Acme"), "2"),
        (&reason("Acme"), "mine"),
    ];
    let stale = post(&app, &id, &fields);
    assert_eq!(stale.status(), 409);
    let stale = stale.text().unwrap();
    assert!(stale.contains("Another window has saved something else meanwhile"));
    assert!(stale.contains("value=\"2\"") && stale.contains("saved meanwhile: 4 (window"));
    assert!(stale.contains("name=\"revision\" value=\"1\""));
    let fields = [("revision", "1"), fields[1], fields[2], fields[3]];
    assert_eq!(post(&app, &id, &fields).status(), 303);
    assert_eq!(
        cell(&app.ask(&draft(&id)).json(), "Acme", "ITIL-INC")["score"],
        "2"
    );
}

#[test]
fn what_is_about_no_cell_of_the_grid_or_too_long_is_refused_with_all_its_problems() {
    let app = TestApp::open();
    let id = evaluation(&app, "internal");
    let long = "x".repeat(5001);
    let blamed = put(
        &app,
        &id,
        0,
        &[
            ("Nobody", "ITIL-INC", "3", ""),
            ("Acme", "CST-TCO", "3", &long),
            ("Acme", "ITIL-INC", &"9".repeat(201), ""),
        ],
    )
    .blamed(422);
    let expected = [
        ("cells.0.vendor", "unknown-vendor"),
        ("cells.1.criterion", "unknown-criterion"),
        ("cells.1.reason", "cell-too-long"),
        ("cells.2.score", "cell-too-long"),
    ];
    let expected = expected.map(|(field, code)| (field.to_owned(), code.to_owned()));
    assert_eq!(blamed, expected);
    assert_eq!(app.ask(&draft(&id)).json()["revision"], 0);
    app.send("PUT", &draft(&id), &json!({"cells": []}))
        .problem(422, "fields");
    app.ask(&format!("{}/drafts/Nobody", at(&id)))
        .problem(404, "no-evaluator");
}

#[test]
fn while_results_are_hidden_nobody_else_sees_what_somebody_scored() {
    let app = TestApp::open();
    let id = evaluation(&app, "tender");
    app.ask(&draft(&id)).problem(409, "own-scores");
    put(&app, &id, 0, &[("Acme", "ITIL-INC", "4", "")]).problem(409, "own-scores");
    let shown = app.get(&page(&id));
    assert_eq!(shown.status(), 409);
    let step = app
        .get(&format!("/evaluations/{id}/handout"))
        .text()
        .unwrap();
    assert!(!step.contains("/score?evaluator="));
}

#[test]
fn once_scoring_is_closed_the_grid_can_be_read_and_nothing_is_saved() {
    let app = TestApp::open();
    let id = evaluation(&app, "internal");
    put(&app, &id, 0, &[("Acme", "ITIL-INC", "4", "")]).is(200);
    app.send("POST", &format!("{}/scoring/close", at(&id)), &json!({}))
        .is(200);
    let shown = app.get(&page(&id)).text().unwrap();
    assert!(
        shown.contains("<fieldset class=\"bare\" disabled>")
            && !shown.contains("Review and submit")
    );
    put(&app, &id, 1, &[("Acme", "ITIL-INC", "5", "")]).problem(409, "scoring-closed");
}

#[test]
fn one_vendor_can_be_scored_at_a_time_and_the_others_stay() {
    let app = TestApp::open();
    let id = evaluation(&app, "internal");
    put(&app, &id, 0, &[(VENDOR, "ITIL-INC", "4", "kept")]).is(200);
    let alone = app.get(&format!("{}&vendor=1", page(&id))).text().unwrap();
    assert!(alone.contains("data-vendor=\"Acme\"") && !alone.contains("data-vendor=\"Bolt"));
    let fields = [
        ("revision", "1"),
        ("what", "save"),
        ("vendor", "1"),
        (&score("Acme"), "3"),
        (&reason("Acme"), ""),
    ];
    let saved = post(&app, &id, &fields);
    assert!(
        saved.headers()["location"]
            .to_str()
            .unwrap()
            .ends_with("done=saved&vendor=1")
    );
    let grid = app.ask(&draft(&id)).json();
    assert_eq!(cell(&grid, VENDOR, "ITIL-INC")["reason"], "kept");
    assert_eq!(cell(&grid, "Acme", "ITIL-INC")["score"], "3");
}
