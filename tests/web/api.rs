//! The whole path as programs walk it, and every way in which they are refused.

use reqwest::blocking::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::programs::{Answer, PROBLEM, SET, SHEETS, at, data, form, start};
use crate::support::TestApp;

const LONG: &str = "vendor,criterion,score\nAcme,ITIL-INC,4\nBolt,ITIL-INC,3\n";

#[test]
fn a_script_walks_from_the_start_to_handed_out_sheets() {
    let app = TestApp::open();
    let draft = json!({"title": "  ITSM   tool 2027 ", "criteria": SET, "frozen": false});
    let answer = app.send("POST", "/api/v1/evaluations", &draft).is(201);
    let body = answer.json();
    let id = body["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), at(id));
    assert_eq!(body["title"], "ITSM tool 2027");
    assert_eq!(
        (&body["phase"], &body["evaluation_kind"]),
        (&json!("draft"), &json!("internal"))
    );
    assert_eq!(body["criteria"]["id"], SET);
    assert_eq!(body["steps"][0], json!({"step": "method", "state": "now"}));
    let post = |path: &str, body: Value| app.send("POST", &format!("{}/{path}", at(id)), &body);
    let put = |path: &str, body: Value| app.send("PUT", &format!("{}/{path}", at(id)), &body);
    let delete = |path: &str, body: Value| app.send("DELETE", &format!("{}/{path}", at(id)), &body);

    assert_eq!(
        post("method/freeze", json!({})).blamed(422)[0].1,
        "price-range-needed"
    );
    let mut method = start();
    method.as_object_mut().unwrap().remove("title");
    assert_ne!(
        put("method", method).is(200).json()["criteria"]["sha256"],
        body["criteria"]["sha256"]
    );
    post("vendors", json!({"vendors": ["Acme", "Bolt", "Cork"]})).is(200);
    let people = post("evaluators", json!({"evaluators": ["Ana", "Ben"]}))
        .is(200)
        .json();
    assert_eq!(people["vendors"], json!(["Acme", "Bolt", "Cork"]));
    assert_eq!(people["evaluators"], json!(["Ana", "Ben"]));
    let frozen = Answer::of(app.request("POST", &format!("{}/method/freeze", at(id))))
        .is(200)
        .json();
    assert_eq!(frozen["phase"], "open");
    put(
        "assignments",
        json!({"evaluator": "Ana", "categories": ["itil"]}),
    )
    .is(200);
    let handed = post("handouts", json!({"evaluators": ["Ana", "ben"]}))
        .is(200)
        .json();
    assert!(handed["progress"]["evaluators"][1]["handed_out_at"].is_string());
    delete("vendors", json!({"vendor": "Cork"})).is(200);
}

#[test]
fn a_script_walks_from_the_first_sheet_to_the_decision() {
    let app = TestApp::open();
    let mut body = start();
    body["evaluators"] = json!(["Ana", "Ben"]);
    let id = app.started(&body);
    let id = id.as_str();
    let post = |path: &str, body: Value| app.send("POST", &format!("{}/{path}", at(id)), &body);
    let put = |path: &str, body: Value| app.send("PUT", &format!("{}/{path}", at(id)), &body);
    let delete = |path: &str, body: Value| app.send("DELETE", &format!("{}/{path}", at(id)), &body);

    let filed = app
        .upload(id, "ana.csv", LONG, &[("evaluator", "Ana")])
        .is(201);
    assert_eq!(filed.header("location"), format!("{}/sheets/1", at(id)));
    let receipt = filed.json();
    assert_eq!(receipt["sheet"], 1);
    assert_eq!(receipt["warnings"], json!([]));
    let answers = &receipt["answers"];
    assert_eq!(
        (&answers["new"], &answers["changed"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(answers["evaluators"], json!(["Ana"]));
    assert_eq!(answers["read_as"]["shape"], "long");
    let state = app.ask(&at(id)).is(200).json();
    assert_eq!(answers["missing"], state["progress"]["missing"]);
    assert!(state["progress"]["missing"].as_u64().unwrap() > 0);

    let out = post(
        "exclusions",
        json!({"vendor": "bolt", "reason": "withdrew"}),
    )
    .is(200)
    .json();
    assert_eq!(out["exclusions"][0]["vendor"], "Bolt");
    assert_eq!(out["exclusions"][0]["reason"], "withdrew");
    delete("exclusions", json!({"vendor": "Bolt", "reason": "is back"})).is(200);
    let out = post(
        "recusals",
        json!({"evaluator": "Ben", "vendor": "Acme", "reason": "worked there"}),
    );
    assert_eq!(out.is(200).json()["recusals"][0]["vendor"], "Acme");
    let back = delete(
        "recusals",
        json!({"evaluator": "Ben", "vendor": "Acme", "reason": "an error"}),
    );
    assert_eq!(back.is(200).json()["recusals"], json!([]));

    let early = put("decision", json!({"vendor": "Acme", "reason": "best"}));
    early.problem(409, "scoring-open");
    assert_eq!(
        post("scoring/close", json!({})).is(200).json()["phase"],
        "scoring-closed"
    );
    app.upload(id, "late.csv", LONG, &[("evaluator", "Ben")])
        .problem(409, "scoring-closed");
    post("scoring/reopen", json!({"reason": "a sheet was late"})).is(200);
    post("scoring/close", json!({})).is(200);
    let decided = put("decision", json!({"vendor": "Acme", "reason": "best"}))
        .is(200)
        .json();
    assert_eq!(
        (&decided["phase"], &decided["decision"]["vendor"]),
        (&json!("decided"), &json!("Acme"))
    );
    delete("decision", json!({"reason": "too early"})).is(200);
    let none = put(
        "decision",
        json!({"vendor": null, "reason": "none is good enough"}),
    );
    assert_eq!(none.is(200).json()["decision"]["vendor"], Value::Null);

    let list = app.ask("/api/v1/evaluations").is(200).json();
    assert_eq!(list["evaluations"][0]["id"], id);
    assert_eq!(list["evaluations"][0]["phase"], "decided");
    app.send("DELETE", &at(id), &json!({})).problem(409, "kept");
}

#[test]
fn an_evaluation_without_sheets_can_be_removed() {
    let app = TestApp::open();
    let id = app.started(&start());
    let removed = Answer::of(app.request("DELETE", &at(&id))).is(204);
    assert!(removed.bytes.is_empty());
    app.ask(&at(&id)).problem(404, "no-evaluation");
    assert_eq!(
        app.ask("/api/v1/evaluations").json(),
        json!({"evaluations": []})
    );
}

#[test]
fn all_that_is_wrong_with_a_new_evaluation_is_told_at_once() {
    let app = TestApp::open();
    let body = json!({
        "title": 7, "criteria": "itil-9000", "vendors": ["Acme", "Аcme"], "evaluators": "Ana",
        "evaluation_kind": "auction", "frozen": "yes", "colour": "red",
    });
    let answer = app.send("POST", "/api/v1/evaluations", &body);
    let mut blamed = answer.blamed(422);
    blamed.sort();
    let expected = [
        ("colour", "unknown-field"),
        ("criteria", "unknown-criteria-set"),
        ("evaluation_kind", "unknown-kind"),
        ("evaluators", "not-a-list"),
        ("frozen", "not-true-or-false"),
        ("title", "not-a-text"),
        ("vendors", "confusable-name"),
    ];
    let expected = expected.map(|(field, code)| (field.to_owned(), code.to_owned()));
    assert_eq!(blamed, expected);
    assert_eq!(answer.json()["problems"][0]["value"], "auction");
    assert_eq!(
        app.ask("/api/v1/evaluations").json(),
        json!({"evaluations": []})
    );
}

#[test]
fn a_price_range_that_is_needed_and_not_given_is_a_problem() {
    let app = TestApp::open();
    let body = json!({"title": "T", "criteria": SET});
    let answer = app.send("POST", "/api/v1/evaluations", &body);
    let expected = ("prices.CST-TCO".to_owned(), "price-range-needed".to_owned());
    assert_eq!(answer.blamed(422), [expected]);
}

#[test]
fn an_amount_is_read_from_its_digits_and_never_through_a_float() {
    let app = TestApp::open();
    let with = |floor: &str, ceiling: &str| {
        let body = format!(
            "{{\"title\": \"T\", \"criteria\": \"{SET}\", \"prices\": {{\"CST-TCO\": {{\"floor\": {floor}, \
             \"ceiling\": {ceiling}, \"currency\": \"EUR\"}}}}}}"
        );
        let request = app.request("POST", "/api/v1/evaluations");
        Answer::of(
            request
                .header("content-type", "application/json")
                .body(body),
        )
    };
    let digest = |answer: Answer| answer.is(201).json()["criteria"]["sha256"].clone();
    // As a float these two would be the same.
    let exact = digest(with("0.1", "123456789012.123456789"));
    let near = digest(with("0.1", "123456789012.123456788"));
    assert_ne!(exact, near);
    assert_eq!(exact, digest(with("\"0.1\"", "\"123456789012.123456789\"")));
    for (floor, ceiling) in [("1e3", "2000"), ("true", "[]"), ("\"1,5\"", "\"2.000,00\"")] {
        assert!(!with(floor, ceiling).blamed(422).is_empty(), "{floor}");
    }
    assert_eq!(with("9", "3").blamed(422)[0].1, "empty-price-range");
}

#[test]
fn a_document_that_cannot_be_read_is_refused_with_its_place() {
    let app = TestApp::open();
    let send = |kind: &str, body: &str| {
        let request = app.request("POST", "/api/v1/evaluations");
        Answer::of(request.header("content-type", kind).body(body.to_owned()))
    };
    let broken = send("application/json", "{\"title\": \"T\",\n \"criteria\" }");
    let told = broken.problem(400, "malformed");
    let detail = told["detail"].as_str().unwrap();
    assert!(detail.contains("line 2 column 13"), "{detail}");
    send("application/json", "[]").problem(400, "malformed");
    send("text/plain", "{}").problem(415, "wrong-type");
    send("application/x-www-form-urlencoded", "title=T").problem(415, "wrong-type");
    let charset = send("application/json; charset=utf-8", "{}");
    assert!(charset.blamed(422).len() >= 2);
    let twice = send("application/json", "{\"title\": \"A\", \"title\": \"B\"}");
    assert!(
        twice
            .blamed(422)
            .contains(&("title".to_owned(), "sent-twice".to_owned()))
    );
    let long = format!("{{\"title\": \"{}\"}}", "x".repeat(2_000_000));
    send("application/json", &long).problem(413, "too-large");
}

#[test]
fn a_sheet_is_looked_at_filed_once_withdrawn_and_restored() {
    let app = TestApp::open();
    let id = app.started(&start());
    let ana = [("evaluator", "Ana")];
    let looked = app.upload(
        &id,
        "ana.csv",
        LONG,
        &[("evaluator", "Ana"), ("dry_run", "true")],
    );
    let looked = looked.is(200).json();
    assert_eq!(
        (&looked["sheet"], &looked["answers"]["new"]),
        (&Value::Null, &json!(2))
    );
    assert_eq!(app.ask(&at(&id)).json()["sheets"], json!([]));
    let query = format!("{}/sheets?dry_run=true&evaluator=Ana", at(&id));
    let by_query = Answer::of(
        app.request("POST", &query)
            .multipart(form("ana.csv", LONG, &[])),
    );
    assert_eq!(by_query.is(200).json()["answers"], looked["answers"]);

    let filed = app.upload(&id, "ana.csv", LONG, &ana).is(201).json();
    assert_eq!(filed["answers"], looked["answers"]);
    let again = app.upload(&id, "ana.csv", LONG, &ana).is(200);
    assert_eq!(again.header("location"), format!("{}/sheets/1", at(&id)));
    let again = again.json();
    assert_eq!(
        (&again["sheet"], &again["answers"]["unchanged"]),
        (&json!(1), &json!(2))
    );

    let sheet = format!("{}/sheets/1", at(&id));
    let list = app.ask(&format!("{}/sheets", at(&id))).is(200).json();
    assert_eq!(list["sheets"].as_array().unwrap().len(), 1);
    assert_eq!(app.ask(&sheet).is(200).json(), list["sheets"][0]);
    let original = app.ask(&format!("{sheet}/original")).is(200);
    assert_eq!(original.bytes, LONG.as_bytes());
    assert!(
        original
            .header("content-disposition")
            .starts_with("attachment; filename=\"ana.csv\"")
    );

    let reason = json!({"reason": "wrong file"});
    let no_reason = Answer::of(app.request("DELETE", &sheet));
    assert_eq!(
        no_reason.blamed(422),
        [("reason".to_owned(), "reason-missing".to_owned())]
    );
    let withdrawn = app.send("DELETE", &sheet, &reason).is(200).json();
    assert_eq!(withdrawn["sheets"][0]["withdrawn"]["reason"], "wrong file");
    let unchanged = app
        .send("DELETE", &sheet, &json!({"reason": "again"}))
        .is(200)
        .json();
    assert_eq!(unchanged, withdrawn);
    let restored = app
        .send("POST", &format!("{sheet}/restore"), &reason)
        .is(200)
        .json();
    assert_eq!(restored["sheets"][0]["withdrawn"], Value::Null);
    for path in [
        "sheets/2",
        "sheets/0",
        "sheets/x",
        "sheets/99999999999",
        "sheets/2/original",
    ] {
        app.ask(&format!("{}/{path}", at(&id)))
            .problem(404, "no-sheet");
    }
}

#[test]
fn a_refused_sheet_is_told_cell_by_cell_and_leaves_nothing() {
    let app = TestApp::open();
    let id = app.started(&start());
    let before = app.ask(&at(&id)).json();
    let sheet = "vendor,criterion,score\nAcme,ITIL-INC,9\nAcme,ITIL-XXX,4\n";
    let body = app
        .upload(&id, "a.csv", sheet, &[])
        .problem(422, "sheet-problems");
    let problems = body["problems"].as_array().unwrap();
    let codes: Vec<_> = problems.iter().map(|one| &one["code"]).collect();
    assert_eq!(codes, ["out-of-range", "unknown-criterion"]);
    assert_eq!(
        (&problems[0]["row"], &problems[0]["column"]),
        (&json!(2), &json!("score"))
    );
    assert_eq!(problems[0]["value"], "9");
    assert!(problems[0]["message"].is_string());
    let mut after = app.ask(&at(&id)).json();
    assert_ne!(
        after["record"], before["record"],
        "the record tells of the attempt"
    );
    after["record"] = before["record"].clone();
    assert_eq!(after, before);
}

#[test]
fn a_sheet_that_does_not_fit_is_told_in_the_same_form() {
    let app = TestApp::open();
    let id = app.started(&start());
    app.upload(&id, "a.csv", LONG, &[]).is(201);
    let other = LONG.replace(",4", ",2");
    let nameless = app.upload(&id, "b.csv", other.clone(), &[]);
    let problem = &nameless.problem(422, "does-not-fit")["problems"][0];
    assert_eq!(problem["code"], "evaluator-needed");
    assert_eq!(
        (&problem["row"], &problem["column"]),
        (&Value::Null, &Value::Null)
    );
    app.upload(&id, "b.csv", other, &[("evaluator", "panel")])
        .is(201);
    let alike = LONG.replace("Acme", "Аcme");
    let alike = app.upload(
        &id,
        "c.csv",
        alike,
        &[("evaluator", "Ana"), ("new_vendors", "allow")],
    );
    let problems = alike.is(422).json()["problems"].clone();
    assert!(
        problems.to_string().contains("confusable-name"),
        "{problems}"
    );
}

#[test]
fn lists_that_were_given_are_kept_to_unless_others_are_allowed() {
    let app = TestApp::open();
    let mut body = start();
    body["vendors"] = json!(["Acme"]);
    body["evaluators"] = json!(["Ana"]);
    let id = app.started(&body);
    let refused = app.upload(&id, "a.csv", LONG, &[("evaluator", "Ben")]);
    let problems = refused.problem(422, "sheet-problems")["problems"].to_string();
    assert!(problems.contains("unknown-vendor"), "{problems}");
    assert!(problems.contains("unknown-evaluator"), "{problems}");
    let allowed = [
        ("evaluator", "Ben"),
        ("new_vendors", "allow"),
        ("new_evaluators", "allow"),
    ];
    app.upload(&id, "a.csv", LONG, &allowed).is(201);
    assert_eq!(app.ask(&at(&id)).json()["vendors"], json!(["Acme", "Bolt"]));

    let open = app.started(&start());
    app.upload(&open, "a.csv", LONG, &[("evaluator", "Ana")])
        .is(201);
    let other = LONG.replace("Bolt", "Cork");
    app.upload(&open, "b.csv", other, &[("evaluator", "Ben")])
        .is(422);
    app.upload(&open, "b.csv", LONG, &[("evaluator", "Ben")])
        .is(201);
}

#[test]
fn a_form_says_exactly_what_it_may() {
    let app = TestApp::open();
    let id = app.started(&start());
    let path = format!("{}/sheets", at(&id));
    let send = |form: Form| Answer::of(app.request("POST", &path).multipart(form));
    let file = || Part::bytes(LONG.as_bytes().to_vec()).file_name("a.csv");
    let codes = |form: Form| -> Vec<String> {
        let blamed = send(form).blamed(422).into_iter();
        blamed.map(|(_, code)| code).collect()
    };
    assert_eq!(
        codes(Form::new().text("evaluator", "Ana")),
        ["file-missing"]
    );
    assert_eq!(codes(Form::new().text("file", LONG)), ["file-missing"]);
    assert_eq!(
        codes(Form::new().part("file", file()).part("file", file())),
        ["one-file-only"]
    );
    let several = form(
        "a.csv",
        LONG,
        &[("new_vendors", "yes"), ("dry_run", "1"), ("colour", "red")],
    );
    assert_eq!(
        codes(several),
        ["unknown-value", "unknown-value", "unknown-field"]
    );
    assert_eq!(
        codes(Form::new().part("sheet", file())),
        ["unknown-field", "file-missing"]
    );
    let plain = app
        .request("POST", &path)
        .header("content-type", "text/csv")
        .body(LONG);
    Answer::of(plain).problem(415, "wrong-type");
    send(form("a.csv", "", &[])).problem(422, "sheet-problems");
    let pdf = send(form("a.csv", "%PDF-1.7\n%âãÏÓ\n1 0 obj\n", &[]));
    let problems = pdf.problem(415, "not-a-sheet")["problems"].clone();
    assert_eq!(problems.as_array().unwrap().len(), 1, "{problems}");
    assert_eq!(app.ask(&at(&id)).json()["sheets"], json!([]));
}

#[test]
fn a_tender_hides_its_results_until_scoring_is_closed() {
    let app = TestApp::open();
    let mut body = start();
    body["evaluation_kind"] = json!("tender");
    let id = app.with_sample(&body);
    let results = [
        format!("{}/ranking", at(&id)),
        format!("{}/ranking?lens=cio", at(&id)),
        format!("{}/ranking.csv", at(&id)),
        format!("{}/scores.csv", at(&id)),
    ];
    for path in &results {
        app.ask(path).problem(409, "results-hidden");
    }
    for name in [
        "ranking.csv",
        "ranking.xlsx",
        "ranking.json",
        "scores.csv",
        "scores.xlsx",
        "report.html",
    ] {
        let hidden = app.ask(&format!("/evaluations/{id}/{name}")).is(409);
        assert_eq!(hidden.header("scorecard-record"), "");
    }
    let state = app.ask(&at(&id)).is(200).text();
    assert!(
        !state.contains("rank\"") && !state.contains("total"),
        "{state}"
    );
    app.send("POST", &format!("{}/scoring/close", at(&id)), &json!({}))
        .is(200);
    for path in &results {
        app.ask(path).is(200);
    }
}

#[test]
fn a_name_or_an_address_that_is_not_there_is_told_as_such() {
    let app = TestApp::open();
    let id = app.started(&start());
    for path in [
        "/api",
        "/api/v1",
        "/api/v2/evaluations",
        "/api/v1/evaluations/",
        "/api/v1/evaluation",
    ] {
        app.ask(path).problem(404, "not-found");
    }
    for unknown in ["abcdefghjkmn", "x", "..%2f..%2fetc", "%00"] {
        for rest in [
            "",
            "/ranking",
            "/sheets",
            "/sheets/1",
            "/sheets/1/original",
            "/scores.csv",
        ] {
            let answer = app.ask(&format!("{}{rest}", at(unknown)));
            assert_eq!(answer.status, 404, "{unknown}{rest}: {}", answer.text());
            assert_eq!(answer.header("content-type"), PROBLEM);
        }
        let answer = app.upload(unknown, "a.csv", LONG, &[]);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (404, PROBLEM)
        );
    }
    let nobody = json!({"vendor": "Nobody", "reason": "r"});
    let answer = app.send("POST", &format!("{}/exclusions", at(&id)), &nobody);
    assert_eq!(
        answer.blamed(422),
        [("vendor".to_owned(), "unknown-vendor".to_owned())]
    );
}

#[test]
fn another_method_is_refused_and_head_is_get_without_a_body() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    for (method, path) in [
        ("PUT", "/api/v1/evaluations".to_owned()),
        ("PATCH", at(&id)),
        ("GET", format!("{}/decision", at(&id))),
        ("POST", format!("{}/ranking", at(&id))),
        ("PUT", format!("{}/sheets/1", at(&id))),
    ] {
        let refused = Answer::of(app.request(method, &path));
        refused.problem(405, "method-not-allowed");
        assert!(!refused.header("allow").is_empty(), "{method} {path}");
    }
    for path in [
        at(&id),
        format!("{}/ranking", at(&id)),
        format!("/evaluations/{id}/ranking.csv"),
    ] {
        let (head, get) = (
            Answer::of(app.request("HEAD", &path)).is(200),
            app.ask(&path).is(200),
        );
        assert!(head.bytes.is_empty());
        for name in ["content-type", "content-length", "scorecard-record"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {path}");
        }
    }
}

#[test]
fn whoever_has_not_come_in_is_told_so_as_a_program() {
    let app = TestApp::locked();
    app.ask("/api/v1/evaluations").problem(401, "login-needed");
    let started = app.send("POST", "/api/v1/evaluations", &start());
    started.problem(401, "login-needed");
    let entered = TestApp::entered();
    entered.started(&start());
}

#[test]
fn the_sheets_of_the_sample_go_in_by_title_and_by_id_in_any_dialect() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    let state = app.ask(&at(&id)).json();
    assert_eq!(state["sheets"].as_array().unwrap().len(), SHEETS.len());
    assert_eq!(state["progress"]["missing"], 0);
    let mei = app.upload(
        &id,
        "mei-lindqvist.csv",
        data("sample/mei-lindqvist.csv"),
        &[],
    );
    let read_as = mei.is(200).json()["answers"]["read_as"].clone();
    assert_eq!(read_as["separator"], "semicolon");
}
