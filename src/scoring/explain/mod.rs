//! What a result rests on: why one vendor is before another, what costs a vendor most, what is still missing.
//!
//! Everything here is read off the cards of a result, so it follows whatever view the result was made through.

mod agenda;
mod disagreement;
mod gaps;
mod losses;
mod missing;

pub use agenda::{AgendaItem, agenda};
pub use disagreement::{Disagreement, DisagreementOn, best_worst_rank, disagreement};
pub(super) use gaps::minus;
pub use gaps::{Gap, Gaps, gaps};
pub use losses::{Loss, losses};
pub use missing::{Missing, missing};
