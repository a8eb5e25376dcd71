//! The tree of weights as positions: what is drawn for each node, and how weights become shares.

use crate::criteria::{CategoryIndex, CriteriaSet, CriterionIndex, Node, Weighting};
use crate::scoring::card::VendorCard;

use super::generator::{Words, unit};
use super::{LANES, Spread};

/// One value for each draw of a block.
pub(super) type Lane = [f64; LANES];

/// A node, by its position among the categories or among the criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Category(usize),
    Criterion(usize),
}

/// A group of siblings that apply and weigh something.
#[derive(Debug)]
struct Group {
    of: Option<usize>,
    members: Vec<Place>,
}

/// How the weights of a draw become shares where some criteria do not apply; the whole comes first, then what is below it.
#[derive(Debug)]
pub(super) struct Path {
    groups: Vec<Group>,
    /// By criterion: whether it has any share.
    pub(super) has_share: Vec<bool>,
}

/// The weights that are drawn around.
#[derive(Debug)]
pub(super) struct Tree {
    spread: Spread,
    /// By criterion and by category: the share among siblings, from 0 to 1.
    criteria: Vec<f64>,
    categories: Vec<f64>,
    /// The criteria with any share of the whole.
    weighed: Vec<usize>,
    /// By category: the criteria of those in it and below it.
    below: Vec<Vec<usize>>,
}

/// The weights of a block of draws.
#[derive(Debug)]
pub(super) struct Weights {
    criteria: Vec<Lane>,
    categories: Vec<Lane>,
    spacings: Vec<u64>,
}

/// The shares of a block of draws.
#[derive(Debug)]
pub(super) struct Shares {
    pub(super) criteria: Vec<Lane>,
    categories: Vec<Lane>,
}

impl Tree {
    pub(super) fn of(set: &CriteriaSet, weighting: &Weighting, spread: Spread) -> Self {
        let shares = weighting.shares();
        let among_siblings = |node: Node| match weighting.share_among_siblings(node) {
            Some(share) => share.nearest_double(),
            // An only child weighs whatever its parent does.
            None if weighting.weight(node).is_zero() => 0.0,
            None => 1.0,
        };
        let criteria = || set.indexed_criteria().map(|(index, _)| index);
        let is_weighed = |index: &CriterionIndex| !shares.of_criterion(*index).is_zero();
        let weighed: Vec<CriterionIndex> = criteria().filter(is_weighed).collect();
        let below = |category: CategoryIndex| {
            let within = weighed
                .iter()
                .filter(move |index| set.is_within(**index, category));
            within.map(|index| index.position()).collect()
        };
        let categories = || set.indexed_categories().map(|(index, _)| index);
        Self {
            spread,
            criteria: criteria()
                .map(|index| among_siblings(Node::Criterion(index)))
                .collect(),
            categories: categories()
                .map(|index| among_siblings(Node::Category(index)))
                .collect(),
            below: categories().map(below).collect(),
            weighed: weighed.iter().map(|index| index.position()).collect(),
        }
    }

    pub(super) fn weighed(&self) -> &[usize] {
        &self.weighed
    }

    pub(super) fn room_for_weights(&self) -> Weights {
        Weights {
            criteria: vec![[0.0; LANES]; self.criteria.len()],
            categories: vec![[0.0; LANES]; self.categories.len()],
            spacings: Vec::new(),
        }
    }

    pub(super) fn room_for_shares(&self) -> Shares {
        Shares {
            criteria: vec![[0.0; LANES]; self.criteria.len()],
            categories: vec![[0.0; LANES]; self.categories.len()],
        }
    }

    /// Draws the weights of a block.
    pub(super) fn draw(&self, words: &[Words; LANES], weights: &mut Weights) {
        match self.spread {
            Spread::Band(percent) => self.draw_band(f64::from(percent) / 100.0, words, weights),
            Spread::Uniform => {
                self.draw_uniformly(words, weights);
                self.sum_up(weights);
            }
        }
    }

    /// Word by word: the categories, then the criteria.
    fn draw_band(&self, band: f64, words: &[Words; LANES], weights: &mut Weights) {
        let (least, width) = (1.0 - band, 2.0 * band);
        let around = self.categories.iter().chain(&self.criteria);
        let lanes = weights.categories.iter_mut().chain(&mut weights.criteria);
        for (at, (middle, lane)) in around.zip(lanes).enumerate() {
            for (value, words) in lane.iter_mut().zip(words) {
                *value = middle * (least + width * unit(words.word(at)));
            }
        }
    }

    /// The spacings of sorted uniform numbers are uniform on the simplex (Devroye 1986, chapter V).
    #[expect(
        clippy::cast_precision_loss,
        reason = "a spacing is rounded to the nearest float, the same on every machine"
    )]
    fn draw_uniformly(&self, words: &[Words; LANES], weights: &mut Weights) {
        let cuts = self.weighed.len().saturating_sub(1);
        for (lane, words) in words.iter().enumerate() {
            let spacings = &mut weights.spacings;
            spacings.clear();
            spacings.extend((0..cuts).map(|at| words.word(at)));
            spacings.sort_unstable();
            spacings.push(u64::MAX);
            let mut before = 0;
            for (&criterion, &cut) in self.weighed.iter().zip(spacings.iter()) {
                let spacing = cut.saturating_sub(before).max(1);
                before = cut;
                set(&mut weights.criteria, criterion, lane, spacing as f64);
            }
        }
    }

    /// Weights the same in every draw, by criterion; a category weighs what its criteria do.
    pub(super) fn fill(&self, criteria: &[f64], weights: &mut Weights) {
        for (lane, value) in weights.criteria.iter_mut().zip(criteria) {
            lane.fill(*value);
        }
        self.sum_up(weights);
    }

    fn sum_up(&self, weights: &mut Weights) {
        for (below, sum) in self.below.iter().zip(&mut weights.categories) {
            sum.fill(0.0);
            for lane in below.iter().filter_map(|&at| weights.criteria.get(at)) {
                add(sum, lane);
            }
        }
    }
}

impl Path {
    /// The way from weights to shares for a vendor, or for one to whom everything applies.
    pub(super) fn of(set: &CriteriaSet, weighting: &Weighting, card: Option<&VendorCard>) -> Self {
        let applies = |index: CriterionIndex| {
            let cell = card.and_then(|card| card.criteria.get(index.position()));
            cell.is_none_or(|cell| !cell.state.is_left_out())
        };
        let shares = weighting.shares_without(|index| !applies(index));
        let has_share = |index: CriterionIndex| {
            shares
                .as_ref()
                .is_some_and(|shares| !shares.of_criterion(index).is_zero())
        };
        let remains = |node: &Node| match *node {
            Node::Criterion(index) => has_share(index),
            Node::Category(index) => shares
                .as_ref()
                .is_some_and(|shares| !shares.of_category(index).is_zero()),
        };
        let mut groups: Vec<Group> = weighting
            .groups()
            .map(|(of, nodes)| Group {
                of: of.map(CategoryIndex::position),
                members: nodes.into_iter().filter(remains).map(Place::of).collect(),
            })
            .filter(|group| !group.members.is_empty())
            .collect();
        groups.reverse();
        Self {
            groups,
            has_share: set
                .indexed_criteria()
                .map(|(index, _)| has_share(index))
                .collect(),
        }
    }

    /// Shares of the whole, from the top down. Criteria that do not apply keep whatever was there, and are not looked at.
    pub(super) fn spread(&self, weights: &Weights, shares: &mut Shares) {
        for group in &self.groups {
            let whole = match group.of.and_then(|of| shares.categories.get(of)) {
                Some(whole) => *whole,
                None => [1.0; LANES],
            };
            if let [only] = group.members.as_slice() {
                shares.put(*only, &whole);
                continue;
            }
            let mut sum = [0.0; LANES];
            for lane in group.members.iter().filter_map(|place| weights.at(*place)) {
                add(&mut sum, lane);
            }
            let mut factor = whole;
            for (factor, sum) in factor.iter_mut().zip(&sum) {
                *factor /= sum;
            }
            for place in &group.members {
                if let Some(lane) = weights.at(*place) {
                    let mut share = factor;
                    for (share, weight) in share.iter_mut().zip(lane) {
                        *share *= weight;
                    }
                    shares.put(*place, &share);
                }
            }
        }
    }

    /// Whether two ways are the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.has_share == other.has_share
    }
}

impl Place {
    fn of(node: Node) -> Self {
        match node {
            Node::Category(index) => Self::Category(index.position()),
            Node::Criterion(index) => Self::Criterion(index.position()),
        }
    }
}

impl Weights {
    fn at(&self, place: Place) -> Option<&Lane> {
        match place {
            Place::Category(at) => self.categories.get(at),
            Place::Criterion(at) => self.criteria.get(at),
        }
    }
}

impl Shares {
    fn put(&mut self, place: Place, share: &Lane) {
        let slot = match place {
            Place::Category(at) => self.categories.get_mut(at),
            Place::Criterion(at) => self.criteria.get_mut(at),
        };
        if let Some(slot) = slot {
            *slot = *share;
        }
    }
}

/// Adds to a sum, draw by draw.
fn add(sum: &mut Lane, lane: &Lane) {
    for (sum, value) in sum.iter_mut().zip(lane) {
        *sum += value;
    }
}

fn set(lanes: &mut [Lane], at: usize, lane: usize, value: f64) {
    if let Some(slot) = lanes.get_mut(at).and_then(|values| values.get_mut(lane)) {
        *slot = value;
    }
}
