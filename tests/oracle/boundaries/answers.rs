//! Answers: consensus, silence, medians, conflicts, and scales of other shapes.

use crate::build::{NA, OPTIONAL, RATED, SILENT, Story, number};
use crate::compare::{by_id, text, vendor};
use crate::model::{Kind, Scale, Weights, tenths, whole};

use super::{of, one_rated};

#[test]
fn the_moderated_score_stands_and_nothing_else_is_missing_there() {
    let result = Story::new(Weights::Points, 5)
        .criterion("X", 50, RATED)
        .criterion("Y", 50, RATED)
        .scores("Ana", "A", [1, 5])
        .scores("Ana", "B", [5, 5])
        .scores("Ben", "B", [5, 5])
        .says("Ben", "A", [None, number(5)])
        .says("consensus", "A", [number(4), None])
        .told();
    assert_eq!(
        (of(&result, "A", "total"), of(&result, "A", "status")),
        ("90.00", "ranked")
    );
}

#[test]
fn silence_beside_scores_counts_as_the_worst_score() {
    let scores = one_rated(RATED)
        .scores("Ana", "A", [4])
        .says("Ben", "A", [SILENT])
        .told();
    assert_eq!(of(&scores, "A", "total"), "40.00");
    let alone = one_rated(RATED).says("Ana", "A", [SILENT]).told();
    assert_eq!(of(&alone, "A", "total"), "0.00");
    let cell = by_id(&vendor(&alone, "A")["criteria"], "X");
    assert_eq!(text(&cell["state"]), "no_response");
    assert_eq!(of(&alone, "A", "status"), "ranked");
}

#[test]
fn silence_is_the_highest_score_where_lower_is_better() {
    let lower = Kind::Rated {
        scale: None,
        lower: true,
        gate: None,
        not_applicable: false,
    };
    let result = one_rated(lower)
        .scores("Ana", "A", [1])
        .says("Ana", "B", [SILENT])
        .told();
    assert_eq!(
        (of(&result, "A", "total"), of(&result, "B", "total")),
        ("80.00", "0.00")
    );
}

#[test]
fn the_median_of_an_even_count_is_halfway_between_the_middle_two() {
    let mut story = one_rated(RATED)
        .scores("Ana", "A", [0])
        .scores("Ben", "A", [2])
        .scores("Cleo", "A", [3])
        .scores("Dov", "A", [5]);
    story.0.set.median = true;
    assert_eq!(of(&story.told(), "A", "total"), "50.00");
    let odd = story.scores("Eve", "A", [5]);
    assert_eq!(of(&odd.told(), "A", "total"), "60.00");
}

#[test]
fn a_missing_answer_without_weight_leaves_the_status_alone() {
    let result = Story::new(Weights::Points, 5)
        .criterion("X", 100, RATED)
        .criterion("info", 0, RATED)
        .scores("Ana", "A", [4, 3])
        .says("Ana", "B", [number(3), None])
        .told();
    assert_eq!(
        (of(&result, "B", "status"), of(&result, "B", "total")),
        ("ranked", "60.00")
    );
    assert_eq!(vendor(&result, "B")["rank"].as_u64(), Some(2));
    assert_eq!(text(&result["status"]), "final");
}

#[test]
fn not_applicable_must_be_unanimous() {
    let story = Story::new(Weights::Points, 5)
        .criterion("X", 40, OPTIONAL)
        .criterion("Y", 60, RATED)
        .says("Ana", "A", [NA, number(5)])
        .scores("Ben", "A", [5, 5]);
    let result = story.told();
    assert_eq!(
        (of(&result, "A", "low"), of(&result, "A", "high")),
        ("60.00", "100.00")
    );
    let settled = story.says("consensus", "A", [NA, None]).told();
    assert_eq!(of(&settled, "A", "total"), "100.00");
}

#[test]
fn scales_below_zero_and_of_max_points_reach_from_end_to_end() {
    let below = Kind::Rated {
        scale: Some(Scale {
            min: whole(-3),
            max: whole(3),
            step: Some(tenths(5)),
        }),
        lower: false,
        gate: None,
        not_applicable: false,
    };
    let result = one_rated(below)
        .scores("Ana", "Low", [-3])
        .scores("Ana", "Middle", [0])
        .scores("Ana", "High", [3])
        .told();
    let totals = ["Low", "Middle", "High"].map(|name| of(&result, name, "total"));
    assert_eq!(totals, ["0.00", "50.00", "100.00"]);
    let mut story = one_rated(RATED)
        .scores("Ana", "A", [1])
        .says("Ana", "B", [SILENT]);
    story.0.set.of_max = true;
    story.0.set.scale.min = whole(1);
    let result = story.told();
    assert_eq!(
        (of(&result, "A", "total"), of(&result, "B", "total")),
        ("20.00", "20.00")
    );
}
