//! Criteria sets by chance: always valid ones.

use num_traits::Zero;

use crate::model::{
    Category, Criterion, Kind, Lens, Num, Q, Rule, Scale, Set, Weights, cents, tenths, whole,
};
use crate::reckon::record_shares;

use super::tape::Tape;
use super::{Taste, score};

pub fn set(tape: &mut Tape, taste: Taste) -> Set {
    let of_max = tape.chance(20);
    let scale = scale(tape, of_max);
    let mut set = Set {
        weights: tape.one_of(&[Weights::Points, Weights::Relative, Weights::Shares]),
        of_max,
        median: tape.chance(35),
        scale,
        total_minimum: None,
        categories: Vec::new(),
        criteria: Vec::new(),
        lenses: Vec::new(),
    };
    tree(tape, &mut set, taste);
    weigh(tape, &mut set);
    if taste != Taste::Bare && tape.chance(65) {
        gates(tape, &mut set);
    }
    lenses(tape, &mut set);
    set
}

fn scale(tape: &mut Tape, of_max: bool) -> Scale {
    let plain = |min: Num, max: Num, step: Option<Num>| Scale { min, max, step };
    let mut scales = vec![
        plain(whole(0), whole(5), Some(tenths(5))),
        plain(whole(0), whole(5), None),
        plain(whole(1), whole(10), Some(whole(1))),
        plain(cents(25), cents(400), Some(cents(75))),
        plain(whole(0), whole(100), Some(whole(1))),
        plain(whole(0), whole(3), Some(whole(3))),
    ];
    if !of_max {
        scales.push(plain(whole(-3), whole(3), Some(whole(1))));
        scales.push(plain(tenths(-25), tenths(-5), Some(tenths(5))));
    }
    tape.one_of(&scales)
}

fn tree(tape: &mut Tape, set: &mut Set, taste: Taste) {
    let categories = tape.one_of(&[1, 2, 3, 4]);
    let criteria = tape.one_of(&[2, 1, 3, 4, 5, 6, 7]);
    let parents: Vec<Option<usize>> = (0..categories)
        .map(|at| {
            if at > 0 && tape.chance(40) {
                Some(tape.pick(at))
            } else {
                None
            }
        })
        .collect();
    let homes: Vec<usize> = (0..criteria)
        .map(|at| {
            if at < categories {
                at
            } else {
                tape.pick(categories)
            }
        })
        .collect();
    // A category with nothing below it would be refused, so it is never written.
    let used = |category: usize| {
        homes.iter().any(|&home| {
            let mut at = Some(home);
            while let Some(index) = at {
                if index == category {
                    return true;
                }
                at = parents[index];
            }
            false
        })
    };
    let kept: Vec<usize> = (0..categories).filter(|&category| used(category)).collect();
    let renumbered = |old: usize| kept.iter().position(|&category| category == old);
    for &category in &kept {
        set.categories.push(Category {
            id: ["north", "south", "east", "west"][category].to_owned(),
            parent: parents[category].and_then(renumbered),
            weight: whole(0),
            minimum: None,
        });
    }
    let ids = [
        "alpha", "beta", "gamma.g", "delta-4", "Epsilon", "zeta_6", "omega",
    ];
    for (at, &home) in homes.iter().enumerate() {
        let kind = if at == 0 {
            rated(tape, set.of_max, taste)
        } else {
            kind(tape, set.of_max, taste)
        };
        set.criteria.push(Criterion {
            id: ids[at].to_owned(),
            category: renumbered(home).expect("its category is used"),
            weight: whole(0),
            kind,
        });
    }
}

fn rated(tape: &mut Tape, of_max: bool, taste: Taste) -> Kind {
    Kind::Rated {
        scale: tape.chance(30).then(|| scale(tape, of_max)),
        lower: !of_max && tape.chance(25),
        gate: None,
        not_applicable: taste != Taste::Bare && tape.chance(35),
    }
}

fn kind(tape: &mut Tape, of_max: bool, taste: Taste) -> Kind {
    let fixed = Rule::FixedRange {
        floor: whole(50),
        ceiling: whole(200),
    };
    let free = Rule::FixedRange {
        floor: whole(0),
        ceiling: cents(35_050),
    };
    match tape.pick(10) {
        0..6 => rated(tape, of_max, taste),
        6 if taste != Taste::Bare => Kind::PassFail,
        _ => Kind::Priced {
            rule: tape.one_of(&[
                fixed,
                Rule::LowestRatio,
                Rule::LinearToLowest,
                Rule::LinearRange,
                free,
            ]),
            maximum: None,
        },
    }
}

/// Parts of `whole` in proportion to `raw`, exact to the hundredth; the first that weighs anything takes the rest.
fn portions(raw: &[i64]) -> Vec<Num> {
    const WHOLE: i64 = 10_000;
    let sum: i64 = raw.iter().fold(0, |sum, part| sum.saturating_add(*part));
    let mut parts: Vec<i64> = raw
        .iter()
        .map(|part| WHOLE.saturating_mul(*part).checked_div(sum).unwrap_or(0))
        .collect();
    let given = parts
        .iter()
        .fold(0, |sum: i64, part| sum.saturating_add(*part));
    if let Some(first) = parts.iter_mut().find(|part| **part > 0) {
        *first = first.saturating_add(WHOLE.saturating_sub(given));
    }
    parts.into_iter().map(cents).collect()
}

fn raw_weights(tape: &mut Tape, can_weigh: &[bool]) -> Vec<i64> {
    let mut raw: Vec<i64> = can_weigh
        .iter()
        .map(|&can| {
            let drawn = tape.one_of(&[1, 2, 3, 5, 0, 7, 1, 10]);
            if can { drawn } else { 0 }
        })
        .collect();
    if raw.iter().all(|part| *part == 0)
        && let Some(first) = can_weigh.iter().position(|can| *can)
    {
        raw[first] = 1;
    }
    raw
}

fn weigh(tape: &mut Tape, set: &mut Set) {
    if set.weights == Weights::Points {
        let can: Vec<bool> = (0..set.criteria.len())
            .map(|at| !set.is_pass_fail(at))
            .collect();
        let parts = portions(&raw_weights(tape, &can));
        for (criterion, part) in set.criteria.iter_mut().zip(parts) {
            criterion.weight = part;
        }
        return;
    }
    let parents: Vec<Option<usize>> = std::iter::once(None)
        .chain((0..set.categories.len()).map(Some))
        .collect();
    for parent in parents {
        let inner: Vec<usize> = (0..set.categories.len())
            .filter(|&at| set.categories[at].parent == parent)
            .collect();
        let leaves: Vec<usize> = (0..set.criteria.len())
            .filter(|&at| Some(set.criteria[at].category) == parent)
            .collect();
        let can: Vec<bool> = inner
            .iter()
            .map(|&at| carries_weight(set, at))
            .chain(leaves.iter().map(|&at| !set.is_pass_fail(at)))
            .collect();
        let raw = raw_weights(tape, &can);
        let weights = if set.weights == Weights::Shares {
            portions(&raw)
        } else {
            raw.into_iter().map(tenths).collect()
        };
        let (of_inner, of_leaves) = weights.split_at(inner.len());
        for (&at, &weight) in inner.iter().zip(of_inner) {
            set.categories[at].weight = weight;
        }
        for (&at, &weight) in leaves.iter().zip(of_leaves) {
            set.criteria[at].weight = weight;
        }
    }
}

/// Whether anything in a category can weigh at all.
fn carries_weight(set: &Set, category: usize) -> bool {
    (0..set.criteria.len()).any(|at| !set.is_pass_fail(at) && set.lies_in(at, category))
}

fn gates(tape: &mut Tape, set: &mut Set) {
    for at in 0..set.criteria.len() {
        let scale = set.scale_of(at);
        let wanted = tape.chance(25);
        match &mut set.criteria[at].kind {
            Kind::Rated {
                gate,
                not_applicable: false,
                ..
            } if wanted => *gate = Some(score(scale, tape.one_of(&[20, 32, 10, 45]))),
            Kind::Priced { maximum, .. } if wanted => {
                *maximum = Some(tape.one_of(&[whole(200), whole(350), whole(100)]));
            }
            _ => {}
        }
    }
    let shares = record_shares(set, &|_| true);
    let weight = |set: &Set, within: &dyn Fn(usize) -> bool| -> Q {
        let rated = (0..set.criteria.len()).filter(|&at| set.is_rated(at) && within(at));
        rated.map(|at| &shares.criteria[at]).sum()
    };
    let minima = [whole(50), whole(30), cents(3333), whole(60), whole(100)];
    for at in 0..set.categories.len() {
        let rated = weight(set, &|criterion| set.lies_in(criterion, at));
        if !rated.is_zero() && tape.chance(20) {
            set.categories[at].minimum = Some(tape.one_of(&minima));
        }
    }
    if !weight(set, &|_| true).is_zero() && tape.chance(15) {
        set.total_minimum = Some(tape.one_of(&minima));
    }
}

fn lenses(tape: &mut Tape, set: &mut Set) {
    let weighted: Vec<bool> = (0..set.criteria.len())
        .map(|at| !set.is_pass_fail(at))
        .collect();
    let raw = raw_weights(tape, &weighted);
    let weights = if set.weights == Weights::Relative {
        raw.into_iter().map(whole).collect()
    } else {
        portions(&raw)
    };
    let members: Vec<usize> = (0..set.criteria.len()).filter(|&at| weighted[at]).collect();
    let chosen: Vec<usize> = members
        .iter()
        .copied()
        .filter(|_| tape.chance(50))
        .collect();
    let chosen = if chosen.is_empty() {
        members.clone()
    } else {
        chosen
    };
    set.lenses.push(Lens {
        id: "cio".to_owned(),
        weights,
        metrics: vec![
            ("some".to_owned(), chosen),
            ("first".to_owned(), members.into_iter().take(1).collect()),
        ],
    });
}
