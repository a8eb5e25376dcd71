//! The fold: how each event changes the dossier.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use thiserror::Error;

use crate::accounts::Members;
use crate::criteria::{CriteriaSet, CriterionIndex};
use crate::evaluation::{
    CONSENSUS, Changes, Evaluation, EvaluatorIndex, Phase, Prices, Refusal, Sheet, VendorIndex,
};
use crate::record::{Change, Digest, Event, Sealed};
use crate::table::{Name, NameError};

use super::{Dossier, Exclusion, Filing, Judgements, Recusal, TakenBack};

/// What an event names by digest, read.
#[derive(Debug, Clone)]
pub enum Attached {
    /// The event names nothing.
    Nothing,
    /// A criteria set.
    Set(Arc<CriteriaSet>),
    /// The answers of a sheet.
    Sheet(Sheet),
}

/// An event does not fit what went before.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Misfit {
    /// The first event does not start an evaluation, or a later one does.
    #[error("the log does not begin with the start of the evaluation")]
    NotStarted,
    /// What the event names by digest is not there.
    #[error("the file that the event names is missing or another one")]
    Unattached,
    /// A vendor, evaluator, sheet or criterion that is not there.
    #[error("the event is about something that is not there: {0}")]
    Unknown(String),
    /// Values that another scale has no place for.
    #[error("the scores of {0} have no place on the new scale")]
    Unmapped(String),
    /// A name that cannot be one.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A sheet, vendor or evaluator that the evaluation refuses.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refusal>),
}

impl From<Refusal> for Misfit {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl Dossier {
    /// Begins with the first event of a log.
    ///
    /// # Errors
    /// [`Misfit`] if it does not start an evaluation.
    pub fn start(first: &Sealed, attached: Attached) -> Result<Self, Misfit> {
        let event = first.event();
        let Change::EvaluationStarted {
            title,
            evaluation_kind,
            sample,
            set,
            results,
            sealed_prices,
            declarations,
        } = &event.change
        else {
            return Err(Misfit::NotStarted);
        };
        let mut evaluation = Evaluation::new(attached_set(attached, &set.sha256)?);
        let mut prices = Prices::Shown;
        if *sealed_prices {
            evaluation.seal_prices();
            prices = Prices::Sealed;
        }
        Ok(Self {
            id: event.evaluation.clone(),
            title: title.clone(),
            kind: *evaluation_kind,
            is_sample: *sample,
            results: results.unwrap_or(evaluation_kind.results()),
            prices,
            phase: Phase::Draft,
            is_removed: false,
            started_at: event.at,
            evaluators_given: false,
            evaluation,
            judgements: Vec::new(),
            filings: Vec::new(),
            refusals: 0,
            handed_out: BTreeMap::new(),
            exclusions: Vec::new(),
            recusals: Vec::new(),
            decision: None,
            lock: None,
            proposal: None,
            retention: None,
            promised: None,
            emptied: None,
            method_sheet: None,
            revisions: Vec::new(),
            members: Members::default(),
            invitations: Vec::new(),
            head: first.head(),
            awaited: OnceLock::new(),
            declares: *declarations,
            declarations: Vec::new(),
            undeclared: OnceLock::new(),
        })
    }

    /// Goes on with the next event.
    ///
    /// # Errors
    /// [`Misfit`] if it does not fit; the dossier is then of no further use.
    pub fn apply(&mut self, sealed: &Sealed, attached: Attached) -> Result<(), Misfit> {
        let event = sealed.event();
        let why = |reason: &str| TakenBack {
            reason: reason.to_owned(),
            by: event.actor.clone(),
            at: event.at,
        };
        match &event.change {
            Change::EvaluationStarted { .. } => return Err(Misfit::NotStarted),
            Change::MethodChosen { set }
            | Change::MethodRead { set, .. }
            | Change::MethodTailored { set, .. } => {
                self.evaluation = self.evaluation.under(attached_set(attached, &set.sha256)?);
            }
            Change::WeightsElicited { .. } => self.elicit(event, attached)?,
            Change::MethodRevised { .. } => self.revise(sealed, attached)?,
            Change::MethodFrozen { sheet } => {
                self.method_sheet = *sheet;
                self.phase = Phase::Open;
            }
            Change::ScoringReopened { .. } => {
                self.proposal = None;
                self.phase = Phase::Open;
            }
            Change::MethodReopened { .. } => {
                self.method_sheet = None;
                self.phase = Phase::Draft;
            }
            Change::VendorAdded { vendor } => {
                self.evaluation.add_vendor(&Name::parse(vendor)?)?;
            }
            Change::VendorRemoved { vendor } => self.remove_vendor(vendor)?,
            Change::EvaluatorAdded { evaluator } => {
                self.evaluation.add_evaluator(&Name::parse(evaluator)?)?;
                self.evaluators_given = true;
            }
            Change::EvaluatorRemoved { evaluator } => self.remove_evaluator(evaluator)?,
            Change::CriteriaAssigned {
                evaluator,
                criteria,
            } => self.assign(evaluator, criteria.as_deref())?,
            Change::SheetsHandedOut { evaluators } => self.hand_out(evaluators, event.at)?,
            Change::SheetFiled { .. } => self.file(sealed, attached)?,
            Change::SheetRefused { .. } => self.refusals = self.refusals.saturating_add(1),
            Change::SheetWithdrawn { sheet, reason } => self.withdraw(*sheet, Some(why(reason)))?,
            Change::SheetRestored { sheet, .. } => self.withdraw(*sheet, None)?,
            Change::VendorExcluded { vendor, reason } => self.exclude(vendor, Some(why(reason)))?,
            Change::VendorReadmitted { vendor, .. } => self.exclude(vendor, None)?,
            Change::EvaluatorRecused {
                evaluator,
                vendor,
                reason,
            } => {
                self.recuse(evaluator, vendor.as_deref(), Some(why(reason)))?;
            }
            Change::EvaluatorReturned {
                evaluator, vendor, ..
            } => self.recuse(evaluator, vendor.as_deref(), None)?,
            Change::ScoringClosed {} => self.phase = Phase::ScoringClosed,
            Change::PricesOpened {} => self.open_prices(),
            Change::DecisionRecorded { .. }
            | Change::DecisionTakenBack { .. }
            | Change::ResultLocked { .. }
            | Change::ResultUnlocked { .. } => self.decide(event),
            Change::AwardProposed { .. }
            | Change::UnlockProposed { .. }
            | Change::TakeBackProposed { .. }
            | Change::PurgeProposed { .. }
            | Change::RetentionProposed { .. }
            | Change::ProposalTakenBack { .. } => self.propose(event),
            Change::FilesPurged { .. } => self.purge(event),
            Change::RetentionSet {
                until, proposed_by, ..
            } => self.retain(*until, proposed_by.is_some()),
            Change::MemberAdded { .. }
            | Change::MemberRemoved { .. }
            | Change::EvaluatorInvited { .. }
            | Change::InvitationUsed { .. }
            | Change::InvitationEnded { .. } => self.note_people(event),
            Change::InterestsDeclared { .. } => self.declare(event),
            Change::EvaluationRemoved {} => self.is_removed = true,
        }
        self.stand_at(sealed);
        Ok(())
    }
}

impl Dossier {
    /// Files a sheet without an event, to see what it would do; the dossier is then one of a trial.
    ///
    /// # Errors
    /// [`Misfit::Refused`] if the sheet does not go with what is there.
    pub fn try_sheet(&mut self, sheet: Sheet) -> Result<Changes, Misfit> {
        self.awaited = OnceLock::new();
        self.evaluation.file(sheet).map_err(Misfit::Refused)
    }

    pub(super) fn vendor(&self, name: &str) -> Result<VendorIndex, Misfit> {
        let found = self.evaluation.vendor_named(&Name::parse(name)?);
        found.ok_or_else(|| Misfit::Unknown(name.to_owned()))
    }

    pub(super) fn evaluator(&self, name: &str) -> Result<EvaluatorIndex, Misfit> {
        let found = self.evaluation.evaluator_named(&Name::parse(name)?);
        found.ok_or_else(|| Misfit::Unknown(name.to_owned()))
    }

    fn assign(&mut self, evaluator: &str, criteria: Option<&[String]>) -> Result<(), Misfit> {
        let index = self.evaluator(evaluator)?;
        let found = |id: &String| {
            let index = self.set().criterion_index(id);
            index.ok_or_else(|| Misfit::Unknown(id.clone()))
        };
        let criteria = criteria
            .map(|ids| ids.iter().map(found).collect())
            .transpose()?;
        self.evaluation.assign(index, criteria);
        Ok(())
    }

    fn hand_out(&mut self, evaluators: &[String], at: Timestamp) -> Result<(), Misfit> {
        let mut all = evaluators.iter();
        all.try_for_each(|evaluator| self.hand_out_to(evaluator, at))
    }

    fn hand_out_to(&mut self, evaluator: &str, at: Timestamp) -> Result<(), Misfit> {
        let index = self.evaluator(evaluator)?;
        let name = self.evaluation.evaluator_name(index).to_owned();
        if self.evaluation.assignment(index).is_none() && name != CONSENSUS {
            let everything: BTreeSet<CriterionIndex> = self.scored_criteria().collect();
            self.evaluation.assign(index, Some(everything));
        }
        self.handed_out.insert(name, at);
        Ok(())
    }

    fn file(&mut self, sealed: &Sealed, attached: Attached) -> Result<(), Misfit> {
        let event = sealed.event();
        let (
            Change::SheetFiled {
                sheet: number,
                file_name,
                original,
                bytes,
                answers,
                evaluator,
                new_vendors,
                new_evaluators,
                tab,
                declared,
                salt: _,
            },
            Attached::Sheet(sheet),
        ) = (&event.change, attached)
        else {
            return Err(Misfit::Unattached);
        };
        let evaluators = sheet
            .evaluators()
            .iter()
            .map(|name| name.shown().to_owned())
            .collect();
        let changes = self.evaluation.file(sheet).map_err(Misfit::Refused)?;
        let Some(index) = self.evaluation.sheet_indices().last() else {
            return Err(Misfit::Unattached);
        };
        self.filings.push(Filing {
            number: *number,
            sheet: index,
            file_name: file_name.clone(),
            original: *original,
            bytes: *bytes,
            answers: *answers,
            evaluator: evaluator.clone(),
            new_vendors: *new_vendors,
            new_evaluators: *new_evaluators,
            tab: tab.clone(),
            declared: declared.clone(),
            evaluators,
            changes,
            by: event.actor.clone(),
            at: event.at,
            withdrawn: None,
            purged: None,
        });
        Ok(())
    }

    fn elicit(&mut self, event: &Event, attached: Attached) -> Result<(), Misfit> {
        let Change::WeightsElicited {
            method,
            of,
            judgements,
            set,
        } = &event.change
        else {
            return Err(Misfit::Unattached);
        };
        self.evaluation = self.evaluation.under(attached_set(attached, &set.sha256)?);
        self.judgements.push(Judgements {
            method: method.clone(),
            of: of.clone(),
            digest: *judgements,
            by: event.actor.clone(),
            at: event.at,
        });
        Ok(())
    }

    fn withdraw(&mut self, number: u32, why: Option<TakenBack>) -> Result<(), Misfit> {
        let filing = self
            .filings
            .iter_mut()
            .find(|filing| filing.number == number);
        let filing = filing.ok_or_else(|| Misfit::Unknown(format!("sheet {number}")))?;
        self.evaluation.set_withdrawn(filing.sheet, why.is_some());
        filing.withdrawn = why;
        Ok(())
    }

    fn exclude(&mut self, vendor: &str, why: Option<TakenBack>) -> Result<(), Misfit> {
        let index = self.vendor(vendor)?;
        let vendor = self.evaluation.vendor_name(index).to_owned();
        self.evaluation.set_excluded(index, why.is_some());
        self.exclusions
            .retain(|exclusion| exclusion.vendor != vendor);
        self.exclusions
            .extend(why.map(|why| Exclusion { vendor, why }));
        Ok(())
    }

    fn recuse(
        &mut self,
        evaluator: &str,
        vendor: Option<&str>,
        why: Option<TakenBack>,
    ) -> Result<(), Misfit> {
        let who = self.evaluator(evaluator)?;
        let about = vendor.map(|vendor| self.vendor(vendor)).transpose()?;
        let evaluator = self.evaluation.evaluator_name(who).to_owned();
        let vendor = about.map(|about| self.evaluation.vendor_name(about).to_owned());
        self.evaluation.set_recused(who, about, why.is_some());
        self.recusals
            .retain(|recusal| recusal.evaluator != evaluator || recusal.vendor != vendor);
        self.recusals.extend(why.map(|why| Recusal {
            evaluator,
            vendor,
            why,
        }));
        Ok(())
    }
}

pub(super) fn attached_set(
    attached: Attached,
    sha256: &Digest,
) -> Result<Arc<CriteriaSet>, Misfit> {
    match attached {
        Attached::Set(set) if Digest::of(set.source().as_bytes()) == *sha256 => Ok(set),
        Attached::Set(_) | Attached::Sheet(_) | Attached::Nothing => Err(Misfit::Unattached),
    }
}
