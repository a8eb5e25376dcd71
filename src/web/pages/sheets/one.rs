//! One sheet as it came, row by row, and what became of its answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Action, Actor, may};
use crate::evaluation::{Fate, SheetIndex};
use crate::record::{Dossier, EvaluationId, Filing, Purge};
use crate::reports::filters;
use crate::service::{self, Opened, Service, Step, may_read};
use crate::sheets::{Excerpt, ExcerptLimits, excerpt};
use crate::web::{Caller, Error, Layout, State, page};

use super::super::results::hidden_until;
use super::super::steps::{Around, looked_at};
use super::SheetAddress;
use super::problems::below_headings;

/// The most rows of one page.
const ROWS: u32 = 100;

/// How much of a row is shown.
const LIMITS: ExcerptLimits = ExcerptLimits {
    rows: 100,
    cells: 60,
    characters: 400,
};

#[derive(Template)]
#[template(path = "pages/sheet.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    sheet: SheetFacts<'a>,
    /// The rows as they came; `None` while results are hidden, since they hold the scores.
    shown: Option<Shown>,
    may_purge: bool,
    /// When they can be read.
    until: &'static str,
}

struct Shown {
    headings: Vec<String>,
    /// The row that the headings stand in, if it is one of these.
    heading_row: Option<u32>,
    rows: Vec<Row>,
    first: u32,
    last: u32,
    of: u32,
    before: Option<u32>,
    after: Option<u32>,
}

struct SheetFacts<'a> {
    number: u32,
    file_name: &'a str,
    evaluators: String,
    by: &'a str,
    at: String,
    bytes: u64,
    answers: usize,
    /// `None` while its rows may not be seen.
    sha256: Option<String>,
    withdrawn: Option<&'a str>,
    /// That the file was purged.
    purged: Option<String>,
}

struct Row {
    number: u32,
    cells: Vec<String>,
    more_cells: usize,
    became: String,
}

/// Where in the sheet to begin.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Place {
    at: Option<u32>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<SheetAddress>,
    place: web::Query<Place>,
) -> Result<HttpResponse, Error> {
    let (actor, id, number) = (caller.actor(), address.id()?, address.number);
    let first = first_row(place.at.unwrap_or(1));
    let work = move |service: &Service| looked_up(service, actor, &id, number, first);
    let (opened, filing, excerpt) = state.work(work).await?;
    let is_seen = may_read(actor, opened.dossier(), &filing);
    let shown = excerpt.map(|(excerpt, first)| {
        let became = became(opened.dossier(), filing.sheet);
        Shown::new(&excerpt, &became, first)
    });
    page(
        &request,
        &Page {
            layout: state.layout(),
            around: Around::new(&opened, actor, Step::Collect, &looked_at()),
            sheet: SheetFacts::new(&filing, is_seen),
            may_purge: filing.purged.is_none()
                && may(actor, Action::Purge, opened.dossier().object()).is_ok()
                && opened.dossier().proposal().is_none(),
            shown,
            until: hidden_until(actor, opened.dossier()).unwrap_or("prices are opened"),
        },
    )
}

type Found = (Arc<Opened>, Filing, Option<(Excerpt, u32)>);

/// A sheet, with its rows from the first one shown on, if they may be seen: those of the last page where there is no such row.
fn looked_up(
    service: &Service,
    actor: Actor,
    id: &EvaluationId,
    number: u32,
    first: u32,
) -> Result<Found, service::Error> {
    let opened = service.open(actor, id)?;
    let filing = opened.dossier().filing(number).cloned();
    let filing = filing.ok_or(service::Error::NoSheet)?;
    if filing.purged.is_some() || !may_read(actor, opened.dossier(), &filing) {
        return Ok((opened, filing, None));
    }
    let (filing, bytes) = service.original(actor, id, number)?;
    let rows_from = |first: u32| {
        let last = first.saturating_add(ROWS);
        excerpt(
            &bytes,
            filing.tab.as_deref(),
            &filing.declared,
            |row| (first..last).contains(&row),
            &LIMITS,
        )
    };
    let (mut shown, mut first) = (rows_from(first), first);
    if first > shown.last_row {
        first = first_row(shown.last_row);
        shown = rows_from(first);
    }
    Ok((opened, filing, Some((shown, first))))
}

impl Shown {
    /// The cells of a row, each with its heading.
    fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a str, &'a String)> {
        below_headings(&self.headings, &row.cells)
    }

    fn new(shown: &Excerpt, became: &BTreeMap<u32, BTreeMap<String, usize>>, first: u32) -> Self {
        let next = first.saturating_add(ROWS);
        Self {
            headings: headings(shown),
            heading_row: heading_row(shown).filter(|row| (first..next).contains(row)),
            rows: rows(shown, became),
            first,
            last: next.saturating_sub(1).min(shown.last_row),
            of: shown.last_row,
            before: (first > 1).then(|| first.saturating_sub(ROWS)),
            after: (next <= shown.last_row).then_some(next),
        }
    }
}

/// The row that the page of a row begins with.
fn first_row(at: u32) -> u32 {
    let pages_before = at.saturating_sub(1).checked_div(ROWS).unwrap_or(0);
    pages_before.saturating_mul(ROWS).saturating_add(1)
}

fn headings(shown: &Excerpt) -> Vec<String> {
    let headings = shown.headings.as_ref();
    headings.map_or_else(Vec::new, |row| row.cells.clone())
}

fn heading_row(shown: &Excerpt) -> Option<u32> {
    shown.headings.as_ref().map(|row| row.row)
}

/// The rows below one another; the one with the headings stands above them.
fn rows(shown: &Excerpt, became: &BTreeMap<u32, BTreeMap<String, usize>>) -> Vec<Row> {
    let heading_row = heading_row(shown);
    let rows = shown.rows.iter();
    let rows = rows.filter(|row| Some(row.row) != heading_row);
    rows.map(|row| {
        let became = became.get(&row.row).into_iter().flatten();
        let parts: Vec<String> = became
            .map(|(fate, count)| match count {
                1 => fate.clone(),
                count => format!("{count} {fate}"),
            })
            .collect();
        Row {
            number: row.row,
            cells: row.cells.clone(),
            more_cells: row.more_cells,
            became: parts.join(", "),
        }
    })
    .collect()
}

/// By row, how many of its answers have come to what.
fn became(dossier: &Dossier, sheet: SheetIndex) -> BTreeMap<u32, BTreeMap<String, usize>> {
    let mut rows: BTreeMap<u32, BTreeMap<String, usize>> = BTreeMap::new();
    for (line, fate) in dossier.evaluation().fates_of(sheet) {
        let text = match fate {
            Fate::Stands => "stands".to_owned(),
            Fate::Gone => "no longer stands".to_owned(),
            Fate::NoAnswer => "no score".to_owned(),
            Fate::ReplacedBy(other) => match number_of(dossier, other) {
                Some(number) => format!("replaced by sheet {number}"),
                None => "replaced".to_owned(),
            },
        };
        let count = rows.entry(line.row).or_default().entry(text).or_default();
        *count = count.saturating_add(1);
    }
    rows
}

fn number_of(dossier: &Dossier, sheet: SheetIndex) -> Option<u32> {
    let mut filings = dossier.filings().iter();
    filings
        .find(|filing| filing.sheet == sheet)
        .map(|filing| filing.number)
}

impl<'a> SheetFacts<'a> {
    fn new(filing: &'a Filing, is_seen: bool) -> Self {
        Self {
            number: filing.number,
            file_name: &filing.file_name,
            evaluators: filing.evaluators.join(", "),
            by: &filing.by,
            at: filing.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            bytes: filing.bytes,
            answers: filing.changes.answers(),
            sha256: is_seen.then(|| filing.original.to_string()),
            withdrawn: filing.withdrawn.as_ref().map(|back| back.reason.as_str()),
            purged: filing.purged.as_ref().map(Purge::told),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_on_the_page_that_its_address_opens() {
        for (at, first) in [(0, 1), (1, 1), (100, 1), (101, 101), (200, 101), (201, 201)] {
            assert_eq!(first_row(at), first, "{at}");
        }
    }
}
