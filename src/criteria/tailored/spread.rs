//! What every criterion weighs once some things weigh what somebody typed.
//!
//! A number that is typed is a part of the whole. The priced criteria share the price share in proportion to their weights.
//! What a category is typed to weigh, less what is typed within it and the prices there, goes to its other criteria in
//! proportion to theirs; what is left of the whole goes likewise to the criteria that lie in no such category. So whatever
//! is not typed keeps its proportions, exactly.

use super::kept::Kept;
use super::problem::{TailorProblem, TailorRule};
use crate::criteria::{CategoryIndex, CriteriaSet, CriterionIndex, Kind, Node, Weighting};
use crate::exact::{Fraction, trimmed};

/// Weights that were typed, as parts of the whole.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub price: Option<Fraction>,
    pub categories: Vec<(CategoryIndex, Fraction)>,
}

/// The part of the whole of every criterion, in their order; together 1.
pub(super) fn spread(
    set: &CriteriaSet,
    kept: &Kept,
    typed: &Typed,
) -> Result<Vec<Fraction>, Vec<TailorProblem>> {
    let shares = Weighting::of_record(set).shares();
    let mut spread = Spread {
        set,
        kept,
        typed,
        old: set
            .indexed_criteria()
            .map(|(index, _)| shares.of_criterion(index))
            .collect(),
        new: vec![Fraction::zero(); set.criteria().len()],
        problems: Vec::new(),
    };
    let weighed = kept.weighed(set);
    let (priced, rest): (Vec<_>, Vec<_>) = weighed
        .into_iter()
        .partition(|index| typed.price.is_some() && is_priced(set, *index));
    if let Some(price) = &typed.price {
        spread.give("price_share", price, &priced);
    }
    for (category, part) in &typed.categories {
        spread.fill(Some((*category, part)), &priced, &rest);
    }
    spread.fill(None, &priced, &rest);
    if spread.problems.is_empty() {
        Ok(spread.new)
    } else {
        Err(spread.problems)
    }
}

pub(super) fn is_priced(set: &CriteriaSet, index: CriterionIndex) -> bool {
    let criterion = set.criteria().get(index.position());
    criterion.is_some_and(|one| matches!(one.kind(), Kind::Priced(_)))
}

/// Weights in the making.
struct Spread<'a> {
    set: &'a CriteriaSet,
    kept: &'a Kept,
    typed: &'a Typed,
    old: Vec<Fraction>,
    new: Vec<Fraction>,
    problems: Vec<TailorProblem>,
}

impl Spread<'_> {
    /// Gives a region, which is the inside of a typed category or the rest of the whole, what it weighs.
    fn fill(
        &mut self,
        region: Option<(CategoryIndex, &Fraction)>,
        priced: &[CriterionIndex],
        rest: &[CriterionIndex],
    ) {
        let of = region.map(|(category, _)| category);
        let whole = region.map_or_else(Fraction::one, |(_, part)| part.clone());
        let typed = self.typed;
        let within = typed.categories.iter();
        let within = within.filter(|(category, _)| self.region_around(*category) == of);
        let fixed = priced.iter().filter(|index| self.region(**index) == of);
        let fixed = fixed.filter_map(|index| self.new.get(index.position()));
        let taken = Fraction::sum(within.map(|(_, part)| part).chain(fixed));
        let left = &whole - &taken;
        let members: Vec<CriterionIndex> = rest
            .iter()
            .copied()
            .filter(|index| self.region(*index) == of)
            .collect();
        let field = match of {
            Some(category) => format!("categories.{}", Node::Category(category).id(self.set)),
            None => self.blamed(),
        };
        let sum = trimmed(&taken.percent(), 9);
        let rule = match of {
            Some(_) if left.is_negative() => TailorRule::BelowParts { sum },
            None if left.is_negative() => TailorRule::TooMuch { sum },
            _ if left.is_zero() || !members.is_empty() => {
                return self.give(&field, &left, &members);
            }
            Some(category) if self.holds_nothing(category) => TailorRule::Weightless,
            Some(_) => TailorRule::AboveParts { sum },
            None if taken.is_zero() => TailorRule::NothingWeighs,
            None => TailorRule::TooLittle {
                sum,
                missing: trimmed(&left.percent(), 9),
            },
        };
        self.problems.push(TailorProblem::new(field, None, rule));
    }

    /// Gives some criteria a part of the whole, in proportion to their weights.
    fn give(&mut self, field: &str, part: &Fraction, members: &[CriterionIndex]) {
        let Some(parts) = proportion(&self.old, part, members) else {
            let rule = if field.is_empty() {
                TailorRule::NothingWeighs
            } else {
                TailorRule::NoProportion
            };
            return self.problems.push(TailorProblem::new(field, None, rule));
        };
        for (index, part) in members.iter().zip(parts) {
            if let Some(slot) = self.new.get_mut(index.position()) {
                *slot = part;
            }
        }
    }

    /// The typed category that a criterion lies in, the innermost.
    fn region(&self, index: CriterionIndex) -> Option<CategoryIndex> {
        let category = self.set.criteria().get(index.position())?.category();
        let is_typed = self
            .typed
            .categories
            .iter()
            .any(|(one, _)| *one == category);
        if is_typed {
            Some(category)
        } else {
            self.region_around(category)
        }
    }

    /// The typed category around a category, the innermost.
    fn region_around(&self, category: CategoryIndex) -> Option<CategoryIndex> {
        let parent = |of: CategoryIndex| self.set.categories().get(of.position())?.parent();
        let mut at = parent(category);
        while let Some(one) = at {
            if self.typed.categories.iter().any(|(typed, _)| *typed == one) {
                return Some(one);
            }
            at = parent(one);
        }
        None
    }

    fn holds_nothing(&self, category: CategoryIndex) -> bool {
        let within = self.kept.weighed_in(self.set, Node::Category(category));
        within.is_empty()
    }

    /// The field to blame where the whole does not come out.
    fn blamed(&self) -> String {
        match (self.typed.categories.first(), &self.typed.price) {
            (Some((category, _)), _) => {
                format!("categories.{}", Node::Category(*category).id(self.set))
            }
            (None, Some(_)) => "price_share".to_owned(),
            (None, None) => String::new(),
        }
    }
}

/// A part of the whole, spread over some criteria in proportion to weights; over a single one whatever it weighs.
///
/// `None` if all of several weigh nothing, so that there is no proportion.
pub(super) fn proportion(
    weights: &[Fraction],
    part: &Fraction,
    members: &[CriterionIndex],
) -> Option<Vec<Fraction>> {
    if let [_] = members {
        return Some(vec![part.clone()]);
    }
    if part.is_zero() {
        return Some(vec![Fraction::zero(); members.len()]);
    }
    let weight = |index: &CriterionIndex| weights.get(index.position()).cloned();
    let weights: Option<Vec<Fraction>> = members.iter().map(weight).collect();
    let weights = weights?;
    let each = part.over(&Fraction::sum(&weights))?;
    Some(weights.iter().map(|weight| weight * &each).collect())
}
