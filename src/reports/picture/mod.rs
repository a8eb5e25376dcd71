//! Pictures of a result: shapes with finished places, for a page and as a file that stands alone.
//!
//! Across, places are percentages, so that a picture fits any width with letters of one size; down, they are pixels. Nothing
//! is told by colour alone, and each picture has the table of its numbers behind it.

pub(crate) mod bars;
pub(crate) mod fall;
pub(crate) mod heat;
mod ink;
mod label;
pub(crate) mod mix;
pub(crate) mod offers;
mod place;
pub(crate) mod slope;
pub(crate) mod spread;
pub(crate) mod stability;

use askama::Template;

pub(crate) use ink::Ink;
use place::across;

use super::filters;
use super::html::RenderError;
use super::sentence::Sentence;

/// How wide a picture is that stands alone, in pixels, and how much of that lies beside it.
const WIDTH: i64 = 880;
const MARGIN: i64 = 24;
/// How high its title is, and what stands below it.
const HEAD: i64 = 48;
const FOOT: i64 = 36;

/// A picture of a result.
#[derive(Debug)]
pub(crate) struct Picture {
    /// What it is called in addresses, and what ids within it begin with.
    pub(crate) name: &'static str,
    pub(crate) title: Sentence,
    /// What it shows, in words.
    pub(crate) told: Sentence,
    /// In pixels.
    pub(crate) height: i64,
    pub(crate) shapes: Vec<Shape>,
    /// The same for a phone, where names have no room beside what they name.
    pub(crate) narrow: Option<Drawing>,
    pub(crate) table: Table,
}

/// What is drawn, without words about it.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    /// In pixels.
    pub(crate) height: i64,
    pub(crate) shapes: Vec<Shape>,
}

/// For how much room across something is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// A window, a page of paper, a file.
    Wide,
    /// A phone held upright.
    Narrow,
}

impl Room {
    /// The least width of the picture, in pixels.
    fn pixels(self) -> i64 {
        match self {
            Self::Wide => 720,
            Self::Narrow => 288,
        }
    }

    /// One thing where there is room, and another where there is little.
    fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }
}

/// The numbers behind a picture.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) caption: &'static str,
    pub(crate) heads: Vec<Sentence>,
    /// The first cell is the head of its row.
    pub(crate) rows: Vec<Vec<String>>,
}

/// A part of a picture.
#[derive(Debug)]
pub(crate) enum Shape {
    Box {
        ink: &'static Ink,
        x: String,
        width: String,
        y: i64,
        height: i64,
    },
    Line {
        ink: &'static Ink,
        x1: String,
        y1: i64,
        x2: String,
        y2: i64,
    },
    Dot {
        ink: &'static Ink,
        x: String,
        y: i64,
        r: i64,
    },
    Text {
        ink: &'static Ink,
        x: String,
        /// By how many pixels it stands beside its place.
        dx: i64,
        y: i64,
        /// `start`, `middle` or `end`.
        anchor: &'static str,
        text: Sentence,
    },
}

/// A picture as a file of its own, with nothing outside of it.
#[derive(Template)]
#[template(path = "picture/alone.svg", escape = "html")]
struct Alone<'a> {
    picture: &'a Picture,
    width: i64,
    inner: i64,
    margin: i64,
    head: i64,
    height: i64,
    foot_at: i64,
    foot: &'a str,
}

impl Picture {
    /// The picture as a file; `foot` says what it was made from.
    pub(crate) fn alone(&self, foot: &str) -> Result<String, RenderError> {
        let below = self.height.saturating_add(HEAD);
        let alone = Alone {
            picture: self,
            width: WIDTH,
            inner: WIDTH.saturating_sub(MARGIN.saturating_mul(2)),
            margin: MARGIN,
            head: HEAD,
            height: below.saturating_add(FOOT),
            foot_at: below.saturating_add(FOOT.saturating_sub(14)),
            foot,
        };
        Ok(alone.render()?)
    }
}

fn text(
    ink: &'static Ink,
    (x, dx): (impl Into<String>, i64),
    y: i64,
    anchor: &'static str,
    text: impl Into<Sentence>,
) -> Shape {
    Shape::Text {
        ink,
        x: x.into(),
        dx,
        y,
        anchor,
        text: text.into(),
    }
}

/// Adds what numbers stand for where names have no room beside what they name; where the next thing may stand.
fn legend_if_narrow<'a>(
    shapes: &mut Vec<Shape>,
    names: impl Iterator<Item = &'a str>,
    end: i64,
    room: Room,
) -> i64 {
    if room == Room::Wide {
        return end;
    }
    let (told, below) = legend(names, end.saturating_add(8));
    shapes.extend(told);
    below
}

/// What numbers stand for, one to a line below `y`; where the next thing may stand.
fn legend<'a>(names: impl Iterator<Item = &'a str>, mut y: i64) -> (Vec<Shape>, i64) {
    let mut shapes = Vec::new();
    for (number, name) in (1_usize..).zip(names) {
        y = y.saturating_add(18);
        let told = label::cut(&format!("{number} {name}"), 42);
        shapes.push(text(&Ink::SOFT, ("0%", 0), y, "start", told));
    }
    (shapes, y)
}

/// Words of ours with figures in them, which a page writes as its reader does.
fn figure(text: impl Into<String>) -> Sentence {
    Sentence::default().figure(text)
}

fn line(ink: &'static Ink, from: (&str, i64), to: (&str, i64)) -> Shape {
    Shape::Line {
        ink,
        x1: from.0.to_owned(),
        y1: from.1,
        x2: to.0.to_owned(),
        y2: to.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_markup_stay_words_in_a_file() {
        let picture = Picture {
            name: "ranking",
            title: "<b>&\"Zed\"".into(),
            told: "</desc><script>".into(),
            height: 20,
            shapes: vec![text(&Ink::BOLD, ("50%", 3), 14, "middle", "<i>")],
            narrow: None,
            table: Table::default(),
        };
        let file = picture.alone("a < b").unwrap();
        for markup in ["<b>", "<script", "<i>", "a < b"] {
            assert!(!file.contains(markup), "{markup}: {file}");
        }
        let drawn = "<text class=\"p-bold\" fill=\"#16191d\" font-weight=\"650\" x=\"50%\" dx=\"3\" y=\"14\" text-anchor=\"middle\">";
        assert!(file.contains(drawn), "{file}");
        assert!(file.contains("viewBox=\"0 0 880 104\""), "{file}");
    }
}
