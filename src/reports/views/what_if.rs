//! What would be, beside what is: ranks, totals and gaps, and the gates that would be decided otherwise.

use crate::evaluation::{Evaluation, VendorIndex};
use crate::reports::figure::{Ends, figures};
use crate::reports::published::{Published, PublishedVendor};
use crate::reports::sentence::{About, Sentence};
use crate::reports::words::vendor_status;
use crate::scoring::Scorecard;
use crate::scoring::what_if::Outcome;

use super::firmness::{gate_change, names};
use super::{Addresses, Said, said};

/// What would be, beside what is.
pub(crate) struct WhatIfView {
    pub(crate) headline: Vec<Said>,
    pub(crate) rows: Vec<WhatIfRow>,
    pub(crate) gates: Vec<Vec<Said>>,
}

/// One vendor.
pub(crate) struct WhatIfRow {
    pub(crate) vendor: String,
    pub(crate) href: Option<String>,
    pub(crate) rank: String,
    pub(crate) rank_now: String,
    /// `▲ 2 up`, `▼ 1 down`, `same`.
    pub(crate) change: String,
    pub(crate) total: String,
    pub(crate) total_now: String,
    /// How far it is behind the first.
    pub(crate) gap: String,
}

/// Lays out what would be beside the record; `is_left_out` tells the vendors that are left out.
pub(crate) fn what_if(
    evaluation: &Evaluation,
    (record, record_card): (&Published<'_>, &Scorecard),
    (then, outcome): (&Published<'_>, &Outcome),
    is_left_out: impl Fn(VendorIndex) -> bool,
    addresses: &dyn Addresses,
) -> WhatIfView {
    let gaps: Vec<_> = outcome.gaps.iter().map(|(_, gap)| gap.clone()).collect();
    let gaps = figures(&gaps, Ends::WhereOpen);
    let rows = then.vendors.iter().zip(gaps).map(|(one, gap)| {
        let now = record
            .vendors
            .iter()
            .find(|other| other.vendor == one.vendor);
        let left_out = is_left_out(one.vendor);
        WhatIfRow {
            vendor: then.vendor_name(one).to_owned(),
            href: addresses.of(About::Vendor(one.vendor)),
            rank: if left_out {
                "left out".to_owned()
            } else {
                place(one)
            },
            rank_now: now.map_or_else(String::new, place),
            change: change(now.and_then(|now| now.rank), one.rank),
            total: if left_out {
                "–".to_owned()
            } else {
                one.total.shown()
            },
            total_now: now.map_or_else(String::new, |now| now.total.shown()),
            gap: gap.shown(),
        }
    });
    let told = headline(evaluation, &record_card.leaders(), &outcome.card.leaders());
    WhatIfView {
        headline: said(told, addresses),
        rows: rows.collect(),
        gates: outcome
            .gates
            .iter()
            .map(|one| said(gate_change(evaluation, one), addresses))
            .collect(),
    }
}

fn headline(evaluation: &Evaluation, now: &[VendorIndex], then: &[VendorIndex]) -> Sentence {
    let verb = |vendors: &[VendorIndex]| if vendors.len() == 1 { "" } else { " together" };
    match (now, then) {
        ([], []) => Sentence::of("First place is undecided, and would be still."),
        (_, []) => Sentence::of("First place would be undecided."),
        _ if now == then => {
            names(evaluation, then).say(format!(" would be first{}, as in the record.", verb(then)))
        }
        ([], _) => names(evaluation, then).say(format!(
            " would be first{}; in the record first place is undecided.",
            verb(then)
        )),
        _ => names(evaluation, then)
            .say(format!(" would be first{} instead of ", verb(then)))
            .then(names(evaluation, now))
            .say("."),
    }
}

fn place(one: &PublishedVendor) -> String {
    match one.rank_shown() {
        rank if rank.is_empty() => vendor_status(one.status).to_owned(),
        rank => rank,
    }
}

/// How a rank moves, in words and with a sign.
fn change(now: Option<u32>, then: Option<u32>) -> String {
    match (now, then) {
        (Some(now), Some(then)) if then < now => format!("▲ {} up", now.saturating_sub(then)),
        (Some(now), Some(then)) if then > now => format!("▼ {} down", then.saturating_sub(now)),
        (Some(_), Some(_)) => "same".to_owned(),
        _ => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_rank_is_told_in_words_and_with_a_sign() {
        let told = [
            (Some(3), Some(1)),
            (Some(1), Some(2)),
            (Some(2), Some(2)),
            (None, Some(1)),
        ]
        .map(|(now, then)| change(now, then));
        assert_eq!(told, ["▲ 2 up", "▼ 1 down", "same", "–"]);
    }
}
