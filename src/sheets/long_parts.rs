//! A very long sheet of the long shape, read in parts side by side.
//!
//! What comes out is what reading it from top to bottom gives: see [`Reading::take_over`].

use crate::table::{Rows, side_by_side};

use super::Rule;
use super::columns::LongColumns;
use super::long;
use super::reading::{PlainColumns, Reading};

/// How many bytes a part has at least: some 30,000 rows, which take about forty times as long as a thread to begin.
const SMALLEST_PART: usize = 2 * 1024 * 1024;
/// The most parts, so that one upload does not take a large machine for itself.
const MOST_PARTS: usize = 4;

/// Reads all rows below the header.
///
/// # Errors
/// What stops the reading: a limit, or a file that is no CSV.
pub(super) fn read(
    rows: &mut Rows<'_>,
    columns: &LongColumns,
    reading: &mut Reading<'_>,
) -> Result<(), Rule> {
    let most = rows.ahead().map_or(0, str::len) / SMALLEST_PART;
    let threads = match most {
        0 | 1 => 1,
        most => side_by_side::threads().min(most).min(MOST_PARTS),
    };
    read_in(threads, rows, columns, reading)?;
    reading.compare_totals();
    Ok(())
}

fn read_in(
    parts: usize,
    rows: &mut Rows<'_>,
    columns: &LongColumns,
    reading: &mut Reading<'_>,
) -> Result<(), Rule> {
    let is_simple = columns.evaluator.is_some() && PlainColumns::of(columns, reading).is_some();
    let others = if parts > 1 && is_simple {
        rows.cut_off(parts)
    } else {
        Vec::new()
    };
    let begun = others.iter().map(|part| (*part, reading.of_part()));
    let mut begun: Vec<_> = begun.collect();
    let read = |(part, reading)| read_part(part, reading, columns);
    let delimiter = reading.delimiter;
    let (others_read, done) = side_by_side::both(
        || side_by_side::each(others.len(), std::mem::take(&mut begun), &read),
        || long::read(rows, columns, reading),
    );
    done?;
    let mut met = rows.met();
    for (part, read) in others.into_iter().zip(others_read) {
        let taken = match &read {
            Some((part, _)) => reading.take_over(part, met)?,
            None => false,
        };
        met = match read {
            Some((_, rows)) if taken => met.saturating_add(rows),
            Some(_) | None => {
                let mut rows = Rows::behind(met, part, delimiter);
                long::read(&mut rows, columns, reading)?;
                rows.met()
            }
        };
    }
    Ok(())
}

/// Reads a part with a reading of its own; gives how many rows it has, and `None` if something stops it.
fn read_part<'a>(
    part: &str,
    mut reading: Reading<'a>,
    columns: &LongColumns,
) -> Option<(Reading<'a>, u32)> {
    let mut rows = Rows::behind(0, part, reading.delimiter);
    long::read(&mut rows, columns, &mut reading).ok()?;
    Some((reading, rows.met()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::header::Layout;
    use super::super::known::Known;
    use super::super::problem::Findings;
    use super::super::{Context, Declared, Form};
    use super::*;
    use crate::criteria::{CriteriaSet, SetLimits};
    use crate::table::{self, Delimiter, Limits, NameList};

    const SET: &str = "id = \"s\"\ntitle = \"S\"\nversion = \"1\"\nweights = \"relative\"\n\n[scale]\nmin = 0\nmax = 5\n\n\
        [[category]]\nid = \"c\"\ntitle = \"C\"\nweight = 1\n\n\
        [[criterion]]\nid = \"A-1\"\ncategory = \"c\"\ntitle = \"First\"\nweight = 1\n\n\
        [[criterion]]\nid = \"A-2\"\ncategory = \"c\"\ntitle = \"Second\"\nweight = 2\n";

    /// What comes of a sheet that is read in so many parts, and how many it was cut into.
    fn read_in_parts(parts: usize, text: &str) -> String {
        let set = CriteriaSet::parse(SET, &SetLimits::default()).unwrap();
        let (nobody, limits) = (NameList::default(), Limits::default());
        let form = Form {
            tab: None,
            declared: Declared::default(),
            file_name: "long.csv".to_owned(),
            evaluator: None,
        };
        let context = Context {
            set: &set,
            vendors: &nobody,
            evaluators: &nobody,
            new_vendors: true,
            new_evaluators: true,
            consensus_needs_reason: false,
            limits: &limits,
            progress: None,
        };
        let scan = table::scan(text, Delimiter::Semicolon, &limits).unwrap();
        let mut rows = Rows::new(text, Delimiter::Semicolon, &scan);
        let row = rows.advance().unwrap();
        let headings = rows.cells().iter().map(super::super::texts::text_of);
        let header = super::super::header::Header::new(row, headings);
        let known = Known {
            declared: &form.declared,
            vendors: &nobody,
        };
        let (mut problems, mut warnings) = (Findings::default(), Findings::default());
        let layout = header.layout(&set, known, &mut problems, &mut warnings);
        let Some(Layout::Long(columns)) = layout else {
            return "another shape".to_owned();
        };
        let mut reading = Reading::new(
            header,
            &form,
            &context,
            Delimiter::Semicolon,
            problems,
            warnings,
        );
        read_in(parts, &mut rows, &columns, &mut reading).unwrap();
        reading.compare_totals();
        format!("{:?} {:#?}", rows.met() > 0, reading.finish())
    }

    fn row() -> impl Strategy<Value = String> {
        let vendor = prop_oneof![
            60 => (0..400_u32).prop_map(|number| format!("Vendor {number}")),
            20 => Just("Acme".to_owned()),
            5 => Just(" acme ".to_owned()),
            1 => Just("\u{410}cme".to_owned()),
            1 => Just(String::new()),
        ];
        let criterion = prop_oneof![40 => Just("A-1"), 40 => Just("A-2"), 5 => Just("second"), 1 => Just("Total"), 1 => Just("A-3")];
        let evaluator = prop_oneof![40 => Just("Ana"), 40 => Just("Ben"), 1 => Just("consensus"), 1 => Just("")];
        let score = prop_oneof![
            40 => Just("4"), 10 => Just("3.5"), 2 => Just("3,5"), 5 => Just("n/a"), 5 => Just(""), 1 => Just("4.000"), 1 => Just("7"),
        ];
        let weight = prop_oneof![40 => Just(""), 5 => Just("1"), 5 => Just("2")];
        let comment = prop_oneof![40 => Just(""), 40 => Just("seen"), 5 => Just("4 of 5"), 1 => Just("\u{feff}odd"),
            5 => Just("\"seen; \"\"twice\"\"\""), 5 => Just("\"two\n\nlines\"")];
        let end = prop_oneof![20 => Just("\n"), 20 => Just("\r\n"), 2 => Just("\n\n"), 1 => Just(";\r\n")];
        (vendor, criterion, evaluator, score, weight, comment, end).prop_map(
            |(vendor, criterion, evaluator, score, weight, comment, end)| {
                format!("{vendor};{criterion};{evaluator};{score};{weight};{comment}{end}")
            },
        )
    }

    proptest! {
        #[test]
        fn a_sheet_reads_the_same_in_any_number_of_parts(
            rows in prop::collection::vec(row(), 1..60),
            parts in 2..9_usize,
        ) {
            let text = format!("vendor;criterion;evaluator;score;weight;comment\n{}", rows.concat());
            prop_assert_eq!(read_in_parts(parts, &text), read_in_parts(1, &text));
        }
    }

    #[test]
    fn names_that_only_a_later_part_brings_come_behind_those_before_and_look_like_none_of_them() {
        let head = "vendor;criterion;evaluator;score;weight;comment\n";
        let one = "Acme;A-1;Ana;4;;first\nBolt;A-1;Ana;3;;first\n";
        let two = "Crisp;A-2;Cy;5;;second\nAcme;A-2;Ana;1;2;second\n";
        let whole = read_in_parts(1, &format!("{head}{one}{two}"));
        assert_eq!(read_in_parts(2, &format!("{head}{one}{two}")), whole);
        assert!(whole.contains("Crisp") && whole.contains("Ok("), "{whole}");
        let alike = format!("{head}{one}\u{410}cme;A-2;Ana;1;;third\nBolt;A-2;Ana;1;;third\n");
        let refused = read_in_parts(2, &alike);
        assert_eq!(refused, read_in_parts(1, &alike));
        assert!(refused.contains("ConfusableName"), "{refused}");
    }
}
