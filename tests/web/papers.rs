//! The documents: a record that stands without advice, advice that says so, and a method sheet made before the first answer.

use std::fmt::Write as _;

use reqwest::blocking::multipart::{Form, Part};
use scorecard::record::Digest;
use scorecard::service::SAMPLE_SHEETS;
use serde_json::{Value, json};

use crate::support::{TestApp, without_tags};

fn upload(app: &TestApp, home: &str, name: &str, bytes: &[u8]) {
    assert_eq!(app.hand_in(home, name, bytes).status(), 200);
}

/// Whether the sample has no mistakes in this sheet on purpose.
fn is_good(name: &str) -> bool {
    let good = [
        "ines-halloran.csv",
        "tobias-okafor.csv",
        "mei-lindqvist.csv",
        "prices.csv",
    ];
    good.contains(&name)
}

/// An evaluation with the sheets of the sample, its scoring closed.
fn closed(app: &TestApp, kind: &str) -> String {
    let home = app.start(kind, "itsm-mid-market", "150000", "650000");
    for sheet in SAMPLE_SHEETS
        .iter()
        .filter(|sheet| is_good(sheet.file_name))
    {
        upload(app, &home, sheet.file_name, sheet.bytes);
    }
    assert_eq!(
        app.post(&format!("{home}/settle"), &[("what", "close")])
            .status(),
        303
    );
    home
}

/// Two vendors, the first ahead by less than a point.
fn close_call(app: &TestApp, kind: &str) -> String {
    let home = app.start(kind, "itsm-one-afternoon", "1", "2");
    let set = std::fs::read_to_string("criteria/itsm-one-afternoon.toml").unwrap();
    let set =
        scorecard::criteria::CriteriaSet::parse(&set, &scorecard::criteria::SetLimits::default())
            .unwrap();
    let mut sheet = "vendor,criterion,score,evaluator\n".to_owned();
    let rated = set.criteria().iter().filter(|one| !one.weight().is_zero());
    let rated = rated.filter(|one| matches!(one.kind(), scorecard::criteria::Kind::Rated(_)));
    let least = rated.min_by_key(|one| one.weight()).unwrap().id();
    for criterion in set.criteria() {
        let (one, other) = match criterion.kind() {
            scorecard::criteria::Kind::Rated(_) if criterion.id() == least => ("4", "4.5"),
            scorecard::criteria::Kind::Rated(_) => ("4", "4"),
            scorecard::criteria::Kind::Priced(_) => ("1.5", "1.5"),
            scorecard::criteria::Kind::PassFail => ("pass", "pass"),
        };
        for (vendor, score) in [("Acme", one), ("Bolt", other)] {
            writeln!(sheet, "{vendor},{},{score},Ana", criterion.id()).unwrap();
        }
    }
    upload(app, &home, "ana.csv", sheet.as_bytes());
    app.post(&format!("{home}/settle"), &[("what", "close")]);
    home
}

fn page(app: &TestApp, path: &str) -> String {
    let answer = app.get(path);
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().unwrap()
}

fn api(app: &TestApp, method: &str, path: &str, said: &Value) -> (u16, Value) {
    let sent = app
        .request(method, &format!("/api/v1{path}"))
        .json(said)
        .send();
    let sent = sent.unwrap();
    (sent.status().as_u16(), sent.json().unwrap())
}

#[test]
fn the_method_sheet_is_made_when_the_method_is_frozen_and_its_digest_stands_everywhere() {
    let app = TestApp::entered();
    let fields = [
        ("title", "Tool 2027"),
        ("kind", "tender"),
        ("criteria", "itsm-mid-market"),
    ];
    let started = app.post("/evaluations", &fields);
    let at = started.headers()["location"].to_str().unwrap();
    let home = at.strip_suffix("/method?done=started").unwrap().to_owned();
    let draft = app.get(&format!("{home}/method.html"));
    assert!(draft.headers().get("scorecard-sha256").is_none());
    assert!(draft.text().unwrap().contains("Draft."));

    let home = closed(&app, "tender");
    let sheet = app.get(&format!("{home}/method.html"));
    let digest = sheet.headers()["scorecard-sha256"]
        .to_str()
        .unwrap()
        .to_owned();
    let bytes = sheet.bytes().unwrap();
    assert_eq!(Digest::of(&bytes).to_string(), digest);
    let text = without_tags(std::str::from_utf8(&bytes).unwrap());
    for part in [
        "p = (s − min) / (max − min)",
        "p = (650000 − P) / (650000 − 150000)",
        "a score of at least 2",
        "Ties are never broken by name",
        "Incident management",
        "before the first answer",
        "Results are hidden until scoring is closed",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("no clear winner"));
    // What comes later changes nothing in it.
    let again = app.get(&format!("/api/v1{home}/method.html"));
    assert_eq!(again.bytes().unwrap(), bytes);
    for path in ["/method", "/report.html"] {
        assert!(
            page(&app, &format!("{home}{path}")).contains(&digest),
            "{path}"
        );
    }
    let (_, shown) = api(&app, "GET", &home, &json!({}));
    assert_eq!(shown["method_sheet"], json!(digest));
}

#[test]
fn the_record_tells_the_decision_who_took_it_and_from_which_entry_it_was_made() {
    let app = TestApp::entered();
    let home = closed(&app, "tender");
    let before = page(&app, &format!("{home}/report.html"));
    assert!(before.contains("No decision is recorded."));
    let (_, shown) = api(&app, "GET", &home, &json!({}));
    let vendor = shown["vendors"][0].as_str().unwrap();
    let fields = [
        ("what", "decide"),
        ("vendor", vendor),
        ("reason", "the best total & price"),
    ];
    assert_eq!(app.post(&format!("{home}/decide"), &fields).status(), 303);
    let (_, shown) = api(&app, "GET", &home, &json!({}));
    let answer = app.get(&format!("{home}/report.html"));
    let head = answer.headers()["scorecard-record"]
        .to_str()
        .unwrap()
        .to_owned();
    let record = answer.text().unwrap();
    let decided = format!(
        "{} is chosen.",
        shown["decision"]["vendor"].as_str().unwrap()
    );
    let pinned = shown["pinned"]["sha256"].as_str().unwrap();
    for part in [
        decided.as_str(),
        "the best total &#38; price",
        "Recorded by local",
        "one that was pinned",
        pinned,
        &head,
        "counter(page)",
        &format!("record {head}"),
    ] {
        assert!(record.contains(part), "{part}");
    }
    assert_eq!(shown["record"], json!(head));
    assert_eq!(shown["pinned"]["matches"], json!(true));
}

#[test]
fn the_record_of_a_tender_says_nothing_of_how_clear_a_lead_is_and_takes_no_lens() {
    let app = TestApp::entered();
    let words = [
        "No clear winner",
        "no clear winner",
        "close call",
        "close-call",
    ];
    for (kind, judges) in [("internal", true), ("tender", false)] {
        let home = close_call(&app, kind);
        for path in ["", "/report.html"] {
            let text = page(&app, &format!("{home}{path}"));
            assert!(text.contains("leads"), "{kind} {path}");
            let judged = words.iter().any(|word| text.contains(word));
            assert_eq!(judged, judges, "{kind} {path}");
        }
        assert!(page(&app, &format!("{home}/advice.html")).contains("close call"));
        let lens = app.get(&format!("{home}/report.html?lens=cio"));
        assert_eq!(lens.status(), if judges { 200 } else { 422 });
        if !judges {
            assert!(lens.text().unwrap().contains("a lens is advice"));
        }
        for path in ["ranking.csv", "ranking.json"] {
            let whole = app.get(&format!("{home}/{path}"));
            assert!(whole.headers().get("scorecard-advice").is_none());
            let lens = app.get(&format!("{home}/{path}?lens=cio"));
            let marked = lens.headers().get("scorecard-advice").cloned();
            assert_eq!(marked.is_some(), !judges, "{kind} {path}");
            let name = lens.headers()["content-disposition"].to_str().unwrap();
            assert_eq!(name.contains("-advice-cio."), !judges, "{name}");
        }
        let lens = app.get(&format!("/api/v1{home}/ranking?lens=cio"));
        assert_eq!(lens.headers().contains_key("scorecard-advice"), !judges);
    }
}

#[test]
fn the_advice_is_a_document_of_its_own_that_says_so() {
    let app = TestApp::entered();
    let home = closed(&app, "tender");
    let answer = app.get(&format!("{home}/advice.html"));
    assert_eq!(answer.headers()["scorecard-advice"], "annex");
    let text = without_tags(&answer.text().unwrap());
    for part in [
        "Advice, not part of the record",
        "The rule of the verdict",
        "Lenses side by side",
        "Between the record and CIO",
        "Without one vendor or one evaluator",
        "How far each weight may move",
        "How often first, under other weights",
        "Dominance",
        "What is missing",
        "How the evaluators compare",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let record = without_tags(&page(&app, &format!("{home}/report.html")));
    for part in [
        "How often first",
        "Without one vendor",
        "Lenses side by side",
        "How firm",
    ] {
        assert!(!record.contains(part), "{part}");
    }
}

#[test]
fn a_relative_price_rule_is_warned_of_before_freezing_and_never_in_a_tender() {
    const SET: &str = "id = \"own\"\ntitle = \"Own\"\nversion = \"1\"\nscale = { min = 0, max = 5 }\n\
        category = [{ id = \"all\", title = \"All\" }]\ncriterion = [\n\
        { id = \"X\", category = \"all\", title = \"Desk\", weight = 50 },\n\
        { id = \"P\", category = \"all\", title = \"Price\", weight = 50, price = { rule = \"lowest-ratio\", currency = \"EUR\" } },\n]\n";
    let app = TestApp::entered();
    for (kind, warned) in [("internal", true), ("tender", false)] {
        let fields = [
            ("title", "T"),
            ("kind", kind),
            ("criteria", "itsm-one-afternoon"),
        ];
        let started = app.post("/evaluations", &fields);
        let at = started.headers()["location"].to_str().unwrap();
        let home = at.strip_suffix("/method?done=started").unwrap().to_owned();
        let before = page(&app, &format!("{home}/method"));
        assert!(!before.contains("id=\"relative\""));
        app.take_set(&home, SET);
        let text = page(&app, &format!("{home}/method"));
        assert_eq!(text.contains("id=\"relative\""), warned, "{kind}");
        assert_eq!(
            text.contains("lowest-ratio") && text.contains("fixed-range"),
            warned
        );
    }
}

#[test]
fn a_locked_result_is_shown_and_what_would_change_it_is_refused_with_the_next_click() {
    let app = TestApp::entered();
    let home = closed(&app, "internal");
    let decide = format!("{home}/decide");
    let again = app.post(&decide, &[("what", "lock"), ("reason", " ")]);
    assert_eq!(again.status(), 422);
    assert!(again.text().unwrap().contains("write why"));
    assert_eq!(app.get(&format!("{home}/pinned.json")).status(), 404);
    assert_eq!(api(&app, "PUT", &format!("{home}/lock"), &json!({})).0, 422);
    let fields = [("what", "lock"), ("reason", "goes to the board")];
    assert_eq!(app.post(&decide, &fields).status(), 303);
    let text = without_tags(&page(&app, &decide));
    for part in [
        "The result is locked",
        "goes to the board",
        "computed now is the pinned one",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let pinned = app.get(&format!("{home}/pinned.json")).bytes().unwrap();
    assert_eq!(
        pinned,
        app.get(&format!("{home}/ranking.json")).bytes().unwrap()
    );
    let (_, shown) = api(&app, "GET", &home, &json!({}));
    assert_eq!(
        shown["pinned"]["sha256"],
        json!(Digest::of(&pinned).to_string())
    );
    assert_eq!(shown["lock"]["reason"], "goes to the board");

    let vendor = shown["vendors"][0].clone();
    for (method, path, said) in [
        (
            "POST",
            "/exclusions",
            json!({"vendor": vendor, "reason": "withdrew"}),
        ),
        ("POST", "/scoring/reopen", json!({"reason": "one more"})),
        ("DELETE", "/sheets/1", json!({"reason": "wrong"})),
        ("PUT", "/lock", json!({"reason": "again"})),
    ] {
        let (status, answer) = api(&app, method, &format!("{home}{path}"), &said);
        assert_eq!(
            (status, &answer["code"]),
            (409, &json!("locked")),
            "{path} {answer}"
        );
        assert!(
            answer["detail"]
                .as_str()
                .unwrap()
                .contains("unlock it first"),
            "{answer}"
        );
    }
    let (status, shown) = api(
        &app,
        "DELETE",
        &format!("{home}/lock"),
        &json!({"reason": "a sheet is missing"}),
    );
    assert_eq!(
        (status, &shown["lock"], &shown["pinned"]),
        (200, &Value::Null, &Value::Null)
    );
    assert_eq!(
        api(
            &app,
            "DELETE",
            &format!("{home}/lock"),
            &json!({"reason": "x"})
        )
        .0,
        409
    );
}

/// A criteria set of two criteria with these weights.
fn two(version: &str, one: u32, other: u32) -> String {
    format!(
        "id = \"own\"\ntitle = \"Own\"\nversion = \"{version}\"\nscale = {{ min = 0, max = 5 }}\n\
         category = [{{ id = \"all\", title = \"All\" }}]\ncriterion = [\n\
         {{ id = \"X\", category = \"all\", title = \"Desk\", weight = {one} }},\n\
         {{ id = \"Y\", category = \"all\", title = \"Change\", weight = {other} }},\n]\n"
    )
}

#[test]
fn a_revised_method_shows_both_rankings_before_it_is_taken_and_after() {
    let app = TestApp::entered();
    let fields = [
        ("title", "T"),
        ("kind", "internal"),
        ("criteria", "itsm-one-afternoon"),
    ];
    let started = app.post("/evaluations", &fields);
    let at = started.headers()["location"].to_str().unwrap();
    let home = at.strip_suffix("/method?done=started").unwrap().to_owned();
    let send = |path: &str, form: Form| {
        let sent = app
            .request("POST", &format!("{home}{path}"))
            .multipart(form);
        sent.send().unwrap()
    };
    let set = |toml: String| {
        Form::new().part("file", Part::bytes(toml.into_bytes()).file_name("own.toml"))
    };
    app.take_set(&home, &two("1", 80, 20));
    app.post(&format!("{home}/method"), &[("what", "freeze")]);
    let nothing = page(&app, &format!("{home}/method/revise"));
    assert!(nothing.contains("no sheet was filed under this method yet"));
    upload(&app, &home, "ana.csv", b"vendor,criterion,score,evaluator\nAcme,X,5,Ana\nAcme,Y,0,Ana\nBolt,X,0,Ana\nBolt,Y,5,Ana\n");

    let other = two("2", 20, 80);
    let looked = send("/method/revise", set(other.clone()).text("what", "look"))
        .text()
        .unwrap();
    let words = without_tags(&looked);
    assert!(
        words.contains("What it would make of the answers"),
        "{words}"
    );
    assert!(looked.contains("<th scope=\"row\">Bolt</th><td data-head=\"Rank before\" class=\"number\">2</td><td data-head=\"Total before\" class=\"number\">20.00</td><td data-head=\"Rank after\" class=\"number\">1</td><td data-head=\"Total after\" class=\"number\">80.00</td>"));
    let held = looked.split("name=\"held\" value=\"").nth(1).unwrap();
    let held = held.split('"').next().unwrap().to_owned();
    let take = |reason: &str| {
        let form = Form::new()
            .text("held", held.clone())
            .text("what", "take")
            .text("mapping", "");
        send("/method/revise", form.text("reason", reason.to_owned()))
    };
    let silent = take("");
    assert_eq!(silent.status(), 422);
    assert!(silent.text().unwrap().contains("write why"));
    let taken = take("change matters more");
    assert_eq!(taken.status(), 303);
    let after = page(&app, taken.headers()["location"].to_str().unwrap());
    for part in [
        "The method is revised",
        "From own version 1 to own version 2",
        "change matters more",
    ] {
        assert!(after.contains(part), "{part}");
    }

    let path = format!("{home}/method/revise");
    let said = json!({"toml": two("3", 50, 50), "reason": "even", "dry_run": true});
    let (status, answer) = api(&app, "POST", &path, &said);
    assert_eq!(status, 200, "{answer}");
    assert_eq!(
        answer["before"][0],
        json!({"vendor": "Bolt", "rank": "1", "total": "80.00"})
    );
    assert_eq!(answer["after"][0]["rank"], "1=");
    let said = json!({"toml": two("3", 50, 50).replace("max = 5", "max = 10"), "reason": "even"});
    let (status, answer) = api(&app, "POST", &path, &said);
    assert_eq!(
        (status, &answer["problems"][0]["code"]),
        (422, &json!("scale-mapping-needed"))
    );
    let said = json!({"toml": two("3", 50, 50).replace("max = 5", "max = 10"), "reason": "even", "mapping": "*: x*2"});
    let (status, answer) = api(&app, "POST", &path, &said);
    assert_eq!(
        (status, &answer["criteria"]["version"]),
        (200, &json!("3")),
        "{answer}"
    );
}
