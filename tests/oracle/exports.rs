//! The exported scores, read back, give the same result.

use proptest::prelude::*;
use serde_json::Value;

use crate::compare::vendors;
use crate::engine;
use crate::make::{Taste, cases};

proptest! {
    #![proptest_config(engine::some(150))]

    #[test]
    fn exported_scores_read_back_to_the_same_numbers((case, layout) in cases(Taste::NothingTakenBack), lens in prop::option::of(Just(0)), semicolon in any::<bool>()) {
        // A vendor without a single answer has no row to come back from.
        let answered = |vendor: usize| case.answers.keys().any(|cell| cell.0 == vendor);
        if !(0..case.vendors.len()).all(answered) {
            return Ok(());
        }
        let before = engine::runs(&case, &layout, lens)?;
        let after = engine::exported_and_read_back(&case, &layout, lens, semicolon)?;
        prop_assert_eq!(bare(&before), bare(&after), "{}", engine::shown(&case, &layout));
    }
}

/// The vendors, without the cells that answers came from.
fn bare(result: &Value) -> Vec<Value> {
    let mut listed: Vec<Value> = vendors(result).into_iter().cloned().collect();
    for criterion in listed
        .iter_mut()
        .filter_map(|vendor| vendor["criteria"].as_array_mut())
        .flatten()
    {
        criterion["answers"] = Value::Null;
    }
    listed
}
