//! How cells look. No look carries a meaning that the text beside it does not say.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The yellow behind cells that are to be mended, light enough for black text.
const MARK: u32 = 0x00FF_F2CC;

/// The grey behind headings, light enough for black text.
const SHADE: u32 = 0x00E7_E7E7;

/// How a cell looks and whether it may be filled in on a protected sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Style {
    face: Face,
    digits: Digits,
    is_open: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Face {
    Plain,
    Wrapped,
    Strong,
    Title,
    Head,
    Aside,
    Marked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Digits {
    AsTyped,
    Whole,
    Two,
    Money,
    Text,
}

impl Style {
    /// A short text, or a number with as many digits as it has.
    pub const PLAIN: Self = Self::of(Face::Plain, Digits::AsTyped);
    /// A text of several lines.
    pub const WRAPPED: Self = Self::of(Face::Wrapped, Digits::AsTyped);
    /// A count.
    pub const WHOLE: Self = Self::of(Face::Plain, Digits::Whole);
    /// Points, percents, shares and totals: two decimals shown, all of them kept.
    pub const POINTS: Self = Self::of(Face::Plain, Digits::Two);
    /// An amount of money.
    pub const MONEY: Self = Self::of(Face::Plain, Digits::Money);
    /// The heading of a sheet.
    pub const TITLE: Self = Self::of(Face::Title, Digits::AsTyped);
    /// The heading of a column.
    pub const HEAD: Self = Self::of(Face::Head, Digits::AsTyped);
    /// What is said beside the figures.
    pub const ASIDE: Self = Self::of(Face::Aside, Digits::AsTyped);

    /// A cell that is to be mended.
    pub const MARKED: Self = Self::of(Face::Marked, Digits::AsTyped);

    const fn of(face: Face, digits: Digits) -> Self {
        Self {
            face,
            digits,
            is_open: false,
        }
    }

    /// The same, standing out, for rows that sum up others.
    #[must_use]
    pub const fn strong(self) -> Self {
        Self {
            face: Face::Strong,
            ..self
        }
    }

    /// The same, to be filled in although the sheet is protected.
    #[must_use]
    pub const fn open(self) -> Self {
        Self {
            is_open: true,
            ..self
        }
    }

    /// The same, keeping whatever is typed as text.
    #[must_use]
    pub const fn as_text(self) -> Self {
        Self {
            digits: Digits::Text,
            ..self
        }
    }

    fn format(self) -> Format {
        let format = Format::new().set_align(FormatAlign::Top);
        let format = match self.face {
            Face::Plain => format,
            Face::Wrapped => format.set_text_wrap(),
            Face::Strong => format.set_bold().set_border_top(FormatBorder::Thin),
            Face::Title => format.set_bold().set_font_size(14),
            Face::Head => format
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(SHADE))
                .set_border_bottom(FormatBorder::Thin),
            Face::Aside => format.set_italic(),
            Face::Marked => format
                .set_bold()
                .set_background_color(Color::RGB(MARK))
                .set_border(FormatBorder::Medium),
        };
        let format = match self.digits {
            Digits::AsTyped => format,
            Digits::Whole => format.set_num_format("0"),
            Digits::Two => format.set_num_format("0.00"),
            Digits::Money => format.set_num_format("#,##0.00"),
            Digits::Text => format.set_num_format("@"),
        };
        if self.is_open {
            format.set_unlocked()
        } else {
            format
        }
    }
}

/// The formats in use, each made once.
#[derive(Debug, Default)]
pub(super) struct Formats(HashMap<Style, Format>);

impl Formats {
    pub(super) fn of(&mut self, style: Style) -> &Format {
        self.0.entry(style).or_insert_with(|| style.format())
    }
}
