//! One vendor's result as JSON.

use serde::Serialize;

use crate::criteria::{Category, CriteriaSet, Criterion, Metric};
use crate::reports::answers::{AnswerShown, answers};
use crate::reports::figure::Figure;
use crate::reports::published::{
    Published, PublishedCategory, PublishedCriterion, PublishedGate, PublishedVendor,
};
use crate::reports::words;
use crate::scoring::GateBound;

use super::named::{Named, NamedFigure};

#[derive(Serialize)]
pub(super) struct VendorJson<'a> {
    vendor: &'a str,
    status: &'static str,
    rank: Option<u32>,
    tied: bool,
    rank_range: Option<(u32, u32)>,
    #[serde(flatten)]
    total: Named<'a>,
    #[serde(flatten)]
    low: Named<'a>,
    #[serde(flatten)]
    high: Named<'a>,
    #[serde(flatten)]
    total_na_as_zero: NamedFigure<'a>,
    #[serde(flatten)]
    coverage: Named<'a>,
    rounding: Option<&'a str>,
    categories: Vec<CategoryJson<'a>>,
    criteria: Vec<CriterionJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metrics: Option<Vec<MetricJson<'a>>>,
    gates: Vec<GateJson<'a>>,
}

impl<'a> VendorJson<'a> {
    pub(super) fn new(published: &'a Published<'a>, vendor: &'a PublishedVendor) -> Self {
        let set = published.evaluation.set();
        let categories = vendor.categories.iter();
        let criteria = vendor.criteria.iter();
        let gates = vendor.gates.iter();
        Self {
            vendor: published.vendor_name(vendor),
            status: words::vendor_status(vendor.status),
            rank: vendor.rank,
            tied: vendor.tied,
            rank_range: vendor.rank_range,
            total: Named::number("total", vendor.total.known.as_ref()),
            low: Named::number("low", vendor.total.low.as_ref()),
            high: Named::number("high", vendor.total.high.as_ref()),
            total_na_as_zero: NamedFigure {
                name: "total_na_as_zero",
                figure: &vendor.total_na_as_zero,
            },
            coverage: Named::number("coverage", vendor.coverage.as_ref()),
            rounding: vendor.rounding.as_deref(),
            categories: categories
                .map(|category| CategoryJson::new(set, category))
                .collect(),
            criteria: criteria
                .map(|criterion| CriterionJson::new(published, vendor, criterion))
                .collect(),
            metrics: published.lens.map(|lens| {
                let metrics = lens.metrics().iter().zip(&vendor.metrics);
                metrics
                    .map(|(metric, figure)| MetricJson::new(metric, figure.as_ref()))
                    .collect()
            }),
            gates: gates.map(|gate| GateJson::new(set, gate)).collect(),
        }
    }
}

#[derive(Serialize)]
struct CategoryJson<'a> {
    id: &'a str,
    title: &'a str,
    parent: Option<&'a str>,
    #[serde(flatten)]
    share: Named<'a>,
    #[serde(flatten)]
    percent: NamedFigure<'a>,
    #[serde(flatten)]
    contribution: NamedFigure<'a>,
}

impl<'a> CategoryJson<'a> {
    fn new(set: &'a CriteriaSet, published: &'a PublishedCategory) -> Self {
        let category = set.categories().get(published.category.position());
        let parent = category.and_then(Category::parent);
        let parent = parent.and_then(|parent| set.categories().get(parent.position()));
        Self {
            id: category.map_or("", Category::id),
            title: category.map_or("", Category::title),
            parent: parent.map(Category::id),
            share: Named::number("share", published.share.as_ref()),
            percent: NamedFigure {
                name: "percent",
                figure: &published.percent,
            },
            contribution: NamedFigure {
                name: "contribution",
                figure: &published.contribution,
            },
        }
    }
}

#[derive(Serialize)]
struct CriterionJson<'a> {
    id: &'a str,
    title: &'a str,
    category: &'a str,
    state: &'static str,
    #[serde(flatten)]
    score: Named<'a>,
    #[serde(flatten)]
    points: NamedFigure<'a>,
    #[serde(flatten)]
    share: Named<'a>,
    #[serde(flatten)]
    contribution: NamedFigure<'a>,
    conflict: bool,
    no_responses: usize,
    owed_by: Vec<&'a str>,
    answers: Vec<AnswerShown<'a>>,
}

impl<'a> CriterionJson<'a> {
    fn new(
        published: &'a Published<'a>,
        vendor: &'a PublishedVendor,
        cell: &'a PublishedCriterion,
    ) -> Self {
        let evaluation = published.evaluation;
        let set = evaluation.set();
        let criterion = set.criteria().get(cell.criterion.position());
        let category =
            criterion.and_then(|found| set.categories().get(found.category().position()));
        Self {
            id: criterion.map_or("", Criterion::id),
            title: criterion.map_or("", Criterion::title),
            category: category.map_or("", Category::id),
            state: words::state(cell.state),
            score: Named::printed("score", cell.score.as_ref()),
            points: NamedFigure {
                name: "points",
                figure: &cell.points,
            },
            share: Named::number("share", cell.share.as_ref()),
            contribution: NamedFigure {
                name: "contribution",
                figure: &cell.contribution,
            },
            conflict: cell.conflict,
            no_responses: cell.no_responses,
            owed_by: published.evaluator_names(&cell.owed_by),
            answers: answers(published, vendor.vendor, cell.criterion),
        }
    }
}

#[derive(Serialize)]
struct MetricJson<'a> {
    id: &'a str,
    title: &'a str,
    weighed: bool,
    #[serde(flatten)]
    percent: Named<'a>,
    #[serde(flatten)]
    low: Named<'a>,
    #[serde(flatten)]
    high: Named<'a>,
}

impl<'a> MetricJson<'a> {
    fn new(metric: &'a Metric, figure: Option<&'a Figure>) -> Self {
        Self {
            id: metric.id(),
            title: metric.title(),
            weighed: figure.is_some(),
            percent: Named::number("percent", figure.and_then(|figure| figure.known.as_ref())),
            low: Named::number("low", figure.and_then(|figure| figure.low.as_ref())),
            high: Named::number("high", figure.and_then(|figure| figure.high.as_ref())),
        }
    }
}

#[derive(Serialize)]
struct GateJson<'a> {
    on: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<&'static str>,
    #[serde(flatten)]
    value: Named<'a>,
    #[serde(flatten)]
    low: Option<Named<'a>>,
    #[serde(flatten)]
    high: Option<Named<'a>>,
    outcome: &'static str,
}

impl<'a> GateJson<'a> {
    fn new(set: &'a CriteriaSet, gate: &'a PublishedGate) -> Self {
        let (minimum, maximum, required) = match gate.bound {
            GateBound::Minimum(bound) => (Some(bound.to_string()), None, None),
            GateBound::Maximum(bound) => (None, Some(bound.to_string()), None),
            GateBound::Pass => (None, None, Some("pass")),
        };
        let end = |name, number| Some(Named::number(name, Some(number)));
        Self {
            on: words::gate_on(set, gate.on),
            minimum,
            maximum,
            required,
            value: Named::printed("value", gate.value.as_ref()),
            low: gate.low.as_ref().and_then(|low| end("value_low", low)),
            high: gate.high.as_ref().and_then(|high| end("value_high", high)),
            outcome: words::outcome(gate.outcome),
        }
    }
}
