//! What holds for the whole set: how weights are read, the default scale, the rules.

use rust_decimal::Decimal;

use super::field::{At, Field};
use super::fields::Fields;
use super::gates::read_percent;
use super::scale::{AnchoredScale, read_scale};
use crate::criteria::{Collapse, FormMistake, JudgingMistake, PointsRule, Rules, WeightRule};
use crate::exact::{plain, read_decimal};

/// How the weights are to be read.
pub(super) fn read_weight_rule(root: &Fields<'_>) -> Option<WeightRule> {
    let rules = [
        ("points", WeightRule::Points),
        ("shares", WeightRule::Shares),
        ("relative", WeightRule::Relative),
    ];
    match root.choice("weights", &rules) {
        Field::Absent => Some(WeightRule::Points),
        field => field.value(),
    }
}

/// The scale of criteria that have none of their own.
pub(super) fn read_default_scale(root: &Fields<'_>) -> Field<AnchoredScale> {
    match root.table("scale", "[scale]".to_owned()) {
        Field::Given(table) => match read_scale(&table.value, "the set") {
            Some(value) => Field::Given(At {
                value,
                span: table.span,
            }),
            None => Field::Broken,
        },
        Field::Absent => Field::Absent,
        Field::Broken => Field::Broken,
    }
}

/// The `[rules]`.
pub(super) fn read_rules(root: &Fields<'_>) -> Option<Rules> {
    let mut rules = Rules {
        evaluators: Collapse::Mean,
        points: PointsRule::FromMin,
        total_minimum: None,
        close_call: read_decimal("1.0").unwrap_or(Decimal::ONE),
        // A spread of 2 on 0 to 5.
        flag: read_decimal("0.4").unwrap_or(Decimal::ONE),
    };
    let table = match root.table("rules", "[rules]".to_owned()) {
        Field::Given(table) => table.value,
        Field::Absent => return Some(rules),
        Field::Broken => return None,
    };
    table.allow_only(&[
        "evaluators",
        "points",
        "total_minimum",
        "close_call",
        "flag",
    ]);
    let collapses = [("mean", Collapse::Mean), ("median", Collapse::Median)];
    match table.choice("evaluators", &collapses) {
        Field::Given(at) => rules.evaluators = at.value,
        Field::Absent | Field::Broken => {}
    }
    let points = [
        ("from-min", PointsRule::FromMin),
        ("of-max", PointsRule::OfMax),
    ];
    match table.choice("points", &points) {
        Field::Given(at) => rules.points = at.value,
        Field::Absent | Field::Broken => {}
    }
    rules.total_minimum = read_percent(&table, "total_minimum").map(|at| at.value);
    if let Field::Given(at) = table.number("close_call") {
        if at.value < Decimal::ZERO {
            let mistake = FormMistake::Negative {
                of: table.of.clone(),
                key: "close_call",
                value: plain(at.value),
            };
            table.ctx.report(at.span, mistake);
        }
        rules.close_call = at.value;
    }
    if let Field::Given(at) = table.number("flag") {
        if at.value <= Decimal::ZERO || at.value > Decimal::ONE {
            let value = plain(at.value);
            table
                .ctx
                .report(at.span, JudgingMistake::FlagOffScale { value });
        }
        rules.flag = at.value;
    }
    Some(rules)
}
