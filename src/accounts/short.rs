//! Short texts of plain letters that are copied like numbers, so that who acts can be handed around freely.

/// The most bytes of such a text.
pub(super) const MOST: usize = 40;

/// A short text of ASCII letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Short {
    /// Filled up with zeros, so that the order is that of the texts.
    bytes: [u8; MOST],
    length: u8,
}

impl Short {
    /// Takes a text; `None` if it is too long or has other letters than ASCII.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; MOST];
        bytes
            .get_mut(..text.len())
            .filter(|_| text.is_ascii())?
            .copy_from_slice(text.as_bytes());
        let length = u8::try_from(text.len()).ok()?;
        Some(Self { bytes, length })
    }

    /// The text.
    pub(super) fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length));
        bytes
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_comes_back_and_others_are_none() {
        for text in ["", "ana", &"x".repeat(MOST)] {
            assert_eq!(Short::new(text).unwrap().as_str(), text);
        }
        assert!(Short::new(&"x".repeat(MOST + 1)).is_none());
        assert!(Short::new("é").is_none());
    }

    #[test]
    fn short_texts_are_ordered_as_texts_are() {
        let mut texts = ["b", "ab", "a", "abc"].map(|text| Short::new(text).unwrap());
        texts.sort_unstable();
        assert_eq!(
            texts.map(|text| text.as_str().to_owned()),
            ["a", "ab", "abc", "b"]
        );
    }
}
