//! Results as workbooks, which procurement files.

use jiff::Timestamp;

use crate::criteria::Lens;
use crate::evaluation::EvaluationKind;
use crate::record::Decision;
use crate::reports::{self, BookImprint, Detail};

use super::{Error, Opened, Service};

impl Service {
    /// The time by the service's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl Opened {
    /// The lens with an id, for a document of the record: in a tender none, since a lens is advice.
    ///
    /// # Errors
    /// [`Error::NoLens`], or [`Error::Fields`] for a lens in a tender.
    pub fn record_lens(&self, id: Option<&str>) -> Result<Option<&Lens>, Error> {
        let lens = self.lens(id)?;
        if let (EvaluationKind::Tender, Some(lens)) = (self.dossier().kind(), lens) {
            let message =
                "in a tender this holds the record alone, and a lens is advice; leave lens out";
            return Err(Error::field(
                "lens",
                Some(lens.id()),
                "lens-in-a-tender",
                message,
            ));
        }
        Ok(lens)
    }

    /// The ranking as a workbook whose formulas recompute it. In a tender there is none under a lens: that is advice, and
    /// no part of the record.
    ///
    /// # Errors
    /// [`Error::Fields`] for a lens in a tender, [`Error::Workbook`] if it outgrows what a spreadsheet holds.
    pub fn ranking_xlsx(
        &self,
        lens: Option<&Lens>,
        at: Timestamp,
        not_for_an_award: bool,
    ) -> Result<Vec<u8>, Error> {
        let dossier = self.dossier();
        self.record_lens(lens.map(Lens::id))?;
        let head = dossier.head().to_string();
        let decided = dossier.decision().map(Decision::told);
        let imprint = BookImprint {
            title: dossier.title(),
            record: Some(&head),
            at,
            not_for_an_award,
            decided: decided.as_deref(),
        };
        let card = self.scorecard(lens);
        let published = reports::publish(dossier.evaluation(), &card, Detail::Full);
        let published = match dossier.kind() {
            EvaluationKind::Tender => published.as_record(),
            EvaluationKind::Internal => published,
        };
        Ok(reports::ranking_xlsx(&published, &card, &imprint)?)
    }

    /// The criteria set as a workbook, with the evaluation's own prices.
    ///
    /// # Errors
    /// [`Error::Workbook`] if it outgrows what a spreadsheet holds.
    pub fn criteria_xlsx(&self, at: Timestamp) -> Result<Vec<u8>, Error> {
        let set = self.dossier().set();
        let imprint = BookImprint {
            title: set.title(),
            record: None,
            at,
            not_for_an_award: false,
            decided: None,
        };
        Ok(reports::criteria_xlsx(set, &imprint)?)
    }
}
