//! The sentences above a result.

use crate::reports::published::Published;
use crate::scoring::ResultStatus;

use super::{Addresses, Words, words};

/// The sentences above a result.
pub(crate) struct StoryView<'a> {
    pub(crate) headline: Vec<Words<'a>>,
    pub(crate) because: Option<Vec<Words<'a>>>,
    pub(crate) missing: Vec<Vec<Words<'a>>>,
    pub(crate) notices: Vec<Vec<Words<'a>>>,
    /// Whether nothing that is missing can change a rank.
    pub(crate) is_final: bool,
}

pub(crate) fn story<'a>(published: &'a Published<'a>, addresses: &dyn Addresses) -> StoryView<'a> {
    let story = &published.story;
    let told = |sentence| words(sentence, addresses);
    StoryView {
        headline: told(&story.headline),
        because: story.because.as_ref().map(told),
        missing: story.missing.iter().map(told).collect(),
        notices: published
            .notices
            .iter()
            .map(|notice| told(&notice.message))
            .collect(),
        is_final: published.status == ResultStatus::Final,
    }
}
