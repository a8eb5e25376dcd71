//! Bounds hold whatever is missing turns out to be: the sheets are completed and ranked again.

use proptest::prelude::*;

use crate::build::{LOWEST_RATIO, Story, at_least, number};
use crate::compare::{exact, text, total, vendor};
use crate::engine;
use crate::make::{Taste, cases, score};
use crate::model::{Ans, Case, Kind, Num, Rule, Weights, whole};
use crate::reckon::{Cell, Expected, Rated, owed, reckon};
use crate::write::PLAIN;

/// One answer that is missing: an evaluator's, or the moderated one where answers conflict or nobody is in charge.
#[derive(Debug, Clone, Copy)]
struct Gap {
    vendor: usize,
    criterion: usize,
    evaluator: Option<usize>,
}

/// How the missing answers turn out.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// Every vendor as bad, or as good, as can be.
    All {
        good: bool,
    },
    /// One vendor the one way, all others the other.
    Only {
        vendor: usize,
        good: bool,
    },
    Chance(u64),
}

proptest! {
    #![proptest_config(engine::some(150))]

    #[test]
    fn every_completion_lies_within_the_bounds(
        (case, layout) in cases(Taste::Anything),
        seeds in prop::array::uniform5(any::<u64>()),
        lens in prop::option::of(Just(0)),
    ) {
        let before = reckon(&case, lens);
        let gaps = gaps(&case, &before);
        if gaps.is_empty() {
            return Ok(());
        }
        let open = engine::runs(&case, &layout, lens)?;
        let mut fates: Vec<Fate> = [true, false].map(|good| Fate::All { good }).to_vec();
        for vendor in 0..case.vendors.len() {
            fates.extend([true, false].map(|good| Fate::Only { vendor, good }));
        }
        fates.extend(seeds.map(Fate::Chance));
        for fate in fates {
            let completed = complete(&case, &gaps, fate);
            let closed = engine::runs(&completed, &PLAIN, lens)?;
            let told = || format!("{fate:?}\n{}", engine::shown(&completed, &PLAIN));
            prop_assert_eq!(text(&closed["status"]), "final", "{}", told());
            for name in &case.vendors {
                let (was, is) = (vendor(&open, name), vendor(&closed, name));
                if let (Some(bounds), Some(total)) = (total(was), exact(is, "total")) {
                    let within = bounds.low <= total && total <= bounds.high;
                    prop_assert!(within, "{name}: {total} is not in {bounds:?}\n{}", told());
                    if let (Fate::All { good }, false) = (fate, case.set.has_relative_price()) {
                        let end = if good { &bounds.high } else { &bounds.low };
                        let stands = text(&was["status"]) != "excluded";
                        prop_assert!(!stands || *end == total, "{name}: {end} is not reached but {total}\n{}", told());
                    }
                }
                if let (Some(range), Some(rank)) = (was["rank_range"].as_array(), is["rank"].as_u64()) {
                    let ends: Vec<u64> = range.iter().filter_map(serde_json::Value::as_u64).collect();
                    prop_assert!(ends[0] <= rank && rank <= ends[1], "{name}: rank {rank} is not in {ends:?}\n{}", told());
                }
            }
        }
    }
}

#[test]
fn both_ends_under_a_relative_price_are_reached_when_another_vendor_stays_or_goes() {
    let case = |quality| {
        Story::new(Weights::Points, 100)
            .criterion("quality", 50, at_least(whole(10)))
            .criterion("price", 50, LOWEST_RATIO)
            .scores("Ana", "A", [80, 100])
            .says("Ana", "B", [quality, number(50)])
            .told()
    };
    let ends = total(vendor(&case(None), "A")).expect("A has a total");
    let if_it_goes = exact(vendor(&case(number(9)), "A"), "total");
    let if_it_stays = exact(vendor(&case(number(10)), "A"), "total");
    assert_eq!((if_it_stays, if_it_goes), (Some(ends.low), Some(ends.high)));
}

fn gaps(case: &Case, before: &Expected) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for vendor in (0..case.vendors.len()).filter(|&vendor| case.stands(vendor)) {
        for criterion in 0..case.set.criteria.len() {
            let cell = &before.rows[vendor].cells[criterion];
            let gap = |evaluator| Gap {
                vendor,
                criterion,
                evaluator,
            };
            match cell {
                Cell::Rated {
                    kind: Rated::NotScored,
                    ..
                } => {
                    let off = (0..case.evaluators.len()).any(|evaluator| {
                        case.answers.get(&(vendor, criterion, evaluator))
                            == Some(&Ans::NotApplicable)
                            && !case.is_recused(evaluator, vendor)
                    });
                    let owing = owed(case, vendor, criterion);
                    if off || owing.is_empty() {
                        gaps.push(gap(None));
                    } else {
                        gaps.extend(owing.into_iter().map(|evaluator| gap(Some(evaluator))));
                    }
                }
                Cell::PriceMissing | Cell::Undecided => gaps.push(gap(None)),
                _ => {}
            }
        }
    }
    gaps
}

fn complete(case: &Case, gaps: &[Gap], fate: Fate) -> Case {
    let mut completed = case.clone();
    for (turn, gap) in gaps.iter().enumerate() {
        let evaluator = gap
            .evaluator
            .unwrap_or_else(|| completed.evaluator("consensus"));
        let choices = choices(case, gap.criterion);
        let last = choices.len().saturating_sub(1);
        let at = match fate {
            Fate::All { good } => end(good, last),
            Fate::Only { vendor, good } => end((vendor == gap.vendor) == good, last),
            Fate::Chance(seed) => {
                let mixed = seed.rotate_left(u32::try_from(turn).unwrap_or(0).wrapping_mul(7));
                let turned = mixed.checked_rem(u64::try_from(choices.len()).unwrap_or(1));
                usize::try_from(turned.unwrap_or(0)).unwrap_or(0)
            }
        };
        let cell = (gap.vendor, gap.criterion, evaluator);
        completed.answers.insert(cell, choices[at]);
    }
    completed
}

fn end(good: bool, last: usize) -> usize {
    if good { last } else { 0 }
}

/// Answers from the worst to the best.
fn choices(case: &Case, criterion: usize) -> Vec<Ans> {
    let number = |num: Num| Ans::Number(num);
    match case.set.criteria[criterion].kind {
        Kind::Rated { lower, .. } => {
            let scale = case.set.scale_of(criterion);
            let ladder = [0, 13, 31, 44, 63].map(|at| number(score(scale, at)));
            let mut ladder: Vec<Ans> = ladder.to_vec();
            if lower {
                ladder.reverse();
            }
            ladder.insert(1, Ans::Silent);
            ladder
        }
        Kind::Priced { rule, .. } => {
            let least = match rule {
                Rule::FixedRange { .. } | Rule::LinearRange => whole(0),
                _ => Num {
                    units: 1,
                    places: 9,
                },
            };
            let most = Num {
                units: 999_999_999_999,
                places: 0,
            };
            let amounts = [most, whole(1_000), whole(200), whole(100), whole(60), least];
            let amounts = amounts.map(number);
            std::iter::once(Ans::Silent).chain(amounts).collect()
        }
        Kind::PassFail => vec![Ans::Fail, Ans::Silent, Ans::Pass],
    }
}
