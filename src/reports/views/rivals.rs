//! Whether a reason speaks of another vendor: by its name, or by its price.

use std::collections::BTreeSet;

use crate::criteria::Kind;
use crate::evaluation::{Answer, Evaluation, VendorIndex};
use crate::exact::plain;

/// A first word of a name that is shorter may be a word of the language.
const TELLING: usize = 4;
/// Capitals that are fewer may be a word of everybody: IT.
const CAPITALS: usize = 3;
/// An amount with fewer digits may be a count of something else.
const DIGITS: usize = 4;

/// What gives a vendor away in the reasons of another.
pub(in crate::reports) struct Rivals(Vec<Traces>);

struct Traces {
    vendor: VendorIndex,
    /// Its name without what stands in brackets, also in one word, and the first word of it where no criterion uses that word.
    names: Vec<String>,
    /// The first word of its name where it is short and all capitals, as written: "HCL".
    capitals: Option<String>,
    /// The digits of its prices before the decimal point.
    prices: BTreeSet<String>,
}

impl Rivals {
    /// Takes the names and prices of every vendor of an evaluation.
    pub(in crate::reports) fn of(evaluation: &Evaluation) -> Self {
        let criteria = evaluation.set().criteria().iter();
        let used: BTreeSet<String> = criteria
            .flat_map(|criterion| [Some(criterion.title()), criterion.description()])
            .flatten()
            .flat_map(words)
            .collect();
        let vendors = evaluation.vendor_indices().map(|vendor| Traces {
            vendor,
            names: names(evaluation.vendor_name(vendor), &used),
            capitals: capitals(evaluation.vendor_name(vendor), &used),
            prices: prices(evaluation, vendor),
        });
        Self(vendors.collect())
    }

    /// Whether a folded text names another vendor than `own`.
    pub(super) fn named_in(&self, text: &str, own: VendorIndex) -> bool {
        let of_own: Vec<&String> = self.own(own).flat_map(|traces| &traces.names).collect();
        let mut names = self.others(own).flat_map(|traces| &traces.names);
        names.any(|name| !of_own.contains(&name) && holds(text, name))
    }

    /// Whether a reason gives away another vendor than `own`, by its name or by its price.
    pub(in crate::reports) fn betrayed_in(&self, reason: &str, own: VendorIndex) -> bool {
        let of_own: BTreeSet<&String> = self.own(own).flat_map(|traces| &traces.prices).collect();
        let written = amounts(reason);
        let own_capitals = self.own(own).find_map(|traces| traces.capitals.as_ref());
        let mut capitals = self.others(own).filter_map(|one| one.capitals.as_ref());
        let mut prices = self.others(own).flat_map(|traces| &traces.prices);
        self.named_in(&folded(reason), own)
            || capitals.any(|name| Some(name) != own_capitals && holds(reason, name))
            || prices.any(|price| !of_own.contains(price) && written.contains(price))
    }

    fn own(&self, own: VendorIndex) -> impl Iterator<Item = &Traces> {
        self.0.iter().filter(move |traces| traces.vendor == own)
    }

    fn others(&self, own: VendorIndex) -> impl Iterator<Item = &Traces> {
        self.0.iter().filter(move |traces| traces.vendor != own)
    }
}

fn names(name: &str, used: &BTreeSet<String>) -> Vec<String> {
    let name = name.split_once('(').map_or(name, |(name, _)| name);
    let first = words(name).next();
    let telling = first.filter(|word| word.chars().count() >= TELLING && !used.contains(word));
    let whole = Some(folded(name)).filter(|name| !name.is_empty());
    let joined = whole.as_ref().filter(|name| name.contains(' '));
    let joined = joined.map(|name| name.replace(' ', ""));
    whole.into_iter().chain(joined).chain(telling).collect()
}

/// A first word that is too short to tell by itself in small letters, and tells in capitals.
fn capitals(name: &str, used: &BTreeSet<String>) -> Option<String> {
    let mut words = name.split(|letter: char| !letter.is_alphanumeric());
    let first = words.find(|word| !word.is_empty())?;
    let is_short = (CAPITALS..TELLING).contains(&first.chars().count());
    let tells = is_short && first.chars().all(char::is_uppercase);
    (tells && !used.contains(&first.to_lowercase())).then(|| first.to_owned())
}

fn prices(evaluation: &Evaluation, vendor: VendorIndex) -> BTreeSet<String> {
    let criteria = evaluation.set().indexed_criteria();
    let priced = criteria.filter(|(_, criterion)| matches!(criterion.kind(), Kind::Priced(_)));
    priced
        .flat_map(|(index, _)| evaluation.counted(vendor, index))
        .filter_map(|given| match given.answer {
            Answer::Scored(amount) => Some(plain(amount.trunc())),
            _ => None,
        })
        .filter(|digits| digits.len() >= DIGITS)
        .collect()
}

/// The words of a text, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The whole numbers that a text can be read to hold, without the marks between their groups of three digits.
fn amounts(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let runs = text.split(|letter: char| !letter.is_ascii_digit() && !is_mark(letter));
    for run in runs {
        let groups: Vec<&str> = run
            .split(is_mark)
            .filter(|group| !group.is_empty())
            .collect();
        for from in 0..groups.len() {
            let mut digits = String::new();
            for group in groups.iter().skip(from) {
                digits.push_str(group);
                found.insert(digits.clone());
            }
        }
    }
    found
}

/// What may stand between the groups of a number.
fn is_mark(letter: char) -> bool {
    matches!(letter, '.' | ',' | '\'' | '\u{2019}') || letter.is_whitespace()
}

/// A text without differences of case and space.
pub(super) fn folded(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Whether words stand in a text, not within longer ones.
pub(super) fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = at.checked_add(found.len()).and_then(|end| text.get(end..));
        let after = after.and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_not_within_others() {
        assert!(holds("clearly better than asked", "better than"));
        assert!(!holds("better thanks to the trial", "better than"));
        assert!(holds("acme", "acme") && !holds("acmeland", "acme"));
    }

    #[test]
    fn an_amount_is_found_however_its_digits_are_grouped() {
        for written in [
            "at 412500 they are",
            "EUR 412,500.00",
            "412.500,00 EUR",
            "412\u{a0}500",
            "for 3 years 412'500",
        ] {
            assert!(amounts(written).contains("412500"), "{written}");
        }
        assert!(!amounts("4125 and 00").contains("412500"));
        assert!(!amounts("1412500").contains("412500"));
    }

    #[test]
    fn a_name_goes_by_its_first_word_unless_a_criterion_uses_that_word() {
        let used = BTreeSet::from(["service".to_owned()]);
        assert_eq!(
            names("Ostervane Service (x)", &used),
            ["ostervane service", "ostervaneservice", "ostervane"]
        );
        assert_eq!(names("Service Hub", &used), ["service hub", "servicehub"]);
        assert_eq!(names("HCL Notes", &used), ["hcl notes", "hclnotes"]);
    }

    #[test]
    fn a_short_first_word_in_capitals_tells_where_it_is_written_so() {
        let used = BTreeSet::from(["sla".to_owned()]);
        assert_eq!(capitals("HCL Notes", &used).as_deref(), Some("HCL"));
        for name in ["IT Works", "One Desk", "SLA Tools", "ACME Plus", "(HCL)x"] {
            let found = capitals(name, &used);
            assert_eq!(found.is_some(), name.contains("HCL"), "{name}");
        }
        let set = crate::criteria::CriteriaSet::parse(SET, &crate::criteria::SetLimits::default());
        let mut evaluation = Evaluation::new(std::sync::Arc::new(set.unwrap()));
        let mut add = |name: &str| {
            let name = crate::table::Name::parse(name).unwrap();
            evaluation.add_vendor(&name).unwrap()
        };
        let (hcl, acme) = (add("HCL Notes"), add("Acme Plus"));
        let rivals = Rivals::of(&evaluation);
        assert!(rivals.betrayed_in("HCL did it in two clicks", acme));
        assert!(!rivals.betrayed_in("HCL did it in two clicks", hcl));
        assert!(rivals.betrayed_in("AcmePlus said no", hcl));
        assert!(!rivals.betrayed_in("the hcl of it", acme));
    }

    const SET: &str = r#"
id = "own"
title = "Own"
version = "1"
scale = { min = 0, max = 5 }
category = [{ id = "all", title = "All" }]
criterion = [{ id = "X", category = "all", title = "Desk", weight = 100 }]
"#;
}
