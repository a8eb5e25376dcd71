//! How much the evaluators agree, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::criteria::Node;
use crate::evaluation::Evaluation;
use crate::exact::{Fraction, column};
use crate::reports::words;
use crate::scoring::agreement::{Agreement, Alpha, Concordance, Hole, Rater, Unit};
use crate::scoring::firmness::{LeaveOut, LeftOut};

use super::number::Rounded;
use super::write_pretty;

/// The decimals of coefficients.
const PLACES: usize = 4;
/// The most decimals of a probability.
const MOST_PLACES: usize = 12;

/// Writes how much the evaluators agree as JSON; `leave_outs` are the results without one of them.
///
/// # Errors
/// Whatever the writer says.
pub fn agreement_json(
    evaluation: &Evaluation,
    agreement: &Agreement,
    leave_outs: &[LeaveOut],
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = |&evaluator| evaluation.evaluator_name(evaluator);
    let json = AgreementJson {
        kendall_w: agreement.concordance.as_ref().map(ConcordanceJson::new),
        left_out_of_w: agreement.left_out.iter().map(name).collect(),
        left_out_because: because(evaluation, agreement),
        kendall_w_over_complete_vendors: agreement.over_complete.as_ref().map(|over| {
            let without = over.without.iter();
            OverCompleteJson {
                concordance: ConcordanceJson::new(&over.concordance),
                without: without.map(|&one| evaluation.vendor_name(one)).collect(),
            }
        }),
        krippendorff_alpha: AlphaJson::new(&agreement.alpha),
        unit: match agreement.unit {
            Unit::Score => "score",
            Unit::Points => "points of 100",
        },
        evaluators: raters(evaluation, agreement, leave_outs),
    };
    write_pretty(&json, out)
}

#[derive(Serialize)]
struct AgreementJson<'a> {
    kendall_w: Option<ConcordanceJson<'a>>,
    left_out_of_w: Vec<&'a str>,
    left_out_because: Vec<HolesJson<'a>>,
    /// Null where everybody scored every vendor whole, or where too few vendors are left.
    kendall_w_over_complete_vendors: Option<OverCompleteJson<'a>>,
    krippendorff_alpha: AlphaJson<'a>,
    unit: &'static str,
    evaluators: Vec<RaterJson<'a>>,
}

/// Why an evaluator's order of the vendors is not known.
#[derive(Serialize)]
struct HolesJson<'a> {
    evaluator: &'a str,
    /// How many scores on what weighs in their panel are missing.
    holes: usize,
    /// The first of them, in page order.
    first: Option<HoleJson<'a>>,
}

#[derive(Serialize)]
struct HoleJson<'a> {
    vendor: &'a str,
    criterion: &'a str,
    /// What they answered instead of a score.
    answer: &'static str,
}

#[derive(Serialize)]
struct OverCompleteJson<'a> {
    #[serde(flatten)]
    concordance: ConcordanceJson<'a>,
    without: Vec<&'a str>,
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
    /// Who would be first without them: nobody while that is undecided, null where leaving them out says nothing.
    first_without: Option<Vec<&'a str>>,
    changes_winner: bool,
}

fn because<'a>(evaluation: &'a Evaluation, agreement: &Agreement) -> Vec<HolesJson<'a>> {
    let left_out = agreement.left_out.iter().map(|&evaluator| {
        let holes = agreement.holes.iter();
        let own: Vec<&Hole> = holes.filter(|hole| hole.evaluator == evaluator).collect();
        HolesJson {
            evaluator: evaluation.evaluator_name(evaluator),
            holes: own.len(),
            first: own.first().map(|hole| HoleJson {
                vendor: evaluation.vendor_name(hole.vendor),
                criterion: Node::Criterion(hole.criterion).id(evaluation.set()),
                answer: words::instead_of_a_score(evaluation, hole),
            }),
        }
    });
    left_out.collect()
}

fn raters<'a>(
    evaluation: &'a Evaluation,
    agreement: &'a Agreement,
    leave_outs: &[LeaveOut],
) -> Vec<RaterJson<'a>> {
    let without = |rater: &Rater| {
        let mut found = leave_outs.iter();
        found.find(|one| one.left_out == LeftOut::Evaluator(rater.evaluator))
    };
    let names = |one: &LeaveOut| {
        let first = one.first_then.iter();
        first.map(|&one| evaluation.vendor_name(one)).collect()
    };
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
            first_without: without(rater).map(names),
            changes_winner: without(rater).is_some_and(LeaveOut::changes_winner),
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
