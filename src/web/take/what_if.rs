//! What would be, as an address asks for it: `w.ID=30&price=40&without=Acme&without-evaluator=Ana&lens=cio`.

use std::fmt::Write as _;

use actix_web::{HttpRequest, web};
use rust_decimal::Decimal;

use crate::criteria::{CriteriaSet, Lens, Node};
use crate::exact::{Fraction, NotTyped, fixed, plain, read_decimal, read_typed};
use crate::scoring::what_if::{Unweighable, WhatIf};
use crate::scoring::{View, Without};
use crate::service::{FieldProblem, Opened};
use crate::table::{Name, NameList};
use crate::web::error::Error;

/// What is asked for, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct AskedWhatIf(Vec<(String, String)>);

/// What is asked for, understood.
#[derive(Debug)]
pub(in crate::web) struct ReadWhatIf {
    pub(in crate::web) what: WhatIf,
    /// The shares among siblings that are asked for, in percent as typed.
    pub(in crate::web) shares: Vec<(Node, Decimal)>,
    /// The share of all prices in the whole, in percent as typed.
    pub(in crate::web) price: Option<Decimal>,
    /// What stands behind the question mark, each thing in one way only; empty for the record itself.
    pub(in crate::web) query: String,
}

impl AskedWhatIf {
    /// Reads the query of a request; fields that are empty ask for nothing.
    pub(in crate::web) fn of(request: &HttpRequest) -> Result<Self, Error> {
        let read = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        let pairs = read.map_err(|why| Error::Malformed {
            why: why.to_string(),
        })?;
        let mut pairs = pairs.into_inner();
        pairs.retain(|(_, value)| !value.trim().is_empty());
        Ok(Self(pairs))
    }

    /// What was typed in a field.
    pub(in crate::web) fn typed(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Whether a list names somebody, whatever else is asked for.
    pub(in crate::web) fn names(&self, list: &str, name: &Name) -> bool {
        let mut named = self.0.iter().filter(|(field, _)| field == list);
        named.any(|(_, value)| Name::parse(value).is_ok_and(|one| one.key() == name.key()))
    }

    /// The lens that is asked for.
    pub(in crate::web) fn lens(&self) -> Option<&str> {
        Some(self.typed("lens")).filter(|id| !id.is_empty())
    }

    /// Understands what is asked for, or tells everything that is wrong, each at its field.
    pub(in crate::web) fn read(
        &self,
        opened: &Opened,
        lens: Option<&Lens>,
    ) -> Result<ReadWhatIf, Vec<FieldProblem>> {
        let mut reading = Reading::new(opened);
        for (at, (name, value)) in self.0.iter().enumerate() {
            let before = self.0.iter().take(at);
            let twice = before.clone().any(|(known, _)| known == name);
            let is_list = matches!(name.as_str(), "without" | "without-evaluator");
            if twice && !is_list {
                reading.wrong(
                    name,
                    value,
                    "sent-twice",
                    "it stands there twice; write it once",
                );
            } else {
                reading.take(name, value);
            }
        }
        reading.finish(lens)
    }

    /// The same with the share of one node moved by one point, as a button asks for it; `None` if no button was pressed.
    pub(in crate::web) fn stepped(&self, opened: &Opened, lens: Option<&Lens>) -> Option<Self> {
        let set = opened.dossier().set();
        let pressed = |(name, _): &&(String, String)| matches!(name.as_str(), "less" | "more");
        let (name, id) = self.0.iter().find(pressed)?;
        let mut rest = self.clone();
        rest.0
            .retain(|(name, _)| !matches!(name.as_str(), "less" | "more"));
        let step = if name == "less" {
            -Decimal::ONE
        } else {
            Decimal::ONE
        };
        let field = if id == "price" {
            id.clone()
        } else {
            format!("w.{id}")
        };
        let now = number(rest.typed(&field)).or_else(|| {
            let weighting = View::from(lens).weighting(set);
            let part = match Node::with_id(set, id) {
                Some(node) => weighting.share_among_siblings(node)?,
                None => price_share(set, &weighting.shares()),
            };
            read_decimal(&fixed(&part.percent(), 2)).ok()
        })?;
        let then = now
            .checked_add(step)?
            .clamp(Decimal::ZERO, Decimal::ONE_HUNDRED);
        rest.0.retain(|(name, _)| *name != field);
        rest.0.push((field.clone(), plain(then)));
        if rest.read(opened, lens).is_err() {
            // What is asked for beside it gives way to what was pressed last.
            rest.0
                .retain(|(name, _)| *name == field || !is_weight(name));
        }
        Some(rest)
    }

    /// The same as a query.
    pub(in crate::web) fn query(&self) -> String {
        joined(&self.0)
    }
}

/// The part of the whole that all prices have together.
pub(in crate::web) fn price_share(set: &CriteriaSet, shares: &crate::criteria::Shares) -> Fraction {
    let prices = set
        .indexed_criteria()
        .filter(|(_, criterion)| matches!(criterion.kind(), crate::criteria::Kind::Priced(_)));
    let shares: Vec<Fraction> = prices
        .map(|(index, _)| shares.of_criterion(index))
        .collect();
    Fraction::sum(&shares)
}

fn is_weight(field: &str) -> bool {
    field == "price" || field.starts_with("w.")
}

/// A number from 0 to 100, with a decimal point or a decimal comma.
fn number(text: &str) -> Option<Decimal> {
    let read = read_typed(text).ok()?;
    (Decimal::ZERO..=Decimal::ONE_HUNDRED)
        .contains(&read)
        .then_some(read)
}

struct Reading<'a> {
    opened: &'a Opened,
    shares: Vec<(Node, Decimal)>,
    price: Option<Decimal>,
    without: Without,
    problems: Vec<FieldProblem>,
}

impl<'a> Reading<'a> {
    fn new(opened: &'a Opened) -> Self {
        Self {
            opened,
            shares: Vec::new(),
            price: None,
            without: Without::default(),
            problems: Vec::new(),
        }
    }

    fn wrong(&mut self, field: &str, value: &str, code: &'static str, message: impl Into<String>) {
        self.problems.push(FieldProblem {
            field: field.to_owned(),
            value: Some(value.to_owned()),
            code,
            message: message.into(),
        });
    }

    fn take(&mut self, name: &str, value: &str) {
        let evaluation = self.opened.dossier().evaluation();
        match name {
            "lens" => {}
            "price" => self.price = self.share(name, value),
            "without" => {
                let found = self.found(name, value, evaluation.vendors(), "vendor");
                let vendor = found.and_then(|at| evaluation.vendor_indices().nth(at));
                if let Some(vendor) = vendor {
                    self.without = std::mem::take(&mut self.without).and_vendor(vendor);
                }
            }
            "without-evaluator" => {
                let found = self.found(name, value, evaluation.evaluators(), "evaluator");
                let evaluator = found.and_then(|at| evaluation.evaluator_indices().nth(at));
                match evaluator {
                    Some(one) if evaluation.is_consensus(one) => self.wrong(
                        name,
                        value,
                        "not-an-evaluator",
                        "the consensus is nobody's own score; leave out one of the evaluators",
                    ),
                    Some(one) => {
                        self.without = std::mem::take(&mut self.without).and_evaluator(one);
                    }
                    None => {}
                }
            }
            other => self.weight(other, value),
        }
    }

    fn weight(&mut self, name: &str, value: &str) {
        let set = self.opened.dossier().set();
        let Some(id) = name.strip_prefix("w.") else {
            let message = "this address takes: lens, w. with the id of a category or criterion, price, without, without-evaluator";
            return self.wrong(name, value, "unknown-parameter", message);
        };
        let Some(node) = Node::with_id(set, id) else {
            let message = "the criteria set has no category or criterion of this id; take one from the page of criteria and weights";
            return self.wrong(name, value, "unknown-node", message);
        };
        if !set.weighed_parts(set_parent(set, node)).contains(&node) {
            let message = "a pass-fail criterion has no weight; leave this field out";
            return self.wrong(name, value, "no-weight", message);
        }
        if let Some(share) = self.share(name, value) {
            self.shares.push((node, share));
        }
    }

    fn share(&mut self, name: &str, value: &str) -> Option<Decimal> {
        let read = number(value);
        if read.is_none() {
            let message = match read_typed(value) {
                Err(why @ NotTyped::TwoWays { .. }) => why.to_string(),
                _ => "this is no number from 0 to 100; write it like 30, 12.5 or 12,5".to_owned(),
            };
            self.wrong(name, value, "not-a-percentage", message);
        }
        read
    }

    fn found(&mut self, field: &str, value: &str, list: &NameList, what: &str) -> Option<usize> {
        let name = Name::parse(value).ok();
        let mut known = list.names().iter();
        let at = known.position(|one| name.as_ref().is_some_and(|name| name.key() == one.key()));
        if at.is_none() {
            let code = if what == "vendor" {
                "unknown-vendor"
            } else {
                "unknown-evaluator"
            };
            let message = format!(
                "the evaluation has no {what} of this name; write it as it stands in the list"
            );
            self.wrong(field, value, code, message);
        }
        at
    }

    fn finish(mut self, lens: Option<&Lens>) -> Result<ReadWhatIf, Vec<FieldProblem>> {
        let set = self.opened.dossier().set();
        let part = |percent: &Decimal| {
            let part = Fraction::from(*percent).over(&Fraction::hundred());
            part.unwrap_or_else(Fraction::zero)
        };
        let shares: Vec<(Node, Fraction)> = self
            .shares
            .iter()
            .map(|(node, share)| (*node, part(share)))
            .collect();
        let price = self.price.as_ref().map(part);
        let base = View::from(lens).weighting(set);
        let without = std::mem::take(&mut self.without);
        let query = self.canonical(lens, &without);
        match WhatIf::new(set, &base, &shares, price.as_ref(), without) {
            Ok(what) if self.problems.is_empty() => Ok(ReadWhatIf {
                what,
                shares: self.shares,
                price: self.price,
                query,
            }),
            Ok(_) => Err(self.problems),
            Err(unweighable) => {
                for why in &unweighable {
                    self.unweighable(set, why);
                }
                Err(self.problems)
            }
        }
    }

    fn unweighable(&mut self, set: &CriteriaSet, why: &Unweighable) {
        let (nodes, code, message) = match why {
            Unweighable::TooMuch { nodes, sum } => (
                nodes.as_slice(),
                "more-than-the-whole",
                format!("the shares asked for beside each other come to {}%; take some of them down to 100% at most", percent(sum)),
            ),
            Unweighable::NothingLeft { nodes, sum } => (
                nodes.as_slice(),
                "not-the-whole",
                format!("the shares asked for beside each other come to {}%, and nothing beside them has any weight; empty one of the fields, or make them 100%", percent(sum)),
            ),
            Unweighable::BesidePrice { nodes } => (
                nodes.as_slice(),
                "beside-price",
                "the price share says already what this weighs; empty this field or the price share".to_owned(),
            ),
            Unweighable::NoPrice => (&[][..], "no-price", "no price has any weight here; empty this field".to_owned()),
            Unweighable::OnlyPrice => (&[][..], "only-price", "nothing but prices has any weight here; empty this field".to_owned()),
        };
        let fields: Vec<(String, String)> = if nodes.is_empty() {
            let price = self.price.map_or_else(String::new, plain);
            vec![("price".to_owned(), price)]
        } else {
            let asked = self.shares.iter().filter(|(node, _)| nodes.contains(node));
            asked
                .map(|(node, share)| (format!("w.{}", node.id(set)), plain(*share)))
                .collect()
        };
        for (field, value) in fields {
            self.wrong(&field, &value, code, message.clone());
        }
    }

    fn canonical(&self, lens: Option<&Lens>, without: &Without) -> String {
        let (set, evaluation) = (
            self.opened.dossier().set(),
            self.opened.dossier().evaluation(),
        );
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut shares = self.shares.clone();
        shares.sort_by_key(|(node, _)| *node);
        pairs.extend(lens.map(|lens| ("lens".to_owned(), lens.id().to_owned())));
        pairs.extend(
            shares
                .iter()
                .map(|(node, share)| (format!("w.{}", node.id(set)), plain(*share))),
        );
        pairs.extend(self.price.map(|price| ("price".to_owned(), plain(price))));
        let vendors = without.vendors().map(|one| evaluation.vendor_name(one));
        pairs.extend(vendors.map(|name| ("without".to_owned(), name.to_owned())));
        let people = without
            .evaluators()
            .map(|one| evaluation.evaluator_name(one));
        pairs.extend(people.map(|name| ("without-evaluator".to_owned(), name.to_owned())));
        joined(&pairs)
    }
}

fn set_parent(set: &CriteriaSet, node: Node) -> Option<crate::criteria::CategoryIndex> {
    View::Record.weighting(set).parent(node)
}

fn percent(part: &Fraction) -> String {
    fixed(&part.percent(), 2)
}

/// A query of names and values.
fn joined(pairs: &[(String, String)]) -> String {
    let parts = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    parts.collect::<Vec<_>>().join("&")
}

/// A text as it may stand in a query (RFC 3986: whatever is not unreserved goes as its bytes).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a string never fails.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_have_a_decimal_comma_and_lies_between_0_and_100() {
        let read = [
            "30", "12,5", " 12.5 ", "100", "100.1", "-1", "1.000,5", "1e2", "33,333",
        ]
        .map(number);
        let told = read.map(|found| found.map_or_else(|| "none".to_owned(), plain));
        assert_eq!(
            told,
            [
                "30", "12.5", "12.5", "100", "none", "none", "none", "none", "none"
            ]
        );
    }

    #[test]
    fn names_go_into_a_query_and_come_back() {
        let pairs = vec![("without".to_owned(), "Müller & Söhne = 1+1".to_owned())];
        let back = web::Query::<Vec<(String, String)>>::from_query(&joined(&pairs)).unwrap();
        assert_eq!(back.into_inner(), pairs);
    }
}
