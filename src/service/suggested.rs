//! Whom a file or a tab seems to be from or about, by its name.

use crate::table::NameList;

use super::opened::Opened;

impl Opened {
    /// The evaluator whose name a tab bears, or else the file: `ines-halloran.csv` is Ines Halloran's.
    #[must_use]
    pub fn suggested_evaluator(&self, tab: Option<&str>, file_name: &str) -> Option<String> {
        let listed = self.dossier().evaluation().evaluators();
        tab.and_then(|tab| self.named_by(tab, listed))
            .or_else(|| self.named_by(file_name, listed))
    }

    /// Who scored a tab that does not say so: a listed evaluator, or where anybody may score, whoever the tab is named after.
    #[must_use]
    pub fn evaluator_of_tab(&self, tab: &str, file_name: &str) -> Option<String> {
        let open = !self.dossier().lists_evaluators();
        self.suggested_evaluator(Some(tab), file_name)
            .or_else(|| own_name(tab).filter(|_| open))
    }

    /// The vendor that a tab or a file is about: a listed one, or else whoever the tab is named after.
    #[must_use]
    pub fn vendor_of_tab(&self, tab: Option<&str>, file_name: &str) -> Option<String> {
        let vendors = self.dossier().evaluation().vendors();
        tab.and_then(|tab| self.named_by(tab, vendors))
            .or_else(|| self.named_by(file_name, vendors))
            .or_else(|| tab.and_then(own_name))
    }

    /// The one listed name that a file or a tab bears.
    #[must_use]
    pub fn named_by(&self, bearer: &str, listed: &NameList) -> Option<String> {
        let stem = bearer.rsplit_once('.').map_or(bearer, |(stem, _)| stem);
        let stem = letters(stem);
        let mut found = listed.names().iter().filter(|name| {
            let name = letters(name.shown());
            !name.is_empty() && stem.contains(&name)
        });
        let first = found.next()?;
        found.next().is_none().then(|| first.shown().to_owned())
    }
}

/// The name of a tab, unless it is one that spreadsheets give: `Sheet1`, `Tabelle 2`.
fn own_name(tab: &str) -> Option<String> {
    const GIVEN: [&str; 8] = [
        "sheet", "tabelle", "feuil", "hoja", "foglio", "blad", "arkusz", "scores",
    ];
    let name = tab.trim();
    let word = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let word = word.trim().to_lowercase();
    (!word.is_empty() && !GIVEN.contains(&word.as_str())).then(|| name.to_owned())
}

fn letters(text: &str) -> String {
    let lower = text.to_lowercase();
    lower
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_is_named_after_somebody_unless_the_spreadsheet_named_it() {
        for given in ["Sheet1", "Tabelle 2", "feuil3", " Scores ", "12", ""] {
            assert_eq!(own_name(given), None, "{given}");
        }
        assert_eq!(own_name(" Ana Ruiz "), Some("Ana Ruiz".to_owned()));
        assert_eq!(own_name("Vendor 7"), Some("Vendor 7".to_owned()));
    }
}
