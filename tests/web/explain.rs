//! The pages that explain a result: what they say adds up, and they keep what a tender keeps.

use rust_decimal::Decimal;
use scorecard::service::SAMPLE_SHEETS;
use serde_json::json;

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
    let sent = app.hand_in(page, sheet.file_name, sheet.bytes);
    assert_eq!(sent.status(), 200);
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
    assert!(why.contains("<title id=\"why-title\">") && why.contains("<desc id=\"why-told\">"));
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
        // Some of them alone may already decide.
        "First place cannot be decided before Mei Lindqvist scores at least one of 42 criteria for 4 vendors.",
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
        ("at=12,5", 200),
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
fn a_consensus_is_filed_from_its_page_with_a_reason_and_erases_nobodys_score() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    let cell = format!("{page}/agenda/1/ITIL-CHG");
    let before = html(&app, &cell);
    assert!(before.contains(" on the agenda</a>"), "{before}");
    for (score, reason, told) in [
        ("", "seen together", "say what was agreed on"),
        ("?", "seen together", "say what was agreed on"),
        ("4", " ", "write why; the reason stays on record"),
        ("6", "seen together", "write a number from 0 to 5"),
        ("four", "seen together", "this is not a score"),
        ("=4", "=1+1", "“=4”: this is a formula"),
    ] {
        let again = app.post(&cell, &[("score", score), ("reason", reason)]);
        assert_eq!(again.status(), 422, "{score} {reason}");
        let again = again.text().unwrap();
        assert!(again.contains(told), "{told}: {again}");
        assert!(
            again.contains(&format!("value=\"{score}\"")),
            "{score} is kept"
        );
    }
    // A mistake in a form is no file that was refused.
    assert_eq!(html(&app, &cell), before);

    let agreed = app.post(
        &cell,
        &[("score", "3,5"), ("reason", "seen together, in the trial")],
    );
    assert_eq!(agreed.status(), 303);
    let after = text(&app, &cell);
    for told in [
        "consensus 3.5: seen together, in the trial",
        "Ines Halloran 5: Freeze calendar and collision check",
        "Mei Lindqvist 4.5",
    ] {
        assert!(after.contains(told), "{told}: {after}");
    }
    let id = page.rsplit('/').next().unwrap();
    let ranking = app.get(&format!("/api/v1/evaluations/{id}/ranking"));
    let ranking: serde_json::Value = serde_json::from_str(&ranking.text().unwrap()).unwrap();
    let vendors = ranking["vendors"].as_array().unwrap();
    let criteria = vendors
        .iter()
        .find(|one| one["vendor"] == "Brindlewick Desk (fictional)");
    let criteria = criteria.unwrap()["criteria"].as_array().unwrap();
    let change = criteria.iter().find(|one| one["id"] == "ITIL-CHG").unwrap();
    assert_eq!(change["score"], "3.5");

    app.post(&format!("{page}/settle"), &[("what", "close")]);
    assert!(text(&app, &cell).contains("Scoring is closed, so nothing here changes."));
    let late = app.post(&cell, &[("score", "4"), ("reason", "late")]);
    assert_eq!(late.status(), 409);
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
    let sent = app.hand_in(&page, "again.csv", csv.as_bytes());
    assert_eq!(sent.status(), 200);
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
fn a_failed_gate_on_a_category_and_on_the_total_is_told_with_the_scores_it_comes_from() {
    let set = r#"
id = "gated"
title = "Gated"
version = "1"
scale = { min = 0, max = 5 }
rules = { total_minimum = 70 }
category = [{ id = "use", title = "Use", minimum = 50 }, { id = "run", title = "Run" }]
criterion = [
    { id = "EASE", category = "use", title = "Ease of use", weight = 30 },
    { id = "HELP", category = "use", title = "Help at hand", weight = 20 },
    { id = "RUNS", category = "run", title = "Runs here", weight = 50 },
]
"#;
    let app = TestApp::offering(set);
    let draft = json!({"title": "Gates", "criteria": "gated"});
    let started = app.send("POST", "/api/v1/evaluations", &draft).is(201);
    let id = started.json()["id"].as_str().unwrap().to_owned();
    let sheet = "vendor,criterion,score,comment\n\
        Acme,EASE,1,took us two days\nAcme,HELP,3,\nAcme,RUNS,5,at once\nBolt,EASE,5,\nBolt,HELP,5,\nBolt,RUNS,4,\n";
    app.upload(&id, "a.csv", sheet, &[("evaluator", "Ana")]);
    let page = html(&app, &format!("/evaluations/{id}/vendors/1"));
    let (_, out) = page.split_once("id=\"out\"").unwrap();
    let (out, _) = out.split_once("</section>").unwrap();
    let out = without_tags(&out.replace('<', " <"));
    let words: Vec<&str> = out.split_whitespace().collect();
    let out = words.join(" ");
    // Use: 3/5 of 1/5 and 2/5 of 3/5, which is 36; the total: 6 + 12 + 50.
    for told in [
        "Use use : at least 50 percent needed, 36 reached.",
        "Ease of use EASE −24.00 Ana 1: took us two days",
        "Total total : at least 70 percent needed, 68 reached.",
        "Help at hand HELP −8.00 Ana 3",
    ] {
        assert!(out.contains(told), "{told}: {out}");
    }
    // What gives all it can costs nothing, and belongs to the other category.
    assert!(!out.contains("Runs here"), "{out}");
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
    let mut zipped = zip::ZipArchive::new(std::io::Cursor::new(zipped.bytes().unwrap())).unwrap();
    assert_eq!(zipped.len(), 2 * names.len());
    for at in 0..zipped.len() {
        let mut entry = zipped.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let number = name.split('-').nth(1).unwrap();
        let (_, kind) = name.rsplit_once('.').unwrap();
        let text = std::io::read_to_string(&mut entry).unwrap();
        assert_eq!(
            text,
            html(&app, &format!("{page}/debriefs/{number}/{kind}")),
            "{name}"
        );
    }
    assert_eq!(app.get(&format!("{page}/debriefs/1/pdf")).status(), 404);
}

#[test]
fn a_reason_that_gives_a_rival_away_is_left_out_of_the_debrief_and_said_to_be() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    let sheet = "vendor,criterion,evaluator,score,comment\n\
        Tamwick Flow (fictional),ITIL-INC,Mei Lindqvist,3,Ostervane showed more of it\n\
        Tamwick Flow (fictional),ITIL-PRB,Mei Lindqvist,3,not worth it beside the EUR 371.000 of the other bid\n\
        Tamwick Flow (fictional),ITIL-CHG,Mei Lindqvist,3,\"its own 238,500 would cover that, shown by Tamwick\"\n";
    let sent = app.hand_in(&page, "more.csv", sheet.as_bytes());
    assert_eq!(sent.status(), 200);
    let listed = text(&app, &format!("{page}/debriefs"));
    assert!(listed.contains("(2 reasons are left out)"), "{listed}");
    let debriefs: Vec<String> = (1..=4)
        .map(|number| html(&app, &format!("{page}/debriefs/{number}/txt")))
        .collect();
    let own = debriefs
        .iter()
        .find(|text| text.starts_with("Provisional debrief: Tamwick"));
    let own = own.unwrap();
    let told = "3 (the reason speaks of another bidder and is not given here)";
    assert_eq!(own.matches(told).count(), 2, "{own}");
    assert!(own.contains("its own 238,500 would cover that"), "{own}");
    for debrief in &debriefs {
        assert!(!debrief.contains("Ostervane showed") && !debrief.contains("371.000"));
    }
}

#[test]
fn a_debrief_is_provisional_until_the_decision_is_recorded() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    for kind in ["html", "txt"] {
        let debrief = text(&app, &format!("{page}/debriefs/1/{kind}"));
        assert!(debrief.contains("Provisional debrief: "), "{debrief}");
        assert!(debrief.contains("Rank so far"), "{debrief}");
        assert!(
            debrief.contains("No decision is recorded yet: everything below is provisional"),
            "{debrief}"
        );
    }
    let listed = text(&app, &format!("{page}/debriefs"));
    assert!(listed.contains("each debrief says that it is provisional"));
    app.post(&format!("{page}/settle"), &[("what", "close")]);
    let none = [
        ("what", "decide"),
        ("vendor", ""),
        ("reason", "all too dear"),
    ];
    assert_eq!(app.post(&format!("{page}/decide"), &none).status(), 303);
    let debrief = html(&app, &format!("{page}/debriefs/1/txt"));
    assert!(debrief.starts_with("Debrief: "), "{debrief}");
    assert!(debrief.contains("No vendor has been chosen."), "{debrief}");
    assert!(
        !debrief.contains("so far") && !debrief.contains("rovisional"),
        "{debrief}"
    );
}

#[test]
fn a_page_shows_a_mean_with_two_decimals_and_the_published_figure_behind_it() {
    let app = TestApp::entered();
    let page = sample(&app, true);
    let vendor = html(&app, &format!("{page}/vendors/1"));
    assert!(
        vendor.contains("<span title=\"4.333333\">4.33</span>"),
        "{vendor}"
    );
    for path in [
        "vendors/1",
        "criteria/ITIL-INC",
        "compare?vendor=1&vendor=2",
    ] {
        let shown = html(&app, &format!("{page}/{path}"));
        let texts = shown.split('>').filter_map(|piece| piece.split('<').next());
        let mut texts = texts.flat_map(str::split_whitespace);
        let long = texts.find(|word| {
            let decimals = word.split_once('.').map_or("", |(_, decimals)| decimals);
            decimals.bytes().take_while(u8::is_ascii_digit).count() > 4
        });
        assert_eq!(long, None, "{path}");
    }
    // Documents and files keep what is published.
    let report = html(&app, &format!("{page}/report.html"));
    assert!(report.contains("4.333333") && !report.contains("title=\"4.333333\""));
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
