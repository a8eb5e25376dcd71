//! Changing the lists of an evaluation that has begun: another criteria set, a vendor or evaluator less.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::criteria::CriteriaSet;
use crate::table::{Name, NameList};

use super::{Evaluation, EvaluatorIndex, Matrix, Refusal, VendorIndex};

impl Evaluation {
    /// The same vendors, evaluators, exclusions and recusals under another criteria set, without any sheet. Assignments keep
    /// the criteria that the other set has too.
    #[must_use]
    pub fn under(&self, set: Arc<CriteriaSet>) -> Self {
        let assigned = self.assigned.iter().map(|(&evaluator, criteria)| {
            let ids = criteria
                .iter()
                .filter_map(|index| self.set.criteria().get(index.position()));
            let kept = ids
                .filter_map(|criterion| set.criterion_index(criterion.id()))
                .collect();
            (evaluator, kept)
        });
        Self {
            assigned: assigned.collect(),
            matrix: Matrix::new(set.criteria().len()),
            vendors: self.vendors.clone(),
            evaluators: self.evaluators.clone(),
            sheets: Vec::new(),
            excluded: self.excluded.clone(),
            recused: self.recused.clone(),
            sealed: self.sealed,
            set,
        }
    }

    /// Takes a vendor that no sheet names off the list.
    ///
    /// # Errors
    /// [`Refusal::Named`] if a sheet, even a withdrawn one, names it.
    pub fn remove_vendor(&mut self, vendor: VendorIndex) -> Result<(), Refusal> {
        if self
            .sheets
            .iter()
            .any(|filed| filed.vendors.contains(&vendor))
        {
            return Err(named(self.vendor_name(vendor)));
        }
        let moved = |index: VendorIndex| {
            VendorIndex::at(less_one_behind(index.position(), vendor.position()))
        };
        self.vendors = without(&self.vendors, vendor.position());
        self.excluded.remove(&vendor);
        self.excluded = self.excluded.iter().map(|&index| moved(index)).collect();
        self.recused.retain(|(_, about)| *about != Some(vendor));
        self.recused = self
            .recused
            .iter()
            .map(|&(who, about)| (who, about.map(moved)))
            .collect();
        for filed in &mut self.sheets {
            for index in &mut filed.vendors {
                *index = moved(*index);
            }
        }
        self.fold();
        Ok(())
    }

    /// Takes an evaluator whom no sheet names off the list.
    ///
    /// # Errors
    /// [`Refusal::Named`] if a sheet, even a withdrawn one, names them.
    pub fn remove_evaluator(&mut self, evaluator: EvaluatorIndex) -> Result<(), Refusal> {
        if self
            .sheets
            .iter()
            .any(|filed| filed.evaluators.contains(&evaluator))
        {
            return Err(named(self.evaluator_name(evaluator)));
        }
        let moved = |index: EvaluatorIndex| {
            EvaluatorIndex::at(less_one_behind(index.position(), evaluator.position()))
        };
        self.evaluators = without(&self.evaluators, evaluator.position());
        self.recused.retain(|(who, _)| *who != evaluator);
        self.recused = self
            .recused
            .iter()
            .map(|&(who, about)| (moved(who), about))
            .collect::<BTreeSet<_>>();
        self.assigned.remove(&evaluator);
        let assigned = std::mem::take(&mut self.assigned);
        self.assigned = assigned
            .into_iter()
            .map(|(who, what)| (moved(who), what))
            .collect::<BTreeMap<_, _>>();
        for filed in &mut self.sheets {
            for index in &mut filed.evaluators {
                *index = moved(*index);
            }
        }
        self.fold();
        Ok(())
    }

    /// The vendor with a name, compared as names are.
    #[must_use]
    pub fn vendor_named(&self, name: &Name) -> Option<VendorIndex> {
        self.vendors.find(name).ok().map(VendorIndex::at)
    }

    /// The evaluator with a name, compared as names are.
    #[must_use]
    pub fn evaluator_named(&self, name: &Name) -> Option<EvaluatorIndex> {
        self.evaluators.find(name).ok().map(EvaluatorIndex::at)
    }
}

fn named(name: &str) -> Refusal {
    Refusal::Named {
        name: name.to_owned(),
    }
}

fn less_one_behind(index: usize, removed: usize) -> usize {
    if index > removed {
        index.saturating_sub(1)
    } else {
        index
    }
}

fn without(list: &NameList, removed: usize) -> NameList {
    let mut kept = NameList::default();
    for (index, name) in list.names().iter().enumerate() {
        if index != removed {
            // Names of one list are told apart already.
            let _ = kept.find_or_add(name);
        }
    }
    kept
}
