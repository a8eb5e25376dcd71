//! Sheets of very many rows.

use std::fmt::Write as _;

use crate::support::{Bench, Done, TWO};

const VENDORS: usize = 250;
const EVALUATORS: usize = 100;

/// Every evaluator's answer about both criteria of every vendor.
fn sheet() -> String {
    let mut sheet = "vendor,criterion,evaluator,score,comment\n".to_owned();
    for vendor in 0..VENDORS {
        for criterion in ["X", "Y"] {
            for (evaluator, score) in (0..EVALUATORS).zip((1..=5).cycle()) {
                writeln!(
                    sheet,
                    "Vendor {vendor:03},{criterion},Evaluator {evaluator:02},{score},seen"
                )
                .unwrap();
            }
        }
    }
    sheet
}

#[test]
fn fifty_thousand_rows_are_ranked_if_the_limit_allows_them() {
    let bench = Bench::with(&[("set.toml", TWO), ("all.csv", &sheet())]);
    let result = bench.json("--criteria set.toml --max-rows 50000 all.csv");
    let vendors = result["vendors"].as_array().unwrap();
    assert_eq!(vendors.len(), VENDORS);
    for vendor in vendors {
        // Each has every score from 1 to 5 equally often, so its mean is 3 of 5.
        assert_eq!(
            (&vendor["total_exact"], &vendor["rank"]),
            (&"60/1".into(), &1.into())
        );
        let answers = vendor["criteria"][0]["answers"].as_array().unwrap();
        assert_eq!(answers.len(), EVALUATORS);
    }
    let refused: Done = bench.run("rank --criteria set.toml --max-rows 49999 all.csv");
    refused.fails_with(1);
}
