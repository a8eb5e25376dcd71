//! What each node weighs, for one vendor: as the formulas add it up, in exact numbers.

use crate::criteria::Lens;
use crate::exact::Fraction;
use crate::scoring::VendorCard;

use super::plan::{Item, Plan};

/// The weights of the tree.
pub(super) struct Weights {
    /// By node: what counts of its weight. Of the root nothing.
    pub(super) counts: Vec<Fraction>,
    /// By node: what counts of the weights right below it.
    pub(super) sums: Vec<Fraction>,
    /// By node: its share of the whole, in percent.
    pub(super) shares: Vec<Fraction>,
}

/// The weight of a node as it is written: of a category none where it weighs what lies in it.
pub(super) fn written(plan: &Plan<'_>, lens: Option<&Lens>, item: Item) -> Option<Fraction> {
    match item {
        Item::Total => None,
        Item::Category(_) if plan.sums_weights(lens) => None,
        Item::Category(index) => {
            let category = plan.set.categories().get(index.position());
            category.map(|category| category.weight().into())
        }
        Item::Criterion(index) => match lens {
            Some(lens) => lens.weights().get(index.position()).map(|&w| w.into()),
            None => plan.criterion(index).map(|found| found.weight().into()),
        },
    }
}

/// The weight of a node with everything in it.
pub(super) fn full(plan: &Plan<'_>, lens: Option<&Lens>, position: usize) -> Fraction {
    let node = &plan.nodes[position];
    match (node.item, lens) {
        (Item::Category(_), Some(_)) => {
            let leaves = node.below.clone();
            let weights = leaves.filter_map(|leaf| match plan.nodes[leaf].item {
                Item::Criterion(_) => written(plan, lens, plan.nodes[leaf].item),
                Item::Total | Item::Category(_) => None,
            });
            Fraction::sum(&weights.collect::<Vec<_>>())
        }
        (Item::Category(index), None) => {
            let category = plan.set.categories().get(index.position());
            category.map_or_else(Fraction::zero, |category| category.weight().into())
        }
        (item, _) => written(plan, lens, item).unwrap_or_else(Fraction::zero),
    }
}

impl Weights {
    /// The weights of the record or a lens, without what does not apply to a vendor.
    pub(super) fn of(plan: &Plan<'_>, lens: Option<&Lens>, card: Option<&VendorCard>) -> Self {
        let count = plan.nodes.len();
        let mut weights = Self {
            counts: vec![Fraction::zero(); count],
            sums: vec![Fraction::zero(); count],
            shares: vec![Fraction::zero(); count],
        };
        for (position, node) in plan.nodes.iter().enumerate().rev() {
            let counts = match node.item {
                Item::Category(_) if weights.sums[position].is_zero() => Fraction::zero(),
                Item::Criterion(_) if is_left_out(card, node.item) => Fraction::zero(),
                Item::Total | Item::Category(_) | Item::Criterion(_) => full(plan, lens, position),
            };
            if node.item != Item::Total {
                weights.sums[node.parent] = &weights.sums[node.parent] + &counts;
            }
            weights.counts[position] = counts;
        }
        for (position, node) in plan.nodes.iter().enumerate() {
            let share = match node.item {
                Item::Total if weights.sums[0].is_zero() => Fraction::zero(),
                Item::Total => Fraction::hundred(),
                Item::Category(_) | Item::Criterion(_) => {
                    let part = weights.counts[position].over(&weights.sums[node.parent]);
                    part.map_or_else(Fraction::zero, |part| &part * &weights.shares[node.parent])
                }
            };
            weights.shares[position] = share;
        }
        weights
    }
}

fn is_left_out(card: Option<&VendorCard>, item: Item) -> bool {
    let Item::Criterion(index) = item else {
        return false;
    };
    let cell = card.and_then(|card| card.criteria.get(index.position()));
    cell.is_some_and(|cell| cell.state.is_left_out())
}
