//! What a row answers.

use crate::criteria::{CriteriaSet, Criterion, CriterionIndex, Kind};
use crate::evaluation::{Entry, EntryIndex, Line};
use crate::exact;
use crate::table::{Delimiter, write};

use super::super::Rule;
use super::super::amount;
use super::super::cell::{Cell, read_cell};
use super::super::texts::{is_blank, is_digits, text_of};
use super::Reading;

/// One answer of a row, before its score is read.
#[derive(Debug, Clone, Copy)]
pub(in crate::sheets) struct Asked<'r> {
    pub row: u32,
    pub column: usize,
    pub vendor: usize,
    pub evaluator: usize,
    pub criterion: CriterionIndex,
    pub score: &'r [u8],
    pub comment: &'r [u8],
    /// Whether the comment's column is the next after the score's.
    pub comment_follows: bool,
    /// Whether the row gives a reason elsewhere.
    pub has_reason: bool,
}

impl Reading<'_> {
    /// Reads the score of an answer and keeps it.
    pub(in crate::sheets) fn answer(&mut self, asked: &Asked<'_>) {
        let Some(entry) = self.entry(asked) else {
            return;
        };
        let comment = (!is_blank(asked.comment)).then(|| write::restore(text_of(asked.comment)));
        if comment.is_some() && self.might_be_decimals(asked) {
            let column = asked.column.saturating_add(1);
            let rule = Rule::NumberInComment;
            self.problem(asked.row, column, text_of(asked.comment), rule);
            return;
        }
        let written = self.lines.entry_at(entry);
        if matches!(written, Entry::Answer(_))
            && comment.is_none()
            && !asked.has_reason
            && self.consensus == Some(asked.evaluator)
        {
            let rule = Rule::ConsensusWithoutReason;
            if self.context.consensus_needs_reason {
                self.problem(asked.row, asked.column, text_of(asked.score), rule);
            } else {
                self.warning(asked.row, asked.column, text_of(asked.score), rule);
            }
        }
        let line = Line {
            vendor: asked.vendor,
            evaluator: asked.evaluator,
            criterion: asked.criterion,
            entry: written,
            comment,
            row: asked.row,
            column: u16::try_from(asked.column).unwrap_or(u16::MAX),
        };
        self.lines.push_with(entry, &line);
    }

    /// Whether a score and its comment could be an unquoted `4,5` that the criterion would take.
    pub(super) fn might_be_decimals(&self, asked: &Asked<'_>) -> bool {
        if self.delimiter != Delimiter::Comma
            || self.form.declared.decimal() == Some('.')
            || !asked.comment_follows
            || !is_digits(asked.comment)
            || !is_digits(asked.score)
        {
            return false;
        }
        let joined = format!("{}.{}", text_of(asked.score), text_of(asked.comment));
        let criterion = self.set().criteria().get(asked.criterion.position());
        match (exact::read_decimal(&joined), criterion.map(Criterion::kind)) {
            (Ok(score), Some(Kind::Rated(rated))) => {
                rated.scale().contains(score) && rated.scale().is_on_step(score)
            }
            (Ok(_), Some(Kind::Priced(_))) => true,
            (Ok(_), Some(Kind::PassFail) | None) | (Err(_), _) => false,
        }
    }

    fn entry(&mut self, asked: &Asked<'_>) -> Option<EntryIndex> {
        if self.is_merged_over(asked.row, asked.column, asked.score) {
            return None;
        }
        let is_typed = self.is_typed(asked.row, asked.column)
            && self.money.of(asked.row, asked.column).is_none();
        if is_typed && let Some(entry) = self.scores.recall(asked.criterion, asked.score) {
            return Some(entry);
        }
        let text = text_of(asked.score);
        let criterion = self.set().criteria().get(asked.criterion.position())?;
        let is_amount = matches!(criterion.kind(), Kind::Priced(_));
        let meant = match criterion.kind() {
            // Pass and fail, yes and no are its own words.
            Kind::PassFail if super::super::cell::is_pass_fail(text) => text,
            Kind::PassFail if self.form.declared.gate(text).is_some() => {
                self.form.declared.gate(text).unwrap_or(text)
            }
            Kind::PassFail | Kind::Rated(_) | Kind::Priced(_) => {
                self.form.declared.word(text).unwrap_or(text)
            }
        };
        match read_cell(meant, criterion, self.writing_at(asked.row, asked.column)) {
            Ok(_) if is_amount && self.wrong_currency(asked, criterion) => None,
            Ok(cell) => {
                self.signs.meet(cell.sign);
                let entry = self.lines.entry(cell.entry);
                if is_typed && cell.notices.is_empty() && cell.doubt.is_none() {
                    self.scores.keep(asked.criterion, asked.score, entry);
                }
                self.meet_point(&cell, asked, is_amount);
                for notice in cell.notices {
                    self.warning(asked.row, asked.column, text, notice);
                }
                Some(entry)
            }
            Err(rule) => {
                self.problem(asked.row, asked.column, text, rule);
                None
            }
        }
    }

    /// Remembers what a number shows about the points of this sheet, and that its own may stand for thousands.
    pub(super) fn meet_point(&mut self, cell: &Cell, asked: &Asked<'_>, is_amount: bool) {
        if cell.shows_decimal_point && self.written.is_none() {
            self.points.of(is_amount).settle();
        }
        if let Some(rule) = &cell.doubt {
            let text = text_of(asked.score);
            let problem = self.at(asked.row, asked.column, text, rule.clone());
            self.points.of(is_amount).add(problem);
        }
    }

    /// Refuses an amount that the workbook shows in another currency than the criterion's.
    fn wrong_currency(&mut self, asked: &Asked<'_>, criterion: &Criterion) -> bool {
        match criterion.kind() {
            Kind::Priced(priced) => self.shows_other_currency(asked, priced.currency()),
            Kind::Rated(_) | Kind::PassFail => false,
        }
    }

    /// Refuses an amount that the workbook shows in another currency than `own`.
    pub(super) fn shows_other_currency(&mut self, asked: &Asked<'_>, own: Option<&str>) -> bool {
        let said = self.money.of(asked.row, asked.column);
        let wrong = said.and_then(|said| amount::other_currency(said, own));
        if let Some(rule) = wrong {
            self.problem(asked.row, asked.column, text_of(asked.score), rule);
            return true;
        }
        false
    }

    /// Checks the score of an answer that cannot be kept.
    pub(in crate::sheets) fn check(
        &mut self,
        row: u32,
        column: usize,
        criterion: CriterionIndex,
        score: &[u8],
    ) {
        let nobody = usize::MAX;
        let asked = Asked {
            row,
            column,
            vendor: nobody,
            evaluator: nobody,
            criterion,
            score,
            comment: &[],
            comment_follows: false,
            has_reason: true,
        };
        let _unused = self.entry(&asked);
    }
}

/// Short score cells that were accepted without notice: a scale has few scores, a sheet many of each.
#[derive(Debug)]
pub(super) struct ScoreMemory {
    /// For each criterion, the first that takes the same cells.
    like: Vec<usize>,
    /// By those criteria; a cell has one place, where the last one of several stays.
    known: Vec<Vec<Option<(ScoreKey, EntryIndex)>>>,
}

impl ScoreMemory {
    /// The longest cell that is remembered.
    pub(super) const LONGEST: usize = 7;
    const PLACES: usize = 256;

    pub(super) fn new(set: &CriteriaSet) -> Self {
        let mut first: Vec<(usize, &Kind)> = Vec::new();
        let mut like = Vec::with_capacity(set.criteria().len());
        for (at, criterion) in set.criteria().iter().enumerate() {
            let kind = criterion.kind();
            let found = first.iter().find(|(_, known)| takes_the_same(known, kind));
            let found = found.map_or(at, |(known, _)| *known);
            if found == at {
                first.push((at, kind));
            }
            like.push(found);
        }
        Self {
            known: vec![Vec::new(); like.len()],
            like,
        }
    }

    pub(super) fn recall(&self, criterion: CriterionIndex, cell: &[u8]) -> Option<EntryIndex> {
        self.recall_key(criterion, Self::key(cell)?)
    }

    pub(super) fn recall_key(
        &self,
        criterion: CriterionIndex,
        key: ScoreKey,
    ) -> Option<EntryIndex> {
        let known = self.known.get(*self.like.get(criterion.position())?)?;
        let (text, entry) = (*known.get(Self::place(key))?)?;
        (text == key).then_some(entry)
    }

    fn keep(&mut self, criterion: CriterionIndex, cell: &[u8], entry: EntryIndex) {
        // In a row without quotes the score ahead would reach over the end of the row.
        if cell.iter().any(|byte| b"\r\n\"".contains(byte)) {
            return;
        }
        if let (Some(key), Some(like)) = (Self::key(cell), self.like.get(criterion.position()))
            && let Some(known) = self.known.get_mut(*like)
        {
            known.resize(Self::PLACES, None);
            if let Some(place) = known.get_mut(Self::place(key)) {
                *place = Some((key, entry));
            }
        }
    }

    /// Where a cell is remembered.
    fn place(key: ScoreKey) -> usize {
        let spread = key.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
        usize::try_from(spread).unwrap_or_default()
    }

    /// The key of a cell; `None` if it is too long.
    pub(super) fn key(cell: &[u8]) -> Option<ScoreKey> {
        let mut bytes = [0; 8];
        bytes.get_mut(..cell.len())?.copy_from_slice(cell);
        Self::key_of(u64::from_le_bytes(bytes), cell.len())
    }

    /// The key and the length of the cell that a text begins with, if it is short, a delimiter follows, and eight bytes are there.
    pub(super) fn ahead(text: &[u8], delimiter: u8) -> Option<(ScoreKey, usize)> {
        let eight = u64::from_le_bytes(*text.first_chunk()?);
        let length = usize::try_from(first_equal(eight, delimiter)?).ok()?;
        // Zeros stand where a cell does not reach to.
        let beyond = u64::MAX.checked_shl(u32::try_from(length).ok()?.saturating_mul(8))?;
        Some((Self::key_of(eight & !beyond, length)?, length))
    }

    fn key_of(bytes: u64, length: usize) -> Option<ScoreKey> {
        if length > Self::LONGEST {
            return None;
        }
        Some(ScoreKey(bytes << 8 | u64::try_from(length).ok()?))
    }
}

/// Up to seven bytes and their number in one integer.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScoreKey(u64);

/// Where the first of eight bytes, the lowest being 0, is that is equal to another.
///
/// A byte is zero if taking one from it borrows from its highest bit, which was not set: Warren, Hacker's Delight, 6-1. The
/// borrow can reach bytes above a zero, never below it.
fn first_equal(eight: u64, byte: u8) -> Option<u32> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    let differing = eight ^ LOW.wrapping_mul(u64::from(byte));
    let zero = differing.wrapping_sub(LOW) & !differing & (LOW << 7);
    (zero != 0).then(|| zero.trailing_zeros() / 8)
}

/// Whether every cell is to the one what it is to the other.
fn takes_the_same(one: &Kind, other: &Kind) -> bool {
    match (one, other) {
        (Kind::Rated(one), Kind::Rated(other)) => {
            one.scale() == other.scale()
                && one.allows_not_applicable() == other.allows_not_applicable()
        }
        (Kind::PassFail, Kind::PassFail) => true,
        (Kind::Rated(_) | Kind::Priced(_) | Kind::PassFail, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_score_ahead_is_the_cell_up_to_the_delimiter(text in "[0-9.,;n]{0,12}") {
            let ahead = ScoreMemory::ahead(text.as_bytes(), b';');
            let cell = text.split_once(';').map(|(cell, _)| cell);
            let cell = cell.filter(|cell| cell.len() <= ScoreMemory::LONGEST && text.len() >= 8);
            let expected = cell.and_then(|cell| Some((ScoreMemory::key(cell.as_bytes())?, cell.len())));
            proptest::prop_assert_eq!(ahead, expected);
        }

        #[test]
        fn two_cells_share_a_key_only_if_they_are_the_same(one in "[\\x000-3]{0,9}", other in "[\\x000-3]{0,9}") {
            let key = |cell: &str| ScoreMemory::key(cell.as_bytes());
            proptest::prop_assert_eq!(key(&one).is_some(), one.len() <= ScoreMemory::LONGEST);
            if key(&one).is_some() {
                proptest::prop_assert_eq!(key(&one) == key(&other), one == other);
            }
        }
    }
}
