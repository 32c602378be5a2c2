//! What connectors do: a run waits for its turn, fetches, and makes an import, which decides how it ends.

mod begin;
mod due;
mod ending;
mod pace;
mod perform;
mod settle;
mod store;
mod turned_off;

pub use due::queue_due_runs;
pub use perform::perform_run;
pub use settle::settle_import;
pub use store::{count_runs, forget_runs, is_pulled, runs_of};
pub use turned_off::{TurnedOff, send_turned_off_mail, turned_off};

pub(super) use begin::begin;
pub(super) use ending::abandon;
pub(super) use pace::BY_HAND;
pub(super) use store::under_way;
