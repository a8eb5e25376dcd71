//! What the files of a record are called in a bundle, so that people find their way.

use crate::record::{Change, Digest, Event};

/// The most characters that are taken from the name of a file.
const MAX_NAME: usize = 80;

/// The path of a file that an event names. The number in front makes it the only one of its name.
pub(super) fn path(event: &Event, digest: Digest) -> String {
    let seq = event.seq;
    match &event.change {
        Change::EvaluationStarted { set, .. }
        | Change::MethodChosen { set }
        | Change::MethodRead { set, .. }
        | Change::MethodTailored { set, .. }
        | Change::WeightsElicited { set, .. }
        | Change::MethodRevised { set, .. }
            if set.sha256 == digest =>
        {
            let (id, version) = (safe(&set.id), safe(&set.version));
            format!("criteria/{seq:04}-{id}-{version}.toml")
        }
        Change::MethodRead {
            file_name,
            original,
            ..
        } if *original == digest => format!("sheets/from-{seq:04}-{}", safe(file_name)),
        Change::WeightsElicited { judgements, .. } if *judgements == digest => {
            format!("judgements/{seq:04}.csv")
        }
        Change::SheetFiled {
            sheet,
            file_name,
            original,
            ..
        } if *original == digest => format!("sheets/{sheet:04}-{}", safe(file_name)),
        Change::SheetFiled { sheet, answers, .. } if *answers == digest => {
            format!("answers/{sheet:04}.json")
        }
        Change::MethodFrozen {
            sheet: Some(sheet), ..
        }
        | Change::MethodRevised { sheet, .. }
            if *sheet == digest =>
        {
            format!("method/{seq:04}.html")
        }
        Change::DecisionRecorded { .. }
        | Change::ResultLocked { .. }
        | Change::AwardProposed { .. }
        | Change::MethodRevised { .. } => format!("pinned/{seq:04}.json"),
        _ => format!("files/{seq:04}-{digest}"),
    }
}

/// A text as part of a file's name on any system.
fn safe(text: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let letters = text.chars().take(MAX_NAME);
    let plain: String = letters
        .map(|letter| if is_plain(letter) { letter } else { '-' })
        .collect();
    // A name of nothing but points leads elsewhere.
    plain.trim_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_what_every_system_can_write_and_leads_nowhere() {
        assert_eq!(safe("ana.csv"), "ana.csv");
        assert_eq!(safe("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(safe(".."), "");
        assert_eq!(safe("C:\\x|y?.xlsx"), "C--x-y-.xlsx");
        assert_eq!(safe(&"ä".repeat(300)).chars().count(), MAX_NAME);
    }
}
