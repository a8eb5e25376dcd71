//! Shares, handed down the tree from the root.

use num_traits::{One, Zero};

use crate::model::{Num, Q, Set, Weights};

/// The exact parts of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    pub categories: Vec<Q>,
    pub criteria: Vec<Q>,
    /// Whether anything with weight applies at all.
    pub anything_left: bool,
}

#[derive(Clone, Copy)]
enum Node {
    Category(usize),
    Criterion(usize),
}

/// The shares on the weights in the file.
pub fn record_shares(set: &Set, applies: &dyn Fn(usize) -> bool) -> Shares {
    let leaves: Vec<Num> = set.criteria.iter().map(|leaf| leaf.weight).collect();
    let written = (set.weights != Weights::Points).then(|| {
        let weights = set.categories.iter().map(|category| category.weight.q());
        weights.collect::<Vec<Q>>()
    });
    hand_out(set, &leaves, written.as_deref(), applies)
}

/// The shares under a lens, whose categories weigh what their leaves weigh.
pub fn lens_shares(set: &Set, lens: usize, applies: &dyn Fn(usize) -> bool) -> Shares {
    hand_out(set, &set.lenses[lens].weights, None, applies)
}

struct Tree<'a> {
    set: &'a Set,
    leaves: &'a [Num],
    categories: Option<&'a [Q]>,
    applies: &'a dyn Fn(usize) -> bool,
}

fn hand_out(
    set: &Set,
    leaves: &[Num],
    categories: Option<&[Q]>,
    applies: &dyn Fn(usize) -> bool,
) -> Shares {
    let tree = Tree {
        set,
        leaves,
        categories,
        applies,
    };
    let mut shares = Shares {
        categories: vec![Q::zero(); set.categories.len()],
        criteria: vec![Q::zero(); set.criteria.len()],
        anything_left: tree.children(None).iter().any(|&node| tree.is_left(node)),
    };
    tree.descend(None, &Q::one(), &mut shares);
    shares
}

impl Tree<'_> {
    fn children(&self, of: Option<usize>) -> Vec<Node> {
        let categories = self.set.categories.iter().enumerate();
        let inner = categories.filter(|(_, category)| category.parent == of);
        let leaves = self.set.criteria.iter().enumerate();
        let outer = leaves.filter(|(_, criterion)| Some(criterion.category) == of);
        inner
            .map(|(at, _)| Node::Category(at))
            .chain(outer.map(|(at, _)| Node::Criterion(at)))
            .collect()
    }

    fn weight(&self, node: Node) -> Q {
        match (node, self.categories) {
            (Node::Criterion(at), _) => self.leaves[at].q(),
            (Node::Category(at), Some(weights)) => weights[at].clone(),
            (Node::Category(at), None) => {
                let children = self.children(Some(at));
                children.iter().map(|&child| self.weight(child)).sum()
            }
        }
    }

    /// Whether a node can carry weight: itself, or through something below it.
    fn is_left(&self, node: Node) -> bool {
        if self.weight(node).is_zero() {
            return false;
        }
        match node {
            Node::Criterion(at) => (self.applies)(at),
            Node::Category(at) => {
                let children = self.children(Some(at));
                children.iter().any(|&child| self.is_left(child))
            }
        }
    }

    fn descend(&self, of: Option<usize>, share: &Q, shares: &mut Shares) {
        let children = self.children(of);
        let left: Vec<Node> = children
            .into_iter()
            .filter(|&node| self.is_left(node))
            .collect();
        let whole: Q = left.iter().map(|&node| self.weight(node)).sum();
        for node in left {
            let part = self.weight(node) / &whole * share;
            match node {
                Node::Criterion(at) => shares.criteria[at] = part,
                Node::Category(at) => {
                    self.descend(Some(at), &part, shares);
                    shares.categories[at] = part;
                }
            }
        }
    }
}
