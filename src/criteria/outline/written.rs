//! The criteria of a spreadsheet as the text of a set.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::exact::plain;
use crate::table::name::fold;

use super::draft::{Branch, Draft, Kind};
use super::scale::SaidScale;
use super::terms::Price;

/// What is written of a set.
pub(super) struct Written<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) rules: &'a [(&'static str, String)],
    pub(super) scale: Option<SaidScale>,
    pub(super) branches: Vec<Branch>,
    /// Each with its id and that of its category.
    pub(super) criteria: Vec<(&'a Draft, String, String)>,
}

/// The categories that criteria name, each weighing the sum of its criteria; `Err` with a criterion whose weight is too much.
pub(super) fn branches(
    drafts: &[Draft],
    taken: &mut BTreeSet<String>,
) -> Result<Vec<Branch>, usize> {
    let mut branches: Vec<Branch> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let weight = draft.weight.value();
        let known = branches
            .iter_mut()
            .find(|branch| fold(&branch.title) == fold(&draft.category));
        if let Some(branch) = known {
            let sum = branch.weight.unwrap_or_default().checked_add(weight);
            branch.weight = Some(sum.ok_or(at)?);
        } else {
            branches.push(Branch {
                id: slug(&draft.category, taken),
                title: draft.category.clone(),
                parent: None,
                weight: Some(weight),
                minimum: None,
            });
        }
    }
    Ok(branches)
}

impl Written<'_> {
    /// The text of the set.
    pub(super) fn text(&self) -> String {
        // Weights that add up to 100 are points as they stand; any other sum is relative, which keeps every number as typed.
        let is_flat = self.branches.iter().all(|branch| branch.parent.is_none());
        let weights = || {
            self.criteria
                .iter()
                .map(|(draft, _, _)| draft.weight.value())
        };
        let sum = weights().try_fold(Decimal::ZERO, Decimal::checked_add);
        let is_points = is_flat && sum == Some(Decimal::ONE_HUNDRED);
        let mut out = String::new();
        // Writing to a text does not fail.
        let _ = writeln!(
            out,
            "id = {}\ntitle = {}\nversion = \"1\"\nweights = \"{}\"",
            quoted(self.id),
            quoted(self.title),
            if is_points { "points" } else { "relative" }
        );
        if let Some(scale) = self.scale {
            let _ = writeln!(
                out,
                "\n[scale]\nmin = {}\nmax = {}",
                plain(scale.min),
                plain(scale.max)
            );
            if let Some(step) = scale.step {
                let _ = writeln!(out, "step = {}", plain(step));
            }
        }
        if !self.rules.is_empty() {
            let _ = writeln!(out, "\n[rules]");
            for (key, value) in self.rules {
                let _ = writeln!(out, "{key} = {value}");
            }
        }
        for branch in &self.branches {
            let _ = writeln!(
                out,
                "\n[[category]]\nid = {}\ntitle = {}",
                quoted(&branch.id),
                quoted(&branch.title)
            );
            if let Some(parent) = &branch.parent {
                let _ = writeln!(out, "parent = {}", quoted(parent));
            }
            if let Some(weight) = branch.weight.filter(|_| !is_points) {
                let _ = writeln!(out, "weight = {}", plain(weight.normalize()));
            }
            if let Some(minimum) = branch.minimum {
                let _ = writeln!(out, "minimum = {}", plain(minimum));
            }
        }
        for (draft, id, category) in &self.criteria {
            self.criterion(draft, id, category, &mut out);
        }
        out
    }

    fn criterion(&self, draft: &Draft, id: &str, category: &str, out: &mut String) {
        let _ = writeln!(
            out,
            "\n[[criterion]]\nid = {}\ncategory = {}\ntitle = {}",
            quoted(id),
            quoted(category),
            quoted(&draft.title)
        );
        if draft.kind != Kind::PassFail {
            let _ = writeln!(out, "weight = {}", plain(draft.weight.value().normalize()));
        }
        match &draft.kind {
            Kind::PassFail => out.push_str("kind = \"pass-fail\"\n"),
            Kind::Priced(price) => {
                let _ = writeln!(out, "price = {}", priced(price));
            }
            Kind::Rated => self.rated(draft, out),
        }
        for (key, text) in [
            ("description", &draft.description),
            ("clause", &draft.clause),
        ] {
            if !text.is_empty() {
                let _ = writeln!(out, "{key} = {}", quoted(text));
            }
        }
        if !draft.practices.is_empty() {
            let practices: Vec<String> = draft.practices.iter().map(|one| quoted(one)).collect();
            let _ = writeln!(out, "practices = [{}]", practices.join(", "));
        }
    }

    fn rated(&self, draft: &Draft, out: &mut String) {
        if let Some(own) = draft.scale.filter(|own| Some(*own) != self.scale) {
            let step = own.step.map(|step| format!(", step = {}", plain(step)));
            let (min, max) = (plain(own.min), plain(own.max));
            let _ = writeln!(
                out,
                "scale = {{ min = {min}, max = {max}{} }}",
                step.unwrap_or_default()
            );
        }
        if draft.lower {
            out.push_str("direction = \"lower\"\n");
        }
        if let Some(gate) = draft.gate {
            let key = if draft.lower { "maximum" } else { "minimum" };
            let _ = writeln!(out, "{key} = {}", plain(gate));
        }
        if !draft.anchors.is_empty() {
            let anchors = draft.anchors.iter();
            let anchors: Vec<String> = anchors
                .map(|(score, text)| format!("\"{}\" = {}", plain(*score), quoted(text)))
                .collect();
            let _ = writeln!(out, "anchors = {{ {} }}", anchors.join(", "));
        }
    }
}

fn priced(price: &Price) -> String {
    let mut parts = vec![format!("rule = {}", quoted(&price.rule))];
    if let Some((floor, ceiling)) = price.range {
        parts.push(format!(
            "floor = {}, ceiling = {}",
            plain(floor),
            plain(ceiling)
        ));
    }
    if !price.currency.is_empty() {
        parts.push(format!("currency = {}", quoted(&price.currency)));
    }
    if let Some(maximum) = price.maximum {
        parts.push(format!("maximum = {}", plain(maximum)));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn quoted(text: &str) -> String {
    let one_line: Vec<&str> = text.split_whitespace().collect();
    toml::Value::String(one_line.join(" ")).to_string()
}

/// The id that a row says, if it can be one and no other has it; else a running one.
pub(super) fn own_id(said: &str, count: usize, taken: &mut BTreeSet<String>) -> String {
    let fits = !said.is_empty()
        && said.len() <= 40
        && said
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if fits && taken.insert(said.to_lowercase()) {
        return said.to_owned();
    }
    free(&format!("C{count:02}"), taken)
}

/// A title as an id that no other has.
fn slug(title: &str, taken: &mut BTreeSet<String>) -> String {
    let mut slug = String::new();
    for letter in title.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(30).collect();
    let slug = slug.trim_end_matches('-');
    free(if slug.is_empty() { "category" } else { slug }, taken)
}

/// A name that is not taken yet: itself, or with the first number behind it that is free.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut count = 2_usize;
    while !taken.insert(candidate.to_lowercase()) {
        candidate = format!("{name}-{count}");
        count = count.saturating_add(1);
    }
    candidate
}
