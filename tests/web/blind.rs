//! Whoever scores sees at no address what others scored, before their own sheet is in.

use std::collections::BTreeSet;

use reqwest::blocking::Client;
use reqwest::blocking::multipart::{Form, Part};
use scorecard::record::Digest;
use serde_json::Value;

use crate::accounts::{get, post, set_up, user};
use crate::hidden::{BO, PRICES, QUERIES, SET, addresses, words};
use crate::support::{TestApp, fields_of};

/// What the others gave: a score, a reason, a price, and what their sheets are known by.
const SECRETS: [&str; 3] = ["61.07", "quokka", "314159"];

const OTHERS: &str = "vendor,criterion,score,comment\nAcme,X,61.07,quokka\nBolt,X,41,\n";
const HALF: &str = "vendor,criterion,score\nAcme,X,73.19\n";
const REST: &str = "vendor,criterion,score\nBolt,X,40.5\n";

/// An open internal choice that Ana leads, with people in it.
struct Office {
    app: TestApp,
    ana: Client,
    cy: Client,
    home: String,
}

fn upload(app: &TestApp, browser: &Client, home: &str, evaluator: &str, sheet: &str) {
    let name = format!("{}.csv", evaluator.to_lowercase());
    let part = Part::bytes(sheet.as_bytes().to_vec()).file_name(name);
    let form = Form::new()
        .part("file", part)
        .text("evaluator", evaluator.to_owned());
    let path = format!("/api/v1{home}/sheets");
    let sent = browser.post(app.url(&path)).header("origin", app.url(""));
    let sent = sent.multipart(form).send().unwrap();
    assert_eq!(sent.status(), 201, "{}", sent.text().unwrap());
}

impl Office {
    /// Ana leads it and scores as Ana; Cy reads everything and scores as Cy; Bo has handed in.
    fn new() -> Self {
        let (app, root) = set_up();
        let ana = user(&app, &root, "ana");
        let cy = user(&app, &root, "cy");
        let form = [
            ("title", "Tool 2027"),
            ("criteria", "itsm-mid-market"),
            ("kind", "internal"),
            ("declare", "no"),
        ];
        let started = post(&app, &ana, "/evaluations", &form);
        let at = started.headers()["location"].to_str().unwrap();
        let home = at.strip_suffix("/method?done=started").unwrap().to_owned();
        take_set(&app, &ana, &home);
        let done = |path: &str, form: &[(&str, &str)]| {
            let sent = post(&app, &ana, &format!("{home}{path}"), form);
            assert!(
                sent.status().as_u16() < 400,
                "{path} {}",
                sent.text().unwrap()
            );
        };
        done("/method", &[("what", "freeze")]);
        done(
            "/people",
            &[("what", "add-vendors"), ("vendors", "Acme\nBolt")],
        );
        done(
            "/people",
            &[
                ("what", "add-evaluators"),
                ("evaluators", "Ana\nBo\nCy\nDesk"),
            ],
        );
        for (name, role, evaluator) in [
            ("ana", "evaluator", "Ana"),
            ("cy", "evaluator", "Cy"),
            ("cy", "auditor", ""),
        ] {
            let add = [
                ("what", "add"),
                ("user", name),
                ("role", role),
                ("evaluator", evaluator),
            ];
            done("/members", &add);
        }
        upload(&app, &ana, &home, "Bo", OTHERS);
        upload(&app, &ana, &home, "Desk", PRICES);
        Self { app, ana, cy, home }
    }

    /// The addresses that let a secret out to somebody.
    fn telling(&self, browser: &Client) -> BTreeSet<String> {
        let digests = [OTHERS, PRICES].map(|sheet| Digest::of(sheet.as_bytes()).to_string());
        let secrets: Vec<&str> = SECRETS
            .into_iter()
            .chain(digests.iter().map(String::as_str))
            .collect();
        let mut telling = BTreeSet::new();
        for path in addresses(&self.home) {
            for query in QUERIES {
                let answer = get(&self.app, browser, &format!("{path}{query}"));
                let text = words(answer.bytes().unwrap().to_vec());
                if secrets.iter().any(|secret| text.contains(secret)) {
                    telling.insert(path.clone());
                }
            }
        }
        telling
    }

    fn status(&self, browser: &Client, below: &str) -> u16 {
        let path = format!("{}{below}", self.home);
        get(&self.app, browser, &path).status().as_u16()
    }
}

pub fn take_set(app: &TestApp, browser: &Client, home: &str) {
    let part = Part::bytes(SET.as_bytes().to_vec()).file_name("own.toml");
    let path = format!("{home}/method/own");
    let looked = browser.post(app.url(&path)).header("origin", app.url(""));
    let looked = looked.multipart(Form::new().part("file", part)).send();
    let fields = fields_of(&looked.unwrap().text().unwrap(), "name=\"held\"");
    let fields = fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let fields: Vec<(&str, &str)> = fields.chain([("what", "criteria")]).collect();
    let taken = post(app, browser, &format!("{home}/method/own/held"), &fields);
    assert_eq!(taken.status(), 303);
}

#[test]
fn whoever_scores_sees_nothing_of_others_at_any_address_until_their_own_is_in() {
    let office = Office::new();
    let (app, home) = (&office.app, &office.home);
    let none = BTreeSet::new();
    assert_eq!(office.telling(&office.ana), none, "an owner who scores");
    assert_eq!(office.telling(&office.cy), none, "an auditor who scores");
    let refused = get(app, &office.ana, &format!("{home}/scores.csv"));
    assert_eq!(refused.status(), 409);
    assert!(refused.text().unwrap().contains("score here yourself"));
    let page = get(app, &office.ana, home).text().unwrap();
    assert!(page.contains("hidden until your own answers"), "{page}");
    assert!(!page.contains("/agenda"), "no way leads to what is refused");

    // Half of it is not enough, and what is kept of a page is not shown beyond its time.
    upload(app, &office.ana, home, "Ana", HALF);
    assert_eq!(office.telling(&office.ana), none);
    upload(app, &office.ana, home, "Ana", REST);
    let told = office.telling(&office.ana);
    for path in ["/scores.csv", "/sheets/1", "/report.html"] {
        let path = format!("{home}{path}");
        assert!(told.contains(&path), "{path}: {told:?}");
    }
    assert_eq!(office.status(&office.ana, "/agenda"), 200);
    assert_eq!(
        office.telling(&office.cy),
        none,
        "what Ana handed in opens nothing to Cy"
    );
    // Who takes their own back is an evaluator without answers again.
    let back = [("reason", "a mistake")];
    let taken = post(
        app,
        &office.ana,
        &format!("{home}/sheets/4/withdraw"),
        &back,
    );
    assert_eq!(taken.status(), 303);
    assert_eq!(office.status(&office.ana, "/scores.csv"), 409);
}

#[test]
fn once_scoring_is_closed_an_owner_and_an_auditor_see_what_their_role_sees() {
    let office = Office::new();
    let closed = post(
        &office.app,
        &office.ana,
        &format!("{}/settle", office.home),
        &[("what", "close")],
    );
    assert_eq!(closed.status(), 303);
    for browser in [&office.ana, &office.cy] {
        assert_eq!(office.status(browser, "/scores.csv"), 200);
        assert!(!office.telling(browser).is_empty());
    }
}

#[test]
fn an_owner_who_waits_is_told_nothing_by_what_a_sheet_would_replace() {
    let office = Office::new();
    let look = |score: &str| -> Value {
        let sheet = format!("vendor,criterion,score\nAcme,X,{score}\n");
        let form = Form::new()
            .part("file", Part::bytes(sheet.into_bytes()).file_name("bo.csv"))
            .text("evaluator", "Bo")
            .text("dry_run", "true");
        let path = format!("/api/v1{}/sheets", office.home);
        let sent = office.ana.post(office.app.url(&path));
        let sent = sent.header("origin", office.app.url("")).multipart(form);
        sent.send().unwrap().json::<Value>().unwrap()["answers"].clone()
    };
    let mut right = look("61.07");
    let wrong = look("61.08");
    assert_eq!(right["stood"], 1);
    assert!(right["changed"].is_null() && right["unchanged"].is_null());
    right["sums"] = wrong["sums"].clone();
    assert_eq!(right, wrong);
}

#[test]
fn of_evaluators_who_are_nothing_else_each_waits_until_the_result_stands() {
    let office = Office::new();
    let (app, home) = (&office.app, &office.home);
    let form = [("what", "invite"), ("evaluator", "Bo")];
    let made = post(app, &office.ana, &format!("{home}/handout"), &form);
    let page = made.text().unwrap();
    let link = page.split("/link/").nth(1).unwrap();
    let link = link.split(['<', '"', '\n', ' ']).next().unwrap();
    let bo = crate::accounts::browser();
    assert_eq!(get(app, &bo, &format!("/link/{link}")).status(), 200);
    upload(app, &office.ana, home, "Ana", BO);
    let digest = Digest::of(BO.as_bytes()).to_string();
    // Bo has handed in, and a link still shows nothing of anybody else.
    let id = home.strip_prefix("/evaluations/").unwrap();
    let all = crate::addresses::all();
    let mine = all.iter().filter(|(_, path)| path.starts_with("/mine/"));
    for (_, path) in mine {
        let path = path.replace("{id}", id);
        for number in ["1", "2", "3"] {
            let answer = get(app, &bo, &path.replace("{number}", number));
            let text = words(answer.bytes().unwrap().to_vec());
            for secret in ["314159", digest.as_str(), "ana.csv"] {
                assert!(!text.contains(secret), "{path} {secret}");
            }
        }
    }
    // Bo's own scores stand in Bo's own pages, and nowhere else.
    let telling = office.telling(&bo);
    assert!(
        telling.iter().all(|path| path.starts_with("/mine/")),
        "{telling:?}"
    );
}
