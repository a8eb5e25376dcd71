//! The text table and the HTML document.

use crate::support::{Bench, TWO};

const SCORES: &str = "vendor,criterion,evaluator,score,comment\n\
    Acme,X,Ana,4,\nAcme,Y,Ana,3,\n<b>Bolt</b>,X,Ana,5,<script>alert(1)</script>\nCo,X,Ana,1,\nCo,Y,Ana,4,\n";

fn bench() -> Bench {
    let set = TWO.replace("weight = 60", "weight = 60\nminimum = 2");
    Bench::with(&[("set.toml", &set), ("ana.csv", SCORES)])
}

#[test]
fn the_table_tells_ranks_gates_and_what_is_missing() {
    let done = bench().run("rank --criteria set.toml ana.csv");
    assert_eq!(done.stderr, "");
    insta::assert_snapshot!(done.stdout, @r#"
    Two criteria (two version 7): provisional

      rank  vendor                 total  status        coverage  gates
    1 to 2  Acme                   72.00  ranked         100.00%
    1 to 2  <b>Bolt</b>  60.00 to 100.00  provisional     60.00%
            Co                     44.00  disqualified   100.00%  fails X (1, at least 2 needed)

    First place is undecided: Acme and <b>Bolt</b> can each still come first.
    Ana still owes 1 answer: Reach (Y) for <b>Bolt</b>.
    "#);
}

#[test]
fn the_table_tells_who_leads_by_how_much_and_why() {
    let scores = "criterion,Acme,Bolt\nX,4,3\nY,3,4\n";
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", scores)]);
    let done = bench.run("rank --criteria set.toml s.csv");
    insta::assert_snapshot!(done.stdout, @r#"
    Two criteria (two version 7): final

    rank  vendor  total  status  coverage  gates
       1  Acme    72.00  ranked   100.00%
       2  Bolt    68.00  ranked   100.00%

    Acme leads Bolt by 4.00 points.
    "#);
}

#[test]
fn the_document_stands_alone_and_escapes_what_people_wrote() {
    let done = bench().run("rank --criteria set.toml --format html ana.csv");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let page = done.stdout;
    assert!(page.starts_with("<!DOCTYPE html>"));
    for outside in [
        "<script", "http://", "https://", "src=", "<link", "@import", "url(", "<b>Bolt",
    ] {
        assert!(!page.contains(outside), "contains {outside}");
    }
    assert!(page.contains("&#60;b&#62;Bolt&#60;/b&#62;"));
}

#[test]
fn the_document_prints_the_numbers_of_the_json() {
    let bench = bench();
    let page = bench
        .run("rank --criteria set.toml --format html ana.csv")
        .stdout;
    let result = bench.json("--criteria set.toml ana.csv");
    for vendor in result["vendors"].as_array().unwrap() {
        for name in ["low", "high", "coverage"] {
            let number = vendor[name].as_str().unwrap();
            assert!(page.contains(number), "{name} {number}");
        }
        for criterion in vendor["criteria"].as_array().unwrap() {
            if let Some(number) = criterion["contribution"].as_str() {
                assert!(
                    page.contains(&format!("<td class=\"number\">{number}</td>")),
                    "{number}"
                );
            }
        }
    }
    let hash = result["criteria"]["sha256"].as_str().unwrap();
    assert!(page.contains(hash));
}

#[test]
fn every_answer_of_the_document_names_its_cell() {
    let page = bench()
        .run("rank --criteria set.toml --format html ana.csv")
        .stdout;
    for cell in ["D2", "D3", "D4", "D5", "D6"] {
        assert!(page.contains(&format!("ana.csv {cell}")), "{cell}");
    }
    assert!(page.contains("still owed by Ana"));
}

/// The sentence at the top of a result of wide scores.
fn headline(set: &str, scores: &str) -> String {
    let bench = Bench::with(&[("set.toml", set), ("s.csv", scores)]);
    let result = bench.json("--criteria set.toml s.csv");
    result["headline"].as_str().unwrap().to_owned()
}

#[test]
fn the_headline_says_how_firm_the_lead_is() {
    let gated = TWO.replace("weight = 60", "weight = 60\nminimum = 2");
    for (set, scores, told) in [
        (
            TWO,
            "criterion,A,B\nX,4,3\nY,4,3\n",
            "A leads B by 20.00 points.",
        ),
        (
            TWO,
            "criterion,A,B,C\nX,5,1,4\nY,5,,5\n",
            "A leads C by 12.00 points.",
        ),
        (
            TWO,
            "criterion,A,B\nX,5,1\nY,5,\n",
            "A leads B by at least 48.00 points.",
        ),
        (
            TWO,
            "criterion,A,B\nX,4,4.01\nY,4,4\n",
            "No clear winner: B leads A by 0.12 points, less than the 1 point that this criteria set asks of a clear lead.",
        ),
        (
            TWO,
            "criterion,A,B\nX,4,4.000001\nY,4,4\n",
            "No clear winner: B leads A by 0.00001 points, less than the 1 point that this criteria set asks of a clear \
             lead.",
        ),
        (
            TWO,
            "criterion,A,B\nX,4,4\nY,4,4\n",
            "A and B share first place with exactly the same total.",
        ),
        (
            TWO,
            "criterion,A,B,C,D,E,F,G\nX,4,4,4,4,4,4,4\nY,4,4,4,4,4,4,4\n",
            "A, B, C, D, E and 2 more share first place with exactly the same total.",
        ),
        (
            TWO,
            "criterion,A,B\nX,5,5\nY,3,\n",
            "First place is undecided: A and B can each still come first.",
        ),
        (
            TWO,
            "criterion,A,B\nX,5,5\nY,5,\n",
            "A is first, but B can still draw level.",
        ),
        (
            TWO,
            "criterion,A,B,C\nX,5,5,5\nY,5,,\n",
            "A is first, but B and C can still draw level.",
        ),
        (
            TWO,
            "criterion,A,B\nX,4,4\nY,4,3.8755\n",
            "No clear winner: A leads B by 0.996 points, less than the 1 point that this criteria set asks of a clear lead.",
        ),
        (
            TWO,
            "criterion,A\nX,5\nY,5\n",
            "A is the only vendor left to rank.",
        ),
        (
            &gated,
            "criterion,A,B\nX,4,1\nY,4,5\n",
            "A is the only vendor left to rank.",
        ),
        (
            &gated,
            "criterion,A\nX,1\nY,4\n",
            "No vendor is left to rank: A is disqualified.",
        ),
        (
            &gated,
            "criterion,A,B\nX,1,1\nY,4,5\n",
            "No vendor is left to rank: all of them are disqualified.",
        ),
        (
            TWO,
            "criterion,A\nX,5\nY,\n",
            "A is the only vendor left to rank, and not scored completely: its total lies between 60.00 and 100.00.",
        ),
        (
            &gated,
            "criterion,A\nX,\nY,5\n",
            "A is the only vendor left to rank, but not all of its gates are passed yet.",
        ),
    ] {
        assert_eq!(headline(set, scores), told, "for {scores}");
    }
}

#[test]
fn a_document_seen_through_a_lens_says_so_and_shows_its_metrics() {
    let set = format!(
        "{TWO}[[lens]]\nid = \"cio\"\ntitle = \"CIO\"\nweights = {{ X = 0, Y = 100 }}\n\
         [[lens.metric]]\nid = \"ease\"\ntitle = \"Ease of use\"\ncriteria = [\"X\"]\n\
         [[lens.metric]]\nid = \"reach\"\ntitle = \"Reach of it\"\ncriteria = [\"Y\"]\n"
    );
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", "criterion,A\nX,5\nY,1\n")]);
    let page = bench
        .run("rank --criteria set.toml --lens cio --format html s.csv")
        .stdout;
    for shown in [
        "CIO lens: <a href=\"#vendor-1\">A</a> is the only vendor left to rank.",
        "seen through the CIO lens",
        "CIO metrics",
        "not weighed",
        "20.00%",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let table = bench
        .run("rank --criteria set.toml --lens cio --format csv s.csv")
        .stdout;
    assert!(
        table.ends_with("1,A,ranked,20.00,20.00,20.00,100.00,20.00,,20.00,0.00\r\n"),
        "{table}"
    );
}

#[test]
fn a_note_about_a_criterion_as_a_whole_is_shown_beside_it() {
    let scores = "criterion,A,comment\nX,4,Hard to compare\nY,3,\n";
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", scores)]);
    let page = bench
        .run("rank --criteria set.toml --format html s.csv")
        .stdout;
    assert!(page.contains("panel: Hard to compare"));
}

#[test]
fn a_range_is_told_with_its_cause() {
    let page = bench()
        .run("rank --criteria set.toml --format html ana.csv")
        .stdout;
    let text = without_tags(&page);
    assert!(text.contains("because &#60;b&#62;Bolt&#60;/b&#62; is not complete"));
    assert!(text.contains("Ana owes 1 answer"));
}

#[test]
fn a_vendor_that_only_waits_for_its_own_gate_is_told_so() {
    let set = TWO.replace("weight = 60", "weight = 0\nminimum = 2");
    let set = set.replace("weight = 40", "weight = 100");
    let scores = "criterion,A,B\nX,,5\nY,5,1\n";
    let bench = Bench::with(&[("set.toml", &set), ("s.csv", scores)]);
    let table = bench.run("rank --criteria set.toml s.csv").stdout;
    assert!(table.contains("1, gate open  A "), "{table}");
    let page = bench.run("rank --criteria set.toml --format html s.csv");
    assert!(page.stdout.contains(">1, gate open<"));
    let file = bench.run("rank --criteria set.toml --format csv s.csv");
    assert!(file.stdout.contains("\n1 to 1,A,"), "{}", file.stdout);
}

#[test]
fn many_vendors_stand_side_by_side_in_tables_that_fit_on_paper() {
    let vendors: Vec<String> = (1..=9).map(|number| format!("V{number}")).collect();
    let scores = format!(
        "criterion,{}\nX{}\nY{}\n",
        vendors.join(","),
        ",3".repeat(9),
        ",3".repeat(9)
    );
    let bench = Bench::with(&[("set.toml", TWO), ("s.csv", &scores)]);
    let page = bench
        .run("rank --criteria set.toml --format html s.csv")
        .stdout;
    assert!(page.contains("Contributions by category, vendors 1 to 5 of 9"));
    assert!(page.contains("Contributions by category, vendors 6 to 9 of 9"));
}

fn without_tags(page: &str) -> String {
    let parts = page
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect()
}
