//! Weights drawn over the whole simplex against what geometry says of it, in fractions.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use scorecard::evaluation::Evaluation;
use scorecard::exact::{Fraction, read_decimal, square_root};
use scorecard::scoring::draws::{Accepted, Drawn, Spread};

use crate::draws::{DRAWS, criteria, drawn, is_near, of, plan, scored, size};

/// Draws of any weights at all, for whole scores from 0 to 100.
fn over_the_simplex(rows: &[Vec<i64>]) -> (Evaluation, Drawn) {
    let texts: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect();
    let texts: Vec<Vec<&str>> = texts
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
    let alike = vec![1; rows[0].len()];
    let evaluation = scored(&criteria(&alike, ""), &texts);
    let drawn = drawn(&evaluation, plan(Spread::Uniform));
    (evaluation, drawn)
}

/// A mean of weights lies within so many standard errors: a weight among draws has a standard deviation of at most a half.
fn is_near_in_mean(one: &Accepted, at: usize, expected: &Fraction, errors: i64) -> bool {
    let times = &one.ranks[0] * &Fraction::whole(i64::from(DRAWS));
    let most = square_root(&times, 12).unwrap();
    let most = Fraction::new(errors, 2).unwrap().over(&most).unwrap();
    let found = &one.central_weights.as_ref().unwrap()[at];
    size(&(found - expected)) <= most
}

/// A corner of a part of the simplex of three weights: the first two of them.
#[derive(Clone)]
struct Point {
    x: Fraction,
    y: Fraction,
}

impl Point {
    fn whole(x: i64, y: i64) -> Self {
        let (x, y) = (Fraction::whole(x), Fraction::whole(y));
        Self { x, y }
    }

    /// By how much scores lead under these weights, where `leads` are the differences in each criterion.
    fn lead(&self, leads: [i64; 3]) -> Fraction {
        let [first, second, third] = leads.map(Fraction::whole);
        let rest = &(&Fraction::one() - &self.x) - &self.y;
        &(&(&first * &self.x) + &(&second * &self.y)) + &(&third * &rest)
    }

    fn towards(&self, other: &Self, part: &Fraction) -> Self {
        let between = |from: &Fraction, to: &Fraction| from + &(part * &(to - from));
        Self {
            x: between(&self.x, &other.x),
            y: between(&self.y, &other.y),
        }
    }

    fn cross(&self, other: &Self) -> Fraction {
        &(&self.x * &other.y) - &(&other.x * &self.y)
    }
}

/// A convex part of the simplex, by its corners.
#[derive(Clone)]
struct Part(Vec<Point>);

impl Part {
    fn whole() -> Self {
        Self(vec![
            Point::whole(0, 0),
            Point::whole(1, 0),
            Point::whole(0, 1),
        ])
    }

    fn sides(&self) -> impl Iterator<Item = (&Point, &Point)> {
        let Self(corners) = self;
        corners.iter().zip(corners.iter().cycle().skip(1))
    }

    /// What is left of it where scores do not fall behind (Sutherland and Hodgman 1974, one line).
    fn where_not_behind(&self, leads: [i64; 3]) -> Self {
        let mut left = Vec::new();
        for (from, to) in self.sides() {
            let (here, there) = (from.lead(leads), to.lead(leads));
            if !here.is_negative() {
                left.push(from.clone());
            }
            let crosses = here.is_negative() != there.is_negative();
            if crosses && !here.is_zero() && !there.is_zero() {
                let part = here.over(&(&here - &there)).unwrap();
                left.push(from.towards(to, &part));
            }
        }
        Self(left)
    }

    /// Its share of the whole, whose area is a half.
    fn share(&self) -> Fraction {
        let twice: Vec<Fraction> = self.sides().map(|(from, to)| from.cross(to)).collect();
        Fraction::sum(&twice)
    }

    /// Its centre of mass, as the first two weights; `None` where it has no area.
    fn centre(&self) -> Option<[Fraction; 2]> {
        let along = |of: fn(&Point) -> &Fraction| {
            let sides = self.sides();
            let terms: Vec<Fraction> = sides
                .map(|(from, to)| &from.cross(to) * &(of(from) + of(to)))
                .collect();
            Fraction::sum(&terms).over(&(&Fraction::whole(3) * &self.share()))
        };
        Some([along(|point| &point.x)?, along(|point| &point.y)?])
    }
}

fn leads(one: &[i64], other: &[i64]) -> [i64; 3] {
    [0, 1, 2].map(|at| one[at] - other[at])
}

#[test]
fn the_simplex_is_cut_exactly() {
    let whole = Part::whole();
    let third = Fraction::new(1, 3).unwrap();
    assert_eq!(whole.share(), Fraction::one());
    assert_eq!(whole.centre(), Some([third.clone(), third]));
    // The first weight above the second, then above the third as well.
    let half = whole.where_not_behind([1, -1, 0]);
    assert_eq!(half.share(), Fraction::new(1, 2).unwrap());
    let corner = half.where_not_behind([1, 0, -1]);
    assert_eq!(corner.share(), Fraction::new(1, 3).unwrap());
    // And the second above the third: the centroid of one order of three, 11/18, 5/18 and 2/18.
    let order = corner.where_not_behind([0, 1, -1]);
    assert_eq!(order.share(), Fraction::new(1, 6).unwrap());
    assert_eq!(
        order.centre(),
        Some([
            Fraction::new(11, 18).unwrap(),
            Fraction::new(5, 18).unwrap()
        ])
    );
    let nothing = whole.where_not_behind([-1, -1, -1]);
    assert_eq!(
        (nothing.share(), nothing.centre()),
        (Fraction::zero(), None)
    );
}

/// All orders of these scores, a row each.
fn orders(scores: &[i64]) -> Vec<Vec<i64>> {
    if scores.is_empty() {
        return vec![vec![]];
    }
    let mut all = Vec::new();
    for at in 0..scores.len() {
        let mut rest = scores.to_vec();
        let first = rest.remove(at);
        for mut row in orders(&rest) {
            row.insert(0, first);
            all.push(row);
        }
    }
    all
}

/// Where every order of the same scores is a vendor, each is first exactly where the weights have its order (Hardy, Littlewood
/// and Pólya 1934, 10.2). So its acceptability is one part of as many as there are orders, and its central weights are the
/// rank-order centroids (Barron and Barrett 1996).
#[test]
fn vendors_that_are_all_orders_of_the_same_scores_speak_with_the_published_centroids() {
    for scores in [vec![100, 0], vec![100, 40, 0], vec![100, 70, 30, 0]] {
        let centroids = centroids(scores.len());
        let rows = orders(&scores);
        let (evaluation, drawn) = over_the_simplex(&rows);
        let part = Fraction::one().over(&Fraction::count(rows.len())).unwrap();
        for (row, number) in rows.iter().zip(1..) {
            let one = of(&evaluation, &drawn, &format!("V{number}"));
            assert!(is_near(&one.ranks[0], &part, 4), "{row:?}: {:?}", one.ranks);
            for (at, score) in row.iter().enumerate() {
                let rank = scores.iter().position(|one| one == score).unwrap();
                let found = one.central_weights.as_ref();
                assert!(
                    is_near_in_mean(one, at, &centroids[rank], 2),
                    "{row:?}: {found:?}"
                );
            }
        }
    }
}

/// The published centroids of so many weights, the heaviest first.
fn centroids(count: usize) -> Vec<Fraction> {
    let table = include_str!("../data/published/roc.csv");
    let start = format!("{count},");
    let row = table.lines().find_map(|row| row.strip_prefix(&start));
    let cells = row.unwrap().split(',').filter(|cell| !cell.is_empty());
    cells
        .map(|cell| read_decimal(cell).unwrap().into())
        .collect()
}

fn three_criteria() -> impl Strategy<Value = Vec<Vec<i64>>> {
    let vendor = prop::collection::vec(0_i64..=100, 3);
    prop::collection::hash_set(vendor, 2..6).prop_map(|rows| rows.into_iter().collect())
}

proptest! {
    // Chance passes four standard errors once in sixteen thousand times, so the cases are the same in every run.
    #![proptest_config(ProptestConfig { cases: 32, rng_seed: RngSeed::Fixed(2001), ..ProptestConfig::default() })]

    #[test]
    fn two_criteria_over_the_simplex_equal_their_closed_form(
        one in prop::array::uniform2(0_i64..=100), other in prop::array::uniform2(0_i64..=100),
    ) {
        let [first, second] = [one[0] - other[0], other[1] - one[1]];
        prop_assume!(first > 0 && second > 0);
        let (evaluation, drawn) = over_the_simplex(&[one.to_vec(), other.to_vec()]);
        // The totals cross at this share of the first criterion.
        let crossing = Fraction::new(second, first + second).unwrap();
        let won = &Fraction::one() - &crossing;
        let v1 = of(&evaluation, &drawn, "V1");
        prop_assert!(is_near(&v1.ranks[0], &won, 4), "{} {}", v1.ranks[0], won);
        let v2 = of(&evaluation, &drawn, "V2");
        prop_assert!(is_near(&v2.ranks[0], &crossing, 4), "{} {}", v2.ranks[0], crossing);
    }

    #[test]
    fn three_criteria_over_the_simplex_equal_the_share_of_its_area(rows in three_criteria()) {
        let (evaluation, drawn) = over_the_simplex(&rows);
        for (row, number) in rows.iter().zip(1..) {
            let one = of(&evaluation, &drawn, &format!("V{number}"));
            let mut won = Part::whole();
            for (other, against) in rows.iter().zip(1..).filter(|(other, _)| *other != row) {
                let ahead = Part::whole().where_not_behind(leads(row, other)).share();
                let name = format!("V{against}");
                let mut vendors = drawn.vendors.iter();
                let at = vendors.position(|one| evaluation.vendor_name(one.vendor) == name).unwrap();
                let found = &one.ahead_of.as_ref().unwrap()[at];
                prop_assert!(is_near(found, &ahead, 4), "V{} {}: {} {}", number, name, found, ahead);
                won = won.where_not_behind(leads(row, other));
            }
            let share = won.share();
            prop_assert!(is_near(&one.ranks[0], &share, 4), "V{}: {} {}", number, one.ranks[0], share);
            let centre = won.centre().filter(|_| one.central_weights.is_some());
            for (at, weight) in centre.iter().flatten().enumerate() {
                prop_assert!(is_near_in_mean(one, at, weight, 4), "V{}: {:?} {}", number, one.central_weights, weight);
            }
        }
    }
}
