//! Events in plain words.

use crate::criteria::Category;
use crate::evaluation::Changes;
use crate::record::{Auth, Change, Dossier};
use crate::reports::words::counted;

use super::Topic;

/// What kind of change an event is.
pub(super) fn topic(change: &Change) -> Topic {
    match change {
        Change::MethodChosen { .. }
        | Change::MethodRead { .. }
        | Change::WeightsElicited { .. }
        | Change::MethodTailored { .. }
        | Change::MethodRevised { .. }
        | Change::MethodFrozen { .. }
        | Change::MethodReopened { .. } => Topic::Method,
        Change::VendorAdded { .. }
        | Change::VendorRemoved { .. }
        | Change::EvaluatorAdded { .. }
        | Change::EvaluatorRemoved { .. }
        | Change::CriteriaAssigned { .. }
        | Change::MemberAdded { .. }
        | Change::MemberRemoved { .. }
        | Change::EvaluatorInvited { .. }
        | Change::InvitationUsed { .. }
        | Change::InvitationEnded { .. }
        | Change::InterestsDeclared { .. } => Topic::Lists,
        Change::SheetsHandedOut { .. } => Topic::HandedOut,
        Change::SheetFiled { .. }
        | Change::SheetWithdrawn { .. }
        | Change::SheetRestored { .. } => Topic::Sheets,
        Change::SheetRefused { .. } => Topic::Refused,
        Change::VendorExcluded { .. }
        | Change::VendorReadmitted { .. }
        | Change::EvaluatorRecused { .. }
        | Change::EvaluatorReturned { .. } => Topic::Settled,
        Change::ScoringClosed {} | Change::ScoringReopened { .. } | Change::PricesOpened {} => {
            Topic::Scoring
        }
        Change::DecisionRecorded { .. }
        | Change::DecisionTakenBack { .. }
        | Change::ResultLocked { .. }
        | Change::ResultUnlocked { .. }
        | Change::AwardProposed { .. }
        | Change::UnlockProposed { .. }
        | Change::TakeBackProposed { .. }
        | Change::ProposalTakenBack { .. } => Topic::Decision,
        Change::PurgeProposed { .. }
        | Change::FilesPurged { .. }
        | Change::RetentionSet { .. }
        | Change::RetentionProposed { .. }
        | Change::EvaluationStarted { .. }
        | Change::EvaluationRemoved {} => Topic::Whole,
    }
}

/// How somebody came in, as it stands behind their name.
pub(super) fn way_in(auth: Auth) -> &'static str {
    match auth {
        Auth::Link => "by a link",
        Auth::Session => "signed in",
        Auth::Token => "by a token",
        Auth::Console => "by a command",
        Auth::None => "without a login",
    }
}

/// What happened, as a sentence without a full stop.
#[expect(
    clippy::too_many_lines,
    reason = "one sentence for each event, which are read side by side"
)]
pub(super) fn what(change: &Change, after: &Dossier) -> String {
    match change {
        Change::EvaluationStarted { sample: true, .. } => "The sample was started".to_owned(),
        Change::EvaluationStarted { .. } => "The evaluation was started".to_owned(),
        Change::MethodChosen { .. } => "The criteria set or its prices were chosen".to_owned(),
        Change::MethodRead { file_name, .. } => format!("Criteria were read from {file_name}"),
        Change::WeightsElicited { method, of, .. } => {
            let of = group(of.as_deref(), after);
            format!("The weights of {of} were made by {method}")
        }
        Change::MethodTailored { dropped, .. } if dropped.is_empty() => {
            "The criteria set was weighed otherwise".to_owned()
        }
        Change::MethodTailored { dropped, .. } => {
            format!(
                "The criteria set was tailored; dropped: {}",
                dropped.join(", ")
            )
        }
        Change::MethodRevised { mapping, .. } if mapping.is_empty() => {
            "The method was revised under the answers that were given".to_owned()
        }
        Change::MethodRevised { mapping, .. } => {
            let pairs = mapping.iter().map(|(id, text)| format!("{id}: {text}"));
            let pairs: Vec<String> = pairs.collect();
            let pairs = pairs.join("; ");
            format!(
                "The method was revised under the answers that were given; scores became {pairs}"
            )
        }
        Change::MethodFrozen { .. } => "The method was frozen: sheets can come in".to_owned(),
        Change::MethodReopened { .. } => "The method was opened again".to_owned(),
        Change::VendorAdded { vendor } => format!("{vendor} joined the vendors"),
        Change::VendorRemoved { vendor } => format!("{vendor} left the vendors"),
        Change::EvaluatorAdded { evaluator } => format!("{evaluator} joined the evaluators"),
        Change::EvaluatorRemoved { evaluator } => format!("{evaluator} left the evaluators"),
        Change::CriteriaAssigned { evaluator, .. } => {
            format!("What {evaluator} is to score was said")
        }
        Change::SheetsHandedOut { evaluators } => {
            format!("Sheets were handed out to {}", evaluators.join(", "))
        }
        Change::SheetFiled { .. }
        | Change::SheetWithdrawn { .. }
        | Change::SheetRestored { .. } => of_sheet(change, after),
        Change::SheetRefused {
            file_name,
            problems,
            ..
        } => {
            let kinds = problems
                .iter()
                .map(|(code, count)| format!("{} ({count})", code.replace('-', " ")));
            let kinds: Vec<String> = kinds.collect();
            let kinds = kinds.join(", ");
            format!("{file_name} was refused, and nothing of it counts: {kinds}")
        }
        Change::VendorExcluded { vendor, .. } => format!("{vendor} was excluded"),
        Change::VendorReadmitted { vendor, .. } => format!("{vendor} was admitted again"),
        Change::EvaluatorRecused {
            evaluator, vendor, ..
        } => format!("{evaluator} was recused for {}", all_or(vendor.as_deref())),
        Change::EvaluatorReturned {
            evaluator, vendor, ..
        } => {
            let about = all_or(vendor.as_deref());
            format!("The answers of {evaluator} count again for {about}")
        }
        Change::ScoringClosed {} => "Scoring was closed: no answer changes any more".to_owned(),
        Change::ScoringReopened { .. } => "Scoring was opened again".to_owned(),
        Change::InterestsDeclared {
            evaluator,
            conflicts,
            ..
        } if conflicts.is_empty() => format!("{evaluator} declared no conflict of interest"),
        Change::InterestsDeclared {
            evaluator,
            conflicts,
            ..
        } => {
            let with = conflicts.join(", ");
            format!("{evaluator} declared a conflict of interest with {with}")
        }
        Change::PricesOpened {} => "The sealed prices were opened".to_owned(),
        Change::DecisionRecorded { .. }
        | Change::DecisionTakenBack { .. }
        | Change::ResultLocked { .. }
        | Change::ResultUnlocked { .. }
        | Change::AwardProposed { .. }
        | Change::UnlockProposed { .. }
        | Change::TakeBackProposed { .. }
        | Change::ProposalTakenBack { .. } => of_decision(change),
        Change::PurgeProposed { .. }
        | Change::FilesPurged { .. }
        | Change::RetentionSet { .. }
        | Change::RetentionProposed { .. } => of_keeping(change),
        Change::MemberAdded { user, role } => format!("{user} was made {role}"),
        Change::MemberRemoved { user } => format!("{user} has no role here any more"),
        Change::EvaluatorInvited {
            evaluator,
            link,
            until,
            ..
        } => {
            let until = until.strftime("%Y-%m-%d %H:%M UTC");
            format!("{evaluator} got a personal link, known as {link}, which works until {until}")
        }
        Change::InvitationUsed { link } => {
            format!("The personal link known as {link} was opened for the first time")
        }
        Change::InvitationEnded { link } => {
            format!("The personal link known as {link} does not work any more")
        }
        Change::EvaluationRemoved {} => "The evaluation was taken off the list".to_owned(),
    }
}

fn of_decision(change: &Change) -> String {
    match change {
        Change::DecisionRecorded {
            vendor,
            proposed_by,
            ..
        } => {
            let chosen = vendor.as_deref().unwrap_or("no vendor");
            let two = confirming(proposed_by.as_deref());
            format!("The decision was recorded{two}: {chosen} is chosen")
        }
        Change::AwardProposed { vendor, .. } => {
            let chosen = vendor.as_deref().unwrap_or("no vendor");
            format!("It was proposed to choose {chosen}; a second person is to confirm it")
        }
        Change::UnlockProposed { .. } => {
            "It was proposed to unlock the result; a second person is to confirm it".to_owned()
        }
        Change::TakeBackProposed { .. } => {
            "It was proposed to take the decision back; a second person is to confirm it".to_owned()
        }
        Change::ProposalTakenBack { .. } => "The proposal was taken back".to_owned(),
        Change::DecisionTakenBack { proposed_by, .. } => {
            let two = confirming(proposed_by.as_deref());
            format!("The decision was taken back{two}")
        }
        Change::ResultLocked { .. } => "The result was locked".to_owned(),
        Change::ResultUnlocked { proposed_by, .. } => {
            let two = confirming(proposed_by.as_deref());
            format!("The result was unlocked{two}")
        }
        _ => String::new(),
    }
}

/// What happened, for whoever may not see scores: not how many of them are the same as before.
pub(super) fn what_kept_back(change: &Change, after: &Dossier) -> String {
    match change {
        Change::SheetFiled {
            sheet, file_name, ..
        } => {
            let filing = after.filing(*sheet);
            let answers = filing.map_or(0, |filing| filing.changes.answers());
            let answers = counted(answers, "answer", "answers");
            format!("Sheet {sheet} ({file_name}) was filed: {answers}")
        }
        _ => what(change, after),
    }
}

fn of_keeping(change: &Change) -> String {
    match change {
        Change::PurgeProposed { sheet: None, .. } => {
            "It was proposed to purge every file and every answer; a second person is to confirm it"
                .to_owned()
        }
        Change::PurgeProposed {
            sheet: Some(sheet), ..
        } => {
            format!(
                "It was proposed to purge the file of sheet {sheet}; a second person is to confirm it"
            )
        }
        Change::FilesPurged {
            files,
            answers,
            proposed_by,
            ..
        } if !answers.is_empty() => {
            let two = confirming(proposed_by.as_deref());
            let (files, sheets) = (files.len(), answers.len());
            let (files, sheets) = (
                counted(files, "file", "files"),
                counted(sheets, "sheet", "sheets"),
            );
            format!(
                "The evaluation was purged{two}: {files} and the answers of {sheets}; their digests stay on record"
            )
        }
        Change::FilesPurged {
            files, proposed_by, ..
        } => {
            let two = confirming(proposed_by.as_deref());
            let names: Vec<&str> = files.iter().map(|file| file.file_name.as_str()).collect();
            let names = names.join(", ");
            format!("Files were purged{two}; their digests stay on record: {names}")
        }
        Change::RetentionSet {
            until: Some(until),
            proposed_by: None,
            ..
        } => format!("Everything is kept until {until}"),
        Change::RetentionSet {
            until: Some(until),
            proposed_by,
            ..
        } => format!(
            "Everything is kept until {until} only{}",
            confirming(proposed_by.as_deref())
        ),
        Change::RetentionProposed { until, .. } => {
            format!(
                "It was proposed to keep everything until {until} only; a second person is to confirm it"
            )
        }
        Change::RetentionSet { until: None, .. } => {
            "Until when everything is kept is open again".to_owned()
        }
        _ => String::new(),
    }
}

fn of_sheet(change: &Change, after: &Dossier) -> String {
    match change {
        Change::SheetFiled {
            sheet, file_name, ..
        } => {
            let filing = after.filing(*sheet);
            let did = filing.map_or_else(String::new, |filing| did(&filing.changes));
            format!("Sheet {sheet} ({file_name}) was filed: {did}")
        }
        Change::SheetWithdrawn { sheet, .. } => {
            let name = file_name(*sheet, after);
            format!("Sheet {sheet}{name} was taken back: the answers it had replaced stand again")
        }
        Change::SheetRestored { sheet, .. } => {
            format!("Sheet {sheet}{} stands again", file_name(*sheet, after))
        }
        _ => String::new(),
    }
}

/// Whose proposal is confirmed; else one person did it.
fn confirming(proposed_by: Option<&str>) -> String {
    let confirmed = |by| format!(", confirming what {by} proposed");
    proposed_by.map_or_else(|| " by one person".to_owned(), confirmed)
}

fn file_name(sheet: u32, after: &Dossier) -> String {
    let filing = after.filing(sheet);
    filing.map_or_else(String::new, |filing| format!(" ({})", filing.file_name))
}

fn did(changes: &Changes) -> String {
    let parts = [
        (changes.new, "new"),
        (changes.changed, "changed"),
        (changes.unchanged, "unchanged"),
        (changes.cleared, "cleared"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let answers = changes.answers().saturating_add(changes.cleared);
    if parts.is_empty() {
        return "no answer".to_owned();
    }
    let answers = counted(answers, "answer", "answers");
    format!("{answers} ({})", parts.join(", "))
}

fn group(of: Option<&str>, after: &Dossier) -> String {
    let Some(of) = of else {
        return "the categories".to_owned();
    };
    let mut categories = after.set().categories().iter();
    let found = categories.find(|category| category.id() == of);
    found.map_or(of, Category::title).to_owned()
}

fn all_or(vendor: Option<&str>) -> &str {
    vendor.unwrap_or("all vendors")
}
