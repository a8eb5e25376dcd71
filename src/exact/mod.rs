//! Exact numbers: the strict reading of decimals, fractions that never round, and the one rounding on the way out.
//!
//! This room knows nothing of the trade. Nothing here is a float, and nothing here can overflow.

mod decimal;
pub mod fraction;
mod logarithm;
mod proportion;
mod published;
mod root;
mod typed;

pub use decimal::{MAX_FRACTION_DIGITS, MAX_INTEGER_DIGITS, NotANumber, plain, read_decimal};
pub use fraction::Fraction;
pub use logarithm::{exponential, logarithm};
pub use proportion::{exact_decimal, whole_in_proportion};
pub use published::{
    MAX_PLACES, PLACES, column, fixed, parted_from, place_count, trimmed, unrounded_sum_gap,
};
pub use root::square_root;
pub use typed::{NotTyped, read_amount, read_typed};
