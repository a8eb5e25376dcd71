//! Step 4: uploading what comes back, what is still missing and who owes it, and every sheet.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::{Action, Actor, Denied, may};
use crate::evaluation::{Prices, VendorIndex};
use crate::record::{Dossier, Filing, Purge};
use crate::reports::filters;
use crate::service::{OpenCell, Opened, Progress, Step, is_own, may_read};
use crate::web::{Caller, Error, Layout, State, page};

use super::super::Address;
use super::super::evaluation::sample_waits;
use super::{Answer, Around, Done};

/// How much that nobody owes is listed at once; more is folded, vendor by vendor.
const AT_ONCE: usize = 8;

#[derive(Template)]
#[template(path = "pages/collect.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    /// Whether the last sheet of the sample can still come.
    sample_waits: bool,
    /// Whether the prices that come in are sealed.
    is_sealed: bool,
    intake: Intake,
    lists_vendors: bool,
    lists_evaluators: bool,
    people: Vec<Person<'a>>,
    missing: usize,
    open_prices: Vec<&'a str>,
    unowned: Vec<UnownedOf<'a>>,
    /// Whether what nobody owes is short enough to be listed at once.
    is_short: bool,
    sheets: Vec<SheetRow<'a>>,
}

/// Whether sheets come in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Intake {
    NotYet,
    Open,
    Closed,
    /// Not from whoever looks.
    OfOthers,
}

struct Person<'a> {
    name: &'a str,
    answered: usize,
    owed: usize,
    number: usize,
    /// Whether what they scored may be seen.
    opens: bool,
}

/// What is missing of one vendor without anybody owing it.
struct UnownedOf<'a> {
    vendor: &'a str,
    cells: Vec<Unowned<'a>>,
    conflicts: usize,
}

/// A cell that is missing without anybody owing it.
struct Unowned<'a> {
    criterion: &'a str,
    id: &'a str,
    is_conflict: bool,
}

struct SheetRow<'a> {
    /// Whether what it says may be seen.
    opens: bool,
    /// Whether whoever looks may take it back, or let it stand again.
    turns: bool,
    /// That its file was purged.
    purged: Option<String>,
    number: u32,
    file_name: &'a str,
    evaluators: String,
    by: &'a str,
    at: String,
    bytes: u64,
    sha256: String,
    withdrawn: Option<&'a str>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    done: web::Query<Done>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (caller.actor(), address.id()?);
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    let answer = Answer::Look(done.into_inner());
    let intake = match may(actor, Action::FileSheet, opened.dossier().object()) {
        Ok(()) => Intake::Open,
        Err(Denied::MethodOpen) => Intake::NotYet,
        Err(Denied::Role) => Intake::OfOthers,
        Err(_) => Intake::Closed,
    };
    let shows = may(actor, Action::SeeResults, opened.dossier().object()).is_ok();
    let mut view = Page::new(&state, &opened, actor, &answer, intake);
    view.people.iter_mut().for_each(|one| one.opens = shows);
    let filings = opened.dossier().filings().iter().rev();
    for (sheet, filing) in view.sheets.iter_mut().zip(filings) {
        sheet.opens = may_read(actor, opened.dossier(), filing);
        sheet.turns = intake == Intake::Open && is_own(actor, opened.dossier(), filing);
    }
    if may(actor, Action::SeeDisagreement, opened.dossier().object()).is_err() {
        for one in &mut view.unowned {
            one.conflicts = 0;
            let cells = one.cells.iter_mut();
            cells.for_each(|cell| cell.is_conflict = false);
        }
    }
    page(&request, &view)
}

impl<'a> Page<'a> {
    fn new(
        state: &State,
        opened: &'a Opened,
        actor: Actor,
        answer: &Answer,
        intake: Intake,
    ) -> Self {
        let dossier = opened.dossier();
        let progress = opened.progress();
        Self {
            layout: state.layout(),
            around: Around::new(opened, actor, Step::Collect, answer),
            sample_waits: sample_waits(dossier),
            is_sealed: dossier.prices() == Prices::Sealed,
            intake,
            lists_vendors: dossier.lists_vendors(),
            lists_evaluators: dossier.lists_evaluators(),
            people: people(dossier, &progress),
            missing: progress.missing(),
            open_prices: open_prices(dossier, &progress),
            is_short: progress.unowned.len() <= AT_ONCE,
            unowned: unowned(dossier, &progress),
            sheets: dossier.filings().iter().rev().map(SheetRow::new).collect(),
        }
    }
}

fn people<'a>(dossier: &'a Dossier, progress: &Progress) -> Vec<Person<'a>> {
    let evaluation = dossier.evaluation();
    let scorers = progress.evaluators.iter();
    let people = scorers.enumerate().map(|(place, one)| Person {
        name: evaluation.evaluator_name(one.evaluator),
        answered: one.answered,
        owed: one.owed.len(),
        number: place.saturating_add(1),
        opens: false,
    });
    people.collect()
}

/// The vendors whose price is missing, each once.
fn open_prices<'a>(dossier: &'a Dossier, progress: &Progress) -> Vec<&'a str> {
    let vendors = progress.prices.iter().map(|cell| cell.vendor);
    let mut names: Vec<&str> = vendors
        .map(|vendor| dossier.evaluation().vendor_name(vendor))
        .collect();
    names.dedup();
    names
}

/// What nobody owes, by vendor.
fn unowned<'a>(dossier: &'a Dossier, progress: &Progress) -> Vec<UnownedOf<'a>> {
    let mut by_vendor: BTreeMap<VendorIndex, Vec<OpenCell>> = BTreeMap::new();
    for cell in &progress.unowned {
        by_vendor.entry(cell.vendor).or_default().push(*cell);
    }
    let groups = by_vendor.into_iter().map(|(vendor, cells)| UnownedOf {
        vendor: dossier.evaluation().vendor_name(vendor),
        conflicts: cells.iter().filter(|cell| cell.conflict).count(),
        cells: cells
            .into_iter()
            .filter_map(|cell| Unowned::new(dossier, cell))
            .collect(),
    });
    groups.collect()
}

impl<'a> Unowned<'a> {
    fn new(dossier: &'a Dossier, cell: OpenCell) -> Option<Self> {
        let criterion = dossier.set().criteria().get(cell.criterion.position())?;
        Some(Self {
            criterion: criterion.title(),
            id: criterion.id(),
            is_conflict: cell.conflict,
        })
    }
}

impl<'a> SheetRow<'a> {
    fn new(filing: &'a Filing) -> Self {
        Self {
            opens: false,
            turns: false,
            purged: filing.purged.as_ref().map(Purge::told),
            number: filing.number,
            file_name: &filing.file_name,
            evaluators: filing.evaluators.join(", "),
            by: &filing.by,
            at: filing.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            bytes: filing.bytes,
            sha256: filing.original.to_string(),
            withdrawn: filing.withdrawn.as_ref().map(|back| back.reason.as_str()),
        }
    }
}
