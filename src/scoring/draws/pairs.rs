//! Every two vendors compared in all draws of a block at once, which is quicker than to sort each draw.

use super::block::NEAR;
use super::tree::Lane;
use super::{LANES, Whole};

/// Who is ahead of whom in a block of draws.
#[derive(Debug)]
pub(super) struct Pairs {
    /// By vendor and draw: how many are ahead of it, which is its place from 0.
    pub(super) places: Vec<Whole>,
    /// By pair, the one that comes first in the model against each after it: in how many draws either was ahead.
    pub(super) ahead: Vec<(u64, u64)>,
}

impl Pairs {
    pub(super) fn new(vendors: usize) -> Self {
        let pairs = vendors.saturating_mul(vendors.saturating_sub(1)) / 2;
        Self {
            places: vec![[0; LANES]; vendors],
            ahead: vec![(0, 0); pairs],
        }
    }

    /// Compares every two, and says whether no two of them are so near in any draw that they tie. Where some do, nothing
    /// here counts: who ties with whom is for [`super::block::Block::for_each_group`] to say.
    pub(super) fn compare(&mut self, totals: &[Lane]) -> bool {
        for places in &mut self.places {
            places.fill(0);
        }
        let mut counts = self.ahead.iter_mut();
        let mut places = self.places.as_mut_slice();
        let mut rest = totals;
        while let (Some((mine, rivals)), Some((place, after))) =
            (rest.split_first(), places.split_first_mut())
        {
            for ((rival, other), count) in rivals.iter().zip(after.iter_mut()).zip(&mut counts) {
                *count = against(mine, rival, place, other);
            }
            (rest, places) = (rivals, after);
        }
        self.is_apart()
    }

    /// Without ties the places of a draw add up to 0 + 1 + 2 and so on; with one they come to less.
    fn is_apart(&self) -> bool {
        let mut sum = [0_u64; LANES];
        for places in &self.places {
            for (sum, place) in sum.iter_mut().zip(places) {
                *sum = sum.wrapping_add(*place);
            }
        }
        let whole = u64::try_from(self.ahead.len()).unwrap_or(u64::MAX);
        sum.iter().all(|sum| *sum == whole)
    }
}

/// In how many draws the first is ahead, and in how many the second; whoever is behind gets a place further down.
fn against(one: &Lane, other: &Lane, place: &mut Whole, other_place: &mut Whole) -> (u64, u64) {
    let (mut ahead, mut behind) = (0_u64, 0_u64);
    let totals = one.iter().zip(other);
    let places = place.iter_mut().zip(other_place);
    for ((one, other), (place, other_place)) in totals.zip(places) {
        let gap = one - other;
        let (before, after) = (u64::from(gap > NEAR), u64::from(gap < -NEAR));
        *place = place.wrapping_add(after);
        *other_place = other_place.wrapping_add(before);
        ahead = ahead.wrapping_add(before);
        behind = behind.wrapping_add(after);
    }
    (ahead, behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(first: f64, others: f64) -> Lane {
        let mut lane = [others; LANES];
        lane[0] = first;
        lane
    }

    #[test]
    fn places_and_pairs_are_counted_draw_by_draw() {
        let mut pairs = Pairs::new(3);
        // The second is first but for one draw, in which the third is.
        assert!(pairs.compare(&[lane(0.2, 0.5), lane(0.1, 0.6), lane(0.3, 0.1)]));
        let places = pairs.places.iter().map(|lane| (lane[0], lane[LANES - 1]));
        assert_eq!(places.collect::<Vec<_>>(), [(1, 1), (2, 0), (0, 2)]);
        assert_eq!(pairs.ahead, [(1, 63), (63, 1), (63, 1)]);
    }

    #[test]
    fn two_as_near_as_a_tie_in_one_draw_are_not_counted_here() {
        let mut pairs = Pairs::new(2);
        assert!(!pairs.compare(&[lane(0.5 + NEAR, 0.7), lane(0.5, 0.6)]));
        assert!(pairs.compare(&[lane(0.5 + 2.0 * NEAR, 0.7), lane(0.5, 0.6)]));
        assert_eq!(pairs.ahead, [(64, 0)]);
    }
}
