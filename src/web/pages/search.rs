//! Search within one evaluation, by words that are compared as names are.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::criteria::{Category, Criterion};
use crate::table::name::fold;
use crate::web::page::page;
use crate::web::{Caller, Error, Layout, State};

use super::Address;
use super::explain::closer;
use super::guide::TOPICS;
use super::results::{Frame, Looked};
use super::steps::Strip;

/// The most that is listed of one kind; the rest is counted.
const MOST: usize = 50;

/// What is looked for.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "pages/search.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    strip: Strip,
    asked: &'a str,
    groups: Vec<Group>,
}

/// What was found of one kind.
struct Group {
    title: &'static str,
    hits: Vec<Hit>,
    more: usize,
}

/// Something that was found.
struct Hit {
    text: String,
    beside: String,
    href: String,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, None).await?;
    let groups = [
        ("Vendors", vendors(&looked)),
        ("Criteria", criteria(&looked)),
        ("Evaluators", evaluators(&looked)),
        ("Sheets", sheets(&looked)),
        ("Pages", pages(&looked)),
        ("Guide", guide()),
    ];
    let words = words_of(&asked.q);
    let found = groups.into_iter();
    let found = found.filter_map(|(title, hits)| matching(title, hits, &words));
    let template = Page {
        layout: state.layout(),
        frame: looked.frame("/search"),
        strip: Strip::new(&looked.opened, looked.ways(), None),
        asked: asked.q.trim(),
        groups: found.collect(),
    };
    page(&request, &template)
}

fn words_of(asked: &str) -> Vec<String> {
    let folded = fold(asked);
    folded.split_whitespace().map(str::to_owned).collect()
}

/// Those in which every word occurs; none if nothing is looked for.
fn matching(title: &'static str, hits: Vec<Hit>, words: &[String]) -> Option<Group> {
    let is_hit = |hit: &Hit| {
        let text = fold(&format!("{} {}", hit.text, hit.beside));
        !words.is_empty() && words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut hits: Vec<Hit> = hits.into_iter().filter(is_hit).collect();
    let more = hits.len().saturating_sub(MOST);
    hits.truncate(MOST);
    (!hits.is_empty()).then_some(Group { title, hits, more })
}

fn hit(text: impl Into<String>, beside: impl Into<String>, href: String) -> Hit {
    Hit {
        text: text.into(),
        beside: beside.into(),
        href,
    }
}

fn vendors(looked: &Looked) -> Vec<Hit> {
    let evaluation = looked.opened.dossier().evaluation();
    let places = looked.places();
    let vendors = evaluation.vendor_indices().map(|vendor| {
        let href = if looked.shows {
            places.vendor(vendor.position(), "")
        } else {
            format!("{}/people#vendor-list", places.here())
        };
        hit(evaluation.vendor_name(vendor), "", href)
    });
    vendors.collect()
}

fn criteria(looked: &Looked) -> Vec<Hit> {
    let places = looked.places();
    let set = looked.opened.dossier().set();
    let category = |one: &Criterion| set.categories().get(one.category().position());
    let criteria = set.criteria().iter().map(|one| {
        let category = category(one).map_or("", Category::title);
        let about = one.description().unwrap_or_default();
        let beside = format!("{} {about} {category}", one.id());
        let href = format!("{}/criteria/{}", places.here(), one.id());
        hit(one.title(), beside.trim(), href)
    });
    criteria.collect()
}

fn evaluators(looked: &Looked) -> Vec<Hit> {
    let evaluation = looked.opened.dossier().evaluation();
    let href = format!("{}/sheets#progress", looked.places().here());
    let evaluators = evaluation.evaluator_indices();
    evaluators
        .map(|one| hit(evaluation.evaluator_name(one), "", href.clone()))
        .collect()
}

fn sheets(looked: &Looked) -> Vec<Hit> {
    let dossier = looked.opened.dossier();
    let places = looked.places();
    let sheets = dossier.filings().iter().map(|filing| {
        let name = dossier.evaluation().sheet_name(filing.sheet);
        let number = filing.number;
        let href = format!("{}/sheets/{number}", places.here());
        hit(name, format!("sheet {number}"), href)
    });
    sheets.collect()
}

/// The pages of the steps, and those that explain the result where it shows.
fn pages(looked: &Looked) -> Vec<Hit> {
    const STEPS: [(&str, &str); 7] = [
        ("method", "Method"),
        ("criteria", "Criteria and weights"),
        ("people", "Vendors and people"),
        ("handout", "Hand out sheets"),
        ("sheets", "Collect the score sheets"),
        ("settle", "Exclude, recuse, close scoring"),
        ("decide", "Decide and record"),
    ];
    let places = looked.places();
    let steps = STEPS.iter();
    let steps = steps.map(|(path, title)| hit(*title, "", format!("{}/{path}", places.here())));
    let closer = if looked.shows {
        closer(looked, &looked.scorecard())
    } else {
        Vec::new()
    };
    let closer = closer.into_iter();
    let closer = closer.map(|page| hit(page.text, page.what, page.href));
    steps.chain(closer).collect()
}

fn guide() -> Vec<Hit> {
    let topics = TOPICS.iter();
    topics
        .map(|topic| hit(topic.title, "", format!("/guide#{}", topic.anchor)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(asked: &str) -> Vec<String> {
        let hits = ["Straße Süd", "Acme  Desk"].map(|text| hit(text, "SEC-SSO", String::new()));
        let group = matching("Vendors", hits.into(), &words_of(asked));
        let hits = group.map(|group| group.hits).unwrap_or_default();
        hits.into_iter().map(|hit| hit.text).collect()
    }

    #[test]
    fn every_word_must_occur_however_it_is_written() {
        assert_eq!(found("STRASSE"), ["Straße Süd"]);
        assert_eq!(found("su\u{308}d sec"), ["Straße Süd"]);
        assert_eq!(found(" desk   acme "), ["Acme  Desk"]);
        assert_eq!(found("acme süd"), [""; 0]);
    }

    #[test]
    fn nothing_looked_for_is_nothing_found() {
        assert_eq!(found("  "), [""; 0]);
    }
}
