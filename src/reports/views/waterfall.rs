//! The shape of a waterfall: steps that lead from nothing to a difference, each beginning where the one before ends.

use crate::exact::Fraction;

/// A waterfall, laid out in parts of its width.
pub(crate) struct Waterfall {
    /// Where nothing stands.
    pub(crate) zero: Fraction,
    pub(crate) steps: Vec<Fall>,
}

/// A step of a waterfall.
pub(crate) struct Fall {
    pub(crate) name: String,
    pub(crate) value: String,
    /// `for`, `against` or `sum`.
    pub(crate) kind: &'static str,
    pub(crate) start: Fraction,
    pub(crate) width: Fraction,
    /// Where the step ends and the next begins.
    pub(crate) end: Fraction,
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
                fall(&scale, (&from, &to), step, kind)
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
        by.over(&self.room).unwrap_or_else(Fraction::zero)
    }

    fn place(&self, value: &Fraction) -> Fraction {
        self.across(&(value - &self.least))
    }
}

fn fall(
    scale: &Scale,
    (from, to): (&Fraction, &Fraction),
    step: StepOf,
    kind: &'static str,
) -> Fall {
    let (low, high) = if from < to { (from, to) } else { (to, from) };
    Fall {
        name: step.name,
        value: step.value,
        kind,
        start: scale.place(low),
        width: scale.across(&(high - low)),
        end: scale.place(to),
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
        let third = |count: i64| Fraction::new(count, 3).unwrap();
        let spans: Vec<(Fraction, Fraction, &str)> = laid
            .steps
            .iter()
            .map(|fall| (fall.start.clone(), fall.width.clone(), fall.kind))
            .collect();
        assert_eq!(
            spans,
            [
                (third(0), third(3), "for"),
                (third(2), third(1), "against"),
                (third(0), third(2), "sum")
            ]
        );
        assert_eq!(laid.zero, third(0));
    }

    #[test]
    fn nothing_at_all_has_no_width() {
        let laid = waterfall(Vec::new(), step(0));
        assert_eq!(laid.steps[0].width, Fraction::zero());
    }
}
