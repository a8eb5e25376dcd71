//! What would be: all of it in the address, nothing of it in the record, and nothing at all while a tender is open.

use reqwest::blocking::Response;
use scorecard::service::SAMPLE_SHEETS;
use serde_json::Value;

use crate::programs::{Answer, at, data, start};
use crate::support::{TestApp, without_tags};

fn upload(app: &TestApp, page: &str, name: &str) {
    let mut sheets = SAMPLE_SHEETS.iter();
    let sheet = sheets.find(|sheet| sheet.file_name == name).unwrap();
    let sent = app.hand_in(page, sheet.file_name, sheet.bytes);
    assert_eq!(sent.status(), 200);
}

fn sample(app: &TestApp) -> String {
    let started = app.request("POST", "/sample").send().unwrap();
    let page = started.headers()["location"].to_str().unwrap().to_owned();
    upload(app, &page, "mei-lindqvist.csv");
    page
}

fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

fn json(app: &TestApp, path: &str) -> Value {
    app.get(path).json().unwrap()
}

#[test]
fn the_page_without_a_question_is_the_record_marked_as_a_what_if() {
    let app = TestApp::entered();
    let page = sample(&app);
    let answer = app.get(&format!("{page}/what-if"));
    assert_eq!(answer.status(), 200);
    let html = answer.text().unwrap();
    let text = without_tags(&html);
    assert!(
        text.contains("This is a what‑if and not the record"),
        "{text}"
    );
    assert!(text.contains("as in the record"), "{text}");
    assert!(html.contains("method=\"get\"") && html.contains("type=\"range\""));
    let ranking = app.get(&page).text().unwrap();
    assert!(ranking.contains(&format!("{page}/what-if\"")), "{ranking}");
    let firmness = app.get(&format!("{page}/firmness")).text().unwrap();
    assert!(firmness.contains(&format!("{page}/what-if\"")));
}

#[test]
fn what_follows_a_slider_is_the_same_without_the_page_around_it() {
    let app = TestApp::entered();
    let page = sample(&app);
    let part = app.get(&format!("{page}/what-if/then?w.itil=30"));
    assert_eq!(part.status(), 200);
    let part = part.text().unwrap();
    assert!(part.contains(&format!("data-address=\"{page}/what-if?w.itil=30\"")));
    // What gives way is said with its share, and what stays is not.
    assert!(
        part.contains("<data id=\"w.itil-then\" value=\"30.00\">"),
        "{part}"
    );
    assert!(
        part.contains("<data id=\"w.features-then\" value=\"14.36\">"),
        "{part}"
    );
    assert!(
        !part.contains("w.ITIL-INC-then") && !part.contains("<html"),
        "{part}"
    );
    let whole = app
        .get(&format!("{page}/what-if?w.itil=30"))
        .text()
        .unwrap();
    let table = |text: &str| {
        text.split("<table")
            .nth(1)
            .unwrap()
            .split("</table>")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(table(&part), table(&whole));
    let refused = app.get(&format!("{page}/what-if/then?w.itil=80&w.features=30"));
    assert_eq!(refused.status(), 422);
    assert!(
        refused
            .text()
            .unwrap()
            .contains("This cannot be worked out as it is")
    );
}

#[test]
fn one_question_has_one_address_and_it_comes_back_as_it_is() {
    let app = TestApp::entered();
    let page = sample(&app);
    // A form sends its empty fields too, and a decimal comma is as good as a point.
    let sent = app.get(&format!(
        "{page}/what-if?price=&w.ITIL-INC=12%2C50&w.itil=30&without=&lens="
    ));
    let address = location(&sent);
    assert_eq!(address, format!("{page}/what-if?w.itil=30&w.ITIL-INC=12.5"));
    let there = app.get(&address);
    assert_eq!(there.status(), 200);
    let html = there.text().unwrap();
    assert!(html.contains("value=\"12.5\""));
    assert!(without_tags(&html).contains("30.00%, before"));
    let first = json(&app, &format!("/api/v1{page}/ranking"))["vendors"][0]["vendor"].clone();
    let name = first.as_str().unwrap();
    let name = name.replace(' ', "%20");
    let sent = app.get(&format!("{page}/what-if?without={name}"));
    let address = if sent.status() == 303 {
        location(&sent)
    } else {
        sent.url().to_string()
    };
    assert!(address.contains("without="), "{address}");
}

#[test]
fn the_buttons_move_a_share_by_one_without_a_script() {
    let app = TestApp::entered();
    let page = sample(&app);
    let stepped = location(&app.get(&format!("{page}/what-if?w.itil=30&more=itil")));
    assert_eq!(stepped, format!("{page}/what-if?w.itil=31"));
    let stepped = location(&app.get(&format!("{page}/what-if?w.itil=0&less=itil")));
    assert_eq!(stepped, format!("{page}/what-if?w.itil=0"));
}

#[test]
fn everything_wrong_is_told_at_its_field() {
    let app = TestApp::entered();
    let page = sample(&app);
    let query = "w.itil=abc&w.none=3&without=Nobody&without-evaluator=Nobody&wrong=1&price=101";
    let answer = app.get(&format!("{page}/what-if?{query}"));
    assert_eq!(answer.status(), 422);
    let html = answer.text().unwrap();
    assert!(
        html.contains("id=\"w.itil-wrong\"") && html.contains("value=\"abc\""),
        "{html}"
    );
    let problems = app.get(&format!("/api/v1{page}/what-if?{query}"));
    assert_eq!(problems.status(), 422);
    let problems: Value = problems.json().unwrap();
    let codes: Vec<&str> = problems["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        [
            "not-a-percentage",
            "unknown-node",
            "unknown-vendor",
            "unknown-evaluator",
            "unknown-parameter",
            "not-a-percentage"
        ]
    );
}

#[test]
fn programs_get_the_result_with_what_is_different_beside() {
    let app = TestApp::entered();
    let page = sample(&app);
    let record = json(&app, &format!("/api/v1{page}/ranking"));
    let mut same = json(&app, &format!("/api/v1{page}/what-if"));
    let beside = same.as_object_mut().unwrap().remove("what_if").unwrap();
    assert_eq!(same["vendors"], record["vendors"]);
    assert_eq!(beside["vendors"][0]["gap_exact"], "0/1");
    let other = json(&app, &format!("/api/v1{page}/what-if?price=40"));
    assert_eq!(other["what_if"]["price"], "40");
    let criteria = other["vendors"][0]["criteria"].as_array().unwrap();
    let price = criteria.iter().find(|one| one["id"] == "CST-TCO").unwrap();
    assert_eq!(price["share"], "40.00");
    let first = record["vendors"][0]["vendor"].as_str().unwrap();
    let path = format!("/api/v1{page}/what-if");
    let without = app.get(&format!("{path}?without={}", first.replace(' ', "%20")));
    let without: Value = without.json().unwrap();
    let vendors = without["vendors"].as_array().unwrap();
    let left_out = vendors.iter().find(|one| one["vendor"] == first).unwrap();
    assert_eq!(left_out["status"], "excluded");
    // The record is what it was.
    assert_eq!(json(&app, &format!("/api/v1{page}/ranking")), record);
}

#[test]
fn in_a_tender_nobody_asks_between_the_first_sheet_and_the_end_of_scoring() {
    let app = TestApp::entered();
    let page = app.start("tender", "itsm-mid-market", "150000", "650000");
    assert_eq!(app.get(&format!("{page}/what-if")).status(), 200);
    upload(&app, &page, "ines-halloran.csv");
    assert_eq!(app.get(&format!("{page}/what-if")).status(), 409);
    let refused = app.get(&format!("/api/v1{page}/what-if?price=40"));
    assert_eq!(refused.status(), 409);
    let refused: Value = refused.json().unwrap();
    assert_eq!(refused["code"], "what-if-closed");
    let closed = app.post(&format!("{page}/settle"), &[("what", "close")]);
    assert_eq!(closed.status(), 303);
    let answer = app.get(&format!("{page}/what-if")).text().unwrap();
    assert!(without_tags(&answer).contains("in this tender it is advice beside it"));
}

#[test]
fn nobody_asks_either_while_the_results_of_an_internal_choice_are_hidden() {
    let app = TestApp::open();
    let mut body = start();
    body["results"] = "hidden".into();
    body["frozen"] = true.into();
    let id = app.started(&body);
    app.upload(
        &id,
        "ines-halloran.csv",
        data("sample/ines-halloran.csv"),
        &[],
    )
    .is(201);
    let path = format!("{}/what-if?price=40", at(&id));
    app.ask(&path).problem(409, "what-if-closed");
    let page = app.ask(&format!("/evaluations/{id}/what-if")).is(409);
    assert!(
        page.text().contains("close scoring first"),
        "{}",
        page.text()
    );
    Answer::of(app.request("POST", &format!("{}/scoring/close", at(&id)))).is(200);
    app.ask(&path).is(200);
}

#[test]
fn whoever_is_ticked_stays_ticked_where_a_share_is_refused() {
    let app = TestApp::entered();
    let page = sample(&app);
    let asked = "w.itil=abc&without=Tamwick%20Flow%20(fictional)&without-evaluator=Ines%20Halloran";
    let refused = app.get(&format!("{page}/what-if?{asked}"));
    assert_eq!(refused.status(), 422);
    let html = refused.text().unwrap();
    let ticked: Vec<&str> = html
        .split("<input type=\"checkbox\"")
        .skip(1)
        .map(|tick| tick.split("</label>").next().unwrap())
        .filter(|tick| tick.contains(" checked>"))
        .map(|tick| tick.split_once('>').unwrap().1)
        .collect();
    assert_eq!(
        ticked,
        ["Tamwick Flow (fictional)", "what Ines Halloran scored"]
    );
    // One line is read out, and not the table with it.
    assert!(html.contains("role=\"status\"") && !html.contains("aria-live"));
}
