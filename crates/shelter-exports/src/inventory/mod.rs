//! Our own table of a shelter's animals with all their stays, which our own import reads back.
//!
//! One row per stay, the earliest first if they are given so; one row for an animal without a stay. The columns that
//! describe the animal are repeated in each. Titles are those that `import-reader` knows. If asked for, it holds
//! chips and true places: it is for the shelter's staff. What does not come back is listed in the [crate's](crate) documentation.

mod columns;
mod listed;
mod stay_words;
mod table;

pub use listed::{FoundAt, Listed, ListedReport, ListedStay};
pub use table::{Chips, Inventory, Places};
