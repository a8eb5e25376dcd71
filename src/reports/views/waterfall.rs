//! The shape of a waterfall: steps that lead from nothing to a difference, each beginning where the one before ends.

use crate::exact::{self, Fraction};

/// The width that bars may take, in percent; beside them stand the figures.
const WIDTH: i64 = 76;
/// How high a step is, in pixels: its name above its bar.
const STEP: usize = 46;

/// A waterfall, laid out in percent across and in pixels down.
pub(crate) struct Waterfall {
    pub(crate) height: usize,
    /// Where nothing stands.
    pub(crate) zero: String,
    pub(crate) steps: Vec<Fall>,
}

/// A step of a waterfall.
pub(crate) struct Fall {
    pub(crate) name: String,
    pub(crate) value: String,
    /// `for`, `against` or `sum`.
    pub(crate) kind: &'static str,
    pub(crate) start: String,
    pub(crate) width: String,
    /// Where the step ends and the next begins.
    pub(crate) end: String,
    pub(crate) name_at: usize,
    pub(crate) bar_at: usize,
    pub(crate) value_at: usize,
    pub(crate) below: usize,
    pub(crate) next: usize,
}

/// What a step is called, how large it is, and how that is printed.
pub(crate) struct StepOf {
    pub(crate) name: String,
    pub(crate) by: Fraction,
    pub(crate) value: String,
}

/// Lays out steps and their sum.
pub(crate) fn waterfall(steps: Vec<StepOf>, sum: StepOf) -> Waterfall {
    let mut at = Fraction::zero();
    let mut ends = vec![Fraction::zero(), sum.by.clone()];
    let mut spans = Vec::with_capacity(steps.len());
    for step in steps {
        let end = &at + &step.by;
        ends.push(end.clone());
        spans.push((at, end.clone(), step));
        at = end;
    }
    spans.push((Fraction::zero(), sum.by.clone(), sum));
    let least = ends.iter().min().cloned().unwrap_or_else(Fraction::zero);
    let most = ends.iter().max().cloned().unwrap_or_else(Fraction::zero);
    let scale = Scale {
        room: &most - &least,
        least,
    };
    let of_sum = spans.len().saturating_sub(1);
    Waterfall {
        height: spans.len().saturating_mul(STEP),
        zero: scale.place(&Fraction::zero()),
        steps: spans
            .into_iter()
            .enumerate()
            .map(|(position, (from, to, step))| {
                let kind = match step.by.is_negative() {
                    _ if position == of_sum => "sum",
                    true => "against",
                    false => "for",
                };
                fall(&scale, position, (&from, &to), step, kind)
            })
            .collect(),
    }
}

/// From differences to places across.
struct Scale {
    least: Fraction,
    room: Fraction,
}

impl Scale {
    fn across(&self, by: &Fraction) -> Fraction {
        let width = Fraction::whole(WIDTH);
        (by * &width)
            .over(&self.room)
            .unwrap_or_else(Fraction::zero)
    }

    fn place(&self, value: &Fraction) -> String {
        exact::fixed(&self.across(&(value - &self.least)), exact::PLACES)
    }
}

fn fall(
    scale: &Scale,
    position: usize,
    (from, to): (&Fraction, &Fraction),
    step: StepOf,
    kind: &'static str,
) -> Fall {
    let (low, high) = if from < to { (from, to) } else { (to, from) };
    let top = position.saturating_mul(STEP);
    Fall {
        name: step.name,
        value: step.value,
        kind,
        start: scale.place(low),
        width: exact::fixed(&scale.across(&(high - low)), exact::PLACES),
        end: scale.place(to),
        name_at: top.saturating_add(13),
        bar_at: top.saturating_add(19),
        value_at: top.saturating_add(32),
        below: top.saturating_add(35),
        next: top.saturating_add(STEP).saturating_add(19),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(by: i64) -> StepOf {
        StepOf {
            name: "X".to_owned(),
            by: Fraction::whole(by),
            value: by.to_string(),
        }
    }

    #[test]
    fn every_step_begins_where_the_one_before_ends() {
        let laid = waterfall(vec![step(24), step(-8)], step(16));
        let spans: Vec<(&str, &str, &str)> = laid
            .steps
            .iter()
            .map(|fall| (fall.start.as_str(), fall.width.as_str(), fall.kind))
            .collect();
        assert_eq!(
            spans,
            [
                ("0.00", "76.00", "for"),
                ("50.67", "25.33", "against"),
                ("0.00", "50.67", "sum")
            ]
        );
        assert_eq!((laid.zero.as_str(), laid.height), ("0.00", 138));
    }

    #[test]
    fn nothing_at_all_has_no_width() {
        let laid = waterfall(Vec::new(), step(0));
        assert_eq!(laid.steps[0].width, "0.00");
    }
}
