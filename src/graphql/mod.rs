//! Floor 5: the schema. Translation only: every rule is in `domain`.

pub mod schema;

mod accounts;
mod audit;
mod chat;
mod claims;
mod connection;
mod connectors;
mod context;
mod custody;
mod error;
mod executor;
mod history;
mod idempotency;
mod loaders;
mod matching;
mod node;
mod notifications;
mod pets;
mod photos;
mod places;
mod privacy;
mod safety;
mod scalars;
mod searches;
mod sharing;
mod shelters;
mod sms;
mod transfers;
mod visual_similarity;
mod vocabulary;
mod webhooks;

pub use error::fault_word;
pub use executor::CodedExecutor;
pub use loaders::{Loaders, LoadersOfRequest};
pub use schema::{build, sdl};
