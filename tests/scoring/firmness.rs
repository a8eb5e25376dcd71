//! How firm a result is: intervals, flips, mixes and verdicts, each confirmed by ranking again.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use scorecard::criteria::{CriteriaSet, Node, Weighting};
use scorecard::evaluation::{Evaluation, VendorIndex};
use scorecard::exact::{Fraction, fixed};
use scorecard::scoring::firmness::{
    Firmness, LeftOut, Reason, Stability, Verdict, dominated, firmness, leave_outs, mix,
    never_first, smallest_flip, smallest_score_flip, stability, without_evaluator,
};
use scorecard::scoring::{self, GateOutcome, Scorecard, View};

use crate::made::{self, Made, Weights};
use crate::support::{evaluation, fraction, rank, set};

/// X and Y weigh 60 and 40; A is good at X, B at Y.
const TWO: &str = r#"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "X", category = "all", title = "Ex", weight = 60 },
  { id = "Y", category = "all", title = "Why", weight = 40 },
]
"#;

fn rows<'a>(scores: &[(&'a str, &'a str, &'a str)]) -> Vec<(&'a str, &'a str, &'a str, &'a str)> {
    let pairs = scores
        .iter()
        .flat_map(|&(vendor, x, y)| [(vendor, "X", "Ana", x), (vendor, "Y", "Ana", y)]);
    pairs.collect()
}

fn firmness_of(evaluation: &Evaluation) -> Firmness {
    firmness(evaluation, &scoring::rank(evaluation, None), View::Record)
}

fn names(evaluation: &Evaluation, vendors: &[VendorIndex]) -> Vec<String> {
    let names = vendors
        .iter()
        .map(|&vendor| evaluation.vendor_name(vendor).to_owned());
    names.collect()
}

fn on<'a>(stability: &'a [Stability], set: &CriteriaSet, id: &str) -> &'a Stability {
    stability.iter().find(|node| node.on.id(set) == id).unwrap()
}

#[test]
fn first_place_stays_over_an_exact_interval_of_each_share() {
    let set = set(TWO);
    // A leads by 4/5 t - 3/5 (1 - t), which is nothing at 3/7.
    let evaluation = evaluation(&set, &rows(&[("A", "5", "1"), ("B", "1", "4")]));
    let found = firmness_of(&evaluation);
    let x = on(&found.stability, &set, "X");
    assert_eq!(
        (&x.share, &x.low.at, &x.high.at),
        (&fraction(3, 5), &fraction(3, 7), &fraction(1, 1))
    );
    assert!(x.low.exact && x.high.exact);
    assert_eq!(names(&evaluation, &x.low.flips_to), ["B"]);
    assert_eq!(x.high.flips_to, []);
    let y = on(&found.stability, &set, "Y");
    assert_eq!((&y.low.at, &y.high.at), (&fraction(0, 1), &fraction(4, 7)));
    // The one category has no siblings.
    assert_eq!(found.stability.len(), 2);
    let flip = found.smallest_flip.unwrap();
    assert_eq!((flip.on.id(&set), flip.moved), ("X", fraction(6, 35)));
    assert_eq!(evaluation.vendor_name(flip.winner), "B");
    assert_eq!(found.verdict, Verdict::Firm);
}

#[test]
fn the_nearer_flip_counts_whether_it_lies_below_or_above() {
    // A known mistake is to look from 0 upward and to keep the first change of sign.
    let set = set(r#"
weights = "relative"
category = [{ id = "all", title = "All", weight = 1 }]
scale = { min = 0, max = 100 }
criterion = [
  { id = "a", category = "all", title = "a", weight = 25 },
  { id = "b", category = "all", title = "b", weight = 37.5 },
  { id = "c", category = "all", title = "c", weight = 37.5 },
]
"#);
    let scores = [
        ("P", ["60", "60", "60"]),
        ("Q", ["100", "45", "45"]),
        ("R", ["0", "80", "65"]),
    ];
    let mut rows = Vec::new();
    for (vendor, scores) in &scores {
        for (criterion, score) in ["a", "b", "c"].iter().zip(scores) {
            rows.push((*vendor, *criterion, "Ana", *score));
        }
    }
    let evaluation = evaluation(&set, &rows);
    let found = firmness_of(&evaluation);
    let flip = found.smallest_flip.unwrap();
    assert_eq!((flip.on.id(&set), &flip.to.at), ("a", &fraction(3, 11)));
    assert_eq!(fixed(&(&flip.moved * &Fraction::whole(2)), 4), "0.0455");
    assert_eq!(evaluation.vendor_name(flip.winner), "Q");
}

#[test]
fn stability_is_empty_while_first_place_is_undecided() {
    let set = set(TWO);
    let evaluation = evaluation(&set, &rows(&[("A", "4", "3"), ("B", "5", "")]));
    let found = firmness_of(&evaluation);
    assert_eq!((found.stability.len(), found.smallest_flip), (0, None));
    assert_eq!(found.verdict, Verdict::Undecided);
}

#[test]
fn a_shared_first_place_moves_with_any_share() {
    let set = set(TWO);
    let evaluation = evaluation(&set, &rows(&[("A", "5", "2"), ("B", "3", "5")]));
    let found = firmness_of(&evaluation);
    let x = on(&found.stability, &set, "X");
    assert_eq!((&x.low.at, &x.high.at), (&x.share, &x.share));
    assert_eq!(names(&evaluation, &x.low.flips_to), ["B"]);
    assert_eq!(names(&evaluation, &x.high.flips_to), ["A"]);
    assert_eq!(found.smallest_flip.unwrap().moved, Fraction::zero());
    assert_eq!(found.verdict, Verdict::CloseCall(vec![Reason::Shared]));
}

#[test]
fn where_what_applies_differs_the_limit_is_enclosed_from_inside() {
    let set = set(r#"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "X", category = "all", title = "X", weight = 20 },
  { id = "Y", category = "all", title = "Y", weight = 60, not_applicable = true },
  { id = "Z", category = "all", title = "Z", weight = 20, not_applicable = true },
]
"#);
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "Y", "Ana", "n/a"),
        ("A", "Z", "Ana", "2"),
        ("B", "X", "Ana", "1"),
        ("B", "Y", "Ana", "3"),
        ("B", "Z", "Ana", "n/a"),
    ];
    let evaluation = evaluation(&set, &rows);
    let found = firmness_of(&evaluation);
    let x = on(&found.stability, &set, "X");
    assert!(!x.low.exact, "{x:?}");
    assert_eq!(names(&evaluation, &x.low.flips_to), ["B"]);
    // (t + 1/10 (1 - t)) / (t + 1/4 (1 - t)) against (t/5 + 9/20 (1 - t)) / (t + 3/4 (1 - t))
    let lead = |t: &Fraction| {
        let rest = &Fraction::one() - t;
        let of = |own: Fraction, left: Fraction, weight: Fraction| {
            let reached = &(&own * t) + &(&left * &rest);
            reached.over(&(t + &(&weight * &rest))).unwrap()
        };
        &of(fraction(1, 1), fraction(1, 10), fraction(1, 4))
            - &of(fraction(1, 5), fraction(9, 20), fraction(3, 4))
    };
    assert!(!lead(&x.low.at).is_negative());
    assert!(lead(&(&x.low.at - &fraction(1, 1_000_000_000))).is_negative());
}

#[test]
fn the_smallest_change_of_one_score_that_flips_is_told_on_its_scale() {
    let set = set(TWO);
    // 68 against 60: 8 points are 2/3 of a score of X and 1 of Y.
    let evaluation = evaluation(&set, &rows(&[("A", "5", "1"), ("B", "3", "3")]));
    let found = smallest_score_flip(&set, &rank(&evaluation).scorecard).unwrap();
    assert_eq!(
        (&found.from, &found.to),
        (&fraction(5, 1), &fraction(13, 3))
    );
    assert_eq!(found.change, fraction(2, 15));
    assert_eq!(evaluation.vendor_name(found.vendor), "A");
    assert_eq!(evaluation.vendor_name(found.winner), "B");
}

#[test]
fn a_vendor_that_another_one_equals_everywhere_and_beats_somewhere_is_dominated() {
    let set = set(TWO);
    let evaluation = evaluation(
        &set,
        &rows(&[
            ("A", "5", "1"),
            ("B", "3", "3"),
            ("C", "3", "2"),
            ("D", "5", "1"),
        ]),
    );
    let found = dominated(&rank(&evaluation).scorecard);
    let told: Vec<(String, Vec<String>)> = found
        .iter()
        .map(|one| {
            (
                evaluation.vendor_name(one.vendor).to_owned(),
                names(&evaluation, &one.by),
            )
        })
        .collect();
    assert_eq!(told, [("C".to_owned(), vec!["B".to_owned()])]);
}

#[test]
fn a_vendor_between_two_specialists_may_be_undominated_and_still_never_first() {
    let set = set(TWO);
    let evaluation = evaluation(
        &set,
        &rows(&[
            ("A", "5", "0"),
            ("B", "0", "5"),
            ("C", "2", "2"),
            ("D", "3", "3"),
        ]),
    );
    let card = rank(&evaluation).scorecard;
    assert_eq!(names(&evaluation, &never_first(&card).unwrap()), ["C"]);
    let without_d = {
        let mut evaluation = evaluation.clone();
        evaluation.set_excluded(rank(&evaluation).vendor("D"), true);
        evaluation
    };
    let card = rank(&without_d).scorecard;
    assert_eq!(dominated(&card), []);
    assert_eq!(names(&evaluation, &never_first(&card).unwrap()), ["C"]);
}

#[test]
fn leaving_out_an_evaluator_decides_gates_anew_and_says_so() {
    let set = set(&TWO.replace("title = \"Why\",", "title = \"Why\", minimum = 2,"));
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "X", "Ben", "5"),
        ("A", "Y", "Ana", "1"),
        ("A", "Y", "Ben", "3"),
        ("B", "X", "Ana", "3"),
        ("B", "X", "Ben", "3"),
        ("B", "Y", "Ana", "3"),
        ("B", "Y", "Ben", "3"),
    ];
    let evaluation = evaluation(&set, &rows);
    let card = rank(&evaluation).scorecard;
    let found = leave_outs(&evaluation, &card, View::Record);
    let without_ben = &found[3];
    assert_eq!(
        without_ben.left_out,
        LeftOut::Evaluator(evaluation.evaluator_indices().nth(1).unwrap())
    );
    assert!(without_ben.changes_winner());
    assert_eq!(names(&evaluation, &without_ben.first_then), ["B"]);
    let gate = &without_ben.gates[0];
    assert_eq!(
        (gate.before, gate.then),
        (GateOutcome::Passed, GateOutcome::Failed)
    );
    // Without Ana nothing changes, and without A it goes without saying.
    assert!(!found[2].changes_winner() && !found[0].changes_winner());
    let found = firmness_of(&evaluation);
    assert_eq!(
        found.verdict,
        Verdict::CloseCall(vec![Reason::Without(without_ben.left_out)])
    );
}

#[test]
fn a_hopeless_vendor_whose_price_turns_the_ranking_makes_a_close_call() {
    let set = set(r#"
scale = { min = 0, max = 100 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "Q", category = "all", title = "Quality", weight = 50 },
  { id = "P", category = "all", title = "Price", weight = 50, price = { rule = "lowest-ratio", currency = "EUR" } },
]
"#);
    let rows = [
        ("A", "Q", "Ana", "80"),
        ("A", "P", "Ana", "100"),
        ("B", "Q", "Ana", "70"),
        ("B", "P", "Ana", "80"),
        ("C", "Q", "Ana", "0"),
        ("C", "P", "Ana", "24"),
    ];
    let evaluation = evaluation(&set, &rows);
    let found = firmness_of(&evaluation);
    let c = evaluation.vendor_indices().nth(2).unwrap();
    assert_eq!(
        found.verdict,
        Verdict::CloseCall(vec![Reason::Without(LeftOut::Vendor(c))])
    );
}

#[test]
fn a_lead_below_the_close_call_is_one_and_at_it_is_none() {
    let with = |close_call: &str| set(&format!("rules = {{ close_call = {close_call} }}\n{TWO}"));
    let scores = rows(&[("A", "5", "1"), ("B", "3", "3")]);
    let (at, above) = (
        evaluation(&with("8"), &scores),
        evaluation(&with("8.01"), &scores),
    );
    assert_eq!(firmness_of(&at).verdict, Verdict::Probable);
    let lead = fraction(8, 1);
    assert_eq!(
        firmness_of(&above).verdict,
        Verdict::CloseCall(vec![Reason::SmallLead { lead }])
    );
}

#[test]
fn a_vendor_without_rivals_is_first_whatever_happens() {
    let set = set(TWO);
    let found = firmness_of(&evaluation(&set, &rows(&[("A", "1", "1")])));
    assert_eq!(
        (
            found.verdict,
            found.smallest_flip,
            found.smallest_score_flip
        ),
        (Verdict::Firm, None, None)
    );
}

#[test]
fn a_mix_of_two_lenses_changes_hands_at_an_exact_point() {
    let set = set(TWO);
    let evaluation = evaluation(
        &set,
        &rows(&[("A", "5", "1"), ("B", "1", "4"), ("C", "0", "0")]),
    );
    let card = rank(&evaluation).scorecard;
    let leaves =
        |x: i64| Weighting::of_leaves(&set, vec![Fraction::whole(x), Fraction::whole(100 - x)]);
    // X weighs 80 - 60 s, and A is first down to 3/7.
    let found = mix(&set, &card, &leaves(80), &leaves(20));
    let told: Vec<(String, Vec<String>)> = found
        .stretches
        .iter()
        .map(|stretch| (stretch.to.to_string(), names(&evaluation, &stretch.first)))
        .collect();
    assert_eq!(
        told,
        [
            ("13/21".to_owned(), vec!["A".to_owned()]),
            ("1/1".to_owned(), vec!["B".to_owned()])
        ]
    );
    assert!(found.stretches.iter().all(|stretch| stretch.exact));
}

/// The weights in which one node has another share among its siblings, as whole numbers, found without the engine.
fn with_share(weights: &Weights, id: &str, share: &Fraction) -> Weights {
    let text = share.to_string();
    let (above, below) = text.split_once('/').unwrap();
    let (above, below): (u64, u64) = (above.parse().unwrap(), below.parse().unwrap());
    let parent_of = |id: &str| {
        let category = made::CATEGORIES.iter().find(|(name, _)| *name == id);
        let criterion = made::CRITERIA.iter().find(|(name, _)| *name == id);
        category.map_or_else(
            || criterion.map(|(_, parent)| *parent),
            |(_, parent)| *parent,
        )
    };
    let parent = parent_of(id);
    let mut changed = weights.clone();
    let ids = made::CATEGORIES
        .iter()
        .map(|(id, _)| *id)
        .chain(made::CRITERIA.iter().map(|(id, _)| *id));
    let slots = changed.categories.iter_mut().chain(&mut changed.criteria);
    let mut group: Vec<(&str, &mut u64)> = ids
        .zip(slots)
        .filter(|(one, _)| parent_of(one) == parent)
        .collect();
    let others: u64 = group
        .iter()
        .filter(|(one, _)| *one != id)
        .map(|(_, weight)| **weight)
        .sum();
    for (one, weight) in &mut group {
        **weight = if *one == id {
            above * others
        } else {
            (below - above) * **weight
        };
    }
    changed
}

fn leaders(made: &Made, weights: &Weights) -> Vec<VendorIndex> {
    scoring::rank(&made.evaluation_with(weights), None).leaders()
}

/// Whether all who were first are first still.
fn stays(before: &[VendorIndex], after: &[VendorIndex]) -> bool {
    before.iter().all(|vendor| after.contains(vendor))
}

/// Weights by criterion, without those of the categories.
fn of_leaves(set: &Arc<CriteriaSet>, weights: &Weights) -> Weighting {
    let weights = weights.criteria.iter();
    let leaves = weights.map(|&weight| Fraction::whole(i64::try_from(weight).unwrap()));
    Weighting::of_leaves(set, leaves.collect())
}

/// So much of the second weighting and the rest of the first, share by share.
fn mixed_by_hand(
    set: &Arc<CriteriaSet>,
    from: &Weighting,
    to: &Weighting,
    at: &Fraction,
) -> Weighting {
    let rest = &Fraction::one() - at;
    let (from, to) = (from.shares(), to.shares());
    let mixed = set
        .indexed_criteria()
        .map(|(index, _)| &(&from.of_criterion(index) * &rest) + &(&to.of_criterion(index) * at));
    Weighting::of_leaves(set, mixed.collect())
}

/// Fractions that a weight in a file can be made of.
fn is_small(share: &Fraction) -> bool {
    share.to_string().len() < 14
}

fn near(at: &Fraction, way: i64) -> Fraction {
    at + &fraction(way, 100_000)
}

fn confirmed(made: &Made) -> Result<(), TestCaseError> {
    let evaluation = made.evaluation();
    let card = scoring::rank(&evaluation, None);
    let before = card.leaders();
    let found = stability(
        evaluation.set(),
        &card,
        &Weighting::of_record(evaluation.set()),
    );
    for node in &found {
        let id = node.on.id(evaluation.set());
        let first_at = |share: &Fraction| leaders(made, &with_share(&made.weights, id, share));
        for (limit, way, end) in [
            (&node.low, -1, Fraction::zero()),
            (&node.high, 1, Fraction::one()),
        ] {
            if limit.at == end {
                prop_assert_eq!(&limit.flips_to, &[]);
                // At the very end a vendor may be left with nothing, so look a little inside.
                let inside = near(&limit.at, -way);
                if (&inside - &node.share).is_negative() == (way < 0) {
                    prop_assert!(
                        stays(&before, &first_at(&inside)),
                        "{id} at {inside}: {node:?}"
                    );
                }
                continue;
            }
            prop_assert!(!limit.flips_to.is_empty());
            if limit.exact && is_small(&limit.at) {
                // At the limit itself those who were first are level with whoever is first beyond it.
                let level = first_at(&limit.at);
                prop_assert!(stays(&before, &level), "{id} at its limit: {node:?}");
                if made.is_complete() {
                    prop_assert!(
                        stays(&limit.flips_to, &level),
                        "{id} is no tie at its limit: {node:?}"
                    );
                }
            }
            let cut = |digits: i64| {
                let text = fixed(&(&limit.at * &fraction(digits, 1)), 0);
                fraction(text.parse().unwrap(), digits)
            };
            let beyond = near(&cut(10_000_000), way);
            if !beyond.is_negative() && beyond <= Fraction::one() {
                let after = first_at(&beyond);
                prop_assert!(!stays(&before, &after), "{id} at {beyond}: {node:?}");
                // Whoever is first there by itself is among those the limit names.
                if made.is_complete() && after.len() == 1 {
                    prop_assert!(
                        limit.flips_to.contains(&after[0]),
                        "{id} at {beyond} goes to {after:?}: {node:?}"
                    );
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn limits_are_confirmed_by_ranking_at_them_and_just_beyond(made in made::complete()) {
        confirmed(&made)?;
    }

    #[test]
    fn limits_hold_while_something_is_missing(made in made::with_missing()) {
        confirmed(&made)?;
    }

    #[test]
    fn limits_hold_where_vendors_differ_in_what_applies(made in made::with_nothing()) {
        confirmed(&made)?;
    }

    #[test]
    fn between_the_limits_first_place_stays(made in made::with_both(), part in 1_i64..100) {
        let evaluation = made.evaluation();
        let card = scoring::rank(&evaluation, None);
        for node in stability(evaluation.set(), &card, &Weighting::of_record(evaluation.set())) {
            let way = &(&node.high.at - &node.low.at) * &fraction(part, 100);
            let share = &node.low.at + &way;
            let share = fraction(fixed(&(&share * &fraction(1_000_000, 1)), 0).parse().unwrap(), 1_000_000);
            if node.low.at < share && share < node.high.at {
                let after = leaders(&made, &with_share(&made.weights, node.on.id(evaluation.set()), &share));
                prop_assert!(stays(&card.leaders(), &after), "{node:?} at {share}");
            }
        }
    }

    #[test]
    fn no_flip_is_smaller_than_the_smallest(made in made::complete(), share in 0_i64..=1000) {
        let evaluation = made.evaluation();
        let card = scoring::rank(&evaluation, None);
        let found = stability(evaluation.set(), &card, &Weighting::of_record(evaluation.set()));
        let least = smallest_flip(&found).map(|flip| flip.moved);
        for node in &found {
            let share = fraction(share, 1000);
            let way = &share - &node.share;
            let way = if way.is_negative() { -&way } else { way };
            let moved = &node.group_share * &way;
            let id = node.on.id(evaluation.set());
            let after = leaders(&made, &with_share(&made.weights, id, &share));
            if !stays(&card.leaders(), &after) {
                prop_assert!(least.as_ref().is_some_and(|least| *least <= moved), "{id} at {share}");
            }
        }
    }

    #[test]
    fn mixes_are_confirmed_by_ranking_between_their_breakpoints(
        made in made::with_both(), one in made::weights(), other in made::weights(), part in 1_i64..50,
    ) {
        let evaluation = made.evaluation();
        let set: &Arc<CriteriaSet> = evaluation.set();
        let card = scoring::rank(&evaluation, None);
        let (from, to) = (of_leaves(set, &one), of_leaves(set, &other));
        let found = mix(set, &card, &from, &to);
        prop_assert_eq!(&found.stretches[0].from, &Fraction::zero());
        prop_assert_eq!(&found.stretches.last().unwrap().to, &Fraction::one());
        for stretch in &found.stretches {
            let at = &stretch.from + &(&(&stretch.to - &stretch.from) * &fraction(part, 50));
            let weighting = mixed_by_hand(set, &from, &to, &at);
            let after: Scorecard = scoring::look(&evaluation, &card, View::Weights(&weighting));
            prop_assert_eq!(after.leaders(), stretch.first.clone(), "{:?} at {}", found, at);
        }
    }

    #[test]
    fn mixes_are_confirmed_by_ranking_at_their_breakpoints_and_just_beside_them(
        made in made::with_both(), one in made::weights(), other in made::weights(),
    ) {
        let evaluation = made.evaluation();
        let set: &Arc<CriteriaSet> = evaluation.set();
        let card = scoring::rank(&evaluation, None);
        let (from, to) = (of_leaves(set, &one), of_leaves(set, &other));
        let first_at = |at: &Fraction| -> Vec<VendorIndex> {
            let weighting = mixed_by_hand(set, &from, &to, at);
            scoring::look(&evaluation, &card, View::Weights(&weighting)).leaders()
        };
        let found = mix(set, &card, &from, &to);
        for two in found.stretches.windows(2) {
            let [before, after] = two else { continue };
            prop_assert_eq!(&before.to, &after.from);
            prop_assert_ne!(&before.first, &after.first);
            if before.exact {
                // Whoever is first on either side is so at the point itself: they are level there.
                let level = first_at(&before.to);
                prop_assert!(stays(&before.first, &level) && stays(&after.first, &level), "{:?} at {}", found, before.to);
            }
            let (short, beyond) = (near(&before.to, -1), near(&before.to, 1));
            if short > before.from {
                prop_assert_eq!(&first_at(&short), &before.first, "{:?} at {}", found, short);
            }
            if beyond < after.to {
                prop_assert_eq!(&first_at(&beyond), &after.first, "{:?} at {}", found, beyond);
            }
        }
    }

    #[test]
    fn the_smallest_change_of_a_score_draws_level_and_no_smaller_one_does(made in made::complete()) {
        let evaluation = made.evaluation();
        let card = scoring::rank(&evaluation, None);
        let set = evaluation.set();
        let leaders = card.leaders();
        let Some(found) = smallest_score_flip(set, &card) else { return Ok(()) };
        let cell = &card.vendor(found.vendor).unwrap().criteria[found.criterion.position()];
        let moved = &cell.share.percent() * &found.change;
        let total = |vendor: VendorIndex| card.vendor(vendor).unwrap().total.clone().unwrap().low;
        prop_assert_eq!(moved, &total(leaders[0]) - &total(found.winner));
        // One halving of a score is never enough where it is smaller than the smallest change.
        for (vendor, cells) in made.cells.iter().enumerate() {
            for criterion in 0..cells.len() {
                for halves in 0..=10 {
                    let made::Cell::Halves(now) = made.cells[vendor][criterion] else { continue };
                    let change = fraction(i64::from(now) - halves, 10);
                    let change = if change.is_negative() { -&change } else { change };
                    if change < found.change {
                        let mut other = made.clone();
                        other.cells[vendor][criterion] = made::Cell::Halves(u8::try_from(halves).unwrap());
                        prop_assert_eq!(scoring::rank(&other.evaluation(), None).leaders(), leaders.clone());
                    }
                }
            }
        }
    }

    #[test]
    fn who_is_never_first_is_first_under_no_weights_tried(made in made::complete(), tried in prop::collection::vec(made::weights(), 20)) {
        let evaluation = made.evaluation();
        let card = scoring::rank(&evaluation, None);
        let never = never_first(&card).unwrap();
        for (at, one) in dominated(&card).iter().enumerate() {
            prop_assert!(!one.by.contains(&one.vendor), "{at}");
        }
        for weights in tried {
            // Only criteria that weigh something count.
            let leaves: Vec<Fraction> = evaluation.set().indexed_criteria().zip(&weights.criteria).map(|((index, _), &weight)| {
                let share = &card.vendors[0].criteria[index.position()].share;
                if share.is_zero() { Fraction::zero() } else { Fraction::whole(i64::try_from(weight).unwrap()) }
            }).collect();
            let weighting = Weighting::of_leaves(evaluation.set(), leaves);
            let after = scoring::look(&evaluation, &card, View::Weights(&weighting));
            prop_assert!(after.leaders().iter().all(|leader| !never.contains(leader)));
        }
    }

    #[test]
    fn leaving_out_an_evaluator_is_an_evaluation_without_them(scores in prop::collection::vec((0_u8..=5, 0_u8..=5), 6)) {
        let set = set(TWO);
        let texts: Vec<(String, String)> = scores.iter().map(|(x, y)| (x.to_string(), y.to_string())).collect();
        let mut both = Vec::new();
        let mut alone = Vec::new();
        for (at, (x, y)) in texts.iter().enumerate() {
            let vendor = ["A", "B", "C"][at / 2];
            let evaluator = ["Ana", "Ben"][at % 2];
            let rows = [(vendor, "X", evaluator, x.as_str()), (vendor, "Y", evaluator, y.as_str())];
            both.extend(rows);
            if evaluator == "Ana" {
                alone.extend(rows);
            }
        }
        let (both, alone) = (evaluation(&set, &both), evaluation(&set, &alone));
        let ben = both.evaluator_indices().nth(1).unwrap();
        let without = without_evaluator(&both, ben, View::Record);
        let alone = scoring::rank(&alone, None);
        let told = |card: &Scorecard| -> Vec<(VendorIndex, Option<u32>, String)> {
            card.vendors.iter().map(|one| (one.vendor, one.rank, format!("{:?}", one.total))).collect()
        };
        prop_assert_eq!(told(&without), told(&alone));
    }
}

/// Looking for a node by its id finds categories and criteria.
#[test]
fn a_node_is_found_by_its_id() {
    let set = set(TWO);
    for id in ["all", "X", "Y"] {
        assert_eq!(Node::with_id(&set, id).unwrap().id(&set), id);
    }
    assert_eq!(Node::with_id(&set, "Z"), None);
}
