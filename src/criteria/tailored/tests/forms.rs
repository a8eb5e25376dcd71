//! Sets written in other forms.

use super::*;

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
