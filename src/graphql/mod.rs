//! Floor 5: the schema. Translation only: every rule is in `domain`.

pub mod schema;

mod accounts;
mod connection;
mod context;
mod error;
mod executor;
mod loaders;
mod node;
mod photos;
mod pets;
mod scalars;
mod sharing;
mod sms;
mod vocabulary;

pub use executor::CodedExecutor;
pub use loaders::Loaders;
pub use schema::{build, sdl};
