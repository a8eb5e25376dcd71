//! Everything that happened, on one page and in lines for a program.

use scorecard::record::{EvaluationId, from_lines};

use crate::support::{TestApp, without_tags};

const FIRST: &[u8] =
    b"vendor,criterion,evaluator,score,comment\nAcme,ITIL-INC,Ana,4,solid\nBolt,ITIL-INC,Ana,2,\n";
const SECOND: &[u8] =
    b"vendor,criterion,evaluator,score,comment\nAcme,ITIL-INC,Ana,3.5,seen again\n";

/// An evaluation of a kind in which an answer was replaced and a file refused.
fn happened(app: &TestApp, kind: &str) -> String {
    let home = app.start(kind, "itsm-one-afternoon", "100", "900");
    for (name, bytes) in [("ana.csv", FIRST), ("ana2.csv", SECOND)] {
        assert_eq!(app.hand_in(&home, name, bytes).status(), 200);
    }
    let broken = b"vendor,criterion,evaluator,score\nAcme,ITIL-INC,Ana,77\n";
    assert_eq!(app.hand_in(&home, "broken.csv", broken).status(), 422);
    home
}

fn page(app: &TestApp, path: &str) -> String {
    let answer = app.get(path);
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().unwrap()
}

#[test]
fn the_timeline_tells_who_when_what_before_after_and_why_and_leads_there() {
    let app = TestApp::entered();
    let home = happened(&app, "internal");
    let excluded = [
        ("what", "exclude"),
        ("vendor", "Bolt"),
        ("reason", "withdrew <b>"),
    ];
    app.post(&format!("{home}/settle"), &excluded);
    let html = page(&app, &format!("{home}/timeline"));
    let text = without_tags(&html);
    for told in [
        "Sheet 2 (ana2.csv) was filed: 1 answer (1 changed)",
        "3.5seen again",
        "4solid",
        "broken.csv was refused",
        "Bolt was excluded",
        "by local (by a link)",
        "request ",
        "The method was frozen",
        "UTC",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    assert!(html.contains("Why: withdrew &#60;b&#62;"));
    for link in [
        format!("href=\"{home}/sheets/2\""),
        format!("href=\"{home}/vendors/1#ITIL-INC\""),
        format!("href=\"{home}/vendors/2\""),
        format!("href=\"{home}/audit.ndjson\""),
    ] {
        assert!(html.contains(&link), "{link}");
    }
    // The last event comes first, and its short hash is the beginning of the record's end.
    let head = html.split("Record <code>").nth(1).unwrap();
    let head = head.split('<').next().unwrap();
    let (seq, hash) = head.split_once(':').unwrap();
    let first = html.split("<code title=\"").nth(1).unwrap();
    assert!(first.starts_with(&format!("{head}\">{seq}:{}<", &hash[..8])));
    for from in ["", "/decide", "/sheets"] {
        let html = page(&app, &format!("{home}{from}"));
        assert!(
            html.contains(&format!("href=\"{home}/timeline\"")),
            "{from}"
        );
    }
}

#[test]
fn the_timeline_is_narrowed_by_its_address_alone() {
    let app = TestApp::entered();
    let home = happened(&app, "internal");
    let count = |query: &str| {
        let html = page(&app, &format!("{home}/timeline?{query}"));
        html.matches("<li id=\"e").count()
    };
    let all = count("");
    assert!(all > 4);
    assert_eq!(
        count("person=&kind=&vendor=&criterion=&sheet=&from=&to=&order="),
        all
    );
    assert_eq!(count("kind=refused"), 1);
    assert_eq!(count("kind=sheets"), 2);
    assert_eq!(count("sheet=2"), 1);
    assert_eq!(count("person=Ana"), 2);
    assert_eq!(count("vendor=Bolt"), 1);
    assert_eq!(count("criterion=ITIL-INC"), 2);
    assert_eq!(count("criterion=FEA-OMN"), 0);
    assert_eq!(count("to=2020-01-01"), 0);
    assert_eq!(count("page=99"), all);
    let oldest = page(&app, &format!("{home}/timeline?order=oldest"));
    assert!(oldest.find("id=\"e1\"") < oldest.find("id=\"e2\""));
    for wrong in [
        "kind=weather",
        "vendor=Akme",
        "sheet=9",
        "from=yesterday",
        "page=0",
        "lens=cio",
        "kind=sheets&kind=sheets",
    ] {
        let answer = app.get(&format!("{home}/timeline?{wrong}"));
        assert_eq!(answer.status(), 422, "{wrong}");
    }
    assert_eq!(app.get("/evaluations/aaaaaaaaaaaa/timeline").status(), 404);
}

#[test]
fn while_results_are_hidden_the_timeline_says_that_sheets_came_and_nothing_of_their_answers() {
    let app = TestApp::entered();
    let home = happened(&app, "tender");
    let path = format!("{home}/timeline");
    let hidden = page(&app, &path);
    assert!(hidden.contains("was filed: ") && !hidden.contains("1 changed"));
    assert!(!hidden.contains("3.5") && !hidden.contains("solid"));
    assert!(!hidden.contains("/vendors/1"));
    app.post(&format!("{home}/settle"), &[("what", "close")]);
    let shown = page(&app, &path);
    assert!(shown.contains("3.5") && shown.contains("solid"));
}

#[test]
fn the_record_in_lines_is_saved_with_its_end_in_the_header_and_proves_its_chain() {
    let app = TestApp::entered();
    let home = happened(&app, "internal");
    let id: EvaluationId = home.strip_prefix("/evaluations/").unwrap().parse().unwrap();
    for path in [
        format!("{home}/audit.ndjson"),
        format!("/api/v1{home}/audit"),
    ] {
        let answer = app.get(&path);
        assert_eq!(answer.status(), 200, "{path}");
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("content-type"), "application/x-ndjson");
        assert!(header("content-disposition").contains("attachment"));
        assert!(header("content-disposition").contains("tool-2027-audit.ndjson"));
        let head = header("scorecard-record");
        let text = answer.text().unwrap();
        let last = text.lines().last().unwrap();
        assert!(last.contains(r#"\"auth\":\"link\""#), "{last}");
        let log = from_lines(&id, &text).unwrap();
        assert_eq!(log.last().unwrap().head().to_string(), head);
        let other = text.replacen("local", "other", 1);
        assert!(from_lines(&id, &other).is_err());
    }
}

#[test]
fn an_event_names_the_request_it_was_made_in_as_the_answer_does() {
    let app = TestApp::open();
    let home = app.start("internal", "itsm-one-afternoon", "100", "900");
    let closed = app.post(&format!("{home}/settle"), &[("what", "close")]);
    let request = closed.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let html = page(&app, &format!("{home}/timeline"));
    assert!(html.contains(&format!("request {request} ")), "{request}");
    assert!(html.contains("(without a login)"));
}

#[test]
fn a_long_record_comes_in_pages_that_lead_to_each_other() {
    let app = TestApp::entered();
    let home = app.start("internal", "itsm-one-afternoon", "100", "900");
    let names: Vec<String> = (0..150).map(|number| format!("Vendor {number}")).collect();
    let sent = app.request("POST", &format!("/api/v1{home}/vendors"));
    let sent = sent.json(&serde_json::json!({ "vendors": names })).send();
    assert!(sent.unwrap().status().is_success());
    let first = page(&app, &format!("{home}/timeline?kind=lists"));
    assert_eq!(first.matches("<li id=\"e").count(), 100);
    assert!(first.contains("page 1 of 2"));
    let next = format!("{home}/timeline?kind=lists&#38;page=2");
    assert!(first.contains(&next), "{first}");
    let second = page(&app, &format!("{home}/timeline?kind=lists&page=2"));
    assert_eq!(second.matches("<li id=\"e").count(), 50);
    assert!(second.contains("The page before"));
}
