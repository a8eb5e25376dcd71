//! Writing the weights of one group of siblings into the text of a criteria set, leaving everything else as it is.

use rust_decimal::Decimal;
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::splice::{Edit, line_start, new_lines};
use super::{CategoryIndex, CriteriaSet, Kind, Node, SetLimits, WeightRule, Weighting};
use crate::exact::plain;

/// The text of a set has its weights in a form that cannot be changed from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "the weights of this set stand in a form that cannot be changed from here; write each category as [[category]] and each criterion as [[criterion]], or change the weights in the file"
)]
pub struct Unchangeable;

impl CriteriaSet {
    /// What weighs something in one group: the parts of a category, or of the whole, that are not pass-fail.
    #[must_use]
    pub fn weighed_parts(&self, of: Option<CategoryIndex>) -> Vec<Node> {
        let weighting = Weighting::of_record(self);
        let mut groups = weighting.groups().filter(|(group, _)| *group == of);
        let nodes = groups.next().map_or_else(Vec::new, |(_, nodes)| nodes);
        nodes
            .into_iter()
            .filter(|node| match *node {
                Node::Category(category) => self.has_weighed(category),
                Node::Criterion(index) => {
                    let criterion = self.criteria.get(index.position());
                    criterion.is_some_and(|one| !matches!(one.kind(), Kind::PassFail))
                }
            })
            .collect()
    }

    /// What the next version of the set is called; one that comes with the program becomes somebody's own.
    #[must_use]
    pub fn next_name(&self, is_shipped: bool) -> (String, String) {
        let version = match self.version().parse::<u32>() {
            Ok(number) => number.saturating_add(1).to_string(),
            Err(_) => format!("{}.1", self.version()),
        };
        let id = if is_shipped {
            format!("{}-weighed", self.id())
        } else {
            self.id().to_owned()
        };
        (id, version)
    }

    /// The set, under an id and version of its own, in which some siblings weigh what is given.
    ///
    /// Its weights are relative from then on, so that any numbers say their shares exactly; all other proportions stay.
    ///
    /// # Errors
    /// [`Unchangeable`] if the text does not take it.
    pub fn reweighed(
        &self,
        weights: &[(Node, Decimal)],
        id: &str,
        version: &str,
    ) -> Result<Self, Unchangeable> {
        let source = self
            .with_weights(weights, id, version)
            .ok_or(Unchangeable)?;
        let set = Self::parse(&source, &SetLimits::NONE).map_err(|_| Unchangeable)?;
        // What was written is read again: a weight in an unusual form must not land in the wrong place.
        let mut wanted = Weighting::of_record(self);
        for (node, weight) in weights {
            wanted = wanted.with_weight(*node, (*weight).into());
        }
        let (wanted, found) = (wanted.shares(), Weighting::of_record(&set).shares());
        let same = self
            .indexed_criteria()
            .all(|(index, _)| wanted.of_criterion(index) == found.of_criterion(index));
        if same && set.id() == id && set.version() == version {
            Ok(set)
        } else {
            Err(Unchangeable)
        }
    }

    fn with_weights(&self, weights: &[(Node, Decimal)], id: &str, version: &str) -> Option<String> {
        let source = self.source();
        let (document, _) = DeTable::parse_recoverable(source);
        let document = document.get_ref();
        let mut edits = vec![
            (document.get("id")?.span(), format!("\"{id}\"")),
            (document.get("version")?.span(), format!("\"{version}\"")),
        ];
        if self.weight_rule() != WeightRule::Relative {
            edits.push(relative(source, document)?);
        }
        let given = |node: Node| weights.iter().find(|(known, _)| *known == node);
        for (index, category) in self.indexed_categories() {
            let table = nth(document.get("category")?, index.position())?;
            let given = given(Node::Category(index)).map(|(_, weight)| *weight);
            if given.is_some() || (!table.contains_key("weight") && self.has_weighed(index)) {
                let weight = given.unwrap_or_else(|| category.weight());
                edits.push(weight_edit(source, table, weight)?);
            }
        }
        for (node, weight) in weights {
            if let Node::Criterion(index) = node {
                let table = nth(document.get("criterion")?, index.position())?;
                edits.push(weight_edit(source, table, *weight)?);
            }
        }
        edits.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
        let mut text = source.to_owned();
        for (place, new) in edits {
            source.get(place.clone())?;
            text.replace_range(place, &new);
        }
        Some(text)
    }

    /// Whether anything below a category may have a weight.
    fn has_weighed(&self, category: CategoryIndex) -> bool {
        self.indexed_criteria().any(|(index, criterion)| {
            !matches!(criterion.kind(), Kind::PassFail) && self.is_within(index, category)
        })
    }
}

pub(super) fn nth<'t, 's>(list: &'t Spanned<DeValue<'s>>, at: usize) -> Option<&'t DeTable<'s>> {
    list.get_ref().as_array()?.get(at)?.get_ref().as_table()
}

/// The rule in which weights are written; what stood beside it as a comment was about the other rule.
pub(super) fn relative(source: &str, document: &DeTable<'_>) -> Option<Edit> {
    const RULE: &str = "\"relative\" # only proportions count, among those that stand side by side";
    if let Some(rule) = document.get("weights") {
        let rest = source.get(rule.span().end..)?;
        let line = rest.split(['\r', '\n']).next()?;
        let end = rule.span().end.checked_add(line.len())?;
        return Some((rule.span().start..end, RULE.to_owned()));
    }
    let version = document.get("version")?.span();
    let line = format!("weights = {RULE}");
    Some(new_lines(source, version.end, std::iter::once(line)))
}

/// Replaces the weight of a node, or adds it below its title.
pub(super) fn weight_edit(source: &str, table: &DeTable<'_>, weight: Decimal) -> Option<Edit> {
    let weight = plain(weight);
    if let Some(old) = table.get("weight") {
        return Some((old.span(), weight));
    }
    let (key, title) = table.get_key_value("title")?;
    let prefix = source.get(line_start(source, key.span().start)..key.span().start)?;
    let line = format!("{prefix}weight = {weight}");
    Some(new_lines(source, title.span().end, std::iter::once(line)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::shipped;
    use crate::exact::Fraction;

    fn points(weights: &[i64]) -> Vec<Decimal> {
        weights
            .iter()
            .map(|&weight| Decimal::from(weight))
            .collect()
    }

    fn swung(set: &CriteriaSet, of: Option<CategoryIndex>, weights: &[i64]) -> CriteriaSet {
        let parts = set.weighed_parts(of).into_iter();
        let weights: Vec<_> = parts.zip(points(weights)).collect();
        set.reweighed(&weights, "mine", "2").unwrap()
    }

    #[test]
    fn every_shipped_set_takes_other_weights_in_each_group_and_keeps_all_else() {
        for one in shipped() {
            let set = CriteriaSet::parse(one.source(), &SetLimits::default()).unwrap();
            let mut groups: Vec<_> = set.indexed_categories().map(|(at, _)| Some(at)).collect();
            groups.push(None);
            for of in groups {
                let parts = set.weighed_parts(of);
                let weights: Vec<i64> = (0..parts.len()).map(|at| [100, 60, 35][at % 3]).collect();
                let whole: i64 = weights.iter().sum();
                let found = swung(&set, of, &weights);
                assert_eq!((found.id(), found.version()), ("mine", "2"));
                let (before, after) = (Weighting::of_record(&set), Weighting::of_record(&found));
                for (node, weight) in parts.iter().zip(&weights) {
                    let share = after.share_among_siblings(*node);
                    let alone = parts.len() == 1;
                    assert!(
                        alone || share == Fraction::new(*weight, whole),
                        "{}",
                        one.id()
                    );
                }
                for (index, _) in set.indexed_criteria() {
                    let node = Node::Criterion(index);
                    if !parts.contains(&node) {
                        let share = |of: &Weighting| of.share_among_siblings(node);
                        assert_eq!(share(&before), share(&after), "{}", node.id(&set));
                    }
                }
                assert_eq!(found.lenses().len(), set.lenses().len());
            }
        }
    }

    #[test]
    fn comments_and_line_ends_stay_and_a_set_in_one_line_is_refused() {
        let source = "id = \"s\"\r\ntitle = \"S\"\r\nversion = \"1\"\r\nscale = { min = 0, max = 5 }\r\n[[category]]\r\nid = \"c\"\r\n  title = \"C\" # here\r\n\
             [[criterion]]\r\nid = \"X\"\r\ncategory = \"c\"\r\ntitle = \"X\"\r\nweight = 60 # much\r\n\
             [[criterion]]\r\nid = \"Y\"\r\ncategory = \"c\"\r\ntitle = \"Y\"\r\nweight = 40\r\n";
        let set = CriteriaSet::parse(source, &SetLimits::default()).unwrap();
        let found = swung(&set, Some(CategoryIndex(0)), &[30, 100]);
        let text = found.source();
        assert!(
            text.contains("  title = \"C\" # here\r\n  weight = 100\r\n"),
            "{text}"
        );
        assert!(text.contains("weight = 30 # much\r\n"), "{text}");
        assert!(
            text.contains("version = \"2\"\r\nweights = \"relative\""),
            "{text}"
        );
        assert!(!text.replace("\r\n", "").contains('\n'));
        let inline = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nscale = { min = 0, max = 5 }\ncategory = [{ id = \"c\", title = \"C\" }]\n\
             criterion = [{ id = \"X\", category = \"c\", title = \"X\", weight = 100 }]\n";
        let set = CriteriaSet::parse(inline, &SetLimits::default()).unwrap();
        let part = set.weighed_parts(Some(CategoryIndex(0)))[0];
        let refused = set.reweighed(&[(part, Decimal::from(50))], "s", "2");
        assert_eq!(refused.unwrap_err(), Unchangeable);
    }
}
