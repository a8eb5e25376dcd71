//! How a file was understood, in words.

use std::fmt;

use crate::table::{Delimiter, Encoding};

use super::Shape;

/// How a file was understood, for a person to confirm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadAs {
    /// How it writes characters.
    pub encoding: Encoding,
    /// What stands between its cells.
    pub delimiter: Delimiter,
    /// What stands before the decimals of its scores.
    pub decimal_sign: DecimalSign,
    /// How it lays out its answers.
    pub shape: Shape,
    /// The row of its header as a spreadsheet counts it; what stands above is not read.
    pub header_row: u32,
}

/// `long, UTF-8, separated by semicolon, decimal comma`.
impl fmt::Display for ReadAs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = match self.shape {
            Shape::Long => "long",
            Shape::Wide => "wide",
            Shape::ByVendor => "wide by vendor",
            Shape::Costs => "costs",
        };
        if self.encoding == Encoding::Workbook {
            return write!(out, "{shape}, {}, {}", self.encoding, self.decimal_sign);
        }
        write!(
            out,
            "{shape}, {}, separated by {}, {}",
            self.encoding, self.delimiter, self.decimal_sign
        )
    }
}

/// Which decimal signs the scores of a sheet were written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalSign {
    /// No score had decimals.
    #[default]
    None,
    /// Points.
    Point,
    /// Commas.
    Comma,
    /// Some points and some commas.
    Both,
}

impl fmt::Display for DecimalSign {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::None => "no decimals",
            Self::Point => "decimal point",
            Self::Comma => "decimal comma",
            Self::Both => "decimal points and commas",
        })
    }
}

impl DecimalSign {
    pub(super) fn meet(&mut self, sign: Option<char>) {
        *self = match (*self, sign) {
            (Self::None | Self::Point, Some('.')) => Self::Point,
            (Self::None | Self::Comma, Some(',')) => Self::Comma,
            (before, None) => before,
            (_, Some(_)) => Self::Both,
        };
    }

    /// Meets all signs of another part of the sheet.
    pub(super) fn meet_all(&mut self, others: Self) {
        let (point, comma) = match others {
            Self::None => (None, None),
            Self::Point => (Some('.'), None),
            Self::Comma => (None, Some(',')),
            Self::Both => (Some('.'), Some(',')),
        };
        self.meet(point);
        self.meet(comma);
    }
}
