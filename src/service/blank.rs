//! Step 3: the sheets that are handed out, empty.

use crate::accounts::Actor;
use crate::criteria::CriterionIndex;
use crate::evaluation::EvaluatorIndex;
use crate::record::{Dossier, EvaluationId};
use crate::sheets::{Blank, CostBlank, Shape};
use crate::table::workbook::XLSX;
use crate::table::{CSV, Name, Separator};

use super::people::named_evaluator;
use super::{Error, Service};

/// A sheet to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankSheet {
    /// The name of the file; it bears the evaluator's, by which the upload will know whose it is.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What kind of file it is.
    pub media_type: &'static str,
}

/// What kind of file a sheet is handed out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankFile {
    /// A text that any spreadsheet opens.
    Csv(Separator),
    /// A workbook in which only the answers can be typed, and each cell says what it takes.
    Xlsx,
}

impl Service {
    /// The sheet for one evaluator: the criteria they are to score and the vendors that stand, without the prices. Without an
    /// evaluator, the sheet for anybody: every criterion that is scored.
    ///
    /// # Errors
    /// [`Error::NoEvaluator`], or [`Error::Fields`] while there is nothing to score.
    pub fn blank_sheet(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluator: Option<&str>,
        shape: Shape,
        file: BlankFile,
    ) -> Result<BlankSheet, Error> {
        let opened = self.open(actor, id)?;
        let dossier = opened.dossier();
        let evaluation = dossier.evaluation();
        let index = evaluator
            .map(|name| named_evaluator(dossier, name))
            .transpose()?;
        let name = index.and_then(|index| evaluation.evaluators().get(index.position()));
        let vendors = vendors_for(dossier, index)?;
        let blank = Blank {
            set: dossier.set(),
            criteria: criteria_of(dossier, index),
            vendors: &vendors,
            evaluator: name,
        };
        let shape_name = match shape {
            Shape::Long => "long",
            Shape::Wide => "wide",
            Shape::ByVendor => "by-vendor",
            Shape::Costs => "costs",
        };
        let stem = stem(name.map_or("anybody", Name::shown));
        self.written(&blank, shape, file, &format!("{stem}-{shape_name}"))
    }

    /// The sheet for the prices, which no evaluator scores.
    ///
    /// # Errors
    /// [`Error::Fields`] while there are no vendors, or if the criteria set has no prices.
    pub fn price_sheet(
        &self,
        actor: Actor,
        id: &EvaluationId,
        file: BlankFile,
    ) -> Result<BlankSheet, Error> {
        let opened = self.open(actor, id)?;
        let dossier = opened.dossier();
        let vendors = vendors_for(dossier, None)?;
        let criteria: Vec<CriterionIndex> = dossier.priced_criteria().collect();
        if criteria.is_empty() {
            let message = "the criteria set asks for no price";
            return Err(Error::field("prices", None, "no-prices", message));
        }
        let blank = Blank {
            set: dossier.set(),
            criteria,
            vendors: &vendors,
            evaluator: None,
        };
        self.written(&blank, Shape::Long, file, "prices")
    }

    /// The sheet for what every vendor costs, layer by layer and year by year.
    ///
    /// # Errors
    /// [`Error::Fields`] while there are no vendors, or if no price of the criteria set is made of costs.
    pub fn cost_sheet(
        &self,
        actor: Actor,
        id: &EvaluationId,
        file: BlankFile,
    ) -> Result<BlankSheet, Error> {
        let opened = self.open(actor, id)?;
        let dossier = opened.dossier();
        let vendors = vendors_for(dossier, None)?;
        if dossier.set().costed().is_none() {
            let message = "no price of the criteria set is made of costs; write costs beside its price (step 1)";
            return Err(Error::field("costs", None, "costs-not-expected", message));
        }
        let blank = CostBlank {
            set: dossier.set(),
            vendors: &vendors,
        };
        Ok(match file {
            BlankFile::Csv(separator) => BlankSheet {
                file_name: "costs.csv".to_owned(),
                bytes: blank.to_csv(separator),
                media_type: CSV,
            },
            BlankFile::Xlsx => BlankSheet {
                file_name: "costs.xlsx".to_owned(),
                bytes: blank.to_xlsx(self.now())?,
                media_type: XLSX,
            },
        })
    }

    fn written(
        &self,
        blank: &Blank<'_>,
        shape: Shape,
        file: BlankFile,
        stem: &str,
    ) -> Result<BlankSheet, Error> {
        Ok(match file {
            BlankFile::Csv(separator) => BlankSheet {
                file_name: format!("{stem}.csv"),
                bytes: blank.to_csv(shape, separator),
                media_type: CSV,
            },
            BlankFile::Xlsx => BlankSheet {
                file_name: format!("{stem}.xlsx"),
                bytes: blank.to_xlsx(shape, self.now())?,
                media_type: XLSX,
            },
        })
    }
}

/// The criteria an evaluator is to score: those assigned to them, else all but the prices.
pub(super) fn criteria_of(
    dossier: &Dossier,
    evaluator: Option<EvaluatorIndex>,
) -> Vec<CriterionIndex> {
    let assigned = evaluator.and_then(|one| dossier.evaluation().assignment(one));
    let is_theirs = |index: &CriterionIndex| assigned.is_none_or(|ids| ids.contains(index));
    dossier.scored_criteria().filter(is_theirs).collect()
}

/// The vendors that stand, those left out from whom the evaluator is recused.
fn vendors_for(dossier: &Dossier, evaluator: Option<EvaluatorIndex>) -> Result<Vec<Name>, Error> {
    let evaluation = dossier.evaluation();
    let named = evaluation
        .vendor_indices()
        .zip(evaluation.vendors().names());
    let stands = named.filter(|(vendor, _)| {
        let recused = evaluator.is_some_and(|one| evaluation.is_recused(one, *vendor));
        !evaluation.is_excluded(*vendor) && !recused
    });
    let vendors: Vec<Name> = stands.map(|(_, name)| name.clone()).collect();
    if vendors.is_empty() {
        let message = "there is no vendor to score on this sheet; list the vendors first (step 2)";
        return Err(Error::field("vendors", None, "no-vendors", message));
    }
    Ok(vendors)
}

/// A name as the beginning of a file name: `Ana Müller` is `ana-müller`.
pub(super) fn stem(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        "sheet".to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn a_file_name_bears_the_letters_of_a_name_and_nothing_a_path_could_be_made_of() {
        assert_eq!(stem("Ana"), "ana");
        assert_eq!(stem("Ana-Lucía  Müller"), "ana-lucía-müller");
        assert_eq!(stem("../../etc\\passwd"), "etc-passwd");
        assert_eq!(stem("…"), "sheet");
    }
}
