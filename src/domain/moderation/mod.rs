//! Moderation: what members tell the moderators.
//!
//! Promises: a report is stored once for each reporter and subject, with the subject as it was at that moment, because it
//! may be edited or deleted before anybody looks. Refuses what the reporter cannot see, and what is their own.

mod report_abuse;
mod snapshot;

pub use report_abuse::{ReportAbuse, report_abuse};

use crate::deps::Limit;

/// What is counted about moderation.
pub const LIMITS: &[Limit] = &[report_abuse::REPORTS];
