//! A criteria set from the spreadsheet that an office already has: a column of criteria, and perhaps weights and categories.
//!
//! What comes out is the text of a criteria set, to be read, changed and kept like any other. Weights are taken as they are
//! written and become relative: 5 of 20 weighs as much as 25 %. Columns that are not about criteria are not read, so a
//! sheet with scores gives its criteria here and its scores when it is uploaded.

mod problem;
mod written;

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;

use crate::exact::{plain, read_decimal};
use crate::table::name::fold;
use crate::table::xlsx;
use crate::table::{self, Delimiter, Dialect, Limits, Rows, SeparatorLine, write};

pub use problem::{OutlineProblem, OutlineRule};

use written::{own_id, slug, text};

/// What a spreadsheet does not say about its criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The id of the set.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The lowest score.
    pub min: Decimal,
    /// The highest score.
    pub max: Decimal,
    /// The distance of two scores; `None` if any number between is a score.
    pub step: Option<Decimal>,
    /// The tab with the criteria, if the file is a workbook and one is named.
    pub tab: Option<String>,
}

/// Writes the criteria set (TOML) of a spreadsheet.
///
/// # Errors
/// Everything that is wrong with it, from top to bottom.
pub fn outline(
    bytes: &[u8],
    outline: &Outline,
    limits: &Limits,
) -> Result<String, Vec<OutlineProblem>> {
    let refuse = |rule: OutlineRule| vec![rule.of_file()];
    let likeness = |cells: &[&str]| usize::from(Columns::of(cells).is_some());
    if xlsx::is_package(bytes) {
        let tab = outline.tab.as_deref();
        let tab = xlsx::read(bytes, tab, |cells| likeness(cells) > 0, limits)
            .map_err(|why| refuse(OutlineRule::Workbook(why)))?;
        let dialect = table::detect(&tab.text, Some(Delimiter::Comma), likeness);
        let dialect = dialect.ok_or_else(|| refuse(OutlineRule::NoCriteria))?;
        return written(&tab.text, &dialect, outline, limits);
    }
    let decoded = table::decode(bytes).map_err(|why| refuse(OutlineRule::NotText(why)))?;
    let (told, text) = match table::split_off_separator_line(&decoded.text) {
        (SeparatorLine::Names(delimiter), text) => (Some(delimiter), text),
        (SeparatorLine::Absent | SeparatorLine::NamesAnother, text) => (None, text),
    };
    let dialect = table::detect(text, told, likeness);
    let dialect = dialect.ok_or_else(|| refuse(OutlineRule::NoCriteria))?;
    written(text, &dialect, outline, limits)
}

/// Which columns are read.
#[derive(Debug, Default)]
struct Columns {
    criterion: usize,
    id: Option<usize>,
    category: Option<usize>,
    description: Option<usize>,
    weights: Vec<usize>,
}

impl Columns {
    fn of(cells: &[&str]) -> Option<Self> {
        let words: Vec<String> = cells
            .iter()
            .map(|cell| fold(write::restore(cell.trim())))
            .collect();
        let first = |known: &[&str]| words.iter().position(|word| known.contains(&word.as_str()));
        let weights = words
            .iter()
            .enumerate()
            .filter(|(_, word)| table::words::WEIGHT.contains(&word.as_str()))
            .map(|(column, _)| column);
        let weights = weights.collect();
        let id = first(&["id", "no", "no.", "nr", "nr.", "#", "ref", "ref."]);
        let named = first(&["title", "name", "titel"]);
        let criterion = first(&table::words::CRITERION);
        let (criterion, id) = match (criterion, named) {
            // `criterion` and `title` side by side: the first is the id.
            (Some(criterion), Some(named)) => (named, id.or(Some(criterion))),
            (Some(criterion), None) => (criterion, id),
            (None, _) => return None,
        };
        Some(Self {
            criterion,
            id,
            category: first(&[
                "category",
                "group",
                "section",
                "area",
                "kategorie",
                "bereich",
                "gruppe",
            ]),
            description: first(&["description", "beschreibung", "details", "definition"]),
            weights,
        })
    }
}

/// One criterion as it is read.
struct Found {
    row: u32,
    id: String,
    title: String,
    category: String,
    description: String,
    weight: Option<Decimal>,
}

fn written(
    text: &str,
    dialect: &Dialect,
    outline: &Outline,
    limits: &Limits,
) -> Result<String, Vec<OutlineProblem>> {
    let unreadable = || vec![OutlineRule::NoRows.of_file()];
    let scan = table::scan(text, dialect.delimiter, limits).map_err(|_| unreadable())?;
    let mut rows = Rows::new(text, dialect.delimiter, &scan);
    let mut columns = None;
    let mut headings: Vec<String> = Vec::new();
    let mut reading = Reading::default();
    while let Some(row) = rows.advance().map_err(|_| unreadable())? {
        let cells: Vec<&str> = rows
            .cells()
            .iter()
            .map(|cell| std::str::from_utf8(cell).unwrap_or_default().trim())
            .collect();
        match &columns {
            None if row == dialect.header_row => {
                headings = cells.iter().map(|cell| (*cell).to_owned()).collect();
                columns = Columns::of(&cells);
            }
            None => {}
            Some(columns) => reading.row(row, &cells, columns, &headings),
        }
    }
    let columns = columns.ok_or_else(|| vec![OutlineRule::NoCriteria.of_file()])?;
    if columns.weights.len() > 1 {
        let named = columns.weights.iter().filter_map(|at| headings.get(*at));
        let named: Vec<&str> = named.map(String::as_str).collect();
        let rule = OutlineRule::SeveralWeights(named.join(", "));
        return Err(vec![rule.of_file()]);
    }
    reading.finish(&columns, &headings, outline)
}

#[derive(Default)]
struct Reading {
    found: Vec<Found>,
    problems: Vec<OutlineProblem>,
    /// The heading row that the following criteria stand under.
    under: String,
    /// Its row, as long as no criterion stands under it.
    bare: Option<u32>,
    /// Rows by folded title.
    rows: HashMap<String, u32>,
}

impl Reading {
    fn row(&mut self, row: u32, cells: &[&str], columns: &Columns, headings: &[String]) {
        let cell = |at: usize| write::restore(cells.get(at).copied().unwrap_or_default());
        let optional = |at: Option<usize>| at.map(cell).unwrap_or_default();
        let title = cell(columns.criterion);
        if title.is_empty() || is_sum(title) {
            return;
        }
        let others = cells
            .iter()
            .enumerate()
            .filter(|(at, text)| *at != columns.criterion && !text.is_empty());
        if columns.category.is_none() && others.count() == 0 && cells.len() > 1 {
            self.refuse_bare();
            title.clone_into(&mut self.under);
            self.bare = Some(row);
            return;
        }
        self.bare = None;
        if let Some(before) = self.rows.insert(fold(title), row) {
            let heading = headings.get(columns.criterion);
            let heading = heading.map(String::as_str).unwrap_or_default();
            self.problems
                .push(OutlineRule::Twice(before).at(row, heading, title));
        }
        let weight = columns.weights.first().map(|at| (*at, cell(*at)));
        let weight = weight.and_then(|(at, text)| {
            let heading = headings.get(at).map(String::as_str).unwrap_or_default();
            let read = if text.is_empty() {
                Err(OutlineRule::WeightMissing)
            } else {
                weight_of(text)
            };
            read.map_err(|rule| self.problems.push(rule.at(row, heading, text)))
                .ok()
        });
        let category = match optional(columns.category) {
            "" if self.under.is_empty() => "Criteria".to_owned(),
            "" => self.under.clone(),
            named => named.to_owned(),
        };
        self.found.push(Found {
            row,
            id: optional(columns.id).to_owned(),
            title: title.to_owned(),
            category,
            description: optional(columns.description).to_owned(),
            weight,
        });
    }

    /// A heading without criteria may be a criterion whose weight is forgotten.
    fn refuse_bare(&mut self) {
        if let Some(row) = self.bare.take() {
            let problem = OutlineRule::NothingUnder.at(row, "", &self.under);
            self.problems.push(problem);
        }
    }

    fn finish(
        mut self,
        columns: &Columns,
        headings: &[String],
        outline: &Outline,
    ) -> Result<String, Vec<OutlineProblem>> {
        self.refuse_bare();
        if self.found.is_empty() && self.problems.is_empty() {
            return Err(vec![OutlineRule::NoCriteria.of_file()]);
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let mut taken = BTreeSet::from(["total".to_owned()]);
        let ids: Vec<String> = (1_usize..)
            .zip(&self.found)
            .map(|(count, one)| own_id(&one.id, count, &mut taken))
            .collect();
        let mut categories: Vec<(&str, String, Decimal)> = Vec::new();
        for one in &self.found {
            let weight = one.weight.unwrap_or(Decimal::ONE);
            let known = categories
                .iter_mut()
                .find(|(title, _, _)| fold(title) == fold(&one.category));
            if let Some((_, _, sum)) = known {
                let heading = columns.weights.first().and_then(|at| headings.get(*at));
                *sum = sum.checked_add(weight).ok_or_else(|| {
                    let heading = heading.map(String::as_str).unwrap_or_default();
                    vec![OutlineRule::NoWeight.at(one.row, heading, &plain(weight))]
                })?;
            } else {
                let id = slug(&one.category, &mut taken);
                categories.push((one.category.as_str(), id, weight));
            }
        }
        Ok(text(&self.found, &ids, &categories, outline))
    }
}

/// A weight: a number above 0 with one decimal sign at most, perhaps in percent.
fn weight_of(text: &str) -> Result<Decimal, OutlineRule> {
    let number = text.strip_suffix('%').map_or(text, str::trim_end);
    let signs = number.matches(['.', ',']).count();
    let decimals = number
        .split_once(['.', ','])
        .map(|(_, decimals)| decimals.len());
    let digits = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    if digits && (signs > 1 || (decimals == Some(3) && !number.starts_with('0'))) {
        return Err(OutlineRule::AmbiguousWeight);
    }
    match read_decimal(&number.replace(',', ".")) {
        Ok(weight) if weight > Decimal::ZERO => Ok(weight),
        Ok(_) | Err(_) => Err(OutlineRule::NoWeight),
    }
}

fn is_sum(title: &str) -> bool {
    let folded = fold(title);
    let word = folded.strip_prefix("weighted ").unwrap_or(&folded);
    matches!(
        word,
        "total"
            | "sum"
            | "average"
            | "rank"
            | "score"
            | "totals"
            | "summe"
            | "gesamt"
            | "max"
            | "maximum"
    ) || word.strip_prefix("total ").is_some()
}

#[cfg(test)]
mod tests {
    use super::super::{CriteriaSet, SetLimits};
    use super::*;

    fn asked() -> Outline {
        Outline {
            id: "own".to_owned(),
            title: "Our \"own\" set".to_owned(),
            min: Decimal::ONE,
            max: Decimal::from(5),
            step: None,
            tab: None,
        }
    }

    /// Category, id, title and percent of the whole of every criterion.
    fn set_of(text: &str) -> Vec<String> {
        let toml = outline(text.as_bytes(), &asked(), &Limits::default()).unwrap();
        let set = CriteriaSet::parse(&toml, &SetLimits::default()).unwrap();
        assert_eq!(set.title(), "Our \"own\" set");
        let criteria = set.criteria().iter();
        criteria
            .map(|one| format!("{} {} {}", one.id(), one.title(), plain(one.weight())))
            .collect()
    }

    fn codes(text: &str) -> Vec<(Option<u32>, &'static str)> {
        let problems = outline(text.as_bytes(), &asked(), &Limits::default()).unwrap_err();
        problems.iter().map(|one| (one.row, one.code)).collect()
    }

    #[test]
    fn a_matrix_with_vendors_and_a_wrong_total_gives_its_criteria() {
        let text = "Criterion;Weight;Acme;Bolt\nSpeed;25%;4;3\nEase;12,5;5;2\nTotal;99;9;9\n";
        assert_eq!(set_of(text), ["C01 Speed 25", "C02 Ease 12.5"]);
    }

    #[test]
    fn title_rows_ids_and_headings_between_are_understood() {
        let text = "Our choice,,\n,,\nid,requirement,weight\n,Service desk,\nA-1,Tickets,3\nA-2,Mail,1\n,Platform,\nB-1,Sign-on,2\n";
        assert_eq!(
            set_of(text),
            ["A-1 Tickets 3", "A-2 Mail 1", "B-1 Sign-on 2"]
        );
        let toml = outline(text.as_bytes(), &asked(), &Limits::default()).unwrap();
        assert!(toml.contains("id = \"service-desk\"") && toml.contains("title = \"Platform\""));
    }

    #[test]
    fn without_weights_all_weigh_the_same() {
        let text = "criterion,description\nSpeed,\"how fast\nit is\"\nEase,how easy\n";
        assert_eq!(set_of(text), ["C01 Speed 1", "C02 Ease 1"]);
    }

    #[test]
    fn all_mistakes_are_told_at_once_in_their_rows() {
        let text = "criterion,weight\nSpeed,H\nEase,\nspeed,3\nMail,1.000\nDesk,0\n";
        assert_eq!(
            codes(text),
            [
                (Some(2), "not-a-weight"),
                (Some(4), "duplicate-criterion"),
                (Some(5), "ambiguous-number"),
                (Some(6), "not-a-weight"),
            ]
        );
        let bare = "criterion,weight\nSpeed,2\nEase,\nDesk,\nMail,1\nLast,\n";
        assert_eq!(
            codes(bare),
            [(Some(3), "nothing-under"), (Some(6), "nothing-under")]
        );
        assert_eq!(codes("a,b\n1,2\n"), [(None, "missing-column")]);
        assert_eq!(
            codes("criterion,weight,weighting\nA,1,2\n"),
            [(None, "duplicate-column")]
        );
        assert_eq!(codes("%PDF-1.7"), [(None, "not-text")]);
    }
}
