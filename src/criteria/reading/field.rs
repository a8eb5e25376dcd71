//! What a table has under a key, and where.

use std::ops::Range;

/// A place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

impl From<Range<usize>> for Span {
    fn from(bytes: Range<usize>) -> Self {
        Self {
            start: bytes.start,
            end: bytes.end,
        }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub value: T,
    pub span: Span,
}

/// What a table has under a key.
#[derive(Debug, Clone)]
pub(super) enum Field<T> {
    /// Nothing.
    Absent,
    /// Something that cannot be used; the problem is reported.
    Broken,
    /// A value of the right type.
    Given(At<T>),
}

impl<T> Field<T> {
    /// The value, if there is a usable one.
    pub fn given(self) -> Option<At<T>> {
        match self {
            Self::Given(at) => Some(at),
            Self::Absent | Self::Broken => None,
        }
    }

    /// The value without its place, if there is a usable one.
    pub fn value(self) -> Option<T> {
        self.given().map(|at| at.value)
    }

    /// A reference to what is there.
    pub fn as_ref(&self) -> Field<&T> {
        match self {
            Self::Absent => Field::Absent,
            Self::Broken => Field::Broken,
            Self::Given(at) => Field::Given(At {
                value: &at.value,
                span: at.span,
            }),
        }
    }
}
