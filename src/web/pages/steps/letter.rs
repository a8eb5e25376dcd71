//! Texts to copy into a mail: the invitation to score, and the reminder of what is owed.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::criteria::{CriterionIndex, Kind, Scale};
use crate::record::{Dossier, Invitation};
use crate::service::OpenCell;

use super::strip::counted;

/// The most criteria that a reminder names.
const NAMED: usize = 40;

/// What is told of a link: `made 2026-05-04, works until 2026-06-03, not opened yet`.
pub(super) fn told(link: &Invitation) -> String {
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let used = match link.used {
        Some(at) => format!("first opened {}", at.strftime("%Y-%m-%d %H:%M UTC")),
        None => "not opened yet".to_owned(),
    };
    format!(
        "made {}, works until {}, {used}",
        day(link.at),
        day(link.until)
    )
}

/// What to write to somebody who gets a sheet.
pub(super) fn invitation(
    dossier: &Dossier,
    evaluator: &str,
    vendors: &[&str],
    link: Option<&str>,
) -> String {
    let (title, count) = (dossier.title(), counted(vendors.len(), "vendor"));
    let mut lines = vec![
        format!("Dear {evaluator},"),
        String::new(),
        format!(
            "please score {count} for \"{title}\": {}.",
            vendors.join(", ")
        ),
        String::new(),
    ];
    if let Some(scale) = common_scale(dossier) {
        let step = scale.step().map(|step| format!(" in steps of {step}"));
        let (min, max, step) = (scale.min(), scale.max(), step.unwrap_or_default());
        lines.push(format!("Scores run from {min} to {max}{step}."));
    }
    lines.push(
        "Write a reason beside every score. Leave a cell empty where you have not scored; write \"no response\" where the \
         vendor gave no answer."
            .to_owned(),
    );
    lines.push(match link {
        None => "Your sheet is attached. Please fill it in, save it as it is, and send it back.".to_owned(),
        Some(link) => format!(
            "Score in the page, or download your sheet and hand it in there; this link is yours alone, so keep it to \
             yourself:\n{link}"
        ),
    });
    lines.join("\n")
}

/// What to write to somebody who still owes answers; `None` if they owe none.
pub(in crate::web::pages) fn reminder(
    dossier: &Dossier,
    evaluator: &str,
    owed: &[OpenCell],
) -> Option<String> {
    if owed.is_empty() {
        return None;
    }
    let mut vendors: BTreeMap<CriterionIndex, Vec<&str>> = BTreeMap::new();
    for cell in owed {
        let name = dossier.evaluation().vendor_name(cell.vendor);
        vendors.entry(cell.criterion).or_default().push(name);
    }
    let (title, count) = (dossier.title(), counted(owed.len(), "score"));
    let are = if owed.len() == 1 { "is" } else { "are" };
    let mut lines = vec![
        format!("Dear {evaluator},"),
        String::new(),
        format!("for \"{title}\" {count} of yours {are} still missing:"),
        String::new(),
    ];
    let criteria = dossier.set().criteria();
    lines.extend(vendors.iter().take(NAMED).filter_map(|(index, names)| {
        let criterion = criteria.get(index.position())?;
        let (title, id) = (criterion.title(), criterion.id());
        Some(format!("- {title} ({id}): {}", names.join(", ")))
    }));
    let more = vendors.len().saturating_sub(NAMED);
    if more > 0 {
        lines.push(format!("- and {more} more"));
    }
    lines.push(String::new());
    lines.push("Until they are in, the ranking cannot be settled. Thank you!".to_owned());
    Some(lines.join("\n"))
}

/// The scale of all rated criteria, if they share one.
fn common_scale(dossier: &Dossier) -> Option<&Scale> {
    let criteria = dossier.set().criteria().iter();
    let mut scales = criteria.filter_map(|criterion| match criterion.kind() {
        Kind::Rated(rated) => Some(rated.scale()),
        Kind::Priced(_) | Kind::PassFail => None,
    });
    let first = scales.next()?;
    scales.all(|scale| scale == first).then_some(first)
}
