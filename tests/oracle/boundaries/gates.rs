//! Gates: exactly at the limit, a hair below it, open, and without weight.

use crate::build::{FAIL, PASS, RATED, SILENT, Story, at_least, fixed, number, price};
use crate::compare::{text, vendor};
use crate::model::{Ans, Kind, Num, Weights, cents, whole};

use super::{of, one_rated, outcome};

#[test]
fn a_score_exactly_at_its_minimum_passes_and_one_just_below_does_not() {
    let gate = at_least(whole(3));
    let at = one_rated(gate.clone()).scores("Ana", "A", [3]).told();
    assert_eq!(
        (outcome(&at, "A"), of(&at, "A", "status")),
        ("passed", "ranked")
    );
    let below = one_rated(gate)
        .says(
            "Ana",
            "A",
            [Some(Ans::Number(Num {
                units: 2_999_999_999,
                places: 9,
            }))],
        )
        .told();
    assert_eq!(
        (outcome(&below, "A"), of(&below, "A", "status")),
        ("failed", "disqualified")
    );
    assert!(vendor(&below, "A")["rank"].is_null());
}

#[test]
fn a_mean_a_hair_below_its_minimum_fails_and_never_prints_equal_to_it() {
    let hair = Some(Ans::Number(Num {
        units: 2_999_999_999,
        places: 9,
    }));
    let result = one_rated(at_least(whole(3)))
        .says("Ana", "A", [hair])
        .scores("Ben", "A", [3])
        .told();
    assert_eq!(outcome(&result, "A"), "failed");
    let gate = &vendor(&result, "A")["gates"][0];
    assert_ne!(text(&gate["value"]), "3");
    assert_ne!(text(&gate["value"]), "3.000000");
}

#[test]
fn a_category_and_a_total_exactly_at_their_minimum_pass() {
    let mut story = one_rated(RATED)
        .scores("Ana", "A", [3])
        .scores("Ana", "B", [2]);
    story.0.set.categories[0].minimum = Some(whole(60));
    story.0.set.total_minimum = Some(whole(60));
    let result = story.told();
    assert_eq!(of(&result, "A", "status"), "ranked");
    assert_eq!(of(&result, "B", "status"), "disqualified");
    story.0.set.total_minimum = Some(cents(6001));
    assert_eq!(of(&story.told(), "A", "status"), "disqualified");
}

#[test]
fn the_percent_gate_looks_at_rated_criteria_only() {
    let mut story = Story::new(Weights::Points, 5)
        .criterion("quality", 50, RATED)
        .criterion("price", 50, price(fixed(100, 200)))
        .scores("Ana", "A", [3, 200]);
    story.0.set.total_minimum = Some(whole(60));
    let result = story.told();
    assert_eq!(
        (of(&result, "A", "total"), outcome(&result, "A")),
        ("30.00", "passed")
    );
}

#[test]
fn an_open_gate_without_weight_keeps_a_vendor_provisional() {
    let result = Story::new(Weights::Points, 5)
        .criterion("X", 100, RATED)
        .criterion("must", 0, at_least(whole(2)))
        .scores("Ana", "A", [4, 3])
        .says("Ana", "B", [number(3), None])
        .told();
    assert_eq!(
        (of(&result, "B", "status"), of(&result, "B", "total")),
        ("provisional", "60.00")
    );
    assert!(vendor(&result, "B")["rank"].is_null());
    assert_eq!(vendor(&result, "A")["rank"].as_u64(), Some(1));
}

#[test]
fn a_verdict_must_be_unanimous_and_silence_is_a_fail() {
    let verdict = |answers: &[Option<Ans>]| {
        let mut story = one_rated(RATED).criterion("signed", 0, Kind::PassFail);
        for (who, answer) in ["Ana", "Ben"].into_iter().zip(answers) {
            story = story.says(who, "A", [number(4), *answer]);
        }
        of(&story.told(), "A", "status").to_owned()
    };
    assert_eq!(verdict(&[PASS]), "ranked");
    assert_eq!(verdict(&[PASS, None]), "ranked");
    assert_eq!(verdict(&[PASS, PASS]), "ranked");
    assert_eq!(verdict(&[PASS, FAIL]), "provisional");
    assert_eq!(verdict(&[None]), "provisional");
    assert_eq!(verdict(&[FAIL]), "disqualified");
    assert_eq!(verdict(&[SILENT]), "disqualified");
    assert_eq!(verdict(&[FAIL, SILENT]), "disqualified");
    assert_eq!(verdict(&[PASS, SILENT]), "provisional");
}
