//! Who is first in a mix of two weightings, and where that changes.

use crate::evaluation::Evaluation;
use crate::exact::Fraction;
use crate::reports::figure::numbers;
use crate::reports::published::Published;
use crate::reports::sentence::{About, Sentence};
use crate::reports::words::vendor_status;
use crate::scoring::firmness::{Mix, Stretch};

use super::firmness::names;
use super::limits::inward;
use super::{Addresses, Said, said};

/// Who is first in every mix of two weightings.
pub(crate) struct MixView {
    /// `A is first up to 63.00% CTO, B above.`
    pub(crate) headline: Vec<Said>,
    pub(crate) stretches: Vec<StretchRow>,
}

/// A part of the way with the same vendors first.
pub(crate) struct StretchRow {
    pub(crate) from: String,
    pub(crate) to: String,
    /// The end as a fraction of the way; `None` where it is none.
    pub(crate) to_exact: Option<String>,
    pub(crate) first: Vec<Said>,
}

/// One vendor in one mix.
pub(crate) struct MixedRow {
    pub(crate) vendor: String,
    pub(crate) href: Option<String>,
    pub(crate) rank: String,
    pub(crate) total: String,
}

/// Lays out the way from one weighting to another, which is called `other`.
pub(crate) fn mix(
    evaluation: &Evaluation,
    found: &Mix,
    other: &str,
    addresses: &dyn Addresses,
) -> MixView {
    let printed = printed_ends(found);
    let ends: Vec<String> = printed.iter().map(|(end, _)| end.clone()).collect();
    let starts = printed.iter().map(|(_, start)| start);
    let first = |stretch: &Stretch| {
        if stretch.first.is_empty() {
            Sentence::of("undecided")
        } else {
            names(evaluation, &stretch.first)
        }
    };
    let rows = found.stretches.iter().zip(starts.zip(ends.iter().skip(1)));
    MixView {
        headline: said(headline(found, &ends, other, first), addresses),
        stretches: rows
            .map(|(stretch, (from, to))| StretchRow {
                from: from.clone(),
                to: to.clone(),
                to_exact: stretch.exact.then(|| stretch.to.to_string()),
                first: said(first(stretch), addresses),
            })
            .collect(),
    }
}

/// Nothing and the end of every stretch in percent: as the end of what is before it, and as the beginning of what is behind it.
///
/// Where no fraction says an end, the stretch before it ends a little earlier in print and the next begins a little later.
pub(in crate::reports) fn printed_ends(found: &Mix) -> Vec<(String, String)> {
    let ends: Vec<_> = std::iter::once(None)
        .chain(found.stretches.iter().map(|one| Some(&one.to)))
        .map(|end| Some(end.map_or_else(Fraction::zero, Fraction::percent)))
        .collect();
    let is_exact = std::iter::once(true).chain(found.stretches.iter().map(|one| one.exact));
    let printed = numbers(&ends).into_iter().zip(is_exact);
    printed
        .map(|(end, is_exact)| match end {
            Some(end) if is_exact => (end.text.clone(), end.text),
            Some(end) => (inward(&end.exact, false), inward(&end.exact, true)),
            None => Default::default(),
        })
        .collect()
}

fn headline(
    found: &Mix,
    ends: &[String],
    other: &str,
    first: impl Fn(&Stretch) -> Sentence,
) -> Sentence {
    let last = found.stretches.len().saturating_sub(1);
    let told = found.stretches.iter().zip(ends.iter().skip(1)).enumerate();
    let told = told.fold(Sentence::default(), |told, (at, (stretch, end))| {
        let told = match at {
            0 if stretch.first.is_empty() => Sentence::of("First place is undecided"),
            0 => first(stretch).say(" is first"),
            _ => told.say(", ").then(first(stretch)),
        };
        match at {
            _ if last == 0 => told.say(" in every mix"),
            0 => told
                .figure(format!(" up to {end}%"))
                .say(format!(" {other}")),
            _ if at == last => told.say(" above"),
            _ => told.figure(format!(" up to {end}%")),
        }
    });
    told.say(".")
}

/// The ranking in one mix, in page order.
pub(crate) fn mixed(published: &Published<'_>, addresses: &dyn Addresses) -> Vec<MixedRow> {
    let vendors = published.vendors.iter();
    vendors
        .map(|one| MixedRow {
            vendor: published.vendor_name(one).to_owned(),
            href: addresses.of(About::Vendor(one.vendor)),
            rank: match one.rank_shown() {
                rank if rank.is_empty() => vendor_status(one.status).to_owned(),
                rank => rank,
            },
            total: one.total.shown(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_that_is_no_fraction_is_printed_inside_of_the_stretches_on_either_side() {
        let stretch = |from: (i64, i64), to: (i64, i64), exact: bool| Stretch {
            from: Fraction::new(from.0, from.1).unwrap(),
            to: Fraction::new(to.0, to.1).unwrap(),
            exact,
            first: Vec::new(),
        };
        let told = |exact: bool| {
            printed_ends(&Mix {
                stretches: vec![
                    stretch((0, 1), (2, 3), exact),
                    stretch((2, 3), (1, 1), true),
                ],
            })
        };
        let pair = |end: &str, start: &str| (end.to_owned(), start.to_owned());
        let (nothing, all) = (pair("0.00", "0.00"), pair("100.00", "100.00"));
        let outside = pair("66.67", "66.67");
        assert_eq!(told(true), [nothing.clone(), outside, all.clone()]);
        assert_eq!(told(false), [nothing, pair("66.66", "66.67"), all]);
    }
}
