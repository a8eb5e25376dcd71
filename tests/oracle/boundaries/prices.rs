//! Prices: the ends of a range, equal amounts, two amounts, none, and whose prices count.

use crate::build::{LOWEST_RATIO, RATED, SILENT, Story, at_least, fixed, number, price};
use crate::compare::{by_id, vendor};
use crate::model::{Ans, Kind, Rule, Weights, cents, whole};

use super::{of, points};

#[test]
fn a_price_at_or_beyond_its_range_scores_like_the_end() {
    let result = Story::new(Weights::Points, 5)
        .criterion("price", 100, price(fixed(100, 200)))
        .scores("Ana", "Floor", [100])
        .scores("Ana", "Below", [40])
        .scores("Ana", "Middle", [150])
        .scores("Ana", "Ceiling", [200])
        .scores("Ana", "Above", [201])
        .scores("Ana", "Free", [0])
        .told();
    let names = ["Floor", "Below", "Middle", "Ceiling", "Above", "Free"];
    let expected = ["100.00", "100.00", "50.00", "0.00", "0.00", "100.00"];
    assert_eq!(names.map(|name| of(&result, name, "total")), expected);
}

#[test]
fn the_relative_price_rules_give_what_their_formulas_say() {
    for (rule, expected) in [
        (Rule::LowestRatio, ["100.00", "66.67", "40.00"]),
        (Rule::LinearToLowest, ["100.00", "50.00", "0.00"]),
        (Rule::LinearRange, ["100.00", "66.67", "0.00"]),
    ] {
        let result = Story::new(Weights::Points, 5)
            .criterion("price", 100, price(rule))
            .scores("Ana", "A", [100])
            .scores("Ana", "B", [150])
            .scores("Ana", "C", [250])
            .told();
        assert_eq!(
            ["A", "B", "C"].map(|name| of(&result, name, "total")),
            expected,
            "{rule:?}"
        );
    }
}

#[test]
fn equal_prices_all_score_full_under_linear_range() {
    let result = Story::new(Weights::Points, 5)
        .criterion("price", 100, price(Rule::LinearRange))
        .scores("Ana", "A", [100])
        .scores("Ana", "B", [100])
        .told();
    assert_eq!(
        (of(&result, "A", "total"), of(&result, "B", "total")),
        ("100.00", "100.00")
    );
}

#[test]
fn two_different_amounts_for_one_vendor_are_not_a_price_until_consensus() {
    let story = Story::new(Weights::Points, 5)
        .criterion("quality", 50, RATED)
        .criterion("price", 50, price(fixed(100, 200)))
        .scores("Ana", "A", [5, 150])
        .says("Ben", "A", [None, number(160)]);
    let open = story.told();
    assert_eq!(
        (of(&open, "A", "low"), of(&open, "A", "high")),
        ("50.00", "100.00")
    );
    let settled = story.says("consensus", "A", [None, number(200)]).told();
    assert_eq!(of(&settled, "A", "total"), "50.00");
}

#[test]
fn the_same_amount_in_other_digits_is_the_same_price() {
    let result = Story::new(Weights::Points, 5)
        .criterion("price", 100, price(fixed(100, 200)))
        .scores("Ana", "A", [150])
        .says("Ben", "A", [Some(Ans::Number(cents(15_000)))])
        .told();
    assert_eq!(of(&result, "A", "total"), "50.00");
}

#[test]
fn a_vendor_that_names_no_price_earns_nothing_for_it_and_sets_no_lowest_price() {
    let result = Story::new(Weights::Points, 5)
        .criterion("quality", 50, RATED)
        .criterion("price", 50, LOWEST_RATIO)
        .scores("Ana", "A", [5, 200])
        .says("Ana", "B", [number(5), SILENT])
        .told();
    assert_eq!(
        (of(&result, "A", "total"), of(&result, "B", "total")),
        ("100.00", "50.00")
    );
}

#[test]
fn a_disqualified_vendor_never_sets_the_lowest_or_the_highest_price() {
    for rule in [Rule::LowestRatio, Rule::LinearToLowest, Rule::LinearRange] {
        let story = Story::new(Weights::Points, 5)
            .criterion("quality", 50, at_least(whole(1)))
            .criterion("price", 50, price(rule))
            .scores("Ana", "A", [5, 100])
            .scores("Ana", "B", [5, 150]);
        let before = story.told();
        let after = story
            .scores("Ana", "Cheap", [0, 10])
            .scores("Ana", "Dear", [0, 900])
            .told();
        for name in ["A", "B"] {
            assert_eq!(
                of(&before, name, "total_exact"),
                of(&after, name, "total_exact"),
                "{rule:?}"
            );
        }
        assert_eq!(points(&after, "Cheap", "price"), "100.00", "{rule:?}");
        assert_eq!(
            points(&after, "Dear", "price"),
            if rule == Rule::LowestRatio {
                "11.11"
            } else {
                "0.00"
            }
        );
    }
}

#[test]
fn with_all_others_disqualified_the_one_that_stays_has_the_lowest_price() {
    let result = Story::new(Weights::Points, 5)
        .criterion("quality", 50, at_least(whole(1)))
        .criterion("price", 50, LOWEST_RATIO)
        .scores("Ana", "A", [5, 100])
        .scores("Ana", "B", [0, 50])
        .told();
    assert_eq!(of(&result, "A", "total"), "100.00");
    assert_eq!(points(&result, "B", "price"), "100.00");
}

#[test]
fn a_disqualified_vendor_with_nobody_to_compare_with_has_no_price_points() {
    let result = Story::new(Weights::Points, 5)
        .criterion("quality", 50, at_least(whole(1)))
        .criterion("price", 50, LOWEST_RATIO)
        .scores("Ana", "A", [0, 100])
        .told();
    let cell = by_id(&vendor(&result, "A")["criteria"], "price");
    assert!(cell["points"].is_null());
    assert!(vendor(&result, "A")["total"].is_null());
}

#[test]
fn a_disqualified_vendor_dearer_than_the_only_price_that_counts_earns_nothing_for_it() {
    let result = Story::new(Weights::Points, 5)
        .criterion("quality", 50, at_least(whole(1)))
        .criterion("price", 50, price(Rule::LinearRange))
        .scores("Ana", "A", [5, 100])
        .scores("Ana", "Dear", [0, 150])
        .scores("Ana", "Cheap", [0, 50])
        .told();
    assert_eq!(points(&result, "A", "price"), "100.00");
    assert_eq!(points(&result, "Dear", "price"), "0.00");
    assert_eq!(points(&result, "Cheap", "price"), "100.00");
}

#[test]
fn a_missing_price_of_a_vendor_that_stays_cannot_lie_beyond_its_gate() {
    let gated = Kind::Priced {
        rule: Rule::LinearRange,
        maximum: Some(whole(200)),
    };
    let result = Story::new(Weights::Points, 5)
        .criterion("quality", 50, RATED)
        .criterion("price", 50, gated)
        .scores("Ana", "A", [5, 100])
        .scores("Ana", "B", [5, 150])
        .says("Ana", "C", [number(5), None])
        .told();
    // B earns at most (200 - 150) / (200 - 100), if C stays with 200; with more, C would be out.
    assert_eq!(
        (of(&result, "B", "low"), of(&result, "B", "high")),
        ("50.00", "75.00")
    );
}
