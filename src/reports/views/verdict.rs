//! What each verdict asks, in the words of the page.

/// What a verdict asks.
pub(crate) struct Rule {
    pub(crate) word: &'static str,
    pub(crate) asks: String,
    pub(crate) holds: bool,
}

/// What each verdict asks, the first that holds being the verdict: its code, its word, its rule.
pub(super) fn rules(close_call: &str) -> [(&'static str, &'static str, String); 4] {
    [
        (
            "undecided",
            "undecided",
            "first place is not decided, or an open gate could change it".to_owned(),
        ),
        (
            "close-call",
            "close call",
            format!(
                "first place is shared, the lead is below {close_call}, or another vendor is first once one vendor or one evaluator is left out"
            ),
        ),
        (
            "firm",
            "firm",
            "none of these; no move of one weight lets another vendor be first, or only one that moves more than 10% of the whole weight; and it comes first in at least 95 of 100 draws of the weights within a quarter of the agreed ones"
                .to_owned(),
        ),
        ("probable", "probable", "anything else".to_owned()),
    ]
}
