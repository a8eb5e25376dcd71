//! The words results are told in.

use crate::criteria::{Category, CriteriaSet, Criterion};
use crate::evaluation::{Answer, Evaluation};
use crate::scoring::agreement::Hole;
use crate::scoring::{GateBound, GateOn, GateOutcome, ResultStatus, State, VendorStatus};

pub(super) fn result_status(status: ResultStatus) -> &'static str {
    match status {
        ResultStatus::Final => "final",
        ResultStatus::Provisional => "provisional",
    }
}

pub(super) fn vendor_status(status: VendorStatus) -> &'static str {
    match status {
        VendorStatus::Ranked => "ranked",
        VendorStatus::Provisional => "provisional",
        VendorStatus::Disqualified => "disqualified",
        VendorStatus::Excluded => "excluded",
    }
}

pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Scored => "scored",
        State::NoResponse => "no_response",
        State::NotScored => "not_scored",
        State::NotApplicable => "not_applicable",
        State::Sealed => "sealed",
    }
}

pub(super) fn outcome(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::Passed => "passed",
        GateOutcome::Failed => "failed",
        GateOutcome::Open => "open",
        GateOutcome::NotApplicable => "not_applicable",
    }
}

/// The id of what a gate is on; `total` for the total.
pub(super) fn gate_on(set: &CriteriaSet, on: GateOn) -> &str {
    match on {
        GateOn::Criterion(index) => set
            .criteria()
            .get(index.position())
            .map_or("", Criterion::id),
        GateOn::Category(index) => set
            .categories()
            .get(index.position())
            .map_or("", Category::id),
        GateOn::Total => "total",
    }
}

/// The title of what a gate is on.
pub(super) fn gate_title(set: &CriteriaSet, on: GateOn) -> &str {
    match on {
        GateOn::Criterion(index) => set
            .criteria()
            .get(index.position())
            .map_or("", Criterion::title),
        GateOn::Category(index) => set
            .categories()
            .get(index.position())
            .map_or("", Category::title),
        GateOn::Total => "Total",
    }
}

/// What a gate asks for: `at least 2`, `at most 900000`, `a pass`.
pub(super) fn gate_bound(on: GateOn, bound: GateBound) -> String {
    let unit = match on {
        GateOn::Criterion(_) => "",
        GateOn::Category(_) | GateOn::Total => " percent",
    };
    match bound {
        GateBound::Minimum(bound) => format!("at least {bound}{unit}"),
        GateBound::Maximum(bound) => format!("at most {bound}{unit}"),
        GateBound::Pass => "a pass".to_owned(),
    }
}

/// `A`, `A and B`, `A, B and C`.
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let Some((last, others)) = names.split_last() else {
        return String::new();
    };
    if others.is_empty() {
        return last.as_ref().to_owned();
    }
    let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
    format!("{} and {}", others.join(", "), last.as_ref())
}

/// `1 answer`, `2 answers`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What somebody answered where a score was to come.
pub(crate) fn instead_of_a_score(evaluation: &Evaluation, hole: &Hole) -> &'static str {
    if evaluation.is_recused(hole.evaluator, hole.vendor) {
        return "recused";
    }
    match hole.answer {
        Some(Answer::NoResponse) => "no response",
        Some(Answer::NotApplicable) => "not applicable",
        Some(Answer::Scored(_) | Answer::Passed | Answer::Failed) | None => "not scored",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_like_a_sentence() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
    }
}
