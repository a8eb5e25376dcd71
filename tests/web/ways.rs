//! Following every way from page to page: nobody is led to something that their role does not let them see.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use reqwest::blocking::Client;

use crate::accounts::{PASSWORD, get, post, sample, set_up, user};
use crate::support::TestApp;

/// The most pages of one walk.
const PAGES: usize = 90;

/// What stands in the places where a page leads on.
fn ways(page: &str) -> Vec<String> {
    let found = page.split(" href=\"").skip(1);
    let found = found.filter_map(|rest| rest.split('"').next());
    let found = found.map(|way| way.replace("&amp;", "&").replace("&#38;", "&"));
    let found = found.filter(|way| way.starts_with('/') && !way.starts_with("/assets"));
    found
        .map(|way| way.split('#').next().unwrap().to_owned())
        .collect()
}

/// One address for all that differ in what is asked for: pages with many numbers are alike.
fn kind(way: &str) -> String {
    let (path, query) = way.split_once('?').unwrap_or((way, ""));
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    let path: String = path
        .split('/')
        .map(|part| {
            if part.parse::<u32>().is_ok() {
                "1"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/");
    format!("{path}?{}", names.collect::<Vec<_>>().join("&"))
}

/// Follows every way from the page of an evaluation; those that lead to a refusal, with the page they stand on.
fn refused(app: &TestApp, browser: &Client, home: &str) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::from([(kind(home), String::new())]);
    let mut open = VecDeque::from([(home.to_owned(), String::new())]);
    let mut refused = BTreeMap::new();
    let mut pages = 0_usize;
    while let Some((way, from)) = open.pop_front() {
        let answer = get(app, browser, &way);
        let status = answer.status().as_u16();
        if matches!(status, 403 | 404) {
            refused.insert(way.clone(), format!("{status} from {from}"));
        }
        let is_page = answer
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html"));
        pages = pages.saturating_add(1);
        if status != 200 || !is_page || pages > PAGES {
            continue;
        }
        for next in ways(&answer.text().unwrap()) {
            if seen.insert(kind(&next), way.clone()).is_none() {
                open.push_back((next, way.clone()));
            }
        }
    }
    assert!(pages > 12, "only {pages} pages from {home}");
    refused
}

/// One of each role besides the owner.
fn members(
    app: &TestApp,
    root: &Client,
    owner: &Client,
    home: &str,
) -> Vec<(&'static str, Client)> {
    let all = [
        ("bo", "evaluator", "Ines Halloran"),
        ("vi", "viewer", ""),
        ("au", "auditor", ""),
    ];
    let all = all.map(|(name, role, evaluator)| {
        let browser = user(app, root, name);
        let add = [
            ("what", "add"),
            ("user", name),
            ("role", role),
            ("evaluator", evaluator),
        ];
        let added = post(app, owner, &format!("{home}/members"), &add);
        assert_eq!(added.status(), 200);
        (role, browser)
    });
    all.into()
}

#[test]
fn no_way_leads_anybody_to_what_their_role_refuses() {
    let (app, root) = set_up();
    let owner = user(&app, &root, "ana");
    let home = sample(&app, &owner);
    let mut people = vec![("owner", owner.clone())];
    people.extend(members(&app, &root, &owner, &home));
    let wrong = |when: &str| {
        let all = people.iter().flat_map(|(role, browser)| {
            let refused = refused(&app, browser, &home).into_iter();
            refused.map(move |(way, why)| format!("{when}, {role}: {way} {why}"))
        });
        all.collect::<Vec<_>>()
    };
    let mut all = wrong("while scoring is open");
    let closed = post(
        &app,
        &owner,
        &format!("{home}/settle"),
        &[("what", "close")],
    );
    assert_eq!(closed.status(), 303);
    post(
        &app,
        &owner,
        "/confirm",
        &[("password", PASSWORD), ("to", "/")],
    );
    let lock = [("what", "lock"), ("reason", "done")];
    let locked = post(&app, &owner, &format!("{home}/decide"), &lock);
    assert_eq!(locked.status(), 303);
    all.extend(wrong("once it is locked"));
    assert!(all.is_empty(), "{all:#?}");
}

/// The forms of a page that change something: where each is sent, and what is filled in already.
pub fn forms(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?;
        value.split('"').next().map(str::to_owned)
    };
    let found = page.split("<form ").skip(1);
    let found = found.filter_map(|rest| rest.split("</form>").next());
    // Without a button that sends it, it only shows.
    let sends = |form: &&str| form.contains("method=\"post\"") && form.contains("type=\"submit\"");
    let found = found.filter(sends);
    let filled = found.filter_map(|form| {
        let to = attribute(&format!(" {form}"), "action")?;
        let controls = form.split('<').filter(|tag| {
            let kinds = ["input ", "textarea ", "select ", "button "];
            kinds.iter().any(|kind| tag.starts_with(kind))
        });
        let fields = controls.filter_map(|tag| {
            let name = attribute(tag, "name")?;
            let value = attribute(tag, "value").filter(|value| !value.is_empty());
            Some((name, value.unwrap_or_else(|| "as agreed".to_owned())))
        });
        Some((to, fields.collect()))
    });
    filled.collect()
}

/// The pages that are seen from one, each kind once.
pub fn pages(app: &TestApp, browser: &Client, home: &str) -> BTreeMap<String, String> {
    let mut seen = BTreeSet::from([kind(home)]);
    let mut open = VecDeque::from([home.to_owned()]);
    let mut pages = BTreeMap::new();
    while let Some(way) = open.pop_front() {
        let answer = get(app, browser, &way);
        let is_page = answer.status() == 200
            && answer.headers()["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/html");
        if !is_page || pages.len() > PAGES {
            continue;
        }
        let page = answer.text().unwrap();
        for next in ways(&page) {
            if next.starts_with(home) && seen.insert(kind(&next)) {
                open.push_back(next);
            }
        }
        pages.insert(way, page);
    }
    pages
}

#[test]
fn no_form_is_shown_to_anybody_whose_role_refuses_it() {
    let (app, root) = set_up();
    let owner = user(&app, &root, "ana");
    let home = sample(&app, &owner);
    let people = members(&app, &root, &owner, &home);
    for (_, browser) in &people {
        // Else a form that asks for the password again would not be refused yet.
        let confirm = [("password", PASSWORD), ("to", "/")];
        post(&app, browser, "/confirm", &confirm);
    }
    let settle = format!("{home}/settle");
    let exclude = [
        ("what", "exclude"),
        ("vendor", "Pellucor ITSM (fictional)"),
        ("reason", "withdrew"),
    ];
    assert_eq!(post(&app, &owner, &settle, &exclude).status(), 303);
    let mut wrong = Vec::new();
    let mut sent = 0_usize;
    let mut walk = |when: &str| {
        for (role, browser) in &people {
            for (at, page) in pages(&app, browser, &home) {
                for (to, fields) in forms(&page) {
                    if !to.starts_with(&home) {
                        continue;
                    }
                    let fields: Vec<(&str, &str)> = fields
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.as_str()))
                        .collect();
                    sent = sent.saturating_add(1);
                    if post(&app, browser, &to, &fields).status() == 403 {
                        wrong.push(format!("{when}, {role}: {to} on {at}"));
                    }
                }
            }
        }
    };
    walk("while scoring is open");
    assert_eq!(
        post(&app, &owner, &settle, &[("what", "close")]).status(),
        303
    );
    let confirm = [("password", PASSWORD), ("to", "/")];
    post(&app, &owner, "/confirm", &confirm);
    let lock = [("what", "lock"), ("reason", "done")];
    let locked = post(&app, &owner, &format!("{home}/decide"), &lock);
    assert_eq!(locked.status(), 303);
    walk("once it is locked");
    assert!(sent > 0, "an evaluator hands in sheets");
    assert!(wrong.is_empty(), "{wrong:#?}");
    // An owner is shown them all.
    let shown = pages(&app, &owner, &home);
    let shown: usize = shown.values().map(|page| forms(page).len()).sum();
    assert!(shown > 5, "{shown}");
}
