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
    let looked = app
        .post(&format!("{home}/sheets/held"), &said)
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
    let filed = app.confirm(&home, &looked).text().unwrap();
    assert!(without_tags(&filed).contains("filed as sheet 1"), "{filed}");
    let again = ask(422);
    assert!(again.contains("name=\"word:Fully\" value=\"5\""), "{again}");
    assert!(
        again.contains("as it was said of the sheet before"),
        "{again}"
    );
}

#[test]
fn a_decimal_sign_is_not_carried_over_to_a_sheet_whose_numbers_are_plain() {
    let app = TestApp::open();
    let id = evaluation(&app);
    let german = "vendor;criterion;score\nAcme;ITIL-INC;4,500\n";
    let said = [("evaluator", "Ana"), ("decimal", "comma")];
    app.upload(&id, "a.csv", german, &said).is(201);
    let asked = |sheet: &str| {
        let form = crate::programs::form("b.csv", sheet, &[("evaluator", "Ana")]);
        let sent = app.request("POST", &format!("/evaluations/{id}/sheets"));
        let sent = sent.multipart(form).send().unwrap();
        assert_eq!(sent.status(), 422);
        sent.text().unwrap()
    };
    let comma = "value=\"comma\" selected";
    let plain = asked("vendor,criterion,score\nAcme,ITIL-INC,3.5\nAcme,NOPE,3.5\n");
    assert!(
        plain.contains("name=\"decimal\"") && !plain.contains(comma),
        "{plain}"
    );
    assert!(
        !plain.contains("as it was said of the sheet before"),
        "{plain}"
    );
    let open = asked("vendor;criterion;score\nAcme;ITIL-INC;1,234.5\n");
    assert!(open.contains(comma), "{open}");
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

#[test]
fn a_preview_says_the_sums_and_is_asked_again_only_if_what_it_replaces_has_changed() {
    let app = TestApp::open();
    let id = evaluation(&app);
    let first = "criterion,Acme,Bolt\nITIL-INC,4,2.5\nITIL-CHG,3,\n";
    let dry = [("evaluator", "Ana"), ("dry_run", "true")];
    let looked = app.upload(&id, "a.csv", first, &dry).is(200);
    assert_eq!(
        looked.json()["answers"]["sums"],
        json!([{"vendor": "Acme", "numbers": 2, "sum": "7"}, {"vendor": "Bolt", "numbers": 1, "sum": "2.5"}])
    );
    let seen = looked.header("scorecard-seen").to_owned();
    let confirmed = [("evaluator", "Ana"), ("seen", seen.as_str())];
    // What another evaluator files is not what this sheet replaces.
    app.upload(&id, "b.csv", first, &[("evaluator", "Ben")])
        .is(201);
    let second = "criterion,Acme\nITIL-INC,1\n";
    app.upload(&id, "a2.csv", second, &[("evaluator", "Ana")])
        .is(201);
    let stale = app.upload(&id, "a.csv", first, &confirmed);
    stale.problem(409, "preview-stale");
    let looked = app.upload(&id, "a.csv", first, &dry).is(200);
    let seen = looked.header("scorecard-seen").to_owned();
    app.upload(&id, "c.csv", first, &[("evaluator", "Cem")])
        .is(201);
    let confirmed = [("evaluator", "Ana"), ("seen", seen.as_str())];
    let filed = app.upload(&id, "a.csv", first, &confirmed).is(201).json();
    assert_eq!(filed["answers"]["changed"], json!(1));
    app.upload(&id, "a.csv", first, &[("evaluator", "Ana"), ("seen", "x")])
        .is(422);
}

#[test]
fn the_page_of_a_preview_files_it_and_shows_it_once_more_if_what_it_replaces_has_changed() {
    let app = TestApp::open();
    let id = evaluation(&app);
    let home = format!("/evaluations/{id}");
    let first = "criterion,Acme,Bolt\nITIL-INC,4,2.5\n";
    let form = crate::programs::form("a.csv", first, &[("evaluator", "Ana")]);
    let sent = app
        .request("POST", &format!("{home}/sheets"))
        .multipart(form);
    let looked = sent.send().unwrap().text().unwrap();
    assert!(
        without_tags(&looked).contains("to compare with the sums"),
        "{looked}"
    );
    app.upload(
        &id,
        "other.csv",
        "criterion,Acme\nITIL-INC,1\n",
        &[("evaluator", "Ana")],
    )
    .is(201);
    let confirm = |page: &str| app.confirm(&home, page).text().unwrap();
    let again = confirm(&looked);
    assert!(
        without_tags(&again).contains("have changed since it was looked at"),
        "{again}"
    );
    assert!(again.contains("sheet 1 (other.csv, by"), "{again}");
    assert!(without_tags(&confirm(&again)).contains("filed as sheet 2"));
}

#[test]
fn a_criteria_set_in_a_file_is_looked_at_with_the_weights_that_it_has() {
    let app = TestApp::open();
    let home = app.start("internal", "itsm-one-afternoon", "1000", "2000");
    let reopened = [("what", "reopen"), ("reason", "our own criteria")];
    assert_eq!(app.post(&format!("{home}/method"), &reopened).status(), 303);
    let own = "id = \"own\"\ntitle = \"Own\"\nversion = \"1\"\nscale = { min = 0, max = 5 }\n\
               category = [{ id = \"all\", title = \"All\" }]\ncriterion = [\n\
               { id = \"X\", category = \"all\", title = \"Desk\", weight = 87.5 },\n\
               { id = \"Y\", category = \"all\", title = \"Change\", weight = 12.5 },\n]\n";
    let file = reqwest::blocking::multipart::Part::bytes(own.as_bytes().to_vec());
    let form = reqwest::blocking::multipart::Form::new().part("own", file.file_name("own.toml"));
    let request = app.request("POST", &format!("{home}/method/own"));
    let look = request.multipart(form).send().unwrap().text().unwrap();
    assert!(look.contains("Weights as they are written"), "{look}");
    assert!(!look.contains("has no weights"), "{look}");
    assert!(
        look.contains("<td data-head=\"Weight as written\" class=\"number\">87.5</td>"),
        "{look}"
    );
}

#[test]
fn an_evaluation_starts_from_a_spreadsheet_of_its_own_and_takes_its_scores_from_the_same_file() {
    let app = TestApp::open();
    let home = app.start("internal", "itsm-one-afternoon", "1000", "2000");
    let reopened = [("what", "reopen"), ("reason", "our own criteria")];
    assert_eq!(app.post(&format!("{home}/method"), &reopened).status(), 303);
    let own = "criterion,weight,Acme,Bolt\nSpeed,30,4,3\nEase of use,10,5,2\nTotal,40,9,5\n";
    let file = reqwest::blocking::multipart::Part::bytes(own.as_bytes().to_vec());
    let form = reqwest::blocking::multipart::Form::new().part("own", file.file_name("own.csv"));
    let request = app.request("POST", &format!("{home}/method/own"));
    let asked = request.multipart(form).send().unwrap().text().unwrap();
    assert!(asked.contains("On which scale are the scores?"), "{asked}");
    let word = |page: &str, name: &str| {
        let after = page
            .split(&format!("name=\"{name}\" value=\""))
            .nth(1)
            .unwrap();
        after.split('"').next().unwrap().to_owned()
    };
    let held = word(&asked, "held");
    let on = format!("{home}/method/own/held");
    let said = [
        ("held", held.as_str()),
        ("scale", "0..5"),
        ("evaluator", "Ana"),
    ];
    let taken = app.post(&on, &[said[0], ("what", "take")]);
    assert_eq!(taken.status(), 422);
    let look = app.post(&on, &said);
    assert_eq!(look.status(), 200);
    let look = look.text().unwrap();
    assert!(without_tags(&look).contains("75.00 (3/4)"), "{look}");
    let seen = word(&look, "seen");
    let other = [
        said[0],
        ("scale", "0..10"),
        said[2],
        ("seen", &seen),
        ("what", "take"),
    ];
    assert_eq!(app.post(&on, &other).status(), 409);
    let confirm = [said[0], said[1], said[2], ("seen", &seen), ("what", "take")];
    assert_eq!(app.post(&on, &confirm).status(), 303);
    // A file that is no longer at hand is chosen again; what was said about it stays.
    let gone = app.post("/own/held", &confirm);
    assert_eq!(gone.status(), 422);
    let gone = gone.text().unwrap();
    assert!(gone.contains("Choose it again"), "{gone}");
    for kept in [
        "name=\"scale\" value=\"0..5\"",
        "name=\"evaluator\" value=\"Ana\"",
    ] {
        assert!(gone.contains(kept), "{gone}");
    }
    let csv = app.get(&format!("{home}/ranking.csv")).text().unwrap();
    // 0.75 * 80 + 0.25 * 100, and 0.75 * 60 + 0.25 * 40.
    assert!(
        csv.contains("1,Acme,ranked,85.00") && csv.contains("2,Bolt,ranked,55.00"),
        "{csv}"
    );
}

#[test]
fn a_program_starts_an_evaluation_from_a_spreadsheet_and_is_asked_what_it_leaves_open() {
    let app = TestApp::open();
    let own = "Criterion,Weight,Acme,Bolt\nSpeed,H,4,3\nEase,L,5,2\n";
    let send = |fields: &[(&str, &str)]| {
        let form = crate::programs::form("own.csv", own, fields);
        let request = app.request("POST", "/api/v1/evaluations/from-spreadsheet");
        request.multipart(form).send().unwrap()
    };
    let refused = send(&[("title", "Tool")]);
    assert_eq!(refused.status(), 422);
    let refused: serde_json::Value = refused.json().unwrap();
    assert_eq!(refused["code"], "spreadsheet-open");
    let asked: Vec<&str> = refused["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["field"].as_str().unwrap())
        .collect();
    assert_eq!(asked, ["weight:H", "weight:L", "scale", "evaluator"]);
    let said = [
        ("title", "Tool"),
        ("scale", "0..5"),
        ("weight:H", "3"),
        ("weight:L", "1"),
        ("evaluator", "Ana"),
    ];
    let looked = send(&[&said[..], &[("dry_run", "true")]].concat());
    assert_eq!(looked.status(), 200);
    let seen = looked.headers()["scorecard-seen"]
        .to_str()
        .unwrap()
        .to_owned();
    let looked: serde_json::Value = looked.json().unwrap();
    assert_eq!(looked["criteria"][0]["share_exact"], "3/4");
    let list: serde_json::Value = app.get("/api/v1/evaluations").json().unwrap();
    assert_eq!(list["evaluations"].as_array().unwrap().len(), 0);
    let started = send(&[&said[..], &[("seen", seen.as_str())]].concat());
    assert_eq!(started.status(), 201);
    let at = started.headers()["location"].to_str().unwrap().to_owned();
    let ranking: serde_json::Value = app.get(&format!("{at}/ranking")).json().unwrap();
    assert_eq!(ranking["vendors"][0]["vendor"], "Acme");
    assert_eq!(ranking["vendors"][0]["total"], "85.00");
}

#[test]
fn nothing_is_taken_that_nobody_looked_at() {
    let app = TestApp::open();
    let text = "criterion,weight,Acme,Bolt\nSpeed,3,4,5\nEase,2,2,3\n";
    let title = ("title", "Blind");
    let said = [
        title,
        ("scale", "0..5"),
        ("evaluator", "Ana"),
        ("what", "take"),
    ];
    let form = crate::programs::form("a.csv", text, &said);
    let sent = app.request("POST", "/own").multipart(form).send().unwrap();
    assert_eq!(sent.status(), 409);
    let garbled = crate::programs::form("a.csv", text, &[&said[..], &[("seen", "xyz")]].concat());
    let sent = app
        .request("POST", "/own")
        .multipart(garbled)
        .send()
        .unwrap();
    assert_eq!(sent.status(), 409);
    assert!(!app.get("/").text().unwrap().contains("Blind"));
}

#[test]
fn the_same_confirmation_sent_twice_starts_one_evaluation() {
    let app = TestApp::open();
    let text = "criterion,weight,Acme,Bolt\nSpeed,3,4,5\nEase,2,2,3\n";
    let said = [("title", "Once"), ("scale", "0..5"), ("evaluator", "Ana")];
    let form = crate::programs::form("a.csv", text, &said);
    let page = app.request("POST", "/own").multipart(form).send().unwrap();
    let page = page.text().unwrap();
    let word = |name: &str| {
        let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
        after.unwrap().split('"').next().unwrap().to_owned()
    };
    let (held, seen) = (word("held"), word("seen"));
    let confirm = [("held", held.as_str()), ("seen", &seen), ("what", "take")];
    let confirm = [&confirm[..], &said].concat();
    let place = |fields: &[(&str, &str)]| {
        let sent = app.post("/own/held", fields);
        assert_eq!(sent.status(), 303);
        sent.headers()["location"].to_str().unwrap().to_owned()
    };
    let first = place(&confirm);
    assert_eq!(place(&confirm), first);
    // Another title is another decision.
    let other: Vec<_> = confirm
        .iter()
        .map(|(field, text)| (*field, if *field == "title" { "Twice" } else { text }))
        .collect();
    assert_ne!(place(&other), first);
}

#[test]
fn a_text_beside_the_table_that_is_about_something_else_is_said_to_be_and_not_deleted() {
    let app = TestApp::open();
    let id = evaluation(&app);
    let sheet = "Risk: rated 1 to 3,,\ncriterion,Acme,Bolt\nITIL-INC,4,2\n";
    let refused = app.upload(&id, "a.csv", sheet, &[("evaluator", "Ana")]);
    let refused = refused.is(422).json();
    let field = refused["problems"][0]["declare"].as_str().unwrap();
    assert_eq!(field, "text:Risk: rated 1 to 3");
    let home = format!("/evaluations/{id}");
    let form = crate::programs::form("a.csv", sheet, &[("evaluator", "Ana")]);
    let page = app.request("POST", &format!("{home}/sheets"));
    let page = page.multipart(form).send().unwrap().text().unwrap();
    assert!(page.contains(&format!("name=\"{field}\"")), "{page}");
    let held = page.split("name=\"held\" value=\"").nth(1).unwrap();
    let held = held.split('"').next().unwrap();
    let said = [("held", held), ("evaluator", "Ana"), (field, "ignore")];
    let looked = app.post(&format!("{home}/sheets/held"), &said);
    let looked = looked.text().unwrap();
    assert!(looked.contains("value=\"ignore\" selected"), "{looked}");
    let filed = app.confirm(&home, &looked).text().unwrap();
    assert!(without_tags(&filed).contains("filed as sheet 1"), "{filed}");
    let wrong = [("evaluator", "Ana"), (field, "5")];
    let blamed = app.upload(&id, "a.csv", sheet, &wrong).blamed(422);
    assert_eq!(blamed, [(field.to_owned(), "not-declarable".to_owned())]);
}
