//! What is told around a table: above it, and on the other tabs of a workbook. None of it is used without being asked about.

use crate::table::name::fold;
use crate::table::words;
use crate::table::xlsx::Beside;

use super::{Declared, Problem, Rule};

/// How many characters of a text name it where something is declared about it; what is longer is named by its beginning.
const NAMED_BY: usize = 200;

/// What a text is called in a declaration: in any case and spacing, and a long one by its beginning.
pub(super) fn named(text: &str) -> String {
    let folded = fold(text);
    match folded.char_indices().nth(NAMED_BY) {
        Some((end, _)) => {
            let begin = folded.get(..end).unwrap_or(&folded);
            format!("{}\u{2026}", begin.trim_end_matches('\u{2026}'))
        }
        None => folded,
    }
}

/// A text beside a table.
#[derive(Debug, Clone)]
pub(super) struct Told {
    place: Place,
    pub text: String,
}

#[derive(Debug, Clone)]
enum Place {
    /// In a cell of the sheet.
    Cell(u32, usize),
    /// On another tab.
    Tab(String),
}

/// A cell above the header.
#[derive(Debug)]
pub(super) struct CellAbove {
    pub row: u32,
    pub column: usize,
    pub text: String,
}

impl Told {
    /// A text in a cell of the sheet.
    pub(super) fn in_cell(row: u32, column: usize, text: &str) -> Self {
        Self {
            place: Place::Cell(row, column),
            text: text.trim().to_owned(),
        }
    }

    /// What it says, in one line, as a declaration may name it.
    pub(super) fn name(&self) -> String {
        let line = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let named = named(&line);
        if fold(&line) == named { line } else { named }
    }

    /// A problem or a warning about it.
    pub(super) fn problem(&self, rule: Rule) -> Problem {
        match &self.place {
            Place::Cell(row, column) => Problem::of_file(rule)
                .in_row(*row)
                .in_column(*column, None)
                .with_value(&self.text),
            Place::Tab(tab) => Problem::of_file(rule).with_value(&format!("{tab}: {}", self.text)),
        }
    }
}

/// Everything that is told above a table and on other tabs: every text, every legend as one sentence. What is declared to be
/// about something else tells nothing.
pub(super) fn told(above: &[CellAbove], beside: &[Beside], declared: &Declared) -> Vec<Told> {
    let mut told = Vec::new();
    let rows: Vec<Row<'_>> = above
        .chunk_by(|left, right| left.row == right.row)
        .filter_map(|cells| {
            let first = cells.first()?;
            let texts = cells.iter().map(|cell| cell.text.as_str()).collect();
            Some((Place::Cell(first.row, first.column), texts))
        })
        .collect();
    told.extend(above.iter().map(|cell| Told {
        place: Place::Cell(cell.row, cell.column),
        text: cell.text.clone(),
    }));
    told.extend(legends("", &rows));
    for Beside { tab, rows } in beside {
        let place = || Place::Tab(tab.clone());
        told.extend(rows.iter().flatten().map(|text| Told {
            place: place(),
            text: text.clone(),
        }));
        let rows: Vec<Row<'_>> = rows
            .iter()
            .map(|row| (place(), row.iter().map(String::as_str).collect()))
            .collect();
        told.extend(legends(tab, &rows));
    }
    told.retain(|one| !declared.ignores_text(&one.text));
    told
}

type Row<'r> = (Place, Vec<&'r str>);

/// Rows of a score and what it means, each run of them as one sentence behind what stands above it: `Rating: 1 = poor, 2 = fair`.
fn legends(title: &str, rows: &[Row<'_>]) -> Vec<Told> {
    let entry = |(_, texts): &Row<'_>| match texts.as_slice() {
        [score, meaning, ..] | [meaning, score] if is_score(score) && is_word(meaning) => {
            Some(format!("{score} = {meaning}"))
        }
        _ => None,
    };
    let mut found = Vec::new();
    let mut heading = title.to_owned();
    for run in rows.chunk_by(|left, right| entry(left).is_some() == entry(right).is_some()) {
        let entries: Vec<String> = run.iter().filter_map(entry).collect();
        match (run.first(), run.last()) {
            (Some((place, _)), _) if entries.len() > 1 => found.push(Told {
                place: place.clone(),
                text: format!("{heading}: {}", entries.join(", ")),
            }),
            (_, Some((_, texts))) => heading = format!("{title} {}", texts.join(" ")),
            _ => {}
        }
    }
    found
}

fn is_score(text: &str) -> bool {
    text.len() <= 4 && crate::exact::read_decimal(&text.replace(',', ".")).is_ok()
}

fn is_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}

/// Words before the name of who scored, beside those for the column.
const SCORED_BY: [&str; 8] = [
    "scored by",
    "rated by",
    "evaluated by",
    "assessed by",
    "completed by",
    "bewertet von",
    "bewertet durch",
    "ausgefüllt von",
];

/// Who scored, as a text above the table or on a cover says it: `Evaluator: Ana`, or `Evaluator` with the name in the next cell.
pub(super) fn evaluator(above: &[CellAbove], beside: &[Beside]) -> Option<Told> {
    let next = |at: usize, row: u32| {
        let next = above.get(at.saturating_add(1))?;
        (next.row == row).then_some(next.text.as_str())
    };
    let here = above.iter().enumerate().find_map(|(at, cell)| {
        let name = said_by(&cell.text, next(at, cell.row))?;
        Some(Told {
            place: Place::Cell(cell.row, cell.column),
            text: name.to_owned(),
        })
    });
    let there = || {
        beside.iter().find_map(|Beside { tab, rows }| {
            let mut cells = rows.iter().flat_map(|row| {
                let next = row.iter().skip(1).map(|text| Some(text.as_str()));
                row.iter().zip(next.chain([None]))
            });
            let name = cells.find_map(|(text, next)| said_by(text, next))?;
            Some(Told {
                place: Place::Tab(tab.clone()),
                text: name.to_owned(),
            })
        })
    };
    here.or_else(there)
}

/// The name that a text says, or the text beside it.
fn said_by<'t>(text: &'t str, next: Option<&'t str>) -> Option<&'t str> {
    let is_label = |label: &str| {
        let folded = fold(label);
        words::EVALUATOR.contains(&folded.as_str()) || SCORED_BY.contains(&folded.as_str())
    };
    let is_name = |name: &&str| {
        let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
        letters > 1 && name.chars().count() <= 60 && !name.contains([':', '\n'])
    };
    if let Some((label, name)) = text.split_once(':') {
        if !is_label(label) {
            return None;
        }
        return Some(name.trim())
            .filter(|name| !name.is_empty())
            .or(next)
            .filter(is_name);
    }
    if is_label(text) {
        return next.filter(is_name);
    }
    let by = SCORED_BY.iter().find_map(|label| {
        let (start, rest) = text.split_at_checked(label.len())?;
        (fold(start) == *label && rest.starts_with(' ')).then_some(rest.trim())
    });
    by.filter(is_name)
}

#[cfg(test)]
mod tests {
    use super::super::prose::scales_in;
    use super::*;

    fn beside(tab: &str, rows: &[&[&str]]) -> Beside {
        let owned = |row: &&[&str]| row.iter().map(|text| (*text).to_owned()).collect();
        Beside {
            tab: tab.to_owned(),
            rows: rows.iter().map(owned).collect(),
        }
    }

    #[test]
    fn a_legend_is_told_as_one_sentence_behind_its_heading() {
        let legend = beside(
            "Key",
            &[
                &["Rating", "Meaning"],
                &["1", "poor"],
                &["2", "fair"],
                &["3", "good"],
                &["Thank you"],
            ],
        );
        let told = told(&[], &[legend], &Declared::default());
        let sentence = told.last().unwrap();
        assert_eq!(
            sentence.text,
            "Key Rating Meaning: 1 = poor, 2 = fair, 3 = good"
        );
        let said: Vec<String> = scales_in(&sentence.text)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(said, ["from 1 to 3"]);
        let problem = sentence.problem(Rule::EmptySheet);
        assert!(problem.value().unwrap().starts_with("Key: Key Rating"));
    }

    #[test]
    fn a_text_is_named_in_any_case_and_spacing_and_a_long_one_by_its_beginning() {
        let long = format!("Risk: {}", "1 = low, ".repeat(40));
        let other = format!("Risks: {}", "1 = low, ".repeat(40));
        for text in [
            "Risk: 1 = low",
            "Risk:\n1 =  low",
            "STRASSE 1-3",
            &long,
            &long.to_uppercase(),
        ] {
            let told = Told::in_cell(1, 0, text);
            let field = format!("text:{}", told.name());
            let declared = Declared::parse([(field.as_str(), "ignore")]).unwrap();
            assert!(declared.ignores_text(text), "{field}");
            assert!(!declared.ignores_text("Risk: 1 = high"));
            assert!(!declared.ignores_text(&other));
        }
    }

    #[test]
    fn who_scored_is_found_where_a_label_says_it_and_nowhere_else() {
        for (text, next, name) in [
            ("Evaluator: Ana Ruiz", None, Some("Ana Ruiz")),
            ("Evaluator:", Some("Ana Ruiz"), Some("Ana Ruiz")),
            ("Prüfer", Some("Jörg Klein"), Some("Jörg Klein")),
            ("Scored by Ana", None, Some("Ana")),
            ("BEWERTET VON: Ana", None, Some("Ana")),
            ("Evaluator", None, None),
            ("Evaluators: 4", None, None),
            ("Evaluation: round 2", None, None),
            ("Completed by", Some("2026"), None),
            ("Tool choice 2027", Some("Ana"), None),
        ] {
            assert_eq!(said_by(text, next), name, "{text}");
        }
        let cover = beside("Cover", &[&["Tool choice"], &["Evaluator", "Ana"]]);
        assert_eq!(evaluator(&[], &[cover]).unwrap().text, "Ana");
    }
}
