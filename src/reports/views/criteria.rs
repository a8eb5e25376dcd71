//! What is asked for: every criterion with its weight, gate, scale, anchors, practices and clause.

use rust_decimal::Decimal;

use crate::criteria::{
    CriteriaSet, Criterion, CriterionIndex, Direction, Kind, Lens, Priced, Rated, Shares, Weighting,
};
use crate::exact;

use super::tree;

/// One category and its criteria.
pub(crate) struct CriteriaGroup<'a> {
    pub(crate) number: Option<usize>,
    pub(crate) title: &'a str,
    pub(crate) description: Option<&'a str>,
    pub(crate) share: String,
    pub(crate) minimum: Option<String>,
    pub(crate) rows: Vec<CriterionRow<'a>>,
}

/// One criterion as it is asked.
pub(crate) struct CriterionRow<'a> {
    pub(crate) anchor: String,
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) description: Option<&'a str>,
    pub(crate) weight: String,
    pub(crate) share: String,
    pub(crate) judged: String,
    pub(crate) gate: Option<String>,
    pub(crate) practices: String,
    pub(crate) clause: Option<&'a str>,
    pub(crate) anchors: Vec<(String, &'a str)>,
}

/// How the record and every lens weigh the same criteria.
pub(crate) struct LensWeights<'a> {
    /// The heads of the columns: the record, and the title of each lens.
    pub(crate) heads: Vec<&'a str>,
    pub(crate) rows: Vec<LensWeightRow<'a>>,
}

/// The shares of one criterion: in the record, then in each lens.
pub(crate) struct LensWeightRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) shares: Vec<String>,
}

/// Every criterion's share in the record and in every lens; `None` if the set has no lens.
pub(crate) fn lens_weights(set: &CriteriaSet) -> Option<LensWeights<'_>> {
    if set.lenses().is_empty() {
        return None;
    }
    let lenses = set.lenses().iter();
    let views = std::iter::once(None).chain(lenses.clone().map(Some));
    let views: Vec<Shares> = views.map(|lens| weighting(set, lens).shares()).collect();
    let rows = set.indexed_criteria().map(|(index, criterion)| {
        let shares = views
            .iter()
            .map(|shares| percent(&shares.of_criterion(index)));
        LensWeightRow {
            id: criterion.id(),
            title: criterion.title(),
            shares: shares.collect(),
        }
    });
    Some(LensWeights {
        heads: std::iter::once("Record")
            .chain(lenses.map(Lens::title))
            .collect(),
        rows: rows.collect(),
    })
}

/// The set's criteria with the weights of the record, or of a lens.
pub(crate) fn groups<'a>(set: &'a CriteriaSet, lens: Option<&Lens>) -> Vec<CriteriaGroup<'a>> {
    let shares = weighting(set, lens).shares();
    let nodes = tree::nodes(set).into_iter();
    nodes
        .map(|node| {
            let criteria = set.indexed_criteria();
            let within = criteria.filter(|(_, criterion)| criterion.category() == node.index);
            CriteriaGroup {
                number: node.number,
                title: node.category.title(),
                description: node.category.description(),
                share: percent(&shares.of_category(node.index)),
                minimum: node.category.minimum().map(exact::plain),
                rows: within
                    .map(|(index, criterion)| with_share(&shares, lens, index, criterion))
                    .collect(),
            }
        })
        .collect()
}

/// One criterion with its weight of the record, or of a lens.
pub(crate) fn row<'a>(
    set: &CriteriaSet,
    lens: Option<&Lens>,
    index: CriterionIndex,
    criterion: &'a Criterion,
) -> CriterionRow<'a> {
    with_share(&weighting(set, lens).shares(), lens, index, criterion)
}

fn weighting(set: &CriteriaSet, lens: Option<&Lens>) -> Weighting {
    lens.map_or_else(
        || Weighting::of_record(set),
        |lens| Weighting::of_lens(set, lens),
    )
}

fn with_share<'a>(
    shares: &Shares,
    lens: Option<&Lens>,
    index: CriterionIndex,
    criterion: &'a Criterion,
) -> CriterionRow<'a> {
    let of_lens = lens.and_then(|lens| lens.weights().get(index.position()));
    let weight = of_lens.copied().unwrap_or_else(|| criterion.weight());
    CriterionRow {
        anchor: anchor(criterion),
        id: criterion.id(),
        title: criterion.title(),
        description: criterion.description(),
        weight: weight_text(criterion, weight),
        share: percent(&shares.of_criterion(index)),
        judged: judged(criterion),
        gate: gate(criterion),
        practices: criterion.practices().join(", "),
        clause: criterion.clause(),
        anchors: anchors(criterion),
    }
}

fn percent(share: &exact::Fraction) -> String {
    exact::fixed(&share.percent(), exact::PLACES)
}

/// What a criterion is called in the list of all of them.
pub(crate) fn anchor(criterion: &Criterion) -> String {
    format!("criterion-{}", criterion.id())
}

fn weight_text(criterion: &Criterion, weight: Decimal) -> String {
    match criterion.kind() {
        Kind::PassFail => "none".to_owned(),
        Kind::Rated(_) | Kind::Priced(_) => exact::plain(weight),
    }
}

fn anchors(criterion: &Criterion) -> Vec<(String, &str)> {
    let anchors = criterion.anchors().iter();
    anchors
        .map(|(score, text)| (exact::plain(*score), text.as_str()))
        .collect()
}

fn judged(criterion: &Criterion) -> String {
    match criterion.kind() {
        Kind::Rated(rated) => rated_text(rated),
        Kind::Priced(priced) => priced_text(priced),
        Kind::PassFail => "pass or fail; a fail disqualifies".to_owned(),
    }
}

fn rated_text(rated: &Rated) -> String {
    let scale = rated.scale();
    let mut text = format!(
        "{} to {}",
        exact::plain(scale.min()),
        exact::plain(scale.max())
    );
    if let Some(step) = scale.step() {
        text.push_str(&format_step(step));
    }
    if rated.direction() == Direction::Lower {
        text.push_str(", lower is better");
    }
    if rated.allows_not_applicable() {
        text.push_str("; may be not applicable");
    }
    text
}

fn format_step(step: Decimal) -> String {
    format!(" in steps of {}", exact::plain(step))
}

fn priced_text(priced: &Priced) -> String {
    let currency = priced.currency().unwrap_or_default();
    let text = match priced.range() {
        Some(range) => format!(
            "price, {}: full points at {} {currency} or less, none at {} {currency} or more",
            priced.rule().name(),
            exact::plain(range.floor()),
            exact::plain(range.ceiling()),
        ),
        None => format!("price in {currency}, {}", priced.rule().name()),
    };
    text.replace("  ", " ").replace(" ,", ",")
}

fn gate(criterion: &Criterion) -> Option<String> {
    match criterion.kind() {
        Kind::Rated(rated) => {
            let bound = exact::plain(rated.gate()?);
            Some(match rated.direction() {
                Direction::Higher => format!("at least {bound}"),
                Direction::Lower => format!("at most {bound}"),
            })
        }
        Kind::Priced(priced) => Some(format!("at most {}", exact::plain(priced.maximum()?))),
        Kind::PassFail => Some("a pass".to_owned()),
    }
}
