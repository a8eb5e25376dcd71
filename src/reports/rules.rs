//! The rules of a set in words.

use crate::criteria::{Collapse, Costs, CriteriaSet, Kind, PointsRule, PriceRule, WeightRule};
use crate::exact;
use crate::reports::margin::counted_points;

/// One rule: what it is about, and what it says.
pub(super) struct Paragraph {
    pub(super) about: &'static str,
    pub(super) text: String,
}

/// How results come about under a set's rules.
pub(super) fn rules(set: &CriteriaSet) -> Vec<Paragraph> {
    let mut rules = vec![
        paragraph("Total", total(set.weight_rule())),
        paragraph("Points", points(set.rules().points())),
        paragraph("Several evaluators", evaluators(set.rules().evaluators())),
    ];
    let mut told: Vec<PriceRule> = Vec::new();
    for criterion in set.criteria() {
        if let Kind::Priced(priced) = criterion.kind()
            && !told.contains(&priced.rule())
        {
            told.push(priced.rule());
            rules.push(paragraph("Prices", price(priced.rule())));
        }
    }
    if let Some((_, priced, costs)) = set.costed() {
        rules.push(Paragraph {
            about: "Total cost",
            text: costs_text(costs, priced.currency().unwrap_or_default()),
        });
    }
    rules.extend([
        paragraph("What is missing", MISSING),
        paragraph("No response", NO_RESPONSE),
        paragraph("Not applicable", NOT_APPLICABLE),
        paragraph("Gates", GATES),
        paragraph("Ranks and ties", TIES),
        paragraph("Rounding", ROUNDING),
    ]);
    rules
}

/// What is called a clear winner: advice, which stands in no record of a tender.
pub(super) fn clear_winner(set: &CriteriaSet) -> Paragraph {
    let text = format!(
        "A lead of less than {} is called no clear winner.",
        counted_points(set.rules().close_call())
    );
    Paragraph {
        about: "Clear winner",
        text,
    }
}

/// How cost lines become a price.
pub(super) fn costs_text(costs: &Costs, currency: &str) -> String {
    let rate = exact::plain(costs.discount());
    let amounts = if currency.is_empty() {
        "Amounts".to_owned()
    } else {
        format!("Amounts in {currency}")
    };
    format!(
        "{amounts} are added up over {} years at a discount of {rate} percent a year: year 0 is the day of signing and \
         counts in full, an amount of year t counts divided by (1 + {rate}/100) to the power of t (net present value, \
         amounts falling due at the end of their year). The exact total becomes the price, rounded once to the cent, half \
         away from zero. A cost of 0 is included; one that is not named leaves the vendor without a total. Layers: {}.",
        costs.horizon(),
        costs.layers().join(", ")
    )
}

fn paragraph(about: &'static str, text: &str) -> Paragraph {
    let text = text.to_owned();
    Paragraph { about, text }
}

fn total(rule: WeightRule) -> &'static str {
    match rule {
        WeightRule::Points => {
            "Every criterion has a share of the whole: its weight, all weights adding up to 100. Share times points \
             reached is the criterion's contribution, and the contributions add up to the total, from 0 to 100."
        }
        WeightRule::Shares => {
            "The weights of every group of siblings add up to 100. A criterion's share of the whole is its part of its \
             group, times its category's share. Share times points reached is its contribution, and the contributions \
             add up to the total, from 0 to 100."
        }
        WeightRule::Relative => {
            "Weights count in proportion: a criterion's share of the whole is its weight divided by the sum of its \
             group, times its category's share. Share times points reached is its contribution, and the contributions \
             add up to the total, from 0 to 100."
        }
    }
}

fn points(rule: PointsRule) -> &'static str {
    match rule {
        PointsRule::FromMin => {
            "A score becomes points from 0 to 100 by its place on the scale: the lowest score gives 0, the highest 100. \
             Where lower is better it is the other way round."
        }
        PointsRule::OfMax => {
            "A score becomes points from 0 to 100 as its part of the highest score of the scale."
        }
    }
}

fn evaluators(rule: Collapse) -> &'static str {
    match rule {
        Collapse::Mean => {
            "The evaluators' scores become one by their mean. A consensus score, where there is one, stands in their \
             place."
        }
        Collapse::Median => {
            "The evaluators' scores become one by their median; of an even count the mean of the middle two is taken. \
             A consensus score, where there is one, stands in their place."
        }
    }
}

fn price(rule: PriceRule) -> &'static str {
    match rule {
        PriceRule::FixedRange => {
            "A price (fixed-range) scores 100 at the floor, 0 at the ceiling, and in proportion between them, so no \
             vendor's price moves another's points."
        }
        PriceRule::LowestRatio => {
            "A price (lowest-ratio) scores the lowest price divided by it, so the lowest price sets everybody's points."
        }
        PriceRule::LinearToLowest => {
            "A price (linear-to-lowest) scores 2 minus itself divided by the lowest price, never less than 0, so the \
             lowest price sets everybody's points."
        }
        PriceRule::LinearRange => {
            "A price (linear-range) scores 100 if it is the lowest, 0 if it is the highest, and in proportion between \
             them, so the lowest and the highest price set everybody's points."
        }
    }
}

const MISSING: &str = "A missing score is never counted as 0. The total is then given as a range: the low end with \
    everything missing at its worst, the high end with everything missing at its best. A rank is stated only where \
    nothing missing can change it.";
const NO_RESPONSE: &str = "Where a vendor was asked and gave no response, it has the worst score of the scale, and the report says so.";
const NOT_APPLICABLE: &str = "Where all evaluators say that a criterion does not apply to a vendor, its share goes to \
    the other criteria of its group in proportion to their weights, for that vendor only.";
const GATES: &str = "A gate is a bound that must be met whatever the total. It is decided on exact values and on the \
    record's weights. A vendor that fails one is disqualified and has no rank; its total is shown all the same.";
const TIES: &str = "Vendors with exactly equal totals share a rank (1, 2=, 2=, 4). Ties are never broken by name or by \
    the order in which scores came in.";
const ROUNDING: &str = "All sums are exact. Numbers are rounded once, for print, half away from zero, to two decimals; \
    unequal numbers that would look alike show more. No printed number is adjusted to make a sum fit: where printed \
    contributions miss the printed total, the difference is given as rounding.";
