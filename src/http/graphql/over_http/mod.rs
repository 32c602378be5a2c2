//! `/graphql` over HTTP: one request, one answer.

mod body;
mod negotiate;
mod response;
mod serve;

pub use negotiate::Media;
pub use response::{Answers, dress};
pub use serve::router;
