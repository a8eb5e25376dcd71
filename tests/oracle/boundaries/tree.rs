//! The tree: weight 0, what does not apply, and lenses.

use crate::build::{NA, OPTIONAL, RATED, Story, number};
use crate::compare::{by_id, text, vendor};
use crate::model::{Weights, whole};

use super::{of, one_rated};

#[test]
fn with_everything_not_applicable_there_is_no_total() {
    let result = one_rated(OPTIONAL)
        .says("Ana", "A", [NA])
        .scores("Ana", "B", [1])
        .told();
    assert!(vendor(&result, "A")["total"].is_null());
    assert!(vendor(&result, "A")["low"].is_null());
    assert!(vendor(&result, "A")["rank"].is_null());
    assert_eq!(vendor(&result, "B")["rank"].as_u64(), Some(1));
}

#[test]
fn a_category_of_weight_zero_has_no_share_and_no_percent() {
    let mut story = Story::new(Weights::Relative, 5)
        .criterion("X", 1, RATED)
        .category("info", None, 0)
        .criterion("Y", 3, RATED)
        .scores("Ana", "A", [4, 1]);
    story.0.set.categories[0].weight = whole(1);
    let result = story.told();
    let info = by_id(&vendor(&result, "A")["categories"], "info");
    assert_eq!(
        (text(&info["share"]), info["percent"].is_null()),
        ("0.00", true)
    );
    assert_eq!(of(&result, "A", "total"), "80.00");
}

#[test]
fn a_group_with_nothing_left_hands_its_share_to_its_siblings() {
    let story = Story::new(Weights::Points, 5)
        .criterion("X", 20, RATED)
        .category("inner", Some(0), 0)
        .criterion("Y", 30, OPTIONAL)
        .category("other", None, 0)
        .criterion("Z", 50, RATED)
        .says("Ana", "A", [number(5), NA, number(0)]);
    let result = story.told();
    // X takes over all of its category's 50.
    assert_eq!(of(&result, "A", "total"), "50.00");
}

#[test]
fn a_lens_moves_totals_but_re_decides_no_gate() {
    let mut story = Story::new(Weights::Points, 5)
        .criterion("X", 50, RATED)
        .criterion("Y", 50, RATED)
        .lens(&[100, 0], &[1])
        .scores("Ana", "A", [5, 1])
        .scores("Ana", "B", [4, 5]);
    story.0.set.total_minimum = Some(whole(70));
    let result = story.under_lens();
    assert_eq!(
        (of(&result, "A", "total"), of(&result, "A", "status")),
        ("100.00", "disqualified")
    );
    assert_eq!(
        text(&vendor(&result, "A")["gates"][0]["value_exact"]),
        "60/1"
    );
    let metric = by_id(&vendor(&result, "B")["metrics"], "group");
    assert!(
        metric["percent"].is_null(),
        "a metric without weight is not weighed"
    );
}
