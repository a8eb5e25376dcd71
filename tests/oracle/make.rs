//! Cases by chance: a tape of bytes decides, and a tape of zeros is the plainest case, so that failures shrink.

mod set;
mod tape;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::model::{Ans, Case, Kind, Num, Rule, Scale, Set, cents, tenths, whole};
use crate::write::{Layout, Shape};

use set::set;
use tape::Tape;

/// What a kind of case may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taste {
    /// Everything there is.
    Anything,
    /// Everything but excluded vendors and recused evaluators.
    NothingTakenBack,
    /// Answers to everything, all of which applies, and no gates.
    Bare,
}

/// Random cases with a way of writing them down.
pub fn cases(taste: Taste) -> impl Strategy<Value = (Case, Layout)> {
    prop::collection::vec(any::<u8>(), 0..1_200).prop_map(move |bytes| {
        let mut tape = Tape { bytes, at: 0 };
        let case = case(&mut tape, taste);
        let layout = layout(&mut tape, &case);
        (case, layout)
    })
}

fn case(tape: &mut Tape, taste: Taste) -> Case {
    let set = set(tape, taste);
    let vendors = ["Acme", "Bolt", "Cedar", "Drift", "Ember"];
    let vendors: Vec<String> = names(&vendors, tape.one_of(&[2, 1, 3, 3, 4, 5]));
    let mut evaluators = names(
        &["Ana", "Ben", "Cleo", "Dov"],
        tape.one_of(&[1, 2, 3, 4, 2]),
    );
    if taste != Taste::Bare && tape.chance(4) {
        evaluators.clear();
    }
    if tape.chance(25) {
        evaluators.push("consensus".to_owned());
    }
    let mut case = Case {
        set,
        vendors,
        evaluators,
        answers: BTreeMap::new(),
        excluded: BTreeSet::new(),
        recused: BTreeSet::new(),
    };
    // How often a cell is left empty: in most cases rarely, in some never, in some often.
    let holes = if taste == Taste::Bare {
        0
    } else {
        tape.one_of(&[0, 6, 15, 0, 40])
    };
    for vendor in 0..case.vendors.len() {
        for criterion in 0..case.set.criteria.len() {
            fill(tape, &mut case, vendor, criterion, holes);
        }
    }
    if taste == Taste::Anything {
        for vendor in 0..case.vendors.len() {
            if tape.chance(5) {
                case.excluded.insert(vendor);
            }
            for evaluator in 0..case.evaluators.len() {
                if !case.is_consensus(evaluator) && tape.chance(8) {
                    let whom = tape.one_of(&[Some(vendor), None]);
                    case.recused.insert((evaluator, whom));
                }
            }
        }
    }
    case
}

fn names(all: &[&str], count: usize) -> Vec<String> {
    all.iter()
        .take(count)
        .map(|&name| name.to_owned())
        .collect()
}

fn fill(tape: &mut Tape, case: &mut Case, vendor: usize, criterion: usize, holes: usize) {
    let off = case.set.allows_not_applicable(criterion) && tape.chance(25);
    // One vendor has one price and one verdict, now and then told differently.
    let agreed = one_answer(tape, &case.set, criterion);
    for evaluator in 0..case.evaluators.len() {
        let moderated = case.is_consensus(evaluator);
        let skip = if moderated {
            85
        } else if case.set.is_rated(criterion) {
            holes
        } else {
            holes.saturating_add(if evaluator == 0 { 0 } else { 30 })
        };
        if tape.chance(skip) {
            continue;
        }
        let answer = if off && !tape.chance(8) {
            Ans::NotApplicable
        } else if moderated || case.set.is_rated(criterion) || tape.chance(6) {
            one_answer(tape, &case.set, criterion)
        } else {
            agreed
        };
        case.answers.insert((vendor, criterion, evaluator), answer);
    }
}

fn one_answer(tape: &mut Tape, set: &Set, criterion: usize) -> Ans {
    match set.criteria[criterion].kind {
        Kind::PassFail if tape.chance(9) => Ans::Fail,
        Kind::PassFail if tape.chance(5) => Ans::Silent,
        Kind::PassFail => Ans::Pass,
        _ if tape.chance(7) => Ans::Silent,
        Kind::Rated { .. } => Ans::Number(score(set.scale_of(criterion), tape.pick(64))),
        Kind::Priced { rule, .. } => Ans::Number(amount(tape, rule)),
    }
}

/// The score so many 63rds up the scale, down to the next step.
pub fn score(scale: Scale, at: usize) -> Num {
    let places = scale.min.places.max(scale.max.places).max(2);
    let raise = |num: Num| {
        let missing = places.saturating_sub(num.places);
        num.units.saturating_mul(10_i64.saturating_pow(missing))
    };
    let at = i64::try_from(at).expect("below 64");
    let whole_range = raise(scale.max).saturating_sub(raise(scale.min));
    let above = whole_range.saturating_mul(at).checked_div(63).unwrap_or(0);
    let step = scale.step.map_or(1, raise);
    let steps = above.checked_div(step).unwrap_or(0);
    Num {
        units: raise(scale.min).saturating_add(steps.saturating_mul(step)),
        places,
    }
}

fn amount(tape: &mut Tape, rule: Rule) -> Num {
    let zero_too = matches!(rule, Rule::FixedRange { .. } | Rule::LinearRange);
    if zero_too && tape.chance(4) {
        return whole(0);
    }
    tape.one_of(&[
        whole(100),
        whole(50),
        whole(80),
        whole(120),
        cents(9_999),
        whole(200),
        whole(350),
        cents(1),
        whole(1_000_000),
        whole(150),
        tenths(755),
    ])
}

fn layout(tape: &mut Tape, case: &Case) -> Layout {
    let mut drafts = BTreeMap::new();
    if tape.chance(30) {
        for vendor in 0..case.vendors.len() {
            for criterion in 0..case.set.criteria.len() {
                for evaluator in 0..case.evaluators.len() {
                    if tape.chance(12) {
                        let draft = one_answer(tape, &case.set, criterion);
                        drafts.insert((vendor, criterion, evaluator), draft);
                    }
                }
            }
        }
    }
    Layout {
        shape: tape.one_of(&[Shape::LongTogether, Shape::LongEach, Shape::WideEach]),
        drafts,
        backwards: tape.chance(30),
    }
}
