//! Who a file seems to be from, by its name.

use crate::table::NameList;

use super::opened::Opened;

impl Opened {
    /// The evaluator whose name a file bears: `ines-halloran.csv` is Ines Halloran's.
    #[must_use]
    pub fn suggested_evaluator(&self, file_name: &str) -> Option<String> {
        self.named_by(file_name, self.dossier().evaluation().evaluators())
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

fn letters(text: &str) -> String {
    let lower = text.to_lowercase();
    lower
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}
