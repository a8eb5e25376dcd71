//! One decision: vendors, evaluators, the sheets that stand, and the answers they add up to.
//!
//! Answers are a fold, in order, over the sheets that stand: a later sheet replaces earlier answers of the same
//! evaluator, vendor and criterion; a withdrawn sheet gives them back.

mod answer;
mod cost;
mod effect;
mod filed;
mod lines;
mod lists;
mod matrix;
mod people;
mod phase;
mod revise;
mod sealed;
mod sheet;

pub use answer::{Answer, Entry, Given, Origin};
pub use cost::{CostLine, present_value, quoted};
pub use effect::{Effect, Fate};
pub use lines::{EntryIndex, Line, LineCell, Lines};
pub use matrix::{Changes, Matrix};
pub use people::{CONSENSUS, EvaluatorIndex, PANEL, VendorIndex};
pub use phase::{EvaluationKind, Phase, Prices, Results, Stage};
pub use revise::{Dropped, NotAMapping, Revised, ScaleMapping, Unmapped, Why};
pub use sheet::{Sheet, SheetIndex, SheetNote};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::criteria::{CriteriaSet, CriterionIndex};
use crate::table::{Name, NameList};

use thiserror::Error;

use filed::{FiledCell, FiledLine, FiledSheet};

/// One decision: its own criteria set, vendors, evaluators, and the sheets that stand.
#[derive(Debug, Clone)]
pub struct Evaluation {
    set: Arc<CriteriaSet>,
    vendors: NameList,
    evaluators: NameList,
    sheets: Vec<FiledSheet>,
    excluded: BTreeSet<VendorIndex>,
    recused: BTreeSet<(EvaluatorIndex, Option<VendorIndex>)>,
    assigned: BTreeMap<EvaluatorIndex, BTreeSet<CriterionIndex>>,
    matrix: Matrix,
    /// Whether prices are sealed: then the matrix has none.
    sealed: bool,
}

/// Why a sheet cannot be added, although every cell of it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The sheet names nobody and would change answers already held for the panel.
    #[error(
        "the sheet names no evaluator and would change {changed} answer(s) already held for \"{PANEL}\"; name the \
         evaluator, or say evaluator \"{PANEL}\" to replace those answers"
    )]
    EvaluatorNeeded {
        /// How many answers it would change.
        changed: usize,
    },
    /// A vendor or evaluator looks like another one and is not.
    #[error(
        "\"{name}\" looks like \"{like}\" but is written with other characters; write it the same way everywhere"
    )]
    Confusable {
        /// The name in the sheet.
        name: String,
        /// The name it looks like.
        like: String,
    },
    /// A vendor or evaluator that a sheet names stays on the list.
    #[error("\"{name}\" is named in a sheet and stays on the list")]
    Named {
        /// The name.
        name: String,
    },
}

impl Refusal {
    /// The stable name of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::EvaluatorNeeded { .. } => "evaluator-needed",
            Self::Confusable { .. } => "confusable-name",
            Self::Named { .. } => "named-in-a-sheet",
        }
    }
}

impl Evaluation {
    /// An evaluation without vendors, evaluators or answers.
    #[must_use]
    pub fn new(set: Arc<CriteriaSet>) -> Self {
        let matrix = Matrix::new(set.criteria().len());
        Self {
            set,
            vendors: NameList::default(),
            evaluators: NameList::default(),
            sheets: Vec::new(),
            excluded: BTreeSet::new(),
            recused: BTreeSet::new(),
            assigned: BTreeMap::new(),
            matrix,
            sealed: false,
        }
    }

    /// The criteria set.
    #[must_use]
    pub fn set(&self) -> &Arc<CriteriaSet> {
        &self.set
    }

    /// The vendors, in the order they came.
    #[must_use]
    pub fn vendors(&self) -> &NameList {
        &self.vendors
    }

    /// The evaluators, in the order they came; one may be [`CONSENSUS`].
    #[must_use]
    pub fn evaluators(&self) -> &NameList {
        &self.evaluators
    }

    /// Every vendor's index, in the order they came.
    pub fn vendor_indices(&self) -> impl Iterator<Item = VendorIndex> + use<> {
        (0..self.vendors.len()).map(VendorIndex::at)
    }

    /// Every evaluator's index, in the order they came.
    pub fn evaluator_indices(&self) -> impl Iterator<Item = EvaluatorIndex> + use<> {
        (0..self.evaluators.len()).map(EvaluatorIndex::at)
    }

    /// The name of a vendor as first written.
    #[must_use]
    pub fn vendor_name(&self, vendor: VendorIndex) -> &str {
        self.vendors.get(vendor.position()).map_or("", Name::shown)
    }

    /// The name of an evaluator as first written.
    #[must_use]
    pub fn evaluator_name(&self, evaluator: EvaluatorIndex) -> &str {
        self.evaluators
            .get(evaluator.position())
            .map_or("", Name::shown)
    }

    /// Whether an index is the moderated score's.
    #[must_use]
    pub fn is_consensus(&self, evaluator: EvaluatorIndex) -> bool {
        self.evaluators
            .get(evaluator.position())
            .is_some_and(|name| name.key() == CONSENSUS)
    }

    /// Adds a vendor, or finds the one already there.
    ///
    /// # Errors
    /// [`Refusal::Confusable`] if it looks like another vendor.
    pub fn add_vendor(&mut self, name: &Name) -> Result<VendorIndex, Refusal> {
        listed(&mut self.vendors, name).map(VendorIndex::at)
    }

    /// Adds an evaluator, or finds the one already there.
    ///
    /// # Errors
    /// [`Refusal::Confusable`] if the name looks like another evaluator's.
    pub fn add_evaluator(&mut self, name: &Name) -> Result<EvaluatorIndex, Refusal> {
        listed(&mut self.evaluators, name).map(EvaluatorIndex::at)
    }

    /// Files a sheet: its answers replace earlier ones of the same evaluator, vendor and criterion.
    ///
    /// # Errors
    /// [`Refusal`]s, all of them; then nothing of the sheet is held.
    pub fn file(&mut self, sheet: impl Into<Arc<Sheet>>) -> Result<Changes, Vec<Refusal>> {
        let sheet = sheet.into();
        let mut vendors = self.vendors.clone();
        let mut evaluators = self.evaluators.clone();
        let mut refusals = Vec::new();
        let vendor_map = listed_all(&mut vendors, sheet.vendors(), &mut refusals);
        let evaluator_map = listed_all(&mut evaluators, sheet.evaluators(), &mut refusals);
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let filed = FiledSheet {
            sheet,
            vendors: vendor_map.into_iter().map(VendorIndex::at).collect(),
            evaluators: evaluator_map.into_iter().map(EvaluatorIndex::at).collect(),
            withdrawn: false,
        };
        if !filed.sheet.names_evaluator() {
            let is_panel = |evaluator: EvaluatorIndex| {
                let name = evaluators.get(evaluator.position());
                name.is_some_and(|name| name.key() == PANEL)
            };
            let lines = filed.lines(SheetIndex::at(self.sheets.len()));
            let of_panel = lines.filter(|filed| is_panel(filed.evaluator));
            let preview = self.matrix.preview(of_panel);
            let changed = preview.changed.saturating_add(preview.cleared);
            let changed = changed.saturating_add(self.sealed_again(&filed, is_panel));
            if changed > 0 {
                return Err(vec![Refusal::EvaluatorNeeded { changed }]);
            }
        }
        let changes = self.take_in(&filed, SheetIndex::at(self.sheets.len()));
        self.vendors = vendors;
        self.evaluators = evaluators;
        self.sheets.push(filed);
        Ok(changes)
    }

    /// Withdraws a sheet, or lets it stand again: the answers are folded anew over the sheets that stand.
    pub fn set_withdrawn(&mut self, sheet: SheetIndex, withdrawn: bool) {
        if let Some(filed) = self.sheets.get_mut(sheet.position()) {
            filed.withdrawn = withdrawn;
        }
        self.fold();
    }

    /// Every sheet's index, in the order they were filed, withdrawn ones included.
    pub fn sheet_indices(&self) -> impl DoubleEndedIterator<Item = SheetIndex> + use<> {
        (0..self.sheets.len()).map(SheetIndex::at)
    }

    /// The name a sheet was filed under.
    #[must_use]
    pub fn sheet_name(&self, sheet: SheetIndex) -> &str {
        self.sheets
            .get(sheet.position())
            .map_or("", |filed| filed.sheet.name())
    }

    /// The content of a sheet.
    #[must_use]
    pub fn sheet(&self, sheet: SheetIndex) -> Option<&Arc<Sheet>> {
        self.sheets.get(sheet.position()).map(|filed| &filed.sheet)
    }

    /// Whether a sheet is withdrawn.
    #[must_use]
    pub fn is_withdrawn(&self, sheet: SheetIndex) -> bool {
        self.sheets
            .get(sheet.position())
            .is_some_and(|filed| filed.withdrawn)
    }

    /// Whether every answer of a sheet is the one that stands.
    #[must_use]
    pub fn stands_whole(&self, sheet: SheetIndex) -> bool {
        let Some(filed) = self
            .sheets
            .get(sheet.position())
            .filter(|filed| !filed.withdrawn)
        else {
            return false;
        };
        filed.lines(sheet).all(|filed| {
            if self.is_sealed(filed.criterion) {
                return self.is_last_sealed(sheet, filed.cell());
            }
            let given = self.matrix.standing(&filed);
            match filed.entry {
                Entry::Answer(_) => given.is_some_and(|given| given.sheet == sheet),
                Entry::Clear => given.is_none(),
                Entry::NotScored => true,
            }
        })
    }

    /// What evaluators noted about a criterion as a whole, by sheet, for the sheets that stand.
    pub fn notes(&self, criterion: CriterionIndex) -> impl Iterator<Item = (EvaluatorIndex, &str)> {
        let is_sealed = self.is_sealed(criterion);
        let standing = self.sheets.iter().filter(|filed| !filed.withdrawn);
        let told = standing.filter(move |_| !is_sealed);
        told.flat_map(move |filed| {
            let notes = filed
                .sheet
                .notes()
                .iter()
                .filter(move |note| note.criterion == criterion);
            notes.filter_map(|note| {
                Some((*filed.evaluators.get(note.evaluator)?, note.text.as_ref()))
            })
        })
    }

    /// The answers that stand, recused ones included; scoring reads [`Evaluation::counted`].
    #[must_use]
    pub fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    /// The answers that count for a vendor and criterion: those that stand and whose evaluator is not recused there.
    pub fn counted(
        &self,
        vendor: VendorIndex,
        criterion: CriterionIndex,
    ) -> impl Iterator<Item = &Given> {
        let given = self.matrix.cell(vendor, criterion).iter();
        given.filter(move |given| !self.is_recused(given.evaluator, vendor))
    }

    /// Excludes a vendor (it withdrew, or was not admitted), or lets it stand again.
    pub fn set_excluded(&mut self, vendor: VendorIndex, excluded: bool) {
        if excluded {
            self.excluded.insert(vendor);
        } else {
            self.excluded.remove(&vendor);
        }
    }

    /// Whether a vendor is excluded; one that is not *stands*.
    #[must_use]
    pub fn is_excluded(&self, vendor: VendorIndex) -> bool {
        self.excluded.contains(&vendor)
    }

    /// Recuses an evaluator for one vendor, or for all (`None`), or takes that back.
    pub fn set_recused(
        &mut self,
        evaluator: EvaluatorIndex,
        vendor: Option<VendorIndex>,
        recused: bool,
    ) {
        if recused {
            self.recused.insert((evaluator, vendor));
        } else {
            self.recused.remove(&(evaluator, vendor));
        }
    }

    /// Whether an evaluator's answers for a vendor are left out and owed by nobody.
    #[must_use]
    pub fn is_recused(&self, evaluator: EvaluatorIndex, vendor: VendorIndex) -> bool {
        !self.recused.is_empty()
            && (self.recused.contains(&(evaluator, None))
                || self.recused.contains(&(evaluator, Some(vendor))))
    }

    /// Assigns criteria to an evaluator, who then owes those for every vendor that stands; `None` takes that back.
    pub fn assign(
        &mut self,
        evaluator: EvaluatorIndex,
        criteria: Option<BTreeSet<CriterionIndex>>,
    ) {
        match criteria {
            Some(criteria) => self.assigned.insert(evaluator, criteria),
            None => self.assigned.remove(&evaluator),
        };
    }

    /// The criteria assigned to an evaluator; `None` if their panel is what they answered.
    #[must_use]
    pub fn assignment(&self, evaluator: EvaluatorIndex) -> Option<&BTreeSet<CriterionIndex>> {
        self.assigned.get(&evaluator)
    }
}

fn listed(list: &mut NameList, name: &Name) -> Result<usize, Refusal> {
    list.find_or_add(name).map_err(|like| Refusal::Confusable {
        name: name.shown().to_owned(),
        like: list.get(like).map_or("", Name::shown).to_owned(),
    })
}

fn listed_all(list: &mut NameList, names: &[Name], refusals: &mut Vec<Refusal>) -> Vec<usize> {
    let found = names.iter().map(|name| listed(list, name));
    found
        .filter_map(|result| result.map_err(|refusal| refusals.push(refusal)).ok())
        .collect()
}
