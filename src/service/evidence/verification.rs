//! What came of checking a bundle, as one page for people.

use std::fmt;

use crate::record::BundleManifest;
use crate::scoring::METHOD_VERSION;

use super::PROGRAM;

/// The most differences that one check tells of; the rest are counted.
const TOLD: usize = 20;

/// What came of checking a bundle.
#[derive(Debug)]
pub struct Verification {
    /// What the bundle says of itself.
    pub manifest: BundleManifest,
    /// How many events its record has, as far as it can be read.
    pub events: usize,
    /// How far the evaluation has come by its record; `None` if that cannot be followed.
    pub state: Option<String>,
    /// Every check, in the order they were made.
    pub checks: Vec<Check>,
}

/// One check.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked, as a sentence begins.
    pub what: &'static str,
    /// What was found.
    pub found: Found,
}

/// What a check found.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// It is as it must be; how much there was.
    Holds(String),
    /// It is not, and in what.
    Differs(Vec<String>),
    /// What it needs was purged, by which event: there is nothing that it could be computed from any more.
    Purged(String),
    /// It could not be made, since what it needs did not hold.
    NotMade,
}

impl Verification {
    /// Whether every check holds that could be made with what was not purged.
    #[must_use]
    pub fn holds(&self) -> bool {
        let holds = |check: &Check| matches!(check.found, Found::Holds(_) | Found::Purged(_));
        self.checks.iter().all(holds)
    }

    /// Whether another version of the program made the bundle, which may read a file or print a figure in another way.
    #[must_use]
    pub fn is_of_another_program(&self) -> bool {
        self.manifest.program != PROGRAM || self.manifest.method != METHOD_VERSION
    }
}

/// One page for people.
impl fmt::Display for Verification {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let manifest = &self.manifest;
        writeln!(
            out,
            "Bundle of \"{}\" (evaluation {}), made by scorecard {}, method version {}.",
            manifest.title, manifest.evaluation, manifest.program, manifest.method
        )?;
        writeln!(out, "Its record ends with {}.", manifest.head)?;
        if let Some(state) = &self.state {
            writeln!(out, "State: {state}")?;
        }
        writeln!(out)?;
        for check in &self.checks {
            match &check.found {
                Found::Holds(how_much) => writeln!(out, "holds    {}: {how_much}", check.what)?,
                Found::Purged(by) => writeln!(out, "purged   {}: {by}", check.what)?,
                Found::NotMade => {
                    writeln!(out, "not made {}: what it needs does not hold", check.what)?;
                }
                Found::Differs(what) => {
                    writeln!(out, "DIFFERS  {}:", check.what)?;
                    for one in what.iter().take(TOLD) {
                        writeln!(out, "         - {one}")?;
                    }
                    if what.len() > TOLD {
                        let more = what.len().saturating_sub(TOLD);
                        writeln!(out, "         - and {more} more")?;
                    }
                }
            }
        }
        writeln!(out)?;
        let is_purged = |check: &Check| matches!(check.found, Found::Purged(_));
        if self.holds() && self.checks.iter().any(is_purged) {
            writeln!(
                out,
                "Everything that is left in this bundle holds; answers and result cannot be computed again, since the evaluation \
                 was purged. Whether it is the record that was kept, only its end tells: compare {} with what stands on a report \
                 printed at the time.",
                manifest.head
            )
        } else if self.holds() {
            writeln!(
                out,
                "Everything in this bundle follows from its original files. Whether it is the record that was kept, only \
                 its end tells: compare {} with what stands on a report printed at the time.",
                manifest.head
            )
        } else if self.is_of_another_program() {
            writeln!(
                out,
                "Not everything holds. The bundle was made by another version (this is scorecard {PROGRAM}, method version \
                 {METHOD_VERSION}): check it with that version before you conclude anything."
            )
        } else {
            writeln!(
                out,
                "Not everything holds: this bundle is not what the service gave out."
            )
        }
    }
}
