//! The principal eigenvector of a matrix of comparisons, and how far they contradict each other.
//!
//! The matrix is squared again and again in whole numbers of some 256 bits: the rows of high powers are ever more alike, and
//! each is the eigenvector. How near it is, is proven on the matrix itself: for positive w, the eigenvalue lies between the
//! least and the greatest of `(Aw)_i / w_i` (Collatz 1942, Wielandt 1950).

use num_bigint::BigInt;

use crate::exact::Fraction;

use super::pairwise::Comparisons;

/// How fine the whole numbers are.
const BITS: u64 = 256;
/// Far more squarings than any matrix of positive numbers of 21 digits needs.
const SQUARINGS: usize = 64;
/// How far apart the proven bounds of the eigenvalue may be: 2^-64.
const NEAR: u64 = 64;

/// How consistent comparisons are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency {
    /// The principal eigenvalue; the number of criteria if nothing contradicts anything.
    pub lambda_max: Fraction,
    /// (λ − n) / (n − 1); 0 for one criterion.
    pub index: Fraction,
    /// The index beside that of random comparisons; 0 for up to two criteria, which cannot contradict each other.
    pub ratio: Fraction,
    /// Which random comparisons.
    pub random: RandomIndex,
    /// The comparison that the weights contradict most; `None` if they contradict none.
    pub revisit: Option<Revisit>,
    /// By criterion: the share by geometric means of the rows, for comparison.
    pub geometric_means: Vec<Fraction>,
}

/// A comparison to look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revisit {
    /// The position of the criterion that was said to matter more, or as much.
    pub row: usize,
    /// The position of the other.
    pub column: usize,
    /// How many times as much, as judged.
    pub judged: Fraction,
    /// How many times as much by the weights.
    pub implied: Fraction,
}

/// Where the consistency index of random comparisons comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RandomIndex {
    /// The table in Saaty, The Analytic Hierarchy Process, 1980; up to ten criteria.
    Saaty1980,
    /// The line λ = 2.7699 n − 4.3513 of Alonso and Lamata, 2006; more than ten criteria.
    AlonsoLamata2006,
}

impl RandomIndex {
    /// The name as cited.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Saaty1980 => "Saaty 1980",
            Self::AlonsoLamata2006 => "Alonso and Lamata 2006",
        }
    }

    /// The table to use for so many criteria, and its index; `None` where there is none to divide by.
    fn of(count: usize) -> (Self, Option<Fraction>) {
        // In hundredths, from three criteria on.
        const SAATY: [i64; 8] = [58, 90, 112, 124, 132, 141, 145, 149];
        if count <= 10 {
            let at = count.checked_sub(3).and_then(|at| SAATY.get(at));
            return (
                Self::Saaty1980,
                at.and_then(|&index| Fraction::new(index, 100)),
            );
        }
        let n = Fraction::count(count);
        let line = Fraction::new(27_699, 10_000).zip(Fraction::new(43_513, 10_000));
        let index = line.and_then(|(slope, start)| {
            let lambda = &(&slope * &n) - &start;
            (&lambda - &n).over(&(&n - &Fraction::one()))
        });
        (Self::AlonsoLamata2006, index)
    }
}

/// The shares by the principal eigenvector, and how consistent the comparisons are.
pub(super) fn weigh(comparisons: &Comparisons) -> (Vec<Fraction>, Consistency) {
    let matrix: Vec<Vec<BigInt>> = comparisons
        .ratios
        .iter()
        .map(|row| row.iter().map(scaled).collect())
        .collect();
    let (vector, low, high) = eigenvector(&matrix);
    let n = Fraction::count(matrix.len());
    let twice = Fraction::from(BigInt::from(1) << BITS.saturating_add(1));
    // Where the bounds enclose n, the comparisons are consistent as far as can be told, and λ is never below n.
    let lambda = Fraction::from(low + high)
        .over(&twice)
        .unwrap_or_else(|| n.clone())
        .max(n.clone());
    let above = &lambda - &n;
    let index = above
        .over(&(&n - &Fraction::one()))
        .unwrap_or_else(Fraction::zero);
    let (random, by_chance) = RandomIndex::of(matrix.len());
    let ratio = by_chance.and_then(|by_chance| index.over(&by_chance));
    let shares = normalised(&vector);
    let consistency = Consistency {
        ratio: ratio.unwrap_or_else(Fraction::zero),
        revisit: revisit(comparisons, &shares),
        geometric_means: normalised(&geometric_means(&matrix)),
        lambda_max: lambda,
        index,
        random,
    };
    (shares, consistency)
}

/// A ratio in units of 2^-BITS.
fn scaled(ratio: &Fraction) -> BigInt {
    let big = ratio.to_big();
    (big.numer() << BITS) / big.denom()
}

/// A vector near the principal one, and the bounds of the eigenvalue that it proves, in units of 2^-BITS.
fn eigenvector(matrix: &[Vec<BigInt>]) -> (Vec<BigInt>, BigInt, BigInt) {
    let mut power = matrix.to_vec();
    let mut squarings = 0..SQUARINGS;
    loop {
        let vector: Vec<BigInt> = power.iter().map(|row| row.iter().sum()).collect();
        let (low, high) = bounds(matrix, &vector);
        let is_near = (&high - &low) >> BITS.saturating_sub(NEAR) == BigInt::ZERO;
        if is_near || squarings.next().is_none() {
            return (vector, low, high);
        }
        power = squared(&power);
    }
}

fn bounds(matrix: &[Vec<BigInt>], vector: &[BigInt]) -> (BigInt, BigInt) {
    let quotients = matrix.iter().zip(vector).filter_map(|(row, own)| {
        let product: BigInt = row.iter().zip(vector).map(|(a, w)| a * w).sum();
        product.checked_div(own)
    });
    let quotients: Vec<BigInt> = quotients.collect();
    let low = quotients.iter().min().cloned().unwrap_or_default();
    let high = quotients.iter().max().cloned().unwrap_or_default();
    (low, high)
}

/// The square, divided by whatever power of two keeps its largest number at BITS bits.
fn squared(matrix: &[Vec<BigInt>]) -> Vec<Vec<BigInt>> {
    let column = |at: usize| matrix.iter().filter_map(move |row| row.get(at));
    let product = |row: &[BigInt], at: usize| -> BigInt {
        row.iter().zip(column(at)).map(|(a, b)| a * b).sum()
    };
    let square: Vec<Vec<BigInt>> = matrix
        .iter()
        .map(|row| (0..matrix.len()).map(|at| product(row, at)).collect())
        .collect();
    let largest = square.iter().flatten().map(BigInt::bits).max();
    let excess = largest.unwrap_or(0).saturating_sub(BITS);
    square
        .into_iter()
        .map(|row| row.into_iter().map(|value| value >> excess).collect())
        .collect()
}

fn normalised(vector: &[BigInt]) -> Vec<Fraction> {
    let whole: BigInt = vector.iter().sum();
    let shares = vector
        .iter()
        .filter_map(|own| Fraction::from_ratio(own.clone(), whole.clone()));
    shares.collect()
}

fn geometric_means(matrix: &[Vec<BigInt>]) -> Vec<BigInt> {
    let count = u32::try_from(matrix.len()).unwrap_or(u32::MAX).max(1);
    let means = matrix.iter().map(|row| {
        let product: BigInt = row.iter().product();
        product.nth_root(count)
    });
    means.collect()
}

/// The pair whose judgement is the most times too large or too small for the weights (Saaty 2003).
fn revisit(comparisons: &Comparisons, shares: &[Fraction]) -> Option<Revisit> {
    let pairs = comparisons.ratios.iter().enumerate();
    let pairs = pairs.flat_map(|(row, ratios)| {
        let judged = ratios.iter().enumerate();
        judged.map(move |(column, ratio)| (row, column, ratio))
    });
    let off = pairs.filter_map(|(row, column, judged)| {
        let implied = shares.get(row)?.over(shares.get(column)?)?;
        let off = judged.over(&implied)?;
        let revisit = Revisit {
            row,
            column,
            judged: judged.clone(),
            implied,
        };
        Some((off, revisit))
    });
    let (off, found) = off.reduce(|most, one| if one.0 > most.0 { one } else { most })?;
    // Rounding in the last of 256 bits is no contradiction.
    let least = Fraction::new(1_000_000_001, 1_000_000_000)?;
    (off > least).then(|| turned(comparisons, shares, found))
}

/// The judgement as seen from the criterion that was said to matter more.
fn turned(comparisons: &Comparisons, shares: &[Fraction], found: Revisit) -> Revisit {
    if found.judged >= Fraction::one() {
        return found;
    }
    let (row, column) = (found.column, found.row);
    let judged = comparisons.ratios.get(row).and_then(|row| row.get(column));
    let implied = shares.get(row).zip(shares.get(column));
    let implied = implied.and_then(|(own, other)| own.over(other));
    match judged.zip(implied) {
        Some((judged, implied)) => Revisit {
            row,
            column,
            judged: judged.clone(),
            implied,
        },
        None => found,
    }
}
