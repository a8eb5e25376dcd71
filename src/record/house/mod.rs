//! The house log: what happens to the service itself and to who may come in, beside the logs of the evaluations and sealed
//! as they are.

mod change;
mod event;
mod fold;

pub use change::{HouseChange, Tried};
pub use event::{HouseEvent, HouseSealed};
pub use fold::{Account, House, HouseMisfit, Token};
