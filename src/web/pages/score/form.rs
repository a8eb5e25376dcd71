//! The fields of the grid: a score, what it may be instead, and a reason for each cell.

use crate::service::{DraftCell, TypedCell};
use crate::web::pages::steps::Typed;

/// What the fields of one cell begin with; criterion and vendor stand behind.
const SCORE: &str = "score";
const STATE: &str = "state";
const REASON: &str = "reason";

/// The name of a field: an id of a criterion has no colon, a vendor's name may have any.
pub(super) fn field(of: &str, criterion: &str, vendor: &str) -> String {
    format!("{of}:{criterion}:{vendor}")
}

/// What was typed into the cells of a form.
pub(super) fn cells(typed: &Typed) -> Vec<DraftCell> {
    let reasons = typed.pairs().filter_map(|(name, reason)| {
        let (criterion, vendor) = name
            .strip_prefix(REASON)?
            .strip_prefix(':')?
            .split_once(':')?;
        let said = |of| typed.text(&field(of, criterion, vendor)).trim();
        let (score, state) = (said(SCORE), said(STATE));
        let score = if score.is_empty() || state.is_empty() {
            format!("{score}{state}")
        } else {
            // Both cannot be meant: kept as typed, it is a problem of this cell.
            format!("{score} {state}")
        };
        Some(DraftCell {
            vendor: vendor.to_owned(),
            criterion: criterion.to_owned(),
            typed: TypedCell::new(&score, reason),
        })
    });
    reasons.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells_of(fields: &[(&str, &str)]) -> Vec<DraftCell> {
        let fields = fields.iter();
        let fields = fields.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        cells(&Typed::from(fields.collect::<Vec<_>>()))
    }

    #[test]
    fn a_vendor_may_be_called_anything() {
        let found = cells_of(&[
            ("revision", "3"),
            ("score:A.1:Acme: \"Desk\" & Müller", " 3,5 "),
            ("reason:A.1:Acme: \"Desk\" & Müller", "seen\r\ntwice"),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].vendor, "Acme: \"Desk\" & Müller");
        assert_eq!(found[0].criterion, "A.1");
        assert_eq!(found[0].typed, TypedCell::new("3,5", "seen\ntwice"));
    }

    #[test]
    fn a_score_beside_a_state_is_kept_as_what_it_is_and_not_chosen_from() {
        for (score, state, kept) in [
            ("4", "", "4"),
            ("", "no response", "no response"),
            ("4", "no response", "4 no response"),
            ("", "", ""),
        ] {
            let found = cells_of(&[
                ("score:A:B", score),
                ("state:A:B", state),
                ("reason:A:B", ""),
            ]);
            assert_eq!(found[0].typed.score, kept);
        }
    }
}
