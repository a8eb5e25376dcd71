//! What a result rests on: gaps, losses, disagreement, what is missing, and what to talk about.

use proptest::prelude::*;
use scorecard::criteria::Node;
use scorecard::exact::Fraction;
use scorecard::scoring::explain::{agenda, best_worst_rank, disagreement, gaps, losses, missing};
use scorecard::scoring::{self, Bounds, Scorecard, State};

use crate::made::{self, Cell, Made};
use crate::support::{evaluation, fraction, rank, rank_under, set, shown};

const TWO: &str = r#"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "X", category = "all", title = "Ex", weight = 60 },
  { id = "Y", category = "all", title = "Why", weight = 40 },
]
"#;

const LENSES: &str = r#"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "X", category = "all", title = "Ex", weight = 50 },
  { id = "Y", category = "all", title = "Why", weight = 50 },
]
lens = [
  { id = "cio", title = "CIO", weights = { X = 80, Y = 20 } },
  { id = "cto", title = "CTO", weights = { X = 20, Y = 80 } },
]
"#;

fn total_of(bounds: impl Iterator<Item = Bounds>) -> Bounds {
    bounds.fold(Bounds::exactly(Fraction::zero()), |sum, next| Bounds {
        low: &sum.low + &next.low,
        high: &sum.high + &next.high,
    })
}

#[test]
fn why_one_vendor_is_before_another_adds_up_to_their_difference() {
    let set = set(TWO);
    let rows = [
        ("A", "X", "Ana", "4"),
        ("A", "Y", "Ana", "3"),
        ("B", "X", "Ana", "2"),
        ("B", "Y", "Ana", "4"),
    ];
    let ranked = rank(&evaluation(&set, &rows));
    let gaps = gaps(&ranked.scorecard, ranked.vendor("A"), ranked.vendor("B")).unwrap();
    assert_eq!(shown(&gaps.total), "16/1");
    let each: Vec<String> = gaps.criteria.iter().map(|gap| shown(&gap.gap)).collect();
    assert_eq!(each, ["24/1", "-8/1"]);
    let ids: Vec<&str> = gaps.by_size().iter().map(|gap| gap.on.id(&set)).collect();
    assert_eq!(ids, ["X", "Y"]);
    assert_eq!(gaps.categories[0].on.id(&set), "all");
    assert_eq!(shown(&gaps.categories[0].gap), "16/1");
}

#[test]
fn a_gap_is_a_range_while_something_is_missing() {
    let set = set(TWO);
    let rows = [
        ("A", "X", "Ana", "4"),
        ("A", "Y", "Ana", "3"),
        ("B", "X", "Ana", "5"),
        ("B", "Y", "Ana", ""),
    ];
    let ranked = rank(&evaluation(&set, &rows));
    let gaps = gaps(&ranked.scorecard, ranked.vendor("A"), ranked.vendor("B")).unwrap();
    assert_eq!(shown(&gaps.total), "-28/1..12/1");
    assert_eq!(shown(&gaps.criteria[1].gap), "-16/1..24/1");
}

#[test]
fn what_costs_a_vendor_most_is_told_against_the_best_and_against_full_marks() {
    let set = set(TWO);
    let rows = [
        ("A", "X", "Ana", "4"),
        ("A", "Y", "Ana", "1"),
        ("B", "X", "Ana", "5"),
        ("B", "Y", "Ana", "2"),
    ];
    let ranked = rank(&evaluation(&set, &rows));
    let losses = losses(&ranked.scorecard, ranked.vendor("A"));
    let told: Vec<(&str, String, String)> = losses
        .iter()
        .map(|loss| {
            let id = Node::Criterion(loss.criterion).id(&set);
            (id, shown(&loss.to_best), shown(&loss.to_full))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("X", "12/1".to_owned(), "12/1".to_owned()),
            ("Y", "8/1".to_owned(), "32/1".to_owned()),
        ]
    );
}

#[test]
fn two_lenses_part_over_the_criterion_with_the_largest_difference_in_gaps() {
    let set = set(LENSES);
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "Y", "Ana", "2"),
        ("B", "X", "Ana", "2"),
        ("B", "Y", "Ana", "4"),
        ("C", "X", "Ana", "3"),
        ("C", "Y", "Ana", "3"),
    ];
    let evaluation = evaluation(&set, &rows);
    let (cio, cto) = (
        rank_under(&evaluation, "cio"),
        rank_under(&evaluation, "cto"),
    );
    let found = disagreement(&cio.scorecard, &cto.scorecard).unwrap();
    assert_eq!(
        (found.first, found.second),
        (cio.vendor("A"), cio.vendor("B"))
    );
    // X: 48 ahead against 12; Y: 8 behind against 32.
    let told: Vec<(&str, String)> = found
        .criteria
        .iter()
        .map(|on| {
            (
                Node::Criterion(on.criterion).id(&set),
                shown(&on.difference),
            )
        })
        .collect();
    assert_eq!(told, [("X", "36/1".to_owned()), ("Y", "24/1".to_owned())]);
    assert_eq!(shown(&found.total), "60/1");
    assert_eq!(disagreement(&cio.scorecard, &cio.scorecard), None);
    let views = [&cio.scorecard, &cto.scorecard];
    assert_eq!(best_worst_rank(&views), Some((2, vec![cio.vendor("C")])));
}

#[test]
fn a_missing_answer_that_cannot_change_the_order_is_not_told() {
    let set = set(TWO);
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "Y", "Ana", ""),
        ("B", "X", "Ana", "1"),
        ("B", "Y", "Ana", ""),
        ("C", "X", "Ana", "1"),
        ("C", "Y", "Ana", "5"),
    ];
    let evaluation = evaluation(&set, &rows);
    let ranked = rank(&evaluation);
    // A: 60 to 100, B: 12 to 52, C: 52. A is first whatever comes; B can at most draw level with C.
    assert_eq!(missing(&set, &ranked.scorecard), []);
}

#[test]
fn missing_answers_are_told_by_how_far_they_move_a_total_and_who_owes_them() {
    let set = set(TWO);
    let rows = [
        ("A", "X", "Ana", "4"),
        ("A", "Y", "Ana", ""),
        ("B", "X", "Ana", ""),
        ("B", "Y", "Ana", "3"),
        ("A", "Y", "Ben", "3"),
    ];
    let evaluation = evaluation(&set, &rows);
    let ranked = rank(&evaluation);
    let found = missing(&set, &ranked.scorecard);
    let told: Vec<(&str, &str, String, bool)> = found
        .iter()
        .map(|one| {
            let vendor = evaluation.vendor_name(one.vendor);
            let id = Node::Criterion(one.criterion).id(&set);
            (vendor, id, one.moves.to_string(), one.moves_first)
        })
        .collect();
    // B's Y is owed by Ben and counts half; A's by Ana.
    assert_eq!(
        told,
        [
            ("B", "X", "60/1".to_owned(), true),
            ("A", "Y", "20/1".to_owned(), true),
            ("B", "Y", "20/1".to_owned(), true),
        ]
    );
    assert_eq!(evaluation.evaluator_name(found[2].owed_by[0]), "Ben");
    assert_eq!(found[0].beside, [ranked.vendor("A")]);
}

#[test]
fn a_missing_answer_that_holds_a_gate_open_comes_first() {
    let set = set(&TWO.replace("title = \"Why\",", "title = \"Why\", minimum = 2,"));
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "Y", "Ana", ""),
        ("B", "X", "Ana", ""),
        ("B", "Y", "Ana", "2"),
    ];
    let ranked = rank(&evaluation(&set, &rows));
    let found = missing(&set, &ranked.scorecard);
    let told: Vec<(&str, bool)> = found
        .iter()
        .map(|one| (Node::Criterion(one.criterion).id(&set), one.opens_gate))
        .collect();
    assert_eq!(told, [("Y", true), ("X", false)]);
}

#[test]
fn the_agenda_goes_by_share_times_spread_and_flags_from_two_of_five_on() {
    let set = set(TWO);
    let rows = [
        ("A", "X", "Ana", "4"),
        ("A", "X", "Ben", "2.5"),
        ("A", "Y", "Ana", "1"),
        ("A", "Y", "Ben", "3"),
        ("B", "X", "Ana", "3"),
        ("B", "X", "Ben", "3"),
        ("B", "Y", "Ana", "2"),
        ("B", "Y", "Ben", "silent"),
        ("B", "Y", "consensus", "1"),
    ];
    let evaluation = evaluation(&set, &rows);
    let ranked = rank(&evaluation);
    let told: Vec<(&str, &str, String, bool, bool)> = agenda(&evaluation, &ranked.scorecard)
        .iter()
        .map(|item| {
            let vendor = evaluation.vendor_name(item.vendor);
            let id = Node::Criterion(item.criterion).id(&set);
            (
                vendor,
                id,
                item.spread.to_string(),
                item.flagged,
                item.settled,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("A", "X", "3/2".to_owned(), false, false),
            ("A", "Y", "2/1".to_owned(), true, false),
            ("B", "Y", "2/1".to_owned(), true, true),
        ]
    );
}

#[test]
fn a_set_says_from_which_spread_on_a_cell_is_flagged() {
    let rows = [("A", "X", "Ana", "4"), ("A", "X", "Ben", "2.5")];
    for (flag, flagged) in [("0.3", true), ("0.31", false), ("1", false)] {
        let written = format!("rules = {{ flag = {flag} }}\n{TWO}");
        let set = set(&written);
        let evaluation = evaluation(&set, &rows);
        let ranked = rank(&evaluation);
        let found = agenda(&evaluation, &ranked.scorecard);
        assert_eq!(found[0].flagged, flagged, "{flag}");
    }
}

#[test]
fn whether_a_criterion_applies_is_always_on_the_agenda() {
    let set = set(&TWO.replace(
        "title = \"Why\",",
        "title = \"Why\", not_applicable = true,",
    ));
    let rows = [("A", "Y", "Ana", "n/a"), ("A", "Y", "Ben", "3")];
    let evaluation = evaluation(&set, &rows);
    let ranked = rank(&evaluation);
    let items = agenda(&evaluation, &ranked.scorecard);
    assert_eq!(items.len(), 1);
    assert!(items[0].conflict && items[0].flagged);
    assert_eq!(items[0].spread_of_scale, fraction(1, 1));
}

/// The ranks of all vendors, in vendor order.
fn order(card: &Scorecard) -> Vec<Option<u32>> {
    let mut cards: Vec<_> = card.vendors.iter().collect();
    cards.sort_by_key(|card| card.vendor);
    cards.iter().map(|card| card.rank).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gaps_and_losses_add_up_exactly_whatever_is_missing_or_does_not_apply(made in made::with_both()) {
        let evaluation = made.evaluation();
        let card = scoring::rank(&evaluation, None);
        let vendors = made::vendors(&evaluation);
        for (&one, &other) in vendors.iter().zip(vendors.iter().skip(1)) {
            let Some(found) = gaps(&card, one, other) else { continue };
            let criteria = total_of(found.criteria.iter().map(|gap| gap.gap.clone()));
            prop_assert_eq!(&criteria, &found.total);
            let totals = (card.vendor(one).unwrap().total.clone().unwrap(), card.vendor(other).unwrap().total.clone().unwrap());
            prop_assert_eq!(&found.total.low, &(&totals.0.low - &totals.1.high));
            let to_full = total_of(losses(&card, one).into_iter().map(|loss| loss.to_full));
            prop_assert_eq!(to_full.low, &Fraction::hundred() - &totals.0.high);
            prop_assert_eq!(to_full.high, &Fraction::hundred() - &totals.0.low);
        }
    }

    #[test]
    fn an_answer_that_is_not_told_as_missing_changes_no_order(made in made::with_missing(), fill in prop::collection::vec(0_u8..=10, 24)) {
        let evaluation = made.evaluation();
        let card = scoring::rank(&evaluation, None);
        let told = missing(evaluation.set(), &card);
        let mut at = 0_usize;
        for (vendor, cells) in made.cells.iter().enumerate() {
            for (criterion, cell) in cells.iter().enumerate() {
                let is_told = told.iter().any(|one| one.vendor.position() == vendor && one.criterion.position() == criterion);
                if *cell != Cell::Missing || is_told {
                    continue;
                }
                let with = |halves: u8| {
                    let mut filled = fill.iter().cycle().skip(at);
                    let mut made: Made = made.clone();
                    for cell in made.cells.iter_mut().flatten().filter(|cell| **cell == Cell::Missing) {
                        *cell = Cell::Halves(*filled.next().unwrap());
                    }
                    made.cells[vendor][criterion] = Cell::Halves(halves);
                    order(&scoring::rank(&made.evaluation(), None))
                };
                // Vendors may draw level at the very ends, so the ends themselves are left alone.
                let (low, high) = (with(1), with(9));
                prop_assert_eq!(low, high);
                at += 1;
            }
        }
        for one in &told {
            prop_assert_eq!(card.vendor(one.vendor).unwrap().criteria[one.criterion.position()].state, State::NotScored);
        }
    }
}
