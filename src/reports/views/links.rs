//! Where the words of a result lead.

use crate::evaluation::Origin;
use crate::reports::sentence::{About, Sentence};

/// The addresses of one place that shows results.
pub(crate) trait Addresses {
    /// Where something is told in detail; `None` if nowhere.
    fn of(&self, about: About) -> Option<String>;

    /// Where the cell of a sheet is shown; `None` if nowhere.
    fn cell(&self, origin: Origin) -> Option<String>;
}

/// A document that leads nowhere.
pub(crate) struct Nowhere;

impl Addresses for Nowhere {
    fn of(&self, _: About) -> Option<String> {
        None
    }

    fn cell(&self, _: Origin) -> Option<String> {
        None
    }
}

/// Some words, and where they lead.
pub(crate) struct Words<'a> {
    pub(crate) text: &'a str,
    pub(crate) href: Option<String>,
    /// Whether figures stand in it, to be written as the reader does.
    pub(crate) is_figure: bool,
}

/// A sentence in words that lead somewhere.
pub(crate) fn words<'a>(sentence: &'a Sentence, addresses: &dyn Addresses) -> Vec<Words<'a>> {
    let parts = sentence.parts().iter();
    parts
        .map(|part| Words {
            text: &part.text,
            href: part.about.and_then(|about| addresses.of(about)),
            is_figure: part.is_figure,
        })
        .collect()
}

/// Some words that are kept, and where they lead.
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
    /// Whether figures stand in it, to be written as the reader does.
    pub(crate) is_figure: bool,
}

/// A sentence made for one place.
pub(crate) fn said(sentence: Sentence, addresses: &dyn Addresses) -> Vec<Said> {
    let parts = sentence.into_parts().into_iter();
    parts
        .map(|part| Said {
            href: part.about.and_then(|about| addresses.of(about)),
            is_figure: part.is_figure,
            text: part.text,
        })
        .collect()
}
