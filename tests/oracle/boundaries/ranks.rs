//! Totals and ranks: full marks, no marks, alone, a hair apart.

use crate::build::{RATED, Story, at_least};
use crate::compare::{text, vendor};
use crate::engine;
use crate::model::{Ans, Num, Weights, whole};
use crate::write::PLAIN;

use super::{of, one_rated};

#[test]
fn full_marks_are_exactly_100_and_no_marks_exactly_0() {
    let result = Story::new(Weights::Relative, 5)
        .criterion("X", 3, RATED)
        .criterion("Y", 7, RATED)
        .criterion("Z", 1, RATED)
        .scores("Ana", "Full", [5, 5, 5])
        .scores("Ana", "Zero", [0, 0, 0])
        .told();
    assert_eq!(of(&result, "Full", "total_exact"), "100/1");
    assert_eq!(of(&result, "Zero", "total_exact"), "0/1");
    assert_eq!(of(&result, "Zero", "coverage"), "100.00");
}

#[test]
fn one_vendor_alone_is_first_and_not_tied() {
    let result = one_rated(RATED).scores("Ana", "A", [2]).told();
    let only = vendor(&result, "A");
    assert_eq!(
        (only["rank"].as_u64(), only["tied"].as_bool()),
        (Some(1), Some(false))
    );
    assert_eq!(text(&result["status"]), "final");
}

#[test]
fn with_everyone_disqualified_the_result_is_final_and_nobody_has_a_rank() {
    let result = one_rated(at_least(whole(3)))
        .scores("Ana", "A", [2])
        .scores("Ana", "B", [1])
        .told();
    assert_eq!(text(&result["status"]), "final");
    for name in ["A", "B"] {
        assert_eq!(of(&result, name, "status"), "disqualified");
        assert!(vendor(&result, name)["rank"].is_null());
    }
    assert_eq!(of(&result, "A", "total"), "40.00");
}

#[test]
fn vendors_a_hair_apart_print_apart_and_rank_apart() {
    let hair = |units| Some(Ans::Number(Num { units, places: 6 }));
    let story =
        one_rated(RATED)
            .says("Ana", "A", [hair(3_000_001)])
            .says("Ana", "B", [hair(3_000_000)]);
    let result = engine::agreed(&story.0, &PLAIN, None);
    assert_eq!(of(&result, "A", "total"), "60.00002");
    assert_eq!(of(&result, "B", "total"), "60.00000");
    assert_eq!(vendor(&result, "B")["rank"].as_u64(), Some(2));
}
