//! Columns and rows that describe or sum up, and never hold a vendor's scores.

use crate::exact::read_decimal;
use crate::table::name::fold;

use super::marked::PROBLEM;
use super::role::said_scale;

/// Words that say that something sums up others.
const SUMS: [&str; 32] = [
    "total",
    "totals",
    "subtotal",
    "sum",
    "average",
    "avg",
    "avg.",
    "mean",
    "median",
    "rank",
    "ranking",
    "overall",
    "weighted",
    "summe",
    "summen",
    "zwischensumme",
    "gesamt",
    "gesamtsumme",
    "gesamtpunkte",
    "gesamtpunktzahl",
    "insgesamt",
    "durchschnitt",
    "mittelwert",
    "rang",
    "platz",
    "gewichtet",
    "gewichtete",
    "ergebnis",
    "gesamtergebnis",
    "endergebnis",
    "\u{3c3}",
    "\u{2211}",
];

/// Words that stand beside those that sum up, and alone mean something else.
const BESIDE: [&str; 25] = [
    "score",
    "scores",
    "points",
    "point",
    "rating",
    "ratings",
    "mark",
    "marks",
    "percent",
    "%",
    "max",
    "max.",
    "maximum",
    "possible",
    "grand",
    "sub",
    "final",
    "all",
    "of",
    "in",
    "punkte",
    "punktzahl",
    "bewertung",
    "der",
    "von",
];

/// Words that head columns of what is known about a criterion.
const DESCRIBES: [&str; 58] = [
    "out of",
    "max",
    "max.",
    "maximum",
    "min",
    "min.",
    "minimum",
    "scale",
    "skala",
    "nr",
    "nr.",
    "number",
    "nummer",
    "pos",
    "pos.",
    "position",
    "lfd. nr.",
    "ref",
    "ref.",
    "index",
    "titel",
    "name",
    "kategorie",
    "beschreibung",
    "bereich",
    "section",
    "group",
    "gruppe",
    "area",
    "type",
    "typ",
    "unit",
    "einheit",
    "response",
    "responses",
    "antwort",
    "antworten",
    "target",
    "threshold",
    "soll",
    "difference",
    "differenz",
    "abweichung",
    "variance",
    "varianz",
    "std dev",
    "standard deviation",
    "standardabweichung",
    "spread",
    "percent",
    "percentage",
    "%",
    "prozent",
    "share",
    "anteil",
    "anchor",
    "anker",
    "status",
];

/// Words behind a vendor's name that make its column one computed from the vendor's own.
const DERIVED: [&str; 19] = [
    "weighted",
    "weighted total",
    "total score",
    "total points",
    "mean score",
    "average score",
    "weighted score",
    "weighted points",
    "total",
    "totals",
    "sum",
    "average",
    "mean",
    "rank",
    "gewichtet",
    "summe",
    "gesamt",
    "durchschnitt",
    "rang",
];

/// Words behind a vendor's name that leave open which of the two columns counts.
const RIVAL: [&str; 9] = [
    "score",
    "scores",
    "points",
    "rating",
    "mark",
    "punkte",
    "bewertung",
    "max",
    "%",
];

/// What a heading beside others is, if it may not be a vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// It is computed from another column, or explains the scale.
    Aside,
    /// It may be that or a vendor.
    Doubtful,
}

/// The words that the formats promise are never vendors: `total`, `Max score`, `weighted total`.
pub(super) fn is_promised(folded: &str) -> bool {
    let word = folded.strip_prefix("weighted ").unwrap_or(folded);
    let word = [" score", " points"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    let plain = [
        "title",
        "category",
        "description",
        "anchors",
        "id",
        "no",
        "no.",
        "#",
        PROBLEM,
    ];
    plain.contains(&folded) || matches!(word, "total" | "sum" | "average" | "rank") || word == "max"
}

/// Whether a folded heading describes or sums up, in the promised words or in others that offices use.
pub(super) fn is_aside(folded: &str) -> bool {
    is_promised(folded) || DESCRIBES.contains(&folded) || sums_up(folded)
}

/// Whether a text has only words of sums, and of what stands beside them.
fn sums_up(folded: &str) -> bool {
    let separators = [' ', ':', '(', ')', '-', '_', '/'];
    let mut words = folded
        .split(separators)
        .filter(|word| !word.is_empty())
        .peekable();
    let mut sums = false;
    words.peek().is_some()
        && words.all(|word| {
            let is_sum = SUMS.contains(&word.trim_end_matches('.'));
            sums |= is_sum;
            is_sum || BESIDE.contains(&word)
        })
        && sums
}

/// Whether a heading or a cell marks totals instead of naming something.
pub(super) fn marks_totals(cell: &str) -> bool {
    sums_up(&fold(cell))
}

/// Whether a cell at the head of a row marks totals: as a heading, `Score` is the column of scores; here it is what they come to.
pub(super) fn marks_row_of_totals(cell: &str) -> bool {
    let folded = fold(cell);
    let word = folded.trim_end_matches([':', '.']);
    sums_up(&folded) || matches!(word, "score" | "scores")
}

/// Whether a heading or label is of ranks or of the most that is possible, which add up to nothing.
pub(super) fn adds_up_to_nothing(label: &str) -> bool {
    let folded = fold(label);
    let nothing = ["rank", "rang", "platz", "median", "max", "possible"];
    folded
        .split([' ', ':', '(', ')', '.', '_'])
        .any(|word| nothing.iter().any(|start| word.starts_with(start)))
}

/// Whether a heading or label of sums says that they are weighted.
pub(super) fn is_weighted(label: &str) -> bool {
    let folded = fold(label);
    let mut words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| word == "weighted" || word.starts_with("gewichtet"))
}

/// What a heading is beside the others: `Acme weighted` beside `Acme`, `1 poor` beside `5 good`.
pub(super) fn beside(heading: &str, others: &[&str]) -> Option<Beside> {
    if is_level(heading) {
        let levels = others.iter().filter(|other| is_level(other)).count();
        return Some(if levels > 1 {
            Beside::Aside
        } else {
            Beside::Doubtful
        });
    }
    let (rest, is_derived) = computed_from(heading)?;
    let has_own = others.iter().any(|other| fold(other) == rest);
    match (has_own, is_derived) {
        (true, true) => Some(Beside::Aside),
        // Without a column of its own, `Acme weighted` is no vendor and `Acme score` may be one.
        (true, false) | (false, true) => Some(Beside::Doubtful),
        (false, false) => None,
    }
}

/// What a heading is computed from, and whether it surely is: `Acme (weighted)`, `Weighted Acme`.
fn computed_from(heading: &str) -> Option<(String, bool)> {
    let folded = fold(heading);
    let bare = |text: &str| {
        let text = text.trim_matches([' ', '(', ')', '-', '–', ':', '_', '/', '[', ']']);
        text.to_owned()
    };
    let split = |words: &[&str], is_derived: bool| {
        words.iter().find_map(|word| {
            let behind = bare(&folded);
            let before = behind.strip_suffix(word);
            let before =
                before.filter(|before| before.ends_with(|end: char| !end.is_alphanumeric()));
            let after = folded
                .strip_prefix(word)
                .filter(|after| after.starts_with([' ', ':', '_', '-']));
            let rest = bare(before.or(after)?);
            (!rest.is_empty()).then_some((rest, is_derived))
        })
    };
    split(&DERIVED, true).or_else(|| split(&RIVAL, false))
}

/// `3`, `1 poor`, `5 = exceeds the need`, `Level 4`: a step of a scale and what it means.
fn is_level(heading: &str) -> bool {
    let folded = fold(heading);
    let steps = ["level ", "stufe ", "score ", "grade ", "rating ", "points "];
    let text = steps
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .unwrap_or(&folded);
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',')
        .unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let number = number.trim_end_matches(['.', ',']).replace(',', ".");
    let is_step = number.len() <= 4 && read_decimal(&number).is_ok();
    let parted = |letter: char| letter.is_whitespace() || "=:-–—)(".contains(letter);
    is_step && (rest.is_empty() || rest.starts_with(parted)) && said_scale(heading).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_describes_or_sums_up_is_known_in_both_languages() {
        for heading in [
            "Mean",
            "Durchschnitt",
            "Mittelwert",
            "Weighted score",
            "Total weighted score",
            "Summe",
            "Gesamt",
            "Gesamt:",
            "Gewichtete Punkte",
            "Beschreibung",
            "Kategorie",
            "Titel",
            "Rang",
            "Response",
            "Max points",
            "Std Dev",
        ] {
            assert!(is_aside(&fold(heading)), "{heading}");
        }
        for heading in ["Acme", "Points", "Score", "Total Desk", "Averon", "Meaning"] {
            assert!(!is_aside(&fold(heading)), "{heading}");
        }
    }

    #[test]
    fn rows_of_totals_are_told_from_criteria() {
        for label in [
            "Total",
            "TOTAL:",
            "Grand total",
            "Weighted total",
            "Summe",
            "Total (%)",
        ] {
            assert!(marks_totals(label), "{label}");
        }
        for label in [
            "Total cost of ownership",
            "Score",
            "Points",
            "",
            "Sum insured",
        ] {
            assert!(!marks_totals(label), "{label}");
        }
        for label in ["Score", "Scores:", "Total"] {
            assert!(marks_row_of_totals(label), "{label}");
        }
        assert!(!marks_row_of_totals("Score card"));
        assert!(adds_up_to_nothing("Rang") && adds_up_to_nothing("Max score"));
        assert!(!adds_up_to_nothing("Total") && !adds_up_to_nothing("Gesamt"));
    }

    #[test]
    fn a_column_computed_from_another_is_no_vendor() {
        let others = ["Acme", "Bolt", "1 poor", "3 fair", "5 = good"];
        for heading in [
            "Acme weighted",
            "Weighted Acme",
            "Acme (total)",
            "bolt - Summe",
            "1 poor",
        ] {
            assert_eq!(beside(heading, &others), Some(Beside::Aside), "{heading}");
        }
        for heading in ["Acme score", "Acme Punkte", "Nobody weighted"] {
            assert_eq!(
                beside(heading, &others),
                Some(Beside::Doubtful),
                "{heading}"
            );
        }
        for heading in ["Acme Desk", "4me", "3CX", "Nobody score", "Acmeweighted"] {
            assert_eq!(beside(heading, &others), None, "{heading}");
        }
        assert_eq!(
            beside("7 Layers", &["Acme", "7 Layers"]),
            Some(Beside::Doubtful)
        );
    }
}
