//! How firm a win is and how much evaluators agree, for programs: what the command line prints, and nothing a tender hides.

use std::process::Command;

use reqwest::blocking::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::programs::{Answer, PRICES, SET, SHEETS, at, start};
use crate::support::{TestApp, without_tags};

/// What a command prints for the sample.
fn printed(command: &str, more: &[&str]) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/sample");
    let mut run = Command::new(env!("CARGO_BIN_EXE_scorecard"));
    run.current_dir(folder);
    run.args([command, "--criteria", SET, "--price", PRICES]);
    let output = run.args(more).args(SHEETS).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn firmness_and_agreement_have_the_bytes_of_the_command_line() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    for (query, flags) in [
        ("draws=2000", "--draws 2000"),
        (
            "draws=2000&seed=7&weights=uniform&lens=cto",
            "--draws 2000 --seed 7 --weights uniform --lens cto",
        ),
        (
            "draws=1000&weights=band:10",
            "--draws 1000 --weights band:10",
        ),
    ] {
        let flags: Vec<&str> = flags.split(' ').collect();
        let answer = app.ask(&format!("{}/firmness?{query}", at(&id))).is(200);
        assert_eq!(answer.text(), printed("firmness", &flags), "{query}");
        assert_eq!(answer.header("content-type"), "application/json");
        assert!(!answer.header("scorecard-record").is_empty());
    }
    let answer = app.ask(&format!("{}/agreement", at(&id))).is(200);
    assert_eq!(answer.text(), printed("agreement", &[]));
}

#[test]
fn what_cannot_be_drawn_is_told_all_at_once() {
    let app = TestApp::open();
    let id = app.with_sample(&start());
    let path = format!("{}/firmness", at(&id));
    let refused = app.ask(&format!("{path}?draws=0&seed=x&weights=band:200"));
    let body = refused.problem(422, "fields");
    let codes: Vec<&Value> = body["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| &problem["code"])
        .collect();
    assert_eq!(
        codes,
        ["draws-out-of-range", "not-a-number", "unknown-weights"]
    );
    app.ask(&format!("{path}?draws=1000001"))
        .problem(422, "fields");
    app.ask(&format!("{path}?draw=10")).problem(422, "fields");
    app.ask(&format!("{path}?lens=cxo")).problem(404, "no-lens");
    app.ask("/api/v1/evaluations/none/agreement")
        .problem(404, "no-evaluation");
}

#[test]
fn a_tender_hides_both_until_scoring_is_closed() {
    let app = TestApp::open();
    let mut tender = start();
    tender["evaluation_kind"] = json!("tender");
    let id = app.with_sample(&tender);
    for name in ["firmness?draws=100", "agreement"] {
        let path = format!("{}/{name}", at(&id));
        app.ask(&path).problem(409, "results-hidden");
    }
    let close = app.request("POST", &format!("{}/scoring/close", at(&id)));
    Answer::of(close.json(&json!({}))).is(200);
    for name in ["firmness?draws=100", "agreement"] {
        app.ask(&format!("{}/{name}", at(&id))).is(200);
    }
}

#[test]
fn weights_by_method_come_from_a_body_or_a_form() {
    let app = TestApp::open();
    let csv = "criterion,points\nX,100\nY,60\nZ,40\n";
    let plain = app.request("POST", "/api/v1/weights/swing");
    let plain = plain.header("content-type", "text/csv").body(csv);
    let plain = Answer::of(plain).is(200);
    assert_eq!(
        plain.json()["exact"],
        json!({"X": "1/2", "Y": "3/10", "Z": "1/5"})
    );
    let form = Form::new().part("file", Part::text(csv).file_name("swing.csv"));
    let form = app.request("POST", "/api/v1/weights/swing").multipart(form);
    assert_eq!(Answer::of(form).is(200).bytes, plain.bytes);
    for (method, file) in [
        ("ahp", "criterion,X,Y\nX,1,3\nY,1/3,1\n"),
        ("roc", "criterion,rank\nX,1\nY,2\n"),
        ("rank-sum", "criterion,rank\nX,1\nY,2\n"),
    ] {
        let sent = app.request("POST", &format!("/api/v1/weights/{method}"));
        let sent = sent.header("content-type", "text/csv").body(file);
        assert_eq!(Answer::of(sent).is(200).json()["method"], method);
    }
}

#[test]
fn judgements_that_cannot_be_read_are_told_with_their_rows() {
    let app = TestApp::open();
    let sent = app.request("POST", "/api/v1/weights/swing");
    let sent = sent
        .header("content-type", "text/csv")
        .body("criterion,points\nX,many\nY,-1\n");
    let body = Answer::of(sent).problem(422, "judgement-problems");
    assert_eq!(body["problems"][0]["row"], 2);
    assert_eq!(body["problems"][0]["code"], "not-a-number");
    assert_eq!(body["problems"][1]["code"], "negative");
    let unknown = app.request("POST", "/api/v1/weights/guess");
    let unknown = unknown.header("content-type", "text/csv").body("x");
    Answer::of(unknown).problem(404, "not-found");
    let untyped = app
        .request("POST", "/api/v1/weights/swing")
        .json(&json!({}));
    Answer::of(untyped).problem(415, "wrong-type");
    let empty = app.request("POST", "/api/v1/weights/swing");
    let empty = empty.multipart(Form::new().text("a", "b"));
    let body = Answer::of(empty).problem(422, "fields");
    assert_eq!(body["problems"][0]["code"], "one-file-needed");
}

/// The sample of the first page, complete.
fn sample(app: &TestApp) -> String {
    format!("/evaluations/{}", app.with_sample(&start()))
}

fn page(app: &TestApp, path: &str) -> String {
    let answer = app.get(path);
    assert_eq!(answer.status(), 200, "{path}");
    without_tags(&answer.text().unwrap())
}

#[test]
fn the_page_says_how_often_who_is_first_and_from_which_draws() {
    let app = TestApp::open();
    let at = sample(&app);
    let text = page(&app, &format!("{at}/firmness"));
    assert!(
        text.contains("of 100 draws of the weights within a quarter of the agreed ones,"),
        "{text}"
    );
    assert!(text.contains("100,000 draws, seed 1: each weight is multiplied by a number drawn from 75 to 125 hundredths"));
    assert!(text.contains("The standard error of a figure is at most 0."));
    assert!(text.contains("and it comes first in at least 95 of 100 draws"));
    assert!(text.contains("Weighted product: same winner?"));
    let other = page(
        &app,
        &format!("{at}/firmness?draws=2000&seed=9&weights=uniform"),
    );
    assert!(other.contains("draws of any weights at all,"), "{other}");
    assert!(other.contains("2,000 draws, seed 9: all ways to share out the whole"));
}

#[test]
fn the_page_and_the_api_count_the_same_draws() {
    let app = TestApp::open();
    let at = sample(&app);
    let query = "draws=1000&seed=5";
    let told = app.ask(&format!("/api/v1{at}/firmness?{query}")).json();
    let text = app.get(&format!("{at}/firmness?{query}")).text().unwrap();
    for one in told["acceptability"].as_array().unwrap() {
        for part in one["ranks"].as_array().unwrap() {
            // Thousands of draws, some of them shared, have one decimal in percent or are rounded to it.
            let shown = format!("{:.1}<svg", part.as_f64().unwrap() * 100.0);
            assert!(text.contains(&shown) || shown.starts_with("0.0"), "{shown}");
        }
    }
}

#[test]
fn one_verdict_stands_on_the_pages_in_the_api_and_on_the_command_line() {
    let app = TestApp::open();
    let at = sample(&app);
    for lens in ["", "cto"] {
        let (and, flags) = match lens {
            "" => (String::new(), vec!["--draws", "500"]),
            lens => (
                format!("&lens={lens}"),
                vec!["--draws", "500", "--lens", lens],
            ),
        };
        let said: Value = serde_json::from_str(&printed("firmness", &flags)).unwrap();
        let query = format!("draws=500{and}");
        let told = app.ask(&format!("/api/v1{at}/firmness?{query}")).json();
        for key in ["verdict", "reasons", "first_in_band"] {
            assert_eq!(told[key], said[key], "{lens} {key}");
        }
        let word = said["verdict"].as_str().unwrap().replace('-', " ");
        let text = page(&app, &format!("{at}/firmness?{query}"));
        let head = format!("How firm first place is: {word}");
        assert!(text.contains(&head), "{lens}: {head} {text}");
        if lens.is_empty() {
            let ranking = page(&app, &at).to_lowercase();
            assert!(ranking.contains(&word), "{ranking}");
            let advice = page(&app, &format!("{at}/advice.html")).to_lowercase();
            assert!(advice.contains(&word), "{advice}");
        }
    }
}

#[test]
fn many_draws_are_made_behind_a_page_that_loads_itself_again() {
    let app = TestApp::open();
    let path = format!("{}/firmness?draws=150000&weights=band:10", sample(&app));
    let first = app.get(&path);
    assert_eq!(first.headers()["refresh"], "2");
    let text = without_tags(&first.text().unwrap());
    assert!(
        text.contains("150000 draws of the weights are being made"),
        "{text}"
    );
    let done = (0..600).find_map(|_| {
        let answer = app.get(&path);
        if answer.headers().contains_key("refresh") {
            std::thread::sleep(std::time::Duration::from_millis(50));
            return None;
        }
        Some(without_tags(&answer.text().unwrap()))
    });
    assert!(done.unwrap().contains("150,000 draws, seed 1:"));
}

#[test]
fn programs_are_told_to_ask_again_while_the_same_long_draws_are_made() {
    let app = TestApp::open();
    let at = sample(&app);
    let query = "draws=150000&weights=band:12";
    let begun = app.get(&format!("{at}/firmness?{query}"));
    assert_eq!(begun.headers()["refresh"], "2");
    let path = format!("/api/v1{at}/firmness?{query}");
    let refused = app.ask(&path);
    let body = refused.problem(503, "draws-go-on");
    assert_eq!(refused.header("retry-after"), "2");
    let detail = body["detail"].as_str().unwrap();
    assert!(detail.contains("Ask again in a few seconds"), "{detail}");
    // Short draws keep nobody from anything, and are made at once.
    app.ask(&format!("/api/v1{at}/firmness?draws=100")).is(200);
    let done = (0..600).find_map(|_| {
        let answer = app.ask(&path);
        if answer.status == 503 {
            std::thread::sleep(std::time::Duration::from_millis(50));
            return None;
        }
        Some(answer.is(200).json())
    });
    assert_eq!(done.unwrap()["method"]["draws"], 150_000);
}

/// The text of a file, or of everything that is packed in it.
fn unpacked(bytes: &[u8]) -> String {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut one = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_index(at).unwrap(), &mut one).unwrap();
        all.push_str(&unpacked(&one));
    }
    all
}

#[test]
fn weights_by_method_become_a_version_of_the_set_with_their_file_on_record() {
    let app = TestApp::open();
    for (method, said) in [
        ("ahp", "criterion,X,Y\nX,1,3\nY,1/3,1\n"),
        ("roc", "criterion,rank\nX,1\nY,2\n"),
        ("rank-sum", "criterion,rank\nX,1\nY,2\n"),
        ("swing", "criterion,points\nX,100\nY,40\n"),
    ] {
        let fields = [
            ("title", "Weights"),
            ("kind", "internal"),
            ("criteria", "itsm-one-afternoon"),
        ];
        let page = app.post("/evaluations", &fields);
        let location = page.headers()["location"].to_str().unwrap().to_owned();
        let home = location.split("/method").next().unwrap().to_owned();
        let said = said.replace('X', "FEA-OMN").replace('Y', "FEA-AUT");
        let send = |path: &str, said: &str| {
            let sent = app.request("POST", &format!("/api/v1{home}/{path}"));
            Answer::of(
                sent.header("content-type", "text/csv")
                    .body(said.to_owned()),
            )
        };
        let half = "criterion,points\nFEA-OMN,100\n";
        let refused = send("weights/swing", half).problem(422, "fields");
        assert_eq!(refused["problems"][0]["code"], "group-left-out");
        let wrong = said.replace("FEA-AUT", "FEA-OMN");
        send(&format!("weights/{method}"), &wrong).problem(422, "judgement-problems");
        send(&format!("weights/{method}"), &said).is(200);
        let toml = app.get(&format!("{home}/criteria.toml")).text().unwrap();
        assert!(toml.contains("itsm-one-afternoon-weighed"), "{toml}");
        let page = app.get(&format!("{home}/method")).text().unwrap();
        let link = page.split("/method/judgements/").nth(1).unwrap();
        let digest = link.split('"').next().unwrap();
        for path in ["method/judgements", "judgements"] {
            let start = if path == "judgements" { "/api/v1" } else { "" };
            let saved = app.ask(&format!("{start}{home}/{path}/{digest}")).is(200);
            assert_eq!(saved.text(), said, "{path}");
        }
        app.ask(&format!("/api/v1{home}/judgements/none"))
            .problem(404, "no-judgements");
    }
}

#[test]
fn the_panel_is_compared_for_whoever_chairs_and_in_nothing_that_is_handed_out() {
    let app = TestApp::open();
    let at = sample(&app);
    let text = page(&app, &format!("{at}/panel"));
    for told in [
        "For whoever chairs the evaluation, and nobody else",
        "Kendall’s W takes whole orders, and fewer than two evaluators have one",
        "Leaving out Tamwick Flow (fictional), where a score is missing, the 3 evaluators",
        "no response about Tamwick Flow (fictional), Accessibility",
        "Krippendorff’s alpha for distances is 0.78",
        "Ostervane Service (fictional) another winner",
        "The whole agenda",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    for file in [
        "report.html",
        "method.html",
        "debriefs/1/txt",
        "debriefs/1/html",
        "debriefs.zip",
        "ranking.csv",
        "ranking.json",
        "ranking.xlsx",
        "scores.csv",
        "scores.xlsx",
        "bundle.zip",
        "firmness",
    ] {
        let saved = app.get(&format!("{at}/{file}"));
        assert_eq!(saved.status(), 200, "{file}");
        tells_no_comparison(file, &unpacked(&saved.bytes().unwrap()));
    }
    // The advice is for whoever chairs: what compares people stands in it once, on a page of its own.
    let advice = page(&app, &format!("{at}/advice.html"));
    assert!(advice.contains("Krippendorff’s alpha for distances is 0.78"));
}

/// No evaluator is measured by the others, and nobody says who would win without whom.
#[track_caller]
fn tells_no_comparison(file: &str, text: &str) {
    for word in [
        "Krippendorff",
        "Kendall",
        "Spearman",
        "eniency",
        "Above the others",
        "Scale used",
        "gives more than the others",
        "gives less than the others",
        "First without them",
    ] {
        assert!(!text.contains(word), "{file} tells {word}");
    }
    for name in ["Ines Halloran", "Tobias Okafor", "Mei Lindqvist"] {
        for told in [
            format!("Without the scores of {name}"),
            format!("without the scores of {name}"),
            format!("Without {name}"),
            format!("without {name}"),
        ] {
            assert!(!text.contains(&told), "{file} tells {told}");
        }
    }
    let told = text.matches("Without the scores of").count();
    let unnamed = text
        .matches("Without the scores of one evaluator another vendor")
        .count();
    assert_eq!(told, unnamed, "{file}");
}

#[test]
fn a_tender_compares_nobody_before_scoring_is_closed() {
    let app = TestApp::open();
    let mut tender = start();
    tender["evaluation_kind"] = json!("tender");
    let id = app.with_sample(&tender);
    for name in ["panel", "advice.html", "report.html", "debriefs.zip"] {
        let refused = app.get(&format!("/evaluations/{id}/{name}"));
        assert_eq!(refused.status(), 409, "{name}");
        tells_no_comparison(name, &refused.text().unwrap());
    }
    let close = app.request("POST", &format!("{}/scoring/close", at(&id)));
    Answer::of(close.json(&json!({}))).is(200);
    assert_eq!(app.get(&format!("/evaluations/{id}/panel")).status(), 200);
}
