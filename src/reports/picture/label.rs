//! Where labels stand so that none lies on another.

use super::Sentence;

/// How wide a letter is about, in pixels.
const LETTER: i64 = 7;
/// How many letters of a name with its total stand beside the field of a picture that is as narrow as they get.
const ROOM: usize = 40;

/// A text cut to so many letters.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A vendor beside a line of its totals: the total next to the line, the name outside. What the total takes is not left for the
/// name.
pub(super) fn beside(name: &str, total: &str, is_right: bool) -> Sentence {
    let room = ROOM.saturating_sub(total.chars().count()).max(8);
    let name = cut(name, room);
    if is_right {
        Sentence::default().figure(total).say(format!(" {name}"))
    } else {
        Sentence::of(format!("{name} ")).figure(total)
    }
}

/// The number of a vendor beside a line of its totals, where its name has no room: with the total, unless that is a range.
pub(super) fn numbered(number: usize, total: &str, is_right: bool) -> Sentence {
    let total = if total.chars().count() > 8 { "" } else { total };
    match (total, is_right) {
        ("", _) => Sentence::of(number.to_string()),
        (total, true) => Sentence::default().figure(total).say(format!("  {number}")),
        (total, false) => Sentence::of(format!("{number}  ")).figure(total),
    }
}

/// Places as near to those wanted as can be, at least so far apart, from the top down; beyond the bottom if they are too many.
pub(super) fn apart(wanted: &[i64], gap: i64, (top, bottom): (i64, i64)) -> Vec<i64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&at| wanted.get(at).copied().unwrap_or(0));
    let mut placed: Vec<i64> = Vec::with_capacity(order.len());
    for &at in &order {
        let wanted = wanted.get(at).copied().unwrap_or(0).max(top);
        let least = placed.last().map_or(top, |last| last.saturating_add(gap));
        placed.push(wanted.max(least));
    }
    let mut below = bottom;
    for (at, place) in placed.iter_mut().enumerate().rev() {
        let above = i64::try_from(at).unwrap_or(0).saturating_mul(gap);
        *place = (*place).min(below).max(top.saturating_add(above));
        below = place.saturating_sub(gap);
    }
    let mut back = vec![0; wanted.len()];
    for (at, place) in order.into_iter().zip(placed) {
        if let Some(slot) = back.get_mut(at) {
            *slot = place;
        }
    }
    back
}

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

impl Area {
    fn overlap(self, other: Self) -> i64 {
        let along = |from: i64, length: i64, start: i64, size: i64| {
            let end = from.saturating_add(length).min(start.saturating_add(size));
            end.saturating_sub(from.max(start)).max(0)
        };
        along(self.left, self.width, other.left, other.width).saturating_mul(along(
            self.top,
            self.height,
            other.top,
            other.height,
        ))
    }

    /// How much of it lies outside.
    fn outside(self, field: Self) -> i64 {
        let all = self.width.saturating_mul(self.height);
        all.saturating_sub(self.overlap(field))
    }
}

/// A label beside its dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beside {
    pub(super) dx: i64,
    pub(super) dy: i64,
    pub(super) anchor: &'static str,
}

/// How high a label is, in pixels.
const HIGH: i64 = 16;
/// Where a label may stand beside its dot, the best first.
const PLACES: [Beside; 10] = [
    at_side(11, 4, "start"),
    at_side(-11, 4, "end"),
    at_side(0, -12, "middle"),
    at_side(0, 22, "middle"),
    at_side(11, -10, "start"),
    at_side(-11, -10, "end"),
    at_side(11, 20, "start"),
    at_side(-11, 20, "end"),
    at_side(0, -28, "middle"),
    at_side(0, 38, "middle"),
];

const fn at_side(dx: i64, dy: i64, anchor: &'static str) -> Beside {
    Beside { dx, dy, anchor }
}

/// A line between two dots as areas that no label should cover.
pub(super) fn along((from_x, from_y): (i64, i64), (to_x, to_y): (i64, i64)) -> Vec<Area> {
    const STEPS: i64 = 40;
    let between = |from: i64, to: i64, step: i64| {
        let part = to.saturating_sub(from).saturating_mul(step);
        from.saturating_add(part.div_euclid(STEPS))
    };
    let areas = (0..=STEPS).map(|step| Area {
        left: between(from_x, to_x, step).saturating_sub(3),
        top: between(from_y, to_y, step).saturating_sub(3),
        width: 6,
        height: 6,
    });
    areas.collect()
}

/// Where each label stands: dots with the texts beside them, within a field, so that labels cover neither each other nor a dot
/// nor what else is in the way, if there is any such place.
pub(super) fn labels(dots: &[(i64, i64, &str)], field: Area, in_the_way: &[Area]) -> Vec<Beside> {
    let mut taken: Vec<Area> = dots.iter().map(|&(x, y, _)| around(x, y)).collect();
    taken.extend_from_slice(in_the_way);
    let mut placed = Vec::with_capacity(dots.len());
    for &(x, y, text) in dots {
        let mine = around(x, y);
        let cost = |place: &Beside| {
            let area = covered((x, y), text, *place);
            let others = taken.iter().filter(|other| **other != mine);
            let covers = others.map(|other| area.overlap(*other)).sum::<i64>();
            covers.saturating_add(area.outside(field))
        };
        let best = PLACES.iter().min_by_key(|place| cost(place));
        let best = best.copied().unwrap_or(at_side(11, 4, "start"));
        taken.push(covered((x, y), text, best));
        placed.push(best);
    }
    placed
}

fn around(x: i64, y: i64) -> Area {
    Area {
        left: x.saturating_sub(8),
        top: y.saturating_sub(8),
        width: 16,
        height: 16,
    }
}

fn covered((x, y): (i64, i64), text: &str, place: Beside) -> Area {
    let letters = i64::try_from(text.chars().count()).unwrap_or(0);
    let width = letters.saturating_mul(LETTER);
    let at = x.saturating_add(place.dx);
    Area {
        left: match place.anchor {
            "end" => at.saturating_sub(width),
            "middle" => at.saturating_sub(width.div_euclid(2)),
            _ => at,
        },
        top: y
            .saturating_add(place.dy)
            .saturating_sub(HIGH.saturating_sub(4)),
        width,
        height: HIGH,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        assert_eq!(cut("Total cost", 10), "Total cost");
        assert_eq!(cut("Total cost of ownership", 11), "Total cost…");
    }

    #[test]
    fn labels_of_dots_close_together_do_not_cover_each_other() {
        let dots = [
            (300, 100, "1 Alpha"),
            (306, 104, "2 Beta"),
            (310, 98, "3 Gamma"),
        ];
        let field = Area {
            left: 0,
            top: 0,
            width: 640,
            height: 240,
        };
        let placed = labels(&dots, field, &[]);
        let areas: Vec<Area> = dots
            .iter()
            .zip(&placed)
            .map(|(&(x, y, text), &place)| covered((x, y), text, place))
            .collect();
        for (at, one) in areas.iter().enumerate() {
            for other in &areas[at + 1..] {
                assert_eq!(one.overlap(*other), 0, "{areas:?}");
            }
            assert_eq!(one.outside(field), 0);
        }
    }

    #[test]
    fn a_label_gives_way_to_a_line() {
        let field = Area {
            left: 0,
            top: 0,
            width: 640,
            height: 240,
        };
        let line = along((300, 100), (500, 100));
        let placed = labels(&[(300, 100, "Alpha")], field, &line);
        let area = covered((300, 100), "Alpha", placed[0]);
        assert!(line.iter().all(|one| one.overlap(area) == 0), "{placed:?}");
    }

    proptest! {
        #[test]
        fn whatever_is_wanted_labels_stand_apart_and_inside_where_there_is_room(
            wanted in proptest::collection::vec(-50_i64..400, 0..20)
        ) {
            let placed = apart(&wanted, 16, (10, 330));
            let mut sorted = placed.clone();
            sorted.sort_unstable();
            prop_assert!(sorted.windows(2).all(|two| two[1] >= two[0].saturating_add(16)));
            prop_assert!(sorted.iter().all(|place| (10..=330).contains(place)));
            for (one, place) in wanted.iter().zip(&placed) {
                for (other, beside) in wanted.iter().zip(&placed) {
                    prop_assert!(one >= other || place < beside);
                }
            }
        }
    }
}
