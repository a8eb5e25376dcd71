//! Criteria by vendors: where each is strong and where weak.

use crate::criteria::{CriteriaSet, Criterion, Direction, Kind, PointsRule};
use crate::exact::{Fraction, PLACES, trimmed};
use crate::reports::published::{Printed, Published, PublishedCriterion, PublishedVendor};
use crate::reports::views::matrix::score_text;
use crate::reports::views::tree;
use crate::scoring::State;

use super::label::cut;
use super::place::{across, count, whole};
use super::{Ink, Picture, Sentence, Shape, Table, figure, text};

/// How many vendors stand side by side at most.
const MOST: usize = 16;
/// Of how many vendors a cell has room for a range.
const WIDE: usize = 8;
/// Where the cells begin, in percent across.
const LEFT: i64 = 31;
const ROW: i64 = 22;
const GROUP: i64 = 28;
const HEAD: i64 = 22;
/// How many letters of a criterion's title fit.
const LETTERS: usize = 28;

/// The heat map; the result must be published in full.
pub(crate) fn heat_map(published: &Published<'_>) -> Picture {
    let vendors: Vec<&PublishedVendor> = published.vendors.iter().take(MOST).collect();
    let names: Vec<&str> = vendors
        .iter()
        .map(|one| published.vendor_name(one))
        .collect();
    let mut map = Map {
        columns: Columns::of(vendors.len()),
        shapes: Vec::new(),
        rows: Vec::new(),
        y: HEAD,
    };
    for (at, _) in names.iter().enumerate() {
        let number = at.saturating_add(1).to_string();
        let middle = map.columns.middle(at);
        map.shapes
            .push(text(&Ink::BOLD, (middle, 0), 14, "middle", number));
    }
    let set = published.evaluation.set();
    for node in tree::nodes(set) {
        let inside = set.criteria().iter().enumerate();
        let inside = inside.filter(|(_, criterion)| criterion.category() == node.index);
        let inside: Vec<_> = inside.collect();
        if !inside.is_empty() {
            map.group(node.category.title());
        }
        for (position, criterion) in inside {
            let cells = vendors.iter().map(|one| one.criteria.get(position));
            map.row((set, criterion), &cells.collect::<Vec<_>>());
        }
    }
    map.legend(&names);
    let told = format!(
        "The stronger the colour of a cell, the more of what the criterion can give is reached, in five steps; in each cell stands the score. \
         The columns are, from left to right: {}.",
        numbered(&names).join(", ")
    );
    Picture {
        name: "heat-map",
        title: "Where each vendor is strong and where weak".into(),
        told: told.into(),
        height: map.y,
        shapes: map.shapes,
        table: Table {
            caption: "The score of each criterion, and the points of 100 that it reaches.",
            heads: std::iter::once("Criterion")
                .chain(names)
                .map(Sentence::of)
                .collect(),
            rows: map.rows,
        },
    }
}

fn numbered(names: &[&str]) -> Vec<String> {
    let each = (1_usize..).zip(names);
    each.map(|(number, name)| format!("{number} {name}"))
        .collect()
}

/// The columns of cells.
struct Columns {
    width: Fraction,
    /// Whether a range does not fit into a cell.
    is_narrow: bool,
}

impl Columns {
    fn of(vendors: usize) -> Self {
        let room = Fraction::whole(100_i64.saturating_sub(LEFT));
        let width = room.over(&Fraction::count(vendors));
        Self {
            width: width.unwrap_or_else(Fraction::zero),
            is_narrow: vendors > WIDE,
        }
    }

    fn start(&self, at: usize) -> Fraction {
        &Fraction::whole(LEFT) + &(&self.width * &Fraction::count(at))
    }

    fn middle(&self, at: usize) -> String {
        let half = Fraction::new(1, 2).unwrap_or_else(Fraction::zero);
        across(&(&self.start(at) + &(&self.width * &half)))
    }

    /// A little less than a column, so that cells do not touch.
    fn cell(&self) -> String {
        let part = Fraction::new(97, 100).unwrap_or_else(Fraction::one);
        across(&(&self.width * &part))
    }
}

/// The map as it grows downwards.
struct Map {
    columns: Columns,
    shapes: Vec<Shape>,
    rows: Vec<Vec<String>>,
    y: i64,
}

impl Map {
    fn group(&mut self, title: &str) {
        self.y = self.y.saturating_add(GROUP);
        let at = self.y.saturating_sub(8);
        self.shapes
            .push(text(&Ink::BOLD, ("0%", 0), at, "start", title));
    }

    fn row(
        &mut self,
        criterion: (&CriteriaSet, &Criterion),
        cells: &[Option<&PublishedCriterion>],
    ) {
        let title = criterion.1.title();
        let at = self.y.saturating_add(15);
        self.shapes.push(text(
            &Ink::TEXT,
            ("0%", 0),
            at,
            "start",
            cut(title, LETTERS),
        ));
        let mut row = vec![title.to_owned()];
        for (position, card) in cells.iter().enumerate() {
            let Some(card) = card else { continue };
            let ((ground, letters), shown) = look(criterion, card, self.columns.is_narrow);
            self.shapes.push(Shape::Box {
                ink: ground,
                x: across(&self.columns.start(position)),
                width: self.columns.cell(),
                y: self.y.saturating_add(1),
                height: ROW.saturating_sub(2),
            });
            let middle = (self.columns.middle(position), 0);
            self.shapes
                .push(text(letters, middle, at, "middle", figure(shown)));
            row.push(match card.points.shown() {
                none if none == "–" => score_text(card),
                points => format!("{} ({points})", score_text(card)),
            });
        }
        self.rows.push(row);
        self.y = self.y.saturating_add(ROW);
    }

    /// What the numbers above and the five steps mean, two to a line.
    fn legend(&mut self, names: &[&str]) {
        self.y = self.y.saturating_add(18);
        let told = numbered(names);
        for two in told.chunks(2) {
            for (at, name) in two.iter().enumerate() {
                let x = if at == 0 { "0%" } else { "50%" };
                let y = self.y.saturating_add(12);
                self.shapes
                    .push(text(&Ink::SOFT, (x, 0), y, "start", cut(name, 44)));
            }
            self.y = self.y.saturating_add(18);
        }
        self.y = self.y.saturating_add(8);
        let steps = ["0 to 20", "20 to 40", "40 to 60", "60 to 80", "80 to 100"];
        let inks = Ink::HEAT.iter().zip(&Ink::ON_HEAT).zip(steps);
        for (at, ((ground, letters), told)) in inks.enumerate() {
            let x = count(at).saturating_mul(15);
            self.shapes.push(Shape::Box {
                ink: ground,
                x: format!("{x}%"),
                width: "14.5%".to_owned(),
                y: self.y,
                height: 20,
            });
            let middle = (format!("{x}%"), 8);
            let y = self.y.saturating_add(14);
            self.shapes.push(text(letters, middle, y, "start", told));
        }
        let y = self.y.saturating_add(14);
        let points = text(
            &Ink::SOFT,
            ("76%", 0),
            y,
            "start",
            "points of 100; dashed: still open",
        );
        self.shapes.push(points);
        self.y = self.y.saturating_add(24);
    }
}

/// The ground of a cell, what is written on it, and in which ink.
fn look(
    criterion: (&CriteriaSet, &Criterion),
    card: &PublishedCriterion,
    is_narrow: bool,
) -> ((&'static Ink, &'static Ink), String) {
    let open = (&Ink::GAP, &Ink::SOFT);
    match card.state {
        State::NotScored if card.conflict => (open, "conflict".to_owned()),
        State::NotScored => {
            let shown = range(criterion, card).map(|ends| {
                if is_narrow {
                    "…".to_owned()
                } else {
                    ends.join("–")
                }
            });
            (open, shown.unwrap_or_else(|| "–".to_owned()))
        }
        State::NotApplicable => (open, "n/a".to_owned()),
        State::Sealed => (open, "sealed".to_owned()),
        State::NoResponse => (step(card).unwrap_or(open), "silent".to_owned()),
        State::Scored => (step(card).unwrap_or(open), short(card.score.as_ref())),
    }
}

/// A score in a cell: a mean of several is rounded here, and stands in full in the table behind.
fn short(score: Option<&Printed>) -> String {
    match score {
        None => "–".to_owned(),
        Some(Printed { text, exact: None }) => text.clone(),
        Some(Printed {
            text,
            exact: Some(exact),
        }) => {
            let rounded = trimmed(exact, PLACES);
            if rounded.len() < text.len() {
                rounded
            } else {
                text.clone()
            }
        }
    }
}

/// The scores that a cell can still come to, where some have scored and others have not; `None` where nothing is known.
fn range(
    (set, criterion): (&CriteriaSet, &Criterion),
    card: &PublishedCriterion,
) -> Option<[String; 2]> {
    let Kind::Rated(rated) = criterion.kind() else {
        return None;
    };
    let (low, high) = (card.points.low.as_ref()?, card.points.high.as_ref()?);
    if low.exact.is_zero() && high.exact == Fraction::hundred() {
        return None;
    }
    let [min, max] = [rated.scale().min(), rated.scale().max()].map(Fraction::from);
    let (worst, best) = match (set.rules().points(), rated.direction()) {
        (PointsRule::OfMax, _) => (Fraction::zero(), max),
        (PointsRule::FromMin, Direction::Higher) => (min, max),
        (PointsRule::FromMin, Direction::Lower) => (max, min),
    };
    let score = |points: &Fraction| {
        let part = points.over(&Fraction::hundred())?;
        Some(&worst + &(&part * &(&best - &worst)))
    };
    let mut ends = [score(&low.exact)?, score(&high.exact)?];
    ends.sort();
    Some(ends.map(|end| trimmed(&end, 1)))
}

/// Which of the five steps the points reach.
fn step(card: &PublishedCriterion) -> Option<(&'static Ink, &'static Ink)> {
    let points = &card.points.known.as_ref()?.exact;
    let part = points.over(&Fraction::whole(20))?.floor();
    let at = usize::try_from(whole(&part).clamp(0, 4)).ok()?;
    Some((Ink::HEAT.get(at)?, Ink::ON_HEAT.get(at)?))
}
