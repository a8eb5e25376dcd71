//! Weights by method, written into a criteria set.

use rust_decimal::Decimal;
use thiserror::Error;

use super::Elicited;
use crate::criteria::{CategoryIndex, CriteriaSet, Node, Unchangeable, Weighting};

/// Why weights by method are not those of a group of a criteria set.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotAGroup {
    /// A name that is none of the set.
    #[error(
        "the set has no category and no criterion \"{0}\"; write the ids of the set, those of one group"
    )]
    Unknown(String),
    /// Parts of two groups.
    #[error(
        "\"{0}\" and \"{1}\" do not stand side by side in the set; weigh the categories, or the criteria of one category"
    )]
    Apart(String, String),
    /// A part of the group is not weighed.
    #[error(
        "\"{0}\" stands beside them in the set and is not weighed; weigh it too, with 0 points if it must not count"
    )]
    LeftOut(String),
    /// The text of the set does not take it.
    #[error(transparent)]
    Unchangeable(#[from] Unchangeable),
}

impl NotAGroup {
    /// The stable name of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "unknown-criterion",
            Self::Apart(..) => "not-one-group",
            Self::LeftOut(_) => "group-left-out",
            Self::Unchangeable(_) => "unchangeable-weights",
        }
    }
}

impl Elicited {
    /// The category whose parts are weighed; `None` for the parts of the whole, or for names that are none of the set.
    #[must_use]
    pub fn group(&self, set: &CriteriaSet) -> Option<CategoryIndex> {
        let (name, _) = self.weights.first()?;
        Weighting::of_record(set).parent(Node::with_id(set, name)?)
    }

    /// The set, under an id and version of its own, in which a group has these weights, as [`Self::relative`] says them.
    ///
    /// # Errors
    /// [`NotAGroup`] unless all parts of exactly one group are weighed.
    pub fn into_set(
        &self,
        set: &CriteriaSet,
        id: &str,
        version: &str,
    ) -> Result<CriteriaSet, NotAGroup> {
        let mut weights: Vec<(Node, Decimal)> = Vec::new();
        for ((name, _), weight) in self.weights.iter().zip(self.relative()) {
            let node = Node::with_id(set, name);
            let node = node.ok_or_else(|| NotAGroup::Unknown(name.clone()))?;
            weights.push((node, weight));
        }
        let weighting = Weighting::of_record(set);
        let of = weights
            .first()
            .and_then(|(node, _)| weighting.parent(*node));
        let parts = set.weighed_parts(of);
        let first = self.weights.first().map_or("", |(name, _)| name.as_str());
        for ((node, _), (name, _)) in weights.iter().zip(&self.weights) {
            if !parts.contains(node) {
                return Err(NotAGroup::Apart(first.to_owned(), name.clone()));
            }
        }
        let is_weighed = |part: &&Node| weights.iter().all(|(node, _)| node != *part);
        if let Some(part) = parts.iter().find(is_weighed) {
            return Err(NotAGroup::LeftOut(part.id(set).to_owned()));
        }
        Ok(set.reweighed(&weights, id, version)?)
    }
}
