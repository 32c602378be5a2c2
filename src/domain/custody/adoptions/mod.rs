//! Adoptions: what forbids them, and what becomes of them.
//!
//! Three and twelve months after an adoption, by the calendar of the shelter, its staff is asked whether the animal is still
//! in its new home. Who comes back to a shelter has answered that: nobody needs to record it. Of the people who adopt an
//! animal nothing is stored.

mod ask;
mod blocks;
mod came_back;
mod check_time;
mod due;
mod record_check;
mod shown;
mod success;

pub use ask::{Ask, asks_due, take_ask};
pub use blocks::{AdoptionBlock, BlockCause, adoption_blocks, refusals};
pub use check_time::CheckTime;
pub use due::{checks_due, count_checks_due};
pub use record_check::{RecordAdoptionCheck, record_adoption_check};
pub use shown::{ShownCheck, checks_of};
pub use success::{AdoptionFigures, adoption_figures};
