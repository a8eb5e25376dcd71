//! What is missing and could still change the order, and what to talk about first, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::criteria::{Criterion, CriterionIndex};
use crate::evaluation::{Evaluation, EvaluatorIndex, VendorIndex};
use crate::exact::{Fraction, MAX_PLACES, trimmed};
use crate::reports::figure::{Number, numbers};
use crate::reports::views::missing::waited_for;
use crate::scoring::Scorecard;
use crate::scoring::explain::{AgendaItem, Missing, agenda, missing};

use super::named::Named;
use super::write_pretty;

#[derive(Serialize)]
struct MissingJson<'a> {
    lens: Option<&'a str>,
    headline: String,
    missing: Vec<MissingRow<'a>>,
}

#[derive(Serialize)]
struct MissingRow<'a> {
    vendor: &'a str,
    criterion: &'a str,
    title: &'a str,
    /// How far it can move a total, in points of 100.
    #[serde(flatten)]
    moves: Named<'a>,
    opens_gate: bool,
    moves_first: bool,
    /// Whose place beside this vendor's is open.
    beside: Vec<&'a str>,
    owed_by: Vec<&'a str>,
}

/// Writes which missing answers could still change the order, those that hold a gate open first, then by how much they move.
///
/// # Errors
/// Whatever the writer says.
pub fn missing_json(
    evaluation: &Evaluation,
    card: &Scorecard,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = missing(evaluation.set(), card);
    let moves: Vec<_> = found.iter().map(|one| Some(one.moves.clone())).collect();
    let moves = numbers(&moves);
    let rows = found.iter().zip(&moves);
    let told = MissingJson {
        lens: card.lens.as_deref(),
        headline: waited_for(evaluation, &found).to_string(),
        missing: rows
            .map(|(one, moves)| missing_row(evaluation, one, moves.as_ref()))
            .collect(),
    };
    write_pretty(&told, out)
}

fn missing_row<'a>(
    evaluation: &'a Evaluation,
    one: &Missing,
    moves: Option<&'a Number>,
) -> MissingRow<'a> {
    let (criterion, title) = named(evaluation, one.criterion);
    MissingRow {
        vendor: evaluation.vendor_name(one.vendor),
        criterion,
        title,
        moves: Named::number("moves", moves),
        opens_gate: one.opens_gate,
        moves_first: one.moves_first,
        beside: vendors(evaluation, &one.beside),
        owed_by: people(evaluation, &one.owed_by),
    }
}

#[derive(Serialize)]
struct AgendaJson<'a> {
    lens: Option<&'a str>,
    /// From which part of a scale on a cell is flagged.
    flag_exact: String,
    cells: Vec<AgendaRow<'a>>,
}

#[derive(Serialize)]
struct AgendaRow<'a> {
    vendor: &'a str,
    criterion: &'a str,
    title: &'a str,
    /// The part of the whole that is at stake, in percent.
    #[serde(flatten)]
    share: Named<'a>,
    /// The highest score less the lowest.
    spread: String,
    spread_exact: String,
    /// The spread as a part of the scale, from 0 to 1.
    spread_of_scale_exact: String,
    contradiction: bool,
    flagged: bool,
    settled: bool,
}

/// Writes the cells about which the evaluators differ, by share times spread: how much, and not what anybody gave.
///
/// # Errors
/// Whatever the writer says.
pub fn agenda_json(
    evaluation: &Evaluation,
    card: &Scorecard,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = agenda(evaluation, card);
    let shares: Vec<_> = found
        .iter()
        .map(|item| Some(item.share.percent()))
        .collect();
    let shares = numbers(&shares);
    let cells = found.iter().zip(&shares);
    let told = AgendaJson {
        lens: card.lens.as_deref(),
        flag_exact: Fraction::from(evaluation.set().rules().flag()).to_string(),
        cells: cells
            .map(|(item, share)| agenda_row(evaluation, item, share.as_ref()))
            .collect(),
    };
    write_pretty(&told, out)
}

fn agenda_row<'a>(
    evaluation: &'a Evaluation,
    item: &AgendaItem,
    share: Option<&'a Number>,
) -> AgendaRow<'a> {
    let (criterion, title) = named(evaluation, item.criterion);
    AgendaRow {
        vendor: evaluation.vendor_name(item.vendor),
        criterion,
        title,
        share: Named::number("share", share),
        spread: trimmed(&item.spread, MAX_PLACES),
        spread_exact: item.spread.to_string(),
        spread_of_scale_exact: item.spread_of_scale.to_string(),
        contradiction: item.conflict,
        flagged: item.flagged,
        settled: item.settled,
    }
}

/// The id and the title of a criterion.
fn named(evaluation: &Evaluation, criterion: CriterionIndex) -> (&str, &str) {
    let found = evaluation.set().criteria().get(criterion.position());
    let id = found.map_or("", Criterion::id);
    (id, found.map_or("", Criterion::title))
}

pub(super) fn vendors<'a>(evaluation: &'a Evaluation, vendors: &[VendorIndex]) -> Vec<&'a str> {
    let names = vendors.iter();
    names.map(|&one| evaluation.vendor_name(one)).collect()
}

fn people<'a>(evaluation: &'a Evaluation, people: &[EvaluatorIndex]) -> Vec<&'a str> {
    let names = people.iter();
    names.map(|&one| evaluation.evaluator_name(one)).collect()
}
