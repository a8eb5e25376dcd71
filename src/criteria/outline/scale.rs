//! The scale that a spreadsheet says: in a heading, in columns of its own, or in the scores that it describes.

use rust_decimal::Decimal;

use crate::table::name::fold;

use super::weights::declared_number;

/// The ends of a scale, and perhaps the distance of two scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SaidScale {
    pub(super) min: Decimal,
    pub(super) max: Decimal,
    pub(super) step: Option<Decimal>,
}

impl SaidScale {
    /// From 0, where only the highest score is said.
    pub(super) fn up_to(max: Decimal) -> Option<Self> {
        (max > Decimal::ZERO).then_some(Self {
            min: Decimal::ZERO,
            max,
            step: None,
        })
    }
}

/// What a heading says beside the name: `Score (1-5)`, `Speed (max 10)`, `item1(10)`, `Ease /5`.
pub(super) fn beside_name(heading: &str) -> Option<(&str, SaidScale)> {
    let (name, inside) = match heading.trim_end().strip_suffix(')') {
        Some(open) => open.rsplit_once('(')?,
        None => heading.rsplit_once('/')?,
    };
    // "Support 24/7" is no scale up to 7, and "ISO 27001 (2022)" none up to 2022.
    let is_of_name = if heading.ends_with(')') {
        is_year(inside)
    } else {
        name.ends_with(|letter: char| letter.is_ascii_digit())
    };
    let name = name.trim_end();
    let scale = said(inside).filter(|_| !is_of_name)?;
    (!name.is_empty()).then_some((name, scale))
}

/// Whether what a heading says beside the name is a number alone that may belong to the name: `Windows (11)`. Nobody writes
/// `item1(10)` for a name.
pub(super) fn may_be_of_the_name(heading: &str) -> bool {
    let open = heading.trim_end().strip_suffix(')');
    let parted = open.and_then(|open| open.rsplit_once('('));
    parted.is_some_and(|(name, inside)| {
        name.ends_with(char::is_whitespace) && number(inside.trim()).is_some()
    })
}

fn is_year(text: &str) -> bool {
    let year = text.trim().parse::<u16>();
    year.is_ok_and(|year| (1900..2100).contains(&year))
}

fn said(text: &str) -> Option<SaidScale> {
    let folded = fold(text);
    let plain = ["max. ", "max ", "max:", "of ", "out of ", "von ", "/"]
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .unwrap_or(&folded);
    if let Some(max) = number(plain) {
        return SaidScale::up_to(max);
    }
    let (min, max) = ends(&folded)?;
    Some(SaidScale {
        min,
        max,
        step: None,
    })
}

/// A number that can be read in one way: the point of `1.000` may part thousands.
fn number(text: &str) -> Option<Decimal> {
    declared_number(text).filter(|_| !text.contains(','))
}

/// The two ends of `1-5`, `1..5`, `0 to 4`; the first is below the second.
pub(super) fn ends(text: &str) -> Option<(Decimal, Decimal)> {
    let (min, max) = ["..", " to ", " bis ", "–", "-"]
        .iter()
        .find_map(|between| text.split_once(between))?;
    let (min, max) = (number(min)?, number(max)?);
    (min < max).then_some((min, max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_says_a_scale_or_none() {
        let of = |heading| {
            let (name, scale) = beside_name(heading)?;
            Some((name, scale.min.to_string(), scale.max.to_string()))
        };
        let found = |name, min: &str, max: &str| Some((name, min.to_owned(), max.to_owned()));
        assert_eq!(of("Score (1-5)"), found("Score", "1", "5"));
        assert_eq!(of("item1(10)"), found("item1", "0", "10"));
        assert_eq!(of("Speed (max 10)"), found("Speed", "0", "10"));
        assert_eq!(of("Ease /5"), found("Ease", "0", "5"));
        for heading in [
            "Score",
            "Assets (CMDB)",
            "(5)",
            "Speed (0)",
            "X (5-1)",
            "Support 24/7",
            "ISO 27001 (2022)",
            "Tickets (max 5.000)",
        ] {
            assert_eq!(of(heading), None, "{heading}");
        }
    }
}
