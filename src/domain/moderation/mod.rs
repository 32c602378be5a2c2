//! Moderation: abuse reports by members.
//!
//! A report is stored once per reporter and subject, with a snapshot of the subject, which may be edited or deleted
//! before anybody looks. Reports about things that the reporter cannot see, or that are their own, are refused.

mod forget;
mod report_abuse;
mod snapshot;

pub use forget::{forget_description, forget_member};
pub use report_abuse::{ReportAbuse, report_abuse};

use crate::deps::Limit;

/// Rate limits for moderation.
pub const LIMITS: &[Limit] = &[report_abuse::REPORTS];
