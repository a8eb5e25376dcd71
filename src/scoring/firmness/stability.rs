//! How far the share of each node may move before first place changes hands, and the least such move.
//!
//! A node's share among its siblings runs from 0 to 1 while they keep their proportions. Gates stay as they were decided.

use crate::criteria::{CriteriaSet, Kind, Node, Weighting};
use crate::evaluation::VendorIndex;
use crate::exact::Fraction;
use crate::scoring::card::Scorecard;

use super::polynomial::Root;
use super::profile::{End, Profile, running};
use super::rational::Rational;

/// The interval of a node's share over which first place stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stability {
    /// The node.
    pub on: Node,
    /// Its share among its siblings, from 0 to 1.
    pub share: Fraction,
    /// The part of the whole that it and its siblings make up.
    pub group_share: Fraction,
    /// The lowest share at which first place stays.
    pub low: Limit,
    /// The highest.
    pub high: Limit,
}

/// An end of an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The share. First place stays there, and up to there.
    pub at: Fraction,
    /// Whether `at` is the very end; else it lies at most 10^-12 inside of it, since the end is no fraction.
    pub exact: bool,
    /// Who is first beyond; nobody if the share can go no further.
    pub flips_to: Vec<VendorIndex>,
}

/// The least move of one node's share that lets somebody else be first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallestFlip {
    /// The node.
    pub on: Node,
    /// Its share now.
    pub from: Fraction,
    /// Its share at the limit; beyond, first place changes.
    pub to: Limit,
    /// Who is first beyond, the one with the highest total if there are several.
    pub winner: VendorIndex,
    /// The part of the whole weight that is taken from some criteria and given to others: half the sum of all changes.
    pub moved: Fraction,
}

/// The intervals of all nodes whose siblings have weight, in the set's order, categories first; none while first place is undecided.
#[must_use]
pub fn stability(set: &CriteriaSet, card: &Scorecard, weighting: &Weighting) -> Vec<Stability> {
    if card.leaders().is_empty() {
        return Vec::new();
    }
    let categories = set
        .indexed_categories()
        .map(|(index, _)| Node::Category(index));
    let criteria = set
        .indexed_criteria()
        .map(|(index, _)| Node::Criterion(index));
    let shares = weighting.shares();
    let profiles = Profiles::of(card, weighting);
    categories
        .chain(criteria.filter(|&node| is_weighed(set, node)))
        .filter_map(|node| {
            let share = weighting.share_among_siblings(node)?;
            let parent = weighting.parent(node);
            let (low, high) = limits(card, weighting, &profiles, node, &share);
            Some(Stability {
                on: node,
                group_share: parent.map_or_else(Fraction::one, |of| shares.of_category(of)),
                share,
                low,
                high,
            })
        })
        .collect()
}

/// The least move among the limits, by what it changes of the whole; `None` if no move of one node lets another be first.
#[must_use]
pub fn smallest_flip(stability: &[Stability]) -> Option<SmallestFlip> {
    let flips = stability.iter().flat_map(|node| {
        [&node.low, &node.high]
            .into_iter()
            .filter_map(move |limit| {
                let way = &limit.at - &node.share;
                let way = if way.is_negative() { -&way } else { way };
                Some(SmallestFlip {
                    on: node.on,
                    from: node.share.clone(),
                    to: limit.clone(),
                    winner: *limit.flips_to.first()?,
                    moved: &node.group_share * &way,
                })
            })
    });
    flips.min_by(|one, other| one.moved.cmp(&other.moved))
}

/// A pass-fail criterion has no weight to move.
fn is_weighed(set: &CriteriaSet, node: Node) -> bool {
    match node {
        Node::Category(_) => true,
        Node::Criterion(index) => set
            .criteria()
            .get(index.position())
            .is_some_and(|criterion| !matches!(criterion.kind(), Kind::PassFail)),
    }
}

/// Those who may stay at both ends of what is missing.
struct Profiles(Vec<(VendorIndex, Profile, Profile)>);

impl Profiles {
    fn of(card: &Scorecard, weighting: &Weighting) -> Self {
        let of = |end| move |vendor| Profile::of(weighting, vendor, end);
        let all = running(card).filter_map(|vendor| {
            Some((vendor.vendor, of(End::Low)(vendor)?, of(End::High)(vendor)?))
        });
        Self(all.collect())
    }

    /// The totals of all of them as a node's share runs from 0 to 1.
    fn along(&self, weighting: &Weighting, node: Node, share: &Fraction) -> Vec<Totals> {
        let totals = self.0.iter().map(|(vendor, low, high)| Totals {
            vendor: *vendor,
            low: low.along(weighting, node, share),
            high: high.along(weighting, node, share),
        });
        totals.collect()
    }
}

/// A vendor's total on the way.
struct Totals {
    vendor: VendorIndex,
    low: Rational,
    high: Rational,
}

fn limits(
    card: &Scorecard,
    weighting: &Weighting,
    profiles: &Profiles,
    node: Node,
    share: &Fraction,
) -> (Limit, Limit) {
    // A node without weight may be all that applies to a vendor as soon as it has some: then what holds between the ends
    // is not what holds now.
    let between = share.is_zero().then(|| Fraction::new(1, 2)).flatten();
    let between = between.and_then(|half| Some((weighting.with_share(node, &half)?, half)));
    let totals = match &between {
        Some((weighting, half)) => Profiles::of(card, weighting).along(weighting, node, half),
        None => profiles.along(weighting, node, share),
    };
    let leaders = card.leaders();
    let mut low = Search::new(Fraction::zero());
    let mut high = Search::new(Fraction::one());
    for leader in totals.iter().filter(|one| leaders.contains(&one.vendor)) {
        for rival in totals.iter().filter(|one| one.vendor != leader.vendor) {
            let lead = leader.low.lead_over(&rival.high);
            let (below, above) = lead.negative_beside(share);
            if below && !share.is_zero() {
                low.offer(Root::exactly(share.clone()), rival, Side::Low);
            } else if let Some(root) = lead.sign_changes(&Fraction::zero(), share).pop() {
                low.offer(root, rival, Side::Low);
            }
            if above {
                high.offer(Root::exactly(share.clone()), rival, Side::High);
            } else if let Some(root) = lead
                .sign_changes(share, &Fraction::one())
                .into_iter()
                .next()
            {
                high.offer(root, rival, Side::High);
            }
        }
    }
    (low.limit(card), high.limit(card))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Low,
    High,
}

/// The nearest crossing so far, and the rivals who cross there.
struct Search {
    at: Fraction,
    exact: bool,
    rivals: Vec<(VendorIndex, Fraction)>,
}

impl Search {
    fn new(end: Fraction) -> Self {
        Self {
            at: end,
            exact: true,
            rivals: Vec::new(),
        }
    }

    fn offer(&mut self, root: Root, rival: &Totals, side: Side) {
        let (inside, is_nearer): (Fraction, fn(&Fraction, &Fraction) -> bool) = match side {
            Side::Low => (root.high, |new, old| new > old),
            Side::High => (root.low, |new, old| new < old),
        };
        let slope = rival.high.slope_at(&inside).unwrap_or_else(Fraction::zero);
        let gain = if side == Side::Low { -&slope } else { slope };
        if self.rivals.is_empty() || is_nearer(&inside, &self.at) {
            *self = Self {
                at: inside,
                exact: root.exact,
                rivals: vec![(rival.vendor, gain)],
            };
        } else if inside == self.at {
            self.exact |= root.exact;
            self.rivals.push((rival.vendor, gain));
        }
    }

    /// Of the rivals who draw level at the same point, those who gain most beyond it are first there.
    fn limit(mut self, card: &Scorecard) -> Limit {
        let most = self.rivals.iter().map(|(_, gain)| gain.clone()).max();
        self.rivals.retain(|(_, gain)| Some(gain) == most.as_ref());
        let place =
            |vendor: &VendorIndex| card.vendors.iter().position(|card| card.vendor == *vendor);
        let mut flips_to: Vec<VendorIndex> =
            self.rivals.into_iter().map(|(vendor, _)| vendor).collect();
        flips_to.sort_by_key(place);
        flips_to.dedup();
        Limit {
            at: self.at,
            exact: self.exact,
            flips_to,
        }
    }
}
