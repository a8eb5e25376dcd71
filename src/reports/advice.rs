//! The advice beside a record: what other weights, fewer vendors or other evaluators would make of the result.
//!
//! It is a document of its own, dated, and no part of the record.

use std::sync::Arc;

use askama::Template;
use jiff::Timestamp;

use crate::criteria::{CriteriaSet, Lens, Weighting};
use crate::evaluation::Evaluation;
use crate::reports::filters;
use crate::scoring::agreement::Agreement;
use crate::scoring::{Assessment, Scorecard, firmness as firm};

use super::html::RenderError;
use super::paper::{Paper, minute};
use super::publish::publish;
use super::published::{Detail, Published};
use super::views::Nowhere;
use super::views::draws::{DrawsView, draws};
use super::views::firmness::{FirmnessView, firmness};
use super::views::lenses::{LensesView, Seen, lenses};
use super::views::missing::{MissingView, missing};
use super::views::mix::{MixView, mix};
use super::views::opinions::{OpinionsView, opinions};
use super::views::panel::{PanelView, panel};
use super::words;

/// The most mixes of two views that are laid out.
const MIXES: usize = 10;

/// What an advice says about the record it was made beside.
#[derive(Debug, Clone, Copy)]
pub struct AdviceImprint<'a> {
    /// What is decided.
    pub title: &'a str,
    /// The head of the record, as `seq:hash`.
    pub record: &'a str,
    /// When it is made.
    pub at: Timestamp,
    /// Whether nobody can be named for what stands in the record.
    pub not_for_an_award: bool,
    /// What is decided, why and by how many people; none before that.
    pub decided: Option<&'a str>,
}

/// What an advice is made of.
#[derive(Debug, Clone, Copy)]
pub struct Advised<'a> {
    /// The evaluation.
    pub evaluation: &'a Evaluation,
    /// The result under the record's weights.
    pub record: &'a Arc<Scorecard>,
    /// The results through the lenses, in the order of the set.
    pub lenses: &'a [Arc<Scorecard>],
    /// How firm the result is.
    pub assessment: &'a Assessment,
    /// How the evaluators compare, for whoever may see that.
    pub agreement: Option<&'a Agreement>,
}

#[derive(Template)]
#[template(path = "advice.html")]
struct Advice<'a> {
    imprint: &'a AdviceImprint<'a>,
    set: &'a CriteriaSet,
    made: String,
    paper: Paper,
    status: &'static str,
    view: FirmnessView,
    draws: DrawsView,
    opinions: OpinionsView,
    heads: Vec<&'a str>,
    side: LensesView,
    mixes: Vec<Mixed<'a>>,
    missing: MissingView,
    people: Option<PanelView>,
}

/// The way from one view to another.
struct Mixed<'a> {
    one: &'a str,
    other: &'a str,
    view: MixView,
}

/// One view of the same scores.
struct Viewed<'a> {
    /// At the head of a column, and at the beginning of a sentence.
    title: &'a str,
    /// In the middle of one.
    inside: &'a str,
    weighting: Weighting,
    card: &'a Scorecard,
    published: Published<'a>,
}

/// Renders the advice.
///
/// # Errors
/// [`RenderError`] if the template engine fails; writing text into memory gives it no reason to.
pub fn advice(advised: &Advised<'_>, imprint: &AdviceImprint<'_>) -> Result<String, RenderError> {
    let Advised {
        evaluation,
        record,
        assessment,
        agreement,
        ..
    } = *advised;
    let set: &CriteriaSet = evaluation.set();
    let viewed = views(advised);
    let seen: Vec<Seen<'_>> = viewed.iter().map(Viewed::seen).collect();
    let people = agreement.map(|agreement| {
        panel(
            evaluation,
            agreement,
            &assessment.firmness.leave_outs,
            &Nowhere,
        )
    });
    let advice = Advice {
        imprint,
        set,
        made: minute(imprint.at),
        paper: Paper::new(set, Some(imprint.record), Some(imprint.at)),
        status: words::result_status(record.status),
        view: firmness(
            evaluation,
            record,
            &assessment.firmness,
            &assessment.verdict,
            assessment.first_in_band.as_ref(),
            &Nowhere,
        ),
        draws: draws(
            evaluation,
            &Weighting::of_record(set),
            &assessment.drawn,
            &Nowhere,
        ),
        opinions: opinions(evaluation, record, &assessment.opinions, &Nowhere),
        heads: viewed.iter().map(|one| one.title).collect(),
        side: lenses(evaluation, &seen, &Nowhere),
        mixes: mixes(evaluation, record, &viewed),
        missing: missing(evaluation, record, &Nowhere),
        people,
    };
    Ok(advice.render()?)
}

fn views<'a>(advised: &Advised<'a>) -> Vec<Viewed<'a>> {
    let evaluation = advised.evaluation;
    let set: &'a CriteriaSet = evaluation.set();
    let view = |lens: Option<&'a Lens>, card: &'a Scorecard| Viewed {
        title: lens.map_or("Record", Lens::title),
        inside: lens.map_or("the record", Lens::title),
        weighting: lens.map_or_else(
            || Weighting::of_record(set),
            |lens| Weighting::of_lens(set, lens),
        ),
        published: publish(evaluation, card, Detail::Ranking),
        card,
    };
    let through = set.lenses().iter().zip(advised.lenses);
    let through = through.map(|(lens, card)| view(Some(lens), card));
    std::iter::once(view(None, advised.record))
        .chain(through)
        .collect()
}

impl Viewed<'_> {
    fn seen(&self) -> Seen<'_> {
        Seen {
            title: self.title,
            card: self.card,
            published: &self.published,
        }
    }
}

/// Between any two views, the first ones first.
fn mixes<'a>(evaluation: &Evaluation, record: &Scorecard, viewed: &[Viewed<'a>]) -> Vec<Mixed<'a>> {
    let pairs = viewed.iter().enumerate().flat_map(|(place, one)| {
        let others = viewed.iter().skip(place.saturating_add(1));
        others.map(move |other| (one, other))
    });
    let mixed = pairs.take(MIXES).map(|(one, other)| {
        let way = firm::mix(evaluation.set(), record, &one.weighting, &other.weighting);
        Mixed {
            one: one.inside,
            other: other.inside,
            view: mix(evaluation, &way, other.inside, &Nowhere),
        }
    });
    mixed.collect()
}
