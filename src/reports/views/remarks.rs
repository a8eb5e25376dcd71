//! Reasons that would not bear an award: advice on what to look at again, and never a block.

use std::collections::BTreeMap;

use crate::criteria::CriterionIndex;
use crate::evaluation::{Answer, Evaluation, EvaluatorIndex, Given, VendorIndex};

use super::rivals::{Rivals, folded, holds};

/// The most remarks that are listed.
const LISTED: usize = 100;
/// Shorter reasons may well be alike by chance.
const COPIED_FROM: usize = 12;
/// Words that compare with other vendors instead of with what was asked.
const COMPARING: [&str; 10] = [
    "better than",
    "worse than",
    "weaker than",
    "stronger than",
    "compared to",
    "compared with",
    "the best of",
    "the worst of",
    "than the other",
    "unlike the other",
];

/// Why a reason is worth another look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    Empty,
    Copied,
    Comparing,
    Rival,
}

/// A reason that is worth another look.
pub(crate) struct Remark<'a> {
    pub(crate) evaluator: &'a str,
    pub(crate) vendor: &'a str,
    /// The vendor's number in the list, from 1.
    pub(crate) number: usize,
    pub(crate) title: &'a str,
    pub(crate) id: &'a str,
    pub(crate) what: &'static str,
    pub(crate) comment: &'a str,
}

/// All remarks, and how many more there are than are listed.
pub(crate) struct Remarks<'a> {
    pub(crate) listed: Vec<Remark<'a>>,
    pub(crate) more: usize,
    /// Scores without any reason, which are only counted.
    pub(crate) empty: usize,
}

/// Looks through the reasons of every score that counts.
pub(crate) fn remarks(evaluation: &Evaluation) -> Remarks<'_> {
    let mut remarks = Remarks {
        listed: Vec::new(),
        more: 0,
        empty: 0,
    };
    let rivals = Rivals::of(evaluation);
    for (index, criterion) in evaluation.set().indexed_criteria() {
        let copied = copied(evaluation, index);
        for vendor in standing(evaluation) {
            for given in evaluation.counted(vendor, index) {
                match judged(evaluation, given, vendor, &copied, &rivals) {
                    None => {}
                    Some(Why::Empty) => remarks.empty = remarks.empty.saturating_add(1),
                    Some(_) if remarks.listed.len() >= LISTED => {
                        remarks.more = remarks.more.saturating_add(1);
                    }
                    Some(why) => remarks.listed.push(Remark {
                        evaluator: evaluation.evaluator_name(given.evaluator),
                        vendor: evaluation.vendor_name(vendor),
                        number: vendor.position().saturating_add(1),
                        title: criterion.title(),
                        id: criterion.id(),
                        what: why.told(),
                        comment: evaluation.comment(given).unwrap_or_default(),
                    }),
                }
            }
        }
    }
    remarks
}

impl Why {
    fn told(self) -> &'static str {
        match self {
            Self::Empty => "has no reason",
            Self::Copied => "gives another vendor the same reason word for word",
            Self::Comparing => "compares with others instead of with what was asked",
            Self::Rival => "names another vendor",
        }
    }
}

fn standing(evaluation: &Evaluation) -> impl Iterator<Item = VendorIndex> + '_ {
    let vendors = evaluation.vendor_indices();
    vendors.filter(|&one| !evaluation.is_excluded(one))
}

type Copies = BTreeMap<(EvaluatorIndex, String), usize>;

/// How many vendors an evaluator gives the same reason in one criterion.
fn copied(evaluation: &Evaluation, criterion: CriterionIndex) -> Copies {
    let mut copies = Copies::new();
    for vendor in standing(evaluation) {
        for given in evaluation.counted(vendor, criterion) {
            let count = copies
                .entry((given.evaluator, text(evaluation, given)))
                .or_default();
            *count = count.saturating_add(1);
        }
    }
    copies
}

fn judged(
    evaluation: &Evaluation,
    given: &Given,
    vendor: VendorIndex,
    copies: &Copies,
    rivals: &Rivals,
) -> Option<Why> {
    if !matches!(given.answer, Answer::Scored(_)) {
        return None;
    }
    let text = text(evaluation, given);
    if text.is_empty() {
        return Some(Why::Empty);
    }
    if rivals.named_in(&text, vendor) {
        return Some(Why::Rival);
    }
    if COMPARING.iter().any(|words| holds(&text, words)) {
        return Some(Why::Comparing);
    }
    let is_long = text.chars().count() >= COPIED_FROM;
    let copies = copies.get(&(given.evaluator, text));
    (is_long && copies.is_some_and(|count| *count > 1)).then_some(Why::Copied)
}

/// A reason without differences of case and space.
fn text(evaluation: &Evaluation, given: &Given) -> String {
    folded(evaluation.comment(given).unwrap_or_default())
}
