//! Parts of a long sheet that are read side by side, put together again.
//!
//! A part in which there is nothing to tell reads the same wherever it stands: only its vendors and evaluators may be others'
//! already. Every other part is read again, behind those before it.

use super::super::problem::Findings;
use super::super::{Context, Rule};
use super::{Reading, Unsigned};

impl Reading<'_> {
    /// A reading of a part of the same sheet, of which nothing was read yet. It reports no progress.
    pub(in crate::sheets) fn of_part(&self) -> Self {
        let context = Context {
            progress: None,
            ..self.context
        };
        Self::new(
            self.header.clone(),
            self.form,
            &context,
            self.delimiter,
            Findings::default(),
            Findings::default(),
        )
    }

    /// Takes over what was read of a part of the sheet, whose rows come behind `row`. Gives whether that could be done; if not,
    /// nothing of it was taken.
    ///
    /// # Errors
    /// [`Rule::TooManyRows`] beyond the limit.
    pub(in crate::sheets) fn take_over(&mut self, part: &Self, row: u32) -> Result<bool, Rule> {
        if !part.is_ordinary() {
            return Ok(false);
        }
        let vendors = self.vendors.joined_with(&part.vendors);
        let evaluators = self.evaluators.joined_with(&part.evaluators);
        let Some(((vendors, vendor_places), (evaluators, evaluator_places))) =
            vendors.zip(evaluators)
        else {
            return Ok(false);
        };
        self.count(part.cells_met)?;
        self.vendors.join(vendors);
        self.evaluators.join(evaluators);
        self.signs.meet_all(part.signs);
        self.points.settle_as(&part.points);
        self.lines
            .append(&part.lines, &vendor_places, &evaluator_places, row);
        for (compared, also) in self.weights_compared.iter_mut().zip(&part.weights_compared) {
            *compared |= also;
        }
        Ok(true)
    }

    /// Whether nothing was met but answers of named evaluators, of which there is nothing to tell.
    fn is_ordinary(&self) -> bool {
        let is_quiet = self.problems.is_empty()
            && self.warnings.is_empty()
            && !self.points.doubt()
            && self.said_above.is_empty()
            && self.totals.is_empty()
            && !self.weights_differ
            && !self.scale_differs;
        let names_all = self.names_evaluator
            && matches!(self.unsigned, Unsigned::NotMet)
            && self.consensus.is_none()
            && self.of_vendor.is_none();
        is_quiet && names_all && self.notes.is_empty() && self.costs.is_empty()
    }
}
