//! What an import tells of itself besides its counts: how fast it is, what is wrong with the file, and what became of each
//! column.

mod pace;
mod report;
mod summary;

pub use pace::{rate, remaining_seconds};
pub use report::{Faults, open_report, remedy, report_url};
pub use summary::{ColumnSummary, summary};
