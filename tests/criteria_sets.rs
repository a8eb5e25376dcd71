//! The shipped criteria sets are sound, and every mistake in a set is told with its line and its cure.

use std::collections::BTreeSet;

use std::fs;
use std::path::Path;

use rust_decimal::Decimal;
use scorecard::criteria::{
    Category, CriteriaSet, Criterion, Kind, PriceRule, SetLimits, SetProblem, Shipped, shipped,
};

fn shipped_sets() -> Vec<CriteriaSet> {
    let sets = shipped().iter().map(Shipped::read);
    sets.collect::<Result<_, _>>()
        .expect("every shipped set is read without a problem")
}

fn shipped_set(id: &str) -> CriteriaSet {
    shipped_sets()
        .into_iter()
        .find(|set| set.id() == id)
        .expect("a shipped set has this id")
}

fn sum(weights: impl Iterator<Item = Decimal>) -> Decimal {
    weights.fold(Decimal::ZERO, |sum, weight| {
        sum.checked_add(weight).expect("weights are small")
    })
}

#[test]
fn every_shipped_set_is_read_under_its_own_id_and_title() {
    let sets = shipped_sets();
    assert_eq!(sets.len(), 4);
    for (set, entry) in sets.iter().zip(shipped()) {
        assert_eq!((set.id(), set.title()), (entry.id(), entry.title()));
        assert_eq!(set.source(), entry.source());
    }
}

#[test]
fn the_weights_of_every_shipped_set_and_lens_add_up_to_a_hundred() {
    for set in shipped_sets() {
        let weights = set.criteria().iter().map(Criterion::weight);
        assert_eq!(sum(weights), Decimal::ONE_HUNDRED, "{}", set.id());
        let categories = set.categories().iter().map(Category::weight);
        assert_eq!(sum(categories), Decimal::ONE_HUNDRED, "{}", set.id());
        assert_eq!(set.lenses().len(), 2, "{}", set.id());
        for lens in set.lenses() {
            let weights = sum(lens.weights().iter().copied());
            assert_eq!(weights, Decimal::ONE_HUNDRED, "{} {}", set.id(), lens.id());
        }
    }
}

#[test]
fn the_shipped_sets_have_as_many_criteria_as_they_say_in_eight_categories() {
    for (id, count) in [
        ("itsm-enterprise", 43),
        ("itsm-mid-market", 43),
        ("itsm-small-business", 38),
        ("itsm-one-afternoon", 15),
    ] {
        let set = shipped_set(id);
        assert_eq!(set.criteria().len(), count, "{id}");
        assert_eq!(set.categories().len(), 8, "{id}");
        let said = format!("{count} criteria");
        assert!(set.source().lines().next().unwrap().contains(&said), "{id}");
    }
}

#[test]
fn every_shipped_lens_has_its_five_metrics_apart_from_the_categories() {
    for set in shipped_sets() {
        let mut ids: BTreeSet<&str> = set.categories().iter().map(Category::id).collect();
        for lens in set.lenses() {
            assert_eq!(lens.metrics().len(), 5, "{} {}", set.id(), lens.id());
            for metric in lens.metrics() {
                assert!(ids.insert(metric.id()), "{} {}", set.id(), metric.id());
                assert!(!metric.criteria().is_empty());
            }
        }
    }
}

#[test]
fn must_haves_are_gates_at_two_and_security_ones_at_three() {
    let mut gates = Vec::new();
    for set in shipped_sets() {
        assert!(set.rules().total_minimum().is_none());
        assert!(
            set.categories()
                .iter()
                .all(|category| category.minimum().is_none())
        );
        let mut count = 0_usize;
        for criterion in set.criteria() {
            if let Kind::Rated(rated) = criterion.kind()
                && let Some(gate) = rated.gate()
            {
                let expected = if criterion.id().starts_with("SEC-") {
                    3
                } else {
                    2
                };
                assert_eq!(
                    gate,
                    Decimal::from(expected),
                    "{} {}",
                    set.id(),
                    criterion.id()
                );
                count = count.checked_add(1).unwrap();
            }
        }
        gates.push(count);
    }
    assert_eq!(gates, [8, 7, 5, 5]);
}

#[test]
fn every_rated_shipped_criterion_says_what_zero_three_and_five_mean() {
    for set in shipped_sets() {
        for criterion in set.criteria() {
            assert!(criterion.description().is_some(), "{}", criterion.id());
            assert!(!criterion.practices().is_empty(), "{}", criterion.id());
            let scores: Vec<String> = criterion
                .anchors()
                .iter()
                .map(|(score, _)| score.to_string())
                .collect();
            match criterion.kind() {
                Kind::Priced(priced) => {
                    assert_eq!(criterion.id(), "CST-TCO");
                    assert_eq!(priced.rule(), PriceRule::FixedRange);
                    assert!(priced.range().is_none() && scores.is_empty());
                }
                _ => assert_eq!(scores, ["0", "3", "5"], "{}", criterion.id()),
            }
        }
    }
}

/// The problems of a set in the form of the `.expected` files: line, code and message.
fn told(source: &str) -> String {
    let problems = CriteriaSet::parse(source, &SetLimits::default())
        .err()
        .unwrap_or_default();
    let line = |problem: &SetProblem| {
        problem
            .line()
            .map_or("-".to_owned(), |line| line.to_string())
    };
    problems.iter().fold(String::new(), |text, problem| {
        format!("{text}{} {} {problem}\n", line(problem), problem.code())
    })
}

#[test]
fn each_bad_set_is_told_its_mistake_with_line_and_cure() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/criteria/bad");
    let mut checked = 0_usize;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let source = fs::read_to_string(&path).unwrap();
            let expected_path = path.with_extension("expected");
            let expected = fs::read_to_string(&expected_path).unwrap_or_default();
            assert!(
                !expected.is_empty(),
                "nothing expected of {}\n{}",
                path.display(),
                told(&source)
            );
            assert_eq!(told(&source), expected, "{}", path.display());
            checked = checked.checked_add(1).unwrap();
        }
    }
    assert!(checked >= 100, "only {checked} bad sets");
}

#[test]
fn a_set_with_five_mistakes_is_told_all_five() {
    let source = include_str!("data/criteria/five-mistakes.toml");
    assert_eq!(
        told(source),
        include_str!("data/criteria/five-mistakes.expected")
    );
    assert_eq!(told(source).lines().count(), 5);
}
