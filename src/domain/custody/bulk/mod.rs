//! What is done with many stays at once: with all of them, or with none if something is wrong with one.

mod change_stays;
mod end_stays;
mod selection;

pub use change_stays::{ChangeStays, change_stays};
pub use end_stays::{EndStays, end_stays};
