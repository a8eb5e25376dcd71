//! Values to ranks, and how alike two rankings are.

use crate::exact::{Fraction, square_root};

/// The decimals that roots are cut off after.
pub(super) const ROOT_PLACES: u32 = 30;

/// The rank of each value, the least first; equal ones take the mean of the ranks they fill.
#[must_use]
pub fn mid_ranks(values: &[Fraction]) -> Vec<Fraction> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|&at| values.get(at));
    let mut ranks = vec![Fraction::zero(); values.len()];
    let mut before = 0_usize;
    for group in order.chunk_by(|&one, &other| values.get(one) == values.get(other)) {
        // The mean of b + 1 to b + k is b + (k + 1) / 2.
        let above = Fraction::count(group.len().saturating_add(1));
        let half = above.over(&Fraction::whole(2));
        let rank = &Fraction::count(before) + &half.unwrap_or(above);
        for &at in group {
            if let Some(slot) = ranks.get_mut(at) {
                *slot = rank.clone();
            }
        }
        before = before.saturating_add(group.len());
    }
    ranks
}

/// Spearman's rank correlation; `None` where one side has no order, or they are not of one length.
#[must_use]
pub fn spearman(one: &[Fraction], other: &[Fraction]) -> Option<Fraction> {
    if one.len() != other.len() {
        return None;
    }
    let (one, other) = (deviations(&mid_ranks(one))?, deviations(&mid_ranks(other))?);
    let product = |left: &[Fraction], right: &[Fraction]| {
        let products = left.iter().zip(right).map(|(left, right)| left * right);
        Fraction::sum(&products.collect::<Vec<_>>())
    };
    let together = product(&one, &other);
    let apart = &product(&one, &one) * &product(&other, &other);
    let squared = (&together * &together).over(&apart)?;
    let size = square_root(&squared, ROOT_PLACES)?;
    Some(if together.is_negative() { -&size } else { size })
}

/// How far each value is from their mean; `None` of nothing.
pub(super) fn deviations(values: &[Fraction]) -> Option<Vec<Fraction>> {
    let mean = Fraction::sum(values).over(&Fraction::count(values.len()))?;
    Some(values.iter().map(|value| value - &mean).collect())
}
