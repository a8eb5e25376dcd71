//! Personal links: what somebody without an account reaches with one, and that it is nothing else.

use reqwest::blocking::multipart::{Form, Part};
use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use serde_json::{Value, json};

use crate::programs::{at, start};
use crate::support::{TestApp, fields_of, without_tags};

/// A browser of its own: it has no cookie of anybody else.
struct Guest<'a> {
    app: &'a TestApp,
    client: Client,
}

impl<'a> Guest<'a> {
    fn new(app: &'a TestApp) -> Self {
        let client = Client::builder()
            .redirect(Policy::none())
            .cookie_store(true)
            .build();
        Self {
            app,
            client: client.unwrap(),
        }
    }

    /// Opens a link, and gives the address it leads to.
    fn open(&self, link: &str) -> String {
        let opened = self.client.get(link).send().unwrap();
        assert_eq!(opened.status(), 200);
        assert_eq!(opened.headers()["cache-control"], "no-store");
        let cookie = opened.headers()["set-cookie"].to_str().unwrap().to_owned();
        let opened = opened.text().unwrap();
        let (_, rest) = opened.split_once("content=\"0; url=").unwrap();
        let home = rest.split('"').next().unwrap().to_owned();
        for part in ["HttpOnly", "SameSite=Strict", &format!("Path={home}")] {
            assert!(cookie.contains(part), "{cookie}");
        }
        home
    }

    fn get(&self, path: &str) -> Response {
        self.client.get(self.app.url(path)).send().unwrap()
    }

    fn text(&self, path: &str) -> String {
        let shown = self.get(path);
        assert_eq!(shown.status(), 200, "{path}");
        shown.text().unwrap()
    }

    fn post(&self, path: &str, fields: &[(String, String)]) -> Response {
        let sent = self.client.post(self.app.url(path)).form(fields);
        sent.send().unwrap()
    }

    fn upload(&self, home: &str, name: &str, text: &str) -> Response {
        let part = Part::bytes(text.as_bytes().to_vec()).file_name(name.to_owned());
        let form = Form::new().part("file", part);
        let sent = self.client.post(self.app.url(&format!("{home}/sheets")));
        sent.multipart(form).send().unwrap()
    }
}

/// An evaluation that Ana and Ben score, and in which Ben has scored.
fn evaluation(app: &TestApp, kind: &str) -> (String, String) {
    let mut body = start();
    body["vendors"] = json!(["Acme", "Bolt"]);
    body["evaluators"] = json!(["Ana \"Ü\" <O'M>", "Ben"]);
    body["evaluation_kind"] = json!(kind);
    let id = app.started(&body);
    let sheet = "vendor,criterion,evaluator,score,comment\nAcme,ITIL-INC,Ben,1,Ben saw it fail\n";
    app.upload(&id, "ben.csv", sheet, &[]).is(201);
    let home = format!("/evaluations/{id}");
    (id, home)
}

const ANA: &str = "Ana \"Ü\" <O'M>";

/// Makes a link on the page, and takes it from there.
fn link(app: &TestApp, home: &str, evaluator: &str) -> String {
    let fields = [("what", "invite"), ("evaluator", evaluator), ("days", "7")];
    let made = app.post(&format!("{home}/handout"), &fields);
    assert_eq!(made.status(), 200);
    assert_eq!(made.headers()["cache-control"], "no-store");
    let made = made.text().unwrap();
    let start = app.url("/link/");
    let (_, rest) = made.split_once(&format!("value=\"{start}")).unwrap();
    let rest = rest.split('"').next().unwrap();
    // The secret has 256 bits, and stands in the invitation too.
    assert_eq!(rest.split('/').nth(1).unwrap().len(), 64);
    let link = format!("{start}{rest}");
    assert!(
        made.matches(&link).count() == 2,
        "the invitation bears the link"
    );
    // It is shown once.
    let again = app.get(&format!("{home}/handout")).text().unwrap();
    assert!(!again.contains(rest) && again.contains("not opened yet"));
    link
}

#[test]
fn with_a_link_an_evaluator_scores_in_the_page_and_hands_in() {
    let app = TestApp::entered();
    // Also while results are hidden: what they see is their own.
    let (id, office) = evaluation(&app, "tender");
    let secret = link(&app, &office, ANA);
    let guest = Guest::new(&app);
    let home = guest.open(&secret);
    let begin = guest.text(&home);
    assert!(begin.contains("0 of ") && begin.contains("Score in the page"));
    let grid = guest.text(&format!("{home}/score"));
    assert!(grid.contains(&format!("data-draft=\"{home}/draft\"")));
    let fields = [
        ("revision", "0"),
        ("what", "review"),
        ("score:ITIL-INC:Acme", "4,5"),
        ("reason:ITIL-INC:Acme", "it works"),
    ];
    let fields = fields.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let preview = guest.post(&format!("{home}/score"), &fields);
    assert_eq!(preview.status(), 200);
    let preview = preview.text().unwrap();
    assert!(preview.contains("1 new, 0 changed") && preview.contains("nothing is stored yet"));
    assert!(!preview.contains("Ben"));
    let confirm = fields_of(&preview, "name=\"seen\"");
    let filed = guest.post(&format!("{home}/sheets/held"), &confirm);
    assert_eq!(filed.status(), 200);
    assert!(filed.text().unwrap().contains("handed in"));
    let begin = guest.text(&home);
    assert!(begin.contains("1 of ") && begin.contains("scored-in-page-ana-ü-o-m.csv"));
    let own = guest.get(&format!("{home}/sheets/2"));
    assert_eq!(own.status(), 200);
    assert!(own.text().unwrap().contains("4.5,it works"));
    // Another's sheet is not theirs to see.
    assert_eq!(guest.get(&format!("{home}/sheets/1")).status(), 404);
    // The draft is saved as the script does.
    let cells = json!({"revision": 1, "cells": [{"vendor": "Bolt", "criterion": "ITIL-INC", "score": "2", "reason": ""}]});
    let put = guest
        .client
        .put(app.url(&format!("{home}/draft")))
        .json(&cells);
    let put = put.send().unwrap();
    let revision: Value = guest.get(&format!("{home}/draft")).json().unwrap();
    assert!(
        put.status() == 200 || revision["revision"] != 1,
        "{revision}"
    );
    // The record names the link and nobody's secret.
    let bundle = app.ask(&format!("{}/bundle.zip", at(&id)));
    let token = secret.rsplit('/').next().unwrap().to_owned();
    assert!(!bundle.text().contains(&token));
    assert!(
        app.get(&format!("{office}/handout"))
            .text()
            .unwrap()
            .contains("first opened")
    );
}

#[test]
fn a_sheet_that_comes_with_a_link_holds_own_rows_or_is_refused() {
    let app = TestApp::entered();
    let (_, office) = evaluation(&app, "internal");
    let guest = Guest::new(&app);
    let home = guest.open(&link(&app, &office, ANA));
    let blank = guest.text(&format!("{home}/blank.csv"));
    assert!(blank.contains("ITIL-INC") && blank.contains("O'M>") && !blank.contains("CST-TCO"));
    assert_eq!(guest.get(&format!("{home}/blank.xlsx")).status(), 200);
    let foreign =
        "vendor,criterion,evaluator,score\nAcme,ITIL-INC,Ben,5\nAcme,ITIL-REQ,consensus,5\n";
    let refused = guest.upload(&home, "mixed.csv", foreign);
    assert_eq!(refused.status(), 422);
    let refused = without_tags(&refused.text().unwrap());
    assert!(
        refused.contains("Row 2") && refused.contains("Row 3"),
        "{refused}"
    );
    let own = "vendor,criterion,score\nAcme,ITIL-INC,5\n";
    let looked = guest.upload(&home, "own.csv", own);
    assert_eq!(looked.status(), 200);
    let confirm = fields_of(&looked.text().unwrap(), "name=\"seen\"");
    // What the form says of somebody else, or of new names, does not count.
    let mut forged = confirm.clone();
    forged.push(("new_vendors".to_owned(), "allow".to_owned()));
    forged.retain(|(name, _)| name != "evaluator");
    forged.push(("evaluator".to_owned(), "Ben".to_owned()));
    let filed = guest.post(&format!("{home}/sheets/held"), &forged);
    assert_eq!(filed.status(), 200);
    let begin = guest.text(&home);
    assert!(begin.contains("own.csv"), "{begin}");
    let ben = app
        .get(&format!("{office}/score?evaluator=Ben"))
        .text()
        .unwrap();
    assert!(ben.contains("Ben saw it fail") && !ben.contains("value=\"5\""));
}

#[test]
fn with_a_link_nothing_is_handed_in_beyond_what_is_assigned() {
    let app = TestApp::entered();
    let (id, office) = evaluation(&app, "internal");
    let guest = Guest::new(&app);
    let home = guest.open(&link(&app, &office, ANA));
    let said = json!({"evaluator": ANA, "categories": ["itil"]});
    let assigned = app.request("PUT", &format!("/api/v1/evaluations/{id}/assignments"));
    assert_eq!(assigned.json(&said).send().unwrap().status(), 200);
    let beyond = "vendor,criterion,score\nAcme,ITIL-INC,5\nAcme,FEA-PRT,5\nAcme,SEC-SSO,\n";
    let refused = guest.upload(&home, "own.csv", beyond);
    assert_eq!(refused.status(), 422);
    let refused = without_tags(&refused.text().unwrap());
    assert!(
        refused.contains("“FEA-PRT”: you are not asked to score this"),
        "{refused}"
    );
    assert!(
        !refused.contains("SEC-SSO"),
        "a row without a score is none"
    );
    let own = "vendor,criterion,score\nAcme,ITIL-INC,5\n";
    assert_eq!(guest.upload(&home, "own.csv", own).status(), 200);
}

/// Pages and files of an evaluation, below its address.
const PAGES: [&str; 32] = [
    "",
    "/method",
    "/people",
    "/handout",
    "/sheets",
    "/sheets/1",
    "/sheets/1/original",
    "/settle",
    "/decide",
    "/agenda",
    "/agenda/1/ITIL-INC",
    "/meeting",
    "/panel",
    "/why",
    "/what-if",
    "/firmness",
    "/lenses",
    "/missing",
    "/vendors/1",
    "/criteria",
    "/criteria/ITIL-INC",
    "/debriefs",
    "/score?evaluator=Ben",
    "/blank.csv",
    "/compare",
    "/ranking.csv",
    "/scores.csv",
    "/ranking.xlsx",
    "/report.html",
    "/bundle.zip",
    "/costs",
    "/prices.csv",
];

/// What programs ask for, below its address.
const FOR_PROGRAMS: [&str; 8] = [
    "",
    "/ranking",
    "/sheets",
    "/drafts/Ben",
    "/scores.csv",
    "/agreement",
    "/bundle.zip",
    "/lenses",
];

#[test]
fn a_link_opens_nothing_else_of_the_service() {
    let app = TestApp::entered();
    let (id, office) = evaluation(&app, "internal");
    let (other, _) = evaluation(&app, "internal");
    let guest = Guest::new(&app);
    let home = guest.open(&link(&app, &office, ANA));
    let paths = PAGES.map(|page| format!("{office}{page}")).into_iter();
    let paths = paths.chain(FOR_PROGRAMS.map(|page| format!("{}{page}", at(&id))));
    let paths = paths.chain(["/", "/sample/broken.csv", "/api/v1/evaluations"].map(str::to_owned));
    for path in paths {
        let shown = guest.get(&path);
        // It is not even known there that somebody holds a link: the cookie is not sent.
        assert!(
            [401, 404].contains(&shown.status().as_u16()),
            "{path}: {}",
            shown.status()
        );
        let told = shown.text().unwrap();
        // An answer may repeat the address that was asked for, and nothing else.
        assert!(
            path.contains("Ben") || !told.contains("Ben"),
            "{path}: {told}"
        );
        assert!(!told.contains("saw it fail"), "{path}: {told}");
    }
    for below in [
        "/sheets/1/withdraw",
        "/handout",
        "/decide",
        "/nothing",
        "/score/2",
        "/sheets/99",
    ] {
        assert_eq!(
            guest.get(&format!("{home}{below}")).status(),
            404,
            "{below}"
        );
    }
    // The secret is no key to another evaluation, nor is any other secret to this one.
    let cookie = |path: &str, secret: &str| {
        let name = format!("scorecard-link-{}", app.port);
        let asked = Client::new()
            .get(app.url(path))
            .header("cookie", format!("{name}={secret}"));
        asked.send().unwrap().status().as_u16()
    };
    let secret = link(&app, &office, "Ben");
    let secret = secret.rsplit('/').next().unwrap().to_owned();
    assert_eq!(cookie(&home, &secret), 200);
    assert_eq!(cookie(&format!("/mine/{other}"), &secret), 404);
    assert_eq!(cookie(&home, &"0".repeat(64)), 404);
    assert_eq!(cookie("/mine/nonsense", &secret), 404);
    assert_eq!(cookie(&office, &secret), 401);
    assert_eq!(
        app.get(&format!("/link/{id}/{}", "0".repeat(64))).status(),
        404
    );
    // Without any cookie there is nothing either.
    assert_eq!(
        Client::new().get(app.url(&home)).send().unwrap().status(),
        404
    );
}

#[test]
fn a_link_that_was_taken_back_or_replaced_works_no_more_and_says_so() {
    let app = TestApp::entered();
    let (_, office) = evaluation(&app, "internal");
    let first = link(&app, &office, ANA);
    let guest = Guest::new(&app);
    let home = guest.open(&first);
    // It may be opened again, on another device.
    Guest::new(&app).open(&first);
    let second = link(&app, &office, ANA);
    let over = guest.get(&home);
    assert_eq!(over.status(), 410);
    assert!(
        over.text()
            .unwrap()
            .contains("Ask whoever sent it for a new one")
    );
    assert_eq!(guest.client.get(&first).send().unwrap().status(), 410);
    guest.open(&second);
    assert_eq!(guest.get(&home).status(), 200);
    let ended = app.post(
        &format!("{office}/handout"),
        &[("what", "end"), ("evaluator", ANA)],
    );
    assert_eq!(ended.status(), 303);
    assert_eq!(guest.get(&home).status(), 410);
    assert_eq!(
        guest
            .client
            .put(app.url(&format!("{home}/draft")))
            .json(&json!({"revision": 0, "cells": []}))
            .send()
            .unwrap()
            .status(),
        410
    );
    for days in ["0", "367", "soon", "-1", "1.5"] {
        let fields = [("what", "invite"), ("evaluator", ANA), ("days", days)];
        let refused = app.post(&format!("{office}/handout"), &fields);
        assert_eq!(refused.status(), 422, "{days}");
    }
    let unknown = [("what", "invite"), ("evaluator", "Nobody"), ("days", "7")];
    assert_eq!(
        app.post(&format!("{office}/handout"), &unknown).status(),
        404
    );
}
