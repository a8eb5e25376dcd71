//! What was read off a sheet, and what it does to the answers.

use crate::evaluation::{Changes, Effect};
use crate::exact::plain;
use crate::reports::answer_text;
use crate::service::{Filed, Opened, Receipt, VendorSum};
use crate::sheets::{DecimalSign, Problem, Shape};
use crate::table::Encoding;

/// The most answers that are listed with what they were before.
const LISTED: usize = 100;

/// How a sheet was understood, in words.
pub(in crate::web::pages) struct Reading {
    /// What was read, and how: `Separator`, `semicolon`.
    pub(in crate::web::pages) facts: Vec<(&'static str, String)>,
    pub(in crate::web::pages) criteria: Vec<String>,
    pub(in crate::web::pages) vendors: Vec<String>,
    pub(in crate::web::pages) sums: Vec<SumRow>,
}

/// What a sheet does to the answers.
pub(in crate::web::pages) struct Answers {
    pub(in crate::web::pages) evaluators: String,
    /// `3 new, 1 changed, 0 unchanged, 0 cleared, 2 not scored`.
    pub(in crate::web::pages) counts: String,
    pub(in crate::web::pages) read_as: String,
    pub(in crate::web::pages) effects: Vec<EffectRow>,
    pub(in crate::web::pages) more_effects: usize,
    pub(in crate::web::pages) warnings: Vec<Warning>,
    pub(in crate::web::pages) more_warnings: usize,
    pub(in crate::web::pages) missing: usize,
    pub(in crate::web::pages) owing: Vec<String>,
}

/// An answer that is now another.
pub(in crate::web::pages) struct EffectRow {
    pub(in crate::web::pages) criterion: String,
    pub(in crate::web::pages) vendor: String,
    pub(in crate::web::pages) evaluator: String,
    pub(in crate::web::pages) before: String,
    pub(in crate::web::pages) after: String,
}

pub(in crate::web::pages) struct Warning {
    pub(in crate::web::pages) place: String,
    pub(in crate::web::pages) message: String,
}

impl Reading {
    pub(in crate::web::pages) fn new(receipt: &Receipt) -> Self {
        let read_as = receipt.read_as;
        let shape = match read_as.shape {
            Shape::Long => "a row for each score",
            Shape::Wide => "a row for each criterion, a column for each vendor",
            Shape::ByVendor => "a row for each vendor, a column for each criterion",
            Shape::Costs => "a row for each vendor, layer of cost and year",
        };
        let above = read_as.header_row.saturating_sub(1);
        let header = match above {
            0 => "row 1".to_owned(),
            1 => "row 2; row 1 above it is not read".to_owned(),
            _ => format!(
                "row {}; the {above} rows above it are not read",
                read_as.header_row
            ),
        };
        let mut facts = vec![("Shape", shape.to_owned())];
        facts.push(("Encoding", read_as.encoding.to_string()));
        if let Some(tab) = &receipt.tab {
            facts.push(("Tab", tab.clone()));
        }
        if read_as.encoding != Encoding::Workbook {
            facts.push(("Separator", read_as.delimiter.to_string()));
        }
        let decimals = match read_as.decimal_sign {
            DecimalSign::None => "none in the scores".to_owned(),
            sign => sign.to_string(),
        };
        facts.push(("Decimal sign", decimals));
        facts.push(("Header", header));
        facts.push(("Evaluators", receipt.evaluators.join(", ")));
        Self {
            facts,
            criteria: receipt.criteria.clone(),
            vendors: receipt.vendors.clone(),
            sums: receipt.sums.iter().map(SumRow::new).collect(),
        }
    }
}

impl Answers {
    pub(in crate::web::pages) fn new(receipt: &Receipt) -> Self {
        let progress = receipt.progress();
        let dossier = receipt.after.dossier();
        let evaluation = dossier.evaluation();
        // What is listed tells by what is not listed which answers are the same.
        let effects = match receipt.filed {
            Filed::New(_) | Filed::Checked if !receipt.keeps_back => {
                let sheet = evaluation.sheet_indices().last();
                sheet.map_or_else(Vec::new, |sheet| evaluation.effects_of(sheet))
            }
            Filed::Again(_) | Filed::New(_) | Filed::Checked => Vec::new(),
        };
        let replaced: Vec<&Effect> = effects.iter().filter(|one| one.before.is_some()).collect();
        let owing = progress
            .evaluators
            .iter()
            .filter(|one| !one.owed.is_empty());
        Self {
            evaluators: receipt.evaluators.join(", "),
            counts: counts(receipt),
            read_as: receipt.read_as.to_string(),
            more_effects: replaced.len().saturating_sub(LISTED),
            effects: replaced
                .into_iter()
                .take(LISTED)
                .map(|effect| EffectRow::new(effect, &receipt.after))
                .collect(),
            more_warnings: receipt.warnings.len().saturating_sub(LISTED),
            warnings: receipt
                .warnings
                .iter()
                .take(LISTED)
                .map(Warning::new)
                .collect(),
            missing: progress.missing(),
            owing: owing
                .map(|one| {
                    let name = evaluation.evaluator_name(one.evaluator);
                    format!("{name} {}", one.owed.len())
                })
                .collect(),
        }
    }
}

/// How many answers come and go; how many of them are others than before only where that may be seen.
fn counts(receipt: &Receipt) -> String {
    let Changes {
        new,
        changed,
        unchanged,
        cleared,
        not_scored,
    } = receipt.changes;
    let stood = if receipt.keeps_back {
        let stood = changed.saturating_add(unchanged);
        format!("{stood} in the place of an earlier answer")
    } else {
        format!("{changed} changed, {unchanged} unchanged")
    };
    format!("{new} new, {stood}, {cleared} cleared, {not_scored} not scored")
}

/// What the numbers of one vendor in the file add up to.
pub(in crate::web::pages) struct SumRow {
    pub(in crate::web::pages) vendor: String,
    pub(in crate::web::pages) numbers: usize,
    pub(in crate::web::pages) sum: String,
}

impl SumRow {
    fn new(one: &VendorSum) -> Self {
        Self {
            vendor: one.vendor.clone(),
            numbers: one.numbers,
            sum: one.sum.map(plain).unwrap_or_default(),
        }
    }
}

impl EffectRow {
    fn new(effect: &Effect, opened: &Opened) -> Self {
        let dossier = opened.dossier();
        let evaluation = dossier.evaluation();
        let criterion = dossier.set().criteria().get(effect.criterion.position());
        let text = |answer| match answer {
            Some(answer) => answer_text(answer),
            None => "no answer".to_owned(),
        };
        Self {
            criterion: criterion.map_or("", |one| one.title()).to_owned(),
            vendor: evaluation.vendor_name(effect.vendor).to_owned(),
            evaluator: evaluation.evaluator_name(effect.evaluator).to_owned(),
            before: text(effect.before),
            after: text(effect.after),
        }
    }
}

impl Warning {
    fn new(problem: &Problem) -> Self {
        let place = match (problem.row(), problem.column()) {
            (Some(row), Some(column)) => format!("Row {row}, {column}: "),
            (Some(row), None) => format!("Row {row}: "),
            (None, _) => String::new(),
        };
        Self {
            place,
            message: problem.to_string(),
        }
    }
}
