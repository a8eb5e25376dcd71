//! The worked examples everyone checks by hand.

use serde_json::Value;

use crate::build::{LOWEST_RATIO, NA, OPTIONAL, RATED, Story, at_least, number};
use crate::compare::{text, vendor};
use crate::model::{Weights, whole};

/// A vendor's `field`, as printed.
fn of<'a>(result: &'a Value, name: &str, field: &str) -> &'a str {
    text(&vendor(result, name)[field])
}

fn rank(result: &Value, name: &str) -> Option<u64> {
    vendor(result, name)["rank"].as_u64()
}

fn range(result: &Value, name: &str) -> String {
    vendor(result, name)["rank_range"].to_string()
}

#[test]
fn a_missing_score_ranges_over_the_scale_and_decides_no_rank() {
    let result = Story::new(Weights::Points, 5)
        .criterion("X", 60, RATED)
        .criterion("Y", 40, RATED)
        .scores("Ana", "A", [4, 3])
        .says("Ana", "B", [number(5), None])
        .told();
    assert_eq!(of(&result, "A", "total"), "72.00");
    assert_eq!(of(&result, "A", "total_exact"), "72/1");
    assert_eq!(
        (of(&result, "B", "low"), of(&result, "B", "high")),
        ("60.00", "100.00")
    );
    assert!(vendor(&result, "B")["total"].is_null());
    assert_eq!((rank(&result, "A"), rank(&result, "B")), (None, None));
    assert_eq!(range(&result, "A"), "[1,2]");
    assert_eq!(of(&result, "A", "status"), "ranked");
    assert_eq!(of(&result, "B", "status"), "provisional");
    assert_eq!(text(&result["status"]), "provisional");
}

fn quality_and_price() -> Story {
    Story::new(Weights::Points, 100)
        .criterion("quality", 50, RATED)
        .criterion("price", 50, LOWEST_RATIO)
        .scores("Ana", "A", [80, 100])
        .scores("Ana", "B", [70, 80])
}

#[test]
fn a_hopeless_vendor_with_a_low_price_flips_the_first_place() {
    let before = quality_and_price().told();
    assert_eq!(
        (of(&before, "A", "total"), of(&before, "B", "total")),
        ("80.00", "85.00")
    );
    assert_eq!((rank(&before, "A"), rank(&before, "B")), (Some(2), Some(1)));
    let after = quality_and_price().scores("Ana", "C", [0, 24]).told();
    let totals = ["A", "B", "C"].map(|name| of(&after, name, "total"));
    assert_eq!(totals, ["52.00", "50.00", "50.00"]);
    assert_eq!(
        ["A", "B", "C"].map(|name| rank(&after, name)),
        [Some(1), Some(2), Some(2)]
    );
    let notices = after["notices"].as_array().expect("notices");
    assert!(
        notices.iter().any(|notice| notice["code"] == "price-flip"),
        "{notices:?}"
    );
}

#[test]
fn an_exact_tie_is_a_tie_although_no_decimal_can_show_it() {
    let result = Story::new(Weights::Relative, 5)
        .criterion("X", 3, RATED)
        .criterion("Y", 2, RATED)
        .criterion("Z", 1, RATED)
        .scores("Ana", "Alpha", [4, 3, 5])
        .scores("Ana", "Beta", [3, 5, 4])
        .scores("Ana", "Gamma", [5, 2, 3])
        .told();
    let names = ["Alpha", "Beta", "Gamma"];
    // 23/30 and 22/30 of 100.
    assert_eq!(
        names.map(|name| of(&result, name, "total_exact")),
        ["230/3", "230/3", "220/3"]
    );
    assert_eq!(
        names.map(|name| rank(&result, name)),
        [Some(1), Some(1), Some(3)]
    );
    assert_eq!(
        names.map(|name| vendor(&result, name)["tied"].as_bool()),
        [Some(true), Some(true), Some(false)]
    );
}

#[test]
fn an_open_gate_of_another_vendor_moves_a_relative_price() {
    let result = Story::new(Weights::Points, 100)
        .criterion("quality", 50, at_least(whole(10)))
        .criterion("price", 50, LOWEST_RATIO)
        .scores("Ana", "A", [80, 100])
        .says("Ana", "B", [None, number(50)])
        .told();
    assert_eq!(
        (of(&result, "A", "low"), of(&result, "A", "high")),
        ("65.00", "90.00")
    );
    assert_eq!(of(&result, "A", "status"), "provisional");
}

#[test]
fn what_does_not_apply_leaves_its_share_to_its_siblings() {
    let result = Story::new(Weights::Points, 5)
        .criterion("X", 20, OPTIONAL)
        .criterion("Y", 60, RATED)
        .criterion("Z", 20, RATED)
        .says("Ana", "A", [NA, number(5), number(0)])
        .told();
    assert_eq!(of(&result, "A", "total"), "75.00");
    assert_eq!(of(&result, "A", "total_na_as_zero"), "60.00");
    assert_eq!(of(&result, "A", "coverage"), "100.00");
}
