//! How firm a result is, as JSON.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::criteria::{CriteriaSet, Node};
use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::{Fraction, PLACES, fixed, square_root};
use crate::scoring::draws::{Accepted, Drawn, Plan};
use crate::scoring::firmness::{
    Dominated, LeftOut, Limit, Reason, SmallestFlip, Stability, Verdict,
};
use crate::scoring::{Assessment, METHOD_VERSION};

use super::number::Rounded;
use super::opinions::{OpinionJson, opinions};
use super::write_pretty;

/// The decimals of parts of the draws, and of mean weights.
const PART_PLACES: usize = 6;

/// Writes how firm a result is as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn firmness_json(
    evaluation: &Evaluation,
    assessment: &Assessment,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (firmness, drawn) = (&assessment.firmness, &assessment.drawn);
    let names = |vendors: &[VendorIndex]| names(evaluation, vendors);
    let errors = drawn.vendors.iter();
    let errors: Vec<Errors> = errors
        .map(|vendor| Errors::of(vendor, drawn.plan.draws))
        .collect();
    let first = assessment.first_in_band.as_ref();
    let first_error = first.map(|first| standard_error(first, Plan::USUAL.draws));
    let json = FirmnessJson {
        verdict: assessment.verdict.code(),
        reasons: reasons(evaluation, &assessment.verdict),
        method: MethodJson {
            draws: drawn.plan.draws,
            seed: drawn.plan.seed,
            weights: drawn.plan.weights.to_string(),
            version: METHOD_VERSION,
        },
        first_in_band: first.map(part),
        first_in_band_standard_error: first_error.as_ref().map(part),
        acceptability: drawn
            .vendors
            .iter()
            .zip(&errors)
            .map(|(vendor, errors)| AcceptedJson::new(evaluation, drawn, vendor, errors))
            .collect(),
        stability: firmness
            .stability
            .iter()
            .map(|node| StabilityJson::new(evaluation, node))
            .collect(),
        smallest_flip: firmness
            .smallest_flip
            .as_ref()
            .map(|flip| FlipJson::new(evaluation, flip)),
        dominated: firmness
            .dominated
            .iter()
            .map(|Dominated { vendor, by }| DominatedJson {
                vendor: evaluation.vendor_name(*vendor),
                by: names(by),
            })
            .collect(),
        never_first: firmness.never_first.as_deref().map(names),
        second_opinions: opinions(evaluation, &assessment.opinions),
    };
    write_pretty(&json, out)
}

#[derive(Serialize)]
struct FirmnessJson<'a> {
    verdict: &'static str,
    reasons: Vec<ReasonJson<'a>>,
    method: MethodJson,
    first_in_band: Option<Rounded<'a>>,
    first_in_band_standard_error: Option<Rounded<'a>>,
    acceptability: Vec<AcceptedJson<'a>>,
    stability: Vec<StabilityJson<'a>>,
    smallest_flip: Option<FlipJson<'a>>,
    dominated: Vec<DominatedJson<'a>>,
    never_first: Option<Vec<&'a str>>,
    second_opinions: Vec<OpinionJson<'a>>,
}

#[derive(Serialize)]
struct MethodJson {
    draws: u32,
    seed: u64,
    weights: String,
    version: &'static str,
}

/// Why it is a close call.
#[derive(PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
enum ReasonJson<'a> {
    Shared,
    SmallLead {
        lead: String,
    },
    WithoutVendor {
        vendor: &'a str,
    },
    /// Who, is told to whoever chairs: the comparison of the evaluators names them.
    WithoutEvaluator,
}

impl<'a> ReasonJson<'a> {
    fn new(evaluation: &'a Evaluation, reason: &Reason) -> Self {
        match reason {
            Reason::Shared => Self::Shared,
            Reason::SmallLead { lead } => Self::SmallLead {
                lead: fixed(lead, PLACES),
            },
            Reason::Without(LeftOut::Vendor(vendor)) => Self::WithoutVendor {
                vendor: evaluation.vendor_name(*vendor),
            },
            Reason::Without(LeftOut::Evaluator(_)) => Self::WithoutEvaluator,
        }
    }
}

/// The reasons, each once: several evaluators without whom another vendor is first are not told apart.
fn reasons<'a>(evaluation: &'a Evaluation, verdict: &Verdict) -> Vec<ReasonJson<'a>> {
    let mut told = Vec::new();
    for reason in verdict.reasons() {
        let reason = ReasonJson::new(evaluation, reason);
        if !told.contains(&reason) {
            told.push(reason);
        }
    }
    told
}

#[derive(Serialize)]
struct AcceptedJson<'a> {
    vendor: &'a str,
    ranks: Vec<Rounded<'a>>,
    /// Of the ranks, place by place.
    standard_errors: Vec<Rounded<'a>>,
    central_weights: Option<ByName<'a>>,
    confidence: Option<Rounded<'a>>,
    confidence_standard_error: Option<Rounded<'a>>,
    ahead_of: Option<ByName<'a>>,
    ahead_of_standard_errors: Option<ByName<'a>>,
}

impl<'a> AcceptedJson<'a> {
    fn new(
        evaluation: &'a Evaluation,
        drawn: &'a Drawn,
        accepted: &'a Accepted,
        errors: &'a Errors,
    ) -> Self {
        let criteria = evaluation.set().criteria().iter();
        let weights = accepted.central_weights.as_ref().map(|weights| {
            let shares = criteria.zip(weights);
            // What weighs nothing in any draw says nothing.
            let weighed = shares.filter(|(_, share)| !share.is_zero());
            ByName(weighed.map(|(of, share)| (of.id(), part(share))).collect())
        });
        let of_others = |parts: &'a Vec<Fraction>| {
            let others = drawn.vendors.iter().zip(parts);
            let others = others.filter(|(other, _)| other.vendor != accepted.vendor);
            let named = others.map(|(other, value)| {
                let name = evaluation.vendor_name(other.vendor);
                (name, part(value))
            });
            ByName(named.collect())
        };
        Self {
            vendor: evaluation.vendor_name(accepted.vendor),
            ranks: accepted.ranks.iter().map(part).collect(),
            standard_errors: errors.ranks.iter().map(part).collect(),
            central_weights: weights,
            confidence: accepted.confidence.as_ref().map(part),
            confidence_standard_error: errors.confidence.as_ref().map(part),
            ahead_of: accepted.ahead_of.as_ref().map(of_others),
            ahead_of_standard_errors: errors.ahead_of.as_ref().map(of_others),
        }
    }
}

/// Numbers by name, in their order.
struct ByName<'a>(Vec<(&'a str, Rounded<'a>)>);

impl Serialize for ByName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(entries) = self;
        let mut map = serializer.serialize_map(Some(entries.len()))?;
        for (name, number) in entries {
            map.serialize_entry(name, number)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct StabilityJson<'a> {
    on: &'a str,
    share: String,
    first_place: IntervalJson,
    /// Who is first beyond the nearer end; null if neither end is one.
    flips_to: Option<&'a str>,
    below: Vec<&'a str>,
    above: Vec<&'a str>,
}

#[derive(Serialize)]
struct IntervalJson {
    low: String,
    high: String,
    low_exact: Option<String>,
    high_exact: Option<String>,
}

impl<'a> StabilityJson<'a> {
    fn new(evaluation: &'a Evaluation, node: &Stability) -> Self {
        let (low, high) = (&node.low, &node.high);
        let way = |limit: &Limit| {
            let way = &limit.at - &node.share;
            if way.is_negative() { -&way } else { way }
        };
        let ends = [low, high].into_iter();
        let flipping = ends.filter(|limit| !limit.flips_to.is_empty());
        let nearest = flipping.min_by_key(|limit| way(limit));
        let first = nearest.and_then(|limit| limit.flips_to.first());
        Self {
            on: id(evaluation.set(), node.on),
            share: fixed(&node.share.percent(), PLACES),
            first_place: IntervalJson {
                low: end(low, &node.share),
                high: end(high, &node.share),
                low_exact: low.exact.then(|| low.at.to_string()),
                high_exact: high.exact.then(|| high.at.to_string()),
            },
            flips_to: first.map(|vendor| evaluation.vendor_name(*vendor)),
            below: names(evaluation, &low.flips_to),
            above: names(evaluation, &high.flips_to),
        }
    }
}

#[derive(Serialize)]
struct FlipJson<'a> {
    on: &'a str,
    from: String,
    to: String,
    winner: &'a str,
    /// The part of the whole weight that moves, in percent.
    moved: String,
}

impl<'a> FlipJson<'a> {
    fn new(evaluation: &'a Evaluation, flip: &SmallestFlip) -> Self {
        Self {
            on: id(evaluation.set(), flip.on),
            from: fixed(&flip.from.percent(), PLACES),
            to: end(&flip.to, &flip.from),
            winner: evaluation.vendor_name(flip.winner),
            moved: fixed(&flip.moved.percent(), PLACES),
        }
    }
}

#[derive(Serialize)]
struct DominatedJson<'a> {
    vendor: &'a str,
    by: Vec<&'a str>,
}

fn id(set: &CriteriaSet, node: Node) -> &str {
    node.id(set)
}

fn names<'a>(evaluation: &'a Evaluation, vendors: &[VendorIndex]) -> Vec<&'a str> {
    let names = vendors.iter();
    names
        .map(|&vendor| evaluation.vendor_name(vendor))
        .collect()
}

fn part(value: &Fraction) -> Rounded<'_> {
    Rounded {
        value,
        places: PART_PLACES,
    }
}

/// The end of an interval in percent. One that is no fraction is rounded to where first place certainly stays.
fn end(limit: &Limit, share: &Fraction) -> String {
    let percent = limit.at.percent();
    if limit.exact {
        return fixed(&percent, PLACES);
    }
    let hundredths = percent.percent();
    let inward = if limit.at < *share {
        -&(-&hundredths).floor()
    } else {
        hundredths.floor()
    };
    let percent = inward.over(&Fraction::hundred());
    fixed(&percent.unwrap_or(inward), PLACES)
}

/// How far the figures of one vendor may be off, place by place and vendor by vendor.
struct Errors {
    ranks: Vec<Fraction>,
    confidence: Option<Fraction>,
    ahead_of: Option<Vec<Fraction>>,
}

impl Errors {
    fn of(accepted: &Accepted, draws: u32) -> Self {
        let each = |parts: &Vec<Fraction>| {
            let parts = parts.iter();
            parts.map(|part| standard_error(part, draws)).collect()
        };
        Self {
            ranks: each(&accepted.ranks),
            confidence: accepted
                .confidence
                .as_ref()
                .map(|part| standard_error(part, draws)),
            ahead_of: accepted.ahead_of.as_ref().map(each),
        }
    }
}

/// How far a part of so many draws may be off: the root of p (1 − p) / n.
fn standard_error(part: &Fraction, draws: u32) -> Fraction {
    let variance = part * &(&Fraction::one() - part);
    let variance = variance.over(&Fraction::whole(i64::from(draws)));
    let root = variance.and_then(|variance| square_root(&variance, 12));
    root.unwrap_or_else(Fraction::zero)
}
