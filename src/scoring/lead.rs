//! By how much the first is ahead.

use crate::exact::Fraction;

use super::{Scorecard, VendorCard};

/// The only vendor that is certain to be first, and whoever comes nearest to it.
#[derive(Debug)]
pub struct Lead<'a> {
    /// Who is first.
    pub leader: &'a VendorCard,
    /// Whoever can come nearest.
    pub next: &'a VendorCard,
    /// The least the leader is ahead of any other vendor, in points of 100.
    pub margin: Fraction,
    /// Whether nothing missing can change the margin.
    pub exact: bool,
}

impl Scorecard {
    /// The vendors that have a rank or may get one, in page order.
    pub fn standing(&self) -> impl Iterator<Item = &VendorCard> {
        let cards = self.vendors.iter();
        cards.filter(|card| card.rank_range.is_some())
    }

    /// The lead; `None` if first place is shared or undecided, or there is nobody else.
    #[must_use]
    pub fn lead(&self) -> Option<Lead<'_>> {
        let mut first = self.standing().filter(|card| card.rank == Some(1));
        let leader = first.next().filter(|card| !card.tied)?;
        let total = leader.total.as_ref()?;
        let others = self.standing().filter(|card| card.vendor != leader.vendor);
        let (next, bounds) = others
            .filter_map(|card| Some((card, card.total.as_ref()?)))
            .max_by(|left, right| left.1.high.cmp(&right.1.high))?;
        Some(Lead {
            leader,
            next,
            margin: &total.low - &bounds.high,
            exact: total.exact().is_some() && bounds.exact().is_some(),
        })
    }
}
