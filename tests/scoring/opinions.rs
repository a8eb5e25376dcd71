//! Second opinions: the same points, added up in other ways.

use proptest::prelude::*;
use scorecard::evaluation::Evaluation;
use scorecard::exact::fixed;
use scorecard::scoring::opinions::{Certainty, Opinion, Way, second_opinions};
use scorecard::scoring::rank;

use crate::support::{evaluation, set};

const HEAD: &str =
    "weights = \"points\"\n[scale]\nmin = 0\nmax = 100\n[[category]]\nid = \"c\"\ntitle = \"C\"\n";

fn criteria(weights: &[(&str, u32)], more: &str) -> String {
    let each = weights.iter().map(|(id, weight)| {
        format!("[[criterion]]\nid = \"{id}\"\ncategory = \"c\"\ntitle = \"{id}\"\nweight = {weight}\n{more}")
    });
    let each: Vec<String> = each.collect();
    format!("{HEAD}{}", each.join(""))
}

fn said(evaluation: &Evaluation, way: Way) -> Opinion {
    let all = second_opinions(&rank(evaluation, None));
    all.into_iter().find(|one| one.way == way).unwrap()
}

fn names(evaluation: &Evaluation, opinion: &Opinion) -> Vec<String> {
    let first = opinion.first.iter();
    first
        .map(|&one| evaluation.vendor_name(one).to_owned())
        .collect()
}

fn worth(opinion: &Opinion) -> Vec<String> {
    let worths = opinion.vendors.iter();
    worths
        .map(|(_, worth)| fixed(worth.exact().unwrap(), 2))
        .collect()
}

#[test]
fn a_poor_answer_costs_the_product_more_than_the_total() {
    let set = set(&criteria(&[("X", 50), ("Y", 50)], ""));
    let rows = [
        ("Acme", "X", "Ana", "98"),
        ("Acme", "Y", "Ana", "18"),
        ("Bolt", "X", "Ana", "50"),
        ("Bolt", "Y", "Ana", "50"),
    ];
    let evaluation = evaluation(&set, &rows);
    let product = said(&evaluation, Way::WeightedProduct);
    // The root of 0.98 * 0.18, and 0.5.
    assert_eq!(worth(&product), ["42.00", "50.00"]);
    assert_eq!(names(&evaluation, &product), ["Bolt"]);
    assert_eq!(product.same_winner, Some(false));
    let topsis = said(&evaluation, Way::Topsis);
    // Acme: up is the root of .98² + .18², left the root of .02² + .82².
    assert_eq!(worth(&topsis), ["54.85", "50.00"]);
    assert_eq!(topsis.same_winner, Some(true));
}

#[test]
fn no_points_at_all_make_the_product_nothing_and_are_named() {
    let set = set(&criteria(&[("X", 90), ("Y", 10)], ""));
    let mut rows = vec![
        ("Acme", "X", "Ana", "100"),
        ("Acme", "Y", "Ana", "0"),
        ("Bolt", "X", "Ana", "10"),
        ("Bolt", "Y", "Ana", "10"),
    ];
    let one = evaluation(&set, &rows);
    let product = said(&one, Way::WeightedProduct);
    assert_eq!(worth(&product), ["0.00", "10.00"]);
    assert_eq!(product.zeros.len(), 1);
    assert_eq!(product.certainty, Certainty::Sure);
    rows[2] = ("Bolt", "X", "Ana", "0");
    let none = said(&evaluation(&set, &rows), Way::WeightedProduct);
    assert_eq!(none.certainty, Certainty::AllNothing);
    assert_eq!(none.same_winner, None);
}

#[test]
fn equal_products_share_first_place_or_are_too_near_to_call() {
    let set = set(&criteria(&[("X", 50), ("Y", 50)], ""));
    let rows = [
        ("Acme", "X", "Ana", "80"),
        ("Acme", "Y", "Ana", "20"),
        ("Bolt", "X", "Ana", "20"),
        ("Bolt", "Y", "Ana", "80"),
        ("C", "X", "Ana", "40"),
        ("C", "Y", "Ana", "40"),
    ];
    let two = evaluation(&set, &rows[..4]);
    let product = said(&two, Way::WeightedProduct);
    assert_eq!(product.certainty, Certainty::Sure);
    assert_eq!(names(&two, &product), ["Acme", "Bolt"]);
    assert_eq!(said(&two, Way::Topsis).same_winner, Some(true));
    let three = evaluation(&set, &rows);
    let product = said(&three, Way::WeightedProduct);
    assert_eq!(product.certainty, Certainty::TooNear);
    assert_eq!(product.same_winner, None);
}

#[test]
fn what_is_missing_leaves_the_winner_open_where_it_can_change_it() {
    let set = set(&criteria(&[("X", 50), ("Y", 50)], ""));
    let mut rows = vec![
        ("Acme", "X", "Ana", "80"),
        ("Acme", "Y", "Ana", "80"),
        ("Bolt", "X", "Ana", "90"),
    ];
    let open = said(&evaluation(&set, &rows), Way::Topsis);
    assert_eq!(open.certainty, Certainty::Missing);
    rows[2] = ("Bolt", "X", "Ana", "20");
    for way in [Way::WeightedProduct, Way::Topsis] {
        let sure = said(&evaluation(&set, &rows), way);
        assert_eq!(sure.certainty, Certainty::Sure, "{way:?}");
        assert_eq!(sure.same_winner, Some(true));
    }
}

#[test]
fn a_vendor_that_joins_changes_nobody_elses_worth() {
    let set = set(&criteria(&[("X", 60), ("Y", 40)], ""));
    let rows = [
        ("Acme", "X", "Ana", "70"),
        ("Acme", "Y", "Ana", "30"),
        ("Bolt", "X", "Ana", "50"),
        ("Bolt", "Y", "Ana", "60"),
        ("C", "X", "Ana", "100"),
        ("C", "Y", "Ana", "1"),
    ];
    for way in [Way::WeightedProduct, Way::Topsis] {
        let (two, three) = (
            said(&evaluation(&set, &rows[..4]), way),
            said(&evaluation(&set, &rows), way),
        );
        for one in &two.vendors {
            assert!(three.vendors.iter().any(|(_, worth)| *worth == one.1));
        }
    }
}

proptest! {
    #[test]
    fn who_is_better_everywhere_is_first_whatever_the_way(
        scores in prop::collection::vec((1_u32..50, 1_u32..50), 3), weight in 1_u32..98,
    ) {
        let set = set(&criteria(&[("X", weight), ("Y", 1), ("Z", 99 - weight)], ""));
        let texts: Vec<(String, String)> = scores.iter().map(|(low, more)| (low.to_string(), (low + more).to_string())).collect();
        let mut rows = Vec::new();
        for (id, (low, high)) in ["X", "Y", "Z"].iter().zip(&texts) {
            rows.push(("Worse", *id, "Ana", low.as_str()));
            rows.push(("Better", *id, "Ana", high.as_str()));
        }
        let evaluation = evaluation(&set, &rows);
        for way in [Way::WeightedProduct, Way::Topsis] {
            let opinion = said(&evaluation, way);
            prop_assert_eq!(names(&evaluation, &opinion), ["Better"]);
            prop_assert_eq!(opinion.same_winner, Some(true));
        }
    }
}
