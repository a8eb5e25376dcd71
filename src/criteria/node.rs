//! The nodes of the tree: categories and criteria.

use rust_decimal::Decimal;

use super::{CategoryIndex, Kind};
use crate::table::Name;

/// An inner node of the tree.
#[derive(Debug, Clone)]
pub struct Category {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) parent: Option<CategoryIndex>,
    pub(super) weight: Decimal,
    pub(super) minimum: Option<Decimal>,
}

impl Category {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the category is about.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The category this one lies in; `None` at the top.
    #[must_use]
    pub fn parent(&self) -> Option<CategoryIndex> {
        self.parent
    }

    /// The weight in the file, or under `points` the sum of the leaves.
    #[must_use]
    pub fn weight(&self) -> Decimal {
        self.weight
    }

    /// The gate, in percent of the category's rated criteria.
    #[must_use]
    pub fn minimum(&self) -> Option<Decimal> {
        self.minimum
    }
}

/// A leaf of the tree.
#[derive(Debug, Clone)]
pub struct Criterion {
    pub(super) id: String,
    pub(super) title: Name,
    pub(super) description: Option<String>,
    pub(super) category: CategoryIndex,
    pub(super) practices: Vec<String>,
    pub(super) clause: Option<String>,
    pub(super) anchors: Vec<(Decimal, String)>,
    pub(super) kind: Kind,
}

impl Criterion {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.shown()
    }

    /// What is asked for.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The category it lies in.
    #[must_use]
    pub fn category(&self) -> CategoryIndex {
        self.category
    }

    /// The practices of the framework it belongs to.
    #[must_use]
    pub fn practices(&self) -> &[String] {
        &self.practices
    }

    /// The clause of a standard it answers.
    #[must_use]
    pub fn clause(&self) -> Option<&str> {
        self.clause.as_deref()
    }

    /// What a score means, by score, ascending: the criterion's own anchors, else those of the default scale it uses.
    #[must_use]
    pub fn anchors(&self) -> &[(Decimal, String)] {
        &self.anchors
    }

    /// Rated, priced or pass-fail.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The weight in the file; 0 for a pass-fail criterion, which has none.
    #[must_use]
    pub fn weight(&self) -> Decimal {
        match &self.kind {
            Kind::Rated(rated) => rated.weight,
            Kind::Priced(priced) => priced.weight,
            Kind::PassFail => Decimal::ZERO,
        }
    }
}
