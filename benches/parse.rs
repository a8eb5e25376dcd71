//! How fast a long sheet of a million rows is read, checked and interned, beside a raw pass of `csv-core` over the same
//! bytes in the same run.
//!
//! `cargo bench --bench parse`; the first argument is another number of rows.

#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::disallowed_types,
    clippy::cast_precision_loss,
    reason = "a benchmark prints, and throughputs are no scores"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use csv_core::{ReadRecordResult, Reader};
use scorecard::criteria::{CriteriaSet, SetLimits};
use scorecard::sheets::{Context, Form, ReadSheet, read};
use scorecard::table::{Limits, NameList};

const CRITERIA: usize = 200;
const EVALUATORS: usize = 10;
const ROUNDS: usize = 7;

fn main() {
    let asked = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok());
    let rows: usize = asked.unwrap_or(1_000_000);
    let set = criteria_set();
    for comment in ["seen in the trial", "", "seen in trial {row}"] {
        compare(&set, rows, comment);
    }
}

/// Prints both throughputs and their ratio for a sheet in which every row has this comment, `{row}` being its number.
fn compare(set: &CriteriaSet, rows: usize, comment: &str) {
    let sheet = long_sheet(rows, comment);
    println!(
        "{rows} rows, comment {comment:?}, {:.1} MB",
        sheet.len() as f64 / 1e6
    );
    let bytes = sheet.as_bytes();
    let raw = best_of(
        rows.saturating_add(1),
        || raw_pass(bytes),
        |records| *records,
    );
    report("csv-core, raw pass", raw, bytes.len());
    let ours = best_of(
        rows,
        || full_read(set, bytes),
        |read| read.sheet.lines().len(),
    );
    report("sheets::read", ours, bytes.len());
    println!(
        "ratio of throughputs: {:.2}",
        raw.as_secs_f64() / ours.as_secs_f64()
    );
}

/// The shortest of several rounds, which disturbs a comparison least. What a round made is given back off the clock.
fn best_of<T>(
    expected: usize,
    mut job: impl FnMut() -> T,
    count: impl Fn(&T) -> usize,
) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let found = black_box(job());
        let time = start.elapsed();
        assert_eq!(count(&found), expected, "every row is read");
        time
    });
    rounds.min().unwrap_or_default()
}

fn report(what: &str, time: Duration, bytes: usize) {
    let throughput = bytes as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{what:20} {:7.1} ms {throughput:7.1} MB/s",
        time.as_secs_f64() * 1e3
    );
}

fn raw_pass(mut input: &[u8]) -> usize {
    let mut reader = Reader::new();
    let mut output = vec![0; 4096];
    let mut ends = vec![0; 64];
    let mut records = 0_usize;
    loop {
        let (result, read, _, _) = reader.read_record(input, &mut output, &mut ends);
        input = input.get(read..).unwrap_or_default();
        match result {
            ReadRecordResult::Record => records = records.saturating_add(1),
            ReadRecordResult::End => return records,
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => return 0,
        }
    }
}

fn full_read(set: &CriteriaSet, bytes: &[u8]) -> ReadSheet {
    let form = Form {
        tab: None,
        declared: scorecard::sheets::Declared::default(),
        file_name: "million.csv".to_owned(),
        evaluator: None,
    };
    let limits = Limits {
        max_bytes: usize::MAX,
        max_rows: usize::MAX,
        ..Limits::default()
    };
    let nobody = NameList::default();
    let context = Context {
        set,
        vendors: &nobody,
        evaluators: &nobody,
        new_vendors: true,
        new_evaluators: true,
        consensus_needs_reason: true,
        limits: &limits,
        progress: None,
    };
    let sheet = read(bytes, &form, &context).expect("the sheet is well formed");
    assert!(sheet.warnings.is_empty(), "the sheet has nothing odd");
    sheet
}

fn criteria_set() -> CriteriaSet {
    let mut source = "id = \"bench\"\ntitle = \"Bench\"\nversion = \"1\"\nweights = \"relative\"\n\n[scale]\nmin = 0\nmax = 5\nstep = 0.5\n\n\
                      [[category]]\nid = \"all\"\ntitle = \"All\"\nweight = 1\n"
        .to_owned();
    for criterion in 0..CRITERIA {
        writeln!(
            source,
            "\n[[criterion]]\nid = \"ITIL-{criterion:04}\"\ncategory = \"all\"\ntitle = \"Practice {criterion}\"\nweight = 1"
        )
        .expect("writing to a string does not fail");
    }
    CriteriaSet::parse(&source, &SetLimits::default()).expect("the set is sound")
}

/// Every evaluator's answer about every criterion of as many vendors as it takes.
fn long_sheet(rows: usize, comment: &str) -> String {
    let mut sheet = "vendor,criterion,evaluator,score,comment\n".to_owned();
    for row in 0..rows {
        let evaluator = row % EVALUATORS;
        let criterion = row / EVALUATORS % CRITERIA;
        let vendor = row / EVALUATORS / CRITERIA;
        let comment = comment.replace("{row}", &row.to_string());
        let half = row.wrapping_mul(7919) % 11;
        let score = format!("{}{}", half / 2, if half % 2 == 0 { "" } else { ".5" });
        writeln!(
            sheet,
            "Service Vendor {vendor:04},ITIL-{criterion:04},Evaluator {evaluator:02},{score},{comment}"
        )
        .expect("writing to a string does not fail");
    }
    sheet
}
