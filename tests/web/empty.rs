//! Pages of results before there is any: each says what to do next.

use crate::support::{TestApp, without_tags};

/// The pages that look closer at a result.
const PAGES: [&str; 10] = [
    "compare",
    "why",
    "firmness",
    "lenses",
    "pictures",
    "price-quality",
    "agenda",
    "panel",
    "debriefs",
    "what-if",
];

fn started(app: &TestApp, vendors: &[&str]) -> String {
    let asked = serde_json::json!({
        "title": "Just begun", "criteria": "itsm-one-afternoon", "vendors": vendors,
        "prices": {"CST-TCO": {"floor": "150000", "ceiling": "650000", "currency": "EUR"}},
    });
    let begun = app.request("POST", "/api/v1/evaluations").json(&asked);
    let begun: serde_json::Value = begun.send().unwrap().json().unwrap();
    format!("/evaluations/{}", begun["id"].as_str().unwrap())
}

#[test]
fn without_a_vendor_every_page_of_results_leads_to_where_vendors_are_listed() {
    let app = TestApp::entered();
    let home = started(&app, &[]);
    for page in PAGES.into_iter().chain(["missing"]) {
        let text = app.get(&format!("{home}/{page}")).text().unwrap();
        assert!(text.contains("No vendor is listed yet"), "{page}: {text}");
        for next in [
            format!("href=\"{home}/people\""),
            format!("href=\"{home}/sheets#upload\""),
        ] {
            assert!(text.contains(&next), "{page}: {next}");
        }
        assert!(!without_tags(&text).contains("undecided"), "{page}");
    }
}

#[test]
fn without_a_sheet_pages_of_results_lead_to_where_sheets_are_handed_out() {
    let app = TestApp::entered();
    let home = started(&app, &["Acme", "Bolt"]);
    for page in PAGES.into_iter().filter(|page| *page != "what-if") {
        let text = app.get(&format!("{home}/{page}")).text().unwrap();
        assert!(text.contains("Nobody has scored yet"), "{page}: {text}");
        assert!(text.contains(&format!("href=\"{home}/handout\"")), "{page}");
    }
    // What is missing is known, and what would be may be tried.
    let missing = app.get(&format!("{home}/missing")).text().unwrap();
    assert!(!missing.contains("Nobody has scored yet"), "{missing}");
}

#[test]
fn with_a_sheet_pages_of_results_show_them() {
    let app = TestApp::entered();
    let home = started(&app, &["Acme", "Bolt"]);
    let sheet = b"criterion,evaluator,Acme,Bolt\nITIL-INC,Ana,4,3\n";
    assert_eq!(app.hand_in(&home, "ana.csv", sheet).status(), 200);
    for page in PAGES {
        let text = app.get(&format!("{home}/{page}")).text().unwrap();
        for empty in ["No vendor is listed yet", "Nobody has scored yet"] {
            assert!(!text.contains(empty), "{page}: {empty}");
        }
    }
}
