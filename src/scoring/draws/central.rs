//! The weights that speak for a vendor, and how sure it is of first place under them.

use crate::exact::Fraction;

use super::model::Model;
use super::tally::Tally;
use super::{Count, Plan, Work};

/// By vendor: by criterion the mean share in the draws in which it was first; `None` if it never was.
pub(super) fn weights(model: &Model, tally: &Tally) -> Vec<Option<Vec<Fraction>>> {
    let criteria = model.paths.first().map_or(0, |path| path.has_share.len());
    let of = |vendor: usize| {
        let firsts = tally.firsts(vendor);
        if firsts.is_zero() {
            return None;
        }
        let sums: Vec<Fraction> = (0..criteria)
            .map(|criterion| tally.share_sum(vendor, criterion))
            .collect();
        // What is cut off of every share is given back to all alike.
        let whole = Fraction::sum(&sums);
        sums.iter().map(|sum| sum.over(&whole)).collect()
    };
    (0..model.vendors.len()).map(of).collect()
}

/// By vendor: how often it is first under its central weights; `None` if it has none.
pub(super) fn confidence(
    work: Work<'_>,
    model: &Model,
    central: &[Option<Vec<Fraction>>],
) -> Vec<Option<Fraction>> {
    // With nothing missing every draw would say the same.
    let all = work.plan.draws;
    let plan = Plan {
        draws: if model.draws_scores() { all } else { 1 },
        ..work.plan
    };
    let work = Work { plan, ..work };
    let of = |(vendor, weights): (usize, &Option<Vec<Fraction>>)| {
        let weights: Vec<f64> = weights
            .as_ref()?
            .iter()
            .map(Fraction::nearest_double)
            .collect();
        let firsts = work.on_all(
            Firsts::default,
            |firsts, block, live| {
                block.fix(&weights);
                block.add_up(plan);
                for lane in 0..live {
                    block.for_each_group(lane, |rank, group, _| {
                        if rank == 0 && group.contains(&vendor) {
                            firsts.count(group.len());
                        }
                    });
                }
            },
            model,
        );
        firsts.part_of(plan.draws)
    };
    central.iter().enumerate().map(of).collect()
}

/// How often a vendor was first, by how many were first with it.
#[derive(Debug, Default)]
struct Firsts(Vec<u32>);

impl Firsts {
    fn count(&mut self, size: usize) {
        if self.0.len() <= size {
            self.0.resize(size.saturating_add(1), 0);
        }
        if let Some(times) = self.0.get_mut(size) {
            *times = times.saturating_add(1);
        }
    }

    fn part_of(&self, draws: u32) -> Option<Fraction> {
        let parts = self.0.iter().enumerate().filter_map(|(size, times)| {
            Fraction::whole(i64::from(*times)).over(&Fraction::count(size))
        });
        let parts: Vec<Fraction> = parts.collect();
        Fraction::sum(&parts).over(&Fraction::whole(i64::from(draws)))
    }
}

impl Count for Firsts {
    fn add(&mut self, other: Self) {
        let Self(times) = other;
        if self.0.len() < times.len() {
            self.0.resize(times.len(), 0);
        }
        for (sum, times) in self.0.iter_mut().zip(times) {
            *sum = sum.saturating_add(times);
        }
    }
}
