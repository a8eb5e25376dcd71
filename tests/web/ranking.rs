//! The ranked scorecard and what hangs on it: every number leads to how it was made.

use std::collections::BTreeSet;

use reqwest::blocking::Response;
use scorecard::criteria::{CriteriaSet, SetLimits};
use scorecard::service::SAMPLE_SHEETS;
use serde_json::Value;

use crate::support::{TestApp, without_tags};

/// The sample with all three sheets in, or only the first two; the path of its page.
fn sample(app: &TestApp, complete: bool) -> String {
    let started = app.request("POST", "/sample").send().unwrap();
    let page = location(&started);
    if complete {
        let sheets = SAMPLE_SHEETS.iter();
        let mut third = sheets.filter(|sheet| sheet.file_name == "mei-lindqvist.csv");
        upload(app, &page, "mei-lindqvist.csv", third.next().unwrap().bytes);
    }
    page
}

fn location(response: &Response) -> String {
    assert_eq!(response.status(), 303);
    response.headers()["location"].to_str().unwrap().to_owned()
}

fn upload(app: &TestApp, page: &str, name: &str, bytes: &[u8]) {
    assert_eq!(app.hand_in(page, name, bytes).status(), 200);
}

fn page(app: &TestApp, path: &str) -> String {
    let answer = app.get(path);
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().unwrap()
}

/// Every address that a page leads to.
fn links(page: &str) -> BTreeSet<String> {
    let hrefs = page.split("href=\"").skip(1);
    let hrefs = hrefs.filter_map(|rest| rest.split('"').next());
    hrefs
        .map(|href| href.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

fn tag(response: &Response) -> String {
    response.headers()["etag"].to_str().unwrap().to_owned()
}

#[test]
fn every_link_of_the_pages_of_a_result_leads_somewhere() {
    let app = TestApp::entered();
    let home = sample(&app, false);
    let mut open = vec![home.clone(), format!("{home}?lens=cio")];
    open.push(format!("{home}/vendors/2?lens=cio"));
    open.push(format!("{home}/criteria/ITIL-INC"));
    for below in [
        "criteria", "method", "people", "handout", "sheets", "sheets/1", "settle", "decide",
    ] {
        open.push(format!("{home}/{below}"));
    }
    let mut followed = BTreeSet::new();
    for path in open {
        let text = page(&app, &path);
        assert!(links(&text).len() > 8, "{path}: {}", links(&text).len());
        for link in links(&text) {
            let (address, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let address = if address.is_empty() { &path } else { address };
            if followed.insert((address.to_owned(), anchor.to_owned())) {
                let there = page(&app, address);
                let found = anchor.is_empty() || there.contains(&format!("id=\"{anchor}\""));
                assert!(found, "{path} leads to {link}");
            }
        }
    }
    assert!(followed.len() > 100);
}

#[test]
fn a_range_stands_with_its_cause_and_becomes_a_rank() {
    let app = TestApp::entered();
    let home = sample(&app, false);
    let text = without_tags(&page(&app, &home));
    assert!(text.contains("1 to "), "{text}");
    assert!(text.contains("Mei Lindqvist owes 42 answers"), "{text}");
    let complete = page(&app, &sample(&app, true));
    assert!(!complete.contains(" to 2<") && !complete.contains("owes"));
    assert!(complete.contains("<td class=\"rank\">1</td>"));
}

#[test]
fn the_lens_switch_leads_to_the_same_page_through_the_lens() {
    let app = TestApp::entered();
    let home = sample(&app, true);
    let record = page(&app, &home);
    assert!(record.contains(&format!("<a href=\"{home}\" aria-current=\"page\">")));
    assert!(links(&record).contains(&format!("{home}?lens=cto")));
    assert!(!record.contains("CTO metrics"));
    let lens = page(&app, &format!("{home}?lens=cto"));
    assert!(lens.contains(&format!(
        "<a href=\"{home}?lens=cto\" aria-current=\"page\">"
    )));
    assert!(without_tags(&lens).contains("CTO lens: Ostervane Service (fictional) leads"));
    assert!(lens.contains("CTO metrics"));
    for kept in [
        "/vendors/1?lens=cto",
        "/ranking.csv?lens=cto",
        "/ranking.csv?lens=cto&sep=semicolon",
    ] {
        assert!(links(&lens).contains(&format!("{home}{kept}")), "{kept}");
    }
    assert_eq!(app.get(&format!("{home}?lens=nobody")).status(), 404);
}

#[test]
fn the_pages_print_the_digits_of_the_command_line() {
    let app = TestApp::entered();
    let home = sample(&app, true);
    let result: Value = serde_json::from_str(&ranked_by_command(&app, &home)).unwrap();
    let ranking = page(&app, &home);
    for vendor in result["vendors"].as_array().unwrap() {
        let digits = |value: &Value| value.as_str().unwrap().to_owned();
        assert!(ranking.contains(&format!(">{}</a></td>", digits(&vendor["total"]))));
        for category in vendor["categories"].as_array().unwrap() {
            assert!(ranking.contains(&format!(">{}</a>", digits(&category["contribution"]))));
            assert!(ranking.contains(&format!("{}% of", digits(&category["percent"]))));
        }
        let name = vendor["vendor"].as_str().unwrap();
        let one = page(&app, &vendor_link(&ranking, name));
        for criterion in vendor["criteria"].as_array().unwrap() {
            for digits in ["share", "contribution"].map(|field| digits(&criterion[field])) {
                assert!(
                    one.contains(&format!("<td class=\"number\">{digits}</td>")),
                    "{digits}"
                );
            }
        }
    }
}

/// Where the name of a vendor leads.
fn vendor_link(page: &str, name: &str) -> String {
    let before = page.split(&format!("\">{name}</a></th>")).next().unwrap();
    before.rsplit("href=\"").next().unwrap().to_owned()
}

/// The result of the command line from the files that can be saved.
fn ranked_by_command(app: &TestApp, home: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let set = std::fs::read_to_string("criteria/itsm-mid-market.toml").unwrap();
    assert!(CriteriaSet::parse(&set, &SetLimits::default()).is_ok());
    let scores = folder.path().join("scores.csv");
    std::fs::write(
        &scores,
        app.get(&format!("{home}/scores.csv")).bytes().unwrap(),
    )
    .unwrap();
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .args(["rank", "--format", "json", "--criteria", "itsm-mid-market"])
        .args(["--price", "CST-TCO=150000..650000:EUR"])
        .arg(&scores)
        .env_clear()
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn a_vendor_page_tells_every_answer_with_its_comment_and_its_cell() {
    let app = TestApp::entered();
    let home = sample(&app, true);
    let one = page(&app, &format!("{home}/vendors/1"));
    for told in [
        "Ines Halloran",
        "Tobias Okafor",
        "Mei Lindqvist",
        "mei-lindqvist.csv D2",
        "ines-halloran.csv D2",
    ] {
        assert!(one.contains(told), "{told}");
    }
    assert!(one.contains(&format!("href=\"{home}/vendors/2\" rel=\"next\"")));
    assert!(!one.contains("rel=\"prev\""));
    for missing in ["0", "5", "99999999999999999999", "x"] {
        assert_eq!(
            app.get(&format!("{home}/vendors/{missing}")).status(),
            404,
            "{missing}"
        );
    }
}

#[test]
fn a_criterion_page_tells_what_is_asked_and_what_everybody_answered() {
    let app = TestApp::entered();
    let home = sample(&app, true);
    let one = page(&app, &format!("{home}/criteria/ITIL-INC"));
    for told in [
        "Incident management",
        "Share of the whole",
        "What a score means",
        "Mei Lindqvist",
    ] {
        assert!(one.contains(told), "{told}");
    }
    assert_eq!(app.get(&format!("{home}/criteria/NONE")).status(), 404);
}

#[test]
fn a_tender_shows_no_result_anywhere_before_scoring_is_closed() {
    let app = TestApp::entered();
    let home = app.start("tender", "itsm-one-afternoon", "1000", "2000");
    let people = format!("{home}/people");
    app.post(
        &people,
        &[("what", "add-vendors"), ("vendors", "Acme\nBolt")],
    );
    app.post(
        &people,
        &[("what", "add-evaluators"), ("evaluators", "Ana")],
    );
    let set = std::fs::read_to_string("criteria/itsm-one-afternoon.toml").unwrap();
    let set = CriteriaSet::parse(&set, &SetLimits::default()).unwrap();
    let criterion = set.criteria()[0].id();
    let sheet = format!("criterion,Acme,Bolt,evaluator\n{criterion},4,3,Ana\n");
    upload(&app, &home, "ana.csv", sheet.as_bytes());
    let text = page(&app, &home);
    assert!(text.contains("Results are hidden until scoring is closed"));
    assert!(!text.contains("<svg") && !text.contains("can each still come first"));
    assert_eq!(app.get(&format!("{home}/vendors/1")).status(), 409);
    let asked = page(&app, &format!("{home}/criteria/{criterion}"));
    assert!(asked.contains("hidden until scoring is closed"));
    assert!(!asked.contains("Ana") && !asked.contains("Acme"));
}

#[test]
fn the_tag_of_a_page_changes_with_the_record_and_not_otherwise() {
    let app = TestApp::entered();
    let home = sample(&app, false);
    let paths = [
        home.clone(),
        format!("{home}/vendors/1"),
        format!("{home}/criteria/ITIL-INC"),
    ];
    let tags = || paths.clone().map(|path| tag(&app.get(&path)));
    let before = tags();
    assert_eq!(tags(), before);
    let third = SAMPLE_SHEETS
        .iter()
        .find(|sheet| sheet.file_name == "mei-lindqvist.csv");
    upload(&app, &home, "mei-lindqvist.csv", third.unwrap().bytes);
    for (now, then) in tags().iter().zip(&before) {
        assert_ne!(now, then);
    }
}

/// The vendors of the ranking from top to bottom, by their numbers.
fn shown(page: &str) -> Vec<&str> {
    let rows = page.split("<tr id=\"vendor-").skip(1);
    rows.filter_map(|row| row.split('"').next()).collect()
}

#[test]
fn the_ranking_is_shown_by_any_column_and_ranks_stay_those_of_the_result() {
    let app = TestApp::entered();
    let home = sample(&app, true);
    let by = |sort: &str| page(&app, &format!("{home}?sort={sort}"));
    let usual = page(&app, &home);
    let (order, mut turned) = (shown(&usual), shown(&usual));
    turned.reverse();
    assert_eq!(order.len(), 4);
    assert!(usual.contains("aria-sort=\"ascending\""));
    assert!(!usual.contains("Back to the order of the result"));
    assert_eq!(shown(&by("rank")), order);
    assert_eq!(shown(&by("-rank")), turned);

    // The one with the highest total is disqualified: it comes first by total, and still has no rank.
    let text = by("-total");
    assert_eq!(shown(&text)[0], order[3]);
    assert!(text.contains("aria-sort=\"descending\""));
    let first = text.split("<tr id=\"vendor-").nth(1).unwrap();
    assert!(first.contains("<td class=\"rank\">–</td>"), "{first}");
    assert!(text.contains("Shown by total; the ranks are those of the result."));
    assert!(links(&text).contains(&format!("{home}?sort=total#ranking")));
    assert!(links(&text).contains(&format!("{home}?sort=-total&lens=cio")));
    for sort in ["vendor", "status", "gates", "-coverage"] {
        assert_eq!(shown(&by(sort)).len(), 4, "{sort}");
    }
    let refused = app.get(&format!("{home}?sort=price"));
    assert_eq!(refused.status(), 422);
    assert!(
        refused
            .text()
            .unwrap()
            .contains("write rank, vendor, total")
    );
}

#[test]
fn the_page_says_what_would_change_first_place_and_where_to_try_it() {
    let app = TestApp::entered();
    let home = sample(&app, false);
    let open = page(&app, &home);
    let changes = |page: &str| {
        let part = page.split("<aside class=\"changes\"").nth(1).unwrap();
        without_tags(part.split("</aside>").next().unwrap())
    };
    let told = changes(&open);
    for wanted in [
        "What is missing",
        "First place cannot be decided before",
        "Try other weights",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let home = sample(&app, true);
    let told = changes(&page(&app, &home));
    for wanted in [
        "One weight",
        "of the whole weight",
        "One score",
        "Without one evaluator another",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    assert!(!told.contains("Mei"), "{told}");
}

#[test]
fn rows_and_cells_of_the_ranking_have_addresses_and_the_lens_of_a_what_if_keeps_its_shares() {
    let app = TestApp::entered();
    let home = sample(&app, true);
    let text = page(&app, &home);
    for anchor in ["vendor-3", "vendor-3-itil"] {
        assert_eq!(
            text.matches(&format!("id=\"{anchor}\"")).count(),
            1,
            "{anchor}"
        );
    }
    let asked = page(&app, &format!("{home}/what-if?w.itil=30"));
    assert!(links(&asked).contains(&format!("{home}/what-if?w.itil=30&lens=cio")));
}
