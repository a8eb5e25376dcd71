//! What somebody wants changed about a set, as typed.

/// Changes to a criteria set, as typed. A blank text changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// The SHA-256 of the set they are about; blank for whichever it is.
    pub of: String,
    /// The ids of criteria and categories to leave out; a category goes with everything in it.
    pub drop: Vec<String>,
    /// The ids of lenses to leave out.
    pub drop_lenses: Vec<String>,
    /// What all priced criteria together weigh, in percent of the whole.
    pub price_share: String,
    /// By category, its id and what it weighs, in percent of the whole.
    pub categories: Vec<(String, String)>,
    /// People who say how much what matters to them; each becomes a lens.
    pub stakeholders: Vec<Stakeholder>,
}

/// One person, or one role, who spreads 100 points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stakeholder {
    /// The id of the lens; made of the title if it is blank.
    pub id: String,
    /// Who it is, like `CFO`.
    pub title: String,
    /// By category or criterion, its id and its points.
    pub points: Vec<(String, String)>,
}

impl Stakeholder {
    /// Whether nothing was typed.
    pub(super) fn is_blank(&self) -> bool {
        let texts = self.points.iter().map(|(_, text)| text);
        let mut texts = texts.chain([&self.id, &self.title]);
        texts.all(|text| text.trim().is_empty())
    }
}
