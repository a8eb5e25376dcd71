//! Every address of the service, asked by everybody: what each gets is what the one table says.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use reqwest::blocking::multipart::{Form, Part};
use reqwest::blocking::{Client, Response};
use scorecard::accounts::{
    Action, Actor, Awaited, Denied, Login, Members, Object, Role, User, may,
};
use scorecard::evaluation::{EvaluationKind, Phase, Prices, Results};

use crate::accounts::{PASSWORD, browser, get, post, sample, set_up, user};
use crate::addresses;
use crate::support::TestApp;

use Action::{
    ChangeEvaluators, ChangeMembers, ChangeVendors, CloseScoring, CompareEvaluators, Confirm,
    Decide, DeclareInterests, ExcludeVendor, FileSheet, FreezeMethod, HandOutSheets,
    ListEvaluations, LockResult, ManageAccount, ManageUsers, OpenPrices, Purge, RecuseEvaluator,
    RemoveEvaluation, ReopenMethod, ReopenScoring, ReviseMethod, See, SeeDisagreement, SeePrices,
    SeeResults, SeeScores, SeeTrail, SetMethod, StartEvaluation, TakeBackDecision, TakeEvidence,
    UnlockResult, WhatIf, WithdrawSheet,
};
use Body::{Csv, Fields, File, Json, Nothing};
use Needs::{Account, Anything, Door, House, In, Link};

/// What an address asks for.
#[derive(Debug, Clone, Copy)]
enum Needs {
    /// It is there for everybody who reaches the port.
    Anything,
    /// It is there for those who are not in yet.
    Door,
    /// It belongs to a personal link.
    Link,
    /// Somebody who is signed in, for themselves.
    Account,
    /// An action in the house.
    House(Action),
    /// Actions in the evaluation, asked for in this order.
    In(&'static [Action]),
}

/// What is sent along, in a shape that the address takes.
#[derive(Debug, Clone, Copy)]
enum Body {
    Nothing,
    Fields(&'static str),
    Json(&'static str),
    /// A form with a file.
    File(&'static [(&'static str, &'static str)]),
    Csv,
}

type Row = (&'static str, &'static str, Needs, Body);

/// What each address asks for. An address that is not here fails the test.
#[rustfmt::skip]
const MAP: &[Row] = &[
    ("GET", "/health/live", Anything, Nothing),
    ("GET", "/health/ready", Anything, Nothing),
    ("GET", "/assets/{version}/{name}", Anything, Nothing),
    ("GET", "/display", Anything, Nothing),
    ("POST", "/display", Anything, Fields("numbers=comma")),
    ("GET", "/sign-in", Door, Nothing),
    ("GET", "/set-up", Door, Nothing),
    ("GET", "/password", Door, Nothing),
    ("POST", "/sign-out", Account, Nothing),
    ("GET", "/account", House(ManageAccount), Nothing),
    ("POST", "/account", House(ManageAccount), Fields("what=elsewhere")),
    ("GET", "/confirm", House(ManageAccount), Nothing),
    ("POST", "/confirm", House(ManageAccount), Fields("password=four+words+are+enough")),
    ("GET", "/users", House(ManageUsers), Nothing),
    ("POST", "/users", House(ManageUsers), Fields("what=create&name=x")),
    ("GET", "/", House(ListEvaluations), Nothing),
    ("GET", "/guide", Account, Nothing),
    ("GET", "/sample/{name}", Account, Nothing),
    ("POST", "/sample", House(StartEvaluation), Nothing),
    ("POST", "/own", House(StartEvaluation), File(&[])),
    ("POST", "/own/held", House(StartEvaluation), Fields("held=x")),
    ("POST", "/evaluations", House(StartEvaluation), Fields("title=T&kind=internal&criteria=itsm-mid-market")),
    ("GET", "/api/v1/evaluations", House(ListEvaluations), Nothing),
    ("POST", "/api/v1/evaluations", House(StartEvaluation), Json(r#"{"title":"T","criteria":"itsm-mid-market","frozen":false}"#)),
    ("POST", "/api/v1/evaluations/from-spreadsheet", House(StartEvaluation), File(&[])),
    ("POST", "/api/v1/weights/{method}", House(StartEvaluation), Csv),
    ("GET", "/link/{id}/{secret}", Link, Nothing),
    ("GET", "/mine/{id}", Link, Nothing),
    ("GET", "/mine/{id}/declare", Link, Nothing),
    ("POST", "/mine/{id}/declare", Link, Fields("words=none")),
    ("GET", "/mine/{id}/score", Link, Nothing),
    ("POST", "/mine/{id}/score", Link, Fields("what=save&revision=0")),
    ("GET", "/mine/{id}/draft", Link, Nothing),
    ("PUT", "/mine/{id}/draft", Link, Json(r#"{"revision":0,"cells":[]}"#)),
    ("GET", "/mine/{id}/blank.csv", Link, Nothing),
    ("GET", "/mine/{id}/blank.xlsx", Link, Nothing),
    ("GET", "/mine/{id}/sheets", Link, Nothing),
    ("POST", "/mine/{id}/sheets", Link, File(&[])),
    ("POST", "/mine/{id}/sheets/held", Link, Fields("held=x")),
    ("POST", "/mine/{id}/sheets/held/problems", Link, Fields("held=x")),
    ("GET", "/mine/{id}/sheets/{number}", Link, Nothing),
    // The evaluation and its steps.
    ("GET", "/evaluations/{id}", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/search", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/members", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/members", In(&[ChangeMembers]), Fields("what=add&user=cy&role=viewer")),
    ("POST", "/evaluations/{id}/remove", In(&[RemoveEvaluation]), Nothing),
    ("GET", "/evaluations/{id}/method", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/method", In(&[ReopenMethod]), Fields("what=reopen&reason=r")),
    ("GET", "/evaluations/{id}/method/revise", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/method/revise", In(&[ReviseMethod]), File(&[("what", "look"), ("reason", "r")])),
    ("POST", "/evaluations/{id}/method/own", In(&[SetMethod]), File(&[])),
    ("POST", "/evaluations/{id}/method/own/held", In(&[SetMethod]), Fields("held=x")),
    ("POST", "/evaluations/{id}/method/judgements", In(&[SetMethod]), File(&[("method", "swing")])),
    ("GET", "/evaluations/{id}/method/judgements/{digest}", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/method/swing", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/method/swing", In(&[SetMethod]), Fields("what=take&of=")),
    ("GET", "/evaluations/{id}/method/tailor", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/method/tailor", In(&[SetMethod]), Fields("what=take")),
    ("GET", "/evaluations/{id}/people", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/people", In(&[ChangeVendors]), Fields("what=add-vendors&vendors=New")),
    ("GET", "/evaluations/{id}/handout", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/handout", In(&[HandOutSheets]), Fields("what=hand-out&evaluator=Mei+Lindqvist")),
    ("GET", "/evaluations/{id}/blank.csv", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/blank.xlsx", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/prices.csv", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/prices.xlsx", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/costs.csv", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/costs.xlsx", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/criteria", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/criteria.toml", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/criteria.xlsx", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/criteria/{criterion}", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/sheets", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/sheets", In(&[FileSheet]), File(&[])),
    ("POST", "/evaluations/{id}/sheets/held", In(&[FileSheet]), Fields("held=x")),
    ("POST", "/evaluations/{id}/sheets/held/problems", In(&[FileSheet]), Fields("held=x")),
    ("GET", "/evaluations/{id}/sheets/{number}", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/sheets/{number}/original", In(&[SeeResults]), Nothing),
    ("POST", "/evaluations/{id}/sheets/{number}/withdraw", In(&[WithdrawSheet]), Fields("reason=r")),
    ("POST", "/evaluations/{id}/sheets/{number}/purge", In(&[Purge]), Fields("reason=r")),
    ("POST", "/evaluations/{id}/sheets/{number}/restore", In(&[WithdrawSheet]), Fields("reason=r")),
    ("GET", "/evaluations/{id}/score?evaluator=Tobias+Okafor", In(&[SeeScores]), Nothing),
    ("POST", "/evaluations/{id}/score?evaluator=Tobias+Okafor", In(&[SeeScores, FileSheet]), Fields("what=save&revision=0")),
    ("GET", "/evaluations/{id}/settle", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/settle", In(&[CloseScoring]), Fields("what=close")),
    ("GET", "/evaluations/{id}/declare", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/declare", In(&[DeclareInterests]), Fields("words=none")),
    ("GET", "/evaluations/{id}/prices", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/prices", In(&[OpenPrices]), Fields("what=open")),
    ("GET", "/evaluations/{id}/decide", In(&[See]), Nothing),
    ("POST", "/evaluations/{id}/decide", In(&[LockResult]), Fields("what=lock&reason=r")),
    ("GET", "/evaluations/{id}/timeline", In(&[SeeTrail]), Nothing),
    ("GET", "/evaluations/{id}/audit.ndjson", In(&[SeeTrail]), Nothing),
    // What explains a result.
    ("GET", "/evaluations/{id}/vendors/{number}", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/compare", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/why", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/what-if", In(&[WhatIf, SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/what-if/then", In(&[WhatIf, SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/firmness?draws=1000", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/lenses", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/costs", In(&[SeePrices]), Nothing),
    ("GET", "/evaluations/{id}/price-quality", In(&[SeePrices]), Nothing),
    ("GET", "/evaluations/{id}/agenda", In(&[SeeDisagreement]), Nothing),
    ("GET", "/evaluations/{id}/agenda/{number}/{criterion}", In(&[SeeResults]), Nothing),
    ("POST", "/evaluations/{id}/agenda/{number}/{criterion}", In(&[SeeResults, FileSheet]), Fields("score=3&reason=r")),
    ("GET", "/evaluations/{id}/meeting", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/meeting/{number}/{criterion}", In(&[SeeResults]), Nothing),
    ("POST", "/evaluations/{id}/meeting/{number}/{criterion}", In(&[SeeResults, FileSheet]), Fields("score=3&reason=r")),
    ("GET", "/evaluations/{id}/panel", In(&[CompareEvaluators]), Nothing),
    ("GET", "/evaluations/{id}/debriefs", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/debriefs.zip", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/debriefs/{number}/{kind}", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/missing", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/pictures", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/pictures/ranking.svg", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/pictures/heat-map.svg", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/pictures/lenses.svg", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/pictures/mix.svg", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/pictures/stability.svg", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/pictures/evaluators.svg", In(&[SeeResults, CompareEvaluators]), Nothing),
    ("GET", "/evaluations/{id}/pictures/why.svg", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/pictures/price-quality.svg", In(&[SeeResults, SeePrices]), Nothing),
    // Files to save.
    ("GET", "/evaluations/{id}/ranking.csv", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/scores.csv", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/ranking.xlsx", In(&[SeeResults, SeePrices]), Nothing),
    ("GET", "/evaluations/{id}/scores.xlsx", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/bundle.zip", In(&[TakeEvidence]), Nothing),
    ("GET", "/evaluations/{id}/ranking.json", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/pinned.json", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/advice.html", In(&[SeeResults]), Nothing),
    ("GET", "/evaluations/{id}/method.html", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/print.css", In(&[See]), Nothing),
    ("GET", "/evaluations/{id}/report.html", In(&[SeeResults]), Nothing),
    // For programs.
    ("GET", "/api/v1/evaluations/{id}", In(&[See]), Nothing),
    ("DELETE", "/api/v1/evaluations/{id}", In(&[RemoveEvaluation]), Json("{}")),
    ("PUT", "/api/v1/evaluations/{id}/method", In(&[SetMethod]), Json(r#"{"criteria":"itsm-mid-market"}"#)),
    ("POST", "/api/v1/evaluations/{id}/weights/{method}", In(&[SetMethod]), Csv),
    ("GET", "/api/v1/evaluations/{id}/judgements/{digest}", In(&[See]), Nothing),
    ("PUT", "/api/v1/evaluations/{id}/method/tailoring", In(&[SetMethod]), Json("{}")),
    ("GET", "/api/v1/evaluations/{id}/method.html", In(&[See]), Nothing),
    ("POST", "/api/v1/evaluations/{id}/method/freeze", In(&[FreezeMethod]), Json("{}")),
    ("POST", "/api/v1/evaluations/{id}/method/revise", In(&[ReviseMethod]), Json(r#"{"toml":"","reason":"r"}"#)),
    ("POST", "/api/v1/evaluations/{id}/method/reopen", In(&[ReopenMethod]), Json(r#"{"reason":"r"}"#)),
    ("POST", "/api/v1/evaluations/{id}/vendors", In(&[ChangeVendors]), Json(r#"{"vendors":["New"]}"#)),
    ("DELETE", "/api/v1/evaluations/{id}/vendors", In(&[ChangeVendors]), Json(r#"{"vendor":"Tamwick Flow (fictional)"}"#)),
    ("POST", "/api/v1/evaluations/{id}/evaluators", In(&[ChangeEvaluators]), Json(r#"{"evaluators":["New"]}"#)),
    ("DELETE", "/api/v1/evaluations/{id}/evaluators", In(&[ChangeEvaluators]), Json(r#"{"evaluator":"Mei Lindqvist"}"#)),
    ("PUT", "/api/v1/evaluations/{id}/assignments", In(&[ChangeEvaluators]), Json(r#"{"evaluator":"Mei Lindqvist","scope":"open"}"#)),
    ("POST", "/api/v1/evaluations/{id}/handouts", In(&[HandOutSheets]), Json(r#"{"evaluators":["Mei Lindqvist"]}"#)),
    ("GET", "/api/v1/evaluations/{id}/sheets", In(&[See]), Nothing),
    ("POST", "/api/v1/evaluations/{id}/sheets", In(&[FileSheet]), File(&[])),
    ("GET", "/api/v1/evaluations/{id}/drafts/{evaluator}", In(&[SeeScores]), Nothing),
    ("PUT", "/api/v1/evaluations/{id}/drafts/{evaluator}", In(&[SeeScores, FileSheet]), Json(r#"{"revision":0,"cells":[]}"#)),
    ("POST", "/api/v1/evaluations/{id}/sheets/problems", In(&[FileSheet]), File(&[])),
    ("GET", "/api/v1/evaluations/{id}/sheets/{sheet}", In(&[See]), Nothing),
    ("DELETE", "/api/v1/evaluations/{id}/sheets/{sheet}", In(&[WithdrawSheet]), Json(r#"{"reason":"r"}"#)),
    ("GET", "/api/v1/evaluations/{id}/sheets/{sheet}/original", In(&[SeeResults]), Nothing),
    ("DELETE", "/api/v1/evaluations/{id}/sheets/{sheet}/original", In(&[Purge]), Json(r#"{"reason":"r"}"#)),
    ("POST", "/api/v1/evaluations/{id}/sheets/{sheet}/restore", In(&[WithdrawSheet]), Json(r#"{"reason":"r"}"#)),
    ("POST", "/api/v1/evaluations/{id}/exclusions", In(&[ExcludeVendor]), Json(r#"{"vendor":"Tamwick Flow (fictional)","reason":"r"}"#)),
    ("DELETE", "/api/v1/evaluations/{id}/exclusions", In(&[ExcludeVendor]), Json(r#"{"vendor":"Tamwick Flow (fictional)","reason":"r"}"#)),
    ("POST", "/api/v1/evaluations/{id}/recusals", In(&[RecuseEvaluator]), Json(r#"{"evaluator":"Ines Halloran","reason":"r"}"#)),
    ("DELETE", "/api/v1/evaluations/{id}/recusals", In(&[RecuseEvaluator]), Json(r#"{"evaluator":"Ines Halloran","reason":"r"}"#)),
    ("POST", "/api/v1/evaluations/{id}/scoring/close", In(&[CloseScoring]), Json("{}")),
    ("POST", "/api/v1/evaluations/{id}/prices/open", In(&[OpenPrices]), Json("{}")),
    ("POST", "/api/v1/evaluations/{id}/scoring/reopen", In(&[ReopenScoring]), Json(r#"{"reason":"r"}"#)),
    ("PUT", "/api/v1/evaluations/{id}/decision", In(&[Decide]), Json(r#"{"vendor":null,"reason":"r"}"#)),
    ("DELETE", "/api/v1/evaluations/{id}/decision", In(&[TakeBackDecision]), Json(r#"{"reason":"r"}"#)),
    ("DELETE", "/api/v1/evaluations/{id}/files", In(&[Purge]), Json(r#"{"reason":"r"}"#)),
    ("PUT", "/api/v1/evaluations/{id}/retention", In(&[Purge]), Json(r#"{"until":"2999-12-31","reason":"r"}"#)),
    ("PUT", "/api/v1/evaluations/{id}/proposal", In(&[Confirm]), Json(r#"{"number":1}"#)),
    ("DELETE", "/api/v1/evaluations/{id}/proposal", In(&[Confirm]), Json(r#"{"reason":"r"}"#)),
    ("PUT", "/api/v1/evaluations/{id}/lock", In(&[LockResult]), Json(r#"{"reason":"r"}"#)),
    ("DELETE", "/api/v1/evaluations/{id}/lock", In(&[UnlockResult]), Json(r#"{"reason":"r"}"#)),
    ("GET", "/api/v1/evaluations/{id}/pinned.json", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/costs", In(&[SeePrices]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/price-quality", In(&[SeePrices]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/ranking", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/what-if", In(&[WhatIf]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/firmness?draws=1000", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/agreement", In(&[CompareEvaluators]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/why", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/missing", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/agenda", In(&[SeeDisagreement]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/lenses", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/mix", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/report.html", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/advice.html", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/ranking.csv", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/bundle.zip", In(&[TakeEvidence]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/audit", In(&[SeeTrail]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/ranking.xlsx", In(&[SeeResults, SeePrices]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/scores.xlsx", In(&[SeeResults]), Nothing),
    ("GET", "/api/v1/evaluations/{id}/scores.csv", In(&[SeeResults]), Nothing),
    ("POST", "/sign-in", Door, Fields("name=nobody1&password=wrong")),
    ("POST", "/set-up", Door, Fields("secret=x&name=eve&password=four+words+are+enough&again=four+words+are+enough")),
    ("POST", "/password", Door, Fields("secret=x&password=four+words+are+enough&again=four+words+are+enough")),
];

/// Who asks.
struct Asker {
    name: &'static str,
    browser: Client,
    /// Their roles in the evaluation.
    roles: Vec<Role>,
    is_signed_in: bool,
    has_link: bool,
}

/// The state of the evaluation that is asked about.
#[derive(Debug, Clone, Copy)]
struct Stage {
    phase: Phase,
    is_locked: bool,
}

const OPEN: Stage = Stage {
    phase: Phase::Open,
    is_locked: false,
};
const LOCKED: Stage = Stage {
    phase: Phase::ScoringClosed,
    is_locked: true,
};

/// What an answer is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// What was asked for, or what is wrong with how it was asked.
    Goes,
    /// This status.
    Is(u16),
    /// The page to sign in.
    SignIn,
}

/// What the table says.
fn expected(asker: &Asker, needs: Needs, method: &str, path: &str, stage: Option<Stage>) -> Answer {
    let says = |answer: Result<(), Denied>| match answer {
        Ok(()) => Answer::Goes,
        Err(Denied::Stranger) => Answer::Is(404),
        Err(
            Denied::Role
            | Denied::NotAdministrator
            | Denied::NoAccount
            | Denied::Scope
            | Denied::NotHere,
        ) => Answer::Is(403),
        Err(_) => Answer::Is(409),
    };
    let login = Login::parse(asker.name).unwrap();
    let actor = Actor::User(User::signed_in(login, asker.name == "root"));
    match needs {
        Anything | Door => Answer::Goes,
        Link if asker.has_link && stage.is_some() => Answer::Goes,
        Link => Answer::Is(404),
        _ if !asker.is_signed_in => {
            if method == "GET" && !path.starts_with("/api/") {
                Answer::SignIn
            } else {
                Answer::Is(401)
            }
        }
        Account => Answer::Goes,
        House(action) => says(may(actor, action, Object::House)),
        In(actions) => {
            let mut members = Members::default();
            // Somebody else's evaluation has an owner too.
            members.add(Login::parse("somebody").unwrap(), Role::Owner);
            if stage.is_some() {
                for role in &asker.roles {
                    members.add(login, role.clone());
                }
            }
            let stage = stage.unwrap_or(OPEN);
            let object = Object::Evaluation {
                kind: EvaluationKind::Internal,
                phase: stage.phase,
                results: Results::Open,
                has_sheets: true,
                is_sample: true,
                is_locked: stage.is_locked,
                is_emptied: false,
                awaited: Awaited::NONE,
                undeclared: Awaited::NONE,
                prices: Prices::Shown,
                id: "e",
                members: &members,
            };
            let mut answers = actions.iter().map(|action| may(actor, *action, object));
            says(answers.find(Result::is_err).unwrap_or(Ok(())))
        }
    }
}

fn matches(answer: Answer, path: &str, sent: &Response) -> bool {
    let status = sent.status().as_u16();
    let goes_to_sign_in = sent
        .headers()
        .get("location")
        .is_some_and(|to| to.to_str().unwrap().starts_with("/sign-in"));
    match answer {
        Answer::SignIn => status == 303 && goes_to_sign_in,
        // A file is looked at in any state; taking it is another matter.
        Answer::Is(409) if path.contains("/method/own") => [200, 409, 422].contains(&status),
        Answer::Is(wanted) => status == wanted,
        Answer::Goes => {
            // What is at such an address was never made, a link was used up, or a name is nobody's.
            let may_miss = [
                "{digest}",
                "{version}",
                "/sample/{name}",
                "pinned.json",
                "{secret}",
                // Without draws, and without two vendors, there is no such picture.
                "stability.svg",
                "pictures/why.svg",
                // No file is held by the word that is sent.
                "/mine/{id}/sheets/held/problems",
            ];
            let may_miss = may_miss.iter().any(|one| path.contains(one))
                || (path.starts_with("/mine/") && path.ends_with("{number}"));
            let at_door = ["/sign-in", "/set-up", "/password"].contains(&path);
            match status {
                404 => may_miss,
                401 | 410 => at_door,
                403 | 405 | 415 => false,
                // The same draws are being made for somebody else.
                503 => path.contains("/firmness"),
                303 => !goes_to_sign_in || path == "/sign-out",
                _ => status < 500,
            }
        }
    }
}

fn filled(path: &str, id: &str) -> String {
    path.replace("{id}", id)
        .replace("{number}", "1")
        .replace("{sheet}", "1")
        .replace("{criterion}", "ITIL-INC")
        .replace("{kind}", "txt")
        .replace("{method}", "swing")
        .replace("{evaluator}", "Tobias%20Okafor")
        .replace("{secret}", "0000")
        .replace("{digest}", &"0".repeat(64))
        .replace("{name}", "x")
        .replace("{version}", "x")
}

fn send(app: &TestApp, browser: &Client, method: &str, path: &str, body: Body) -> Response {
    let request = browser.request(method.parse().unwrap(), app.url(path));
    let request = request.header("origin", app.url(""));
    let request = match body {
        Nothing => request,
        Fields(text) => request
            .header("content-type", "application/x-www-form-urlencoded")
            .body(text),
        Json(text) => request
            .header("content-type", "application/json")
            .body(text),
        Csv => request.header("content-type", "text/csv").body("a,b\n"),
        File(texts) => {
            let part = Part::bytes(b"vendor,criterion,score\n".as_slice()).file_name("ana.csv");
            let form = texts
                .iter()
                .fold(Form::new(), |form, (name, text)| form.text(*name, *text));
            request.multipart(form.part("file", part))
        }
    };
    request.send().unwrap()
}

fn add(app: &TestApp, owner: &Client, home: &str, name: &str, role: &Role) {
    let evaluator = match role {
        Role::Evaluator(name) => name.as_str(),
        Role::Owner | Role::Viewer | Role::Auditor => "",
    };
    let form = [
        ("what", "add"),
        ("user", name),
        ("role", role.word()),
        ("evaluator", evaluator),
    ];
    let added = post(app, owner, &format!("{home}/members"), &form);
    assert_eq!(added.status(), 200, "{name}");
}

/// The browser of somebody who opened the personal link of an evaluator.
fn invited(app: &TestApp, owner: &Client, home: &str) -> Client {
    let form = [("what", "invite"), ("evaluator", "Mei Lindqvist")];
    let made = post(app, owner, &format!("{home}/handout"), &form);
    let page = made.text().unwrap();
    let link = page.split("/link/").nth(1).unwrap();
    let link = link.split(['<', '"', '\n', ' ']).next().unwrap();
    let browser = browser();
    let opened = get(app, &browser, &format!("/link/{link}"));
    assert!(opened.status().as_u16() < 400, "{}", opened.status());
    browser
}

struct World {
    app: TestApp,
    askers: Vec<Asker>,
    owner: Client,
    own: String,
    foreign: String,
}

fn world() -> World {
    let (app, root) = set_up();
    let owner = user(&app, &root, "ana");
    let own = sample(&app, &owner);
    let cy = user(&app, &root, "cy");
    let foreign = sample(&app, &cy);
    let mut askers = Vec::new();
    for (name, roles) in [
        ("bo", vec![Role::Evaluator("Ines Halloran".to_owned())]),
        ("vi", vec![Role::Viewer]),
        ("au", vec![Role::Auditor]),
        ("stranger", vec![]),
    ] {
        let browser = user(&app, &root, name);
        for role in &roles {
            add(&app, &owner, &own, name, role);
        }
        askers.push(Asker {
            name,
            browser,
            roles,
            is_signed_in: true,
            has_link: false,
        });
    }
    for (name, browser, roles, is_signed_in, has_link) in [
        ("root", root, vec![], true, false),
        ("ana", owner.clone(), vec![Role::Owner], true, false),
        ("by.link", invited(&app, &owner, &own), vec![], false, true),
        ("not.in", browser(), vec![], false, false),
    ] {
        askers.push(Asker {
            name,
            browser,
            roles,
            is_signed_in,
            has_link,
        });
    }
    World {
        app,
        askers,
        owner,
        own,
        foreign,
    }
}

fn id(home: &str) -> &str {
    home.strip_prefix("/evaluations/").unwrap()
}

impl World {
    /// Gives everybody's password again.
    fn confirm(&self) {
        for asker in self.askers.iter().filter(|asker| asker.is_signed_in) {
            let form = [("password", PASSWORD), ("to", "/")];
            let given = post(&self.app, &asker.browser, "/confirm", &form);
            assert_eq!(given.status(), 303, "{}", asker.name);
        }
    }

    /// Asks for an address in the name of everybody; what went another way than the table says.
    fn ask(&self, row: Row, home: &str, stage: Option<Stage>, wrong: &mut Vec<String>) {
        let (method, path, needs, body) = row;
        for asker in &self.askers {
            let wanted = expected(asker, needs, method, path, stage);
            // Those would end what the others still need.
            let ends = ["/sign-out", "/account", "/password"].contains(&path);
            if wanted == Answer::Goes && method != "GET" {
                if !ends && stage.is_some_and(|stage| !stage.is_locked) {
                    self.carry_out(row, asker, wrong);
                }
                continue;
            }
            let sent = send(
                &self.app,
                &asker.browser,
                method,
                &filled(path, id(home)),
                body,
            );
            judge(row, asker, wanted, stage, &sent, wrong);
        }
    }

    /// Does what may be done, in an evaluation of its own.
    fn carry_out(&self, row: Row, asker: &Asker, wrong: &mut Vec<String>) {
        let (method, path, _, body) = row;
        let home = if path.contains("{id}") && !asker.has_link {
            let home = sample(&self.app, &self.owner);
            for role in asker.roles.iter().filter(|role| **role != Role::Owner) {
                add(&self.app, &self.owner, &home, asker.name, role);
            }
            home
        } else {
            self.own.clone()
        };
        let sent = send(
            &self.app,
            &asker.browser,
            method,
            &filled(path, id(&home)),
            body,
        );
        judge(row, asker, Answer::Goes, Some(OPEN), &sent, wrong);
    }
}

/// Notes an answer that is another than the table says.
fn judge(
    (method, path, ..): Row,
    asker: &Asker,
    wanted: Answer,
    stage: Option<Stage>,
    sent: &Response,
    wrong: &mut Vec<String>,
) {
    if !matches(wanted, path, sent) {
        let (name, status) = (asker.name, sent.status());
        wrong.push(format!(
            "{method} {path} {name} {stage:?}: {wanted:?}, was {status}"
        ));
    }
}

#[test]
fn every_address_has_its_row_and_every_row_its_address() {
    let rows = MAP.iter().map(|(method, path, ..)| {
        let path = path.split('?').next().unwrap();
        (*method, path.to_owned())
    });
    let rows: BTreeSet<(&str, String)> = rows.collect();
    let addresses = addresses::all();
    let without: Vec<_> = addresses.difference(&rows).collect();
    let gone: Vec<_> = rows.difference(&addresses).collect();
    assert!(
        without.is_empty() && gone.is_empty(),
        "without a row: {without:#?}; without an address: {gone:#?}"
    );
}

#[test]
fn everybody_gets_at_every_address_what_the_table_says_and_of_a_foreign_evaluation_nothing() {
    let world = world();
    let mut wrong = Vec::new();
    let mut confirmed = Instant::now();
    // Whoever tries secrets has to wait afterwards.
    let (tries, others): (Vec<Row>, Vec<Row>) = MAP
        .iter()
        .partition(|(method, _, needs, _)| *method == "POST" && matches!(needs, Door));
    for row in &others {
        if confirmed.elapsed() > Duration::from_mins(2) {
            world.confirm();
            confirmed = Instant::now();
        }
        world.ask(*row, &world.foreign, None, &mut wrong);
        world.ask(*row, &world.own, Some(OPEN), &mut wrong);
    }
    let (app, owner, own) = (&world.app, &world.owner, &world.own);
    let closed = post(app, owner, &format!("{own}/settle"), &[("what", "close")]);
    assert_eq!(closed.status(), 303);
    world.confirm();
    let lock = [("what", "lock"), ("reason", "done")];
    let locked = post(app, owner, &format!("{own}/decide"), &lock);
    assert_eq!(locked.status(), 303);
    for row in others.iter().filter(|row| row.0 == "GET") {
        world.ask(*row, own, Some(LOCKED), &mut wrong);
    }
    for row in &tries {
        world.ask(*row, own, Some(OPEN), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
}

/// Viewers and auditors change nothing in an evaluation, whatever its state: the table says so of every changing address.
#[test]
fn who_only_reads_can_send_nothing() {
    let changing = MAP.iter().filter(|row| row.0 != "GET");
    for (method, path, needs, _) in changing {
        let In(_) = needs else { continue };
        for role in [Role::Viewer, Role::Auditor] {
            for stage in [OPEN, LOCKED] {
                let asker = Asker {
                    name: "vi",
                    browser: browser(),
                    roles: vec![role.clone()],
                    is_signed_in: true,
                    has_link: false,
                };
                let answer = expected(&asker, *needs, method, path, Some(stage));
                assert_ne!(answer, Answer::Goes, "{method} {path} {role}");
            }
        }
    }
}
