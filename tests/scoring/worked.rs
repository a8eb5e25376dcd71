//! The worked examples of the scoring rules.

use scorecard::scoring::{Notice, ResultStatus, VendorStatus};

use crate::support::{evaluation, rank, set, shown};

const X60_Y40: &str = r#"
scale = { min = 0, max = 5 }
[[category]]
id = "all"
title = "All"
[[criterion]]
id = "X"
category = "all"
title = "Ex"
weight = 60
[[criterion]]
id = "Y"
category = "all"
title = "Why"
weight = 40
"#;

pub const QUALITY_AND_PRICE: &str = r#"
scale = { min = 0, max = 100 }
[[category]]
id = "all"
title = "All"
[[criterion]]
id = "Q"
category = "all"
title = "Quality"
weight = 50
minimum = 10
[[criterion]]
id = "P"
category = "all"
title = "Price"
weight = 50
price = { rule = "lowest-ratio" }
"#;

#[test]
fn four_and_three_of_five_weighed_sixty_to_forty_are_seventy_two() {
    let set = set(X60_Y40);
    let ranked = rank(&evaluation(
        &set,
        &[("A", "X", "Ana", "4"), ("A", "Y", "Ana", "3")],
    ));
    assert_eq!(ranked.total("A"), "72/1");
    assert_eq!(shown(&ranked.cell("A", "X").contribution), "48/1");
    assert_eq!(shown(&ranked.cell("A", "Y").contribution), "24/1");
    assert_eq!(ranked.rank("A"), (Some(1), false));
    assert_eq!(ranked.scorecard.status, ResultStatus::Final);
}

#[test]
fn a_missing_score_leaves_a_range_and_decides_no_rank() {
    let set = set(X60_Y40);
    let rows = [
        ("A", "X", "Ana", "4"),
        ("A", "Y", "Ana", "3"),
        ("B", "X", "Ana", "5"),
        ("B", "Y", "Ana", ""),
    ];
    let ranked = rank(&evaluation(&set, &rows));
    assert_eq!(ranked.total("B"), "60/1..100/1");
    assert_eq!(ranked.card("A").rank_range, Some((1, 2)));
    assert_eq!(ranked.card("B").rank_range, Some((1, 2)));
    assert_eq!((ranked.rank("A").0, ranked.rank("B").0), (None, None));
    assert_eq!(ranked.card("A").status, VendorStatus::Ranked);
    assert_eq!(ranked.card("B").status, VendorStatus::Provisional);
    assert_eq!(ranked.scorecard.status, ResultStatus::Provisional);
    assert_eq!(ranked.cell("B", "Y").owed_by.len(), 1);
}

#[test]
fn a_hopeless_bid_that_flips_the_winner_under_a_relative_price_rule_is_told() {
    let set = set(&QUALITY_AND_PRICE.replace("minimum = 10\n", ""));
    let two = [
        ("A", "Q", "Ana", "80"),
        ("A", "P", "Ana", "100"),
        ("B", "Q", "Ana", "70"),
        ("B", "P", "Ana", "80"),
    ];
    let ranked = rank(&evaluation(&set, &two));
    assert_eq!(
        (ranked.total("A"), ranked.total("B")),
        ("80/1".to_owned(), "85/1".to_owned())
    );
    assert_eq!(ranked.order(), ["B", "A"]);

    let three: Vec<_> = two
        .into_iter()
        .chain([("C", "Q", "Ana", "0"), ("C", "P", "Ana", "24")])
        .collect();
    let ranked = rank(&evaluation(&set, &three));
    assert_eq!(
        (ranked.total("A"), ranked.total("B"), ranked.total("C")),
        ("52/1".to_owned(), "50/1".to_owned(), "50/1".to_owned())
    );
    assert_eq!(ranked.order(), ["A", "B", "C"]);
    let flip = ranked
        .scorecard
        .notices
        .iter()
        .find_map(|notice| match notice {
            Notice::PriceFlip {
                without,
                leaders_then,
                ..
            } => Some((*without, leaders_then.clone())),
            _ => None,
        });
    assert_eq!(flip, Some((ranked.vendor("C"), vec![ranked.vendor("B")])));
}

#[test]
fn equal_totals_share_a_rank_and_the_next_one_is_skipped() {
    let set = set(r#"
weights = "relative"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All", weight = 1 }]
criterion = [
  { id = "X", category = "all", title = "Ex", weight = 3 },
  { id = "Y", category = "all", title = "Why", weight = 2 },
  { id = "Z", category = "all", title = "Zed", weight = 1 },
]
"#);
    let scores = [
        ("Alpha", ["4", "3", "5"]),
        ("Beta", ["3", "5", "4"]),
        ("Gamma", ["5", "2", "3"]),
    ];
    let rows: Vec<_> = scores
        .iter()
        .flat_map(|(vendor, scores)| {
            ["X", "Y", "Z"]
                .into_iter()
                .zip(scores)
                .map(|(id, score)| (*vendor, id, "Ana", *score))
        })
        .collect();
    let ranked = rank(&evaluation(&set, &rows));
    assert_eq!(ranked.total("Alpha"), "230/3");
    assert_eq!(ranked.total("Beta"), "230/3");
    assert_eq!(ranked.total("Gamma"), "220/3");
    assert_eq!(ranked.rank("Alpha"), (Some(1), true));
    assert_eq!(ranked.rank("Beta"), (Some(1), true));
    assert_eq!(ranked.rank("Gamma"), (Some(3), false));
}

#[test]
fn an_open_gate_moves_others_under_a_relative_price_rule() {
    let set = set(QUALITY_AND_PRICE);
    let rows = [
        ("A", "Q", "Ana", "80"),
        ("A", "P", "Ana", "100"),
        ("B", "P", "Ana", "50"),
    ];
    let ranked = rank(&evaluation(&set, &rows));
    assert_eq!(ranked.total("A"), "65/1..90/1");
    assert_eq!(ranked.total("B"), "50/1..100/1");
    assert_eq!(ranked.card("B").status, VendorStatus::Provisional);
}

#[test]
fn what_does_not_apply_hands_its_share_to_its_siblings() {
    let set = set(r#"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "X", category = "all", title = "Ex", weight = 20, not_applicable = true },
  { id = "Y", category = "all", title = "Why", weight = 60 },
  { id = "Z", category = "all", title = "Zed", weight = 20 },
]
"#);
    let ranked = rank(&evaluation(
        &set,
        &[
            ("A", "X", "Ana", "n/a"),
            ("A", "Y", "Ana", "5"),
            ("A", "Z", "Ana", "0"),
        ],
    ));
    assert_eq!(ranked.total("A"), "75/1");
    assert_eq!(ranked.cell("A", "Y").share.to_string(), "3/4");
    assert_eq!(
        ranked.card("A").total_na_as_zero.as_ref().map(shown),
        Some("60/1".to_owned())
    );
    assert_eq!(
        ranked.card("A").coverage.as_ref().map(ToString::to_string),
        Some("100/1".to_owned())
    );
}
