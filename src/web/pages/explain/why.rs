//! Why one vendor is before another: the difference of their totals, criterion by criterion.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::criteria::Lens;
use crate::evaluation::{Evaluation, VendorIndex};
use crate::reports::Detail;
use crate::reports::filters;
use crate::reports::picture::fall::fall;
use crate::reports::views::why::{Why, why};
use crate::scoring::Scorecard;
use crate::web::pages::Address;
use crate::web::pages::pictures::Shown;
use crate::web::pages::results::{Awaits, Frame, Looked};
use crate::web::{Caller, Error, Layout, State};

/// Which two vendors are compared: their numbers in the list, from 1.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Asked {
    first: Option<usize>,
    second: Option<usize>,
    lens: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/why.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    here: String,
    lens: Option<&'a str>,
    vendors: Vec<Choice<'a>>,
    why: Option<Why<'a>>,
    fall: Option<Shown>,
    /// The same question the other way round.
    turned: String,
    trouble: Option<&'static str>,
}

/// A vendor to choose.
struct Choice<'a> {
    number: usize,
    name: &'a str,
    is_first: bool,
    is_second: bool,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, asked.lens.as_deref()).await?;
    looked.demand_results()?;
    let pair = asked.pair(&looked.scorecard(), looked.opened.dossier().evaluation())?;
    let name = format!("why {pair:?}");
    looked.page(&request, &state, name, || render(&looked, &state, pair))
}

impl Asked {
    /// The two vendors; without a word the first two of the ranking.
    fn pair(
        &self,
        card: &Scorecard,
        evaluation: &Evaluation,
    ) -> Result<Option<(VendorIndex, VendorIndex)>, Error> {
        let numbered = |number: usize| {
            let position = number.checked_sub(1).ok_or(Error::NotFound)?;
            let mut vendors = evaluation.vendor_indices();
            vendors.nth(position).ok_or(Error::NotFound)
        };
        let named = |number: Option<usize>| number.map(numbered).transpose();
        let (first, second) = (named(self.first)?, named(self.second)?);
        let ranked = || card.vendors.iter().map(|one| one.vendor);
        let Some(first) = first.or_else(|| ranked().find(|one| second != Some(*one))) else {
            return Ok(None);
        };
        let second = second.or_else(|| ranked().find(|one| *one != first));
        Ok(second.map(|second| (first, second)))
    }
}

fn render(
    looked: &Looked,
    state: &State,
    pair: Option<(VendorIndex, VendorIndex)>,
) -> Result<String, Error> {
    let evaluation = looked.opened.dossier().evaluation();
    let card = looked.scorecard();
    let published = looked.publish(&card, Detail::Full);
    let places = looked.places();
    let compared = pair.filter(|(first, second)| first != second);
    let found = compared.and_then(|pair| why(&published, &card, pair, &places));
    let number = |vendor: VendorIndex| vendor.position().saturating_add(1);
    let below = |(first, second)| {
        let (first, second) = (number(first), number(second));
        format!("/why?first={first}&second={second}")
    };
    let lens = looked.lens.as_ref().map(Lens::id);
    let turned = pair.map_or_else(String::new, |(first, second)| {
        let view = lens.map_or_else(String::new, |lens| format!("&lens={lens}"));
        format!("{}{}{view}", places.here(), below((second, first)))
    });
    looked.rendered(&Page {
        layout: state.layout(),
        frame: looked.frame(&pair.map_or_else(|| "/why".to_owned(), below)),
        here: format!("{}/why", places.here()),
        lens,
        vendors: evaluation
            .vendor_indices()
            .map(|vendor| Choice {
                number: number(vendor),
                name: evaluation.vendor_name(vendor),
                is_first: pair.is_some_and(|(first, _)| first == vendor),
                is_second: pair.is_some_and(|(_, second)| second == vendor),
            })
            .collect(),
        trouble: match (pair, compared, &found) {
            (None, _, _) => Some("There are not yet two vendors to compare."),
            (_, None, _) => Some("These are the same vendor: choose two different ones."),
            (_, _, None) => Some("One of the two has no total: nothing applies to it."),
            _ => None,
        },
        fall: found.as_ref().and_then(fall).map(|picture| {
            let file = pair.map_or_else(String::new, |(first, second)| {
                let (first, second) = (number(first), number(second));
                let view = lens.map_or_else(String::new, |lens| format!("&lens={lens}"));
                let here = places.here();
                format!("{here}/pictures/why.svg?first={first}&second={second}{view}")
            });
            Shown::new(picture, file, "").told_below()
        }),
        why: found,
        turned,
    })
}
