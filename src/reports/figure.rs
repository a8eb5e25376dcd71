//! Exact values as they are printed, one column at a time.

use crate::exact::{self, Fraction};
use crate::scoring::Bounds;

/// A number as printed, with the exact fraction it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) text: String,
    pub(super) exact: Fraction,
}

/// A value as printed: known, or between a low and a high.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Figure {
    /// The value, if nothing missing can move it.
    pub(super) known: Option<Number>,
    /// The least it can be. Absent where nothing is known, and by [`Ends::WhereOpen`] where the value is.
    pub(super) low: Option<Number>,
    /// The most it can be, absent like `low`.
    pub(super) high: Option<Number>,
}

/// For which values a column's ends are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// For all of them.
    Always,
    /// Only where low and high differ.
    WhereOpen,
}

impl Figure {
    /// The value as printed, `None` while it is open.
    pub(super) fn text(&self) -> Option<&str> {
        self.known.as_ref().map(|number| number.text.as_str())
    }

    /// The value for a reader: `83.25`, `60.00 to 100.00`, or a dash.
    pub(super) fn shown(&self) -> String {
        match (&self.known, &self.low, &self.high) {
            (Some(known), _, _) => known.text.clone(),
            (None, Some(low), Some(high)) => format!("{} to {}", low.text, high.text),
            _ => "–".to_owned(),
        }
    }

    /// The value for a reader, as a percentage.
    pub(super) fn shown_percent(&self) -> String {
        match (&self.known, &self.low) {
            (None, None) => self.shown(),
            _ => format!("{}%", self.shown()),
        }
    }
}

/// Prints one column of numbers.
pub(super) fn numbers(column: &[Option<Fraction>]) -> Vec<Option<Number>> {
    let values: Vec<Option<&Fraction>> = column.iter().map(Option::as_ref).collect();
    let texts = exact::column(&values);
    let printed = texts.into_iter().zip(values);
    printed
        .map(|(text, value)| {
            Some(Number {
                text: text?,
                exact: value?.clone(),
            })
        })
        .collect()
}

/// Prints one column of values: what is known, what they can be at least, and at most, each a column of its own.
pub(super) fn figures(column: &[Option<Bounds>], ends: Ends) -> Vec<Figure> {
    let end = |pick: fn(&Bounds) -> &Fraction| -> Vec<Option<Number>> {
        let values: Vec<Option<Fraction>> = column
            .iter()
            .map(|bounds| {
                let bounds = bounds.as_ref()?;
                let wanted = ends == Ends::Always || bounds.exact().is_none();
                wanted.then(|| pick(bounds).clone())
            })
            .collect();
        numbers(&values)
    };
    let known: Vec<Option<Fraction>> = column
        .iter()
        .map(|bounds| bounds.as_ref()?.exact().cloned())
        .collect();
    let lows = end(|bounds| &bounds.low);
    let highs = end(|bounds| &bounds.high);
    numbers(&known)
        .into_iter()
        .zip(lows.into_iter().zip(highs))
        .map(|(known, (low, high))| Figure { known, low, high })
        .collect()
}

/// Bounds times 100: parts of one as percent.
pub(super) fn percent(bounds: &Bounds) -> Bounds {
    Bounds {
        low: bounds.low.percent(),
        high: bounds.high.percent(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(numerator: i64, denominator: i64) -> Fraction {
        Fraction::new(numerator, denominator).unwrap()
    }

    fn open(low: i64, high: i64) -> Bounds {
        Bounds {
            low: Fraction::whole(low),
            high: Fraction::whole(high),
        }
    }

    #[test]
    fn a_known_value_prints_once_and_an_open_one_as_its_two_ends() {
        let column = [
            Some(Bounds::exactly(Fraction::whole(72))),
            Some(open(60, 100)),
            None,
        ];
        let printed = figures(&column, Ends::WhereOpen);
        let shown: Vec<String> = printed.iter().map(Figure::shown).collect();
        assert_eq!(shown, ["72.00", "60.00 to 100.00", "–"]);
        let known = printed[0].known.as_ref().unwrap();
        assert_eq!(known.exact, Fraction::whole(72));
        assert_eq!(printed[0].low, None);
        assert_eq!(printed[1].text(), None);
    }

    #[test]
    fn ends_that_are_always_printed_repeat_the_known_value() {
        let printed = figures(&[Some(Bounds::exactly(Fraction::whole(72)))], Ends::Always);
        assert_eq!(printed[0].low, printed[0].known);
        assert_eq!(printed[0].high, printed[0].known);
    }

    #[test]
    fn unequal_values_of_a_column_never_print_alike() {
        let close = [
            Some(Bounds::exactly(fraction(1, 3))),
            Some(Bounds::exactly(fraction(333, 1000))),
        ];
        let printed = figures(&close, Ends::WhereOpen);
        assert_eq!(printed[0].text(), Some("0.3333"));
        assert_eq!(printed[1].text(), Some("0.3330"));
    }
}
