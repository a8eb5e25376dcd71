//! Writing a tailored set into the text of the one it was made of: what is dropped goes as a block, numbers are replaced,
//! and every other byte stays.

use std::collections::HashMap;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::block::{Blocks, block};
use super::numbers::Numbers;
use super::{TailoredName, Tailoring, told};
use crate::criteria::reweighed::{nth, relative, weight_edit};
use crate::criteria::splice::{Edit, line_start};
use crate::criteria::{CriteriaSet, CriterionIndex, Lens, Node, WeightRule};
use crate::exact::plain;

/// The weights of one lens, by criterion.
type Weights = [(CriterionIndex, Decimal)];

/// The text of the tailored set; `None` if the text of the set has a form that cannot be changed.
pub(super) fn written(
    set: &CriteriaSet,
    tailoring: &Tailoring,
    numbers: &Numbers,
    name: &TailoredName,
) -> Option<String> {
    let source = set.source();
    let (document, _) = DeTable::parse_recoverable(source);
    let writing = Writing {
        set,
        source,
        document: document.get_ref(),
        tailoring,
        numbers,
    };
    let mut edits = writing.head(name)?;
    edits.extend(writing.categories()?);
    edits.extend(writing.criteria()?);
    edits.extend(writing.lenses()?);
    // From the end to the start, so that places stay true; what goes at a place goes before what comes there.
    edits.sort_by_key(|(place, _)| std::cmp::Reverse((place.start, place.end)));
    let mut text = source.to_owned();
    let mut last = source.len();
    for (place, new) in edits {
        source.get(place.clone())?;
        if place.end > last {
            return None;
        }
        last = place.start;
        text.replace_range(place, &new);
    }
    let newline = if source.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let text = told::with_lenses(set, tailoring, numbers, text, newline);
    Some(told::with_origin(set, tailoring, &text, newline))
}

/// The set in its text, and what it becomes.
struct Writing<'a> {
    set: &'a CriteriaSet,
    source: &'a str,
    document: &'a DeTable<'a>,
    tailoring: &'a Tailoring,
    numbers: &'a Numbers,
}

impl Writing<'_> {
    /// The name of the set, and the rule of its weights.
    fn head(&self, name: &TailoredName) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        for (key, is, new) in [
            ("id", self.set.id(), &name.id),
            ("version", self.set.version(), &name.version),
            ("title", self.set.title(), &name.title),
        ] {
            if is != new {
                edits.push((self.document.get(key)?.span(), told::quoted(new)));
            }
        }
        if self.numbers.rule != self.set.weight_rule() {
            edits.push(relative(self.source, self.document)?);
        }
        Some(edits)
    }

    fn number(&self, node: Node) -> Option<Decimal> {
        let mut nodes = self.numbers.nodes.iter();
        nodes
            .find(|(known, _)| *known == node)
            .map(|(_, number)| *number)
    }

    fn categories(&self) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        for (index, category) in self.set.indexed_categories() {
            let list = self.document.get("category")?;
            if !self.tailoring.kept.has_category(index) {
                edits.push(block(self.source, list, index.position(), Blocks::Headed)?);
                continue;
            }
            let table = nth(list, index.position())?;
            let number = self.number(Node::Category(index));
            match (table.get("weight"), number) {
                (Some(_), Some(number)) if number == category.weight() => {}
                // A category in which nothing is weighed any more may not claim a weight.
                (Some(_), number) => {
                    edits.push(weight_edit(self.source, table, number.unwrap_or_default())?);
                }
                (None, Some(number)) if self.numbers.rule != WeightRule::Points => {
                    edits.push(weight_edit(self.source, table, number)?);
                }
                (None, _) => {}
            }
        }
        Some(edits)
    }

    fn criteria(&self) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        for (index, criterion) in self.set.indexed_criteria() {
            let list = self.document.get("criterion")?;
            if !self.tailoring.keeps(index) {
                edits.push(block(self.source, list, index.position(), Blocks::Plain)?);
            } else if let Some(number) = self.number(Node::Criterion(index))
                && number != criterion.weight()
            {
                let table = nth(list, index.position())?;
                edits.push(weight_edit(self.source, table, number)?);
            }
        }
        Some(edits)
    }

    fn lenses(&self) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        for (at, lens) in self.set.lenses().iter().enumerate() {
            let list = self.document.get("lens")?;
            let mut kept = self.numbers.lenses.iter();
            let Some((_, weights)) = kept.find(|(known, _)| *known == at) else {
                edits.push(block(self.source, list, at, Blocks::Headed)?);
                continue;
            };
            let table = nth(list, at)?;
            edits.extend(self.lens_weights(table.get("weights")?, lens, weights)?);
            for (at, metric) in lens.metrics().iter().enumerate() {
                let list = table.get("metric")?;
                let members = metric.criteria().iter();
                let left: Vec<&str> = members
                    .filter(|index| self.tailoring.keeps(**index))
                    .map(|index| Node::Criterion(*index).id(self.set))
                    .collect();
                if left.is_empty() {
                    edits.push(block(self.source, list, at, Blocks::Plain)?);
                } else if left.len() < metric.criteria().len() {
                    let left: Vec<String> = left.into_iter().map(told::quoted).collect();
                    let place = nth(list, at)?.get("criteria")?.span();
                    edits.push((place, format!("[{}]", left.join(", "))));
                }
            }
        }
        Some(edits)
    }

    fn lens_weights(
        &self,
        value: &Spanned<DeValue<'_>>,
        lens: &Lens,
        weights: &Weights,
    ) -> Option<Vec<Edit>> {
        let table = value.get_ref().as_table()?;
        let id = |index: CriterionIndex| Node::Criterion(index).id(self.set);
        // What the lens does not name weighs 0 in it; it must be named where the set weighs it.
        let is_needed = |index: CriterionIndex, number: Decimal| {
            let own = self.number(Node::Criterion(index));
            number > Decimal::ZERO || own.is_some_and(|own| own > Decimal::ZERO)
        };
        let is_named = |index| table.contains_key(id(index));
        let is_inline = self.source.get(value.span())?.starts_with('{');
        if is_inline {
            let stays = table.len() == weights.len();
            let is_same = |(index, number): &(CriterionIndex, Decimal)| {
                lens.weights().get(index.position()) == Some(number) && is_named(*index)
            };
            if stays && weights.iter().all(is_same) {
                return Some(Vec::new());
            }
            let weights = weights.iter();
            let weights = weights.filter(|(at, number)| is_named(*at) || is_needed(*at, *number));
            let parts: Vec<String> = weights
                .map(|(at, number)| format!("{} = {}", told::key(id(*at)), plain(*number)))
                .collect();
            return Some(vec![(value.span(), format!("{{ {} }}", parts.join(", ")))]);
        }
        let mut edits = Vec::new();
        let by_id: HashMap<&str, _> = weights.iter().map(|one| (id(one.0), one)).collect();
        for (key, value) in table {
            match by_id.get(key.get_ref().as_ref()) {
                Some((index, number)) if lens.weights().get(index.position()) == Some(number) => {}
                Some((_, number)) => edits.push((value.span(), plain(*number))),
                None => {
                    let start = line_start(self.source, key.span().start);
                    edits.push((start..self.next_line(value.span().end), String::new()));
                }
            }
        }
        let first = table
            .iter()
            .map(|(key, _)| key.span())
            .min_by_key(|span| span.start)?;
        let start = line_start(self.source, first.start);
        let prefix = self.source.get(start..first.start)?;
        let end = newline(self.source);
        for (index, number) in weights {
            if !is_named(*index) && is_needed(*index, *number) {
                let line = format!(
                    "{prefix}{} = {}{end}",
                    told::key(id(*index)),
                    plain(*number)
                );
                edits.push((start..start, line));
            }
        }
        Some(edits)
    }

    /// Where the line after a place begins.
    fn next_line(&self, at: usize) -> usize {
        super::block::next_line(self.source, at)
    }
}

/// How the lines of a text end.
fn newline(source: &str) -> &'static str {
    if source.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    }
}
