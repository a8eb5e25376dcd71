//! From TOML to a proven criteria set, or to everything that is wrong with it.

mod categories;
mod context;
mod costs;
mod criteria;
mod field;
mod fields;
mod gates;
mod ids;
mod kinds;
mod lenses;
mod lists;
mod metrics;
mod price;
mod rules;
mod scale;
mod syntax;
mod weighed;
mod weights;

pub(super) use self::price::is_currency;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use toml::de::DeTable;

use self::categories::{CategoryDraft, read_categories};
use self::context::Context;
use self::criteria::{CriterionDraft, read_criterion};
use self::field::Span;
use self::fields::Fields;
use self::ids::{IdOf, IdSpace, read_set_id, read_title};
use self::kinds::Defaults;
use self::lenses::{CriterionIds, read_lenses};
use self::rules::{read_default_scale, read_rules, read_weight_rule};
use self::weighed::WeighedTree;
use super::{
    CostMistake, CriteriaSet, FormMistake, SetLimits, SetProblem, TreeMistake, WeightRule,
};

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
    refuse_two_costs(&tables);
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
    for id in categories
        .iter()
        .filter_map(|category| category.id.as_ref())
    {
        taken.take(ctx, IdOf::Category, id);
    }
    for id in criteria
        .iter()
        .filter_map(|criterion| criterion.id.as_ref())
    {
        taken.take(ctx, IdOf::Criterion, id);
    }
}

/// Reports costs on more than one criterion: a cost line does not say which price it is part of.
fn refuse_two_costs(criteria: &[Fields<'_>]) {
    let with_costs = criteria
        .iter()
        .filter_map(|one| Some((one, one.key_span("costs")?)));
    for (fields, span) in with_costs.skip(1) {
        let of = fields.of.clone();
        fields.ctx.report(span, CostMistake::Twice { of });
    }
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
        if is_empty && root.lacks(what) {
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

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::{Collapse, Kind, PointsRule, PriceRule};

    const HEAD: &str = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\n";
    const TREE: &str = "[scale]\nmin = 0\nmax = 5\n[[category]]\nid = \"c\"\ntitle = \"C\"\n\
        [[criterion]]\nid = \"X\"\ncategory = \"c\"\ntitle = \"The X\"\nweight = 60\n\
        [[criterion]]\nid = \"Y\"\ncategory = \"c\"\ntitle = \"The Y\"\nweight = 40\n";

    fn read(source: &str) -> CriteriaSet {
        CriteriaSet::parse(source, &SetLimits::default()).unwrap()
    }

    fn codes(source: &str, limits: &SetLimits) -> Vec<&'static str> {
        let problems = CriteriaSet::parse(source, limits).err().unwrap_or_default();
        problems.iter().map(SetProblem::code).collect()
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let set = read(&format!("{HEAD}{TREE}"));
        assert_eq!(set.weight_rule(), WeightRule::Points);
        assert_eq!(set.rules().evaluators(), Collapse::Mean);
        assert_eq!(set.rules().points(), PointsRule::FromMin);
        assert_eq!(set.rules().total_minimum(), None);
        assert_eq!(set.rules().close_call(), Decimal::ONE);
        assert_eq!(set.categories()[0].weight(), Decimal::ONE_HUNDRED);
        assert!(set.lenses().is_empty() && set.framework().is_none());
    }

    #[test]
    fn the_hash_is_of_the_bytes_as_given_and_a_byte_order_mark_is_no_mistake() {
        let plain = read(&format!("{HEAD}{TREE}"));
        let marked = read(&format!("\u{feff}{HEAD}{TREE}"));
        assert_ne!(plain.sha256(), marked.sha256());
        assert_eq!(plain.sha256().len(), 64);
        assert_eq!(
            hex(&Sha256::digest("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn lines_end_as_people_end_them() {
        let set = read(&format!("{HEAD}{TREE}").replace('\n', "\r\n"));
        assert_eq!(set.criteria().len(), 2);
        let source = format!("{HEAD}{TREE}")
            .replace("= 40", "= -40")
            .replace('\n', "\r\n");
        let problems = CriteriaSet::parse(&source, &SetLimits::default()).unwrap_err();
        assert_eq!(problems[0].line(), Some(19));
    }

    #[test]
    fn a_number_may_be_written_with_a_point_or_in_quotes_and_keeps_its_value() {
        let set = read(
            &format!("{HEAD}{TREE}")
                .replace("= 60", "= 60.000000001")
                .replace("= 40", "= \"39.999999999\""),
        );
        assert_eq!(set.criteria()[0].weight().to_string(), "60.000000001");
        assert_eq!(set.criteria()[1].weight().to_string(), "39.999999999");
    }

    #[test]
    fn weight_zero_is_information_only() {
        let tail = "[[criterion]]\nid = \"Z\"\ncategory = \"c\"\ntitle = \"The Z\"\nweight = 0\n\
            [[lens]]\nid = \"cio\"\ntitle = \"CIO\"\nweights = { X = 50, Y = 50 }\n";
        let set = read(&format!("{HEAD}{TREE}{tail}"));
        assert_eq!(set.lenses()[0].weights()[2], Decimal::ZERO);
        assert!(set.lenses()[0].metrics().is_empty());
    }

    #[test]
    fn a_price_needs_no_more_than_a_rule_and_its_gate_may_stand_beside_or_inside() {
        for price in [
            "kind = \"priced\"",
            "price = {}",
            "price = { rule = \"fixed-range\" }\nmaximum = 900",
            "price = { rule = \"fixed-range\", maximum = 900 }",
            "price = { rule = \"lowest-ratio\", currency = \"EUR\" }",
        ] {
            let source =
                format!("{HEAD}{TREE}").replace("weight = 40", &format!("weight = 40\n{price}"));
            let set = read(&source);
            let Kind::Priced(priced) = set.criteria()[1].kind() else {
                panic!("not priced: {price}");
            };
            assert_eq!(
                priced.maximum().is_some(),
                price.contains("maximum"),
                "{price}"
            );
            assert_eq!(
                priced.rule() == PriceRule::LowestRatio,
                price.contains("lowest"),
                "{price}"
            );
        }
    }

    #[test]
    fn a_category_of_must_haves_alone_needs_no_weight() {
        let musts = "[[category]]\nid = \"m\"\ntitle = \"Musts\"\n\
            [[criterion]]\nid = \"M\"\ncategory = \"m\"\ntitle = \"Must\"\nkind = \"pass-fail\"\n";
        for rule in ["points", "shares", "relative"] {
            let weighed = TREE.replace("title = \"C\"\n", "title = \"C\"\nweight = 100\n");
            read(&format!("{HEAD}weights = \"{rule}\"\n{weighed}{musts}"));
            let zero = musts.replace("\"Musts\"\n", "\"Musts\"\nweight = 0\n");
            read(&format!("{HEAD}weights = \"{rule}\"\n{weighed}{zero}"));
        }
    }

    #[test]
    fn an_own_scale_brings_its_own_anchors_and_the_default_one_lends_its() {
        let source = format!("{HEAD}{TREE}")
            .replace("max = 5\n", "max = 5\nanchors = { 0 = \"none\" }\n")
            .replace("weight = 40", "weight = 40\nscale = { min = 1, max = 10 }");
        let set = read(&source);
        assert_eq!(
            set.criteria()[0].anchors(),
            [(Decimal::ZERO, "none".to_owned())]
        );
        assert!(set.criteria()[1].anchors().is_empty());
    }

    #[test]
    fn a_gate_may_lie_on_either_end_of_its_scale() {
        for gate in ["0", "5", "2.25"] {
            read(
                &format!("{HEAD}{TREE}")
                    .replace("weight = 40", &format!("weight = 40\nminimum = {gate}")),
            );
        }
        for gate in ["-0.1", "5.1"] {
            let source = format!("{HEAD}{TREE}")
                .replace("weight = 40", &format!("weight = 40\nminimum = {gate}"));
            assert_eq!(codes(&source, &SetLimits::default()), ["gate-out-of-range"]);
        }
    }

    #[test]
    fn a_set_at_its_limits_is_read_and_one_beyond_is_refused() {
        let source = format!("{HEAD}{TREE}");
        let exact = SetLimits {
            bytes: source.len(),
            criteria: 2,
            categories: 1,
            depth: 1,
            lenses: 0,
        };
        assert!(codes(&source, &exact).is_empty());
        let less = |change: fn(&mut SetLimits)| {
            let mut limits = exact.clone();
            change(&mut limits);
            codes(&source, &limits)
        };
        assert_eq!(less(|limits| limits.bytes = 100), ["limit-exceeded"]);
        assert_eq!(less(|limits| limits.criteria = 1), ["limit-exceeded"]);
        assert_eq!(less(|limits| limits.categories = 0), ["limit-exceeded"]);
        assert_eq!(less(|limits| limits.depth = 0), ["limit-exceeded"]);
    }

    #[test]
    fn a_line_that_is_no_toml_hides_other_mistakes_no_more_than_it_must() {
        let source = format!("{HEAD}{TREE}")
            .replace("weight = 60", "weight = 60,0")
            .replace("weight = 40", "weight = 4e1");
        assert_eq!(
            codes(&source, &SetLimits::default()),
            ["not-toml", "not-a-number"]
        );
    }

    #[test]
    fn a_file_that_is_no_set_at_all_gets_a_bounded_answer() {
        let told = codes(&"no set\n".repeat(2_000), &SetLimits::default());
        assert_eq!(told.len(), 1_001);
        assert_eq!(told.last(), Some(&"more-problems"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(at in 0_usize..400, junk in "[\\[\\]{}=\".,a-z0-9#\n\u{e9}-]{0,6}") {
            let mut source = format!("{HEAD}{TREE}");
            let at = at.min(source.len());
            source.insert_str(at, &junk);
            let told = CriteriaSet::parse(&source, &SetLimits::default());
            proptest::prop_assert!(told.is_ok_and(|set| set.criteria().len() >= 2) || !codes(&source, &SetLimits::default()).is_empty());
        }
    }
}
