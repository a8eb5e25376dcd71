//! What may be typed into a cell of a workbook: the rule a spreadsheet holds people to, and the words that tell it.

use rust_decimal::Decimal;

use crate::criteria::{Criterion, Kind, Priced, Rated, Scale};
use crate::exact::plain;
use crate::table::workbook::{Accepted, At};

/// The words that are answers whatever is asked for, in lower case and each between strokes.
const WORDS: &str = "|no response|not scored|clear|tbc|tbd|?|-|";

/// The most steps of a scale that a rule counts.
const MAX_STEPS: u32 = 1_000_000;

/// What the cell at a place takes about a criterion.
pub(super) fn accepted(criterion: &Criterion, at: At) -> Accepted {
    match criterion.kind() {
        Kind::Rated(rated) => score(criterion, rated, at),
        Kind::Priced(priced) => amount(priced, at),
        Kind::PassFail => Accepted {
            rule: one_of("pass|fail|yes|no|", at),
            told: "pass or fail; \"no response\" if the vendor was silent".to_owned(),
            refused: "Type pass or fail, or \"no response\" if the vendor was silent.".to_owned(),
        },
    }
}

fn score(criterion: &Criterion, rated: &Rated, at: At) -> Accepted {
    let scale = rated.scale();
    let (min, max) = (plain(scale.min()), plain(scale.max()));
    let mut limits = format!("{at}>={min},{at}<={max}");
    let mut range = format!("{min} to {max}");
    if let Some(step) = scale.step() {
        let written = plain(step);
        if can_be_counted(scale, step) {
            limits.push_str(&on_step(at, &min, &written));
        }
        range.push_str(" in steps of ");
        range.push_str(&written);
    }
    let (words, aside) = if rated.allows_not_applicable() {
        ("n/a|not applicable|", ", or N/A if it does not apply")
    } else {
        ("", "")
    };
    let anchors: Vec<String> = anchors(criterion).collect();
    Accepted {
        rule: number_or_word(&limits, words, at),
        told: format!("{range}{aside}. {}", anchors.join("; "))
            .trim_end()
            .to_owned(),
        refused: format!(
            "Type a number from {range}{aside}; \"no response\" if the vendor was silent, or leave the cell empty."
        ),
    }
}

/// Whether a spreadsheet can count the steps of a scale; what it cannot tell is told when the sheet is read.
fn can_be_counted(scale: &Scale, step: Decimal) -> bool {
    let width = scale.max().checked_sub(scale.min());
    let steps = width.and_then(|width| width.checked_div(step));
    steps.is_some_and(|steps| steps <= Decimal::from(MAX_STEPS))
}

/// A step like 0.1 is no double, so a whole number of steps is one but for the last digits.
fn on_step(at: At, min: &str, step: &str) -> String {
    let above = match min.strip_prefix('-') {
        Some(below_zero) => format!("{at}+{below_zero}"),
        None => format!("{at}-{min}"),
    };
    format!(",ABS(MOD(({above})/{step}+0.5,1)-0.5)<0.000001")
}

fn amount(priced: &Priced, at: At) -> Accepted {
    let (limit, least) = if priced.rule().allows_zero() {
        (format!("{at}>=0"), "an amount of 0 or more")
    } else {
        (format!("{at}>0"), "an amount above 0")
    };
    let currency = priced.currency().unwrap_or_default();
    let range = priced.range().map(|range| {
        let (floor, ceiling): (Decimal, Decimal) = (range.floor(), range.ceiling());
        format!(
            " Full points at {} or less, none at {} or more.",
            plain(floor),
            plain(ceiling)
        )
    });
    let currency = if currency.is_empty() {
        String::new()
    } else {
        format!(", in {currency}")
    };
    Accepted {
        rule: number_or_word(&limit, "", at),
        told: format!("{least}{currency}.{}", range.unwrap_or_default()),
        refused: format!(
            "Type {least} as a plain number, \"no response\" if there is no bid, or leave the cell empty."
        ),
    }
}

/// What scores mean, from the lowest on.
pub(super) fn anchors(criterion: &Criterion) -> impl Iterator<Item = String> {
    let anchors = criterion.anchors().iter();
    anchors.map(|(score, text)| format!("{}: {text}", plain(*score)))
}

fn number_or_word(limits: &str, words: &str, at: At) -> String {
    format!("IF(ISNUMBER({at}),AND({limits}),{})", one_of(words, at))
}

/// Any of these words, or of those that are always answers. (A rule has at most 255 characters, so it names the cell once.)
fn one_of(words: &str, at: At) -> String {
    format!("ISNUMBER(FIND(\"|\"&LOWER({at})&\"|\",\"{WORDS}{words}\"))")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::{CriteriaSet, SetLimits};

    #[test]
    fn a_rule_is_never_longer_than_a_spreadsheet_takes() {
        for (ends, step) in [
            ("999999999999.123456789", "0.000000002"),
            ("499.999", "0.001"),
        ] {
            let toml = format!(
                "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nweights = \"points\"\n\
                 [scale]\nmin = -{ends}\nmax = {ends}\nstep = {step}\n\
                 [[category]]\nid = \"c\"\ntitle = \"C\"\n[[criterion]]\nid = \"x\"\ntitle = \"X\"\n\
                 category = \"c\"\nweight = 100\nnot_applicable = true\n"
            );
            let set = CriteriaSet::parse(&toml, &SetLimits::default()).unwrap();
            let rule = accepted(&set.criteria()[0], At::new(99_999, 700)).rule;
            assert!(rule.len() <= 255, "{} {rule}", rule.len());
            assert_eq!(rule.contains("MOD"), step == "0.001");
        }
    }

    #[test]
    fn a_rule_takes_what_the_reading_takes() {
        let toml = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nweights = \"points\"\n[scale]\nmin = -1\nmax = 3\nstep = 0.5\n\
                    [[category]]\nid = \"c\"\ntitle = \"C\"\n[[criterion]]\nid = \"x\"\ntitle = \"X\"\ncategory = \"c\"\nweight = 100\n";
        let set = CriteriaSet::parse(toml, &SetLimits::default()).unwrap();
        let found = accepted(&set.criteria()[0], At::new(1, 3));
        insta::assert_snapshot!(found.rule, @r#"IF(ISNUMBER(D2),AND(D2>=-1,D2<=3,ABS(MOD((D2+1)/0.5+0.5,1)-0.5)<0.000001),ISNUMBER(FIND("|"&LOWER(D2)&"|","|no response|not scored|clear|tbc|tbd|?|-|")))"#);
        insta::assert_snapshot!(found.told, @"-1 to 3 in steps of 0.5.");
    }
}
