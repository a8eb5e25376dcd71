//! Kendall's coefficient of concordance.

use crate::exact::Fraction;

use super::chi_squared::chi_squared_tail;
use super::places::{deviations, mid_ranks};

/// How alike several evaluators order the vendors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concordance {
    /// From 0, no common order, to 1, the same order.
    pub w: Fraction,
    /// m (n − 1) W.
    pub chi_squared: Fraction,
    /// n − 1.
    pub df: usize,
    /// How often chance alone orders as alike, by the chi-squared distribution; `None` for more vendors than it is computed for.
    pub p: Option<Fraction>,
    /// How many evaluators are compared.
    pub raters: usize,
    /// How many vendors they order.
    pub vendors: usize,
}

/// Kendall's W of the totals of several evaluators, with the correction for ties (Kendall and Babington Smith 1939).
///
/// `W = 12 S / (m² (n³ − n) − m Σ (t³ − t))`. `None` with fewer than two of either, or if nobody orders anything.
#[must_use]
pub fn concordance(orders: &[Vec<Fraction>]) -> Option<Concordance> {
    let (raters, vendors) = (orders.len(), orders.first()?.len());
    let is_whole = orders.iter().all(|totals| totals.len() == vendors);
    if raters < 2 || vendors < 2 || !is_whole {
        return None;
    }
    let ranks: Vec<Vec<Fraction>> = orders.iter().map(|totals| mid_ranks(totals)).collect();
    let sums: Vec<Fraction> = (0..vendors)
        .map(|at| Fraction::sum(ranks.iter().filter_map(|ranks| ranks.get(at))))
        .collect();
    let squares: Vec<Fraction> = deviations(&sums)?.iter().map(|off| off * off).collect();
    let m = Fraction::count(raters);
    let ties: Vec<Fraction> = ranks.iter().map(|ranks| tied(ranks)).collect();
    let most = &(&m * &m) * &cube_less_one(vendors);
    let most = &most - &(&m * &Fraction::sum(&ties));
    let w = (&Fraction::whole(12) * &Fraction::sum(&squares)).over(&most)?;
    let df = vendors.saturating_sub(1);
    let chi_squared = &(&m * &Fraction::count(df)) * &w;
    Some(Concordance {
        p: chi_squared_tail(&chi_squared, df),
        w,
        chi_squared,
        df,
        raters,
        vendors,
    })
}

/// Σ (t³ − t) over the groups of equal ranks.
fn tied(ranks: &[Fraction]) -> Fraction {
    let mut sorted: Vec<&Fraction> = ranks.iter().collect();
    sorted.sort_unstable();
    let groups = sorted.chunk_by(|one, other| one == other);
    let terms: Vec<Fraction> = groups.map(|group| cube_less_one(group.len())).collect();
    Fraction::sum(&terms)
}

/// n³ − n.
fn cube_less_one(count: usize) -> Fraction {
    let n = Fraction::count(count);
    &(&(&n * &n) * &n) - &n
}
