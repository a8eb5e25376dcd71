//! What somebody typed into a form with fields of any number.

/// The fields of a form, in the order they came.
#[derive(Debug, Clone, Default)]
pub(in crate::web::pages) struct Typed(Vec<(String, String)>);

impl From<Vec<(String, String)>> for Typed {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }
}

impl Typed {
    /// Whether nothing was typed: the page is shown for the first time.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of a field; empty if the form has no such field.
    pub(in crate::web::pages) fn text(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, text)| text)
    }

    /// The fields with their texts.
    pub(in crate::web::pages) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter();
        pairs.map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Every value of a field that may come several times.
    pub(super) fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.0.iter().filter(move |(name, _)| name == field);
        found.map(|(_, text)| text.as_str())
    }

    /// Whether a field that may come several times has a value.
    pub(super) fn has(&self, field: &str, value: &str) -> bool {
        let mut pairs = self.0.iter();
        pairs.any(|(name, text)| name == field && text == value)
    }

    /// The names in a field, one a line.
    pub(super) fn lines(&self, field: &str) -> Vec<String> {
        self.text(field).lines().map(str::to_owned).collect()
    }

    /// The text of a field that may be left empty.
    pub(in crate::web::pages) fn some(&self, field: &str) -> Option<&str> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name_and_absent_ones_are_empty() {
        let fields = [("a", "1"), ("b", "x\ny"), ("a", "2")];
        let fields = fields.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let typed = Typed::from(fields.to_vec());
        assert_eq!(typed.text("a"), "1");
        assert_eq!(typed.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(typed.lines("b"), ["x", "y"]);
        assert_eq!(typed.some("c"), None);
        assert!(!typed.is_empty());
    }
}
