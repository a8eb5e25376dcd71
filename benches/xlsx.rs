//! A workbook of 100,000 scores, beside openpyxl writing the same cells in the same run.
//!
//! `cargo bench --bench xlsx`. openpyxl is asked for through `python3`, or the program that `PYTHON` names; without it our own
//! times are printed alone. The peak memory is that of a process that does nothing else.

#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "times are ratios, and a benchmark that cannot go on has failed"
)]

use std::env;
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use scorecard::criteria::{CriteriaSet, SetLimits};
use scorecard::evaluation::{Answer, Entry, Evaluation, Line, Sheet};
use scorecard::exact::read_decimal;
use scorecard::reports::{BookImprint, Detail, publish, ranking_xlsx, scores_xlsx};
use scorecard::scoring::rank;
use scorecard::table::Name;

const VENDORS: usize = 50;
const CRITERIA: usize = 200;
const EVALUATORS: usize = 10;
/// How often each way is gone; the median counts.
const ROUNDS: usize = 5;
const REASON: &str = "seen in the trial";

/// What a process of its own is told to do, that its memory says something.
const ALONE: &str = "--alone";
const WAYS: [&str; 2] = ["scores.xlsx", "ranking.xlsx"];

/// The same rows and columns by openpyxl, as it is mostly used, and in the mode that writes each row at once.
const SCRIPT: &str = r#"
import io, sys, time, resource, openpyxl
vendors, criteria, evaluators, fast = (int(word) for word in sys.argv[1:])
def rows():
    for vendor in range(vendors):
        for criterion in range(criteria):
            for evaluator in range(evaluators):
                yield (f"Vendor {vendor}", f"C-{criterion}", f"Evaluator {evaluator}",
                       (vendor + criterion + evaluator) % 11 / 2, "seen in the trial")
began = time.perf_counter()
book = openpyxl.Workbook(write_only=bool(fast))
sheet = book.create_sheet("Scores") if fast else book.active
sheet.append(("vendor", "criterion", "evaluator", "score", "comment"))
for row in rows():
    sheet.append(row)
book.save(io.BytesIO())
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"#;

fn main() {
    let words: Vec<String> = env::args().collect();
    if let Some(at) = words.iter().position(|word| word == ALONE) {
        return alone(&words[at.saturating_add(1)]);
    }
    let program = env::current_exe().unwrap();
    let count = VENDORS.saturating_mul(CRITERIA).saturating_mul(EVALUATORS);
    println!("{count} answers");
    let ours = WAYS.map(|way| {
        let seen = median(|| {
            let mut command = Command::new(&program);
            run(command.args([ALONE, way]))
        });
        let seen = seen.unwrap();
        println!(
            "{way}: {:.2} s, {:.0} MB at most",
            seen.seconds, seen.megabytes
        );
        seen
    });
    for (fast, name) in [("0", "openpyxl"), ("1", "openpyxl, write-only")] {
        let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let sizes = [VENDORS, CRITERIA, EVALUATORS].map(|size| size.to_string());
        let seen = median(|| {
            let mut command = Command::new(&python);
            run(command.args(["-c", SCRIPT]).args(&sizes).arg(fast))
        });
        match seen {
            Some(seen) => println!(
                "{name}: {:.2} s, {:.0} MB at most; scores.xlsx is {:.1} times as fast",
                seen.seconds,
                seen.megabytes,
                seen.seconds / ours[0].seconds
            ),
            None => println!("{name}: not installed"),
        }
    }
}

/// What one run took.
struct Seen {
    seconds: f64,
    megabytes: f64,
}

fn median(mut once: impl FnMut() -> Option<Seen>) -> Option<Seen> {
    let mut all: Vec<Seen> = (0..ROUNDS).map_while(|_| once()).collect();
    all.sort_by(|left, right| left.seconds.total_cmp(&right.seconds));
    let middle = all.len() / 2;
    all.into_iter().nth(middle)
}

/// Runs a program that prints its seconds and its peak memory in kilobytes.
fn run(command: &mut Command) -> Option<Seen> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    Some(Seen {
        seconds: numbers.next()?.ok()?,
        megabytes: numbers.next()?.ok()? / 1024.0,
    })
}

/// Writes one workbook and prints what that took; the evaluation, which is there before, is not timed but takes memory too.
fn alone(way: &str) {
    let evaluation = evaluation();
    let began = Instant::now();
    let bytes = if way == WAYS[0] {
        scores_xlsx(&evaluation, Timestamp::UNIX_EPOCH).unwrap()
    } else {
        let card = rank(&evaluation, None);
        let published = publish(&evaluation, &card, Detail::Full);
        let imprint = BookImprint {
            title: "Benchmark",
            record: None,
            at: Timestamp::UNIX_EPOCH,
            not_for_an_award: false,
            decided: None,
        };
        ranking_xlsx(&published, &card, &imprint).unwrap()
    };
    let seconds = began.elapsed().as_secs_f64();
    assert!(bytes.starts_with(b"PK"));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|text| text.split_whitespace().next());
    println!("{seconds} {}", peak.unwrap_or("0"));
}

fn evaluation() -> Evaluation {
    let mut toml = "id = \"b\"\ntitle = \"B\"\nversion = \"1\"\nweights = \"relative\"\n[scale]\nmin = 0\nmax = 5\n\
                    [[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n"
        .to_owned();
    for criterion in 0..CRITERIA {
        let named = format!("id = \"C-{criterion}\"\ntitle = \"Criterion {criterion}\"");
        writeln!(
            toml,
            "[[criterion]]\n{named}\ncategory = \"all\"\nweight = 1"
        )
        .unwrap();
    }
    let set = Arc::new(CriteriaSet::parse(&toml, &SetLimits::default()).unwrap());
    let mut evaluation = Evaluation::new(Arc::clone(&set));
    for vendor in 0..VENDORS {
        evaluation.file(sheet(&set, vendor)).unwrap();
    }
    evaluation
}

/// Everybody's answers about one vendor.
fn sheet(set: &CriteriaSet, vendor: usize) -> Sheet {
    let lines = set.indexed_criteria().flat_map(|(index, _)| {
        (0..EVALUATORS).map(move |evaluator| {
            let halves = vendor
                .saturating_add(index.position())
                .saturating_add(evaluator)
                % 11;
            let score = format!("{}.{}", halves / 2, if halves % 2 == 0 { 0 } else { 5 });
            Line {
                vendor: 0,
                evaluator,
                criterion: index,
                entry: Entry::Answer(Answer::Scored(read_decimal(&score).unwrap())),
                comment: Some(REASON),
                row: 2,
                column: 3,
            }
        })
    });
    let name = |text: String| Name::parse(&text).unwrap();
    let evaluators = (0..EVALUATORS).map(|one| name(format!("Evaluator {one}")));
    Sheet::new(
        format!("{vendor}.csv"),
        vec![name(format!("Vendor {vendor}"))],
        evaluators.collect(),
        true,
        lines.collect(),
        Vec::new(),
    )
}
