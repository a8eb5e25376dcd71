//! What every change has in common: the files it names, and why it was made.

use crate::record::Digest;

use super::{Change, Pin};

impl Change {
    /// The parts by which it could be found out what somebody scored, by guessing the file: they are kept back from whoever
    /// may not see scores.
    pub const TELLING: [&'static str; 4] = ["original", "answers", "files", "salt"];

    /// Whether it says something by which a file of scores could be guessed.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        matches!(
            self,
            Self::SheetFiled { .. } | Self::SheetRefused { .. } | Self::FilesPurged { .. }
        )
    }

    /// Adds something random to what could be guessed.
    #[must_use]
    pub fn salted(mut self, random: &str) -> Self {
        if let Self::SheetFiled { salt, .. }
        | Self::SheetRefused { salt, .. }
        | Self::FilesPurged { salt, .. } = &mut self
        {
            *salt = Some(random.to_owned());
        }
        self
    }

    /// The files that it names by digest and that are kept with it.
    #[must_use]
    pub fn files(&self) -> Vec<Digest> {
        match self {
            Self::EvaluationStarted { set, .. }
            | Self::MethodChosen { set }
            | Self::MethodTailored { set, .. } => vec![set.sha256],
            Self::MethodRevised {
                set, sheet, before, ..
            } => vec![set.sha256, *sheet, before.result],
            Self::MethodFrozen { sheet } => sheet.iter().copied().collect(),
            Self::MethodRead { original, set, .. } => vec![*original, set.sha256],
            Self::WeightsElicited {
                judgements, set, ..
            } => vec![*judgements, set.sha256],
            Self::SheetFiled {
                original, answers, ..
            } => vec![*original, *answers],
            Self::DecisionRecorded { pinned, .. } => {
                pinned.iter().map(|pinned| pinned.result).collect()
            }
            Self::ResultLocked { pinned, .. } | Self::AwardProposed { pinned, .. } => {
                vec![pinned.result]
            }
            // Of a refused sheet nothing is kept but that it was refused.
            Self::SheetRefused { .. }
            | Self::MethodReopened { .. }
            | Self::VendorAdded { .. }
            | Self::VendorRemoved { .. }
            | Self::EvaluatorAdded { .. }
            | Self::EvaluatorRemoved { .. }
            | Self::CriteriaAssigned { .. }
            | Self::SheetsHandedOut { .. }
            | Self::SheetWithdrawn { .. }
            | Self::SheetRestored { .. }
            | Self::VendorExcluded { .. }
            | Self::VendorReadmitted { .. }
            | Self::EvaluatorRecused { .. }
            | Self::EvaluatorReturned { .. }
            | Self::ScoringClosed {}
            | Self::PricesOpened {}
            | Self::InterestsDeclared { .. }
            | Self::ScoringReopened { .. }
            | Self::ResultUnlocked { .. }
            | Self::UnlockProposed { .. }
            | Self::TakeBackProposed { .. }
            | Self::PurgeProposed { .. }
            | Self::FilesPurged { .. }
            | Self::RetentionSet { .. }
            | Self::RetentionProposed { .. }
            | Self::ProposalTakenBack { .. }
            | Self::DecisionTakenBack { .. }
            | Self::MemberAdded { .. }
            | Self::MemberRemoved { .. }
            | Self::EvaluatorInvited { .. }
            | Self::InvitationUsed { .. }
            | Self::InvitationEnded { .. }
            | Self::EvaluationRemoved {} => Vec::new(),
        }
    }

    /// The result that it pins.
    #[must_use]
    pub fn pin(&self) -> Option<&Pin> {
        match self {
            Self::DecisionRecorded { pinned, .. } => pinned.as_ref(),
            Self::ResultLocked { pinned, .. } | Self::AwardProposed { pinned, .. } => Some(pinned),
            Self::MethodRevised { before, .. } => Some(before),
            _ => None,
        }
    }

    /// The digests of what it purges, each once.
    #[must_use]
    pub fn purges(&self) -> Vec<Digest> {
        let Self::FilesPurged { files, answers, .. } = self else {
            return Vec::new();
        };
        let files = files.iter().map(|file| file.sha256);
        let mut gone: Vec<Digest> = Vec::new();
        for digest in files.chain(answers.iter().map(|one| one.sha256)) {
            if !gone.contains(&digest) {
                gone.push(digest);
            }
        }
        gone
    }

    /// Why it was made, where somebody had to say so.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::MethodRevised { reason, .. }
            | Self::MethodReopened { reason }
            | Self::SheetWithdrawn { reason, .. }
            | Self::SheetRestored { reason, .. }
            | Self::VendorExcluded { reason, .. }
            | Self::VendorReadmitted { reason, .. }
            | Self::EvaluatorRecused { reason, .. }
            | Self::EvaluatorReturned { reason, .. }
            | Self::ScoringReopened { reason }
            | Self::DecisionRecorded { reason, .. }
            | Self::DecisionTakenBack { reason, .. }
            | Self::ResultLocked { reason, .. }
            | Self::ResultUnlocked { reason, .. }
            | Self::AwardProposed { reason, .. }
            | Self::UnlockProposed { reason }
            | Self::TakeBackProposed { reason }
            | Self::PurgeProposed { reason, .. }
            | Self::FilesPurged { reason, .. }
            | Self::RetentionSet { reason, .. }
            | Self::RetentionProposed { reason, .. }
            | Self::ProposalTakenBack { reason } => Some(reason),
            Self::InterestsDeclared { words, .. } => words.as_deref(),
            Self::EvaluationStarted { .. }
            | Self::MethodChosen { .. }
            | Self::MethodRead { .. }
            | Self::WeightsElicited { .. }
            | Self::MethodTailored { .. }
            | Self::MethodFrozen { .. }
            | Self::VendorAdded { .. }
            | Self::VendorRemoved { .. }
            | Self::EvaluatorAdded { .. }
            | Self::EvaluatorRemoved { .. }
            | Self::CriteriaAssigned { .. }
            | Self::SheetsHandedOut { .. }
            | Self::SheetFiled { .. }
            | Self::SheetRefused { .. }
            | Self::ScoringClosed {}
            | Self::PricesOpened {}
            | Self::MemberAdded { .. }
            | Self::MemberRemoved { .. }
            | Self::EvaluatorInvited { .. }
            | Self::InvitationUsed { .. }
            | Self::InvitationEnded { .. }
            | Self::EvaluationRemoved {} => None,
        }
    }
}
