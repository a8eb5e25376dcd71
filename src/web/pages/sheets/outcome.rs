//! What became of a file, for the person who sent it.

use std::collections::BTreeSet;

use crate::evaluation::Effect;
use crate::exact::plain;
use crate::record::EvaluationId;
use crate::reports::answer_text;
use crate::service::{Filed, Opened, Receipt, VendorSum};
use crate::sheets::{Problem, Rule};
use crate::web::held::{HeldFile, Holding};

use super::ask::Ask;
use super::attempt::{Attempt, Terms, Verdict};
use super::problems::Problems;

/// The most answers that are listed with what they were before.
const LISTED: usize = 100;

/// What became of one file.
pub(super) struct Outcome {
    pub(super) file_name: String,
    pub(super) what: What,
    /// The word by which the file is still at hand; `None` if it is not.
    pub(super) held: Option<String>,
    pub(super) evaluator: String,
    pub(super) tab: String,
    pub(super) new_vendors: bool,
    pub(super) new_evaluators: bool,
    /// What is declared about it, as fields of a form.
    pub(super) declared: Vec<(String, String)>,
}

pub(super) enum What {
    Taken(Taken),
    WhoScored {
        suggested: String,
    },
    WhichTab {
        tabs: Vec<String>,
    },
    /// It was sent before and is no longer at hand.
    Gone,
    Refused(Refused),
}

/// A file that was filed, was filed before, or was only looked at.
pub(super) struct Taken {
    /// `None` if it was only looked at.
    pub(super) number: Option<u32>,
    pub(super) is_again: bool,
    /// Whether it was to be filed but is shown once more, since what it replaces has changed.
    pub(super) is_stale: bool,
    pub(super) sums: Vec<SumRow>,
    pub(super) seen: String,
    pub(super) evaluators: String,
    pub(super) new: usize,
    pub(super) changed: usize,
    pub(super) unchanged: usize,
    pub(super) cleared: usize,
    pub(super) not_scored: usize,
    pub(super) read_as: String,
    pub(super) effects: Vec<EffectRow>,
    pub(super) more_effects: usize,
    pub(super) warnings: Vec<Warning>,
    pub(super) more_warnings: usize,
    pub(super) missing: usize,
    pub(super) owing: Vec<String>,
}

/// An answer that is now another.
pub(super) struct EffectRow {
    pub(super) criterion: String,
    pub(super) vendor: String,
    pub(super) evaluator: String,
    pub(super) before: String,
    pub(super) after: String,
}

pub(super) struct Warning {
    pub(super) place: String,
    pub(super) message: String,
}

/// A file that was not taken.
pub(super) struct Refused {
    pub(super) problems: Problems,
    pub(super) ask: Ask,
    /// Names that are not on the lists, if they are all that is wrong.
    pub(super) unlisted: Option<Unlisted>,
}

pub(super) struct Unlisted {
    pub(super) names: Vec<String>,
    pub(super) vendors: bool,
    pub(super) evaluators: bool,
}

impl Outcome {
    pub(super) fn new(
        attempt: Attempt,
        id: &EvaluationId,
        opened: &Opened,
        holding: &Holding,
    ) -> Self {
        let Attempt {
            file,
            terms,
            verdict,
        } = attempt;
        let what = match verdict {
            Verdict::Taken(receipt) => What::Taken(Taken::new(&receipt)),
            Verdict::Stale(receipt) => What::Taken(Taken {
                is_stale: true,
                ..Taken::new(&receipt)
            }),
            Verdict::WhoScored => What::WhoScored {
                suggested: opened.suggested_evaluator(&file.name).unwrap_or_default(),
            },
            Verdict::WhichTab(tabs) => What::WhichTab { tabs },
            Verdict::Refused(problems) => What::Refused(Refused {
                unlisted: Unlisted::of(&problems),
                ask: Ask::new(
                    &problems,
                    &file.bytes,
                    terms.tab(),
                    terms.declared(),
                    &file.name,
                    opened,
                ),
                problems: Problems::new(&problems, &file.bytes, terms.tab(), terms.declared()),
            }),
            Verdict::Unfit(messages) => What::Refused(Refused {
                ask: Ask::default(),
                unlisted: None,
                problems: Problems {
                    count: messages.len(),
                    of_file: messages,
                    groups: Vec::new(),
                    more: 0,
                },
            }),
        };
        Self::holding(what, file, &terms, id, holding)
    }

    /// A file that was sent before and is no longer at hand.
    pub(super) fn gone() -> Self {
        Self {
            file_name: String::new(),
            what: What::Gone,
            held: None,
            evaluator: String::new(),
            tab: String::new(),
            new_vendors: false,
            new_evaluators: false,
            declared: Vec::new(),
        }
    }

    fn holding(
        what: What,
        file: HeldFile,
        terms: &Terms,
        id: &EvaluationId,
        holding: &Holding,
    ) -> Self {
        let asks = match &what {
            What::Taken(taken) => taken.number.is_none(),
            What::WhoScored { .. } | What::WhichTab { .. } | What::Refused(_) => true,
            What::Gone => false,
        };
        let pairs = terms.declared().statements();
        Self {
            file_name: file.name.clone(),
            what,
            held: asks.then(|| holding.keep(id, file)).flatten(),
            evaluator: terms.evaluator().to_owned(),
            tab: terms.tab().unwrap_or_default().to_owned(),
            new_vendors: terms.allows_vendors(),
            new_evaluators: terms.allows_evaluators(),
            declared: pairs
                .map(|(field, text)| (field.to_owned(), text.to_owned()))
                .collect(),
        }
    }

    /// Keeps back what stood before: while results are hidden, only the sheet's own answers are told.
    pub(super) fn keep_back(&mut self) {
        if let What::Taken(taken) = &mut self.what {
            for effect in &mut taken.effects {
                "an earlier answer".clone_into(&mut effect.before);
            }
        }
    }

    /// Whether the file was not taken, and nobody has to be asked either.
    pub(super) fn is_refused(&self) -> bool {
        match self.what {
            What::Refused(_) | What::Gone => true,
            What::Taken(_) | What::WhoScored { .. } | What::WhichTab { .. } => false,
        }
    }
}

impl Taken {
    fn new(receipt: &Receipt) -> Self {
        let changes = receipt.changes;
        let progress = receipt.progress();
        let dossier = receipt.after.dossier();
        let evaluation = dossier.evaluation();
        let effects = match receipt.filed {
            Filed::Again(_) => Vec::new(),
            Filed::New(_) | Filed::Checked => {
                let sheet = evaluation.sheet_indices().last();
                sheet.map_or_else(Vec::new, |sheet| evaluation.effects_of(sheet))
            }
        };
        let replaced: Vec<&Effect> = effects.iter().filter(|one| one.before.is_some()).collect();
        let owing = progress
            .evaluators
            .iter()
            .filter(|one| !one.owed.is_empty());
        Self {
            number: receipt.sheet(),
            is_again: matches!(receipt.filed, Filed::Again(_)),
            is_stale: false,
            sums: receipt.sums.iter().map(SumRow::new).collect(),
            seen: receipt
                .seen
                .map(|seen| seen.to_string())
                .unwrap_or_default(),
            evaluators: receipt.evaluators.join(", "),
            new: changes.new,
            changed: changes.changed,
            unchanged: changes.unchanged,
            cleared: changes.cleared,
            not_scored: changes.not_scored,
            read_as: receipt.read_as.to_string(),
            more_effects: replaced.len().saturating_sub(LISTED),
            effects: replaced
                .into_iter()
                .take(LISTED)
                .map(|effect| EffectRow::new(effect, &receipt.after))
                .collect(),
            more_warnings: receipt.warnings.len().saturating_sub(LISTED),
            warnings: receipt
                .warnings
                .iter()
                .take(LISTED)
                .map(Warning::new)
                .collect(),
            missing: progress.missing(),
            owing: owing
                .map(|one| {
                    let name = evaluation.evaluator_name(one.evaluator);
                    format!("{name} {}", one.owed.len())
                })
                .collect(),
        }
    }
}

/// What the numbers of one vendor in the file add up to.
pub(super) struct SumRow {
    pub(super) vendor: String,
    pub(super) numbers: usize,
    pub(super) sum: String,
}

impl SumRow {
    fn new(one: &VendorSum) -> Self {
        Self {
            vendor: one.vendor.clone(),
            numbers: one.numbers,
            sum: one.sum.map(plain).unwrap_or_default(),
        }
    }
}

impl EffectRow {
    fn new(effect: &Effect, opened: &Opened) -> Self {
        let dossier = opened.dossier();
        let evaluation = dossier.evaluation();
        let criterion = dossier.set().criteria().get(effect.criterion.position());
        let text = |answer| match answer {
            Some(answer) => answer_text(answer),
            None => "no answer".to_owned(),
        };
        Self {
            criterion: criterion.map_or("", |one| one.title()).to_owned(),
            vendor: evaluation.vendor_name(effect.vendor).to_owned(),
            evaluator: evaluation.evaluator_name(effect.evaluator).to_owned(),
            before: text(effect.before),
            after: text(effect.after),
        }
    }
}

impl Warning {
    fn new(problem: &Problem) -> Self {
        let place = match (problem.row(), problem.column()) {
            (Some(row), Some(column)) => format!("Row {row}, {column}: "),
            (Some(row), None) => format!("Row {row}: "),
            (None, _) => String::new(),
        };
        Self {
            place,
            message: problem.to_string(),
        }
    }
}

impl Unlisted {
    fn of(problems: &[Problem]) -> Option<Self> {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        let (mut vendors, mut evaluators) = (false, false);
        for problem in problems {
            match problem.rule() {
                Rule::UnknownVendor(_) => vendors = true,
                Rule::UnknownEvaluator(_) => evaluators = true,
                _ => return None,
            }
            names.extend(problem.value());
        }
        (!names.is_empty()).then(|| Self {
            names: names.into_iter().map(str::to_owned).collect(),
            vendors,
            evaluators,
        })
    }
}
