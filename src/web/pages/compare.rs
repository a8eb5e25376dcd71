//! Two to four vendors side by side, differences first.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::criteria::Lens;
use crate::evaluation::{Evaluation, VendorIndex};
use crate::reports::Detail;
use crate::reports::filters;
use crate::reports::views::compare::{CompareView, compare};
use crate::service::{self, FieldProblem};
use crate::web::{Caller, Error, Layout, State};

use super::Address;
use super::results::{Awaits, Frame, Looked};

/// How many vendors stand side by side.
const FEWEST: usize = 2;
const MOST: usize = 4;

#[derive(Template)]
#[template(path = "pages/compare.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    here: String,
    lens: Option<&'a str>,
    choices: Vec<Choice<'a>>,
    /// None if too few or too many are chosen.
    view: Option<CompareView<'a>>,
    /// What sets the two apart, if there are two.
    why: Option<String>,
}

/// A vendor to choose.
struct Choice<'a> {
    number: usize,
    name: &'a str,
    is_chosen: bool,
}

/// What stands behind the question mark: a lens, and the numbers of vendors in the list, from 1.
#[derive(Debug, Default)]
struct Asked {
    lens: Option<String>,
    vendors: Vec<usize>,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let asked = Asked::of(&request)?;
    let looked = Looked::at(&state, caller, address.id()?, asked.lens.as_deref()).await?;
    looked.demand_results()?;
    let vendors = asked.found(looked.opened.dossier().evaluation())?;
    let name = format!("compare{}", numbers(&vendors));
    looked.page(&request, &state, name, || render(&looked, &state, &vendors))
}

impl Asked {
    /// Reads the query: `vendor` as often as there are vendors, the rest once.
    fn of(request: &HttpRequest) -> Result<Self, Error> {
        let read = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        let pairs = read.map_err(|why| Error::Malformed {
            why: why.to_string(),
        })?;
        let mut asked = Self::default();
        let mut problems = Vec::new();
        for (name, value) in pairs.into_inner() {
            match (name.as_str(), value.parse::<usize>()) {
                ("vendor", Ok(number)) if asked.vendors.contains(&number) => {}
                ("vendor", Ok(number)) => asked.vendors.push(number),
                ("lens", _) if asked.lens.is_none() => asked.lens = Some(value),
                _ => problems.push(FieldProblem {
                    field: name,
                    value: Some(value),
                    code: "unknown-parameter",
                    message: "this address takes vendor, with the number of a vendor in the list, two to four times, and lens once"
                        .to_owned(),
                }),
            }
        }
        if problems.is_empty() {
            asked.lens = asked.lens.filter(|lens| !lens.is_empty());
            Ok(asked)
        } else {
            Err(service::Error::Fields(problems).into())
        }
    }

    /// The vendors that are asked for, in the order they are asked for.
    fn found(&self, evaluation: &Evaluation) -> Result<Vec<VendorIndex>, Error> {
        let found = |number: &usize| {
            let position = number.checked_sub(1).ok_or(Error::NotFound)?;
            let mut vendors = evaluation.vendor_indices();
            vendors.nth(position).ok_or(Error::NotFound)
        };
        self.vendors.iter().map(found).collect()
    }
}

fn render(looked: &Looked, state: &State, vendors: &[VendorIndex]) -> Result<String, Error> {
    let evaluation = looked.opened.dossier().evaluation();
    let card = looked.scorecard();
    let published = looked.publish(&card, Detail::Full);
    let places = looked.places();
    let fits = (FEWEST..=MOST).contains(&vendors.len());
    let choices = evaluation.vendor_indices().map(|vendor| Choice {
        number: number(vendor),
        name: evaluation.vendor_name(vendor),
        is_chosen: vendors.contains(&vendor),
    });
    looked.rendered(&Page {
        layout: state.layout(),
        frame: looked.frame(&format!("/compare{}", numbers(vendors))),
        here: places.record_file("compare", None),
        lens: looked.lens.as_ref().map(Lens::id),
        choices: choices.collect(),
        view: fits.then(|| compare(&published, vendors, &places)),
        why: why(looked, vendors),
    })
}

/// The page about just two.
fn why(looked: &Looked, vendors: &[VendorIndex]) -> Option<String> {
    let &[first, second] = vendors else {
        return None;
    };
    let (first, second) = (number(first), number(second));
    let lens = looked.lens.as_ref();
    let lens = lens.map_or_else(String::new, |lens| format!("&lens={}", lens.id()));
    let why = looked.places().record_file("why", None);
    Some(format!("{why}?first={first}&second={second}{lens}"))
}

fn number(vendor: VendorIndex) -> usize {
    vendor.position().saturating_add(1)
}

/// The query that asks for these vendors; nothing for none.
fn numbers(vendors: &[VendorIndex]) -> String {
    let each = vendors.iter();
    let each: Vec<String> = each
        .map(|&vendor| format!("vendor={}", number(vendor)))
        .collect();
    if each.is_empty() {
        String::new()
    } else {
        format!("?{}", each.join("&"))
    }
}
