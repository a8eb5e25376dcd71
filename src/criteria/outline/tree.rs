//! The sheet "Criteria" of our own workbooks, which says the tree row by row.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::exact::read_decimal;
use crate::table::name::fold;

use super::OutlineRule;
use super::anchors;
use super::draft::{Branch, Draft, Findings, Kind, Weight};
use super::grid::{Body, Grid};
use super::scale::SaidScale;
use super::terms::{Price, Terms};

/// A set as the sheet says it.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) branches: Vec<Branch>,
    /// Each with the id of its category.
    pub(super) drafts: Vec<(Draft, String)>,
    pub(super) rules: Vec<(&'static str, String)>,
}

/// Whether a table is such a sheet.
pub(super) fn is_tree(grid: &Grid) -> bool {
    let header = grid
        .rows
        .get(grid.header)
        .map(|(_, cells)| cells.as_slice());
    let has = |name: &str| {
        header
            .unwrap_or_default()
            .iter()
            .any(|cell| fold(cell) == name)
    };
    ["no.", "in no.", "id", "title", "kind", "weight"]
        .into_iter()
        .all(has)
}

/// Reads the tree.
pub(super) fn read(grid: &Grid, terms: &Terms, findings: &mut Findings) -> Tree {
    let header = grid
        .rows
        .get(grid.header)
        .map(|(_, cells)| cells.as_slice())
        .unwrap_or_default();
    let columns: HashMap<String, usize> = header
        .iter()
        .enumerate()
        .map(|(at, heading)| (fold(heading), at))
        .collect();
    let body: Body = grid
        .rows
        .iter()
        .skip(grid.header.saturating_add(1))
        .cloned()
        .collect();
    let mut tree = Tree {
        branches: Vec::new(),
        drafts: Vec::new(),
        rules: Vec::new(),
    };
    let mut numbers: HashMap<String, String> = HashMap::new();
    let mut is_of_max = false;
    for (row, cells) in &body {
        let row = Row {
            number: *row,
            cells,
            columns: &columns,
        };
        match row.text("kind") {
            "total" => {
                if let Some(least) = row.decimal("bound", findings) {
                    tree.rules
                        .push(("total_minimum", crate::exact::plain(least)));
                }
            }
            "category" => {
                numbers.insert(row.text("no.").to_owned(), row.text("id").to_owned());
                tree.branches.push(Branch {
                    id: row.text("id").to_owned(),
                    title: row.text("title").to_owned(),
                    parent: numbers.get(row.text("in no.")).cloned(),
                    weight: row.decimal("weight", findings),
                    minimum: row.decimal("bound", findings),
                });
            }
            "rated" | "priced" | "pass-fail" => {
                let draft = row.draft(terms, findings);
                let origin = row.decimal("score that gives no points", findings);
                let worst = row.decimal("worst score", findings);
                is_of_max |= draft.kind == Kind::Rated && origin != worst;
                match numbers.get(row.text("in no.")) {
                    Some(category) => tree.drafts.push((draft, category.clone())),
                    None => findings.refuse(
                        OutlineRule::NoParent,
                        row.number,
                        "In no.",
                        row.text("in no."),
                    ),
                }
            }
            "" => {}
            other => findings.refuse(OutlineRule::NoKind, row.number, "Kind", other),
        }
    }
    if is_of_max {
        tree.rules.push(("points", "\"of-max\"".to_owned()));
    }
    tree
}

struct Row<'a> {
    number: u32,
    cells: &'a [String],
    columns: &'a HashMap<String, usize>,
}

impl Row<'_> {
    fn text(&self, heading: &str) -> &str {
        let at = self.columns.get(heading).copied();
        at.and_then(|at| self.cells.get(at))
            .map_or("", String::as_str)
    }

    fn decimal(&self, heading: &str, findings: &mut Findings) -> Option<Decimal> {
        let text = self.text(heading);
        if text.is_empty() {
            return None;
        }
        let read = read_decimal(text).ok();
        if read.is_none() {
            findings.refuse(OutlineRule::NoNumber, self.number, heading, text);
        }
        read
    }

    fn draft(&self, terms: &Terms, findings: &mut Findings) -> Draft {
        let mut draft = Draft::new(self.number, self.text("title"));
        self.text("id").clone_into(&mut draft.id);
        self.text("what is asked")
            .clone_into(&mut draft.description);
        self.text("clause").clone_into(&mut draft.clause);
        let practices = self.text("practices").split(',').map(str::trim);
        draft.practices = practices
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect();
        let bound = self.decimal("bound", findings);
        match self.text("kind") {
            "pass-fail" => {
                draft.kind = Kind::PassFail;
                draft.weight = Weight::PassFail;
                return draft;
            }
            "priced" => {
                let ends = (
                    self.decimal("floor", findings),
                    self.decimal("ceiling", findings),
                );
                draft.kind = Kind::Priced(Price {
                    rule: self.text("price rule").to_owned(),
                    range: ends.0.zip(ends.1),
                    currency: self.text("currency").to_owned(),
                    maximum: bound,
                });
                super::prices::declared(&mut draft, terms, findings);
            }
            _ => {
                let ends = (
                    self.decimal("lowest score", findings),
                    self.decimal("highest score", findings),
                );
                let step = self.decimal("step", findings);
                draft.scale = ends
                    .0
                    .zip(ends.1)
                    .map(|(min, max)| SaidScale { min, max, step });
                draft.lower = self.text("better is") == "lower";
                draft.gate = bound;
                let meant = self.text("what scores mean").lines();
                draft.anchors = meant.filter_map(anchors::anchor).collect();
            }
        }
        match self.decimal("weight", findings) {
            Some(weight) => draft.weight = Weight::Typed(self.text("weight").to_owned(), weight),
            None => findings.refuse(
                OutlineRule::WeightMissing,
                self.number,
                "Weight",
                &draft.title,
            ),
        }
        draft
    }
}
