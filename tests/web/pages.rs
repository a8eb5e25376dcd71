//! The pages over a real socket: the sample story, a refused sheet, a tender that hides its results.

use reqwest::blocking::Response;
use scorecard::service::SAMPLE_SHEETS;

use crate::support::{TestApp, without_tags};

fn location(response: &Response) -> String {
    assert_eq!(response.status(), 303);
    response.headers()["location"].to_str().unwrap().to_owned()
}

fn sample(app: &TestApp) -> String {
    location(&app.request("POST", "/sample").send().unwrap())
}

fn upload(app: &TestApp, page: &str, name: &str) -> Response {
    let sheet = SAMPLE_SHEETS
        .iter()
        .find(|sheet| sheet.file_name == name)
        .unwrap();
    app.hand_in(page, sheet.file_name, sheet.bytes)
}

#[test]
fn the_third_sheet_of_the_sample_makes_ranks_of_ranges_and_is_taken_back() {
    let app = TestApp::entered();
    let page = sample(&app);
    let before = without_tags(&app.get(&page).text().unwrap());
    assert!(before.contains("First place is undecided"), "{before}");
    assert!(before.contains("Mei Lindqvist still owes"), "{before}");

    let answer = upload(&app, &page, "mei-lindqvist.csv");
    assert_eq!(answer.status(), 200);
    let text = without_tags(&answer.text().unwrap());
    assert!(
        text.contains("as sheet 4") && text.contains("Nothing is missing any more."),
        "{text}"
    );
    let after = without_tags(&app.get(&page).text().unwrap());
    assert!(
        after.contains("No clear winner: Brindlewick Desk"),
        "{after}"
    );
    assert!(
        upload(&app, &page, "mei-lindqvist.csv")
            .text()
            .unwrap()
            .contains("nothing has changed")
    );

    let back = app
        .request("POST", &format!("{page}/sheets/4/withdraw"))
        .form(&[("reason", "wrong file")])
        .send();
    assert_eq!(
        location(&back.unwrap()),
        format!("{page}/sheets?done=withdrawn#sheets")
    );
    assert!(
        app.get(&page)
            .text()
            .unwrap()
            .contains("First place is undecided")
    );
}

#[test]
fn a_refused_sheet_is_answered_with_every_problem_and_changes_nothing() {
    let app = TestApp::entered();
    let page = sample(&app);
    let before = app.get(&page).text().unwrap();
    let answer = upload(&app, &page, "broken.csv");
    assert_eq!(answer.status(), 422);
    let text = answer.text().unwrap();
    assert!(text.matches("<mark>").count() >= 8, "{text}");
    assert!(text.contains("refused, nothing of it was stored"));
    let after = app.get(&page).text().unwrap();
    let differing: Vec<_> = before
        .lines()
        .zip(after.lines())
        .filter(|(was, is)| was != is)
        .collect();
    assert_eq!(before.lines().count(), after.lines().count());
    assert!(
        differing.iter().all(|(was, _)| was.contains("Record")),
        "{differing:?}"
    );
}

#[test]
fn an_unchanged_page_is_known_by_its_tag() {
    let app = TestApp::entered();
    let page = sample(&app);
    let tag = |response: &Response| response.headers()["etag"].to_str().unwrap().to_owned();
    let first = tag(&app.get(&page));
    let again = app
        .request("GET", &page)
        .header("if-none-match", &first)
        .send()
        .unwrap();
    assert_eq!(again.status(), 304);
    upload(&app, &page, "mei-lindqvist.csv");
    assert_ne!(tag(&app.get(&page)), first);
    assert_ne!(
        tag(&app.get(&format!("{page}?lens=cio"))),
        tag(&app.get(&page))
    );
}

#[test]
fn exports_come_as_files_and_the_original_as_it_was() {
    let app = TestApp::entered();
    let page = sample(&app);
    upload(&app, &page, "mei-lindqvist.csv");
    let ranking = app.get(&format!("{page}/ranking.csv?lens=cto"));
    assert!(
        ranking.headers()["scorecard-record"]
            .to_str()
            .unwrap()
            .contains(':')
    );
    assert!(
        ranking
            .text()
            .unwrap()
            .contains("Ostervane Service (fictional)")
    );
    assert!(
        app.get(&format!("{page}/scores.csv?sep=semicolon"))
            .text()
            .unwrap()
            .contains("criterion;")
    );
    assert_eq!(app.get(&format!("{page}/scores.csv?sep=tab")).status(), 422);
    assert_eq!(
        app.get(&format!("{page}/ranking.csv?lens=nobody")).status(),
        404
    );
    assert!(
        app.get(&format!("{page}/report.html"))
            .text()
            .unwrap()
            .contains("Vendors in detail")
    );
    let original = app
        .get(&format!("{page}/sheets/4/original"))
        .bytes()
        .unwrap();
    let sheet = SAMPLE_SHEETS
        .iter()
        .find(|sheet| sheet.file_name == "mei-lindqvist.csv")
        .unwrap();
    assert_eq!(original, sheet.bytes);
}

#[test]
fn a_tender_shows_its_results_once_scoring_is_closed_and_the_decision_can_be_taken_back() {
    let app = TestApp::entered();
    let page = app.start("tender", "itsm-mid-market", "150000", "650000");
    for name in [
        "ines-halloran.csv",
        "tobias-okafor.csv",
        "mei-lindqvist.csv",
        "prices.csv",
    ] {
        assert_eq!(upload(&app, &page, name).status(), 200, "{name}");
    }
    let settle = |fields: &[(&str, &str)]| app.post(&format!("{page}/settle"), fields).status();
    let decide = |vendor: &str, reason: &str| {
        let fields = [("what", "decide"), ("vendor", vendor), ("reason", reason)];
        app.post(&format!("{page}/decide"), &fields).status()
    };
    assert!(!app.get(&page).text().unwrap().contains("No clear winner"));
    assert_eq!(decide("", "too early"), 409);
    assert_eq!(settle(&[("what", "close")]), 303);
    assert!(
        without_tags(&app.get(&page).text().unwrap()).contains("No clear winner: Brindlewick Desk")
    );
    assert_eq!(app.get(&format!("{page}/ranking.csv")).status(), 200);
    assert_eq!(decide("Brindlewick Desk (fictional)", ""), 422);
    assert_eq!(decide("Brindlewick Desk (fictional)", "best"), 303);
    let decided = app.get(&format!("{page}/decide")).text().unwrap();
    assert!(
        decided.contains("Brindlewick Desk (fictional) is chosen") && decided.contains("best"),
        "{decided}"
    );
    assert_eq!(upload(&app, &page, "broken.csv").status(), 409);
    let back = [("what", "take-back"), ("reason", "a mistake")];
    assert_eq!(app.post(&format!("{page}/decide"), &back).status(), 303);
    assert_eq!(
        settle(&[("what", "reopen"), ("reason", "one more sheet")]),
        303
    );
    assert!(!app.get(&page).text().unwrap().contains("No clear winner"));
}

#[test]
fn exclusions_and_recusals_come_with_reasons_and_go_again() {
    let app = TestApp::entered();
    let page = sample(&app);
    upload(&app, &page, "mei-lindqvist.csv");
    let shown = || without_tags(&app.get(&page).text().unwrap());
    let settle = |what: &str, evaluator: &str, vendor: &str| {
        let fields = [
            ("what", what),
            ("evaluator", evaluator),
            ("vendor", vendor),
            ("reason", "because"),
        ];
        app.request("POST", &format!("{page}/settle"))
            .form(&fields)
            .send()
            .unwrap()
            .status()
            .as_u16()
    };
    let brindlewick = "Brindlewick Desk (fictional)";
    assert_eq!(settle("exclude", "", brindlewick), 303);
    assert!(
        shown().contains("Ostervane Service (fictional) leads Tamwick Flow"),
        "{}",
        shown()
    );
    assert_eq!(settle("readmit", "", brindlewick), 303);
    assert!(shown().contains("No clear winner: Brindlewick Desk"));
    assert_eq!(settle("recuse", "Ines Halloran", brindlewick), 303);
    let text = app.get(&format!("{page}/settle")).text().unwrap();
    assert!(
        text.contains("is recused for Brindlewick Desk (fictional): because"),
        "{text}"
    );
    assert_eq!(settle("return", "Ines Halloran", brindlewick), 303);
    assert!(shown().contains("No clear winner: Brindlewick Desk"));
    assert_eq!(settle("recuse", "Nobody", ""), 404);
    assert_eq!(settle("dance", "", ""), 422);
}

#[test]
fn a_blank_sheet_names_its_evaluator_and_every_vendor() {
    let app = TestApp::entered();
    let page = sample(&app);
    let sheet = app
        .get(&format!(
            "{page}/blank.csv?evaluator=Mei%20Lindqvist&sep=semicolon"
        ))
        .text()
        .unwrap();
    assert!(
        sheet.contains("Tamwick Flow (fictional);ITIL-INC;"),
        "{sheet}"
    );
    assert!(sheet.contains(";Mei Lindqvist;"));
    assert_eq!(
        app.get(&format!("{page}/blank.csv?shape=round")).status(),
        422
    );
}
