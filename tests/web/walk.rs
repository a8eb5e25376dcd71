//! One walk through all figures of a result: from each total down to the cell of the file that somebody typed.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "the figures are reckoned a second time, in decimals of a size that cannot overflow"
)]

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};
use scorecard::service::SAMPLE_SHEETS;

use crate::support::{TestApp, without_tags};

/// The pages that were looked at, each fetched once.
struct Pages<'a> {
    app: &'a TestApp,
    seen: BTreeMap<String, String>,
}

impl Pages<'_> {
    fn at(&mut self, path: &str) -> &str {
        let app = self.app;
        self.seen.entry(path.to_owned()).or_insert_with(|| {
            let answer = app.get(path);
            assert_eq!(answer.status(), 200, "{path}");
            answer.text().unwrap()
        })
    }
}

/// The text between two marks, and what stands behind.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<(&'a str, &'a str)> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to)
}

fn all_between<'a>(mut text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    while let Some((one, rest)) = between(text, from, to) {
        found.push(one);
        text = rest;
    }
    found
}

fn number(text: &str) -> Decimal {
    in_one_piece(without_tags(text).trim()).parse().unwrap()
}

/// A number without the signs that part its thousands.
fn in_one_piece(number: &str) -> String {
    number.replace(',', "")
}

/// Rounds as printed: half away from zero, to the decimals of what is printed.
fn as_printed(value: Decimal, printed: Decimal) -> Decimal {
    value.round_dp_with_strategy(printed.scale(), RoundingStrategy::MidpointAwayFromZero)
}

/// The points of 0 to 1: a score of 0 to 5, or an amount between 150,000 and 650,000.
fn points(criterion: &str, score: Decimal) -> Decimal {
    if criterion == "CST-TCO" {
        (Decimal::from(650_000) - score) / Decimal::from(500_000)
    } else {
        score / Decimal::from(5)
    }
}

#[test]
fn every_figure_is_followed_from_the_total_to_the_cell_that_was_typed() {
    let app = TestApp::entered();
    let started = app.request("POST", "/sample").send().unwrap();
    let home = started.headers()["location"].to_str().unwrap().to_owned();
    let mut sheets = SAMPLE_SHEETS.iter();
    let third = sheets.find(|sheet| sheet.file_name == "mei-lindqvist.csv");
    let sent = app.hand_in(&home, "mei-lindqvist.csv", third.unwrap().bytes);
    assert_eq!(sent.status(), 200);

    let mut pages = Pages {
        app: &app,
        seen: BTreeMap::new(),
    };
    let (mut figures, mut cells) = (0, 0);
    for vendor in 1..=4 {
        let page = pages.at(&format!("{home}/vendors/{vendor}")).to_owned();
        let (name, _) = between(&page, "<h1>", "</h1>").unwrap();
        let name = name.to_owned();
        let (sum, _) = between(&page, "<tr class=\"sum\">", "</tr>").unwrap();
        let total = number(all_between(sum, "class=\"number\">", "</td>")[0]);
        assert!(
            pages.at(&home).contains(&total.to_string()),
            "{name} {total}"
        );

        let (_, table) = page.split_once("id=\"every-answer\"").unwrap();
        let mut added = Decimal::ZERO;
        for row in table.split("<tr id=\"").skip(1) {
            let (id, _) = between(row, "<span class=\"id\">", "</span>").unwrap();
            let (title, _) = between(row, "<th scope=\"row\">", "<span").unwrap();
            let title = without_tags(title);
            let columns = all_between(row, "<td class=\"number\">", "</td>");
            let [share, shown, reached, adds] = columns[..] else {
                panic!("{name} {id}: {columns:?}");
            };
            // Down to the scores of each evaluator, and from there to the row of the sheet.
            let (answers, _) = between(row, "<ul class=\"answers\">", "</ul>").unwrap();
            let mut scores = Vec::new();
            for answer in all_between(answers, "<li>", "</li>") {
                let (_, said) = answer.split_once("</strong>").unwrap();
                let score = in_one_piece(said.split([':', '<']).next().unwrap().trim());
                let score = score.as_str();
                let (address, _) = between(answer, "href=\"", "\"").unwrap();
                let (path, anchor) = address.split_once('#').unwrap();
                let sheet = pages.at(path);
                let (typed, _) = between(sheet, &format!("<tr id=\"{anchor}\">"), "</tr>").unwrap();
                let filled = all_between(typed, "<td ", "</td>").into_iter();
                let filled = filled.filter_map(|cell| cell.split_once('>'));
                let typed: Vec<&str> = filled.map(|(_, text)| text).collect();
                let stands = |part: &str| typed.contains(&part);
                let is_named = stands(id) || stands(title.trim());
                assert!(
                    // A sheet from an office that writes decimal commas shows them as they were typed.
                    stands(&name)
                        && is_named
                        && (stands(score) || stands(&score.replace('.', ","))),
                    "{name} {id} {score}: {typed:?}"
                );
                // A vendor that was silent has the worst score.
                let is_silent = score == "no response";
                scores.push(if is_silent {
                    Decimal::ZERO
                } else {
                    number(score)
                });
                cells += 1;
            }
            let counted = Decimal::from(scores.len());
            let collapsed = scores.iter().sum::<Decimal>() / counted;
            let own = points(id, collapsed);
            let added_here = number(share) * own;
            for (printed, exact) in [
                (number(&shown.replace("no response (0)", "0")), collapsed),
                (number(reached), own * Decimal::from(100)),
                (number(adds), added_here),
            ] {
                assert_eq!(as_printed(exact, printed), printed, "{name} {id}");
                figures += 1;
            }
            added += added_here;
        }
        assert_eq!(as_printed(added, total), total, "{name}");
    }
    assert_eq!(figures, 4 * 43 * 3);
    assert!(cells > 400, "{cells}");
}
