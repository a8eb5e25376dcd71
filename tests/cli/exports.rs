//! The CSV exports, byte by byte.

use std::sync::Arc;

use scorecard::cli::{self, Complaint, ServeSettings, Server, Streams};
use scorecard::service::Service;
use serde_json::Value;

use crate::support::{Bench, Done, TWO};

const ANA: &str = "vendor,criterion,evaluator,score,comment\n\
    =Acme,X,Ana,4.50,\"two lines,\nreally\"\n=Acme,Y,Ana,no response,'+1 from me\nBolt,X,Ana,3,\nBolt,Y,Ana,5,\n";
const BEN: &str = "vendor,criterion,evaluator,score\nBolt,X,Ben,2\nBolt,Y,Ben,5\n=Acme,X,Ben,4\n";

fn bench() -> Bench {
    Bench::with(&[("set.toml", TWO), ("ana.csv", ANA), ("ben.csv", BEN)])
}

#[test]
fn the_ranking_has_a_byte_order_mark_and_ends_lines_for_spreadsheets() {
    let done = bench().run("rank --criteria set.toml --format csv ana.csv ben.csv");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(
        done.bytes.starts_with(
            b"\xef\xbb\xbfrank,vendor,status,total,low,high,coverage,all,rounding\r\n"
        )
    );
    assert_eq!(
        done.stdout.matches("\r\n").count(),
        done.stdout.matches('\n').count()
    );
    insta::assert_snapshot!(lines(&done), @r#"
    rank,vendor,status,total,low,high,coverage,all,rounding
    1 to 2,Bolt,ranked,70.00,70.00,70.00,100.00,70.00,0.00
    1 to 2,'=Acme,provisional,,51.00,71.00,60.00,,
    "#);
}

#[test]
fn european_spreadsheets_get_semicolons_and_decimal_commas() {
    let done =
        bench().run("rank --criteria set.toml --format csv --separator semicolon ana.csv ben.csv");
    insta::assert_snapshot!(lines(&done), @r#"
    rank;vendor;status;total;low;high;coverage;all;rounding
    1 to 2;Bolt;ranked;70,00;70,00;70,00;100,00;70,00;0,00
    1 to 2;'=Acme;provisional;;51,00;71,00;60,00;;
    "#);
}

#[test]
fn scores_are_written_as_they_came_and_no_spreadsheet_runs_them() {
    let done = bench().run("rank --criteria set.toml --format scores ana.csv ben.csv");
    insta::assert_snapshot!(lines(&done), @r#"
    vendor,criterion,evaluator,score,comment
    '=Acme,X,Ana,4.50,"two lines,
    really"
    '=Acme,X,Ben,4,
    '=Acme,Y,Ana,no response,'+1 from me
    Bolt,X,Ana,3,
    Bolt,X,Ben,2,
    Bolt,Y,Ana,5,
    Bolt,Y,Ben,5,
    "#);
}

/// A CSV as text, without the mark at its start.
fn lines(done: &Done) -> String {
    let text = done.stdout.replace("\r\n", "\n");
    text.strip_prefix('\u{feff}').unwrap().to_owned()
}

/// The result without where its answers came from.
fn without_origins(mut result: Value) -> String {
    for vendor in result["vendors"].as_array_mut().unwrap() {
        for criterion in vendor["criteria"].as_array_mut().unwrap() {
            for answer in criterion["answers"].as_array_mut().unwrap() {
                let answer = answer.as_object_mut().unwrap();
                for key in ["sheet", "row", "column"] {
                    assert!(answer.remove(key).is_some());
                }
            }
        }
    }
    serde_json::to_string_pretty(&result).unwrap()
}

#[test]
fn exported_scores_read_back_to_the_same_result() {
    let bench = bench();
    let original = bench.json("--criteria set.toml ben.csv ana.csv");
    for separator in ["comma", "semicolon"] {
        let scores = bench.run(&format!(
            "rank --criteria set.toml --format scores --separator {separator} ben.csv ana.csv"
        ));
        bench.write("scores.csv", &scores.bytes);
        let again = bench.json("--criteria set.toml scores.csv");
        assert_eq!(
            without_origins(original.clone()),
            without_origins(again),
            "{separator}"
        );
    }
}

#[test]
fn the_order_of_the_sheets_leaves_no_trace_in_the_result() {
    let bench = bench();
    let one = bench.json("--criteria set.toml ana.csv ben.csv");
    let other = bench.json("--criteria set.toml ben.csv ana.csv");
    assert_eq!(one, other);
}

/// Runs a command in this process, as if standard output went to a terminal.
fn on_a_terminal(bench: &Bench, arguments: &[&str]) -> (Vec<u8>, String) {
    struct NoServer;
    impl Server for NoServer {
        fn check(&self, _: &ServeSettings) -> Result<(), Complaint> {
            Ok(())
        }
        fn run(&self, _: &ServeSettings, _: Arc<Service>) -> Result<(), Complaint> {
            Ok(())
        }
    }
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut streams = Streams {
        stdin: &mut std::io::empty(),
        stdout: &mut stdout,
        stderr: &mut stderr,
        on_terminal: true,
        shows_output: true,
    };
    let path = |argument: &&str| match bench.path(argument) {
        path if path.exists() => path.into_os_string(),
        _ => (*argument).into(),
    };
    let _ = cli::run(arguments.iter().map(path), &NoServer, &mut streams);
    (stdout, String::from_utf8(stderr).unwrap())
}

#[test]
fn a_workbook_goes_to_a_file_and_never_to_a_terminal() {
    let bench = bench();
    let done =
        Done::of(&mut bench.command("rank --criteria set.toml --format csv ana.csv ben.csv"));
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let output = bench
        .command("rank --criteria set.toml --format xlsx ana.csv ben.csv")
        .output()
        .unwrap();
    assert!(output.status.success() && output.stdout.starts_with(b"PK"));
    let rank = ["scorecard", "rank", "--criteria", "set.toml", "--format"];
    let (stdout, _) = on_a_terminal(&bench, &[&rank[..], &["csv", "ana.csv"]].concat());
    assert!(!stdout.is_empty());
    let (stdout, stderr) = on_a_terminal(&bench, &[&rank[..], &["xlsx", "ana.csv"]].concat());
    assert_eq!(stdout, b"");
    assert!(stderr.contains("send it to a file"), "{stderr}");
    let sheet = ["scorecard", "criteria", "sheet", "--criteria", "set.toml"];
    let more = ["--vendor", "A", "--format", "xlsx"];
    let (stdout, _) = on_a_terminal(&bench, &[&sheet[..], &more].concat());
    assert_eq!(stdout, b"");
    let arguments = "criteria sheet --criteria set.toml --vendor A --shape wide --format xlsx";
    let output = bench.command(arguments).output().unwrap();
    assert!(output.status.success() && output.stdout.starts_with(b"PK"));
}
