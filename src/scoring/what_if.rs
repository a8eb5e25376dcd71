//! What would be under other weights, or with somebody left out. The record stays as it is.
//!
//! Other weights decide no gate anew; leaving out a vendor or an evaluator does, and the result says which.

use crate::criteria::{CriteriaSet, Kind, Node, Weighting};
use crate::evaluation::{Evaluation, VendorIndex};
use crate::exact::Fraction;

use super::card::{Bounds, Scorecard, VendorCard};
use super::explain::minus;
use super::firmness::GateChange;
use super::reweigh::look;
use super::view::View;
use super::without::Without;
use super::{firmness, rank_noticing};

/// What is different: weights, and who is left out.
#[derive(Debug, Clone)]
pub struct WhatIf {
    weighting: Weighting,
    without: Without,
}

/// What would be.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The result as it would be.
    pub card: Scorecard,
    /// The gates that would be decided otherwise; none if nobody is left out.
    pub gates: Vec<GateChange>,
    /// How far each vendor is behind the first on the page, in page order; `None` for one that is out or has no total.
    pub gaps: Vec<(VendorIndex, Option<Bounds>)>,
}

/// Why weights cannot be as they are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unweighable {
    /// The shares asked for in one group of siblings come to more than the whole.
    TooMuch {
        /// Those nodes.
        nodes: Vec<Node>,
        /// What they come to, as a part of 1.
        sum: Fraction,
    },
    /// No other sibling has any weight to take the rest, so that the shares have to come to the whole.
    NothingLeft {
        /// Those nodes.
        nodes: Vec<Node>,
        /// What they come to, as a part of 1.
        sum: Fraction,
    },
    /// A share asked for is among those that the price share sets.
    BesidePrice {
        /// Those nodes.
        nodes: Vec<Node>,
    },
    /// Prices have no weight that could be scaled.
    NoPrice,
    /// Besides prices nothing has any weight.
    OnlyPrice,
}

impl WhatIf {
    /// From a weighting: some nodes have other shares among their siblings (parts of 1), and perhaps all prices together
    /// another share of the whole. Whatever is not named keeps its proportions.
    ///
    /// # Errors
    /// Every reason why the weights cannot be so.
    pub fn new(
        set: &CriteriaSet,
        base: &Weighting,
        shares: &[(Node, Fraction)],
        price: Option<&Fraction>,
        without: Without,
    ) -> Result<Self, Vec<Unweighable>> {
        let mut problems = Vec::new();
        let weighting = with_shares(base, shares, &mut problems);
        let weighting = match price {
            Some(price) => {
                problems.extend(beside_price(set, &weighting, shares));
                match with_price(set, &weighting, price) {
                    Ok(priced) => priced,
                    Err(why) => {
                        problems.push(why);
                        weighting
                    }
                }
            }
            None => weighting,
        };
        if problems.is_empty() {
            Ok(Self { weighting, without })
        } else {
            Err(problems)
        }
    }

    /// The weights as they would be.
    #[must_use]
    pub fn weighting(&self) -> &Weighting {
        &self.weighting
    }

    /// Who is left out.
    #[must_use]
    pub fn without(&self) -> &Without {
        &self.without
    }
}

/// What would be; `record` is the result under the record's weights.
#[must_use]
pub fn what_if(evaluation: &Evaluation, record: &Scorecard, asked: &WhatIf) -> Outcome {
    let view = View::Weights(&asked.weighting);
    let card = if asked.without.is_nobody() {
        look(evaluation, record, view)
    } else {
        rank_noticing(evaluation, &asked.without, view)
    };
    let stays = |one: &&VendorCard| !asked.without.has_vendor(one.vendor);
    let pairs = record.vendors.iter().filter(stays);
    Outcome {
        gates: pairs
            .filter_map(|now| Some((now, card.vendor(now.vendor)?)))
            .flat_map(|(now, then)| firmness::gate_changes(now, then))
            .collect(),
        gaps: gaps(&card),
        card,
    }
}

/// How far each vendor in the running is behind the first on the page.
fn gaps(card: &Scorecard) -> Vec<(VendorIndex, Option<Bounds>)> {
    let running = |one: &&VendorCard| one.rank_range.is_some();
    let first = card.vendors.iter().find(running);
    let behind = |one: &VendorCard| {
        let first = first?;
        let (lead, own) = (first.total.as_ref()?, one.total.as_ref()?);
        if first.vendor == one.vendor {
            return Some(Bounds::exactly(Fraction::zero()));
        }
        Some(minus(lead, own))
    };
    card.vendors
        .iter()
        .map(|one| (one.vendor, behind(one).filter(|_| running(&one))))
        .collect()
}

/// Gives nodes their shares, group by group; the other siblings share what is left, in proportion.
fn with_shares(
    base: &Weighting,
    shares: &[(Node, Fraction)],
    problems: &mut Vec<Unweighable>,
) -> Weighting {
    let groups: Vec<Vec<Node>> = base.groups().map(|(_, nodes)| nodes).collect();
    let mut changed = base.clone();
    for group in groups {
        let named = |node: &Node| shares.iter().find(|(known, _)| known == node);
        let fixed: Vec<(Node, &Fraction)> = group
            .iter()
            .filter_map(|node| named(node).map(|(node, share)| (*node, share)))
            .collect();
        if fixed.is_empty() {
            continue;
        }
        let nodes = || fixed.iter().map(|(node, _)| *node).collect();
        let sum = Fraction::sum(fixed.iter().map(|(_, share)| *share));
        let rest = &Fraction::one() - &sum;
        if rest.is_negative() {
            problems.push(Unweighable::TooMuch {
                nodes: nodes(),
                sum,
            });
            continue;
        }
        let others: Vec<(Node, Fraction)> = group
            .iter()
            .filter(|node| named(node).is_none())
            .map(|node| (*node, base.weight(*node)))
            .collect();
        let weight = Fraction::sum(others.iter().map(|(_, weight)| weight));
        let whole = group_weight(base, &group);
        let factor = (&rest * &whole).over(&weight);
        let factor = match factor {
            Some(factor) => factor,
            None if rest.is_zero() => Fraction::zero(),
            None => {
                problems.push(Unweighable::NothingLeft {
                    nodes: nodes(),
                    sum,
                });
                continue;
            }
        };
        for (node, share) in fixed {
            changed = changed.with_weight(node, share * &whole);
        }
        for (node, weight) in others {
            changed = changed.with_weight(node, &weight * &factor);
        }
    }
    changed
}

/// What a group weighs; 1 if it weighs nothing, so that shares of it can be said.
fn group_weight(weighting: &Weighting, group: &[Node]) -> Fraction {
    let weights: Vec<Fraction> = group.iter().map(|&node| weighting.weight(node)).collect();
    let sum = Fraction::sum(&weights);
    if sum.is_zero() { Fraction::one() } else { sum }
}

/// The nodes whose share among their siblings would not stay as asked for once prices have theirs.
fn beside_price(
    set: &CriteriaSet,
    weighting: &Weighting,
    shares: &[(Node, Fraction)],
) -> Option<Unweighable> {
    let holds_price = |node: Node| match node {
        Node::Criterion(index) => is_price(set, index.position()),
        Node::Category(category) => set
            .indexed_criteria()
            .any(|(index, _)| is_price(set, index.position()) && set.is_within(index, category)),
    };
    let nodes: Vec<Node> = shares
        .iter()
        .map(|(node, _)| *node)
        .filter(|&node| holds_price(node) || weighting.siblings(node).into_iter().any(holds_price))
        .collect();
    (!nodes.is_empty()).then_some(Unweighable::BesidePrice { nodes })
}

fn is_price(set: &CriteriaSet, position: usize) -> bool {
    let criterion = set.criteria().get(position);
    criterion.is_some_and(|one| matches!(one.kind(), Kind::Priced(_)))
}

/// All prices together have this share of the whole, everything else the rest, each in proportion.
fn with_price(
    set: &CriteriaSet,
    weighting: &Weighting,
    price: &Fraction,
) -> Result<Weighting, Unweighable> {
    let shares = weighting.shares();
    let leaves: Vec<(bool, Fraction)> = set
        .indexed_criteria()
        .map(|(index, _)| (is_price(set, index.position()), shares.of_criterion(index)))
        .collect();
    let weight_of = |wanted: bool| {
        let those = leaves.iter().filter(|(priced, _)| *priced == wanted);
        Fraction::sum(those.map(|(_, share)| share))
    };
    let rest = &Fraction::one() - price;
    let scale = |part: &Fraction, of: &Fraction, why: Unweighable| match part.over(of) {
        Some(factor) => Ok(factor),
        None if part.is_zero() => Ok(Fraction::zero()),
        None => Err(why),
    };
    let prices = scale(price, &weight_of(true), Unweighable::NoPrice)?;
    let others = scale(&rest, &weight_of(false), Unweighable::OnlyPrice)?;
    let scaled = leaves
        .iter()
        .map(|(priced, share)| share * if *priced { &prices } else { &others });
    Ok(Weighting::of_leaves(set, scaled.collect()))
}
