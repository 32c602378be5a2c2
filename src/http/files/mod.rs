//! Bytes that are no GraphQL: uploads, photos, archives of members' data.

pub mod exports;
pub mod media;
mod ticket;
pub mod uploads;
