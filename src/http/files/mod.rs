//! Bytes that are no GraphQL: uploads, photos, archives of members' data, files about shelters' animals, what is wrong with
//! imports.

pub mod exports;
pub mod import_reports;
mod known_copy;
pub mod media;
pub mod shelter_exports;
pub mod shelter_feed;
mod ticket;
pub mod uploads;
