//! The audit log in the schema.

mod entry;
mod query;

pub use entry::AuditEntry;
pub use query::AuditQuery;
