//! Weights by method: published results, and everything that is wrong with a file told at once.

use serde_json::Value;

use scorecard::exact::read_decimal;

use crate::support::Bench;

/// The weights of a file with this text.
fn weigh(method: &str, text: &str) -> Value {
    let bench = Bench::with(&[("said.csv", text)]);
    let done = bench.run(&format!("weights {method} said.csv"));
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    serde_json::from_str(&done.stdout).unwrap()
}

/// The problems of a file with this text, one a line.
fn refused(method: &str, text: &str) -> String {
    let bench = Bench::with(&[("said.csv", text)]);
    let done = bench.run(&format!("weights {method} said.csv"));
    done.fails_with(1);
    done.stderr
}

/// The weights in the order of their ids.
fn weights(result: &Value) -> Vec<String> {
    let weights = result["weights"].as_object().unwrap().values();
    weights
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

/// The weights of a matrix, in the order of its columns, are those printed elsewhere, rounded or cut off to three decimals.
fn agree(result: &Value, matrix: &str, published: &[&str]) {
    let header = matrix.lines().next().unwrap();
    let ids: Vec<&str> = header.split(',').skip(1).collect();
    assert_eq!(ids.len(), published.len());
    let unit = read_decimal("0.0006").unwrap();
    for (id, published) in ids.iter().zip(published) {
        let ours = read_decimal(result["weights"][id].as_str().unwrap()).unwrap();
        let apart = ours
            .checked_sub(read_decimal(published).unwrap())
            .unwrap()
            .abs();
        assert!(apart < unit, "{id}: {ours} {published}");
    }
}

fn number(result: &Value, key: &str, places: usize) -> String {
    format!("{:.places$}", result[key].as_f64().unwrap())
}

#[test]
fn three_criteria_compared_in_pairs_have_the_weights_of_the_contract() {
    let result = weigh(
        "ahp",
        include_str!("../data/worked-example/comparisons.csv"),
    );
    assert_eq!(result["method"], "ahp");
    assert_eq!(weights(&result), ["0.5396", "0.2970", "0.1634"]);
    assert_eq!(result["lambda_max"], 3.0092);
    assert_eq!(result["consistency_index"], 0.0046);
    assert_eq!(result["consistency_ratio"], 0.0079);
    assert_eq!(result["random_index"], "Saaty 1980");
}

#[test]
fn the_choice_of_a_house_is_weighed_as_published_and_says_what_to_look_at_again() {
    let text = include_str!("../data/published/saaty-1990-house.csv");
    let result = weigh("ahp", text);
    let published = [
        "0.173", "0.054", "0.188", "0.018", "0.031", "0.036", "0.167", "0.333",
    ];
    agree(&result, text, &published);
    assert_eq!(number(&result, "lambda_max", 3), "9.669");
    assert_eq!(number(&result, "consistency_index", 3), "0.238");
    assert_eq!(number(&result, "consistency_ratio", 3), "0.169");
    assert_eq!(result["revisit"]["row"], "neighborhood");
    assert_eq!(result["revisit"]["column"], "condition");
    let bench = Bench::with(&[("house.csv", text)]);
    let told = bench.run("weights ahp house.csv").stderr;
    assert!(
        told.contains("\"neighborhood\" over \"condition\""),
        "{told}"
    );
    assert!(told.ends_with("[inconsistent]\n"), "{told}");
}

#[test]
fn the_consumption_of_drinks_is_weighed_as_published() {
    let text = include_str!("../data/published/saaty-2008-drinks.csv");
    let result = weigh("ahp", text);
    let published = [
        "0.177", "0.019", "0.042", "0.116", "0.190", "0.129", "0.327",
    ];
    agree(&result, text, &published);
    assert_eq!(number(&result, "consistency_ratio", 3), "0.022");
}

#[test]
fn comparisons_that_agree_are_perfectly_consistent() {
    let result = weigh("ahp", "criterion,A,B,C\nA,1,2,6\nB,1/2,1,3\nC,1/6,1/3,1\n");
    assert_eq!(weights(&result), ["0.6000", "0.3000", "0.1000"]);
    assert_eq!(result["lambda_max"], 3);
    assert_eq!(result["consistency_ratio"], 0);
    assert_eq!(result["revisit"], Value::Null);
    let two = weigh("ahp", "criterion,A,B\nB,0.25,1\nA,1,4\n");
    assert_eq!(weights(&two), ["0.8000", "0.2000"]);
    assert_eq!(two["consistency_ratio"], 0);
    let one = weigh("ahp", "criterion,A\nA,1\n");
    assert_eq!(weights(&one), ["1.0000"]);
}

#[test]
fn comparisons_that_go_in_a_circle_weigh_alike_and_are_as_inconsistent_as_can_be() {
    let result = weigh("ahp", "criterion,A,B,C\nA,1,9,1/9\nB,1/9,1,9\nC,9,1/9,1\n");
    assert_eq!(weights(&result), ["0.3333", "0.3333", "0.3333"]);
    // The eigenvalue of a circulant is the sum of a row: 1 + 9 + 1/9.
    assert_eq!(result["lambda_max"], 10.1111);
    assert_eq!(result["rounding"], "0.0001");
    let points: Vec<&str> = ["A", "B", "C"]
        .iter()
        .map(|id| result["points"][id].as_str().unwrap())
        .collect();
    assert_eq!(points, ["33.34", "33.33", "33.33"]);
}

#[test]
fn rank_order_centroids_are_those_of_the_published_formula() {
    let mut table = include_str!("../data/published/roc.csv").lines();
    let head = table.next().unwrap();
    assert_eq!(head, "criteria,1,2,3,4,5,6,7,8,9,10");
    for (row, size) in table.by_ref().zip(2..=10) {
        let mut cells = row.split(',').filter(|cell| !cell.is_empty());
        assert_eq!(cells.next(), Some(size.to_string().as_str()));
        let row: Vec<&str> = cells.collect();
        assert_eq!(row.len(), size);
        // Two digits, as weights come in the order of their ids.
        let ranks: Vec<String> = (1..=size)
            .map(|rank| format!("C{rank:02},{rank}"))
            .collect();
        let text = format!("criterion,rank\n{}\n", ranks.join("\n"));
        assert_eq!(weights(&weigh("roc", &text)), row);
    }
    assert_eq!(table.next(), None);
    assert_eq!(weights(&weigh("roc", "criterion,rank\nA,1\n")), ["1.0000"]);
}

#[test]
fn rank_sums_fall_evenly() {
    let result = weigh("rank-sum", "criterion,rank\nA,2\nB,1\nC,4\nD,3\n");
    assert_eq!(weights(&result), ["0.3000", "0.4000", "0.1000", "0.2000"]);
    assert_eq!(result["exact"]["B"], "2/5");
}

#[test]
fn criteria_that_share_a_rank_share_its_places() {
    for after in ["3", "4"] {
        let text = format!("criterion,rank\nA,1\nB,2\nC,2\nD,{after}\n");
        let result = weigh("rank-sum", &text);
        assert_eq!(weights(&result), ["0.4000", "0.2500", "0.2500", "0.1000"]);
    }
}

#[test]
fn swing_points_may_be_written_as_in_a_european_spreadsheet() {
    let result = weigh("swing", "Kriterium;Punkte\nA;100\nB;60,5\nC;0\n");
    assert_eq!(result["exact"]["A"], "200/321");
    assert_eq!(weights(&result), ["0.6231", "0.3769", "0.0000"]);
    assert_eq!(result["method"], "swing");
}

#[test]
fn everything_wrong_with_a_matrix_is_told_at_once_with_its_place() {
    let told = refused(
        "ahp",
        "criterion,X,Y,Z\nX,1,3,-2\nY,0.33,2,\nQ,1,1,x,9\nX,1,1,1\n",
    );
    let expected = [
        "row 2, column \"Z\", value \"-2\": a comparison says how many times as much, so it is above 0",
        "row 3, column \"X\", value \"0.33\": row \"X\" says 3 about \"Y\", so write 1/3 here",
        "row 3, column \"Y\", value \"2\": a criterion matters exactly as much as itself; write 1 [diagonal-not-one]",
        "row 3, column \"Z\": nothing is written here; write how many times as much \"Y\" matters as \"Z\" [missing-value]",
        "row 4, column \"criterion\", value \"Q\": no column is called \"Q\"",
        "row 4, column \"Z\", value \"x\": write a number like 3 or a fraction like 1/3",
        "row 4: the row goes on beyond the last column",
        "row 5, column \"criterion\", value \"X\": \"X\" is here a second time; keep one [duplicate-criterion]",
        "\"Z\" has a column but no row; add its row [missing-row]",
    ];
    for line in expected {
        assert!(told.contains(line), "{line}\nis not in\n{told}");
    }
    assert_eq!(told.lines().count(), expected.len(), "{told}");
    assert!(told.lines().all(|line| line.starts_with("said.csv: ")));
}

#[test]
fn everything_wrong_with_a_list_is_told_at_once_with_its_place() {
    let told = refused("roc", "criterion,rank\nA,1\nA,2\n,0\nB,1.5\nC,\n");
    for code in [
        "duplicate-criterion",
        "missing-value",
        "not-a-rank",
        "row 6, column \"rank\"",
    ] {
        assert!(told.contains(code), "{code}: {told}");
    }
    assert_eq!(told.lines().count(), 5, "{told}");
    let told = refused("roc", "criterion,rank\nA,1\nB,3\n");
    assert!(
        told.starts_with("said.csv: row 3, column \"rank\", value \"3\": no criterion has rank 2"),
        "{told}"
    );
    let told = refused("swing", "criterion,points\nA,-1\nB,1e3\n");
    assert!(
        told.contains("[negative]") && told.contains("[not-a-number]"),
        "{told}"
    );
    assert!(refused("swing", "criterion,points\nA,0\n").contains("[nothing-matters]"));
}

#[test]
fn a_file_that_is_none_of_it_is_refused_with_what_to_write() {
    for (method, text, code) in [
        ("ahp", "", "empty-file"),
        ("ahp", "criterion\n", "no-criteria"),
        ("ahp", "name,X\nX,1\n", "missing-column"),
        (
            "ahp",
            "criterion,X,x\nX,1,1\nx,1,1\n",
            "duplicate-criterion",
        ),
        (
            "ahp",
            "criterion,X,\u{425}\nX,1,1\n\u{425},1,1\n",
            "confusable-name",
        ),
        ("roc", "criterion,points\nA,1\n", "missing-column"),
        ("roc", "criterion,rank,rank\nA,1,1\n", "duplicate-column"),
        ("swing", "criterion,points\n", "no-criteria"),
        ("swing", "criterion,points\n\"A\"b,1\n", "broken-quotes"),
        ("swing", "PK\u{3}\u{4}", "unreadable"),
    ] {
        let told = refused(method, text);
        assert!(told.contains(&format!("[{code}]")), "{text}: {told}");
    }
}

#[test]
fn more_criteria_than_can_be_compared_are_refused() {
    let ids: Vec<String> = (1..=41).map(|id| format!("C{id}")).collect();
    let ones = vec!["1"; ids.len()].join(",");
    let rows: Vec<String> = ids.iter().map(|id| format!("{id},{ones}")).collect();
    let told = refused(
        "ahp",
        &format!("criterion,{}\n{}\n", ids.join(","), rows.join("\n")),
    );
    assert!(told.contains("[too-many-criteria]"), "{told}");
    let ids = &ids[..40];
    let ones = vec!["1"; ids.len()].join(",");
    let rows: Vec<String> = ids.iter().map(|id| format!("{id},{ones}")).collect();
    let result = weigh(
        "ahp",
        &format!("criterion,{}\n{}\n", ids.join(","), rows.join("\n")),
    );
    assert_eq!(result["weights"]["C40"], "0.0250");
    assert_eq!(result["random_index"], "Alonso and Lamata 2006");
}

#[test]
fn the_method_and_the_file_must_be_named() {
    let bench = Bench::with(&[]);
    for (arguments, told) in [
        ("weights", "<METHOD>"),
        ("weights entropy said.csv", "rank-sum"),
        ("weights roc", "<FILE>"),
    ] {
        let done = bench.run(arguments);
        done.fails_with(2);
        assert!(done.stderr.contains(told), "{arguments}: {}", done.stderr);
    }
    let done = bench.run("weights roc gone.csv");
    done.fails_with(1);
    assert!(done.stderr.ends_with("[unreadable]\n"), "{}", done.stderr);
}

#[test]
fn weights_go_into_a_set_where_they_are_those_of_one_whole_group() {
    let said = "criterion,rank\nX,1\nY,2\n";
    let of = |said: &str| {
        let bench = Bench::with(&[("said.csv", said), ("set.toml", crate::support::TWO)]);
        bench.run("weights roc said.csv --into set.toml")
    };
    let done = of(said);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    for line in [
        "id = \"two\"",
        "version = \"8\"",
        "weights = \"relative\"",
        "# The weights of one group are by roc, of judgements with the SHA-256 ",
        "weight = 3",
        "weight = 1",
    ] {
        let has = done.stdout.lines().any(|one| one.trim().starts_with(line));
        assert!(has, "{line}: {}", done.stdout);
    }
    let bench = Bench::with(&[("next.toml", &done.stdout)]);
    assert_eq!(bench.run("criteria check next.toml").code, Some(0));
    for (said, code) in [
        ("criterion,rank\nX,1\nZ,2\n", "[unknown-criterion]"),
        ("criterion,rank\nX,1\n", "[group-left-out]"),
    ] {
        let done = of(said);
        done.fails_with(1);
        assert!(done.stderr.contains(code), "{}", done.stderr);
        assert_eq!(done.stdout, "");
    }
    let bench = Bench::with(&[("said.csv", said)]);
    let done = bench.run("weights roc said.csv --into nothing");
    done.fails_with(2);
}

#[test]
fn every_method_into_a_set_has_its_exact_shares_and_swings_are_measured_by_a_hundred() {
    let said = "criterion,points\nX,100\nY,35\n";
    let bench = Bench::with(&[("said.csv", said), ("set.toml", crate::support::TWO)]);
    let done = bench.run("weights swing said.csv --into set.toml");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    for line in ["weight = 20", "weight = 7"] {
        let has = done.stdout.lines().any(|one| one.trim() == line);
        assert!(has, "{line}: {}", done.stdout);
    }
    let told = refused("swing", "criterion,points\nX,90\nY,35\n");
    assert!(
        told.contains("nothing has 100 points") && told.contains("[no-hundred]"),
        "{told}"
    );
    let told = refused("swing", "criterion,points\nX,120\nY,100\n");
    assert!(
        told.contains("row 2") && told.contains("[over-hundred]"),
        "{told}"
    );
}
