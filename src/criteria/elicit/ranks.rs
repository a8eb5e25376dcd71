//! Ranks to weights. Criteria that share a rank take the mean of the weights of the places they fill.

use crate::exact::Fraction;

use super::Method;
use super::listed::{Column, List};
use super::problem::{ElicitProblem, ElicitRule, Findings};

/// The shares in the order of the list; `None` if the ranks leave one out.
pub(super) fn weigh(method: Method, list: &List, findings: &mut Findings) -> Option<Vec<Fraction>> {
    let mut order: Vec<usize> = (0..list.values.len()).collect();
    let rank_of = |at: usize| list.values.get(at).map(|said| &said.value);
    order.sort_by_key(|&at| rank_of(at));
    let by_place = places(method, order.len());
    let mut shares = vec![Fraction::zero(); order.len()];
    let mut place = 0_usize;
    let mut rank = 0_usize;
    for group in order.chunk_by(|&one, &other| rank_of(one) == rank_of(other)) {
        // After k that share a rank comes the next number, or the one that counts all of them.
        let (next, counted) = (rank.saturating_add(1), place.saturating_add(1));
        let is = |expected: usize| {
            group.first().and_then(|&at| rank_of(at)) == Some(&Fraction::count(expected))
        };
        if !is(next) && !is(counted) {
            let said = group.first().and_then(|&at| list.values.get(at))?;
            let rule = ElicitRule::RankGap { expected: next };
            findings.add(ElicitProblem::of_cell(
                said.row,
                Column::Rank.heading(),
                &said.text,
                rule,
            ));
            return None;
        }
        rank = if is(next) { next } else { counted };
        let end = place.saturating_add(group.len());
        let places = by_place.get(place..end)?;
        let mean = Fraction::sum(places).over(&Fraction::count(group.len()))?;
        for &at in group {
            if let Some(slot) = shares.get_mut(at) {
                *slot = mean.clone();
            }
        }
        place = end;
    }
    Some(shares)
}

/// The weights of the places from first to last.
fn places(method: Method, count: usize) -> Vec<Fraction> {
    let places = 1..=count;
    match method {
        // w_k = (1/n) * sum over j = k..n of 1/j (Barron and Barrett 1996).
        Method::RankOrderCentroid => {
            let mut sum = Fraction::zero();
            let mut weights: Vec<Fraction> = places
                .rev()
                .filter_map(|place| {
                    sum = &sum + &Fraction::one().over(&Fraction::count(place))?;
                    sum.over(&Fraction::count(count))
                })
                .collect();
            weights.reverse();
            weights
        }
        // w_k = 2 (n + 1 - k) / (n (n + 1)) (Stillwell, Seaver and Edwards 1981).
        Method::RankSum | Method::Ahp | Method::Swing => {
            let parts: Vec<Fraction> = places.rev().map(Fraction::count).collect();
            let whole = Fraction::sum(&parts);
            let weights = parts.iter().filter_map(|part| part.over(&whole));
            weights.collect()
        }
    }
}
