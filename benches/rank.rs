//! How long an exact ranking takes, beside the same sums in floats in the same run.
//!
//! `cargo bench --bench rank` needs 6 GB of memory, since every one of ten million cells keeps its explanation; with fewer
//! vendors it needs less: `cargo bench --bench rank -- 20000`.

#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "the yardstick is a ranking in floats, and times are ratios"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rust_decimal::Decimal;
use scorecard::criteria::{CriteriaSet, SetLimits};
use scorecard::evaluation::{Answer, Entry, Evaluation, Line, Lines, Sheet};
use scorecard::scoring::{self, Scorecard};
use scorecard::table::Name;

/// The vendors of the large ranking, unless another number is asked for.
const VENDORS: usize = 100_000;

fn main() -> io::Result<()> {
    let asked = std::env::args().find_map(|argument| argument.parse().ok());
    let mut out = io::stdout();
    many_vendors(&mut out, asked.unwrap_or(VENDORS))?;
    one_evaluation(&mut out)
}

/// One evaluator, 100 criteria: the exact ranking against the same sums in floats, sorted.
fn many_vendors(out: &mut impl io::Write, vendors: usize) -> io::Result<()> {
    let scores = Scores::random(vendors, 100, 1);
    let evaluation = scores.evaluation();
    let (floats, in_floats) = best_of(5, || scores.ranked_in_floats());
    let (exact, card) = best_of(1, || scoring::rank(&evaluation, None));
    writeln!(out, "{vendors} vendors x 100 criteria, one evaluator")?;
    writeln!(out, "  sums in f64, sorted     {:>10.2} ms", millis(floats))?;
    writeln!(
        out,
        "  scoring::rank, exact    {:>10.2} ms  {:.4} of the speed of f64, {:.0} ns a cell",
        millis(exact),
        floats.as_secs_f64() / exact.as_secs_f64(),
        exact.as_secs_f64() * 1e9 / scores.cells(),
    )?;
    writeln!(
        out,
        "  the floats put {} of {vendors} vendors elsewhere",
        places_apart(&in_floats, &card)
    )
}

/// What a large evaluation looks like: 50 vendors, 200 criteria, 5 evaluators.
fn one_evaluation(out: &mut impl io::Write) -> io::Result<()> {
    let scores = Scores::random(50, 200, 5);
    let evaluation = scores.evaluation();
    let (floats, _) = best_of(20, || scores.ranked_in_floats());
    let (exact, _) = best_of(20, || scoring::rank(&evaluation, None));
    writeln!(out, "50 vendors x 200 criteria x 5 evaluators")?;
    writeln!(out, "  sums in f64, sorted     {:>10.3} ms", millis(floats))?;
    writeln!(
        out,
        "  scoring::rank, exact    {:>10.3} ms  {:.4} of the speed of f64",
        millis(exact),
        floats.as_secs_f64() / exact.as_secs_f64(),
    )
}

/// Random scores in half steps from 0 to 5, by vendor, then criterion, then evaluator.
struct Scores {
    vendors: usize,
    criteria: usize,
    evaluators: usize,
    halves: Vec<u8>,
}

impl Scores {
    fn random(vendors: usize, criteria: usize, evaluators: usize) -> Self {
        let count = vendors.saturating_mul(criteria).saturating_mul(evaluators);
        let mut state = 1_u64;
        let halves = std::iter::repeat_with(|| {
            // Knuth's linear congruential generator; its high bits are random enough for scores.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            u8::try_from((state >> 33) % 11).unwrap_or(0)
        });
        Self {
            vendors,
            criteria,
            evaluators,
            halves: halves.take(count).collect(),
        }
    }

    fn cells(&self) -> f64 {
        f64::from(u32::try_from(self.halves.len()).unwrap_or(u32::MAX))
    }

    /// Weights from 1 to 7, as no set of equal weights would be.
    fn weight(criterion: usize) -> u8 {
        u8::try_from(criterion % 7).unwrap_or(0).saturating_add(1)
    }

    fn criteria_set(&self) -> CriteriaSet {
        let mut toml = String::from(
            "id = \"bench\"\ntitle = \"Bench\"\nversion = \"1\"\nweights = \"relative\"\n\
             [scale]\nmin = 0\nmax = 5\nstep = 0.5\n[[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n",
        );
        for criterion in 0..self.criteria {
            let weight = Self::weight(criterion);
            // Writing to a string cannot fail.
            let _ = write!(
                toml,
                "[[criterion]]\nid = \"C{criterion}\"\ncategory = \"all\"\ntitle = \"Criterion {criterion}\"\nweight = {weight}\n"
            );
        }
        CriteriaSet::parse(&toml, &SetLimits::default()).expect("the set is sound")
    }

    fn evaluation(&self) -> Evaluation {
        let set = self.criteria_set();
        let criteria: Vec<_> = set.indexed_criteria().map(|(index, _)| index).collect();
        let names = |word: &str, count: usize| -> Vec<Name> {
            let names = (0..count).map(|number| Name::parse(&format!("{word} {number}")));
            names.filter_map(Result::ok).collect()
        };
        let mut halves = self.halves.iter();
        let mut lines = Lines::default();
        lines.reserve(self.halves.len());
        for vendor in 0..self.vendors {
            for &criterion in &criteria {
                for (evaluator, half) in (0..self.evaluators).zip(halves.by_ref()) {
                    let score = Decimal::new(i64::from(*half).saturating_mul(5), 1);
                    lines.push(&Line {
                        vendor,
                        evaluator,
                        criterion,
                        entry: Entry::Answer(Answer::Scored(score)),
                        comment: None,
                        row: 0,
                        column: 0,
                    });
                }
            }
        }
        let mut evaluation = Evaluation::new(Arc::new(set));
        let vendors = names("Vendor", self.vendors);
        let evaluators = names("Evaluator", self.evaluators);
        let sheet = Sheet::new("bench".into(), vendors, evaluators, true, lines, vec![]);
        evaluation.file(sheet).expect("the names are distinct");
        evaluation
    }

    /// Totals in floats, highest first, with the vendors' positions.
    fn ranked_in_floats(&self) -> Vec<(f64, usize)> {
        let weights: Vec<f64> = (0..self.criteria)
            .map(|criterion| f64::from(Self::weight(criterion)))
            .collect();
        let whole: f64 = weights.iter().sum();
        let evaluators = f64::from(u32::try_from(self.evaluators).unwrap_or(1));
        let of_full: Vec<f64> = weights
            .iter()
            .map(|weight| weight / whole * 100.0 / (10.0 * evaluators))
            .collect();
        let of_vendor = self.criteria.saturating_mul(self.evaluators);
        let mut totals: Vec<(f64, usize)> = black_box(&self.halves)
            .chunks_exact(of_vendor)
            .map(|halves| {
                let cells = halves.chunks_exact(self.evaluators).zip(&of_full);
                cells
                    .map(|(cell, factor)| {
                        cell.iter().map(|half| f64::from(*half)).sum::<f64>() * factor
                    })
                    .sum()
            })
            .zip(0..)
            .collect();
        totals.sort_unstable_by(|left, right| right.0.total_cmp(&left.0));
        totals
    }
}

/// How many vendors the floats put where their exact total does not belong.
fn places_apart(in_floats: &[(f64, usize)], card: &Scorecard) -> usize {
    let mut totals = vec![None; card.vendors.len()];
    for vendor in &card.vendors {
        if let Some(slot) = totals.get_mut(vendor.vendor.position()) {
            *slot = vendor.total.as_ref().map(|total| &total.low);
        }
    }
    let places = in_floats.iter().zip(&card.vendors);
    places
        .filter(|((_, vendor), exact)| {
            let theirs = totals.get(*vendor).copied().flatten();
            theirs != exact.total.as_ref().map(|total| &total.low)
        })
        .count()
}

fn best_of<T>(runs: usize, mut job: impl FnMut() -> T) -> (Duration, T) {
    let mut timed = || {
        let start = Instant::now();
        let result = black_box(job());
        (start.elapsed(), result)
    };
    let mut best = timed();
    for _ in 1..runs {
        let next = timed();
        if next.0 < best.0 {
            best = next;
        }
    }
    best
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
