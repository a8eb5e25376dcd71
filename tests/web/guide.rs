//! The guide, and the search within an evaluation.

use std::process::Command;

use crate::support::{TestApp, without_tags};

/// The text between two marks, and what stands behind.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap();
    rest.split_once(to).unwrap().0
}

fn plain(html: &str) -> String {
    let text = without_tags(html);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// What the program ranks: rank, vendor and total, as the guide writes them.
fn ranked(criteria: &str, scores: &str) -> Vec<[String; 3]> {
    let folder = tempfile::tempdir().unwrap();
    let (set, sheet) = (
        folder.path().join("set.toml"),
        folder.path().join("scores.csv"),
    );
    std::fs::write(&set, criteria).unwrap();
    std::fs::write(&sheet, scores).unwrap();
    let mut rank = Command::new(env!("CARGO_BIN_EXE_scorecard"));
    rank.args(["rank", "--format", "csv", "--criteria"]);
    let told = rank.arg(&set).arg(&sheet).output().unwrap();
    let wrong = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{wrong}");
    let rows = String::from_utf8(told.stdout).unwrap();
    let rows = rows.lines().skip(1).map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        let total = match cells[3] {
            "" => format!("{} to {}", cells[4], cells[5]),
            total => total.to_owned(),
        };
        [cells[0].to_owned(), cells[1].to_owned(), total]
    });
    rows.collect()
}

#[test]
fn every_figure_of_the_guide_is_what_its_example_comes_to() {
    let app = TestApp::entered();
    let page = app.get("/guide").text().unwrap();
    let mut figures = 0;
    for example in page.split("<section class=\"example\"").skip(1) {
        let criteria = plain(between(
            example,
            "aria-label=\"Criteria of this example\">",
            "</pre>",
        ));
        let scores = plain(between(
            example,
            "aria-label=\"Scores of this example\">",
            "</pre>",
        ));
        let body = between(example, "<tbody>", "</tbody>");
        let shown: Vec<[String; 3]> = body
            .split("<tr>")
            .skip(1)
            .map(|row| {
                let mut cells = row.split("</").map(|cell| {
                    let (_, text) = cell.rsplit_once('>').unwrap();
                    text.trim().to_owned()
                });
                // The end of one cell stands before the beginning of the next.
                std::array::from_fn(|_| cells.next().unwrap())
            })
            .collect();
        assert_eq!(shown, ranked(&criteria, &scores), "{criteria}");
        figures += shown.len();
    }
    assert_eq!(figures, 13);
}

#[test]
fn the_guide_names_problems_as_the_program_does() {
    let codes = include_str!("../../src/sheets/code.rs");
    let app = TestApp::entered();
    let page = app.get("/guide").text().unwrap();
    let table = between(&page, "id=\"problems\"", "</section>");
    let rows: Vec<&str> = table.split("<th scope=\"row\"><code>").skip(1).collect();
    assert!(rows.len() > 20);
    for row in rows {
        let code = row.split("</code>").next().unwrap();
        assert!(codes.contains(&format!("\"{code}\"")), "{code}");
    }
}

#[test]
fn every_link_that_asks_how_leads_to_a_place_of_the_guide() {
    let app = TestApp::entered();
    let guide = app.get("/guide").text().unwrap();
    let started = app.request("POST", "/sample").send().unwrap();
    let home = started.headers()["location"].to_str().unwrap().to_owned();
    let below = "|/vendors/1|/criteria/ITIL-INC|/what-if|/lenses|/why|/agenda|/panel|/price-quality|/missing|/criteria";
    for below in below.split('|') {
        let page = app.get(&format!("{home}{below}")).text().unwrap();
        let how = page.split("How is this computed?").skip(1);
        let asked: Vec<&str> = how
            .filter_map(|rest| rest.split("</p>").next())
            .flat_map(|line| line.split("href=\"/guide#").skip(1))
            .filter_map(|link| link.split('"').next())
            .collect();
        assert!(!asked.is_empty(), "{below}");
        for anchor in asked {
            assert!(guide.contains(&format!("<h2 id=\"{anchor}\">")), "{anchor}");
        }
    }
}

#[test]
fn the_guide_is_behind_the_same_door_as_every_page() {
    let app = TestApp::with(scorecard::web::Settings::default());
    assert_ne!(app.get("/guide").status(), 200);
}

#[test]
fn a_search_finds_vendors_criteria_sheets_people_pages_and_the_guide() {
    let app = TestApp::entered();
    let started = app.request("POST", "/sample").send().unwrap();
    let home = started.headers()["location"].to_str().unwrap().to_owned();
    let found = |asked: &str| {
        let page = app.get(&format!("{home}/search?q={asked}"));
        assert_eq!(page.status(), 200);
        page.text().unwrap()
    };
    for (asked, link) in [
        ("BRINDLEWICK", "/vendors/"),
        ("sec-sso", "/criteria/SEC-SSO\""),
        ("sso%2C%20mfa%20%26%20p", "/criteria/SEC-SSO\""),
        ("halloran", "/sheets/1\""),
        ("tobias", "/sheets#progress\""),
        ("freeze%20nothing", ""),
        ("hand%20out", "/handout\""),
        ("rounding", "\"/guide#rounding\""),
    ] {
        let page = found(asked);
        let link = match link.strip_prefix("\"") {
            Some(guide) => format!("\"{guide}"),
            None => format!("\"{home}{link}"),
        };
        let (_, hits) = page.split_once("</form>\n").unwrap();
        if asked == "freeze%20nothing" {
            assert!(page.contains("Nothing was found."), "{page}");
        } else {
            assert!(hits.contains(&link), "{asked}: {hits}");
        }
    }
    assert!(found("%3Cb%3E").contains("&#60;b&#62;"));
    assert!(!found("").contains("Nothing was found."));
}
