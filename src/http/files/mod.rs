//! Bytes that are no GraphQL: uploads, photos, archives of members' data, files about shelters' animals.

pub mod exports;
mod known_copy;
pub mod media;
pub mod shelter_exports;
pub mod shelter_feed;
mod ticket;
pub mod uploads;
