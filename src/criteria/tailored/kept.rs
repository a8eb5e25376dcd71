//! What is kept of a set, and what goes.

use super::problem::{TailorProblem, TailorRule};
use super::wishes::Wishes;
use crate::criteria::{
    Category, CategoryIndex, CriteriaSet, Criterion, CriterionIndex, Kind, Lens, Node, Suggestion,
};
use crate::table::name;

/// What is kept of a set.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// By criterion.
    criteria: Vec<bool>,
    /// By category: those that hold a criterion that is kept.
    categories: Vec<bool>,
    /// By lens.
    lenses: Vec<bool>,
    /// What was named to go, by id in the order of the set: categories, criteria, then lenses.
    pub named: Vec<String>,
    pub named_lenses: Vec<String>,
}

impl Kept {
    /// Reads what is to go; ids that are none of the set are told.
    pub fn of(set: &CriteriaSet, wishes: &Wishes, problems: &mut Vec<TailorProblem>) -> Self {
        let mut named = Vec::new();
        for id in texts(&wishes.drop) {
            if let Some(node) = Node::with_id(set, id) {
                named.push(node);
                continue;
            }
            let near = near_node(set, id);
            problems.push(TailorProblem::new(
                "drop",
                Some(id),
                TailorRule::Unknown { near },
            ));
        }
        named.sort_unstable();
        named.dedup();
        let goes = |category: CategoryIndex| named.contains(&Node::Category(category));
        let criteria: Vec<bool> = set
            .indexed_criteria()
            .map(|(index, _)| {
                let within = set.indexed_categories();
                let mut within = within.filter(|(category, _)| set.is_within(index, *category));
                !named.contains(&Node::Criterion(index)) && !within.any(|(one, _)| goes(one))
            })
            .collect();
        let categories = set.indexed_categories().map(|(category, _)| {
            let mut within = set.indexed_criteria().zip(&criteria);
            within.any(|((index, _), kept)| *kept && set.is_within(index, category))
        });
        let categories = categories.collect();
        let mut lenses = vec![true; set.lenses().len()];
        for id in texts(&wishes.drop_lenses) {
            let at = set.lenses().iter().position(|lens| lens.id() == id);
            if let Some(slot) = at.and_then(|at| lenses.get_mut(at)) {
                *slot = false;
                continue;
            }
            let near = name::nearest(id, set.lenses(), |lens| lens.id());
            let near = Suggestion::new(near.map(|lens| lens.id().to_owned()));
            let rule = TailorRule::UnknownLens { near };
            problems.push(TailorProblem::new("drop_lenses", Some(id), rule));
        }
        let gone = set.lenses().iter().zip(&lenses).filter(|(_, kept)| !**kept);
        Self {
            named_lenses: gone.map(|(lens, _)| lens.id().to_owned()).collect(),
            named: named.iter().map(|node| node.id(set).to_owned()).collect(),
            criteria,
            categories,
            lenses,
        }
    }

    pub fn has_criterion(&self, index: CriterionIndex) -> bool {
        self.criteria
            .get(index.position())
            .copied()
            .unwrap_or(false)
    }

    pub fn has_category(&self, index: CategoryIndex) -> bool {
        self.categories
            .get(index.position())
            .copied()
            .unwrap_or(false)
    }

    pub fn has_lens(&self, position: usize) -> bool {
        self.lenses.get(position).copied().unwrap_or(false)
    }

    pub fn has(&self, node: Node) -> bool {
        match node {
            Node::Category(index) => self.has_category(index),
            Node::Criterion(index) => self.has_criterion(index),
        }
    }

    /// Whether nothing is named to go.
    pub fn is_all(&self) -> bool {
        self.named.is_empty() && self.named_lenses.is_empty()
    }

    /// The lenses that are kept, with their places in the set.
    pub fn lenses<'a>(
        &'a self,
        set: &'a CriteriaSet,
    ) -> impl Iterator<Item = (usize, &'a Lens)> + use<'a> {
        let lenses = set.lenses().iter().enumerate();
        lenses.filter(|(at, _)| self.has_lens(*at))
    }

    /// The criteria that are kept and have a weight, be it 0.
    pub fn weighed(&self, set: &CriteriaSet) -> Vec<CriterionIndex> {
        let criteria = set.indexed_criteria().filter(|(index, criterion)| {
            self.has_criterion(*index) && !matches!(criterion.kind(), Kind::PassFail)
        });
        criteria.map(|(index, _)| index).collect()
    }

    /// Those among them that a node is or holds.
    pub fn weighed_in(&self, set: &CriteriaSet, node: Node) -> Vec<CriterionIndex> {
        let mut weighed = self.weighed(set);
        weighed.retain(|index| match node {
            Node::Category(category) => set.is_within(*index, category),
            Node::Criterion(one) => *index == one,
        });
        weighed
    }
}

/// The texts that are not blank, without the blanks around them.
fn texts(texts: &[String]) -> impl Iterator<Item = &str> {
    let trimmed = texts.iter().map(|text| text.trim());
    trimmed.filter(|text| !text.is_empty())
}

/// The id of a category or criterion that is most like a text.
pub(super) fn near_node(set: &CriteriaSet, id: &str) -> Suggestion {
    let categories = set.categories().iter().map(Category::id);
    let ids = categories.chain(set.criteria().iter().map(Criterion::id));
    Suggestion::new(name::nearest(id, ids, |one| one).map(str::to_owned))
}
