//! Polynomials with exact coefficients, and where between two points one changes its sign.

use crate::exact::Fraction;

/// How narrow a root that is no simple fraction is pinned down: 10^-12.
const NARROW: i64 = 1_000_000_000_000;

/// A polynomial, the coefficient of the constant first; the last one is never 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Polynomial(Vec<Fraction>);

/// Where a polynomial changes its sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Root {
    /// No change is below this.
    pub(super) low: Fraction,
    /// No change is above this.
    pub(super) high: Fraction,
    /// Whether low and high are the root; else it lies strictly between them.
    pub(super) exact: bool,
}

impl Root {
    pub(super) fn exactly(at: Fraction) -> Self {
        Self {
            low: at.clone(),
            high: at,
            exact: true,
        }
    }
}

impl Polynomial {
    pub(super) fn new(mut coefficients: Vec<Fraction>) -> Self {
        while coefficients.last().is_some_and(Fraction::is_zero) {
            coefficients.pop();
        }
        Self(coefficients)
    }

    pub(super) fn constant(value: Fraction) -> Self {
        Self::new(vec![value])
    }

    /// The straight line through `from` at 0 and `to` at 1.
    pub(super) fn line(from: &Fraction, to: &Fraction) -> Self {
        Self::new(vec![from.clone(), to - from])
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn at(&self, t: &Fraction) -> Fraction {
        let down = self.0.iter().rev();
        down.fold(Fraction::zero(), |sum, coefficient| {
            &(&sum * t) + coefficient
        })
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let length = self.0.len().max(other.0.len());
        let of =
            |terms: &[Fraction], at: usize| terms.get(at).cloned().unwrap_or_else(Fraction::zero);
        Self::new(
            (0..length)
                .map(|at| &of(&self.0, at) + &of(&other.0, at))
                .collect(),
        )
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        self.plus(&other.scaled(&-&Fraction::one()))
    }

    pub(super) fn scaled(&self, factor: &Fraction) -> Self {
        Self::new(
            self.0
                .iter()
                .map(|coefficient| coefficient * factor)
                .collect(),
        )
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        let mut product = Self(Vec::new());
        for (power, coefficient) in other.0.iter().enumerate() {
            let mut terms = vec![Fraction::zero(); power];
            terms.extend(self.0.iter().map(|own| own * coefficient));
            product = product.plus(&Self::new(terms));
        }
        product
    }

    /// The number that makes the other polynomial this one, if there is one.
    pub(super) fn multiple_of(&self, other: &Self) -> Option<Fraction> {
        let factor = self.0.last()?.over(other.0.last()?)?;
        (*self == other.scaled(&factor)).then_some(factor)
    }

    pub(super) fn derivative(&self) -> Self {
        let powers = self.0.iter().enumerate().skip(1);
        Self::new(
            powers
                .map(|(power, own)| own * &Fraction::count(power))
                .collect(),
        )
    }

    /// The quotient and the remainder; nothing is left of a division by 0.
    fn divided(&self, divisor: &Self) -> (Self, Self) {
        let mut rest = self.clone();
        let mut quotient = Self(Vec::new());
        let Some(leading) = divisor.0.last() else {
            return (quotient, Self(Vec::new()));
        };
        while rest.0.len() >= divisor.0.len() {
            let Some(factor) = rest.0.last().and_then(|last| last.over(leading)) else {
                break;
            };
            let mut term = vec![Fraction::zero(); rest.0.len().saturating_sub(divisor.0.len())];
            term.push(factor);
            let term = Self::new(term);
            rest = rest.minus(&divisor.times(&term));
            quotient = quotient.plus(&term);
        }
        (quotient, rest)
    }

    /// Without its root at a point, and how often it was there.
    fn without_root_at(&self, point: &Fraction) -> (Self, u32) {
        let factor = Self::new(vec![-point, Fraction::one()]);
        let (mut left, mut times) = (self.clone(), 0_u32);
        while !left.is_zero() && left.at(point).is_zero() {
            left = left.divided(&factor).0;
            times = times.saturating_add(1);
        }
        (left, times)
    }

    /// Whether it is negative just below and just above a point.
    pub(super) fn negative_beside(&self, point: &Fraction) -> (bool, bool) {
        let (left, times) = self.without_root_at(point);
        let above = left.at(point).is_negative();
        let turns = times % 2 == 1;
        (!left.is_zero() && above != turns, above)
    }

    /// Where it changes its sign strictly between two points, in order.
    pub(super) fn sign_changes(&self, from: &Fraction, to: &Fraction) -> Vec<Root> {
        if self.is_zero() || from >= to {
            return Vec::new();
        }
        let inner = self.without_root_at(from).0.without_root_at(to).0;
        if let [constant, slope] = inner.0.as_slice() {
            let root = (-constant).over(slope);
            let root = root.filter(|root| from < root && root < to);
            return root.into_iter().map(Root::exactly).collect();
        }
        let mut found = Vec::new();
        Chain::of(&inner).search(from.clone(), to.clone(), &mut found);
        found
    }
}

/// The chain of Sturm: how often its signs vary at two points tells how many roots lie between them.
struct Chain(Vec<Polynomial>);

impl Chain {
    fn of(polynomial: &Polynomial) -> Self {
        let mut chain = vec![polynomial.clone()];
        let mut next = polynomial.derivative();
        while !next.is_zero() {
            let rest = chain.last().map(|last| last.divided(&next).1);
            chain.push(next);
            next = rest.map_or_else(
                || Polynomial(Vec::new()),
                |rest| rest.scaled(&-&Fraction::one()),
            );
        }
        Self(chain)
    }

    fn variations(&self, at: &Fraction) -> usize {
        let values = self.0.iter().map(|polynomial| polynomial.at(at));
        let signs: Vec<bool> = values
            .filter(|value| !value.is_zero())
            .map(|value| value.is_negative())
            .collect();
        signs
            .windows(2)
            .filter(|two| two.first() != two.last())
            .count()
    }

    fn roots_between(&self, from: &Fraction, to: &Fraction) -> usize {
        self.variations(from).saturating_sub(self.variations(to))
    }

    fn is_negative(&self, at: &Fraction) -> bool {
        self.0
            .first()
            .is_some_and(|first| first.at(at).is_negative())
    }

    fn is_root(&self, at: &Fraction) -> bool {
        self.0.first().is_some_and(|first| first.at(at).is_zero())
    }

    /// Neither end is a root.
    fn search(&self, from: Fraction, to: Fraction, found: &mut Vec<Root>) {
        match self.roots_between(&from, &to) {
            0 => {}
            1 if self.is_negative(&from) == self.is_negative(&to) => {}
            1 => found.push(self.narrowed(from, to)),
            _ => {
                let middle = self.split(&from, &to);
                self.search(from, middle.clone(), found);
                self.search(middle, to, found);
            }
        }
    }

    /// A point between two others that is no root.
    fn split(&self, from: &Fraction, to: &Fraction) -> Fraction {
        let mut middle = halfway(from, to);
        while self.is_root(&middle) {
            middle = halfway(from, &middle);
        }
        middle
    }

    fn narrowed(&self, mut from: Fraction, mut to: Fraction) -> Root {
        let narrow = Fraction::new(1, NARROW).unwrap_or_else(Fraction::zero);
        let below = self.is_negative(&from);
        while &to - &from > narrow {
            let middle = halfway(&from, &to);
            if self.is_root(&middle) {
                return Root {
                    exact: false,
                    ..Root::exactly(middle)
                };
            }
            if self.is_negative(&middle) == below {
                from = middle;
            } else {
                to = middle;
            }
        }
        Root {
            low: from,
            high: to,
            exact: false,
        }
    }
}

/// The point halfway between two others.
pub(super) fn halfway(from: &Fraction, to: &Fraction) -> Fraction {
    let half = Fraction::new(1, 2).unwrap_or_else(Fraction::zero);
    &(from + to) * &half
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fraction(numerator: i64, denominator: i64) -> Fraction {
        Fraction::new(numerator, denominator).unwrap()
    }

    fn of_roots(roots: &[Fraction]) -> Polynomial {
        let factors = roots
            .iter()
            .map(|root| Polynomial::new(vec![-root, Fraction::one()]));
        factors.fold(Polynomial::constant(Fraction::one()), |product, factor| {
            product.times(&factor)
        })
    }

    fn unit(polynomial: &Polynomial) -> Vec<Root> {
        polynomial.sign_changes(&Fraction::zero(), &Fraction::one())
    }

    #[test]
    fn a_line_crosses_at_an_exact_fraction() {
        let line = Polynomial::line(&fraction(-1, 3), &fraction(1, 2));
        assert_eq!(unit(&line), [Root::exactly(fraction(2, 5))]);
    }

    #[test]
    fn a_root_that_is_no_fraction_is_enclosed() {
        // t^2 = 1/2
        let square = Polynomial::new(vec![fraction(-1, 2), Fraction::zero(), Fraction::one()]);
        let roots = unit(&square);
        assert_eq!(roots.len(), 1);
        assert!(
            !roots[0].exact
                && square.at(&roots[0].low).is_negative()
                && !square.at(&roots[0].high).is_negative()
        );
        assert!(&roots[0].high - &roots[0].low < fraction(1, 100_000_000_000));
    }

    #[test]
    fn a_touch_and_the_ends_are_no_change_of_sign() {
        let third = fraction(1, 3);
        assert_eq!(unit(&of_roots(&[third.clone(), third.clone()])), []);
        assert_eq!(unit(&of_roots(&[Fraction::zero(), Fraction::one()])), []);
        assert_eq!(unit(&Polynomial::new(vec![])), []);
        let thrice = of_roots(&[third.clone(), third.clone(), third.clone()]);
        assert_eq!(unit(&thrice).len(), 1);
        assert_eq!(thrice.negative_beside(&third), (true, false));
        assert_eq!(
            of_roots(&[third.clone(), third.clone()]).negative_beside(&third),
            (false, false)
        );
    }

    proptest! {
        #[test]
        fn every_root_of_odd_order_is_found_between_its_neighbours(tenths in prop::collection::vec(-3_i64..13, 0..6)) {
            let roots: Vec<Fraction> = tenths.iter().map(|&tenth| fraction(tenth, 10)).collect();
            let mut odd: Vec<Fraction> = roots
                .iter()
                .filter(|root| roots.iter().filter(|other| other == root).count() % 2 == 1)
                .filter(|root| Fraction::zero() < **root && **root < Fraction::one())
                .cloned()
                .collect();
            odd.sort();
            odd.dedup();
            let found = unit(&of_roots(&roots));
            prop_assert_eq!(found.len(), odd.len());
            for (root, expected) in found.iter().zip(&odd) {
                prop_assert!(root.low <= *expected && *expected <= root.high);
            }
        }
    }
}
