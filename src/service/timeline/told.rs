//! One event beside the state before it and the state after it.

use std::sync::Arc;

use crate::criteria::{CriteriaSet, Criterion};
use crate::evaluation::{EvaluationKind, Prices, Results, Stage};
use crate::record::{Attached, Change, Dossier, Sealed};
use crate::table::Name;

use super::answers::{Replaced, Standing};
use super::{About, Altered, Moment, methods, words};

/// What is looked at before an event, to be held against what is there after it.
#[derive(Debug)]
pub(super) struct Before {
    set: Arc<CriteriaSet>,
    stage: Stage,
    decision: Option<String>,
    lock: Option<String>,
    assignment: Option<String>,
    standing: Standing,
}

impl Before {
    pub(super) fn of(sealed: &Sealed, dossier: &Dossier, attached: &Attached) -> Self {
        let evaluation = dossier.evaluation();
        let change = &sealed.event().change;
        let standing = match (change, attached) {
            (Change::SheetFiled { .. }, Attached::Sheet(sheet)) => {
                Standing::in_cells_of(sheet, evaluation)
            }
            (Change::SheetWithdrawn { sheet, .. } | Change::SheetRestored { sheet, .. }, _) => {
                let filing = dossier.filing(*sheet);
                let sheet = filing.and_then(|filing| evaluation.sheet(filing.sheet));
                sheet.map_or_else(Standing::default, |sheet| {
                    Standing::in_cells_of(sheet, evaluation)
                })
            }
            (Change::MethodRevised { .. }, _) => Standing::everywhere(evaluation),
            _ => Standing::default(),
        };
        let assignment = match change {
            Change::CriteriaAssigned { evaluator, .. } => Some(assignment(dossier, evaluator)),
            _ => None,
        };
        Self {
            set: Arc::clone(dossier.set()),
            stage: dossier.stage(),
            decision: decision(dossier),
            lock: lock(dossier),
            assignment,
            standing,
        }
    }

    /// Tells the event that came then.
    pub(super) fn tell(self, sealed: &Sealed, after: &Dossier) -> Moment {
        let change = &sealed.event().change;
        let mut differences = Vec::new();
        if !Arc::ptr_eq(&self.set, after.set()) {
            differences.extend(methods::differences(&self.set, after.set()));
        }
        let assigned = match change {
            Change::CriteriaAssigned { evaluator, .. } => Some(assignment(after, evaluator)),
            _ => None,
        };
        let pairs = [
            ("To score", self.assignment, assigned),
            (
                "State",
                Some(self.stage.word().to_owned()),
                Some(after.stage().word().to_owned()),
            ),
            ("Decision", self.decision, decision(after)),
            ("Pinned result", self.lock, lock(after)),
        ];
        let changed = pairs
            .into_iter()
            .filter(|(_, before, after)| before != after);
        differences
            .extend(changed.map(|(what, before, after)| Altered::between(what, before, after)));
        let replaced = self.standing.replaced_in(after.evaluation());
        moment(sealed, after, differences, replaced)
    }
}

/// Tells the first event.
pub(super) fn begun(first: &Sealed, dossier: &Dossier) -> Moment {
    let kind = match dossier.kind() {
        EvaluationKind::Internal => "internal choice",
        EvaluationKind::Tender => "tender",
    };
    let results = match dossier.results() {
        Results::Open => "show all the time",
        Results::Hidden => "are hidden until scoring is closed",
    };
    let set = dossier.set();
    let facts = [
        ("Title", dossier.title().to_owned()),
        ("Kind of decision", kind.to_owned()),
        ("Results", results.to_owned()),
        (
            "Criteria set",
            format!("{} version {}", set.id(), set.version()),
        ),
    ];
    let sealed = (dossier.prices() != Prices::Shown)
        .then(|| ("Prices", "are sealed until somebody opens them".to_owned()));
    let told = |(what, after)| Altered::between(what, None, Some(after));
    moment(
        first,
        dossier,
        facts.into_iter().chain(sealed).map(told).collect(),
        Vec::new(),
    )
}

fn moment(
    sealed: &Sealed,
    after: &Dossier,
    differences: Vec<Altered>,
    replaced: Vec<Replaced>,
) -> Moment {
    let event = sealed.event();
    Moment {
        head: sealed.head(),
        at: event.at,
        clock_went_back: event.clock_went_back,
        actor: event.actor.clone(),
        way_in: event.auth.map(words::way_in),
        request: event.request.clone(),
        topic: words::topic(&event.change),
        what: words::what(&event.change, after),
        what_kept_back: words::what_kept_back(&event.change, after),
        reason: event.change.reason().map(str::to_owned),
        differences,
        about: about(&event.change, after, &replaced),
        replaced,
    }
}

/// Whom and what an event is about.
fn about(change: &Change, after: &Dossier, replaced: &[Replaced]) -> About {
    let mut about = About::default();
    match change {
        Change::VendorAdded { vendor }
        | Change::VendorRemoved { vendor }
        | Change::VendorExcluded { vendor, .. }
        | Change::VendorReadmitted { vendor, .. } => {
            about.vendors.insert(vendor.clone());
        }
        Change::EvaluatorAdded { evaluator }
        | Change::EvaluatorRemoved { evaluator }
        | Change::EvaluatorInvited { evaluator, .. } => {
            about.evaluators.insert(evaluator.clone());
        }
        Change::CriteriaAssigned {
            evaluator,
            criteria,
        } => {
            about.evaluators.insert(evaluator.clone());
            about.criteria.extend(criteria.iter().flatten().cloned());
        }
        Change::MemberAdded { user, .. } | Change::MemberRemoved { user } => {
            about.evaluators.insert(user.to_string());
        }
        Change::InterestsDeclared {
            evaluator,
            conflicts,
            ..
        } => {
            about.evaluators.insert(evaluator.clone());
            about.vendors.extend(conflicts.iter().cloned());
        }
        Change::SheetsHandedOut { evaluators } => {
            about.evaluators.extend(evaluators.iter().cloned());
        }
        Change::EvaluatorRecused {
            evaluator, vendor, ..
        }
        | Change::EvaluatorReturned {
            evaluator, vendor, ..
        } => {
            about.evaluators.insert(evaluator.clone());
            about.vendors.extend(vendor.clone());
        }
        Change::SheetFiled { sheet, .. }
        | Change::SheetWithdrawn { sheet, .. }
        | Change::SheetRestored { sheet, .. } => about_sheet(&mut about, *sheet, after),
        Change::DecisionRecorded { vendor, .. } | Change::AwardProposed { vendor, .. } => {
            about.vendors.extend(vendor.clone());
        }
        Change::MethodRevised { mapping, .. } => about.criteria.extend(mapping.keys().cloned()),
        Change::MethodTailored { dropped, .. } => about.criteria.extend(dropped.iter().cloned()),
        Change::EvaluationStarted { .. }
        | Change::MethodChosen { .. }
        | Change::MethodRead { .. }
        | Change::WeightsElicited { .. }
        | Change::MethodFrozen { .. }
        | Change::MethodReopened { .. }
        | Change::SheetRefused { .. }
        | Change::ScoringClosed {}
        | Change::PricesOpened {}
        | Change::ScoringReopened { .. }
        | Change::DecisionTakenBack { .. }
        | Change::ResultLocked { .. }
        | Change::ResultUnlocked { .. }
        | Change::InvitationUsed { .. }
        | Change::UnlockProposed { .. }
        | Change::TakeBackProposed { .. }
        | Change::PurgeProposed { .. }
        | Change::FilesPurged { .. }
        | Change::RetentionSet { .. }
        | Change::RetentionProposed { .. }
        | Change::ProposalTakenBack { .. }
        | Change::InvitationEnded { .. }
        | Change::EvaluationRemoved {} => {}
    }
    for one in replaced {
        about.vendors.insert(one.vendor.to_string());
        about.criteria.insert(one.criterion.to_string());
    }
    about
}

/// Whom and what a sheet speaks of, as the evaluation calls them.
fn about_sheet(about: &mut About, number: u32, after: &Dossier) {
    about.sheet = Some(number);
    let evaluation = after.evaluation();
    let filing = after.filing(number);
    let Some(sheet) = filing.and_then(|filing| evaluation.sheet(filing.sheet)) else {
        return;
    };
    let vendors = sheet.vendors().iter();
    about.vendors.extend(vendors.map(|name| {
        let known = evaluation.vendor_named(name);
        let shown = known.map_or(name.shown(), |one| evaluation.vendor_name(one));
        shown.to_owned()
    }));
    let evaluators = sheet.evaluators().iter();
    about.evaluators.extend(evaluators.map(|name| {
        let known = evaluation.evaluator_named(name);
        let shown = known.map_or(name.shown(), |one| evaluation.evaluator_name(one));
        shown.to_owned()
    }));
    let criteria = evaluation.set().criteria();
    let lines = sheet.lines().iter();
    let spoken = lines.filter_map(|line| criteria.get(line.criterion.position()));
    let mut seen: Vec<&str> = spoken.map(Criterion::id).collect();
    seen.sort_unstable();
    seen.dedup();
    about.criteria.extend(seen.into_iter().map(str::to_owned));
}

fn assignment(dossier: &Dossier, evaluator: &str) -> String {
    let evaluation = dossier.evaluation();
    let name = Name::parse(evaluator).ok();
    let index = name.and_then(|name| evaluation.evaluator_named(&name));
    let assigned = index.and_then(|index| evaluation.assignment(index));
    let Some(assigned) = assigned else {
        return "what they answer of their own accord".to_owned();
    };
    let all = dossier.scored_criteria().count();
    if assigned.len() == all {
        return "everything that is not a price".to_owned();
    }
    let criteria = dossier.set().criteria();
    let ids = assigned
        .iter()
        .filter_map(|one| criteria.get(one.position()));
    let ids: Vec<&str> = ids.map(Criterion::id).collect();
    ids.join(", ")
}

fn decision(dossier: &Dossier) -> Option<String> {
    let decision = dossier.decision()?;
    Some(match &decision.vendor {
        Some(vendor) => format!("{vendor} is chosen"),
        None => "no vendor is chosen".to_owned(),
    })
}

fn lock(dossier: &Dossier) -> Option<String> {
    let lock = dossier.lock()?;
    Some(format!("locked, SHA-256 {}", lock.pinned.result))
}
