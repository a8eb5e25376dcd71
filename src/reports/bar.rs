//! The shape of a vendor's contribution bar, in percent of its width.

use crate::criteria::CriteriaSet;
use crate::exact::{self, Fraction};
use crate::scoring::VendorCard;

/// A bar from 0 to 100 points: one segment per top-level category, then what is still open.
#[derive(Debug, Default)]
pub(crate) struct Bar {
    pub(crate) segments: Vec<Segment>,
    pub(crate) open: Option<Segment>,
}

/// A part of a bar.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) start: String,
    pub(crate) width: String,
    pub(crate) middle: String,
    /// Whether the category's number fits into it.
    pub(crate) is_wide: bool,
}

/// The narrowest segment, in points, that has room for its number.
const WIDE: i64 = 3;

/// Lays out what is certain of each top-level category, in the set's order, and what may still come.
pub(crate) fn bar(set: &CriteriaSet, card: &VendorCard) -> Bar {
    let Some(total) = &card.total else {
        return Bar::default();
    };
    let mut end = Fraction::zero();
    let mut segments = Vec::new();
    for (category, of) in card.categories.iter().zip(set.categories()) {
        if of.parent().is_none() {
            let start = end;
            end = &start + &category.contribution.low;
            segments.push(segment(&start, &end));
        }
    }
    let open = (total.exact().is_none()).then(|| segment(&end, &total.high));
    Bar { segments, open }
}

fn segment(start: &Fraction, end: &Fraction) -> Segment {
    let width = end - start;
    let half = width.over(&Fraction::whole(2));
    let middle = half.map_or_else(Fraction::zero, |half| start + &half);
    Segment {
        start: exact::fixed(start, exact::PLACES),
        middle: exact::fixed(&middle, exact::PLACES),
        is_wide: width >= Fraction::whole(WIDE),
        width: exact::fixed(&width, exact::PLACES),
    }
}
