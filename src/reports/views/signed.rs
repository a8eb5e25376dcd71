//! Differences as a reader sees them, with their sign.

use crate::reports::figure::Figure;

/// A printed number with its sign: `+1.25`, `−0.40`, and `0.00` as it is.
pub(in crate::reports) fn signed(text: &str) -> String {
    match text.strip_prefix('-') {
        Some(rest) => format!("−{rest}"),
        None if is_nothing(text) => text.to_owned(),
        None => format!("+{text}"),
    }
}

/// A difference that is known, or between two ends: `−3.00 to +5.00`.
pub(in crate::reports) fn signed_figure(figure: &Figure) -> String {
    match (&figure.known, &figure.low, &figure.high) {
        (Some(known), _, _) => signed(&known.text),
        (None, Some(low), Some(high)) => {
            format!("{} to {}", signed(&low.text), signed(&high.text))
        }
        _ => figure.shown(),
    }
}

/// Whether a printed number prints as nothing.
fn is_nothing(text: &str) -> bool {
    !text
        .chars()
        .any(|letter| letter.is_ascii_digit() && letter != '0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_says_in_whose_favour_it_is() {
        let told = ["1.25", "-0.40", "0.00", "100.00"].map(signed);
        assert_eq!(told, ["+1.25", "−0.40", "0.00", "+100.00"]);
    }
}
