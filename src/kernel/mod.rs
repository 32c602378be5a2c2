//! Floor 1: types and pure functions that all other floors use. No I/O happens here.

pub mod atlas;
pub mod chart;
mod database_fault;
pub mod ending;
pub mod error;
pub mod geo;
pub mod likeness;
pub mod network;
pub mod page;
pub mod secret;
pub mod telephone;
pub mod text;
pub mod viewer;
pub mod zone;

pub use database_fault::refuses_writes;
pub use error::{AtField, Error, FieldCode, FieldError, Result};
pub use viewer::{Scope, Viewer};
