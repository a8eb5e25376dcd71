//! How long drawing weights takes, beside the bare multiplications and additions of the totals in the same run.
//!
//! `cargo bench --bench draws`; with another number of draws: `cargo bench --bench draws -- 1000000`.

#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "draws are made in floats, and times are ratios"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rust_decimal::Decimal;
use scorecard::criteria::{CriteriaSet, SetLimits};
use scorecard::evaluation::{Answer, Entry, Evaluation, Line, Lines, Sheet};
use scorecard::scoring::draws::{Plan, Spread, draw_on};
use scorecard::scoring::{self, View};
use scorecard::table::Name;

/// The draws, unless another number is asked for.
const DRAWS: u32 = 100_000;
/// How many draws the yardstick adds up side by side.
const LANES: usize = 64;

fn main() -> io::Result<()> {
    let asked = std::env::args().find_map(|argument| argument.parse().ok());
    let draws = asked.unwrap_or(DRAWS);
    let mut out = io::stdout();
    for (vendors, criteria) in [(10, 40), (30, 100)] {
        compare(&mut out, vendors, criteria, draws)?;
    }
    Ok(())
}

fn compare(
    out: &mut impl io::Write,
    vendors: usize,
    criteria: usize,
    draws: u32,
) -> io::Result<()> {
    writeln!(
        out,
        "{draws} draws, {vendors} vendors x {criteria} criteria"
    )?;
    let bare = best_of(5, || totals(vendors, criteria, draws));
    writeln!(
        out,
        "  totals alone, one thread     {:>9.1} ms",
        millis(bare)
    )?;
    let evaluation = evaluation(vendors, criteria);
    let card = scoring::rank(&evaluation, None);
    let all = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    for weights in [Spread::Band(25), Spread::Uniform] {
        for threads in [NonZeroUsize::MIN, all] {
            let plan = Plan {
                draws,
                seed: 1,
                weights,
            };
            let time = best_of(3, || {
                draw_on(threads, &evaluation, &card, View::Record, plan)
            });
            writeln!(
                out,
                "  {:<8} on {threads:>2} thread(s)      {:>9.1} ms  {:.2} of the speed of totals alone",
                weights.to_string(),
                millis(time),
                bare.as_secs_f64() / time.as_secs_f64(),
            )?;
        }
    }
    Ok(())
}

/// What no way of drawing can do without: a share times points, added up for every vendor, criterion and draw.
fn totals(vendors: usize, criteria: usize, draws: u32) -> f64 {
    let shares = vec![[0.01; LANES]; criteria];
    let points = vec![vec![0.5; criteria]; vendors];
    let blocks = usize::try_from(draws).unwrap_or(usize::MAX).div_ceil(LANES);
    let mut seen = 0.0;
    for _ in 0..blocks {
        for row in black_box(&points) {
            let mut total = [0.0; LANES];
            for (points, shares) in row.iter().zip(black_box(&shares)) {
                for (total, share) in total.iter_mut().zip(shares) {
                    *total += points * share;
                }
            }
            seen += black_box(&total)[0];
        }
    }
    seen
}

/// Scores from 0 to 100 on weights from 1 to 7.
fn evaluation(vendors: usize, criteria: usize) -> Evaluation {
    let mut toml = String::from(
        "id = \"bench\"\ntitle = \"Bench\"\nversion = \"1\"\nweights = \"relative\"\n\
         [scale]\nmin = 0\nmax = 100\n[[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n",
    );
    for criterion in 0..criteria {
        let weight = (criterion % 7).saturating_add(1);
        // Writing to a string cannot fail.
        let _ = write!(
            toml,
            "[[criterion]]\nid = \"C{criterion}\"\ncategory = \"all\"\ntitle = \"Criterion {criterion}\"\nweight = {weight}\n"
        );
    }
    let set = CriteriaSet::parse(&toml, &SetLimits::default()).expect("the set is sound");
    let mut state = 1_u64;
    let mut lines = Lines::default();
    for vendor in 0..vendors {
        for (criterion, _) in set.indexed_criteria() {
            // Knuth's linear congruential generator; its high bits are random enough for scores.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let score = i64::try_from((state >> 33) % 101).unwrap_or(0);
            lines.push(&Line {
                vendor,
                evaluator: 0,
                criterion,
                entry: Entry::Answer(Answer::Scored(Decimal::from(score))),
                comment: None,
                row: 0,
                column: 0,
            });
        }
    }
    let names = (0..vendors).filter_map(|number| Name::parse(&format!("Vendor {number}")).ok());
    let ana = Name::parse("Ana").into_iter().collect();
    let mut evaluation = Evaluation::new(Arc::new(set));
    let sheet = Sheet::new("bench".into(), names.collect(), ana, true, lines, vec![]);
    evaluation.file(sheet).expect("the names are distinct");
    evaluation
}

fn best_of<T>(runs: usize, mut job: impl FnMut() -> T) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..runs {
        let start = Instant::now();
        black_box(job());
        best = best.min(start.elapsed());
    }
    best
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
