//! Numbers and dates as the reader of a page writes them; files and the API are the same for everybody.

use reqwest::blocking::Response;
use scorecard::service::SAMPLE_SHEETS;
use scorecard::web::Settings;

use crate::support::{TestApp, Wound};

/// The sample with all its sheets; the path of its page.
fn sample(app: &TestApp) -> String {
    let started = app.request("POST", "/sample").send().unwrap();
    let home = started.headers()["location"].to_str().unwrap().to_owned();
    let mut sheets = SAMPLE_SHEETS.iter();
    let third = sheets.find(|sheet| sheet.file_name == "mei-lindqvist.csv");
    let handed_in = app.hand_in(&home, "mei-lindqvist.csv", third.unwrap().bytes);
    assert_eq!(handed_in.status(), 200);
    home
}

fn read(app: &TestApp, path: &str, language: &str) -> Response {
    let asked = app.request("GET", path).header("accept-language", language);
    let answer = asked.send().unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer
}

fn text(app: &TestApp, path: &str, language: &str) -> String {
    read(app, path, language).text().unwrap()
}

/// What is between two marks, first come first.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = page.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

/// The exact values of a page and how each is written.
fn data(page: &str) -> Vec<(&str, &str)> {
    let each = page.split("<data value=\"").skip(1);
    each.map(|rest| {
        let (exact, rest) = rest.split_once("\">").unwrap();
        (exact, rest.split_once("</data>").unwrap().0)
    })
    .collect()
}

/// A text in which every point between digits is a comma.
fn with_commas(text: &str) -> String {
    let mut parts = text.split('.');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_decimal = written.ends_with(|one: char| one.is_ascii_digit())
            && part.starts_with(|one: char| one.is_ascii_digit());
        written.push(if is_decimal { ',' } else { '.' });
        written.push_str(part);
    }
    written
}

#[test]
fn the_same_page_has_the_decimal_sign_of_each_reader() {
    let app = TestApp::entered();
    let home = sample(&app);
    for path in [home.clone(), format!("{home}/vendors/1")] {
        let (german, english) = (
            text(&app, &path, "de-DE,de;q=0.9"),
            text(&app, &path, "en-GB"),
        );
        let totals = data(&german);
        assert!(totals.len() > 5, "{path}: {}", totals.len());
        for (exact, written) in totals {
            assert_eq!(written, exact.replace('.', ","));
            assert!(english.contains(exact), "{path}: {exact}");
        }
        assert!(data(&english).is_empty());
    }
    let headline = |language| {
        let page = text(&app, &home, language);
        between(&page, "class=\"headline\"", "</p>").to_owned()
    };
    let (german, english) = (headline("de"), headline("en"));
    assert_ne!(german, english);
    assert_eq!(german, with_commas(&english));
}

#[test]
fn what_is_kept_for_one_reader_is_not_sent_to_another() {
    let app = TestApp::entered();
    let home = sample(&app);
    let tag = |language: &str| {
        let answer = read(&app, &home, language);
        let varies = answer.headers()["vary"].to_str().unwrap().to_owned();
        assert_eq!(varies, "Accept-Encoding, Accept-Language, Cookie");
        answer.headers()["etag"].to_str().unwrap().to_owned()
    };
    let (german, english, swiss) = (tag("de"), tag("en"), tag("de-CH"));
    assert_ne!(german, english);
    assert_eq!(english, swiss, "without a date they read the same");
    assert_eq!(german, tag("de"));
    assert_eq!(english, tag("fr;q=0.1, en"));
    assert_eq!(english, tag("tlh, *;q=0.5"));
    let again = |language: &str| {
        let asked = app
            .request("GET", &home)
            .header("accept-language", language);
        asked
            .header("if-none-match", &german)
            .send()
            .unwrap()
            .status()
    };
    assert_eq!(again("de"), 304);
    assert_eq!(again("en"), 200);
}

#[test]
fn days_are_written_as_the_reader_does() {
    let app = TestApp::entered();
    sample(&app);
    let day = |language| {
        let page = text(&app, "/", language);
        let (before, _) = page.split_once(" UTC</td>").unwrap();
        let cell = before
            .rsplit_once("<td data-head=\"Last change\" class=\"when\">")
            .unwrap()
            .1;
        cell.split_once(' ').unwrap().0.to_owned()
    };
    let iso = day("en");
    let parts: Vec<&str> = iso.split('-').collect();
    let [year, month, of_month]: [&str; 3] = parts.try_into().unwrap();
    assert_eq!(day("de"), format!("{of_month}.{month}.{year}"));
    assert_eq!(day("de-CH"), day("de"));
    assert_eq!(day("fr"), format!("{of_month}/{month}/{year}"));
    assert_eq!(day("nl"), format!("{of_month}-{month}-{year}"));
    assert_eq!(day("sv"), iso);
}

#[test]
fn files_documents_and_the_api_are_the_same_for_everybody() {
    // They tell when they were made.
    let clock = Wound::at("2026-05-04T10:00:00Z");
    let app = TestApp::by(&clock, Settings::default()).enter();
    let home = sample(&app);
    for path in [
        format!("{home}/ranking.csv"),
        format!("{home}/ranking.csv?sep=semicolon"),
        format!("{home}/scores.csv"),
        format!("{home}/ranking.json"),
        format!("{home}/ranking.xlsx"),
        format!("{home}/report.html"),
        format!("{home}/advice.html"),
        format!("{home}/method.html"),
        format!("{home}/audit.ndjson"),
        format!("{home}/pictures/heat-map.svg"),
        format!("/api/v1{home}/ranking"),
    ] {
        let of = |language| read(&app, &path, language).bytes().unwrap();
        assert_eq!(of("de"), of("en"), "{path}");
    }
}

#[test]
fn a_choice_goes_before_the_language_until_it_is_taken_back() {
    let app = TestApp::entered();
    let home = sample(&app);
    let commas = |language| !data(&text(&app, &home, language)).is_empty();
    let choose = |value| app.post("/display", &[("numbers", value)]);
    assert!(!commas("en"));
    assert_eq!(choose("comma-slashes").status(), 303);
    assert!(commas("en"));
    let page = text(&app, "/display", "en");
    assert!(page.contains("value=\"comma-slashes\" checked"));
    assert!(page.contains("1234,50 and 26/11/2026"));
    assert_eq!(choose("point").status(), 303);
    assert!(!commas("de"));
    assert_eq!(choose("").status(), 303);
    assert!(commas("de") && !commas("en"));
    let refused = choose("roman");
    assert_eq!(refused.status(), 422);
    assert!(refused.text().unwrap().contains("none of the choices"));
}

#[test]
fn somebody_who_is_not_in_yet_may_choose_too() {
    let app = TestApp::locked();
    assert_eq!(app.get("/display").status(), 200);
    assert_eq!(app.post("/display", &[("numbers", "comma")]).status(), 303);
    let page = app.get("/display").text().unwrap();
    assert!(page.contains("1234,50 and 2026-11-26"));
}

#[test]
fn a_comma_that_may_part_thousands_is_refused_with_both_readings() {
    let app = TestApp::entered();
    let home = sample(&app);
    let asked = |share: &str| {
        app.get(&format!("{home}/what-if?price={share}"))
            .text()
            .unwrap()
    };
    assert_eq!(asked("12,5").matches("two ways").count(), 0);
    assert!(asked("12,500").contains("as 12.5 or as 12500"));
}
