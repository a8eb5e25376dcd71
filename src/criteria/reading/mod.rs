//! From TOML to a proven criteria set, or to everything that is wrong with it.

mod categories;
mod context;
mod criteria;
mod fields;
mod gates;
mod ids;
mod lenses;
mod price;
mod scale;
mod syntax;
mod weights;

pub(super) use self::price::is_currency;

use sha2::{Digest, Sha256};
use toml::de::DeTable;

use self::categories::{CategoryDraft, read_categories};
use self::context::{Context, Field, Span};
use self::criteria::{CriterionDraft, Defaults, read_criterion};
use self::fields::Fields;
use self::gates::read_percent;
use self::ids::{IdSpace, Named, part_titles, read_set_id, read_title};
use self::lenses::{CriterionIds, read_lenses};
use self::scale::read_scale;
use self::weights::WeighedTree;
use super::{
    Collapse, CriteriaSet, FormMistake, PointsRule, Rules, SetLimits, SetProblem, TreeMistake,
    WeightRule,
};
use crate::exact::{plain, read_decimal};
use rust_decimal::Decimal;

impl CriteriaSet {
    /// Reads a criteria set from TOML.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the file.
    pub fn parse(source: &str, limits: &SetLimits) -> Result<Self, Vec<SetProblem>> {
        let ctx = Context::new(source);
        if source.len() > limits.bytes {
            ctx.report_whole(FormMistake::TooMany {
                what: "bytes",
                found: source.len(),
                limit: limits.bytes,
            });
            return Err(ctx.into_problems());
        }
        let (document, errors) = DeTable::parse_recoverable(source);
        syntax::report(&ctx, &errors);
        let start = Span { start: 0, end: 0 };
        let root = Fields::new(&ctx, document.get_ref(), start, "the set".to_owned());
        let set = if is_within(&root, limits) {
            read_set(&root, source, limits)
        } else {
            None
        };
        let problems = ctx.into_problems();
        match set {
            Some(set) if problems.is_empty() => Ok(set),
            _ => Err(problems),
        }
    }
}

/// Reports what there is too much of; such a file is not read any further.
fn is_within(root: &Fields<'_>, limits: &SetLimits) -> bool {
    let counts = [
        ("category", "categories", limits.categories),
        ("criterion", "criteria", limits.criteria),
        ("lens", "lenses", limits.lenses),
    ];
    let mut within = true;
    for (key, what, limit) in counts {
        let found = root.count(key);
        if found > limit {
            within = false;
            let mistake = FormMistake::TooMany { what, found, limit };
            root.ctx.report(root.value_span(key), mistake);
        }
    }
    within
}

fn read_set(root: &Fields<'_>, source: &str, limits: &SetLimits) -> Option<CriteriaSet> {
    root.allow_only(&[
        "id",
        "title",
        "version",
        "description",
        "framework",
        "weights",
        "scale",
        "rules",
        "category",
        "criterion",
        "lens",
    ]);
    let id = read_set_id(root);
    let title = read_title(root);
    let version = root.needed_text("version");
    let description = root.text("description").value().map(str::to_owned);
    let framework = root.text("framework").value().map(str::to_owned);
    let weight_rule = read_weight_rule(root);
    let rules = read_rules(root);
    let defaults = Defaults {
        scale: read_default_scale(root),
        points: rules.as_ref().map(|rules| rules.points),
    };
    let (categories, ids) = read_categories(root, limits.depth);
    let tables = root.tables("criterion");
    let criteria: Vec<CriterionDraft<'_>> = tables
        .iter()
        .map(|table| read_criterion(table, &ids, &defaults))
        .collect();
    part_names(root.ctx, &categories, &criteria);
    let category_weights = weigh(root, &categories, &criteria, weight_rule);
    let lenses = read_lenses(root, &CriterionIds::new(&criteria), weight_rule);
    Some(CriteriaSet {
        id: id?.value.to_owned(),
        title: title?.value.shown().to_owned(),
        version: version?.value.to_owned(),
        description,
        framework,
        source: source.to_owned(),
        sha256: hex(&Sha256::digest(source.as_bytes())),
        weight_rule: weight_rule?,
        rules: rules?,
        categories: categories
            .into_iter()
            .zip(category_weights)
            .map(|(category, weight)| category.finish(weight))
            .collect::<Option<_>>()?,
        criteria: criteria
            .into_iter()
            .map(CriterionDraft::finish)
            .collect::<Option<_>>()?,
        lenses,
    })
}

/// Reports nodes that cannot be told apart by id or title.
fn part_names(
    ctx: &Context<'_>,
    categories: &[CategoryDraft<'_>],
    criteria: &[CriterionDraft<'_>],
) {
    let mut taken = IdSpace::default();
    let of_categories = categories.iter().map(|category| category.id.as_ref());
    let of_criteria = criteria.iter().map(|criterion| criterion.id.as_ref());
    for id in of_categories.chain(of_criteria).flatten() {
        taken.take(ctx, id);
    }
    let named: Vec<Named<'_>> = criteria
        .iter()
        .filter_map(|criterion| {
            Some(Named {
                of: &criterion.of,
                id: criterion.id.as_ref(),
                title: criterion.title.as_ref()?,
            })
        })
        .collect();
    part_titles(ctx, &named);
}

/// Checks the weights of the tree and the gates that depend on them; gives what every category weighs.
fn weigh(
    root: &Fields<'_>,
    categories: &[CategoryDraft<'_>],
    criteria: &[CriterionDraft<'_>],
    rule: Option<WeightRule>,
) -> Vec<Decimal> {
    let tree = WeighedTree::new(root.ctx, categories, criteria, rule);
    for (what, is_empty) in [
        ("category", categories.is_empty()),
        ("criterion", criteria.is_empty()),
    ] {
        if is_empty && root.key_span(what).is_none() {
            root.ctx.report_whole(TreeMistake::NoneAtAll { what });
        }
    }
    if let Some(first) = criteria.first() {
        tree.refuse_empty();
        let place = root.key_span("weights").unwrap_or(first.span);
        tree.check_sums(place);
        let total_minimum = root
            .peek_table("rules")
            .filter(|rules| rules.key_span("total_minimum").is_some())
            .map(|rules| rules.value_span("total_minimum"));
        tree.check_gates(total_minimum);
    }
    tree.category_weights()
}

fn read_weight_rule(root: &Fields<'_>) -> Option<WeightRule> {
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

fn read_default_scale(root: &Fields<'_>) -> Field<scale::AnchoredScale> {
    match root.table("scale", "[scale]".to_owned()) {
        Field::Given(table) => match read_scale(&table.value, "the set") {
            Some(value) => Field::Given(context::At {
                value,
                span: table.span,
            }),
            None => Field::Broken,
        },
        Field::Absent => Field::Absent,
        Field::Broken => Field::Broken,
    }
}

fn read_rules(root: &Fields<'_>) -> Option<Rules> {
    let mut rules = Rules {
        evaluators: Collapse::Mean,
        points: PointsRule::FromMin,
        total_minimum: None,
        close_call: read_decimal("1.0").unwrap_or(Decimal::ONE),
    };
    let table = match root.table("rules", "[rules]".to_owned()) {
        Field::Given(table) => table.value,
        Field::Absent => return Some(rules),
        Field::Broken => return None,
    };
    table.allow_only(&["evaluators", "points", "total_minimum", "close_call"]);
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
    Some(rules)
}

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
