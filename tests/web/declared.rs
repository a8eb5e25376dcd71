//! What an uploader says about a sheet, so that it need not be typed again.

use serde_json::json;

use crate::programs::start;
use crate::support::{TestApp, without_tags};

const WORDS: &str = "criterion;Acme Inc.;Bolt\nITIL-INC;Fully;2\n";

fn evaluation(app: &TestApp) -> String {
    let mut body = start();
    body["vendors"] = json!(["Acme", "Bolt"]);
    app.started(&body)
}

#[test]
fn programs_declare_in_fields_and_the_record_keeps_what_was_said() {
    let app = TestApp::open();
    let id = evaluation(&app);
    let said = [
        ("evaluator", "Ana"),
        ("word:Fully", "5"),
        ("name:Acme Inc.", "Acme"),
    ];
    app.upload(&id, "a.csv", WORDS, &said[..2]).is(422);
    let filed = app.upload(&id, "a.csv", WORDS, &said).is(201);
    assert_eq!(filed.json()["answers"]["new"], json!(2), "{}", filed.text());
    app.upload(&id, "a.csv", WORDS, &said).is(200);
    let other = [said[0], ("word:Fully", "4"), said[2]];
    let changed = app.upload(&id, "a.csv", WORDS, &other).is(201);
    assert_eq!(changed.json()["answers"]["changed"], json!(1));
}

#[test]
fn what_cannot_be_declared_is_told_field_by_field() {
    let app = TestApp::open();
    let id = evaluation(&app);
    let said = [("decimal", "dot"), ("word:4", "5"), ("column:A", "price")];
    let blamed = app.upload(&id, "a.csv", WORDS, &said).blamed(422);
    let fields: Vec<&str> = blamed.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["decimal", "word:4", "column:A"]);
    assert!(blamed.iter().all(|(_, code)| code == "not-declarable"));
}

#[test]
fn the_page_asks_what_words_and_names_mean_and_offers_it_the_next_time() {
    let app = TestApp::open();
    let id = evaluation(&app);
    let home = format!("/evaluations/{id}");
    let ask = |status: u16| {
        let form = crate::programs::form("a.csv", WORDS, &[("evaluator", "Ana")]);
        let sent = app
            .request("POST", &format!("{home}/sheets"))
            .multipart(form);
        let sent = sent.send().unwrap();
        assert_eq!(sent.status(), status);
        sent.text().unwrap()
    };
    let refused = ask(422);
    assert!(
        refused.contains("name=\"word:Fully\" value=\"\""),
        "{refused}"
    );
    assert!(refused.contains("name=\"name:Acme Inc.\" value=\"\""));
    let held = refused.split("name=\"held\" value=\"").nth(1).unwrap();
    let held = held.split('"').next().unwrap();
    let said = [
        ("held", held),
        ("evaluator", "Ana"),
        ("word:Fully", "5"),
        ("name:Acme Inc.", "Acme"),
        ("column:Bolt", ""),
        ("decimal", ""),
    ];
    let looked = [&said[..], &[("dry_run", "true")]].concat();
    let looked = app
        .post(&format!("{home}/sheets/held"), &looked)
        .text()
        .unwrap();
    assert!(
        without_tags(&looked).contains("nothing is stored yet"),
        "{looked}"
    );
    assert!(
        looked.contains("name=\"word:Fully\" value=\"5\""),
        "{looked}"
    );
    let held = looked.split("name=\"held\" value=\"").nth(1).unwrap();
    let held = held.split('"').next().unwrap();
    let said = [&[("held", held)], &said[1..]].concat();
    let filed = app
        .post(&format!("{home}/sheets/held"), &said)
        .text()
        .unwrap();
    assert!(without_tags(&filed).contains("filed as sheet 1"), "{filed}");
    let again = ask(422);
    assert!(again.contains("name=\"word:Fully\" value=\"5\""), "{again}");
    assert!(
        again.contains("as it was said of the sheet before"),
        "{again}"
    );
}

#[test]
fn a_refused_sheet_comes_back_with_its_problems_beside_each_row() {
    let app = TestApp::open();
    let id = evaluation(&app);
    let home = format!("/evaluations/{id}");
    let form = crate::programs::form("my scores.csv", WORDS, &[("evaluator", "Ana")]);
    let refused = app
        .request("POST", &format!("{home}/sheets"))
        .multipart(form);
    let refused = refused.send().unwrap().text().unwrap();
    let held = refused.split("name=\"held\" value=\"").nth(1).unwrap();
    let held = held.split('"').next().unwrap();
    let marked = app.post(
        &format!("{home}/sheets/held/problems"),
        &[("held", held), ("evaluator", "Ana")],
    );
    assert_eq!(marked.status(), 200);
    let disposition = marked.headers()["content-disposition"].to_str().unwrap();
    assert!(
        disposition.contains("my scores-problems.csv"),
        "{disposition}"
    );
    let text = marked.text().unwrap();
    let row = text
        .lines()
        .find(|line| line.starts_with("ITIL-INC"))
        .unwrap();
    assert!(row.starts_with("ITIL-INC;Fully;2;\"Acme Inc.: "), "{row}");
}
