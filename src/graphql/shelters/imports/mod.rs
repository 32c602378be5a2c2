//! Imports: starting them, watching them, and what is wrong with their rows.

mod import;
mod mutation;
mod photos;
mod subscription;

pub use import::{Import, import_connection};
pub use mutation::ImportMutation;
pub use subscription::ImportSubscription;
