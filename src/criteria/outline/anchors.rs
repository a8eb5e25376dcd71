//! What scores mean, as rubrics say it: `1 poor / 3 fair / 5 good`, or a column for each score.

use rust_decimal::Decimal;

use crate::exact::read_decimal;

use super::scale::SaidScale;

/// What scores mean, by score.
pub(super) type Anchors = Vec<(Decimal, String)>;

/// The scores and meanings of one cell; `None` if it is not such a list of at least two.
pub(super) fn listed(cell: &str) -> Option<Anchors> {
    [" / ", "\n", ";", "|", "/", ","]
        .iter()
        .find_map(|between| {
            let parts = cell.split(between).map(str::trim);
            let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            let anchors: Option<Anchors> = parts.into_iter().map(anchor).collect();
            anchors.filter(|anchors| anchors.len() > 1)
        })
}

/// `1 poor`, `3: fair`, `5 = good`, `4 - very good`.
pub(super) fn anchor(text: &str) -> Option<(Decimal, String)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let (number, rest) = text.split_at_checked(end?)?;
    let score = read_decimal(number.trim_end_matches('.')).ok()?;
    let is_between = |letter: char| letter.is_whitespace() || "-–:=.)".contains(letter);
    let meaning = rest.trim_start_matches(is_between).trim();
    (rest.starts_with(is_between) && !meaning.is_empty()).then(|| (score, meaning.to_owned()))
}

/// The score that heads a column of a rubric: `3`, `Level 3`, `3 (fair)`, `3 - fair`.
pub(super) fn heads(heading: &str) -> Option<Decimal> {
    let bare = ["level", "score", "points", "stufe"]
        .iter()
        .find_map(|word| heading.to_lowercase().strip_prefix(word).map(str::to_owned))
        .unwrap_or_else(|| heading.to_owned());
    let bare = bare.trim();
    let end = bare.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let (number, rest) = bare.split_at_checked(end.unwrap_or(bare.len()))?;
    let is_told = rest.is_empty() || rest.trim_start().starts_with(['-', '–', ':', '=', '(']);
    read_decimal(number).ok().filter(|_| is_told)
}

/// The scale that scores with a meaning span.
pub(super) fn spanned(anchors: &[(Decimal, String)]) -> Option<SaidScale> {
    let scores = || anchors.iter().map(|(score, _)| *score);
    let (min, max) = (scores().min()?, scores().max()?);
    (min < max).then_some(SaidScale {
        min,
        max,
        step: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_meanings_are_read_however_they_are_parted() {
        for cell in [
            "1 poor / 3 fair / 5 good",
            "1: poor; 3: fair; 5: good",
            "1 = poor\n3 = fair\n5 = good",
            "1 - poor | 3 - fair | 5 - good",
            "1 poor, 3 fair, 5 good",
        ] {
            let anchors = listed(cell).unwrap();
            let told: Vec<String> = anchors
                .iter()
                .map(|(at, text)| format!("{at}{text}"))
                .collect();
            assert_eq!(told, ["1poor", "3fair", "5good"], "{cell}");
        }
        for cell in ["", "good", "1 poor", "1/5", "24 hours a day", "poor / fair"] {
            assert_eq!(listed(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_column_of_a_rubric_is_headed_by_its_score() {
        for heading in ["3", "Level 3", "3 (fair)", "3 - fair", "Score 3"] {
            assert_eq!(heads(heading), Some(Decimal::from(3)), "{heading}");
        }
        for heading in ["3M", "Acme 3", "", "Level", "365 Cloud"] {
            assert_eq!(heads(heading), None, "{heading}");
        }
    }
}
