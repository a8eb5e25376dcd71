//! How much evaluators agree: published coefficients, and what counts as a score.

use proptest::prelude::*;
use scorecard::evaluation::Answer;
use scorecard::exact::{Fraction, fixed, read_decimal};
use scorecard::scoring::agreement::{
    Agreement, Metric, Unit, agreement, alpha, chi_squared_tail, concordance, mid_ranks, spearman,
};

use crate::support::{evaluation, fraction, set};

/// The rows of a published table, without the first column; empty cells are gaps.
fn table(text: &str) -> Vec<Vec<Option<Fraction>>> {
    let cell = |text: &str| (!text.is_empty()).then(|| read_decimal(text).unwrap().into());
    let rows = text.lines().skip(1);
    rows.map(|row| row.split(',').skip(1).map(cell).collect())
        .collect()
}

fn whole(text: &str) -> Vec<Vec<Fraction>> {
    let rows = table(text).into_iter();
    rows.map(|row| row.into_iter().flatten().collect())
        .collect()
}

fn numbers(values: &[i64]) -> Vec<Fraction> {
    values.iter().copied().map(Fraction::whole).collect()
}

#[test]
fn four_observers_agree_as_published() {
    let rows = table(include_str!("../data/published/krippendorff-2011.csv"));
    let units: Vec<Vec<Fraction>> = (0..rows[0].len())
        .map(|at| rows.iter().filter_map(|row| row[at].clone()).collect())
        .collect();
    for (metric, published) in [
        (Metric::Nominal, "0.743"),
        (Metric::Ordinal, "0.815"),
        (Metric::Interval, "0.849"),
        (Metric::Ratio, "0.797"),
    ] {
        let found = alpha(&units, metric).unwrap();
        assert_eq!(fixed(&found, 3), published, "{metric:?}");
    }
}

#[test]
fn without_variation_there_is_nothing_to_agree_about() {
    let alike = vec![numbers(&[3, 3]), numbers(&[3, 3, 3])];
    assert_eq!(alpha(&alike, Metric::Interval), None);
    assert_eq!(alpha(&[], Metric::Nominal), None);
    let alone = vec![numbers(&[1]), numbers(&[2])];
    assert_eq!(alpha(&alone, Metric::Ordinal), None);
    let negative = vec![numbers(&[-1, 1]), numbers(&[2, 2])];
    assert_eq!(alpha(&negative, Metric::Ratio), None);
    assert!(alpha(&negative, Metric::Interval).is_some());
}

#[test]
fn executives_and_rankings_with_ties_concord_as_published() {
    let applicants = whole(include_str!("../data/published/siegel-1956-applicants.csv"));
    let found = concordance(&applicants).unwrap();
    assert_eq!(fixed(&found.w, 2), "0.16");
    assert_eq!(found.df, 5);
    let ties = whole(include_str!("../data/published/siegel-1956-ties.csv"));
    let found = concordance(&ties).unwrap();
    assert_eq!(found.w, fraction(591, 714));
    assert_eq!(fixed(&found.w, 3), "0.828");
    assert_eq!((found.raters, found.vendors), (3, 10));
}

#[test]
fn the_same_order_concords_wholly_and_no_order_not_at_all() {
    let same = vec![numbers(&[1, 2, 3]), numbers(&[10, 20, 30])];
    let found = concordance(&same).unwrap();
    assert_eq!(found.w, Fraction::one());
    assert_eq!(found.chi_squared, Fraction::whole(4));
    assert_eq!(concordance(&[numbers(&[1, 1]), numbers(&[2, 2])]), None);
    assert_eq!(concordance(&same[..1]), None);
    assert_eq!(concordance(&[numbers(&[1]), numbers(&[1])]), None);
}

/// M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 1964, table 26.8.
#[test]
fn the_tail_of_chi_squared_is_that_of_the_published_table() {
    for (value, df, tail) in [
        ("3.84146", 1, "0.0500"),
        ("6.63490", 1, "0.0100"),
        ("5.99147", 2, "0.0500"),
        ("16.2662", 3, "0.0010"),
        ("15.0863", 5, "0.0100"),
        ("18.3070", 10, "0.0500"),
        ("43.7729", 30, "0.0500"),
        ("124.342", 100, "0.0500"),
        ("67.3276", 100, "0.9950"),
    ] {
        let value = read_decimal(value).unwrap().into();
        let found = chi_squared_tail(&value, df).unwrap();
        assert_eq!(fixed(&found, 4), tail, "{value} {df}");
    }
}

#[test]
fn the_tail_is_an_exponential_for_two_degrees_and_ends_where_nobody_looks() {
    // e^-1 to thirty decimals.
    let tail = chi_squared_tail(&Fraction::whole(2), 2).unwrap();
    assert_eq!(fixed(&tail, 30), "0.367879441171442321595523770161");
    // erfc(1), for one degree of freedom at 2.
    let tail = chi_squared_tail(&Fraction::whole(2), 1).unwrap();
    assert_eq!(fixed(&tail, 30), "0.157299207050285130658779364917");
    assert_eq!(
        chi_squared_tail(&Fraction::zero(), 7),
        Some(Fraction::one())
    );
    assert_eq!(chi_squared_tail(&Fraction::one(), 0), None);
    assert_eq!(chi_squared_tail(&Fraction::whole(-1), 3), None);
    let far = chi_squared_tail(&Fraction::whole(1_000_000), 5);
    assert_eq!(far, Some(Fraction::zero()));
    assert_eq!(chi_squared_tail(&Fraction::one(), 1_000_000), None);
    let many = chi_squared_tail(&Fraction::whole(2999), 3000).unwrap();
    assert!(
        many > fraction(49, 100) && many < fraction(51, 100),
        "{many}"
    );
}

#[test]
fn equal_values_take_the_mean_of_their_ranks() {
    let ranks = mid_ranks(&numbers(&[7, 3, 7, 1]));
    let halves: Vec<String> = ranks.iter().map(ToString::to_string).collect();
    assert_eq!(halves, ["7/2", "2/1", "7/2", "1/1"]);
}

#[test]
fn spearman_needs_two_orders() {
    let up = numbers(&[1, 2, 3, 4]);
    assert_eq!(spearman(&up, &up), Some(Fraction::one()));
    assert_eq!(
        spearman(&up, &numbers(&[9, 8, 7, 6])),
        Some(Fraction::whole(-1))
    );
    // 1 - 6 * 2 / (4 * 15)
    assert_eq!(spearman(&up, &numbers(&[2, 1, 3, 4])), Some(fraction(4, 5)));
    assert_eq!(spearman(&up, &numbers(&[1, 1, 1, 1])), None);
    assert_eq!(spearman(&up, &numbers(&[1])), None);
}

const TWO: &str = "weights = \"points\"\n[scale]\nmin = 0\nmax = 5\n\
    [[category]]\nid = \"all\"\ntitle = \"All\"\n\
    [[criterion]]\nid = \"X\"\ncategory = \"all\"\ntitle = \"X\"\nweight = 60\nnot_applicable = true\n\
    [[criterion]]\nid = \"Y\"\ncategory = \"all\"\ntitle = \"Y\"\nweight = 40\n";

fn of(rows: &[(&str, &str, &str, &str)]) -> Agreement {
    agreement(&evaluation(&set(TWO), rows))
}

#[test]
fn each_is_compared_with_the_mean_of_the_others_over_shared_cells() {
    let found = of(&[
        ("A", "X", "Ana", "5"),
        ("A", "Y", "Ana", "4"),
        ("B", "X", "Ana", "3"),
        ("B", "Y", "Ana", "2"),
        ("A", "X", "Ben", "4"),
        ("A", "Y", "Ben", "4"),
        ("B", "X", "Ben", "1"),
        ("B", "Y", "Ben", "3"),
        ("A", "X", "Cleo", "3"),
        ("B", "X", "Cleo", "2"),
    ]);
    assert_eq!(found.unit, Unit::Score);
    let [ana, ben, cleo] = found.raters.as_slice() else {
        panic!("{:?}", found.raters);
    };
    // X of A: 5 - 7/2, Y of A: 4 - 4, X of B: 3 - 3/2, Y of B: 2 - 3.
    assert_eq!(ana.leniency, Some(fraction(1, 2)));
    assert_eq!(fixed(&ana.spread.clone().unwrap(), 4), "1.2910");
    assert_eq!(ana.scale_used, Some(Fraction::whole(60)));
    assert_eq!((ana.scores, cleo.scores), (4, 2));
    assert_eq!(ana.correlation, Some(Fraction::one()));
    // 4 - 4, 4 - 4, 1 - 5/2 and 3 - 2.
    assert_eq!(ben.leniency, Some(fraction(-1, 8)));
    assert_eq!(found.concordance.unwrap().w, Fraction::one());
    assert_eq!(found.left_out, []);
}

#[test]
fn who_owes_a_score_has_no_order_and_is_named() {
    let found = of(&[
        ("A", "X", "Ana", "5"),
        ("B", "X", "Ana", "3"),
        ("A", "X", "Ben", "4"),
        ("B", "X", "Ben", "silent"),
        ("A", "X", "Cleo", "4"),
        ("B", "X", "Cleo", "n/a"),
        ("A", "X", "Dan", "4"),
        ("A", "X", "consensus", "1"),
        ("B", "X", "consensus", "5"),
    ]);
    assert_eq!(found.raters.len(), 4, "the consensus is nobody");
    assert_eq!(found.left_out.len(), 3);
    assert_eq!(found.concordance, None);
    let answers: Vec<_> = found.holes.iter().map(|hole| hole.answer).collect();
    assert_eq!(
        answers,
        [Some(Answer::NoResponse), Some(Answer::NotApplicable), None]
    );
    assert!(found.over_complete.is_none(), "one vendor is no order");
    let [ana, ben, ..] = found.raters.as_slice() else {
        panic!("{:?}", found.raters);
    };
    // Over the one cell they share; silence is no score.
    assert_eq!(ana.leniency, Some(Fraction::one()));
    assert_eq!((ben.scores, &ben.spread), (1, &None));
    assert_eq!(ana.correlation, None);
}

#[test]
fn a_hole_leaves_an_order_of_the_vendors_without_any() {
    let found = of(&[
        ("A", "X", "Ana", "5"),
        ("B", "X", "Ana", "3"),
        ("C", "X", "Ana", "1"),
        ("A", "X", "Ben", "4"),
        ("B", "X", "Ben", "2"),
        ("C", "X", "Ben", "silent"),
        ("A", "X", "Cleo", "1"),
        ("B", "X", "Cleo", "2"),
        ("C", "X", "Cleo", "silent"),
    ]);
    assert_eq!(found.concordance, None);
    let over = found.over_complete.unwrap();
    assert_eq!(over.without.len(), 1);
    // Rank sums 4 and 5 of three evaluators: 12 * 1/2 of 9 * 6.
    assert_eq!(over.concordance.w, fraction(1, 9));
    assert_eq!((over.concordance.raters, over.concordance.vendors), (3, 2));
}

#[test]
fn where_lower_is_better_points_are_compared() {
    let lower = TWO.replacen("weight = 40", "weight = 40\ndirection = \"lower\"", 1);
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "Y", "Ana", "0"),
        ("A", "X", "Ben", "4"),
        ("A", "Y", "Ben", "5"),
    ];
    let found = agreement(&evaluation(&set(&lower), &rows));
    assert_eq!(found.unit, Unit::Points);
    // 100 - 80 and 100 - 0.
    assert_eq!(found.raters[0].leniency, Some(Fraction::whole(60)));
}

/// Alpha as it is defined, over all pairs; `None` without variation.
fn alpha_by_definition(units: &[Vec<Fraction>], metric: Metric) -> Option<Fraction> {
    let all: Vec<&Fraction> = units.iter().flatten().collect();
    let between = |low: &Fraction, high: &Fraction| {
        let inside = all.iter().filter(|value| low <= **value && **value <= high);
        let ends = all.iter().filter(|value| **value == low || **value == high);
        &Fraction::count(inside.count())
            - &Fraction::count(ends.count())
                .over(&Fraction::whole(2))
                .unwrap()
    };
    let difference = |one: &Fraction, other: &Fraction| {
        if one == other {
            return Fraction::zero();
        }
        let apart = match metric {
            Metric::Nominal => Fraction::one(),
            Metric::Ordinal => between(one.min(other), one.max(other)),
            Metric::Interval => one - other,
            Metric::Ratio => (one - other).over(&(one + other)).unwrap(),
        };
        &apart * &apart
    };
    let over = |values: &[&Fraction]| {
        let pairs = values
            .iter()
            .flat_map(|one| values.iter().map(|other| difference(one, other)));
        Fraction::sum(&pairs.collect::<Vec<_>>())
            .over(&Fraction::count(values.len().saturating_sub(1)))
            .unwrap()
    };
    let observed = units
        .iter()
        .map(|unit| over(&unit.iter().collect::<Vec<_>>()));
    let observed = Fraction::sum(&observed.collect::<Vec<_>>());
    Some(&Fraction::one() - &observed.over(&over(&all))?)
}

fn matrices() -> impl Strategy<Value = Vec<Vec<i64>>> {
    (2_usize..6, 2_usize..7).prop_flat_map(|(raters, vendors)| {
        prop::collection::vec(prop::collection::vec(0_i64..5, vendors), raters)
    })
}

proptest! {
    #[test]
    fn concordance_lies_between_nothing_and_all_whatever_the_scale(rows in matrices(), factor in 1_i64..9) {
        let orders: Vec<Vec<Fraction>> = rows.iter().map(|row| numbers(row)).collect();
        let stretched: Vec<Vec<Fraction>> = rows
            .iter()
            .map(|row| row.iter().map(|&value| &Fraction::whole(value) * &Fraction::whole(factor)).collect())
            .collect();
        let found = concordance(&orders);
        prop_assert_eq!(&found, &concordance(&stretched));
        if let Some(found) = found {
            prop_assert!(!found.w.is_negative() && found.w <= Fraction::one());
            let p = found.p.unwrap();
            prop_assert!(!p.is_negative() && p <= Fraction::one());
        }
    }

    #[test]
    fn alpha_is_one_at_most_and_does_not_ask_who_scored(rows in matrices()) {
        let units: Vec<Vec<Fraction>> = rows.iter().map(|row| numbers(row)).collect();
        let turned: Vec<Vec<Fraction>> = units.iter().map(|unit| unit.iter().rev().cloned().collect()).collect();
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio] {
            let found = alpha(&units, metric);
            prop_assert_eq!(&found, &alpha(&turned, metric));
            prop_assert!(found.is_none_or(|found| found <= Fraction::one()));
        }
    }

    #[test]
    fn alpha_equals_its_definition(rows in matrices()) {
        let units: Vec<Vec<Fraction>> = rows.iter().map(|row| numbers(row)).collect();
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
            prop_assert_eq!(alpha(&units, metric), alpha_by_definition(&units, metric));
        }
        let found = alpha(&units, Metric::Ratio).zip(alpha_by_definition(&units, Metric::Ratio));
        if let Some((found, expected)) = found {
            let off = &found - &expected;
            let least = fraction(1, 1_000_000_000);
            prop_assert!(off < least && -&off < least);
        }
    }

    #[test]
    fn the_tail_falls(df in 1_usize..40, at in 0_i64..200) {
        let tail = |value: i64| chi_squared_tail(&fraction(value, 4), df).unwrap();
        prop_assert!(tail(at) > tail(at.saturating_add(1)));
    }
}
