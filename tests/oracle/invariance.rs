//! What must not change a result does not, and who is better everywhere is never behind.

use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::compare::{exact, vendor, vendors};
use crate::engine;
use crate::make::{Taste, cases};
use crate::model::{Ans, Case, Kind, Num, Rule, Weights, whole};
use crate::write::{Layout, Shape};

proptest! {
    #![proptest_config(engine::some(150))]

    #[test]
    fn scaling_relative_weights_changes_no_number((mut case, layout) in cases(Taste::Anything), factors in prop::array::uniform6(1_i64..50), lens in prop::option::of(Just(0))) {
        // Weights that add up to 100 in each group can be read as proportions too.
        match case.set.weights {
            Weights::Points => return Ok(()),
            Weights::Shares | Weights::Relative => case.set.weights = Weights::Relative,
        }
        let before = engine::runs(&case, &layout, lens)?;
        let times = |weight: &mut Num, factor: i64| weight.units = weight.units.saturating_mul(factor);
        // Each group of siblings by a factor of its own.
        let factor = |group: Option<usize>| factors[group.map_or(5, |at| at)];
        for category in &mut case.set.categories {
            times(&mut category.weight, factor(category.parent));
        }
        for criterion in &mut case.set.criteria {
            times(&mut criterion.weight, factor(Some(criterion.category)));
        }
        for weight in case.set.lenses.iter_mut().flat_map(|lens| &mut lens.weights) {
            times(weight, factors[4]);
        }
        let after = engine::runs(&case, &layout, lens)?;
        prop_assert_eq!(numbers_of(&before), numbers_of(&after));
    }

    #[test]
    fn the_order_of_rows_sheets_vendors_and_criteria_changes_no_number((case, layout) in cases(Taste::Anything), lens in prop::option::of(Just(0))) {
        let before = engine::runs(&case, &layout, lens)?;
        let mut other = layout.clone();
        other.backwards = !layout.backwards;
        let after = engine::runs(&case, &other, lens)?;
        prop_assert_eq!(numbers_of(&before), numbers_of(&after), "rows");
        other.drafts.clear();
        for shape in [Shape::LongTogether, Shape::LongEach, Shape::WideEach] {
            other.shape = shape;
            let after = engine::runs(&case, &other, lens)?;
            prop_assert_eq!(numbers_of(&before), numbers_of(&after), "shape {:?}", shape);
        }
        let after = engine::runs(&turned(&case), &other, lens)?;
        prop_assert_eq!(numbers_of(&before), numbers_of(&after), "vendors, criteria, evaluators");
    }

    #[test]
    fn a_vendor_at_least_as_good_everywhere_is_never_behind((mut case, layout) in cases(Taste::Bare), better in any::<u64>(), lens in prop::option::of(Just(0))) {
        prop_assume!(case.vendors.len() >= 2 && !case.evaluators.is_empty());
        outdo(&mut case, better);
        let plain = Layout { drafts: std::collections::BTreeMap::new(), ..layout };
        let result = engine::runs(&case, &plain, lens)?;
        let (good, better) = (vendor(&result, &case.vendors[0]), vendor(&result, &case.vendors[1]));
        for end in ["low", "high"] {
            prop_assert!(exact(better, end) >= exact(good, end), "{end}\n{}", engine::shown(&case, &plain));
        }
        let rank = |vendor: &Value, at: usize| vendor["rank_range"][at].as_u64();
        for end in [0, 1] {
            prop_assert!(rank(better, end).is_some());
            prop_assert!(rank(better, end) <= rank(good, end), "{}", engine::shown(&case, &plain));
        }
    }
}

/// The same case with vendors, criteria and evaluators listed from the last to the first.
fn turned(case: &Case) -> Case {
    let mut other = case.clone();
    let back = |count: usize, at: usize| count.saturating_sub(1).saturating_sub(at);
    let vendors = case.vendors.len();
    let criteria = case.set.criteria.len();
    let evaluators = case.evaluators.len();
    other.vendors.reverse();
    other.evaluators.reverse();
    other.set.criteria.reverse();
    for lens in &mut other.set.lenses {
        lens.weights.reverse();
        for member in lens.metrics.iter_mut().flat_map(|(_, members)| members) {
            *member = back(criteria, *member);
        }
    }
    let answers = case
        .answers
        .iter()
        .map(|(&(vendor, criterion, evaluator), &answer)| {
            let cell = (
                back(vendors, vendor),
                back(criteria, criterion),
                back(evaluators, evaluator),
            );
            (cell, answer)
        });
    other.answers = answers.collect();
    other.excluded = case.excluded.iter().map(|&at| back(vendors, at)).collect();
    let recused = case.recused.iter().map(|&(evaluator, vendor)| {
        (
            back(evaluators, evaluator),
            vendor.map(|vendor| back(vendors, vendor)),
        )
    });
    other.recused = recused.collect();
    other
}

/// The vendors of a result in page order, every list within them sorted, without the cells that answers came from.
fn numbers_of(result: &Value) -> Vec<Value> {
    vendors(result)
        .into_iter()
        .map(|vendor| sorted(vendor, ""))
        .collect()
}

fn sorted(value: &Value, key: &str) -> Value {
    match value {
        Value::Array(items) if key != "rank_range" => {
            let mut items: Vec<Value> = items.iter().map(|item| sorted(item, "")).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(fields) => {
            let numbers = fields.iter().filter(|(key, _)| *key != "answers");
            let fields = numbers.map(|(key, field)| (key.clone(), sorted(field, key)));
            Value::Object(fields.collect::<Map<String, Value>>())
        }
        other => other.clone(),
    }
}

/// Gives the second vendor what the first has, here and there something better.
fn outdo(case: &mut Case, better: u64) {
    for criterion in 0..case.set.criteria.len() {
        for evaluator in 0..case.evaluators.len() {
            let bit = criterion.saturating_mul(5).saturating_add(evaluator);
            let improve = better.rotate_right(u32::try_from(bit).unwrap_or(0)) & 1 == 1;
            let scale = case.set.scale_of(criterion);
            let (good, more) = match case.set.criteria[criterion].kind {
                Kind::Rated { lower, .. } => {
                    let Some(&good) = case.answers.get(&(0, criterion, evaluator)) else {
                        case.answers.remove(&(1, criterion, evaluator));
                        continue;
                    };
                    let best = if lower { scale.min } else { scale.max };
                    (good, Ans::Number(best))
                }
                // One vendor has one price, so the bit is that of the criterion alone.
                Kind::Priced { rule, .. } => {
                    let improve =
                        better.rotate_right(u32::try_from(criterion).unwrap_or(0)) & 1 == 1;
                    let cheap = match rule {
                        Rule::LinearRange => whole(0),
                        _ => whole(40),
                    };
                    let (good, more) = (Ans::Number(whole(90)), Ans::Number(cheap));
                    case.answers.insert((0, criterion, evaluator), good);
                    case.answers
                        .insert((1, criterion, evaluator), if improve { more } else { good });
                    continue;
                }
                Kind::PassFail => continue,
            };
            case.answers
                .insert((1, criterion, evaluator), if improve { more } else { good });
        }
    }
}
