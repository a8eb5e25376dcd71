//! What one sheet does to the answers, and what became of each of its lines.

use crate::criteria::CriterionIndex;

use super::{Answer, Entry, Evaluation, EvaluatorIndex, FiledLine, Line, SheetIndex, VendorIndex};

/// An answer that is another, or none, without a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    /// The vendor.
    pub vendor: VendorIndex,
    /// The criterion.
    pub criterion: CriterionIndex,
    /// The evaluator.
    pub evaluator: EvaluatorIndex,
    /// What stands without the sheet.
    pub before: Option<Answer>,
    /// What stands with it.
    pub after: Option<Answer>,
}

/// What became of a line of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is the answer that stands.
    Stands,
    /// A later sheet has another answer.
    ReplacedBy(SheetIndex),
    /// No answer stands: it was cleared, or the sheet is withdrawn.
    Gone,
    /// The line gave no answer.
    NoAnswer,
}

impl Evaluation {
    /// The answers that would be another, or none, without a sheet that stands; in the order of its lines.
    #[must_use]
    pub fn effects_of(&self, sheet: SheetIndex) -> Vec<Effect> {
        let mut without = self.clone();
        without.set_withdrawn(sheet, true);
        let mut effects = Vec::new();
        for filed in self.lines_of_sheet(sheet) {
            let answer = |evaluation: &Self| {
                let given = evaluation.matrix.standing(&filed);
                given.map(|given| given.answer)
            };
            let (before, after) = (answer(&without), answer(self));
            if before != after {
                effects.push(Effect {
                    vendor: filed.vendor,
                    criterion: filed.criterion,
                    evaluator: filed.evaluator,
                    before,
                    after,
                });
            }
        }
        effects
    }

    /// Every line of a sheet with what became of it.
    pub fn fates_of(&self, sheet: SheetIndex) -> impl Iterator<Item = (Line<'_>, Fate)> {
        self.lines_of_sheet(sheet).filter_map(move |filed| {
            let fate = match (filed.entry, self.matrix.standing(&filed)) {
                (Entry::NotScored | Entry::Clear, _) => Fate::NoAnswer,
                (Entry::Answer(_), None) => Fate::Gone,
                (Entry::Answer(_), Some(given)) if given.sheet == sheet => Fate::Stands,
                (Entry::Answer(_), Some(given)) => Fate::ReplacedBy(given.sheet),
            };
            Some((self.line(sheet, filed.at)?, fate))
        })
    }

    fn lines_of_sheet(&self, sheet: SheetIndex) -> impl Iterator<Item = FiledLine> {
        let filed = self.sheets.get(sheet.position()).into_iter();
        filed.flat_map(move |filed| filed.lines(sheet))
    }
}
