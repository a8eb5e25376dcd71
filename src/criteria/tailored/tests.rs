use super::*;
use crate::criteria::{SetLimits, WeightRule};
use crate::exact::plain;

mod forms;
mod proportions;

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
