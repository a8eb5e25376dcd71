//! What each column of a spreadsheet is about.

use rust_decimal::Decimal;

use crate::table::name::fold;
use crate::table::{words, write};

use super::anchors;
use super::role::Role;
use super::scale::{SaidScale, beside_name};
use super::terms::{Terms, letters};

/// The columns of a table.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) headings: Vec<String>,
    pub(super) roles: Vec<Role>,
}

/// How a table lays out its scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreLayout {
    /// It has none.
    None,
    /// A row for each criterion, a column for each vendor.
    Wide,
    /// A row for each answer, with its vendor.
    Long,
    /// A row for each answer, all about one vendor that it does not name.
    OneVendor,
    /// A row for each vendor, a column for each criterion.
    ByVendor,
}

impl Columns {
    pub(super) fn new(cells: &[String], terms: &Terms) -> Self {
        let shown = |cell: &String| {
            let words: Vec<&str> = write::restore(cell.trim()).split_whitespace().collect();
            words.join(" ")
        };
        let headings: Vec<String> = cells.iter().map(shown).collect();
        let of = |is_exact: bool| -> Vec<Role> {
            let of_one = |(column, heading): (usize, &String)| {
                let said = terms.role(heading, column);
                said.unwrap_or_else(|| Role::of(heading, is_exact))
            };
            headings.iter().enumerate().map(of_one).collect()
        };
        let mut columns = Self {
            roles: of(false),
            headings: headings.clone(),
        };
        columns.settle();
        // A column of criteria may be called "Weight of the device": only where criteria are rows is a weight a column.
        if columns.first(Role::Criterion).is_none() && columns.first(Role::Vendor).is_some() {
            columns.roles = of(true);
        }
        columns
    }

    /// Beside a title, `criterion` is an id; without one, an id is all there is.
    fn settle(&mut self) {
        let named = |columns: &Self, names: &[&str]| {
            let mut headings = columns.headings.iter();
            headings.position(|heading| names.contains(&fold(heading).as_str()))
        };
        let title = named(self, &["title", "name", "titel"])
            .filter(|at| self.roles.get(*at) == Some(&Role::Other));
        let criterion = self.first(Role::Criterion);
        let (id, has_id) = (self.first(Role::Id), self.first(Role::Id).is_some());
        let mut set = |at: Option<usize>, role: Role| {
            if let Some(found) = at.and_then(|at| self.roles.get_mut(at)) {
                *found = role;
            }
        };
        match (title, criterion) {
            (Some(title), Some(criterion)) => {
                set(Some(criterion), if has_id { Role::Aside } else { Role::Id });
                set(Some(title), Role::Criterion);
            }
            (Some(title), None) if has_id => set(Some(title), Role::Criterion),
            (None, None) if has_id => {
                let answers = self.roles.contains(&Role::Score);
                if answers
                    && self.first(Role::Vendor).is_none()
                    && let Some(found) = id.and_then(|at| self.roles.get_mut(at))
                {
                    *found = Role::Criterion;
                }
            }
            (Some(_) | None, _) => {}
        }
    }

    /// Whether the table names vendors and people but nothing that they were scored on.
    pub(super) fn has_no_criteria(&self) -> bool {
        let has = |role| self.first(role).is_some();
        if has(Role::Criterion) {
            return false;
        }
        let others = self.others().filter_map(|at| self.headings.get(at));
        let mut others = others.filter(|heading| !heading.is_empty()).peekable();
        let is_person = |heading: &String| {
            let folded = fold(heading);
            words::EVALUATOR.iter().any(|word| folded.starts_with(word))
        };
        let nobody_else = others.peek().is_none();
        (has(Role::Evaluator) && !has(Role::Vendor))
            || (has(Role::Vendor) && (has(Role::Score) || nobody_else || others.all(is_person)))
    }

    pub(super) fn first(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|found| *found == role)
    }

    pub(super) fn all(&self, role: Role) -> impl Iterator<Item = usize> {
        let roles = self.roles.iter().enumerate();
        roles
            .filter(move |(_, found)| **found == role)
            .map(|(at, _)| at)
    }

    /// The columns that are a vendor or a criterion each: not their comments.
    pub(super) fn others(&self) -> impl Iterator<Item = usize> {
        self.all(Role::Other).filter(|at| {
            let heading = self.heading(*at);
            !heading.is_empty() && !self.is_comment_of_another(heading)
        })
    }

    fn is_comment_of_another(&self, heading: &str) -> bool {
        let Some((name, word)) = heading.rsplit_once(' ') else {
            return false;
        };
        words::COMMENT.contains(&fold(word).as_str())
            && self.headings.iter().any(|other| {
                let bare = beside_name(other).map_or(other.as_str(), |(name, _)| name);
                fold(other) == fold(name) || fold(bare) == fold(name)
            })
    }

    pub(super) fn heading(&self, at: usize) -> &str {
        self.headings.get(at).map_or("", String::as_str)
    }

    /// The scale that the heading of the scores says.
    pub(super) fn scale(&self) -> Option<SaidScale> {
        let heading = self.heading(self.first(Role::Score)?);
        beside_name(heading).map(|(_, scale)| scale)
    }

    pub(super) fn layout(&self) -> ScoreLayout {
        let has = |role| self.first(role).is_some();
        if has(Role::Criterion) {
            match (has(Role::Score), has(Role::Vendor)) {
                (true, true) => ScoreLayout::Long,
                (true, false) => ScoreLayout::OneVendor,
                (false, _) if self.others().next().is_some() => ScoreLayout::Wide,
                (false, _) => ScoreLayout::None,
            }
        } else {
            ScoreLayout::ByVendor
        }
    }

    /// Makes columns of a rubric of those that are headed by scores and hold words.
    pub(super) fn find_rubric(&mut self, body: &[(u32, Vec<String>)]) {
        let holds_words = |at: usize| {
            let mut cells = body.iter().filter_map(|(_, cells)| cells.get(at));
            cells.all(|cell| cell.is_empty() || cell.chars().any(char::is_alphabetic))
        };
        let headed = |at: usize| Some((at, anchors::heads(self.heading(at))?));
        let found: Vec<(usize, Decimal)> = self
            .all(Role::Other)
            .filter_map(headed)
            .filter(|(at, _)| holds_words(*at))
            .collect();
        if found.len() > 1 {
            for (at, score) in found {
                if let Some(role) = self.roles.get_mut(at) {
                    *role = Role::Anchor(score);
                }
            }
        }
    }

    /// What a score sheet with these headings is told of its columns, where the headings alone do not say it.
    pub(super) fn told_to_sheets(&self, weight: Option<usize>) -> Vec<(String, String)> {
        let told = self.roles.iter().enumerate().filter_map(|(at, role)| {
            let said = match role {
                Role::Other => return None,
                Role::Weight if weight != Some(at) => "ignore",
                role => role.in_sheets(),
            };
            let heading = self.heading(at);
            let folded = fold(heading);
            (!heading.is_empty() && !speaks_for_itself(&folded, said))
                .then(|| (self.statement(at), said.to_owned()))
        });
        told.collect()
    }

    /// `column:` with the heading, or with the letter where several columns are headed alike.
    fn statement(&self, at: usize) -> String {
        let heading = self.heading(at);
        let same = self
            .headings
            .iter()
            .filter(|other| fold(other) == fold(heading));
        if same.count() > 1 {
            format!("column:{}", letters(at))
        } else {
            format!("column:{heading}")
        }
    }
}

/// Whether score sheets take a column for this without being told.
fn speaks_for_itself(folded: &str, said: &str) -> bool {
    let asides = [
        "title",
        "category",
        "description",
        "anchors",
        "id",
        "no",
        "no.",
        "#",
        "total",
        "sum",
        "average",
        "rank",
    ];
    folded == said || (said == "ignore" && asides.contains(&folded))
}

/// How much a row looks like the header of a table: 0 if not at all.
pub(super) fn likeness(cells: &[&str], terms: &Terms) -> usize {
    let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let columns = Columns::new(&cells, terms);
    let is_known = |role: &&Role| !matches!(role, Role::Other | Role::Aside);
    let known = columns.roles.iter().filter(is_known).count();
    let has = |role| columns.first(role).is_some();
    if has(Role::Criterion) {
        if filled > 1 {
            known.saturating_add(1)
        } else {
            1
        }
    } else if filled > 1 && (has(Role::Vendor) || has(Role::Evaluator)) {
        known.saturating_add(1)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::super::role::is_sum;
    use super::*;

    fn columns(headings: &[&str]) -> Columns {
        let headings: Vec<String> = headings.iter().map(|one| (*one).to_owned()).collect();
        Columns::new(&headings, &Terms::default())
    }

    #[test]
    fn headings_say_how_scores_are_laid_out() {
        for (headings, layout) in [
            (
                &["criterion", "weight", "Acme", "Bolt", "Total"][..],
                ScoreLayout::Wide,
            ),
            (&["vendor", "criterion", "Score (1-5)"], ScoreLayout::Long),
            (&["id", "score", "note"], ScoreLayout::OneVendor),
            (
                &["ID", "Requirement", "Priority", "Response"],
                ScoreLayout::OneVendor,
            ),
            (
                &["Supplier", "item1(10)", "item2(5)"],
                ScoreLayout::ByVendor,
            ),
            (&["criterion", "weight", "anchors"], ScoreLayout::None),
        ] {
            assert_eq!(columns(headings).layout(), layout, "{headings:?}");
            assert!(!columns(headings).has_no_criteria());
        }
    }

    #[test]
    fn totals_by_people_have_no_criteria() {
        for headings in [
            &["Evaluator", "Acme", "Bolt"][..],
            &["Vendor", "Evaluator 1", "Evaluator 2", "Average"],
            &["Evaluator", "Vendor", "Total"],
            &["Vendor", "Evaluator", "Score"],
            &["Vendor", "Total"],
        ] {
            assert!(columns(headings).has_no_criteria(), "{headings:?}");
        }
    }

    #[test]
    fn sums_are_told_from_criteria_that_begin_alike() {
        for name in [
            "Total",
            "TOTAL:",
            "Weighted score",
            "Score",
            "Grand total",
            "Total points",
        ] {
            assert!(is_sum(name), "{name}");
        }
        for name in [
            "Total cost of ownership",
            "Summary",
            "Score keeping",
            "Ranking of tickets",
        ] {
            assert!(!is_sum(name), "{name}");
        }
    }

    #[test]
    fn sheets_are_told_what_headings_do_not_say() {
        let columns = columns(&[
            "Nr",
            "Requirement",
            "CIO weight",
            "CTO weight",
            "Acme",
            "Total",
        ]);
        let told = columns.told_to_sheets(Some(3));
        let told: Vec<(&str, &str)> = told
            .iter()
            .map(|(field, role)| (field.as_str(), role.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("column:Nr", "ignore"),
                ("column:Requirement", "criterion"),
                ("column:CIO weight", "ignore"),
                ("column:CTO weight", "weight"),
            ]
        );
    }
}
