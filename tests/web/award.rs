//! Two persons: what one proposes on the pages or through the API another confirms there, with the password given just now.

use reqwest::blocking::{Client, Response};
use scorecard::accounts::Role;
use serde_json::{Value, json};

use crate::accounts::{browser, get, post, sample, set_up, user};
use crate::support::TestApp;

/// A service with two owners of one evaluation whose scoring is closed, and an auditor.
struct Two {
    app: TestApp,
    ana: Client,
    bo: Client,
    auditor: Client,
    home: String,
}

fn two() -> Two {
    let (app, root) = set_up();
    let (ana, bo, auditor) = (
        user(&app, &root, "ana"),
        user(&app, &root, "bo"),
        user(&app, &root, "au"),
    );
    let home = sample(&app, &ana);
    for (name, role) in [("bo", Role::Owner), ("au", Role::Auditor)] {
        let form = [("what", "add"), ("user", name), ("role", role.word())];
        let form = [&form[..], &[("evaluator", "")]].concat();
        let added = post(&app, &ana, &format!("{home}/members"), &form);
        assert_eq!(added.status(), 200);
    }
    let closed = post(&app, &ana, &format!("{home}/settle"), &[("what", "close")]);
    assert_eq!(closed.status(), 303);
    Two {
        app,
        ana,
        bo,
        auditor,
        home,
    }
}

impl Two {
    fn page(&self, who: &Client) -> String {
        let page = get(&self.app, who, &format!("{}/decide", self.home));
        assert_eq!(page.status(), 200);
        page.text().unwrap()
    }

    fn send(&self, who: &Client, form: &[(&str, &str)]) -> Response {
        post(&self.app, who, &format!("{}/decide", self.home), form)
    }

    /// Where a form led, as the word of what was done.
    fn done(&self, who: &Client, form: &[(&str, &str)]) -> String {
        let sent = self.send(who, form);
        assert_eq!(sent.status(), 303, "{form:?}");
        let to = sent.headers()["location"].to_str().unwrap().to_owned();
        to.split("done=").nth(1).unwrap().to_owned()
    }

    fn api(&self, who: &Client, method: &str, below: &str, body: &Value) -> Response {
        let path = format!("/api/v1{}{below}", self.home);
        let request = who.request(method.parse().unwrap(), self.app.url(&path));
        let request = request.header("origin", self.app.url(""));
        request.json(body).send().unwrap()
    }

    fn told(&self, who: &Client) -> Value {
        let path = format!("/api/v1{}", self.home);
        let told = get(&self.app, who, &path);
        serde_json::from_str(&told.text().unwrap()).unwrap()
    }

    /// The number that the confirming form of a page sends.
    fn number(&self, who: &Client) -> String {
        let page = self.page(who);
        let after = page.split("name=\"number\" value=\"").nth(1).unwrap();
        after.split('"').next().unwrap().to_owned()
    }
}

const VENDOR: &str = "Brindlewick Desk (fictional)";

#[test]
fn the_page_proposes_confirms_and_says_in_both_names_what_was_done() {
    let two = two();
    let (ana, bo) = (&two.ana, &two.bo);
    assert!(two.page(ana).contains("Propose the decision"));
    assert!(
        two.page(ana)
            .contains("another owner of the evaluation confirms it: bo.")
    );
    let decide = [("what", "decide"), ("vendor", VENDOR), ("reason", "best")];
    assert_eq!(two.done(ana, &decide), "proposed");
    let own = two.page(ana);
    assert!(
        own.contains("Proposed: Brindlewick Desk (fictional) is chosen"),
        "{own}"
    );
    assert!(!own.contains("Confirm it"), "{own}");
    assert!(own.contains("proposed, to be confirmed"), "{own}");
    let number = two.number(bo);
    let confirm = [("what", "confirm"), ("number", number.as_str())];
    for (who, status) in [(ana, 403), (&two.auditor, 403), (&browser(), 401)] {
        assert_eq!(two.send(who, &confirm).status(), status);
    }
    let other = [("what", "confirm"), ("number", "1")];
    assert_eq!(two.send(bo, &other).status(), 409);
    assert_eq!(two.done(bo, &confirm), "confirmed");
    let page = two.page(ana);
    assert!(page.contains("proposed by ana, confirmed by bo"), "{page}");
    assert!(page.contains("awarded"), "{page}");
    let report = get(&two.app, ana, &format!("{}/report.html", two.home));
    let report = report.text().unwrap();
    assert!(
        report.contains("proposed by ana, confirmed by bo"),
        "{report}"
    );
    let advice = get(&two.app, ana, &format!("{}/advice.html", two.home));
    let advice = advice.text().unwrap();
    assert!(
        advice.contains("proposed by ana, confirmed by bo"),
        "{advice}"
    );
    let list = get(&two.app, ana, "/").text().unwrap();
    assert!(list.contains("awarded"), "{list}");
    let back = [("what", "take-back"), ("reason", "too early")];
    assert_eq!(two.done(bo, &back), "proposed");
    let drop = [("what", "drop"), ("reason", "not needed")];
    assert_eq!(two.done(ana, &drop), "dropped");
    let twice = two.send(bo, &[("what", "confirm"), ("number", "1")]);
    assert_eq!(twice.status(), 409);
    assert!(twice.text().unwrap().contains("othing is proposed"));
}

#[test]
fn programs_propose_and_confirm_by_the_number_that_the_evaluation_tells() {
    let two = two();
    let (ana, bo) = (&two.ana, &two.bo);
    let locked = two.api(ana, "PUT", "/lock", &json!({"reason": "for the board"}));
    assert_eq!(locked.status(), 200);
    assert_eq!(two.told(ana)["state"], "locked");
    let asked = two.api(ana, "DELETE", "/lock", &json!({"reason": "a slip"}));
    assert_eq!(asked.status(), 200);
    let told = two.told(bo);
    assert_eq!(told["proposal"]["what"], "unlock");
    assert_eq!(told["proposal"]["by"], "ana");
    assert_eq!(told["state"], "locked");
    let nothing = two.api(bo, "PUT", "/proposal", &json!({}));
    assert_eq!(nothing.status(), 422);
    let number = json!({"number": told["proposal"]["number"]});
    let own = two.api(ana, "PUT", "/proposal", &number);
    assert_eq!(own.status(), 403);
    let own: Value = serde_json::from_str(&own.text().unwrap()).unwrap();
    assert!(
        own["type"].as_str().unwrap().contains("own-proposal"),
        "{own}"
    );
    assert_eq!(two.api(bo, "PUT", "/proposal", &number).status(), 200);
    assert_eq!(two.told(bo)["state"], "scoring-closed");
    let decide = json!({"vendor": null, "reason": "none is good"});
    assert_eq!(two.api(bo, "PUT", "/decision", &decide).status(), 200);
    let number = json!({"number": two.told(bo)["proposal"]["number"]});
    assert_eq!(two.api(ana, "PUT", "/proposal", &number).status(), 200);
    let told = two.told(ana);
    assert_eq!(told["state"], "not-awarded");
    let decision = &told["decision"];
    assert_eq!(decision["proposed_by"], "bo");
    assert_eq!(decision["persons"], "proposed by bo, confirmed by ana");
}

#[test]
fn without_accounts_it_is_done_at_once_and_said_to_be_by_one() {
    let app = TestApp::open();
    let home = sample(&app, &browser());
    let close = post(
        &app,
        &browser(),
        &format!("{home}/settle"),
        &[("what", "close")],
    );
    assert_eq!(close.status(), 303);
    let page = app.get(&format!("{home}/decide")).text().unwrap();
    assert!(page.contains("Record the decision"), "{page}");
    // Nobody is chosen by leaving the list as it is.
    let first = page.split("<option").nth(1).unwrap();
    assert!(first.starts_with(" value=\"?\">choose<"), "{first}");
    let unsaid = [("what", "decide"), ("vendor", "?"), ("reason", "best")];
    let asked = post(&app, &browser(), &format!("{home}/decide"), &unsaid);
    assert_eq!(asked.status(), 422);
    let form = [("what", "decide"), ("vendor", VENDOR), ("reason", "best")];
    let decided = post(&app, &browser(), &format!("{home}/decide"), &form);
    assert_eq!(decided.status(), 303);
    for path in ["decide", "report.html", "advice.html"] {
        let page = app.get(&format!("{home}/{path}")).text().unwrap();
        assert!(page.contains("decided by one person"), "{path}: {page}");
    }
    let told = app.get(&format!("/api/v1{home}")).text().unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["state"], "awarded");
    assert_eq!(told["decision"]["persons"], "decided by one person");
}

#[test]
fn a_file_is_purged_by_two_and_its_page_the_list_and_the_api_tell_it_with_the_digest() {
    let two = two();
    let (ana, bo) = (&two.ana, &two.bo);
    let sheet = format!("{}/sheets/1", two.home);
    let looked = get(&two.app, ana, &sheet).text().unwrap();
    let digest = looked.split("SHA-256</dt><dd><code>").nth(1).unwrap();
    let digest = digest.split('<').next().unwrap().to_owned();
    assert_eq!(digest.len(), 64);
    let purge = format!("{sheet}/purge");
    let sent = post(&two.app, ana, &purge, &[("reason", "names in it")]);
    assert_eq!(
        sent.headers()["location"],
        format!("{}/decide?done=proposed", two.home)
    );
    assert_eq!(two.told(bo)["proposal"]["what"], "purge");
    assert_eq!(two.told(bo)["proposal"]["sheet"], 1);
    let number = two.number(bo);
    let confirm = [("what", "confirm"), ("number", number.as_str())];
    assert_eq!(two.done(bo, &confirm), "confirmed");
    for path in [
        format!("{sheet}/original"),
        format!("/api/v1{sheet}/original"),
    ] {
        let gone = get(&two.app, ana, &path);
        assert_eq!(gone.status(), 410, "{path}");
        assert!(gone.text().unwrap().contains("purged"), "{path}");
    }
    let page = get(&two.app, ana, &sheet).text().unwrap();
    assert!(
        page.contains("proposed by ana, confirmed by bo: names in it"),
        "{page}"
    );
    assert!(page.contains(&digest), "{page}");
    assert!(!page.contains("Purge the file"), "{page}");
    let list = get(&two.app, ana, &format!("{}/sheets", two.home));
    assert!(list.text().unwrap().contains("file purged"));
    let told = two.told(ana);
    assert_eq!(told["sheets"][0]["purged"]["proposed_by"], "ana");
    assert_eq!(told["sheets"][0]["sha256"], digest.as_str());
    assert_eq!(
        two.api(
            ana,
            "DELETE",
            "/sheets/99/original",
            &json!({"reason": "r"})
        )
        .status(),
        404
    );
}

#[test]
fn until_when_everything_is_kept_is_set_shown_and_not_gone_below() {
    let two = two();
    let ana = &two.ana;
    assert!(
        two.page(ana)
            .contains("No day is set until which everything is kept")
    );
    let wrong = [
        ("what", "retain"),
        ("until", "1999-01-01"),
        ("reason", "law"),
    ];
    let sent = two.send(ana, &wrong);
    assert_eq!(sent.status(), 422);
    assert!(sent.text().unwrap().contains("this day is over"));
    let right = [
        ("what", "retain"),
        ("until", "2999-12-31"),
        ("reason", "law"),
    ];
    assert_eq!(two.done(ana, &right), "retained");
    assert!(
        two.page(ana)
            .contains("Everything is kept until 2999-12-31")
    );
    assert_eq!(two.told(ana)["retention"], "2999-12-31");
    let early = two.api(ana, "DELETE", "/files", &json!({"reason": "over"}));
    assert_eq!(early.status(), 409);
    let open = json!({"until": null, "reason": "open again"});
    assert_eq!(two.api(ana, "PUT", "/retention", &open).status(), 200);
    assert!(two.told(ana)["retention"].is_null());
    let missing = two.api(ana, "PUT", "/retention", &json!({"reason": "r"}));
    assert_eq!(missing.status(), 422);
}
