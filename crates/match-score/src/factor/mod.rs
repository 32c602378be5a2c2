//! The factors of a score, a file for each kind: what is compared, and how much it weighs.

pub mod body;
pub mod breed;
pub mod color;
pub mod distance;
pub mod identity;
pub mod marks;
pub mod photo;
pub mod street;
pub mod time;
