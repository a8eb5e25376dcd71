//! The pages that explain a result: what they say adds up, and they keep what a tender keeps.

use reqwest::blocking::multipart::{Form, Part};
use rust_decimal::Decimal;
use scorecard::service::SAMPLE_SHEETS;

use crate::support::{TestApp, without_tags};

/// What explains a result, below the address of its evaluation.
const PAGES: &[&str] = &[
    "why",
    "firmness",
    "panel",
    "missing",
    "lenses",
    "debriefs",
    "debriefs.zip",
    "debriefs/1/txt",
];

/// The sample, with all of its sheets or without the last.
fn sample(app: &TestApp, complete: bool) -> String {
    let started = app.request("POST", "/sample").send().unwrap();
    let page = started.headers()["location"].to_str().unwrap().to_owned();
    if complete {
        upload(app, &page, "mei-lindqvist.csv");
    }
    page
}

fn upload(app: &TestApp, page: &str, name: &str) {
    let mut sheets = SAMPLE_SHEETS.iter();
    let sheet = sheets.find(|sheet| sheet.file_name == name).unwrap();
    let form = Form::new().part("file", Part::bytes(sheet.bytes).file_name(sheet.file_name));
    let sent = app.request("POST", &format!("{page}/sheets"));
    assert_eq!(sent.multipart(form).send().unwrap().status(), 200);
}

/// A tender with all answers of the sample, before scoring is closed.
fn tender(app: &TestApp) -> String {
    let page = app.start("tender", "itsm-mid-market", "150000", "650000");
    for sheet in [
        "ines-halloran.csv",
        "tobias-okafor.csv",
        "mei-lindqvist.csv",
        "prices.csv",
    ] {
        upload(app, &page, sheet);
    }
    page
}

fn html(app: &TestApp, path: &str) -> String {
    let answer = app.get(path);
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().unwrap()
}

fn text(app: &TestApp, path: &str) -> String {
    without_tags(&html(app, path))
}

/// The first figure of every row of the table in a section.
fn figures(page: &str, section: &str) -> Vec<Decimal> {
    let (_, rest) = page.split_once(&format!("id=\"{section}\"")).unwrap();
    let (_, rest) = rest.split_once("<tbody>").unwrap();
    let (body, _) = rest.split_once("</tbody>").unwrap();
    let rows = body.split("<tr").skip(1);
    rows.map(|row| {
        let (_, cell) = row.split_once("<td").unwrap();
        let (_, figure) = cell.split_once('>').unwrap();
        let (figure, _) = figure.split_once("</td>").unwrap();
        figure.replace('−', "-").replace('+', "").parse().unwrap()
    })
    .collect()
}

#[test]
fn printed_rows_add_up_to_the_difference_of_the_printed_totals() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    let ranking = html(&app, &page);
    for lens in ["", "&lens=cio", "&lens=cto"] {
        for (first, second) in [(1, 2), (2, 1), (3, 1)] {
            let path = format!("{page}/why?first={first}&second={second}{lens}");
            let why = html(&app, &path);
            for section in ["by-category", "by-criterion"] {
                let mut rows = figures(&why, section);
                let sum = rows.pop().unwrap();
                assert!(rows.len() > 3, "{path} {section}");
                assert_eq!(rows.iter().sum::<Decimal>(), sum, "{path} {section}");
            }
        }
    }
    let why = html(&app, &format!("{page}/why"));
    let totals = why.split("<dd>").skip(1).take(2);
    for total in totals {
        let (total, _) = total.split_once(',').unwrap();
        assert!(ranking.contains(total), "{total}");
    }
    assert!(ranking.contains(&format!("{page}/why\"")));
    assert!(why.contains("<title id=\"fall-title\">") && why.contains("<desc id=\"fall-text\">"));
}

#[test]
fn a_difference_is_a_range_while_something_is_missing() {
    let app = TestApp::entered();
    let page = sample(&app, false);
    let why = html(&app, &format!("{page}/why?first=1&second=2"));
    assert!(
        why.contains("Something is missing") && !why.contains("<svg"),
        "{why}"
    );
    let same = text(&app, &format!("{page}/why?first=1&second=1"));
    assert!(same.contains("choose two different ones"), "{same}");
    assert_eq!(app.get(&format!("{page}/why?first=99")).status(), 404);
    assert_eq!(app.get(&format!("{page}/why?first=0")).status(), 404);
}

#[test]
fn a_vendor_is_told_what_costs_most() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    let vendor = text(&app, &format!("{page}/vendors/1"));
    assert!(
        vendor.contains("What costs most") && vendor.contains("Against full marks"),
        "{vendor}"
    );
}

#[test]
fn explanations_of_a_tender_wait_until_scoring_is_closed() {
    let app = TestApp::entered();
    let page = tender(&app);
    for path in PAGES {
        assert_eq!(app.get(&format!("{page}/{path}")).status(), 409, "{path}");
    }
    let closed = app.post(&format!("{page}/settle"), &[("what", "close")]);
    assert_eq!(closed.status(), 303);
    for path in PAGES {
        assert_eq!(app.get(&format!("{page}/{path}")).status(), 200, "{path}");
    }
}

#[test]
fn firmness_gives_a_verdict_with_its_rule_and_what_it_rests_on() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    let firmness = text(&app, &format!("{page}/firmness"));
    for told in [
        "How firm first place is: close call",
        "below the 1 point that this criteria set asks",
        "this one holds",
        "One weight",
        "of the whole weight; beyond, ",
        "draws level with Brindlewick Desk (fictional)",
        "One evaluator not named here",
        "no weights bring first",
    ] {
        assert!(firmness.contains(told), "{told}: {firmness}");
    }
    let ranking = text(&app, &page);
    assert!(ranking.contains("close call: The lead is"), "{ranking}");
    let cto = text(&app, &format!("{page}/firmness?lens=cto"));
    assert_ne!(cto, firmness);

    let open = sample(&app, false);
    let open = text(&app, &format!("{open}/firmness"));
    assert!(open.contains("undecided"), "{open}");
}

#[test]
fn firmness_is_advice_and_stands_nowhere_on_the_record_of_a_tender() {
    let app = TestApp::entered();
    let page = tender(&app);
    app.post(&format!("{page}/settle"), &[("what", "close")]);
    let firmness = text(&app, &format!("{page}/firmness"));
    assert!(firmness.contains("no part of the record"), "{firmness}");
    for record in [page.clone(), format!("{page}/report.html")] {
        assert!(!text(&app, &record).contains("close call:"), "{record}");
    }
}

#[test]
fn what_is_missing_is_told_with_who_owes_it_and_a_reminder() {
    let app = TestApp::entered();
    let page = sample(&app, false);
    let missing = text(&app, &format!("{page}/missing"));
    for told in [
        "First place cannot be decided before Mei Lindqvist scores ",
        "first place",
        "Reminders to copy",
        "Dear Mei Lindqvist,",
    ] {
        assert!(missing.contains(told), "{told}: {missing}");
    }
    assert!(html(&app, &page).contains(&format!("{page}/missing")));
    upload(&app, &page, "mei-lindqvist.csv");
    let complete = text(&app, &format!("{page}/missing"));
    assert!(
        complete.contains("Nothing that is missing can change the order.")
            && !complete.contains("Dear"),
        "{complete}"
    );
}

#[test]
fn lenses_stand_side_by_side_and_their_mix_says_where_first_place_changes() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    let lenses = text(&app, &format!("{page}/lenses"));
    for told in [
        "best at the worst",
        "Where CIO and CTO part",
        "Between CIO and CTO",
        " is first up to ",
        "At 50% CTO",
        "CTO metrics",
    ] {
        assert!(lenses.contains(told), "{told}: {lenses}");
    }
    // At either end a mix is the lens itself.
    for (at, lens) in [("0", "cio"), ("100", "cto")] {
        let mixed = html(&app, &format!("{page}/lenses?one=cio&other=cto&at={at}"));
        let (_, there) = mixed.split_once("id=\"there\"").unwrap();
        let (_, rows) = there.split_once("<tbody>").unwrap();
        let first = without_tags(rows.split("</tr>").next().unwrap());
        let ranking = text(&app, &format!("{page}/ranking.csv?lens={lens}"));
        let total = first.rsplit(')').next().unwrap();
        assert!(ranking.contains(total), "{first} {ranking}");
    }
    for (query, status) in [
        ("at=101", 422),
        ("at=1e1", 422),
        ("one=nobody", 404),
        ("one=record&other=cto", 200),
    ] {
        let answer = app.get(&format!("{page}/lenses?{query}"));
        assert_eq!(answer.status(), status, "{query}");
    }
}

#[test]
fn the_agenda_leads_to_a_page_for_each_cell_with_every_reason() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    let agenda = html(&app, &format!("{page}/agenda"));
    assert!(agenda.contains("to be talked about") && agenda.contains("Reasons to look at again"));
    let start = format!("{page}/agenda/");
    let (_, cell) = agenda.split_once(&start).unwrap();
    let (cell, _) = cell.split_once('"').unwrap();
    let cell = text(&app, &format!("{start}{cell}"));
    for person in ["Ines Halloran", "Tobias Okafor", "Mei Lindqvist"] {
        assert!(cell.contains(person), "{person}: {cell}");
    }
    assert_eq!(app.get(&format!("{start}1/NOTHING")).status(), 404);
    assert_eq!(app.get(&format!("{start}99/SEC-SSO")).status(), 404);
}

#[test]
fn a_tender_shows_how_much_people_differ_but_no_score_until_scoring_is_closed() {
    let app = TestApp::entered();
    let page = tender(&app);
    let agenda = html(&app, &format!("{page}/agenda"));
    assert!(agenda.contains("stays hidden until scoring is closed"));
    assert!(!agenda.contains("/agenda/1/") && !agenda.contains("Reasons to look at again"));
    assert_eq!(app.get(&format!("{page}/agenda/1/SEC-SSO")).status(), 409);
}

#[test]
fn reasons_that_would_not_bear_an_award_are_remarked_on() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    let csv = "vendor,criterion,score,evaluator,comment\n\
        Tamwick Flow (fictional),SEC-SSO,3,Ines Halloran,Not as good as Brindlewick Desk here\n\
        Brindlewick Desk (fictional),SEC-SSO,4,Ines Halloran,clearly better than the rest of them\n\
        Tamwick Flow (fictional),UX-ADP,3,Ines Halloran,does what was asked for\n\
        Brindlewick Desk (fictional),UX-ADP,3,Ines Halloran,Does what was  asked for\n";
    let form = Form::new().part("file", Part::bytes(csv.as_bytes()).file_name("again.csv"));
    let sent = app.request("POST", &format!("{page}/sheets"));
    assert_eq!(sent.multipart(form).send().unwrap().status(), 200);
    let agenda = text(&app, &format!("{page}/agenda"));
    for (told, times) in [
        ("names another vendor: Not as good as", 1),
        ("instead of with what was asked: clearly better", 1),
        ("the same reason word for word", 2),
    ] {
        assert_eq!(agenda.matches(told).count(), times, "{told}: {agenda}");
    }
}

#[test]
fn no_debrief_tells_anything_of_a_rival_but_the_winners_name_and_total() {
    let app = TestApp::entered();
    let page = tender(&app);
    app.post(&format!("{page}/settle"), &[("what", "close")]);
    let winner = "Brindlewick Desk (fictional)";
    let fields = [("what", "decide"), ("vendor", winner), ("reason", "best")];
    assert_eq!(app.post(&format!("{page}/decide"), &fields).status(), 303);

    let given = app.get(&format!("{page}/scores.csv")).bytes().unwrap();
    let given = rows(given.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&given));
    let column = |name: &str| given[0].iter().position(|head| head == name).unwrap();
    let (vendor, why) = (column("vendor"), column("comment"));
    let (criterion, score) = (column("criterion"), column("score"));
    let mut names: Vec<&str> = given[1..].iter().map(|row| row[vendor].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let listed = text(&app, &format!("{page}/debriefs"));
    let mut tried = 0;
    for number in 1..=names.len() {
        for kind in ["html", "txt"] {
            let paper = html(&app, &format!("{page}/debriefs/{number}/{kind}"));
            let own = names
                .iter()
                .find(|name| paper.contains(&format!("Debrief: {name}")));
            let own = *own.unwrap();
            assert!(listed.contains(own));
            for name in names
                .iter()
                .filter(|name| **name != own && **name != winner)
            {
                assert!(!paper.contains(*name), "{own} is told of {name}");
            }
            assert!(own == winner || paper.contains(&format!("Chosen: {winner}, with a total of")));
            let mine = |text: &str, at: usize| {
                let mut rows = given[1..].iter();
                rows.any(|row| row[vendor] == own && row[at].contains(text))
            };
            for row in given[1..].iter().filter(|row| row[vendor] != own) {
                if !row[why].is_empty() && !mine(&row[why], why) {
                    assert!(!paper.contains(&row[why]), "{own} is told {}", row[why]);
                    tried += 1;
                }
                if row[criterion] == "CST-TCO" && !mine(&row[score], score) {
                    assert!(!paper.contains(&row[score]), "{own} is told {}", row[score]);
                    tried += 1;
                }
            }
            for person in ["Halloran", "Okafor", "Lindqvist"] {
                assert!(!paper.contains(person), "{own} is told of {person}");
            }
            let mut reasons = given[1..].iter().filter(|row| row[vendor] == own);
            assert!(
                kind == "html"
                    || reasons.any(|row| !row[why].is_empty() && paper.contains(&row[why]))
            );
        }
    }
    assert!(tried > 100, "{tried}");
    let zipped = app.get(&format!("{page}/debriefs.zip"));
    assert_eq!(zipped.headers()["content-type"], "application/zip");
    assert!(zipped.bytes().unwrap().starts_with(b"PK"));
    assert_eq!(app.get(&format!("{page}/debriefs/1/pdf")).status(), 404);
}

/// The rows of a CSV file.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).flexible(true).from_reader(bytes);
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        row.iter().map(str::to_owned).collect()
    });
    rows.collect()
}
