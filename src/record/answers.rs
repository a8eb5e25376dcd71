//! The answers of a sheet as bytes, so that what was read from a file once stays what was read from it.

use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use crate::criteria::{CriteriaSet, Criterion};
use crate::evaluation::{Answer, CostLine, Entry, Line, Lines, Sheet, SheetNote};
use crate::exact::{NotANumber, read_decimal};
use crate::table::{Name, NameError};

/// Stored answers cannot be read back.
#[derive(Debug, Error)]
pub enum DamagedAnswers {
    /// The bytes are not what was written.
    #[error("the stored answers cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// A name is none.
    #[error("a stored name cannot be read: {0}")]
    Name(#[from] NameError),
    /// A score is none.
    #[error("a stored score cannot be read: {0}")]
    Number(#[from] NotANumber),
    /// A criterion, vendor or evaluator that is not there.
    #[error("a stored answer is about something that is not there")]
    Dangling,
}

/// Vendor, evaluator, criterion, entry, comment, row, column.
type PackedLine<E, T> = (usize, usize, usize, E, Option<T>, u32, u16);

/// Vendor, layer, year, amount, comment, row.
type PackedCost<T> = (usize, T, u8, Option<String>, Option<T>, u32);

/// A sheet as it is written, with texts borrowed from it, and as it is read, with texts of its own.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packed<E, T> {
    name: T,
    vendors: Vec<T>,
    evaluators: Vec<T>,
    names_evaluator: bool,
    /// The ids of the criteria that lines and notes mention.
    criteria: Vec<T>,
    lines: Vec<PackedLine<E, T>>,
    /// Evaluator, criterion, text.
    notes: Vec<(usize, usize, T)>,
    /// What the prices of a cost sheet are made of; sheets of scores have none, and were written without this.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    costs: Vec<PackedCost<T>>,
}

/// An entry as it is written.
struct Written(Entry);

/// Writes the answers of a sheet.
///
/// # Errors
/// [`DamagedAnswers`] if the sheet is about criteria that the set does not have.
pub fn pack(sheet: &Sheet, set: &CriteriaSet) -> Result<Vec<u8>, DamagedAnswers> {
    let packed = Packed {
        name: sheet.name(),
        vendors: sheet.vendors().iter().map(Name::shown).collect(),
        evaluators: sheet.evaluators().iter().map(Name::shown).collect(),
        names_evaluator: sheet.names_evaluator(),
        criteria: set.criteria().iter().map(Criterion::id).collect(),
        lines: sheet
            .lines()
            .iter()
            .map(|line| {
                (
                    line.vendor,
                    line.evaluator,
                    line.criterion.position(),
                    Written(line.entry),
                    line.comment,
                    line.row,
                    line.column,
                )
            })
            .collect(),
        notes: sheet
            .notes()
            .iter()
            .map(|note| (note.evaluator, note.criterion.position(), &*note.text))
            .collect(),
        costs: pack_costs(sheet, set),
    };
    Ok(serde_json::to_vec(&packed)?)
}

/// Reads the answers of a sheet back.
///
/// # Errors
/// [`DamagedAnswers`] if they are not what [`pack`] wrote for this criteria set.
pub fn unpack(bytes: &[u8], set: &CriteriaSet) -> Result<Sheet, DamagedAnswers> {
    let packed: Packed<String, Box<str>> = serde_json::from_slice(bytes)?;
    let indices: Vec<_> = packed
        .criteria
        .iter()
        .map(|id| set.criterion_index(id))
        .collect();
    let criterion = |at: usize| {
        indices
            .get(at)
            .copied()
            .flatten()
            .ok_or(DamagedAnswers::Dangling)
    };
    let names = |texts: &[Box<str>]| -> Result<Vec<Name>, DamagedAnswers> {
        Ok(texts
            .iter()
            .map(|text| Name::parse(text))
            .collect::<Result<_, _>>()?)
    };
    let (vendors, evaluators) = (names(&packed.vendors)?, names(&packed.evaluators)?);
    let (vendor_count, evaluator_count) = (vendors.len(), evaluators.len());
    let mut lines = Lines::default();
    for (vendor, evaluator, at, entry, comment, row, column) in packed.lines {
        if vendor >= vendor_count || evaluator >= evaluator_count {
            return Err(DamagedAnswers::Dangling);
        }
        lines.push(&Line {
            vendor,
            evaluator,
            criterion: criterion(at)?,
            entry: entry_of(&entry)?,
            comment: comment.as_deref(),
            row,
            column,
        });
    }
    let note = |(evaluator, at, text)| {
        if evaluator >= evaluator_count {
            return Err(DamagedAnswers::Dangling);
        }
        Ok(SheetNote {
            evaluator,
            criterion: criterion(at)?,
            text,
        })
    };
    let costs = unpack_costs(packed.costs, vendor_count, set)?;
    let sheet = Sheet::new(
        packed.name.into(),
        vendors,
        evaluators,
        packed.names_evaluator,
        lines,
        packed
            .notes
            .into_iter()
            .map(note)
            .collect::<Result<_, _>>()?,
    );
    Ok(sheet.with_costs(costs))
}

fn pack_costs<'s>(sheet: &'s Sheet, set: &'s CriteriaSet) -> Vec<PackedCost<&'s str>> {
    let Some((_, _, costs)) = set.costed() else {
        return Vec::new();
    };
    let packed = sheet.costs().iter().map(|line| {
        (
            line.vendor,
            costs.layer_name(line.layer),
            line.year,
            line.amount.map(|amount| amount.to_string()),
            line.comment.as_deref(),
            line.row,
        )
    });
    packed.collect()
}

fn unpack_costs(
    packed: Vec<PackedCost<Box<str>>>,
    vendors: usize,
    set: &CriteriaSet,
) -> Result<Vec<CostLine>, DamagedAnswers> {
    let costs = set.costed().map(|(_, _, costs)| costs);
    let line = |(vendor, layer, year, amount, comment, row): PackedCost<Box<str>>| {
        let known = costs.filter(|costs| vendor < vendors && year <= costs.horizon());
        let layer = known.and_then(|costs| costs.layer(&layer));
        Ok(CostLine {
            vendor,
            layer: layer.ok_or(DamagedAnswers::Dangling)?,
            year,
            amount: amount.as_deref().map(read_decimal).transpose()?,
            comment: comment.map(Arc::from),
            row,
        })
    };
    packed.into_iter().map(line).collect()
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match &self.0 {
            Entry::Answer(Answer::Scored(score)) => return serializer.collect_str(score),
            Entry::Answer(Answer::Passed) => "pass",
            Entry::Answer(Answer::Failed) => "fail",
            Entry::Answer(Answer::NoResponse) => "no response",
            Entry::Answer(Answer::NotApplicable) => "n/a",
            Entry::NotScored => "",
            Entry::Clear => "clear",
        };
        serializer.serialize_str(word)
    }
}

fn entry_of(text: &str) -> Result<Entry, NotANumber> {
    Ok(match text {
        "pass" => Entry::Answer(Answer::Passed),
        "fail" => Entry::Answer(Answer::Failed),
        "no response" => Entry::Answer(Answer::NoResponse),
        "n/a" => Entry::Answer(Answer::NotApplicable),
        "" => Entry::NotScored,
        "clear" => Entry::Clear,
        score => Entry::Answer(Answer::Scored(read_decimal(score)?)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::find_shipped;
    use crate::exact::read_decimal;

    fn set() -> CriteriaSet {
        find_shipped("itsm-one-afternoon").unwrap().read().unwrap()
    }

    fn sheet(set: &CriteriaSet) -> Sheet {
        let name = |text| Name::parse(text).unwrap();
        let (first, _) = set.indexed_criteria().next().unwrap();
        let (last, _) = set.indexed_criteria().last().unwrap();
        let answers = [
            Answer::Scored(read_decimal("4.50").unwrap()),
            Answer::Scored(read_decimal("-0.000000001").unwrap()),
            Answer::Passed,
            Answer::Failed,
            Answer::NoResponse,
            Answer::NotApplicable,
        ];
        let mut entries: Vec<Entry> = answers.into_iter().map(Entry::Answer).collect();
        entries.extend([Entry::NotScored, Entry::Clear]);
        let line = |(row, entry)| Line {
            vendor: 1,
            evaluator: 0,
            criterion: last,
            entry,
            comment: Some("=1+1 \"quoted\"\nsecond line"),
            row,
            column: 7,
        };
        let notes = vec![SheetNote {
            evaluator: 0,
            criterion: first,
            text: "a note".into(),
        }];
        let lines = (2..).zip(entries).map(line).collect();
        Sheet::new(
            "ä.csv".to_owned(),
            vec![name("Acme"), name("Bölt")],
            vec![name("Ana")],
            true,
            lines,
            notes,
        )
    }

    #[test]
    fn answers_read_back_as_they_were_digit_by_digit() {
        let set = set();
        let sheet = sheet(&set);
        let back = unpack(&pack(&sheet, &set).unwrap(), &set).unwrap();
        assert_eq!(back.lines(), sheet.lines());
        assert_eq!(back.notes(), sheet.notes());
        assert_eq!(back.name(), sheet.name());
        assert_eq!(back.names_evaluator(), sheet.names_evaluator());
        let shown = |names: &[Name]| {
            names
                .iter()
                .map(|name| name.shown().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(back.vendors()), shown(sheet.vendors()));
        let Some(Entry::Answer(Answer::Scored(score))) = back.lines().get(0).map(|line| line.entry)
        else {
            panic!("the first entry is no score");
        };
        assert_eq!(score.to_string(), "4.50");
    }

    fn costed() -> (CriteriaSet, Sheet) {
        let source = include_str!("../../tests/data/costs/set.toml");
        let set = CriteriaSet::parse(source, &crate::criteria::SetLimits::default()).unwrap();
        let (_, _, costs) = set.costed().unwrap();
        let line = |row, amount: Option<&str>| CostLine {
            vendor: 0,
            layer: costs.layer("unused modules").unwrap(),
            year: 2,
            amount: amount.map(|text| read_decimal(text).unwrap()),
            comment: Some("as offered".into()),
            row,
        };
        let lines = vec![line(2, Some("10.50")), line(3, None)];
        let vendors = vec![Name::parse("Acme").unwrap()];
        let sheet = Sheet::new(
            "c.csv".to_owned(),
            vendors,
            vec![],
            true,
            Lines::default(),
            vec![],
        );
        (set, sheet.with_costs(lines))
    }

    #[test]
    fn costs_read_back_as_they_were_and_a_sheet_without_any_is_written_as_ever() {
        let (set, sheet) = costed();
        let packed = pack(&sheet, &set).unwrap();
        assert_eq!(unpack(&packed, &set).unwrap().costs(), sheet.costs());
        let plain = pack(&sheet.with_costs(vec![]), &set).unwrap();
        assert!(!String::from_utf8(plain).unwrap().contains("costs"));
    }

    #[test]
    fn costs_of_what_is_not_there_are_damaged() {
        let (set, sheet) = costed();
        let text = String::from_utf8(pack(&sheet, &set).unwrap()).unwrap();
        for (from, to) in [
            ("[[0,", "[[1,"),
            ("unused modules", "coffee"),
            (",2,\"10.50\"", ",3,\"10.50\""),
            ("10.50", "10.5O"),
        ] {
            assert!(text.contains(from), "{from} in {text}");
            let changed = text.replacen(from, to, 1);
            assert!(unpack(changed.as_bytes(), &set).is_err(), "{from} -> {to}");
        }
    }

    #[test]
    fn answers_about_what_is_not_there_are_damaged() {
        let set = set();
        let text = String::from_utf8(pack(&sheet(&set), &set).unwrap()).unwrap();
        let id = set.criteria().last().unwrap().id();
        for (from, to) in [
            ("[1,0,", "[2,0,"),
            ("[1,0,", "[1,1,"),
            (id, "NOWHERE"),
            ("4.50", "4.5O"),
            ("Acme", ""),
        ] {
            assert!(text.contains(from), "{from}");
            assert!(
                unpack(text.replace(from, to).as_bytes(), &set).is_err(),
                "{from} -> {to}"
            );
        }
    }
}
