//! Floor 1: types and pure functions that all other floors use. No I/O happens here.

mod database_fault;
pub mod error;
pub mod geo;
pub mod live_pet_index;
pub mod network;
pub mod page;
pub mod pet_index;
pub mod secret;
pub mod shutdown;
pub mod telephone;
pub mod text;
pub mod viewer;
pub mod visual_similarity;
pub mod zone;

pub use database_fault::refuses_writes;
pub use error::{AtField, Error, FieldCode, FieldError, Result};
pub use viewer::{Scope, Viewer};
