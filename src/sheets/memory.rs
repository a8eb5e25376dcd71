//! What the texts of a sheet stood for, so that each is looked into once.

use std::collections::HashMap;

use super::Rule;

/// Remembers what texts stood for, and tries the text after the last one first: sheets go through their names in order.
#[derive(Debug)]
pub(super) struct Memory<T> {
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
    meaning: T,
}

/// A cell that was met before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met<T> {
    pub place: usize,
    pub length: usize,
    pub meaning: T,
}

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self {
            seen: Vec::new(),
            index: HashMap::new(),
            last: 0,
            step: 0,
        }
    }
}

/// Whether a text begins with a word. In long sheets this is asked for several cells of every row: eight bytes are compared at
/// once, the last ones first, since names in a row often differ there only.
fn begins_with(text: &[u8], word: &[u8]) -> bool {
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
            self.seen.push(Seen {
                text: bytes.into(),
                is_plain: !bytes.iter().any(|byte| b",;\t|\"\n\r".contains(byte)),
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
        ends: impl Fn(Option<&u8>) -> bool,
        cell: impl Fn(&'t [u8]) -> Option<&'t [u8]>,
    ) -> Option<Met<T>> {
        let is_ahead = |seen: &Seen<_>| {
            seen.is_plain && begins_with(text, &seen.text) && ends(text.get(seen.text.len()))
        };
        let place = match self.place_near(is_ahead) {
            Some(place) => place,
            None => *self.index.get(cell(text)?)?,
        };
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
        let mut memory: Memory<Result<usize, Rule>> = Memory::default();
        let names = ["Evaluator 00", "Evaluator 01", "Ben", "Evaluator 10"];
        for (at, name) in names.iter().enumerate() {
            memory.get(name.as_bytes(), |_| Ok(at));
        }
        let ends = |next: Option<&u8>| next == Some(&b',');
        for name in [0, 1, 2, 3, 0, 0, 2, 1, 1, 3].map(|at| names[at]) {
            let row = format!("{name},4");
            let met = memory.ahead(row.as_bytes(), ends, cell).unwrap();
            assert_eq!((names[met.meaning], met.length), (name, name.len()));
            memory.was_at(met.place);
        }
        assert!(memory.ahead(b"Evaluator 0,4", ends, cell).is_none());
    }

    proptest::proptest! {
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
