//! How much the evaluators agree, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::evaluation::Evaluation;
use crate::exact::{Fraction, column};
use crate::scoring::agreement::{Agreement, Alpha, Concordance, Unit};

use super::number::Rounded;
use super::write_pretty;

/// The decimals of coefficients.
const PLACES: usize = 4;
/// The most decimals of a probability.
const MOST_PLACES: usize = 12;

/// Writes how much the evaluators agree as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn agreement_json(
    evaluation: &Evaluation,
    agreement: &Agreement,
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = |&evaluator| evaluation.evaluator_name(evaluator);
    let json = AgreementJson {
        kendall_w: agreement.concordance.as_ref().map(ConcordanceJson::new),
        left_out_of_w: agreement.left_out.iter().map(name).collect(),
        krippendorff_alpha: AlphaJson::new(&agreement.alpha),
        unit: match agreement.unit {
            Unit::Score => "score",
            Unit::Points => "points of 100",
        },
        evaluators: raters(evaluation, agreement),
    };
    write_pretty(&json, out)
}

#[derive(Serialize)]
struct AgreementJson<'a> {
    kendall_w: Option<ConcordanceJson<'a>>,
    left_out_of_w: Vec<&'a str>,
    krippendorff_alpha: AlphaJson<'a>,
    unit: &'static str,
    evaluators: Vec<RaterJson<'a>>,
}

#[derive(Serialize)]
struct ConcordanceJson<'a> {
    w: Rounded<'a>,
    chi_squared: Rounded<'a>,
    df: usize,
    p: Option<Rounded<'a>>,
    evaluators: usize,
    vendors: usize,
}

impl<'a> ConcordanceJson<'a> {
    fn new(concordance: &'a Concordance) -> Self {
        Self {
            w: rounded(&concordance.w),
            chi_squared: rounded(&concordance.chi_squared),
            df: concordance.df,
            p: concordance.p.as_ref().map(probability),
            evaluators: concordance.raters,
            vendors: concordance.vendors,
        }
    }
}

#[derive(Serialize)]
struct AlphaJson<'a> {
    nominal: Option<Rounded<'a>>,
    ordinal: Option<Rounded<'a>>,
    interval: Option<Rounded<'a>>,
    ratio: Option<Rounded<'a>>,
}

impl<'a> AlphaJson<'a> {
    fn new(alpha: &'a Alpha) -> Self {
        Self {
            nominal: alpha.nominal.as_ref().map(rounded),
            ordinal: alpha.ordinal.as_ref().map(rounded),
            interval: alpha.interval.as_ref().map(rounded),
            ratio: alpha.ratio.as_ref().map(rounded),
        }
    }
}

#[derive(Serialize)]
struct RaterJson<'a> {
    evaluator: &'a str,
    leniency: Option<String>,
    spread: Option<String>,
    correlation: Option<Rounded<'a>>,
    scale_used: Option<String>,
    scores: usize,
}

fn raters<'a>(evaluation: &'a Evaluation, agreement: &'a Agreement) -> Vec<RaterJson<'a>> {
    let raters = || agreement.raters.iter();
    let texts = |values: Vec<Option<&Fraction>>| column(&values).into_iter();
    let leniency = texts(raters().map(|rater| rater.leniency.as_ref()).collect());
    let spread = texts(raters().map(|rater| rater.spread.as_ref()).collect());
    let used = texts(raters().map(|rater| rater.scale_used.as_ref()).collect());
    raters()
        .zip(leniency.zip(spread.zip(used)))
        .map(|(rater, (leniency, (spread, scale_used)))| RaterJson {
            evaluator: evaluation.evaluator_name(rater.evaluator),
            leniency,
            spread,
            correlation: rater.correlation.as_ref().map(rounded),
            scale_used,
            scores: rater.scores,
        })
        .collect()
}

fn rounded(value: &Fraction) -> Rounded<'_> {
    Rounded {
        value,
        places: PLACES,
    }
}

/// A small probability takes the decimals that show two of its digits.
fn probability(value: &Fraction) -> Rounded<'_> {
    let mut places = PLACES;
    let mut least = Fraction::new(1, 1000).unwrap_or_else(Fraction::zero);
    let tenth = Fraction::new(1, 10).unwrap_or_else(Fraction::zero);
    while places < MOST_PLACES && *value < least {
        places = places.saturating_add(1);
        least = &least * &tenth;
    }
    Rounded { value, places }
}
