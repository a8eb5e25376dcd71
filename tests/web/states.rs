//! What a page offers in each state of an evaluation: no form that the state refuses, and one next click before all others.

use crate::support::{TestApp, without_tags};
use crate::ways::{forms, pages};

/// Forms that lead on to another state; sent, they would change what the rest of the walk meets.
const ON: [&str; 10] = [
    "close",
    "reopen",
    "lock",
    "unlock",
    "decide",
    "take-back",
    "take",
    "purge",
    "freeze",
    "retain",
];

fn sample(app: &TestApp) -> String {
    let started = app.request("POST", "/sample").send().unwrap();
    started.headers()["location"].to_str().unwrap().to_owned()
}

fn done(app: &TestApp, home: &str, page: &str, fields: &[(&str, &str)]) {
    let answer = app.post(&format!("{home}/{page}"), fields);
    assert_eq!(answer.status(), 303, "{page} {fields:?}");
}

fn text(app: &TestApp, path: &str) -> String {
    let answer = app.get(path);
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().unwrap()
}

/// The forms of all pages that the state refuses.
fn refused(app: &TestApp, home: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (at, page) in pages(app, &app.client, home) {
        for (to, fields) in forms(&page) {
            let leads_on = fields
                .iter()
                .any(|(name, value)| name == "what" && ON.contains(&value.as_str()));
            if !to.starts_with(&format!("{home}/")) || to.ends_with("/remove") || leads_on {
                continue;
            }
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let status = app.post(&to, &fields).status();
            if status == 403 || status == 409 {
                wrong.push(format!("{status}: {to} {fields:?} on {at}"));
            }
        }
    }
    wrong
}

#[test]
fn no_form_is_shown_that_the_state_of_the_evaluation_would_refuse() {
    let app = TestApp::entered();
    let home = sample(&app);
    let exclude = [
        ("what", "exclude"),
        ("vendor", "Tamwick Flow (fictional)"),
        ("reason", "withdrew"),
    ];
    done(&app, &home, "settle", &exclude);
    done(&app, &home, "settle", &[("what", "close")]);
    assert_eq!(refused(&app, &home), [""; 0], "once scoring is closed");
    let lock = [("what", "lock"), ("reason", "for the committee")];
    done(&app, &home, "decide", &lock);
    assert_eq!(refused(&app, &home), [""; 0], "once it is locked");
    let unlock = [("what", "unlock"), ("reason", "a mistake")];
    done(&app, &home, "decide", &unlock);
    let decide = [
        ("what", "decide"),
        ("vendor", "Brindlewick Desk (fictional)"),
        ("reason", "best"),
    ];
    done(&app, &home, "decide", &decide);
    assert_eq!(refused(&app, &home), [""; 0], "once it is decided");
}

#[test]
fn a_locked_evaluation_says_what_to_do_first_instead_of_showing_forms() {
    let app = TestApp::entered();
    let home = sample(&app);
    done(&app, &home, "settle", &[("what", "close")]);
    let people = text(&app, &format!("{home}/people"));
    assert!(people.contains("Scoring is closed, so nothing here changes."));
    assert!(people.contains(&format!("{home}/settle#close\">Open it again</a> first")));
    let lock = [("what", "lock"), ("reason", "for the committee")];
    done(&app, &home, "decide", &lock);
    for page in ["people", "handout", "settle"] {
        let page = text(&app, &format!("{home}/{page}"));
        assert!(page.contains("The result is locked, so nothing here changes."));
        assert!(page.contains(&format!("{home}/decide#lock\">Unlock it</a> first")));
        assert!(!page.contains("method=\"post\""), "{page}");
    }
    // Who scores what is told without the boxes to tick.
    let people = without_tags(&text(&app, &format!("{home}/people")));
    assert!(people.contains("Ines Halloran: "), "{people}");
    let settle = text(&app, &format!("{home}/settle"));
    assert!(!settle.contains("open scoring again"), "{settle}");
}

#[test]
fn a_page_has_one_button_before_all_others() {
    let app = TestApp::entered();
    let home = sample(&app);
    let mut seen = 0_usize;
    let mut wrong = Vec::new();
    let mut walk = |when: &str| {
        for (at, page) in pages(&app, &app.client, &home) {
            let first = page.matches("<button type=\"submit\">").count()
                + page.matches(" class=\"button\" ").count();
            seen += first;
            if first > 1 {
                wrong.push(format!("{when}: {first} on {at}"));
            }
        }
    };
    walk("while scoring is open");
    done(&app, &home, "settle", &[("what", "close")]);
    walk("once it is closed");
    assert!(seen > 5, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_search_and_an_error_lead_back_to_the_evaluation() {
    let app = TestApp::entered();
    let home = sample(&app);
    let found = text(&app, &format!("{home}/search?q=change"));
    assert!(found.contains("aria-label=\"The five steps\""));
    let missing = app.get(&format!("{home}/sheets/99"));
    assert_eq!(missing.status(), 404);
    let missing = missing.text().unwrap();
    assert!(missing.contains("aria-label=\"The five steps\""));
    assert!(missing.contains(&format!("href=\"{home}/decide\"")));
    assert!(missing.contains(&format!("<a href=\"{home}\">The evaluation</a>")));
    let elsewhere = app.get("/nowhere").text().unwrap();
    assert!(!elsewhere.contains("aria-label=\"The five steps\""));
}
