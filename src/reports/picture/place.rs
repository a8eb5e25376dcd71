//! From values to places.

use crate::exact::{self, Fraction};

/// A place across, in percent of the width.
pub(super) fn across(percent: &Fraction) -> String {
    format!("{}%", exact::trimmed(percent, exact::PLACES))
}

/// The nearest whole number; nothing where it is beyond all sense.
pub(super) fn whole(value: &Fraction) -> i64 {
    exact::fixed(value, 0).parse().unwrap_or(0)
}

/// A count as a place.
pub(super) fn count(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// From a range of values to a stretch of places.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    least: Fraction,
    room: Fraction,
    from: i64,
    length: i64,
}

impl Scale {
    /// The scale from the least of some values to the most of them; `None` without any.
    pub(super) fn over<'a>(
        values: impl Iterator<Item = &'a Fraction> + Clone,
        (from, to): (i64, i64),
    ) -> Option<Self> {
        let (least, most) = (values.clone().min()?, values.max()?);
        Some(Self {
            least: least.clone(),
            room: most - least,
            from,
            length: to.saturating_sub(from),
        })
    }

    /// The scale from 0 to 100.
    pub(super) fn percent((from, to): (i64, i64)) -> Self {
        Self {
            least: Fraction::zero(),
            room: Fraction::hundred(),
            from,
            length: to.saturating_sub(from),
        }
    }

    /// Where a value lies; half way if there is only one.
    pub(super) fn place(&self, value: &Fraction) -> Fraction {
        let half = || Fraction::new(1, 2).unwrap_or_else(Fraction::zero);
        let part = (value - &self.least).over(&self.room).unwrap_or_else(half);
        &(&part * &Fraction::whole(self.length)) + &Fraction::whole(self.from)
    }

    /// The same in percent across.
    pub(super) fn across(&self, value: &Fraction) -> String {
        across(&self.place(value))
    }

    /// The same in pixels down.
    pub(super) fn down(&self, value: &Fraction) -> i64 {
        whole(&self.place(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_leads_from_the_least_to_the_most_either_way() {
        let values = [10, 20, 30].map(Fraction::whole);
        let scale = Scale::over(values.iter(), (200, 0)).unwrap();
        assert_eq!(values.each_ref().map(|one| scale.down(one)), [200, 100, 0]);
        let one = [Fraction::whole(5)];
        assert_eq!(
            Scale::over(one.iter(), (0, 80)).unwrap().across(&one[0]),
            "40%"
        );
        assert!(Scale::over([].iter(), (0, 1)).is_none());
    }
}
