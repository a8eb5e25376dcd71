//! How texts are compared when they name something.
//!
//! Two names are the same after trimming, joining inner white space, NFC and full case folding. Names that are the same
//! only after more than that (compatibility forms, look-alike letters) are never silently merged nor silently kept
//! apart: they are *confusable*, and a person decides.

use std::collections::HashMap;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

use super::invisible::described;

/// The most characters a name may have.
pub const MAX_NAME_CHARS: usize = 200;

/// A name as first written (trimmed, inner white space joined) with the key it is compared by.
#[derive(Debug, Clone)]
pub struct Name {
    shown: Box<str>,
    key: Box<str>,
}

/// Why a text cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameError {
    /// Nothing but white space.
    #[error("the name is empty")]
    Empty,
    /// More than [`MAX_NAME_CHARS`] characters.
    #[error("the name is longer than 200 characters")]
    TooLong,
    /// A character that cannot be seen, so that two names could look the same and differ.
    #[error("the name contains the invisible character {}; delete it", described(*.0))]
    Invisible(char),
}

impl Name {
    /// Takes a text as a name.
    ///
    /// # Errors
    /// [`NameError`] if it is empty, too long or contains invisible characters.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let shown = words.join(" ");
        if shown.is_empty() {
            return Err(NameError::Empty);
        }
        if let Some(hidden) = shown.chars().find(|&letter| is_invisible(letter)) {
            return Err(NameError::Invisible(hidden));
        }
        if shown.chars().count() > MAX_NAME_CHARS {
            return Err(NameError::TooLong);
        }
        let key = fold(&shown).into();
        Ok(Self {
            shown: shown.into(),
            key,
        })
    }

    /// The name as first written.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What the name is compared by.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Name {}

/// Trims, joins inner white space, and applies NFC and full case folding.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let words: Vec<&str> = text.split_whitespace().collect();
        return words.join(" ").to_ascii_lowercase();
    }
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let composed: String = joined.nfc().collect();
    caseless::default_case_fold_str(&composed).nfc().collect()
}

/// What a name looks like: its skeleton (Unicode TS 39) after NFKC, before and after folding the case.
fn looks(name: &Name) -> [String; 2] {
    let look = |text: &str| {
        let compatible: String = text.nfkc().collect();
        fold(&skeleton(&compatible).collect::<String>())
    };
    [look(&name.shown), look(&name.key)]
}

/// Controls, format characters, joiners, bidirectional marks and fillers: what a reader cannot see.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Names in the order they came, found again by key or by look.
#[derive(Debug, Clone, Default)]
pub struct NameList {
    names: Vec<Name>,
    by_key: HashMap<Box<str>, usize>,
    by_look: HashMap<String, usize>,
}

/// What a name that is not in a list has to do with those that are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotListed {
    /// It looks like the name at this index, but is another.
    Confusable(usize),
    /// Nothing in the list is or looks like it.
    Unknown,
}

impl NameList {
    /// The index of a name.
    ///
    /// # Errors
    /// [`NotListed`] if it is not in the list.
    pub fn find(&self, name: &Name) -> Result<usize, NotListed> {
        if let Some(&index) = self.by_key.get(name.key()) {
            return Ok(index);
        }
        if self.names.is_empty() {
            return Err(NotListed::Unknown);
        }
        let alike = self.looking_like(&looks(name));
        Err(alike.map_or(NotListed::Unknown, NotListed::Confusable))
    }

    /// The index of a name, which is added at the end if it is new.
    ///
    /// # Errors
    /// The index of the listed name that this one looks like without being it.
    pub fn find_or_add(&mut self, name: &Name) -> Result<usize, usize> {
        if let Some(&index) = self.by_key.get(name.key()) {
            return Ok(index);
        }
        let looks = looks(name);
        match self.looking_like(&looks) {
            Some(index) => Err(index),
            None => Ok(self.add(name.clone(), looks)),
        }
    }

    fn looking_like(&self, looks: &[String; 2]) -> Option<usize> {
        looks
            .iter()
            .find_map(|look| self.by_look.get(look))
            .copied()
    }

    fn add(&mut self, name: Name, looks: [String; 2]) -> usize {
        let index = self.names.len();
        for look in looks {
            self.by_look.entry(look).or_insert(index);
        }
        self.by_key.insert(name.key.clone(), index);
        self.names.push(name);
        index
    }

    /// The name at an index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Name> {
        self.names.get(index)
    }

    /// All names, in the order they came.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no name yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The listed name nearest to a text, for "did you mean"; `None` if nothing is near.
    #[must_use]
    pub fn nearest(&self, text: &str) -> Option<&Name> {
        nearest(text, &self.names, Name::key)
    }
}

/// The candidate whose text is most like `text` (folded, Damerau-Levenshtein), if any is alike at all.
pub fn nearest<'a, T: Copy>(
    text: &str,
    candidates: impl IntoIterator<Item = T>,
    text_of: impl Fn(T) -> &'a str,
) -> Option<T> {
    const CANDIDATES: usize = 2_000;
    let folded = fold(text);
    let allowed = (folded.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .take(CANDIDATES)
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&folded, &fold(text_of(candidate)));
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    #[test]
    fn case_and_white_space_do_not_make_another_name() {
        assert_eq!(name(" Acme   Desk "), name("ACME desk"));
        assert_eq!(name("Straße"), name("STRASSE"));
        assert_eq!(name("Cafe\u{301}"), name("CAFÉ"));
        assert_eq!(name(" Acme\u{a0}\n Desk ").shown(), "Acme Desk");
    }

    #[test]
    fn invisible_characters_are_refused_by_name() {
        assert_eq!(
            Name::parse("Ivan\u{200b}ti"),
            Err(NameError::Invisible('\u{200b}'))
        );
        assert_eq!(
            Name::parse("Ac\u{202e}me").unwrap_err().to_string(),
            "the name contains the invisible character U+202E RIGHT-TO-LEFT OVERRIDE; delete it"
        );
        assert_eq!(Name::parse("  "), Err(NameError::Empty));
        assert_eq!(Name::parse(&"x".repeat(201)), Err(NameError::TooLong));
        assert!(Name::parse(&"x".repeat(200)).is_ok());
    }

    #[test]
    fn look_alikes_are_neither_merged_nor_kept_apart() {
        let mut list = NameList::default();
        assert_eq!(list.find_or_add(&name("Ivanti")), Ok(0));
        for alike in ["Iv\u{430}nti", "lvanti", "\u{ff29}vanti"] {
            assert_eq!(list.find_or_add(&name(alike)), Err(0), "{alike}");
        }
        assert_eq!(list.find_or_add(&name("IVANTI")), Ok(0));
        assert_eq!(list.find_or_add(&name("Avanti")), Ok(1));
    }

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let mut list = NameList::default();
        list.find_or_add(&name("ServiceHub")).unwrap();
        assert_eq!(list.nearest("Servicehab").unwrap().shown(), "ServiceHub");
        assert!(list.nearest("Acme").is_none());
    }
}
