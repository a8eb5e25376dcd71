//! What would be as JSON: a result like any other, with what is different about it beside.

use std::io::{self, Write};

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::criteria::Node;
use crate::evaluation::Evaluation;
use crate::exact::plain;
use crate::reports::figure::{Ends, Figure, figures};
use crate::reports::published::Published;
use crate::reports::words::{gate_on, outcome};
use crate::scoring::what_if::Outcome;
use crate::scoring::{Scorecard, Without};

use super::named::NamedFigure;
use super::{result, write_pretty};

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct WhatIfAsked<'a> {
    /// The lens whose weights it starts from; `None` for the record's.
    pub lens: Option<&'a str>,
    /// Shares among siblings, in percent.
    pub shares: &'a [(Node, Decimal)],
    /// The share of all prices in the whole, in percent.
    pub price: Option<Decimal>,
    /// Who is left out.
    pub without: &'a Without,
}

#[derive(Serialize)]
pub(super) struct WhatIfJson<'a> {
    lens: Option<&'a str>,
    weights: Shares<'a>,
    price: Option<String>,
    without: Vec<&'a str>,
    without_evaluators: Vec<&'a str>,
    /// The gates that would be decided otherwise.
    gates: Vec<GateJson<'a>>,
    vendors: Vec<BesideJson<'a>>,
}

/// Shares by id.
struct Shares<'a>(Vec<(&'a str, String)>);

impl Serialize for Shares<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, share)| (id, share)))
    }
}

#[derive(Serialize)]
struct GateJson<'a> {
    vendor: &'a str,
    on: &'a str,
    before: &'static str,
    then: &'static str,
}

/// A vendor beside the record.
#[derive(Serialize)]
struct BesideJson<'a> {
    vendor: &'a str,
    /// Its rank in the record.
    record_rank: Option<u32>,
    rank: Option<u32>,
    #[serde(flatten)]
    gap: NamedFigure<'a>,
}

/// Writes what would be.
///
/// # Errors
/// Whatever the writer says.
pub fn what_if_json(
    evaluation: &Evaluation,
    record: &Scorecard,
    published: &Published<'_>,
    found: &Outcome,
    asked: WhatIfAsked<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let set = evaluation.set();
    let gaps: Vec<_> = found.gaps.iter().map(|(_, gap)| gap.clone()).collect();
    let gaps: Vec<Figure> = figures(&gaps, Ends::WhereOpen);
    let beside = found.card.vendors.iter().zip(&gaps);
    let what_if = WhatIfJson {
        lens: asked.lens,
        weights: Shares(
            asked
                .shares
                .iter()
                .map(|(node, share)| (node.id(set), plain(*share)))
                .collect(),
        ),
        price: asked.price.map(plain),
        without: asked
            .without
            .vendors()
            .map(|one| evaluation.vendor_name(one))
            .collect(),
        without_evaluators: asked
            .without
            .evaluators()
            .map(|one| evaluation.evaluator_name(one))
            .collect(),
        gates: found
            .gates
            .iter()
            .map(|one| GateJson {
                vendor: evaluation.vendor_name(one.vendor),
                on: gate_on(set, one.on),
                before: outcome(one.before),
                then: outcome(one.then),
            })
            .collect(),
        vendors: beside
            .map(|(card, gap)| BesideJson {
                vendor: evaluation.vendor_name(card.vendor),
                record_rank: record.vendor(card.vendor).and_then(|one| one.rank),
                rank: card.rank,
                gap: NamedFigure {
                    name: "gap",
                    figure: gap,
                },
            })
            .collect(),
    };
    write_pretty(&result(published, Some(what_if)), out)
}
