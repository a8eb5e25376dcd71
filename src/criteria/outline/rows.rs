//! Tables with a row for each criterion, or several for each.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::table::name::fold;

use super::OutlineRule;
use super::anchors;
use super::columns::{Columns, ScoreLayout};
use super::draft::{Draft, Findings, Kind, Weight};
use super::headings;
use super::prices;
use super::role::{Role, is_sum};
use super::scale::{SaidScale, ends};
use super::tables::{Chosen, only_cell};
use super::terms::Terms;
use super::weights::{self, plain_number};

/// Reads the criteria of a table.
pub(super) fn read(
    table: &Chosen,
    columns: &Columns,
    weight: Option<usize>,
    terms: &Terms,
    findings: &mut Findings,
) -> Vec<Draft> {
    let repeats =
        matches!(columns.layout(), ScoreLayout::Long) || columns.first(Role::Evaluator).is_some();
    let mut reading = Reading {
        columns,
        weight,
        terms,
        findings,
        repeats,
        drafts: Vec::new(),
        silent: Vec::new(),
        known: HashMap::new(),
        under: String::new(),
        bare: None,
    };
    for (row, cells) in &table.body {
        let caption = table.captions.iter().find(|(of, _)| of == row);
        reading.row(*row, cells, caption.map(|(_, caption)| caption.as_str()));
    }
    reading.refuse_bare();
    reading.refuse_unweighed();
    if !repeats && columns.first(Role::Category).is_none() {
        headings::fold_in(&mut reading.drafts, &reading.silent, reading.findings);
    }
    reading.drafts
}

struct Reading<'a> {
    columns: &'a Columns,
    weight: Option<usize>,
    terms: &'a Terms,
    findings: &'a mut Findings,
    /// Whether one criterion may stand in several rows.
    repeats: bool,
    drafts: Vec<Draft>,
    /// Which of them have nothing in the columns of vendors.
    silent: Vec<bool>,
    /// By folded title: the place among the drafts.
    known: HashMap<String, usize>,
    /// The heading row that the following criteria stand under.
    under: String,
    /// Its row, as long as no criterion stands under it.
    bare: Option<u32>,
}

impl Reading<'_> {
    fn row(&mut self, row: u32, cells: &[String], caption: Option<&str>) {
        let columns = self.columns;
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let optional = |role: Role| columns.first(role).map(cell).unwrap_or_default();
        let Some(at) = columns.first(Role::Criterion) else {
            return;
        };
        let title = cell(at);
        if title.is_empty() || is_sum(title) {
            return;
        }
        let has_category = columns.first(Role::Category).is_some();
        if !has_category && only_cell(cells).is_some() && cells.len() > 1 {
            self.refuse_bare();
            title.clone_into(&mut self.under);
            self.bare = Some(row);
            return;
        }
        self.bare = None;
        let weight = self.weight_at(row, cells);
        if let Some(before) = self.known.get(&fold(title)).copied() {
            self.again(before, row, title, weight, cells);
            return;
        }
        let mut draft = Draft::new(row, title);
        optional(Role::Id).clone_into(&mut draft.id);
        let named = [
            optional(Role::Category),
            &self.under,
            caption.unwrap_or_default(),
            "Criteria",
        ];
        let category = named.into_iter().find(|name| !name.is_empty());
        category.unwrap_or_default().clone_into(&mut draft.category);
        optional(Role::Description).clone_into(&mut draft.description);
        optional(Role::Clause).clone_into(&mut draft.clause);
        draft.practices = split(optional(Role::Practices));
        draft.weight = weight;
        draft.scale = self.scale(row, cells).or_else(|| columns.scale());
        draft.gate = self.number(row, cells, Role::Minimum);
        draft.anchors = self.anchors(cells);
        self.judge(&mut draft, cells);
        self.known.insert(fold(title), self.drafts.len());
        self.drafts.push(draft);
        self.silent
            .push(columns.others().all(|at| cell(at).is_empty()));
        self.amounts(self.drafts.len().saturating_sub(1), cells);
    }

    fn weight_at(&mut self, row: u32, cells: &[String]) -> Weight {
        let Some(at) = self.weight else {
            return Weight::Unsaid;
        };
        let text = cells.get(at).map_or("", String::as_str);
        if text.is_empty() {
            return Weight::Unsaid;
        }
        weights::read(
            text,
            row,
            self.columns.heading(at),
            self.terms,
            self.findings,
        )
    }

    /// Another row of the same criterion: its weight must be the same.
    fn again(&mut self, before: usize, row: u32, title: &str, weight: Weight, cells: &[String]) {
        let criterion = self.columns.first(Role::Criterion).unwrap_or(0);
        let Some(first) = self.drafts.get_mut(before) else {
            return;
        };
        if !self.repeats {
            let rule = OutlineRule::Twice(first.row);
            self.findings
                .refuse(rule, row, self.columns.heading(criterion), title);
            return;
        }
        match (&first.weight, &weight) {
            (Weight::Unsaid, _) => first.weight = weight,
            (Weight::Typed(said, one), Weight::Typed(text, other)) if one != other => {
                let rule = OutlineRule::WeightsDiffer(said.clone(), first.row);
                let heading = self.weight.map_or("", |at| self.columns.heading(at));
                self.findings.refuse(rule, row, heading, text);
            }
            (Weight::Typed(said, _), Weight::PassFail) => {
                let rule = OutlineRule::WeightsDiffer(said.clone(), first.row);
                self.findings.refuse(rule, row, "", title);
            }
            (Weight::Typed(..) | Weight::Open | Weight::PassFail, _) => {}
        }
        self.amounts(before, cells);
    }

    fn scale(&mut self, row: u32, cells: &[String]) -> Option<SaidScale> {
        let text = |role| {
            let at = self.columns.first(role)?;
            Some((at, cells.get(at)?.as_str())).filter(|(_, text)| !text.is_empty())
        };
        if let Some((at, text)) = text(Role::Scale) {
            let Some((min, max)) = ends(text) else {
                if anchors::listed(text).is_none() {
                    let heading = self.columns.heading(at);
                    self.findings
                        .refuse(OutlineRule::NoScale, row, heading, text);
                }
                return None;
            };
            return Some(SaidScale {
                min,
                max,
                step: self.number(row, cells, Role::Step),
            });
        }
        let max = self.number(row, cells, Role::Max)?;
        let min = self.number(row, cells, Role::Min).unwrap_or_default();
        let step = self.number(row, cells, Role::Step);
        (min < max).then_some(SaidScale { min, max, step })
    }

    fn number(&mut self, row: u32, cells: &[String], role: Role) -> Option<Decimal> {
        let at = self.columns.first(role)?;
        let text = cells.get(at).filter(|text| !text.is_empty())?;
        let why = match plain_number(text) {
            Ok(Some(number)) => return Some(number),
            Ok(None) => OutlineRule::NoNumber,
            Err(why) => why,
        };
        self.findings
            .refuse(why, row, self.columns.heading(at), text);
        None
    }

    fn anchors(&self, cells: &[String]) -> anchors::Anchors {
        let text = |at: usize| cells.get(at).map_or("", String::as_str);
        let listed = [Role::Anchors, Role::Scale]
            .into_iter()
            .find_map(|role| anchors::listed(text(self.columns.first(role)?)));
        let columns = self.columns.roles.iter().enumerate();
        let mut found = listed.unwrap_or_default();
        found.extend(columns.filter_map(|(at, role)| match role {
            Role::Anchor(score) if !text(at).is_empty() => Some((*score, text(at).to_owned())),
            _ => None,
        }));
        found
    }

    /// How the criterion is judged: by its own column, by its weight, or by a declaration.
    fn judge(&mut self, draft: &mut Draft, cells: &[String]) {
        let text = |role| {
            let at = self.columns.first(role)?;
            Some((at, cells.get(at)?.as_str())).filter(|(_, text)| !text.is_empty())
        };
        let mut kind = Kind::Rated;
        if let Some((at, said)) = text(Role::Kind) {
            match fold(said).as_str() {
                "rated" => {}
                "priced" | "price" => kind = Kind::Priced(prices::unpriced()),
                "pass-fail" | "pass/fail" => kind = Kind::PassFail,
                _ => {
                    let heading = self.columns.heading(at);
                    self.findings
                        .refuse(OutlineRule::NoKind, draft.row, heading, said);
                }
            }
        }
        if draft.weight == Weight::PassFail {
            kind = Kind::PassFail;
        }
        if kind == Kind::PassFail {
            draft.weight = Weight::PassFail;
        }
        let rule = text(Role::PriceRule).map(|(_, rule)| fold(rule));
        if let (Kind::Rated, Some(_)) = (&kind, &rule) {
            kind = Kind::Priced(prices::unpriced());
        }
        if let Kind::Priced(price) = &mut kind {
            let currency = text(Role::Currency).map(|(_, text)| text.to_uppercase());
            price.rule = rule.unwrap_or_else(|| "fixed-range".to_owned());
            price.currency = currency.unwrap_or_default();
            let ends = (
                self.number(draft.row, cells, Role::Floor),
                self.number(draft.row, cells, Role::Ceiling),
            );
            if let (Some(floor), Some(ceiling)) = ends {
                price.range = Some((floor, ceiling));
            }
        }
        draft.kind = kind;
        prices::declared(draft, self.terms, self.findings);
    }

    /// Asks about a criterion whose cells are amounts.
    fn amounts(&mut self, draft: usize, cells: &[String]) {
        let scores = self.columns.first(Role::Score);
        let scores: Vec<usize> =
            scores.map_or_else(|| self.columns.others().collect(), |at| vec![at]);
        if let Some(draft) = self.drafts.get(draft) {
            let cells = scores.iter().filter_map(|at| cells.get(*at));
            prices::ask(draft, cells.map(String::as_str), self.terms, self.findings);
        }
    }

    /// A heading without criteria may be a criterion whose weight is forgotten.
    fn refuse_bare(&mut self) {
        if let Some(row) = self.bare.take() {
            self.findings
                .refuse(OutlineRule::NothingUnder, row, "", &self.under);
        }
    }

    /// Where there is a column of weights, every criterion but gates has one.
    fn refuse_unweighed(&mut self) {
        let Some(at) = self.weight else {
            return;
        };
        for draft in &self.drafts {
            if draft.weight == Weight::Unsaid {
                let heading = self.columns.heading(at);
                self.findings
                    .refuse(OutlineRule::WeightMissing, draft.row, heading, &draft.title);
            }
        }
    }
}

fn split(text: &str) -> Vec<String> {
    let parts = text.split([',', ';']).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
