//! The result as one self-contained HTML document: no scripts, no outside parts, fit to be mailed and printed.

mod criteria;
mod gates;
mod matrix;
mod ranking;
mod rules;
mod tree;
mod vendors;

use askama::Template;
use thiserror::Error;

use crate::criteria::{CriteriaSet, Lens};
use crate::scoring::{METHOD_VERSION, ResultStatus};

use super::published::{Published, PublishedNotice};
use super::words;
use criteria::CriteriaGroup;
use gates::{GateRow, GateTrouble};
use matrix::{CategoryRow, MetricRow, ScoreGroup};
use ranking::{LegendItem, RankRow};
use rules::Paragraph;
use vendors::VendorSection;

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
    is_final: bool,
    headline: &'a str,
    because: Option<&'a str>,
    notices: &'a [PublishedNotice],
    missing: &'a [String],
    ranking: Vec<RankRow<'a>>,
    legend: Vec<LegendItem<'a>>,
    trouble: Vec<GateTrouble<'a>>,
    gates: Vec<GateRow<'a>>,
    categories: Vec<CategoryRow<'a>>,
    metrics: Vec<MetricRow<'a>>,
    scores: Vec<ScoreGroup<'a>>,
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
        let story = &published.story;
        Self {
            set,
            lens: published.lens,
            status: words::result_status(published.status),
            is_final: published.status == ResultStatus::Final,
            headline: &story.headline,
            because: story.because.as_deref(),
            notices: &published.notices,
            missing: &story.missing,
            ranking: ranking::rows(published),
            legend: ranking::legend(set),
            trouble: gates::trouble(published),
            gates: gates::rows(published),
            categories: matrix::categories(published),
            metrics: matrix::metrics(published),
            scores: matrix::scores(published),
            vendors: vendors::sections(published),
            criteria: criteria::groups(set, published.lens),
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
