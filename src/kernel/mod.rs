//! Floor 1: types and pure functions that all other floors use. No I/O happens here.

pub mod cache;
pub mod error;
pub mod markup;
pub mod network;
mod outcome;
pub mod page;
pub mod secret;
pub mod shutdown;
pub mod telephone;
pub mod text;
pub mod type_map;
pub mod viewer;

pub use error::{AtField, Error, FieldCode, FieldError, Result};
pub use outcome::{OrGone, Outcome};
pub use viewer::{Scope, Viewer};
