//! Whatever is drawn: what is not typed keeps its proportions.

use proptest::prelude::*;

use super::*;
use crate::criteria::{Criterion, shipped};

/// Random wishes about a set: what may be dropped by bits, weights of some categories, a price share, one stakeholder.
fn wishes(
    set: &CriteriaSet,
    bits: u64,
    weights: &[u32],
    price: Option<u32>,
    points: u32,
) -> Wishes {
    let nodes = set.criteria().iter().map(Criterion::id);
    let dropped = nodes
        .enumerate()
        .filter(|(at, _)| bits >> (at % 64) & 3 == 3);
    let of = |hundredths: &u32| plain(Decimal::new(i64::from(*hundredths), 2));
    let categories = set.categories().iter().zip(weights);
    let typed = categories.clone().filter(|(_, weight)| **weight % 2 == 1);
    let (one, other) = (set.categories()[0].id(), set.categories()[1].id());
    Wishes {
        drop: dropped.map(|(_, id)| id.to_owned()).collect(),
        price_share: price.as_ref().map(of).unwrap_or_default(),
        categories: typed
            .map(|(one, weight)| (one.id().to_owned(), of(weight)))
            .collect(),
        stakeholders: vec![Stakeholder {
            title: "CFO".to_owned(),
            points: vec![
                (one.to_owned(), of(&points)),
                (other.to_owned(), of(&10_000_u32.saturating_sub(points))),
            ],
            ..Stakeholder::default()
        }],
        ..Wishes::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn whatever_is_not_typed_keeps_its_proportions_in_every_shipped_set(
        which in 0_usize..4,
        bits in any::<u64>(),
        weights in prop::collection::vec(0_u32..900, 8),
        price in prop::option::of(0_u32..=2_500),
        points in 0_u32..=10_000,
    ) {
        let old = shipped()[which].read().unwrap();
        let wishes = wishes(&old, bits, &weights, price, points);
        let has = |ids: &[&str]| ids.iter().any(|id| wishes.drop.iter().any(|gone| gone == id));
        let tailored = match tailor(&old, &wishes) {
            Ok(tailored) => tailored,
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                // Only what the draw itself may break: a category or price that is dropped and typed, all of the rest dropped.
                let codes: Vec<&str> = problems.iter().map(TailorProblem::code).collect();
                let known = ["dropped", "not-priced", "category-sum", "nothing-left", "lens-left-empty", "wrong-sum"];
                prop_assert!(codes.iter().all(|code| known.contains(code)), "{codes:?}");
                return Ok(());
            }
        };
        let new = read(tailored.set.source());
        let (before, after) = (Weighting::of_record(&old).shares(), Weighting::of_record(&new).shares());
        let all: Vec<Fraction> = new.indexed_criteria().map(|(at, _)| after.of_criterion(at)).collect();
        prop_assert_eq!(Fraction::sum(&all), Fraction::one());
        // The price share and the typed categories are what was typed, to the last digit.
        let in_percent = |of: Vec<Fraction>| Fraction::sum(&of).percent();
        if let Some(price) = price {
            let priced = new.indexed_criteria().filter(|(at, _)| is_priced(&new, *at));
            let found = in_percent(priced.map(|(at, _)| after.of_criterion(at)).collect());
            prop_assert_eq!(found, Fraction::new(i64::from(price), 100).unwrap());
        }
        let mut typed = Vec::new();
        for (id, weight) in &wishes.categories {
            let Some(Node::Category(category)) = Node::with_id(&new, id) else { continue };
            typed.push(id.as_str());
            let expected = Fraction::from(read_typed(weight).unwrap());
            prop_assert_eq!(after.of_category(category).percent(), expected);
        }
        // Within a typed category, and among all that is in none, shares keep their proportions, prices apart.
        let region = |set: &CriteriaSet, at: CriterionIndex| {
            let id = Node::Category(set.criteria()[at.position()].category()).id(set).to_owned();
            typed.contains(&id.as_str()).then_some(id)
        };
        let kept: Vec<_> = new
            .indexed_criteria()
            .filter(|(at, _)| price.is_none() || !is_priced(&new, *at))
            .map(|(at, one)| (at, old.criterion_index(one.id()).unwrap()))
            .collect();
        for pair in kept.windows(2) {
            let [(a, was_a), (b, was_b)] = *pair else { continue };
            if region(&new, a) == region(&new, b) {
                let left = &after.of_criterion(a) * &before.of_criterion(was_b);
                let right = &after.of_criterion(b) * &before.of_criterion(was_a);
                prop_assert_eq!(left, right);
            }
        }
        prop_assert!(!has(&new.criteria().iter().map(Criterion::id).collect::<Vec<_>>()));
        // A lens keeps its own proportions.
        for lens in old.lenses() {
            let found = new.lens(lens.id()).unwrap();
            let weight = |lens: &crate::criteria::Lens, at: CriterionIndex| Fraction::from(lens.weights()[at.position()]);
            for pair in new.indexed_criteria().collect::<Vec<_>>().windows(2) {
                let [(a, one), (b, other)] = *pair else { continue };
                let was = |id: &str| weight(lens, old.criterion_index(id).unwrap());
                prop_assert_eq!(&weight(found, a) * &was(other.id()), &weight(found, b) * &was(one.id()));
            }
        }
    }
}
