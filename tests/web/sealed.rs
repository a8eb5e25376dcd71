//! Sealed prices: nothing about them leaves by any address before they are opened.

use std::collections::BTreeSet;

use reqwest::blocking::multipart::{Form, Part};
use scorecard::record::Digest;
use serde_json::{Value, json};

use crate::hidden::{PRICES, QUERIES, addresses, scored, words};
use crate::support::TestApp;

/// The amount, the total that it makes of Acme, and what its price reaches.
const SECRETS: [&str; 4] = ["314159", "500000", "69.57", "73.23"];

/// The addresses that let something about prices out.
fn telling(app: &TestApp, home: &str) -> BTreeSet<String> {
    let digest = Digest::of(PRICES.as_bytes()).to_string();
    let mut telling = BTreeSet::new();
    let all = addresses(home).into_iter();
    // The third sheet is the one with the prices.
    let all = all.flat_map(|path| [path.replace("/sheets/1", "/sheets/3"), path]);
    for path in all {
        for query in QUERIES {
            let answer = app.get(&format!("{path}{query}"));
            let text = words(answer.bytes().unwrap().to_vec());
            let mut secrets = SECRETS.iter().copied().chain([digest.as_str()]);
            if secrets.any(|secret| text.contains(secret)) {
                telling.insert(path.clone());
            }
        }
    }
    telling
}

fn sealed(app: &TestApp, kind: &str) -> String {
    scored(app, &[("kind", kind), ("sealed", "yes")])
}

fn done(app: &TestApp, path: &str, form: &[(&str, &str)]) {
    let sent = app.post(path, form);
    assert_eq!(sent.status(), 303, "{path}: {}", sent.text().unwrap());
}

fn ranking(app: &TestApp, home: &str) -> Value {
    let path = format!("/api/v1{home}/ranking");
    app.get(&path).json().unwrap()
}

#[test]
fn nothing_about_a_sealed_price_leaves_by_any_address_before_it_is_opened() {
    let app = TestApp::entered();
    for kind in ["internal", "tender"] {
        let home = sealed(&app, kind);
        let none = BTreeSet::new();
        assert_eq!(telling(&app, &home), none, "{kind}, while scoring is open");
        done(&app, &format!("{home}/settle"), &[("what", "close")]);
        assert_eq!(telling(&app, &home), none, "{kind}, once scoring is closed");
        for (path, status) in [
            ("/sheets/3", 200),
            ("/sheets/3/original", 409),
            ("/sheets/1/original", 200),
            ("/price-quality", 409),
            ("/costs", 409),
            ("/bundle.zip", 409),
            ("/ranking.xlsx", 409),
            ("/ranking.csv", 200),
            ("/report.html", 200),
        ] {
            let answer = app.get(&format!("{home}{path}"));
            assert_eq!(answer.status(), status, "{path}");
            if status == 409 {
                let told = answer.text().unwrap();
                assert!(told.contains("rices are sealed"), "{path}: {told}");
            }
        }
        done(&app, &format!("{home}/prices"), &[("what", "open")]);
        let told = telling(&app, &home);
        for path in [
            "/sheets/3",
            "/sheets/3/original",
            "/price-quality",
            "/scores.csv",
        ] {
            assert!(told.contains(&format!("{home}{path}")), "{path}: {told:?}");
        }
    }
}

#[test]
fn until_prices_are_opened_the_ranking_is_one_of_quality_and_says_so() {
    let app = TestApp::entered();
    let home = sealed(&app, "internal");
    let before = ranking(&app, &home);
    // (73.19 + 61.07) / 2 and (40.5 + 41) / 2, of 100.
    let vendors = before["vendors"].as_array().unwrap();
    let totals: Vec<&str> = vendors
        .iter()
        .map(|one| one["total"].as_str().unwrap())
        .collect();
    assert_eq!(totals, ["67.13", "40.75"]);
    assert_eq!(vendors[0]["rank"], 1);
    let price = vendors[0]["criteria"].as_array().unwrap().iter();
    let price = price.clone().find(|one| one["id"] == "COST").unwrap();
    assert_eq!(price["state"], "sealed");
    assert!(price["score"].is_null() && price["points"].is_null());
    assert_eq!(before["notices"][0]["code"], "prices-sealed");
    let page = app.get(&home).text().unwrap();
    assert!(page.contains("over quality alone"), "{page}");

    done(&app, &format!("{home}/settle"), &[("what", "close")]);
    for (path, body) in [
        ("decision", json!({"vendor": "Acme", "reason": "best"})),
        ("lock", json!({"reason": "done"})),
    ] {
        let sent = app
            .request("PUT", &format!("/api/v1{home}/{path}"))
            .json(&body);
        let sent = sent.send().unwrap();
        assert_eq!(sent.status(), 409);
        assert_eq!(sent.json::<Value>().unwrap()["code"], "prices-sealed");
    }
    let opened = app.request("POST", &format!("/api/v1{home}/prices/open"));
    let opened: Value = opened.json(&json!({})).send().unwrap().json().unwrap();
    assert_eq!(opened["prices"], "opened");
    let after = ranking(&app, &home);
    // 0.6 x 67.13 + 0.4 x (900000 - 314159.27) / 800000 x 100.
    assert_eq!(after["vendors"][0]["total"], "69.57");
    assert!(after["notices"].as_array().unwrap().is_empty());
    let story = app.get(&format!("{home}/timeline")).text().unwrap();
    assert!(story.contains("The sealed prices were opened"));
}

#[test]
fn prices_are_opened_once_scoring_is_closed_and_from_then_on_quality_stays() {
    let app = TestApp::entered();
    let home = sealed(&app, "internal");
    let open = || {
        let sent = app.request("POST", &format!("/api/v1{home}/prices/open"));
        let sent = sent.json(&json!({})).send().unwrap();
        (
            sent.status().as_u16(),
            sent.json::<Value>().unwrap()["code"].clone(),
        )
    };
    assert_eq!(open(), (409, json!("scoring-open")));
    done(&app, &format!("{home}/settle"), &[("what", "close")]);
    // Before they are opened, what was forgotten can still come in.
    done(
        &app,
        &format!("{home}/settle"),
        &[("what", "reopen"), ("reason", "a sheet is missing")],
    );
    done(&app, &format!("{home}/settle"), &[("what", "close")]);
    assert_eq!(open().0, 200);
    assert_eq!(open(), (409, json!("prices-not-sealed")));
    let part = Part::bytes(b"vendor,criterion,score\nBolt,COST,400000\n".as_slice());
    let form = Form::new().part("file", part.file_name("late.csv"));
    let late = app
        .request("POST", &format!("/api/v1{home}/sheets"))
        .multipart(form);
    let late = late.send().unwrap();
    assert_eq!(late.status(), 409);
    assert_eq!(late.json::<Value>().unwrap()["code"], "prices-opened");
    let reopened = app.request("POST", &format!("/api/v1{home}/scoring/reopen"));
    let reopened = reopened.json(&json!({"reason": "again"})).send().unwrap();
    assert_eq!(reopened.json::<Value>().unwrap()["code"], "prices-opened");
    let never = scored(&app, &[("kind", "internal")]);
    let page = app.get(&format!("{never}/prices")).text().unwrap();
    assert!(page.contains("never sealed"));
}

#[test]
fn nobody_finds_out_a_sealed_price_by_guessing_it_and_who_has_none_is_told() {
    let app = TestApp::entered();
    let home = sealed(&app, "internal");
    let look = |amount: &str| -> Value {
        let sheet = format!("vendor,criterion,score\nAcme,COST,{amount}\nBolt,COST,500000\n");
        let part = Part::bytes(sheet.into_bytes()).file_name("panel.csv");
        let form = Form::new()
            .part("file", part)
            .text("evaluator", "panel")
            .text("dry_run", "true");
        let sent = app
            .request("POST", &format!("/api/v1{home}/sheets"))
            .multipart(form);
        let mut told = sent.send().unwrap().json::<Value>().unwrap()["answers"].clone();
        told["sums"] = Value::Null;
        told
    };
    let right = look("314159.27");
    assert_eq!(right, look("314159.28"));
    assert_eq!(
        (right["new"].as_u64(), right["changed"].as_u64()),
        (Some(2), Some(0))
    );
    let shown: Value = app.get(&format!("/api/v1{home}")).json().unwrap();
    assert_eq!(shown["progress"]["prices"], json!([]));
    let withdrawn = app.post(&format!("{home}/sheets/3/withdraw"), &[("reason", "wrong")]);
    assert_eq!(withdrawn.status(), 303);
    let shown: Value = app.get(&format!("/api/v1{home}")).json().unwrap();
    assert_eq!(shown["progress"]["prices"].as_array().unwrap().len(), 2);
    let page = app.get(&format!("{home}/prices")).text().unwrap();
    assert!(
        page.contains("No price has come in yet for Acme, Bolt"),
        "{page}"
    );
}

#[test]
fn whoever_opens_prices_is_told_that_missing_answers_stay_missing() {
    let app = TestApp::entered();
    let home = sealed(&app, "internal");
    let added = [("what", "add-vendors"), ("vendors", "Crux")];
    done(&app, &format!("{home}/people"), &added);
    done(&app, &format!("{home}/settle"), &[("what", "close")]);
    let asked = app.get(&format!("{home}/prices")).text().unwrap();
    assert!(asked.contains("missing once prices are open"), "{asked}");
    assert!(asked.contains(&format!("{home}/settle#close")), "{asked}");
}

#[test]
fn an_evaluation_without_sealed_prices_is_recorded_as_ever() {
    let app = TestApp::entered();
    let home = scored(&app, &[("kind", "internal")]);
    let lines = app.get(&format!("{home}/audit.ndjson")).text().unwrap();
    assert!(!lines.contains("sealed_prices"));
    let sealed = sealed(&app, "internal");
    let lines = app.get(&format!("{sealed}/audit.ndjson")).text().unwrap();
    assert!(lines.contains("sealed_prices"));
}
