//! What stands at the foot of every printed page of a document.

use jiff::Timestamp;

use crate::criteria::CriteriaSet;

/// The style sheet of printed pages about a criteria set, as a record stands at a time: what stands at the foot of each.
pub(crate) fn page_style(set: &CriteriaSet, record: &str, at: Timestamp) -> String {
    let Paper { first, second } = Paper::new(set, Some(record), Some(at));
    format!(
        "@page {{ @bottom-left {{ content: \"{first}\\A {second}\"; white-space: pre; font: 6pt/1.4 system-ui, sans-serif; color: #545d68; }} }}\n"
    )
}

/// The foot of a printed page: two lines that go into a style sheet, so nothing in them can end a text there.
pub(super) struct Paper {
    pub(super) first: String,
    pub(super) second: String,
}

impl Paper {
    /// The foot of a document about a criteria set, made of a record at a time, if there is one.
    pub(super) fn new(set: &CriteriaSet, record: Option<&str>, at: Option<Timestamp>) -> Self {
        let first = format!(
            "{}, version {}, SHA-256 {}",
            set.id(),
            set.version(),
            set.sha256()
        );
        let record = record.map(|record| format!("record {record}"));
        let parts: Vec<String> = at.map(day).into_iter().chain(record).collect();
        Self {
            first: plain(&first),
            second: plain(&parts.join(", ")),
        }
    }
}

/// The day of a time, by UTC.
pub(super) fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// A time to the minute, by UTC.
pub(super) fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Letters, digits and a few signs; anything else becomes a question mark.
fn plain(text: &str) -> String {
    let kept = |letter: char| letter.is_alphanumeric() || " .,:-_()".contains(letter);
    let letters = text.chars();
    letters
        .map(|letter| if kept(letter) { letter } else { '?' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_pages_say_what_they_were_made_from() {
        let set = crate::criteria::find_shipped("itsm-mid-market")
            .unwrap()
            .read()
            .unwrap();
        let style = page_style(&set, "14:ab", Timestamp::UNIX_EPOCH);
        assert!(style.contains("1970-01-01, record 14:ab\""), "{style}");
        assert!(
            style.starts_with("@page { @bottom-left { content: \""),
            "{style}"
        );
        assert_eq!(style.matches('"').count(), 2, "{style}");
    }

    #[test]
    fn nothing_at_the_foot_can_end_a_text_of_a_style_sheet() {
        assert_eq!(plain("v1.2-b_3 (x): ok,"), "v1.2-b_3 (x): ok,");
        let told = plain("a\"; } </style>\\A\n'");
        assert!(!told.contains(['"', '\\', '<', '\n', ';', '}']), "{told}");
    }
}
