//! How the binary is called, and what it says when it is called wrongly.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::process::Stdio;

use crate::support::{Bench, Done, TWO};

const SCORES: &str = "vendor,criterion,score\nA,X,4\nA,Y,3\n";

fn bench() -> Bench {
    Bench::with(&[("set.toml", TWO), ("s.csv", SCORES)])
}

#[test]
fn without_a_command_it_serves() {
    let bench = bench();
    let mut command = bench.command("");
    // An address it refuses, so that it stops before it serves.
    let done = Done::of(command.env("SCORECARD_LISTEN", "0.0.0.0:0"));
    done.fails_with(2);
    assert!(
        done.stderr.contains("reached from other machines"),
        "{}",
        done.stderr
    );
    assert!(
        !bench.path("scorecard-data").exists(),
        "nothing is made before the settings are right"
    );
}

#[test]
fn asking_for_help_is_no_mistake() {
    let done = bench().run("rank --help");
    assert_eq!(done.code, Some(0));
    assert!(done.stdout.contains("SCORECARD_MAX_ROWS"));
    assert_eq!(done.stderr, "");
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_there_is() {
    let bench = bench();
    for (arguments, told) in [
        ("rank --criteria nowhere.toml s.csv", "itsm-enterprise"),
        (
            "rank --criteria set.toml --lens cio s.csv",
            "no lens \"cio\"",
        ),
        (
            "rank --criteria set.toml --price P=1..2 s.csv",
            "CST-TCO=100000..900000:EUR",
        ),
        (
            "rank --criteria set.toml --price X=1..2:EUR s.csv",
            "not priced",
        ),
        ("rank --criteria set.toml --max-rows 0 s.csv", "at least 1"),
        (
            "rank --criteria set.toml --evaluator \u{feff} s.csv",
            "invisible",
        ),
        ("rank --criteria set.toml --format pdf s.csv", "html"),
        ("rank --criteria set.toml", "<SHEET>"),
        ("rank s.csv", "--criteria"),
        ("rank --criteria set.toml --bogus s.csv", "--bogus"),
        ("criteria sheet --criteria set.toml", "--vendor"),
        (
            "criteria sheet --criteria set.toml --vendor A \u{410}",
            "looks like",
        ),
        ("criteria check", "<FILE>"),
        ("bogus", "bogus"),
    ] {
        let done = bench.run(arguments);
        done.fails_with(2);
        assert!(done.stderr.contains(told), "{arguments}: {}", done.stderr);
    }
}

#[test]
fn a_variable_stands_in_for_its_flag_and_the_flag_wins() {
    let bench = bench();
    let mut command = bench.command("rank s.csv");
    let done = Done::of(
        command
            .env("SCORECARD_CRITERIA", "set.toml")
            .env("SCORECARD_FORMAT", "csv"),
    );
    assert!(
        done.stdout.starts_with("\u{feff}rank,vendor"),
        "{}",
        done.stderr
    );
    let mut command = bench.command("rank --format scores s.csv");
    let done = Done::of(
        command
            .env("SCORECARD_CRITERIA", "set.toml")
            .env("SCORECARD_FORMAT", "csv"),
    );
    assert!(
        done.stdout.starts_with("\u{feff}vendor,criterion"),
        "{}",
        done.stderr
    );
}

#[test]
fn config_tells_each_value_and_its_source() {
    let bench = bench();
    let mut command = bench.command("config --lens cio");
    let done = Done::of(command.env("SCORECARD_MAX_ROWS", "5"));
    insta::assert_snapshot!(done.stdout, @r#"
    setting            value           source
    config             –               not set (--config or SCORECARD_CONFIG sets it)
    listen             127.0.0.1:8080  default (--listen or SCORECARD_LISTEN sets it)
    data               scorecard-data  default (--data or SCORECARD_DATA sets it)
    criteria-dir       –               not set (--criteria-dir or SCORECARD_CRITERIA_DIR sets it)
    no-login           false           default (--no-login or SCORECARD_NO_LOGIN sets it)
    login              false           default (--login or SCORECARD_LOGIN sets it)
    tls-cert           –               not set (--tls-cert or SCORECARD_TLS_CERT sets it)
    tls-key            –               not set (--tls-key or SCORECARD_TLS_KEY sets it)
    behind-proxy       –               not set (--behind-proxy or SCORECARD_BEHIND_PROXY sets it)
    public-url         –               not set (--public-url or SCORECARD_PUBLIC_URL sets it)
    login-secret       –               not set (--login-secret or SCORECARD_LOGIN_SECRET sets it)
    login-secret-file  –               not set (--login-secret-file or SCORECARD_LOGIN_SECRET_FILE sets it)
    max-upload         67108864        default (--max-upload or SCORECARD_MAX_UPLOAD sets it)
    max-connections    900             default (--max-connections or SCORECARD_MAX_CONNECTIONS sets it)
    body-seconds       60              default (--body-seconds or SCORECARD_BODY_SECONDS sets it)
    min-free           64              default (--min-free or SCORECARD_MIN_FREE sets it)
    max-bytes          33554432        default (--max-bytes or SCORECARD_MAX_BYTES sets it)
    max-rows           5               environment (SCORECARD_MAX_ROWS)
    max-columns        256             default (--max-columns or SCORECARD_MAX_COLUMNS sets it)
    max-cell           32767           default (--max-cell or SCORECARD_MAX_CELL sets it)
    max-criteria       2000            default (--max-criteria or SCORECARD_MAX_CRITERIA sets it)
    max-depth          8               default (--max-depth or SCORECARD_MAX_DEPTH sets it)
    log                info            default (--log or SCORECARD_LOG sets it)
    log-format         text            default (--log-format or SCORECARD_LOG_FORMAT sets it)
    criteria           –               not set (--criteria or SCORECARD_CRITERIA sets it)
    evaluator          –               not set (--evaluator or SCORECARD_EVALUATOR sets it)
    tab                –               not set (--tab or SCORECARD_TAB sets it)
    declare            –               not set (--declare or SCORECARD_DECLARE sets it)
    price              –               not set (--price or SCORECARD_PRICE sets it)
    lens               cio             command line
    format             table           default (--format or SCORECARD_FORMAT sets it)
    separator          comma           default (--separator or SCORECARD_SEPARATOR sets it)
    draws              100000          default (--draws or SCORECARD_DRAWS sets it)
    seed               1               default (--seed or SCORECARD_SEED sets it)
    weights            band:25         default (--weights or SCORECARD_WEIGHTS sets it)
    scale              –               not set (--scale or SCORECARD_SCALE sets it)
    step               –               not set (--step or SCORECARD_STEP sets it)
    id                 own-set         default (--id or SCORECARD_ID sets it)
    title              Own criteria    default (--title or SCORECARD_TITLE sets it)
    vendor             –               not set (--vendor or SCORECARD_VENDOR sets it)
    shape              long            default (--shape or SCORECARD_SHAPE sets it)
    drop               –               not set (--drop or SCORECARD_DROP sets it)
    drop-lens          –               not set (--drop-lens or SCORECARD_DROP_LENS sets it)
    price-share        –               not set (--price-share or SCORECARD_PRICE_SHARE sets it)
    category           –               not set (--category or SCORECARD_CATEGORY sets it)
    stakeholder        –               not set (--stakeholder or SCORECARD_STAKEHOLDER sets it)
    "#);
}

#[test]
fn a_configuration_file_wins_over_defaults_only() {
    let file = "max-rows = 7\nformat = \"csv\"\ncriteria = \"set.toml\"\nno-login = true\n";
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", SCORES), ("c.toml", file)]);
    let mut command = bench.command("config --config c.toml --format json");
    let done = Done::of(command.env("SCORECARD_MAX_ROWS", "5"));
    for line in [
        ["config ", "c.toml", "command line"],
        ["max-rows ", "5", "environment (SCORECARD_MAX_ROWS)"],
        ["format ", "json", "command line"],
        ["criteria ", "set.toml", "file (c.toml)"],
        ["no-login ", "true", "file (c.toml)"],
    ] {
        let [name, value, source] = line;
        let shown = done.stdout.lines().find(|row| row.starts_with(name));
        let shown = shown.unwrap_or_else(|| panic!("{name}: {}{}", done.stdout, done.stderr));
        assert!(shown.contains(value) && shown.ends_with(source), "{shown}");
    }
    let mut command = bench.command("rank s.csv");
    let done = Done::of(command.env("SCORECARD_CONFIG", "c.toml"));
    assert!(done.stdout.contains("rank,vendor"), "{}", done.stderr);
}

#[test]
fn a_configuration_file_with_mistakes_is_refused_with_lines_and_cures() {
    let file = "max-rows = 7\nlisten-on = \"x\"\nmax-row = 7\n";
    let bench = Bench::with(&[("c.toml", file)]);
    let done = bench.run("config --config c.toml");
    done.fails_with(2);
    let told = "c.toml:3: there is no setting \"max-row\"; did you mean \"max-rows\"?";
    assert!(done.stderr.contains(told), "{}", done.stderr);
    assert!(done.stderr.contains("c.toml:2: "), "{}", done.stderr);
    let done = bench.run("config --config nowhere.toml");
    done.fails_with(2);
    assert!(done.stderr.contains("nowhere.toml cannot be read"));
}

#[test]
fn a_login_secret_is_never_shown() {
    let bench = bench();
    let secret = "too-short-a-secret";
    for arguments in ["config", "serve --listen 127.0.0.1:0"] {
        let mut command = bench.command(arguments);
        let done = Done::of(command.env("SCORECARD_LOGIN_SECRET", secret));
        assert!(!done.stdout.contains(secret) && !done.stderr.contains(secret));
    }
    let done = bench.run("serve --login-secret-file nowhere --listen 127.0.0.1:0");
    done.fails_with(2);
}

#[test]
fn a_sheet_may_come_from_standard_input() {
    let bench = bench();
    let mut command = bench.command("rank --criteria set.toml --format csv -");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(SCORES.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("1,A,ranked,72.00")
    );
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut wide = "vendor,criterion,score\n".to_owned();
    for vendor in 0..2000 {
        writeln!(wide, "V{vendor},X,4\nV{vendor},Y,3").unwrap();
    }
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", &wide)]);
    for format in ["json", "html", "table", "csv", "scores"] {
        let mut command =
            bench.command(&format!("rank --criteria set.toml --format {format} s.csv"));
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut told)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{format}");
        assert_eq!(told, "", "{format}");
    }
}

#[test]
fn shipped_sets_are_listed_and_checked_sets_are_summed_up() {
    let bench = bench();
    let listed = bench.run("criteria list");
    assert_eq!(listed.code, Some(0));
    assert!(listed.stdout.contains("itsm-mid-market"));
    let checked = bench.run("criteria check set.toml");
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
    assert!(
        checked
            .stdout
            .starts_with("set.toml: two version 7, 2 criteria in 1 category, 0 lenses, SHA-256 "),
        "{}",
        checked.stdout
    );
}

#[test]
fn a_blank_sheet_reads_back_once_it_is_filled_in() {
    let bench = bench();
    for (shape, filled) in [("long", "A,X,Ease,Ana,4,"), ("wide", "X,Ease,Ana,4,,5,")] {
        let blank = bench.run(&format!(
            "criteria sheet --criteria set.toml --vendor A B --vendor a --evaluator Ana --shape {shape}"
        ));
        assert_eq!(blank.code, Some(0), "{}", blank.stderr);
        let empty = match shape {
            "long" => "A,X,Ease,Ana,,",
            _ => "X,Ease,Ana,,,,",
        };
        assert!(blank.stdout.contains(empty), "{}", blank.stdout);
        bench.write(
            "filled.csv",
            blank.stdout.replacen(empty, filled, 1).as_bytes(),
        );
        let result = bench.json("--criteria set.toml filled.csv");
        let a = crate::support::vendor(&result, "A");
        assert_eq!(a["criteria"][0]["answers"][0]["evaluator"], "Ana");
        assert_eq!(a["low"], "48.00");
    }
}
