//! What is refused, and how that is told.

use std::fmt::Write;

use crate::support::{Bench, Done, TWO, quality_and_price};

const GOOD: &str = "vendor,criterion,score\nA,X,4\nA,Y,3\n";

fn rank(bench: &Bench, sheets: &str) -> Done {
    bench.run(&format!("rank --criteria set.toml {sheets}"))
}

#[test]
fn every_problem_of_every_sheet_is_told_and_nothing_is_ranked() {
    let bench = Bench::with(&[
        ("set.toml", TWO),
        ("one.csv", "vendor,criterion,score\nA,X,6\nA,Y,lots\n"),
        ("good.csv", GOOD),
        ("two.csv", "vendor,criterion,score\nA,Q,1\n"),
    ]);
    let done = rank(&bench, "one.csv good.csv two.csv gone.csv");
    done.fails_with(1);
    let lines: Vec<&str> = done.stderr.lines().collect();
    assert_eq!(lines.len(), 4, "{}", done.stderr);
    assert!(lines[0].starts_with("one.csv: row 2, column \"score\", value \"6\": "));
    assert!(lines[0].ends_with(" [out-of-range]"));
    assert!(lines[1].starts_with("one.csv: row 3, column \"score\", value \"lots\": "));
    assert!(lines[2].starts_with("two.csv: row 2, column \"criterion\", value \"Q\": "));
    assert!(lines[2].ends_with(" [unknown-criterion]"));
    assert_eq!(
        lines[3],
        "gone.csv: there is no such file; check the path [unreadable]"
    );
}

#[test]
fn two_nameless_sheets_that_contradict_need_a_name() {
    let other = "vendor,criterion,score\nA,X,5\nA,Y,3\n";
    let bench = Bench::with(&[("set.toml", TWO), ("one.csv", GOOD), ("two.csv", other)]);
    let done = rank(&bench, "one.csv two.csv");
    done.fails_with(1);
    assert!(
        done.stderr
            .starts_with("two.csv: the sheet names no evaluator")
    );
    assert!(
        done.stderr.ends_with("[evaluator-needed]\n"),
        "{}",
        done.stderr
    );
    let replaced = rank(&bench, "--evaluator panel one.csv two.csv");
    assert_eq!(replaced.code, Some(0), "{}", replaced.stderr);
}

#[test]
fn the_same_nameless_sheet_twice_is_no_contradiction() {
    let bench = Bench::with(&[("set.toml", TWO), ("one.csv", GOOD)]);
    assert_eq!(rank(&bench, "one.csv one.csv").code, Some(0));
}

#[test]
fn a_vendor_that_only_looks_like_another_is_refused() {
    let cyrillic = "vendor,criterion,score\n\u{410},X,4\n";
    let bench = Bench::with(&[("set.toml", TWO), ("one.csv", GOOD), ("two.csv", cyrillic)]);
    let done = rank(&bench, "one.csv two.csv");
    done.fails_with(1);
    assert!(done.stderr.contains("[confusable-name]"), "{}", done.stderr);
}

#[test]
fn a_price_range_that_is_needed_is_asked_for_with_the_flag_to_add() {
    let set = quality_and_price("", "rule = \"fixed-range\"");
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", "criterion,A\nQ,80\nP,100\n")]);
    let done = rank(&bench, "s.csv");
    done.fails_with(1);
    assert!(
        done.stderr.contains("--price P=FLOOR..CEILING:CUR"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.ends_with("[price-range-needed]\n"));
    let pinned = bench.json("--criteria set.toml --price P=50..150:EUR s.csv");
    assert_eq!(pinned["vendors"][0]["total"], "65.00");
}

#[test]
fn a_price_outside_its_range_is_a_notice_and_no_problem() {
    let set = quality_and_price("", "rule = \"fixed-range\"");
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", "criterion,A\nQ,80\nP,200\n")]);
    let result = bench.json("--criteria set.toml --price P=50..150:EUR s.csv");
    assert_eq!(result["notices"][0]["code"], "price-outside-range");
    assert_eq!(result["vendors"][0]["total"], "40.00");
}

#[test]
fn a_consensus_without_a_reason_is_a_warning_that_changes_no_exit_code() {
    let scores = "vendor,criterion,evaluator,score\nA,X,consensus,4\nA,Y,Ana,3\n";
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", scores)]);
    let done = rank(&bench, "s.csv");
    assert_eq!(done.code, Some(0));
    assert!(
        done.stderr.starts_with("warning: s.csv: row 2"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("[consensus-without-reason]"));
    assert!(done.stdout.contains("72.00"));
}

#[test]
fn a_flood_of_problems_is_cut_short_and_counted() {
    let mut sheet = "vendor,criterion,score\n".to_owned();
    for row in 0..500 {
        writeln!(sheet, "V{row},X,9").unwrap();
    }
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", &sheet)]);
    let done = rank(&bench, "s.csv");
    done.fails_with(1);
    assert_eq!(done.stderr.lines().count(), 201);
    assert!(
        done.stderr
            .ends_with("s.csv: 500 problems in all; the first 200 are shown\n")
    );
}

#[test]
fn limits_are_settings_and_beyond_them_a_sheet_is_refused() {
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", GOOD)]);
    for (flag, variable) in [
        ("--max-rows", "SCORECARD_MAX_ROWS"),
        ("--max-bytes", "SCORECARD_MAX_BYTES"),
        ("--max-columns", "SCORECARD_MAX_COLUMNS"),
        ("--max-cell", "SCORECARD_MAX_CELL"),
    ] {
        rank(&bench, &format!("{flag} 1 s.csv")).fails_with(1);
        let mut command = bench.command("rank --criteria set.toml s.csv");
        Done::of(command.env(variable, "1")).fails_with(1);
        assert_eq!(rank(&bench, &format!("{flag} 100 s.csv")).code, Some(0));
    }
}

#[test]
fn limits_of_criteria_sets_are_settings_too() {
    let nested = TWO.replacen(
        "[[category]]",
        "[[category]]\nid = \"outer\"\ntitle = \"Outer\"\n[[category]]\nparent = \"outer\"",
        1,
    );
    let bench = Bench::with(&[("set.toml", &nested), ("s.csv", GOOD)]);
    for (flag, enough) in [("--max-criteria", 2), ("--max-depth", 2)] {
        assert_eq!(
            rank(&bench, &format!("{flag} {enough} s.csv")).code,
            Some(0)
        );
        let refused = rank(&bench, &format!("{flag} 1 s.csv"));
        refused.fails_with(1);
        assert!(refused.stderr.contains(flag), "{}", refused.stderr);
        Done::of(&mut bench.command(&format!("criteria check {flag} 1 set.toml"))).fails_with(1);
    }
}

#[test]
fn mistakes_in_a_criteria_set_are_told_with_file_and_line() {
    let broken = TWO.replace("weight = 40", "weight = 39\nwieght = 1");
    let bench = Bench::with(&[("set.toml", &broken), ("good.toml", TWO), ("s.csv", GOOD)]);
    let ranked = rank(&bench, "s.csv");
    ranked.fails_with(1);
    assert!(ranked.stderr.starts_with("set.toml:"), "{}", ranked.stderr);
    let checked = bench.run("criteria check good.toml set.toml gone.toml");
    checked.fails_with(1);
    let lines: Vec<&str> = checked.stderr.lines().collect();
    assert!(lines.len() >= 3, "{}", checked.stderr);
    assert!(lines[0].starts_with("set.toml:"), "{}", checked.stderr);
    assert!(lines[lines.len() - 1].starts_with("gone.toml: there is no such file"));
}

#[test]
fn a_directory_is_no_sheet() {
    let bench = Bench::with(&[("set.toml", TWO)]);
    let done = rank(&bench, ".");
    done.fails_with(1);
    assert_eq!(
        done.stderr,
        ".: this is a directory; name a file [unreadable]\n"
    );
}
