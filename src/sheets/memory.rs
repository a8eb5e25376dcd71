//! What the texts of a sheet stood for, so that each is looked into once.

use std::collections::HashMap;

use crate::table::Delimiter;

use super::Rule;

/// Remembers what texts stood for, and tries the text after the last one first: sheets go through their names in order.
#[derive(Debug)]
pub(super) struct Memory<T> {
    delimiter: u8,
    seen: Vec<Seen<T>>,
    index: HashMap<Box<[u8]>, usize>,
    last: usize,
    /// How far the last one stood behind the one before: 0 or 1.
    step: usize,
}

#[derive(Debug)]
struct Seen<T> {
    text: Box<[u8]>,
    /// Whether it can stand in a row without quotes.
    is_plain: bool,
    /// How a cell with it begins a text, with the delimiter behind it; `None` if it is long, or cannot stand so.
    cell: Option<ShortCell>,
    meaning: T,
}

/// A cell with its delimiter, as four integers, each under the mask of those bytes that belong to it.
#[derive(Debug, Clone, Copy)]
struct ShortCell {
    words: [u64; 4],
    masks: [u64; 4],
}

impl ShortCell {
    /// How many bytes of a text are compared.
    const BYTES: usize = 32;

    fn new(text: &[u8], delimiter: u8) -> Option<Self> {
        let mut bytes = [0; Self::BYTES];
        let mut mask = [0; Self::BYTES];
        let (cell, _) = bytes.split_at_mut_checked(text.len().saturating_add(1))?;
        let (last, before) = cell.split_last_mut()?;
        before.copy_from_slice(text);
        *last = delimiter;
        mask.iter_mut()
            .take(cell.len())
            .for_each(|byte| *byte = u8::MAX);
        Some(Self {
            words: words(&bytes),
            masks: words(&mask),
        })
    }

    fn begins(&self, text: &[u64; 4]) -> bool {
        let parts = self.words.iter().zip(&self.masks).zip(text);
        parts.fold(0, |differs, ((word, mask), text)| {
            differs | (word ^ text) & mask
        }) == 0
    }
}

/// Four integers of eight bytes.
fn words(bytes: &[u8; ShortCell::BYTES]) -> [u64; 4] {
    let mut words = [0; 4];
    for (word, eight) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *word = u64::from_le_bytes(*eight);
    }
    words
}

/// A cell that was met before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met<T> {
    pub place: usize,
    pub length: usize,
    pub meaning: T,
}

/// Whether a text begins with a word. In long sheets this is asked for several cells of every row: eight bytes are compared at
/// once, the last ones first, since names in a row often differ there only.
pub(super) fn begins_with(text: &[u8], word: &[u8]) -> bool {
    let Some(text) = text.get(..word.len()) else {
        return false;
    };
    match (text.last_chunk::<8>(), word.last_chunk::<8>()) {
        (Some(end), Some(word_end)) => {
            let (eights, _) = text.as_chunks::<8>();
            let (word_eights, _) = word.as_chunks::<8>();
            u64::from_ne_bytes(*end) == u64::from_ne_bytes(*word_end)
                && eights
                    .iter()
                    .zip(word_eights)
                    .all(|(one, other)| u64::from_ne_bytes(*one) == u64::from_ne_bytes(*other))
        }
        _ => text.iter().zip(word).all(|(one, other)| one == other),
    }
}

impl<T> Memory<T> {
    /// Of the cells of a sheet with this delimiter.
    pub(super) fn new(delimiter: Delimiter) -> Self {
        Self {
            delimiter: delimiter.byte(),
            seen: Vec::new(),
            index: HashMap::new(),
            last: 0,
            step: 0,
        }
    }

    /// What a text stands for, if it is the last one, the one after it, or the first.
    pub(super) fn near(&self, bytes: &[u8]) -> Option<&T> {
        let place = self.place_near(|seen| *seen.text == *bytes)?;
        self.seen.get(place).map(|seen| &seen.meaning)
    }

    fn place_near(&self, is_it: impl Fn(&Seen<T>) -> bool) -> Option<usize> {
        let beside = |step| self.last.saturating_add(step);
        let expected = [
            beside(self.step),
            beside(1_usize.saturating_sub(self.step)),
            0,
        ];
        let is_there = |place: &usize| self.seen.get(*place).is_some_and(&is_it);
        expected.into_iter().find(is_there)
    }

    /// What a text stands for, found out once by `resolve`.
    pub(super) fn get(&mut self, bytes: &[u8], resolve: impl FnOnce(&str) -> T) -> Option<&T> {
        let at = if let Some(at) = self.place_near(|seen| *seen.text == *bytes) {
            at
        } else if let Some(&at) = self.index.get(bytes) {
            at
        } else {
            let meaning = resolve(str::from_utf8(bytes).unwrap_or_default());
            let is_plain = !bytes.iter().any(|byte| b",;\t|\"\n\r".contains(byte));
            let cell = ShortCell::new(bytes, self.delimiter);
            self.seen.push(Seen {
                text: bytes.into(),
                is_plain,
                cell: cell.filter(|_| is_plain),
                meaning,
            });
            self.index
                .insert(bytes.into(), self.seen.len().saturating_sub(1));
            self.seen.len().saturating_sub(1)
        };
        self.was_at(at);
        self.seen.get(at).map(|seen| &seen.meaning)
    }

    /// Remembers where the last text stands, for the next one to be looked for from there.
    pub(super) fn was_at(&mut self, place: usize) {
        self.step = match place.checked_sub(self.last) {
            Some(step @ (0 | 1)) => step,
            Some(_) | None => self.step,
        };
        self.last = place;
    }
}

impl<T: Copy> Memory<Result<T, Rule>> {
    /// The cell at the beginning of a text, if it stood for something before. `ends` tells whether a cell ends before a byte,
    /// `cell` cuts one off.
    pub(super) fn ahead<'t>(
        &self,
        text: &'t [u8],
        is_last: bool,
        ends: impl Fn(Option<&u8>) -> bool,
        cell: impl Fn(&'t [u8]) -> Option<&'t [u8]>,
    ) -> Option<Met<T>> {
        let short = text.first_chunk().map(words);
        let is_short = |seen: &Seen<_>| {
            let cell = seen.cell.as_ref().zip(short.as_ref());
            cell.is_some_and(|(cell, text)| cell.begins(text))
        };
        if !is_last && let Some(place) = self.place_near(is_short) {
            return self.met(place);
        }
        let is_ahead = |seen: &Seen<_>| {
            seen.is_plain && begins_with(text, &seen.text) && ends(text.get(seen.text.len()))
        };
        let place = match self.place_near(is_ahead) {
            Some(place) => place,
            None => *self.index.get(cell(text)?)?,
        };
        self.met(place)
    }

    fn met(&self, place: usize) -> Option<Met<T>> {
        let seen = self.seen.get(place)?;
        Some(Met {
            place,
            length: seen.text.len(),
            meaning: *seen.meaning.as_ref().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &[u8]) -> Option<&[u8]> {
        text.split(|byte| *byte == b',').next()
    }

    #[test]
    fn names_are_found_in_order_again_and_from_the_first_on() {
        let mut memory: Memory<Result<usize, Rule>> = Memory::new(Delimiter::Comma);
        let names = ["Evaluator 00", "Evaluator 01", "Ben", "Evaluator 10"];
        for (at, name) in names.iter().enumerate() {
            memory.get(name.as_bytes(), |_| Ok(at));
        }
        let ends = |next: Option<&u8>| next == Some(&b',');
        for name in [0, 1, 2, 3, 0, 0, 2, 1, 1, 3].map(|at| names[at]) {
            for rest in [
                "4",
                "4,and a text that is longer than what is compared at once",
            ] {
                let row = format!("{name},{rest}");
                let met = memory.ahead(row.as_bytes(), false, ends, cell).unwrap();
                assert_eq!((names[met.meaning], met.length), (name, name.len()));
                memory.was_at(met.place);
            }
        }
        for unknown in [
            "Evaluator 0,4",
            "Evaluator 000,4",
            "Evaluator 00;4",
            ",Ben,4",
        ] {
            let long = format!("{unknown}{}", ",".repeat(40));
            for row in [unknown, &long] {
                assert!(
                    memory.ahead(row.as_bytes(), false, ends, cell).is_none(),
                    "{row}"
                );
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn a_short_cell_begins_what_begins_with_it_and_its_delimiter(word in "[ab]{0,33}", text in "[ab;]{32,40}") {
            let cell = ShortCell::new(word.as_bytes(), b';');
            proptest::prop_assert_eq!(cell.is_some(), word.len() < ShortCell::BYTES);
            if let Some(cell) = cell {
                for text in [text.clone(), format!("{word}{text}"), format!("{word};{text}")] {
                    let begins = cell.begins(&words(text.as_bytes().first_chunk().unwrap()));
                    proptest::prop_assert_eq!(begins, text.starts_with(&format!("{word};")));
                }
            }
        }

        #[test]
        fn a_text_begins_with_a_word_as_any_text_does(text in "[ab]{0,30}", word in "[ab]{0,20}") {
            let begins = |word: &str| begins_with(text.as_bytes(), word.as_bytes());
            proptest::prop_assert_eq!(begins(&word), text.starts_with(&word));
            let half = &text[..text.len() / 2];
            let longer = [text.as_str(), "a"].concat();
            proptest::prop_assert!(begins(half) && begins(&text) && !begins(&longer));
        }
    }
}
