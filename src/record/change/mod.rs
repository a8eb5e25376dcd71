//! What can happen to an evaluation, in the words of the record.

mod named;
mod parts;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::accounts::{LinkId, Login, Role};
use crate::evaluation::{EvaluationKind, Results};
use crate::sheets::Declared;

use super::Digest;

pub use named::{LensMade, Pin, PurgedAnswers, PurgedFile, SetRef};

/// One change of an evaluation. Vendors and evaluators are named as shown, so that people can read the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Change {
    /// The evaluation began.
    EvaluationStarted {
        /// What is decided.
        title: String,
        /// Internal choice or tender.
        evaluation_kind: EvaluationKind,
        /// Whether it is the sample.
        sample: bool,
        /// The criteria set.
        set: SetRef,
        /// When results show, if it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        results: Option<Results>,
        /// Whether prices are sealed until somebody opens them.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        sealed_prices: bool,
        /// Whether whoever scores says first if they have a conflict of interest.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        declarations: bool,
    },
    /// Another criteria set, or the same with other prices.
    MethodChosen {
        /// The criteria set.
        set: SetRef,
    },
    /// A criteria set that was read from a spreadsheet, perhaps one with scores.
    MethodRead {
        /// The name of the file.
        file_name: String,
        /// The digest of the file as it came.
        original: Digest,
        /// What was declared about it.
        declared: BTreeMap<String, String>,
        /// The criteria set.
        set: SetRef,
    },
    /// The weights of one group were made of what people said about how much its parts matter.
    WeightsElicited {
        /// How: `ahp`, `roc`, `rank-sum` or `swing`.
        method: String,
        /// The id of the category whose parts were weighed; null for the categories.
        of: Option<String>,
        /// The digest of what was said, as CSV.
        judgements: Digest,
        /// The criteria set with the weights.
        set: SetRef,
    },
    /// The criteria set was tailored: things were dropped from it, or weigh something else.
    MethodTailored {
        /// The ids of the categories and criteria that were dropped.
        dropped: Vec<String>,
        /// The ids of the lenses that were dropped.
        dropped_lenses: Vec<String>,
        /// What all prices together weigh, in percent; null if nobody typed that.
        price_share: Option<String>,
        /// The categories that were given a weight, in percent.
        categories: BTreeMap<String, String>,
        /// The lenses that were made.
        lenses: Vec<LensMade>,
        /// The criteria set that came of it.
        set: SetRef,
    },
    /// Another version of the method stands under the answers that were given already.
    MethodRevised {
        /// The criteria set.
        set: SetRef,
        /// Why.
        reason: String,
        /// By the id of a criterion whose scale is another one, what its values become.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        mapping: BTreeMap<String, String>,
        /// The digest of the method sheet.
        sheet: Digest,
        /// The result under the method before.
        before: Pin,
    },
    /// From here on sheets come in.
    MethodFrozen {
        /// The digest of the method sheet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sheet: Option<Digest>,
    },
    /// The method may be changed again.
    MethodReopened {
        /// Why.
        reason: String,
    },
    /// A vendor joined the list.
    VendorAdded {
        /// Its name.
        vendor: String,
    },
    /// A vendor without answers left the list.
    VendorRemoved {
        /// Its name.
        vendor: String,
    },
    /// An evaluator joined the list.
    EvaluatorAdded {
        /// Their name.
        evaluator: String,
    },
    /// An evaluator without answers left the list.
    EvaluatorRemoved {
        /// Their name.
        evaluator: String,
    },
    /// What an evaluator is to score.
    CriteriaAssigned {
        /// Their name.
        evaluator: String,
        /// The ids of the criteria; null for what they answer of their own accord.
        criteria: Option<Vec<String>>,
    },
    /// Evaluators have got their sheets; those without an assignment are to score everything that is not a price.
    SheetsHandedOut {
        /// Their names.
        evaluators: Vec<String>,
    },
    /// A sheet was filed.
    SheetFiled {
        /// Its number, from 1.
        sheet: u32,
        /// The name of the file.
        file_name: String,
        /// The digest of the file as it came.
        original: Digest,
        /// The size of the file.
        bytes: u64,
        /// The digest of the answers read from it.
        answers: Digest,
        /// The evaluator that was named with it.
        evaluator: Option<String>,
        /// Whether it was allowed to bring vendors.
        new_vendors: bool,
        /// Whether it was allowed to bring evaluators.
        new_evaluators: bool,
        /// The tab that was named, if the file is a workbook.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tab: Option<String>,
        /// What was declared about the sheet.
        #[serde(default, skip_serializing_if = "Declared::is_empty")]
        declared: Declared,
        /// Random, so that the hash of the event tells nobody who guesses the file whether it is this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        salt: Option<String>,
    },
    /// Somebody wanted to file a sheet, and it was refused; nothing of it is kept but this.
    SheetRefused {
        /// The name of the file.
        file_name: String,
        /// The digest of the file as it came.
        original: Digest,
        /// The size of the file.
        bytes: u64,
        /// How many problems it had, by their code.
        problems: BTreeMap<String, u64>,
        /// Random, so that the hash of the event tells nobody who guesses the file whether it is this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        salt: Option<String>,
    },
    /// A sheet's answers do not count any more.
    SheetWithdrawn {
        /// Its number.
        sheet: u32,
        /// Why.
        reason: String,
    },
    /// A withdrawn sheet's answers count again.
    SheetRestored {
        /// Its number.
        sheet: u32,
        /// Why.
        reason: String,
    },
    /// A vendor is out of the comparison.
    VendorExcluded {
        /// Its name.
        vendor: String,
        /// Why.
        reason: String,
    },
    /// An excluded vendor is back.
    VendorReadmitted {
        /// Its name.
        vendor: String,
        /// Why.
        reason: String,
    },
    /// An evaluator's answers do not count, for one vendor or for all.
    EvaluatorRecused {
        /// Their name.
        evaluator: String,
        /// The vendor; null for all.
        vendor: Option<String>,
        /// Why.
        reason: String,
    },
    /// A recused evaluator's answers count again.
    EvaluatorReturned {
        /// Their name.
        evaluator: String,
        /// The vendor; null for all.
        vendor: Option<String>,
        /// Why.
        reason: String,
    },
    /// An evaluator said whether they have a conflict of interest.
    InterestsDeclared {
        /// Their name.
        evaluator: String,
        /// The vendors they were asked about: all there were.
        vendors: Vec<String>,
        /// Those with whom they have a conflict.
        conflicts: Vec<String>,
        /// What they said about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// No answer changes any more.
    ScoringClosed {},
    /// Answers may change again.
    ScoringReopened {
        /// Why.
        reason: String,
    },
    /// The sealed prices were opened.
    PricesOpened {},
    /// The decision was taken.
    DecisionRecorded {
        /// The vendor chosen; null if none is.
        vendor: Option<String>,
        /// Why.
        reason: String,
        /// The result it was taken on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pinned: Option<Pin>,
        /// Who proposed it, if another person confirmed it; without, one person decided.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposed_by: Option<String>,
    },
    /// Somebody proposes a decision, for another person to confirm.
    AwardProposed {
        /// The vendor to be chosen; null if none is to be.
        vendor: Option<String>,
        /// Why.
        reason: String,
        /// The result it is proposed on.
        pinned: Pin,
    },
    /// Somebody proposes to unlock the result, for another person to confirm.
    UnlockProposed {
        /// Why.
        reason: String,
    },
    /// Somebody proposes to take the decision back, for another person to confirm.
    TakeBackProposed {
        /// Why.
        reason: String,
    },
    /// Somebody proposes to purge a file, or all of them, for another person to confirm.
    PurgeProposed {
        /// The number of the sheet; null for the whole evaluation.
        sheet: Option<u32>,
        /// Why.
        reason: String,
    },
    /// Files as they came were purged: of each there is its name and its digest. What was read from the file of one sheet stays;
    /// of a whole evaluation the answers go too.
    FilesPurged {
        /// The number of the sheet; null for every file of the evaluation.
        sheet: Option<u32>,
        /// The files that were purged.
        files: Vec<PurgedFile>,
        /// The answers that were purged.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<PurgedAnswers>,
        /// Why.
        reason: String,
        /// Who proposed it, if another person confirmed it; without, one person did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposed_by: Option<String>,
        /// Something random, so that nobody can guess the files.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        salt: Option<String>,
    },
    /// Until when everything is kept; from the day after on, the evaluation may be purged.
    RetentionSet {
        /// The last day; null if there is none any more.
        until: Option<Date>,
        /// Why.
        reason: String,
        /// Who proposed it, if it is earlier than what was said before and another person confirmed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposed_by: Option<String>,
    },
    /// Somebody proposes to keep everything for a shorter time than was said, for another person to confirm.
    RetentionProposed {
        /// The last day.
        until: Date,
        /// Why.
        reason: String,
    },
    /// What was proposed is proposed no longer.
    ProposalTakenBack {
        /// Why.
        reason: String,
    },
    /// The decision was taken back.
    DecisionTakenBack {
        /// Why.
        reason: String,
        /// Who proposed it, if another person confirmed it; without, one person did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposed_by: Option<String>,
    },
    /// Nothing that the result is made of changes any more.
    ResultLocked {
        /// Why.
        reason: String,
        /// The result.
        pinned: Pin,
    },
    /// The result may change again, once scoring is open.
    ResultUnlocked {
        /// Why.
        reason: String,
        /// Who proposed it, if another person confirmed it; without, one person did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposed_by: Option<String>,
    },
    /// Somebody got a role.
    MemberAdded {
        /// The name they sign in with.
        user: Login,
        /// The role.
        role: Role,
    },
    /// Somebody has no role any more.
    MemberRemoved {
        /// The name they sign in with.
        user: Login,
    },
    /// An evaluator got a personal link, with which they need no account.
    EvaluatorInvited {
        /// Their name.
        evaluator: String,
        /// What the link is known by.
        link: LinkId,
        /// The digest of its secret.
        sha256: Digest,
        /// Until when it works.
        until: Timestamp,
    },
    /// A personal link was opened for the first time.
    InvitationUsed {
        /// What the link is known by.
        link: LinkId,
    },
    /// A personal link does not work any more.
    InvitationEnded {
        /// What the link is known by.
        link: LinkId,
    },
    /// The evaluation is no longer listed.
    EvaluationRemoved {},
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_before_there_were_more_fields_is_written_the_same_again() {
        let sha = Digest::of(b"x");
        for text in [
            r#"{"what":"method-frozen"}"#.to_owned(),
            r#"{"what":"decision-recorded","vendor":null,"reason":"none is good"}"#.to_owned(),
            r#"{"what":"result-unlocked","reason":"a slip"}"#.to_owned(),
            r#"{"what":"decision-taken-back","reason":"a slip"}"#.to_owned(),
            format!(
                r#"{{"what":"evaluation-started","title":"T","evaluation_kind":"tender","sample":false,"set":{{"id":"a","version":"1","sha256":"{sha}"}}}}"#
            ),
        ] {
            let change: Change = serde_json::from_str(&text).unwrap();
            assert_eq!(serde_json::to_string(&change).unwrap(), text);
        }
    }
}
