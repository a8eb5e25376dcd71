//! What came out against what must come out; every difference is told.

mod json;

use num_traits::Zero;
use serde_json::Value;

use crate::model::{Case, Q};
use crate::reckon::{Cell, Expected, Outcome, Place, Rated, Row, Span};

pub use json::{by_id, decimal, exact, places, rounded, span, text, total, vendor, vendors};

/// Every difference between a result and the oracle's.
pub fn differences(
    case: &Case,
    lens: Option<usize>,
    expected: &Expected,
    got: &Value,
) -> Vec<String> {
    let mut notes = Notes::default();
    let status = if expected.is_final {
        "final"
    } else {
        "provisional"
    };
    notes.same("status", &status, &text(&got["status"]));
    let listed = vendors(got);
    let page: Vec<&str> = expected
        .page
        .iter()
        .map(|&at| case.vendors[at].as_str())
        .collect();
    let got_page: Vec<&str> = listed
        .iter()
        .map(|vendor| text(&vendor["vendor"]))
        .collect();
    notes.same("page order", &page, &got_page);
    for (at, name) in case.vendors.iter().enumerate() {
        let Some(vendor) = listed.iter().find(|vendor| text(&vendor["vendor"]) == name) else {
            notes.0.push(format!("{name} is not listed"));
            continue;
        };
        let mut about = Notes::default();
        standing(&mut about, &expected.places[at], vendor);
        numbers(&mut about, case, &expected.rows[at], vendor);
        gates(&mut about, &expected.rows[at], vendor);
        if let Some(lens) = lens {
            for ((id, _), span) in case.set.lenses[lens]
                .metrics
                .iter()
                .zip(&expected.rows[at].metrics)
            {
                metric(&mut about, id, span.as_ref(), vendor);
            }
        } else {
            about.same("metrics", &true, &vendor["metrics"].is_null());
        }
        notes
            .0
            .extend(about.0.into_iter().map(|note| format!("{name}: {note}")));
    }
    notes.0
}

#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    fn same<T: PartialEq<U> + std::fmt::Debug, U: std::fmt::Debug>(
        &mut self,
        what: &str,
        expected: &T,
        got: &U,
    ) {
        if expected != got {
            self.0
                .push(format!("{what}: expected {expected:?}, got {got:?}"));
        }
    }

    /// Compares values in the form a person can check.
    fn same_span(&mut self, what: &str, expected: Option<&Span>, got: Option<&Span>) {
        let shown = |span: Option<&Span>| span.map(|span| format!("{}..{}", span.low, span.high));
        self.same(what, &shown(expected), &shown(got));
    }

    fn same_number(&mut self, what: &str, expected: Option<&Q>, got: Option<&Q>) {
        let shown = |number: Option<&Q>| number.map(ToString::to_string);
        self.same(what, &shown(expected), &shown(got));
    }
}

fn standing(notes: &mut Notes, place: &Place, vendor: &Value) {
    notes.same("status", &place.status.text(), &text(&vendor["status"]));
    let number = |count: usize| u64::try_from(count).expect("a few vendors");
    notes.same("rank", &place.rank.map(number), &vendor["rank"].as_u64());
    notes.same("tied", &Some(place.tied), &vendor["tied"].as_bool());
    let range = vendor["rank_range"].as_array().and_then(|ends| {
        let [best, worst] = ends.as_slice() else {
            return None;
        };
        Some((best.as_u64()?, worst.as_u64()?))
    });
    let expected = place
        .range
        .map(|(best, worst)| (number(best), number(worst)));
    notes.same("rank_range", &expected, &range);
}

fn numbers(notes: &mut Notes, case: &Case, row: &Row, vendor: &Value) {
    notes.same_span("total", row.total.as_ref(), total(vendor).as_ref());
    let settled = row.total.as_ref().filter(|total| total.is_settled());
    let total = exact(vendor, "total");
    notes.same_number(
        "settled total",
        settled.map(|total| &total.low),
        total.as_ref(),
    );
    if let Some(coverage) = &row.coverage {
        printed_as(notes, "coverage", coverage, &vendor["coverage"]);
    }
    let any_not_applicable = row.cells.contains(&Cell::NotApplicable);
    if any_not_applicable {
        let got = span(vendor, "total_na_as_zero");
        notes.same_span(
            "total_na_as_zero",
            Some(&row.total_na_as_zero),
            got.as_ref(),
        );
    }
    for (at, category) in case.set.categories.iter().enumerate() {
        let id = &category.id;
        let got = by_id(&vendor["categories"], id);
        let share = &row.shares.categories[at];
        printed_as(
            notes,
            &format!("share of {id}"),
            &percent(share),
            &got["share"],
        );
        let contribution = &row.category_contributions[at];
        let what = format!("contribution of {id}");
        notes.same_span(
            &what,
            Some(contribution),
            span(got, "contribution").as_ref(),
        );
        let within = (!share.is_zero()).then(|| contribution.scaled(&share.recip()));
        let what = format!("percent of {id}");
        same_percent(notes, &what, within.as_ref(), got, "percent");
    }
    for (at, criterion) in case.set.criteria.iter().enumerate() {
        let id = &criterion.id;
        let got = by_id(&vendor["criteria"], id);
        let states = states(&row.cells[at]);
        let state = text(&got["state"]);
        if !states.contains(&state) {
            notes
                .0
                .push(format!("state of {id}: expected {states:?}, got {state:?}"));
        }
        if case.set.is_pass_fail(at) {
            continue;
        }
        let share = &row.shares.criteria[at];
        printed_as(
            notes,
            &format!("share of {id}"),
            &percent(share),
            &got["share"],
        );
        if row.cells[at] == Cell::NotApplicable {
            notes.same(
                &format!("points of {id}"),
                &None,
                &span(got, "points").map(|_| ()),
            );
            continue;
        }
        score(notes, id, &row.cells[at], &got["score"]);
        let points = row.points[at]
            .as_ref()
            .map(|points| points.scaled(&percent(&one())));
        same_percent(
            notes,
            &format!("points of {id}"),
            points.as_ref(),
            got,
            "points",
        );
        let what = format!("contribution of {id}");
        notes.same_span(
            &what,
            Some(&row.contributions[at]),
            span(got, "contribution").as_ref(),
        );
    }
}

/// Reading: a cell with a "no response" beside scores may be shown as either, and so may a fail, which silence is.
fn states(cell: &Cell) -> &'static [&'static str] {
    match cell {
        Cell::Rated { kind, .. } => match kind {
            Rated::Scored => &["scored"],
            Rated::Mixed => &["scored", "no_response"],
            Rated::NoResponse => &["no_response"],
            Rated::NotScored => &["not_scored"],
        },
        Cell::NoPrice => &["no_response"],
        Cell::PriceMissing | Cell::Undecided => &["not_scored"],
        Cell::NotApplicable => &["not_applicable"],
        Cell::Failed => &["scored", "no_response"],
        Cell::Price(_) | Cell::Passed => &["scored"],
    }
}

fn score(notes: &mut Notes, id: &str, cell: &Cell, got: &Value) {
    let expected = match cell {
        Cell::Rated {
            worst,
            kind: Rated::Scored,
            ..
        } => worst,
        Cell::Price(amount) => amount,
        _ => return,
    };
    let Some(printed) = got.as_str().and_then(decimal) else {
        notes
            .0
            .push(format!("score of {id}: expected {expected}, got {got}"));
        return;
    };
    let gap = &printed - expected;
    let half = Q::new(1.into(), 2_000_000.into());
    if gap > half || gap < -half {
        notes
            .0
            .push(format!("score of {id}: expected {expected}, got {got}"));
    }
}

fn gates(notes: &mut Notes, row: &Row, vendor: &Value) {
    let none = Vec::new();
    let got = vendor["gates"].as_array().unwrap_or(&none);
    notes.same("gates", &row.gates.len(), &got.len());
    for gate in &row.gates {
        let on = &gate.on;
        let Some(found) = got.iter().find(|other| text(&other["on"]) == on) else {
            notes.0.push(format!("there is no gate on {on}"));
            continue;
        };
        notes.same(
            &format!("gate on {on}"),
            &gate.outcome.text(),
            &text(&found["outcome"]),
        );
        let Some(limit) = gate.limit else { continue };
        let bound = [&found["minimum"], &found["maximum"]];
        let bound = bound
            .iter()
            .find_map(|bound| bound.as_str())
            .and_then(decimal);
        notes.same_number(&format!("limit on {on}"), Some(&limit.q()), bound.as_ref());
        // A price that was asked for and not named has a value in words at most.
        if gate.outcome != Outcome::NotApplicable {
            let value = exact(found, "value");
            notes.same_number(
                &format!("value at {on}"),
                gate.value.as_ref(),
                value.as_ref(),
            );
        }
        if gate.outcome == Outcome::Failed
            && let Some(printed) = found["value"].as_str().and_then(decimal)
        {
            notes.same(
                &format!("a failed value seems to meet {on}"),
                &false,
                &(printed == limit.q()),
            );
        }
    }
}

fn metric(notes: &mut Notes, id: &str, expected: Option<&Span>, vendor: &Value) {
    let got = by_id(&vendor["metrics"], id);
    let settled = expected.filter(|span| span.is_settled());
    let what = format!("metric {id}");
    match settled {
        Some(span) => printed_as(notes, &what, &span.low, &got["percent"]),
        None => notes.same(&what, &true, &got["percent"].is_null()),
    }
    for (end, value) in [
        ("low", expected.map(|span| &span.low)),
        ("high", expected.map(|span| &span.high)),
    ] {
        let what = format!("{end} of metric {id}");
        match value {
            Some(value) => printed_as(notes, &what, value, &got[end]),
            None => notes.same(&what, &true, &got[end].is_null()),
        }
        let key = format!("{end}_exact");
        if got.get(&key).is_some() {
            notes.same_number(&what, value, exact(got, end).as_ref());
        }
    }
}

/// A percentage is compared exactly where its fraction is given, else as printed.
fn same_percent(notes: &mut Notes, what: &str, expected: Option<&Span>, got: &Value, field: &str) {
    if got.get(format!("{field}_exact")).is_some() {
        notes.same_span(what, expected, span(got, field).as_ref());
        return;
    }
    match expected {
        None => notes.same(what, &true, &got[field].is_null()),
        Some(span) if span.is_settled() => printed_as(notes, what, &span.low, &got[field]),
        Some(span) => {
            notes.same(what, &true, &got[field].is_null());
            printed_as(notes, what, &span.low, &got[format!("{field}_low")]);
            printed_as(notes, what, &span.high, &got[format!("{field}_high")]);
        }
    }
}

/// Whether a text is the value, rounded half away from zero to as many places (2 to 6) as it shows.
fn printed_as(notes: &mut Notes, what: &str, expected: &Q, got: &Value) {
    let right = got.as_str().is_some_and(|printed| {
        let places = places(printed);
        (2..=6).contains(&places) && decimal(printed) == Some(rounded(expected, places))
    });
    if !right {
        notes
            .0
            .push(format!("{what}: expected {expected} as printed, got {got}"));
    }
}

fn percent(part: &Q) -> Q {
    part * crate::reckon::hundred()
}

fn one() -> Q {
    Q::from_integer(1.into())
}
