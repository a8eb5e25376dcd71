//! The categories in the order of the tree, each below its parent.

use crate::criteria::{Category, CategoryIndex, CriteriaSet};

/// A category where it stands in the tree.
pub(in crate::reports) struct Node<'a> {
    pub(in crate::reports) index: CategoryIndex,
    pub(in crate::reports) category: &'a Category,
    /// 0 at the top.
    pub(in crate::reports) depth: usize,
    /// The number of a top-level category, from 1: what a bar's segments are labelled with.
    pub(in crate::reports) number: Option<usize>,
}

/// Every category below its parent, siblings in file order.
pub(in crate::reports) fn nodes(set: &CriteriaSet) -> Vec<Node<'_>> {
    let mut nodes = Vec::with_capacity(set.categories().len());
    let roots = children(set, None, 0).into_iter().zip(1..);
    for (mut root, number) in roots {
        root.number = Some(number);
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let below = children(set, Some(node.index), node.depth.saturating_add(1));
            open.extend(below.into_iter().rev());
            nodes.push(node);
        }
    }
    nodes
}

fn children(set: &CriteriaSet, parent: Option<CategoryIndex>, depth: usize) -> Vec<Node<'_>> {
    set.indexed_categories()
        .filter(|(_, category)| category.parent() == parent)
        .map(|(index, category)| Node {
            index,
            category,
            depth,
            number: None,
        })
        .collect()
}
