//! Excluded vendors, recused evaluators, and answers that later sheets replace or clear.

use crate::build::{LOWEST_RATIO, RATED, Story, number};
use crate::compare::{text, vendor};
use crate::engine;
use crate::model::{Ans, Weights, whole};
use crate::write::{Layout, PLAIN, Shape};

#[test]
fn an_excluded_vendor_sets_no_price_and_owes_nothing() {
    let mut story = Story::new(Weights::Points, 5)
        .criterion("quality", 50, RATED)
        .criterion("price", 50, LOWEST_RATIO)
        .scores("Ana", "A", [5, 100])
        .scores("Ana", "B", [5, 50])
        .says("Ana", "C", [None, number(80)]);
    let with = story.told();
    assert_eq!(text(&vendor(&with, "A")["total"]), "75.00");
    story.0.excluded.insert(1);
    let without = story.told();
    assert_eq!(text(&vendor(&without, "A")["total"]), "90.00");
    assert_eq!(text(&vendor(&without, "B")["status"]), "excluded");
    assert!(vendor(&without, "B")["rank"].is_null());
}

#[test]
fn a_recused_evaluator_is_not_counted_and_owes_nothing() {
    let mut story = Story::new(Weights::Points, 5)
        .criterion("X", 100, RATED)
        .scores("Ana", "A", [4])
        .scores("Ana", "B", [4])
        .scores("Ben", "A", [1]);
    let before = story.told();
    assert_eq!(text(&vendor(&before, "B")["status"]), "provisional");
    story.0.recused.insert((1, Some(1)));
    let after = story.told();
    assert_eq!(text(&vendor(&after, "B")["total"]), "80.00");
    story.0.recused.insert((1, None));
    let alone = story.told();
    assert_eq!(text(&vendor(&alone, "A")["total"]), "80.00");
}

#[test]
fn an_answer_that_is_not_counted_makes_its_evaluator_owe_nothing_elsewhere() {
    let mut story = Story::new(Weights::Points, 5)
        .criterion("X", 100, RATED)
        .scores("Ana", "A", [4])
        .scores("Ana", "B", [4])
        .scores("Ben", "B", [1]);
    assert_eq!(text(&vendor(&story.told(), "A")["status"]), "provisional");
    // Ben is recused for the only vendor he scored.
    story.0.recused.insert((1, Some(1)));
    assert_eq!(text(&vendor(&story.told(), "A")["status"]), "ranked");
    story.0.recused.clear();
    // The only vendor he scored has withdrawn.
    story.0.excluded.insert(1);
    assert_eq!(text(&vendor(&story.told(), "A")["status"]), "ranked");
}

#[test]
fn a_later_sheet_replaces_a_blank_does_not_and_clear_takes_away() {
    let story = Story::new(Weights::Points, 5)
        .criterion("X", 50, RATED)
        .criterion("Y", 50, RATED)
        .says("Ana", "A", [number(4), None])
        .scores("Ana", "B", [5, 5]);
    let draft = |score| Ans::Number(whole(score));
    let drafts = [
        ((0, 0, 0), draft(1)),
        ((0, 1, 0), draft(5)),
        ((1, 1, 0), draft(0)),
    ];
    for shape in [Shape::LongTogether, Shape::LongEach, Shape::WideEach] {
        let layout = Layout {
            shape,
            drafts: drafts.into_iter().collect(),
            ..PLAIN
        };
        let result = engine::agreed(&story.0, &layout, None);
        let cleared = vendor(&result, "A");
        assert_eq!(
            (text(&cleared["low"]), text(&cleared["high"])),
            ("40.00", "90.00")
        );
        assert_eq!(text(&vendor(&result, "B")["total"]), "100.00");
    }
}
