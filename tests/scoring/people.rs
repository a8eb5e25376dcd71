//! Taking back: withdrawn sheets, excluded vendors, recused evaluators, assignments.

use std::collections::BTreeSet;
use std::sync::Arc;

use scorecard::evaluation::{Evaluation, Refusal, Sheet};
use scorecard::reports::{scores_csv, scores_xlsx};
use scorecard::scoring::{ResultStatus, VendorStatus};
use scorecard::sheets::{self, Context, Declared, Form};
use scorecard::table::{Limits, Separator};

use crate::support::{evaluation, rank, set, sheet, sheet_of_nobody};

const TWO: &str = r#"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [
  { id = "X", category = "all", title = "Ex", weight = 50 },
  { id = "Y", category = "all", title = "Why", weight = 50 },
]
"#;

#[test]
fn a_withdrawn_sheet_gives_back_the_answers_it_replaced() {
    let set = set(TWO);
    let mut evaluation = Evaluation::new(Arc::clone(&set));
    let first = [("A", "X", "Ana", "1"), ("A", "Y", "Ana", "1")];
    evaluation.file(sheet(&set, &first)).unwrap();
    let changes = evaluation
        .file(sheet(&set, &[("A", "X", "Ana", "5")]))
        .unwrap();
    assert_eq!(changes.changed, 1);
    assert_eq!(rank(&evaluation).total("A"), "60/1");
    let (vendor, criterion) = (
        rank(&evaluation).vendor("A"),
        set.criterion_index("X").unwrap(),
    );
    let origin = |evaluation: &Evaluation| {
        let given = evaluation.matrix().cell(vendor, criterion)[0];
        evaluation.origin(&given)
    };
    let second = origin(&evaluation).sheet;
    evaluation.set_withdrawn(second, true);
    assert_eq!(rank(&evaluation).total("A"), "20/1");
    let first = origin(&evaluation);
    assert_ne!(first.sheet, second);
    let line = evaluation
        .sheet(first.sheet)
        .unwrap()
        .lines()
        .get(0)
        .unwrap();
    assert_eq!((first.row, first.column), (line.row, line.column));
    evaluation.set_withdrawn(second, false);
    assert_eq!(rank(&evaluation).total("A"), "60/1");
}

#[test]
fn an_excluded_vendor_stands_last_and_makes_nobody_owe_anything() {
    let set = set(TWO);
    let rows = [
        ("Gone", "X", "Ana", "5"),
        ("Gone", "Y", "Ana", "5"),
        ("Gone", "X", "Ben", "5"),
        ("A", "X", "Ana", "2"),
        ("A", "Y", "Ana", "2"),
    ];
    let mut evaluation = evaluation(&set, &rows);
    assert_eq!(
        rank(&evaluation).scorecard.status,
        ResultStatus::Provisional
    );
    let gone = rank(&evaluation).vendor("Gone");
    evaluation.set_excluded(gone, true);
    let ranked = rank(&evaluation);
    assert_eq!(ranked.order(), ["A", "Gone"]);
    assert_eq!(ranked.card("Gone").status, VendorStatus::Excluded);
    assert_eq!((ranked.rank("Gone").0, ranked.rank("A").0), (None, Some(1)));
    assert_eq!(ranked.total("Gone"), "100/1");
    assert_eq!(ranked.scorecard.status, ResultStatus::Final);
}

#[test]
fn a_recused_evaluators_answers_are_left_out_and_owed_by_nobody() {
    let set = set(TWO);
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "Y", "Ana", "5"),
        ("A", "X", "Ben", "0"),
        ("A", "Y", "Ben", "0"),
        ("B", "X", "Ana", "3"),
        ("B", "Y", "Ana", "3"),
        ("B", "X", "Ben", "3"),
        ("B", "Y", "Ben", "3"),
    ];
    let mut evaluation = evaluation(&set, &rows);
    let ben = evaluation
        .evaluator_indices()
        .find(|&who| evaluation.evaluator_name(who) == "Ben")
        .unwrap();
    let a = rank(&evaluation).vendor("A");
    evaluation.set_recused(ben, Some(a), true);
    assert_eq!(
        (rank(&evaluation).total("A"), rank(&evaluation).total("B")),
        ("100/1".to_owned(), "60/1".to_owned())
    );
    assert_eq!(rank(&evaluation).scorecard.status, ResultStatus::Final);
    evaluation.set_recused(ben, Some(a), false);
    assert_eq!(rank(&evaluation).total("A"), "50/1");
    evaluation.set_recused(ben, None, true);
    assert_eq!(rank(&evaluation).total("A"), "100/1");
}

#[test]
fn exported_scores_leave_out_whoever_is_recused_and_come_to_the_same_total() {
    let set = set(TWO);
    let rows = [
        ("A", "X", "Ana", "5"),
        ("A", "X", "Ben", "0"),
        ("A", "Y", "Ana", "5"),
        ("B", "X", "Ana", "3"),
    ];
    let mut evaluation = evaluation(&set, &rows);
    let mut evaluators = evaluation.evaluator_indices();
    let ben = evaluators
        .find(|&who| evaluation.evaluator_name(who) == "Ben")
        .unwrap();
    evaluation.set_recused(ben, None, true);
    let csv = scores_csv(&evaluation, Separator::Comma);
    let kept = "A,X,Ana,5,\nA,Y,Ana,5,\nB,X,Ana,3,\n";
    assert_eq!(
        String::from_utf8(csv).unwrap().replace('\r', ""),
        format!("\u{feff}vendor,criterion,evaluator,score,comment\n{kept}")
    );
    let xlsx = scores_xlsx(&evaluation, jiff::Timestamp::UNIX_EPOCH).unwrap();
    let mut read = Evaluation::new(Arc::clone(&set));
    read.file(read_back(&xlsx, &read)).unwrap();
    assert_eq!(rank(&read).total("A"), rank(&evaluation).total("A"));
    assert_eq!(rank(&read).total("A"), "100/1");
}

#[test]
fn an_assignment_is_owed_from_the_start_and_nothing_beyond_it() {
    let set = set(TWO);
    let mut evaluation = evaluation(
        &set,
        &[
            ("A", "X", "Ana", "4"),
            ("B", "X", "Ana", "4"),
            ("B", "Y", "Ana", "1"),
        ],
    );
    let ana = evaluation.evaluator_indices().next().unwrap();
    assert_eq!(rank(&evaluation).cell("A", "Y").owed_by, [ana]);
    evaluation.assign(
        ana,
        Some(BTreeSet::from([set.criterion_index("X").unwrap()])),
    );
    assert!(rank(&evaluation).cell("A", "Y").owed_by.is_empty());
    evaluation.assign(ana, None);
    assert_eq!(rank(&evaluation).cell("A", "Y").owed_by, [ana]);
}

#[test]
fn a_sheet_that_names_nobody_may_neither_change_nor_take_away_what_the_panel_said() {
    let set = set(TWO);
    let nameless = |score| sheet_of_nobody(&set, &[("A", "X", "panel", score)]);
    let mut evaluation = Evaluation::new(Arc::clone(&set));
    evaluation.file(nameless("3")).unwrap();
    assert_eq!(evaluation.file(nameless("3")).unwrap().unchanged, 1);
    for score in ["4", "clear"] {
        let refused = Err(vec![Refusal::EvaluatorNeeded { changed: 1 }]);
        assert_eq!(evaluation.file(nameless(score)), refused, "{score}");
    }
    assert_eq!(
        evaluation
            .file(sheet(&set, &[("A", "X", "panel", "4")]))
            .unwrap()
            .changed,
        1
    );
}

/// A workbook of scores, read as one that is uploaded to a new evaluation.
fn read_back(bytes: &[u8], evaluation: &Evaluation) -> Sheet {
    let form = Form {
        tab: None,
        declared: Declared::default(),
        file_name: "scores.xlsx".to_owned(),
        evaluator: None,
    };
    let context = Context {
        set: evaluation.set(),
        vendors: evaluation.vendors(),
        evaluators: evaluation.evaluators(),
        new_vendors: true,
        new_evaluators: true,
        consensus_needs_reason: true,
        limits: &Limits::default(),
        progress: None,
    };
    sheets::read(bytes, &form, &context).unwrap().sheet
}
