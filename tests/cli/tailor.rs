//! `criteria tailor`: a set out of a set, which checks, ranks, and differs in nothing that nobody touched.

use serde_json::Value;

use crate::support::{Bench, Done};

const SET: &str = include_str!("../data/criteria/tailored/before.toml");
/// What `--drop G --price-share 30 --category b=28` makes of it, written by hand.
const BY_HAND: &str = include_str!("../data/criteria/tailored/by-hand.toml");
const SCORES: &str = "vendor,criterion,score\n\
    Acme,X,4\nAcme,Y,3.5\nAcme,Z,2\nAcme,W,5\nAcme,P,250\n\
    Bolt,X,3\nBolt,Y,5\nBolt,Z,4\nBolt,W,1\nBolt,P,310\n\
    Cork,X,5\nCork,Y,1\nCork,Z,3\nCork,W,\nCork,P,180\n";

/// The set that comes of some flags, which must succeed.
fn tailored(bench: &Bench, set: &str, flags: &str) -> String {
    let done = bench.run(&format!("criteria tailor --criteria {set} {flags}"));
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    done.stdout
}

/// What counts of each vendor: place, totals, bounds and every exact contribution.
fn results(bench: &Bench, set: &str, lens: &str) -> Vec<Value> {
    let result = bench.json(&format!("--criteria {set} {lens} scores.csv"));
    let vendors = result["vendors"].as_array().unwrap().clone();
    vendors
        .into_iter()
        .map(|mut vendor| {
            let cells = vendor["criteria"].as_array_mut().unwrap();
            for cell in cells {
                cell.as_object_mut().unwrap().remove("weight");
            }
            vendor
        })
        .collect()
}

#[test]
fn a_tailored_set_ranks_exactly_like_one_that_was_written_by_hand() {
    let bench = Bench::with(&[
        ("set.toml", SET),
        ("hand.toml", BY_HAND),
        ("scores.csv", SCORES),
    ]);
    let flags = "--drop G --price-share 30 --category b=28";
    bench.write("out.toml", tailored(&bench, "set.toml", flags).as_bytes());
    for lens in ["", "--lens cio"] {
        let (found, expected) = (
            results(&bench, "out.toml", lens),
            results(&bench, "hand.toml", lens),
        );
        assert_eq!(found.len(), 3);
        assert_eq!(found, expected, "{lens}");
    }
    // And not like the set it was made of.
    let total = |set: &str| {
        let results = results(&bench, set, "");
        let acme = results.iter().find(|vendor| vendor["vendor"] == "Acme");
        acme.unwrap()["total_exact"].clone()
    };
    assert_ne!(total("set.toml"), total("out.toml"));
}

#[test]
fn tailored_sets_of_the_program_check_and_can_be_tailored_again() {
    for set in [
        "itsm-enterprise",
        "itsm-mid-market",
        "itsm-small-business",
        "itsm-one-afternoon",
    ] {
        let bench = Bench::with(&[]);
        for (at, flags) in [
            "--drop ITIL-REQ --drop experience --stakeholder CFO=cost:60,security:40",
            "--price-share 12.5 --category security=30 --category itil=17.25",
            "--drop cost --drop-lens cio --category supplier=0",
        ]
        .into_iter()
        .enumerate()
        {
            let name = format!("{at}.toml");
            bench.write(&name, tailored(&bench, set, flags).as_bytes());
            let again = tailored(
                &bench,
                &name,
                "--drop ITIL-INC --category security=33.333333333",
            );
            bench.write(&format!("{at}-again.toml"), again.as_bytes());
            let checked = bench.run(&format!("criteria check {name} {at}-again.toml"));
            assert_eq!(checked.code, Some(0), "{set} {flags}: {}", checked.stderr);
            assert!(
                checked
                    .stdout
                    .contains(&format!("{set}-tailored version 2")),
                "{}",
                checked.stdout
            );
            assert!(
                checked
                    .stdout
                    .contains(&format!("{set}-tailored version 3")),
                "{}",
                checked.stdout
            );
        }
        let first = std::fs::read_to_string(bench.path("0.toml")).unwrap();
        assert!(first.contains("id = \"cfo\"\ntitle = \"CFO\""), "{first}");
        assert!(first.starts_with(&format!("# Tailored from {set} version 1 (SHA-256 ")));
    }
}

fn refused(flags: &str) -> Done {
    let bench = Bench::with(&[("set.toml", SET)]);
    let done = bench.run(&format!("criteria tailor --criteria set.toml {flags}"));
    assert_eq!(done.stdout, "");
    done
}

#[test]
fn everything_that_stands_against_it_is_told_at_once_with_its_flag() {
    let done = refused(
        "--drop Q --drop-lens cto --price-share 101 --category d=1 --stakeholder CFO=a:50,b:49",
    );
    done.fails_with(1);
    let expected = [
        "--drop \"Q\": the set has no category and no criterion of this id",
        "[unknown-criterion]",
        "--drop-lens \"cto\": ",
        "--price-share \"101\": this is not between 0 and 100",
        "--category d \"1\": the set has no category of this id",
        "--stakeholder CFO: the points add up to 99, which is 1 too little; spread exactly 100 [points-sum]",
    ];
    for part in expected {
        assert!(done.stderr.contains(part), "{part} not in {}", done.stderr);
    }
    refused("").fails_with(1);
    for flags in ["--category b", "--stakeholder CFO", "--stakeholder CFO=a"] {
        refused(flags).fails_with(2);
    }
}

#[test]
fn what_goes_with_it_is_told_beside_the_set() {
    let bench = Bench::with(&[("set.toml", SET)]);
    let done = bench.run("criteria tailor --criteria set.toml --drop X --drop Y");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    for part in ["[category-emptied]", "[gate-gone]", "[weights-relative]"] {
        assert!(done.stderr.contains(part), "{part} not in {}", done.stderr);
    }
}

#[test]
fn a_set_is_made_of_a_spreadsheet_beside_everything_that_is_declared_about_its_scores() {
    let bench = Bench::with(&[(
        "own.csv",
        "Criterion,Weight,Acme\nSpeed,H,fully\nEase,1,partly\n",
    )]);
    let all = "criteria from own.csv --scale 0..5 --declare weight:H=3 --declare word:fully=5 --declare word:partly=3 \
               --declare name:Acme=Acme --declare decimal=point --declare evaluator=Ana";
    let done = bench.run(all);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.stdout.contains("title = \"Speed\""), "{}", done.stdout);
    let bare = bench.run("criteria from own.csv --scale 0..5 --declare weight:H=3");
    assert_eq!(bare.stdout, done.stdout);
    let wrong = bench.run(&format!(
        "{all} --declare word:4=5 --declare weights=odd --declare colour=red"
    ));
    wrong.fails_with(2);
    for told in [
        "word:4: \"4\" has a meaning",
        "weights: write equal",
        "colour: this is not a declaration",
    ] {
        assert!(wrong.stderr.contains(told), "{}", wrong.stderr);
    }
}
