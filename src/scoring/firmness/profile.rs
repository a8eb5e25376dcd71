//! What a vendor reaches in every node of the tree, and its total as a node's share moves.

use crate::criteria::{CategoryIndex, Node, Shares, Weighting};
use crate::exact::Fraction;
use crate::scoring::card::{Scorecard, VendorCard, VendorStatus};

use super::polynomial::Polynomial;
use super::rational::Rational;

/// Which end of what is missing a vendor is taken at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Everything missing at its worst.
    Low,
    /// Everything missing at its best.
    High,
}

/// The part reached in every node, from 0 to 1; `None` where nothing applies.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    pub(super) criteria: Vec<Option<Fraction>>,
    categories: Vec<Option<Fraction>>,
    shares: Shares,
    /// The part reached of the whole.
    total: Fraction,
}

/// The cards of those who may stay, and so can take part in the question of who is first.
pub(super) fn running(card: &Scorecard) -> impl Iterator<Item = &VendorCard> {
    card.vendors.iter().filter(|vendor| {
        let stays = matches!(
            vendor.status,
            VendorStatus::Ranked | VendorStatus::Provisional
        );
        stays && vendor.total.is_some()
    })
}

/// The part reached in every criterion; `None` where it does not apply.
pub(super) fn points(card: &VendorCard, end: End) -> Vec<Option<Fraction>> {
    card.criteria
        .iter()
        .map(|cell| match (&cell.points, end) {
            _ if cell.state.is_left_out() => None,
            (Some(points), End::Low) => Some(points.low.clone()),
            (Some(points), End::High) => Some(points.high.clone()),
            (None, End::Low) => Some(Fraction::zero()),
            (None, End::High) => Some(Fraction::one()),
        })
        .collect()
}

impl Profile {
    /// `None` if nothing of any weight applies to the vendor.
    pub(super) fn of(weighting: &Weighting, card: &VendorCard, end: End) -> Option<Self> {
        let mut profile = Self {
            criteria: points(card, end),
            categories: vec![None; card.categories.len()],
            shares: weighting.shares_without(|index| {
                let cell = card.criteria.get(index.position());
                cell.is_some_and(|cell| cell.state.is_left_out())
            })?,
            total: Fraction::zero(),
        };
        for (of, nodes) in weighting.groups() {
            let (reached, weight) = profile.weighed(weighting, &nodes);
            let part = reached.over(&weight);
            match of {
                Some(of) => {
                    if let Some(slot) = profile.categories.get_mut(of.position()) {
                        *slot = part;
                    }
                }
                None => profile.total = part?,
            }
        }
        Some(profile)
    }

    fn part(&self, node: Node) -> Option<&Fraction> {
        match node {
            Node::Category(index) => self.categories.get(index.position())?.as_ref(),
            Node::Criterion(index) => self.criteria.get(index.position())?.as_ref(),
        }
    }

    fn share_of(&self, group: Option<CategoryIndex>) -> Fraction {
        group.map_or_else(Fraction::one, |of| self.shares.of_category(of))
    }

    /// What nodes reach times their weights, and the weights of those that apply.
    fn weighed(&self, weighting: &Weighting, nodes: &[Node]) -> (Fraction, Fraction) {
        let parts = nodes
            .iter()
            .filter_map(|&node| Some((weighting.weight(node), self.part(node)?)));
        let (reached, weights): (Vec<Fraction>, Vec<Fraction>) =
            parts.map(|(weight, part)| (&weight * part, weight)).unzip();
        (Fraction::sum(&reached), Fraction::sum(&weights))
    }

    /// The part of the whole that is reached as the node's share among its siblings runs from 0 to 1.
    ///
    /// Where nothing among the siblings is missing from what applies, that is a straight line. At the ends of the way, where
    /// the node or its siblings weigh nothing, the limit is taken.
    pub(super) fn along(&self, weighting: &Weighting, node: Node, share: &Fraction) -> Rational {
        let siblings = weighting.siblings(node);
        let others: Vec<Fraction> = siblings.iter().map(|&one| weighting.weight(one)).collect();
        let others = Fraction::sum(&others);
        let (reached, weight) = self.weighed(weighting, &siblings);
        let (Some(reached), Some(left)) = (reached.over(&others), weight.over(&others)) else {
            return Rational::constant(self.total.clone());
        };
        let part = match (self.part(node), reached.over(&left)) {
            (Some(own), Some(_)) => Rational::new(
                Polynomial::line(&reached, own),
                Polynomial::line(&left, &Fraction::one()),
            ),
            (Some(own), None) => Rational::constant(own.clone()),
            (None, Some(rest)) => Rational::constant(rest),
            (None, None) => return Rational::constant(self.total.clone()),
        };
        let whole = self.share_of(weighting.parent(node));
        let now = part.at(share).unwrap_or_else(Fraction::zero);
        let rest = &self.total - &(&whole * &now);
        part.scaled(&whole).plus(&Rational::constant(rest))
    }
}
