//! The crate under test, driven from the outside: texts in, JSON out.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use scorecard::criteria::{CriteriaSet, SetLimits, Weighting};
use scorecard::evaluation::{Evaluation, EvaluatorIndex, VendorIndex};
use scorecard::reports::{Detail, json, publish, scores_csv, scores_xlsx};
use scorecard::scoring;
use scorecard::sheets::{Context, Declared, Form, read};
use scorecard::table::{Limits, Name, Separator};
use serde_json::Value;

use crate::compare::differences;
use crate::model::{Case, Q, Set};
use crate::reckon::reckon;
use crate::write::{Layout, Upload, sheets, toml};

/// So many cases; a failing one is told whole, so no seed needs to be kept.
pub fn some(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 1_024,
        ..ProptestConfig::default()
    }
}

/// The case as the files that went in, to be repeated by hand.
pub fn shown(case: &Case, layout: &Layout) -> String {
    let uploads = sheets(case, layout).into_iter().map(|upload| {
        let who = upload.evaluator.unwrap_or_default();
        format!("--- {} {who}\n{}\n", upload.name, upload.text)
    });
    let uploads: String = uploads.collect();
    let taken_back = format!("excluded {:?}, recused {:?}", case.excluded, case.recused);
    format!("{}\n{uploads}{taken_back}\n", toml(&case.set))
}

/// The published result.
pub fn runs(case: &Case, layout: &Layout, lens: Option<usize>) -> Result<Value, TestCaseError> {
    let result = filed(case, layout).and_then(|evaluation| published(case, &evaluation, lens));
    result.map_err(|why| TestCaseError::fail(format!("{why}\n{}", shown(case, layout))))
}

/// Holds that the published result is the oracle's.
pub fn agrees(case: &Case, layout: &Layout, lens: Option<usize>) -> Result<Value, TestCaseError> {
    let result = runs(case, layout, lens)?;
    let differences = differences(case, lens, &reckon(case, lens), &result);
    if differences.is_empty() {
        return Ok(result);
    }
    let differences = differences.join("\n");
    let files = shown(case, layout);
    Err(TestCaseError::fail(format!("{differences}\n\n{files}")))
}

/// The published result of a story, which the oracle must agree with.
#[expect(clippy::panic, reason = "a test fails by panicking")]
pub fn agreed(case: &Case, layout: &Layout, lens: Option<usize>) -> Value {
    agrees(case, layout, lens).unwrap_or_else(|why| panic!("{why}"))
}

/// The shares the crate reads from a set, by criterion.
pub fn record_shares(set: &Set) -> Result<Vec<Q>, TestCaseError> {
    let set = parsed(set).map_err(TestCaseError::fail)?;
    let shares = Weighting::of_record(&set).shares();
    let criteria = set.indexed_criteria();
    Ok(criteria
        .map(|(index, _)| shares.of_criterion(index).to_big())
        .collect())
}

/// What kind of file scores are exported as.
#[derive(Debug, Clone, Copy)]
pub enum Exported {
    Csv(Separator),
    Xlsx,
}

/// The result of the exported scores, read into an evaluation of their own.
pub fn exported_and_read_back(
    case: &Case,
    layout: &Layout,
    lens: Option<usize>,
    as_file: Exported,
) -> Result<Value, TestCaseError> {
    let again = filed(case, layout).and_then(|evaluation| {
        let (name, exported) = match as_file {
            Exported::Csv(separator) => ("scores.csv", scores_csv(&evaluation, separator)),
            Exported::Xlsx => {
                let bytes = scores_xlsx(&evaluation, jiff::Timestamp::UNIX_EPOCH);
                ("scores.xlsx", bytes.map_err(|why| why.to_string())?)
            }
        };
        let mut other = Evaluation::new(Arc::clone(evaluation.set()));
        file(&mut other, name, None, &exported)
            .map_err(|why| format!("{why}\n{}", String::from_utf8_lossy(&exported)))?;
        published(case, &other, lens)
    });
    again.map_err(|why| TestCaseError::fail(format!("{why}\n{}", shown(case, layout))))
}

fn parsed(set: &Set) -> Result<Arc<CriteriaSet>, String> {
    let set = CriteriaSet::parse(&toml(set), &SetLimits::default());
    set.map(Arc::new).map_err(|problems| told(&problems))
}

fn told(problems: &[impl ToString]) -> String {
    let problems = problems.iter().map(ToString::to_string);
    problems.collect::<Vec<_>>().join("\n")
}

/// The evaluation that the files of a case add up to.
pub fn filed(case: &Case, layout: &Layout) -> Result<Evaluation, String> {
    let mut evaluation = Evaluation::new(parsed(&case.set)?);
    for Upload {
        name,
        text,
        evaluator,
    } in sheets(case, layout)
    {
        file(
            &mut evaluation,
            &name,
            evaluator.as_deref(),
            text.as_bytes(),
        )?;
    }
    for &vendor in &case.excluded {
        let vendor = vendor_named(&evaluation, &case.vendors[vendor])?;
        evaluation.set_excluded(vendor, true);
    }
    for &(evaluator, vendor) in &case.recused {
        let evaluator = evaluator_named(&evaluation, &case.evaluators[evaluator])?;
        let vendor = vendor
            .map(|vendor| vendor_named(&evaluation, &case.vendors[vendor]))
            .transpose()?;
        evaluation.set_recused(evaluator, vendor, true);
    }
    Ok(evaluation)
}

fn file(
    evaluation: &mut Evaluation,
    name: &str,
    evaluator: Option<&str>,
    bytes: &[u8],
) -> Result<(), String> {
    let named = evaluator.map(Name::parse).transpose();
    let form = Form {
        tab: None,
        declared: Declared::default(),
        file_name: name.to_owned(),
        evaluator: named.map_err(|why| why.to_string())?,
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
    let sheet = read(bytes, &form, &context).map_err(|problems| told(&problems))?;
    let filed = evaluation.file(sheet.sheet);
    filed.map(drop).map_err(|refusals| told(&refusals))
}

fn vendor_named(evaluation: &Evaluation, name: &str) -> Result<VendorIndex, String> {
    let mut vendors = evaluation.vendor_indices();
    let found = vendors.find(|&vendor| evaluation.vendor_name(vendor) == name);
    found.ok_or_else(|| format!("the vendor {name} was lost"))
}

fn evaluator_named(evaluation: &Evaluation, name: &str) -> Result<EvaluatorIndex, String> {
    let mut evaluators = evaluation.evaluator_indices();
    let found = evaluators.find(|&evaluator| evaluation.evaluator_name(evaluator) == name);
    found.ok_or_else(|| format!("the evaluator {name} was lost"))
}

fn published(case: &Case, evaluation: &Evaluation, lens: Option<usize>) -> Result<Value, String> {
    let lens = lens.and_then(|at| evaluation.set().lens(&case.set.lenses[at].id));
    let card = scoring::rank(evaluation, lens);
    let mut out = Vec::new();
    let written = json(&publish(evaluation, &card, Detail::Full), &mut out);
    written.map_err(|why| why.to_string())?;
    serde_json::from_slice(&out).map_err(|why| why.to_string())
}
