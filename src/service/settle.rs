//! Step 4 and 5: exclude, recuse, close scoring, decide. Each with a reason, each reversible.

use std::sync::Arc;

use crate::accounts::{Action, Actor};
use crate::record::{Change, EvaluationId};
use crate::table::name_of_invisible;

use super::opened::Opened;
use super::people::{evaluator_name, vendor_name};
use super::{Entry, Error, Service};

/// The longest reason, in characters.
pub(super) const MAX_REASON: usize = 2000;

impl Service {
    /// Excludes a vendor: it withdrew, or was not admitted.
    ///
    /// # Errors
    /// [`Error::NoVendor`], or [`Error::Fields`] without a reason.
    pub fn exclude_vendor(
        &self,
        actor: Actor,
        id: &EvaluationId,
        vendor: &str,
        reason: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = self::reason(reason)?;
        self.change(actor, Action::ExcludeVendor, id, |dossier| {
            let vendor = vendor_name(dossier, vendor)?;
            let is_out = dossier
                .exclusions()
                .iter()
                .any(|exclusion| exclusion.vendor == vendor);
            Ok(unless(is_out, Change::VendorExcluded { vendor, reason }))
        })
    }

    /// Admits an excluded vendor again.
    ///
    /// # Errors
    /// [`Error::NoVendor`], or [`Error::Fields`] without a reason.
    pub fn readmit_vendor(
        &self,
        actor: Actor,
        id: &EvaluationId,
        vendor: &str,
        reason: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = self::reason(reason)?;
        self.change(actor, Action::ExcludeVendor, id, |dossier| {
            let vendor = vendor_name(dossier, vendor)?;
            let is_in = dossier
                .exclusions()
                .iter()
                .all(|exclusion| exclusion.vendor != vendor);
            Ok(unless(is_in, Change::VendorReadmitted { vendor, reason }))
        })
    }

    /// Recuses an evaluator for one vendor, or for all: their answers there do not count and are owed by nobody.
    ///
    /// # Errors
    /// [`Error::NoEvaluator`], [`Error::NoVendor`], or [`Error::Fields`] without a reason.
    pub fn recuse_evaluator(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluator: &str,
        vendor: Option<&str>,
        reason: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = self::reason(reason)?;
        self.change(actor, Action::RecuseEvaluator, id, |dossier| {
            let evaluator = evaluator_name(dossier, evaluator)?;
            let vendor = vendor
                .map(|vendor| vendor_name(dossier, vendor))
                .transpose()?;
            let mut recusals = dossier.recusals().iter();
            let is_out =
                recusals.any(|recusal| recusal.evaluator == evaluator && recusal.vendor == vendor);
            Ok(unless(
                is_out,
                Change::EvaluatorRecused {
                    evaluator,
                    vendor,
                    reason,
                },
            ))
        })
    }

    /// Takes a recusal back.
    ///
    /// # Errors
    /// [`Error::NoEvaluator`], [`Error::NoVendor`], or [`Error::Fields`] without a reason.
    pub fn return_evaluator(
        &self,
        actor: Actor,
        id: &EvaluationId,
        evaluator: &str,
        vendor: Option<&str>,
        reason: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = self::reason(reason)?;
        self.change(actor, Action::RecuseEvaluator, id, |dossier| {
            let evaluator = evaluator_name(dossier, evaluator)?;
            let vendor = vendor
                .map(|vendor| vendor_name(dossier, vendor))
                .transpose()?;
            let mut recusals = dossier.recusals().iter();
            let is_in =
                recusals.all(|recusal| recusal.evaluator != evaluator || recusal.vendor != vendor);
            Ok(unless(
                is_in,
                Change::EvaluatorReturned {
                    evaluator,
                    vendor,
                    reason,
                },
            ))
        })
    }

    /// Closes scoring: no answer changes any more.
    ///
    /// # Errors
    /// [`Error::Denied`] if it is not open.
    pub fn close_scoring(&self, actor: Actor, id: &EvaluationId) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::CloseScoring, id, |_| {
            Ok(vec![Entry::plain(Change::ScoringClosed {})])
        })
    }

    /// Opens scoring again.
    ///
    /// # Errors
    /// [`Error::Denied`] if it is not closed, or [`Error::Fields`] without a reason.
    pub fn reopen_scoring(
        &self,
        actor: Actor,
        id: &EvaluationId,
        reason: &str,
    ) -> Result<Arc<Opened>, Error> {
        let reason = self::reason(reason)?;
        self.change(actor, Action::ReopenScoring, id, |_| {
            Ok(vec![Entry::plain(Change::ScoringReopened { reason })])
        })
    }

    /// Removes the sample, or an evaluation without any sheet, from the list.
    ///
    /// # Errors
    /// [`Error::Denied`] for any other.
    pub fn remove(&self, actor: Actor, id: &EvaluationId) -> Result<(), Error> {
        self.change(actor, Action::RemoveEvaluation, id, |_| {
            Ok(vec![Entry::plain(Change::EvaluationRemoved {})])
        })?;
        Ok(())
    }
}

fn unless(done: bool, change: Change) -> Vec<Entry> {
    if done {
        Vec::new()
    } else {
        vec![Entry::plain(change)]
    }
}

/// A reason as typed, without the blanks around it.
pub(super) fn reason(text: &str) -> Result<String, Error> {
    let reason = text.trim();
    let refuse = |code, message| Err(Error::field("reason", Some(text), code, message));
    if reason.is_empty() {
        return refuse("reason-missing", "write why; the reason stays on record");
    }
    if reason.chars().count() > MAX_REASON {
        return refuse("reason-too-long", "write at most 2000 characters");
    }
    if let Some(letter) = reason.chars().find(|letter| hides(*letter)) {
        let name = name_of_invisible(letter).unwrap_or("a control character");
        let message = format!(
            "U+{:04X} ({name}) cannot be seen and could make the record read as something else; type the reason without it",
            u32::from(letter)
        );
        return Err(Error::field(
            "reason",
            Some(text),
            "reason-character",
            message,
        ));
    }
    Ok(reason.to_owned())
}

/// Whether a character could make a text read as something else than it is: what controls a terminal, or turns its direction.
fn hides(letter: char) -> bool {
    let is_blank = matches!(letter, '\t' | '\n' | '\r');
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (letter.is_control() && !is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_taken_as_typed_with_lines_and_letters_of_any_language() {
        let typed = "  Zu teuer,\n\tund 😀 נאמר\r\n";
        assert_eq!(reason(typed).unwrap(), "Zu teuer,\n\tund 😀 נאמר");
    }

    #[test]
    fn a_reason_that_could_read_as_something_else_is_refused_by_the_name_of_the_letter() {
        for (typed, name) in [
            ("a\0b", "NULL"),
            ("\u{202e}", "RIGHT-TO-LEFT OVERRIDE"),
            ("a\u{2067}b", "RIGHT-TO-LEFT ISOLATE"),
            ("a\u{1}", "a control character"),
        ] {
            let Err(Error::Fields(problems)) = reason(typed) else {
                unreachable!("{typed:?} is taken");
            };
            assert_eq!(problems[0].code, "reason-character");
            assert!(
                problems[0].message.contains(name),
                "{}",
                problems[0].message
            );
        }
    }
}
