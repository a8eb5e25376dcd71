//! How firm the win is, from sheets to JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::{Bench, TWO, quality_and_price};

/// X (60) and Y (40) from 0 to 100; Bolt is first as soon as X makes up less than 19 of 46.
const ACME_AND_BOLT: &str =
    "vendor,criterion,score\nAcme,X,80\nAcme,Y,50\nBolt,X,53\nBolt,Y,69\nC,X,50\nC,Y,50\n";

fn bench() -> Bench {
    let set = TWO.replace("max = 5", "max = 100");
    Bench::with(&[("set.toml", &set), ("s.csv", ACME_AND_BOLT)])
}

fn firmness(bench: &Bench, arguments: &str) -> Value {
    let done = bench.run(&format!("firmness --criteria set.toml {arguments}"));
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(done.stderr, "");
    serde_json::from_str(&done.stdout).unwrap()
}

fn accepted<'a>(result: &'a Value, vendor: &str) -> &'a Value {
    let mut vendors = result["acceptability"].as_array().unwrap().iter();
    vendors.find(|one| one["vendor"] == vendor).unwrap()
}

/// A number in thousandths, rounded.
fn thousandths(value: &Value) -> i64 {
    let text = format!("{:.3}", value.as_f64().unwrap());
    text.replace('.', "").parse().unwrap()
}

#[test]
fn the_contract_has_these_keys_and_values() {
    let result = firmness(&bench(), "s.csv");
    assert_eq!(result["verdict"], "firm");
    assert_eq!(
        result["method"],
        json!({"draws": 100_000, "seed": 1, "weights": "band:25", "version": "1"})
    );
    assert_eq!(
        result["stability"][0],
        json!({
            "on": "X", "share": "60.00",
            "first_place": {"low": "41.30", "high": "100.00", "low_exact": "19/46", "high_exact": "1/1"},
            "flips_to": "Bolt", "below": ["Bolt"], "above": []
        })
    );
    assert_eq!(
        result["smallest_flip"],
        json!({"on": "X", "from": "60.00", "to": "41.30", "winner": "Bolt", "moved": "18.70"})
    );
    assert_eq!(
        result["dominated"],
        json!([{"vendor": "C", "by": ["Acme", "Bolt"]}])
    );
    assert_eq!(result["never_first"], json!(["C"]));
    let c = accepted(&result, "C");
    assert_eq!(c["ranks"], json!([0, 0, 1]));
    assert_eq!(c["central_weights"], Value::Null);
    assert_eq!(c["confidence"], Value::Null);
    assert_eq!(result["reasons"], json!([]));
}

#[test]
fn over_the_simplex_first_place_is_the_part_beyond_the_crossing() {
    let result = firmness(&bench(), "--weights uniform s.csv");
    assert_eq!(result["method"]["weights"], "uniform");
    let acme = accepted(&result, "Acme");
    // 1 - 19/46 = 0.587, the standard error is 0.0016.
    assert!(
        (582..=592).contains(&thousandths(&acme["ranks"][0])),
        "{acme}"
    );
    assert_eq!(thousandths(&acme["standard_errors"][0]), 2);
    // Half way from 19/46 to 1.
    assert!(
        (704..=709).contains(&thousandths(&acme["central_weights"]["X"])),
        "{acme}"
    );
    assert_eq!(acme["confidence"], 1);
    assert_eq!(acme["ahead_of"]["C"], 1);
    assert_eq!(acme["ahead_of_standard_errors"]["C"], 0);
    assert_eq!(acme["confidence_standard_error"], 0);
    // The verdict asks the band, whatever is drawn to be shown.
    assert_eq!(result["verdict"], "firm");
    assert_eq!(result["first_in_band"], 1);
}

#[test]
fn a_win_in_fewer_than_95_of_100_draws_is_not_firm_whatever_is_drawn_to_be_shown() {
    // Bolt is first once X weighs less than 5/9 of the whole; it weighs 3/5, and a band of 25 percent often goes below.
    let set = TWO.replace("max = 5", "max = 100");
    let near = "vendor,criterion,score\nAcme,X,100\nAcme,Y,0\nBolt,X,20\nBolt,Y,100\n";
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", near)]);
    let usual = firmness(&bench, "s.csv");
    assert!(thousandths(&usual["first_in_band"]) < 950, "{usual}");
    assert!(usual["first_in_band_standard_error"].as_f64().unwrap() < 0.002);
    assert_ne!(usual["verdict"], "firm");
    for other in [
        "--draws 1",
        "--weights band:1",
        "--weights uniform --seed 9",
    ] {
        let told = firmness(
            &bench,
            &format!("--draws 100 {other} s.csv").replace("--draws 100 --draws 1", "--draws 1"),
        );
        assert_eq!(told["verdict"], usual["verdict"], "{other}");
        assert_eq!(told["first_in_band"], usual["first_in_band"], "{other}");
    }
}

#[test]
fn the_seed_decides_every_byte() {
    let bench = bench();
    let run = |seed: u64| {
        let done = bench.run(&format!(
            "firmness --criteria set.toml --weights uniform --draws 1000 --seed {seed} s.csv"
        ));
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        done.stdout
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
    run(u64::MAX);
}

#[test]
fn a_lead_that_is_small_or_shared_is_a_close_call_with_its_reason() {
    let set = TWO.replace("max = 5", "max = 100");
    let shared = "vendor,criterion,score\nA,X,80\nA,Y,50\nB,X,80\nB,Y,50\n";
    let bench = Bench::with(&[("set.toml", &set), ("shared.csv", shared)]);
    let result = firmness(&bench, "--draws 100 shared.csv");
    assert_eq!(result["verdict"], "close-call");
    assert_eq!(result["reasons"], json!([{"code": "shared"}]));
    assert_eq!(accepted(&result, "A")["ranks"], json!([0.5, 0.5]));
    let small = "vendor,criterion,score\nA,X,80\nA,Y,50\nB,X,80\nB,Y,49\n";
    let bench = Bench::with(&[("set.toml", &set), ("small.csv", small)]);
    let result = firmness(&bench, "--draws 100 small.csv");
    assert_eq!(
        result["reasons"],
        json!([{"code": "small-lead", "lead": "0.40"}])
    );
}

#[test]
fn a_win_that_hangs_on_one_evaluator_is_a_close_call_that_names_nobody() {
    let set = TWO.replace("max = 5", "max = 100");
    let mut sheet = "vendor,criterion,evaluator,score\n".to_owned();
    // A leads by 40/3; without Ben, or without Cleo, B does by 5.
    for (evaluator, a, b) in [("Ana", 20, 80), ("Ben", 90, 40), ("Cleo", 90, 40)] {
        for criterion in ["X", "Y"] {
            writeln!(sheet, "A,{criterion},{evaluator},{a}").unwrap();
            writeln!(sheet, "B,{criterion},{evaluator},{b}").unwrap();
        }
    }
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", &sheet)]);
    let result = firmness(&bench, "--draws 100 s.csv");
    assert_eq!(result["verdict"], "close-call");
    // Once, although there are two of them.
    assert_eq!(result["reasons"], json!([{"code": "without-evaluator"}]));
    assert_eq!(accepted(&result, "A")["ranks"], json!([1, 0]));
    let text = result.to_string();
    for name in ["Ana", "Ben", "Cleo"] {
        assert!(!text.contains(name), "{text}");
    }
}

#[test]
fn what_is_missing_leaves_it_undecided_and_is_drawn() {
    let sheet = "vendor,criterion,score\nA,X,4\nA,Y,3\nB,X,4\nB,Y,\n";
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", sheet)]);
    let result = firmness(&bench, "s.csv");
    assert_eq!(result["verdict"], "undecided");
    assert_eq!(result["stability"], json!([]));
    assert_eq!(result["smallest_flip"], Value::Null);
    // No step, so Y of B is anything from 0 to 5: above 3 in two of five.
    let b = accepted(&result, "B");
    assert!((394..=406).contains(&thousandths(&b["ranks"][0])), "{b}");
    assert!((394..=406).contains(&thousandths(&b["confidence"])), "{b}");
}

#[test]
fn who_failed_a_gate_takes_no_rank() {
    let set = TWO.replace("weight = 40", "weight = 40\nminimum = 2");
    let sheet = "vendor,criterion,score\nA,X,5\nA,Y,1\nB,X,3\nB,Y,3\n";
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", sheet)]);
    let result = firmness(&bench, "--draws 10 s.csv");
    let names: Vec<&Value> = result["acceptability"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["vendor"])
        .collect();
    assert_eq!(names, ["B"]);
    assert_eq!(result["acceptability"][0]["ranks"], json!([1]));
}

#[test]
fn a_lens_and_prices_are_taken_like_by_rank() {
    let set = format!(
        "{}[[lens]]\nid = \"cfo\"\ntitle = \"CFO\"\n[lens.weights]\nQ = 20\nP = 80\n",
        quality_and_price("", "rule = \"fixed-range\"")
    );
    let sheet = "vendor,criterion,score\nA,Q,90\nA,P,180\nB,Q,60\nB,P,120\n";
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", sheet)]);
    let done = bench.run("firmness --criteria set.toml s.csv");
    done.fails_with(1);
    assert!(
        done.stderr.contains("[price-range-needed]"),
        "{}",
        done.stderr
    );
    let price = "--price P=100..200:EUR --draws 100 s.csv";
    let result = firmness(&bench, &format!("--lens cfo {price}"));
    assert_eq!(result["stability"][0]["on"], "quality");
    assert_eq!(result["stability"][0]["share"], "20.00");
    assert_eq!(accepted(&result, "B")["ranks"], json!([1, 0]));
    let done = bench.run(&format!("firmness --criteria set.toml --lens cto {price}"));
    done.fails_with(2);
    assert!(done.stderr.contains("no lens \"cto\""), "{}", done.stderr);
}

#[test]
fn wrong_usage_says_what_there_is() {
    let bench = bench();
    for (arguments, told) in [
        ("--weights band:0 s.csv", "band:25"),
        ("--weights band:101 s.csv", "from 1 to 100"),
        ("--weights band:+5 s.csv", "band:25"),
        ("--weights normal s.csv", "or uniform"),
        ("--draws 0 s.csv", "1..=100000000"),
        ("--draws 1e5 s.csv", "--draws"),
        ("--seed=-1 s.csv", "--seed"),
        ("", "<SHEET>"),
    ] {
        let done = bench.run(&format!("firmness --criteria set.toml {arguments}"));
        done.fails_with(2);
        assert!(done.stderr.contains(told), "{arguments}: {}", done.stderr);
    }
    bench.write("bad.csv", b"vendor,criterion,score\nA,X,1000\n");
    let done = bench.run("firmness --criteria set.toml bad.csv");
    done.fails_with(1);
    assert!(done.stderr.contains("[out-of-range]"), "{}", done.stderr);
}
