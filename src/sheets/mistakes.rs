//! What a cell that holds no number probably was meant to be.

use super::characters::Described;
use super::{Rule, Wanted};

/// The beginnings of month names as spreadsheets write them.
const MONTHS: [&str; 30] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mai",
    "mär", "okt", "dez", "fév", "fev", "avr", "juin", "juil", "aoû", "déc", "ene", "abr", "ago",
    "dic", "maj", "maa", "mrt",
];

/// The rule that a text in a score cell breaks, given that it is no number and no known word.
pub(super) fn of(text: &str, wanted: Wanted) -> Rule {
    if text.starts_with('=') {
        Rule::Formula(wanted)
    } else if is_spreadsheet_error(text) {
        Rule::SpreadsheetError
    } else if wanted == Wanted::PassFail {
        Rule::NotPassFail
    } else if is_percent(text) {
        Rule::Percent(wanted)
    } else if is_date(text) {
        Rule::DateInsteadOfNumber(wanted)
    } else if let Some(piece) = web_code(text) {
        Rule::WebCode(piece, wanted)
    } else if let Some(beside) = beside_amount(text).filter(|_| is_amount(wanted)) {
        Rule::BesideAmount(beside)
    } else {
        look_alike(text).unwrap_or(Rule::NotANumber(wanted))
    }
}

fn is_amount(wanted: Wanted) -> bool {
    matches!(wanted, Wanted::Amount { .. })
}

/// A piece of a web page's code: `&nbsp;`, `&#160;`, `<br>`.
fn web_code(text: &str) -> Option<String> {
    let between = |open: char, close: char, inside: fn(char) -> bool| {
        let from = text.find(open)?;
        let to = from.checked_add(text.get(from..)?.find(close)?)?;
        let piece = text.get(from..=to)?;
        let inner = piece.get(1..piece.len().checked_sub(1)?)?;
        let is_code = !inner.is_empty() && inner.len() <= 40 && inner.chars().all(inside);
        is_code.then(|| piece.to_owned())
    };
    let in_entity = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
    let in_tag = |letter: char| letter.is_ascii_alphanumeric() || "/ =\"'-_".contains(letter);
    between('&', ';', in_entity).or_else(|| between('<', '>', in_tag))
}

/// What stands beside the only number of a text: `+ VAT`, `per year`, `k`.
fn beside_amount(text: &str) -> Option<String> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
    let number = text.get(first..=last)?;
    let is_one = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b" .,'".contains(&byte));
    let beside = [text.get(..first)?, text.get(last.checked_add(1)?..)?];
    let beside = beside.map(str::trim).join(" ");
    let beside = beside.trim();
    (is_one && beside.chars().any(char::is_alphabetic)).then(|| beside.to_owned())
}

/// `#REF!`, `#NV`, `#####`, `Err:502`.
fn is_spreadsheet_error(text: &str) -> bool {
    let head = text.get(..4).unwrap_or_default();
    text.starts_with('#') || head.eq_ignore_ascii_case("err:")
}

fn is_percent(text: &str) -> bool {
    let number = text
        .strip_suffix(['%', '\u{2030}', '\u{ff05}'])
        .map(str::trim_end);
    number.is_some_and(|number| number.bytes().any(|byte| byte.is_ascii_digit()))
}

/// `4/5`, `½`, `04-May`, `2026-05-04`, `04.05.2026`, `4.5.`, `3:4`.
fn is_date(text: &str) -> bool {
    if text
        .chars()
        .any(|letter| matches!(letter, '¼' | '½' | '¾' | '⅐'..='⅞'))
    {
        return true;
    }
    if !text.chars().any(|letter| letter.is_ascii_digit()) {
        return false;
    }
    has_month(text) || has_parts_of_a_date(text)
}

fn has_month(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty());
    let first = words.next();
    let is_month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month));
    words.next().is_none() && first.is_some_and(is_month)
}

fn has_parts_of_a_date(text: &str) -> bool {
    let date = text.split([' ', 'T']).next().unwrap_or_default();
    let parts_by = |separator: char| -> Option<usize> {
        let parts: Vec<&str> = date.trim_end_matches(separator).split(separator).collect();
        let short = |part: &&str| {
            (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        parts.iter().all(short).then_some(parts.len())
    };
    let slashed = matches!(parts_by('/'), Some(2 | 3));
    let dashed = parts_by('-') == Some(3);
    let dotted = parts_by('.') == Some(3) || (date.ends_with('.') && parts_by('.') == Some(2));
    let timed = matches!(parts_by(':'), Some(2 | 3));
    slashed || dashed || dotted || timed
}

/// Names a character that looks like part of a number, if with the right one the text is a number.
fn look_alike(text: &str) -> Option<Rule> {
    let odd = text
        .chars()
        .find(|letter| Described(*letter).looks_like().is_some())?;
    let meant = |letter: char| Described(letter).looks_like().unwrap_or(letter);
    let instead: String = text.chars().map(meant).collect();
    let written_plainly = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-');
    instead
        .bytes()
        .all(written_plainly)
        .then_some(Rule::LookAlike {
            odd: Described(odd),
            instead,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_apart() {
        for (code, texts) in [
            ("formula", &["=2+2", "=AVERAGE(D3:D4)"][..]),
            (
                "spreadsheet-error",
                &["#REF!", "#N/A", "#DIV/0!", "Err:502", "#####", "#NV"],
            ),
            ("percent", &["80%", "80 %", "4,5%"]),
            (
                "date-instead-of-number",
                &[
                    "4/5",
                    "04-May",
                    "May-04",
                    "4. Mai",
                    "2026-05-04",
                    "2026-05-04T10:00:00",
                    "04.05.2026",
                    "04.05.",
                    "4/5/2026 10:00",
                    "3:4",
                    "½",
                    "3 ½",
                    "5-Apr-26",
                ],
            ),
            (
                "not-a-number",
                &[
                    "3-4",
                    "TRUE",
                    "NaN",
                    "inf",
                    "1e3",
                    "1_0",
                    "+3",
                    "good",
                    "%",
                    "4 of 5",
                    "٣",
                    "４",
                    "−3",
                    "3–4",
                    "4 5",
                    "0x4",
                    "1..2",
                    "²",
                    "marvellous",
                    "3 maybe not",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(
                    of(text, Wanted::Amount { zero: true }).code(),
                    code,
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn what_stands_beside_a_number_is_named() {
        let amount = Wanted::Amount { zero: true };
        for (text, said) in [
            ("&nbsp;4", "\"&nbsp;\""),
            ("4&#160;", "\"&#160;\""),
            ("<b>4</b>", "\"<b>\""),
            ("450000 + VAT", "\"+ VAT\""),
            ("450.000 EUR zzgl. MwSt.", "\"EUR zzgl. MwSt.\""),
            ("ca. 450000", "\"ca.\""),
        ] {
            let message = of(text, amount).to_string();
            assert!(message.contains(said), "{text}: {message}");
        }
        for text in ["450000 or 460000", "~450000", "good"] {
            assert_eq!(of(text, amount), Rule::NotANumber(amount), "{text}");
        }
    }

    #[test]
    fn a_look_alike_is_named_with_what_to_write() {
        let message = of("٣", Wanted::Amount { zero: true }).to_string();
        assert!(
            message.contains("ARABIC-INDIC DIGIT THREE") && message.ends_with("write 3"),
            "{message}"
        );
    }
}
