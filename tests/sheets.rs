//! Score sheets as they really arrive: a corpus of good and bad files, and what may never happen whatever arrives.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "what these helpers unwrap and count is the tests' own, and a panic is how a test fails"
)]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use calamine::{Data, Reader as _, Xlsx};
use proptest::prelude::*;
use scorecard::criteria::{CriteriaSet, Kind, SetLimits, find_shipped};
use scorecard::evaluation::{Answer, Entry, Line};
use scorecard::exact::{plain, read_decimal};
use scorecard::sheets::{Blank, Context, Declared, Form, Problem, ReadSheet, Shape, blank, read};
use scorecard::table::{CsvText, Limits, Name, NameList, Separator};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sheets")
}

static SET: LazyLock<CriteriaSet> = LazyLock::new(|| {
    let source = fs::read_to_string(data().join("set.toml")).unwrap();
    CriteriaSet::parse(&source, &SetLimits::default()).unwrap()
});
static VENDORS_KNOWN: LazyLock<NameList> =
    LazyLock::new(|| names(&["Acme", "Bolt", "Ivanti", "ServiceHub"]));
static EVALUATORS_KNOWN: LazyLock<NameList> = LazyLock::new(|| names(&["Ana", "Ben"]));

fn names(names: &[&str]) -> NameList {
    let mut list = NameList::default();
    for name in names {
        list.find_or_add(&Name::parse(name).unwrap()).unwrap();
    }
    list
}

/// How a file of the corpus is read: vendors are known and no others allowed; the rest its expectation says, in lines
/// like `# evaluator: Ana`, or `# declare: decimal = comma`.
struct Setting {
    evaluator: Option<Name>,
    open_evaluators: bool,
    advise_reasons: bool,
    limits: Limits,
    declared: Declared,
}

impl Setting {
    fn of(expected: &str) -> Self {
        let mut setting = Self {
            evaluator: None,
            open_evaluators: true,
            advise_reasons: false,
            declared: Declared::default(),
            limits: Limits::default(),
        };
        let declared = expected
            .lines()
            .filter_map(|line| line.strip_prefix("# declare: "))
            .map(|said| said.rsplit_once(" = ").unwrap());
        setting.declared = Declared::parse(declared).unwrap();
        for directive in expected.lines().filter_map(|line| line.strip_prefix("# ")) {
            let (key, value) = directive.split_once(": ").unwrap();
            match key {
                "evaluator" => setting.evaluator = Some(Name::parse(value).unwrap()),
                "evaluators" => setting.open_evaluators = value != "closed",
                "reasons" => setting.advise_reasons = value == "advised",
                "max-bytes" => setting.limits.max_bytes = value.parse().unwrap(),
                "max-rows" => setting.limits.max_rows = value.parse().unwrap(),
                "max-columns" => setting.limits.max_columns = value.parse().unwrap(),
                "max-cell" => setting.limits.max_cell = value.parse().unwrap(),
                "declare" => {}
                _ => panic!("unknown directive {directive}"),
            }
        }
        setting
    }

    fn read(&self, set: &CriteriaSet, bytes: &[u8]) -> Result<ReadSheet, Vec<Problem>> {
        let form = Form {
            tab: None,
            declared: self.declared.clone(),
            file_name: "sheet.csv".to_owned(),
            evaluator: self.evaluator.clone(),
        };
        let context = Context {
            set,
            vendors: &VENDORS_KNOWN,
            evaluators: &EVALUATORS_KNOWN,
            new_vendors: false,
            new_evaluators: self.open_evaluators,
            consensus_needs_reason: !self.advise_reasons,
            limits: &self.limits,
            progress: None,
        };
        read(bytes, &form, &context)
    }
}

fn read_plainly(set: &CriteriaSet, bytes: &[u8]) -> Result<ReadSheet, Vec<Problem>> {
    Setting::of("").read(set, bytes)
}

fn lines_of(problems: &[Problem]) -> String {
    let mut lines = String::new();
    for problem in problems {
        let row = problem.row().map(|row| row.to_string()).unwrap_or_default();
        let column = problem.column().unwrap_or_default();
        let value = problem.value().unwrap_or_default();
        writeln!(lines, "{row}|{column}|{value}|{}|{problem}", problem.code()).unwrap();
    }
    lines
}

fn word_of(entry: Entry) -> String {
    match entry {
        Entry::Answer(Answer::Scored(value)) => value.to_string(),
        other => format!("{other:?}"),
    }
}

fn content_of(set: &CriteriaSet, read: &ReadSheet) -> String {
    let sheet = &read.sheet;
    let mut content = format!("read as {}\n", read.read_as);
    for line in sheet.lines().iter() {
        let vendor = sheet.vendors()[line.vendor].shown();
        let evaluator = sheet.evaluators()[line.evaluator].shown();
        let criterion = set.criteria()[line.criterion.position()].id();
        let comment = line.comment.unwrap_or_default().escape_debug().to_string();
        let entry = word_of(line.entry);
        writeln!(
            content,
            "{}:{}|{vendor}|{evaluator}|{criterion}|{entry}|{comment}",
            line.row, line.column
        )
        .unwrap();
    }
    for note in sheet.notes() {
        let evaluator = sheet.evaluators()[note.evaluator].shown();
        let criterion = set.criteria()[note.criterion.position()].id();
        writeln!(content, "note|{evaluator}|{criterion}|{}", note.text).unwrap();
    }
    for line in lines_of(&read.warnings).lines() {
        writeln!(content, "warning|{line}").unwrap();
    }
    content
}

/// Reads every file of a folder and compares what `tell` says with the expectation beside it.
/// `UPDATE_EXPECTED=1` writes the expectations anew, to be read before they are committed.
fn compare(
    folder: &str,
    tell: impl Fn(&CriteriaSet, &str, Result<ReadSheet, Vec<Problem>>) -> String,
) -> usize {
    let set = &*SET;
    let mut count = 0;
    let mut wrong = String::new();
    let mut files: Vec<PathBuf> = fs::read_dir(data().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    files.sort();
    for file in files {
        let expectation = file.with_extension("expected");
        let expected = fs::read_to_string(&expectation).unwrap_or_default();
        let (directives, _): (Vec<&str>, Vec<&str>) = expected
            .split_inclusive('\n')
            .partition(|line| line.starts_with("# "));
        let directives = directives.concat();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let found = Setting::of(&expected).read(set, &fs::read(&file).unwrap());
        let told = format!("{directives}{}", tell(set, name, found));
        if told != expected {
            writeln!(wrong, "{name}\n--- expected\n{expected}--- found\n{told}").unwrap();
            if env::var_os("UPDATE_EXPECTED").is_some() {
                fs::write(&expectation, told).unwrap();
            }
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    count
}

#[test]
fn every_bad_file_gives_exactly_its_problems_and_all_of_the_kind_its_name_says() {
    let count = compare("bad", |_, name, found| {
        let problems = match found {
            Ok(read) => return format!("accepted\n{}", content_of(&SET, &read)),
            Err(problems) => problems,
        };
        let (code, _) = name.split_once("--").unwrap();
        let other = problems.iter().find(|problem| problem.code() != code);
        if let Some(other) = other {
            return format!(
                "not only {code} but {}\n{}",
                other.code(),
                lines_of(&problems)
            );
        }
        lines_of(&problems)
    });
    assert!(count >= 60, "only {count} bad files");
}

#[test]
fn every_good_file_gives_exactly_its_answers_and_warnings() {
    let count = compare("good", |set, name, found| match found {
        Ok(read) => content_of(set, &read),
        Err(problems) => panic!("{name} was refused: {}", lines_of(&problems)),
    });
    assert!(count >= 25, "only {count} good files");
}

#[test]
fn many_mistakes_in_one_file_are_all_told_from_top_to_bottom() {
    let sheet = "vendor,criterion,score,comment\nAcme,INC,9,\nAcmee,INC,80%,\nBolt,INK,4,\n,INC,4,\nBolt,INC,4/5,\"oops\nBolt,CHG,4.25,a,b\n";
    let problems = read_plainly(&SET, sheet.as_bytes()).unwrap_err();
    let told: Vec<(u32, &str)> = problems
        .iter()
        .map(|problem| (problem.row().unwrap(), problem.code()))
        .collect();
    assert_eq!(
        told,
        [
            (2, "out-of-range"),
            (3, "unknown-vendor"),
            (3, "percent"),
            (4, "unknown-criterion"),
            (5, "missing-vendor"),
            (6, "unclosed-quote"),
            (7, "row-too-long"),
        ]
    );
}

#[test]
fn of_very_many_mistakes_the_first_are_listed_and_the_rest_counted() {
    let mut sheet = "vendor,criterion,score\n".to_owned();
    for _ in 0..12_000 {
        sheet.push_str("Acme,INC,9\n");
    }
    let problems = read_plainly(&SET, sheet.as_bytes()).unwrap_err();
    assert_eq!(problems.len(), 10_001);
    assert!(
        problems[10_000].to_string().starts_with("2000 more"),
        "{}",
        problems[10_000]
    );
}

/// Reads a sheet for the enterprise set, with what is declared about it.
fn read_declared(text: &str, said: &[(&str, &str)]) -> Result<Vec<String>, Vec<String>> {
    let set = find_shipped("itsm-enterprise").unwrap().read().unwrap();
    let form = Form {
        tab: None,
        declared: Declared::parse(said.iter().copied()).unwrap(),
        file_name: "sheet.csv".to_owned(),
        evaluator: Some(Name::parse("Ana").unwrap()),
    };
    let context = Context {
        set: &set,
        vendors: &VENDORS_KNOWN,
        evaluators: &EVALUATORS_KNOWN,
        new_vendors: false,
        new_evaluators: true,
        consensus_needs_reason: true,
        limits: &Limits::default(),
        progress: None,
    };
    match read(text.as_bytes(), &form, &context) {
        Ok(read) => Ok(read
            .sheet
            .lines()
            .iter()
            .map(|line| {
                let vendor = read.sheet.vendors()[line.vendor].shown();
                let criterion = set.criteria()[line.criterion.position()].id();
                let score = match &line.entry {
                    Entry::Answer(Answer::Scored(score)) => score.normalize().to_string(),
                    other => format!("{other:?}"),
                };
                format!("{vendor} {criterion} {score}")
            })
            .collect()),
        Err(problems) => Err(problems
            .iter()
            .map(|problem| format!("{:?} {}", problem.row(), problem.code()))
            .collect()),
    }
}

#[test]
fn columns_under_any_heading_are_what_they_are_declared_to_be() {
    let text = "Tool;Frage;Wert;Quelle\nAcme;ITIL-INC;4,5;trial\n";
    let said = [
        ("column:Tool", "vendor"),
        ("column:frage", "criterion"),
        ("column:C", "score"),
        ("column:Quelle", "comment"),
    ];
    assert_eq!(read_declared(text, &said).unwrap(), ["Acme ITIL-INC 4.5"]);
    let some = &said[..3];
    assert_eq!(read_declared(text, some).unwrap(), ["Acme ITIL-INC 4.5"]);
    assert!(read_declared(text, &said[..1]).is_err());
    let gone = [
        said[0],
        said[1],
        said[2],
        ("column:Note to self", "comment"),
    ];
    let refused = read_declared(text, &gone).unwrap_err();
    assert_eq!(refused, ["Some(1) declared-column-missing"]);
}

#[test]
fn a_column_declared_to_be_the_score_takes_that_role_from_the_other() {
    let text = "vendor,criterion,score,Panel score\nAcme,ITIL-INC,1,4\n";
    let said = [("column:Panel score", "score")];
    assert_eq!(read_declared(text, &said).unwrap(), ["Acme ITIL-INC 4"]);
    let ignored = "criterion,Acme,Bolt,Nobody\nITIL-INC,1,2,3\n";
    assert!(read_declared(ignored, &[]).is_err());
    assert_eq!(
        read_declared(ignored, &[("column:Nobody", "ignore")]).unwrap(),
        ["Acme ITIL-INC 1", "Bolt ITIL-INC 2"]
    );
}

#[test]
fn words_stand_for_the_scores_they_are_declared_to_and_for_no_others() {
    let text =
        "criterion,Acme,Bolt\nITIL-INC,Fully compliant,PARTIALLY\nITIL-CHG,Not compliant,3\n";
    let said = [
        ("word:fully  compliant", "5"),
        ("word:Partially", "2.5"),
        ("word:Not compliant", "no response"),
    ];
    assert_eq!(
        read_declared(text, &said).unwrap(),
        [
            "Acme ITIL-INC 5",
            "Bolt ITIL-INC 2.5",
            "Acme ITIL-CHG Answer(NoResponse)",
            "Bolt ITIL-CHG 3"
        ]
    );
    assert_eq!(
        read_declared(text, &said[1..]).unwrap_err(),
        ["Some(2) not-a-number"]
    );
    let outside = [("word:Fully compliant", "9"), said[1], said[2]];
    assert_eq!(
        read_declared(text, &outside).unwrap_err(),
        ["Some(2) out-of-range"]
    );
}

#[test]
fn names_mean_whom_they_are_declared_to_mean() {
    let text = "criterion,Acme Software Inc.,Bolt\nIncidents,4,3\n";
    let said = [
        ("name:ACME software inc.", "Acme"),
        ("name:incidents", "ITIL-INC"),
    ];
    assert_eq!(
        read_declared(text, &said).unwrap(),
        ["Acme ITIL-INC 4", "Bolt ITIL-INC 3"]
    );
    let twice = "criterion,Acme,Akme\nITIL-INC,4,3\n";
    assert!(read_declared(twice, &[("name:Akme", "Acme")]).is_err());
}

#[test]
fn a_declared_decimal_sign_settles_what_could_be_a_thousand() {
    let text = "vendor\tcriterion\tscore\nAcme\tCST-TCO\t450.000\nBolt\tCST-TCO\t1.200.000,50\n";
    assert_eq!(
        read_declared(text, &[("decimal", "comma")]).unwrap(),
        ["Acme CST-TCO 450000", "Bolt CST-TCO 1200000.5"]
    );
    assert!(read_declared(text, &[]).is_err());
    assert!(read_declared(text, &[("decimal", "point")]).is_err());
    for odd in ["4.5", "1.0000", "1.,5", ",5", "1,", "12.34,5", "1.2.3"] {
        let text = format!("vendor\tcriterion\tscore\nAcme\tCST-TCO\t{odd}\n");
        assert!(
            read_declared(&text, &[("decimal", "comma")]).is_err(),
            "{odd}"
        );
    }
}

#[test]
fn the_only_price_of_a_set_is_meant_by_every_word_for_a_price() {
    for word in ["Price", "TCO", "Kosten", "bids", "Preis (EUR)"] {
        let long = format!("vendor,criterion,score\nAcme,{word},450000\n");
        let wide = format!("criterion,Acme\n{word},450000\n");
        let by_vendor = format!("vendor,ITIL-INC,{word}\nAcme,4,450000\n");
        assert_eq!(read_declared(&long, &[]).unwrap(), ["Acme CST-TCO 450000"]);
        assert_eq!(read_declared(&wide, &[]).unwrap(), ["Acme CST-TCO 450000"]);
        let both = ["Acme ITIL-INC 4", "Acme CST-TCO 450000"];
        assert_eq!(read_declared(&by_vendor, &[]).unwrap(), both);
    }
}

#[test]
fn a_column_that_may_be_a_vendor_is_settled_by_a_declaration() {
    let text = "criterion,Acme,Acme score,Bolt\nITIL-INC,4,5,3\n";
    assert_eq!(
        read_declared(text, &[]).unwrap_err(),
        ["Some(1) doubtful-column"]
    );
    let read = read_declared(text, &[("column:Acme score", "ignore")]);
    assert_eq!(read.unwrap(), ["Acme ITIL-INC 4", "Bolt ITIL-INC 3"]);
    let read = read_declared(
        text,
        &[("column:Acme", "ignore"), ("name:Acme score", "Acme")],
    );
    assert_eq!(read.unwrap(), ["Acme ITIL-INC 5", "Bolt ITIL-INC 3"]);
}

#[test]
fn a_thousand_in_doubt_is_settled_by_a_declaration_and_never_by_what_scores_show() {
    let text = "vendor,criterion,score\nAcme,CST-TCO,450.000\nAcme,ITIL-INC,4.5\n";
    assert_eq!(
        read_declared(text, &[]).unwrap_err(),
        ["Some(2) ambiguous-number"]
    );
    let point = read_declared(text, &[("decimal", "point")]).unwrap();
    assert_eq!(point, ["Acme CST-TCO 450", "Acme ITIL-INC 4.5"]);
    let alone = "vendor,criterion,score\nAcme,CST-TCO,450.000\n";
    let comma = read_declared(alone, &[("decimal", "comma")]).unwrap();
    assert_eq!(comma, ["Acme CST-TCO 450000"]);
}

#[test]
fn a_sheet_about_one_vendor_needs_no_column_of_vendors() {
    let text = "criterion,score,comment\nITIL-INC,4,seen\nITIL-CHG,3,\n";
    assert_eq!(
        read_declared(text, &[]).unwrap_err(),
        ["None missing-column"]
    );
    assert_eq!(
        read_declared(text, &[("vendor", "bolt")]).unwrap(),
        ["bolt ITIL-INC 4", "bolt ITIL-CHG 3"]
    );
    assert_eq!(
        read_declared(text, &[("vendor", "Nobody")]).unwrap_err(),
        ["None unknown-vendor"]
    );
    let named = "vendor,criterion,score\nAcme,ITIL-INC,4\n";
    assert_eq!(
        read_declared(named, &[("vendor", "Bolt")]).unwrap_err(),
        ["Some(1) vendor-declared-twice"]
    );
}

#[test]
fn a_scale_beside_a_vendors_name_is_held_against_the_criteria() {
    for (heading, scale_is_another) in [
        ("Acme (1-10)", true),
        ("Acme /10", true),
        ("Acme (0-5)", false),
        ("Acme (2026)", false),
    ] {
        let text = format!("criterion,{heading}\nITIL-INC,4\n");
        let read = read_declared(&text, &[(&format!("name:{heading}"), "Acme")]);
        if scale_is_another {
            assert_eq!(read.unwrap_err(), ["Some(1) scale-differs"], "{heading}");
        } else {
            assert_eq!(read.unwrap(), ["Acme ITIL-INC 4"], "{heading}");
        }
    }
}

/// What is noticed in a sheet whose vendors nobody listed.
fn noticed_in(text: &str) -> Vec<String> {
    let nobody = NameList::default();
    let form = Form {
        tab: None,
        declared: Declared::default(),
        file_name: "sheet.csv".to_owned(),
        evaluator: None,
    };
    let context = Context {
        set: &SET,
        vendors: &nobody,
        evaluators: &EVALUATORS_KNOWN,
        new_vendors: true,
        new_evaluators: true,
        consensus_needs_reason: true,
        limits: &Limits::default(),
        progress: None,
    };
    let told = match read(text.as_bytes(), &form, &context) {
        Ok(read) => read.warnings,
        Err(problems) => problems,
    };
    told.iter()
        .map(|one| format!("{} {}", one.code(), one.value().unwrap_or_default()))
        .collect()
}

#[test]
fn new_vendors_with_nearly_the_same_name_are_noticed() {
    let of = |names: [&str; 2]| {
        let [one, other] = names;
        noticed_in(&format!(
            "vendor,criterion,score\n{one},INC,4\n{other},CHG,3\n"
        ))
    };
    assert_eq!(of(["Acme", "Acme."]), ["near-name Acme."]);
    assert_eq!(of(["Acme GmbH", "ACME"]), ["near-name ACME"]);
    assert_eq!(of(["ServiceHub", "ServiceHab"]), ["near-name ServiceHab"]);
    assert_eq!(of(["Acme (Ana)", "acme (Ben)"]), ["near-name acme (Ben)"]);
    assert_eq!(of(["Acme", "Acme (Ana)"]), ["near-name Acme (Ana)"]);
    for apart in [
        ["Acme", "Bolt"],
        ["Vendor 1", "Vendor 2"],
        ["Acme", "Acmo"],
        ["A", "B"],
        ["Acme (Ana)", "Bolt (Ana)"],
        ["(Ana)", "(Ben)"],
    ] {
        assert_eq!(of(apart), [""; 0], "{apart:?}");
    }
}

#[test]
fn evaluators_are_not_taken_for_vendors_where_these_are_not_listed() {
    assert_eq!(
        noticed_in("criterion,Ana,Ben,Consensus\nINC,4,3,4\n"),
        [
            "evaluator-as-vendor Ana",
            "evaluator-as-vendor Ben",
            "evaluator-as-vendor Consensus"
        ]
    );
}

/// Reads a file of the sample with its criteria set and nobody known beforehand.
fn read_sample(file: &str) -> Result<ReadSheet, Vec<Problem>> {
    let nobody = NameList::default();
    let set = find_shipped("itsm-mid-market").unwrap().read().unwrap();
    let form = Form {
        tab: None,
        declared: Declared::default(),
        file_name: file.to_owned(),
        evaluator: None,
    };
    let context = Context {
        set: &set,
        vendors: &nobody,
        evaluators: &nobody,
        new_vendors: true,
        new_evaluators: true,
        consensus_needs_reason: true,
        limits: &Limits::default(),
        progress: None,
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sample");
    read(&fs::read(path.join(file)).unwrap(), &form, &context)
}

#[test]
fn the_sample_is_read_without_a_word_and_its_broken_sheet_is_refused() {
    for file in [
        "ines-halloran.csv",
        "tobias-okafor.csv",
        "mei-lindqvist.csv",
        "prices.csv",
    ] {
        let read = read_sample(file).unwrap();
        assert_eq!(lines_of(&read.warnings), "", "{file}");
    }
    let problems = read_sample("variants/broken.csv").unwrap_err();
    let told: Vec<(u32, &str)> = problems
        .iter()
        .map(|problem| (problem.row().unwrap(), problem.code()))
        .collect();
    assert_eq!(
        told,
        [
            (3, "unknown-criterion"),
            (4, "out-of-range"),
            (5, "off-step"),
            (6, "not-a-number"),
            (7, "date-instead-of-number"),
            (8, "spreadsheet-error"),
            (9, "not-applicable-refused"),
            (10, "duplicate-answer"),
            (11, "duplicate-answer"),
            (12, "confusable-name"),
        ]
    );
}

#[test]
fn what_one_criterion_takes_is_read_anew_for_another_that_takes_less() {
    let source = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nweights = \"relative\"\n\
        [scale]\nmin = 0\nmax = 5\n[[category]]\nid = \"k\"\ntitle = \"K\"\nweight = 1\n\
        [[criterion]]\nid = \"A\"\ncategory = \"k\"\ntitle = \"First\"\nweight = 1\nnot_applicable = true\n\
        [[criterion]]\nid = \"B\"\ncategory = \"k\"\ntitle = \"Second\"\nweight = 1\n\
        [[criterion]]\nid = \"C\"\ncategory = \"k\"\ntitle = \"Third\"\nweight = 1\nscale = { min = 0, max = 3 }\n\
        [[criterion]]\nid = \"D\"\ncategory = \"k\"\ntitle = \"Fourth\"\nkind = \"pass-fail\"\n";
    let set = CriteriaSet::parse(source, &SetLimits::default()).unwrap();
    let answers = |rows: &str| {
        let sheet = format!("vendor,criterion,score\n{rows}");
        let read = read_plainly(&set, sheet.as_bytes());
        read.map(|read| read.sheet.lines().len())
            .map_err(|problems| {
                let told = |problem: &Problem| (problem.row(), problem.code());
                problems.iter().map(told).collect::<Vec<_>>()
            })
    };
    assert_eq!(answers("Acme,A,4\nAcme,B,4\nBolt,A,n/a\n"), Ok(3));
    let rows = "Acme,A,4\nAcme,B,4\nAcme,C,4\nAcme,D,4\nBolt,A,n/a\nBolt,B,n/a\n";
    let refused = [
        (Some(4), "out-of-range"),
        (Some(5), "not-pass-fail"),
        (Some(7), "not-applicable-refused"),
    ];
    assert_eq!(answers(rows), Err(refused.to_vec()));
}

#[test]
fn one_answer_given_very_often_is_told_in_the_time_it_takes_to_read_it() {
    let mut sheet = "vendor,criterion,score\n".to_owned();
    for row in 0..100_000 {
        sheet.push_str(if row % 2 == 0 {
            "Acme,INC,4\n"
        } else {
            "Acme,INC,3\n"
        });
    }
    let problems = read_plainly(&SET, sheet.as_bytes()).unwrap_err();
    assert_eq!(problems.len(), 10_001);
    assert_eq!(
        problems[0].to_string(),
        "this row and rows 3, 4, 5, 6, 7 and 99994 more answer for the same vendor, criterion and evaluator; \
         keep one and delete the others"
    );
    assert!(problems[10_000].to_string().starts_with("90000 more"));
}

const VENDORS: [&str; 2] = ["Acme", "Bolt"];

/// A blank sheet with a text put into every cell a person fills in.
fn filled_in(
    blank: &[u8],
    separator: char,
    score: impl Fn(&str) -> String,
    comment: &str,
) -> String {
    let text = String::from_utf8(blank.to_vec()).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap().to_owned();
    let headings: Vec<&str> = header
        .trim_start_matches('\u{feff}')
        .split(separator)
        .collect();
    let mut filled = format!("{header}\r\n");
    for line in lines {
        let cells: Vec<&str> = line.split(separator).collect();
        let criterion = cells[headings
            .iter()
            .position(|heading| *heading == "criterion")
            .unwrap()];
        let written = headings.iter().zip(&cells).map(|(heading, cell)| {
            if heading.ends_with("comment") {
                comment.to_owned()
            } else if *heading == "score" || VENDORS.contains(heading) {
                score(criterion)
            } else {
                (*cell).to_owned()
            }
        });
        filled.push_str(&written.collect::<Vec<_>>().join(&separator.to_string()));
        filled.push_str("\r\n");
    }
    filled
}

#[test]
fn a_blank_sheet_reads_back_without_a_word_empty_and_filled_in() {
    let set = &*SET;
    let vendors = VENDORS.map(|name| Name::parse(name).unwrap());
    let ana = Name::parse("Ana").unwrap();
    for shape in [Shape::Long, Shape::Wide] {
        for (separator, sign) in [(Separator::Comma, ','), (Separator::Semicolon, ';')] {
            for evaluator in [None, Some(&ana)] {
                let empty = blank(set, &vendors, evaluator, shape, separator);
                let read = read_plainly(set, &empty).unwrap();
                assert_eq!(lines_of(&read.warnings), "");
                assert_eq!(read.read_as.shape, shape);
                assert_eq!(read.sheet.lines().len(), 12);
                assert!(
                    read.sheet
                        .lines()
                        .iter()
                        .all(|line| line.entry == Entry::NotScored)
                );
                let score = |criterion: &str| match set.criteria()
                    [set.criterion_index(criterion).unwrap().position()]
                .kind()
                {
                    Kind::Rated(_) if sign == ';' => "4,5".to_owned(),
                    Kind::Rated(_) => "4.5".to_owned(),
                    Kind::Priced(_) => "250000".to_owned(),
                    Kind::PassFail => "pass".to_owned(),
                };
                let filled = filled_in(&empty, sign, score, "seen in the trial");
                let read = read_plainly(set, filled.as_bytes()).unwrap();
                assert_eq!(lines_of(&read.warnings), "");
                let lines = read.sheet.lines();
                assert!(
                    lines.iter().all(
                        |line| matches!(line.entry, Entry::Answer(_)) && line.comment.is_some()
                    )
                );
                let who = read.sheet.evaluators()[0].shown();
                assert_eq!(who, if evaluator.is_some() { "Ana" } else { "panel" });
                assert_eq!(read.sheet.names_evaluator(), evaluator.is_some());
            }
        }
    }
}

/// A workbook's only sheet as the CSV that a spreadsheet would save of it, with a text in every cell that is empty.
fn saved_as_csv(workbook: &[u8], typed: impl Fn(&str, &str) -> String) -> Vec<u8> {
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).unwrap();
    let names = file.sheet_names();
    assert_eq!(names.len(), 1, "a second sheet would have to be told apart");
    let cells = file.worksheet_range(&names[0]).unwrap();
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    let headings: Vec<String> = cells.headers().unwrap();
    let place = headings.iter().position(|heading| heading == "criterion");
    let mut csv = CsvText::new(Separator::Comma);
    for (number, row) in cells.rows().enumerate() {
        for (heading, cell) in headings.iter().zip(row) {
            let said = text(cell);
            if said.is_empty() && number > 0 {
                csv.text(&typed(heading, &text(&row[place.unwrap()])));
            } else {
                csv.text(&said);
            }
        }
        csv.end_row();
    }
    csv.into_bytes()
}

#[test]
fn a_blank_workbook_reads_back_by_the_plain_rules_empty_and_filled_in() {
    let set = &*SET;
    let vendors = VENDORS.map(|name| Name::parse(name).unwrap());
    let ana = Name::parse("Ana").unwrap();
    for (shape, evaluator) in [
        (Shape::Wide, Some(&ana)),
        (Shape::Wide, None),
        (Shape::Long, Some(&ana)),
    ] {
        let blank = Blank {
            set,
            criteria: set.indexed_criteria().map(|(index, _)| index).collect(),
            vendors: &vendors,
            evaluator,
        };
        let at = "2026-11-20T10:11:12Z".parse().unwrap();
        let workbook = blank.to_xlsx(shape, at).unwrap();
        assert_eq!(workbook, blank.to_xlsx(shape, at).unwrap());
        let empty = saved_as_csv(&workbook, |_, _| String::new());
        let read = read_plainly(set, &empty).unwrap();
        assert_eq!(lines_of(&read.warnings), "");
        assert_eq!((read.read_as.shape, read.sheet.lines().len()), (shape, 12));
        let filled = saved_as_csv(&workbook, |heading, criterion| {
            if heading.ends_with("reason") {
                return "seen in the trial".to_owned();
            }
            let index = set.criterion_index(criterion).unwrap().position();
            match set.criteria()[index].kind() {
                Kind::Rated(_) => "4.5".to_owned(),
                Kind::Priced(_) => "250000".to_owned(),
                Kind::PassFail => "pass".to_owned(),
            }
        });
        let read = read_plainly(set, &filled).unwrap();
        assert_eq!(lines_of(&read.warnings), "");
        let is_whole =
            |line: Line<'_>| matches!(line.entry, Entry::Answer(_)) && line.comment.is_some();
        assert!(read.sheet.lines().iter().all(is_whole));
        let who = read.sheet.evaluators()[0].shown();
        assert_eq!(who, if evaluator.is_some() { "Ana" } else { "panel" });
    }
}

#[test]
fn a_vendor_whose_name_could_not_head_a_column_gets_a_long_sheet() {
    let set = &*SET;
    for name in ["Total", "Weight", "Acme note", "Score"] {
        let vendors = [Name::parse(name).unwrap()];
        let sheet = blank(set, &vendors, None, Shape::Wide, Separator::Comma);
        assert!(
            sheet.starts_with("\u{feff}vendor,criterion".as_bytes()),
            "{name}"
        );
    }
}

const NASTY: [&str; 60] = [
    "",
    " ",
    "-",
    "?",
    "TBD",
    "N/A",
    "na",
    "clear",
    "no response",
    "pass",
    "no",
    "0",
    "1",
    "3",
    "3.0",
    "4.5",
    "4.25",
    "5.5",
    "-1",
    "-0",
    "007",
    "1_0",
    "1e3",
    "+3",
    ".5",
    "5.",
    ".",
    "4,5",
    "\"4,5\"",
    "1,000",
    "\"1,000\"",
    "\"1.234,5\"",
    "100.000",
    "0.125",
    "80%",
    "4/5",
    "04-May",
    "2026-05-04",
    "½",
    "#REF!",
    "#DIV/0!",
    "Err:502",
    "=2+2",
    "'3",
    "'4.5",
    "\u{a0}3\u{a0}",
    "٣",
    "４",
    "−3",
    "NaN",
    "inf",
    "TRUE",
    "3-4",
    "\"3\"5",
    "\"",
    "\"3",
    "3\"",
    "4.499999999999999999999",
    "99999999999999",
    "3;4",
];

/// A good long sheet under one separator.
fn good_sheet(separator: &str) -> Vec<Vec<String>> {
    let rows = [
        "vendor,criterion,evaluator,score,comment",
        "Acme,INC,Ana,4,solid",
        "Acme,VOL,Ana,1200,measured",
        "Acme,TCO,Ana,250000,",
        "Bolt,Incident management,Ana,3.5,",
        "Bolt,CHG,Ben,2,slow",
        "Bolt,DPA,Ben,pass,",
    ];
    assert!(!separator.is_empty());
    rows.iter()
        .map(|row| row.split(',').map(str::to_owned).collect())
        .collect()
}

/// The number a text stands for by the strict reading: digits and one decimal sign, odd marks taken off.
fn strict_reading(raw: &str, separator: &str) -> Option<String> {
    let text = raw.trim_matches('"').trim().trim_start_matches('\'');
    let text = match text.split_once(',') {
        Some((whole, part)) if !(separator == "," && raw == text) => format!("{whole}.{part}"),
        _ => text.to_owned(),
    };
    let text = match (text.strip_prefix('.'), text.strip_suffix('.')) {
        (Some(part), _) => format!("0.{part}"),
        (None, Some(whole)) => whole.to_owned(),
        (None, None) => text,
    };
    read_decimal(&text).ok().map(plain)
}

#[test]
fn a_nasty_text_in_any_cell_never_becomes_another_number() {
    let set = &*SET;
    let mut accepted = 0;
    for separator in [",", ";", "\t", "|"] {
        let good = good_sheet(separator);
        let to_bytes = |rows: &[Vec<String>]| {
            let lines: Vec<String> = rows.iter().map(|row| row.join(separator)).collect();
            lines.join("\n")
        };
        let original = read_plainly(set, to_bytes(&good).as_bytes()).unwrap();
        for row in 1..good.len() {
            for column in 0..good[row].len() {
                for nasty in NASTY
                    .iter()
                    .filter(|nasty| !(separator == ";" && nasty.contains(';')))
                {
                    let mut mutated = good.clone();
                    mutated[row][column] = (*nasty).to_owned();
                    let Ok(read) = read_plainly(set, to_bytes(&mutated).as_bytes()) else {
                        continue;
                    };
                    accepted += 1;
                    assert_eq!(read.sheet.lines().len(), good.len() - 1, "{mutated:?}");
                    for (line, before) in
                        read.sheet.lines().iter().zip(original.sheet.lines().iter())
                    {
                        let touched = line.row as usize == row + 1;
                        if !touched {
                            assert_eq!(line.entry, before.entry, "{mutated:?}");
                        } else if let Entry::Answer(Answer::Scored(value)) = line.entry {
                            let written = &mutated[row][3];
                            assert_eq!(
                                Some(plain(value)),
                                strict_reading(written, separator),
                                "{mutated:?}"
                            );
                        }
                    }
                }
            }
        }
    }
    assert!(
        accepted > 1_000,
        "only {accepted} mutants were accepted: the test shows too little"
    );
}

#[test]
fn a_sheet_cut_off_at_any_byte_never_gives_other_answers_than_its_whole_rows() {
    let set = &*SET;
    let sheet = "vendor,criterion,score,comment\r\nAcme,INC,4,\"two\r\nlines\"\r\nBolt,INC,3.5,\"fine, \"\"really\"\"\"\r\nBolt,CHG,2,\r\n";
    let whole = read_plainly(set, sheet.as_bytes()).unwrap();
    for end in 0..sheet.len() {
        if let Ok(part) = read_plainly(set, &sheet.as_bytes()[..end]) {
            let lines: Vec<Line<'_>> = part.sheet.lines().iter().collect();
            let whole: Vec<Line<'_>> = whole.sheet.lines().iter().collect();
            let (last, before) = lines.split_last().unwrap();
            assert_eq!(before, &whole[..before.len()], "cut at {end}");
            assert_eq!(last.row, whole[before.len()].row, "cut at {end}");
        }
    }
}

fn line_end() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n", "\r\n\r\n"])
}

/// Mostly rows that can be read, with odd cells among them, and no quotes.
fn odd_row() -> impl Strategy<Value = String> {
    let vendor = prop::sample::select(vec!["Acme", "Bolt", " acme ", "Ivanti", ""]);
    let criterion = prop::sample::select(vec!["INC", "CHG", "VOL", "chg", "TCO"]);
    let row = (
        vendor,
        criterion,
        "([0-5]|-||4\\.5|x)",
        "[a-z,;'=\u{e9}]{0,3}",
    );
    let odd = prop_oneof![
        Just(String::new()),
        Just(",,,".to_owned()),
        Just("  ".to_owned())
    ];
    let row = row.prop_map(|(vendor, criterion, score, comment)| {
        format!("{vendor},{criterion},{score},{comment}")
    });
    prop_oneof![4 => row, 1 => odd]
}

/// The same sheet with quotes around its first cell: from there on every row is taken apart before it is read. `None` if the
/// cell is empty or has quotes already.
fn quoted_first(text: &str) -> Option<String> {
    let end = text.find([',', ';', '\t', '|', '\n', '\r'])?;
    let (first, rest) = text.split_at(end);
    let is_plain = first.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && !first.contains('"')
        && !first.starts_with("sep=");
    is_plain.then(|| format!("\"{first}\"{rest}"))
}

fn outcome_of(setting: &Setting, text: &str) -> String {
    match setting.read(&SET, text.as_bytes()) {
        Ok(read) => content_of(&SET, &read),
        Err(problems) => lines_of(&problems),
    }
}

#[test]
fn the_files_of_the_corpus_say_the_same_however_their_rows_are_read() {
    let mut count = 0;
    for folder in ["good", "bad"] {
        for entry in fs::read_dir(data().join(folder)).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_none_or(|extension| extension != "csv") {
                continue;
            }
            let expectation = file.with_extension("expected");
            let (Ok(text), Ok(expected)) =
                (fs::read_to_string(&file), fs::read_to_string(expectation))
            else {
                continue;
            };
            let Some(quoted) = quoted_first(&text)
                .filter(|text| !text.contains('\0') && !expected.contains("max-bytes"))
            else {
                continue;
            };
            let setting = Setting::of(&expected);
            let [plain, quoted] = [&text, &quoted].map(|text| outcome_of(&setting, text));
            assert_eq!(plain, quoted, "{}", file.display());
            count += 1;
        }
    }
    assert!(count >= 180, "only {count} files");
}

/// Sheets that are plain in the most part, with what is odd here and there.
fn mostly_plain_sheet() -> impl Strategy<Value = String> {
    const HEADERS: [&str; 8] = [
        "vendor,criterion,evaluator,score,comment",
        "criterion,score,vendor",
        "score,comment,vendor,criterion,evaluator,weight",
        "vendor,criterion,Score (0-5),comment",
        "vendor,evaluator,criterion,note to self,score",
        "vendor,criterion,max,score,evaluator",
        "vendor,weight,criterion,score,",
        "vendor,,criterion,score,comment",
    ];
    let of = |plain: &'static [&'static str], odd: &'static [&'static str]| {
        prop_oneof![
            12 => prop::sample::select(plain),
            1 => prop::sample::select(odd),
        ]
    };
    let vendor = of(
        &["Acme", "Bolt"],
        &["acme ", "Acmee", "", "Total", "Iv\u{430}nti", "Acme,"],
    );
    let criterion = of(
        &["INC", "CHG", "VOL", "DPA", "TCO"],
        &["Incident management", "INK", "", "Total", "inc", " INC"],
    );
    let evaluator = of(&["Ana", "Ben"], &["", "consensus", "Cem", "ana"]);
    let score = of(
        &["4", "4.5", "3", "5", "", "120"],
        &[
            "9",
            "1.200",
            "4;5",
            "n/a",
            "pass",
            "x",
            "4.25",
            " 4",
            "'4",
            "450.000",
            "4/5",
            "-",
            "clear",
            "no response",
            "\u{664}",
            "123456789",
            "4\u{a0}",
            "-0",
            "\"4\"",
            "4\"",
        ],
    );
    let comment = of(
        &["", "seen", "fine, as shown", "seen in the trial"],
        &[
            "5",
            "'=x",
            " 7",
            "\"q\"",
            "\u{e9}t\u{e9}",
            " ",
            "7\" rack",
            "-",
        ],
    );
    let end = of(
        &["\n", "\r\n"],
        &["\r", "\n\n", ",\n", ",,\n", "", ",extra\n"],
    );
    let row = (vendor, criterion, evaluator, score, comment, end);
    let rows = prop::collection::vec(row, 0..40);
    (
        prop::sample::select(&HEADERS[..]),
        prop::sample::select(&[",", ";", "\t"][..]),
        rows,
    )
        .prop_map(|(header, delimiter, rows)| {
            let mut text = header.replace(',', delimiter);
            text.push('\n');
            for (vendor, criterion, evaluator, score, comment, end) in rows {
                let cells = header.split(',').map(|heading| match heading {
                    "vendor" => vendor,
                    "criterion" => criterion,
                    "evaluator" => evaluator,
                    "comment" => comment,
                    "weight" => "30",
                    "max" => "5",
                    "note to self" => "x",
                    "" => "",
                    _ => score,
                });
                text.push_str(&cells.collect::<Vec<_>>().join(delimiter));
                text.push_str(end);
            }
            text
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn a_sheet_says_the_same_whether_its_rows_are_taken_apart_or_read_as_they_stand(
        text in mostly_plain_sheet(),
        closed in any::<bool>(),
        most in prop_oneof![9 => Just(500_000_usize), 1 => 0..40_usize],
    ) {
        let mut setting = Setting::of("");
        setting.open_evaluators = !closed;
        setting.limits.max_rows = most;
        let quoted = quoted_first(&text).unwrap();
        prop_assert_eq!(outcome_of(&setting, &text), outcome_of(&setting, &quoted));
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _outcome = read_plainly(&SET, &bytes);
    }

    #[test]
    fn rows_of_odd_texts_are_refused_or_read_one_by_one_at_their_own_number(
        rows in prop::collection::vec((odd_row(), line_end()), 0..12),
    ) {
        let mut text = "vendor,criterion,score,comment\n".to_owned();
        for (row, end) in &rows {
            text.push_str(row);
            text.push_str(end);
        }
        if let Ok(read) = read_plainly(&SET, text.as_bytes()) {
            let lines = text.replace("\r\n", "\n").replace('\r', "\n");
            let with_content = lines.split('\n').zip(1..).skip(1).filter(|(line, _)| {
                line.split(',').any(|cell| !cell.trim().is_empty())
            });
            let expected: Vec<u32> = with_content.map(|(_, row)| row).collect();
            let found: Vec<u32> = read.sheet.lines().iter().map(|line| line.row).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn quotes_anywhere_never_make_the_reader_panic(
        cells in prop::collection::vec("(Acme|INC|4|\"|\"\"|[ -~]{0,3}|\r|\n|,|;|é|\u{feff}|'|=)", 0..60),
    ) {
        let text = format!("vendor,criterion,score,comment\n{}", cells.concat());
        let _outcome = read_plainly(&SET, text.as_bytes());
    }

    #[test]
    fn a_text_with_any_characters_comes_back_as_typed(comment in "[ -~\r\n\"é,;\t]{0,30}") {
        prop_assume!(!comment.trim().is_empty());
        let mut csv = scorecard::table::CsvText::new(Separator::Comma);
        for heading in ["vendor", "criterion", "score", "comment"] {
            csv.text(heading);
        }
        csv.end_row();
        csv.text("Acme").text("INC").number(Some("4.5")).text(&comment).end_row();
        let read = read_plainly(&SET, &csv.into_bytes()).unwrap();
        prop_assert_eq!(read.sheet.lines().get(0).unwrap().comment, Some(comment.as_str()));
    }
}
