//! The fourteen shapes, one after the other.

use scorecard::criteria::{CriteriaSet, Criterion, SetLimits, Weighting, find_shipped};

use crate::support::{House, criteria, own};
use crate::workbook::workbook;

const ANA: (&str, &str) = ("evaluator", "Ana");

#[test]
fn shape_01_long_with_the_weight_repeated_and_the_scale_in_the_header() {
    let house = House::new();
    let text = "Vendor,Criterion,Weight,Evaluator,Score (1-5)\nAcme,Speed,3,Ana,5\nAcme,Ease,1,Ana,3\nBolt,Speed,3,Ana,3\nBolt,Ease,1,Ana,5\n";
    let file = own("a.csv", text, &[]);
    let look = house.look(&file);
    assert_eq!(criteria(&look), ["Speed|3|3/4|1 to 5", "Ease|1|1/4|1 to 5"]);
    assert_eq!(
        (look.vendors.join(","), look.answers),
        ("Acme,Bolt".to_owned(), 4)
    );
    // 3/4 * 1 + 1/4 * 1/2, and 3/4 * 1/2 + 1/4.
    assert_eq!(house.ranking(&file), ["1 Acme 87.50", "2 Bolt 62.50"]);
    let two = text.replace("Bolt,Speed,3", "Bolt,Speed,2");
    let look = house.look(&own("a.csv", two, &[]));
    assert_eq!(
        (look.problems[0].code, look.problems[0].row),
        ("weights-differ", Some(4))
    );
    assert!(look.set.is_none());
}

#[test]
fn shape_02_long_with_weights_in_percent() {
    let house = House::new();
    let text = "vendor;criterion;weight;score\nAcme;Speed;62,5%;4\nAcme;Ease;37,5%;5\nBolt;Speed;62,5%;5\nBolt;Ease;37,5%;1\n";
    assert_eq!(house.open(&own("b.csv", text, &[])), ["scale", "evaluator"]);
    let file = own("b.csv", text, &[("scale", "0..5"), ANA]);
    let look = house.look(&file);
    assert_eq!(
        criteria(&look),
        ["Speed|62,5%|5/8|0 to 5", "Ease|37,5%|3/8|0 to 5"]
    );
    assert!(look.set.unwrap().source().contains("weights = \"points\""));
    assert_eq!(house.ranking(&file), ["1 Acme 87.50", "2 Bolt 70.00"]);
}

#[test]
fn a_row_that_weighs_what_the_rows_below_it_do_is_their_category_and_no_weight_counts_twice() {
    let house = House::new();
    let text = "Criterion,Weight,Acme,Bolt\nFunctional,60,,\nSpeed,40,4,3\nEase,20,2,5\nSecurity,40,,\nSSO,40,1,2\n";
    let said = [("scale", "0..5"), ANA];
    let look = house.look(&own("a.csv", text, &said));
    assert_eq!(
        criteria(&look),
        [
            "Speed|40|2/5|0 to 5",
            "Ease|20|1/5|0 to 5",
            "SSO|40|2/5|0 to 5"
        ]
    );
    assert_eq!(look.criteria[0].category, "Functional");
    assert_eq!(look.answers, 6);
    // Means beside a heading are no answers: nobody can tell which of the two weighs.
    let means = text.replace("Functional,60,,", "Functional,60,3,4");
    let look = house.look(&own("a.csv", means, &said));
    assert_eq!(look.problems[0].code, "heading-answered");
    // Weights that happen to add up so are what they are.
    let plain = "Criterion,Weight,Acme\nSpeed,50,4\nEase,30,2\nSSO,20,1\n";
    assert_eq!(house.look(&own("a.csv", plain, &said)).answers, 3);
    let alike = "Criterion,Weight,Acme\nA,0.5,4\nB,0.5,2\nC,0.5,1\nD,0.5,1\n";
    assert_eq!(house.look(&own("a.csv", alike, &said)).answers, 4);
}

const WIDE: &str = "Criterion,Weight,Acme,Bolt\nSpeed,1,4,3\nEase,2,5,2\nTotal,3,99,7\n";

#[test]
fn shape_03_wide_with_a_total_that_is_wrong() {
    let house = House::new();
    for (name, bytes) in [
        ("c.csv", WIDE.as_bytes().to_vec()),
        ("c.xlsx", workbook(&[("Matrix", WIDE)])),
    ] {
        let file = own(name, bytes, &[("scale", "0..5"), ANA]);
        let look = house.look(&file);
        assert_eq!(criteria(&look), ["Speed|1|1/3|0 to 5", "Ease|2|2/3|0 to 5"]);
        let codes: Vec<&str> = look.warnings.iter().map(|one| one.code).collect();
        assert!(codes.contains(&"totals-mismatch"), "{codes:?}");
        assert_eq!(house.ranking(&file), ["1 Acme 93.33", "2 Bolt 46.67"]);
    }
}

#[test]
fn shape_04_wide_with_a_column_of_rationale_at_the_end() {
    let house = House::new();
    let text =
        "Requirement,Importance,Acme,Bolt,Rationale\nSpeed,1,4,3,seen in the trial\nEase,1,5,2,\n";
    let file = own("d.csv", text, &[("scale", "0..5"), ANA]);
    let look = house.look(&file);
    assert_eq!(look.vendors, ["Acme", "Bolt"]);
    assert_eq!(house.ranking(&file), ["1 Acme 90.00", "2 Bolt 50.00"]);
}

#[test]
fn shape_05_facts_instead_of_scores_are_taken_through_a_declared_map_only() {
    let house = House::new();
    let text = "Criterion,Weight,Acme,Bolt\nSign-on,H,SAML+OIDC,SAML\nCost per year,M,$12000,$20000\nAutomation,L,25%,40%\n";
    let mut open = house.open(&own("e.csv", text, &[]));
    open.sort();
    assert_eq!(
        open,
        [
            "price:Cost per year",
            "scale",
            "weight:H",
            "weight:L",
            "weight:M",
            "word:25%",
            "word:40%",
            "word:SAML",
            "word:SAML+OIDC"
        ]
    );
    let said = [
        ("scale", "0..5"),
        ("weight:H", "3"),
        ("weight:M", "2"),
        ("weight:L", "1"),
        ("word:SAML+OIDC", "5"),
        ("word:SAML", "3"),
        ("word:25%", "2"),
        ("word:40%", "4"),
        ("price:Cost per year", "10000..30000:USD"),
        ANA,
    ];
    let file = own("e.csv", text, &said);
    assert_eq!(
        criteria(&house.look(&file)),
        [
            "Sign-on|H|1/2|0 to 5",
            "Cost per year|M|1/3|price, 10000 to 30000 USD",
            "Automation|L|1/6|0 to 5"
        ]
    );
    // 1/2 + 1/3 * 9/10 + 1/6 * 2/5, and 1/2 * 3/5 + 1/3 * 1/2 + 1/6 * 4/5.
    assert_eq!(house.ranking(&file), ["1 Acme 86.67", "2 Bolt 60.00"]);
}

#[test]
fn shape_06_totals_by_evaluator_without_criteria_are_refused_as_not_auditable() {
    let house = House::new();
    for text in [
        "Evaluator,Acme,Bolt\nAna,81,70\nBen,77,79\n",
        "Evaluator,Vendor,Total\nAna,Acme,81\nBen,Acme,77\n",
    ] {
        for (name, bytes) in [
            ("f.csv", text.as_bytes().to_vec()),
            ("f.xlsx", workbook(&[("Totals", text)])),
        ] {
            let look = house.look(&own(name, bytes, &[]));
            let codes: Vec<&str> = look.problems.iter().map(|one| one.code).collect();
            assert_eq!(codes, ["not-auditable"], "{name} {text}");
            assert!(look.problems[0].message.contains("bring the sheets"));
        }
    }
}

#[test]
fn shape_07_a_row_for_each_vendor_and_criteria_with_their_maximum_in_the_header() {
    let house = House::new();
    let text = "Supplier,item1(10),item2(30)\nAcme,8,15\nBolt,5,30\n";
    assert_eq!(house.open(&own("g.csv", text, &[ANA])), ["weights"]);
    let file = own("g.csv", text, &[("weights", "maximum"), ANA]);
    assert_eq!(
        criteria(&house.look(&file)),
        ["item1|10|1/4|0 to 10", "item2|30|3/4|0 to 30"]
    );
    // As if the scores were added up: 35 and 23 of 40.
    assert_eq!(house.ranking(&file), ["1 Bolt 87.50", "2 Acme 57.50"]);
    let equal = own("g.csv", text, &[("weights", "equal"), ANA]);
    assert_eq!(house.ranking(&equal), ["1 Bolt 75.00", "2 Acme 65.00"]);
    let row = "Supplier,item1(10),item2(30)\nWeight,1,4\nAcme,8,15\nBolt,5,30\n";
    let look = house.look(&own("g.csv", row, &[ANA]));
    assert_eq!(
        criteria(&look),
        ["item1|1|1/5|0 to 10", "item2|4|4/5|0 to 30"]
    );
    assert_eq!(look.vendors, ["Acme", "Bolt"]);
}

#[test]
fn shape_08_id_score_and_note() {
    let house = House::new();
    let text = "id,score,note\nR-1,4,fine\nR-2,2,slow\n";
    assert_eq!(
        house.open(&own("h.csv", text, &[])),
        ["scale", "vendor", "evaluator"]
    );
    let file = own("h.csv", text, &[("scale", "0..5"), ("vendor", "Acme"), ANA]);
    assert_eq!(
        criteria(&house.look(&file)),
        ["R-1||1/2|0 to 5", "R-2||1/2|0 to 5"]
    );
    assert_eq!(house.ranking(&file), ["1 Acme 60.00"]);
}

#[test]
fn shape_09_a_workbook_with_a_tab_for_each_evaluator() {
    let house = House::new();
    let ana = "Criterion,Weight,Acme,Bolt\nSpeed,3,4,2\nEase,1,5,5\n";
    let ben = "Criterion,Weight,Acme,Bolt\nSpeed,3,2,2\nEase,1,3,5\n";
    let bytes = workbook(&[("Ana", ana), ("Ben", ben)]);
    let look = house.look(&own("i.xlsx", bytes.clone(), &[("scale", "0..5")]));
    assert_eq!(look.questions[0].field, "tabs");
    assert_eq!(look.questions[0].suggested.as_deref(), Some("evaluator"));
    let file = own("i.xlsx", bytes, &[("scale", "0..5"), ("tabs", "evaluator")]);
    let look = house.look(&file);
    assert_eq!(
        (look.evaluators.join(","), look.answers),
        ("Ana,Ben".to_owned(), 8)
    );
    // The means are 3 and 4, 2 and 5.
    assert_eq!(house.ranking(&file), ["1 Acme 65.00", "2 Bolt 55.00"]);
    let other = ben.replace("Speed,3", "Speed,4");
    let bytes = workbook(&[("Ana", ana), ("Ben", &other)]);
    let look = house.look(&own(
        "i.xlsx",
        bytes,
        &[("scale", "0..5"), ("tabs", "evaluator")],
    ));
    assert_eq!(
        (look.problems[0].code, look.problems[0].tab.as_deref()),
        ("tabs-differ", Some("Ben"))
    );
}

#[test]
fn shape_10_a_workbook_with_a_tab_for_each_vendor() {
    let house = House::new();
    let acme = "Criterion,Weight,Score (0-5),Comment\nSpeed,3,4,\nEase,1,5,good\n";
    let bolt = "Criterion,Weight,Score (0-5),Comment\nSpeed,3,2,\nEase,1,5,\n";
    let bytes = workbook(&[("Acme", acme), ("Bolt", bolt)]);
    let look = house.look(&own("j.xlsx", bytes.clone(), &[ANA]));
    assert_eq!(look.questions[0].suggested.as_deref(), Some("vendor"));
    let file = own("j.xlsx", bytes, &[("tabs", "vendor"), ANA]);
    assert_eq!(house.look(&file).vendors, ["Acme", "Bolt"]);
    assert_eq!(house.ranking(&file), ["1 Acme 85.00", "2 Bolt 55.00"]);
}

#[test]
fn shape_11_title_and_instructions_above_several_weights_and_a_row_of_scores_below() {
    let house = House::new();
    let text = "Tool selection 2027,,,,\nFill in 0 to 5 only,,,,\n,,,,\nCriterion,CIO weight,CTO weight,Acme,Bolt\nSpeed,3,1,4,3\nEase,1,1,5,2\nScore,,,17,11\n";
    let said = [("scale", "0..5"), ANA];
    for (name, bytes) in [
        ("k.csv", text.as_bytes().to_vec()),
        ("k.xlsx", workbook(&[("Matrix", text)])),
    ] {
        let asked = house.look(&own(name, bytes.clone(), &said));
        assert_eq!(asked.questions[0].field, "weight-column");
        let options: Vec<&str> = asked.questions[0]
            .options
            .iter()
            .map(|one| one.value.as_str())
            .collect();
        assert_eq!(options, ["CIO weight", "CTO weight"]);
        let file = own(
            name,
            bytes,
            &[said[0], said[1], ("weight-column", "CIO weight")],
        );
        let look = house.look(&file);
        assert_eq!(criteria(&look), ["Speed|3|3/4|0 to 5", "Ease|1|1/4|0 to 5"]);
        assert_eq!(look.vendors, ["Acme", "Bolt"]);
        assert_eq!(house.ranking(&file), ["1 Acme 85.00", "2 Bolt 55.00"]);
    }
}

#[test]
fn shape_12_a_rubric_without_scores_becomes_a_criteria_set() {
    let house = House::new();
    for text in [
        "Criterion,Weight,Anchors\nSpeed,60,1 slow / 3 fair / 5 fast\nEase,40,1 hard / 3 fair / 5 easy\n",
        "Criterion,Weight,1,3,5\nSpeed,60,slow,fair,fast\nEase,40,hard,fair,easy\n",
    ] {
        for (name, bytes) in [
            ("l.csv", text.as_bytes().to_vec()),
            ("l.xlsx", workbook(&[("Rubric", text)])),
        ] {
            let file = own(name, bytes, &[]);
            let look = house.look(&file);
            assert_eq!(
                criteria(&look),
                ["Speed|60|3/5|1 to 5", "Ease|40|2/5|1 to 5"]
            );
            assert_eq!((look.vendors.len(), look.answers), (0, 0));
            let set = look.set.unwrap();
            let anchors: Vec<&str> = set.criteria()[0]
                .anchors()
                .iter()
                .map(|(_, text)| text.as_str())
                .collect();
            assert_eq!(anchors, ["slow", "fair", "fast"]);
            assert_eq!(house.ranking(&file), [""; 0]);
        }
    }
}

#[test]
fn shape_13_several_tables_with_captions_between() {
    let house = House::new();
    let text = "Service desk,,,\nCriterion,Weight,Acme,Bolt\nTickets,3,4,2\nTotal,3,4,2\n,,,\nPlatform,,,\nCriterion,Weight,Acme,Bolt\nSign-on,1,5,5\nTotal,1,5,5\n";
    let said = [("scale", "0..5"), ANA];
    for (name, bytes) in [
        ("m.csv", text.as_bytes().to_vec()),
        ("m.xlsx", workbook(&[("All", text)])),
    ] {
        let file = own(name, bytes, &said);
        let look = house.look(&file);
        assert_eq!(
            criteria(&look),
            ["Tickets|3|3/4|0 to 5", "Sign-on|1|1/4|0 to 5"]
        );
        let categories: Vec<&str> = look
            .criteria
            .iter()
            .map(|one| one.category.as_str())
            .collect();
        assert_eq!(categories, ["Service desk", "Platform"]);
        assert_eq!(house.ranking(&file), ["1 Acme 85.00", "2 Bolt 55.00"]);
    }
    let other = "Needs,,,\nCriterion,Weight,Acme,Bolt\nTickets,3,4,2\n,,,\nWishes,,,\nCriterion,Weight,Cord,\nDark mode,1,5,\n";
    let asked = house.look(&own("m.csv", other, &said));
    let options: Vec<&str> = asked.questions[0]
        .options
        .iter()
        .map(|one| one.value.as_str())
        .collect();
    assert_eq!(options, ["Needs", "Wishes"]);
    let wishes = own("m.csv", other, &[said[0], said[1], ("table", "Wishes")]);
    assert_eq!(criteria(&house.look(&wishes)), ["Dark mode|1|1/1|0 to 5"]);
    assert_eq!(house.ranking(&wishes), ["1 Cord 100.00"]);
}

#[test]
fn shape_14_a_list_of_requirements_with_moscow_and_the_words_of_a_vendor() {
    let house = House::new();
    let text = "ID,Requirement,Priority,Response,Comment\nR1,Sign-on,Must,Compliant,\nR2,Tickets,Should,Partial,soon\nR3,Dark mode,Could,Compliant,\n";
    let mut open = house.open(&own("n.csv", text, &[]));
    open.sort();
    assert_eq!(
        open,
        [
            "scale",
            "vendor",
            "weight:Could",
            "weight:Must",
            "weight:Should",
            "word:Compliant",
            "word:Partial"
        ]
    );
    let said = [
        ("scale", "0..5"),
        ("weight:Must", "pass-fail"),
        ("weight:Should", "3"),
        ("weight:Could", "1"),
        ("vendor", "Acme"),
        ("word:Compliant", "5"),
        ("word:Partial", "3"),
        ANA,
    ];
    assert_eq!(house.open(&own("n.csv", text, &said)), ["gate:Compliant"]);
    let said = [&said[..], &[("gate:Compliant", "pass")]].concat();
    let file = own("n.csv", text, &said);
    assert_eq!(
        criteria(&house.look(&file)),
        [
            "Sign-on||0/1|pass or fail",
            "Tickets|Should|3/4|0 to 5",
            "Dark mode|Could|1/4|0 to 5"
        ]
    );
    assert_eq!(house.ranking(&file), ["1 Acme 70.00"]);
}

#[test]
fn a_number_behind_a_name_is_a_highest_score_only_where_nothing_else_can_be_meant() {
    let house = House::new();
    let text = "Supplier,Windows (11),Office (365)\nAcme,4,3\nBolt,5,5\n";
    let said = [("scale", "0..5"), ANA];
    let asked = house.look(&own("w.csv", text, &said));
    assert_eq!(asked.questions[0].field, "heading-numbers");
    let named = own("w.csv", text, &[said[0], ANA, ("heading-numbers", "name")]);
    assert_eq!(
        criteria(&house.look(&named)),
        ["Windows (11)||1/2|0 to 5", "Office (365)||1/2|0 to 5"]
    );
    assert_eq!(house.ranking(&named), ["1 Bolt 100.00", "2 Acme 70.00"]);
    let maxima = [ANA, ("heading-numbers", "maximum"), ("weights", "equal")];
    let maxima = house.look(&own("w.csv", text, &maxima));
    assert_eq!(
        criteria(&maxima),
        ["Windows|11|1/2|0 to 11", "Office|365|1/2|0 to 365"].map(|one| {
            let (title, rest) = one.split_once('|').unwrap();
            format!("{title}||{}", rest.split_once('|').unwrap().1)
        })
    );
    for heads in [
        "Speed (10),Ease (10)",
        "Speed (60),Ease (40)",
        "Speed (max 7),Ease(3)",
    ] {
        let text = format!("Supplier,{heads}\nAcme,2,3\n");
        let said = [ANA, ("weights", "equal")];
        let look = house.look(&own("m.csv", text, &said));
        assert_eq!(look.questions, [], "{heads}");
        assert_eq!(look.criteria[0].title, "Speed");
    }
}

#[test]
fn what_tabs_are_is_said_once_be_there_one_or_several() {
    let house = House::new();
    let acme = "Criterion,Weight,Score (0-5)\nSpeed,3,4\nEase,1,5\n";
    let one = own(
        "j.xlsx",
        workbook(&[("Acme", acme)]),
        &[("tabs", "vendor"), ANA],
    );
    assert_eq!(house.look(&one).vendors, ["Acme"]);
    assert_eq!(house.ranking(&one), ["1 Acme 85.00"]);
    let wide = "Criterion,Weight,Acme,Bolt\nSpeed,3,4,2\nEase,1,5,5\n";
    let said = [("tabs", "evaluator"), ("scale", "0..5")];
    let one = own("i.xlsx", workbook(&[("Ana", wide)]), &said);
    assert_eq!(house.look(&one).evaluators, ["Ana"]);
}

#[test]
fn tabs_of_vendors_with_nearly_the_same_name_are_doubted() {
    let house = House::new();
    let text = "Criterion,Weight,Score (0-5)\nSpeed,3,4\nEase,1,5\n";
    let doubts = |tabs: [&str; 2]| {
        let bytes = workbook(&tabs.map(|tab| (tab, text)));
        let look = house.look(&own("j.xlsx", bytes, &[("tabs", "vendor"), ANA]));
        assert_eq!(look.vendors, tabs);
        let codes = look.warnings.iter().map(|one| one.code);
        codes.filter(|code| *code == "near-name").count()
    };
    assert_eq!(doubts(["B", "Bee"]), 1);
    assert_eq!(doubts(["Servicehub", "Servicehab"]), 1);
    assert_eq!(doubts(["Acme", "Bolt"]), 0);
}

#[test]
fn a_preview_that_no_longer_holds_is_not_taken() {
    let house = House::new();
    let file = own("c.csv", WIDE, &[("scale", "0..5"), ANA]);
    let seen = house.look(&file).seen;
    let mut other = own("c.csv", WIDE, &[("scale", "0..10"), ANA]);
    other.seen = Some(seen);
    let start = scorecard::service::OwnStart {
        title: "Tool".to_owned(),
        ..Default::default()
    };
    let refused = house
        .service
        .start_own(scorecard::accounts::Actor::Local, &start, &other);
    assert!(
        matches!(refused, Err(scorecard::service::Error::PreviewStale)),
        "{refused:?}"
    );
}

#[test]
fn a_plain_table_says_scales_kinds_prices_gates_and_anchors() {
    let house = House::new();
    let text = "id,title,category,description,weight,kind,min,max,step,minimum,price rule,floor,ceiling,currency,anchors\n\
        A-1,Tickets,Desk,what it does,50,rated,1,5,1,2,,,,,1 poor / 5 good\n\
        A-2,Price,Cost,,50,priced,,,,,fixed-range,1000,9000,EUR,\n\
        A-3,Signed,Desk,,,pass-fail,,,,,,,,,\n";
    let look = house.look(&own("plain.csv", text, &[]));
    assert_eq!(
        criteria(&look),
        [
            "Tickets|50|1/2|1 to 5, in steps of 1",
            "Price|50|1/2|price, 1000 to 9000 EUR",
            "Signed||0/1|pass or fail"
        ]
    );
    let set = look.set.unwrap();
    assert_eq!(set.criteria()[0].id(), "A-1");
    assert!(set.source().contains("minimum = 2"));
}

/// What a set says of a criterion.
fn facts(one: &Criterion) -> String {
    format!(
        "{} {} {:?} {:?} {:?} {:?} {:?}",
        one.id(),
        one.title(),
        one.description(),
        one.kind(),
        one.practices(),
        one.clause(),
        one.anchors()
    )
}

#[test]
fn our_own_workbook_of_criteria_reads_back_to_an_equal_set() {
    let house = House::new();
    for id in ["itsm-enterprise", "itsm-mid-market", "itsm-one-afternoon"] {
        let set = find_shipped(id).unwrap().read().unwrap();
        let set = std::sync::Arc::new(set);
        let imprint = scorecard::reports::BookImprint {
            title: "Tool",
            record: None,
            at: jiff::Timestamp::UNIX_EPOCH,
            not_for_an_award: false,
            decided: None,
        };
        let bytes = scorecard::reports::criteria_xlsx(&set, &imprint).unwrap();
        let priced = set
            .criteria()
            .iter()
            .find(|one| format!("{:?}", one.kind()).starts_with("Priced"))
            .unwrap();
        let field = format!("price:{}", priced.id());
        let look = house.look(&own("criteria.xlsx", bytes, &[(&field, "1000..9000:EUR")]));
        assert_eq!(look.problems, [], "{id}");
        assert_eq!(look.questions, [], "{id}");
        let back = look.set.unwrap();
        let pin: scorecard::criteria::PricePin =
            format!("{}=1000..9000:EUR", priced.id()).parse().unwrap();
        let pinned = set.with_prices(&[pin]).unwrap();
        let facts_of = |set: &CriteriaSet| set.criteria().iter().map(facts).collect::<Vec<_>>();
        assert_eq!(facts_of(&back), facts_of(&pinned), "{id}");
        let (one, other) = (
            Weighting::of_record(&back).shares(),
            Weighting::of_record(&pinned).shares(),
        );
        for (index, _) in back.indexed_criteria() {
            assert_eq!(one.of_criterion(index), other.of_criterion(index));
        }
        let again = CriteriaSet::parse(back.source(), &SetLimits::default()).unwrap();
        assert_eq!(again.sha256(), back.sha256());
    }
}
