//! Nodes of the tree among their siblings, and weightings in which one of them weighs something else.

use crate::exact::Fraction;

use super::shares::Group;
use super::{CategoryIndex, CriteriaSet, CriterionIndex, Weighting};

/// A category or a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// An inner node.
    Category(CategoryIndex),
    /// A leaf.
    Criterion(CriterionIndex),
}

impl Node {
    /// The id in the set.
    #[must_use]
    pub fn id(self, set: &CriteriaSet) -> &str {
        match self {
            Self::Category(index) => set
                .categories()
                .get(index.position())
                .map_or("", |it| it.id()),
            Self::Criterion(index) => set
                .criteria()
                .get(index.position())
                .map_or("", |it| it.id()),
        }
    }

    /// The title for people.
    #[must_use]
    pub fn title(self, set: &CriteriaSet) -> &str {
        match self {
            Self::Category(index) => set
                .categories()
                .get(index.position())
                .map_or("", |it| it.title()),
            Self::Criterion(index) => set
                .criteria()
                .get(index.position())
                .map_or("", |it| it.title()),
        }
    }

    /// The node with an id; ids are shared by categories and criteria.
    #[must_use]
    pub fn with_id(set: &CriteriaSet, id: &str) -> Option<Self> {
        let category = set
            .indexed_categories()
            .find(|(_, category)| category.id() == id);
        let category = category.map(|(index, _)| Self::Category(index));
        category.or_else(|| set.criterion_index(id).map(Self::Criterion))
    }
}

impl Group {
    fn nodes(&self) -> impl Iterator<Item = Node> + use<'_> {
        let categories = self.categories.iter().copied().map(Node::Category);
        categories.chain(self.criteria.iter().copied().map(Node::Criterion))
    }
}

impl Weighting {
    /// Every group of siblings with the category it makes up (`None` for the whole); deeper groups come first.
    pub fn groups(&self) -> impl Iterator<Item = (Option<CategoryIndex>, Vec<Node>)> {
        self.groups
            .iter()
            .map(|group| (group.of, group.nodes().collect()))
    }

    /// The weight of a node, which counts among its siblings only.
    #[must_use]
    pub fn weight(&self, node: Node) -> Fraction {
        let (weights, at) = match node {
            Node::Category(index) => (&self.categories, index.position()),
            Node::Criterion(index) => (&self.criteria, index.position()),
        };
        weights.get(at).cloned().unwrap_or_else(Fraction::zero)
    }

    /// The category whose part a node is; `None` for the whole, or for a node of another set.
    #[must_use]
    pub fn parent(&self, node: Node) -> Option<CategoryIndex> {
        self.group_of(node)?.of
    }

    /// The other parts of what a node is a part of.
    #[must_use]
    pub fn siblings(&self, node: Node) -> Vec<Node> {
        let group = self.group_of(node).into_iter();
        group
            .flat_map(Group::nodes)
            .filter(|&other| other != node)
            .collect()
    }

    /// The share of a node among its siblings and itself; `None` if no sibling has any weight.
    #[must_use]
    pub fn share_among_siblings(&self, node: Node) -> Option<Fraction> {
        let others = self.weight_of(&self.siblings(node));
        let own = self.weight(node);
        (!others.is_zero()).then(|| own.over(&(&own + &others)))?
    }

    /// The weighting in which a node has another share among its siblings, which keep their proportions.
    ///
    /// `None` if no sibling has any weight.
    #[must_use]
    pub fn with_share(&self, node: Node, share: &Fraction) -> Option<Self> {
        let siblings = self.siblings(node);
        let others = self.weight_of(&siblings);
        let whole = &others + &self.weight(node);
        let factor = (&(&Fraction::one() - share) * &whole).over(&others)?;
        let mut changed = self.clone().with_weight(node, share * &whole);
        for sibling in siblings {
            changed = changed.with_weight(sibling, &self.weight(sibling) * &factor);
        }
        Some(changed)
    }

    /// The weighting in which one node weighs something else, and all others what they did.
    #[must_use]
    pub fn with_weight(mut self, node: Node, weight: Fraction) -> Self {
        let (weights, at) = match node {
            Node::Category(index) => (&mut self.categories, index.position()),
            Node::Criterion(index) => (&mut self.criteria, index.position()),
        };
        if let Some(slot) = weights.get_mut(at) {
            *slot = weight;
        }
        self
    }

    fn weight_of(&self, nodes: &[Node]) -> Fraction {
        let weights: Vec<Fraction> = nodes.iter().map(|&node| self.weight(node)).collect();
        Fraction::sum(&weights)
    }

    fn group_of(&self, node: Node) -> Option<&Group> {
        self.groups.iter().find(|group| match node {
            Node::Category(index) => group.categories.contains(&index),
            Node::Criterion(index) => group.criteria.contains(&index),
        })
    }
}
