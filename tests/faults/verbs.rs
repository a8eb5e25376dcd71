//! Storage that fails at any call of any verb: whole or not at all, and whatever is answered is true.

use std::sync::Arc;

use scorecard::record::{EvaluationId, Sealed, purged};
use scorecard::store::{Archive as _, Sqlite};
use scorecard::web::Settings;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::faulty::{Faulty, When};
use crate::programs::{Answer, at};
use crate::support::TestApp;
use crate::{begin, sheet};

/// A server over a store that can be told to fail.
struct Bench {
    app: TestApp,
    store: Arc<Faulty>,
    _data: TempDir,
}

impl Bench {
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let inner = Arc::new(Sqlite::open(data.path()).unwrap());
        let store = Arc::new(Faulty::over(inner));
        let settings = Settings {
            no_login: true,
            ..Settings::default()
        };
        let given = Arc::clone(&store);
        let app = TestApp::over(settings, |_| given);
        Self {
            app,
            store,
            _data: data,
        }
    }

    /// Every log as it is stored, each chain proven and every file that it names there.
    fn proven(&self) -> Vec<(EvaluationId, Vec<Sealed>)> {
        let store = &self.store.inner;
        let ids = store.evaluations().unwrap();
        let logs = ids.into_iter().map(|id| {
            let log = store.log(&id).unwrap().unwrap();
            let gone = purged(&log);
            for digest in log.iter().flat_map(|sealed| sealed.event().change.files()) {
                let is_kept = store.attachment(&digest).unwrap().is_some();
                assert_ne!(is_kept, gone.contains_key(&digest), "{digest}");
            }
            (id, log)
        });
        logs.collect()
    }

    /// What the service says is what is stored.
    fn tells_what_is_stored(&self, log: &[Sealed], id: &EvaluationId) {
        let state = self.app.ask(&at(id.as_str()));
        if log.is_empty() || state.status == 404 {
            return;
        }
        let head = log.last().unwrap().head().to_string();
        assert_eq!(state.is(200).json()["record"], head);
    }
}

/// One verb: how it is asked for, and what it answers if nothing fails.
struct Verb {
    method: &'static str,
    path: &'static str,
    body: Body,
    done: u16,
}

enum Body {
    Json(Value),
    Sheet(&'static str, String),
}

fn verb(method: &'static str, path: &'static str, body: Value) -> Verb {
    Verb {
        method,
        path,
        body: Body::Json(body),
        done: 200,
    }
}

fn upload(name: &'static str, text: String) -> Verb {
    Verb {
        method: "POST",
        path: "/sheets",
        body: Body::Sheet(name, text),
        done: 201,
    }
}

/// Everything that is done with an evaluation, from its start to its decision.
fn story() -> Vec<Verb> {
    let why = || json!({"reason": "as agreed in the meeting"});
    let mut start = begin();
    start["frozen"] = json!(false);
    vec![
        Verb {
            method: "POST",
            path: "",
            body: Body::Json(start),
            done: 201,
        },
        verb("POST", "/vendors", json!({"vendors": ["Cobalt"]})),
        verb("POST", "/evaluators", json!({"evaluators": ["Ana", "Ben"]})),
        verb("POST", "/method/freeze", json!({})),
        verb("POST", "/method/reopen", why()),
        verb("POST", "/method/freeze", json!({})),
        verb(
            "PUT",
            "/assignments",
            json!({"evaluator": "Ben", "scope": "open"}),
        ),
        verb("POST", "/handouts", json!({"evaluators": ["Ana"]})),
        upload("Ana", sheet("ITIL-INC", "seen in the trial")),
        upload("Ben", sheet("ITIL-REQ", "told by a reference")),
        verb("DELETE", "/sheets/2", why()),
        verb("POST", "/sheets/2/restore", why()),
        verb(
            "POST",
            "/exclusions",
            json!({"vendor": "Bolt", "reason": "withdrew its offer"}),
        ),
        verb(
            "DELETE",
            "/exclusions",
            json!({"vendor": "Bolt", "reason": "came back"}),
        ),
        verb(
            "POST",
            "/recusals",
            json!({"evaluator": "Ben", "vendor": "Acme", "reason": "worked there"}),
        ),
        verb("POST", "/scoring/close", json!({})),
        verb("POST", "/scoring/reopen", why()),
        verb("POST", "/scoring/close", json!({})),
        verb("PUT", "/lock", why()),
        verb(
            "PUT",
            "/decision",
            json!({"vendor": "Acme", "reason": "the better of the two"}),
        ),
        verb(
            "PUT",
            "/retention",
            json!({"until": "2999-12-31", "reason": "the law"}),
        ),
        verb("DELETE", "/sheets/2/original", why()),
    ]
}

fn ask(bench: &Bench, verb: &Verb, id: &str) -> Answer {
    let path = if verb.path.is_empty() {
        "/api/v1/evaluations".to_owned()
    } else {
        format!("{}{}", at(id), verb.path)
    };
    match &verb.body {
        Body::Json(body) => bench.app.send(verb.method, &path, body),
        Body::Sheet(name, text) => {
            bench
                .app
                .upload(id, "sheet.csv", text.clone(), &[("evaluator", name)])
        }
    }
}

/// After a failure: nothing is half there, nothing that was there is gone, and reading goes on.
fn check(bench: &Bench, before: &[(EvaluationId, Vec<Sealed>)], what: &str) {
    let after = bench.proven();
    for (id, log) in before {
        let found = after.iter().find(|(one, _)| one == id);
        let found = found.map_or(&[][..], |(_, log)| log.as_slice());
        assert!(
            found.starts_with(log),
            "{what}: what was recorded has changed"
        );
    }
    for (id, log) in &after {
        bench.tells_what_is_stored(log, id);
    }
}

#[test]
fn storage_that_fails_at_any_call_of_any_verb_leaves_it_undone_and_it_can_be_done_again() {
    let bench = Bench::new();
    let mut id = String::new();
    let mut failures = 0;
    for verb in story() {
        for call in 1.. {
            let before = bench.proven();
            bench.store.fail(When::Before(call));
            let answer = ask(&bench, &verb, &id);
            let what = format!("{} {} at call {call}", verb.method, verb.path);
            if !bench.store.has_failed() {
                bench.store.fail(When::Never);
                assert_eq!(answer.status, verb.done, "{what}: {}", answer.text());
                if verb.path.is_empty() {
                    id = answer.json()["id"].as_str().unwrap().to_owned();
                }
                break;
            }
            failures += 1;
            if answer.status == verb.done {
                // The call that failed was one for comfort, and the answer is true all the same.
                check(&bench, &before, &what);
                if verb.path.is_empty() {
                    id = answer.json()["id"].as_str().unwrap().to_owned();
                }
                break;
            }
            answer.problem(500, "internal");
            assert!(!answer.text().contains("cable"), "{}", answer.text());
            check(&bench, &before, &what);
            assert_eq!(bench.proven(), before, "{what}: it was done and refused");
        }
    }
    assert!(failures >= story().len(), "only {failures} failures");
    bench.app.ask(&format!("{}/ranking", at(&id))).is(200);
}

#[test]
fn an_answer_that_is_lost_after_the_commit_leaves_the_verb_done_once_and_whole() {
    let bench = Bench::new();
    let mut id = String::new();
    for verb in story() {
        let before = bench.proven();
        bench.store.fail(When::After(1));
        let answer = ask(&bench, &verb, &id);
        let what = format!("{} {}", verb.method, verb.path);
        assert!(bench.store.has_failed(), "{what}");
        assert_eq!(answer.status, 500, "{what}: {}", answer.text());
        check(&bench, &before, &what);
        let done = bench.proven();
        // Asked again, it is done already: the same answer, or one that says so, and no second time.
        let again = ask(&bench, &verb, &id);
        assert!(
            matches!(again.status, 200 | 201 | 409 | 422),
            "{what}: {}",
            again.text()
        );
        let twice = bench.proven();
        if verb.path.is_empty() {
            // A start has no name of its own: asked again, it is another evaluation.
            id = again.json()["id"].as_str().unwrap().to_owned();
        } else if let Body::Sheet(..) = verb.body {
            assert_eq!(again.status, 200, "{}", again.text());
            assert_eq!(twice, done, "{what}: filed twice");
        }
        check(&bench, &done, &what);
    }
}

#[test]
fn a_database_that_may_not_grow_refuses_every_verb_in_a_plain_sentence_until_there_is_room() {
    let bench = Bench::new();
    let mut id = String::new();
    let mut refusals = 0;
    let room = |pages| bench.store.inner.limit_pages(pages).unwrap();
    // Below what it has already, a limit is what it has.
    let mut pages = 1;
    for verb in story() {
        loop {
            let before = bench.proven();
            room(pages);
            let answer = ask(&bench, &verb, &id);
            let what = format!("{} {} in {pages} pages", verb.method, verb.path);
            if answer.status == verb.done {
                if verb.path.is_empty() {
                    id = answer.json()["id"].as_str().unwrap().to_owned();
                }
                break;
            }
            refusals += 1;
            let told = answer.problem(507, "disk-full");
            let told = told["detail"].as_str().unwrap_or_default().to_owned();
            assert!(!told.is_empty(), "{what}");
            assert_eq!(bench.proven(), before, "{what}");
            check(&bench, &before, &what);
            pages += 1;
        }
    }
    assert!(refusals > 10, "only {refusals} refusals");
    room(1 << 20);
    bench.app.ask(&format!("{}/ranking", at(&id))).is(200);
}
