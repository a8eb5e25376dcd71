//! The shapes of spreadsheets that offices bring, through the pages and through the API, each with figures worked out by hand.

use serde_json::Value;

use crate::own_workbook::workbook;
use crate::support::{TestApp, fields_of, without_tags};

/// A file, what is said about it, and the ranking that comes of it.
struct Shape {
    file: &'static str,
    bytes: Vec<u8>,
    said: &'static [(&'static str, &'static str)],
    ranking: &'static [&'static str],
}

fn text(
    file: &'static str,
    text: &str,
    said: &'static [(&'static str, &'static str)],
    ranking: &'static [&'static str],
) -> Shape {
    Shape {
        file,
        bytes: text.as_bytes().to_vec(),
        said,
        ranking,
    }
}

fn book(
    file: &'static str,
    tabs: &[(&str, &str)],
    said: &'static [(&'static str, &'static str)],
    ranking: &'static [&'static str],
) -> Shape {
    Shape {
        bytes: workbook(tabs),
        ..text(file, "", said, ranking)
    }
}

const ANA: (&str, &str) = ("evaluator", "Ana");
const TO_5: (&str, &str) = ("scale", "0..5");

/// All but the sixth, which is refused.
#[expect(clippy::too_many_lines, reason = "a list, one entry for each shape")]
fn shapes() -> Vec<Shape> {
    vec![
        // 3/4 * 1 + 1/4 * 1/2, and 3/4 * 1/2 + 1/4.
        text(
            "01.csv",
            "Vendor,Criterion,Weight,Evaluator,Score (1-5)\nAcme,Speed,3,Ana,5\nAcme,Ease,1,Ana,3\nBolt,Speed,3,Ana,3\nBolt,Ease,1,Ana,5\n",
            &[],
            &["1 Acme 87.50", "2 Bolt 62.50"],
        ),
        // 5/8 * 4/5 + 3/8, and 5/8 + 3/8 * 1/5.
        text(
            "02.csv",
            "vendor;criterion;weight;score\nAcme;Speed;62,5%;4\nAcme;Ease;37,5%;5\nBolt;Speed;62,5%;5\nBolt;Ease;37,5%;1\n",
            &[TO_5, ANA],
            &["1 Acme 87.50", "2 Bolt 70.00"],
        ),
        // 1/3 * 4/5 + 2/3, and 1/3 * 3/5 + 2/3 * 2/5, whatever the row of totals says.
        text(
            "03.csv",
            "Criterion,Weight,Acme,Bolt\nSpeed,1,4,3\nEase,2,5,2\nTotal,3,99,7\n",
            &[TO_5, ANA],
            &["1 Acme 93.33", "2 Bolt 46.67"],
        ),
        // (4/5 + 1) / 2, and (3/5 + 2/5) / 2.
        text(
            "04.csv",
            "Requirement,Importance,Acme,Bolt,Rationale\nSpeed,1,4,3,seen in the trial\nEase,1,5,2,\n",
            &[TO_5, ANA],
            &["1 Acme 90.00", "2 Bolt 50.00"],
        ),
        // 1/2 + 1/3 * 9/10 + 1/6 * 2/5, and 1/2 * 3/5 + 1/3 * 1/2 + 1/6 * 4/5.
        text(
            "05.csv",
            "Criterion,Weight,Acme,Bolt\nSign-on,H,SAML+OIDC,SAML\nCost per year,M,$12000,$20000\nAutomation,L,25%,40%\n",
            &[
                TO_5,
                ("weight:H", "3"),
                ("weight:M", "2"),
                ("weight:L", "1"),
                ("word:SAML+OIDC", "5"),
                ("word:SAML", "3"),
                ("word:25%", "2"),
                ("word:40%", "4"),
                ("price:Cost per year", "10000..30000:USD"),
                ANA,
            ],
            &["1 Acme 86.67", "2 Bolt 60.00"],
        ),
        // As if the scores were added up: 35 and 23 of 40.
        text(
            "07.csv",
            "Supplier,item1(10),item2(30)\nAcme,8,15\nBolt,5,30\n",
            &[("weights", "maximum"), ANA],
            &["1 Bolt 87.50", "2 Acme 57.50"],
        ),
        // (4/5 + 2/5) / 2.
        text(
            "08.csv",
            "id,score,note\nR-1,4,fine\nR-2,2,slow\n",
            &[TO_5, ("vendor", "Acme"), ANA],
            &["1 Acme 60.00"],
        ),
        // The means are 3 and 4, 2 and 5: 3/4 * 3/5 + 1/4 * 4/5, and 3/4 * 2/5 + 1/4.
        book(
            "09.xlsx",
            &[
                (
                    "Ana",
                    "Criterion,Weight,Acme,Bolt\nSpeed,3,4,2\nEase,1,5,5\n",
                ),
                (
                    "Ben",
                    "Criterion,Weight,Acme,Bolt\nSpeed,3,2,2\nEase,1,3,5\n",
                ),
            ],
            &[TO_5, ("tabs", "evaluator")],
            &["1 Acme 65.00", "2 Bolt 55.00"],
        ),
        // 3/4 * 4/5 + 1/4, and 3/4 * 2/5 + 1/4.
        book(
            "10.xlsx",
            &[
                (
                    "Acme",
                    "Criterion,Weight,Score (0-5),Comment\nSpeed,3,4,\nEase,1,5,good\n",
                ),
                (
                    "Bolt",
                    "Criterion,Weight,Score (0-5),Comment\nSpeed,3,2,\nEase,1,5,\n",
                ),
            ],
            &[("tabs", "vendor"), ANA],
            &["1 Acme 85.00", "2 Bolt 55.00"],
        ),
        // 3/4 * 4/5 + 1/4, and 3/4 * 3/5 + 1/4 * 2/5.
        text(
            "11.csv",
            "Tool selection 2027,,,,\nFill in 0 to 5 only,,,,\n,,,,\nCriterion,CIO weight,CTO weight,Acme,Bolt\nSpeed,3,1,4,3\nEase,1,1,5,2\nScore,,,17,11\n",
            &[TO_5, ("weight-column", "CIO weight"), ANA],
            &["1 Acme 85.00", "2 Bolt 55.00"],
        ),
        // Nobody is scored yet.
        text(
            "12.csv",
            "Criterion,Weight,Anchors\nSpeed,60,1 slow / 3 fair / 5 fast\nEase,40,1 hard / 3 fair / 5 easy\n",
            &[],
            &[],
        ),
        // 3/4 * 4/5 + 1/4, and 3/4 * 2/5 + 1/4.
        text(
            "13.csv",
            "Service desk,,,\nCriterion,Weight,Acme,Bolt\nTickets,3,4,2\nTotal,3,4,2\n,,,\nPlatform,,,\nCriterion,Weight,Acme,Bolt\nSign-on,1,5,5\nTotal,1,5,5\n",
            &[TO_5, ANA],
            &["1 Acme 85.00", "2 Bolt 55.00"],
        ),
        // The gate is passed; 3/4 * 3/5 + 1/4.
        text(
            "14.csv",
            "ID,Requirement,Priority,Response,Comment\nR1,Sign-on,Must,Compliant,\nR2,Tickets,Should,Partial,soon\nR3,Dark mode,Could,Compliant,\n",
            &[
                TO_5,
                ("weight:Must", "pass-fail"),
                ("weight:Should", "3"),
                ("weight:Could", "1"),
                ("vendor", "Acme"),
                ("word:Compliant", "5"),
                ("word:Partial", "3"),
                ("gate:Compliant", "pass"),
                ANA,
            ],
            &["1 Acme 70.00"],
        ),
    ]
}

/// Rank, vendor and total of every row of a ranking.
fn ranked(app: &TestApp, home: &str) -> Vec<String> {
    let csv = app.get(&format!("{home}/ranking.csv"));
    assert_eq!(csv.status(), 200, "{home}");
    let csv = csv.text().unwrap();
    let rows = csv.trim_start_matches('\u{feff}').lines().skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        format!("{} {} {}", cells[0], cells[1], cells[3])
    })
    .collect()
}

#[test]
fn every_shape_is_looked_at_in_the_page_and_comes_to_the_figures_worked_out_by_hand() {
    let app = TestApp::open();
    for shape in shapes() {
        let fields = [&[("title", shape.file)], shape.said].concat();
        let form = crate::programs::form(shape.file, shape.bytes, &fields);
        let look = app.request("POST", "/own").multipart(form).send().unwrap();
        assert_eq!(look.status(), 200, "{}", shape.file);
        let page = look.text().unwrap();
        let confirm = fields_of(&page, "name=\"seen\"");
        let confirm = confirm
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let confirm: Vec<_> = confirm
            .filter(|(name, _)| *name != "what")
            .chain([("kind", "internal"), ("what", "take")])
            .collect();
        let taken = app.post("/own/held", &confirm);
        assert_eq!(taken.status(), 303, "{} {page}", shape.file);
        let home = taken.headers()["location"].to_str().unwrap().to_owned();
        assert_eq!(ranked(&app, &home), shape.ranking, "{}", shape.file);
    }
}

#[test]
fn every_shape_is_looked_at_by_a_program_and_comes_to_the_same_figures() {
    let app = TestApp::open();
    let send = |shape: &Shape, more: &[(&str, &str)]| {
        let fields = [&[("title", shape.file)], shape.said, more].concat();
        let form = crate::programs::form(shape.file, shape.bytes.clone(), &fields);
        let request = app.request("POST", "/api/v1/evaluations/from-spreadsheet");
        request.multipart(form).send().unwrap()
    };
    for shape in shapes() {
        let looked = send(&shape, &[("dry_run", "true")]);
        assert_eq!(looked.status(), 200, "{}", shape.file);
        let seen = looked.headers()["scorecard-seen"]
            .to_str()
            .unwrap()
            .to_owned();
        let started = send(&shape, &[("seen", &seen)]);
        assert_eq!(started.status(), 201, "{}", shape.file);
        let started: Value = started.json().unwrap();
        let home = format!("/evaluations/{}", started["id"].as_str().unwrap());
        assert_eq!(ranked(&app, &home), shape.ranking, "{}", shape.file);
    }
}

#[test]
fn a_form_asks_in_plain_words_for_the_parts_of_what_a_program_says_at_once() {
    let app = TestApp::open();
    let text = "criterion,weight,Acme,Bolt\nSpeed,Must,4,5\nEase,2,2,3\nLicence cost,3,EUR 12000,EUR 30000\n";
    let form = crate::programs::form("a.csv", text, &[("title", "Parts"), ANA]);
    let page = app.request("POST", "/own").multipart(form).send().unwrap();
    let page = page.text().unwrap();
    let seen = without_tags(&page);
    for words in [
        "What does “Must” weigh?",
        "On which scale are the scores?",
        "“Licence cost” holds amounts: how do they score?",
    ] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    for code in ["1..5", "lowest-ratio:", "pass-fail", "price:Licence cost</"] {
        assert!(!seen.contains(code), "{code}: {seen}");
    }
    let held = fields_of(&page, "name=\"held\"");
    let (_, held) = held.iter().find(|(name, _)| name == "held").unwrap();
    let kept = [
        ("held", held.as_str()),
        ("title", "Parts"),
        ("kind", "internal"),
        ANA,
        ("what", "look"),
    ];
    let parts = [
        ("number@weight:Must", "5"),
        ("lowest@scale", "0"),
        ("highest@scale", "5"),
        ("way@price:Licence cost", "between"),
        ("full@price:Licence cost", "10000"),
        ("nothing@price:Licence cost", "50000"),
        ("currency@price:Licence cost", "EUR"),
    ];
    let whole = [
        ("weight:Must", "5"),
        TO_5,
        ("price:Licence cost", "10000..50000:EUR"),
    ];
    let of_parts = app.post("/own/held", &[&kept[..], &parts[..]].concat());
    let of_parts = of_parts.text().unwrap();
    let of_whole = app.post("/own/held", &[&kept[..], &whole[..]].concat());
    let seen_of = |page: &str| {
        let fields = fields_of(page, "name=\"seen\"");
        fields
            .into_iter()
            .find(|(name, _)| name == "seen")
            .unwrap()
            .1
    };
    assert_eq!(seen_of(&of_parts), seen_of(&of_whole.text().unwrap()));
    // What was said comes again in its parts, and one that is not whole is told in plain words.
    assert!(
        of_parts.contains("name=\"full@price:Licence cost\" value=\"10000\""),
        "{of_parts}"
    );
    let parts = [
        ("full@price:Licence cost", "10000"),
        ("currency@price:Licence cost", "EUR"),
    ];
    let wrong = app.post("/own/held", &[&kept[..], &parts[..]].concat());
    assert_eq!(wrong.status(), 422);
    let wrong = without_tags(&wrong.text().unwrap());
    assert!(
        wrong.contains("how “Licence cost” scores is not clear"),
        "{wrong}"
    );
}

#[test]
fn totals_of_evaluators_without_criteria_are_refused_in_the_page_and_for_a_program() {
    let app = TestApp::open();
    for text in [
        "Evaluator,Acme,Bolt\nAna,81,70\nBen,77,79\n",
        "Evaluator,Vendor,Total\nAna,Acme,81\nBen,Acme,77\n",
    ] {
        let form = || crate::programs::form("06.csv", text, &[("title", "Totals")]);
        let page = app
            .request("POST", "/own")
            .multipart(form())
            .send()
            .unwrap();
        let page = page.text().unwrap();
        assert!(
            page.contains("bring the sheets") && !page.contains("name=\"seen\""),
            "{page}"
        );
        let request = app.request("POST", "/api/v1/evaluations/from-spreadsheet");
        let refused = request.multipart(form()).send().unwrap();
        assert_eq!(refused.status(), 422);
        let refused: Value = refused.json().unwrap();
        assert_eq!(refused["problems"][0]["code"], "not-auditable");
        let list: Value = app.get("/api/v1/evaluations").json().unwrap();
        assert_eq!(list["evaluations"].as_array().unwrap().len(), 0);
    }
}

#[test]
fn confirmations_that_are_sent_at_the_same_moment_start_one_evaluation() {
    let app = TestApp::open();
    let text = "criterion,weight,Acme,Bolt\nSpeed,3,4,5\nEase,2,2,3\n";
    let said = [("title", "Once"), TO_5, ANA];
    let form = crate::programs::form("a.csv", text, &said);
    let page = app.request("POST", "/own").multipart(form).send().unwrap();
    let page = page.text().unwrap();
    let confirm = fields_of(&page, "name=\"seen\"");
    let confirm = confirm
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let confirm: Vec<_> = confirm
        .filter(|(name, _)| *name != "what")
        .chain([("kind", "internal"), ("what", "take")])
        .collect();
    let mut places: Vec<String> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let sent = app.post("/own/held", &confirm);
                    assert_eq!(sent.status(), 303);
                    sent.headers()["location"].to_str().unwrap().to_owned()
                })
            })
            .collect();
        let places = senders.into_iter().map(|sender| sender.join().unwrap());
        places.collect()
    });
    places.dedup();
    assert_eq!(places.len(), 1, "{places:?}");
    let list: Value = app.get("/api/v1/evaluations").json().unwrap();
    assert_eq!(list["evaluations"].as_array().unwrap().len(), 1);
}
