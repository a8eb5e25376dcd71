//! A block of draws side by side.

use super::generator::{Domain, Words};
use super::model::Model;
use super::tree::{Lane, Shares, Weights};
use super::{LANES, Plan};

/// Totals nearer than this are a tie: what floats make of equal ones lies far closer, and others hardly ever do. 2^-40.
pub(super) const NEAR: f64 = 1.0 / 1_099_511_627_776.0;

/// A block of draws side by side.
#[derive(Debug)]
pub(super) struct Block<'a> {
    model: &'a Model,
    first: usize,
    weights: Weights,
    /// By path.
    shares: Vec<Shares>,
    /// By vendor.
    totals: Vec<Lane>,
    order: Vec<usize>,
    scratch: Vec<f64>,
}

impl<'a> Block<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self {
            model,
            first: 0,
            weights: model.tree.room_for_weights(),
            shares: model
                .paths
                .iter()
                .map(|_| model.tree.room_for_shares())
                .collect(),
            totals: vec![[0.0; LANES]; model.vendors.len()],
            order: (0..model.vendors.len()).collect(),
            scratch: Vec::new(),
        }
    }

    /// Moves to the block whose first draw this is.
    pub(super) fn start(&mut self, first: usize) {
        self.first = first;
    }

    /// Draws weights and scores, and adds up the totals.
    pub(super) fn draw(&mut self, plan: Plan) {
        let words = self.words(plan, Domain::Weights);
        self.model.tree.draw(&words, &mut self.weights);
        self.spread();
        self.add_up(plan);
    }

    /// Takes the same weights for every draw, and makes shares of them.
    pub(super) fn fix(&mut self, criteria: &[f64]) {
        self.model.tree.fill(criteria, &mut self.weights);
        self.spread();
    }

    fn words(&self, plan: Plan, domain: Domain) -> [Words; LANES] {
        let mut words = [Words::default(); LANES];
        for (at, words) in words.iter_mut().enumerate() {
            *words = Words::of(plan.seed, domain, self.first.saturating_add(at));
        }
        words
    }

    fn spread(&mut self) {
        for (path, shares) in self.model.paths.iter().zip(&mut self.shares) {
            path.spread(&self.weights, shares);
        }
    }

    /// Adds up the totals, criterion by criterion: those that are known, then those that are drawn.
    pub(super) fn add_up(&mut self, plan: Plan) {
        let words = if self.model.draws_scores() {
            self.words(plan, Domain::Scores)
        } else {
            [Words::default(); LANES]
        };
        for (vendor, total) in self.model.vendors.iter().zip(&mut self.totals) {
            total.fill(0.0);
            let Some(shares) = self.shares.get(vendor.path) else {
                continue;
            };
            for (criterion, points) in &vendor.known {
                if let Some(share) = shares.criteria.get(*criterion) {
                    for (total, share) in total.iter_mut().zip(share) {
                        *total += share * points;
                    }
                }
            }
            for cell in &vendor.missing {
                if let Some(share) = shares.criteria.get(cell.criterion) {
                    for ((total, share), words) in total.iter_mut().zip(share).zip(&words) {
                        *total += share * cell.draw(*words, &mut self.scratch);
                    }
                }
            }
        }
    }

    /// The shares of the criteria where everything applies.
    pub(super) fn whole_shares(&self) -> &[Lane] {
        self.shares
            .first()
            .map_or(&[], |shares| shares.criteria.as_slice())
    }

    /// By vendor: the totals of the draws.
    pub(super) fn totals(&self) -> &[Lane] {
        &self.totals
    }

    /// The vendors of one draw from first to last, those who tie side by side: the rank a group starts at, the group, and
    /// those behind it.
    pub(super) fn for_each_group(
        &mut self,
        lane: usize,
        mut tell: impl FnMut(usize, &[usize], &[usize]),
    ) {
        let totals = &self.totals;
        let total = |vendor: usize| totals.get(vendor).and_then(|lanes| lanes.get(lane));
        let total = |vendor: usize| total(vendor).copied().unwrap_or(0.0);
        // The order of the draw before is a good start; equal totals may stand in any order, as they are one group.
        self.order
            .sort_by(|&one, &other| total(other).total_cmp(&total(one)));
        let mut rest = self.order.as_slice();
        let mut rank = 0_usize;
        while let Some(&first) = rest.first() {
            let best = total(first);
            let is_near = |vendor: &&usize| best - total(**vendor) <= NEAR;
            let size = rest.iter().take_while(is_near).count().max(1);
            let (group, behind) = rest.split_at(size);
            tell(rank, group, behind);
            rank = rank.saturating_add(size);
            rest = behind;
        }
    }
}
