//! Conflicts of interest: declared by each evaluator before they see or score anything.

use reqwest::blocking::Client;

use crate::accounts::{browser, get, post, set_up, user};
use crate::blind::take_set;
use crate::support::TestApp;

struct Office {
    app: TestApp,
    owner: Client,
    bo: Client,
    home: String,
}

impl Office {
    fn new(declare: Option<&str>) -> Self {
        let (app, root) = set_up();
        let owner = user(&app, &root, "ana");
        let bo = user(&app, &root, "bo");
        let mut form = vec![
            ("title", "Tool 2027"),
            ("kind", "internal"),
            ("criteria", "itsm-mid-market"),
        ];
        form.extend(declare.map(|said| ("declare", said)));
        let started = post(&app, &owner, "/evaluations", &form);
        let at = started.headers()["location"].to_str().unwrap();
        let home = at.strip_suffix("/method?done=started").unwrap().to_owned();
        take_set(&app, &owner, &home);
        let office = Self {
            app,
            owner,
            bo,
            home,
        };
        office.done(
            "/people",
            &[("what", "add-vendors"), ("vendors", "Acme\nBolt")],
        );
        office.done(
            "/people",
            &[("what", "add-evaluators"), ("evaluators", "Bo\nCy")],
        );
        let role = [
            ("what", "add"),
            ("user", "bo"),
            ("role", "evaluator"),
            ("evaluator", "Bo"),
        ];
        office.done("/members", &role);
        office
    }

    fn done(&self, path: &str, form: &[(&str, &str)]) {
        let sent = post(
            &self.app,
            &self.owner,
            &format!("{}{path}", self.home),
            form,
        );
        assert!(
            sent.status().as_u16() < 400,
            "{path}: {}",
            sent.text().unwrap()
        );
    }

    fn page(&self, browser: &Client, below: &str) -> String {
        let path = format!("{}{below}", self.home);
        get(&self.app, browser, &path).text().unwrap()
    }

    fn status(&self, browser: &Client, below: &str) -> u16 {
        let path = format!("{}{below}", self.home);
        get(&self.app, browser, &path).status().as_u16()
    }

    /// Whether Bo is led to the declaration first.
    fn is_asked(&self) -> bool {
        let first = get(&self.app, &self.bo, &self.home);
        let to = first.headers().get("location");
        to.is_some_and(|to| to.to_str().unwrap().ends_with("/declare"))
    }

    fn declare(&self, form: &[(&str, &str)]) -> u16 {
        let path = format!("{}/declare", self.home);
        post(&self.app, &self.bo, &path, form).status().as_u16()
    }
}

#[test]
fn an_evaluator_declares_before_they_see_or_score_anything_and_again_when_a_vendor_is_added() {
    let office = Office::new(None);
    assert!(office.is_asked());
    assert_eq!(office.status(&office.bo, "/score?evaluator=Bo"), 409);
    assert_eq!(
        office.declare(&[("with", "Acme")]),
        422,
        "a conflict needs a word"
    );
    assert_eq!(
        office.declare(&[("with", "Acme"), ("words", "my former employer")]),
        303
    );
    assert!(!office.is_asked());
    assert_eq!(office.status(&office.bo, "/score?evaluator=Bo"), 200);
    let told = office.page(&office.owner, "/settle");
    assert!(told.contains("my former employer") && told.contains("Once scoring has begun"));
    assert!(!told.contains("Recuse Bo for Acme"), "it would be refused");
    office.done("/method", &[("what", "freeze")]);
    let told = office.page(&office.owner, "/settle");
    assert!(
        told.contains("my former employer") && told.contains("Recuse Bo for Acme"),
        "{told}"
    );
    assert!(
        !office
            .page(&office.bo, "/settle")
            .contains("my former employer")
    );
    let story = office.page(&office.owner, "/timeline");
    assert!(
        story.contains("Bo declared a conflict of interest with Acme"),
        "{story}"
    );

    office.done("/people", &[("what", "add-vendors"), ("vendors", "Crux")]);
    assert_eq!(office.status(&office.bo, "/score?evaluator=Bo"), 409);
    assert_eq!(office.declare(&[("words", "")]), 303);
    assert_eq!(office.status(&office.bo, "/score?evaluator=Bo"), 200);
    let lines = office.page(&office.owner, "/audit.ndjson");
    assert_eq!(lines.matches("interests-declared").count(), 2);

    // Who declared what and when stands in the record as a document, and in what programs read.
    let report = office.page(&office.owner, "/report.html");
    let declared = "Bo: conflict with Acme; asked about Acme, Bolt: my former employer";
    assert!(report.contains(declared), "{report}");
    assert!(report.contains("Bo: no conflict with Acme, Bolt, Crux"));
    assert!(report.contains("declared by bo, "));
    let of = office.home.replace("/evaluations/", "/api/v1/evaluations/");
    let told = |browser: &Client| -> serde_json::Value {
        let told = get(&office.app, browser, &of).text().unwrap();
        serde_json::from_str(&told).unwrap()
    };
    let by_owner = told(&office.owner);
    assert_eq!(by_owner["declarations"][0]["evaluator"], "Bo");
    assert_eq!(by_owner["declarations"][0]["conflicts"][0], "Acme");
    assert_eq!(by_owner["declarations"][0]["words"], "my former employer");
    assert!(by_owner["declarations"][1]["at"].is_string());
    assert!(told(&office.bo).get("declarations").is_none());
}

#[test]
fn whoever_comes_with_a_link_declares_first_too() {
    let office = Office::new(None);
    let (app, home) = (&office.app, &office.home);
    office.done("/method", &[("what", "freeze")]);
    let form = [("what", "invite"), ("evaluator", "Cy")];
    let made = post(app, &office.owner, &format!("{home}/handout"), &form);
    let page = made.text().unwrap();
    let link = page.split("/link/").nth(1).unwrap();
    let link = link.split(['<', '"', '\n', ' ']).next().unwrap();
    let cy = browser();
    assert_eq!(get(app, &cy, &format!("/link/{link}")).status(), 200);
    let mine = home.replace("/evaluations/", "/mine/");
    let first = get(app, &cy, &mine);
    assert_eq!(
        first.headers()["location"].to_str().unwrap(),
        format!("{mine}/declare")
    );
    assert_eq!(get(app, &cy, &format!("{mine}/score")).status(), 409);
    let page = get(app, &cy, &format!("{mine}/declare")).text().unwrap();
    assert!(page.contains("Acme") && page.contains("Bolt"));
    let declared = post(app, &cy, &format!("{mine}/declare"), &[("words", "")]);
    assert_eq!(declared.status(), 303);
    assert_eq!(get(app, &cy, &mine).status(), 200);
    assert_eq!(get(app, &cy, &format!("{mine}/score")).status(), 200);
}

#[test]
fn where_it_is_not_asked_nobody_declares_and_nothing_of_it_is_recorded() {
    let office = Office::new(Some("no"));
    assert!(!office.is_asked());
    let lines = office.page(&office.owner, "/audit.ndjson");
    assert!(!lines.contains("declarations"), "{lines}");
    let app = TestApp::entered();
    let started = app.post(
        "/evaluations",
        &[
            ("title", "T"),
            ("kind", "internal"),
            ("criteria", "itsm-mid-market"),
        ],
    );
    let at = started.headers()["location"].to_str().unwrap();
    let home = at.strip_suffix("/method?done=started").unwrap();
    let lines = app.get(&format!("{home}/audit.ndjson")).text().unwrap();
    assert!(!lines.contains("declarations"), "{lines}");
}
