//! How much evaluators agree, from sheets to JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::{Bench, TWO};

fn agreement(bench: &Bench, sheets: &str) -> Value {
    let done = bench.run(&format!("agreement --criteria set.toml {sheets}"));
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    serde_json::from_str(&done.stdout).unwrap()
}

#[test]
fn four_observers_agree_as_published() {
    let mut set = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nweights = \"relative\"\n[scale]\nmin = 1\nmax = 5\n\
                   [[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n"
        .to_owned();
    let mut sheet = "vendor,criterion,evaluator,score\n".to_owned();
    let mut rows = include_str!("../data/published/krippendorff-2011.csv").lines();
    let units: Vec<&str> = rows.next().unwrap().split(',').skip(1).collect();
    for unit in &units {
        let title = "Unit";
        writeln!(set, "[[criterion]]\nid = \"U{unit}\"\ncategory = \"all\"\ntitle = \"{title} {unit}\"\nweight = 1").unwrap();
    }
    for row in rows {
        let (observer, scores) = row.split_once(',').unwrap();
        for (unit, score) in units.iter().zip(scores.split(',')) {
            writeln!(sheet, "A,U{unit},Observer {observer},{score}").unwrap();
        }
    }
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", &sheet)]);
    let result = agreement(&bench, "s.csv");
    let alpha = &result["krippendorff_alpha"];
    for (metric, published) in [
        ("nominal", "0.743"),
        ("ordinal", "0.815"),
        ("interval", "0.849"),
        ("ratio", "0.797"),
    ] {
        assert_eq!(format!("{:.3}", alpha[metric].as_f64().unwrap()), published);
    }
    assert_eq!(result["kendall_w"], Value::Null, "one vendor has no order");
}

#[test]
fn three_executives_concord_as_published() {
    let rows = include_str!("../data/published/siegel-1956-applicants.csv");
    let mut lines = rows.lines();
    let applicants: Vec<&str> = lines.next().unwrap().split(',').skip(1).collect();
    let mut sheet = "vendor,criterion,evaluator,score\n".to_owned();
    for row in lines {
        let (executive, ranks) = row.split_once(',').unwrap();
        for (applicant, rank) in applicants.iter().zip(ranks.split(',')) {
            // The first of six gets 5.5 points of 6, so that the best has the highest.
            let halves = 13_u32
                .checked_sub(rank.parse::<u32>().unwrap().checked_mul(2).unwrap())
                .unwrap();
            writeln!(
                sheet,
                "{applicant},Q,{executive},{}.{}",
                halves / 2,
                if halves % 2 == 1 { 5 } else { 0 }
            )
            .unwrap();
        }
    }
    let set = TWO.replace("max = 5", "max = 6").replace("\"X\"", "\"Q\"");
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", &sheet)]);
    let result = agreement(&bench, "s.csv");
    let w = &result["kendall_w"];
    assert_eq!(format!("{:.2}", w["w"].as_f64().unwrap()), "0.16");
    assert_eq!(w["df"], 5);
    assert_eq!((&w["evaluators"], &w["vendors"]), (&json!(3), &json!(6)));
    // 3 * 5 * 17/105 = 17/7
    assert_eq!(w["chi_squared"], 2.4286);
    assert_eq!(w["p"], 0.7872);
}

#[test]
fn the_contract_has_these_keys_and_names_who_is_left_out() {
    let sheet = "vendor,criterion,evaluator,score\nA,X,Ana,4\nB,X,Ana,2\nA,X,Ben,3\nB,X,Ben,1\nA,X,Cleo,1\n";
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", sheet)]);
    let result = agreement(&bench, "s.csv");
    assert_eq!(
        result,
        json!({
            "kendall_w": {"w": 1, "chi_squared": 2, "df": 1, "p": 0.1573, "evaluators": 2, "vendors": 2},
            "left_out_of_w": ["Cleo"],
            "left_out_because": [
                {"evaluator": "Cleo", "holes": 1, "first": {"vendor": "B", "criterion": "X", "answer": "not scored"}}
            ],
            "kendall_w_over_complete_vendors": null,
            "krippendorff_alpha": {"nominal": -0.1111, "ordinal": -0.0105, "interval": 0.0588, "ratio": -0.0567},
            "unit": "score",
            "evaluators": [
                {"evaluator": "Ana", "leniency": "1.50", "spread": "1.41", "correlation": 1, "scale_used": "40.00", "scores": 2, "first_without": [], "changes_winner": false},
                {"evaluator": "Ben", "leniency": "-0.25", "spread": "1.41", "correlation": 1, "scale_used": "40.00", "scores": 2, "first_without": [], "changes_winner": false},
                {"evaluator": "Cleo", "leniency": "-2.50", "spread": null, "correlation": null, "scale_used": "0.00", "scores": 1, "first_without": [], "changes_winner": false}
            ]
        })
    );
}

#[test]
fn sheets_with_problems_are_refused_and_usage_is_checked() {
    let bench = Bench::with(&[
        ("set.toml", TWO),
        ("s.csv", "vendor,criterion,score\nA,X,9\n"),
    ]);
    let done = bench.run("agreement --criteria set.toml s.csv");
    done.fails_with(1);
    assert!(done.stderr.contains("[out-of-range]"), "{}", done.stderr);
    let done = bench.run("agreement --criteria set.toml");
    done.fails_with(2);
    assert!(done.stderr.contains("<SHEET>"), "{}", done.stderr);
}
