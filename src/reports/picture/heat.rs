//! Criteria by vendors: where each is strong and where weak.

use crate::criteria::{CriteriaSet, Criterion, Direction, Kind, PointsRule};
use crate::exact::{Fraction, PLACES, trimmed};
use crate::reports::published::{Printed, Published, PublishedCriterion, PublishedVendor};
use crate::reports::views::matrix::score_text;
use crate::reports::views::tree;
use crate::scoring::State;

use super::label::cut;
use super::place::{across, count, whole};
use super::{Drawing, Ink, Picture, Room, Sentence, Shape, Table, figure, text};

/// How many vendors stand side by side at most.
const MOST: usize = 16;
/// Of how many vendors a cell has room for a range.
const WIDE: usize = 8;
/// The same where there is little room: beyond it, the map begins anew for the next ones.
const MOST_NARROW: usize = 5;
/// Where the cells begin, in percent across.
const LEFT: i64 = 31;
const ROW: i64 = 22;
const GROUP: i64 = 28;
const HEAD: i64 = 22;
/// How many letters of a criterion's title fit.
const LETTERS: usize = 36;

/// The heat map; the result must be published in full.
pub(crate) fn heat_map(published: &Published<'_>) -> Picture {
    let vendors: Vec<&PublishedVendor> = published.vendors.iter().take(MOST).collect();
    let names: Vec<&str> = vendors
        .iter()
        .map(|one| published.vendor_name(one))
        .collect();
    let mut map = Map::new(Room::Wide);
    map.draw(published, &vendors, 0);
    map.legend(&names);
    let mut narrow = Map::new(Room::Narrow);
    for (chunk, some) in vendors.chunks(MOST_NARROW).enumerate() {
        narrow.draw(published, some, chunk.saturating_mul(MOST_NARROW));
        narrow.y = narrow.y.saturating_add(GROUP);
    }
    narrow.legend(&names);
    let told = format!(
        "The further the colour of a cell stands out from the page, the more of what the criterion can give is reached, in five steps; in each cell stands the score. \
         The columns are, from left to right: {}.",
        numbered(&names).join(", ")
    );
    Picture {
        name: "heat-map",
        title: "Where each vendor is strong and where weak".into(),
        told: told.into(),
        height: map.y,
        shapes: map.shapes,
        narrow: Some(Drawing {
            height: narrow.y,
            shapes: narrow.shapes,
        }),
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
    left: i64,
    width: Fraction,
    /// Whether a range does not fit into a cell.
    is_narrow: bool,
}

impl Columns {
    fn of(vendors: usize, room: Room) -> Self {
        let left = room.pick(LEFT, 0);
        let all = Fraction::whole(100_i64.saturating_sub(left));
        let width = all.over(&Fraction::count(vendors));
        Self {
            left,
            width: width.unwrap_or_else(Fraction::zero),
            is_narrow: vendors > room.pick(WIDE, MOST_NARROW),
        }
    }

    fn start(&self, at: usize) -> Fraction {
        &Fraction::whole(self.left) + &(&self.width * &Fraction::count(at))
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
    room: Room,
    columns: Columns,
    shapes: Vec<Shape>,
    rows: Vec<Vec<String>>,
    y: i64,
}

impl Map {
    fn new(room: Room) -> Self {
        Self {
            room,
            columns: Columns::of(1, room),
            shapes: Vec::new(),
            rows: Vec::new(),
            y: 0,
        }
    }

    /// The cells of some vendors, who are numbered on from `before`.
    fn draw(&mut self, published: &Published<'_>, vendors: &[&PublishedVendor], before: usize) {
        self.columns = Columns::of(vendors.len(), self.room);
        let numbers: Vec<String> = (1..=vendors.len())
            .map(|at| before.saturating_add(at).to_string())
            .collect();
        if self.room == Room::Wide {
            self.numbers(&numbers);
        }
        let set = published.evaluation.set();
        for node in tree::nodes(set) {
            let inside = set.criteria().iter().enumerate();
            let inside = inside.filter(|(_, criterion)| criterion.category() == node.index);
            let inside: Vec<_> = inside.collect();
            if !inside.is_empty() {
                self.group(node.category.title());
                if self.room == Room::Narrow {
                    self.numbers(&numbers);
                }
            }
            for (position, criterion) in inside {
                let cells = vendors.iter().map(|one| one.criteria.get(position));
                self.row((set, criterion), &cells.collect::<Vec<_>>());
            }
        }
    }

    /// Whose column is whose.
    fn numbers(&mut self, numbers: &[String]) {
        let at = self.y.saturating_add(14);
        for (column, number) in numbers.iter().enumerate() {
            let middle = self.columns.middle(column);
            self.shapes
                .push(text(&Ink::BOLD, (middle, 0), at, "middle", number.as_str()));
        }
        self.y = self.y.saturating_add(HEAD);
    }

    fn group(&mut self, title: &str) {
        self.y = self.y.saturating_add(GROUP);
        let at = self.y.saturating_sub(8);
        let title = cut(title, self.room.pick(80, 38));
        self.shapes
            .push(text(&Ink::BOLD, ("0%", 0), at, "start", title));
    }

    fn row(
        &mut self,
        criterion: (&CriteriaSet, &Criterion),
        cells: &[Option<&PublishedCriterion>],
    ) {
        let title = criterion.1.title();
        let letters = self.room.pick(LETTERS, 40);
        let above = self.y.saturating_add(15);
        self.shapes.push(text(
            &Ink::TEXT,
            ("0%", 0),
            above,
            "start",
            cut(title, letters),
        ));
        // Where there is little room, the title stands above its cells.
        self.y = self.y.saturating_add(self.room.pick(0, 20));
        let at = self.y.saturating_add(15);
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
                none if none == "–" => score_text(card).to_string(),
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
        for two in told.chunks(self.room.pick(2, 1)) {
            for (at, name) in two.iter().enumerate() {
                let x = if at == 0 { "0%" } else { "50%" };
                let y = self.y.saturating_add(12);
                self.shapes.push(text(
                    &Ink::SOFT,
                    (x, 0),
                    y,
                    "start",
                    cut(name, self.room.pick(48, 40)),
                ));
            }
            self.y = self.y.saturating_add(18);
        }
        self.y = self.y.saturating_add(8);
        let steps = ["0 to 20", "20 to 40", "40 to 60", "60 to 80", "80 to 100"];
        let short = ["0–20", "20–40", "40–60", "60–80", "80–100"];
        let steps = self.room.pick(steps, short);
        let inks = Ink::HEAT.iter().zip(&Ink::ON_HEAT).zip(steps);
        for (at, ((ground, letters), told)) in inks.enumerate() {
            let x = count(at).saturating_mul(self.room.pick(15, 20));
            self.shapes.push(Shape::Box {
                ink: ground,
                x: format!("{x}%"),
                width: self.room.pick("14.5%", "19.5%").to_owned(),
                y: self.y,
                height: 20,
            });
            let start = (format!("{x}%"), self.room.pick(8, 4));
            let y = self.y.saturating_add(14);
            self.shapes.push(text(letters, start, y, "start", told));
        }
        self.y = self.y.saturating_add(self.room.pick(0, 22));
        let y = self.y.saturating_add(14);
        let points = text(
            &Ink::SOFT,
            (self.room.pick("76%", "0%"), 0),
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
        Some(Printed {
            text, exact: None, ..
        }) => text.clone(),
        Some(Printed {
            text,
            exact: Some(exact),
            ..
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
