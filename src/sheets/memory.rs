//! What the texts of a sheet stood for, so that each is looked into once.

use std::collections::HashMap;

use super::Rule;

/// Remembers what texts stood for, and tries the text after the last one first: sheets go through their names in order.
#[derive(Debug)]
pub(super) struct Memory<T> {
    seen: Vec<Seen<T>>,
    index: HashMap<Box<[u8]>, usize>,
    last: usize,
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
        }
    }
}

impl<T> Memory<T> {
    /// What a text stands for, if it is the last one, the one after it, or the first.
    pub(super) fn near(&self, bytes: &[u8]) -> Option<&T> {
        let place = self.place_near(|seen| *seen.text == *bytes)?;
        self.seen.get(place).map(|seen| &seen.meaning)
    }

    fn place_near(&self, is_it: impl Fn(&Seen<T>) -> bool) -> Option<usize> {
        let expected = [self.last, self.last.saturating_add(1), 0];
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
        self.last = at;
        self.seen.get(at).map(|seen| &seen.meaning)
    }

    /// Remembers where the last text stands, for the next one to be looked for from there.
    pub(super) fn was_at(&mut self, place: usize) {
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
            seen.is_plain && text.starts_with(&seen.text) && ends(text.get(seen.text.len()))
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
