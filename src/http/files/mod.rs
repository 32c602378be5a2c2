//! Bytes that are no GraphQL: uploads, photos, archives of members' data, what is wrong with imports.

pub mod exports;
pub mod import_reports;
pub mod media;
mod ticket;
pub mod uploads;
