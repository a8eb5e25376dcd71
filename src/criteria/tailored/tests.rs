use super::*;
use crate::criteria::{Criterion, SetLimits, WeightRule, shipped};
use crate::exact::plain;
use proptest::prelude::*;

const SMALL: &str = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nweights = \"points\" # of 100\nscale = { min = 0, max = 5 }\n\
    \n# --- A ---\n\n[[category]]\nid = \"a\"\ntitle = \"A\"\n\n[[criterion]]\nid = \"X\"\ncategory = \"a\"\ntitle = \"The X\"\nweight = 25 # much\nminimum = 1\n\
    \n# about Y\n[[criterion]]\nid = \"Y\"\ncategory = \"a\"\ntitle = \"The Y\"\nweight = 25\n\
    \n# --- B ---\n\n[[category]]\nid = \"b\"\ntitle = \"B\"\n\n[[criterion]]\nid = \"P\"\ncategory = \"b\"\ntitle = \"Price\"\nkind = \"priced\"\nweight = 40\n\
    \n[[criterion]]\nid = \"Z\"\ncategory = \"b\"\ntitle = \"The Z\"\nweight = 10\n\
    \n[[criterion]]\nid = \"M\"\ncategory = \"b\"\ntitle = \"Must\"\nkind = \"pass-fail\"\n\
    \n[[lens]]\nid = \"cio\"\ntitle = \"CIO\"\nweights = { X = 10, Y = 10, P = 70, Z = 10 }\n\
    [[lens.metric]]\nid = \"m\"\ntitle = \"M\"\ncriteria = [\"X\", \"Y\"]\n[[lens.metric]]\nid = \"n\"\ntitle = \"N\"\ncriteria = [\"X\"]\n";

fn read(source: &str) -> CriteriaSet {
    CriteriaSet::parse(source, &SetLimits::default()).unwrap()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = pairs
        .iter()
        .map(|&(id, text)| (id.to_owned(), text.to_owned()));
    owned.collect()
}

fn dropping(ids: &[&str]) -> Wishes {
    Wishes {
        drop: texts(ids),
        ..Wishes::default()
    }
}

fn tailor(set: &CriteriaSet, wishes: &Wishes) -> Result<Tailored, Vec<TailorProblem>> {
    let tailoring = Tailoring::of(set, wishes)?;
    set.tailored(&tailoring, &set.tailored_name(true))
}

fn told(set: &CriteriaSet, wishes: &Wishes) -> Vec<(String, &'static str)> {
    let problems = tailor(set, wishes).err().unwrap_or_default();
    let told = problems.iter().map(|one| (one.field.clone(), one.code()));
    told.collect()
}

/// The share of a criterion in percent, exactly.
fn share(set: &CriteriaSet, id: &str) -> String {
    let index = set.criterion_index(id).unwrap();
    Weighting::of_record(set)
        .shares()
        .of_criterion(index)
        .percent()
        .to_string()
}

#[test]
fn what_is_dropped_goes_with_its_comments_and_all_else_scales_exactly() {
    let set = read(SMALL);
    let tailored = tailor(&set, &dropping(&["Z", "Y"])).unwrap();
    let new = &tailored.set;
    assert_eq!(
        (new.id(), new.version(), new.title()),
        ("s-tailored", "2", "S, tailored")
    );
    assert_ne!(new.sha256(), set.sha256());
    // 25 and 40 of 65.
    assert_eq!(share(new, "X"), "500/13");
    assert_eq!(share(new, "P"), "800/13");
    assert_eq!(new.weight_rule(), WeightRule::Relative);
    assert_eq!(tailored.notes, [TailorNote::Relative]);
    let text = new.source();
    for gone in ["The Y", "about Y", "The Z", "Y = 10", "Z = 10"] {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
    for kept in [
        "# --- A ---",
        "# --- B ---",
        "# much",
        "minimum = 1",
        "X = 10, P = 70",
        "[\"X\"]",
    ] {
        assert!(text.contains(kept), "{kept} not in {text}");
    }
    assert!(
        text.starts_with("# Tailored from s version 1 (SHA-256 "),
        "{text}"
    );
    assert!(text.contains("# Dropped: Y, Z.\n"), "{text}");
}

#[test]
fn weights_stay_points_where_each_has_an_exact_decimal() {
    let set = read(SMALL);
    let wishes = Wishes {
        price_share: "20".to_owned(),
        ..Wishes::default()
    };
    // 60 points of others become 80: a third more each, which ends nowhere.
    assert_eq!(
        tailor(&set, &wishes).unwrap().set.weight_rule(),
        WeightRule::Relative
    );
    let wishes = Wishes {
        price_share: "55".to_owned(),
        ..Wishes::default()
    };
    let new = tailor(&set, &wishes).unwrap();
    assert_eq!(new.set.weight_rule(), WeightRule::Points);
    assert!(new.notes.is_empty());
    let weights: Vec<String> = new
        .set
        .criteria()
        .iter()
        .map(|one| plain(one.weight()))
        .collect();
    assert_eq!(weights, ["18.75", "18.75", "55", "7.5", "0"]);
    assert!(new.set.source().contains("weight = 18.75 # much"));
    assert!(new.set.source().contains("weights = \"points\" # of 100"));
}

#[test]
fn thirds_are_whole_numbers_in_proportion() {
    let set = read(SMALL);
    let wishes = Wishes {
        categories: pairs(&[("a", "33,333333333")]),
        ..Wishes::default()
    };
    let new = tailor(&set, &wishes).unwrap().set;
    assert_eq!(new.weight_rule(), WeightRule::Relative);
    assert_eq!(share(&new, "X"), "33333333333/2000000000");
    let weights: Vec<String> = new
        .categories()
        .iter()
        .map(|one| plain(one.weight()))
        .collect();
    assert_eq!(weights, ["33333333333", "66666666667"]);
    // The parts of a category keep their numbers, as they keep their proportions.
    assert_eq!(plain(new.criteria()[2].weight()), "40");
}

#[test]
fn typed_categories_are_set_and_the_others_fill_a_hundred() {
    let set = read(SMALL);
    let typed = |weights: &[(&str, &str)], price: &str| Wishes {
        categories: pairs(weights),
        price_share: price.to_owned(),
        ..Wishes::default()
    };
    let new = tailor(&set, &typed(&[("a", "40")], "")).unwrap().set;
    assert_eq!(
        ["X", "Y", "P", "Z"].map(|id| share(&new, id)),
        ["20/1", "20/1", "48/1", "12/1"]
    );
    let new = tailor(&set, &typed(&[("a", "40"), ("b", "60")], "30"))
        .unwrap()
        .set;
    assert_eq!(
        ["X", "Y", "P", "Z"].map(|id| share(&new, id)),
        ["20/1", "20/1", "30/1", "30/1"]
    );
    // What has a share of nothing keeps its place, and is told.
    let none = tailor(&set, &typed(&[("a", "100")], "")).unwrap();
    assert_eq!(share(&none.set, "P"), "0/1");
    assert_eq!(none.notes.len(), 2);
    for (weights, price, expected) in [
        (
            &[("a", "40"), ("b", "59.99")][..],
            "",
            ("categories.a", "wrong-sum"),
        ),
        (
            &[("a", "40"), ("b", "60.01")],
            "",
            ("categories.a", "wrong-sum"),
        ),
        (&[("a", "80")], "20.5", ("categories.a", "wrong-sum")),
        (&[("b", "20")], "30", ("categories.b", "category-sum")),
        (&[("a", "101")], "", ("categories.a", "not-a-percentage")),
        (&[("a", "-1")], "", ("categories.a", "not-a-percentage")),
        (&[("a", "half")], "", ("categories.a", "not-a-number")),
        (&[("c", "5")], "", ("categories.c", "unknown-category")),
        (
            &[("a", "5"), ("a", "6")],
            "",
            ("categories.a", "sent-twice"),
        ),
        (&[], "1,000", ("price_share", "not-a-number")),
    ] {
        let expected = (expected.0.to_owned(), expected.1);
        assert_eq!(
            told(&set, &typed(weights, price)),
            [expected],
            "{weights:?} {price}"
        );
    }
}

#[test]
fn a_price_share_of_nothing_and_of_everything_is_taken() {
    let set = read(SMALL);
    for (price, others) in [("0", "250/6"), ("100", "0/1")] {
        let wishes = Wishes {
            price_share: price.to_owned(),
            ..Wishes::default()
        };
        let new = tailor(&set, &wishes).unwrap().set;
        assert_eq!(share(&new, "P"), format!("{price}/1"));
        let expected = if others == "0/1" { "0/1" } else { "125/3" };
        assert_eq!(share(&new, "X"), expected);
    }
    let both = Wishes {
        price_share: "30".to_owned(),
        ..dropping(&["P"])
    };
    assert_eq!(
        told(&set, &both),
        [("price_share".to_owned(), "not-priced")]
    );
}

#[test]
fn a_lens_is_made_of_the_points_somebody_spreads() {
    let set = read(SMALL);
    let spread = |title: &str, points: &[(&str, &str)]| Wishes {
        stakeholders: vec![Stakeholder {
            title: title.to_owned(),
            points: pairs(points),
            ..Stakeholder::default()
        }],
        ..Wishes::default()
    };
    let new = tailor(
        &set,
        &spread(
            "Chief, Finance",
            &[("a", "20"), ("P", "79,5"), ("Z", "0.5")],
        ),
    );
    let new = new.unwrap().set;
    let lens = new.lens("chief-finance").unwrap();
    let weights: Vec<String> = lens.weights().iter().map(|weight| plain(*weight)).collect();
    assert_eq!(weights, ["10", "10", "79.5", "0.5", "0"]);
    assert!(lens.metrics().is_empty());
    assert!(
        new.source()
            .contains("# 100 points as spread: a 20, P 79.5, Z 0.5\n[[lens]]")
    );
    for (title, points, expected) in [
        (
            "CFO",
            &[("a", "20"), ("b", "79")][..],
            ("lenses.0.points", "points-sum"),
        ),
        (
            "CFO",
            &[("a", "20"), ("b", "80.000000001")],
            ("lenses.0.points", "points-sum"),
        ),
        ("CFO", &[], ("lenses.0.points", "points-sum")),
        ("", &[("a", "100")], ("lenses.0.title", "no-name")),
        ("cio", &[("a", "100")], ("lenses.0.title", "lens-taken")),
        ("Record", &[("a", "100")], ("lenses.0.title", "lens-taken")),
        ("CFO", &[("M", "100")], ("lenses.0.points.M", "weightless")),
        (
            "CFO",
            &[("a", "50"), ("X", "50")],
            ("lenses.0.points.X", "points-within"),
        ),
        (
            "CFO",
            &[("c", "100")],
            ("lenses.0.points.c", "unknown-criterion"),
        ),
    ] {
        let expected = (expected.0.to_owned(), expected.1);
        assert_eq!(
            told(&set, &spread(title, points)),
            [expected],
            "{title} {points:?}"
        );
    }
    let again = Wishes {
        drop_lenses: texts(&["chief-finance", "cio"]),
        ..spread("Chief Finance", &[("b", "100")])
    };
    let other = tailor(&new, &again).unwrap().set;
    assert_eq!(other.lenses().len(), 1);
    assert_eq!(plain(other.lenses()[0].weights()[2]), "80");
}

#[test]
fn what_goes_with_something_else_is_told() {
    let set = read(SMALL);
    let tailored = tailor(&set, &dropping(&["X", "P", "Z", "M"])).unwrap();
    let codes: Vec<&str> = tailored.notes.iter().map(TailorNote::code).collect();
    assert_eq!(
        codes,
        [
            "category-emptied",
            "gate-gone",
            "gate-gone",
            "metric-emptied"
        ]
    );
    assert_eq!(tailored.set.categories().len(), 1);
    assert_eq!(share(&tailored.set, "Y"), "100/1");
    assert!(!tailored.set.source().contains("--- B ---"));
    assert_eq!(tailored.set.lenses()[0].metrics().len(), 1);
}

#[test]
fn everything_that_stands_against_it_is_told_at_once() {
    let set = read(SMALL);
    assert_eq!(
        told(&set, &Wishes::default()),
        [(String::new(), "nothing-changed")]
    );
    assert_eq!(
        told(&set, &dropping(&["a", "b"])),
        [("drop".to_owned(), "nothing-left")]
    );
    let only_must = told(&set, &dropping(&["X", "Y", "P", "Z"]));
    assert!(
        only_must.contains(&(String::new(), "nothing-weighs")),
        "{only_must:?}"
    );
    let wishes = Wishes {
        of: String::new(),
        drop: texts(&["W", "a"]),
        drop_lenses: texts(&["cto"]),
        price_share: "lots".to_owned(),
        categories: pairs(&[("a", "1")]),
        stakeholders: vec![Stakeholder {
            title: "CFO".to_owned(),
            points: pairs(&[("b", "x")]),
            ..Stakeholder::default()
        }],
    };
    let expected = [
        ("drop", "unknown-criterion"),
        ("drop_lenses", "unknown-lens"),
        ("price_share", "not-a-number"),
        ("categories.a", "dropped"),
        ("lenses.0.points.b", "not-a-number"),
    ];
    let expected = expected.map(|(field, code)| (field.to_owned(), code));
    assert_eq!(told(&set, &wishes), expected);
}

#[test]
fn wishes_about_another_set_than_this_are_refused() {
    let set = read(SMALL);
    let about = |of: &str| Wishes {
        of: of.to_owned(),
        ..dropping(&["Z"])
    };
    assert!(tailor(&set, &about(set.sha256())).is_ok());
    assert_eq!(told(&set, &about("00")), [(String::new(), "set-changed")]);
}

#[test]
fn a_criterion_that_a_lens_left_out_is_named_in_it_once_it_weighs_something() {
    let source = SMALL
        .replace("weight = 40", "weight = 0")
        .replace("weight = 25 # much", "weight = 65 # much")
        .replace("P = 70, Z = 10", "Z = 80");
    for lens in [
        "weights = { X = 10, Y = 10, Z = 80 }",
        "weights.X = 10\nweights.Y = 10\nweights.Z = 80",
    ] {
        let set = read(&source.replace("weights = { X = 10, Y = 10, Z = 80 }", lens));
        let wishes = Wishes {
            price_share: "35".to_owned(),
            ..Wishes::default()
        };
        let new = tailor(&set, &wishes).unwrap().set;
        assert_eq!(share(&new, "P"), "35/1");
        assert_eq!(plain(new.lenses()[0].weights()[2]), "0");
        assert!(new.source().contains("P = 0"), "{}", new.source());
    }
}

#[test]
fn a_lens_that_weighs_nothing_of_what_is_kept_is_told_unless_it_goes() {
    let source = SMALL.replace(
        "X = 10, Y = 10, P = 70, Z = 10",
        "X = 0, Y = 0, P = 100, Z = 0",
    );
    let set = read(&source);
    let refused = told(&set, &dropping(&["P"]));
    assert_eq!(refused, [("drop_lenses".to_owned(), "lens-left-empty")]);
    let both = Wishes {
        drop_lenses: texts(&["cio"]),
        ..dropping(&["P"])
    };
    assert!(tailor(&set, &both).unwrap().set.lenses().is_empty());
}

#[test]
fn a_gate_that_nothing_is_left_to_pass_is_told_in_the_words_of_the_set() {
    let source = SMALL.replace("title = \"A\"\n", "title = \"A\"\nminimum = 50\n");
    let set = read(&source);
    let wishes = Wishes {
        categories: pairs(&[("b", "100")]),
        ..Wishes::default()
    };
    assert_eq!(
        told(&set, &wishes),
        [(String::new(), "gate-without-weight")]
    );
}

#[test]
fn line_ends_stay_and_a_set_in_other_forms_is_tailored_or_refused() {
    let windows = read(&SMALL.replace('\n', "\r\n"));
    let new = tailor(&windows, &dropping(&["Y"])).unwrap().set;
    assert!(!new.source().replace("\r\n", "").contains('\n'));
    let lines = SMALL.replace(
        "weights = { X = 10, Y = 10, P = 70, Z = 10 }",
        "weights.X = 10\nweights.\"Y\" = 10\nweights.P = 70\nweights.Z = 10",
    );
    let new = tailor(&read(&lines), &dropping(&["X"])).unwrap().set;
    assert!(
        new.source()
            .contains("title = \"CIO\"\nweights.\"Y\" = 10\nweights.P = 70")
    );
    let inline = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nscale = { min = 0, max = 5 }\ncategory = [{ id = \"c\", title = \"C\" }]\n\
         criterion = [{ id = \"X\", category = \"c\", title = \"X\", weight = 50 }, { id = \"Y\", category = \"c\", title = \"Y\", weight = 50 }]\n";
    let refused = told(&read(inline), &dropping(&["X"]));
    assert_eq!(refused, [(String::new(), "unchangeable-set")]);
}

#[test]
fn shares_within_groups_stay_shares_where_they_can_and_nested_categories_are_typed_alike() {
    let source = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nweights = \"shares\"\nscale = { min = 0, max = 5 }\n\
        [[category]]\nid = \"a\"\ntitle = \"A\"\nweight = 50\n[[category]]\nid = \"b\"\ntitle = \"B\"\nweight = 50\n\
        [[category]]\nid = \"a1\"\ntitle = \"A1\"\nparent = \"a\"\nweight = 40\n[[category]]\nid = \"a2\"\ntitle = \"A2\"\nparent = \"a\"\nweight = 60\n\
        [[criterion]]\nid = \"X\"\ncategory = \"a1\"\ntitle = \"The X\"\nweight = 100\n[[criterion]]\nid = \"Y\"\ncategory = \"a2\"\ntitle = \"The Y\"\nweight = 100\n\
        [[criterion]]\nid = \"Z\"\ncategory = \"b\"\ntitle = \"The Z\"\nweight = 100\n";
    let set = read(source);
    let wishes = |weights: &[(&str, &str)]| Wishes {
        categories: pairs(weights),
        ..Wishes::default()
    };
    let new = tailor(&set, &wishes(&[("a", "40"), ("a1", "10")]))
        .unwrap()
        .set;
    assert_eq!(new.weight_rule(), WeightRule::Shares);
    assert_eq!(
        ["X", "Y", "Z"].map(|id| share(&new, id)),
        ["10/1", "30/1", "60/1"]
    );
    assert_eq!(plain(new.categories()[2].weight()), "25");
    let new = tailor(&set, &wishes(&[("a1", "37")])).unwrap().set;
    assert_eq!(
        ["X", "Y", "Z"].map(|id| share(&new, id)),
        ["37/1", "189/8", "315/8"]
    );
    assert_eq!(
        told(&set, &wishes(&[("a", "10"), ("a1", "40")])),
        [("categories.a".to_owned(), "category-sum")]
    );
    let dropped = tailor(&set, &dropping(&["X"])).unwrap().set;
    assert_eq!(dropped.categories().len(), 3);
    assert_eq!(share(&dropped, "Y"), "75/2");
}

/// Random wishes about a set: what may be dropped by bits, weights of some categories, a price share, one stakeholder.
fn wishes(
    set: &CriteriaSet,
    bits: u64,
    weights: &[u32],
    price: Option<u32>,
    points: u32,
) -> Wishes {
    let nodes = set.criteria().iter().map(Criterion::id);
    let dropped = nodes
        .enumerate()
        .filter(|(at, _)| bits >> (at % 64) & 3 == 3);
    let of = |hundredths: &u32| plain(Decimal::new(i64::from(*hundredths), 2));
    let categories = set.categories().iter().zip(weights);
    let typed = categories.clone().filter(|(_, weight)| **weight % 2 == 1);
    let (one, other) = (set.categories()[0].id(), set.categories()[1].id());
    Wishes {
        drop: dropped.map(|(_, id)| id.to_owned()).collect(),
        price_share: price.as_ref().map(of).unwrap_or_default(),
        categories: typed
            .map(|(one, weight)| (one.id().to_owned(), of(weight)))
            .collect(),
        stakeholders: vec![Stakeholder {
            title: "CFO".to_owned(),
            points: vec![
                (one.to_owned(), of(&points)),
                (other.to_owned(), of(&10_000_u32.saturating_sub(points))),
            ],
            ..Stakeholder::default()
        }],
        ..Wishes::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn whatever_is_not_typed_keeps_its_proportions_in_every_shipped_set(
        which in 0_usize..4,
        bits in any::<u64>(),
        weights in prop::collection::vec(0_u32..900, 8),
        price in prop::option::of(0_u32..=2_500),
        points in 0_u32..=10_000,
    ) {
        let old = shipped()[which].read().unwrap();
        let wishes = wishes(&old, bits, &weights, price, points);
        let has = |ids: &[&str]| ids.iter().any(|id| wishes.drop.iter().any(|gone| gone == id));
        let tailored = match tailor(&old, &wishes) {
            Ok(tailored) => tailored,
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                // Only what the draw itself may break: a category that is dropped whole, a price that is.
                let codes: Vec<&str> = problems.iter().map(TailorProblem::code).collect();
                let known = ["dropped", "not-priced", "category-sum", "nothing-left", "lens-left-empty"];
                prop_assert!(codes.iter().all(|code| known.contains(code)), "{codes:?}");
                return Ok(());
            }
        };
        let new = read(tailored.set.source());
        let (before, after) = (Weighting::of_record(&old).shares(), Weighting::of_record(&new).shares());
        let all: Vec<Fraction> = new.indexed_criteria().map(|(at, _)| after.of_criterion(at)).collect();
        prop_assert_eq!(Fraction::sum(&all), Fraction::one());
        // The price share and the typed categories are what was typed, to the last digit.
        let in_percent = |of: Vec<Fraction>| Fraction::sum(&of).percent();
        if let Some(price) = price {
            let priced = new.indexed_criteria().filter(|(at, _)| is_priced(&new, *at));
            let found = in_percent(priced.map(|(at, _)| after.of_criterion(at)).collect());
            prop_assert_eq!(found, Fraction::new(i64::from(price), 100).unwrap());
        }
        let mut typed = Vec::new();
        for (id, weight) in &wishes.categories {
            let Some(Node::Category(category)) = Node::with_id(&new, id) else { continue };
            typed.push(id.as_str());
            let expected = Fraction::from(read_typed(weight).unwrap());
            prop_assert_eq!(after.of_category(category).percent(), expected);
        }
        // Within a typed category, and among all that is in none, shares keep their proportions, prices apart.
        let region = |set: &CriteriaSet, at: CriterionIndex| {
            let id = Node::Category(set.criteria()[at.position()].category()).id(set).to_owned();
            typed.contains(&id.as_str()).then_some(id)
        };
        let kept: Vec<_> = new
            .indexed_criteria()
            .filter(|(at, _)| price.is_none() || !is_priced(&new, *at))
            .map(|(at, one)| (at, old.criterion_index(one.id()).unwrap()))
            .collect();
        for pair in kept.windows(2) {
            let [(a, was_a), (b, was_b)] = *pair else { continue };
            if region(&new, a) == region(&new, b) {
                let left = &after.of_criterion(a) * &before.of_criterion(was_b);
                let right = &after.of_criterion(b) * &before.of_criterion(was_a);
                prop_assert_eq!(left, right);
            }
        }
        prop_assert!(!has(&new.criteria().iter().map(Criterion::id).collect::<Vec<_>>()));
        // A lens keeps its own proportions.
        for lens in old.lenses() {
            let found = new.lens(lens.id()).unwrap();
            let weight = |lens: &crate::criteria::Lens, at: CriterionIndex| Fraction::from(lens.weights()[at.position()]);
            for pair in new.indexed_criteria().collect::<Vec<_>>().windows(2) {
                let [(a, one), (b, other)] = *pair else { continue };
                let was = |id: &str| weight(lens, old.criterion_index(id).unwrap());
                prop_assert_eq!(&weight(found, a) * &was(other.id()), &weight(found, b) * &was(one.id()));
            }
        }
    }
}
