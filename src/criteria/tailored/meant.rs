//! Whether a text that was changed says what was meant: it is read again, and everything in it is compared.

use super::{TailoredName, Tailoring};
use crate::criteria::{Category, CriteriaSet, Criterion, Lens, Node, Weighting};
use crate::exact::Fraction;

/// Whether a set is what tailoring another one was to come to.
pub(super) fn is_as_meant(
    old: &CriteriaSet,
    tailoring: &Tailoring,
    name: &TailoredName,
    new: &CriteriaSet,
) -> bool {
    let is_named =
        new.id() == name.id && new.version() == name.version && new.title() == name.title;
    is_named
        && has_categories(old, tailoring, new)
        && has_criteria(old, tailoring, new)
        && has_lenses(old, tailoring, new)
}

fn has_categories(old: &CriteriaSet, tailoring: &Tailoring, new: &CriteriaSet) -> bool {
    let kept = old.indexed_categories();
    let kept = kept.filter(|(index, _)| tailoring.kept.has_category(*index));
    let kept: Vec<&Category> = kept.map(|(_, category)| category).collect();
    let parent = |set: &CriteriaSet, of: &Category| {
        of.parent().map(|at| Node::Category(at).id(set).to_owned())
    };
    let is_same = |(one, other): (&&Category, &Category)| {
        one.id() == other.id()
            && one.title() == other.title()
            && one.minimum() == other.minimum()
            && parent(old, one) == parent(new, other)
    };
    kept.len() == new.categories().len() && kept.iter().zip(new.categories()).all(is_same)
}

fn has_criteria(old: &CriteriaSet, tailoring: &Tailoring, new: &CriteriaSet) -> bool {
    let kept = old.indexed_criteria();
    let kept: Vec<_> = kept.filter(|(index, _)| tailoring.keeps(*index)).collect();
    let shares = Weighting::of_record(new).shares();
    let category =
        |set: &CriteriaSet, of: &Criterion| Node::Category(of.category()).id(set).to_owned();
    let mut pairs = kept.iter().zip(new.indexed_criteria());
    kept.len() == new.criteria().len()
        && pairs.all(|((was, one), (index, other))| {
            one.id() == other.id()
                && one.title() == other.title()
                && one.description() == other.description()
                && one.practices() == other.practices()
                && one.clause() == other.clause()
                && one.anchors() == other.anchors()
                && category(old, one) == category(new, other)
                && shares.of_criterion(index) == tailoring.share(*was)
        })
}

fn has_lenses(old: &CriteriaSet, tailoring: &Tailoring, new: &CriteriaSet) -> bool {
    let kept: Vec<&Lens> = tailoring.kept.lenses(old).map(|(_, lens)| lens).collect();
    let made = &tailoring.views;
    let (same, other) = new.lenses().split_at(kept.len().min(new.lenses().len()));
    let kept_weights = |lens: &Lens| -> Vec<Fraction> {
        let weights = old.indexed_criteria().zip(lens.weights());
        let weights = weights.filter(|((index, _), _)| tailoring.keeps(*index));
        weights.map(|(_, weight)| (*weight).into()).collect()
    };
    let made_weights = |weights: &[Fraction]| -> Vec<Fraction> {
        let weights = old.indexed_criteria().zip(weights);
        let weights = weights.filter(|((index, _), _)| tailoring.keeps(*index));
        weights.map(|(_, weight)| weight.clone()).collect()
    };
    kept.len() == same.len()
        && made.len() == other.len()
        && kept.iter().zip(same).all(|(one, other)| {
            one.id() == other.id()
                && one.title() == other.title()
                && is_alike(&kept_weights(one), other)
                && metrics(old, tailoring, one) == metrics_of(new, other)
        })
        && made.iter().zip(other).all(|(one, other)| {
            one.id == other.id()
                && one.title == other.title()
                && is_alike(&made_weights(&one.weights), other)
                && other.metrics().is_empty()
        })
}

/// Whether a lens weighs in the proportion of some weights.
fn is_alike(weights: &[Fraction], lens: &Lens) -> bool {
    let found: Vec<Fraction> = lens
        .weights()
        .iter()
        .map(|weight| (*weight).into())
        .collect();
    let (sum, sum_found) = (Fraction::sum(weights), Fraction::sum(&found));
    let mut pairs = weights.iter().zip(&found);
    weights.len() == found.len() && pairs.all(|(one, other)| one * &sum_found == other * &sum)
}

/// The metrics that are left, with the ids they gather.
fn metrics(set: &CriteriaSet, tailoring: &Tailoring, lens: &Lens) -> Vec<(String, Vec<String>)> {
    let metrics = lens.metrics().iter().map(|metric| {
        let members = metric.criteria().iter().filter(|at| tailoring.keeps(**at));
        let ids = members.map(|at| Node::Criterion(*at).id(set).to_owned());
        (metric.id().to_owned(), ids.collect::<Vec<_>>())
    });
    metrics.filter(|(_, ids)| !ids.is_empty()).collect()
}

fn metrics_of(set: &CriteriaSet, lens: &Lens) -> Vec<(String, Vec<String>)> {
    let metrics = lens.metrics().iter().map(|metric| {
        let ids = metric.criteria().iter();
        let ids = ids.map(|at| Node::Criterion(*at).id(set).to_owned());
        (metric.id().to_owned(), ids.collect())
    });
    metrics.collect()
}
