//! The seeds of the fuzzers, and mutants of them, on every compiler.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    reason = "a helper that cannot go on has found a failing test, and its sums are of places in small files"
)]

#[expect(dead_code, reason = "the tests of workbooks use more of it")]
#[path = "../workbooks/book.rs"]
mod book;
#[path = "../../fuzz/src/jobs.rs"]
mod jobs;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// What one file may take, in an unoptimised program on a busy machine.
const LONGEST: Duration = Duration::from_secs(5);

/// How long mutants of the seeds of one job are tried.
const TRIED: Duration = Duration::from_secs(4);

type Job = fn(&[u8]);

const JOBS: [(&str, Job, &[&str]); 7] = [
    (
        "sheet",
        jobs::sheet,
        &[
            "vendor",
            "criterion",
            ",",
            ";",
            "\"",
            "\r",
            "\n",
            "\0",
            "4,5",
            "1.234",
            "\u{feff}",
            "é",
            "sep=;\n",
        ],
    ),
    (
        "declared",
        jobs::declared,
        &[
            "decimal = comma\n",
            "decimal = point\n",
            "vendor = Acme\n",
            "column:C = score\n",
            "column:A = ignore\n",
            "word:good = 4\n",
            "text:Scores from 1 to 9 = ignore\n",
            "name:Akme = Acme\n",
            "\n---\n",
            "1.234",
            "1,234",
            "250.000",
            " weighted",
            "Total",
            ";",
        ],
    ),
    (
        "cell",
        jobs::cell,
        &[
            "4", "4.5", "4,5", "1.234", "1,234.5", "250 000", " EUR", "CHF ", "k", "-", "'", "\"",
            "\u{a0}", "\u{2009}", "%", "/5", "e3", "\n", "pass", "n/a", "Total", "Acme", "Bolt",
            "INC",
        ],
    ),
    (
        "workbook",
        jobs::workbook,
        &["PK\x01\x02", "PK\x05\x06", "\0\0", "xl/workbook.xml", "../"],
    ),
    (
        "tab",
        jobs::tab,
        &[
            "<c r=\"C2\"><v>3</v></c>",
            "<row r=\"2\">",
            "</row>",
            "<f>",
            "</f>",
            "<v/>",
            "t=\"s\"",
            "s=\"1\"",
            "&lt;",
            "&x;",
            "<!--",
            "<![CDATA[",
            "r=\"XFD1048576\"",
        ],
    ),
    (
        "form",
        jobs::form,
        &[
            "--edge",
            "--edge--",
            "\r\n",
            "Content-Disposition: form-data; ",
            "name=\"file\"",
            "filename=\"x\"",
        ],
    ),
    (
        "criteria",
        jobs::criteria,
        &[
            "[[criterion]]\n",
            "[scale]\n",
            "weight = 1\n",
            "weight = 1e400\n",
            "id = \"x\"\n",
            "[[lens]]\n",
            "\"",
            "=",
            "\n",
        ],
    ),
];

fn seeds(job: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(job);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let mut seeds: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    if job == "workbook" {
        // Made here rather than kept: a zip file says nothing to a reader.
        seeds.extend(workbooks());
    }
    assert!(!seeds.is_empty(), "{job} has no seeds");
    seeds
}

/// Workbooks that differ in what a reader has to do with them.
fn workbooks() -> [Vec<u8>; 5] {
    let lines = ["vendor,criterion,score", "Acme,INC,4", "Bolt,CHG,3.5"];
    let plain = book::table(&lines);
    let wide = book::table(&["criterion,Acme,Bolt,Total", "INC,4,3,7", "CHG,2,5,7"]);
    let formatted = book::rows(&[
        vec![
            book::text("A1", "vendor"),
            book::text("B1", "criterion"),
            book::text("C1", "score"),
        ],
        vec![
            book::text("A2", "Acme"),
            book::text("B2", "TCO"),
            book::number("C2", "250000.5", book::MONEY),
        ],
        vec![
            "<c r=\"A3\" t=\"s\"><v>1</v></c>".to_owned(),
            book::text("B3", "INC"),
            "<c r=\"C3\"><f>1+2</f><v>3</v></c>".to_owned(),
        ],
    ]);
    let merged = book::tab(
        "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols>",
        &book::table(&["vendor,criterion,score", "Acme,INC,4", ",CHG,2"]),
        "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>",
    );
    let several = book::Book::of(&[
        (
            "Read me",
            "visible",
            book::tab("", &book::table(&["Notes"]), ""),
        ),
        ("Scores", "visible", book::tab("", &plain, "")),
        ("Old", "hidden", book::tab("", &plain, "")),
    ]);
    [
        book::Book::with(&plain).bytes(),
        book::Book::with(&wide).bytes(),
        book::Book::with(&formatted).bytes(),
        book::Book::of(&[("Scores", "visible", merged)]).bytes(),
        several.bytes(),
    ]
}

fn run(name: &str, job: Job, bytes: &[u8]) {
    let began = Instant::now();
    job(bytes);
    assert!(
        began.elapsed() < LONGEST,
        "{name} took {:?}",
        began.elapsed()
    );
}

#[test]
fn no_seed_of_a_fuzzer_breaks_the_promise_of_its_job() {
    for (name, job, _) in JOBS {
        for seed in seeds(name) {
            run(name, job, &seed);
        }
    }
}

/// One change of some bytes.
#[derive(Debug, Clone)]
enum Edit {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index, usize),
    Double(prop::sample::Index, usize),
    Put(prop::sample::Index, &'static str),
}

fn edit(words: &'static [&'static str]) -> impl Strategy<Value = Edit> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Edit::Flip(at, byte)),
        (at(), 1..40_usize).prop_map(|(at, length)| Edit::Cut(at, length)),
        (at(), 1..200_usize).prop_map(|(at, length)| Edit::Double(at, length)),
        (at(), prop::sample::select(words)).prop_map(|(at, word)| Edit::Put(at, word)),
    ]
}

fn edited(mut bytes: Vec<u8>, edits: &[Edit]) -> Vec<u8> {
    for edit in edits {
        let place = |at: &prop::sample::Index| at.index(bytes.len() + 1);
        match edit {
            Edit::Flip(at, mask) => {
                let at = place(at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= mask;
                }
            }
            Edit::Cut(at, length) => {
                let at = place(at);
                let end = (at + length).min(bytes.len());
                bytes.drain(at..end);
            }
            Edit::Double(at, length) => {
                let at = place(at);
                let again = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
            Edit::Put(at, word) => {
                let at = place(at);
                bytes.splice(at..at, word.bytes());
            }
        }
    }
    bytes
}

#[test]
fn no_mutant_of_a_seed_breaks_the_promise_of_its_job() {
    for (name, job, words) in JOBS {
        let config = Config {
            failure_persistence: None,
            cases: 4_000,
            ..Config::default()
        };
        // The same mutants every time; a slow machine tries fewer of them.
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut runner = TestRunner::new_with_rng(config, rng);
        let mutant = (
            prop::sample::select(seeds(name)),
            prop::collection::vec(edit(words), 1..8),
        );
        let began = Instant::now();
        let tried = runner.run(&mutant, |(seed, edits)| {
            if began.elapsed() < TRIED {
                run(name, job, &edited(seed, &edits));
            }
            Ok(())
        });
        assert!(tried.is_ok(), "{name}: {tried:?}");
    }
}
