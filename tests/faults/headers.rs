//! What every answer carries, graded as the Observatory grades it.

use scorecard::web::Settings;

use crate::grader::{Mark, Way, grade, marks, score};
use crate::programs::{Answer, at};
use crate::support::TestApp;
use crate::{begin, sheet};

#[track_caller]
fn is_graded(answer: &Answer, way: Way, wanted: &str, what: &str) {
    let page = answer.text();
    let foreign = page
        .split("<script")
        .skip(1)
        .filter(|tag| tag.contains("src=\"http") || tag.contains("src=\"//"))
        .count();
    let marks: Vec<Mark> = marks(&answer.headers, way, foreign);
    let points = score(&marks);
    assert_eq!(grade(points), wanted, "{what}: {points} of {marks:?}");
    let worst = marks.iter().filter(|mark| mark.score < 0).count();
    assert_eq!(worst, 0, "{what}: {marks:?}");
}

/// Every kind of answer there is: pages, documents, downloads, refusals.
fn answers(app: &TestApp) -> Vec<(String, u16, Answer)> {
    let id = app.started(&begin());
    app.upload(&id, "a.csv", sheet("ITIL-INC", "seen"), &[])
        .is(201);
    let page = app.ask("/").is(200).text();
    let asset = page.split("/assets/").nth(1).unwrap();
    let asset = format!("/assets/{}", asset.split('"').next().unwrap());
    let home = format!("/evaluations/{id}");
    let api = at(&id);
    let mut all: Vec<(String, u16, Answer)> = [
        ("/".to_owned(), 200),
        (home.clone(), 200),
        (format!("{home}/report.html"), 200),
        (format!("{home}/ranking.csv"), 200),
        (format!("{home}/scores.csv"), 200),
        (format!("{home}/ranking.xlsx"), 200),
        (format!("{api}/ranking"), 200),
        (format!("{api}/sheets/1/original"), 200),
        (asset, 200),
        ("/health/live".to_owned(), 200),
        ("/nowhere".to_owned(), 404),
        ("/api/v1/nowhere".to_owned(), 404),
        ("/evaluations/abcdefghjkmn".to_owned(), 404),
        ("/assets/none".to_owned(), 404),
    ]
    .into_iter()
    .map(|(path, status)| {
        let answer = app.ask(&path);
        (path, status, answer)
    })
    .collect();
    let large = app.request("POST", "/evaluations").body(vec![b'x'; 20_000]);
    all.push((
        "a body that is too large".to_owned(),
        413,
        Answer::of(large),
    ));
    let odd = app.request("POST", &format!("{api}/sheets")).body("x");
    all.push(("a body of no kind".to_owned(), 415, Answer::of(odd)));
    let wrong = app.request("PUT", "/");
    all.push(("a method that is none".to_owned(), 405, Answer::of(wrong)));
    let foreign = app
        .request("POST", "/evaluations")
        .header("sec-fetch-site", "cross-site");
    all.push(("another site".to_owned(), 403, Answer::of(foreign)));
    all
}

fn small() -> Settings {
    Settings {
        no_login: true,
        max_upload: 10_000,
        ..Settings::default()
    }
}

#[test]
fn every_answer_is_graded_a_plus_but_for_what_needs_tls() {
    let app = TestApp::with(small());
    for (what, status, answer) in answers(&app) {
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        is_graded(&answer, Way::Loopback, "A+", &what);
        assert!(!answer.headers.contains_key("server"), "{what}");
        assert!(answer.headers.contains_key("x-request-id"), "{what}");
        assert!(answer.headers.contains_key("permissions-policy"), "{what}");
        let kind = answer.header("content-type");
        assert!(
            !kind.starts_with("text/") || kind.contains("charset="),
            "{what}: {kind}"
        );
    }
}

#[test]
fn a_stored_file_comes_back_only_to_be_saved_and_runs_nothing() {
    let app = TestApp::with(small());
    for (what, _, answer) in answers(&app) {
        let is_file = ["csv", "xlsx", "original"]
            .iter()
            .any(|end| what.ends_with(end));
        if !is_file {
            continue;
        }
        let disposition = answer.header("content-disposition");
        assert!(
            disposition.starts_with("attachment; "),
            "{what}: {disposition}"
        );
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("sandbox;"), "{what}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    }
}

#[test]
fn the_cookie_of_the_link_is_kept_from_scripts_and_other_sites() {
    let app = TestApp::locked();
    let link = app.newest_link();
    let answer = Answer::of(app.client.get(link));
    assert_eq!(answer.status, 303);
    is_graded(&answer, Way::Loopback, "A+", "the link");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
}

#[test]
fn the_grader_takes_away_what_the_observatory_takes_away() {
    let mut headers = reqwest::header::HeaderMap::new();
    let bare = marks(&headers, Way::Tls, 0);
    // No policy, no strict transport, no kinds, no framing.
    assert_eq!(score(&bare), 100 - 25 - 20 - 5 - 20);
    assert_eq!(grade(score(&bare)), "D");
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(name, value.parse().unwrap());
        (
            score(&marks(&headers, Way::Tls, 0)),
            score(&marks(&headers, Way::Tls, 1)),
        )
    };
    assert_eq!(
        set(
            "content-security-policy",
            "default-src 'self' 'unsafe-inline'"
        )
        .0,
        35
    );
    assert_eq!(
        set(
            "content-security-policy",
            "default-src 'self'; frame-ancestors 'none'"
        )
        .0,
        75
    );
    assert_eq!(set("x-content-type-options", "nosniff").0, 80);
    assert_eq!(
        set("strict-transport-security", "max-age=600").0,
        90 + 5 + 5
    );
    assert_eq!(
        set("strict-transport-security", "max-age=31536000"),
        (110, 50)
    );
    assert_eq!(set("set-cookie", "id=1; HttpOnly; SameSite=Strict").0, 60);
    assert_eq!(set("set-cookie", "id=1; Secure; SameSite=Strict").0, 70);
    assert_eq!(
        set("set-cookie", "id=1; Secure; HttpOnly; SameSite=Strict").0,
        115
    );
}
