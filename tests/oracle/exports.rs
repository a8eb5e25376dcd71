//! The exported scores, read back, give the same result.

use proptest::prelude::*;
use scorecard::table::Separator;
use serde_json::Value;

use crate::compare::vendors;
use crate::engine::{self, Exported};
use crate::make::{Taste, cases};

proptest! {
    #![proptest_config(engine::some(150))]

    #[test]
    fn exported_scores_read_back_to_the_same_numbers((case, layout) in cases(Taste::NothingTakenBack), lens in prop::option::of(Just(0)), as_file in any_file()) {
        // A vendor without a single answer has no row to come back from.
        let answered = |vendor: usize| case.answers.keys().any(|cell| cell.0 == vendor);
        if !(0..case.vendors.len()).all(answered) {
            return Ok(());
        }
        let before = engine::runs(&case, &layout, lens)?;
        let after = engine::exported_and_read_back(&case, &layout, lens, as_file)?;
        let bare = |result: &Value| bare(result, as_file);
        prop_assert_eq!(bare(&before), bare(&after), "{}", engine::shown(&case, &layout));
    }
}

fn any_file() -> impl Strategy<Value = Exported> {
    prop_oneof![
        Just(Exported::Csv(Separator::Comma)),
        Just(Exported::Csv(Separator::Semicolon)),
        Just(Exported::Xlsx),
    ]
}

/// The vendors, without the cells that answers came from; and without the digits a number was written with, which the cell of a
/// workbook does not keep.
fn bare(result: &Value, as_file: Exported) -> Vec<Value> {
    let mut listed: Vec<Value> = vendors(result).into_iter().cloned().collect();
    let forget = |list: &mut Value, name: &str| {
        for one in list.as_array_mut().into_iter().flatten() {
            one[name] = Value::Null;
        }
    };
    for vendor in &mut listed {
        forget(&mut vendor["criteria"], "answers");
        if matches!(as_file, Exported::Xlsx) {
            forget(&mut vendor["criteria"], "score");
            forget(&mut vendor["gates"], "value");
        }
    }
    listed
}
