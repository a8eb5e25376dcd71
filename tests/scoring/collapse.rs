//! Several evaluators, one cell.

use scorecard::scoring::{Collapsed, ResultStatus, State};

use crate::support::{evaluation, fraction, rank, set, sheet, shown};

const ONE: &str = r#"
scale = { min = 1, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [{ id = "X", category = "all", title = "Ex", weight = 100, not_applicable = true }]
"#;

#[test]
fn the_mean_is_exact_and_shown_as_computed() {
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "X", "Ben", "4"),
        ("A", "X", "Cem", "4"),
    ];
    let ranked = rank(&evaluation(&set(ONE), &rows));
    assert_eq!(
        ranked.cell("A", "X").score,
        Some(Collapsed::Computed(fraction(13, 3)))
    );
    assert_eq!(ranked.total("A"), "250/3");
}

#[test]
fn the_median_of_an_even_count_is_the_mean_of_the_middle_two() {
    let set = set(&format!(
        "rules = {{ evaluators = \"median\" }}\n{}",
        ONE.trim_start()
    ));
    let rows = [
        ("A", "X", "Ana", "1"),
        ("A", "X", "Ben", "5"),
        ("A", "X", "Cem", "2"),
        ("A", "X", "Dan", "5"),
    ];
    assert_eq!(
        rank(&evaluation(&set, &rows)).cell("A", "X").score,
        Some(Collapsed::Computed(fraction(7, 2)))
    );
}

#[test]
fn one_answer_is_shown_as_written() {
    let ranked = rank(&evaluation(&set(ONE), &[("A", "X", "Ana", "4.50")]));
    let Some(Collapsed::Written(score)) = ranked.cell("A", "X").score else {
        panic!("not as written");
    };
    assert_eq!(score.to_string(), "4.50");
}

#[test]
fn consensus_overrides_and_leaves_nothing_missing() {
    let rows = [
        ("A", "X", "Ana", "1"),
        ("A", "X", "consensus", "4"),
        ("B", "X", "Ana", "2"),
        ("B", "X", "Ben", "2"),
    ];
    let ranked = rank(&evaluation(&set(ONE), &rows));
    assert_eq!(ranked.total("A"), "75/1");
    assert!(ranked.cell("A", "X").owed_by.is_empty());
    assert_eq!(ranked.scorecard.status, ResultStatus::Final);
}

#[test]
fn consensus_belongs_to_no_panel_and_owes_nothing() {
    let rows = [("A", "X", "Consensus", "4"), ("B", "X", "Ana", "3")];
    let ranked = rank(&evaluation(&set(ONE), &rows));
    assert_eq!(
        (ranked.total("A").as_str(), ranked.total("B").as_str()),
        ("75/1", "50/1")
    );
}

#[test]
fn who_answered_for_one_vendor_owes_the_others() {
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "X", "Ben", "5"),
        ("B", "X", "Ana", "3"),
    ];
    let ranked = rank(&evaluation(&set(ONE), &rows));
    assert_eq!(ranked.cell("B", "X").state, State::NotScored);
    assert_eq!(ranked.cell("B", "X").owed_by.len(), 1);
    // Ben's answer lies from 1 to 5, so the mean from 2 to 4.
    assert_eq!(ranked.total("B"), "25/1..75/1");
    assert_eq!(
        ranked.card("B").coverage.as_ref().map(ToString::to_string),
        Some("0/1".to_owned())
    );
}

#[test]
fn no_response_counts_as_the_worst_end_alone_and_beside_scores() {
    let rows = [
        ("A", "X", "Ana", "silent"),
        ("B", "X", "Ana", "5"),
        ("A", "X", "Ben", "silent"),
        ("B", "X", "Ben", "silent"),
    ];
    let ranked = rank(&evaluation(&set(ONE), &rows));
    assert_eq!(
        (ranked.cell("A", "X").state, ranked.total("A").as_str()),
        (State::NoResponse, "0/1")
    );
    assert_eq!(
        (ranked.cell("B", "X").state, ranked.total("B").as_str()),
        (State::Scored, "50/1")
    );
    assert_eq!(ranked.cell("B", "X").no_responses, 1);
    assert_eq!(ranked.scorecard.status, ResultStatus::Final);
}

#[test]
fn the_worst_end_is_the_maximum_where_lower_is_better() {
    let set = set(r#"
category = [{ id = "all", title = "All" }]
criterion = [{ id = "X", category = "all", title = "Ex", weight = 100, direction = "lower", scale = { min = 0, max = 10 } }]
"#);
    let rows = [
        ("A", "X", "Ana", "silent"),
        ("B", "X", "Ana", "2"),
        ("C", "X", "Ana", "0"),
    ];
    let ranked = rank(&evaluation(&set, &rows));
    assert_eq!(
        ["A", "B", "C"].map(|vendor| ranked.total(vendor)),
        ["0/1", "80/1", "100/1"]
    );
}

#[test]
fn not_applicable_beside_a_score_is_a_conflict_over_the_whole_scale() {
    let rows = [("A", "X", "Ana", "n/a"), ("A", "X", "Ben", "5")];
    let ranked = rank(&evaluation(&set(ONE), &rows));
    assert!(ranked.cell("A", "X").conflict);
    assert_eq!(ranked.total("A"), "0/1..100/1");
}

#[test]
fn with_everything_not_applicable_there_is_no_total_and_no_rank() {
    let rows = [("A", "X", "Ana", "n/a"), ("B", "X", "Ana", "3")];
    let ranked = rank(&evaluation(&set(ONE), &rows));
    assert_eq!(ranked.total("A"), "none");
    assert_eq!(
        (ranked.card("A").rank, ranked.card("A").rank_range),
        (None, None)
    );
    assert_eq!(ranked.rank("B"), (Some(1), false));
    assert_eq!(ranked.order(), ["B", "A"]);
}

#[test]
fn not_scored_never_replaces_an_answer_and_clear_takes_it_away() {
    let set = set(ONE);
    let mut evaluation = evaluation(&set, &[("A", "X", "Ana", "4")]);
    evaluation
        .file(sheet(&set, &[("A", "X", "Ana", "")]))
        .unwrap();
    assert_eq!(rank(&evaluation).total("A"), "75/1");
    let changes = evaluation
        .file(sheet(&set, &[("A", "X", "Ana", "clear")]))
        .unwrap();
    assert_eq!(changes.cleared, 1);
    assert_eq!(rank(&evaluation).total("A"), "0/1..100/1");
}

#[test]
fn a_criterion_of_weight_zero_that_nobody_scored_moves_nothing() {
    let set = set(r#"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "X", category = "all", title = "Ex", weight = 100 },
  { id = "I", category = "all", title = "Information only", weight = 0 },
]
"#);
    let ranked = rank(&evaluation(&set, &[("A", "X", "Ana", "5")]));
    assert_eq!(ranked.scorecard.status, ResultStatus::Final);
    assert_eq!(ranked.rank("A"), (Some(1), false));
    assert_eq!(ranked.cell("A", "I").state, State::NotScored);
    assert_eq!(ranked.total("A"), "100/1");
}

#[test]
fn of_max_divides_by_the_maximum() {
    let set = set(&format!(
        "rules = {{ points = \"of-max\" }}\n{}",
        ONE.trim_start()
    ));
    let ranked = rank(&evaluation(&set, &[("A", "X", "Ana", "1")]));
    assert_eq!(
        ranked.cell("A", "X").points.as_ref().map(shown),
        Some("1/5".to_owned())
    );
}
