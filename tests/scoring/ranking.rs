//! Ranks, ranges, order and lenses.

use scorecard::scoring::VendorStatus;

use crate::support::{evaluation, rank, rank_under, set, shown};

const TWO: &str = r#"
scale = { min = 0, max = 5 }
category = [{ id = "a", title = "A" }, { id = "b", title = "B" }]
criterion = [
  { id = "X", category = "a", title = "Ex", weight = 50 },
  { id = "Y", category = "b", title = "Why", weight = 50 },
]
[[lens]]
id = "x"
title = "Ex first"
weights = { X = 100, Y = 0 }
metric = [
  { id = "mx", title = "Metric X", criteria = ["X"] },
  { id = "my", title = "Metric Y", criteria = ["Y"] },
  { id = "both", title = "Both", criteria = ["X", "Y"] },
]
"#;

#[test]
fn four_in_a_row_share_second_place_and_skip_third() {
    let set = set(TWO);
    let scores = [("D", "1"), ("C", "3"), ("A", "5"), ("B", "3")];
    let rows: Vec<_> = scores
        .iter()
        .flat_map(|(vendor, score)| [(*vendor, "X", "Ana", *score), (*vendor, "Y", "Ana", *score)])
        .collect();
    let ranked = rank(&evaluation(&set, &rows));
    assert_eq!(ranked.order(), ["A", "B", "C", "D"]);
    let places = ["A", "B", "C", "D"].map(|vendor| ranked.rank(vendor));
    assert_eq!(
        places,
        [
            (Some(1), false),
            (Some(2), true),
            (Some(2), true),
            (Some(4), false)
        ]
    );
    assert_eq!(
        (ranked.total("A"), ranked.total("D")),
        ("100/1".to_owned(), "20/1".to_owned())
    );
}

#[test]
fn a_rank_is_stated_where_what_is_missing_cannot_change_it() {
    let rows = [
        ("Top", "X", "Ana", "5"),
        ("Top", "Y", "Ana", "5"),
        ("Mid", "X", "Ana", "3"),
        ("Mid", "Y", "Ana", ""),
        ("Low", "X", "Ana", "1"),
        ("Low", "Y", "Ana", "1"),
    ];
    let ranked = rank(&evaluation(&set(TWO), &rows));
    assert_eq!(ranked.total("Mid"), "30/1..80/1");
    assert_eq!(
        (
            ranked.rank("Top").0,
            ranked.rank("Mid").0,
            ranked.rank("Low").0
        ),
        (Some(1), Some(2), Some(3))
    );
    assert_eq!(ranked.card("Mid").status, VendorStatus::Provisional);
}

#[test]
fn touching_ranges_may_still_tie_and_so_do_not_push_a_rank_down() {
    let rows = [
        ("A", "X", "Ana", "4"),
        ("A", "Y", "Ana", "4"),
        ("B", "X", "Ana", "3"),
        ("B", "Y", "Ana", ""),
    ];
    let ranked = rank(&evaluation(&set(TWO), &rows));
    // B reaches 80 at most, which is A's total: A is first at any rate, B first or second.
    assert_eq!(
        (ranked.total("A"), ranked.total("B")),
        ("80/1".to_owned(), "30/1..80/1".to_owned())
    );
    assert_eq!(ranked.card("A").rank_range, Some((1, 1)));
    assert_eq!(ranked.card("B").rank_range, Some((1, 2)));
    assert!(!ranked.card("A").tied);
}

#[test]
fn a_lens_reweighs_and_its_metrics_are_shares_of_what_it_weighs() {
    let evaluation = evaluation(&set(TWO), &[("A", "X", "Ana", "4"), ("A", "Y", "Ana", "1")]);
    assert_eq!(rank(&evaluation).total("A"), "50/1");
    let lensed = rank_under(&evaluation, "x");
    assert_eq!(lensed.total("A"), "80/1");
    let metrics: Vec<_> = lensed
        .card("A")
        .metrics
        .iter()
        .map(|metric| metric.percent.as_ref().map(shown))
        .collect();
    assert_eq!(
        metrics,
        [Some("80/1".to_owned()), None, Some("80/1".to_owned())]
    );
    assert_eq!(lensed.card("A").categories[1].percent, None);
    assert!(rank(&evaluation).card("A").metrics.is_empty());
}

#[test]
fn an_evaluation_without_vendors_is_an_empty_final_result() {
    let ranked = rank(&evaluation(&set(TWO), &[]));
    assert!(ranked.scorecard.vendors.is_empty());
}
