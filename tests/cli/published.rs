//! Rankings that others have computed and printed, from the files of `tests/data/published`.

use serde_json::{Value, json};

use crate::support::{Bench, by_id, vendor};

/// The result of a case: its set, and its scores.
macro_rules! case {
    ($name:literal) => {
        Bench::with(&[
            (
                "set.toml",
                include_str!(concat!("../data/published/", $name, ".toml")),
            ),
            (
                "scores.csv",
                include_str!(concat!("../data/published/", $name, ".csv")),
            ),
        ])
        .json("--criteria set.toml scores.csv")
    };
}

fn figures(result: &Value, names: &[&str], figure: impl Fn(&Value) -> Value) -> Vec<Value> {
    let of = |name: &&str| figure(vendor(result, name));
    names.iter().map(of).collect()
}

#[test]
fn four_projects_have_the_printed_weighted_sums_and_the_printed_tie() {
    let result = case!("penn-state-projects");
    let names = [
        "Project Alpha",
        "Project Beta",
        "Project Gamma",
        "Project Delta",
    ];
    // 11, 15, 15 and 12 of the 18 points that the weights 3, 2 and 1 give for the best scores.
    assert_eq!(
        figures(&result, &names, |card| card["total_exact"].clone()),
        ["550/9", "250/3", "250/3", "200/3"]
    );
    assert_eq!(
        figures(&result, &names, |card| json!([card["rank"], card["tied"]])),
        [
            json!([4, false]),
            json!([1, true]),
            json!([1, true]),
            json!([3, false])
        ]
    );
}

#[test]
fn three_suppliers_have_the_printed_sub_totals_and_totals() {
    let result = case!("supplier-credits");
    let names = ["A", "B", "Gamma"];
    let technical = |card: &Value| by_id(&card["categories"], "tech")["contribution_exact"].clone();
    assert_eq!(
        figures(&result, &names, technical),
        ["35/1", "34/1", "30/1"]
    );
    assert_eq!(
        figures(&result, &names, |card| card["total_exact"].clone()),
        ["88/1", "85/1", "59/1"]
    );
    assert_eq!(
        figures(&result, &names, |card| card["rank"].clone()),
        [json!(1), json!(2), json!(3)]
    );
}

#[test]
fn quality_to_price_80_to_20_gives_the_printed_scores() {
    let result = case!("felp-80-20");
    let names = ["Firm A", "Firm B", "Firm C", "Firm D"];
    let points =
        |id: &'static str| move |card: &Value| by_id(&card["criteria"], id)["points"].clone();
    assert_eq!(
        figures(&result, &names, points("QUALITY")),
        ["95.35", "97.67", "100.00", "90.70"]
    );
    assert_eq!(
        figures(&result, &names, points("PRICE")),
        ["94.29", "95.65", "84.26", "100.00"]
    );
    assert_eq!(
        figures(&result, &names, |card| card["total"].clone()),
        ["95.14", "97.27", "96.85", "92.56"]
    );
}

#[test]
fn the_lowest_cost_over_the_cost_gives_the_printed_points() {
    let cost = |id: &'static str| {
        move |card: &Value| by_id(&card["criteria"], id)["contribution_exact"].clone()
    };
    // 300 and 272.7 of 300 of 1000 points.
    let result = case!("georgia-300");
    assert_eq!(
        figures(&result, &["Supplier A", "Supplier B"], cost("COST")),
        ["30/1", "300/11"]
    );
    // 35, 28 and 23.3 of 100.
    let result = case!("rcuh-35");
    let names = ["Proposal A", "Proposal B", "Proposal C"];
    assert_eq!(
        figures(&result, &names, cost("PRICE")),
        ["35/1", "28/1", "70/3"]
    );
}
