//! Prices: the four rules, the clamps, and what a missing price or an open gate does to the others.

use scorecard::scoring::{Notice, ResultStatus, State, VendorStatus};

use crate::support::{Ranked, evaluation, rank, set, shown};
use crate::worked::QUALITY_AND_PRICE;

fn priced(rule: &str, prices: &[(&str, &str)]) -> Ranked {
    let set = set(&format!(
        r#"
category = [{{ id = "all", title = "All" }}]
criterion = [{{ id = "P", category = "all", title = "Price", weight = 100, price = {rule} }}]
"#
    ));
    let rows: Vec<_> = prices
        .iter()
        .map(|(vendor, price)| (*vendor, "P", "Ana", *price))
        .collect();
    rank(&evaluation(&set, &rows))
}

fn totals(ranked: &Ranked, vendors: &[&str]) -> Vec<String> {
    vendors.iter().map(|vendor| ranked.total(vendor)).collect()
}

const FIXED: &str = r#"{ rule = "fixed-range", floor = 100, ceiling = 300, currency = "EUR" }"#;

#[test]
fn fixed_range_runs_from_the_ceiling_to_the_floor_and_is_clamped() {
    let ranked = priced(
        FIXED,
        &[
            ("A", "100"),
            ("B", "300"),
            ("C", "150"),
            ("D", "99.99"),
            ("E", "300.01"),
            ("F", "0"),
        ],
    );
    assert_eq!(
        totals(&ranked, &["A", "B", "C", "D", "E", "F"]),
        ["100/1", "0/1", "75/1", "100/1", "0/1", "100/1"]
    );
    let outside = ranked
        .scorecard
        .notices
        .iter()
        .filter(|notice| matches!(notice, Notice::PriceOutsideRange { .. }));
    assert_eq!(outside.count(), 3);
}

#[test]
fn lowest_ratio_is_the_lowest_over_the_price() {
    let ranked = priced(
        r#"{ rule = "lowest-ratio" }"#,
        &[("A", "100"), ("B", "300"), ("C", "150")],
    );
    assert_eq!(
        totals(&ranked, &["A", "B", "C"]),
        ["100/1", "100/3", "200/3"]
    );
}

#[test]
fn linear_to_lowest_reaches_nothing_at_twice_the_lowest() {
    let ranked = priced(
        r#"{ rule = "linear-to-lowest" }"#,
        &[("A", "100"), ("B", "200"), ("C", "150"), ("D", "500")],
    );
    assert_eq!(
        totals(&ranked, &["A", "B", "C", "D"]),
        ["100/1", "0/1", "50/1", "0/1"]
    );
}

#[test]
fn linear_range_runs_from_the_highest_to_the_lowest() {
    let ranked = priced(
        r#"{ rule = "linear-range" }"#,
        &[("A", "0"), ("B", "200"), ("C", "150")],
    );
    assert_eq!(totals(&ranked, &["A", "B", "C"]), ["100/1", "0/1", "25/1"]);
    let alike = priced(r#"{ rule = "linear-range" }"#, &[("A", "7"), ("B", "7")]);
    assert_eq!(totals(&alike, &["A", "B"]), ["100/1", "100/1"]);
    assert_eq!(alike.rank("A"), (Some(1), true));
}

#[test]
fn no_response_is_no_points_and_moves_nobody() {
    for rule in [
        "fixed-range",
        "lowest-ratio",
        "linear-to-lowest",
        "linear-range",
    ] {
        let rule = if rule == "fixed-range" {
            FIXED.to_owned()
        } else {
            format!("{{ rule = {rule:?} }}")
        };
        let ranked = priced(&rule, &[("A", "100"), ("B", "silent")]);
        assert_eq!(totals(&ranked, &["A", "B"]), ["100/1", "0/1"], "{rule}");
        assert_eq!(ranked.cell("B", "P").state, State::NoResponse);
        assert_eq!(ranked.scorecard.status, ResultStatus::Final);
    }
}

#[test]
fn a_missing_price_takes_every_value_it_could() {
    let ranked = priced(FIXED, &[("A", "150"), ("B", "")]);
    assert_eq!(totals(&ranked, &["A", "B"]), ["75/1", "0/1..100/1"]);
    let ranked = priced(r#"{ rule = "lowest-ratio" }"#, &[("A", "150"), ("B", "")]);
    assert_eq!(totals(&ranked, &["A", "B"]), ["0/1..100/1", "0/1..100/1"]);
    let ranked = priced(
        r#"{ rule = "linear-range" }"#,
        &[("A", "100"), ("B", ""), ("C", "300"), ("D", "200")],
    );
    // However dear B is, A and D near the full points; however cheap, they near what C leaves them.
    assert_eq!(
        totals(&ranked, &["A", "D"]),
        ["200/3..100/1", "100/3..100/1"]
    );
}

#[test]
fn two_different_amounts_are_a_conflict_and_consensus_ends_it() {
    let set = set(QUALITY_AND_PRICE);
    let mut rows = vec![
        ("A", "Q", "Ana", "80"),
        ("A", "P", "Ana", "100"),
        ("A", "P", "Ben", "100.00"),
    ];
    assert_eq!(rank(&evaluation(&set, &rows)).total("A"), "90/1");
    rows.push(("A", "P", "Cem", "101"));
    let ranked = rank(&evaluation(&set, &rows));
    assert!(ranked.cell("A", "P").conflict);
    assert_eq!(ranked.total("A"), "40/1..90/1");
    rows.push(("A", "P", "consensus", "101"));
    assert_eq!(rank(&evaluation(&set, &rows)).total("A"), "90/1");
}

#[test]
fn a_disqualified_vendor_sets_neither_lowest_nor_highest() {
    let set = set(QUALITY_AND_PRICE);
    let rows = [
        ("A", "Q", "Ana", "80"),
        ("A", "P", "Ana", "100"),
        ("Out", "Q", "Ana", "9"),
        ("Out", "P", "Ana", "50"),
        ("Dear", "Q", "Ana", "9.99"),
        ("Dear", "P", "Ana", "200"),
    ];
    let ranked = rank(&evaluation(&set, &rows));
    assert_eq!(ranked.total("A"), "90/1");
    assert_eq!(ranked.card("Out").status, VendorStatus::Disqualified);
    // Measured by the others' lowest, 100: clamped to full points, and half of them.
    assert_eq!(
        ranked.cell("Out", "P").points.as_ref().map(shown),
        Some("1/1".to_owned())
    );
    assert_eq!(
        ranked.cell("Dear", "P").points.as_ref().map(shown),
        Some("1/2".to_owned())
    );
}

#[test]
fn with_nobody_left_a_relative_price_has_no_points() {
    let set = set(QUALITY_AND_PRICE);
    let ranked = rank(&evaluation(
        &set,
        &[("Out", "Q", "Ana", "9"), ("Out", "P", "Ana", "50")],
    ));
    assert_eq!(ranked.cell("Out", "P").points, None);
    assert_eq!(ranked.scorecard.status, ResultStatus::Final);
}

#[test]
fn a_maximum_on_a_price_is_a_gate_on_the_amount() {
    let rule = r#"{ rule = "lowest-ratio" }, maximum = 200"#;
    let ranked = priced(
        rule,
        &[
            ("At", "200"),
            ("Above", "200.01"),
            ("Silent", "silent"),
            ("Open", ""),
        ],
    );
    let statuses = ["At", "Above", "Silent", "Open"].map(|vendor| ranked.card(vendor).status);
    let (provisional, out) = (VendorStatus::Provisional, VendorStatus::Disqualified);
    assert_eq!(statuses, [provisional, out, out, provisional]);
    // While Open may undercut it, At can have anything above nothing; the dear one never counts.
    assert_eq!(ranked.total("At"), "0/1..100/1");
}

#[test]
fn one_that_is_out_and_dearer_than_all_has_no_points_even_if_all_cost_the_same() {
    let set = set(&QUALITY_AND_PRICE.replace("lowest-ratio", "linear-range"));
    let rows = [
        ("A", "Q", "Ana", "80"),
        ("A", "P", "Ana", "100"),
        ("Dear", "Q", "Ana", "0"),
        ("Dear", "P", "Ana", "150"),
        ("Cheap", "Q", "Ana", "0"),
        ("Cheap", "P", "Ana", "50"),
    ];
    let ranked = rank(&evaluation(&set, &rows));
    assert_eq!(
        totals(&ranked, &["A", "Dear", "Cheap"]),
        ["90/1", "0/1", "50/1"]
    );
}

#[test]
fn a_missing_price_that_counts_is_at_most_what_its_gate_allows() {
    let rule = r#"{ rule = "linear-range" }, maximum = 200"#;
    let ranked = priced(rule, &[("A", "100"), ("B", "150"), ("C", "")]);
    // C may cost 200 and stay, which leaves B (200 - 150) / (200 - 100).
    assert_eq!(totals(&ranked, &["A", "B"]), ["100/3..100/1", "0/1..50/1"]);
}

#[test]
fn free_of_charge_has_full_points_wherever_a_missing_price_comes_to_lie() {
    let set = set(&QUALITY_AND_PRICE.replace("lowest-ratio", "linear-range"));
    let mut rows = vec![
        ("Free", "Q", "Ana", "0"),
        ("Free", "P", "Ana", "0"),
        ("Dear", "Q", "Ana", "0"),
        ("Dear", "P", "Ana", "1"),
        ("B", "Q", "Ana", "80"),
    ];
    // B stays, and names some price; both that are out are measured by it.
    let ranked = rank(&evaluation(&set, &rows));
    assert_eq!(totals(&ranked, &["Free", "Dear"]), ["50/1", "0/1..50/1"]);
    // Whether B stays is open: there may be nothing to measure by.
    rows.remove(4);
    rows.push(("B", "P", "Ana", ""));
    let ranked = rank(&evaluation(&set, &rows));
    assert_eq!(ranked.total("Free"), "0/1..50/1");
}
