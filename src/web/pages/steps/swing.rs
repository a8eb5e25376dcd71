//! Step 1, on a page of its own: weights by swing, one group at a time.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::accounts::Actor;
use crate::criteria::{CriteriaSet, Direction, Kind, Node, Weighting};
use crate::evaluation::Phase;
use crate::exact::{self, Fraction, plain};
use crate::reports::filters;
use crate::service::{self, Opened, Step, Swings, Swung};
use crate::web::take::Query;
use crate::web::{Caller, Error, Layout, Posted, State, page_with_status};

use super::super::Address;
use super::method::unknown_form;
use super::mistakes::Mistakes;
use super::typed::Typed;
use super::{Answer, Around, Done, Outcome, outcome};

#[derive(Template)]
#[template(path = "pages/swing.html")]
struct Page<'a> {
    layout: Layout,
    around: Around<'a>,
    is_draft: bool,
    groups: Vec<GroupLink<'a>>,
    of: &'a str,
    title: &'a str,
    parts: Vec<PartRow<'a>>,
    /// Whether the shares that the points come to are shown.
    shows_shares: bool,
}

/// One group that can be weighed.
struct GroupLink<'a> {
    href: String,
    title: &'a str,
    is_current: bool,
}

/// One part of the group.
struct PartRow<'a> {
    id: &'a str,
    title: &'a str,
    field: String,
    /// What the worst and the best look like.
    swing: Option<(String, String)>,
    /// Its share of the group now.
    now: String,
    points: String,
    /// Its place and its share under the points.
    then: Option<(usize, String)>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let query = Query::of(&request, &["of", "done"])?;
    let of = query.get("of").unwrap_or_default().to_owned();
    let done = query.get("done").map(str::to_owned);
    let (id, actor) = (address.id()?, caller.actor());
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    let answer = Answer::Look(Done { done });
    let page = Page::new(&state, &opened, actor, &answer, &of, None)?;
    page_with_status(&request, StatusCode::OK, &page)
}

pub(in crate::web) async fn change(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let (id, typed) = (address.id()?, Typed::from(fields));
    let (said, actor) = (swings(&typed), caller.actor());
    let of = typed.text("of").to_owned();
    if typed.text("what") == "take" {
        let (wanted, of_id) = (said.clone(), id.clone());
        let work = move |service: &service::Service| {
            service
                .swing_method(actor, &of_id, &wanted)
                .map(|_| "swung")
        };
        return match outcome(state.work(work).await, &id, "method/swing")? {
            Outcome::Gone(answer) => Ok(answer),
            Outcome::Again(mistakes) => {
                let opened = state.work(move |service| service.open(actor, &id)).await?;
                let answer = Answer::Again(mistakes, typed);
                let page = Page::new(&state, &opened, actor, &answer, &of, None)?;
                page_with_status(&request, answer.status(), &page)
            }
        };
    }
    if typed.text("what") != "look" {
        return Err(unknown_form(typed.text("what")).into());
    }
    let opened = state.work(move |service| service.open(actor, &id)).await?;
    let set = opened.dossier().set();
    let (swung, mistakes) = match state.service().look_at_swings(set, &said) {
        Ok(swung) => (Some(swung), Mistakes::default()),
        Err(refused) => (None, Mistakes::of(refused.into())?),
    };
    let status = if swung.is_some() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let answer = Answer::Again(mistakes, typed);
    let page = Page::new(&state, &opened, actor, &answer, &of, swung.as_ref())?;
    page_with_status(&request, status, &page)
}

fn swings(typed: &Typed) -> Swings {
    let points = typed.pairs().filter_map(|(name, text)| {
        let id = name.strip_prefix("points.")?;
        Some((id.to_owned(), text.to_owned()))
    });
    Swings {
        of: typed.some("of").map(str::to_owned),
        points: points.collect(),
    }
}

impl<'a> Page<'a> {
    fn new(
        state: &State,
        opened: &'a Opened,
        actor: Actor,
        answer: &Answer,
        of: &str,
        swung: Option<&Swung>,
    ) -> Result<Self, Error> {
        let dossier = opened.dossier();
        let set = dossier.set();
        let around = Around::new(opened, actor, Step::Method, answer);
        let mut categories = set.indexed_categories();
        let found = categories.find(|(_, category)| category.id() == of);
        let group = match (of, &found) {
            ("", _) => None,
            (_, Some((index, _))) => Some(*index),
            (_, None) => return Err(service::Error::NoCriterion.into()),
        };
        let parts = set.weighed_parts(group).into_iter();
        let weighting = Weighting::of_record(set);
        let parts = parts.map(|node| PartRow::new(set, &weighting, node, &around.typed, swung));
        let here = format!("/evaluations/{}/method/swing", dossier.id());
        Ok(Self {
            layout: state.layout(),
            is_draft: dossier.phase() == Phase::Draft,
            groups: groups(set, &here, of),
            of: found.as_ref().map_or("", |(_, category)| category.id()),
            title: found
                .as_ref()
                .map_or("The categories", |(_, category)| category.title()),
            parts: parts.collect(),
            shows_shares: swung.is_some(),
            around,
        })
    }
}

/// The groups of more than one part: the categories first, then what is in each.
fn groups<'a>(set: &'a CriteriaSet, here: &str, of: &str) -> Vec<GroupLink<'a>> {
    let whole = GroupLink {
        href: here.to_owned(),
        title: "The categories",
        is_current: of.is_empty(),
    };
    let inner = set.indexed_categories().map(|(index, category)| {
        let link = GroupLink {
            href: format!("{here}?of={}", category.id()),
            title: category.title(),
            is_current: category.id() == of,
        };
        (set.weighed_parts(Some(index)).len(), link)
    });
    let all = std::iter::once((set.weighed_parts(None).len(), whole)).chain(inner);
    all.filter(|(count, _)| *count > 1)
        .map(|(_, link)| link)
        .collect()
}

impl<'a> PartRow<'a> {
    fn new(
        set: &'a CriteriaSet,
        weighting: &Weighting,
        node: Node,
        typed: &Typed,
        swung: Option<&Swung>,
    ) -> Self {
        let field = format!("points.{}", node.id(set));
        let percent = |share: &Fraction| exact::fixed(&share.percent(), exact::PLACES);
        let now = weighting.share_among_siblings(node);
        Self {
            id: node.id(set),
            title: node.title(set),
            swing: ends(set, node),
            now: now.map_or_else(|| "100.00".to_owned(), |share| percent(&share)),
            points: typed.text(&field).to_owned(),
            then: swung.and_then(|swung| {
                let at = swung.parts.iter().position(|(known, _)| *known == node)?;
                let (_, own) = swung.parts.get(at)?;
                let ahead = swung.parts.iter().filter(|(_, points)| points > own);
                let (_, share) = swung.elicited.weights.get(at)?;
                Some((ahead.count().saturating_add(1), percent(share)))
            }),
            field,
        }
    }
}

/// What the worst and the best of a criterion are.
fn ends(set: &CriteriaSet, node: Node) -> Option<(String, String)> {
    let Node::Criterion(index) = node else {
        return None;
    };
    let criterion = set.criteria().get(index.position())?;
    match criterion.kind() {
        Kind::Rated(rated) => {
            let at = |score| {
                let mut anchors = criterion.anchors().iter();
                let found = anchors.find(|(at, _)| *at == score);
                found.map_or_else(
                    || plain(score),
                    |(_, words)| format!("{}: {words}", plain(score)),
                )
            };
            let (low, high) = (at(rated.scale().min()), at(rated.scale().max()));
            Some(match rated.direction() {
                Direction::Higher => (low, high),
                Direction::Lower => (high, low),
            })
        }
        Kind::Priced(priced) => {
            let currency = priced.currency().unwrap_or_default();
            let amount = |amount| format!("{} {currency}", plain(amount));
            let range = priced.range()?;
            Some((amount(range.ceiling()), amount(range.floor())))
        }
        Kind::PassFail => None,
    }
}
