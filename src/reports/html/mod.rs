//! The result as one self-contained HTML document: no scripts, no outside parts, fit to be mailed and printed.

mod anchors;

use askama::Template;
use thiserror::Error;

use crate::criteria::{CriteriaSet, Lens};
use crate::scoring::METHOD_VERSION;

use super::published::Published;
use super::rules::{self, Paragraph};
use super::views::criteria::{CriteriaGroup, groups};
use super::views::gates::{self, GateRow, GateTrouble};
use super::views::matrix::{self, CategoryRow, MetricRow, ScoreGroup};
use super::views::ranking::{self, Ranking};
use super::views::side::Side;
use super::views::story::{StoryView, story};
use super::views::vendors::{VendorSection, sections};
use super::words;
use anchors::Anchors;

/// Why a document could not be written.
#[derive(Debug, Error)]
#[error("the report cannot be rendered: {0}")]
pub struct RenderError(#[from] askama::Error);

/// Renders a result, which should be published in full.
///
/// # Errors
/// [`RenderError`] if the template engine fails; writing text into memory gives it no reason to.
pub fn html(published: &Published<'_>) -> Result<String, RenderError> {
    Ok(Report::new(published).render()?)
}

/// What a document says about the record it was made from.
#[derive(Debug, Clone, Copy)]
pub struct Imprint<'a> {
    /// What is decided.
    pub title: &'a str,
    /// The head of the record, as `seq:hash`.
    pub record: &'a str,
    /// Whether nobody can be named for what stands in it, so that nothing may be awarded on it.
    pub not_for_an_award: bool,
}

/// Renders a result, which should be published in full, with what is to be said about its record.
///
/// # Errors
/// As [`html`].
pub fn html_with_imprint(
    published: &Published<'_>,
    imprint: &Imprint<'_>,
) -> Result<String, RenderError> {
    let report = Report {
        imprint: Some(*imprint),
        ..Report::new(published)
    };
    Ok(report.render()?)
}

#[derive(Template)]
#[template(path = "report.html")]
struct Report<'a> {
    set: &'a CriteriaSet,
    lens: Option<&'a Lens>,
    status: &'static str,
    story: StoryView<'a>,
    ranking: Ranking<'a>,
    trouble: Vec<GateTrouble<'a>>,
    gates: Vec<Side<'a, GateRow<'a>>>,
    categories: Vec<Side<'a, CategoryRow<'a>>>,
    metrics: Vec<Side<'a, MetricRow<'a>>>,
    scores: Vec<Side<'a, ScoreGroup<'a>>>,
    vendors: Vec<VendorSection<'a>>,
    criteria: Vec<CriteriaGroup<'a>>,
    rules: Vec<Paragraph>,
    sheets: Vec<&'a str>,
    method: &'static str,
    imprint: Option<Imprint<'a>>,
}

impl<'a> Report<'a> {
    fn new(published: &'a Published<'a>) -> Self {
        let evaluation = published.evaluation;
        let set = evaluation.set();
        let here = Anchors::new(set);
        Self {
            set,
            lens: published.lens,
            status: words::result_status(published.status),
            story: story(published, &here),
            ranking: ranking::ranking(published, &here),
            trouble: gates::trouble(published, &here),
            gates: gates::rows(published, &here),
            categories: matrix::categories(published, &here),
            metrics: matrix::metrics(published, &here),
            scores: matrix::scores(published, &here),
            vendors: sections(published, &here),
            criteria: groups(set, published.lens),
            rules: rules::rules(set),
            sheets: evaluation
                .sheet_indices()
                .map(|sheet| evaluation.sheet_name(sheet))
                .collect(),
            method: METHOD_VERSION,
            imprint: None,
        }
    }
}
