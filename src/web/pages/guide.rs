//! The guide: how every number is computed, which files are taken, what a refusal means, and the words.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::reports::filters;
use crate::web::page::page;
use crate::web::{Error, Layout, State};

/// Something the guide tells about; its place on the page is what links lead to.
pub(super) struct Topic {
    pub(super) anchor: &'static str,
    pub(super) title: &'static str,
}

/// All of it, in the order of the page.
pub(super) const TOPICS: [Topic; 19] = [
    topic("score", "Score of a criterion"),
    topic("points", "Points"),
    topic("price", "Price points"),
    topic("share", "Share"),
    topic("contribution", "Contribution"),
    topic("total", "Total"),
    topic("rounding", "Rounding"),
    topic("coverage", "Coverage"),
    topic("not-applicable", "Not applicable"),
    topic("rank", "Rank"),
    topic("rank-range", "Rank range"),
    topic("gates", "Gates"),
    topic("lens", "Lenses and metrics"),
    topic("verdict", "Verdict: how firm first place is"),
    topic("agreement", "How evaluators agree"),
    topic("files", "Files that are taken"),
    topic("problems", "What a refusal means"),
    topic("words", "Words"),
    topic("keys", "Keys"),
];

const fn topic(anchor: &'static str, title: &'static str) -> Topic {
    Topic { anchor, title }
}

#[derive(Template)]
#[template(path = "pages/guide.html")]
struct Page {
    layout: Layout,
    topics: &'static [Topic],
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let template = Page {
        layout: state.layout(),
        topics: &TOPICS,
    };
    page(&request, &template)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_its_place_on_the_page() {
        let page = include_str!("../../../templates/pages/guide.html");
        for Topic { anchor, title } in &TOPICS {
            let heading = format!("<h2 id=\"{anchor}\">{title}</h2>");
            assert!(page.contains(&heading), "{heading}");
        }
        assert_eq!(page.matches("<h2 id=").count(), TOPICS.len());
    }
}
