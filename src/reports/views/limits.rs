//! The ends of intervals in print: exact ones as they are, others rounded to the inside.

use crate::exact::{self, Fraction};
use crate::scoring::firmness::Limit;

/// A part of a whole, in percent.
pub(super) fn percent(part: &Fraction) -> String {
    exact::fixed(&part.percent(), exact::PLACES)
}

/// The end of an interval around a share: rounded to the inside, but never past the share itself.
pub(super) fn within(limit: &Limit, share: &Fraction, is_low: bool) -> String {
    let step = Fraction::new(1, 10_000).unwrap_or_else(Fraction::zero);
    let apart = if is_low {
        share - &limit.at
    } else {
        &limit.at - share
    };
    if !limit.exact && apart < step {
        return percent(share);
    }
    end(limit, is_low)
}

/// The end of an interval in percent; one that is no fraction is rounded to the inside.
pub(super) fn end(limit: &Limit, is_low: bool) -> String {
    let at = limit.at.percent();
    if limit.exact {
        return exact::fixed(&at, exact::PLACES);
    }
    inward(&at, is_low)
}

/// A percentage rounded to the inside of an interval: up for its low end, down for its high one.
pub(super) fn inward(at: &Fraction, is_low: bool) -> String {
    let hundred = Fraction::hundred();
    let cents = at * &hundred;
    let down = cents.floor();
    let whole = if is_low && down < cents {
        &down + &Fraction::one()
    } else {
        down
    };
    exact::fixed(
        &whole.over(&hundred).unwrap_or_else(Fraction::zero),
        exact::PLACES,
    )
}

/// A score with two decimals, and said to be about that where it has more; in full where it would print like the other.
pub(super) fn about(score: &Fraction, other: &Fraction) -> String {
    let [mine, theirs] = [score, other].map(|one| exact::trimmed(one, exact::PLACES));
    let full = exact::trimmed(score, exact::MAX_PLACES);
    if mine == full || mine == theirs {
        return full;
    }
    format!("about {mine}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(exact: bool) -> Limit {
        Limit {
            at: Fraction::new(1, 3).unwrap(),
            exact,
            flips_to: Vec::new(),
        }
    }

    #[test]
    fn an_end_that_is_no_fraction_is_rounded_to_the_inside() {
        assert_eq!(end(&limit(true), true), "33.33");
        assert_eq!(end(&limit(false), true), "33.34");
        assert_eq!(end(&limit(false), false), "33.33");
    }

    #[test]
    fn an_end_closer_to_the_share_than_can_be_printed_does_not_pass_it() {
        let share = Fraction::new(3_333_334, 10_000_000).unwrap();
        assert_eq!(within(&limit(false), &share, true), "33.33");
        let far = Fraction::new(1, 2).unwrap();
        assert_eq!(within(&limit(false), &far, true), "33.34");
    }

    #[test]
    fn a_score_with_more_than_two_decimals_is_said_to_be_about_that() {
        let told = |one: (i64, i64), other: (i64, i64)| {
            about(
                &Fraction::new(one.0, one.1).unwrap(),
                &Fraction::new(other.0, other.1).unwrap(),
            )
        };
        assert_eq!(told((17, 4), (1, 1)), "4.25");
        assert_eq!(told((25, 6), (1, 1)), "about 4.17");
        assert_eq!(told((25, 6), (4_167, 1_000)), "4.166667");
    }

    #[test]
    fn rounding_to_the_inside_leaves_what_needs_none() {
        let at = Fraction::new(101, 4).unwrap();
        assert_eq!(
            (inward(&at, true), inward(&at, false)),
            ("25.25".to_owned(), "25.25".to_owned())
        );
    }
}
