//! How numbers and dates are written for whoever reads a page: as they chose, else as the languages that the browser asks for do.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};

use crate::reports::locale::{Dates, Locale, Sign};

/// What keeps the choice. It says nothing about anybody, so that servers on several ports of one machine may share it.
const COOKIE: &str = "scorecard-display";

/// The most of `Accept-Language` that is read.
const LONGEST: usize = 1000;

const POINT: Locale = Locale::new(Sign::Point, Dates::Iso);
const COMMA: Locale = Locale::new(Sign::Comma, Dates::Iso);
const POINT_DOTS: Locale = Locale::new(Sign::Point, Dates::Dots);
const POINT_SLASHES: Locale = Locale::new(Sign::Point, Dates::Slashes);
const COMMA_DOTS: Locale = Locale::new(Sign::Comma, Dates::Dots);
const COMMA_SLASHES: Locale = Locale::new(Sign::Comma, Dates::Slashes);
const COMMA_HYPHENS: Locale = Locale::new(Sign::Comma, Dates::Hyphens);
const MONTH_FIRST: Locale = Locale::new(Sign::Point, Dates::MonthFirst);

/// What can be chosen, by the value that its cookie holds.
pub(super) const CHOICES: [(&str, Locale); 8] = [
    ("point", POINT),
    ("point-dots", POINT_DOTS),
    ("point-slashes", POINT_SLASHES),
    ("point-month", MONTH_FIRST),
    ("comma", COMMA),
    ("comma-dots", COMMA_DOTS),
    ("comma-slashes", COMMA_SLASHES),
    ("comma-hyphens", COMMA_HYPHENS),
];

/// Parts of the world that write Spanish with a decimal point.
const SPANISH_WITH_POINT: [&str; 13] = [
    "419", "bz", "cu", "do", "gt", "hn", "mx", "ni", "pa", "pe", "pr", "sv", "us",
];

/// How numbers and dates are written for whoever sent a request.
pub(super) fn locale(request: &HttpRequest) -> Locale {
    chosen(request)
        .and_then(|value| of_choice(&value))
        .unwrap_or_else(|| asked_for(request.headers()))
}

/// The choice that a request carries; `None` if there is none, or none that is known.
pub(super) fn chosen(request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(COOKIE)?;
    of_choice(cookie.value()).map(|_| cookie.value().to_owned())
}

/// What a choice stands for.
pub(super) fn of_choice(value: &str) -> Option<Locale> {
    let found = CHOICES.iter().find(|(name, _)| *name == value);
    found.map(|(_, locale)| *locale)
}

/// What the browser asks for, as far as it is known here.
pub(super) fn asked_for(headers: &HeaderMap) -> Locale {
    let values = headers.get_all(ACCEPT_LANGUAGE);
    let texts: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
    of_languages(&texts.join(",")).unwrap_or_default()
}

/// The cookie of a choice for a year; of none, the one that takes it away.
pub(super) fn cookie(choice: Option<&str>, secure: bool) -> Cookie<'static> {
    let mut cookie = Cookie::build(COOKIE, choice.unwrap_or_default().to_owned())
        .path("/")
        .secure(secure)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish();
    if choice.is_none() {
        cookie.make_removal();
    }
    cookie
}

/// The first language that is known, in the order of preference; what is malformed is passed over.
fn of_languages(accepted: &str) -> Option<Locale> {
    let mut best: Option<(u16, Locale)> = None;
    for item in accepted.get(..LONGEST).unwrap_or(accepted).split(',') {
        let mut parts = item.split(';').map(str::trim);
        let (Some(tag), Some(weight)) = (parts.next(), weight(parts.next())) else {
            continue;
        };
        let is_better = weight > best.map_or(0, |(weight, _)| weight);
        if let Some(locale) = of_tag(tag).filter(|_| is_better && parts.next().is_none()) {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

/// A weight like `q=0.8` in thousandths, 1000 without one; `None` if it is malformed.
fn weight(text: Option<&str>) -> Option<u16> {
    let Some(text) = text else {
        return Some(1000);
    };
    let value = text
        .strip_prefix("q=")
        .or_else(|| text.strip_prefix("Q="))?;
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    if part.len() > 3 || !part.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{part:0<3}").parse().ok()?;
    match (whole, part) {
        ("0", part) => Some(part),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

/// How a language is written where it is spoken; `None` for one that is not known here.
fn of_tag(tag: &str) -> Option<Locale> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let is_region = |part: &&str| {
        (part.len() == 2 && part.bytes().all(|one| one.is_ascii_alphabetic()))
            || (part.len() == 3 && part.bytes().all(|one| one.is_ascii_digit()))
    };
    let region = parts.find(is_region);
    Some(match (language, region) {
        ("en", _) => POINT,
        ("de", Some("ch" | "li")) | ("it", Some("ch")) => POINT_DOTS,
        ("es", Some(region)) if SPANISH_WITH_POINT.contains(&region) => POINT_SLASHES,
        ("sv" | "hu" | "lt", _) => COMMA,
        ("nl", _) => COMMA_HYPHENS,
        ("fr" | "es" | "it" | "pt" | "ca" | "el", _) => COMMA_SLASHES,
        (
            "de" | "pl" | "cs" | "sk" | "da" | "nb" | "nn" | "no" | "fi" | "et" | "lv" | "is"
            | "lb" | "ro" | "bg" | "hr" | "sl" | "uk" | "ru" | "tr",
            _,
        ) => COMMA_DOTS,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn every_language_is_written_as_where_it_is_spoken() {
        for (tag, locale) in [
            ("de", COMMA_DOTS),
            ("de-AT", COMMA_DOTS),
            ("DE-de", COMMA_DOTS),
            ("de-CH", POINT_DOTS),
            ("de-Latn-CH", POINT_DOTS),
            ("it-CH", POINT_DOTS),
            ("fr", COMMA_SLASHES),
            ("fr-CH", COMMA_SLASHES),
            ("es-ES", COMMA_SLASHES),
            ("es-MX", POINT_SLASHES),
            ("es-419", POINT_SLASHES),
            ("nl", COMMA_HYPHENS),
            ("sv-SE", COMMA),
            ("en-US", POINT),
            ("en-GB", POINT),
        ] {
            assert_eq!(of_languages(tag), Some(locale), "{tag}");
        }
        for tag in ["pt", "pl", "cs", "da", "nb", "nn", "fi", "it"] {
            assert_eq!(of_tag(tag).unwrap().sign, Sign::Comma, "{tag}");
        }
        for tag in ["ja", "tlh", "*", "", "d", "deutsch"] {
            assert_eq!(of_languages(tag), None, "{tag}");
        }
    }

    #[test]
    fn the_first_known_language_of_the_highest_weight_is_taken() {
        for (header, locale) in [
            ("de-DE,de;q=0.9,en;q=0.8", COMMA_DOTS),
            ("en;q=0.8, de;q=0.9", COMMA_DOTS),
            ("en, de", POINT),
            ("ja, sv;q=0.1", COMMA),
            ("de;q=0, en;q=0.001", POINT),
            ("nl ; q=1.000 , en", COMMA_HYPHENS),
        ] {
            assert_eq!(of_languages(header), Some(locale), "{header}");
        }
        assert_eq!(of_languages("de;q=0"), None);
    }

    #[test]
    fn what_is_malformed_is_passed_over() {
        for item in [
            "de;q=2",
            "de;q=1.001",
            "de;q=",
            "de;q=-1",
            "de;q=0.1234",
            "de;q=0,9",
            "de;level=1",
            "de;q=1;q=1",
            ";;;",
            ",,,",
        ] {
            let header = format!("{item}, en;q=0.1");
            assert_eq!(of_languages(&header), Some(POINT), "{item}");
        }
        let long = format!("{}de", "xx,".repeat(400));
        assert_eq!(
            of_languages(&long),
            None,
            "what lies too far behind is not read"
        );
    }

    #[test]
    fn a_choice_goes_before_the_language_and_an_unknown_one_is_none() {
        let of = |cookie: &str, language: &str| {
            let request = TestRequest::default()
                .insert_header(("cookie", format!("{COOKIE}={cookie}")))
                .insert_header(("accept-language", language));
            locale(&request.to_http_request())
        };
        assert_eq!(of("point", "de"), POINT);
        assert_eq!(of("comma-slashes", "en"), COMMA_SLASHES);
        assert_eq!(of("roman", "de"), COMMA_DOTS);
        assert_eq!(of("", ""), POINT);
        let bare = TestRequest::default().to_http_request();
        assert_eq!(locale(&bare), Locale::default());
    }
}
