//! Weights drawn at random: closed forms, sums, ties, what is missing, and the seed.

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::sync::Arc;

use proptest::prelude::*;
use scorecard::criteria::CriteriaSet;
use scorecard::evaluation::Evaluation;
use scorecard::exact::{Fraction, fixed, square_root};
use scorecard::scoring::draws::{Accepted, Drawn, Plan, Spread, draw, draw_on};
use scorecard::scoring::{View, rank};

use crate::support::{evaluation, fraction, set};

pub const DRAWS: u32 = 20_000;

pub fn plan(weights: Spread) -> Plan {
    Plan {
        draws: DRAWS,
        seed: 1,
        weights,
    }
}

/// Criteria from 0 to 100 with these weights, X1 first; each line is a further field of all of them.
pub fn criteria(weights: &[i64], fields: &str) -> Arc<CriteriaSet> {
    let mut body = "weights = \"relative\"\n[scale]\nmin = 0\nmax = 100\nstep = 1\n\
                    [[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n"
        .to_owned();
    for (weight, number) in weights.iter().zip(1..) {
        writeln!(
            body,
            "[[criterion]]\nid = \"X{number}\"\ncategory = \"all\"\ntitle = \"X{number}\"\nweight = {weight}\n{fields}"
        )
        .unwrap();
    }
    set(&body)
}

/// One evaluator's scores, a row for each vendor V1, V2, ...; an empty text is a missing score.
pub fn scored(set: &Arc<CriteriaSet>, rows: &[&[&str]]) -> Evaluation {
    let cells = rows.iter().zip(1..).flat_map(|(row, vendor)| {
        let cells = row.iter().zip(1..);
        cells.map(move |(score, criterion)| (format!("V{vendor}"), format!("X{criterion}"), *score))
    });
    let cells: Vec<(String, String, &str)> = cells.collect();
    let rows: Vec<(&str, &str, &str, &str)> = cells
        .iter()
        .map(|(vendor, criterion, score)| (vendor.as_str(), criterion.as_str(), "Ana", *score))
        .collect();
    evaluation(set, &rows)
}

pub fn drawn(evaluation: &Evaluation, plan: Plan) -> Drawn {
    draw(evaluation, &rank(evaluation, None), View::Record, plan)
}

pub fn of<'a>(evaluation: &Evaluation, drawn: &'a Drawn, name: &str) -> &'a Accepted {
    let mut vendors = drawn.vendors.iter();
    vendors
        .find(|one| evaluation.vendor_name(one.vendor) == name)
        .unwrap()
}

pub fn size(value: &Fraction) -> Fraction {
    if value.is_negative() {
        -value
    } else {
        value.clone()
    }
}

/// A part of the draws lies within so many standard errors of the probability.
pub fn is_near(part: &Fraction, probability: &Fraction, errors: i64) -> bool {
    let variance = probability * &(&Fraction::one() - probability);
    let draws = Fraction::whole(i64::from(DRAWS));
    let error = square_root(&variance.over(&draws).unwrap(), 12).unwrap();
    // One draw more or less is no evidence.
    let most = &(&error * &Fraction::whole(errors)) + &Fraction::one().over(&draws).unwrap();
    size(&(part - probability)) <= most
}

#[test]
fn two_criteria_split_the_simplex_where_the_totals_cross() {
    // 80 w + 20 (1 - w) > 40 w + 70 (1 - w) from w = 5/9 on.
    let evaluation = scored(&criteria(&[1, 1], ""), &[&["80", "20"], &["40", "70"]]);
    let drawn = drawn(&evaluation, plan(Spread::Uniform));
    let one = of(&evaluation, &drawn, "V1");
    assert!(
        is_near(&one.ranks[0], &fraction(4, 9), 4),
        "{:?}",
        one.ranks
    );
    // The centre of the segment from 5/9 to 1.
    let central = one.central_weights.as_ref().unwrap();
    let off = size(&(&central[0] - &fraction(7, 9)));
    assert!(off < fraction(1, 100), "{central:?}");
    assert_eq!(one.confidence, Some(Fraction::one()));
    assert_eq!(
        one.ahead_of.as_ref().unwrap().iter().max(),
        Some(&one.ranks[0])
    );
}

/// Rank-order centroids are the centres of the parts of the simplex in which one order of the weights holds, so the mean
/// weight of the criterion that matters most is theirs (Barron and Barrett 1996).
#[test]
fn who_is_best_in_one_criterion_each_speaks_with_the_centroid_of_its_corner() {
    for (count, centroid) in [(3, "0.61"), (4, "0.52")] {
        let rows: Vec<Vec<&str>> = (0..count)
            .map(|row| {
                (0..count)
                    .map(|at| if at == row { "100" } else { "0" })
                    .collect()
            })
            .collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let weights = vec![1; count];
        let evaluation = scored(&criteria(&weights, ""), &rows);
        let drawn = drawn(&evaluation, plan(Spread::Uniform));
        let part = Fraction::one().over(&Fraction::count(count)).unwrap();
        for (at, vendor) in drawn.vendors.iter().enumerate() {
            for rank in &vendor.ranks {
                assert!(is_near(rank, &part, 5), "{:?}", vendor.ranks);
            }
            let own = evaluation.vendor_name(vendor.vendor)[1..]
                .parse::<usize>()
                .unwrap();
            let central = vendor.central_weights.as_ref().unwrap();
            let own = &central[own.checked_sub(1).unwrap()];
            let off = size(&(own - &scorecard::exact::read_decimal(centroid).unwrap().into()));
            assert!(off < fraction(1, 100), "{at}: {own}");
        }
    }
}

#[test]
fn a_band_moves_every_weight_alike_far_at_most() {
    let evaluation = scored(&criteria(&[3, 1], ""), &[&["100", "0"], &["0", "100"]]);
    let drawn = drawn(&evaluation, plan(Spread::Band(25)));
    // From 3 * 0.75 against 1.25 on, the first weighs more.
    assert_eq!(of(&evaluation, &drawn, "V1").ranks[0], Fraction::one());
    assert_eq!(of(&evaluation, &drawn, "V2").central_weights, None);
    assert_eq!(of(&evaluation, &drawn, "V2").confidence, None);
}

#[test]
fn weights_in_a_tree_are_drawn_group_by_group() {
    let body = "weights = \"relative\"\n[scale]\nmin = 0\nmax = 100\n\
        [[category]]\nid = \"a\"\ntitle = \"A\"\nweight = 1\n[[category]]\nid = \"b\"\ntitle = \"B\"\nweight = 1\n\
        [[criterion]]\nid = \"X1\"\ncategory = \"a\"\ntitle = \"X1\"\nweight = 7\n\
        [[criterion]]\nid = \"X2\"\ncategory = \"b\"\ntitle = \"X2\"\nweight = 2\n\
        [[criterion]]\nid = \"X3\"\ncategory = \"b\"\ntitle = \"X3\"\nweight = 2\n\
        [[criterion]]\nid = \"X4\"\ncategory = \"b\"\ntitle = \"X4\"\nweight = 0\n";
    let evaluation = scored(
        &set(body),
        &[&["100", "0", "0", "0"], &["0", "100", "100", "100"]],
    );
    let half = fraction(1, 2);
    // In a band, a and b weigh alike, whatever is in them.
    let in_band = drawn(&evaluation, plan(Spread::Band(25)));
    assert!(is_near(&of(&evaluation, &in_band, "V1").ranks[0], &half, 4));
    // On the simplex of the three that weigh anything, X1 is more than half in a quarter of it.
    let anywhere = drawn(&evaluation, plan(Spread::Uniform));
    let one = of(&evaluation, &anywhere, "V1");
    assert!(
        is_near(&one.ranks[0], &fraction(1, 4), 4),
        "{:?}",
        one.ranks
    );
    assert_eq!(one.central_weights.as_ref().unwrap()[3], Fraction::zero());
}

#[test]
fn those_who_tie_share_their_places() {
    let evaluation = scored(
        &criteria(&[2, 1], ""),
        &[&["50", "60"], &["50", "60"], &["50", "60"], &["10", "10"]],
    );
    let drawn = drawn(&evaluation, plan(Spread::Uniform));
    let third = fraction(1, 3);
    for name in ["V1", "V2", "V3"] {
        let one = of(&evaluation, &drawn, name);
        assert_eq!(
            one.ranks,
            [
                third.clone(),
                third.clone(),
                third.clone(),
                Fraction::zero()
            ]
        );
        assert_eq!(one.confidence, Some(third.clone()));
        assert_eq!(
            one.ahead_of.as_ref().unwrap().iter().max(),
            Some(&Fraction::one())
        );
        assert_eq!(
            one.ahead_of
                .as_ref()
                .unwrap()
                .iter()
                .filter(|part| part.is_zero())
                .count(),
            3
        );
    }
}

#[test]
fn a_tie_that_holds_whatever_the_weights_is_one_although_floats_would_part_it() {
    let evaluation = scored(
        &criteria(&[3, 2, 1], "not_applicable = true"),
        &[
            &["70", "70", "70"],
            &["70", "n/a", "70"],
            &["70", "70", "n/a"],
        ],
    );
    for weights in [Spread::Uniform, Spread::Band(25)] {
        let drawn = drawn(&evaluation, plan(weights));
        for one in &drawn.vendors {
            assert_eq!(one.ranks[0], fraction(1, 3), "{weights}");
        }
    }
}

#[test]
fn what_does_not_apply_gives_its_weight_to_its_siblings() {
    // V2 stands on X1 alone: 60 against 80 w + 20 (1 - w), even at w = 2/3.
    let evaluation = scored(
        &criteria(&[1, 1], "not_applicable = true"),
        &[&["80", "20"], &["60", "n/a"]],
    );
    let drawn = drawn(&evaluation, plan(Spread::Uniform));
    let one = of(&evaluation, &drawn, "V1");
    assert!(
        is_near(&one.ranks[0], &fraction(1, 3), 4),
        "{:?}",
        one.ranks
    );
}

#[test]
fn a_missing_score_is_drawn_on_its_steps() {
    let body = "weights = \"relative\"\n[scale]\nmin = 0\nmax = 5\nstep = 1\n\
        [[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n\
        [[criterion]]\nid = \"X1\"\ncategory = \"all\"\ntitle = \"X1\"\nweight = 1\n";
    let evaluation = scored(&set(body), &[&["3"], &[""]]);
    let drawn = drawn(&evaluation, plan(Spread::Uniform));
    let two = of(&evaluation, &drawn, "V2");
    // 4 and 5 of six are ahead, 3 is a tie.
    assert!(
        is_near(&two.ranks[0], &fraction(5, 12), 4),
        "{:?}",
        two.ranks
    );
    // There is one criterion, so the central weights are all there are, and scores are drawn again under them.
    assert_eq!(two.confidence, Some(two.ranks[0].clone()));
    let ahead = two.ahead_of.as_ref().unwrap().iter().max().unwrap();
    assert!(is_near(ahead, &fraction(1, 3), 4), "{ahead}");
}

#[test]
fn who_owes_a_score_is_drawn_and_those_who_scored_stay() {
    for (rule, expected) in [
        // (4 + 4 + s) / 3 > 3 from s = 2 on; a tie at 1.
        ("mean", fraction(9, 12)),
        // The median of 4, 4 and anything is 4.
        ("median", Fraction::one()),
    ] {
        let body = format!(
            "weights = \"relative\"\n[scale]\nmin = 0\nmax = 5\nstep = 1\n[rules]\nevaluators = \"{rule}\"\n\
            [[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n\
            [[criterion]]\nid = \"X1\"\ncategory = \"all\"\ntitle = \"X1\"\nweight = 1\n"
        );
        let evaluation = evaluation(
            &set(&body),
            &[
                ("V1", "X1", "Ana", "3"),
                ("V1", "X1", "Ben", "3"),
                ("V1", "X1", "Cleo", "3"),
                ("V2", "X1", "Ana", "4"),
                ("V2", "X1", "Ben", "4"),
            ],
        );
        let drawn = drawn(&evaluation, plan(Spread::Band(25)));
        let two = of(&evaluation, &drawn, "V2");
        assert!(
            is_near(&two.ranks[0], &expected, 4),
            "{rule}: {:?}",
            two.ranks
        );
    }
}

#[test]
fn missing_price_points_are_drawn_between_their_bounds() {
    let body = "weights = \"relative\"\n[scale]\nmin = 0\nmax = 100\n\
        [[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n\
        [[criterion]]\nid = \"P\"\ncategory = \"all\"\ntitle = \"P\"\nweight = 1\n\
        price = { rule = \"fixed-range\", floor = 100, ceiling = 200, currency = \"EUR\" }\n\
        [[criterion]]\nid = \"X\"\ncategory = \"all\"\ntitle = \"X\"\nweight = 0\n";
    let evaluation = evaluation(
        &set(body),
        &[
            ("V1", "P", "Ana", "180"),
            ("V1", "X", "Ana", "1"),
            ("V2", "X", "Ana", "1"),
        ],
    );
    let drawn = drawn(&evaluation, plan(Spread::Uniform));
    let two = of(&evaluation, &drawn, "V2");
    assert!(
        is_near(&two.ranks[0], &fraction(4, 5), 4),
        "{:?}",
        two.ranks
    );
}

#[test]
fn a_disqualified_vendor_takes_no_rank() {
    let evaluation = scored(
        &criteria(&[1, 1], "minimum = 30"),
        &[&["100", "20"], &["50", "40"], &["40", "50"]],
    );
    let drawn = drawn(&evaluation, plan(Spread::Uniform));
    assert_eq!(drawn.vendors.len(), 2);
    assert!(drawn.vendors.iter().all(|one| one.ranks.len() == 2));
    let out = evaluation.vendor_indices().next().unwrap();
    assert_eq!(drawn.first(out), Fraction::zero());
}

#[test]
fn nobody_or_one_alone_is_no_trouble() {
    let set = criteria(&[1], "");
    assert_eq!(
        drawn(&Evaluation::new(Arc::clone(&set)), plan(Spread::Uniform)).vendors,
        []
    );
    let alone = scored(&set, &[&["5"]]);
    let drawn = drawn(&alone, plan(Spread::Band(1)));
    assert_eq!(drawn.vendors[0].ranks, [Fraction::one()]);
}

/// These numbers are the same on every machine, and the counts those of another program that follows the same steps in another
/// language; if they change, so does every result that was ever printed for a seed.
#[test]
fn the_seed_decides_the_draws_to_the_last_digit() {
    let rows: [&[&str]; 3] = [&["80", "20", ""], &["40", "70", "50"], &["60", "", "60"]];
    let evaluation = scored(&criteria(&[5, 3, 2], ""), &rows);
    let shown = |weights: Spread, seed: u64| {
        let plan = Plan {
            seed,
            ..plan(weights)
        };
        let drawn = drawn(&evaluation, plan);
        let vendors = drawn.vendors.iter().map(|one| {
            let times = |part: &Fraction| fixed(&(part * &Fraction::whole(i64::from(DRAWS))), 0);
            let central = one.central_weights.as_ref().unwrap();
            format!(
                "{} {} {}",
                one.ranks.iter().map(times).collect::<Vec<_>>().join(" "),
                fixed(&central[0], 12),
                fixed(one.confidence.as_ref().unwrap(), 6),
            )
        });
        vendors.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(shown(Spread::Band(25), 1), @"
    1679 7546 10775 0.463088812276 0.141500
    8368 7628 4004 0.510038333235 0.440100
    9953 4826 5221 0.496128664468 0.512750
    ");
    insta::assert_snapshot!(shown(Spread::Uniform, 7), @"
    5027 6898 8075 0.188439704507 0.589300
    6727 4224 9049 0.505299753272 0.554500
    8246 8878 2876 0.283658738437 0.506700
    ");
}

#[test]
fn threads_change_nothing() {
    let rows: [&[&str]; 3] = [&["80", "20", ""], &["40", "70", "50"], &["60", "", "60"]];
    let evaluation = scored(&criteria(&[5, 3, 2], ""), &rows);
    let card = rank(&evaluation, None);
    let on = |threads: usize| {
        let threads = NonZeroUsize::new(threads).unwrap();
        let plan = Plan {
            draws: 12_345,
            ..plan(Spread::Uniform)
        };
        draw_on(threads, &evaluation, &card, View::Record, plan)
    };
    let alone = on(1);
    for threads in [2, 3, 7, 300] {
        assert_eq!(on(threads), alone);
    }
}

/// The chance that `c` times one number between `1 - band` and `1 + band` is below another.
fn above(c: &Fraction, band: &Fraction) -> Fraction {
    let (low, high) = (&Fraction::one() - band, &Fraction::one() + band);
    // The mean over v from low to high of the part of the band above c v, which is a straight line between its ends.
    let width = &high - &low;
    let start = low.over(c).unwrap().clamp(low.clone(), high.clone());
    let end = high.over(c).unwrap().clamp(low.clone(), high.clone());
    let whole = &start - &low;
    let at = |v: &Fraction| (&high - &(c * v)).over(&width).unwrap();
    let between = &(&at(&start) + &at(&end)) * &(&end - &start);
    (&whole + &between.over(&Fraction::whole(2)).unwrap())
        .over(&width)
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn two_criteria_in_a_band_equal_their_closed_form(
        one in 1_i64..100, other in 1_i64..100, weight in 20_i64..80, band in 5_u8..=100,
    ) {
        // V1 is `one` better in the first criterion, V2 `other` better in the second.
        let (x, y) = (one.to_string(), other.to_string());
        let rest = 100_i64.saturating_sub(weight);
        let evaluation = scored(&criteria(&[weight, rest], ""), &[&[&x, "0"], &["0", &y]]);
        let drawn = drawn(&evaluation, plan(Spread::Band(band)));
        // V1 is first where its weighed lead is the greater: u1 > c u2.
        let c = Fraction::new(rest.saturating_mul(other), weight.saturating_mul(one)).unwrap();
        let expected = above(&c, &Fraction::new(i64::from(band), 100).unwrap());
        let found = &of(&evaluation, &drawn, "V1").ranks[0];
        prop_assert!(is_near(found, &expected, 6), "{} {}", found, expected);
    }

    #[test]
    fn rows_and_columns_add_up_to_one(
        rows in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.85, 0_u8..4), 3), 1..7),
        uniform in any::<bool>(), seed in any::<u64>(),
    ) {
        let texts: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|score| score.map_or(String::new(), |score| score.to_string())).collect())
            .collect();
        let texts: Vec<Vec<&str>> = texts.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
        let evaluation = scored(&criteria(&[3, 2, 1], ""), &texts);
        let weights = if uniform { Spread::Uniform } else { Spread::Band(25) };
        let plan = Plan { draws: 500, seed, weights };
        let drawn = drawn(&evaluation, plan);
        for one in &drawn.vendors {
            prop_assert_eq!(Fraction::sum(&one.ranks), Fraction::one());
            if let Some(central) = &one.central_weights {
                prop_assert_eq!(Fraction::sum(central), Fraction::one());
            }
            prop_assert_eq!(one.central_weights.is_some(), !one.ranks[0].is_zero());
            prop_assert_eq!(one.confidence.is_some(), !one.ranks[0].is_zero());
        }
        for at in 0..drawn.vendors.len() {
            let column = Fraction::sum(drawn.vendors.iter().map(|one| &one.ranks[at]));
            prop_assert_eq!(column, Fraction::one());
        }
        prop_assert_eq!(&drawn, &self::drawn(&evaluation, plan));
    }

    /// A full block of draws is counted at once and a part of one draw by draw: the last draw of a block is one order more.
    #[test]
    fn a_draw_more_is_one_order_more_however_draws_are_counted(
        rows in prop::collection::vec(prop::collection::vec(0_u8..=100, 3), 1..9), seed in any::<u64>(),
    ) {
        let texts: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let texts: Vec<Vec<&str>> = texts.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
        let evaluation = scored(&criteria(&[3, 2, 1], ""), &texts);
        let counted = |draws: u32| {
            let all = drawn(&evaluation, Plan { draws, seed, weights: Spread::Uniform });
            let times = |part: &Fraction| part * &Fraction::whole(i64::from(draws));
            let of = |parts: &[Fraction]| parts.iter().map(times).collect::<Vec<_>>();
            let vendors = all.vendors.iter();
            vendors.map(|one| (of(&one.ranks), of(one.ahead_of.as_ref().unwrap()))).collect::<Vec<_>>()
        };
        let (before, after) = (counted(63), counted(64));
        for (one, (before, after)) in before.iter().zip(&after).enumerate() {
            let more = |after: &[Fraction], before: &[Fraction]| after.iter().zip(before).map(|(after, before)| after - before).collect::<Vec<_>>();
            let ranks = more(&after.0, &before.0);
            prop_assert!(ranks.iter().all(|more| !more.is_negative()));
            prop_assert_eq!(Fraction::sum(&ranks), Fraction::one());
            // Whoever is at place 3 alone is ahead of all but two others and itself.
            let ahead = Fraction::sum(&more(&after.1, &before.1));
            let ties = rows.iter().filter(|row| *row == &rows[one]).count();
            if ties == 1 {
                let rank = ranks.iter().position(|more| *more == Fraction::one()).unwrap();
                prop_assert_eq!(ahead, Fraction::count(rows.len().saturating_sub(rank.saturating_add(1))));
            }
        }
    }

    #[test]
    fn a_vendor_that_is_dominated_is_never_ahead(
        worse in prop::collection::vec(0_u8..90, 3), better in prop::collection::vec(1_u8..10, 3), seed in any::<u64>(),
    ) {
        let low: Vec<String> = worse.iter().map(ToString::to_string).collect();
        let high: Vec<String> = worse.iter().zip(&better).map(|(low, more)| low.saturating_add(*more).to_string()).collect();
        let low: Vec<&str> = low.iter().map(String::as_str).collect();
        let high: Vec<&str> = high.iter().map(String::as_str).collect();
        let evaluation = scored(&criteria(&[3, 2, 1], ""), &[&low, &high]);
        let drawn = drawn(&evaluation, Plan { draws: 500, seed, weights: Spread::Uniform });
        prop_assert_eq!(&of(&evaluation, &drawn, "V2").ranks[0], &Fraction::one());
    }
}
