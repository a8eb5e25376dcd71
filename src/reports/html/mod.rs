//! The result as one self-contained HTML document: no scripts, no outside parts, fit to be mailed and printed.

mod anchors;

use askama::Template;
use jiff::Timestamp;
use thiserror::Error;

use crate::criteria::{CriteriaSet, Lens};
use crate::reports::filters;
use crate::scoring::METHOD_VERSION;

use super::paper::{Paper, minute};
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
#[derive(Debug, Clone)]
pub struct Imprint<'a> {
    /// What is decided.
    pub title: &'a str,
    /// The head of the record, as `seq:hash`.
    pub record: &'a str,
    /// Whether nobody can be named for what stands in it, so that nothing may be awarded on it.
    pub not_for_an_award: bool,
    /// When it is made.
    pub at: Timestamp,
    /// The digest of the method sheet, if one was made when the method was frozen.
    pub method_sheet: Option<String>,
    /// The decision, once it is recorded.
    pub decision: Option<Resolution<'a>>,
    /// How many people decided, as a sentence goes on.
    pub persons: Option<String>,
    /// The lock on the result, while it is locked.
    pub lock: Option<Resolution<'a>>,
    /// The result that was pinned, held against the one of now.
    pub pinned: Option<PinLine<'a>>,
    /// Who is recused, one sentence each.
    pub recusals: Vec<String>,
    /// What each evaluator declared about conflicts of interest, and when.
    pub declarations: Vec<Declared<'a>>,
}

/// What an evaluator declared about conflicts of interest.
#[derive(Debug, Clone)]
pub struct Declared<'a> {
    /// The evaluator.
    pub evaluator: &'a str,
    /// What they declared, as a sentence goes on.
    pub told: String,
    /// Who said so.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
}

/// What somebody resolved.
#[derive(Debug, Clone, Copy)]
pub struct Resolution<'a> {
    /// The vendor it is about, if it is about one.
    pub vendor: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// Who.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
}

/// A result that was pinned.
#[derive(Debug, Clone)]
pub struct PinLine<'a> {
    /// Its digest.
    pub sha256: String,
    /// The head of the record it was computed from.
    pub record: &'a str,
    /// Whether the result of now is the same.
    pub matches: bool,
}

/// Renders a result, which should be published in full, with what is to be said about its record.
///
/// # Errors
/// As [`html`].
pub fn html_with_imprint(
    published: &Published<'_>,
    imprint: &Imprint<'_>,
) -> Result<String, RenderError> {
    let set = published.evaluation.set();
    let report = Report {
        paper: Paper::new(set, Some(imprint.record), Some(imprint.at)),
        imprint: Some(ImprintView::new(imprint)),
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
    imprint: Option<ImprintView<'a>>,
    paper: Paper,
}

/// An imprint in finished texts.
struct ImprintView<'a> {
    title: &'a str,
    record: &'a str,
    not_for_an_award: bool,
    made: String,
    method_sheet: Option<&'a str>,
    decision: Option<ResolutionView<'a>>,
    persons: &'a str,
    lock: Option<ResolutionView<'a>>,
    pinned: Option<&'a PinLine<'a>>,
    recusals: &'a [String],
    declarations: Vec<DeclaredView<'a>>,
}

struct ResolutionView<'a> {
    vendor: Option<&'a str>,
    reason: &'a str,
    by: &'a str,
    at: String,
}

impl<'a> ImprintView<'a> {
    fn new(imprint: &'a Imprint<'a>) -> Self {
        Self {
            title: imprint.title,
            record: imprint.record,
            not_for_an_award: imprint.not_for_an_award,
            made: minute(imprint.at),
            method_sheet: imprint.method_sheet.as_deref(),
            decision: imprint.decision.map(ResolutionView::new),
            persons: imprint.persons.as_deref().unwrap_or_default(),
            lock: imprint.lock.map(ResolutionView::new),
            pinned: imprint.pinned.as_ref(),
            recusals: &imprint.recusals,
            declarations: imprint.declarations.iter().map(DeclaredView::new).collect(),
        }
    }
}

struct DeclaredView<'a> {
    evaluator: &'a str,
    told: &'a str,
    by: &'a str,
    at: String,
}

impl<'a> DeclaredView<'a> {
    fn new(declared: &'a Declared<'a>) -> Self {
        Self {
            evaluator: declared.evaluator,
            told: &declared.told,
            by: declared.by,
            at: minute(declared.at),
        }
    }
}

impl<'a> ResolutionView<'a> {
    fn new(resolution: Resolution<'a>) -> Self {
        Self {
            vendor: resolution.vendor,
            reason: resolution.reason,
            by: resolution.by,
            at: minute(resolution.at),
        }
    }
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
            rules: rules_of(published),
            sheets: evaluation
                .sheet_indices()
                .map(|sheet| evaluation.sheet_name(sheet))
                .collect(),
            method: METHOD_VERSION,
            imprint: None,
            paper: Paper::new(set, None, None),
        }
    }
}

/// The rules that a result rests on; how close a win is only where advice may stand.
fn rules_of(published: &Published<'_>) -> Vec<Paragraph> {
    let set = published.evaluation.set();
    let close = (!published.is_record).then(|| rules::clear_winner(set));
    rules::rules(set).into_iter().chain(close).collect()
}
