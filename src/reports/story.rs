//! What a result means, in sentences: who leads and by how much, what brought it, what is missing and who owes it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::criteria::{CategoryIndex, Lens};
use crate::evaluation::{Evaluation, EvaluatorIndex};
use crate::exact::Fraction;
use crate::scoring::{Lead, Scorecard, VendorCard, VendorStatus};

use super::margin::{counted_points, figure, magnitude, points_apart_from};
use super::missing::{Gap, Missing, gaps};
use super::sentence::{About, Sentence};
use super::words::counted;

/// How many vendors or missing answers a sentence names before it counts the rest.
pub(super) const NAMED: usize = 5;
/// How many categories the difference between the first two is explained by.
const EXPLAINED: usize = 3;

/// A result in sentences.
#[derive(Debug, Clone, Default)]
pub(super) struct Story {
    /// Who leads and by how much, or why nobody does.
    pub(super) headline: Sentence,
    /// The same without a word on how close it is, which is advice.
    pub(super) plain_headline: Sentence,
    /// What brought the lead, `None` without one.
    pub(super) because: Option<Sentence>,
    /// What is missing and who owes it, one sentence each.
    pub(super) missing: Vec<Sentence>,
}

/// Tells a result.
pub(super) fn tell(evaluation: &Evaluation, card: &Scorecard, lens: Option<&Lens>) -> Story {
    let telling = Telling { evaluation, card };
    let lead = telling.card.lead();
    let through = |headline| match lens {
        Some(lens) => Sentence::of(format!("{} lens: ", lens.title())).then(headline),
        None => headline,
    };
    Story {
        headline: through(telling.headline(lead.as_ref(), true)),
        plain_headline: through(telling.headline(lead.as_ref(), false)),
        because: lead.as_ref().and_then(|lead| telling.because(lead)),
        missing: telling.missing(),
    }
}

struct Telling<'a> {
    evaluation: &'a Evaluation,
    card: &'a Scorecard,
}

/// A vendor by name.
pub(super) fn named(evaluation: &Evaluation, card: &VendorCard) -> Sentence {
    let name = evaluation.vendor_name(card.vendor);
    Sentence::on(name, About::Vendor(card.vendor))
}

impl<'a> Telling<'a> {
    fn name(&self, card: &VendorCard) -> Sentence {
        named(self.evaluation, card)
    }

    /// The first few of some vendors, and how many more.
    fn names(&self, cards: &[&VendorCard]) -> Sentence {
        let first = cards.iter().take(NAMED).map(|card| self.name(card));
        Sentence::default().list(first.collect(), cards.len())
    }

    fn headline(&self, lead: Option<&Lead<'_>>, judges: bool) -> Sentence {
        if let Some(lead) = lead {
            return self.lead_text(lead, judges);
        }
        let first: Vec<&VendorCard> = self
            .card
            .standing()
            .filter(|card| card.rank_range.is_some_and(|(best, _)| best == 1))
            .collect();
        let decided = first.iter().all(|card| card.rank == Some(1));
        match first.as_slice() {
            [] => self.nobody(),
            [only] => self.name(only).then(only_one(only, decided)),
            first if decided => self
                .names(first)
                .say(" share first place with exactly the same total."),
            first => Sentence::of("First place is undecided: ")
                .then(self.names(first))
                .say(" can each still come first."),
        }
    }

    /// Why no vendor is left to rank.
    fn nobody(&self) -> Sentence {
        let count = |status: fn(VendorStatus) -> bool| {
            let cards = self.card.vendors.iter();
            cards.filter(|card| status(card.status)).count()
        };
        let kinds = [
            (
                count(|status| status == VendorStatus::Disqualified),
                "disqualified",
            ),
            (count(|status| status == VendorStatus::Excluded), "excluded"),
            (
                count(|status| matches!(status, VendorStatus::Ranked | VendorStatus::Provisional)),
                "without anything that applies",
            ),
        ];
        let kinds: Vec<_> = kinds.into_iter().filter(|(count, _)| *count > 0).collect();
        match (kinds.as_slice(), self.card.vendors.as_slice()) {
            ([], _) => Sentence::of("There is no vendor yet."),
            ([(_, what)], [only]) => Sentence::of("No vendor is left to rank: ")
                .then(self.name(only))
                .say(format!(" is {what}.")),
            ([(_, what)], _) => Sentence::of(format!(
                "No vendor is left to rank: all of them are {what}."
            )),
            (kinds, _) => {
                let parts = kinds.iter().map(|(count, what)| {
                    Sentence::of(format!(
                        "{count} {} {what}",
                        if *count == 1 { "is" } else { "are" }
                    ))
                });
                Sentence::of("No vendor is left to rank: ")
                    .list(parts.collect(), kinds.len())
                    .say(".")
            }
        }
    }

    /// Who can at best reach exactly what the leader has at least.
    fn drawing_level_with(&self, leader: &VendorCard) -> Vec<&'a VendorCard> {
        let low = leader.total.as_ref().map(|total| &total.low);
        let others = self
            .card
            .standing()
            .filter(|card| card.vendor != leader.vendor);
        others
            .filter(|card| card.total.as_ref().map(|total| &total.high) == low)
            .collect()
    }

    /// The lead in words; whether it is a clear one is said only if the story judges.
    fn lead_text(&self, lead: &Lead<'_>, judges: bool) -> Sentence {
        let leader = self.name(lead.leader);
        if lead.margin.is_zero() {
            return leader
                .say(" is first, but ")
                .then(self.names(&self.drawing_level_with(lead.leader)))
                .say(" can still draw level.");
        }
        let least = if lead.exact { "" } else { "at least " };
        let close_call = self.evaluation.set().rules().close_call();
        let margin = points_apart_from(&lead.margin, close_call);
        let leads = leader
            .say(" leads ")
            .then(self.name(lead.next))
            .figure(format!(" by {least}{margin}"));
        if judges && lead.margin < close_call.into() {
            let below = if lead.exact {
                "less than"
            } else {
                "and is not sure of"
            };
            return Sentence::of("No clear winner: ")
                .then(leads)
                .figure(format!(
                    ", {below} the {} that this criteria set asks of a clear lead.",
                    counted_points(close_call)
                ));
        }
        leads.say(".")
    }

    /// The top-level categories in which the first two differ most.
    fn because(&self, lead: &Lead<'_>) -> Option<Sentence> {
        let set = self.evaluation.set();
        let top_level = set
            .categories()
            .iter()
            .filter(|category| category.parent().is_none());
        if top_level.count() < 2 {
            return None;
        }
        let pairs = lead.leader.categories.iter().zip(&lead.next.categories);
        let mut gaps: Vec<(Fraction, CategoryIndex, &str)> = pairs
            .zip(set.categories())
            .filter(|(_, category)| category.parent().is_none())
            .filter_map(|((left, right), category)| {
                let gap = left.contribution.exact()? - right.contribution.exact()?;
                (!gap.is_zero()).then_some((gap, left.category, category.title()))
            })
            .collect();
        gaps.sort_by_key(|(gap, _, _)| Reverse(magnitude(gap)));
        gaps.truncate(EXPLAINED);
        if gaps.is_empty() {
            return None;
        }
        let told = Sentence::of("What sets ")
            .then(self.name(lead.leader))
            .say(" apart from ")
            .then(self.name(lead.next))
            .say(": ");
        let told = gaps
            .iter()
            .enumerate()
            .fold(told, |told, (at, (gap, category, title))| {
                let told = if at == 0 { told } else { told.say(", ") };
                let sign = if gap.is_negative() { "−" } else { "+" };
                told.name(*title, About::Category(lead.leader.vendor, *category))
                    .figure(format!(" {sign}{}", figure(&magnitude(gap))))
            });
        Some(told.say("."))
    }

    fn missing(&self) -> Vec<Sentence> {
        let mut owed: BTreeMap<EvaluatorIndex, Missing> = BTreeMap::new();
        let (mut prices, mut owed_by_nobody) = (Missing::default(), Missing::default());
        let cards = self.card.vendors.iter();
        for vendor in cards.filter(|card| card.status != VendorStatus::Excluded) {
            for (gap, cell) in gaps(self.evaluation.set(), vendor) {
                match gap {
                    Gap::Owed => {
                        for &evaluator in &cell.owed_by {
                            let missing = owed.entry(evaluator).or_default();
                            missing.add(vendor.vendor, cell.criterion);
                        }
                    }
                    Gap::Price => prices.add(vendor.vendor, cell.criterion),
                    Gap::Nobodys => owed_by_nobody.add(vendor.vendor, cell.criterion),
                    // It is told as a notice.
                    Gap::Conflict => {}
                }
            }
        }
        let by_evaluator = owed.iter().map(|(&evaluator, missing)| {
            Sentence::on(
                self.evaluation.evaluator_name(evaluator),
                About::Owner(evaluator),
            )
            .say(format!(
                " still owes {}: ",
                counted(missing.count(), "answer", "answers")
            ))
            .then(missing.told(self.evaluation))
            .say(".")
        });
        let mut sentences: Vec<Sentence> = by_evaluator.collect();
        if prices.count() > 0 {
            sentences.push(
                Sentence::on(
                    counted(prices.count(), "price is", "prices are"),
                    About::Missing,
                )
                .say(" missing: ")
                .then(prices.told(self.evaluation))
                .say("."),
            );
        }
        if owed_by_nobody.count() > 0 {
            let count = counted(owed_by_nobody.count(), "answer is", "answers are");
            sentences.push(
                Sentence::on(count, About::Missing)
                    .say(" missing that no evaluator has taken on: ")
                    .then(owed_by_nobody.told(self.evaluation))
                    .say("."),
            );
        }
        sentences
    }
}

/// How firm the place of the only vendor left is.
fn only_one(card: &VendorCard, decided: bool) -> Sentence {
    let open = card.total.as_ref().filter(|total| total.exact().is_none());
    Sentence::default().figure(match (decided, open) {
        (false, _) => {
            " is the only vendor left to rank, but not all of its gates are passed yet.".to_owned()
        }
        (true, Some(total)) => format!(
            " is the only vendor left to rank, and not scored completely: its total lies between {} and {}.",
            figure(&total.low),
            figure(&total.high)
        ),
        (true, None) => " is the only vendor left to rank.".to_owned(),
    })
}
