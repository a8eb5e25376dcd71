//! The header row: which shape a sheet has, and what each of its columns is for.

use crate::criteria::CriteriaSet;
use crate::table::name::fold;
use crate::table::write;

use super::aside::{adds_up_to_nothing, is_promised, marks_totals};
use super::columns::{ByVendorColumns, LongColumns, WideColumns, notes_beside};
use super::costs::{self, CostColumns};
use super::known::Known;
use super::problem::Findings;
use super::role::{Role, SaidScale, said_scale};
use super::{ColumnLetter, Declared, Problem, Rule};

/// How many columns from the left may be declared by their letters alone.
const LETTERED: usize = 256;

/// How a sheet lays out its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One row per answer.
    Long,
    /// One row per criterion, one column per vendor.
    Wide,
    /// One row per vendor, one column per criterion.
    ByVendor,
    /// One row per vendor, layer of cost and year.
    Costs,
}

/// The headings as they are shown.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub row: u32,
    headings: Vec<String>,
    /// What a second row says of the scale of each column; empty if there is none.
    scales: Vec<Option<SaidScale>>,
    /// How many cells the row has, with those that are empty at its end.
    cells: usize,
}

/// What the columns are for.
#[derive(Debug)]
pub(super) enum Layout {
    Long(LongColumns),
    Wide(WideColumns),
    ByVendor(ByVendorColumns),
    Costs(CostColumns),
}

impl Header {
    pub(super) fn new<'a>(row: u32, cells: impl Iterator<Item = &'a str>) -> Self {
        let shown = |cell: &str| {
            let words: Vec<&str> = write::restore(cell.trim()).split_whitespace().collect();
            words.join(" ")
        };
        let mut headings: Vec<String> = cells.map(shown).collect();
        let count = headings.len();
        let width = headings.iter().rposition(|heading| !heading.is_empty());
        headings.truncate(width.map_or(0, |last| last.saturating_add(1)));
        Self {
            row,
            headings,
            scales: Vec::new(),
            cells: count,
        }
    }

    /// The header that two rows say together.
    pub(super) fn joined(
        row: u32,
        headings: &[String],
        scales: Vec<Option<SaidScale>>,
        cells: usize,
    ) -> Self {
        let joined = Self::new(row, headings.iter().map(String::as_str));
        Self {
            scales,
            cells: cells.max(joined.cells),
            ..joined
        }
    }

    /// The headings, each in its column.
    pub(super) fn texts(&self) -> Vec<String> {
        self.headings.clone()
    }

    /// What a second row of the header says of the scale of a column.
    pub(super) fn scale_below(&self, column: usize) -> Option<SaidScale> {
        self.scales.get(column).copied().flatten()
    }

    /// The same, up to the last column that is declared by its letter, though it has no heading.
    pub(super) fn reaching(mut self, declared: &Declared) -> Self {
        // "ID" is the letters of a column far to the right, and what many a column is headed.
        let is_heading = |column: usize| {
            let letters = fold(&ColumnLetter(column).to_string());
            self.headings.iter().any(|heading| fold(heading) == letters)
        };
        let last = (self.headings.len()..LETTERED)
            .rev()
            .find(|&column| declared.role("", column).is_some() && !is_heading(column));
        if let Some(last) = last {
            let width = last.saturating_add(1);
            self.headings.resize(width, String::new());
            self.cells = self.cells.max(width);
        }
        self
    }

    /// How many columns there are up to the last one with a heading, or that is declared.
    pub(super) fn width(&self) -> usize {
        self.headings.len()
    }

    /// How many cells the row has, with those that are empty at its end.
    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    pub(super) fn heading(&self, column: usize) -> Option<&str> {
        self.headings.get(column).map(String::as_str)
    }

    /// The columns without a heading between those with one.
    pub(super) fn unnamed(&self) -> Vec<usize> {
        let empty = |(_, heading): &(usize, &String)| heading.is_empty();
        self.headings
            .iter()
            .enumerate()
            .filter(empty)
            .map(|(column, _)| column)
            .collect()
    }

    /// A problem in a column of the header row.
    pub(super) fn problem(&self, column: usize, rule: Rule) -> Problem {
        let heading = self.heading(column);
        let problem = Problem::of_file(rule)
            .in_row(self.row)
            .in_column(column, heading);
        problem.with_value(heading.unwrap_or_default())
    }

    /// Finds out what every column is for; `None` if a column is missing, which is then among the problems.
    pub(super) fn layout(
        &self,
        set: &CriteriaSet,
        known: Known<'_>,
        problems: &mut Findings,
        warnings: &mut Findings,
    ) -> Option<Layout> {
        let declared = known.declared;
        self.find_declared(declared, problems);
        if let Some(columns) = costs::columns(self, declared, problems, warnings) {
            return columns.ok().map(Layout::Costs);
        }
        let roles = self.roles(known, warnings);
        let first = |role: Role| roles.iter().position(|found| *found == role);
        for role in [
            Role::Vendor,
            Role::Criterion,
            Role::Score,
            Role::Evaluator,
            Role::Weight,
        ] {
            self.refuse_second(&roles, role, problems);
        }
        let criterion = first(Role::Criterion);
        if let Some(vendor) = first(Role::Vendor)
            && criterion.is_none()
            && first(Role::Score).is_none()
            && let Some(criteria) = self.criterion_columns(set, declared, &roles, problems)
        {
            return Some(Layout::ByVendor(ByVendorColumns {
                vendor,
                evaluator: first(Role::Evaluator),
                criteria,
                totals: self.totals(&roles),
            }));
        }
        let long = first(Role::Vendor).is_some() || first(Role::Score).is_some();
        if let (Some(column), true) = (first(Role::Vendor), declared.vendor().is_some()) {
            problems.push(self.problem(column, Rule::VendorDeclaredTwice));
        }
        if long {
            let needed = [Role::Vendor, Role::Criterion, Role::Score];
            let is_declared = |role| role == Role::Vendor && declared.vendor().is_some();
            let is_missing = |role: &Role| first(*role).is_none() && !is_declared(*role);
            let missing: Vec<Role> = needed.into_iter().filter(is_missing).collect();
            match first(Role::Score).filter(|_| !missing.is_empty() && self.has_several(&roles)) {
                Some(column) => problems.push(self.doubtful(column)),
                None => {
                    for role in missing {
                        problems.push(Problem::of_file(Rule::MissingColumn(role.name())));
                    }
                }
            }
            let score = first(Role::Score);
            let said = score.and_then(|column| said_scale(self.heading(column)?));
            let columns = LongColumns {
                vendor: match first(Role::Vendor) {
                    None if declared.vendor().is_none() => return None,
                    vendor => vendor,
                },
                criterion: criterion?,
                score: score?,
                scale: said.map(|(_, scale)| scale),
                evaluator: first(Role::Evaluator),
                comment: self.only_comment(&roles, problems, warnings),
                weight: first(Role::Weight),
            };
            for (column, _) in
                with_role(&roles, Role::Other).filter(|(column, _)| self.has_heading(*column))
            {
                match self.other_scores(column, columns.score) {
                    Some(doubt) => problems.push(doubt),
                    None => warnings.push(self.problem(column, Rule::ColumnIgnored)),
                }
            }
            // One row per answer has nothing beside it that a sum could be compared with.
            for column in self.totals(&roles) {
                let heading = self.heading(column).unwrap_or_default();
                if is_promised(&fold(heading)) && declared.role(heading, column).is_none() {
                    warnings.push(self.problem(column, Rule::ColumnIgnored));
                }
            }
            return Some(Layout::Long(columns));
        }
        let Some(criterion) = criterion else {
            problems.push(Problem::of_file(Rule::MissingColumn("criterion")));
            return None;
        };
        let mut vendors = self.vendor_columns(&roles, known, problems, warnings);
        if vendors.is_empty() && problems.is_empty() {
            problems.push(Problem::of_file(Rule::MissingColumn("vendor")));
        }
        if vendors.is_empty() {
            return None;
        }
        Some(Layout::Wide(WideColumns {
            criterion,
            evaluator: first(Role::Evaluator),
            weight: first(Role::Weight),
            notes: notes_beside(&mut vendors, &roles),
            totals: self.totals(&roles),
            vendors,
        }))
    }

    /// The columns of sums and means.
    fn totals(&self, roles: &[Role]) -> Vec<usize> {
        let adds_up = |column: &usize| {
            let heading = self.heading(*column).unwrap_or_default();
            marks_totals(heading) && !adds_up_to_nothing(heading)
        };
        let asides = with_role(roles, Role::Aside).map(|(column, _)| column);
        asides.filter(adds_up).collect()
    }

    /// Whether several columns could be those of vendors or criteria.
    fn has_several(&self, roles: &[Role]) -> bool {
        let others = with_role(roles, Role::Other).filter(|(column, _)| self.has_heading(*column));
        others.count() > 1
    }

    pub(super) fn doubtful(&self, column: usize) -> Problem {
        let heading = self.heading(column).unwrap_or_default();
        self.problem(column, Rule::DoubtfulColumn(heading.to_owned()))
    }

    /// What each column is for. Where the promised word and another for the same thing both stand, the promised one counts.
    fn roles(&self, known: Known<'_>, warnings: &mut Findings) -> Vec<Role> {
        let said = |(column, heading): (usize, &String)| known.declared.role(heading, column);
        let mut roles = Vec::with_capacity(self.headings.len());
        for (column, heading) in self.headings.iter().enumerate() {
            let found = said((column, heading)).unwrap_or_else(|| match Role::of(heading) {
                Role::Aside if !is_promised(&fold(heading)) && known.is_vendor(heading) => {
                    Role::Other
                }
                Role::Aside if !is_promised(&fold(heading)) => {
                    warnings.push(self.problem(column, Rule::ColumnIgnored));
                    Role::Aside
                }
                // Sums and means are compared with the scores; what adds up to nothing is only left out.
                Role::Aside if marks_totals(heading) && adds_up_to_nothing(heading) => {
                    warnings.push(self.problem(column, Rule::ColumnIgnored));
                    Role::Aside
                }
                found => found,
            });
            roles.push(found);
        }
        // Of what is declared to be one, the other columns that seem to be it are not.
        for declared_role in self.headings.iter().enumerate().filter_map(said) {
            for (column, heading) in self.headings.iter().enumerate() {
                if said((column, heading)).is_none()
                    && declared_role != Role::Comment
                    && let Some(found) = roles.get_mut(column)
                    && *found == declared_role
                {
                    *found = Role::Aside;
                }
            }
        }
        for role in [
            Role::Vendor,
            Role::Criterion,
            Role::Score,
            Role::Evaluator,
            Role::Weight,
        ] {
            let is_promised = |column: usize| role.is_promised(self.heading(column).unwrap_or(""));
            let columns: Vec<usize> = with_role(&roles, role).map(|(column, _)| column).collect();
            if !columns.iter().any(|&column| is_promised(column)) {
                continue;
            }
            for column in columns.into_iter().filter(|&column| !is_promised(column)) {
                if let Some(found) = roles.get_mut(column) {
                    *found = Role::Aside;
                }
                warnings.push(self.problem(column, Rule::ColumnIgnored));
            }
        }
        roles
    }

    /// Tells of declarations about columns that are not there.
    fn find_declared(&self, declared: &Declared, problems: &mut Findings) {
        for wanted in declared.columns() {
            let is_it = |(column, heading): (usize, &String)| {
                fold(heading) == wanted || fold(&ColumnLetter(column).to_string()) == wanted
            };
            if !self.headings.iter().enumerate().any(is_it) {
                let rule = Rule::DeclaredColumnMissing(wanted.to_owned());
                problems.push(Problem::of_file(rule).in_row(self.row));
            }
        }
    }

    fn has_heading(&self, column: usize) -> bool {
        self.heading(column)
            .is_some_and(|heading| !heading.is_empty())
    }

    fn refuse_second(&self, roles: &[Role], role: Role, problems: &mut Findings) {
        let mut columns = with_role(roles, role).map(|(column, _)| column);
        if let Some(first) = columns.next() {
            for column in columns {
                problems.push(self.duplicate(first, column));
            }
        }
    }

    pub(super) fn duplicate(&self, first: usize, second: usize) -> Problem {
        self.problem(
            second,
            Rule::DuplicateColumn(ColumnLetter(first), ColumnLetter(second)),
        )
    }

    /// The long shape's column of comments: the first; others with another heading are not used.
    fn only_comment(
        &self,
        roles: &[Role],
        problems: &mut Findings,
        warnings: &mut Findings,
    ) -> Option<usize> {
        let mut columns = with_role(roles, Role::Comment).map(|(column, _)| column);
        let first = columns.next()?;
        let name = |column: usize| fold(self.heading(column).unwrap_or_default());
        for column in columns {
            if name(column) == name(first) {
                problems.push(self.duplicate(first, column));
            } else {
                warnings.push(self.problem(column, Rule::ColumnIgnored));
            }
        }
        Some(first)
    }
}

pub(super) fn with_role(roles: &[Role], role: Role) -> impl Iterator<Item = (usize, &Role)> {
    roles
        .iter()
        .enumerate()
        .filter(move |(_, found)| **found == role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::NameList;

    fn layout(headings: &[&str]) -> (Option<Layout>, Vec<String>) {
        let header = Header::new(1, headings.iter().copied());
        let (mut problems, mut warnings) = (Findings::default(), Findings::default());
        let set = crate::criteria::find_shipped("itsm-one-afternoon")
            .unwrap()
            .read()
            .unwrap();
        let known = Known {
            declared: &Declared::default(),
            vendors: &NameList::default(),
        };
        let layout = header.layout(&set, known, &mut problems, &mut warnings);
        let found = problems.into_list().into_iter().chain(warnings.into_list());
        let codes =
            found.map(|problem| format!("{} {}", problem.code(), problem.column().unwrap_or("")));
        (layout, codes.collect())
    }

    #[test]
    fn header_words_are_known_in_any_case_order_and_spacing() {
        let (Some(Layout::Long(long)), codes) =
            layout(&["Score", " CRITERION ", "comment", "Vendor", ""])
        else {
            panic!("not long");
        };
        assert_eq!(
            (long.vendor, long.criterion, long.score, long.comment),
            (Some(3), 1, 0, Some(2))
        );
        assert!(codes.is_empty());
    }

    #[test]
    fn what_describes_or_sums_up_is_never_a_vendor() {
        let asides = [
            "title",
            "category",
            "Description",
            "Weight",
            "comment",
            "evaluator",
            "Max",
            "TOTAL",
            "sum",
            "average",
            "rank",
            "anchors",
            "Max score",
            "weighted total",
        ];
        let headings: Vec<&str> = ["criterion", "Acme", "Acme comment"]
            .into_iter()
            .chain(asides)
            .collect();
        let (Some(Layout::Wide(wide)), codes) = layout(&headings) else {
            panic!("not wide");
        };
        assert_eq!(wide.vendors.len(), 1);
        assert_eq!(wide.vendors[0].comment, Some(2));
        assert_eq!(wide.notes, [7]);
        assert_eq!(codes, ["column-ignored rank"]);
    }

    #[test]
    fn what_is_computed_or_explains_the_scale_is_no_vendor_and_what_may_be_one_is_asked() {
        let wide = |headings: &[&str]| match layout(headings) {
            (Some(Layout::Wide(wide)), told) => (wide.vendors.len(), wide.totals, told),
            (other, told) => panic!("{other:?} {told:?}"),
        };
        let (vendors, totals, told) =
            wide(&["criterion", "Acme", "Acme weighted", "Mean", "Preis"]);
        assert_eq!((vendors, totals), (1, vec![3]));
        let ignored = [
            "column-ignored Acme weighted",
            "column-ignored Mean",
            "column-ignored Preis",
        ];
        assert_eq!(told, ignored);
        let (vendors, _, told) = wide(&["criterion", "1 poor", "3 fair", "5 good", "Acme"]);
        assert_eq!((vendors, told.len()), (1, 3));
        let (vendors, totals, told) = wide(&["criterion", "Acme", "Total", "Rank", "title"]);
        assert_eq!((vendors, totals), (1, vec![2]));
        assert_eq!(told, ["column-ignored Rank"]);
        let (_, told) = layout(&["vendor", "criterion", "score", "Total", "Max", "rank score"]);
        assert_eq!(told, ["column-ignored Total", "column-ignored rank score"]);
        for (headings, doubtful) in [
            (&["criterion", "Acme", "Acme score"][..], "Acme score"),
            (&["criterion", "Acme", "7 Layers"], "7 Layers"),
            (&["criterion", "Bolt total"], "Bolt total"),
            (&["criterion", "Acme", "Bolt", "Score"], "Score"),
        ] {
            let (_, told) = layout(headings);
            assert_eq!(
                told,
                [format!("doubtful-column {doubtful}")],
                "{headings:?}"
            );
        }
    }

    #[test]
    fn missing_and_repeated_columns_are_refused() {
        assert_eq!(layout(&["vendor", "criterion"]).1, ["missing-column "]);
        assert_eq!(layout(&["Acme", "Bolt"]).1, ["missing-column "]);
        assert_eq!(layout(&["criterion", "weight"]).1, ["missing-column "]);
        assert_eq!(
            layout(&["vendor", "criterion", "score", "Score"]).1,
            ["duplicate-column Score"]
        );
        assert_eq!(
            layout(&["criterion", "Acme", "ACME"]).1,
            ["duplicate-column ACME"]
        );
        let (layout_of_notes, told) = layout(&["criterion", "Acme", "HCL Notes"]);
        let Some(Layout::Wide(wide)) = layout_of_notes else {
            panic!("not wide");
        };
        assert_eq!((wide.vendors.len(), told.len()), (2, 0));
        assert_eq!(
            layout(&["vendor", "criterion", "score", "site"]).1,
            ["column-ignored site"]
        );
    }
}
