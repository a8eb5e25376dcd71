//! A header in two rows: the vendors' names above, and below each what its columns hold.

use crate::table::name::fold;
use crate::table::{Dialect, Rows, Scan};

use super::aside::{Beside, beside};
use super::header::Header;
use super::problem::Findings;
use super::role::{Role, SaidScale, said_scale};
use super::texts::text_of;
use super::told::CellAbove;
use super::{LayoutRule, Problem};

/// The headings of two rows as one row would say them.
#[derive(Debug, PartialEq, Eq)]
struct Joined {
    headings: Vec<String>,
    /// What the lower row says of the scale.
    scales: Vec<Option<SaidScale>>,
    vendors: usize,
}

/// The texts of the row right below the header, if there is one.
pub(super) fn row_below(text: &str, dialect: &Dialect, scan: &Scan) -> Option<Vec<String>> {
    let mut rows = Rows::new(text, dialect.delimiter, scan);
    loop {
        let row = rows.advance()?;
        if row > dialect.header_row {
            let is_next = row == dialect.header_row.saturating_add(1);
            let cells = rows.cells().iter();
            let texts = cells.map(|cell| text_of(cell).trim().to_owned());
            return is_next.then(|| texts.collect());
        }
    }
}

/// What is found of a header of two rows.
#[derive(Debug)]
pub(super) enum TwoRows {
    /// It has one.
    One(Header),
    /// Both rows say it in the only way there is; the second is the row below the one that was found, or that one itself.
    Joined { header: Header, is_below: bool },
    /// There is a second row, and what it says is open.
    Open(Problem),
}

/// Joins a header with the row of vendors above it, or with the row below it that says what their columns hold.
pub(super) fn join(header: Header, above: &[CellAbove], below: Option<&[String]>) -> TwoRows {
    let own = header.texts();
    let has = |role| own.iter().any(|text| Role::of(text) == role);
    if has(Role::Vendor) || !has(Role::Criterion) {
        return TwoRows::One(header);
    }
    let row = header.row;
    if has(Role::Score) {
        let upper = upper_row(above, row);
        return match joined(&upper, &own) {
            Some(joined) if joined.vendors > 1 => TwoRows::Joined {
                header: joined.header(row.saturating_sub(1), &header, own.len()),
                is_below: false,
            },
            Some(_) | None if is_second(&upper, &own) => TwoRows::Open(open(row)),
            Some(_) | None => TwoRows::One(header),
        };
    }
    let Some(below) = below else {
        return TwoRows::One(header);
    };
    match joined(&own, below) {
        Some(joined) => TwoRows::Joined {
            header: joined.header(row, &header, below.len()),
            is_below: true,
        },
        None if is_second(&own, below) => TwoRows::Open(open(row.saturating_add(1))),
        None => TwoRows::One(header),
    }
}

/// Tells of a header that was joined.
pub(super) fn tell(header: &Header, warnings: &mut Findings) {
    let row = header.row;
    let rule = LayoutRule::TwoHeaderRows(row, row.saturating_add(1));
    warnings.push(Problem::of_file(rule.into()).in_row(row));
}

fn open(row: u32) -> Problem {
    Problem::of_file(LayoutRule::SecondHeaderRow.into()).in_row(row)
}

/// The texts right above a row, each in its column.
fn upper_row(above: &[CellAbove], row: u32) -> Vec<String> {
    let mut upper = Vec::new();
    for cell in above
        .iter()
        .filter(|cell| cell.row.saturating_add(1) == row)
    {
        upper.resize(cell.column, String::new());
        upper.push(cell.text.clone());
    }
    upper
}

fn at(texts: &[String], column: usize) -> &str {
    texts.get(column).map_or("", String::as_str)
}

/// The headings of both rows, if the lower one only says what the columns of a vendor are: its scores, its comments, its sums.
fn joined(upper: &[String], lower: &[String]) -> Option<Joined> {
    let mut joined = Joined {
        headings: Vec::new(),
        scales: Vec::new(),
        vendors: 0,
    };
    let mut vendor: Option<&str> = None;
    let mut has_scores = true;
    for column in 0..upper.len().max(lower.len()) {
        let (above, below) = (at(upper, column), at(lower, column));
        if !above.is_empty() {
            if !has_scores {
                return None;
            }
            vendor =
                (Role::of(above) == Role::Other && fold(above) != fold(below)).then_some(above);
            has_scores = vendor.is_none();
        }
        let mut scale = None;
        let heading = match (vendor, Role::of(below)) {
            (None, _) if below.is_empty() || fold(above) == fold(below) => above.to_owned(),
            (None, Role::Score | Role::Vendor | Role::Other) => return None,
            (None, _) if above.is_empty() => below.to_owned(),
            (None, _) => return None,
            (Some(_), _) if above.is_empty() && below.is_empty() => String::new(),
            (Some(_), Role::Score) if has_scores => return None,
            (Some(vendor), Role::Score) => {
                has_scores = true;
                joined.vendors = joined.vendors.saturating_add(1);
                scale = said_scale(below).map(|(_, scale)| scale);
                vendor.to_owned()
            }
            (Some(vendor), Role::Comment) => format!("{vendor} {below}"),
            (Some(vendor), _) => {
                let heading = format!("{vendor} {below}");
                let is_aside = beside(&heading, &[vendor]) == Some(Beside::Aside);
                is_aside.then_some(heading)?
            }
        };
        joined.headings.push(heading);
        joined.scales.push(scale);
    }
    (has_scores && joined.vendors > 0).then_some(joined)
}

impl Joined {
    fn header(self, row: u32, found: &Header, cells: usize) -> Header {
        let cells = cells.max(found.cells());
        Header::joined(row, &self.headings, self.scales, cells)
    }
}

/// Whether a row seems to be the second of a header: words alone, some of them under no heading or under one that stands twice, and
/// no criterion.
fn is_second(upper: &[String], lower: &[String]) -> bool {
    let said = |column: &usize| !at(lower, *column).is_empty();
    let columns = || (0..lower.len()).filter(said);
    let is_word = |column: usize| !at(lower, column).bytes().any(|byte| byte.is_ascii_digit());
    let names_nothing = |column: usize| {
        let below = at(lower, column);
        Role::of(at(upper, column)) != Role::Criterion || fold(below) == fold(at(upper, column))
    };
    let is_unclear = |column: usize| {
        let above = at(upper, column);
        let same = upper.iter().filter(|other| fold(other) == fold(above));
        above.is_empty() || same.count() > 1
    };
    let headed = upper.iter().filter(|text| !text.is_empty()).count();
    headed > 1
        && columns().any(is_unclear)
        && columns().count() > 1
        && columns().all(|column| is_word(column) && names_nothing(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn a_row_that_says_what_a_vendors_columns_hold_is_joined_with_the_names_above() {
        for (upper, lower, headings) in [
            (
                "Criterion,Acme,,Bolt,",
                ",Score,Comment,Score,Comment",
                "Criterion,Acme,Acme Comment,Bolt,Bolt Comment",
            ),
            (
                ",,Acme,,Bolt",
                "Criterion,Weight,Score,Note,Score",
                "Criterion,Weight,Acme,Acme Note,Bolt",
            ),
            (
                "Kriterium,Acme,,Bolt,,Begründung",
                "Kriterium,Punkte,Gewichtet,Punkte,Gewichtet,",
                "Kriterium,Acme,Acme Gewichtet,Bolt,Bolt Gewichtet,Begründung",
            ),
            ("Criterion,Acme,Bolt", ",Score,Score", "Criterion,Acme,Bolt"),
        ] {
            let joined = joined(&row(upper), &row(lower)).unwrap();
            assert_eq!(joined.headings.join(","), headings);
        }
        let scaled = joined(&row("Criterion,Acme,"), &row(",Score (1-5),Comment")).unwrap();
        assert_eq!(scaled.scales[1].unwrap().to_string(), "from 1 to 5");
    }

    #[test]
    fn what_says_something_else_is_not_joined() {
        for (upper, lower) in [
            ("Criterion,Acme,Bolt", "INC,4,3"),
            ("Criterion,Acme,,Bolt,", ",Ana,Ben,Ana,Ben"),
            ("Criterion,Acme,,Bolt,", ",Score,Score,Score,Score"),
            ("Criterion,Acme,,Bolt,", ",Score,Comment,,Comment"),
            ("Criterion,Acme,Bolt", "Total,Score,Score"),
            ("Criterion,Acme,", ",Response,Score"),
        ] {
            assert_eq!(joined(&row(upper), &row(lower)), None, "{upper} {lower}");
        }
        let people = ",Ana,Ben,Ana,Ben";
        assert!(is_second(&row("Criterion,Acme,,Bolt,"), &row(people)));
        assert!(is_second(&row("Criterion,Acme,Acme"), &row(",Ana,Ben")));
        assert!(!is_second(&row("Criterion,Acme,,Bolt"), &row("INC,4,,3")));
        assert!(!is_second(
            &row("Criterion,Acme,Bolt"),
            &row("INC,pass,fail")
        ));
    }
}
