//! Vendors side by side: never more in one table than fit on a sheet of paper.

use crate::reports::published::{Published, PublishedVendor};
use crate::reports::sentence::About;

use super::Addresses;

/// The most vendors side by side.
const MOST: usize = 8;

/// A table with a column for each of a few vendors.
pub(crate) struct Side<'a, R> {
    /// Which vendors these are of how many; `None` if it is all of them.
    pub(crate) part: Option<String>,
    pub(crate) heads: Vec<Head<'a>>,
    pub(crate) rows: Vec<R>,
}

/// The head of a vendor's column.
pub(crate) struct Head<'a> {
    pub(crate) vendor: &'a str,
    pub(crate) href: Option<String>,
    pub(crate) total: String,
    pub(crate) rounding: &'a str,
}

/// The vendors in page order, in as few tables as there must be, each of about the same width.
pub(super) fn by_side<'a, R>(
    published: &'a Published<'a>,
    addresses: &dyn Addresses,
    rows: impl Fn(&'a [PublishedVendor]) -> Vec<R>,
) -> Vec<Side<'a, R>> {
    let vendors = &published.vendors;
    let tables = vendors.len().div_ceil(MOST).max(1);
    let width = vendors.len().div_ceil(tables).max(1);
    let mut sides = Vec::with_capacity(tables);
    let mut before = 0_usize;
    for few in vendors.chunks(width) {
        let (first, last) = (before.saturating_add(1), before.saturating_add(few.len()));
        sides.push(Side {
            part: (tables > 1).then(|| part(first, last, vendors.len())),
            heads: few
                .iter()
                .map(|one| head(published, one, addresses))
                .collect(),
            rows: rows(few),
        });
        before = last;
    }
    sides
}

fn part(first: usize, last: usize, of: usize) -> String {
    if first == last {
        format!("vendor {last} of {of}")
    } else {
        format!("vendors {first} to {last} of {of}")
    }
}

fn head<'a>(
    published: &'a Published<'a>,
    vendor: &'a PublishedVendor,
    addresses: &dyn Addresses,
) -> Head<'a> {
    Head {
        vendor: published.vendor_name(vendor),
        href: addresses.of(About::Vendor(vendor.vendor)),
        total: vendor.total.shown(),
        rounding: vendor.rounding.as_deref().unwrap_or("–"),
    }
}
