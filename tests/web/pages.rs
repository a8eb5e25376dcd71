//! The pages over a real socket: the sample story, a refused sheet, a tender that hides its results.

use reqwest::blocking::Response;
use reqwest::blocking::multipart::{Form, Part};
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
    let form = Form::new().part("file", Part::bytes(sheet.bytes).file_name(sheet.file_name));
    app.request("POST", &format!("{page}/sheets"))
        .multipart(form)
        .send()
        .unwrap()
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
    let text = answer.text().unwrap();
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
    assert_eq!(location(&back.unwrap()), format!("{page}#sheets"));
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
    assert_eq!(app.get(&page).text().unwrap(), before);
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
fn an_evaluation_starts_from_a_form_and_what_is_wrong_keeps_what_was_typed() {
    let app = TestApp::entered();
    let form = |title: &str, floor: &str| {
        let fields = [
            ("title", title),
            ("kind", "tender"),
            ("criteria", "itsm-mid-market"),
            ("floor", floor),
            ("ceiling", "650000"),
            ("currency", "EUR"),
            ("vendors", "Acme\nBolt"),
            ("evaluators", ""),
        ];
        app.request("POST", "/evaluations")
            .form(&fields)
            .send()
            .unwrap()
    };
    let wrong = form("Tool <b>2027</b>", "much");
    assert_eq!(wrong.status(), 422);
    let text = wrong.text().unwrap();
    assert!(
        text.contains("&#60;b&#62;2027") && text.contains("much"),
        "{text}"
    );
    let page = location(&form("Tool 2027", "150000"));
    let text = app.get(&page).text().unwrap();
    assert!(
        text.contains("results stay hidden until scoring is closed"),
        "{text}"
    );
    for export in ["ranking.csv", "scores.csv", "report.html"] {
        assert_eq!(
            app.get(&format!("{page}/{export}")).status(),
            409,
            "{export}"
        );
    }
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
