//! Tailoring: a set with less in it and other weights, in which everything that nobody touched keeps its proportions.
//!
//! The result is a set of its own. Its weights are written by the rule of the set it was made of, as long as each has an
//! exact decimal of at most nine places; where one has none, as with a third, the result weighs by `relative`: whole numbers
//! in exactly the proportion that is meant. Lenses keep the proportions of their own weights.

mod block;
mod kept;
mod meant;
mod note;
mod numbers;
mod problem;
mod spread;
mod text;
mod told;
mod views;
mod wishes;

pub use note::TailorNote;
pub use problem::{TailorProblem, TailorRule};
pub use wishes::{Stakeholder, Wishes};

use rust_decimal::Decimal;

use self::kept::Kept;
use self::spread::{Typed, is_priced, spread};
use self::views::{View, views};
use super::{CategoryIndex, CriteriaSet, CriterionIndex, Node, Suggestion, Weighting};
use crate::exact::{Fraction, read_typed};
use crate::table::name;

/// What is to be changed about a set: proven to come out.
#[derive(Debug, Clone)]
pub struct Tailoring {
    kept: Kept,
    price_share: Option<Decimal>,
    categories: Vec<(CategoryIndex, Decimal)>,
    /// By criterion, its part of the whole afterwards.
    shares: Vec<Fraction>,
    views: Vec<View>,
}

/// The id, version and title of the set that comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TailoredName {
    /// The id.
    pub id: String,
    /// The version.
    pub version: String,
    /// The title.
    pub title: String,
}

/// A tailored set, and what is to be said about it.
#[derive(Debug, Clone)]
pub struct Tailored {
    /// The set.
    pub set: CriteriaSet,
    /// What came with it that nobody asked for by name.
    pub notes: Vec<TailorNote>,
}

impl Tailoring {
    /// Reads what somebody wants changed about a set.
    ///
    /// # Errors
    /// Everything that stands against it.
    pub fn of(set: &CriteriaSet, wishes: &Wishes) -> Result<Self, Vec<TailorProblem>> {
        let mut problems = Vec::new();
        let about = wishes.of.trim();
        if !about.is_empty() && about != set.sha256() {
            problems.push(TailorProblem::new("", None, TailorRule::SetChanged));
            return Err(problems);
        }
        let kept = Kept::of(set, wishes, &mut problems);
        if !set
            .indexed_criteria()
            .any(|(index, _)| kept.has_criterion(index))
        {
            problems.push(TailorProblem::new("drop", None, TailorRule::NothingLeft));
            return Err(problems);
        }
        let price_share = price_share(set, &kept, &wishes.price_share, &mut problems);
        let categories = category_weights(set, &kept, &wishes.categories, &mut problems);
        let typed = Typed {
            price: price_share.map(part),
            categories: categories
                .iter()
                .map(|(at, weight)| (*at, part(*weight)))
                .collect(),
        };
        let old = Weighting::of_record(set).shares();
        let old: Vec<Fraction> = set
            .indexed_criteria()
            .map(|(index, _)| old.of_criterion(index))
            .collect();
        let is_read = problems
            .iter()
            .all(|one| one.field != "price_share" && !one.field.starts_with("categories."));
        let shares = if is_read {
            spread(set, &kept, &typed).unwrap_or_else(|told| {
                problems.extend(told);
                old.clone()
            })
        } else {
            old.clone()
        };
        for (_, lens) in kept.lenses(set) {
            let mut weighed = kept.weighed(set).into_iter();
            let weighs =
                weighed.any(|index| lens.weights().get(index.position()) > Some(&Decimal::ZERO));
            if !weighs {
                let lens = lens.id().to_owned();
                let rule = TailorRule::LensLeftEmpty { lens };
                problems.push(TailorProblem::new("drop_lenses", None, rule));
            }
        }
        let views = views(
            set,
            &kept,
            [&shares, &old],
            &wishes.stakeholders,
            &mut problems,
        );
        let tailoring = Self {
            kept,
            price_share,
            categories,
            shares,
            views,
        };
        if problems.is_empty() && tailoring.is_nothing() {
            problems.push(TailorProblem::new("", None, TailorRule::Nothing));
        }
        if problems.is_empty() {
            Ok(tailoring)
        } else {
            Err(problems)
        }
    }

    /// Whether a criterion is kept.
    #[must_use]
    pub fn keeps(&self, index: CriterionIndex) -> bool {
        self.kept.has_criterion(index)
    }

    /// The part of the whole that a criterion has afterwards; together they are 1.
    #[must_use]
    pub fn share(&self, index: CriterionIndex) -> Fraction {
        let share = self.shares.get(index.position()).cloned();
        share.unwrap_or_else(Fraction::zero)
    }

    /// The ids that were named to go, in the order of the set: categories, then criteria.
    #[must_use]
    pub fn dropped(&self) -> &[String] {
        &self.kept.named
    }

    /// The ids of the lenses that go.
    #[must_use]
    pub fn dropped_lenses(&self) -> &[String] {
        &self.kept.named_lenses
    }

    /// What all prices together are to weigh, in percent.
    #[must_use]
    pub fn price_share(&self) -> Option<Decimal> {
        self.price_share
    }

    /// The categories that are given a weight, in percent.
    #[must_use]
    pub fn categories(&self) -> &[(CategoryIndex, Decimal)] {
        &self.categories
    }

    /// The lenses that are made: id, title, and the points they are made of.
    pub fn new_lenses(&self) -> impl Iterator<Item = (&str, &str, &[(Node, Decimal)])> {
        let views = self.views.iter();
        views.map(|view| {
            (
                view.id.as_str(),
                view.title.as_str(),
                view.points.as_slice(),
            )
        })
    }

    fn is_nothing(&self) -> bool {
        self.kept.is_all()
            && self.price_share.is_none()
            && self.categories.is_empty()
            && self.views.is_empty()
    }
}

impl CriteriaSet {
    /// What a tailored version of the set is called; one that comes with the program becomes somebody's own.
    #[must_use]
    pub fn tailored_name(&self, is_shipped: bool) -> TailoredName {
        let (_, version) = self.next_name(is_shipped);
        if is_shipped {
            TailoredName {
                id: format!("{}-tailored", self.id()),
                version,
                title: format!("{}, tailored", self.title()),
            }
        } else {
            TailoredName {
                id: self.id().to_owned(),
                version,
                title: self.title().to_owned(),
            }
        }
    }

    /// The set, tailored, under a name of its own.
    ///
    /// # Errors
    /// What shows only once it is written: numbers without an exact form, a gate that nothing is left to pass.
    pub fn tailored(
        &self,
        tailoring: &Tailoring,
        name: &TailoredName,
    ) -> Result<Tailored, Vec<TailorProblem>> {
        let told = |rule| vec![TailorProblem::new("", None, rule)];
        let numbers = numbers::numbers(self, tailoring).ok_or_else(|| told(TailorRule::NoForm))?;
        let source = text::written(self, tailoring, &numbers, name);
        let source = source.ok_or_else(|| told(TailorRule::Unchangeable))?;
        let set = Self::parse(&source, &super::SetLimits::NONE).map_err(|problems| {
            if problems.iter().any(|problem| problem.code() == "not-toml") {
                return told(TailorRule::Unchangeable);
            }
            let broken = problems.iter().map(|problem| {
                let rule = TailorRule::Broken {
                    code: problem.code(),
                    message: problem.to_string(),
                };
                TailorProblem::new("", None, rule)
            });
            broken.collect::<Vec<_>>()
        })?;
        if !meant::is_as_meant(self, tailoring, name, &set) {
            return Err(told(TailorRule::Unchangeable));
        }
        let notes = note::notes(self, tailoring, &set);
        Ok(Tailored { set, notes })
    }
}

fn part(percent: Decimal) -> Fraction {
    let part = Fraction::from(percent).over(&Fraction::hundred());
    part.unwrap_or_else(Fraction::zero)
}

/// A number from 0 to 100, as typed.
fn read_percent(text: &str) -> Result<Decimal, TailorRule> {
    let number = read_typed(text)?;
    if (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&number) {
        Ok(number)
    } else {
        Err(TailorRule::OutOfRange)
    }
}

fn price_share(
    set: &CriteriaSet,
    kept: &Kept,
    text: &str,
    problems: &mut Vec<TailorProblem>,
) -> Option<Decimal> {
    let text = Some(text.trim()).filter(|text| !text.is_empty())?;
    let has_price = kept
        .weighed(set)
        .into_iter()
        .any(|index| is_priced(set, index));
    let read = match read_percent(text) {
        Ok(_) if !has_price => Err(TailorRule::NoPrice),
        read => read,
    };
    read.map_err(|rule| problems.push(TailorProblem::new("price_share", Some(text), rule)))
        .ok()
}

fn category_weights(
    set: &CriteriaSet,
    kept: &Kept,
    said: &[(String, String)],
    problems: &mut Vec<TailorProblem>,
) -> Vec<(CategoryIndex, Decimal)> {
    let mut found: Vec<(CategoryIndex, Decimal)> = Vec::new();
    let given = said.iter().map(|(id, text)| (id, text.trim()));
    for (id, text) in given.filter(|(_, text)| !text.is_empty()) {
        let mut categories = set.indexed_categories();
        let category = categories.find(|(_, category)| category.id() == id);
        let read = match (category, read_percent(text)) {
            (None, _) => {
                let near = name::nearest(id, set.categories(), |one| one.id());
                let near = Suggestion::new(near.map(|one| one.id().to_owned()));
                Err(TailorRule::UnknownCategory { near })
            }
            (_, Err(rule)) => Err(rule),
            (Some((index, _)), _) if found.iter().any(|(known, _)| *known == index) => {
                Err(TailorRule::Twice)
            }
            (Some((index, _)), Ok(_)) if !kept.has_category(index) => Err(TailorRule::Dropped),
            (Some((index, _)), Ok(weight)) => Ok((index, weight)),
        };
        match read {
            Ok(one) => found.push(one),
            Err(rule) => {
                let field = format!("categories.{id}");
                problems.push(TailorProblem::new(field, Some(text), rule));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
