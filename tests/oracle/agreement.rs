//! The engine and the oracle agree on everything, and a result's parts add up.

use num_traits::{One, Zero};
use proptest::prelude::*;

use crate::compare::{exact, span, text, vendors};
use crate::engine;
use crate::make::{Taste, cases};
use crate::model::Q;
use crate::reckon::{self, Span, hundred};

proptest! {
    #![proptest_config(engine::some(400))]

    #[test]
    fn the_engine_agrees_with_the_oracle_on_the_record((case, layout) in cases(Taste::Anything)) {
        engine::agrees(&case, &layout, None)?;
    }

    #[test]
    fn the_engine_agrees_with_the_oracle_under_a_lens((case, layout) in cases(Taste::Anything)) {
        engine::agrees(&case, &layout, Some(0))?;
    }
}

proptest! {
    #![proptest_config(engine::some(200))]

    #[test]
    fn contributions_add_up_to_the_total_without_a_remainder((case, layout) in cases(Taste::Anything), lens in prop::option::of(Just(0))) {
        let result = engine::runs(&case, &layout, lens)?;
        for vendor in vendors(&result) {
            let Some(total) = crate::compare::total(vendor) else { continue };
            let sum = |list: &str, wanted: &dyn Fn(&str) -> bool| {
                let parts = vendor[list].as_array().into_iter().flatten();
                let parts: Vec<Span> = parts
                    .filter(|part| wanted(text(&part["id"])))
                    .filter_map(|part| span(part, "contribution"))
                    .collect();
                Span::sum(parts.iter())
            };
            let is_top = |id: &str| {
                let categories = &case.set.categories;
                categories.iter().any(|category| category.id == id && category.parent.is_none())
            };
            prop_assert_eq!(&sum("criteria", &|_| true), &total);
            prop_assert_eq!(&sum("categories", &is_top), &total);
            if let Some(settled) = exact(vendor, "total") {
                prop_assert_eq!(&settled, &total.low);
                prop_assert_eq!(&settled, &total.high);
            }
            prop_assert!(Q::zero() <= total.low && total.low <= total.high && total.high <= hundred());
        }
    }

    #[test]
    fn the_shares_of_a_set_add_up_to_exactly_one((case, _) in cases(Taste::Anything)) {
        let shares = reckon::record_shares(&case.set, &|_| true);
        prop_assert_eq!(shares.criteria.iter().sum::<Q>(), Q::one());
        let parsed = engine::record_shares(&case.set)?;
        prop_assert_eq!(parsed, shares.criteria);
    }
}
