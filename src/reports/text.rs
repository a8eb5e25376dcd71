//! The result as a table for a terminal, and what it means in sentences below.

use std::fmt::Write as _;

use crate::scoring::GateOutcome;

use super::columns::{Side, aligned};
use super::published::{Published, PublishedVendor};
use super::words;

const COLUMNS: [(&str, Side); 6] = [
    ("rank", Side::Right),
    ("vendor", Side::Left),
    ("total", Side::Right),
    ("status", Side::Left),
    ("coverage", Side::Right),
    ("gates", Side::Left),
];

/// The ranking as aligned text.
#[must_use]
pub fn text(published: &Published<'_>) -> String {
    let mut out = title(published);
    out.push('\n');
    let header = COLUMNS.map(|(name, _)| name.to_owned()).to_vec();
    let mut rows = vec![header];
    rows.extend(
        published
            .vendors
            .iter()
            .map(|vendor| row(published, vendor)),
    );
    out.push_str(&aligned(&rows, &COLUMNS.map(|(_, side)| side)));
    out.push('\n');
    let story = &published.story;
    for sentence in [&story.headline].into_iter().chain(&story.because) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{sentence}");
    }
    for notice in &published.notices {
        let _ = writeln!(out, "Note: {}.", notice.message);
    }
    for sentence in &story.missing {
        let _ = writeln!(out, "{sentence}");
    }
    out
}

fn title(published: &Published<'_>) -> String {
    let set = published.evaluation.set();
    let lens = published.lens.map_or_else(String::new, |lens| {
        format!(", as seen by the {} lens", lens.title())
    });
    format!(
        "{} ({} version {}){lens}: {}\n",
        set.title(),
        set.id(),
        set.version(),
        words::result_status(published.status)
    )
}

fn row(published: &Published<'_>, vendor: &PublishedVendor) -> Vec<String> {
    let coverage = vendor.coverage.as_ref();
    vec![
        vendor.rank_shown(),
        published.vendor_name(vendor).to_owned(),
        vendor.total.shown(),
        words::vendor_status(vendor.status).to_owned(),
        coverage.map_or_else(|| "–".to_owned(), |number| format!("{}%", number.text)),
        gates(published, vendor),
    ]
}

/// The gates that failed or are open; what passed needs no word.
fn gates(published: &Published<'_>, vendor: &PublishedVendor) -> String {
    let set = published.evaluation.set();
    let told = vendor.gates.iter().filter_map(|gate| {
        let verdict = match gate.outcome {
            GateOutcome::Failed => "fails",
            GateOutcome::Open => "open:",
            GateOutcome::Passed | GateOutcome::NotApplicable => return None,
        };
        Some(format!(
            "{verdict} {} ({}, {} needed)",
            words::gate_on(set, gate.on),
            gate.value_text(),
            words::gate_bound(gate.on, gate.bound),
        ))
    });
    let told: Vec<String> = told.collect();
    told.join("; ")
}
