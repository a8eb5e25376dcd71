//! Square roots, cut off after so many decimals.

use num_bigint::BigInt;
use num_integer::Roots;

use super::Fraction;

/// The square root with `places` decimals, the rest cut off; `None` below 0.
#[must_use]
pub fn square_root(value: &Fraction, places: u32) -> Option<Fraction> {
    if value.is_negative() {
        return None;
    }
    let unit = BigInt::from(10).pow(places);
    let big = value.to_big();
    let squared = (big.numer() * &unit * &unit) / big.denom();
    Fraction::from_ratio(Roots::sqrt(&squared), unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn squares_have_exact_roots() {
        let root = square_root(&Fraction::new(9, 4).unwrap(), 1);
        assert_eq!(root, Fraction::new(3, 2));
        assert_eq!(square_root(&Fraction::zero(), 3), Some(Fraction::zero()));
        assert_eq!(square_root(&Fraction::whole(-1), 3), None);
    }

    proptest! {
        #[test]
        fn the_square_of_the_root_is_just_below(n in 0_i64..1_000_000, d in 1_i64..1000, places in 0_u32..20) {
            let value = Fraction::new(n, d).unwrap();
            let root = square_root(&value, places).unwrap();
            let unit = Fraction::from_ratio(1.into(), BigInt::from(10).pow(places)).unwrap();
            let next = &root + &unit;
            prop_assert!(&root * &root <= value && &next * &next > value);
        }
    }
}
