//! Minimums and maximums, exactly at the bound and on both sides of it.

use scorecard::scoring::{GateOutcome, ResultStatus, VendorStatus};

use crate::support::{evaluation, rank, rank_under, set};

const GATED: &str = r#"
rules = { total_minimum = 60 }
scale = { min = 0, max = 5 }
category = [{ id = "a", title = "A", minimum = 50 }, { id = "b", title = "B" }]
criterion = [
  { id = "X", category = "a", title = "Ex", weight = 30, minimum = 2 },
  { id = "Y", category = "a", title = "Why", weight = 30 },
  { id = "Z", category = "b", title = "Zed", weight = 40 },
  { id = "OK", category = "b", title = "Signed", kind = "pass-fail" },
]
lens = [{ id = "z", title = "Zed only", weights = { X = 0, Y = 0, Z = 100 } }]
"#;

fn outcomes(scores: [&str; 4]) -> (Vec<GateOutcome>, VendorStatus) {
    let rows: Vec<_> = ["X", "Y", "Z", "OK"]
        .into_iter()
        .zip(scores)
        .map(|(id, score)| ("A", id, "Ana", score))
        .collect();
    let ranked = rank(&evaluation(&set(GATED), &rows));
    let card = ranked.card("A");
    (
        card.gates.iter().map(|gate| gate.outcome).collect(),
        card.status,
    )
}

#[test]
fn exactly_at_every_gate_is_a_pass() {
    // X 2 of 2; category a (2 + 3) / 10 = 50 percent; total 12 + 18 + 30 = 60.
    assert_eq!(
        outcomes(["2", "3", "3.75", "pass"]),
        (vec![GateOutcome::Passed; 4], VendorStatus::Ranked)
    );
}

#[test]
fn a_hair_below_a_gate_is_a_fail() {
    let fails = |scores| {
        outcomes(scores)
            .0
            .iter()
            .map(|outcome| *outcome == GateOutcome::Failed)
            .collect::<Vec<_>>()
    };
    // In the order criterion X, pass-fail, category, total.
    assert_eq!(
        fails(["1.999999999", "5", "5", "pass"]),
        [true, false, false, false]
    );
    assert_eq!(
        fails(["2", "2.999999999", "5", "pass"]),
        [false, false, true, false]
    );
    assert_eq!(
        fails(["2", "3", "3.749999999", "pass"]),
        [false, false, false, true]
    );
    assert_eq!(fails(["5", "5", "5", "fail"]), [false, true, false, false]);
    assert_eq!(
        fails(["5", "5", "5", "silent"]),
        [false, true, false, false]
    );
}

#[test]
fn a_gate_is_open_only_while_what_is_missing_can_decide_it() {
    use GateOutcome::{Failed, Open, Passed};
    assert_eq!(
        outcomes(["5", "", "5", ""]),
        (
            vec![Passed, Open, Passed, Passed],
            VendorStatus::Provisional
        )
    );
    assert_eq!(
        outcomes(["", "5", "0", "pass"]).0,
        [Open, Passed, Passed, Open]
    );
    assert_eq!(
        outcomes(["0", "", "5", "pass"]),
        (vec![Failed, Passed, Open, Open], VendorStatus::Disqualified)
    );
}

#[test]
fn a_disqualified_vendor_keeps_its_total_but_has_no_rank_and_stands_last() {
    let rows = [
        ("Out", "X", "Ana", "0"),
        ("Out", "Y", "Ana", "5"),
        ("Out", "Z", "Ana", "5"),
        ("Out", "OK", "Ana", "fail"),
        ("In", "X", "Ana", "3"),
        ("In", "Y", "Ana", "3"),
        ("In", "Z", "Ana", "3"),
        ("In", "OK", "Ana", "pass"),
    ];
    let ranked = rank(&evaluation(&set(GATED), &rows));
    assert_eq!(ranked.order(), ["In", "Out"]);
    assert_eq!(
        (ranked.total("Out"), ranked.total("In")),
        ("70/1".to_owned(), "60/1".to_owned())
    );
    assert_eq!(
        (ranked.rank("Out"), ranked.rank("In")),
        ((None, false), (Some(1), false))
    );
    let failed = ranked
        .card("Out")
        .gates
        .iter()
        .filter(|gate| gate.outcome == GateOutcome::Failed);
    assert_eq!(failed.count(), 2);
    assert_eq!(ranked.scorecard.status, ResultStatus::Final);
}

#[test]
fn a_lens_never_re_decides_a_gate() {
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "Y", "Ana", "5"),
        ("A", "Z", "Ana", "0"),
        ("A", "OK", "Ana", "pass"),
    ];
    let evaluation = evaluation(&set(GATED), &rows);
    assert_eq!(rank(&evaluation).total("A"), "60/1");
    let lensed = rank_under(&evaluation, "z");
    assert_eq!(lensed.total("A"), "0/1");
    assert_eq!(lensed.card("A").status, VendorStatus::Ranked);
}

#[test]
fn verdicts_that_differ_are_a_conflict_that_leaves_the_gate_open_until_consensus() {
    let mut rows = vec![
        ("A", "X", "Ana", "5"),
        ("A", "Y", "Ana", "5"),
        ("A", "Z", "Ana", "5"),
        ("A", "OK", "Ana", "pass"),
        ("A", "OK", "Ben", "fail"),
    ];
    let ranked = rank(&evaluation(&set(GATED), &rows));
    assert!(ranked.cell("A", "OK").conflict);
    assert_eq!(ranked.card("A").status, VendorStatus::Provisional);
    assert_eq!(
        (ranked.rank("A"), ranked.card("A").rank_range),
        ((None, false), Some((1, 1)))
    );
    rows.push(("A", "OK", "consensus", "pass"));
    assert_eq!(
        rank(&evaluation(&set(GATED), &rows)).card("A").status,
        VendorStatus::Ranked
    );
}

#[test]
fn an_open_gate_on_a_criterion_of_weight_zero_keeps_its_vendor_provisional() {
    let set = set(r#"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "X", category = "all", title = "Ex", weight = 100 },
  { id = "I", category = "all", title = "Information", weight = 0, minimum = 3 },
]
"#);
    let ranked = rank(&evaluation(&set, &[("A", "X", "Ana", "5")]));
    assert_eq!(ranked.total("A"), "100/1");
    assert_eq!(ranked.card("A").status, VendorStatus::Provisional);
    assert_eq!(ranked.scorecard.status, ResultStatus::Provisional);
}
