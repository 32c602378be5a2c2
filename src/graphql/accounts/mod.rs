//! Accounts in the schema.

mod loaders;
mod member;
mod mutation;
mod query;
mod session;
mod viewer;

pub use loaders::Members;
pub use member::Member;
pub use mutation::AccountMutation;
pub use query::AccountQuery;
pub use session::{Session, Tokens};
pub use viewer::AccountViewer;
