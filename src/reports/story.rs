//! What a result means, in sentences: who leads and by how much, what brought it, what is missing and who owes it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::criteria::Kind;
use crate::evaluation::{Evaluation, EvaluatorIndex};
use crate::exact::{self, Fraction};
use crate::scoring::{Scorecard, State, VendorCard, VendorStatus};

use super::notices::criterion_text;
use super::words::{counted, first_few};

/// How many vendors or missing answers a sentence names before it counts the rest.
const NAMED: usize = 5;
/// How many categories the difference between the first two is explained by.
const EXPLAINED: usize = 3;

/// A result in sentences.
#[derive(Debug, Clone, Default)]
pub(super) struct Story {
    /// Who leads and by how much, or why nobody does.
    pub(super) headline: String,
    /// What brought the lead, `None` without one.
    pub(super) because: Option<String>,
    /// What is missing and who owes it, one sentence each.
    pub(super) missing: Vec<String>,
}

/// Tells a result.
pub(super) fn tell(evaluation: &Evaluation, card: &Scorecard) -> Story {
    let telling = Telling { evaluation, card };
    let lead = telling.lead();
    Story {
        headline: telling.headline(lead.as_ref()),
        because: lead.as_ref().and_then(|lead| telling.because(lead)),
        missing: telling.missing(),
    }
}

struct Telling<'a> {
    evaluation: &'a Evaluation,
    card: &'a Scorecard,
}

/// Who is first for certain, alone, and who comes closest.
struct Lead<'a> {
    leader: &'a VendorCard,
    next: &'a VendorCard,
    /// The least the leader is ahead of any other vendor.
    margin: Fraction,
    /// Whether nothing missing can change the margin.
    exact: bool,
}

impl<'a> Telling<'a> {
    fn name(&self, card: &VendorCard) -> &'a str {
        self.evaluation.vendor_name(card.vendor)
    }

    /// The vendors that have a rank or may get one, in page order.
    fn standing(&self) -> impl Iterator<Item = &'a VendorCard> {
        let cards = self.card.vendors.iter();
        cards.filter(|card| card.rank_range.is_some())
    }

    fn lead(&self) -> Option<Lead<'a>> {
        let mut first = self.standing().filter(|card| card.rank == Some(1));
        let leader = first.next().filter(|card| !card.tied)?;
        let low = &leader.total.as_ref()?.low;
        let others = self.standing().filter(|card| card.vendor != leader.vendor);
        let (next, bounds) = others
            .filter_map(|card| Some((card, card.total.as_ref()?)))
            .max_by(|left, right| left.1.high.cmp(&right.1.high))?;
        Some(Lead {
            leader,
            next,
            margin: low - &bounds.high,
            exact: leader.total.as_ref()?.exact().is_some() && bounds.exact().is_some(),
        })
    }

    fn headline(&self, lead: Option<&Lead<'_>>) -> String {
        if let Some(lead) = lead {
            return self.lead_text(lead);
        }
        let first: Vec<&VendorCard> = self
            .standing()
            .filter(|card| card.rank_range.is_some_and(|(best, _)| best == 1))
            .collect();
        let names: Vec<&str> = first.iter().map(|card| self.name(card)).collect();
        let decided = first.iter().all(|card| card.rank == Some(1));
        match names.as_slice() {
            [] if self.card.vendors.is_empty() => "There is no vendor yet.".to_owned(),
            [] => "No vendor is left to rank: each one is disqualified, excluded, or has nothing that applies.".to_owned(),
            [name] if decided => format!("{name} is the only vendor left to rank."),
            [name] => format!(
                "{name} is the only vendor left to rank, but not all of its gates are passed yet."
            ),
            names if decided => format!(
                "{} share first place with exactly the same total.",
                first_few(names, NAMED)
            ),
            names => format!(
                "First place is undecided: {} can each still come first.",
                first_few(names, NAMED)
            ),
        }
    }

    /// Who can at best reach exactly what the leader has at least.
    fn drawing_level_with(&self, leader: &VendorCard) -> Vec<&str> {
        let low = leader.total.as_ref().map(|total| &total.low);
        let others = self.standing().filter(|card| card.vendor != leader.vendor);
        others
            .filter(|card| card.total.as_ref().map(|total| &total.high) == low)
            .map(|card| self.name(card))
            .collect()
    }

    fn lead_text(&self, lead: &Lead<'_>) -> String {
        let leader = self.name(lead.leader);
        let next = self.name(lead.next);
        if lead.margin.is_zero() {
            let names = self.drawing_level_with(lead.leader);
            let others = first_few(&names, NAMED);
            return format!("{leader} is first, but {others} can still draw level.");
        }
        let least = if lead.exact { "" } else { "at least " };
        let close_call = self.evaluation.set().rules().close_call();
        let margin = points_apart_from(&lead.margin, close_call);
        if lead.margin < close_call.into() {
            return format!(
                "No clear winner: {leader} leads {next} by {least}{margin}, less than the {} that this criteria set asks of a \
                 clear lead.",
                counted_points(close_call)
            );
        }
        format!("{leader} leads {next} by {least}{margin}.")
    }

    /// The top-level categories in which the first two differ most.
    fn because(&self, lead: &Lead<'_>) -> Option<String> {
        let set = self.evaluation.set();
        let top_level = set
            .categories()
            .iter()
            .filter(|category| category.parent().is_none());
        if top_level.count() < 2 {
            return None;
        }
        let pairs = lead.leader.categories.iter().zip(&lead.next.categories);
        let mut gaps: Vec<(Fraction, &str)> = pairs
            .zip(set.categories())
            .filter(|(_, category)| category.parent().is_none())
            .filter_map(|((left, right), category)| {
                let gap = left.contribution.exact()? - right.contribution.exact()?;
                (!gap.is_zero()).then_some((gap, category.title()))
            })
            .collect();
        gaps.sort_by_key(|(gap, _)| Reverse(magnitude(gap)));
        gaps.truncate(EXPLAINED);
        let texts: Vec<String> = gaps
            .iter()
            .map(|(gap, title)| {
                let sign = if gap.is_negative() { "−" } else { "+" };
                format!("{title} {sign}{}", figure(&magnitude(gap)))
            })
            .collect();
        (!texts.is_empty()).then(|| {
            format!(
                "What sets {} apart from {}: {}.",
                self.name(lead.leader),
                self.name(lead.next),
                texts.join(", ")
            )
        })
    }

    fn missing(&self) -> Vec<String> {
        let mut owed: BTreeMap<EvaluatorIndex, Vec<String>> = BTreeMap::new();
        let mut owed_by_nobody = Vec::new();
        let mut prices = Vec::new();
        let cards = self.card.vendors.iter();
        for vendor in cards.filter(|card| card.status != VendorStatus::Excluded) {
            for cell in &vendor.criteria {
                if cell.owed_by.is_empty() && (cell.state != State::NotScored || cell.conflict) {
                    continue;
                }
                let text = format!(
                    "{} for {}",
                    criterion_text(self.evaluation, cell.criterion),
                    self.name(vendor)
                );
                let criterion = self
                    .evaluation
                    .set()
                    .criteria()
                    .get(cell.criterion.position());
                let is_price =
                    criterion.is_some_and(|found| matches!(found.kind(), Kind::Priced(_)));
                if cell.owed_by.is_empty() {
                    let missing = if is_price {
                        &mut prices
                    } else {
                        &mut owed_by_nobody
                    };
                    missing.push(text);
                } else {
                    for &evaluator in &cell.owed_by {
                        owed.entry(evaluator).or_default().push(text.clone());
                    }
                }
            }
        }
        let by_evaluator = owed.iter().map(|(&evaluator, texts)| {
            format!(
                "{} still owes {}: {}.",
                self.evaluation.evaluator_name(evaluator),
                counted(texts.len(), "answer", "answers"),
                first_few(texts, NAMED)
            )
        });
        let mut sentences: Vec<String> = by_evaluator.collect();
        if !prices.is_empty() {
            sentences.push(format!(
                "{} missing: {}.",
                counted(prices.len(), "price is", "prices are"),
                first_few(&prices, NAMED)
            ));
        }
        if !owed_by_nobody.is_empty() {
            sentences.push(format!(
                "{} missing that no evaluator has taken on: {}.",
                counted(owed_by_nobody.len(), "answer is", "answers are"),
                first_few(&owed_by_nobody, NAMED)
            ));
        }
        sentences
    }
}

fn magnitude(value: &Fraction) -> Fraction {
    if value.is_negative() {
        -value
    } else {
        value.clone()
    }
}

fn counted_points(value: Decimal) -> String {
    let unit = if value == Decimal::ONE {
        "point"
    } else {
        "points"
    };
    format!("{} {unit}", exact::plain(value))
}

fn points(value: &Fraction) -> String {
    let text = figure(value);
    let unit = if *value == Fraction::one() {
        "point"
    } else {
        "points"
    };
    format!("{text} {unit}")
}

/// A margin in points that never reads like the bound it falls short of.
fn points_apart_from(value: &Fraction, bound: Decimal) -> String {
    let like_bound =
        exact::fixed(&bound.into(), exact::PLACES) == exact::fixed(value, exact::PLACES);
    if like_bound && *value != bound.into() {
        return format!("{} points", exact::parted_from(value, bound, exact::PLACES));
    }
    points(value)
}

/// A difference as published: two decimals, more where it would otherwise print as nothing.
fn figure(value: &Fraction) -> String {
    let text = exact::fixed(value, exact::PLACES);
    if !value.is_zero() && text == exact::fixed(&Fraction::zero(), exact::PLACES) {
        return exact::parted_from(value, Decimal::ZERO, exact::PLACES);
    }
    text
}
