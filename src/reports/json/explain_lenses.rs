//! The record's weights and every lens side by side, and a mix of any two, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::criteria::{Lens, Node};
use crate::evaluation::Evaluation;
use crate::reports::figure::{Ends, Figure, figures};
use crate::reports::published::{Published, PublishedVendor};
use crate::reports::views::mix::printed_ends;
use crate::reports::words::vendor_status;
use crate::scoring::explain::{Disagreement, best_worst_rank, disagreement};
use crate::scoring::firmness::Mix;
use crate::scoring::{Bounds, Scorecard};

use super::explain::vendors;
use super::named::NamedFigure;
use super::write_pretty;

#[derive(Serialize)]
struct LensesJson<'a> {
    views: Vec<ViewJson<'a>>,
    best_worst_rank: Option<BestWorstJson<'a>>,
    /// Every two views that put different vendors first.
    disagreements: Vec<PartingJson<'a>>,
}

#[derive(Serialize)]
struct ViewJson<'a> {
    /// Null for the record's weights.
    lens: Option<&'a str>,
    title: Option<&'a str>,
    vendors: Vec<SeenJson<'a>>,
}

#[derive(Serialize)]
struct SeenJson<'a> {
    vendor: &'a str,
    status: &'static str,
    rank: Option<u32>,
    rank_best: Option<u32>,
    rank_worst: Option<u32>,
    #[serde(flatten)]
    total: NamedFigure<'a>,
}

#[derive(Serialize)]
struct BestWorstJson<'a> {
    rank: u32,
    vendors: Vec<&'a str>,
}

#[derive(Serialize)]
struct PartingJson<'a> {
    one: Option<&'a str>,
    other: Option<&'a str>,
    /// Whom either puts first.
    first: &'a str,
    second: &'a str,
    /// How much more `one` has `first` ahead of `second` than `other` does, in points of 100.
    difference_exact: EndsJson,
    /// They add up to the difference, the one that parts the views most first.
    criteria: Vec<PartingOnJson<'a>>,
}

/// The least and the most of a value; they are the same where nothing missing can move it.
#[derive(Serialize)]
struct EndsJson {
    low: String,
    high: String,
}

#[derive(Serialize)]
struct PartingOnJson<'a> {
    id: &'a str,
    title: &'a str,
    in_one_exact: EndsJson,
    in_other_exact: EndsJson,
    difference: String,
    difference_exact: EndsJson,
}

/// Writes several views of one result side by side: the first one's vendors give the order of names.
///
/// # Errors
/// Whatever the writer says.
pub fn lenses_json(
    evaluation: &Evaluation,
    views: &[(&Scorecard, &Published<'_>)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let cards: Vec<&Scorecard> = views.iter().map(|(card, _)| *card).collect();
    let best = best_worst_rank(&cards).filter(|_| views.len() > 1);
    let pairs = cards.iter().enumerate().flat_map(|(at, one)| {
        let others = cards.iter().skip(at.saturating_add(1));
        others.map(move |other| (*one, *other))
    });
    let told = LensesJson {
        views: views.iter().map(|(_, view)| view_json(view)).collect(),
        best_worst_rank: best.map(|(rank, found)| BestWorstJson {
            rank,
            vendors: vendors(evaluation, &found),
        }),
        disagreements: pairs
            .filter_map(|(one, other)| {
                let found = disagreement(one, other)?;
                Some(parting(evaluation, (one, other), &found))
            })
            .collect(),
    };
    write_pretty(&told, out)
}

fn view_json<'a>(view: &'a Published<'a>) -> ViewJson<'a> {
    let seen = |one: &'a PublishedVendor| SeenJson {
        vendor: view.vendor_name(one),
        status: vendor_status(one.status),
        rank: one.rank,
        rank_best: one.rank_range.map(|(best, _)| best),
        rank_worst: one.rank_range.map(|(_, worst)| worst),
        total: NamedFigure {
            name: "total",
            figure: &one.total,
        },
    };
    ViewJson {
        lens: view.lens.map(Lens::id),
        title: view.lens.map(Lens::title),
        vendors: view.vendors.iter().map(seen).collect(),
    }
}

fn parting<'a>(
    evaluation: &'a Evaluation,
    (one, other): (&'a Scorecard, &'a Scorecard),
    found: &Disagreement,
) -> PartingJson<'a> {
    let set = evaluation.set();
    let column = found.criteria.iter();
    let column: Vec<_> = column.map(|on| Some(on.difference.clone())).collect();
    let printed = figures(&column, Ends::WhereOpen);
    let rows = found.criteria.iter().zip(&printed);
    PartingJson {
        one: one.lens.as_deref(),
        other: other.lens.as_deref(),
        first: evaluation.vendor_name(found.first),
        second: evaluation.vendor_name(found.second),
        difference_exact: ends(&found.total),
        criteria: rows
            .map(|(on, printed)| {
                let node = Node::Criterion(on.criterion);
                PartingOnJson {
                    id: node.id(set),
                    title: node.title(set),
                    in_one_exact: ends(&on.in_first),
                    in_other_exact: ends(&on.in_second),
                    difference: Figure::shown(printed),
                    difference_exact: ends(&on.difference),
                }
            })
            .collect(),
    }
}

fn ends(bounds: &Bounds) -> EndsJson {
    EndsJson {
        low: bounds.low.to_string(),
        high: bounds.high.to_string(),
    }
}

#[derive(Serialize)]
struct MixJson<'a> {
    /// Null for the record's weights.
    from: Option<&'a str>,
    to: Option<&'a str>,
    stretches: Vec<StretchJson<'a>>,
}

/// A part of the way with the same vendors first, in percent of the second.
#[derive(Serialize)]
struct StretchJson<'a> {
    from: String,
    to: String,
    /// The end as a fraction of the way; null where it is none.
    to_exact: Option<String>,
    /// Nobody while it is undecided.
    first: Vec<&'a str>,
}

/// Writes who is first in every mix of two weightings; `None` is the record.
///
/// # Errors
/// Whatever the writer says.
pub fn mix_json(
    evaluation: &Evaluation,
    (from, to): (Option<&Lens>, Option<&Lens>),
    found: &Mix,
    out: &mut dyn Write,
) -> io::Result<()> {
    let printed = printed_ends(found);
    let starts = printed.iter().map(|(_, start)| start);
    let ends = printed.iter().skip(1).map(|(end, _)| end);
    let rows = found.stretches.iter().zip(starts.zip(ends));
    let told = MixJson {
        from: from.map(Lens::id),
        to: to.map(Lens::id),
        stretches: rows
            .map(|(stretch, (from, to))| StretchJson {
                from: from.clone(),
                to: to.clone(),
                to_exact: stretch.exact.then(|| stretch.to.to_string()),
                first: vendors(evaluation, &stretch.first),
            })
            .collect(),
    };
    write_pretty(&told, out)
}
