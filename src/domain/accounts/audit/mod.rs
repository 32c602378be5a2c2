//! The append-only audit log: who did what, with what, from where, and when. Nothing changes or deletes an entry; the
//! database refuses it. Only admins read it.

mod list;
mod record;

pub use list::{AuditFilter, audit_entry, audit_log, count_audit_log};
pub use record::audit;
