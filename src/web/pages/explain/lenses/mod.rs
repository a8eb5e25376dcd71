//! The record's weights and every lens side by side, and a mix of any two.

mod asked;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::criteria::{CriteriaSet, Lens, Weighting};
use crate::reports::filters;
use crate::reports::views::lenses::{LensesView, Seen, lenses};
use crate::reports::views::matrix::{self, MetricRow};
use crate::reports::views::mix::{MixView, MixedRow, mix, mixed};
use crate::reports::views::side::Side;
use crate::reports::{Detail, Published};
use crate::scoring::{self, Scorecard};
use crate::web::pages::Address;
use crate::web::pages::pictures::{self, Shown};
use crate::web::pages::results::{Awaits, Frame, Looked, published};
use crate::web::{Caller, Error, Layout, State};

pub(in crate::web) use asked::Asked;
use asked::{Blend, RECORD};

#[derive(Template)]
#[template(path = "pages/side.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    here: String,
    is_advice: bool,
    heads: Vec<Head<'a>>,
    view: LensesView,
    strips: Vec<Strip<'a>>,
    blend: Option<Blended<'a>>,
    slopes: Option<Shown>,
}

/// A view at the head of a column.
struct Head<'a> {
    title: &'a str,
    href: String,
}

/// The metrics of one lens.
struct Strip<'a> {
    lens: &'a Lens,
    metrics: Vec<Side<'a, MetricRow<'a>>>,
}

/// A mix of two views.
struct Blended<'a> {
    one: Chosen<'a>,
    other: Chosen<'a>,
    /// Those to choose from.
    choices: Vec<Choice<'a>>,
    at: String,
    view: MixView,
    rows: Vec<MixedRow>,
    way: Option<Shown>,
}

/// One of the two that are mixed.
struct Chosen<'a> {
    id: &'a str,
    title: &'a str,
}

struct Choice<'a> {
    id: &'a str,
    title: &'a str,
    is_one: bool,
    is_other: bool,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, None).await?;
    looked.demand_results()?;
    let blend = asked.blend(&looked.opened)?;
    let name = format!("lenses {blend:?}");
    looked.page(&request, &state, name, || {
        render(&looked, &state, blend.as_ref())
    })
}

/// A view with its result.
struct Viewed<'a> {
    title: &'a str,
    lens: Option<&'a Lens>,
    card: Arc<Scorecard>,
    published: Published<'a>,
}

fn render(looked: &Looked, state: &State, blend: Option<&Blend>) -> Result<String, Error> {
    let dossier = looked.opened.dossier();
    let (set, places) = (dossier.set(), looked.places());
    let viewed: Vec<Viewed<'_>> = std::iter::once(None)
        .chain(set.lenses().iter().map(Some))
        .map(|lens| {
            let card = looked.opened.scorecard(lens);
            Viewed {
                title: lens.map_or("Record", Lens::title),
                lens,
                published: published(&looked.opened, &card, Detail::Ranking),
                card,
            }
        })
        .collect();
    let seen: Vec<Seen<'_>> = viewed.iter().map(Viewed::seen).collect();
    looked.rendered(&Page {
        layout: state.layout(),
        frame: looked.frame("/lenses"),
        here: format!("{}/lenses", places.here()),
        is_advice: looked.is_tender(),
        heads: viewed
            .iter()
            .map(|one| Head {
                title: one.title,
                href: one.lens.map_or_else(
                    || places.here().to_owned(),
                    |lens| format!("{}?lens={}", places.here(), lens.id()),
                ),
            })
            .collect(),
        view: lenses(dossier.evaluation(), &seen, &places),
        strips: viewed
            .iter()
            .filter_map(|one| {
                let lens = one.lens.filter(|lens| !lens.metrics().is_empty())?;
                let metrics = matrix::metrics(&one.published, &places);
                Some(Strip { lens, metrics })
            })
            .collect(),
        slopes: pictures::lenses(&looked.opened).map(|picture| {
            let file = places.record_file("pictures/lenses.svg", None);
            let note = "A thick line comes first somewhere; a dashed one is out of the running.";
            Shown::new(picture, file, note).told_below()
        }),
        blend: blend.map(|blend| blended(looked, blend)),
    })
}

impl Viewed<'_> {
    fn seen(&self) -> Seen<'_> {
        Seen {
            title: self.title,
            card: &self.card,
            published: &self.published,
        }
    }
}

fn blended<'a>(looked: &'a Looked, blend: &Blend) -> Blended<'a> {
    let dossier = looked.opened.dossier();
    let (set, evaluation, places) = (dossier.set(), dossier.evaluation(), looked.places());
    let record = looked.opened.scorecard(None);
    let (one, other) = (
        weighting(set, blend.one.as_deref()),
        weighting(set, blend.other.as_deref()),
    );
    let way = scoring::firmness::mix(set, &record, &one, &other);
    let there = Weighting::between(set, &one, &other, &blend.part());
    let card = scoring::look(evaluation, &record, scoring::View::Weights(&there));
    let chosen = |id: Option<&str>| {
        let lens = id.and_then(|id| set.lens(id));
        Chosen {
            id: lens.map_or(RECORD, Lens::id),
            title: lens.map_or("the record", Lens::title),
        }
    };
    let other_one = chosen(blend.other.as_deref());
    let choice = |lens: Option<&'a Lens>| {
        let id = lens.map(Lens::id);
        Choice {
            id: id.unwrap_or(RECORD),
            title: lens.map_or("The record's weights", Lens::title),
            is_one: blend.one.as_deref() == id,
            is_other: blend.other.as_deref() == id,
        }
    };
    Blended {
        view: mix(evaluation, &way, other_one.title, &places),
        one: chosen(blend.one.as_deref()),
        other: other_one,
        choices: std::iter::once(None)
            .chain(set.lenses().iter().map(Some))
            .map(choice)
            .collect(),
        at: blend.at_text(),
        way: pictures::way(
            &looked.opened,
            (blend.one.as_deref(), blend.other.as_deref()),
        )
        .map(|picture| {
            let id = |id: Option<&str>| id.unwrap_or(RECORD).to_owned();
            let (one, other) = (id(blend.one.as_deref()), id(blend.other.as_deref()));
            let here = places.here();
            let file = format!("{here}/pictures/mix.svg?one={one}&other={other}");
            Shown::new(
                picture,
                file,
                "An upright line is where first place changes.",
            )
        }),
        rows: mixed(&published(&looked.opened, &card, Detail::Ranking), &places),
    }
}

fn weighting(set: &CriteriaSet, lens: Option<&str>) -> Weighting {
    match lens.and_then(|id| set.lens(id)) {
        Some(lens) => Weighting::of_lens(set, lens),
        None => Weighting::of_record(set),
    }
}
