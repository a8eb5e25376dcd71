//! The lines of a sheet, packed: a sheet may have a million, and says the same few scores in nearly all of them.

use std::fmt;

use crate::criteria::CriterionIndex;

use super::{Answer, Entry};

/// One cell: who says what about which vendor and criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'s> {
    /// The position in [`Sheet::vendors`](super::Sheet::vendors).
    pub vendor: usize,
    /// The position in [`Sheet::evaluators`](super::Sheet::evaluators).
    pub evaluator: usize,
    /// The criterion.
    pub criterion: CriterionIndex,
    /// What the cell asks for.
    pub entry: Entry,
    /// Why, as typed.
    pub comment: Option<&'s str>,
    /// The row as a spreadsheet counts it: the header is row 1.
    pub row: u32,
    /// The column of the score as a spreadsheet counts it: 0 is column A.
    pub column: u16,
}

/// What a line is about, and what it asks for: a line without its reason and its place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineCell {
    /// The position in [`Sheet::vendors`](super::Sheet::vendors).
    pub vendor: usize,
    /// The criterion.
    pub criterion: CriterionIndex,
    /// The position in [`Sheet::evaluators`](super::Sheet::evaluators).
    pub evaluator: usize,
    /// What the cell asks for.
    pub entry: Entry,
}

/// Lines in the order of their rows.
#[derive(Clone, Default)]
pub struct Lines {
    packed: Vec<Packed>,
    entries: Vec<Entry>,
    /// The comments one after the other, each as long as from the end of the one before to its own.
    texts: String,
    ends: Vec<usize>,
}

/// An entry that some lines have already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryIndex(u32);

/// A line with its entry and its comment by their places; 0 is no comment.
#[derive(Debug, Clone, Copy)]
struct Packed {
    criterion: CriterionIndex,
    vendor: u32,
    evaluator: u32,
    entry: EntryIndex,
    comment: u32,
    row: u32,
    column: u16,
}

/// How many entries are looked through for one that is the same.
const LOOKED_AT: usize = 16;

impl Lines {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, lines: usize) {
        self.packed.reserve(lines);
    }

    /// One line; `None` beyond the last.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Line<'_>> {
        self.packed.get(at).map(|packed| self.unpacked(packed))
    }

    /// All lines.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Line<'_>> + ExactSizeIterator + Clone {
        self.packed.iter().map(|packed| self.unpacked(packed))
    }

    /// What each line is about, and what it asks for.
    #[must_use]
    pub fn cells(&self) -> impl ExactSizeIterator<Item = LineCell> + Clone + Send {
        self.packed.iter().map(|packed| LineCell {
            vendor: wide(packed.vendor),
            criterion: packed.criterion,
            evaluator: wide(packed.evaluator),
            entry: self.entry_at(packed.entry),
        })
    }

    /// Adds a line.
    pub fn push(&mut self, line: &Line<'_>) {
        let entry = self.entry(line.entry);
        self.push_with(entry, line);
    }

    /// The place of an entry, for lines that have it; two places may hold the same.
    pub fn entry(&mut self, entry: Entry) -> EntryIndex {
        let known = self.entries.iter().enumerate().rev().take(LOOKED_AT);
        let mut known = known.filter(|(_, known)| is_written_alike(**known, entry));
        let at = known.next().map_or(self.entries.len(), |(at, _)| at);
        if at == self.entries.len() {
            self.entries.push(entry);
        }
        EntryIndex(narrow(at))
    }

    /// The entry in a place.
    #[must_use]
    pub fn entry_at(&self, at: EntryIndex) -> Entry {
        let entry = self.entries.get(wide(at.0));
        entry.copied().unwrap_or(Entry::NotScored)
    }

    /// Adds a line with an entry whose place is known.
    pub fn push_with(&mut self, entry: EntryIndex, line: &Line<'_>) {
        let comment = line.comment.map_or(0, |text| self.comment(text));
        self.packed.push(Packed {
            criterion: line.criterion,
            vendor: narrow(line.vendor),
            evaluator: narrow(line.evaluator),
            entry,
            comment,
            row: line.row,
            column: line.column,
        });
    }

    /// Adds the lines of a sheet that goes on with this one: its vendors and evaluators stand elsewhere in the lists, and its
    /// rows come behind `row`.
    pub fn append(&mut self, more: &Self, vendors: &[usize], evaluators: &[usize], row: u32) {
        let place =
            |places: &[usize], at: u32| narrow(places.get(wide(at)).copied().unwrap_or(usize::MAX));
        let entries: Vec<EntryIndex> = more
            .entries
            .iter()
            .map(|entry| self.entry(*entry))
            .collect();
        let (comments, texts) = (narrow(self.ends.len()), self.texts.len());
        self.texts.push_str(&more.texts);
        self.ends
            .extend(more.ends.iter().map(|end| end.saturating_add(texts)));
        self.packed.extend(more.packed.iter().map(|packed| {
            Packed {
                criterion: packed.criterion,
                vendor: place(vendors, packed.vendor),
                evaluator: place(evaluators, packed.evaluator),
                entry: entries
                    .get(wide(packed.entry.0))
                    .copied()
                    .unwrap_or(packed.entry),
                comment: match packed.comment {
                    0 => 0,
                    comment => comment.saturating_add(comments),
                },
                row: packed.row.saturating_add(row),
                column: packed.column,
            }
        }));
    }

    /// Keeps a comment; one like the last is kept once.
    fn comment(&mut self, text: &str) -> u32 {
        let last = self.ends.len();
        if last == 0 || self.text(last) != text {
            self.texts.push_str(text);
            self.ends.push(self.texts.len());
        }
        narrow(self.ends.len())
    }

    /// The comment in a place, the first of which is 1.
    fn text(&self, place: usize) -> &str {
        let end = |place: usize| {
            place
                .checked_sub(1)
                .and_then(|at| self.ends.get(at))
                .copied()
        };
        let from = place.checked_sub(1).and_then(end).unwrap_or(0);
        let text = end(place).and_then(|to| self.texts.get(from..to));
        text.unwrap_or_default()
    }

    fn unpacked(&self, packed: &Packed) -> Line<'_> {
        Line {
            vendor: wide(packed.vendor),
            evaluator: wide(packed.evaluator),
            criterion: packed.criterion,
            entry: self.entry_at(packed.entry),
            comment: (packed.comment > 0).then(|| self.text(wide(packed.comment))),
            row: packed.row,
            column: packed.column,
        }
    }
}

/// Whether two entries are the same and written the same: `4.5` is kept apart from `4.50`.
fn is_written_alike(one: Entry, other: Entry) -> bool {
    match (one, other) {
        (Entry::Answer(Answer::Scored(one)), Entry::Answer(Answer::Scored(other))) => {
            one.serialize() == other.serialize()
        }
        _ => one == other,
    }
}

/// A place in a list. There are never so many rows that those of names, scores, comments and lines do not fit.
pub(super) fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

pub(super) fn wide(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

impl<'s> FromIterator<Line<'s>> for Lines {
    fn from_iter<I: IntoIterator<Item = Line<'s>>>(lines: I) -> Self {
        let mut all = Self::default();
        for line in lines {
            all.push(&line);
        }
        all
    }
}

impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Lines {}

impl fmt::Debug for Lines {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::find_shipped;
    use crate::exact::read_decimal;

    #[test]
    fn lines_come_out_as_they_went_in_and_texts_that_repeat_are_kept_once() {
        let set = find_shipped("itsm-one-afternoon").unwrap().read().unwrap();
        let (criterion, _) = set.indexed_criteria().last().unwrap();
        let scored = |text| Entry::Answer(Answer::Scored(read_decimal(text).unwrap()));
        let said = [
            (scored("4.5"), Some("fine")),
            (scored("4.50"), Some("fine")),
            (Entry::NotScored, None),
            (Entry::Answer(Answer::NoResponse), Some("")),
            (scored("4.5"), Some("sch\u{f6}n")),
            (Entry::Clear, Some("fine")),
        ];
        let lines = (2..).zip(said).map(|(row, (entry, comment))| Line {
            vendor: 3,
            evaluator: 1,
            criterion,
            entry,
            comment,
            row,
            column: 7,
        });
        let lines: Vec<Line<'_>> = lines.collect();
        let packed: Lines = lines.iter().copied().collect();
        assert_eq!(packed.iter().collect::<Vec<_>>(), lines);
        assert_eq!(packed.get(1), lines.get(1).copied());
        assert_eq!((packed.get(6), packed.len()), (None, 6));
        assert_eq!((packed.ends.len(), packed.entries.len()), (4, 5));
        let written = packed.iter().filter_map(|line| match line.entry {
            Entry::Answer(Answer::Scored(score)) => Some(score.to_string()),
            _ => None,
        });
        assert_eq!(written.collect::<Vec<_>>(), ["4.5", "4.50", "4.5"]);
        assert!(size_of::<Packed>() <= 28);
    }
}
