//! One evaluation as its events tell it.

mod awaited;
mod fold;
mod invited;
mod lists;
mod parts;
mod propose;
mod revise;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::accounts::{Awaited, Members, Object};
use crate::criteria::{CriteriaSet, CriterionIndex, Kind};
use crate::evaluation::{
    CONSENSUS, Evaluation, EvaluationKind, EvaluatorIndex, PANEL, Phase, Prices, Results, Stage,
};

use super::{Digest, EvaluationId, Head, Pin};

pub use fold::{Attached, Misfit};
pub use invited::Invitation;
pub use parts::{
    Decision, Declaration, Exclusion, Filing, Judgements, Lock, Purge, Recusal, Revision, TakenBack,
};
pub use propose::{Proposal, Proposed};

/// One evaluation with everything that surrounds its answers.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone)]
pub struct Dossier {
    id: EvaluationId,
    title: String,
    kind: EvaluationKind,
    is_sample: bool,
    results: Results,
    prices: Prices,
    phase: Phase,
    is_removed: bool,
    started_at: Timestamp,
    evaluators_given: bool,
    evaluation: Evaluation,
    judgements: Vec<Judgements>,
    filings: Vec<Filing>,
    refusals: usize,
    /// By the name as shown.
    handed_out: BTreeMap<String, Timestamp>,
    exclusions: Vec<Exclusion>,
    recusals: Vec<Recusal>,
    decision: Option<Decision>,
    lock: Option<Lock>,
    proposal: Option<Proposal>,
    retention: Option<Date>,
    /// The day that was said last, even if none holds now.
    promised: Option<Date>,
    /// That the answers were purged.
    emptied: Option<Purge>,
    method_sheet: Option<Digest>,
    revisions: Vec<Revision>,
    members: Members,
    invitations: Vec<Invitation>,
    head: Head,
    /// Found out when somebody asks.
    awaited: OnceLock<Awaited>,
    /// Whether whoever scores says first if they have a conflict of interest.
    declares: bool,
    declarations: Vec<Declaration>,
    /// Found out when somebody asks.
    undeclared: OnceLock<Awaited>,
}

impl Dossier {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &EvaluationId {
        &self.id
    }

    /// What is decided.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Internal choice or tender.
    #[must_use]
    pub fn kind(&self) -> EvaluationKind {
        self.kind
    }

    /// Whether it is the sample.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        self.is_sample
    }

    /// How far it has come.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How far it has come, lock and award included.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let chosen = self.decision.as_ref();
        let has_chosen = chosen.is_some_and(|decision| decision.vendor.is_some());
        Stage::of(self.phase, self.lock.is_some(), has_chosen)
    }

    /// Whether it is no longer listed.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.is_removed
    }

    /// When it began.
    #[must_use]
    pub fn started_at(&self) -> Timestamp {
        self.started_at
    }

    /// Whether vendors were listed before the sheets; then a sheet may only bring others if it is allowed to.
    #[must_use]
    pub fn lists_vendors(&self) -> bool {
        !self.evaluation.vendors().is_empty()
    }

    /// Whether evaluators were listed before the sheets; then a sheet may only bring others if it is allowed to.
    #[must_use]
    pub fn lists_evaluators(&self) -> bool {
        self.evaluators_given
    }

    /// Vendors, evaluators and the answers that stand.
    #[must_use]
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// The criteria set, with the evaluation's own prices.
    #[must_use]
    pub fn set(&self) -> &Arc<CriteriaSet> {
        self.evaluation.set()
    }

    /// Every sheet that was filed, in order.
    #[must_use]
    pub fn filings(&self) -> &[Filing] {
        &self.filings
    }

    /// The filing with a number.
    #[must_use]
    pub fn filing(&self, number: u32) -> Option<&Filing> {
        self.filings.iter().find(|filing| filing.number == number)
    }

    /// What weights were made of, in order.
    #[must_use]
    pub fn judgements(&self) -> &[Judgements] {
        &self.judgements
    }

    /// How many sheets somebody wanted to file that were refused.
    #[must_use]
    pub fn refusals(&self) -> usize {
        self.refusals
    }

    /// When an evaluator got their sheet; `None` if nobody said so.
    #[must_use]
    pub fn handed_out(&self, evaluator: EvaluatorIndex) -> Option<Timestamp> {
        self.handed_out
            .get(self.evaluation.evaluator_name(evaluator))
            .copied()
    }

    /// The vendors that are excluded.
    #[must_use]
    pub fn exclusions(&self) -> &[Exclusion] {
        &self.exclusions
    }

    /// The evaluators who are recused.
    #[must_use]
    pub fn recusals(&self) -> &[Recusal] {
        &self.recusals
    }

    /// The decision, once it is recorded.
    #[must_use]
    pub fn decision(&self) -> Option<&Decision> {
        self.decision.as_ref()
    }

    /// What somebody proposed and nobody has confirmed yet.
    #[must_use]
    pub fn proposal(&self) -> Option<&Proposal> {
        self.proposal.as_ref()
    }

    /// The last day on which everything is kept; `None` if no day is set.
    #[must_use]
    pub fn retention(&self) -> Option<Date> {
        self.retention
    }

    /// The day until which it was last said that everything is kept: an earlier one takes two persons, even if none holds now.
    #[must_use]
    pub fn promised(&self) -> Option<Date> {
        self.promised
    }

    /// That the whole evaluation was purged, its answers too: who, when and why. Nothing can be computed from it any more.
    #[must_use]
    pub fn emptied(&self) -> Option<&Purge> {
        self.emptied.as_ref()
    }

    /// The lock on the result, while it is locked.
    #[must_use]
    pub fn lock(&self) -> Option<&Lock> {
        self.lock.as_ref()
    }

    /// The result as it was pinned: when it was locked, else when the decision was taken.
    #[must_use]
    pub fn pinned(&self) -> Option<&Pin> {
        let decided = || self.decision.as_ref()?.pinned.as_ref();
        self.lock.as_ref().map(|lock| &lock.pinned).or_else(decided)
    }

    /// The digest of the method sheet as it was when the method was frozen.
    #[must_use]
    pub fn method_sheet(&self) -> Option<Digest> {
        self.method_sheet
    }

    /// Every revision of the method under answers that stood already, in order.
    #[must_use]
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// Who has which role in it.
    #[must_use]
    pub fn members(&self) -> &Members {
        &self.members
    }

    /// When results show.
    #[must_use]
    pub fn results(&self) -> Results {
        self.results
    }

    /// What evaluators said about their interests, in order; what somebody said last holds.
    #[must_use]
    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// Whether prices may be seen.
    #[must_use]
    pub fn prices(&self) -> Prices {
        self.prices
    }

    /// Whether a sheet holds prices that are sealed.
    #[must_use]
    pub fn seals(&self, filing: &Filing) -> bool {
        self.prices == Prices::Sealed && self.evaluation.has_prices(filing.sheet)
    }

    /// The last event.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// What the table of who may do what looks at.
    #[must_use]
    pub fn object(&self) -> Object<'_> {
        Object::Evaluation {
            kind: self.kind,
            phase: self.phase,
            results: self.results,
            has_sheets: !self.filings.is_empty(),
            is_sample: self.is_sample,
            is_locked: self.lock.is_some(),
            is_emptied: self.emptied.is_some(),
            awaited: self.awaited(),
            undeclared: self.undeclared(),
            prices: self.prices,
            id: self.id.as_str(),
            members: &self.members,
        }
    }

    /// The criteria people score: all but the prices.
    pub fn scored_criteria(&self) -> impl Iterator<Item = CriterionIndex> + '_ {
        let criteria = self.set().indexed_criteria();
        criteria.filter_map(|(index, criterion)| {
            (!matches!(criterion.kind(), Kind::Priced(_))).then_some(index)
        })
    }

    /// The criteria that are judged by a price, which no evaluator scores.
    pub fn priced_criteria(&self) -> impl Iterator<Item = CriterionIndex> + '_ {
        let criteria = self.set().indexed_criteria();
        criteria.filter_map(|(index, criterion)| {
            matches!(criterion.kind(), Kind::Priced(_)).then_some(index)
        })
    }

    /// Those who score: every evaluator but the moderated consensus, and the nameless panel only if it has more to say
    /// than prices.
    pub fn scorers(&self) -> impl Iterator<Item = EvaluatorIndex> + '_ {
        let evaluation = &self.evaluation;
        let all = evaluation.evaluator_indices();
        all.filter(|&one| match evaluation.evaluator_name(one) {
            CONSENSUS => false,
            PANEL => evaluation.assignment(one).is_some() || self.has_scored(one),
            _ => true,
        })
    }

    fn has_scored(&self, evaluator: EvaluatorIndex) -> bool {
        let matrix = self.evaluation.matrix();
        let mut vendors = self.evaluation.vendor_indices();
        vendors.any(|vendor| {
            let mut scored = self.scored_criteria();
            scored.any(|criterion| {
                let mut given = matrix.cell(vendor, criterion).iter();
                given.any(|given| given.evaluator == evaluator)
            })
        })
    }
}
