//! Cost sheets: a corpus of good and bad files, totals worked by hand, and what holds for all of them.

#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "what these helpers unwrap and count is the tests' own"
)]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use scorecard::criteria::{CriteriaSet, SetLimits};
use scorecard::evaluation::{Answer, Entry, Evaluation, Sheet, SheetIndex, present_value};
use scorecard::exact::{Fraction, plain};
use scorecard::scoring::tco::{Unlike, VendorCosts, tco};
use scorecard::sheets::{Context, CostBlank, Declared, Form, Problem, ReadSheet, read};
use scorecard::table::{Limits, Name, NameList, Separator};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/costs")
}

fn parsed(source: &str) -> Arc<CriteriaSet> {
    Arc::new(CriteriaSet::parse(source, &SetLimits::default()).unwrap())
}

static SOURCE: LazyLock<String> =
    LazyLock::new(|| fs::read_to_string(data().join("set.toml")).unwrap());
static SET: LazyLock<Arc<CriteriaSet>> = LazyLock::new(|| parsed(&SOURCE));

fn names() -> NameList {
    let mut list = NameList::default();
    for name in ["Acme", "Bolt"] {
        list.find_or_add(&Name::parse(name).unwrap()).unwrap();
    }
    list
}

fn read_as(
    set: &CriteriaSet,
    bytes: &[u8],
    evaluator: Option<&str>,
) -> Result<ReadSheet, Vec<Problem>> {
    let form = Form {
        tab: None,
        declared: Declared::default(),
        file_name: "costs.csv".to_owned(),
        evaluator: evaluator.map(|name| Name::parse(name).unwrap()),
    };
    let (vendors, evaluators) = (names(), NameList::default());
    let context = Context {
        set,
        vendors: &vendors,
        evaluators: &evaluators,
        new_vendors: false,
        new_evaluators: true,
        consensus_needs_reason: true,
        limits: &Limits::default(),
        progress: None,
    };
    read(bytes, &form, &context)
}

fn sheet(text: &str) -> Sheet {
    let text = format!("vendor,layer,year,amount,currency\n{text}");
    read_as(&SET, text.as_bytes(), None).unwrap().sheet
}

fn lines_of(problems: &[Problem]) -> String {
    let mut lines = String::new();
    for problem in problems {
        let row = problem.row().map(|row| row.to_string()).unwrap_or_default();
        let (column, value) = (problem.column(), problem.value());
        let (column, value) = (column.unwrap_or_default(), value.unwrap_or_default());
        writeln!(lines, "{row}|{column}|{value}|{}|{problem}", problem.code()).unwrap();
    }
    lines
}

fn content_of(read: &ReadSheet) -> String {
    let (_, _, costs) = SET.costed().unwrap();
    let mut content = format!("read as {}\n", read.read_as);
    for line in read.sheet.costs() {
        let vendor = read.sheet.vendors()[line.vendor].shown();
        let amount = line.amount.map_or_else(|| "not named".to_owned(), plain);
        let layer = costs.layer_name(line.layer);
        let comment = line.comment.as_deref().unwrap_or_default();
        writeln!(
            content,
            "{}|{vendor}|{layer}|{}|{amount}|{comment}",
            line.row, line.year
        )
        .unwrap();
    }
    for line in read.sheet.lines().iter() {
        let vendor = read.sheet.vendors()[line.vendor].shown();
        let who = read.sheet.evaluators()[line.evaluator].shown();
        writeln!(content, "price|{vendor}|{who}|{:?}", line.entry).unwrap();
    }
    let warnings = lines_of(&read.warnings);
    for line in warnings.lines() {
        writeln!(content, "warning|{line}").unwrap();
    }
    content
}

/// `UPDATE_EXPECTED=1` writes the expectations anew, to be read before they are committed.
fn compare(folder: &str, tell: impl Fn(&str, Result<ReadSheet, Vec<Problem>>) -> String) -> usize {
    let mut files: Vec<PathBuf> = fs::read_dir(data().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    files.sort();
    let mut wrong = String::new();
    for file in &files {
        let expectation = file.with_extension("expected");
        let expected = fs::read_to_string(&expectation).unwrap_or_default();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let told = tell(name, read_as(&SET, &fs::read(file).unwrap(), None));
        if told != expected {
            writeln!(wrong, "{name}\n--- expected\n{expected}--- found\n{told}").unwrap();
            if env::var_os("UPDATE_EXPECTED").is_some() {
                fs::write(&expectation, told).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    files.len()
}

#[test]
fn every_bad_cost_sheet_gives_exactly_its_problems_and_all_of_the_kind_its_name_says() {
    let count = compare("bad", |name, found| match found {
        Ok(read) => format!("accepted\n{}", content_of(&read)),
        Err(problems) => {
            let other = problems.iter().find(|problem| problem.code() != name);
            match other.filter(|_| !name.starts_with("everything")) {
                Some(other) => format!("not only {name} but {}\n", other.code()),
                None => lines_of(&problems),
            }
        }
    });
    assert!(count >= 16, "only {count} bad files");
}

#[test]
fn every_good_cost_sheet_gives_exactly_its_lines_and_prices() {
    let count = compare("good", |name, found| match found {
        Ok(read) => content_of(&read),
        Err(problems) => format!("{name} was refused: {}", lines_of(&problems)),
    });
    assert!(count >= 3, "only {count} good files");
}

#[test]
fn a_set_without_costs_refuses_a_cost_sheet_and_says_what_to_do() {
    let set = parsed(&SOURCE.replace("costs = { horizon = 2, discount = \"10\" }\n", ""));
    let bytes = fs::read(data().join("costs.csv")).unwrap();
    let problems = read_as(&set, &bytes, None).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code(), "costs-not-expected");
    assert!(
        problems[0]
            .to_string()
            .contains("write costs = { horizon = 5")
    );
}

fn with(sheets: &[(&str, Option<&str>)]) -> Evaluation {
    let mut evaluation = Evaluation::new(Arc::clone(&SET));
    for (text, evaluator) in sheets {
        let text = format!("vendor,layer,year,amount,currency\n{text}");
        let read = read_as(&SET, text.as_bytes(), *evaluator).unwrap();
        evaluation.file(read.sheet).unwrap();
    }
    evaluation
}

fn costs_of(evaluation: &Evaluation, at: usize) -> VendorCosts {
    tco(evaluation).unwrap().vendors[at].clone()
}

fn exact(sheet: &Sheet) -> Fraction {
    let (_, _, costs) = SET.costed().unwrap();
    present_value(costs, sheet.costs()).unwrap()
}

#[test]
fn the_day_of_signing_counts_in_full_and_later_years_by_the_rate() {
    // By hand at 10 percent: 10000 + 11000/1.1 + 12100/1.21 = 30000.
    let read = read_as(&SET, &fs::read(data().join("costs.csv")).unwrap(), None).unwrap();
    let mut evaluation = Evaluation::new(Arc::clone(&SET));
    evaluation.file(read.sheet).unwrap();
    let acme = costs_of(&evaluation, 0);
    let total = acme.total.unwrap();
    assert_eq!(total.worth, Fraction::whole(30_000));
    assert_eq!(total.named, Fraction::whole(33_100));
    assert_eq!(acme.quoted.map(plain).as_deref(), Some("30000"));
    assert!(acme.is_the_price);
    let shares: Vec<String> = acme
        .layers
        .iter()
        .map(|layer| layer.share.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(shares, ["2/3", "1/3", "0/1"]);
    // 20000 + 5500/1.1 + 6050/1.21 + 500.5 = 30500.5.
    assert_eq!(
        costs_of(&evaluation, 1).quoted.map(plain).as_deref(),
        Some("30500.5")
    );
    assert!(tco(&evaluation).unwrap().unlike.is_empty());
}

#[test]
fn the_exact_total_is_rounded_once_to_the_cent_half_away_from_zero_where_it_becomes_the_price() {
    for (lines, worth, price) in [
        ("Acme,training,1,100,EUR\n", "1000/11", "90.91"),
        ("Acme,training,0,0.005,EUR\n", "1/200", "0.01"),
        (
            "Acme,training,0,0.014999999,EUR\n",
            "14999999/1000000000",
            "0.01",
        ),
        ("Acme,training,2,121,EUR\n", "100/1", "100"),
    ] {
        let sheet = sheet(lines);
        assert_eq!(exact(&sheet).to_string(), worth);
        let Entry::Answer(Answer::Scored(amount)) = sheet.lines().get(0).unwrap().entry else {
            unreachable!("no price: {lines}");
        };
        assert_eq!(plain(amount), price, "{lines}");
    }
}

#[test]
fn without_a_discount_a_total_is_the_sum() {
    let set = parsed(&SOURCE.replace("discount = \"10\"", "discount = 0"));
    let text = "vendor,layer,year,amount,currency\nAcme,training,0,1,EUR\nAcme,training,2,2,EUR\n";
    let read = read_as(&set, text.as_bytes(), None).unwrap();
    let (_, _, costs) = set.costed().unwrap();
    assert_eq!(
        present_value(costs, read.sheet.costs()),
        Some(Fraction::whole(3))
    );
}

#[test]
fn a_cost_that_is_not_named_takes_the_price_away_and_never_counts_as_0() {
    let full = "Acme,training,1,110,EUR\nBolt,training,1,220,EUR\n";
    let open = "Acme,training,1,,EUR\n";
    let mut evaluation = with(&[(full, None), (open, Some("panel"))]);
    let acme = costs_of(&evaluation, 0);
    assert_eq!((acme.total, acme.quoted), (None, None));
    let (criterion, _, _) = SET.costed().unwrap();
    let vendor = acme.vendor;
    assert_eq!(evaluation.counted(vendor, criterion).count(), 0);
    let found = tco(&evaluation).unwrap().unlike;
    assert!(matches!(&found[..], [Unlike::Open { years, .. }] if years == &[1]));
    let last: SheetIndex = evaluation.sheet_indices().last().unwrap();
    evaluation.set_withdrawn(last, true);
    assert_eq!(
        costs_of(&evaluation, 0).quoted.map(plain).as_deref(),
        Some("100")
    );
}

#[test]
fn a_later_cost_sheet_replaces_a_vendor_as_a_whole_and_a_nameless_one_that_would_is_refused() {
    let first = "Acme,training,0,100,EUR\nAcme,integration,0,50,EUR\nBolt,training,0,70,EUR\n";
    let second = "Acme,training,0,60,EUR\n";
    let evaluation = with(&[(first, None), (second, Some("panel"))]);
    assert_eq!(
        costs_of(&evaluation, 0).quoted.map(plain).as_deref(),
        Some("60")
    );
    assert_eq!(
        costs_of(&evaluation, 1).quoted.map(plain).as_deref(),
        Some("70")
    );
    let mut nameless = with(&[(first, None)]);
    let refused = nameless.file(sheet(second)).unwrap_err();
    assert_eq!(refused[0].code(), "evaluator-needed");
}

#[test]
fn what_another_vendor_names_and_this_one_does_not_is_not_like_for_like() {
    let lines = "Acme,training,0,0,EUR\nAcme,subscription,1,5,EUR\nAcme,subscription,2,5,EUR\nBolt,training,0,9,EUR\n";
    let mut evaluation = with(&[(lines, None)]);
    evaluation
        .add_vendor(&Name::parse("Cord").unwrap())
        .unwrap();
    let found = tco(&evaluation).unwrap().unlike;
    assert_eq!(found.len(), 2);
    assert!(
        matches!(&found[0], Unlike::NoLine { years, named_by, .. } if years == &[1, 2] && named_by.len() == 1)
    );
    assert!(matches!(found[1], Unlike::NoCosts { .. }));
    let vendors: Vec<_> = evaluation.vendor_indices().collect();
    evaluation.set_excluded(vendors[1], true);
    evaluation.set_excluded(vendors[2], true);
    assert!(tco(&evaluation).unwrap().unlike.is_empty());
}

#[test]
fn a_blank_cost_sheet_asks_for_every_layer_and_year_and_reads_back() {
    let vendors = names().names().to_vec();
    let blank = CostBlank {
        set: &SET,
        vendors: &vendors,
    };
    let csv = blank.to_csv(Separator::Semicolon);
    let read_back = read_as(&SET, &csv, None).unwrap();
    assert_eq!(read_back.sheet.costs().len(), 2 * 7 * 3);
    assert!(
        read_back
            .sheet
            .lines()
            .iter()
            .all(|line| line.entry == Entry::Clear)
    );
    let xlsx = blank.to_xlsx(jiff::Timestamp::UNIX_EPOCH).unwrap();
    let as_workbook = read_as(&SET, &xlsx, None).unwrap();
    assert_eq!(as_workbook.sheet.costs(), read_back.sheet.costs());
}

/// Lines of one vendor: each layer and year at most once.
fn lines() -> impl Strategy<Value = Vec<(usize, u8, u32)>> {
    prop::collection::btree_map((0_usize..7, 0_u8..3), 1_u32..1_000_000, 2..12).prop_map(|map| {
        map.into_iter()
            .map(|((layer, year), cents)| (layer, year, cents))
            .collect()
    })
}

fn written(lines: &[(usize, u8, u32)]) -> Sheet {
    let (_, _, costs) = SET.costed().unwrap();
    let rows = lines.iter().map(|(layer, year, cents)| {
        let (whole, part) = (cents / 100, cents % 100);
        format!(
            "Acme,{},{year},{whole}.{part:02},EUR\n",
            costs.layers()[*layer]
        )
    });
    sheet(&rows.collect::<String>())
}

proptest! {
    #[test]
    fn the_total_of_two_parts_is_the_sum_of_their_totals(lines in lines(), cut in 1_usize..11) {
        let (one, other) = lines.split_at(cut.min(lines.len() - 1));
        let sum = &exact(&written(one)) + &exact(&written(other));
        prop_assert_eq!(exact(&written(&lines)), sum);
    }

    #[test]
    fn another_cost_makes_a_total_larger(lines in lines()) {
        let (_, fewer) = lines.split_last().unwrap();
        prop_assert!(exact(&written(fewer)) < exact(&written(&lines)));
    }
}
