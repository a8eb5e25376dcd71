//! Which part of the record an address asks for.

use jiff::civil::Date;

use crate::service::{self, FieldProblem, Topic, Wanted};
use crate::web::{Error, Query};

use super::view::Choices;

/// What stands behind the question mark.
pub(super) const TAKEN: &[&str] = &[
    "person",
    "kind",
    "vendor",
    "criterion",
    "sheet",
    "from",
    "to",
    "order",
    "page",
];

/// Which part of the record an address asks for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) wanted: Wanted,
    /// Whether the first event comes first; else the last does.
    pub(super) oldest_first: bool,
    /// From 1.
    pub(super) page: usize,
}

impl Asked {
    /// Reads a query; a person, vendor, criterion or sheet that the record does not know is a mistake, and so is a day that is none.
    pub(super) fn of(query: &Query, choices: &Choices<'_>) -> Result<Self, Error> {
        let mut problems = Vec::new();
        let mut known = |name: &str, is_known: &dyn Fn(&str) -> bool, message: &str| {
            let value = query.get(name)?;
            if !is_known(value) {
                problems.push(problem(name, value, message));
            }
            Some(value.to_owned())
        };
        let among = "choose one of those that the page offers";
        let person = known("person", &|one| choices.has_person(one), among);
        let kind = known("kind", &|one| topic(one).is_some(), among);
        let vendor = known("vendor", &|one| choices.has_vendor(one), among);
        let criterion = known("criterion", &|one| choices.has_criterion(one), among);
        let sheet = known("sheet", &|one| choices.has_sheet(one), among);
        let day = "write a day like 2026-11-26";
        let from = known("from", &|one| one.parse::<Date>().is_ok(), day);
        let to = known("to", &|one| one.parse::<Date>().is_ok(), day);
        let order = known(
            "order",
            &|one| one == "oldest",
            "write oldest, or leave it out",
        );
        let page = known(
            "page",
            &|one| number(one).is_some(),
            "write a number from 1 on",
        );
        if !problems.is_empty() {
            return Err(service::Error::Fields(problems).into());
        }
        Ok(Self {
            wanted: Wanted {
                person,
                topic: kind.as_deref().and_then(topic),
                vendor,
                criterion,
                sheet: sheet.and_then(|one| one.parse().ok()),
                from: from.and_then(|one| one.parse().ok()),
                to: to.and_then(|one| one.parse().ok()),
            },
            oldest_first: order.is_some(),
            page: page.as_deref().and_then(number).unwrap_or(1),
        })
    }

    /// Whether anything is left out.
    pub(super) fn is_narrow(&self) -> bool {
        self.wanted != Wanted::default()
    }

    pub(super) fn is_person(&self, name: &str) -> bool {
        self.wanted.person.as_deref() == Some(name)
    }

    pub(super) fn is_topic(&self, code: &str) -> bool {
        self.wanted.topic.is_some_and(|topic| topic.code() == code)
    }

    pub(super) fn is_vendor(&self, name: &str) -> bool {
        self.wanted.vendor.as_deref() == Some(name)
    }

    pub(super) fn is_criterion(&self, id: &str) -> bool {
        self.wanted.criterion.as_deref() == Some(id)
    }

    pub(super) fn is_sheet(&self, number: &str) -> bool {
        let wanted = self.wanted.sheet.map(|wanted| wanted.to_string());
        wanted.is_some_and(|wanted| wanted == number)
    }

    /// The first day, as it was typed.
    pub(super) fn from(&self) -> String {
        day(self.wanted.from)
    }

    /// The last day, as it was typed.
    pub(super) fn to(&self) -> String {
        day(self.wanted.to)
    }

    /// What stands behind the question mark for another page of the same.
    pub(super) fn address(&self, page: usize) -> String {
        let wanted = &self.wanted;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let sheet = wanted.sheet.map_or_else(String::new, |one| one.to_string());
        let kind = wanted.topic.map_or("", Topic::code).to_owned();
        let order = if self.oldest_first { "oldest" } else { "" };
        let pairs = [
            ("person", text(&wanted.person)),
            ("kind", kind),
            ("vendor", text(&wanted.vendor)),
            ("criterion", text(&wanted.criterion)),
            ("sheet", sheet),
            ("from", self.from()),
            ("to", self.to()),
            ("order", order.to_owned()),
            ("page", page.to_string()),
        ];
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={}", encoded(&value)))
            .collect();
        pairs.join("&")
    }
}

fn problem(field: &str, value: &str, message: &str) -> FieldProblem {
    FieldProblem {
        field: field.to_owned(),
        value: Some(value.to_owned()),
        code: "unknown-value",
        message: message.to_owned(),
    }
}

fn topic(code: &str) -> Option<Topic> {
    Topic::ALL.into_iter().find(|topic| topic.code() == code)
}

fn number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|&number| number > 0)
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// A text as part of a query.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_again_what_it_asked_for() {
        let asked = Asked {
            wanted: Wanted {
                person: Some("Ana & Bo".to_owned()),
                topic: Some(Topic::Sheets),
                from: "2026-11-26".parse().ok(),
                ..Wanted::default()
            },
            oldest_first: true,
            page: 1,
        };
        assert_eq!(
            asked.address(2),
            "person=Ana%20%26%20Bo&kind=sheets&from=2026-11-26&order=oldest&page=2"
        );
        assert_eq!(Asked::default().address(3), "page=3");
    }

    #[test]
    fn every_kind_of_change_is_found_by_its_word() {
        for one in Topic::ALL {
            assert_eq!(topic(one.code()), Some(one));
        }
        assert_eq!(topic("weather"), None);
        assert_eq!(
            (number("0"), number("-1"), number("7")),
            (None, None, Some(7))
        );
    }
}
