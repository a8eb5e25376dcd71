//! What texts beside a table say of the scale in a sentence: `Scores from 1 to 10`, `Skala 0-10`, `1 = poor, 2 = fair, 3 = good`.

use std::iter;

use rust_decimal::Decimal;

use crate::exact::read_decimal;
use crate::table::name::fold;
use crate::table::words::PRICE;

use super::role::SaidScale;

/// Words that say that the numbers after them are scores.
const BEFORE: [&str; 19] = [
    "score",
    "scores",
    "scored",
    "scoring",
    "scale",
    "rate",
    "rated",
    "rating",
    "ratings",
    "points",
    "marks",
    "grade",
    "grades",
    "skala",
    "bewertung",
    "bewertungen",
    "bewerten",
    "bewertet",
    "punkte",
];

/// Words that say it behind the numbers: `1-5 points`.
const BEHIND: [&str; 5] = ["scale", "points", "skala", "punkte", "punkten"];

/// Words that may stand between.
const FILLERS: [&str; 20] = [
    "from",
    "von",
    "of",
    "is",
    "are",
    "the",
    "on",
    "a",
    "each",
    "every",
    "criterion",
    "item",
    "between",
    "zwischen",
    "in",
    "im",
    "mit",
    "with",
    "range",
    "go",
];

/// Words and signs between the two ends.
const UP_TO: [&str; 7] = ["-", "\u{2013}", "\u{2014}", "..", "to", "bis", "through"];

/// The scales that a sentence says.
pub(super) fn scales_in(text: &str) -> Vec<SaidScale> {
    let folded = without_asides(&fold(text));
    let words = words(&folded);
    let number = |at: usize| number(words.get(at)?);
    let scale = |at: usize| {
        let (min, max) = (number(at)?, number(at.checked_add(2)?)?);
        let up_to = words.get(at.checked_add(1)?)?;
        let is_range = min < max && (UP_TO.contains(up_to) || follows_between(&words, at, up_to));
        (is_range && is_about_scores(&words, at)).then(|| SaidScale::new(Some(min), max))
    };
    let out_of = |at: usize| {
        let end = at.checked_add(2)?;
        let is_said = words.get(at..end) == Some(&["out", "of"]);
        (is_said && stands_behind_scores(&words, at) && !words.iter().any(is_sum))
            .then(|| Some(SaidScale::new(None, number(end)?)))?
    };
    let said: Vec<SaidScale> = (0..words.len())
        .filter_map(|at| scale(at).or_else(|| out_of(at)))
        .collect();
    if !said.is_empty() {
        return said;
    }
    let highest = || {
        let at = (0..words.len()).find_map(|at| highest_at(&words, at));
        let called = called_in(text).into_iter();
        let ends: Vec<Decimal> = called.map(|(score, _)| score).collect();
        let ends = ends.iter().max().filter(|_| ends.len() > 1).copied();
        at.or(ends).map(|max| SaidScale::new(None, max))
    };
    listed_in(&words).or_else(highest).into_iter().collect()
}

/// The highest score that a sentence names here: `scale of 10`, `10-point scale`, `points: max. 10 per criterion`.
fn highest_at(words: &[&str], at: usize) -> Option<Decimal> {
    let max = number(words.get(at)?)?;
    let before = |back: usize| at.checked_sub(back).and_then(|at| words.get(at)).copied();
    let behind = words.get(at.saturating_add(1)..)?.iter().copied();
    let mut after = behind.filter(|word| !matches!(*word, "-" | "er"));
    let (next, second) = (after.next(), after.next());
    let is_scale = |word: Option<&str>| matches!(word, Some("scale" | "skala"));
    let is_of = before(1) == Some("of") && is_scale(before(2));
    let is_alone = !next.is_some_and(|next| UP_TO.contains(&next));
    let counts_points = matches!(next, Some("point" | "points" | "punkt" | "punkte"));
    if is_scale(next) || (counts_points && is_scale(second)) || (is_of && is_alone) {
        return Some(max);
    }
    let mut said = [1, 2, 3].into_iter().filter_map(before);
    let is_most = |word: &str| {
        matches!(
            word,
            "max" | "maximum" | "maximal" | "highest" | "h\u{f6}chstens" | "h\u{f6}chste"
        )
    };
    let is_end = next.is_none_or(|next| {
        BEHIND.contains(&next)
            || matches!(next, "per" | "pro" | "je" | "each" | "." | "," | ")" | ";")
    });
    let is_about_scores = words.iter().any(|word| BEFORE.contains(word))
        && !words
            .iter()
            .any(|word| is_sum(word) || PRICE.contains(word));
    (said.any(is_most) && is_end && is_about_scores).then_some(max)
}

/// A number in digits, or a round one in words.
fn number(word: &str) -> Option<Decimal> {
    let round = match word {
        "five" | "f\u{fc}nf" => 5,
        "ten" | "zehn" => 10,
        "hundred" | "hundert" => 100,
        _ => return read_decimal(&word.replace(',', ".")).ok(),
    };
    Some(Decimal::from(round))
}

/// Words that say that a list of numbers and meanings is one of scores, beside those before scores.
const LEGEND: [&str; 14] = [
    "legend",
    "legende",
    "key",
    "meaning",
    "bedeutung",
    "good",
    "gut",
    "fair",
    "meets",
    "exceeds",
    "erf\u{fc}llt",
    "partially",
    "fully",
    "teilweise",
];

/// The scale of a list that says what each of three scores or more means, one after the other: `1 = poor, 2 = fair, 3 = good`.
fn listed_in(words: &[&str]) -> Option<SaidScale> {
    let listed = words.windows(3).filter_map(|three| {
        let &[number, sign, meaning] = three else {
            return None;
        };
        let is_said = matches!(sign, "=" | ":" | "-" | "\u{2013}" | ")")
            && meaning.starts_with(char::is_alphabetic);
        is_said.then(|| read_decimal(&number.replace(',', ".")).ok())?
    });
    let mut scores: Vec<Decimal> = listed.collect();
    if scores.first() > scores.last() {
        scores.reverse();
    }
    let mut pairs = scores.iter().zip(scores.iter().skip(1));
    let is_whole = pairs.all(|(one, next)| one.checked_add(Decimal::ONE) == Some(*next));
    let is_about_scores = words.iter().any(|word| {
        let known = [&BEFORE[..], &LEGEND, &BEST, &WORST];
        known.iter().any(|known| known.contains(word))
    });
    let (min, max) = (*scores.first()?, *scores.last()?);
    (scores.len() > 2 && is_whole && is_about_scores).then(|| SaidScale::new(Some(min), max))
}

/// Whether a word says that a number is of all scores together.
fn is_sum(word: &&str) -> bool {
    ["total", "totals", "sum", "overall", "altogether"].contains(word)
}

/// A score, and whether a sentence calls it the best or the worst.
pub(super) type Called = (Decimal, bool);

/// Words behind a number that call it the best, and those that call it the worst.
const BEST: [&str; 9] = [
    "best",
    "beste",
    "bester",
    "excellent",
    "great",
    "outstanding",
    "exzellent",
    "hervorragend",
    "sehr",
];
const WORST: [&str; 9] = [
    "worst",
    "poor",
    "bad",
    "unacceptable",
    "schlecht",
    "schlechteste",
    "schlechtester",
    "mangelhaft",
    "ungen\u{fc}gend",
];

/// The scores that a sentence calls the best or the worst: `1 = best`, `1 (sehr gut) bis 6 (ungen\u{fc}gend)`.
pub(super) fn called_in(text: &str) -> Vec<Called> {
    let folded = fold(text);
    let words = words(&folded);
    let called = |(at, word): (usize, &&str)| {
        let number = read_decimal(&word.replace(',', ".")).ok()?;
        let mut after = words.get(at.saturating_add(1)..)?.iter();
        let said =
            after.find(|word| !["=", ":", "(", "-", "\u{2013}", "is", "ist"].contains(word))?;
        let is_best = BEST.contains(said) && (*said != "sehr" || after.next() == Some(&"gut"));
        (is_best || WORST.contains(said)).then_some((number, is_best))
    };
    words.iter().enumerate().filter_map(called).collect()
}

/// `between 1 and 5`.
fn follows_between(words: &[&str], at: usize, up_to: &str) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    matches!(up_to, "and" | "und") && matches!(before, Some(&"between" | &"zwischen"))
}

/// Whether the range that begins here stands behind or before a word for scores.
fn is_about_scores(words: &[&str], at: usize) -> bool {
    let behind = words.get(at.saturating_add(3));
    stands_behind_scores(words, at) || behind.is_some_and(|word| BEHIND.contains(word))
}

/// Whether the last word before a place that is no filler is one for scores, and not for those of a price.
fn stands_behind_scores(words: &[&str], at: usize) -> bool {
    let mut before = words.get(..at).unwrap_or_default().iter().rev();
    let mut said = before
        .by_ref()
        .filter(|word| !FILLERS.contains(word) && word.chars().any(char::is_alphanumeric));
    said.next().is_some_and(|word| BEFORE.contains(word))
        && !said.next().is_some_and(|word| PRICE.contains(word))
}

/// A text without what stands in parentheses behind a number: `0 (worst) to 10 (best)`.
fn without_asides(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('(') {
        bare.push_str(before);
        let after_number = before
            .trim_end()
            .ends_with(|end: char| end.is_ascii_digit());
        if let Some((_, after)) = inside.split_once(')').filter(|_| after_number) {
            rest = after;
        } else {
            bare.push(' ');
            rest = inside;
        }
    }
    bare.push_str(rest);
    bare
}

/// Words, numbers and what stands between them.
fn words(text: &str) -> Vec<&str> {
    let kind = |letter: char| match letter {
        _ if letter.is_alphabetic() => 1,
        _ if letter.is_ascii_digit() => 2,
        _ if letter.is_whitespace() => 3,
        _ => 4,
    };
    let mut rest = text;
    let next = || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let is_number = kind(first) == 2;
        let mut end = rest.len();
        for (at, letter) in rest.char_indices() {
            let follows = rest.get(at..).and_then(|rest| rest.chars().nth(1));
            // A sign between two digits belongs to the number.
            let inside = is_number
                && matches!(letter, '.' | ',')
                && follows.is_some_and(|next| kind(next) == 2);
            if kind(letter) != kind(first) && !inside {
                end = at;
                break;
            }
        }
        let (word, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(word)
    };
    iter::from_fn(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_about_scores_says_their_scale() {
        for (text, scale) in [
            ("Scores from 1 to 10", "from 1 to 10"),
            ("Skala 0-10", "from 0 to 10"),
            (
                "Please rate each criterion on a scale of 1\u{2013}5.",
                "from 1 to 5",
            ),
            ("Bewertung: von 1 bis 6 (6 = sehr gut)", "from 1 to 6"),
            (
                "Score 0 (worst) to 10 (best), whole numbers",
                "from 0 to 10",
            ),
            ("Scoring (0..4)", "from 0 to 4"),
            ("0 bis 15 Punkte je Kriterium", "from 0 to 15"),
            ("Scores are between 1 and 7", "from 1 to 7"),
            ("Rated 0,5 - 4,5", "from 0.5 to 4.5"),
            ("Please score each item out of 10.", "up to 10"),
            ("Marks (out of 10)", "up to 10"),
            ("Scores out of ten", "up to 10"),
            ("A scale of 10", "up to 10"),
            ("10-point scale", "up to 10"),
            ("10er-Skala", "up to 10"),
            ("Points: max. 10 per criterion", "up to 10"),
            ("Bewertung: maximal 6 Punkte", "up to 6"),
            ("Scale: 1 = bad ... 10 = excellent", "up to 10"),
            ("1 = poor, 2 = fair, 3 = good, 4 = very good", "from 1 to 4"),
            ("Legende: 3 = voll, 2 = teilweise, 1 = nicht", "from 1 to 3"),
            ("0: absent; 1: partially; 2: fully", "from 0 to 2"),
        ] {
            let said: Vec<String> = scales_in(text).iter().map(ToString::to_string).collect();
            assert_eq!(said, [scale], "{text}");
        }
    }

    #[test]
    fn a_sentence_calls_scores_the_best_or_the_worst() {
        for (text, called) in [
            ("1 = best, 6 = worst", "1 true, 6 false"),
            (
                "Noten von 1 (sehr gut) bis 6 (ungen\u{fc}gend)",
                "1 true, 6 false",
            ),
            ("0 is poor, 5 is excellent", "0 false, 5 true"),
            ("Round 2, best and final offers", ""),
            ("5 sehr wichtig", ""),
        ] {
            let found = called_in(text).into_iter();
            let found: Vec<String> = found
                .map(|(number, is_best)| format!("{number} {is_best}"))
                .collect();
            assert_eq!(found.join(", "), called, "{text}");
        }
    }

    #[test]
    fn other_numbers_above_a_table_are_no_scale() {
        for text in [
            "Scores of round 1-2",
            "Scored on 12.-14.5.2026",
            "Workshop 1 to 3",
            "Rating period 1-5 June",
            "Scores, draft 3",
            "Budget 10000-50000",
            "ISO 27001 to 27002",
            "Score from 10 to 1",
            "1 = red, 2 = amber, 3 = green",
            "0 = absent, 3 = meets the need, 5 = exceeds it",
            "Agenda: 1: welcome, 2: scores",
            "Scores attached, max. 30 pages",
            "Maximum score of all criteria: 100 points in total",
            "Scores of 12 criteria",
            "Price scale 10000-50000",
            "Note: price max. 10 points",
            "Total score out of 100",
            "Scores of 3 out of 10 vendors",
            "",
        ] {
            assert_eq!(scales_in(text), [], "{text}");
        }
    }
}
