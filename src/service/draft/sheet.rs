//! A draft as the sheet that is filed of it, and what is wrong with it by the rules of sheets.

use crate::record::Dossier;
use crate::service::blank::stem;
use crate::service::filing::{Came, Upload, read};
use crate::service::{Error, ScoreGrid};
use crate::sheets::Problem;
use crate::table::{CsvText, Limits, Separator};

use super::grid::{CellProblem, GridCell};

/// The row of the first answer, as a spreadsheet counts: the header is row 1.
const FIRST_ROW: usize = 2;

/// The draft as a sheet, in the one form in which scores are written; `None` if it says nothing that is not filed.
pub(super) fn sheet(dossier: &Dossier, grid: &ScoreGrid) -> Option<Upload> {
    let evaluation = dossier.evaluation();
    let evaluator = evaluation.evaluator_name(grid.evaluator());
    let mut csv = CsvText::new(Separator::Comma);
    for heading in ["vendor", "criterion", "evaluator", "score", "comment"] {
        csv.text(heading);
    }
    csv.end_row();
    let mut is_empty = true;
    for cell in grid.cells().iter().filter(|cell| cell.is_to_be_filed()) {
        let criterion = dossier.set().criteria().get(cell.criterion.position())?;
        is_empty = false;
        csv.text(evaluation.vendor_name(cell.vendor))
            .text(criterion.id())
            .text(evaluator);
        let said = cell.shown();
        match said.number() {
            Some(number) => csv.number(Some(&number)),
            // An answer that was filed and is emptied is taken away.
            None if said.is_unscored() => csv.text("clear"),
            None => csv.text(said.score.trim()),
        };
        csv.text(said.reason.trim()).end_row();
    }
    (!is_empty).then(|| Upload {
        file_name: format!("scored-in-page-{}.csv", stem(evaluator)),
        bytes: csv.into_bytes(),
        came: Came::Typed,
        ..Upload::default()
    })
}

/// What is wrong with a draft: beside its cells, and what is about no cell.
pub(super) fn check(dossier: &Dossier, grid: &mut ScoreGrid, limits: &Limits) -> Result<(), Error> {
    let Some(upload) = sheet(dossier, grid) else {
        return Ok(());
    };
    let problems = match read(dossier, &upload, None, limits) {
        Ok(_) => return Ok(()),
        Err(Error::Sheet(problems) | Error::NotASheet(problems)) => problems,
        Err(other) => return Err(other),
    };
    for problem in problems {
        let position = problem
            .row()
            .and_then(|row| usize::try_from(row).ok()?.checked_sub(FIRST_ROW));
        let mut filed = grid.cells_mut().iter_mut();
        let cell =
            position.and_then(|at| filed.by_ref().filter(|one| one.is_to_be_filed()).nth(at));
        match cell {
            Some(cell) => blame(cell, &problem),
            None => grid.add_problem(problem.to_string()),
        }
    }
    Ok(())
}

/// The first problem of a cell is the one to mend.
fn blame(cell: &mut GridCell, problem: &Problem) {
    if cell.problem.is_none() {
        cell.problem = Some(CellProblem {
            is_reason: problem.column() == Some("comment"),
            code: problem.code(),
            message: problem.to_string(),
        });
    }
}
