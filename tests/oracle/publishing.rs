//! What is printed never contradicts what is exact.

use num_traits::Zero;
use proptest::prelude::*;
use serde_json::Value;

use crate::compare::{by_id, decimal, exact, places, rounded, text, vendors};
use crate::engine;
use crate::make::{Taste, cases};
use crate::model::Q;

proptest! {
    #![proptest_config(engine::some(200))]

    #[test]
    fn a_column_prints_unequal_values_apart_with_the_fewest_decimals((case, layout) in cases(Taste::Anything), lens in prop::option::of(Just(0))) {
        let result = engine::runs(&case, &layout, lens)?;
        let listed = vendors(&result);
        for field in ["total", "low", "high"] {
            let column: Vec<&Value> = listed.clone();
            prop_assert_eq!(wrong_prints(&column, field), Vec::<String>::new(), "{}", field);
        }
        let lists = [
            ("categories", case.set.categories.iter().map(|category| &category.id).collect::<Vec<_>>()),
            ("criteria", case.set.criteria.iter().map(|criterion| &criterion.id).collect()),
        ];
        for (list, ids) in lists {
            for id in ids {
                let column: Vec<&Value> = listed.iter().map(|vendor| by_id(&vendor[list], id)).collect();
                prop_assert_eq!(wrong_prints(&column, "contribution"), Vec::<String>::new(), "{}", id);
            }
        }
    }

    #[test]
    fn printed_totals_keep_the_exact_order((case, layout) in cases(Taste::Anything)) {
        let result = engine::runs(&case, &layout, None)?;
        let listed = vendors(&result);
        for one in &listed {
            for other in &listed {
                for field in ["total", "low", "high"] {
                    let exacts = (exact(one, field), exact(other, field));
                    let printed = (decimal(text(&one[field])), decimal(text(&other[field])));
                    if let ((Some(a), Some(b)), (Some(x), Some(y))) = (exacts, printed) {
                        prop_assert!(a.cmp(&b) == x.cmp(&y) || (a != b && x == y && tells_apart_beyond_six(&a, &b)));
                    }
                }
            }
        }
    }

    #[test]
    fn rounding_is_what_the_printed_parts_miss_of_the_printed_total((case, layout) in cases(Taste::Anything), lens in prop::option::of(Just(0))) {
        let result = engine::runs(&case, &layout, lens)?;
        for vendor in vendors(&result) {
            let top = case.set.categories.iter().filter(|category| category.parent.is_none());
            let parts: Option<Vec<Q>> = top
                .map(|category| decimal(by_id(&vendor["categories"], &category.id)["contribution"].as_str()?))
                .collect();
            let total = vendor["total"].as_str().and_then(decimal);
            let expected = total.zip(parts).map(|(total, parts)| total - parts.into_iter().sum::<Q>());
            let got = vendor["rounding"].as_str().and_then(decimal);
            prop_assert_eq!(&got, &expected);
            if expected.is_some_and(|gap| gap.is_zero()) {
                prop_assert_eq!(text(&vendor["rounding"]), "0.00");
            }
        }
    }
}

fn tells_apart_beyond_six(a: &Q, b: &Q) -> bool {
    rounded(a, 6) == rounded(b, 6)
}

/// Every value of a column that is not printed as it should be.
fn wrong_prints(column: &[&Value], field: &str) -> Vec<String> {
    let printed: Vec<(&str, Q)> = column
        .iter()
        .filter_map(|row| Some((row[field].as_str()?, exact(row, field)?)))
        .collect();
    let mut wrong = Vec::new();
    for (shown, value) in &printed {
        let mut group: Vec<&Q> = printed.iter().map(|(_, other)| other).collect();
        group.retain(|other| rounded(other, 2) == rounded(value, 2));
        group.sort();
        group.dedup();
        let parts = |at: usize| {
            let mut prints: Vec<Q> = group.iter().map(|other| rounded(other, at)).collect();
            prints.dedup();
            prints.len() == group.len()
        };
        let fewest = (2..=6).find(|&at| parts(at)).unwrap_or(6);
        if places(shown) != fewest || decimal(shown) != Some(rounded(value, fewest)) {
            wrong.push(format!(
                "{value} is printed as {shown}, not with {fewest} decimals"
            ));
        }
    }
    wrong
}
