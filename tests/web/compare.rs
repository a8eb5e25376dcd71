//! Two to four vendors side by side.

use rust_decimal::Decimal;
use scorecard::service::SAMPLE_SHEETS;

use crate::support::{TestApp, without_tags};

/// The sample with all three sheets in; the path of its page.
fn sample(app: &TestApp) -> String {
    let started = app.request("POST", "/sample").send().unwrap();
    let page = started.headers()["location"].to_str().unwrap().to_owned();
    let mut sheets = SAMPLE_SHEETS.iter();
    let third = sheets.find(|sheet| sheet.file_name == "mei-lindqvist.csv");
    let answer = app.hand_in(&page, "mei-lindqvist.csv", third.unwrap().bytes);
    assert_eq!(answer.status(), 200);
    page
}

fn text(app: &TestApp, path: &str) -> String {
    let answer = app.get(path);
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().unwrap()
}

/// The part of a page between two of its headings.
fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let rest = page.split(from).nth(1).unwrap();
    rest.split(to).next().unwrap()
}

#[test]
fn what_sets_vendors_furthest_apart_comes_first_with_everybodys_reasons() {
    let app = TestApp::entered();
    let home = sample(&app);
    let page = text(&app, &format!("{home}/compare?vendor=1&vendor=3&vendor=2"));
    let told = without_tags(&page);
    for wanted in [
        "side by side",
        "Total",
        "Gates",
        "Status",
        "more that add the same",
    ] {
        assert!(told.contains(wanted), "{wanted}");
    }
    let criteria = part(
        &page,
        "By criterion, with the reasons",
        "more that add the same",
    );
    let gaps: Vec<Decimal> = criteria
        .split("<td class=\"number gap\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().parse().unwrap())
        .collect();
    assert!(gaps.len() > 20, "{gaps:?}");
    assert!(gaps.is_sorted_by(|one, other| one >= other), "{gaps:?}");
    // What evaluators wrote, with who wrote it.
    assert!(criteria.contains("<span class=\"why\">"), "{criteria}");
    assert!(criteria.contains("Ines Halloran"));
    assert!(criteria.contains("aria-label=\"most\""));
    assert!(!page.contains("What sets the two apart"));
    let two = text(&app, &format!("{home}/compare?vendor=1&vendor=2&lens=cio"));
    assert!(two.contains(&format!("{home}/why?first=1&#38;second=2&#38;lens=cio")));
}

#[test]
fn too_few_and_too_many_are_asked_to_choose_and_nobody_there_is_not_found() {
    let app = TestApp::entered();
    let home = sample(&app);
    for query in ["", "?vendor=1", "?vendor=2&vendor=2"] {
        let page = text(&app, &format!("{home}/compare{query}"));
        assert!(page.contains("Choose two to four vendors"), "{query}");
        assert!(page.contains("type=\"checkbox\" name=\"vendor\""));
    }
    assert_eq!(app.get(&format!("{home}/compare?vendor=9")).status(), 404);
    for query in ["?vendor=x", "?vendors=1", "?lens=cio&lens=cto"] {
        assert_eq!(
            app.get(&format!("{home}/compare{query}")).status(),
            422,
            "{query}"
        );
    }
    let ranking = text(&app, &home);
    assert!(ranking.contains("name=\"vendor\" value=\"3\" form=\"compare\""));
}
