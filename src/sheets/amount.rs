//! Amounts as offers write them: with a currency and with gaps between thousands, taken only where there is one way to read them.

use super::Rule;

/// The signs that stand for currencies, with the ISO 4217 codes of those they are used for.
const SIGNS: [(&str, &[&str]); 8] = [
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"]),
    ("US$", &["USD"]),
    ("¥", &["JPY", "CNY"]),
    ("Fr.", &["CHF"]),
    ("SFr.", &["CHF"]),
    ("kr", &["SEK", "NOK", "DKK"]),
];

/// Words that make an amount a thousand times as much, or more.
const MULTIPLES: [&str; 18] = [
    "k",
    "teur",
    "tsd",
    "tsd.",
    "tausend",
    "thousand",
    "thousands",
    "keur",
    "kusd",
    "kgbp",
    "kchf",
    "tchf",
    "m",
    "mio",
    "mio.",
    "mln",
    "million",
    "millions",
];

/// The digits of an amount without its currency and without the gaps between its thousands.
///
/// A comma or a point stays: whether it stands before decimals is for the number to say. Gaps are spaces of any width or
/// apostrophes between groups of three digits.
///
/// # Errors
/// [`Rule::OtherCurrency`] if the amount is in another currency than the criterion.
pub(super) fn digits(text: &str, currency: Option<&str>) -> Result<String, Rule> {
    let bare = without_currency(text, currency)?;
    Ok(without_gaps(bare).unwrap_or_else(|| bare.to_owned()))
}

fn without_currency<'t>(text: &'t str, currency: Option<&str>) -> Result<&'t str, Rule> {
    let is_word = |letter: char| !letter.is_ascii_digit() && !letter.is_whitespace();
    let no_digit = |part: &&str| !part.is_empty() && !matches!(*part, "-" | "." | "," | "'");
    let Some(first) = text.find(|letter: char| letter.is_ascii_digit()) else {
        return Ok(text);
    };
    let last = text
        .rfind(|letter: char| letter.is_ascii_digit())
        .map_or(first, |at| at.saturating_add(1));
    let before = text.get(..first).unwrap_or_default().trim();
    let after = text.get(last..).unwrap_or_default().trim();
    let (said, amount) = match (Some(before).filter(no_digit), Some(after).filter(no_digit)) {
        (Some(said), None) if after.is_empty() => (said, text.get(first..)),
        (None, Some(said)) if before.is_empty() => (said, text.get(..last)),
        _ => return Ok(text),
    };
    if !said.chars().all(is_word) {
        return Ok(text);
    }
    let Some(wanted) = currency else {
        return Ok(text);
    };
    if fits(said, wanted) {
        return Ok(amount.unwrap_or(text));
    }
    other_currency(said, currency).map_or(Ok(text), Err)
}

/// Whether what stands beside an amount is the wanted currency, or a sign for it.
fn fits(said: &str, wanted: &str) -> bool {
    let known = SIGNS.iter().find(|(sign, _)| *sign == said);
    said.eq_ignore_ascii_case(wanted) || known.is_some_and(|(_, codes)| codes.contains(&wanted))
}

/// The rule that a currency beside an amount breaks, if it is one and not the criterion's.
pub(super) fn other_currency(said: &str, wanted: Option<&str>) -> Option<Rule> {
    let wanted = wanted.filter(|wanted| !fits(said, wanted))?;
    let is_sign = SIGNS.iter().any(|(sign, _)| *sign == said);
    let is_code = said.len() == 3 && said.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_sign || is_code).then(|| Rule::OtherCurrency(said.to_owned(), wanted.to_owned()))
}

/// The rule that an amount breaks by what a column beside it says of its unit: `USD`, `kEUR`, `EUR per year`.
///
/// Words that speak of no money say nothing: `5 years`, `net`.
pub(super) fn other_unit(said: &str, wanted: Option<&str>) -> Option<Rule> {
    let wanted = wanted.filter(|wanted| !fits(said, wanted))?;
    let is_code =
        |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_part = |word: &str| {
        let folded = word.to_lowercase();
        is_code(word)
            || SIGNS.iter().any(|(sign, _)| *sign == word)
            || folded.contains(&wanted.to_lowercase())
            || MULTIPLES.contains(&folded.as_str())
    };
    let speaks_of_money =
        said.contains(['€', '£', '$', '¥']) || said.split([' ', '/', '(', ')', ',']).any(is_part);
    speaks_of_money.then(|| Rule::OtherCurrency(said.to_owned(), wanted.to_owned()))
}

/// `250 000` and `1'250'000,50` without their gaps; `None` if there are none, or they do not part groups of three digits.
fn without_gaps(text: &str) -> Option<String> {
    let is_gap = |letter: char| {
        matches!(
            letter,
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '’'
        )
    };
    let gap = text.chars().find(|letter| is_gap(*letter))?;
    let (whole, decimals) = match text.find(['.', ',']) {
        Some(at) => (text.get(..at)?, text.get(at..)?),
        None => (text, ""),
    };
    let mut groups = whole.split(gap);
    let first = groups.next()?;
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let regular = (1..=3).contains(&first.len())
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group));
    regular.then(|| format!("{}{decimals}", whole.replace(gap, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_and_gaps_between_thousands_are_taken_off() {
        for (text, currency, amount) in [
            ("EUR 250000", "EUR", "250000"),
            ("250000 eur", "EUR", "250000"),
            ("€250 000", "EUR", "250000"),
            ("1\u{202f}250\u{202f}000,50 €", "EUR", "1250000,50"),
            ("CHF 1'250'000.50", "CHF", "1250000.50"),
            ("$12000", "USD", "12000"),
            ("£ 99.5", "GBP", "99.5"),
            ("250000", "EUR", "250000"),
        ] {
            assert_eq!(digits(text, Some(currency)).unwrap(), amount, "{text}");
        }
    }

    #[test]
    fn another_currency_is_told_and_anything_else_stays_as_it_is() {
        for (text, said) in [("$12000", "$"), ("12000 GBP", "GBP"), ("¥ 12", "¥")] {
            let rule = Rule::OtherCurrency(said.to_owned(), "EUR".to_owned());
            assert_eq!(digits(text, Some("EUR")), Err(rule), "{text}");
        }
        for text in [
            "12 34",
            "1234 567",
            "12k",
            "k 12",
            "about 12",
            "-5",
            "€",
            "EUR 5 EUR",
            "1 2345",
            "12 000 00",
            "1 000'000",
            "n/a",
        ] {
            assert_eq!(digits(text, Some("EUR")).unwrap(), text, "{text}");
        }
        assert_eq!(digits("EUR 5", None).unwrap(), "EUR 5");
    }

    #[test]
    fn a_unit_beside_an_amount_says_its_own_currency_and_nothing_more() {
        for said in [
            "USD",
            "$",
            "kEUR",
            "EUR per year",
            "T€",
            "EUR/month",
            "thousand",
            "Mio.",
        ] {
            let rule = Rule::OtherCurrency(said.to_owned(), "EUR".to_owned());
            assert_eq!(other_unit(said, Some("EUR")), Some(rule), "{said}");
        }
        for said in ["EUR", "eur", "€", "5 years", "net", "points", "-"] {
            assert_eq!(other_unit(said, Some("EUR")), None, "{said}");
        }
    }
}
