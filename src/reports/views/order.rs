//! In which order the ranking is shown. Ranks never change with it: they are those of the result.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::exact::Fraction;
use crate::reports::published::{Published, PublishedVendor};
use crate::scoring::{GateOutcome, VendorStatus};

/// A column that the ranking can be shown by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// The order of the result itself.
    Rank,
    Vendor,
    Total,
    Status,
    Gates,
    Coverage,
}

/// A column, from its least value or from its greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) column: Column,
    pub(crate) is_descending: bool,
}

/// An order that nothing can be shown in.
#[derive(Debug, PartialEq, Eq, Error)]
#[error(
    "write rank, vendor, total, status, gates or coverage, with a minus before it for the reverse"
)]
pub(crate) struct UnknownOrder;

impl Column {
    pub(super) const ALL: [Self; 6] = [
        Self::Rank,
        Self::Vendor,
        Self::Total,
        Self::Status,
        Self::Gates,
        Self::Coverage,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Vendor => "vendor",
            Self::Total => "total",
            Self::Status => "status",
            Self::Gates => "gates",
            Self::Coverage => "coverage",
        }
    }

    /// How it is headed.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Rank => "Rank",
            Self::Vendor => "Vendor",
            Self::Total => "Total",
            Self::Status => "Status",
            Self::Gates => "Gates",
            Self::Coverage => "Coverage",
        }
    }

    /// Whether whoever asks for it wants the greatest first.
    fn is_of_numbers(self) -> bool {
        matches!(self, Self::Total | Self::Coverage)
    }
}

impl Order {
    /// The order of the page when nothing else is asked for.
    pub(crate) const PAGE: Self = Self {
        column: Column::Rank,
        is_descending: false,
    };

    /// The order that the head of a column leads to: the other way round where it is shown by that column already.
    pub(super) fn turned_to(self, column: Column) -> Self {
        let is_descending = if self.column == column {
            !self.is_descending
        } else {
            column.is_of_numbers()
        };
        Self {
            column,
            is_descending,
        }
    }

    /// How assistive technology is told, where it is shown by that column.
    pub(super) fn told_of(self, column: Column) -> Option<&'static str> {
        (self.column == column).then_some(if self.is_descending {
            "descending"
        } else {
            "ascending"
        })
    }

    /// What stands behind the question mark; nothing for the order of the page.
    pub(crate) fn query(self) -> Option<String> {
        (self != Self::PAGE).then(|| format!("sort={self}"))
    }

    /// The vendors in this order; whatever is equal stays in the order of the result, and what has no value comes last.
    pub(super) fn of<'a>(self, published: &'a Published<'a>) -> Vec<&'a PublishedVendor> {
        let mut vendors: Vec<&PublishedVendor> = published.vendors.iter().collect();
        match self.column {
            Column::Rank if self.is_descending => vendors.reverse(),
            Column::Rank => {}
            Column::Vendor => {
                let name = |one: &PublishedVendor| published.vendor_name(one).to_lowercase();
                self.sort(&mut vendors, |one| Some(name(one)));
            }
            Column::Total => self.sort(&mut vendors, total),
            Column::Status => self.sort(&mut vendors, |one| Some(standing(one.status))),
            Column::Gates => self.sort(&mut vendors, |one| Some(trouble(one))),
            Column::Coverage => self.sort(&mut vendors, |one| {
                one.coverage.as_ref().map(|number| number.exact.clone())
            }),
        }
        vendors
    }

    fn sort<T: Ord>(
        self,
        vendors: &mut [&PublishedVendor],
        value: impl Fn(&PublishedVendor) -> Option<T>,
    ) {
        vendors.sort_by(|one, other| match (value(one), value(other)) {
            (Some(one), Some(other)) if self.is_descending => other.cmp(&one),
            (Some(one), Some(other)) => one.cmp(&other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        });
    }
}

fn total(vendor: &PublishedVendor) -> Option<(Fraction, Fraction)> {
    let known = vendor.total.known.as_ref();
    let low = known.or(vendor.total.low.as_ref())?;
    let high = known.or(vendor.total.high.as_ref())?;
    Some((low.exact.clone(), high.exact.clone()))
}

fn standing(status: VendorStatus) -> u8 {
    match status {
        VendorStatus::Ranked => 0,
        VendorStatus::Provisional => 1,
        VendorStatus::Disqualified => 2,
        VendorStatus::Excluded => 3,
    }
}

/// How many gates are failed, and how many open.
fn trouble(vendor: &PublishedVendor) -> (usize, usize) {
    let count = |outcome| {
        let gates = vendor.gates.iter();
        gates.filter(|gate| gate.outcome == outcome).count()
    };
    (count(GateOutcome::Failed), count(GateOutcome::Open))
}

impl FromStr for Order {
    type Err = UnknownOrder;

    fn from_str(text: &str) -> Result<Self, UnknownOrder> {
        let (name, is_descending) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text, false),
        };
        let found = Column::ALL.into_iter().find(|column| column.id() == name);
        Ok(Self {
            column: found.ok_or(UnknownOrder)?,
            is_descending,
        })
    }
}

/// As it is written in an address.
impl fmt::Display for Order {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_descending { "-" } else { "" };
        write!(out, "{sign}{}", self.column.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_reads_back_as_it_is_written() {
        for column in Column::ALL {
            for is_descending in [false, true] {
                let order = Order {
                    column,
                    is_descending,
                };
                assert_eq!(order.to_string().parse(), Ok(order));
            }
        }
        for unknown in ["", "-", "--total", "Total", "price"] {
            assert_eq!(unknown.parse::<Order>(), Err(UnknownOrder), "{unknown}");
        }
    }

    #[test]
    fn a_head_turns_its_own_order_round_and_begins_with_the_greatest_number() {
        let by_total = Order::PAGE.turned_to(Column::Total);
        assert_eq!(by_total.to_string(), "-total");
        assert_eq!(by_total.turned_to(Column::Total).to_string(), "total");
        assert_eq!(by_total.turned_to(Column::Vendor).to_string(), "vendor");
        assert_eq!(Order::PAGE.query(), None);
        assert_eq!(by_total.query().as_deref(), Some("sort=-total"));
    }
}
