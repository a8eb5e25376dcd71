//! A declaration that consists of several parts, as a form asks for it: one control for each part.
//!
//! A part is sent as `PART@DECLARATION`, like `lowest@scale`. The declaration itself can be sent as well.

use std::collections::BTreeMap;

/// How an amount scores, with the words for it; the first is what is meant when only amounts are typed.
pub(super) const WAYS: [(&str, &str); 5] = [
    ("between", "between two amounts that are said here"),
    (
        "lowest-ratio",
        "in proportion to the lowest: twice as dear scores half",
    ),
    (
        "linear-to-lowest",
        "by its distance from the lowest: twice as dear scores nothing",
    ),
    (
        "linear-range",
        "the lowest scores full, the highest nothing",
    ),
    ("rated", "it is no price: what stands there are scores"),
];

/// The parts of a scale.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ScaleParts {
    pub(super) lowest: String,
    pub(super) highest: String,
}

/// The parts of what is said about a price.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PriceParts {
    pub(super) way: String,
    pub(super) full: String,
    pub(super) nothing: String,
    pub(super) currency: String,
}

impl ScaleParts {
    /// Takes `1..5` apart.
    pub(super) fn of(said: &str) -> Self {
        let (lowest, highest) = said.split_once("..").unwrap_or((said, ""));
        Self {
            lowest: lowest.to_owned(),
            highest: highest.to_owned(),
        }
    }

    fn joined(&self) -> String {
        if self.lowest.is_empty() && self.highest.is_empty() {
            return String::new();
        }
        format!("{}..{}", self.lowest, self.highest)
    }
}

impl PriceParts {
    /// Takes `10000..50000:EUR`, `lowest-ratio:EUR` or `rated` apart.
    pub(super) fn of(said: &str) -> Self {
        let (how, currency) = said.split_once(':').unwrap_or((said, ""));
        let amounts = how.split_once("..");
        let (full, nothing) = amounts.unwrap_or_default();
        Self {
            way: if amounts.is_some() { "between" } else { how }.to_owned(),
            full: full.to_owned(),
            nothing: nothing.to_owned(),
            currency: currency.to_owned(),
        }
    }

    fn joined(&self) -> String {
        let Self {
            way,
            full,
            nothing,
            currency,
        } = self;
        match way.as_str() {
            "" | "between" if full.is_empty() && nothing.is_empty() => String::new(),
            "" | "between" => format!("{full}..{nothing}:{currency}"),
            "rated" => "rated".to_owned(),
            rule => format!("{rule}:{currency}"),
        }
    }
}

/// Puts declarations together from their parts; one that was sent as a whole stands unless its parts say something.
pub(super) fn joined(fields: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut parts: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut whole = Vec::new();
    for (field, text) in fields {
        match field.split_once('@') {
            Some((part, of)) if is_part(part) => {
                let text = text.trim().to_owned();
                let of = parts.entry(of.to_owned()).or_default();
                of.insert(part.to_owned(), text);
            }
            _ => whole.push((field, text)),
        }
    }
    for (field, mut parts) in parts {
        let mut part = |name: &str| parts.remove(name).unwrap_or_default();
        let said = if field.starts_with("price:") {
            let price = PriceParts {
                way: part("way"),
                full: part("full"),
                nothing: part("nothing"),
                currency: part("currency"),
            };
            price.joined()
        } else if field.starts_with("weight:") {
            let (must, number) = (part("must"), part("number"));
            if must.is_empty() {
                number
            } else {
                "pass-fail".to_owned()
            }
        } else {
            let scale = ScaleParts {
                lowest: part("lowest"),
                highest: part("highest"),
            };
            scale.joined()
        };
        if !said.is_empty() {
            whole.push((field, said));
        }
    }
    whole
}

fn is_part(text: &str) -> bool {
    matches!(
        text,
        "lowest" | "highest" | "way" | "full" | "nothing" | "currency" | "number" | "must"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(field, text): &(&str, &str)| ((*field).to_owned(), (*text).to_owned());
        joined(fields.iter().map(owned).collect())
    }

    fn one(field: &str, text: &str) -> Vec<(String, String)> {
        of(&[(field, text)])
    }

    #[test]
    fn parts_make_the_declaration_that_a_program_would_send() {
        assert_eq!(
            of(&[("lowest@scale", " 1"), ("highest@scale", "5 ")]),
            one("scale", "1..5")
        );
        let price = [
            ("way@price:Licence: a", "between"),
            ("full@price:Licence: a", "10000"),
            ("nothing@price:Licence: a", "50000"),
            ("currency@price:Licence: a", "EUR"),
        ];
        assert_eq!(of(&price), one("price:Licence: a", "10000..50000:EUR"));
        let ratio = [("way@price:X", "lowest-ratio"), ("currency@price:X", "EUR")];
        assert_eq!(of(&ratio), one("price:X", "lowest-ratio:EUR"));
        assert_eq!(of(&[("way@price:X", "rated")]), one("price:X", "rated"));
        let must = [("number@weight:Must", "3"), ("must@weight:Must", "yes")];
        assert_eq!(of(&must), one("weight:Must", "pass-fail"));
        assert_eq!(of(&must[..1]), one("weight:Must", "3"));
    }

    #[test]
    fn parts_that_say_nothing_leave_what_was_said_as_a_whole() {
        let fields = [
            ("scale", "0..5"),
            ("lowest@scale", ""),
            ("highest@scale", ""),
        ];
        assert_eq!(of(&fields), one("scale", "0..5"));
        assert_eq!(
            of(&[("way@price:X", "between"), ("currency@price:X", "EUR")]),
            []
        );
        // What only looks like a part is a field like any other.
        assert_eq!(
            of(&[("column:lowest@scale", "weight")]),
            one("column:lowest@scale", "weight")
        );
    }

    #[test]
    fn what_was_said_comes_apart_and_together_again() {
        for said in ["1..5", "-2..2", "..5", "1..", ""] {
            let said_again = ScaleParts::of(said).joined();
            assert_eq!(said_again, said);
        }
        for said in ["10000..50000:EUR", "lowest-ratio:EUR", "rated", "..5:", ""] {
            assert_eq!(PriceParts::of(said).joined(), said);
        }
    }
}
