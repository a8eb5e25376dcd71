//! What is counted over all draws, in whole numbers only, so that the order of adding does not matter.

use std::collections::BTreeMap;

use crate::exact::Fraction;

use super::block::Block;
use super::model::Model;
use super::pairs::Pairs;
use super::{Count, LANES};

/// The most vendors that are compared in pairs.
const MOST_IN_PAIRS: usize = 64;
/// Shares are added up in units of 2^-32.
pub(super) const UNITS: f64 = 4_294_967_296.0;

/// What is counted over all draws.
#[derive(Debug)]
pub(super) struct Tally {
    vendors: usize,
    /// By vendor and rank: how often it had it alone.
    alone: Vec<u64>,
    /// By vendor, first rank and size of a group that tied: how often.
    tied: BTreeMap<(usize, usize, usize), u64>,
    /// By vendor and vendor: how often the first was ahead; empty with too many.
    ahead: Vec<u64>,
    /// For a block of draws; none with too many.
    pairs: Option<Pairs>,
    /// By criterion and vendor: its share in the draws in which the vendor was first, in units.
    central: Vec<u64>,
}

impl Tally {
    pub(super) fn new(model: &Model) -> Self {
        let vendors = model.vendors.len();
        let pairs = if vendors <= MOST_IN_PAIRS { vendors } else { 0 };
        let criteria = model.paths.first().map_or(0, |path| path.has_share.len());
        Self {
            vendors,
            alone: vec![0; vendors.saturating_mul(vendors)],
            tied: BTreeMap::new(),
            ahead: vec![0; pairs.saturating_mul(pairs)],
            pairs: (pairs > 0).then(|| Pairs::new(pairs)),
            central: vec![0; criteria.saturating_mul(vendors)],
        }
    }

    /// Counts the first so many draws of a block.
    pub(super) fn count(&mut self, model: &Model, block: &mut Block<'_>, live: usize) {
        let mut pairs = self.pairs.take();
        let is_whole = live == LANES;
        let compared = pairs.as_mut().filter(|_| is_whole);
        let is_apart = compared.is_some_and(|pairs| pairs.compare(block.totals()));
        let first = match &pairs {
            Some(pairs) if is_apart => self.count_apart(pairs),
            _ => self.count_one_by_one(model, block, live),
        };
        self.pairs = pairs;
        self.add_shares(model, block, &first);
    }

    /// Counts a block in which nobody ties, and tells who is first in each draw.
    fn count_apart(&mut self, pairs: &Pairs) -> [Option<usize>; LANES] {
        let mut first = [None; LANES];
        for (vendor, places) in pairs.places.iter().enumerate() {
            let row = vendor.saturating_mul(self.vendors);
            let ranks = self.alone.get_mut(row..).unwrap_or_default();
            for (&place, first) in places.iter().zip(&mut first) {
                if place == 0 {
                    *first = Some(vendor);
                }
                increase(ranks, usize::try_from(place).unwrap_or(usize::MAX), 1);
            }
        }
        let vendors = 0..self.vendors;
        let each = vendors
            .flat_map(|one| (one.saturating_add(1)..self.vendors).map(move |other| (one, other)));
        for ((one, other), (ahead, behind)) in each.zip(&pairs.ahead) {
            let at =
                |one: usize, other: usize| one.saturating_mul(self.vendors).saturating_add(other);
            increase(&mut self.ahead, at(one, other), *ahead);
            increase(&mut self.ahead, at(other, one), *behind);
        }
        first
    }

    /// Counts the first so many draws of a block one by one, with those that tie, and tells who alone is first in each.
    fn count_one_by_one(
        &mut self,
        model: &Model,
        block: &mut Block<'_>,
        live: usize,
    ) -> [Option<usize>; LANES] {
        let mut first = [None; LANES];
        let mut tied_first = Vec::new();
        for (lane, first) in first.iter_mut().enumerate().take(live) {
            tied_first.clear();
            block.for_each_group(lane, |rank, group, behind| {
                self.count_group(rank, group);
                self.count_pairs(group, behind);
                match (rank, group) {
                    (0, [only]) => *first = Some(*only),
                    (0, several) => tied_first.extend_from_slice(several),
                    _ => {}
                }
            });
            if !tied_first.is_empty() {
                self.add_shared(model, block, lane, &tied_first);
            }
        }
        first
    }

    fn count_group(&mut self, rank: usize, group: &[usize]) {
        if let [only] = group {
            let at = only.saturating_mul(self.vendors).saturating_add(rank);
            increase(&mut self.alone, at, 1);
        } else {
            for vendor in group {
                let times = self.tied.entry((*vendor, rank, group.len())).or_default();
                *times = times.saturating_add(1);
            }
        }
    }

    fn count_pairs(&mut self, group: &[usize], behind: &[usize]) {
        if self.ahead.is_empty() {
            return;
        }
        for one in group {
            let row = one.saturating_mul(self.vendors);
            for other in behind {
                increase(&mut self.ahead, row.saturating_add(*other), 1);
            }
        }
    }

    /// Adds the shares of the draws in which one vendor alone was first.
    fn add_shares(&mut self, model: &Model, block: &Block<'_>, first: &[Option<usize>; LANES]) {
        let shares = block.whole_shares();
        for &criterion in model.tree.weighed() {
            let start = criterion.saturating_mul(self.vendors);
            let end = start.saturating_add(self.vendors);
            let sums = self.central.get_mut(start..end);
            let (Some(sums), Some(lane)) = (sums, shares.get(criterion)) else {
                continue;
            };
            for (share, first) in lane.iter().zip(first) {
                if let Some(vendor) = first {
                    increase(sums, *vendor, in_units(*share));
                }
            }
        }
    }

    /// Adds the shares of one draw in which several were first, to each its part.
    fn add_shared(&mut self, model: &Model, block: &Block<'_>, lane: usize, first: &[usize]) {
        let size = u64::try_from(first.len()).unwrap_or(u64::MAX);
        let shares = block.whole_shares();
        for &criterion in model.tree.weighed() {
            let share = shares.get(criterion).and_then(|lanes| lanes.get(lane));
            let whole = in_units(share.copied().unwrap_or(0.0));
            let part = whole.checked_div(size).unwrap_or(0);
            for vendor in first {
                let at = criterion.saturating_mul(self.vendors);
                increase(&mut self.central, at.saturating_add(*vendor), part);
            }
        }
    }

    /// By rank: in which part of the draws the vendor had it.
    pub(super) fn ranks(&self, vendor: usize, draws: u32) -> Vec<Fraction> {
        let start = vendor.saturating_mul(self.vendors);
        let end = start.saturating_add(self.vendors);
        let alone = self.alone.get(start..end).unwrap_or_default();
        let mut times: Vec<Fraction> = alone.iter().map(|&times| whole(times)).collect();
        let tied = self
            .tied
            .range((vendor, 0, 0)..=(vendor, usize::MAX, usize::MAX));
        for (&(_, first, size), &count) in tied {
            let part = whole(count).over(&Fraction::count(size));
            let part = part.unwrap_or_else(Fraction::zero);
            for slot in times.iter_mut().skip(first).take(size) {
                *slot = &*slot + &part;
            }
        }
        of_all(&times, draws)
    }

    /// How often the vendor was first, a tie counting in part.
    pub(super) fn firsts(&self, vendor: usize) -> Fraction {
        let ranks = self.ranks(vendor, 1);
        ranks.into_iter().next().unwrap_or_else(Fraction::zero)
    }

    /// The sum of a criterion's shares over the draws in which the vendor was first, in units.
    pub(super) fn share_sum(&self, vendor: usize, criterion: usize) -> Fraction {
        let at = criterion.saturating_mul(self.vendors);
        let sum = self.central.get(at.saturating_add(vendor));
        whole(sum.copied().unwrap_or(0))
    }

    pub(super) fn ahead_of(&self, vendor: usize, draws: u32) -> Option<Vec<Fraction>> {
        let start = vendor.saturating_mul(self.vendors);
        let end = start.saturating_add(self.vendors);
        let times = self.ahead.get(start..end).filter(|row| !row.is_empty())?;
        let times: Vec<Fraction> = times.iter().map(|&times| whole(times)).collect();
        Some(of_all(&times, draws))
    }
}

impl Count for Tally {
    fn add(&mut self, other: Self) {
        add_all(&mut self.alone, &other.alone);
        add_all(&mut self.ahead, &other.ahead);
        add_all(&mut self.central, &other.central);
        for (key, times) in other.tied {
            let sum = self.tied.entry(key).or_default();
            *sum = sum.saturating_add(times);
        }
    }
}

fn add_all(sums: &mut [u64], others: &[u64]) {
    for (sum, other) in sums.iter_mut().zip(others) {
        *sum = sum.saturating_add(*other);
    }
}

fn increase(sums: &mut [u64], at: usize, by: u64) {
    if let Some(sum) = sums.get_mut(at) {
        *sum = sum.saturating_add(by);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share lies between 0 and 1; the rest of a unit is cut off, the same on every machine"
)]
fn in_units(share: f64) -> u64 {
    (share * UNITS) as u64
}

fn whole(count: u64) -> Fraction {
    usize::try_from(count).map_or_else(|_| Fraction::zero(), Fraction::count)
}

fn of_all(times: &[Fraction], draws: u32) -> Vec<Fraction> {
    let draws = Fraction::whole(i64::from(draws));
    let parts = times.iter().filter_map(|times| times.over(&draws));
    parts.collect()
}
