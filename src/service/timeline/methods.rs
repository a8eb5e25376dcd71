//! What is another thing under another criteria set: told by the two sets that are on record, not stored a third time.

use std::collections::BTreeSet;

use crate::criteria::{
    CriteriaSet, Criterion, Direction, Kind, Lens, Priced, Rated, Shares, Weighting,
};
use crate::exact::{Fraction, fixed, plain};

use super::Altered;

/// Every difference between two criteria sets that a person would ask for: weights first, then how things are judged.
pub(super) fn differences(before: &CriteriaSet, after: &CriteriaSet) -> Vec<Altered> {
    let name = |set: &CriteriaSet| format!("{} version {}", set.id(), set.version());
    let mut all = Vec::new();
    differing(
        &mut all,
        "Criteria set",
        Some(name(before)),
        Some(name(after)),
    );
    categories(&mut all, before, after);
    criteria(&mut all, before, after);
    lenses(&mut all, before, after);
    all
}

fn differing(
    all: &mut Vec<Altered>,
    what: impl Into<String>,
    before: Option<String>,
    after: Option<String>,
) {
    if before != after {
        all.push(Altered::between(what, before, after));
    }
}

/// The ids of both, in the order of the first and then of the second.
fn ids<'a>(
    before: impl Iterator<Item = &'a str>,
    after: impl Iterator<Item = &'a str>,
) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    before.chain(after).filter(|id| seen.insert(*id)).collect()
}

fn categories(all: &mut Vec<Altered>, before: &CriteriaSet, after: &CriteriaSet) {
    let share = |set: &CriteriaSet, id: &str| {
        let mut categories = set.indexed_categories();
        let (index, category) = categories.find(|(_, category)| category.id() == id)?;
        let share = Weighting::of_record(set).shares().of_category(index);
        let minimum = category.minimum();
        let gate = minimum.map_or_else(String::new, |bound| {
            format!(", at least {} percent", plain(bound))
        });
        Some(format!("{} of the whole{gate}", percent(&share)))
    };
    let of = |set: &'_ CriteriaSet| -> Vec<String> {
        let categories = set.categories().iter();
        categories.map(|one| one.id().to_owned()).collect()
    };
    let (old, new) = (of(before), of(after));
    for id in ids(
        old.iter().map(String::as_str),
        new.iter().map(String::as_str),
    ) {
        let what = format!("Category {id}");
        differing(all, what, share(before, id), share(after, id));
    }
}

fn criteria(all: &mut Vec<Altered>, before: &CriteriaSet, after: &CriteriaSet) {
    let (old, new) = (
        Weighting::of_record(before).shares(),
        Weighting::of_record(after).shares(),
    );
    let find = |set: &'_ CriteriaSet, shares: &Shares, id: &str| {
        let index = set.criterion_index(id)?;
        let criterion = set.criteria().get(index.position())?;
        let share = shares.of_criterion(index);
        let weight = match criterion.kind() {
            Kind::PassFail => "without a weight".to_owned(),
            Kind::Rated(_) | Kind::Priced(_) => {
                let weight = plain(criterion.weight());
                format!("weight {weight}, {} of the whole", percent(&share))
            }
        };
        Some((weight, judged(criterion)))
    };
    let of = |set: &'_ CriteriaSet| -> Vec<String> {
        let criteria = set.criteria().iter();
        criteria.map(|one| one.id().to_owned()).collect()
    };
    let (first, second) = (of(before), of(after));
    let (first, second) = (first.iter(), second.iter());
    for id in ids(first.map(String::as_str), second.map(String::as_str)) {
        let (one, other) = (find(before, &old, id), find(after, &new, id));
        let (weight, how) = one.unzip();
        let (weight_after, how_after) = other.unzip();
        differing(all, format!("Criterion {id}"), weight, weight_after);
        differing(all, format!("How {id} is judged"), how, how_after);
    }
}

fn lenses(all: &mut Vec<Altered>, before: &CriteriaSet, after: &CriteriaSet) {
    let told = |set: &CriteriaSet, id: &str| {
        let lens = set.lens(id)?;
        let weighed = set.criteria().iter().zip(lens.weights());
        let weighed = weighed.filter(|(_, weight)| !weight.is_zero());
        let parts: Vec<String> = weighed
            .map(|(criterion, weight)| format!("{} {}", criterion.id(), plain(*weight)))
            .collect();
        Some(parts.join(", "))
    };
    let of = |set: &'_ CriteriaSet| -> Vec<String> {
        let lenses = set.lenses().iter().map(Lens::id);
        lenses.map(str::to_owned).collect()
    };
    let (first, second) = (of(before), of(after));
    let (first, second) = (first.iter(), second.iter());
    for id in ids(first.map(String::as_str), second.map(String::as_str)) {
        let what = format!("Lens {id}");
        differing(all, what, told(before, id), told(after, id));
    }
}

fn percent(share: &Fraction) -> String {
    format!("{} %", fixed(&share.percent(), 2))
}

/// How a criterion is judged, in short.
fn judged(criterion: &Criterion) -> String {
    match criterion.kind() {
        Kind::Rated(rated) => rated_as(rated),
        Kind::Priced(priced) => priced_as(priced),
        Kind::PassFail => "pass or fail".to_owned(),
    }
}

fn rated_as(rated: &Rated) -> String {
    let scale = rated.scale();
    let mut parts = vec![format!("{} to {}", plain(scale.min()), plain(scale.max()))];
    parts.extend(
        scale
            .step()
            .map(|step| format!("in steps of {}", plain(step))),
    );
    let bound = match rated.direction() {
        Direction::Higher => "at least",
        Direction::Lower => {
            parts.push("less is better".to_owned());
            "at most"
        }
    };
    parts.extend(rated.gate().map(|gate| format!("{bound} {}", plain(gate))));
    if rated.allows_not_applicable() {
        parts.push("may be not applicable".to_owned());
    }
    parts.join(", ")
}

fn priced_as(priced: &Priced) -> String {
    let currency = priced.currency().unwrap_or("no currency");
    let mut parts = vec![format!("by price, {}, {currency}", priced.rule().name())];
    parts.extend(priced.range().map(|range| {
        let (floor, ceiling) = (plain(range.floor()), plain(range.ceiling()));
        format!("full points up to {floor}, none from {ceiling}")
    }));
    parts.extend(
        priced
            .maximum()
            .map(|bound| format!("at most {}", plain(bound))),
    );
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::SetLimits;

    fn set(version: &str, x: &str, y: &str, rest: &str) -> CriteriaSet {
        let toml = format!(
            r#"id = "own"
title = "Own"
version = "{version}"
scale = {{ min = 0, max = 5 }}
category = [{{ id = "all", title = "All" }}]
criterion = [{{ id = "X", category = "all", title = "Desk", {x} }}, {{ id = "Y", category = "all", title = "Change", {y} }}]
{rest}"#
        );
        CriteriaSet::parse(&toml, &SetLimits::default()).unwrap()
    }

    fn told(before: &CriteriaSet, after: &CriteriaSet) -> Vec<String> {
        let text = |side: Option<String>| side.unwrap_or_else(|| "nothing".to_owned());
        differences(before, after)
            .into_iter()
            .map(|one| format!("{}: {} -> {}", one.what, text(one.before), text(one.after)))
            .collect()
    }

    #[test]
    fn a_set_is_no_other_than_itself() {
        let one = set("1", "weight = 60", "weight = 40", "");
        assert_eq!(told(&one, &one), [""; 0]);
    }

    #[test]
    fn weights_are_told_from_what_to_what_and_a_scale_and_a_minimum_too() {
        let before = set("1", "weight = 60", "weight = 40", "");
        let after = set(
            "2",
            "weight = 70, minimum = 3",
            "weight = 30, scale = { min = 0, max = 10, step = 2 }",
            "",
        );
        assert_eq!(
            told(&before, &after),
            [
                "Criteria set: own version 1 -> own version 2",
                "Criterion X: weight 60, 60.00 % of the whole -> weight 70, 70.00 % of the whole",
                "How X is judged: 0 to 5 -> 0 to 5, at least 3",
                "Criterion Y: weight 40, 40.00 % of the whole -> weight 30, 30.00 % of the whole",
                "How Y is judged: 0 to 5 -> 0 to 10, in steps of 2",
            ]
        );
    }

    #[test]
    fn a_price_range_and_a_lens_that_are_new_are_told() {
        let before = set(
            "1",
            "weight = 60",
            r#"weight = 40, price = { rule = "fixed-range", currency = "EUR" }"#,
            "",
        );
        let after = set(
            "1",
            "weight = 60",
            r#"weight = 40, price = { rule = "fixed-range", currency = "EUR", floor = 1, ceiling = 9 }"#,
            "[[lens]]\nid = \"cio\"\ntitle = \"CIO\"\nweights = { X = 90, Y = 10 }\n",
        );
        assert_eq!(
            told(&before, &after),
            [
                "How Y is judged: by price, fixed-range, EUR -> by price, fixed-range, EUR, full points up to 1, none from 9",
                "Lens cio: nothing -> X 90, Y 10",
            ]
        );
    }
}
