//! Worked examples, digit by digit, from files to JSON.

use serde_json::{Value, json};

use crate::support::{Bench, TWO, by_id, quality_and_price, vendor};

#[test]
fn a_total_is_the_sum_of_share_times_points_and_a_missing_score_is_a_range() {
    let scores = "vendor,criterion,evaluator,score,comment\n\
                  A,X,Ana,4,solid\nA,Y,Ana,3,\nB,X,Ana,5,\n";
    let bench = Bench::with(&[("set.toml", TWO), ("ana.csv", scores)]);
    let result = bench.json("--criteria set.toml ana.csv");
    assert_eq!(result["criteria"]["id"], "two");
    assert_eq!(result["criteria"]["version"], "7");
    assert_eq!(result["criteria"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(result["lens"], Value::Null);
    assert_eq!(result["status"], "provisional");

    let a = vendor(&result, "A");
    assert_eq!(a["status"], "ranked");
    assert_eq!(a["rank"], Value::Null);
    assert_eq!(a["rank_range"], json!([1, 2]));
    assert_eq!(a["tied"], false);
    for name in ["total", "low", "high"] {
        assert_eq!(a[name], "72.00");
        assert_eq!(a[format!("{name}_exact")], "72/1");
    }
    assert_eq!(a["coverage"], "100.00");
    assert_eq!(a["rounding"], "0.00");
    let x = by_id(&a["criteria"], "X");
    assert_eq!(x["state"], "scored");
    assert_eq!(x["score"], "4");
    assert_eq!(x["points"], "80.00");
    assert_eq!(x["share"], "60.00");
    assert_eq!(x["contribution"], "48.00");
    assert_eq!(x["contribution_exact"], "48/1");
    assert_eq!(x.get("contribution_low"), None);
    let answer = json!({"evaluator": "Ana", "state": "scored", "score": "4", "comment": "solid",
                        "sheet": "ana.csv", "row": 2, "column": "D"});
    assert_eq!(x["answers"], json!([answer]));
    assert_eq!(by_id(&a["criteria"], "Y")["contribution"], "24.00");

    let b = vendor(&result, "B");
    assert_eq!(b["status"], "provisional");
    assert_eq!(b["total"], Value::Null);
    assert_eq!(b["total_exact"], Value::Null);
    assert_eq!(b["low"], "60.00");
    assert_eq!(b["high"], "100.00");
    assert_eq!(b["rounding"], Value::Null);
    assert_eq!(b["coverage"], "60.00");
    let y = by_id(&b["criteria"], "Y");
    assert_eq!(y["state"], "not_scored");
    assert_eq!(y["score"], Value::Null);
    assert_eq!(y["points"], Value::Null);
    assert_eq!(y["points_low"], "0.00");
    assert_eq!(y["points_high"], "100.00");
    assert_eq!(y["contribution_high_exact"], "40/1");
    assert_eq!(y["owed_by"], json!(["Ana"]));
}

#[test]
fn exactly_equal_totals_share_a_rank() {
    let set = TWO
        .replace("\"points\"", "\"relative\"")
        .replace(
            "title = \"All there is\"",
            "title = \"All there is\"\nweight = 1",
        )
        .replace("weight = 60", "weight = 3")
        .replace("weight = 40", "weight = 2")
        + "[[criterion]]\nid = \"Z\"\ncategory = \"all\"\ntitle = \"Zeal\"\nweight = 1\n";
    let scores = "criterion,Alpha,Beta,Gamma\nX,4,3,5\nY,3,5,2\nZ,5,4,3\n";
    let bench = Bench::with(&[("set.toml", &set), ("wide.csv", scores)]);
    let result = bench.json("--criteria set.toml wide.csv");
    let seen: Vec<Value> = ["Alpha", "Beta", "Gamma"]
        .iter()
        .map(|name| {
            let one = vendor(&result, name);
            json!([one["rank"], one["tied"], one["total"], one["total_exact"]])
        })
        .collect();
    let expected = [
        json!([1, true, "76.67", "230/3"]),
        json!([1, true, "76.67", "230/3"]),
        json!([3, false, "73.33", "220/3"]),
    ];
    assert_eq!(seen, expected);
    assert_eq!(result["status"], "final");
}

#[test]
fn a_hopeless_vendor_that_turns_the_winner_around_is_told() {
    let set = quality_and_price("", "rule = \"lowest-ratio\", currency = \"EUR\"");
    let two = "criterion,A,B\nQ,80,70\nP,100,80\n";
    let three = "criterion,A,B,C\nQ,80,70,0\nP,100,80,24\n";
    let bench = Bench::with(&[("set.toml", &set), ("two.csv", two), ("three.csv", three)]);
    let before = bench.json("--criteria set.toml two.csv");
    assert_eq!(vendor(&before, "A")["total"], "80.00");
    assert_eq!(vendor(&before, "B")["total"], "85.00");
    assert_eq!(vendor(&before, "B")["rank"], 1);
    assert_eq!(before["notices"], json!([]));
    let after = bench.json("--criteria set.toml three.csv");
    assert_eq!(vendor(&after, "A")["total"], "52.00");
    assert_eq!(vendor(&after, "A")["rank"], 1);
    assert_eq!(vendor(&after, "C")["total"], "50.00");
    assert_eq!(after["notices"][0]["code"], "price-flip");
    let message = after["notices"][0]["message"].as_str().unwrap();
    assert!(message.contains("without C B would lead"), "{message}");
}

#[test]
fn an_open_gate_keeps_every_price_it_could_set_in_play() {
    let set = quality_and_price(
        "minimum = 10",
        "rule = \"lowest-ratio\", currency = \"EUR\"",
    );
    let scores = "criterion,A,B\nQ,80,\nP,100,50\n";
    let bench = Bench::with(&[("set.toml", &set), ("wide.csv", scores)]);
    let result = bench.json("--criteria set.toml wide.csv");
    let a = vendor(&result, "A");
    assert_eq!(
        json!([a["low"], a["high"], a["total"]]),
        json!(["65.00", "90.00", null])
    );
    let gate = &vendor(&result, "B")["gates"][0];
    let expected = json!({"on": "Q", "minimum": "10", "value": null, "value_exact": null, "outcome": "open",
                          "value_low": "0", "value_low_exact": "0/1", "value_high": "100", "value_high_exact": "100/1"});
    assert_eq!(*gate, expected);
}

#[test]
fn the_share_of_what_is_not_applicable_goes_to_its_siblings() {
    let set = TWO
        .replace("weight = 60", "weight = 20\nnot_applicable = true")
        .replace("weight = 40", "weight = 60")
        + "[[criterion]]\nid = \"Z\"\ncategory = \"all\"\ntitle = \"Zeal\"\nweight = 20\n";
    let bench = Bench::with(&[
        ("set.toml", &set),
        ("wide.csv", "criterion,A\nX,N/A\nY,5\nZ,0\n"),
    ]);
    let result = bench.json("--criteria set.toml wide.csv");
    let a = vendor(&result, "A");
    assert_eq!(a["total"], "75.00");
    assert_eq!(a["total_na_as_zero"], "60.00");
    let x = by_id(&a["criteria"], "X");
    assert_eq!(
        json!([x["state"], x["share"], x["score"]]),
        json!(["not_applicable", "0.00", null])
    );
    assert_eq!(by_id(&a["criteria"], "Y")["share"], "75.00");
}

#[test]
fn a_score_just_below_its_minimum_never_prints_as_the_minimum() {
    let set = TWO.replace("weight = 60", "weight = 60\nminimum = 2");
    let scores = "vendor,criterion,evaluator,score\n\
                  A,X,Ana,1.999999999\nA,X,Ben,2\nA,Y,Ana,3\nA,Y,Ben,3\n";
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", scores)]);
    let result = bench.json("--criteria set.toml s.csv");
    let a = vendor(&result, "A");
    assert_eq!(a["status"], "disqualified");
    assert_eq!(a["rank"], Value::Null);
    let gate = &a["gates"][0];
    assert_eq!(gate["outcome"], "failed");
    assert_eq!(gate["value"], "1.9999999995");
    assert_eq!(by_id(&a["criteria"], "X")["score"], "1.9999999995");
}

#[test]
fn silence_is_the_worst_score_and_shown_as_silence() {
    let scores = "vendor,criterion,score\nA,X,no response\nA,Y,5\n";
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", scores)]);
    let result = bench.json("--criteria set.toml s.csv");
    let x = by_id(&vendor(&result, "A")["criteria"], "X");
    let seen = json!([x["state"], x["score"], x["points"], x["no_responses"]]);
    assert_eq!(seen, json!(["no_response", "0", "0.00", 1]));
    assert_eq!(x["answers"][0]["evaluator"], "panel");
}

#[test]
fn a_pass_fail_criterion_is_a_gate_without_weight() {
    let set = format!(
        "{TWO}[[criterion]]\nid = \"D\"\ncategory = \"all\"\ntitle = \"Signed\"\nkind = \"pass-fail\"\n"
    );
    let scores = "criterion,A,B\nX,4,4\nY,3,3\nD,yes,no\n";
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", scores)]);
    let result = bench.json("--criteria set.toml s.csv");
    let d = by_id(&vendor(&result, "A")["criteria"], "D");
    let seen = json!([d["score"], d["points"], d["share"], d["contribution"]]);
    assert_eq!(seen, json!(["pass", null, "0.00", "0.00"]));
    let gate = &vendor(&result, "B")["gates"][0];
    assert_eq!(
        *gate,
        json!({"on": "D", "required": "pass", "value": "fail", "value_exact": null, "outcome": "failed"})
    );
    assert_eq!(vendor(&result, "B")["status"], "disqualified");
}

#[test]
fn a_lens_reweighs_and_reports_its_metrics() {
    let set = format!(
        "{TWO}[[lens]]\nid = \"cio\"\ntitle = \"CIO\"\nweights = {{ X = 0, Y = 100 }}\n\
         [[lens.metric]]\nid = \"ease\"\ntitle = \"Ease of use\"\ncriteria = [\"X\"]\n\
         [[lens.metric]]\nid = \"reach\"\ntitle = \"Reach of it\"\ncriteria = [\"Y\"]\n"
    );
    let bench = Bench::with(&[
        ("set.toml", &set),
        ("s.csv", "criterion,A,B\nX,5,1\nY,1,4\n"),
    ]);
    let record = bench.json("--criteria set.toml s.csv");
    assert_eq!(record["vendors"][0]["vendor"], "A");
    assert_eq!(record["vendors"][0].get("metrics"), None);
    let lens = bench.json("--criteria set.toml --lens cio s.csv");
    assert_eq!(lens["lens"], "cio");
    assert_eq!(lens["vendors"][0]["vendor"], "B");
    let metrics = &lens["vendors"][0]["metrics"];
    let ease = by_id(metrics, "ease");
    assert_eq!(
        json!([ease["weighed"], ease["percent"]]),
        json!([false, null])
    );
    let reach = by_id(metrics, "reach");
    let seen = json!([
        reach["weighed"],
        reach["percent"],
        reach["low"],
        reach["high"]
    ]);
    assert_eq!(seen, json!([true, "80.00", "80.00", "80.00"]));
}
