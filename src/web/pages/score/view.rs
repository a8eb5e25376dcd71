//! The grid as its page shows it.

use crate::criteria::{Criterion, Kind};
use crate::reports::views::criteria::{CriterionRow, groups};
use crate::service::{GridCell, ScoreGrid};
use crate::table::name::fold;

use super::form::field;

/// From so many cells on, a page shows one vendor at a time unless it is asked for all.
const MANY: usize = 1200;

/// The vendors on top of the grid.
pub(super) struct VendorHead<'a> {
    /// The number in the list, from 1.
    pub(super) number: usize,
    pub(super) name: &'a str,
    pub(super) is_shown: bool,
    pub(super) is_alone: bool,
}

/// The criteria of one category.
pub(super) struct GridGroup<'a> {
    pub(super) title: &'a str,
    pub(super) rows: Vec<GridRow<'a>>,
}

/// One criterion.
pub(super) struct GridRow<'a> {
    pub(super) criterion: CriterionRow<'a>,
    pub(super) cells: Vec<CellView<'a>>,
}

/// One cell.
pub(super) struct CellView<'a> {
    /// What the ids of its fields end in.
    pub(super) id: String,
    pub(super) criterion: &'a str,
    pub(super) vendor: &'a str,
    pub(super) score_field: String,
    pub(super) state_field: String,
    pub(super) reason_field: String,
    /// What stands in the field of the score; `None` if it is chosen from words alone.
    pub(super) score: Option<String>,
    /// The words to choose from: what is sent, what is shown, whether it is chosen.
    pub(super) states: Vec<(&'static str, &'static str, bool)>,
    pub(super) reason: String,
    pub(super) is_unfiled: bool,
    /// What is wrong with the score, and with the reason.
    pub(super) score_problem: Option<String>,
    pub(super) reason_problem: Option<String>,
    /// What another window saved meanwhile, if it is something else.
    pub(super) meanwhile: Option<String>,
}

/// A cell with something wrong, to go to.
pub(super) struct Wrong<'a> {
    pub(super) id: String,
    pub(super) criterion: &'a str,
    pub(super) vendor: &'a str,
    pub(super) value: String,
    pub(super) message: String,
}

/// Which vendor is shown alone: the one asked for, or the first of very many cells.
pub(super) fn alone(grid: &ScoreGrid, asked: Option<&str>) -> Option<usize> {
    match asked {
        Some("all") => None,
        Some(number) => {
            let number = number.parse::<usize>().ok();
            let at = number.and_then(|number| number.checked_sub(1));
            at.filter(|at| *at < grid.vendors().len())
        }
        None => (grid.cells().len() > MANY).then_some(0),
    }
}

pub(super) fn vendors(grid: &ScoreGrid, alone: Option<usize>) -> Vec<VendorHead<'_>> {
    let evaluation = grid.opened().dossier().evaluation();
    let vendors = grid.vendors().iter().enumerate();
    vendors
        .map(|(at, vendor)| VendorHead {
            number: at.saturating_add(1),
            name: evaluation.vendor_name(*vendor),
            is_shown: alone.is_none_or(|alone| alone == at),
            is_alone: alone == Some(at),
        })
        .collect()
}

/// The rows of the grid; where it shows what was typed over what is saved, `saved` is the grid as saved.
pub(super) fn rows<'a>(
    grid: &'a ScoreGrid,
    saved: Option<&ScoreGrid>,
    alone: Option<usize>,
) -> Vec<GridGroup<'a>> {
    let set = grid.opened().dossier().set();
    let groups = groups(set, None).into_iter().map(|group| {
        let rows = group.rows.into_iter().filter_map(|criterion| {
            let index = set.criterion_index(criterion.id)?;
            let place = grid.criteria().iter().position(|one| *one == index)?;
            let asked = set.criteria().get(index.position())?;
            let from = place.checked_mul(grid.vendors().len())?;
            let cells = grid.cells().iter().enumerate().skip(from);
            let cells = cells.take(grid.vendors().len()).enumerate();
            let shown = cells.filter(|(column, _)| alone.is_none_or(|alone| alone == *column));
            let cells = shown.map(|(_, (at, cell))| {
                let before = saved.and_then(|saved| saved.cells().get(at));
                view(grid, asked, cell, before)
            });
            Some(GridRow {
                cells: cells.collect(),
                criterion,
            })
        });
        GridGroup {
            title: group.title,
            rows: rows.collect(),
        }
    });
    groups.filter(|group| !group.rows.is_empty()).collect()
}

fn view<'a>(
    grid: &'a ScoreGrid,
    asked: &'a Criterion,
    cell: &GridCell,
    saved: Option<&GridCell>,
) -> CellView<'a> {
    let evaluation = grid.opened().dossier().evaluation();
    let (vendor, criterion) = (evaluation.vendor_name(cell.vendor), asked.id());
    let said = cell.shown();
    let states = states(asked);
    let chosen = chosen(&said.score, &states);
    let typed = || said.score.clone();
    let score = match asked.kind() {
        Kind::PassFail => (chosen.is_none() && !said.is_unscored()).then(typed),
        Kind::Rated(_) | Kind::Priced(_) if chosen.is_some() => Some(String::new()),
        Kind::Rated(_) | Kind::Priced(_) => Some(typed()),
    };
    let problem = |of_reason: bool| {
        let problem = cell.problem.as_ref();
        let found = problem.filter(|problem| problem.is_reason == of_reason);
        found.map(|problem| problem.message.clone())
    };
    let meanwhile = saved.filter(|saved| !saved.shown().says_the_same(said));
    CellView {
        id: cell_id(cell, asked),
        criterion: asked.id(),
        vendor,
        score_field: field("score", criterion, vendor),
        state_field: field("state", criterion, vendor),
        reason_field: field("reason", criterion, vendor),
        score,
        states: states
            .iter()
            .map(|&(value, text)| (value, text, chosen == Some(value)))
            .collect(),
        reason: said.reason.clone(),
        is_unfiled: cell.draft.is_some(),
        score_problem: problem(false),
        reason_problem: problem(true),
        meanwhile: meanwhile.map(told),
    }
}

fn told(cell: &GridCell) -> String {
    let said = cell.shown();
    let score = said.score.trim();
    let score = if score.is_empty() { "no score" } else { score };
    match said.reason.trim() {
        "" => score.to_owned(),
        reason => format!("{score} ({reason})"),
    }
}

fn cell_id(cell: &GridCell, asked: &Criterion) -> String {
    let number = cell.vendor.position().saturating_add(1);
    format!("{}-{number}", asked.id())
}

/// What a cell may be instead of a score.
fn states(criterion: &Criterion) -> Vec<(&'static str, &'static str)> {
    let no_response = ("no response", "no response");
    match criterion.kind() {
        Kind::PassFail => vec![("pass", "pass"), ("fail", "fail"), no_response],
        Kind::Rated(rated) if rated.allows_not_applicable() => {
            vec![no_response, ("not applicable", "not applicable")]
        }
        Kind::Rated(_) | Kind::Priced(_) => vec![no_response],
    }
}

/// The word that a typed text is, if it can be chosen.
fn chosen(text: &str, states: &[(&'static str, &'static str)]) -> Option<&'static str> {
    let word = match fold(text).as_str() {
        "no response" | "not answered" => "no response",
        "not applicable" | "n/a" | "n.a." | "n.a" | "na" => "not applicable",
        "pass" | "yes" => "pass",
        "fail" | "no" => "fail",
        _ => return None,
    };
    let mut offered = states.iter().map(|(value, _)| *value);
    offered.find(|value| *value == word)
}

/// Every cell with something wrong.
pub(super) fn wrong(grid: &ScoreGrid) -> Vec<Wrong<'_>> {
    let dossier = grid.opened().dossier();
    let cells = grid.cells().iter().filter_map(|cell| {
        let criterion = dossier.set().criteria().get(cell.criterion.position())?;
        let problem = cell.problem.as_ref()?;
        let field = if problem.is_reason { "reason" } else { "score" };
        Some(Wrong {
            id: format!("{field}-{}", cell_id(cell, criterion)),
            criterion: criterion.title(),
            vendor: dossier.evaluation().vendor_name(cell.vendor),
            value: if problem.is_reason {
                String::new()
            } else {
                cell.shown().score.trim().to_owned()
            },
            message: problem.message.clone(),
        })
    });
    cells.collect()
}
