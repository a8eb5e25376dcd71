//! What one vendor is told afterwards: its own result with every reason, and the winner's name and total.
//!
//! Nothing else of any other vendor may stand in it, and no evaluator is named. A reason that gives another vendor away is left out,
//! and said to be.

use std::fmt::Write as _;

use askama::Template;
use jiff::Timestamp;

use crate::evaluation::{Evaluation, VendorIndex};
use crate::scoring::VendorStatus;

use super::html::RenderError;
use super::paper::{Paper, minute};
use super::published::{Published, PublishedVendor};
use super::views::Nowhere;
use super::views::rivals::Rivals;
use super::views::vendors::{AnswerView, VendorRow, VendorSection, section};
use super::words::vendor_status;

/// The debrief of one vendor.
#[derive(Template)]
#[template(path = "debrief.html")]
pub struct Debrief<'a> {
    title: &'a str,
    record: &'a str,
    made: String,
    paper: Paper,
    status: &'static str,
    rank: String,
    vendor: VendorSection<'a>,
    winner: Winner<'a>,
    index: VendorIndex,
    rivals: Rivals,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Award {
    /// Nothing yet, so that everything may still change.
    Open,
    /// That no vendor is chosen.
    Nobody,
    /// For this vendor.
    Vendor(VendorIndex),
}

/// What is said of the winner.
enum Winner<'a> {
    Open,
    Itself,
    Another { name: &'a str, total: String },
    Nobody,
}

/// Makes the debrief of a vendor from a result published in full; `None` if it has no such vendor.
///
/// `award` is what was decided, `title` says about what, `record` which state of the record this is, `at` when.
#[must_use]
pub fn debrief<'a>(
    published: &'a Published<'a>,
    vendor: VendorIndex,
    award: Award,
    (title, record, at): (&'a str, &'a str, Timestamp),
) -> Option<Debrief<'a>> {
    let find = |wanted| published.vendors.iter().find(|one| one.vendor == wanted);
    let own: &PublishedVendor = find(vendor)?;
    let evaluation: &'a Evaluation = published.evaluation;
    Some(Debrief {
        title,
        record,
        made: minute(at),
        paper: Paper::new(evaluation.set(), Some(record), Some(at)),
        status: match (own.status, award) {
            (VendorStatus::Provisional, Award::Nobody | Award::Vendor(_)) => {
                "provisional: answers were missing when it was decided"
            }
            (status, _) => vendor_status(status),
        },
        rank: own.rank_shown(),
        vendor: section(published, vendor, &Nowhere)?,
        winner: match award {
            Award::Open => Winner::Open,
            Award::Nobody => Winner::Nobody,
            Award::Vendor(chosen) if chosen == vendor => Winner::Itself,
            Award::Vendor(chosen) => find(chosen).map_or(Winner::Nobody, |found| Winner::Another {
                name: evaluation.vendor_name(found.vendor),
                total: found.total.shown(),
            }),
        },
        index: vendor,
        rivals: Rivals::of(evaluation),
    })
}

impl Debrief<'_> {
    /// The debrief as one HTML file.
    ///
    /// # Errors
    /// [`RenderError`] if the template engine fails.
    pub fn html(&self) -> Result<String, RenderError> {
        Ok(self.render()?)
    }

    /// The debrief as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into memory cannot fail.
        let _ = self.write_text(&mut text);
        text
    }

    fn write_text(&self, out: &mut String) -> std::fmt::Result {
        let so_far = self.so_far();
        writeln!(
            out,
            "{}: {}\n{}\n",
            self.kind(),
            self.vendor.row.vendor,
            self.title
        )?;
        writeln!(out, "Status{so_far}: {}", self.status)?;
        if !self.rank.is_empty() {
            writeln!(out, "Rank{so_far}: {}", self.rank)?;
        }
        writeln!(out, "Total{so_far}: {} of 100", self.vendor.row.total)?;
        writeln!(out, "{}\n", self.winner_text())?;
        if !self.vendor.gates.is_empty() {
            writeln!(out, "Gates")?;
        }
        for gate in &self.vendor.gates {
            let (title, id) = (gate.title, gate.id);
            let (needed, value, outcome) = (&gate.needed, &gate.value, gate.outcome);
            writeln!(out, "- {title} ({id}): {needed} needed, {value}: {outcome}")?;
        }
        for group in &self.vendor.groups {
            writeln!(out, "\n{}", group.title)?;
            for row in &group.rows {
                writeln!(
                    out,
                    "- {} ({}): score {}, points {} of 100, share {}%, contribution {}",
                    row.title, row.id, row.score, row.points, row.share, row.contribution
                )?;
                for reason in self.reasons(row) {
                    writeln!(out, "    {reason}")?;
                }
            }
        }
        writeln!(out, "\nMade {}. Record {}", self.made, self.record)
    }

    /// How many reasons are left out because they give another vendor away.
    #[must_use]
    pub fn withheld(&self) -> usize {
        let rows = self.vendor.groups.iter().flat_map(|group| &group.rows);
        let answers = rows.flat_map(|row| counted(row));
        answers.filter(|answer| self.is_withheld(answer)).count()
    }

    fn is_withheld(&self, answer: &AnswerView<'_>) -> bool {
        let comment = answer.said.comment;
        comment.is_some_and(|comment| self.rivals.betrayed_in(comment, self.index))
    }

    /// What is said in the answers that count.
    fn reasons(&self, row: &VendorRow<'_>) -> Vec<String> {
        let said = |answer| said(answer, self.is_withheld(answer));
        counted(row).map(said).collect()
    }

    /// What this document is: nothing is final before the decision.
    fn kind(&self) -> &'static str {
        match self.winner {
            Winner::Open => "Provisional debrief",
            Winner::Itself | Winner::Another { .. } | Winner::Nobody => "Debrief",
        }
    }

    /// What stands behind the name of a figure that may still change.
    fn so_far(&self) -> &'static str {
        match self.winner {
            Winner::Open => " so far",
            Winner::Itself | Winner::Another { .. } | Winner::Nobody => "",
        }
    }

    fn winner_text(&self) -> String {
        match &self.winner {
            Winner::Open => {
                "No decision is recorded yet: everything below is provisional and may still change."
                    .to_owned()
            }
            Winner::Itself => "You were chosen.".to_owned(),
            Winner::Another { name, total } => {
                format!("Chosen: {name}, with a total of {total} of 100.")
            }
            Winner::Nobody => "No vendor has been chosen.".to_owned(),
        }
    }
}

fn counted<'a, 'b>(row: &'b VendorRow<'a>) -> impl Iterator<Item = &'b AnswerView<'a>> {
    row.answers.iter().filter(|answer| !answer.said.recused)
}

/// One answer without who gave it: `4: handled in the trial without help`.
fn said(answer: &AnswerView<'_>, is_withheld: bool) -> String {
    let score = match (&answer.said.score, answer.said.state) {
        (Some(score), _) => score.as_str(),
        (None, "no_response") => "no response",
        (None, _) => "not applicable",
    };
    match answer.said.comment {
        Some(_) if is_withheld => {
            format!("{score} (the reason speaks of another bidder and is not given here)")
        }
        Some(comment) => {
            let words: Vec<&str> = comment.split_whitespace().collect();
            format!("{score}: {}", words.join(" "))
        }
        None => format!("{score} (no reason given)"),
    }
}
